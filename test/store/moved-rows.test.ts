// Rows of a table from one book to another.
import { expect, it } from 'vitest';
import { TOTALS_KEY } from '../../src/store/derived/rollup-rows.ts';
import { copyPart, lookAtPart } from '../../src/store/moving/rows.ts';
import { openBook } from '../support/book.ts';
import { whenDone } from '../support/ending.ts';
import { forgetting } from '../support/statements/across.ts';
import { behind, openEngine, plant, rowsOf } from '../support/store.ts';

it('a sum that no number holds any more goes over to the last cent', async () => {
  const [one, other] = [await openBook(), await openBook()];
  await one.ok('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Tower' });
  const sum = '9007199254740993';
  await plant(one, 'update account_totals set expenses = ? where jobs > 0', sum);
  const columns = await behind(one, async (raw) => await raw.columns('account_totals'));
  const key = TOTALS_KEY.filter((column) => column !== 'account_id');
  const part = { table: { name: 'account_totals', columns, key, isOfAccount: true }, account: 1 };
  const [from, to] = [await openEngine(one), await openEngine(other)];
  whenDone(async () => await Promise.all([from.close(), to.close()]));
  const nobody = () => undefined;
  // A move says for every account whose its rows are: in the rows.
  const copied = await forgetting(
    async () =>
      await from.read(async (db) => await to.write(async (into) => await copyPart(db, into, part, nobody), 1), 1),
  );
  const kept = 'select cast(expenses as text) as expenses from account_totals where jobs > 0';
  expect(await rowsOf(other, kept)).toEqual([{ expenses: sum }]);
  expect(await to.read(async (db) => await lookAtPart(db, part, nobody), 1)).toEqual(copied);
});
