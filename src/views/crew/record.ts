// Any record that crew see.
import type { VisibleAccount } from '../../domain/account.ts';
import type { Appointment } from '../../domain/appointment.ts';
import type { StoredFile } from '../../domain/file.ts';
import type { Kind } from '../../kinds/index.ts';
import type { WalkAndTalk } from '../../domain/walk-and-talk.ts';
import { fileRow, jobPage, visitRow, walkDetails } from './work.ts';

export type CrewFoundPage = {
  readonly described: { readonly kind: Kind; readonly ref: string; readonly title: string };
} & (
  | { readonly kind: 'job'; readonly record: Parameters<typeof jobPage>[0] }
  | { readonly kind: 'appointment'; readonly record: Appointment }
  | { readonly kind: 'file'; readonly record: StoredFile }
  | { readonly kind: 'walk_and_talk'; readonly record: WalkAndTalk }
);

export function recordView(found: CrewFoundPage, account: VisibleAccount) {
  const { kind } = found;
  switch (kind) {
    case 'job':
      return { kind, view: jobPage(found.record, account) };
    case 'appointment':
      return { kind, view: visitRow(found.record, account) };
    case 'file':
      return { kind, view: fileRow(found.record, account) };
    case 'walk_and_talk':
      return { kind, view: walkDetails(found.record, [], account), transcript: found.record.transcript };
  }
}
export type CrewRecordView = ReturnType<typeof recordView>;
