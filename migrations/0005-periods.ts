// What dates a job's cost: when it was completed or cancelled, and what of its contracts was written off. What is kept
// by day is one row a day from here on, and made anew when the book is next opened.
import { sql, type Kysely } from 'kysely';
import type { MigrationEngine } from './index.ts';
import { tablesOf } from './tables.ts';

export async function up(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  const { create, index, number, text, flag, all, some, whole, words } = tablesOf(db, engine);
  for (const column of ['completed_on', 'cancelled_on', 'billing_done_on'])
    await db.schema.alterTable('jobs').addColumn(column, words).execute();
  await create('write_offs', ['contract_id'], some(number, 'contract_id', 'amount'));
  await index('expenses', ['spent_on', 'category', 'job_id', 'amount']);

  const zero = (table: string, column: string) =>
    db.schema
      .alterTable(table)
      .addColumn(column, whole, (added) => added.notNull().defaultTo(0))
      .execute();
  await zero('job_figures', 'expenses_not_yet_billed');
  await zero('job_figures', 'profit_to_date');
  await zero('account_totals', 'expenses_not_yet_billed');
  await index('job_figures', ['profit_to_date', 'job_id']);
  await sql`drop table job_days`.execute(db);
  await create(
    'job_days',
    ['job_id', 'day'],
    all(
      some(text, 'day', 'status'),
      some(number, 'job_id', 'customer_id', 'billed', 'cost_of_work', 'expenses'),
      flag('is_sample'),
    ),
  );
  await index('job_days', ['day', 'job_id']);
  await create('job_plans', ['job_id', 'category'], all(text('category'), some(number, 'job_id', 'planned', 'spent')));
  await index('job_plans', ['category', 'job_id', 'planned', 'spent']);
}
