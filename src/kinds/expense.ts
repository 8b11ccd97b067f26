import {
  amountIn,
  cost,
  day,
  type KindDeclaration,
  lineOf,
  madeAt,
  optional,
  own,
  refersTo,
  sample,
  text,
  textIn,
  word,
} from './kind.ts';

export const expense = {
  kind: 'expense',
  noun: 'expense',
  called: ['expense', 'receipt'],
  numbers: [{ prefix: 'E', by: 'id' }],
  example: 'E-88',
  place: 'expenses',
  table: 'expenses',
  columns: {
    id: own,
    is_sample: sample,
    /** On none it is overhead: what the business costs beside its jobs. */
    job_id: optional(refersTo('job', 'job')),
    description: text('description'),
    /** What was paid in all; below 0 what a supplier gave back. */
    amount: cost('amount'),
    category: word('category'),
    vendor: optional(text('vendor')),
    spent_on: day('date'),
    covers_line_id: optional(lineOf('covers')),
    created_at: madeAt,
    /** Part of the amount, with its sign: what it costs is the difference. */
    reclaimable_tax: optional(cost('tax you get back')),
    /** What booked it, on its day. */
    monthly_id: optional(refersTo('monthly expense', 'monthly_expense')),
  },
  parts: {},
  under: ['job'],
  filing: null,
  found: { rank: 7, by: ['description', 'vendor'] },
  describe: ({ row, job }) => {
    const [what, vendor] = [String(row['description']), textIn(row['vendor'])];
    const monthly = row['monthly_id'] ?? null;
    const on = job ?? (monthly === null ? 'overhead' : `overhead, every month by M-${monthly}`);
    return [vendor === null ? what : `${what} (${vendor})`, on, String(row['spent_on'])];
  },
  stands: ({ row }) => ({ day: textIn(row['spent_on']), amount: amountIn(row['amount']) }),
  isOut: () => false,
  listedBy: 'list-expenses',
  toolset: ['jobs', 'expenses'],
  needsJobs: true,
  plan: null,
  resource: { name: 'expense', title: 'Expense', description: 'Money out on a job, by number (E-88) or words' },
  linked: true,
  counted: true,
  // It is nothing but a cost.
  withoutCosts: 'hidden',
  tellsCost: [],
  crew: null,
} as const satisfies KindDeclaration;
