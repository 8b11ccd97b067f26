// A database of books that an earlier version wrote is brought up to date with what is in it.
import Sqlite from 'better-sqlite3';
import type { Kysely } from 'kysely';
import { Pool, types } from 'pg';
import { expect, test } from 'vitest';
import { MIGRATIONS } from '../../../migrations/index.ts';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { overClient, typesOver } from '../../../src/store/engine/postgres-driver.ts';
import { fence, letServe } from '../../../src/store/engine/postgres-fence.ts';
import { openPostgres } from '../../../src/store/engine/postgres.ts';
import { openSqlite } from '../../../src/store/engine/sqlite.ts';
import { openBook, tempFolder } from '../../support/book.ts';
import type { Place, Row } from '../../support/engines/engine.ts';
import { addressOf, emptyDatabase, ownersAddressOf } from '../../support/engines/postgres.ts';
import { over, ROLE } from '../../support/engines/postgres-books.ts';
import { everything, rowsOf } from '../../support/store.ts';
import { formerBook } from '../former-book.ts';

const NOW = '2026-03-10T17:05:00.000Z';

/** Every table of a file, as it is now. */
function tablesOf(file: string): Map<string, Row[]> {
  const db = new Sqlite(file, { readonly: true });
  try {
    const names = db.prepare<[], string>("select name from sqlite_schema where type = 'table'").pluck().all();
    return new Map(names.map((name) => [name, db.prepare<[], Row>(`select * from ${name}`).all()]));
  } finally {
    db.close();
  }
}

/** The tables as the migrations up to this one make them, as whoever owns them. */
async function layOut(owner: string, newest: string): Promise<void> {
  const pool = new Pool({ connectionString: owner, max: 1, types: typesOver(types) });
  const client = await pool.connect();
  const db: unknown = overClient(client);
  await client.query(`begin; set local jobwright.account = 'every';
    create table migrations (name text primary key, applied_at text not null)`);
  for (const { name, load } of MIGRATIONS.filter(({ name }) => name.slice(0, 4) <= newest)) {
    const migration = await load();
    await migration.up(db as Kysely<unknown>, 'postgres');
    await client.query('insert into migrations values ($1, $2)', [name, NOW]);
  }
  await fence(client);
  await letServe(client, ROLE);
  await client.query('commit');
  client.release();
  await pool.end();
}

/** Rows of these tables in place of what is there; nothing refuses them. */
async function copyIn(place: Place, tables: ReadonlyMap<string, readonly Row[]>): Promise<void> {
  await over(ownersAddressOf(place), async (client) => {
    await client.query("begin; set local session_replication_role = 'replica'");
    const { rows } = await client.query<{ name: string }>(
      "select tablename::text as name from pg_tables where schemaname = 'public'",
    );
    for (const { name } of rows) {
      await client.query(`delete from ${name}`);
      await client.query(`insert into ${name} select * from json_populate_recordset(null::${name}, $1)`, [
        JSON.stringify(tables.get(name) ?? []),
      ]);
    }
    await client.query('commit');
  });
}

test('books of the seventeenth schema keep every change, image and line, and go on', async () => {
  const { file } = formerBook('0017');
  const before = tablesOf(file);
  const place = { folder: tempFolder() };
  const owner = await emptyDatabase(place);
  await layOut(owner, '0017');
  await copyIn(place, before);
  await (await openPostgres(addressOf(place), { migrateUrl: owner, isFenced: true })).close();

  const book = await openBook({ folder: place.folder, actor: 'sam', now: NOW, repeats: 'noticed' });
  const { looked, faults } = await book.store.read(1, auditBooks);
  expect([looked, faults]).toMatchObject([{ changes: 23, files: 1 }, []]);
  expect(await rowsOf(place, 'select name, digest from migrations order by name')).toEqual(
    MIGRATIONS.map(({ name, digest }) => ({ name, digest })),
  );
  const after = await everything(place);
  for (const table of ['changes', 'change_images', 'record_log'] as const) {
    const rows = before.get(table)?.map((row) => expect.objectContaining(row));
    expect([table, after[table]?.length]).toEqual([table, rows?.length]);
    expect([table, after[table]]).toEqual([table, expect.arrayContaining(rows ?? [])]);
  }

  // What the file says of itself, brought up to date.
  await (await openSqlite(file)).close();
  const migrated = tablesOf(file);
  for (const table of ['additions', 'changes', 'change_images', 'record_log', 'expenses'])
    expect([table, after[table]?.length]).toEqual([table, migrated.get(table)?.length]);
  expect(after['additions']).toEqual(expect.arrayContaining(migrated.get('additions') ?? []));

  const screws = { job: 'J-2', description: 'Screws', amount: 6, category: 'materials' };
  expect((await book.call('add-job-expense', screws)).content[0]?.text).toContain('E-5');
  await book.ok('add-job-expense', { ...screws, amount: 7 });
  await book.ok('undo-change', { change: 23 });
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
  const { activity } = (await book.ok('get-job', { job: 'J-2' })).job;
  expect(activity.map(({ text }: { readonly text: string }) => text).slice(0, 3)).toEqual([
    'Undid change 23: Logged E-5 Screws, 6.00 USD, on J-2 Gutter cleaning',
    'E-6 Screws: 7.00 (materials)',
    'E-5 Screws: 6.00 (materials)',
  ]);
  const { changes } = await book.ok('list-changes', { record: 'E-5' });
  expect(changes.map(({ number }: { readonly number: number }) => number)).toEqual([25, 23]);
});
