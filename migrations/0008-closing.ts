// Closed months: through which day, and what each job had made by day when they were closed.
import type { Kysely } from 'kysely';
import type { MigrationEngine } from './index.ts';
import { tablesOf } from './tables.ts';

export async function up(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  const { create, refers, number, text, all, some, whole, words } = tablesOf(db, engine);
  await db.schema.alterTable('accounts').addColumn('closed_through', words).execute();
  await create(
    'closed_jobs',
    ['job_id', 'closing'],
    all(
      some(number, 'job_id', 'closing', 'customer_id'),
      some(text, 'through', 'status', 'days'),
      refers('closed_jobs', 'job_id', 'jobs'),
      refers('closed_jobs', 'customer_id', 'customers'),
    ),
  );
  for (const column of ['from_closed_billed', 'from_closed_cost_of_work', 'from_closed_expenses'])
    await db.schema
      .alterTable('job_days')
      .addColumn(column, whole, (added) => added.notNull().defaultTo(0))
      .execute();
}
