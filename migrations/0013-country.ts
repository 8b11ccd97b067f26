// An account may say which country it is in. Until it does, that of its time zone is taken, which needs no row.
import type { Kysely } from 'kysely';
import type { MigrationEngine } from './index.ts';
import { tablesOf } from './tables.ts';

export async function up(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  const { words } = tablesOf(db, engine);
  await db.schema.alterTable('accounts').addColumn('country', words).execute();
}
