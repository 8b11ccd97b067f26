// What nobody needs the answer of goes with what is asked next: how many trips calls come to, and who is told where one of
// these fails.
import { sql } from 'kysely';
import { expect, it, vi } from 'vitest';
import type { Database, Engine } from '../../../src/store/database.ts';
import { insertMany } from '../../../src/store/engine/many.ts';
import { deferred } from '../../../src/store/engine/prepared.ts';
import { Pipeline } from '../../../src/store/engine/postgres-pipeline.ts';
import { openBook } from '../../support/book.ts';
import { whenDone } from '../../support/ending.ts';
import { openEngine, rowsOf } from '../../support/store.ts';

const ACCOUNT = 1;
const add = insertMany('counters', ['kind', 'value']);
const counted = async (db: Database) =>
  (
    await db.selectFrom('counters').select('value').where('account_id', '=', ACCOUNT).where('kind', '=', 'x').execute()
  ).map(({ value }) => value);
const fails = async (db: Database) => await add(db, ACCOUNT, [{ kind: 'x', value: null }]);

async function opened(): Promise<Engine> {
  const engine = await openEngine(await openBook());
  whenDone(async () => await engine.close());
  return engine;
}

it.each([
  ['get-job', { job: 'J-1' }, 11],
  ['list-jobs', {}, 6],
  ['add-job-expense', { job: 'J-1', description: 'Nails', amount: 4, category: 'materials', allowDuplicate: true }, 6],
  ['update-job', { job: 'J-1', status: 'in_progress' }, 5],
])('%s %j: in %i trips', async (tool, args, trips) => {
  const book = await openBook();
  await book.ok('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Roof' });
  await book.ok('get-job', { job: 'J-1' });
  const asked = vi.spyOn(Pipeline.prototype, 'ask');
  whenDone(() => asked.mockRestore());
  await book.ok(tool, args);
  expect(asked.mock.calls).toHaveLength(trips);
});

it('is done before what is asked after it, in its order', async () => {
  const engine = await opened();
  const seen = await engine.write(async (db) => {
    await add(db, ACCOUNT, [{ kind: 'x', value: 1 }]);
    await db
      .updateTable('counters')
      .set({ value: 5 })
      .where('account_id', '=', ACCOUNT)
      .where('kind', '=', 'x')
      .execute();
    await add(db, ACCOUNT, [{ kind: 'y', value: 2 }]);
    return await counted(db);
  }, ACCOUNT);
  expect(seen).toEqual([5]);
  expect(await engine.read(counted, ACCOUNT)).toEqual([5]);
});

it('what fails is told of by what is asked next, and nothing is kept', async () => {
  const engine = await opened();
  const reached = vi.fn<() => void>();
  const write = engine.write(async (db) => {
    await add(db, ACCOUNT, [{ kind: 'y', value: 1 }]);
    await fails(db);
    await counted(db);
    reached();
  }, ACCOUNT);
  await expect(write).rejects.toMatchObject({ code: '23502' });
  expect(reached).not.toHaveBeenCalled();
  expect(await engine.read(counted, ACCOUNT)).toEqual([]);
});

it('what fails as the last of a write is told of by its COMMIT, which keeps nothing and is in no doubt', async () => {
  const book = await openBook();
  const engine = await openEngine(book);
  whenDone(async () => await engine.close());
  const before = await rowsOf(book, 'select id from write_ids');
  const write = engine.write(async (db) => {
    await add(db, ACCOUNT, [{ kind: 'y', value: 1 }]);
    await fails(db);
  }, ACCOUNT);
  await expect(write).rejects.toMatchObject({ code: '23502' });
  expect(await rowsOf(book, "select value from counters where kind in ('x', 'y')")).toEqual([]);
  expect(await rowsOf(book, 'select id from write_ids')).toEqual(before);
});

it('what waits when a write fails for another reason is not said in the next', async () => {
  const engine = await opened();
  for (let each = 0; each < 3; each += 1) {
    const write = engine.write(async (db) => {
      await add(db, ACCOUNT, [{ kind: 'x', value: 1 }]);
      throw new Error('changed our mind');
    }, ACCOUNT);
    await expect(write).rejects.toThrow('changed our mind');
  }
  const value = await engine.write(
    async (db) => (await sql<{ one: number }>`select 1 as one`.execute(db)).rows,
    ACCOUNT,
  );
  expect(value).toEqual([{ one: 1 }]);
  expect(await engine.read(counted, ACCOUNT)).toEqual([]);
});

it('no more waits than fifty statements, or 64,000 characters', async () => {
  const engine = await opened();
  const keep = insertMany('secrets', ['name', 'value']);
  const sent = vi.spyOn(Pipeline.prototype, 'forget');
  whenDone(() => sent.mockRestore());
  const times = await engine.write(async (db) => {
    const begun = sent.mock.calls.length;
    for (let each = 0; each < 120; each += 1) await add(db, ACCOUNT, [{ kind: `x${each}`, value: each }]);
    const many = sent.mock.calls.length;
    for (const name of ['a', 'b', 'c']) await keep(db, ACCOUNT, [{ name, value: 'x'.repeat(40_000) }]);
    return [many - begun, sent.mock.calls.length - many];
  }, ACCOUNT);
  expect(times).toEqual([2, 1]);
});

it('what the driver could not send is refused at once, since the COMMIT behind it would go without it', async () => {
  const engine = await opened();
  const odd = deferred(
    (_, { account }: { readonly account: number }) =>
      sql`insert into counters (account_id, kind, value) values (${account}, 'x', ${{ toPostgres: () => 1 }})`,
  );
  const write = engine.write(async (db) => {
    await add(db, ACCOUNT, [{ kind: 'y', value: 1 }]);
    await odd(db, { account: ACCOUNT });
  }, ACCOUNT);
  await expect(write).rejects.toThrow('is no plain one');
  expect(await engine.read(counted, ACCOUNT)).toEqual([]);
});
