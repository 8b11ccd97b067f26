// Profit over many jobs: by job, customer, month, status, kind of cost or person, over whole jobs or over a period.
import { CATEGORIES } from '../../domain/cost.ts';
import type { Billing, JobStatus } from '../../domain/job.ts';
import { parsePercent, total, type AmountInput, type Total } from '../../domain/money.ts';
import { monthsThrough, type Period, type ReportedBy, type ReportKey } from '../../domain/period.ts';
import { businessProfit, madeInAll, type TotalSums } from '../../domain/profit.ts';
import { refOf } from '../../kinds/reference.ts';
import { PAGE_ROOM } from '../../domain/room.ts';
import { besideJobs, type OutsideAndOverhead, type BesideJobs } from '../../store/derived/beside-jobs.ts';
import type { LinesOver, PlanCategory } from '../../domain/plan-and-actual.ts';
import { NOBODY, reportByAssignee } from '../../store/derived/report-people.ts';
import { countCustomersIn, reportByCustomer, type CustomerGroup } from '../../store/derived/report-customers.ts';
import { aheadFrom, NOTHING_AHEAD, type Ahead, type HeadingOfJob } from '../../store/derived/report-outlook.ts';
import {
  endOfPlans,
  jobsOverPlan,
  plansByJob,
  planTotals,
  type OverJob,
  type PlansAsked,
  type PlanTotals,
} from '../../store/derived/report-plans.ts';
import { soldOnNoJob, type SoldOnNoJob } from '../../store/derived/sold-on-no-job.ts';
import type { Reported, ReportPeriod } from '../../store/derived/reported.ts';
import {
  rankJobs,
  reportByJob,
  reportByMonth,
  reportByStatus,
  reportTotals,
  type KeyedGroup,
  type JobGroup,
  type Ranking,
  type ReportPlace,
  type ReportTotals,
} from '../../store/derived/reports.ts';
import { plansByCategory, spentByCategory } from '../../store/derived/report-categories.ts';
import type { ReadScope } from '../../store/scope.ts';
import { standingsOf, type StandingTotals } from '../jobs/list-jobs.ts';
import { taxReport, type TaxFacts } from './tax-report.ts';
import { explainRow, type Outlay, type RowExplanation } from './report-explained.ts';
import { readPeriod, reportedBooks, type AskedInput, type ReportAsked } from './report-asked.ts';
import { cutPage, DEFAULT_PAGE, makeCursor, makeSumCursor, readCursor, readSumCursor } from '../shared/paging.ts';

/** Jobs that a list of thin or losing ones names before it counts the rest. */
const SHOWN_RANKED = 10;
/** Accepted quotes on no job that are named. */
const MOST_SOLD_ON_NO_JOB = 5;
/** Records that one explained answer holds, shared by its rows; what goes beyond stands summed up in `more`. */
const MOST_RECORDS = 100;
/** Beside records the rows have less room. */
const ROOM_EXPLAINED = 5000;

export type ProfitReportInput = AskedInput & {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly thinBelow?: AmountInput | undefined;
  readonly explain?: boolean | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
};

export type ReportRow = TotalSums &
  Ahead & {
    /** What of these sums changes since have made of closed months; null where that is not asked. */
    readonly fromClosed: TotalSums | null;
    /** `J-12`, `C-7`, `2026-03`, `in_progress`, `materials` or a name. */
    readonly key: string;
    readonly name: string;
    readonly jobs: number;
    readonly isSample: boolean;
    /** Null on months: what has no day is in none. */
    readonly costNotYetBilled: Total<'cost'> | null;
    readonly job: {
      readonly customer: { readonly id: number; readonly name: string };
      readonly status: JobStatus;
      readonly billing: Billing;
      /** Null where only what is planned and spent is asked for. */
      readonly heading: HeadingOfJob | null;
    } | null;
    /** Of a kind of cost there is only money out, over whole jobs beside its plan. */
    readonly outlay: Outlay | null;
    /** Of a job's plan. */
    readonly linesOver: LinesOver | null;
    /** Of a month or a kind of cost: what was billed and spent on no job. */
    readonly beside: Partial<OutsideAndOverhead> | null;
    readonly explanation: RowExplanation | null;
  };
export type ReportFacts = {
  readonly by: ReportedBy;
  readonly asked: ReportAsked;
  /** Of one kind of cost: what all jobs planned and spent on it. */
  readonly plans: PlanTotals | null;
  /** Of all kinds: where the plan is exceeded, the most first. */
  readonly overPlan: { readonly count: number; readonly jobs: readonly OverJob[] } | null;
  /** Null: all that belongs to days, which with what belongs to none is what the profit summaries say. */
  readonly period: Period | null;
  /** Whether the period is over, so that nothing of today belongs to it. */
  readonly isOver: boolean;
  readonly rows: readonly ReportRow[];
  readonly totals: ReportTotals;
  /** What is on no job; null where jobs are picked by words, as the last ones or by what was planned on them. */
  readonly beside: OutsideAndOverhead | null;
  /** Accepted quotes on no job, whose cost is in no figure. */
  readonly soldOnNoJob: readonly SoldOnNoJob[];
  /** Whole jobs as they stand now; none where only some are asked for, or the period is over. */
  readonly standings: readonly StandingTotals[];
  readonly thin: (Ranking & { readonly below: AmountInput }) | null;
  readonly loss: Ranking;
  /** By rate, where that is what the report is by. */
  readonly salesTax: TaxFacts | null;
  readonly count: number;
  readonly nextCursor: string | null;
};

export async function profitReport(books: ReadScope, input: ProfitReportInput): Promise<ReportFacts> {
  const { scope, asked } = await reportedBooks(books, input);
  const { by, explain = false, category } = input;
  const period = readPeriod(input);
  // A month is a period of its own: what has no day yet is in none of them.
  const span = period ?? (by === 'month' ? { from: null, to: null } : null);
  // Only today's standing is known, which is not that of the end of a period that is over.
  const isOver = span !== null && span.to !== null && span.to < scope.today;
  const below =
    input.thinBelow === undefined ? null : parsePercent(input.thinBelow, 'thinBelow', { least: 0, most: 100 });
  const totals = await reportTotals(scope, span);
  const plans = category === undefined ? null : await planTotals(scope, { category, period: span });
  const beside = scope.beside === null ? null : await besideJobs(scope, span);
  const { rows, count, nextCursor } =
    by === 'tax'
      ? NO_ROWS
      : plans === null || category === undefined
        ? await reportPage(scope, span, { totals, beside }, { ...input, by })
        : await plansPage(scope, { category, period: span }, plans, input);
  const explained: ReportRow[] = [];
  let left = MOST_RECORDS;
  for (const [index, row] of rows.entries()) {
    // What one row leaves is for those behind it.
    const share = Math.floor(left / (rows.length - index));
    const explanation =
      explain && by !== 'tax' ? await explainRow(scope, span, { by, category, row, limit: share }) : null;
    left -= (explanation?.records.length ?? 0) + (explanation?.onNoJob.length ?? 0);
    explained.push({ ...(isOver ? withoutHeading(row.shown) : row.shown), explanation });
  }
  const all = isOver ? { ...totals.all, running: NO_SUMS.running } : totals.all;
  const ranked = async (under: number | null) => await rankJobs(scope, span, under, SHOWN_RANKED);
  return {
    by,
    asked,
    plans,
    overPlan: by === 'category' ? await jobsOverPlan(scope, span, SHOWN_RANKED) : null,
    ...{ period: span, isOver },
    rows: explained,
    totals: { ...totals, all },
    beside,
    soldOnNoJob: beside === null || isOver ? [] : await soldOnNoJob(scope, MOST_SOLD_ON_NO_JOB),
    thin: below === null || input.thinBelow === undefined ? null : { ...(await ranked(below)), below: input.thinBelow },
    loss: await ranked(null),
    standings: scope.some === null && beside !== null && !isOver ? await standingsOf(scope) : [],
    salesTax: by === 'tax' ? await taxReport(scope, span) : null,
    count,
    nextCursor,
  };
}

type PagedRow = { readonly id: number | string; readonly shown: Omit<ReportRow, 'explanation'> };
const NO_ROWS: Paged = { rows: [], count: 0, nextCursor: null };
type Paged = { readonly rows: readonly PagedRow[]; readonly count: number; readonly nextCursor: string | null };

async function reportPage(
  scope: Reported,
  span: ReportPeriod,
  { totals, beside }: { readonly totals: ReportTotals; readonly beside: BesideJobs | null },
  { by, limit = DEFAULT_PAGE, cursor, explain = false }: ProfitReportInput & { readonly by: ReportKey },
): Promise<Paged> {
  const room = explain ? ROOM_EXPLAINED : PAGE_ROOM;
  const list = `profit/${by}/${span === null ? 'ever' : `${span.from ?? ''}..${span.to ?? ''}`}`;
  if (by !== 'job' && by !== 'customer')
    return cutGroups(await groupsBy[by](scope, span, beside), { list, limit, cursor, room });
  const [profit, id] = readSumCursor(list, cursor, 2) ?? [];
  const after: ReportPlace | null = profit === undefined || id === undefined ? null : { profit, id };
  const rows =
    by === 'job'
      ? (await reportByJob(scope, span, { limit: limit + 1, after })).map(jobRow)
      : (await reportByCustomer(scope, span, { limit: limit + 1, after })).map(customerRow);
  const cut = cutPage(
    rows,
    limit,
    ({ id: last, shown }) => {
      const made = madeBy(shown);
      return makeSumCursor(list, [span === null ? madeInAll(made, shown.running).profit : made, BigInt(last)]);
    },
    { room },
  );
  return {
    rows: cut.page,
    nextCursor: cut.nextCursor,
    count: by === 'job' ? totals.all.jobs : await countCustomersIn(scope, span),
  };
}

/** Each job's plan of one kind of cost, the most over plan first. */
async function plansPage(
  scope: Reported,
  asked: PlansAsked,
  totals: PlanTotals,
  { limit = DEFAULT_PAGE, cursor, explain = false }: ProfitReportInput,
): Promise<Paged> {
  const list = `plans/${asked.category}`;
  const [rank, over, id] = readSumCursor(list, cursor, 3) ?? [];
  const after = rank === undefined || over === undefined || id === undefined ? null : { rank, over, id };
  const jobs = await plansByJob(scope, asked, { limit: limit + 1, after });
  const room = explain ? ROOM_EXPLAINED : PAGE_ROOM;
  const { page, nextCursor } = cutPage(jobs, limit, (last) => makeSumCursor(list, endOfPlans(last)), { room });
  const rows = page.map(({ planned, spent, linesOver, customer, status, billing, ...named }) => ({
    id: named.id,
    shown: {
      ...{ key: refOf('job', named.id), name: named.name, isSample: named.isSample },
      ...{ jobs: 1, ...NO_SUMS, fromClosed: null, costNotYetBilled: null },
      ...{ job: { customer, status, billing, heading: null }, outlay: { planned, spent }, linesOver, beside: null },
    },
  }));
  return { rows, count: totals.jobs, nextCursor };
}

function jobRow({ id, ...group }: JobGroup): PagedRow {
  return { id, shown: { ...group, key: refOf('job', id), job: group, outlay: null, linesOver: null, beside: null } };
}

function customerRow({ id, outside, ...group }: CustomerGroup): PagedRow {
  const beside = outside === 0n ? null : { outside };
  return { id, shown: { ...group, key: refOf('customer', id), job: null, outlay: null, linesOver: null, beside } };
}

const NONE_BILLED = total<'price'>(0n);
const NO_SUMS: TotalSums & Ahead = {
  ...{ billed: total<'price'>(0n), costOfWork: total<'cost'>(0n), expenses: total<'cost'>(0n) },
  ...aheadFrom(NOTHING_AHEAD),
};

type ShownGroup = Omit<PagedRow['shown'], 'isSample' | 'job' | 'linesOver'>;

const groupsBy = {
  month: monthsOf,
  status: async (scope: Reported, span: ReportPeriod) => (await reportByStatus(scope, span)).map(withoutOutlay),
  category: categoriesOf,
  assignee: peopleOf,
};

function withoutOutlay(group: KeyedGroup): ShownGroup {
  return { ...group, outlay: null, beside: null };
}

/** Most profit first; what was billed on no job is nobody's. */
async function peopleOf(scope: Reported, span: ReportPeriod, beside: BesideJobs | null): Promise<ShownGroup[]> {
  const people = (await reportByAssignee(scope, span)).map(withoutOutlay);
  const outside = beside?.outside ?? NONE_BILLED;
  if (outside === 0n) return people;
  const none = people.find(({ key }) => key === NOBODY) ?? {
    ...{ key: NOBODY, name: 'nobody', jobs: 0, ...NO_SUMS, fromClosed: null, costNotYetBilled: total<'cost'>(0n) },
    ...{ outlay: null, beside: null },
  };
  return [...people.filter(({ key }) => key !== NOBODY), { ...none, beside: { outside } }].sort(
    (one, other) => Number(madeBy(other) > madeBy(one)) - Number(madeBy(other) < madeBy(one)),
  );
}

/** With what was billed on no job. */
function madeBy({
  beside,
  ...sums
}: Pick<ReportRow, 'billed' | 'costOfWork' | 'expenses' | 'beside'>): Total<'profit'> {
  return businessProfit(sums, { outside: beside?.outside ?? NONE_BILLED, overhead: NO_SUMS.expenses });
}

/** Without where its jobs stand and head today. */
function withoutHeading(shown: PagedRow['shown']): PagedRow['shown'] {
  const { job } = shown;
  return { ...shown, running: NO_SUMS.running, job: job === null ? null : { ...job, heading: null } };
}

/** Oldest first; months between that hold nothing are there too. */
async function monthsOf(scope: Reported, span: ReportPeriod, beside: BesideJobs | null): Promise<ShownGroup[]> {
  const period = span ?? { from: null, to: null };
  const rows = new Map((await reportByMonth(scope, period)).map((row) => [row.key, row]));
  const keys = [...new Set([...rows.keys(), ...(beside?.months.keys() ?? [])])].sort();
  const [first, last] = [period.from?.slice(0, 7) ?? keys[0], period.to?.slice(0, 7) ?? keys.at(-1)];
  if (first === undefined || last === undefined) return [];
  return monthsThrough(first, last).map((key) => {
    const row = rows.get(key) ?? { key, jobs: 0, ...NO_SUMS, fromClosed: null };
    return { ...row, name: key, costNotYetBilled: null, outlay: null, beside: beside?.months.get(key) ?? null };
  });
}

async function categoriesOf(scope: Reported, span: ReportPeriod, beside: BesideJobs | null): Promise<ShownGroup[]> {
  const onJobs = span === null ? await plansByCategory(scope) : await spentByCategory(scope, span);
  const overheadOn = beside?.overheadOn ?? new Map<PlanCategory, Total<'cost'>>();
  const others = CATEGORIES.filter((kind) => overheadOn.has(kind) && !onJobs.some(({ key }) => key === kind));
  const nothing = { jobs: 0, planned: span === null ? total<'cost'>(0n) : null, spent: total<'cost'>(0n) };
  return [...onJobs, ...others.map((key) => ({ key, ...nothing }))].map(({ key, jobs, planned, spent }) => {
    const overhead = key === 'uncategorized' ? undefined : overheadOn.get(key);
    return {
      ...{ key, name: key, jobs, ...NO_SUMS, fromClosed: null, costNotYetBilled: null },
      outlay: { planned, spent },
      beside: overhead === undefined ? null : { overhead },
    };
  });
}

/** Of these there are few, so a page is cut from all of them. */
function cutGroups(
  groups: readonly ShownGroup[],
  { list, limit, cursor, room }: { list: string; limit: number; cursor: string | undefined; room: number },
): Paged {
  const [start = null] = readCursor(list, cursor, 1) ?? [];
  const first = start ?? 0;
  const left = groups.slice(first).map((group, index) => ({ group, place: first + index + 1 }));
  const { page, nextCursor } = cutPage(left, limit, ({ place }) => makeCursor(list, [place]), { room });
  const rows = page.map(({ group: { key, ...group } }) => ({
    id: key,
    shown: { ...group, key: key === NOBODY ? 'none' : key, isSample: false, job: null, linesOver: null },
  }));
  return { rows, count: groups.length, nextCursor };
}
