// Any record that crew see, in words: for `fetch`, and for its page.
import type { Account } from '../domain/account.ts';
import type { Appointment } from '../domain/appointment.ts';
import type { StoredFile } from '../domain/file.ts';
import type { Kind } from '../kinds/index.ts';
import type { WalkAndTalk } from '../domain/walk-and-talk.ts';
import { fileRow, jobPage, visitRow, walkDetails } from '../views/crew/work.ts';
import { fileText, pageText, transcriptText, visitText, walkDetailsText } from './crew-work.ts';
import { described } from './described.ts';

type Found = { readonly described: { readonly kind: Kind; readonly ref: string; readonly title: string } } & (
  | { readonly kind: 'job'; readonly record: Parameters<typeof jobPage>[0] }
  | { readonly kind: 'appointment'; readonly record: Appointment }
  | { readonly kind: 'file'; readonly record: StoredFile }
  | { readonly kind: 'walk_and_talk'; readonly record: WalkAndTalk }
);

type Reader = { readonly account: Account; readonly urlOf: (kind: Kind, ref: string) => string };

export function wholeRecord(found: Found, { account, urlOf }: Reader) {
  const { kind, ref, title } = found.described;
  return {
    id: ref,
    title,
    text: textOf(found, account),
    url: urlOf(kind, ref),
    metadata: {
      kind: found.kind,
      ...(found.kind === 'file' ? { fileName: found.record.name, mimeType: found.record.mediaType } : {}),
    },
  };
}

function textOf(found: Found, account: Account): string {
  switch (found.kind) {
    case 'job':
      return pageText(described(jobPage(found.record, account)));
    case 'appointment':
      return visitText(described(visitRow(found.record, account)));
    case 'file':
      return fileText(described(fileRow(found.record, account)));
    case 'walk_and_talk':
      return `${walkDetailsText(described(walkDetails(found.record, [], account)))}\n${transcriptText(found.record.transcript)}`;
  }
}
