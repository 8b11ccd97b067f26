// A line that is done and on which nothing was spent costs nothing, instead of its plan.
import type { Kysely } from 'kysely';
import type { MigrationEngine } from './index.ts';
import { tablesOf } from './tables.ts';

export async function up(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  const { whole } = tablesOf(db, engine);
  await db.schema.alterTable('done_lines').addColumn('spent_nothing', whole).execute();
}
