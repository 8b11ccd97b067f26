// How many statements a call comes to, once it was made before. On SQLite each costs microseconds, on a server over a
// network a round trip: so the numbers are fixed here, and a change that raises one says so. On PostgreSQL a call has two
// trips more, its BEGIN and its COMMIT.
import { expect, it } from 'vitest';
import { cost } from '../../src/domain/cost.ts';
import { insertExpense } from '../../src/store/books/expenses.ts';
import { type Book, openBook } from '../support/book.ts';
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
  ['list-jobs', {}, 4],
  ['list-changes', {}, 6],
  ['update-job', { job: 'J-1', status: 'in_progress' }, 11],
  ['update-job', { job: 'J-1', status: 'completed' }, 11],
  ['add-job-expense', EXPENSE, 16],
  ['create-invoice', { job: 'J-1', lines: BILL, allowDuplicate: true }, 66],
])('%s %j: %i statements, in two trips more', async (tool, args, many) => {
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
