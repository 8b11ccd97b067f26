// Nothing is kept on a connection from one transaction to the next: a real pooler hands out another one for each, and
// leaves nothing on it.
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { main } from '../../../src/main.ts';
import { Store } from '../../../src/store/scope.ts';
import type { Engine } from '../../../src/store/database.ts';
import { openPostgres, openPostgresToRead } from '../../../src/store/engine/postgres.ts';
import { openBook } from '../../support/book.ts';
import { BEST, LOPEZ } from '../../support/company.ts';
import { sharing, whenDone } from '../../support/ending.ts';
import { addressOf, ownersAddressOf } from '../../support/engines/postgres.ts';
import { startPooler } from '../../support/pooler.ts';
import { forgetting } from '../../support/statements/across.ts';
import { rowsOf } from '../../support/store.ts';
import { twoBooks } from '../../support/two-jobs.ts';

let pooled: (url: string) => string;
let end: () => Promise<void>;

beforeAll(async () => void ({ opened: pooled, end } = await sharing(startPooler)), 120_000);
afterAll(async () => await end());

async function opened(url: string): Promise<Engine> {
  const engine = await openPostgres(pooled(url), { isFenced: true });
  whenDone(async () => await engine.close());
  return engine;
}

it('serves both accounts at once through three connections, each its own', async () => {
  const company = await twoBooks();
  const engine = await opened(addressOf(company));
  const store = new Store(engine);
  const author = { actor: 'test', client: 'test', tool: 'test' };
  const seen = new Set<unknown>();
  const work = Array.from({ length: 40 }, async (_, at) => {
    const account = at % 2 === 0 ? LOPEZ : BEST;
    if (at % 4 < 2)
      await store.write(
        account,
        author,
        async ({ journal }) => await journal.next('customer'),
        () => 'x',
      );
    const customers = async () =>
      await engine.read(async (db) => await db.selectFrom('customers').select('account_id').execute(), account);
    return new Set((await forgetting(customers)).map((row) => row.account_id === account));
  });
  expect(await Promise.all(work)).toEqual(Array.from({ length: 40 }, () => new Set([true])));
  for (const { pid } of await rowsOf(company, "select pid from pg_stat_activity where usename = 'jobwright'"))
    seen.add(pid);
  expect(seen.size).toBeGreaterThan(1);
});

it('brings a book up to date through it, and sends no statement that has a name', async () => {
  const book = await openBook();
  const query = vi.spyOn(Client.prototype, 'query');
  whenDone(() => query.mockRestore());
  const engine = await openPostgres(pooled(addressOf(book)), { migrateUrl: pooled(ownersAddressOf(book)) });
  // So often that it would have one.
  for (const name of ['a', 'b', 'c', 'd'])
    await engine.write(async (db) => await db.insertInto('host_secrets').values({ name, value: '' }).execute());
  await engine.close();
  const sent: readonly unknown[] = query.mock.calls.map(([what]) => what);
  expect(sent.length).toBeGreaterThan(5);
  expect(sent.filter((what) => typeof what === 'object' && what !== null && 'name' in what)).toEqual([]);
});

it('is told apart from the server itself, and doctor says so', async () => {
  const book = await openBook();
  for (const [url, isPooled] of [
    [addressOf(book), false],
    [pooled(addressOf(book)), true],
  ] as const) {
    const engine = await openPostgresToRead(url);
    await engine.close();
    expect(engine.isPooled).toBe(isPooled);
    const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    expect(await main(['doctor', '--database', url, '--data', book.folder], {})).toBe(0);
    expect(said.mock.calls.join('').includes('come from a pooler')).toBe(isPooled);
    said.mockRestore();
  }
});
