// Plan and spending on one kind of cost, job by job.
import { sql, type RawBuilder } from 'kysely';
import type { Category } from '../../domain/cost.ts';
import { BILLINGS, JOB_STATUSES, type Billing, type JobStatus } from '../../domain/job.ts';
import { total, type Total } from '../../domain/money.ts';
import { oneOf } from '../one-of.ts';
import { ofReal, within, type Reported, type ReportPeriod } from './reported.ts';
import { asTotal, totalFrom, totalOver } from './totals.ts';

/** Over a period the jobs that spent on it in that period, each with its whole plan. */
export type PlansAsked = { readonly category: Category; readonly period: ReportPeriod };

export type PlannedJob = {
  readonly id: number;
  readonly name: string;
  readonly isSample: boolean;
  readonly customer: { readonly id: number; readonly name: string };
  readonly status: JobStatus;
  readonly billing: Billing;
  readonly planned: Total<'cost'>;
  readonly spent: Total<'cost'>;
};

/** Where a page ended. */
export type PlanPlace = { readonly isPlanned: bigint; readonly over: bigint; readonly id: bigint };

const IS_PLANNED = sql`case when p.planned > 0 then 1 else 0 end`;
const OVER = sql`(p.spent - p.planned)`;
const ORDER = sql`${IS_PLANNED} desc, ${OVER} desc, p.job_id desc`;

function plans(scope: Reported, { category, period }: PlansAsked): RawBuilder<unknown> {
  const { account } = scope;
  const spentIn =
    period === null
      ? sql``
      : sql`and p.job_id in (select e.job_id from expenses e where e.account_id = ${account.id}
          and e.category = ${category} and ${within(period, sql`e.spent_on`)})`;
  return sql`from job_plans p where p.account_id = ${account.id} and p.category = ${category} ${spentIn}
    ${ofReal(scope, sql`p.job_id`)}`;
}

/** The most over plan first; what nobody planned comes last. */
export async function plansByJob(
  scope: Reported,
  asked: PlansAsked,
  { limit, after }: { readonly limit: number; readonly after: PlanPlace | null },
): Promise<PlannedJob[]> {
  const { db, account } = scope;
  const beyond =
    after === null
      ? sql``
      : sql`and (${IS_PLANNED} < ${after.isPlanned} or (${IS_PLANNED} = ${after.isPlanned} and
          (${OVER} < ${after.over} or (${OVER} = ${after.over} and p.job_id < ${after.id}))))`;
  const { rows } = await sql<{
    id: number;
    name: string;
    is_sample: number;
    customer_id: number;
    customer: string;
    status: string;
    billing: string;
    planned: string;
    spent: string;
  }>`
    select p.job_id as id, j.name, f.is_sample, f.customer_id, c.name as customer, f.status, f.billing,
      ${asTotal(sql`p.planned`)} as planned, ${asTotal(sql`p.spent`)} as spent
    from (select p.job_id, p.planned, p.spent ${plans(scope, asked)} ${beyond} order by ${ORDER} limit ${limit}) as p
    join jobs j on j.account_id = ${account.id} and j.id = p.job_id
    join job_figures f on f.account_id = ${account.id} and f.job_id = p.job_id
    join customers c on c.account_id = ${account.id} and c.id = f.customer_id
    order by ${ORDER}`.execute(db);
  return rows.map(({ is_sample, customer_id, customer, status, billing, planned, spent, ...row }) => ({
    ...row,
    isSample: is_sample === 1,
    customer: { id: customer_id, name: customer },
    status: oneOf(JOB_STATUSES, status),
    billing: oneOf(BILLINGS, billing),
    planned: totalFrom<'cost'>(planned),
    spent: totalFrom<'cost'>(spent),
  }));
}

export function endOfPlans({ id, planned, spent }: PlannedJob): bigint[] {
  return [planned > 0n ? 1n : 0n, total<'cost'>(spent - planned), BigInt(id)];
}

/** What of them is over plan, and what nobody planned, are no part of each other. */
export type PlanTotals = {
  readonly jobs: number;
  readonly planned: Total<'cost'>;
  readonly spent: Total<'cost'>;
  readonly over: { readonly jobs: number; readonly by: Total<'cost'> };
  readonly unplanned: { readonly jobs: number; readonly spent: Total<'cost'> };
};

export async function planTotals(scope: Reported, asked: PlansAsked): Promise<PlanTotals> {
  const isOver = sql`p.planned > 0 and p.spent > p.planned`;
  const counted = (which: RawBuilder<unknown>) => sql<string>`count(case when ${which} then 1 end)`;
  const { rows } = await sql<{
    jobs: number;
    planned: string;
    spent: string;
    over_jobs: number;
    over_by: string;
    unplanned_jobs: number;
    unplanned: string;
  }>`
    select count(*) as jobs, ${totalOver(sql`p.planned`)} as planned, ${totalOver(sql`p.spent`)} as spent,
      ${counted(isOver)} as over_jobs, ${totalOver(sql`case when ${isOver} then ${OVER} else 0 end`)} as over_by,
      ${counted(sql`p.planned <= 0`)} as unplanned_jobs,
      ${totalOver(sql`case when p.planned <= 0 then p.spent else 0 end`)} as unplanned
    ${plans(scope, asked)}`.execute(scope.db);
  const [row] = rows;
  if (row === undefined) throw new Error('a sum without a row');
  return {
    jobs: row.jobs,
    planned: totalFrom(row.planned),
    spent: totalFrom(row.spent),
    over: { jobs: row.over_jobs, by: totalFrom(row.over_by) },
    unplanned: { jobs: row.unplanned_jobs, spent: totalFrom(row.unplanned) },
  };
}
