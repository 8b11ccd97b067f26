// How many statements a call comes to, once it was made before, without its BEGIN and its COMMIT. The numbers are fixed here,
// and a change that raises one says so. In how many trips they go to PostgreSQL, its own test says.
import { expect, it } from 'vitest';
import { cost } from '../../src/domain/cost.ts';
import { insertExpense } from '../../src/store/books/expenses.ts';
import { type Book, openBook, withYes } from '../support/book.ts';
import { watching } from '../support/store.ts';

/** A customer with a job that has a bit of everything. */
async function openJob(): Promise<Book> {
  const book = await openBook();
  await book.ok('create-job', {
    newCustomer: { name: 'Dana Henderson' },
    name: 'Roof replacement',
    assignees: [{ name: 'Tom', role: 'lead' }],
    note: 'Two layers',
  });
  await book.ok('create-quote', { job: 'J-1', status: 'accepted', lines: LINES });
  await book.ok('create-invoice', { job: 'J-1', lines: BILL.slice(0, 1) });
  await book.ok('add-job-expense', EXPENSE);
  await book.ok('update-job', { job: 'J-1', note: 'Dry' });
  return book;
}

const EXPENSE = { job: 'J-1', description: 'Nails', amount: 4, category: 'materials', allowDuplicate: true };
const BILL = ['Tear-off', 'Shingles', 'Gutter'].map((description) => ({ description, quantity: 2, unitPrice: 450 }));
const LINES = BILL.map((line) => ({ ...line, unitCost: 200 }));

it.each([
  ['get-account', {}, 3],
  ['get-job', { job: 'J-1' }, 10],
  ['list-jobs', {}, 5],
  ['list-changes', {}, 6],
  ['list-changes', { show: 'events' }, 8],
  ['update-job', { job: 'J-1', status: 'in_progress' }, 11],
  ['update-job', { job: 'J-1', status: 'completed' }, 15],
  ['add-job-expense', EXPENSE, 16],
  ['create-invoice', { job: 'J-1', lines: BILL, allowDuplicate: true }, 18],
])('%s %j: %i statements', async (tool, args, many) => {
  const book = await openJob();
  await book.ok(tool, tool === 'update-job' ? { job: 'J-1', status: 'open' } : args);
  const { sent } = await watching(async () => await book.ok(tool, args));
  expect(sent).toHaveLength(many);
});

/** Two hundred expenses on the job, in one write. */
async function spend(book: Book): Promise<void> {
  const details = { jobId: 1, description: 'Nails', amount: cost(400), category: 'materials' } as const;
  await book.store.write(
    1,
    { actor: 'sam', client: 'test', tool: 'test' },
    async (scope) => {
      for (let each = 0; each < 200; each += 1)
        await insertExpense(scope, { details: { ...details, spentOn: scope.today }, sample: false, at: scope.now });
    },
    () => 'nails',
  );
}

it.each([
  ['get-job', { job: 'J-1' }],
  ['update-job', { job: 'J-1', status: 'in_progress' }],
  ['add-job-expense', EXPENSE],
  ['list-changes', { limit: 50 }],
])('%s %j says the same to the database for two hundred rows as for a few', async (tool, args) => {
  const book = await openJob();
  const saidBy = async () => {
    await book.ok('update-job', { job: 'J-1', status: 'open' });
    const { sent } = await watching(async () => await book.ok(tool, args));
    return sent.map(({ sql }) => sql);
  };
  const few = new Set(await saidBy());
  await spend(book);
  const many = await saidBy();
  // Of a section that is too long to be shown it is counted how much there is.
  expect(many.filter((sql) => !few.has(sql) && !/^\s*select count\(\*\)/.test(sql))).toEqual([]);
  expect(many.length - few.size).toBeLessThanOrEqual(tool === 'get-job' ? 2 : 0);
});

/** Statements of the call that does it, where it is asked about first. */
async function sentBy(book: Book, tool: string, args: object): Promise<string[]> {
  let sent: string[] = [];
  const result = await withYes(async (given) => {
    const watched = await watching(async () => await book.call(tool, given));
    sent = watched.sent.map(({ sql }) => sql);
    return watched.result;
  }, args);
  if (result.isError === true) throw new Error(`${tool} answered: ${result.content[0]?.text}`);
  return sent;
}

/** Papers of a job that has bills already; each call was made before on a job of its own. */
async function openPapers(): Promise<Book> {
  const book = await openBook();
  for (const job of ['J-1', 'J-2']) {
    await book.ok('create-job', { newCustomer: { name: `Customer of ${job}` }, name: 'Roof replacement' });
    await book.ok('create-quote', { job, status: 'accepted', lines: LINES });
    await book.ok('create-quote', { job, status: 'sent', lines: LINES });
    await book.ok('create-invoice', { job, lines: BILL.slice(0, 1) });
    await book.ok('create-invoice', { job, lines: BILL.slice(0, 1) });
    await book.ok('create-invoice', { job, lines: BILL.slice(0, 1), draft: true });
  }
  return book;
}

/** What is called on the first job to be ready, and on the second to be counted: a number is of the job's own papers. */
const PAPERS: readonly (readonly [string, string, (job: 0 | 1) => object, number])[] = [
  ['a bill from a quote', 'create-invoice', (job) => ({ fromQuote: { quote: `Q-${1 + 2 * job}`, percent: 10 } }), 18],
  ['a draft', 'create-invoice', (job) => ({ job: `J-${1 + job}`, lines: BILL, draft: true }), 15],
  ['a draft that is issued', 'update-invoice', (job) => ({ invoice: `DRAFT-${3 + 3 * job}`, status: 'issued' }), 20],
  ['a bill that is void', 'update-invoice', (job) => ({ invoice: `INV-${1001 + 2 * job}`, ...VOID }), 24],
  [
    'a bill that is corrected',
    'update-invoice',
    (job) => ({ invoice: `INV-${1001 + 2 * job}`, correct: true, lines: BILL }),
    36,
  ],
  ['a credit note', 'create-invoice', (job) => ({ creditFor: `INV-${1001 + 2 * job}`, amount: 5 }), 27],
  ['a payment', 'record-payment', (job) => ({ invoice: `INV-${1001 + 2 * job}`, amount: 5 }), 15],
  ['a quote', 'create-quote', (job) => ({ job: `J-${1 + job}`, lines: LINES }), 15],
  ['an accepted quote', 'create-quote', (job) => ({ job: `J-${1 + job}`, lines: LINES, status: 'accepted' }), 19],
  ['a change order', 'create-quote', (job) => ({ job: `J-${1 + job}`, lines: LINES, ...ORDER }), 20],
  ['a quote that is accepted', 'update-quote', (job) => ({ quote: `Q-${2 + 2 * job}`, status: 'accepted' }), 15],
  ['a quote that is declined', 'update-quote', (job) => ({ quote: `Q-${2 + 2 * job}`, status: 'declined' }), 12],
  ['other lines of a quote', 'update-quote', (job) => ({ quote: `Q-${2 + 2 * job}`, lines: LINES.slice(1) }), 21],
];
const VOID = { status: 'void', voidReason: 'wrong customer' };
const ORDER = { kind: 'change_order', status: 'accepted' };

it.each(PAPERS)('%s: %s', async (_, tool, args, many) => {
  const book = await openPapers();
  await book.ok(tool, args(0));
  expect(await sentBy(book, tool, args(1))).toHaveLength(many);
});

it.each([
  ['create-invoice', { job: 'J-1' }],
  ['create-quote', { job: 'J-1', status: 'accepted' }],
])('%s takes the same statements for 3 lines and for 200', async (tool, args) => {
  const book = await openPapers();
  const lines = (many: number) =>
    Array.from({ length: many }, (_, index) => ({
      description: `Shingles of row ${index}`,
      quantity: 1,
      unitPrice: 2,
    }));
  await book.ok(tool, { ...args, lines: lines(1) });
  const few = await sentBy(book, tool, { ...args, lines: lines(3) });
  expect(few.length).toBeGreaterThan(5);
  expect(await sentBy(book, tool, { ...args, lines: lines(200) })).toEqual(few);
});

/** A customer with so many jobs, each with a quote that was sent, a bill, a visit and a note. */
async function manyPapers(many: number): Promise<Book> {
  const book = await openBook();
  await book.ok('create-customer', { name: 'Dana Henderson' });
  await book.ok('create-customer', { name: 'Ned Ortiz' });
  await book.ok('create-job', { customer: 'C-1', name: 'Roof replacement' });
  for (let each = 0; each < many; each += 1) {
    await book.ok('create-quote', { job: 'J-1', status: 'sent', title: `Quote ${each}`, lines: LINES });
    await book.ok('create-invoice', { job: 'J-1', draft: true, lines: BILL, notes: `Bill ${each}` });
    await book.ok('schedule-appointment', { job: 'J-1', title: `Visit ${each}`, starts: `2026-04-0${each + 1}T09:00` });
    await book.ok('create-job', { customer: 'C-1', name: `Gutters ${each}` });
  }
  return book;
}

it.each([
  ['renaming a customer', 'update-customer', { customer: 'C-1', name: 'Dana Whitfield' }],
  ['merging two', 'merge-customers', { keep: 'C-2', duplicate: 'C-1' }],
  ['moving a job', 'update-job', { job: 'J-1', customer: 'C-2' }],
])('%s takes as many statements for many papers as for one', async (_, tool, args) => {
  const sentFor = async (many: number) => (await sentBy(await manyPapers(many), tool, args)).length;
  expect(await sentFor(6)).toBeLessThanOrEqual(await sentFor(1));
});
