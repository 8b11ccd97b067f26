import {
  amountIn,
  cost,
  count,
  day,
  type KindDeclaration,
  madeAt,
  optional,
  own,
  sample,
  text,
  textIn,
  word,
} from './kind.ts';

/** Overhead that comes every month: each month it books an expense, on its day. */
export const monthlyExpense = {
  kind: 'monthly_expense',
  noun: 'monthly expense',
  called: ['monthly', 'expense'],
  numbers: [{ prefix: 'M', by: 'id' }],
  example: 'M-2',
  place: 'monthly-expenses',
  table: 'monthly_expenses',
  columns: {
    id: own,
    is_sample: sample,
    description: text('description'),
    amount: cost('amount'),
    category: word('category'),
    vendor: optional(text('vendor')),
    reclaimable_tax: optional(cost('tax you get back')),
    /** Of the month; in a shorter one its last. */
    day: count('day of the month'),
    next_on: day('next on'),
    /** The last day on which it may book. */
    until_on: optional(day('until')),
    created_at: madeAt,
    /** The day from which the amount is another, and what it is then. */
    later_on: optional(day('changes on')),
    later_amount: optional(cost('amount then')),
    later_reclaimable_tax: optional(cost('tax you get back then')),
  },
  parts: {},
  under: [],
  filing: null,
  found: { rank: 10, by: ['description', 'vendor'] },
  describe: ({ row }) => [
    String(row['description']),
    { says: `next on ${String(row['next_on'])}`, tells: String(row['next_on']) },
  ],
  stands: ({ row }) => ({ day: textIn(row['next_on']), amount: amountIn(row['amount']) }),
  isOut: () => false,
  listedBy: 'list-expenses',
  toolset: ['jobs', 'expenses'],
  needsJobs: true,
  plan: null,
  resource: {
    name: 'monthlyExpense',
    title: 'Monthly expense',
    description: 'Overhead that books itself every month, by number (M-2) or words',
  },
  linked: true,
  counted: false,
  // It is nothing but a cost.
  withoutCosts: 'hidden',
  tellsCost: [],
  crew: null,
} as const satisfies KindDeclaration;
