// What a customer was called before leads to them as well, and to their jobs.
import type { Kysely } from 'kysely';
import type { MigrationEngine } from './index.ts';
import { tablesOf } from './tables.ts';

export async function up(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  const { words } = tablesOf(db, engine);
  await db.schema.alterTable('customers').addColumn('former_names', words).execute();
}
