// What totals and reports say of jobs beside their sums: of how many the cost is not known, what they count where several
// quotes are open at once, which lines are over their plan, and on which day a job was last at work.
import { sql, type Kysely } from 'kysely';
import type { MigrationEngine } from './index.ts';
import { tablesOf } from './tables.ts';

export async function up(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  const { index, whole, words } = tablesOf(db, engine);
  const number = async (table: string, column: string) =>
    await db.schema
      .alterTable(table)
      .addColumn(column, whole, (added) => added.notNull().defaultTo(0))
      .execute();
  const text = async (table: string, column: string) =>
    await db.schema
      .alterTable(table)
      .addColumn(column, words, (added) => added.notNull().defaultTo(''))
      .execute();
  for (const column of ['cost_in_totals', 'expenses_in_totals', 'unknown_cost']) await number('job_figures', column);
  // What the account's totals were made of; where several quotes are open it is made anew.
  await sql`update job_figures set cost_in_totals = cost_of_work, expenses_in_totals = expenses`.execute(db);
  await text('job_figures', 'last_on');
  await number('account_totals', 'unknown_cost');
  await number('job_plans', 'lines_over_by');
  await text('job_plans', 'lines_over');
  await db.schema.dropIndex('job_plans_by_category_job_id_planned_spent').execute();
  await index('job_plans', ['category', 'job_id', 'planned', 'spent', 'lines_over_by']);
  await index('job_figures', ['last_on', 'job_id']);
  await db.schema
    .createIndex('job_figures_of_unknown_cost')
    .on('job_figures')
    .columns(['account_id', 'job_id'])
    .where(sql.ref('unknown_cost'), '<>', 0)
    .execute();
}
