// Any record that crew see, in full, by its number or words.
import type { Appointment } from '../../domain/appointment.ts';
import type { StoredFile } from '../../domain/file.ts';
import type { WalkAndTalk } from '../../domain/walk-and-talk.ts';
import { appointmentById } from '../../store/books/appointments.ts';
import { fileById } from '../../store/books/files.ts';
import { walkAndTalkById } from '../../store/books/walk-and-talks.ts';
import type { ReadContext } from '../context.ts';
import { crewJob, type CrewJob } from '../crew/crew.ts';
import { findRecord } from './records.ts';
import type { Described } from '../resolve/described.ts';

export type CrewPage = { readonly described: Described } & (
  | { readonly kind: 'job'; readonly record: CrewJob }
  | { readonly kind: 'appointment'; readonly record: Appointment }
  | { readonly kind: 'file'; readonly record: StoredFile }
  | { readonly kind: 'walk_and_talk'; readonly record: WalkAndTalk }
);

export async function crewPage(scope: ReadContext, said: string, field: string): Promise<CrewPage> {
  const described = await findRecord(scope, said, field);
  const { kind, id, ref } = described;
  switch (kind) {
    case 'job':
      return { kind, described, record: await crewJob(scope, { job: ref }) };
    case 'appointment':
      return { kind, described, record: there(await appointmentById(scope, id)) };
    case 'file':
      return { kind, described, record: there(await fileById(scope, id)) };
    case 'walk_and_talk':
      return { kind, described, record: there(await walkAndTalkById(scope, id)) };
    default:
      throw new Error(`crew see no ${kind}`);
  }
}

function there<T>(record: T | null): T {
  if (record === null) throw new Error('a record vanished while it was read');
  return record;
}
