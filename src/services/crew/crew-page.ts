// Any record that crew see, in full, by its number.
import type { Appointment } from '../../domain/appointment.ts';
import { refOf } from '../../kinds/reference.ts';
import type { StoredFile } from '../../domain/file.ts';
import type { WalkAndTalk } from '../../domain/walk-and-talk.ts';
import type { ReadScope } from '../../store/scope.ts';
import { walkAndTalkById } from '../../store/books/walk-and-talks.ts';
import { appointmentById } from '../../store/books/appointments.ts';
import { fileById } from '../../store/books/files.ts';
import type { Crew } from '../context.ts';
import { crewJob, crewRecord, type CrewJob } from './crew.ts';
import type { Described } from '../resolve/resolve.ts';

export type CrewPage = { readonly described: Described } & (
  | { readonly kind: 'job'; readonly record: CrewJob }
  | { readonly kind: 'appointment'; readonly record: Appointment }
  | { readonly kind: 'file'; readonly record: StoredFile }
  | { readonly kind: 'walk_and_talk'; readonly record: WalkAndTalk }
);

export async function crewPage(
  scope: ReadScope & { readonly crew: Crew | null },
  said: { ref: string; field: string },
): Promise<CrewPage> {
  const described = await crewRecord(scope, { ...said, intent: 'read' });
  const { kind, id } = described;
  switch (kind) {
    case 'job':
      return { kind, described, record: await crewJob(scope, { job: refOf('job', id) }) };
    case 'appointment':
      return { kind, described, record: there(await appointmentById(scope, id)) };
    case 'file':
      return { kind, described, record: there(await fileById(scope, id)) };
    case 'walk_and_talk':
      return { kind, described, record: there(await walkAndTalkById(scope, id)) };
  }
}

function there<T>(record: T | null): T {
  if (record === null) throw new Error('a record vanished while it was read');
  return record;
}
