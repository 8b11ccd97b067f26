// Visits that repeat are visits of their own, and each knows the first of them.
import type { Kysely } from 'kysely';
import type { MigrationEngine } from './index.ts';
import { tablesOf } from './tables.ts';

export async function up(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  const { index, whole } = tablesOf(db, engine);
  await db.schema.alterTable('appointments').addColumn('series_id', whole).execute();
  await index('appointments', ['series_id', 'starts_at', 'id']);
}
