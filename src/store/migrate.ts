// Brings a book up to date. Each migration and its bookkeeping are one transaction, so a kill in the middle leaves
// the book as it was; two processes starting at once take turns, and the second finds nothing left to do.
import { sql, type Kysely } from 'kysely';
import { MIGRATIONS, type MigrationEngine } from '../../migrations/index.ts';
import { Problem } from '../domain/errors.ts';
import type { Database } from './database.ts';

/** @param atomically runs its work in one transaction that other processes wait for */
export async function bringUpToDate(
  db: Database,
  engine: MigrationEngine,
  atomically: <T>(work: () => Promise<T>) => Promise<T>,
): Promise<void> {
  await refuseNewer(db);
  if ((await applied(db)).length === MIGRATIONS.length) return;
  for (const { name, load } of MIGRATIONS) {
    const migration = await load();
    await atomically(async () => {
      if ((await applied(db)).includes(name)) return;
      // The tables' types describe the newest schema; a migration sees whichever there was in its time.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      await migration.up(db as unknown as Kysely<unknown>, engine);
      await sql`insert into migrations (name, applied_at) values (${name}, ${new Date().toISOString()})`.execute(db);
    });
  }
}

async function applied(db: Database): Promise<string[]> {
  await sql`create table if not exists migrations (name text primary key, applied_at text not null)`.execute(db);
  const { rows } = await sql<{ name: string }>`select name from migrations order by name`.execute(db);
  return rows.map((row) => row.name);
}

async function refuseNewer(db: Database): Promise<void> {
  const known = new Set(MIGRATIONS.map((migration) => migration.name));
  const unknown = (await applied(db)).filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new Problem(
    'unavailable',
    `This book was written by a newer Jobwright (it has ${unknown.join(', ')}). Update Jobwright, or open a backup from before.`,
  );
}
