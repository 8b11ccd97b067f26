// What stands behind a row of a report: which jobs, and which of their days.
import { sql, type RawBuilder } from 'kysely';
import type { ReportKey } from '../../domain/period.ts';
import { ofCounted, ofReal, real, within, type Reported, type ReportPeriod } from './reported.ts';
import { jobsIn } from './reports.ts';
import type { ReadScope } from '../scope.ts';

/** The jobs that a row of a report adds up, newest first. */
export async function jobsBehind(
  scope: Reported,
  span: ReportPeriod,
  row: { readonly by: Exclude<ReportKey, 'job' | 'assignee'>; readonly key: string | number },
  limit: number,
): Promise<number[]> {
  const { db, account } = scope;
  const days = (condition: RawBuilder<unknown>) => sql<{ job_id: number }>`
    select distinct p.job_id from job_days as p where p.account_id = ${account.id} and ${condition}
      ${real(scope)} ${span === null ? sql`` : sql`and ${within(span, sql`p.day`)}`}
    order by p.job_id desc limit ${limit}`;
  // Of a period the days themselves say it, without adding up every job for each row.
  const jobs = (condition: RawBuilder<unknown>, besides = sql``) =>
    span === null
      ? sql<{ job_id: number }>`
          select p.job_id from ${jobsIn(scope, span)} where ${condition} order by p.job_id desc limit ${limit}`
      : days(sql`${condition} ${besides}`);
  // What was closed under this customer may be under another by now.
  const closed =
    account.closedThrough === null
      ? sql``
      : sql`union select k.job_id from closed_jobs k where k.account_id = ${account.id} and k.customer_id = ${row.key}`;
  const ofCustomer = sql`and p.job_id in (
    select f.job_id from job_figures f where f.account_id = ${account.id} and f.customer_id = ${row.key} ${closed})`;
  const spending = () =>
    span === null
      ? sql<{ job_id: number }>`
          select p.job_id from job_plans p where p.account_id = ${account.id} and p.category = ${row.key}
            ${ofReal(scope, sql`p.job_id`)} order by p.job_id desc limit ${limit}`
      : sql<{ job_id: number }>`
          select distinct e.job_id from expenses e where e.account_id = ${account.id} and e.category = ${row.key}
            and ${within(span, sql`e.spent_on`)} ${ofReal(scope, sql`e.job_id`)} ${ofCounted(scope)} order by e.job_id desc limit ${limit}`;
  const query = {
    customer: () => jobs(sql`p.customer_id = ${row.key}`, ofCustomer),
    status: () => jobs(sql`p.status = ${row.key}`),
    month: () => days(sql`p.day >= ${`${row.key}-01`} and p.day <= ${`${row.key}-31`}`),
    category: () => spending(),
  }[row.by]();
  const { rows } = await query.execute(db);
  return rows.map(({ job_id }) => job_id);
}

/** Days on which a job's money stands under this customer or status: in closed months as it was then. */
export async function daysUnder(
  { db, account }: ReadScope,
  job: number,
  { by, key }: { readonly by: 'customer' | 'status'; readonly key: string | number },
): Promise<ReadonlySet<string>> {
  const column = { customer: 'customer_id', status: 'status' } as const;
  const { rows } = await sql<{ day: string }>`
    select p.day from job_days as p where p.account_id = ${account.id} and p.job_id = ${job}
      and p.${sql.ref(column[by])} = ${key}`.execute(db);
  return new Set(rows.map(({ day }) => day));
}
