// Lists of jobs, and what all of them come to.
import { totalOutlook, type TotalOutlook } from '../../domain/forecast.ts';
import {
  isDoneNotBilled,
  STANDINGS,
  type Billing,
  type Job,
  type JobOrder,
  type JobSort,
  type JobStatus,
  type Standing,
} from '../../domain/job.ts';
import { sumUp, type Total } from '../../domain/money.ts';
import { checkPlan } from '../../domain/plans.ts';
import { totalProfitSummary, type TotalProfitSummary } from '../../domain/profit.ts';
import type { Slice } from '../../store/derived/rollup-rows.ts';
import {
  listJobs as loadJobs,
  placeInList,
  sliceTotals,
  type JobFilter,
  type ListedJob,
} from '../../store/books/jobs.ts';
import { moneyOutsideJobs, type OutsideJobs } from '../../store/books/outside-jobs.ts';
import type { Reported } from '../../store/derived/reported.ts';
import type { ReadContext } from '../context.ts';
import { samplesCount, type CountingInput } from '../shared/counted.ts';
import { cutPage, DEFAULT_PAGE, makeCursor, readCursor, type PageAsked } from '../shared/paging.ts';
import { resolveCustomer } from '../resolve/resolve.ts';
import { checkCosts } from './jobs.ts';

export type JobListInput = CountingInput &
  PageAsked & {
    readonly status?: JobStatus | undefined;
    readonly billing?: Billing | undefined;
    readonly standing?: Standing | undefined;
    readonly doneNotBilled?: true | undefined;
    readonly customer?: string | undefined;
    readonly query?: string | undefined;
    readonly assignee?: string | undefined;
    readonly sort?: JobSort | undefined;
  };

export type JobListFacts = {
  readonly jobs: readonly ListedJob[];
  readonly totals: TotalProfitSummary;
  /** Of how many of them nobody said what something costs. */
  readonly unknownCost: number;
  readonly byStatus: readonly (GroupTotals & { readonly status: JobStatus })[];
  readonly byBilling: readonly (GroupTotals & { readonly billing: Billing })[];
  readonly byStanding: readonly StandingTotals[];
  /** Null where there are none, or other jobs are asked for than all of them or a customer's. */
  readonly outsideJobs: OutsideJobs | null;
  readonly includesSamples: boolean;
  readonly samplesLeftOut: boolean;
  readonly count: number;
  readonly nextCursor: string | null;
};

type GroupTotals = { readonly jobs: number; readonly totals: TotalProfitSummary; readonly unknownCost: number };

export type StandingTotals = GroupTotals & {
  readonly standing: Standing;
  readonly spent: Total<'cost'>;
  readonly outlook: TotalOutlook;
  readonly undecided: number;
  readonly unpriced: number;
  /** Of running jobs those whose work is done with something still to bill. */
  readonly doneNotBilled: { readonly jobs: number; readonly leftToBill: Total<'price'> };
};

export async function listJobs(scope: ReadContext, input: JobListInput): Promise<JobListFacts> {
  const sort = input.sort ?? 'newest';
  if (sort !== 'newest') {
    // What is hidden cannot be worked out from an order either.
    checkPlan(scope.account.plan, 'profit', 'sort');
    checkCosts(scope, 'sort', 'order');
  }
  const customer =
    input.customer === undefined
      ? null
      : await resolveCustomer(scope, { ref: input.customer, field: 'customer', intent: 'read' });
  const filter: JobFilter = { ...input, customerId: customer?.id };
  const samples = await samplesCount(scope, input, input.customer);
  const order = input.sort === undefined && input.status === 'completed' ? 'completed' : sort;
  const { page, nextCursor } = await pageOfJobs(scope, { ...filter, realOnly: !samples }, { ...input, sort: order });
  const all = await sliceTotals(scope, filter);
  const slices = samples ? all : all.filter((slice) => !slice.isSample);
  return {
    jobs: page,
    totals: totalProfitSummary(slices.map((slice) => slice.sums)),
    unknownCost: count(slices, 'unknownCost'),
    byStatus: groupTotals(slices, (slice) => slice.status).map(({ key, ...group }) => ({ status: key, ...group })),
    byBilling: groupTotals(slices, (slice) => slice.billing).map(({ key, ...group }) => ({ billing: key, ...group })),
    byStanding: byStanding(slices),
    outsideJobs: await outsideJobs(scope, filter, samples),
    includesSamples: slices.some((slice) => slice.isSample),
    samplesLeftOut: slices.length < all.length,
    count: count(slices, 'jobs'),
    nextCursor,
  };
}

/** One page of a list, of the jobs that the caller sees. */
async function pageOfJobs(
  scope: ReadContext,
  filter: JobFilter,
  { sort, limit = DEFAULT_PAGE, cursor }: PageAsked & { readonly sort: JobOrder },
): Promise<{ readonly page: ListedJob[]; readonly nextCursor: string | null }> {
  const place = readCursor(`jobs ${sort}`, cursor, 2);
  const after = place === null ? null : { value: place[0] ?? null, id: place[1] ?? 0 };
  const rows = await loadJobs(scope, filter, { sort, limit: limit + 1, after });
  return cutPage(rows, limit, (last) => {
    const { value, id } = placeInList(last, sort);
    return makeCursor(`jobs ${sort}`, [value, id]);
  });
}

/** The list without what any of them made, for crew. */
export async function listJobsAlone(
  scope: ReadContext,
  { status, query, ...asked }: PageAsked & Pick<JobListInput, 'status' | 'query'>,
): Promise<{ readonly jobs: readonly Job[]; readonly nextCursor: string | null }> {
  const { page, nextCursor } = await pageOfJobs(scope, { status, query }, { ...asked, sort: 'newest' });
  return { jobs: page.map(({ job }) => job), nextCursor };
}

function groupTotals<K extends string>(slices: readonly Slice[], keyOf: (slice: Slice) => K) {
  return [...Map.groupBy(slices, keyOf)].map(([key, some]) => ({
    key,
    jobs: count(some, 'jobs'),
    totals: totalProfitSummary(some.map((slice) => slice.sums)),
    unknownCost: count(some, 'unknownCost'),
  }));
}

/** All jobs of the account, with its samples or without. */
export async function standingsOf(scope: Reported): Promise<StandingTotals[]> {
  return byStanding((await sliceTotals(scope, {})).filter(({ isSample }) => scope.samples || !isSample));
}

function byStanding(slices: readonly Slice[]): StandingTotals[] {
  return STANDINGS.flatMap((standing) => {
    const some = slices.filter((slice) => slice.standing === standing);
    if (some.length === 0) return [];
    const done = some.filter(isDoneNotBilled);
    return [
      {
        standing,
        jobs: count(some, 'jobs'),
        totals: totalProfitSummary(some.map(({ sums }) => sums)),
        spent: sumUp(some.map(({ spent }) => spent)),
        outlook: totalOutlook(some.map(({ outlook }) => outlook)),
        undecided: count(some, 'undecided'),
        unpriced: count(some, 'unpriced'),
        unknownCost: count(some, 'unknownCost'),
        doneNotBilled: { jobs: count(done, 'jobs'), leftToBill: sumUp(done.map(({ outlook }) => outlook.leftToBill)) },
      },
    ];
  });
}

/** Invoices under no job have no status, billing or people. */
async function outsideJobs(scope: ReadContext, filter: JobFilter, samples: boolean): Promise<OutsideJobs | null> {
  const { status, billing, standing, doneNotBilled, query, assignee, customerId } = filter;
  if ([status, billing, standing, doneNotBilled, query, assignee].some((each) => each !== undefined)) return null;
  return await moneyOutsideJobs(scope, { customerId, samples });
}

function count(slices: readonly Slice[], what: 'jobs' | 'undecided' | 'unpriced' | 'unknownCost'): number {
  return slices.reduce((sofar, slice) => sofar + slice[what], 0);
}
