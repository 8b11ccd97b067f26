// A book that was moved to another engine says so: where to, and since when it is whole there. One that a move is still
// filling says that too, so that nobody takes a part of it for the whole.
import type { Kysely } from 'kysely';
import type { MigrationEngine } from './index.ts';
import { tablesOf } from './tables.ts';

export async function up(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  const { words } = tablesOf(db, engine);
  for (const column of ['moved_to', 'moved_at', 'arriving'])
    await db.schema.alterTable('book').addColumn(column, words).execute();
}
