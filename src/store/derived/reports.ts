// Profit reports: sums over everything, made by the database from the derived figures. Whole jobs come from their
// profit summaries, a period from what each job made by day.
import { sql, type RawBuilder } from 'kysely';
import { BILLINGS, JOB_STATUSES, STANDINGS, type Billing, type JobStatus, type Standing } from '../../domain/job.ts';
import { amount, total, type Total } from '../../domain/money.ts';
import type { Period } from '../../domain/period.ts';
import type { Profit, TotalSums } from '../../domain/profit.ts';
import { oneOf } from '../one-of.ts';
import { real, within, type Reported, type ReportPeriod } from './reported.ts';
import {
  AHEAD,
  AHEAD_COLUMNS,
  aheadByMonth,
  aheadFrom,
  aheadIn,
  aheadOfJob,
  HEADING_OF_JOB,
  headingFrom,
  NOTHING_AHEAD,
  type Ahead,
  type AheadRow,
  type HeadingOfJob,
  type HeadingRow,
} from './report-outlook.ts';
import { asTotal, totalFrom, totalOver } from './totals.ts';

/** Jobs added up. */
export type Group = TotalSums &
  Ahead & {
    readonly jobs: number;
    /** What of these sums changes since have made of closed months; null where that is not asked. */
    readonly fromClosed: TotalSums | null;
  };
/** Rows of jobs, with what of their cost belongs to no day yet, as of now. */
type Apart = { readonly costNotYetBilled: Total<'cost'> };
export type KeyedGroup = Group & Apart & { readonly key: string; readonly name: string };
export type NamedGroup = Group & Apart & { readonly id: number; readonly name: string; readonly isSample: boolean };
export type JobGroup = NamedGroup & {
  readonly customer: { readonly id: number; readonly name: string };
  readonly status: JobStatus;
  readonly billing: Billing;
  readonly heading: HeadingOfJob;
};

type SumsRow = { readonly billed: string; readonly cost_of_work: string; readonly expenses: string };
export type GroupRow = SumsRow &
  AheadRow & { readonly jobs: number } & {
    readonly [Column in 'from_closed_billed' | 'from_closed_cost_of_work' | 'from_closed_expenses']?: string;
  };
export type ApartRow = { readonly cost_not_yet_billed: string };

/** Sums to order by. */
export const SUMS = sql`coalesce(sum(p.billed), 0) as billed, coalesce(sum(p.cost_of_work), 0) as cost_of_work,
  coalesce(sum(p.expenses), 0) as expenses`;
/** The same to be read, of some rows and of one. */
export const ADDED = sql`${totalOver(sql`p.billed`)} as billed, ${totalOver(sql`p.cost_of_work`)} as cost_of_work,
  ${totalOver(sql`p.expenses`)} as expenses`;
export const WHOLE = sql`${asTotal(sql`p.billed`)} as billed, ${asTotal(sql`p.cost_of_work`)} as cost_of_work,
  ${asTotal(sql`p.expenses`)} as expenses`;
export const FROM_CLOSED = ['from_closed_billed', 'from_closed_cost_of_work', 'from_closed_expenses'] as const;
export const CARRIED = sql.join(
  FROM_CLOSED.map((column) => sql`${totalOver(sql`p.${sql.ref(column)}`)} as ${sql.ref(column)}`),
);
export const CARRIED_WHOLE = sql.join(
  FROM_CLOSED.map((column) => sql`${asTotal(sql`p.${sql.ref(column)}`)} as ${sql.ref(column)}`),
);
export const APART = sql`${totalOver(sql`p.cost_not_yet_billed`)} as cost_not_yet_billed`;
/** Of whole jobs, what belongs to days. */
const dated = (cost: RawBuilder<unknown>, expenses: RawBuilder<unknown>) => sql`
  billed, ${cost} - cost_not_yet_billed + expenses_not_yet_billed as cost_of_work,
  ${expenses} - expenses_not_yet_billed as expenses, cost_not_yet_billed,
  ${sql.join(FROM_CLOSED.map((column) => sql`0 as ${sql.ref(column)}`))}`;
const DATED = dated(sql`cost_of_work`, sql`expenses`);
const DATED_OF_JOB = dated(sql`cost_in_totals`, sql`expenses_in_totals`);

/**
 * A row per job with something in the span, and its sums there; of closed months under the customer and status that they
 * were closed with, where rows are by one of these.
 */
export function jobsIn(scope: Reported, span: ReportPeriod, by?: 'customer_id' | 'status'): RawBuilder<unknown> {
  const { account } = scope;
  if (span === null)
    return sql`(select 1 as jobs, job_id, customer_id, status, is_sample, ${DATED_OF_JOB}, profit_to_date as profit,
        ${aheadOfJob('job_figures', sql`profit_to_date`)} from job_figures where account_id = ${account.id} ${real(scope)}) as p`;
  const [then, others] = by === undefined ? [sql``, sql``] : [sql`, p.${sql.ref(by)}`, sql`, d.${sql.ref(by)}`];
  const now = (['customer_id', 'status'] as const).filter((column) => column !== by);
  return sql`(select 1 as jobs, d.job_id, d.is_sample, d.billed, d.cost_of_work, d.expenses, d.profit, f.cost_not_yet_billed,
      ${sql.join(FROM_CLOSED.map((column) => sql`d.${sql.ref(column)}`))}, ${aheadOfJob('f', sql`d.profit`)},
      ${sql.join(now.map((column) => sql`f.${sql.ref(column)}`))}${others} from
      (select p.job_id${then}, max(p.is_sample) as is_sample, ${SUMS},
        ${sql.join(FROM_CLOSED.map((column) => sql`sum(p.${sql.ref(column)}) as ${sql.ref(column)}`))},
        sum(p.billed) - sum(p.cost_of_work) - sum(p.expenses) as profit
      from job_days as p where p.account_id = ${account.id} and ${within(span, sql`p.day`)}
        ${real(scope)} group by p.job_id${then}) as d
    join job_figures f on f.account_id = ${account.id} and f.job_id = d.job_id) as p`;
}

/** Jobs added up, without where they head. */
type ApartSums = TotalSums & { readonly jobs: number };

export type ReportTotals = {
  readonly all: Group;
  readonly includesSamples: boolean;
  /** Of jobs that are sold and not cancelled, so that there is something to bill: whole ones, as of now. */
  readonly byBilling: ReadonlyMap<Billing, ApartSums>;
  /** As of now, whatever the span; and what of it is of jobs that are not sold. */
  readonly costNotYetBilled: Total<'cost'>;
  readonly costOfUnsold: Total<'cost'>;
  readonly drafts: Total<'price'>;
};

/** Totals of all jobs are kept ready, however many there are; those of some are added up. */
function kept(scope: Reported): RawBuilder<unknown> {
  const { account, some } = scope;
  return some === null
    ? sql`(select account_totals.*, billed - cost_of_work + cost_not_yet_billed - expenses as made
          from account_totals where account_id = ${account.id} and jobs > 0 ${real(scope)}) as p`
    : sql`(select 1 as jobs, is_sample, status, billing, billed, cost_in_totals as cost_of_work,
          expenses_in_totals as expenses, not_billed_yet, cost_not_yet_billed, expenses_not_yet_billed,
          ${aheadOfJob('job_figures', sql`profit_to_date`)} from job_figures where account_id = ${account.id} ${real(scope)}) as p`;
}

export async function reportTotals(scope: Reported, span: ReportPeriod): Promise<ReportTotals> {
  const { db, account } = scope;
  const { rows } = await sql<
    GroupRow &
      ApartRow & { billing: string; standing: string } & {
        samples: number;
        expenses_not_yet_billed: string;
        not_billed_yet: string;
      }
  >`
    select p.billing, p.standing, ${ADDED}, ${AHEAD}, sum(p.jobs) as jobs, max(p.is_sample) as samples, ${APART},
      ${totalOver(sql`p.expenses_not_yet_billed`)} as expenses_not_yet_billed,
      ${totalOver(sql`p.not_billed_yet`)} as not_billed_yet
    from ${kept(scope)} group by p.billing, p.standing`.execute(db);
  const all = <B extends string>(column: keyof (typeof rows)[number], some = rows) =>
    total<B>(some.reduce((sofar, row) => sofar + BigInt(row[column] ?? 0), 0n));
  const toBill = rows.filter(({ standing }) => standing === 'running' || standing === 'finished');
  const unsold = rows.filter(({ standing }) => standing === 'unsold');
  const whole = {
    byBilling: new Map(
      [...Map.groupBy(toBill, ({ billing }) => oneOf(BILLINGS, billing))].map(([billing, some]) => [
        billing,
        {
          jobs: Number(all('jobs', some)),
          billed: all<'price'>('billed', some),
          costOfWork: all<'cost'>('cost_of_work', some),
          expenses: all<'cost'>('expenses', some),
        },
      ]),
    ),
    costNotYetBilled: all<'cost'>('cost_not_yet_billed'),
    costOfUnsold: all<'cost'>('cost_not_yet_billed', unsold),
    drafts: all<'price'>('not_billed_yet'),
  };
  if (span === null) {
    const waiting = all<'cost'>('expenses_not_yet_billed');
    const ahead = Object.fromEntries(AHEAD_COLUMNS.map((column) => [column, String(all(column))]));
    const dated = {
      ...aheadFrom({ ...NOTHING_AHEAD, ...ahead }),
      jobs: rows.reduce((sofar, row) => sofar + row.jobs, 0),
      billed: all<'price'>('billed'),
      costOfWork: total<'cost'>(all<'cost'>('cost_of_work') - whole.costNotYetBilled + waiting),
      expenses: total<'cost'>(all<'cost'>('expenses') - waiting),
      fromClosed: null,
    };
    return { ...whole, all: dated, includesSamples: rows.some((row) => row.samples === 1) };
  }
  const { rows: summed } = await sql<Omit<GroupRow, keyof AheadRow> & { samples: number | null }>`
    select count(distinct p.job_id) as jobs, ${ADDED}, ${CARRIED}, max(p.is_sample) as samples
    from job_days as p where p.account_id = ${account.id} and ${within(span, sql`p.day`)}
      ${real(scope)}`.execute(db);
  const [row] = summed;
  if (row === undefined) throw new Error('a sum without a row');
  const sums = { ...groupOf({ ...NOTHING_AHEAD, ...row }), ...(await aheadIn(scope, span)) };
  return { ...whole, all: sums, includesSamples: row.samples === 1 };
}

/** Where a page ended: the last row's profit and its record. */
export type ReportPlace = { readonly profit: bigint; readonly id: bigint };
export type ReportPage = { readonly limit: number; readonly after: ReportPlace | null };

export function beyond(
  after: ReportPlace | null,
  profit: RawBuilder<unknown>,
  id: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return after === null
    ? sql`1 = 1`
    : sql`(${profit} < ${after.profit} or (${profit} = ${after.profit} and ${id} < ${after.id}))`;
}

// The page is cut before names are joined to it: joined first, a database may add all jobs up once per row.

/** Most profit first. */
export async function reportByJob(
  scope: Reported,
  span: ReportPeriod,
  { limit, after }: ReportPage,
): Promise<JobGroup[]> {
  const { db, account } = scope;
  const { rows } = await sql<
    SumsRow &
      ApartRow &
      HeadingRow & {
        id: number;
        name: string;
        is_sample: number;
        customer_id: number;
        customer: string;
        status: string;
        billing: string;
      }
  >`
    select p.job_id as id, j.name, p.is_sample, ${WHOLE}, ${CARRIED_WHOLE}, p.customer_id, c.name as customer,
      p.status, f.billing, ${asTotal(sql`p.cost_not_yet_billed`)} as cost_not_yet_billed,
      ${HEADING_OF_JOB}
    from (select * from ${jobsIn(scope, span)} where ${beyond(after, sql`p.profit`, sql`p.job_id`)}
      order by p.profit desc, p.job_id desc limit ${limit}) as p
    join jobs j on j.account_id = ${account.id} and j.id = p.job_id
    join customers c on c.account_id = ${account.id} and c.id = p.customer_id
    join job_figures f on f.account_id = ${account.id} and f.job_id = p.job_id
    order by p.profit desc, p.job_id desc`.execute(db);
  return rows.map((row) => ({
    ...namedOf({ ...row, ...NOTHING_AHEAD, unknown_cost: row.unknown_cost, jobs: 1 }),
    customer: { id: row.customer_id, name: row.customer },
    status: oneOf(JOB_STATUSES, row.status),
    billing: oneOf(BILLINGS, row.billing),
    heading: headingFrom(row),
  }));
}

/** Oldest first, the months that hold something. Money without a day is in no month. */
export async function reportByMonth(scope: Reported, period: Period): Promise<(Group & { key: string })[]> {
  const { db, account } = scope;
  const ahead = await aheadByMonth(scope, period);
  const { rows } = await sql<Omit<GroupRow, keyof AheadRow> & { key: string }>`
    select substr(p.day, 1, 7) as key, count(distinct p.job_id) as jobs, ${ADDED}, ${CARRIED}
    from job_days as p where p.account_id = ${account.id} and ${within(period, sql`p.day`)}
      ${real(scope)}
    group by substr(p.day, 1, 7) order by substr(p.day, 1, 7)`.execute(db);
  return rows.map((row) => ({ key: row.key, ...groupOf({ ...NOTHING_AHEAD, ...row }), ...ahead.get(row.key) }));
}

export async function reportByStatus(scope: Reported, span: ReportPeriod): Promise<KeyedGroup[]> {
  const { db } = scope;
  const { rows } =
    span === null
      ? await sql<GroupRow & ApartRow & { key: string; name: string }>`
          select p.status as key, p.status as name, sum(p.jobs) as jobs, ${ADDED}, ${AHEAD}, ${APART}
          from (select p.status, p.jobs, ${DATED}, ${aheadOfJob('p', sql`p.made`)} from ${kept(scope)}) as p
          group by p.status`.execute(db)
      : await sql<GroupRow & ApartRow & { key: string; name: string }>`
          select p.status as key, p.status as name, count(*) as jobs, ${ADDED}, ${AHEAD}, ${APART}, ${CARRIED}
          from ${jobsIn(scope, span, 'status')} group by p.status`.execute(db);
  return JOB_STATUSES.flatMap((status) => rows.filter((row) => row.key === status)).map(keyedOf);
}

export type RankedJob = {
  readonly id: number;
  readonly name: string;
  readonly isSample: boolean;
  readonly standing: Standing;
  readonly profit: Profit;
  readonly marginTenths: number | null;
  readonly isCostUnknown: boolean;
};
export type Ranking = {
  readonly count: number;
  readonly jobs: readonly RankedJob[];
  /** Of how many more only nobody said what something costs; none are counted where losses are ranked. */
  readonly unknownCost: number;
};

/**
 * Finished jobs by what they made and running ones by what they are heading for: at a loss, or above that with a margin
 * under `below`; the worst first, as lists of jobs have them. One whose cost is not known makes less than it looks.
 * @param span only those with something billed in it
 * @param below ten-thousandths of a percent; null ranks the losses
 */
export async function rankJobs(
  scope: Reported,
  span: ReportPeriod,
  below: number | null,
  limit: number,
): Promise<Ranking> {
  const { db, account } = scope;
  const least = below === null ? 0 : Math.ceil(below / 1000);
  const condition =
    below === null ? sql`f.ranked_profit < 0` : sql`f.ranked_margin_tenths < ${least} and f.ranked_profit >= 0`;
  const doubted =
    below === null
      ? sql`1 = 0`
      : sql`f.unknown_cost <> 0 and f.ranked_profit >= 0 and coalesce(f.ranked_margin_tenths, ${least}) >= ${least}`;
  const order = below === null ? sql`f.ranked_profit` : sql`f.ranked_margin_tenths`;
  const billedIn =
    span === null
      ? sql``
      : sql`and exists (select 1 from job_days d where d.account_id = ${account.id} and d.job_id = f.job_id
          and ${within(span, sql`d.day`)} and d.billed <> 0)`;
  const those = (which: RawBuilder<unknown>) => sql`from job_figures f
    where f.account_id = ${account.id} and f.standing in ('finished', 'running') and ${which} ${billedIn} ${real(scope)}`;
  const from = those(condition);
  const { rows: counted } = await sql<{ count: number; unknown_cost: number }>`
    select count(*) as count, (select count(*) ${those(doubted)}) as unknown_cost ${from}`.execute(db);
  const { rows } = await sql<{
    id: number;
    name: string;
    is_sample: number;
    standing: string;
    profit: number;
    margin_tenths: number | null;
    unknown_cost: number;
  }>`
    select w.job_id as id, j.name, w.is_sample, w.standing, w.profit, w.margin_tenths, w.unknown_cost
    from (select f.job_id, f.is_sample, f.standing, f.ranked_profit as profit, f.ranked_margin_tenths as margin_tenths,
        f.unknown_cost
      ${from} order by ${order}, f.job_id desc limit ${limit}) as w
    join jobs j on j.account_id = ${account.id} and j.id = w.job_id
    order by ${below === null ? sql`w.profit` : sql`w.margin_tenths`}, w.job_id desc`.execute(db);
  return {
    count: counted[0]?.count ?? 0,
    jobs: rows.map((row) => ({
      id: row.id,
      name: row.name,
      isSample: row.is_sample === 1,
      standing: oneOf(STANDINGS, row.standing),
      profit: amount<'profit'>(row.profit),
      marginTenths: row.margin_tenths,
      isCostUnknown: row.unknown_cost !== 0,
    })),
    unknownCost: counted[0]?.unknown_cost ?? 0,
  };
}

function groupOf(row: GroupRow): Group {
  return {
    ...aheadFrom(row),
    jobs: row.jobs,
    billed: totalFrom<'price'>(row.billed),
    costOfWork: totalFrom<'cost'>(row.cost_of_work),
    expenses: totalFrom<'cost'>(row.expenses),
    fromClosed: {
      billed: totalFrom<'price'>(row.from_closed_billed ?? '0'),
      costOfWork: totalFrom<'cost'>(row.from_closed_cost_of_work ?? '0'),
      expenses: totalFrom<'cost'>(row.from_closed_expenses ?? '0'),
    },
  };
}

export function keyedOf(row: GroupRow & ApartRow & { key: string; name: string }): KeyedGroup {
  return { key: row.key, name: row.name, ...groupOf(row), ...apartOf(row) };
}

export function namedOf(row: GroupRow & ApartRow & { id: number; name: string; is_sample: number }): NamedGroup {
  return {
    id: row.id,
    name: row.name,
    isSample: row.is_sample === 1,
    ...groupOf(row),
    ...apartOf(row),
  };
}

function apartOf({ cost_not_yet_billed }: ApartRow): Apart {
  return { costNotYetBilled: totalFrom<'cost'>(cost_not_yet_billed) };
}
