// The engine over a real PostgreSQL: what a scope sees, what comes back, and who waits for whom.
import { sql } from 'kysely';
import { Client } from 'pg';
import { describe, expect, it, vi } from 'vitest';
import type { Engine } from '../../../src/store/database.ts';
import { addressesIn } from '../../../src/store/engine/postgres-servers.ts';
import { openPostgres, openPostgresToRead } from '../../../src/store/engine/postgres.ts';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { callTool } from '../../../src/server.ts';
import type { Session } from '../../../src/server/session.ts';
import { Store } from '../../../src/store/scope.ts';
import { openBook, tempFolder } from '../../support/book.ts';
import { whenDone } from '../../support/ending.ts';
import type { Place } from '../../support/engines/engine.ts';
import { addressOf, ownersAddressOf, postgres } from '../../support/engines/postgres.ts';
import { refusalOf } from '../../support/refusal.ts';
import { rowsOf, valueOf } from '../../support/store.ts';
import { until } from '../../support/time.ts';

async function opened(place: Place = { folder: tempFolder() }): Promise<Engine & { readonly place: Place }> {
  const engine = await postgres.open(place);
  whenDone(async () => await engine.close());
  return { ...engine, place };
}

const keep = async (engine: Engine, name: string, value: string) =>
  await engine.write(async (db) => await db.insertInto('host_secrets').values({ name, value }).execute());
const kept = async (engine: Engine) =>
  await engine.read(async (db) => await db.selectFrom('host_secrets').selectAll().orderBy('name').execute());
const only = async (engine: Engine, value: ReturnType<typeof sql>) =>
  await engine.read(async (db) => (await sql<{ value: unknown }>`select ${value} as value`.execute(db)).rows[0]?.value);

describe('a scope to read', () => {
  it('sees one state, whatever is written meanwhile', async () => {
    const engine = await opened();
    await keep(engine, 'a', '1');
    const seen = await engine.read(async (db) => {
      const look = async () => (await db.selectFrom('host_secrets').select('name').execute()).length;
      const before = await look();
      await keep(engine, 'b', '2');
      return [before, await look()];
    });
    expect(seen).toEqual([1, 1]);
    expect(await kept(engine)).toHaveLength(2);
  });

  it('writes nothing', async () => {
    const engine = await opened();
    const work = engine.read(async (db) => await db.deleteFrom('host_secrets').execute());
    await expect(work).rejects.toThrow('read-only transaction');
  });

  it('asks one thing at a time', async () => {
    const engine = await opened();
    const two = engine.read(async (db) => {
      const ask = async () => await db.selectFrom('people').select('name').execute();
      return await Promise.all([ask(), ask()]);
    });
    await expect(two).rejects.toThrow('two things at once');
  });

  it('goes on while every connection to write is taken', async () => {
    const engine = await opened();
    const letGo = await postgres.hold(engine.place);
    const writes = Array.from(
      { length: 30 },
      async () => await engine.write(async (db) => await db.updateTable('people').set({ name: 'x' }).execute()),
    );
    expect(await kept(engine)).toEqual([]);
    await letGo();
    expect(await Promise.all(writes)).toHaveLength(30);
  });
});

describe('what comes back', () => {
  it('is whole numbers, truth as 0 or 1, and an error where a number is not exact', async () => {
    const engine = await opened();
    expect(await only(engine, sql`9007199254740991::bigint`)).toBe(9_007_199_254_740_991);
    expect(await only(engine, sql`(select sum(x) from (values (1::bigint), (2)) as v (x))`)).toBe(3);
    expect(await only(engine, sql`1 = 1`)).toBe(1);
    expect(await only(engine, sql`1 = 2`)).toBe(0);
    await expect(only(engine, sql`9007199254740992::bigint`)).rejects.toThrow('no safe whole number');
    await expect(only(engine, sql`1.5::numeric`)).rejects.toThrow('no safe whole number');
  });

  it('is sorted by bytes in a database of another order', async () => {
    const engine = await opened();
    for (const name of ['b', 'B', 'ä', 'a-b', 'ab']) await keep(engine, name, '');
    expect((await kept(engine)).map(({ name }) => name)).toEqual(['B', 'a-b', 'ab', 'b', 'ä']);
    expect(await valueOf(engine.place, "select 'B' < 'a' as is_by_bytes")).toBe(0);
  });
});

const WAITS = "select 1 as waits from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";

describe('a scope to write', () => {
  it('is kept whole or not at all, and leaves the connection in order', async () => {
    const engine = await opened();
    const fails = engine.write(async (db) => {
      await db.insertInto('host_secrets').values({ name: 'a', value: '' }).execute();
      throw new Error('no');
    });
    await expect(fails).rejects.toThrow('no');
    await keep(engine, 'b', '');
    expect((await kept(engine)).map(({ name }) => name)).toEqual(['b']);
  });

  it('begins again where two want what the other has', async () => {
    const engine = await opened();
    await keep(engine, 'a', '');
    await keep(engine, 'b', '');
    const set = async (db: Parameters<Parameters<Engine['write']>[0]>[0], name: string, value: string) =>
      await db.updateTable('host_secrets').set({ value }).where('name', '=', name).execute();
    let begun = 0;
    const both = [
      ['a', 'b'],
      ['b', 'a'],
    ].map(
      async ([first = '', second = '']) =>
        await engine.write(async (db) => {
          await set(db, first, second);
          begun += 1;
          await until(() => begun >= 2);
          await set(db, second, second);
        }),
    );
    await Promise.all(both);
    expect(begun).toBe(3);
  });

  it('of an account begins when its turn has come', async () => {
    const book = await openBook();
    const engine = await opened(book);
    const letGo = await postgres.hold(book);
    let hasBegun = false;
    const write = engine.write(async () => void (hasBegun = true), 1);
    await until(async () => (await rowsOf(book, WAITS)).length > 0);
    expect(hasBegun).toBe(false);
    await letGo();
    await write;
    expect(hasBegun).toBe(true);
  });

  it('tells who waits too long that somebody else is at it', { timeout: 30_000 }, async () => {
    const book = await openBook();
    const letGo = await postgres.hold(book);
    expect(await book.error('create-customer', { name: 'Dana Henderson' })).toContain('Another program is writing');
    await letGo();
    expect(await book.ok('create-customer', { name: 'Dana Henderson' })).toBeDefined();
  });

  it('waits for who brings the books up to date, and then asks for the schema', async () => {
    const engine = await opened();
    const owner = new Client({ connectionString: ownersAddressOf(engine.place) });
    await owner.connect();
    whenDone(async () => await owner.end());
    await owner.query('begin; select pg_advisory_xact_lock(7406270914)');
    const write = refusalOf(keep(engine, 'a', ''));
    await until(async () => (await rowsOf(engine.place, WAITS)).length > 0);
    await owner.query("update book set schema = '9999-later'; commit");
    expect(await write).toContain('A newer Jobwright has brought this book up to date');
  });

  it('leaves a server that has become a copy for another', async () => {
    const engine = await opened();
    let tries = 0;
    await engine.write(async (db) => {
      tries += 1;
      if (tries === 1) await sql`set local transaction_read_only = on`.execute(db);
      await db.insertInto('host_secrets').values({ name: 'a', value: '' }).execute();
    });
    expect([tries, (await kept(engine)).length]).toEqual([2, 1]);
  });

  it('that has no connection because of others is told that it takes too long', { timeout: 60_000 }, async () => {
    const engine = await opened();
    let begun = 0;
    let isOver = false;
    const busy = Array.from(
      { length: 10 },
      async () =>
        await engine.write(async () => {
          begun += 1;
          await until(() => isOver, { within: 30_000 });
        }),
    );
    await until(() => begun === 10);
    expect(await refusalOf(keep(engine, 'a', ''))).toContain('took too long');
    isOver = true;
    await Promise.all(busy);
    await keep(engine, 'a', '');
    expect(await kept(engine)).toHaveLength(1);
  });

  it('leaves no number behind for long', async () => {
    const engine = await opened();
    await keep(engine, 'a', '');
    expect(await rowsOf(engine.place, "select kept from write_ids where at < 'infinity'")).toEqual([{ kept: 1 }]);
  });
});

it('what writes left long ago is taken out beside them, now and then', async () => {
  const engine = await opened();
  await postgres.behind(engine.place, async ({ run }) => {
    await run("insert into write_ids (id, kept, at) values (gen_random_uuid(), true, now() - interval '2 hours')");
  });
  const random = vi.spyOn(Math, 'random').mockReturnValue(0);
  whenDone(() => random.mockRestore());
  await keep(engine, 'a', '');
  await until(async () => (await rowsOf(engine.place, "select id from write_ids where at < 'infinity'")).length === 1);
  expect(await kept(engine)).toHaveLength(1);
});

describe('a book', () => {
  it('numbers invoices without a gap for sixteen who write at once, from two programs', {
    timeout: 60_000,
  }, async () => {
    const book = await openBook({ samples: false });
    const other = await openBook({ folder: book.folder });
    await book.ok('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Roof' });
    const bill = { job: 'J-1', lines: [{ description: 'Work', quantity: 1, unitPrice: 100 }], allowDuplicate: true };
    await Promise.all(
      Array.from({ length: 16 }, async (_, index) => await (index % 2 === 0 ? book : other).ok('create-invoice', bill)),
    );
    const numbers = (await rowsOf(book, 'select number from invoices order by number')).map((row) => row['number']);
    expect(numbers).toEqual(Array.from({ length: 16 }, (_, index) => 1001 + index));
  });

  it('has a higher write number with every file that lies elsewhere, by which an older copy of it is known', async () => {
    const book = await openBook({ samples: false });
    const { folder } = book;
    await book.ok('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Roof' });
    const number = async () => Number(await valueOf({ folder }, 'select write_number from book'));
    const attach = async (session: Session, text: string) => {
      const file = { job: 'J-1', content: Buffer.from(text).toString('base64'), name: `${text}txt` };
      const { isError } = await callTool(session, 'attach-file', file, { client: 'test', canAsk: false });
      expect(isError).not.toBe(true);
    };
    const before = await number();
    // In the database nothing parts the two: no write of one account waits for that of another.
    await attach(book.session, 'Gate code 4411.');
    expect(await number()).toBe(before);
    const engine = await postgres.open({ folder });
    const told: number[] = [];
    const filesKept = async ({ writeNumber }: { writeNumber: number }) => void told.push(writeNumber);
    const store = new Store(engine, undefined, { filesKept });
    whenDone(async () => await store.close());
    for (const text of ['Ladder is inside.', 'Two dogs.']) await attach({ ...book.session, store }, text);
    expect(told).toEqual([before + 1, before + 2]);
    expect(await number()).toBe(before + 2);
  });

  it('is found by an address of one server or several, and by no other', async () => {
    expect(addressesIn('postgres://a:b@one:5432,two/books?sslmode=require')).toEqual([
      'postgres://a:b@one:5432/books?sslmode=require',
      'postgres://a:b@two/books?sslmode=require',
    ]);
    expect(addressesIn('postgresql:///books')).toEqual(['postgresql:///books']);
    expect(addressesIn('mysql://one/books')).toBeNull();
    expect(addressesIn('postgres://one:port/books')).toBeNull();
  });

  it('is found where one of its servers has no address any more', { timeout: 30_000 }, async () => {
    const { place } = await opened();
    const engine = await openPostgres(addressOf(place).replace('@', '@gone.invalid:5432,'));
    whenDone(async () => await engine.close());
    expect(await kept(engine)).toEqual([]);
  });

  it('is audited past what cannot be read', { timeout: 30_000 }, async () => {
    const book = await openBook();
    await postgres.behind(book, async ({ run }) => void (await run('revoke select on expenses from jobwright')));
    const looking = await openPostgresToRead(addressOf(book));
    whenDone(async () => await looking.close());
    const { faults } = await new Store(looking).look(1, async (scope) => await auditBooks(scope));
    const unread = faults.map((fault) => JSON.stringify(fault)).filter((fault) => fault.includes('permission denied'));
    expect(unread).toHaveLength(1);
    expect(faults.map((fault) => JSON.stringify(fault)).join()).not.toContain('transaction is aborted');
  });

  it('is opened to be looked at without being changed, and is none where another program has tables', async () => {
    const engine = await opened();
    const looking = await openPostgresToRead(addressOf(engine.place));
    whenDone(async () => await looking.close());
    expect(await kept(looking)).toEqual([]);
    expect(await refusalOf(keep(looking, 'a', ''))).toContain('to be looked at');
    await postgres.behind(engine.place, async ({ run }) => {
      await run('create schema theirs');
      await run('create table theirs.orders (id integer)');
    });
    const theirs = `${ownersAddressOf(engine.place)}?options=-c%20search_path%3Dtheirs`;
    expect(await refusalOf(openPostgres(theirs))).toContain("another program's database");
    expect(await refusalOf(openPostgresToRead(theirs))).toContain('no books');
    // A view, as an extension makes some, is no table of another program.
    await postgres.behind(engine.place, async ({ run }) => {
      await run('drop table theirs.orders');
      await run('create view theirs.running as select 1 as one');
    });
    await (await openPostgres(theirs)).close();
  });
});
