// What is asked again and again is kept by the server under a name, read and planned once, on each connection of its own.
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { Database, Engine } from '../../../src/store/database.ts';
import { whenDone } from '../../support/ending.ts';
import { tempFolder } from '../../support/book.ts';
import { postgres } from '../../support/engines/postgres.ts';

async function opened(): Promise<Engine> {
  const engine = await postgres.open({ folder: tempFolder() });
  whenDone(async () => await engine.close());
  return engine;
}

const doubled = async (db: Database, value: number) =>
  (await sql<{ value: number }>`select cast(${value} as bigint) * 2 as value`.execute(db)).rows[0]?.value;
const keptOf = async (db: Database) =>
  (
    await sql<{ times: number }>`
      select generic_plans + custom_plans as times from pg_prepared_statements where statement like '%* 2 as value'`.execute(
      db,
    )
  ).rows.map(({ times }) => times);

it('a statement that is asked often is kept, with other values each time', async () => {
  const engine = await opened();
  const [answers, before, after] = await engine.read(async (db) => {
    const first = [await doubled(db, 1), await doubled(db, 2)];
    const before = await keptOf(db);
    return [[...first, await doubled(db, 3), await doubled(db, 4)], before, await keptOf(db)];
  });
  expect(answers).toEqual([2, 4, 6, 8]);
  expect([before, after]).toEqual([[], [2]]);
});

it.each(['read', 'write'] as const)(
  'a %s goes on, over another connection, where the server forgot it',
  async (use) => {
    const engine = await opened();
    const pids = async () =>
      await engine[use](async (db) => {
        for (const value of [1, 2, 3]) await doubled(db, value);
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db);
        return rows[0]?.pid;
      });
    const before = await pids();
    await engine[use](async (db) => void (await sql`deallocate all`.execute(db)));
    expect(await pids()).not.toBe(before);
  },
);
