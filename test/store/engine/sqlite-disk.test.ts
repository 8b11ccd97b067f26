// What one expense leaves on the disk: fixed here without a clock, since it grows by an index, a column or a row that
// nobody thought of. `BENCH=disk npm run bench` has it table by table, in a book of many.
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cost } from '../../../src/domain/cost.ts';
import { insertExpense } from '../../../src/store/books/expenses.ts';
import { openBook } from '../../support/book.ts';
import { overFile } from '../../support/engines/sqlite.ts';

const COUNTED = 20;

it('an expense keeps what it says, and its commit writes few pages', async () => {
  const book = await openBook();
  await book.ok('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Roof replacement' });
  await book.store.write(
    1,
    { actor: 'sam', client: 'test', tool: 'test' },
    async (scope) => {
      const details = { jobId: 1, amount: cost(400), category: 'materials', spentOn: scope.today } as const;
      for (let each = 0; each < 300; each += 1)
        await insertExpense(scope, {
          details: { ...details, description: `Screws ${each}` },
          sample: false,
          at: scope.now,
        });
    },
    () => 'screws',
  );
  const bytes = () =>
    overFile(book, (db) => db.prepare<[], number>('select sum(payload) from dbstat').pluck().get() ?? Number.NaN);
  const log = () => (statSync(join(book.folder, 'jobwright.db-wal')).size - 32) / (4096 + 24);
  const spend = async (receipt: number) =>
    await book.ok('add-job-expense', { job: 'J-1', description: `Nails ${receipt}`, amount: 4, category: 'materials' });
  for (let receipt = 100; receipt < 105; receipt += 1) await spend(receipt);
  const before = bytes();
  const pages: number[] = [];
  for (let receipt = 105; receipt < 105 + COUNTED; receipt += 1) {
    overFile(book, (db) => db.pragma('wal_checkpoint(truncate)'));
    await spend(receipt);
    pages.push(log());
  }
  const [middle = Number.NaN] = pages.toSorted((one, other) => one - other).slice(COUNTED / 2);
  // Without what its pages are filled up with.
  const kept = (bytes() - before) / COUNTED;
  expect([middle, kept]).toEqual([29, expect.closeTo(1073, -1)]);
});
