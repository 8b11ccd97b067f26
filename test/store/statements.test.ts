// How many statements a call comes to, once it was made before. On SQLite each costs microseconds, on a server over a
// network a round trip: so the numbers are fixed here, and a change that raises one says so.
import { expect, it } from 'vitest';
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
  ['get-job', { job: 'J-1' }, 12],
  ['list-jobs', {}, 4],
  ['list-changes', {}, 16],
  ['update-job', { job: 'J-1', status: 'in_progress' }, 11],
  ['add-job-expense', EXPENSE, 16],
  ['create-invoice', { job: 'J-1', lines: BILL, allowDuplicate: true }, 66],
])('%s %j: %i', async (tool, args, many) => {
  const book = await openJob();
  await book.ok(tool, tool === 'update-job' ? { job: 'J-1', status: 'open' } : args);
  const { sent } = await watching(async () => await book.ok(tool, args));
  expect(sent).toHaveLength(many);
});
