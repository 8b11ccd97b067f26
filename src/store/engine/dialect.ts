// What one engine says in other words than the other.
import { PostgresAdapter, sql } from 'kysely';
import type { Database } from '../database.ts';

export function isPostgres(db: Database): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/** The columns of a table; none where there is no such table. */
export async function columnsOf(db: Database, table: string): Promise<string[]> {
  const columns = isPostgres(db)
    ? sql<{ name: string }>`select column_name as name from information_schema.columns
        where table_schema = current_schema() and table_name = ${table}`
    : sql<{ name: string }>`select name from pragma_table_info(${table})`;
  return (await columns.execute(db)).rows.map(({ name }) => name);
}
