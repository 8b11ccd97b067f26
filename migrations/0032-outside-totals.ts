// What invoices on no job come to, kept as the totals of jobs are, so that a list of jobs adds none of them up.
import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { MigrationEngine } from './index.ts';
import { tablesOf } from './tables.ts';

export async function up(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  const { create, flag, number, all, some } = tablesOf(db, engine);
  await create(
    'outside_totals',
    ['is_sample'],
    all(flag('is_sample'), some(number, 'invoices', 'billed', 'tax', 'drafts')),
  );
  const of = (status: string, each: RawBuilder<unknown>) =>
    sql`coalesce(sum(case when status = ${sql.lit(status)} then ${each} else 0 end), 0)`;
  await sql`insert into outside_totals (account_id, is_sample, invoices, billed, tax, drafts)
    select account_id, is_sample, ${of('issued', sql`1`)}, ${of('issued', sql`subtotal`)},
      ${of('issued', sql`tax`)}, ${of('draft', sql`subtotal`)}
    from invoices where job_id is null group by account_id, is_sample`.execute(db);
}
