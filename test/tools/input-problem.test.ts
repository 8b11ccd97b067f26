// What is wrong with a call, and what would be right, so that the next call is: the form of an argument, the argument that
// was meant, and where else a choice belongs. A NUL, which PostgreSQL keeps in no text, is refused by either engine, and
// where people's words are cleaned it is gone.
import { expect, test } from 'vitest';
import { openBook } from '../support/book.ts';

test.each([
  ['create-customer', { name: 'Dana', requestId: 'a\u0000' }, 'requestId: has a NUL character'],
  ['record-payment', { invoice: 'INV-1001', amount: '1\u0000' }, 'amount: has a NUL character'],
  ['list-invoices', { cursor: 'a\u0000' }, 'cursor: has a NUL character'],
])('%s with a NUL in %o', async (tool, args, words) => {
  const book = await openBook();
  expect(await book.error(tool, args)).toContain(words);
});

test('a NUL in words that are kept is taken out, as all that nobody sees', async () => {
  const book = await openBook();
  const { customer } = await book.ok('create-customer', { name: 'Da\u0000na', notes: 'gate\u0000 code' });
  expect(customer).toMatchObject({ name: 'Dana' });
});

const ON = { job: 'J-1' };
const EXPENSE = { ...ON, description: 'Shingles', amount: 420, category: 'materials' };
test.each<[tool: string, args: object, says: string]>([
  ['update-job', { ...ON, assignees: 'Mike' }, 'assignees: must be a list, like [{ name: "Mike", role: "lead" }], not'],
  ['update-job', { ...ON, assignees: ['Sam'] }, 'assignees[0]: must be an object, like { name: "Sam", role: "lead" }'],
  ['create-quote', { ...ON, lines: [24] }, 'like { description: "Shingles", quantity: 24, unitPrice: 450 }, not "24"'],
  ['create-invoice', { ...ON, fromQuote: 'Q-4' }, 'must be an object, like { quote: "Q-4", percent: 30 }, not "Q-4"'],
  ['get-quote', { quote: 'Q-1', whatIf: 35 }, 'like { discountPercent: 10 } or { marginPercent: 35 }, not "35"'],
  ['create-quote', { ...ON, copyOf: 'Q-1', discount: 10 }, 'discount: must be an object'],
  ['create-quote', { ...ON, copyOf: 'Q-1', discount: 10 }, 'like { percent: 30 } or { amount: 420 }, not "10"'],
  ['schedule-appointment', { ...ON, repeats: 'weekly' }, 'like { every: "week", until: "2026-10-31" }, not "weekly"'],
  ['file-under-job', { ...ON, records: [7] }, 'records[0]: must be text'],
  ['undo-change', { change: 'the last' }, 'change: must be a whole number (its number, as list-changes shows it)'],
])('%s with %j is shown the form', async (tool, args, says) => {
  const book = await openBook();
  expect(await book.error(tool, args)).toContain(says);
});

test('nothing that was refused is shown as what would be right', async () => {
  const book = await openBook();
  for (const [tool, args] of [
    ['get-job', { job: 'J-12' }],
    ['get-customer', { customer: 'C-7' }],
    ['get-quote', { quote: 'Q-31' }],
    ['get-invoice', { invoice: 'INV-1043' }],
    ['update-job-expense', { expense: 'E-88', remove: true }],
    ['record-payment', { void: 'P-9', voidReason: 'twice' }],
  ] as const) {
    const [said] = Object.values(args);
    expect((await book.error(tool, args)).split(said), tool).toHaveLength(2);
  }
});

test.each<[tool: string, args: object, says: string]>([
  ['add-job-expense', { ...EXPENSE, date: '2026-03-01' }, 'For "date" use spentOn.'],
  ['add-job-expense', { ...EXPENSE, supplier: 'ABC' }, 'For "supplier" use vendor.'],
  ['add-job-expense', { ...EXPENSE, spent_on: '2026-03-01' }, 'For "spent_on" use spentOn.'],
  ['record-payment', { invoice: 'INV-1', amount: 5, date: '2026-03-01' }, 'For "date" use paidOn.'],
  ['record-payment', { customer: 'Dana', amount: 5 }, 'For "customer" use invoice.'],
  ['get-document', { customer: 'Dana' }, 'For "customer" use document.'],
  ['create-quote', { ...ON, items: [] }, 'For "items" use lines.'],
  [
    'create-quote',
    { ...ON, lines: [{ description: 'a', qty: 1, price: 2 }] },
    'For "qty" use quantity. For "price" use',
  ],
  ['create-invoice', { ...ON, dueDate: '2026-04-01' }, 'For "dueDate" use dueOn.'],
  ['get-document', { invoice: 'INV-1' }, 'For "invoice" use document.'],
  ['get-quote', { quote: 'Q-1', whatIf: { margin: 35 } }, 'For "margin" use marginPercent.'],
  ['list-changes', { since: '2026-03-01' }, 'For "since" use from.'],
  ['list-receivables', { date: '2026-03-01' }, 'For "date" use asOf.'],
  ['merge-customers', { merge: 'C-1', into: 'C-2' }, 'For "merge" use duplicate. For "into" use keep.'],
  ['add-expenses', { items: [] }, 'For "items" use expenses.'],
  ['schedule-appointment', { customer: 'C-1', start: '2026-03-12T09:00' }, 'For "start" use starts.'],
])('%s with %j is told which argument is meant', async (tool, args, says) => {
  const book = await openBook();
  expect(await book.error(tool, args)).toContain(says);
});

test('an argument that is like none is not guessed at', async () => {
  const book = await openBook();
  expect(await book.error('add-job-expense', { ...EXPENSE, colour: 'red' })).not.toContain('For "');
});

test.each<[tool: string, args: object, says: string]>([
  ['list-invoices', { status: 'unpaid' }, 'Use draft, issued, void. For that give payment: "unpaid".'],
  ['list-invoices', { status: 'Overdue' }, 'For that give overdue: true.'],
  ['list-jobs', { status: 'part billed' }, 'For that give billing: "part_billed".'],
  ['list-jobs', { status: 'finished' }, 'For that give standing: "finished".'],
  ['update-invoice', { invoice: 'INV-1001', status: 'paid' }, 'record-payment records that it was paid.'],
  [
    'update-job',
    { ...ON, status: 'deleted' },
    'Jobs are never deleted: cancelled is the end of one that fell through.',
  ],
])('%s with %j is told where that belongs', async (tool, args, says) => {
  const book = await openBook();
  expect(await book.error(tool, args)).toContain(says);
});
