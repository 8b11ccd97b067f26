// Plan and spending on one kind of cost, job by job.
import { sql, type RawBuilder } from 'kysely';
import type { Category } from '../../domain/cost.ts';
import { BILLINGS, JOB_STATUSES, type Billing, type JobStatus } from '../../domain/job.ts';
import { total, type Total } from '../../domain/money.ts';
import { PLAN_CATEGORIES, type LinesOver, type PlanCategory } from '../../domain/plan-and-actual.ts';
import { oneOf } from '../one-of.ts';
import { ofCounted, ofReal, within, type Reported, type ReportPeriod } from './reported.ts';
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
  readonly linesOver: LinesOver | null;
};

/** Where a page ended. */
export type PlanPlace = { readonly rank: bigint; readonly over: bigint; readonly id: bigint };

const IS_OVER = sql`p.planned > 0 and p.spent > p.planned`;
/** Within its plan as a whole, with a line that is not. */
const HAS_LINE_OVER = sql`p.spent <= p.planned and p.lines_over_by > 0`;
/** What is over comes first, then what has a line that is, and what nobody planned last. */
const RANK = sql`case when ${IS_OVER} then 3 when ${HAS_LINE_OVER} then 2 when p.planned > 0 then 1 else 0 end`;
const OVER = sql`case when ${HAS_LINE_OVER} then p.lines_over_by else p.spent - p.planned end`;
const ORDER = sql`${RANK} desc, ${OVER} desc, p.job_id desc`;

function plans(scope: Reported, { category, period }: PlansAsked): RawBuilder<unknown> {
  const { account } = scope;
  const spentIn =
    period === null
      ? sql``
      : sql`and p.job_id in (select e.job_id from expenses e where e.account_id = ${account.id}
          and e.category = ${category} and ${within(period, sql`e.spent_on`)} ${ofCounted(scope)})`;
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
      : sql`and (${RANK} < ${after.rank} or (${RANK} = ${after.rank} and
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
    lines_over: string;
    lines_over_by: number;
  }>`
    select p.job_id as id, j.name, f.is_sample, f.customer_id, c.name as customer, f.status, f.billing,
      ${asTotal(sql`p.planned`)} as planned, ${asTotal(sql`p.spent`)} as spent, p.lines_over, p.lines_over_by
    from (select p.job_id, p.planned, p.spent, p.lines_over, p.lines_over_by ${plans(scope, asked)} ${beyond} order by ${ORDER} limit ${limit}) as p
    join jobs j on j.account_id = ${account.id} and j.id = p.job_id
    join job_figures f on f.account_id = ${account.id} and f.job_id = p.job_id
    join customers c on c.account_id = ${account.id} and c.id = f.customer_id
    order by ${ORDER}`.execute(db);
  return rows.map(({ is_sample, customer_id, customer, status, billing, planned, spent, lines_over, ...row }) => ({
    ...{ id: row.id, name: row.name, isSample: is_sample === 1 },
    customer: { id: customer_id, name: customer },
    status: oneOf(JOB_STATUSES, status),
    billing: oneOf(BILLINGS, billing),
    planned: totalFrom<'cost'>(planned),
    spent: totalFrom<'cost'>(spent),
    linesOver: linesOverFrom(lines_over),
  }));
}

function linesOverFrom(stored: string): LinesOver | null {
  if (stored === '') return null;
  // Written with the job's other figures, from the domain's own plan.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return JSON.parse(stored) as LinesOver;
}

export function endOfPlans({ id, planned, spent, linesOver }: PlannedJob): bigint[] {
  const over = total<'cost'>(spent - planned);
  if (planned > 0n && over > 0n) return [3n, over, BigInt(id)];
  if (linesOver !== null && over <= 0n) return [2n, BigInt(linesOver.by), BigInt(id)];
  return [planned > 0n ? 1n : 0n, over, BigInt(id)];
}

/** What of them is over plan, or has a line that is, and what nobody planned, are no part of each other. */
export type PlanTotals = {
  readonly jobs: number;
  readonly planned: Total<'cost'>;
  readonly spent: Total<'cost'>;
  readonly over: { readonly jobs: number; readonly by: Total<'cost'> };
  /** Jobs that are within their plan as a whole, though not with each of its lines. */
  readonly withLinesOver: { readonly jobs: number; readonly by: Total<'cost'> };
  readonly unplanned: { readonly jobs: number; readonly spent: Total<'cost'> };
};

export async function planTotals(scope: Reported, asked: PlansAsked): Promise<PlanTotals> {
  const counted = (which: RawBuilder<unknown>) => sql<string>`count(case when ${which} then 1 end)`;
  const { rows } = await sql<{
    jobs: number;
    planned: string;
    spent: string;
    over_jobs: number;
    over_by: string;
    lines_jobs: number;
    lines_by: string;
    unplanned_jobs: number;
    unplanned: string;
  }>`
    select count(*) as jobs, ${totalOver(sql`p.planned`)} as planned, ${totalOver(sql`p.spent`)} as spent,
      ${counted(IS_OVER)} as over_jobs, ${totalOver(sql`case when ${IS_OVER} then ${OVER} else 0 end`)} as over_by,
      ${counted(HAS_LINE_OVER)} as lines_jobs,
      ${totalOver(sql`case when ${HAS_LINE_OVER} then ${OVER} else 0 end`)} as lines_by,
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
    withLinesOver: { jobs: row.lines_jobs, by: totalFrom(row.lines_by) },
    unplanned: { jobs: row.unplanned_jobs, spent: totalFrom(row.unplanned) },
  };
}

/** A job that is over its plan of a kind of cost, or has a line that is. */
export type OverJob = Pick<PlannedJob, 'id' | 'name' | 'isSample' | 'planned' | 'spent' | 'linesOver'> & {
  readonly category: PlanCategory;
};

/** Of every kind, finished jobs and running ones, the most over first; with how many there are. */
export async function jobsOverPlan(
  scope: Reported,
  period: ReportPeriod,
  limit: number,
): Promise<{ readonly count: number; readonly jobs: readonly OverJob[] }> {
  const { db, account } = scope;
  const spentIn =
    period === null
      ? sql``
      : sql`and p.job_id in (select e.job_id from expenses e where e.account_id = ${account.id}
          and e.category = p.category and ${within(period, sql`e.spent_on`)} ${ofCounted(scope)})`;
  const { rows } = await sql<{
    count: number;
    id: number;
    name: string;
    is_sample: number;
    category: string;
    planned: string;
    spent: string;
    lines_over: string;
  }>`
    select p.count, p.job_id as id, j.name, j.is_sample, p.category, p.lines_over,
      ${asTotal(sql`p.planned`)} as planned, ${asTotal(sql`p.spent`)} as spent
    from (select count(*) over () as count, ${OVER} as over_by, p.* from job_plans p
      where p.account_id = ${account.id} and ((${IS_OVER}) or p.lines_over_by > 0) ${spentIn}
        ${ofReal(scope, sql`p.job_id`)}
      order by ${OVER} desc, p.job_id desc, p.category limit ${limit}) as p
    join jobs j on j.account_id = ${account.id} and j.id = p.job_id
    order by p.over_by desc, p.job_id desc, p.category`.execute(db);
  return {
    count: rows[0]?.count ?? 0,
    jobs: rows.map(({ is_sample, category, planned, spent, lines_over, id, name }) => ({
      ...{ id, name, isSample: is_sample === 1, category: oneOf(PLAN_CATEGORIES, category) },
      planned: totalFrom<'cost'>(planned),
      spent: totalFrom<'cost'>(spent),
      linesOver: linesOverFrom(lines_over),
    })),
  };
}
