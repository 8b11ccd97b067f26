// What comes every month may become another from a later day on: what it is then stands beside what it is until then.
import type { Kysely } from 'kysely';
import type { MigrationEngine } from './index.ts';
import { tablesOf } from './tables.ts';

export async function up(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  const { whole, words } = tablesOf(db, engine);
  await db.schema.alterTable('monthly_expenses').addColumn('later_on', words).execute();
  for (const column of ['later_amount', 'later_reclaimable_tax'])
    await db.schema.alterTable('monthly_expenses').addColumn(column, whole).execute();
}
