import { instant as moment } from '../domain/dates.ts';
import { spanInWords } from '../domain/appointment.ts';
import { instant, type KindDeclaration, madeAt, partOf, refersTo, sample, silent, text, word } from './kind.ts';

export const appointment = {
  kind: 'appointment',
  noun: 'appointment',
  called: ['appointment', 'visit', 'meeting'],
  numbers: [{ prefix: 'A', by: 'id' }],
  example: 'A-4',
  place: 'appointments',
  table: 'appointments',
  columns: {
    id: silent,
    is_sample: sample,
    customer_id: refersTo('customer', 'customer'),
    job_id: refersTo('job', 'job'),
    title: text('title'),
    starts_at: instant('starts'),
    ends_at: instant('ends'),
    time_zone: text('time zone'),
    status: word('status'),
    place: text('place'),
    notes: text('notes'),
    // Calendars that hold a later state take no earlier one back.
    revision: { ...silent, countsUp: true },
    created_at: madeAt,
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
  describe: ({ row, customer, zone }) => [
    String(row['title']),
    customer,
    spanInWords({ startsAt: moment(String(row['starts_at'])), endsAt: moment(String(row['ends_at'])) }, zone),
    String(row['status']),
  ],
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
