// Brings a book up to date. Each migration and its bookkeeping are one transaction, so a kill in the middle leaves
// the book as it was; two processes starting at once take turns, and the second finds nothing left to do.
import { sql, type Kysely } from 'kysely';
import { FIRST_NOTED, MIGRATIONS, type MigrationEngine } from '../../../migrations/index.ts';
import { Problem } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';
import type { Database } from '../database.ts';
import { columnsOf } from './dialect.ts';

/** The schema that this version of the program reads and writes. */
export const NEWEST_SCHEMA = MIGRATIONS.at(-1)?.name ?? '';

type Applied = { readonly name: string; readonly digest: string | null };

/**
 * @param before what is looked at first is read over
 * @param atomically runs its work in one transaction that other processes wait for
 */
export async function bringUpToDate(
  before: Database,
  engine: MigrationEngine,
  atomically: (work: (db: Database) => Promise<void>) => Promise<void>,
): Promise<void> {
  if (await isUpToDate(before)) return;
  for (const { name, load } of MIGRATIONS) {
    const migration = await load();
    await atomically(async (db) => {
      if ((await applied(db)).some((each) => each.name === name)) return;
      await sql`create table if not exists migrations (name text primary key, applied_at text not null)`.execute(db);
      // The tables' types describe the newest schema; a migration sees whichever there was in its time.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      await migration.up(db as unknown as Kysely<unknown>, engine);
      await sql`insert into migrations (name, applied_at) values (${name}, ${new Date().toISOString()})`.execute(db);
      if (name >= FIRST_NOTED) await note(db, name);
    });
  }
}

/** Reads alone, so that nobody waits for a writer. @throws Problem where this version of the program is not for it */
export async function isUpToDate(db: Database): Promise<boolean> {
  const done = await applied(db);
  refuseUnknown(done);
  return done.length === MIGRATIONS.length;
}

/** The newest migration that the book has had; null where it has had none. */
export async function schemaOf(db: Database): Promise<string | null> {
  return (await applied(db)).at(-1)?.name ?? null;
}

async function applied(db: Database): Promise<Applied[]> {
  const columns = await columnsOf(db, 'migrations');
  if (columns.length === 0) return [];
  const digest = columns.includes('digest') ? sql`digest` : sql`null as digest`;
  const { rows } = await sql<Applied>`select name, ${digest} from migrations order by name`.execute(db);
  return rows;
}

/** What this book has now, and the texts of the migrations that made it. */
async function note(db: Database, schema: string): Promise<void> {
  for (const { name, digest } of MIGRATIONS)
    await sql`update migrations set digest = ${digest} where name = ${name} and digest is null`.execute(db);
  await sql`update book set schema = ${schema}`.execute(db);
}

function refuseUnknown(done: readonly Applied[]): void {
  const digests = new Map(MIGRATIONS.map(({ name, digest }) => [name, digest]));
  const newer = done.filter(({ name }) => !digests.has(name)).map(({ name }) => name);
  if (newer.length > 0) throw new Problem('unavailable', says('book.of-newer', { migrations: newer }));
  const others = done.filter(({ name, digest }) => digest !== null && digest !== digests.get(name));
  if (others.length > 0)
    throw new Problem('unavailable', says('book.of-unreleased', { migrations: others.map(({ name }) => name) }));
}
