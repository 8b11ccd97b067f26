import {
  day,
  type KindDeclaration,
  madeAt,
  optional,
  own,
  partOf,
  refersTo,
  said,
  sample,
  silent,
  text,
  textIn,
  word,
} from './kind.ts';

export const job = {
  kind: 'job',
  noun: 'job',
  called: [],
  numbers: [{ prefix: 'J', by: 'id' }],
  example: 'J-12',
  place: 'jobs',
  table: 'jobs',
  columns: {
    id: own,
    is_sample: sample,
    customer_id: refersTo('customer', 'customer'),
    name: text('name'),
    description: optional(text('description')),
    address: optional(text('address')),
    status: word('status'),
    starts_on: optional(day('start')),
    ends_on: optional(day('end')),
    created_at: madeAt,
    /** The day on which it got that status; null where it has another, or nobody knows. */
    completed_on: optional(day('completed')),
    cancelled_on: optional(day('cancelled')),
    /** When somebody said that nothing more will be billed. */
    billing_done_on: optional(day('billing done')),
  },
  parts: {
    job_assignees: {
      noun: 'person',
      key: ['job_id', 'position'],
      of: 'job_id',
      columns: { job_id: partOf('job'), position: silent, name: text('name'), role: word('role') },
    },
    job_notes: {
      noun: 'note',
      key: ['id'],
      of: 'job_id',
      columns: { id: silent, is_sample: sample, job_id: partOf('job'), text: text('text'), change_number: silent },
    },
    closed_jobs: {
      noun: 'closed month',
      key: ['job_id', 'closing'],
      of: null,
      columns: {
        job_id: partOf('job'),
        closing: silent,
        through: text('closed through'),
        customer_id: refersTo('customer', 'customer'),
        status: word('status'),
        days: silent,
      },
    },
  },
  under: ['customer'],
  filing: null,
  found: {
    rank: 2,
    by: ['name', 'address'],
    // The work is at the customer's own address unless it says another.
    text: (row, on) =>
      [row['name'], on?.row['name'], on?.row['former_names'], row['address'] ?? on?.row['address']]
        .map((each) => each ?? '')
        .join(' '),
  },
  describe: ({ row, customer }) => [said(row['name']), customer, said(row['status'])],
  stands: ({ row }) => ({
    status: textIn(row['status']),
    day: textIn(row['cancelled_on']) ?? textIn(row['completed_on']) ?? textIn(row['starts_on']),
  }),
  isOut: () => false,
  listedBy: 'list-jobs',
  toolset: 'jobs',
  needsJobs: true,
  plan: null,
  resource: {
    name: 'job',
    title: 'Job',
    description: 'A job with its profit, papers, expenses and activity, by number (J-12) or name',
  },
  linked: true,
  counted: true,
  withoutCosts: 'shown',
  tellsCost: [],
  crew: { listedBy: 'list-jobs' },
} as const satisfies KindDeclaration;
