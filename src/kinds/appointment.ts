import { isInstant } from '../domain/dates.ts';
import { spanInWords } from '../domain/appointment.ts';
import {
  instant,
  type KindDeclaration,
  madeAt,
  partOf,
  refersTo,
  optional,
  own,
  serial,
  sample,
  silent,
  text,
  textIn,
  type Values,
  word,
} from './kind.ts';

export const appointment = {
  kind: 'appointment',
  noun: 'appointment',
  called: ['appointment', 'visit', 'meeting', 'appointments', 'visits', 'meetings'],
  numbers: [{ prefix: 'A', by: 'id' }],
  example: 'A-4',
  place: 'appointments',
  table: 'appointments',
  columns: {
    id: own,
    is_sample: sample,
    customer_id: refersTo('customer', 'customer'),
    job_id: optional(refersTo('job', 'job')),
    title: text('title'),
    /** Instants; the zone is the one they were said in. */
    starts_at: instant('starts'),
    ends_at: instant('ends'),
    time_zone: text('time zone'),
    status: word('status'),
    place: optional(text('place')),
    notes: optional(text('notes')),
    // Calendars that hold a later state take no earlier one back.
    revision: { ...serial, countsUp: true },
    created_at: madeAt,
    /** The first visit of those that repeat, also of that one itself. */
    series_id: optional(refersTo('repeats with', 'appointment')),
  },
  parts: {
    appointment_people: {
      noun: 'person',
      key: ['appointment_id', 'position'],
      of: 'appointment_id',
      columns: { appointment_id: partOf('appointment'), position: silent, name: text('name'), name_key: silent },
    },
  },
  under: ['job', 'customer'],
  filing: 'groupPapers',
  found: { rank: 6, by: ['title'] },
  // Told in the zone that the business is in now.
  describe: ({ row, customer, zone }) => [String(row['title']), customer, when(row, zone), String(row['status'])],
  stands: ({ row, zone }) => ({ status: textIn(row['status']), day: when(row, zone) }),
  isOut: ({ status }) => status === 'cancelled',
  listedBy: 'list-appointments',
  toolset: 'site',
  plan: null,
  resource: { name: 'appointment', title: 'Appointment', description: 'An appointment, by number (A-4) or title' },
  linked: true,
  counted: true,
  withoutCosts: 'shown',
  tellsCost: [],
  crew: { listedBy: 'list-appointments' },
} as const satisfies KindDeclaration;

/** A moment that is none any more is told as it stands: the rest of the record can still be read. */
function when({ starts_at: startsAt, ends_at: endsAt }: Values, zone: string): string {
  if (typeof startsAt !== 'string' || typeof endsAt !== 'string') return '';
  return isInstant(startsAt) && isInstant(endsAt) ? spanInWords({ startsAt, endsAt }, zone) : `${startsAt} – ${endsAt}`;
}
