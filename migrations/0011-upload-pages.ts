// A link may be a page for many files of one job: which browser opened it first, what it still takes, and what came by it.
import type { Kysely } from 'kysely';
import type { MigrationEngine } from './index.ts';
import { tablesOf } from './tables.ts';

export async function up(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  const { whole, words } = tablesOf(db, engine);
  for (const column of ['opened_by', 'kept']) await db.schema.alterTable('links').addColumn(column, words).execute();
  for (const column of ['files_left', 'bytes_left'])
    await db.schema.alterTable('links').addColumn(column, whole).execute();
}
