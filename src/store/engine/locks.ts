// What several may write at once is held row by row. SQLite has one writer at a time, who holds everything.
import { sql } from 'kysely';
import type { Database, Tables } from '../database.ts';
import { isPostgres } from './dialect.ts';

/** In a write: nobody else changes this row, or holds it, until the write has ended. Waits for whoever does now. */
export async function holdRow(
  db: Database,
  table: keyof Tables,
  key: Readonly<Record<string, string | number>>,
): Promise<void> {
  if (!isPostgres(db)) return;
  const is = Object.entries(key).map(([column, value]) => sql`${sql.ref(column)} = ${value}`);
  await sql`select 1 from ${sql.table(table)} where ${sql.join(is, sql` and `)} for no key update`.execute(db);
}
