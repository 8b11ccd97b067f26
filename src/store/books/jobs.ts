// Jobs, who is on them, their notes and their log: queries, and rows as the domain knows them.
import { expressionBuilder, sql } from 'kysely';
import type { CalendarDate, Instant } from '../../domain/dates.ts';
import {
  JOB_STATUSES,
  ASSIGNEE_ROLES,
  type Assignee,
  type Billing,
  type Job,
  type JobSaid,
  type JobOrder,
  type JobStatus,
  type Standing,
} from '../../domain/job.ts';
import type { PlanRow } from '../../domain/plan-and-actual.ts';
import type { JobFigures, Ranked } from '../../domain/forecast.ts';
import type { BilledContract } from '../../domain/left-to-bill.ts';
import { amount, price, type Price } from '../../domain/money.ts';
import { onTheirJobs } from './crew.ts';
import type { Database, Tables } from '../database.ts';
import { PAID_BY_P } from '../kept-money.ts';
import { oneOf } from '../one-of.ts';
import { FORECAST_COLUMNS, forecastOfRow } from '../derived/forecast-rows.ts';
import { jobOnPage } from '../derived/job-page.ts';
import {
  planOf,
  profitSummaryOf,
  SLICED_BY,
  SLICE_SUMS,
  sliceOf,
  SUMMARY_COLUMNS,
  type Slice,
} from '../derived/rollup-rows.ts';
import { matching, prepared, type Conditions } from '../engine/prepared.ts';
import type { ReadScope, WriteScope } from '../scope.ts';
import { havingTerms } from '../search/find.ts';
import { asTotal, totalOver } from '../derived/totals.ts';
import { fieldsOf, type New, type Patch } from './fields.ts';

/** Conditions on these tables, by the names that the queries here know them by. */
const where = expressionBuilder<{ f: Tables['job_figures'] }, 'f'>();

const FIELDS = fieldsOf('job');
const JOB_COLUMNS = FIELDS.columns('j');

const jobRow = prepared((db, { account, id }: { account: number; id: number }) =>
  db
    .selectFrom('jobs as j')
    .innerJoin('customers as c', (join) =>
      join.onRef('c.account_id', '=', 'j.account_id').onRef('c.id', '=', 'j.customer_id'),
    )
    .select([...JOB_COLUMNS, 'c.name as customer'])
    .where('j.account_id', '=', account)
    .where('j.id', '=', id),
);

export async function jobById({ db, account, known }: ReadScope, id: number): Promise<Job | null> {
  const [row] = await jobRow(db, { account: account.id, id });
  if (row === undefined) return null;
  known.note('jobs', row);
  return jobOf(row);
}

/** The job as this write has left it. */
export function jobNow({ known }: ReadScope, { id, customer }: Pick<Job, 'id' | 'customer'>): Job {
  return jobOf({ ...known.rowOf('jobs', { id }), customer: customer.name });
}

/** What a job's page shows besides its sections: what is stored of what it made and is heading for, its plan, its contracts, its people. */
export async function jobFigures({ db, account }: ReadScope, id: number): Promise<ShownFigures> {
  const { figures, people, contracts, collected } = await jobOnPage(db, account.id, id);
  return {
    figures: figuresOf(figures, collected),
    plan: planOf(figures),
    assignees: people.map(assigneeOf),
    contracts,
  };
}
type ShownFigures = {
  readonly figures: JobFigures;
  readonly plan: readonly PlanRow[];
  readonly assignees: readonly Assignee[];
  readonly contracts: readonly BilledContract[];
};

const ROLLUPS = [...SUMMARY_COLUMNS, ...FORECAST_COLUMNS] as const;

export type JobFilter = {
  readonly status?: JobStatus | undefined;
  readonly billing?: Billing | undefined;
  readonly standing?: Standing | undefined;
  /** As `isDoneNotBilled` has it: completed with something still to bill. */
  readonly doneNotBilled?: true | undefined;
  readonly customerId?: number | undefined;
  readonly query?: string | undefined;
  readonly assignee?: string | undefined;
  /** Whether samples are left out of the list. */
  readonly realOnly?: boolean | undefined;
};

/** The last row of a page: its value in the sorted column, and its id. */
export type JobPlace = { readonly value: number | null; readonly id: number };
export type ListedJob = {
  readonly job: Job;
  readonly figures: JobFigures;
  /** By which it stands in the list. */
  readonly ranked: Ranked;
};

/** A page of jobs with what they made and where they are heading, after `after`. Where that is not known they come last. */
export async function listJobs(
  scope: ReadScope,
  filter: JobFilter,
  { sort, limit, after }: { sort: JobOrder; limit: number; after: JobPlace | null },
): Promise<ListedJob[]> {
  const { db, account } = scope;
  const words = await wordsOf(scope, filter);
  const given = { ...givenOf(filter), account: account.id };
  const before = after?.id;
  if (sort === 'newest') return (await PAGES.newest(db, { ...given, before, limit }, words)).map(listed);
  if (sort === 'completed') {
    const day = after?.value === null || after?.value === undefined ? undefined : dayOf(after.value);
    return (await PAGES.completed(db, { ...given, day, before, limit }, words)).map(listed);
  }
  const value = after?.value ?? undefined;
  const known =
    after?.value === null ? [] : (await PAGES[sort](db, { ...given, value, before, limit }, words)).map(listed);
  if (known.length === limit) return known;
  const rest = { ...given, before: after?.value === null ? before : undefined, limit: limit - known.length };
  return [...known, ...(await UNKNOWN[sort.endsWith('margin') ? 'margin' : 'profit'](db, rest, words)).map(listed)];
}

type Given = {
  readonly account: number;
  readonly status: JobStatus | undefined;
  readonly billing: Billing | undefined;
  readonly standing: Standing | undefined;
  readonly done: string | undefined;
  readonly customer: number | undefined;
};
type PageGiven = Given & {
  readonly value?: number | undefined;
  readonly day?: string | undefined;
  readonly before: number | undefined;
  readonly limit: number;
};

const DONE: JobStatus = 'completed';
const STILL_RUNNING: Standing = 'running';
const NOT_BILLED: readonly Billing[] = ['not_billed', 'part_billed'];

function givenOf({ status, billing, standing, doneNotBilled, customerId }: JobFilter): Omit<Given, 'account'> {
  return { status, billing, standing, done: doneNotBilled === undefined ? undefined : DONE, customer: customerId };
}

const MARGIN = 'f.ranked_margin_tenths';
const PROFIT = 'f.ranked_profit';
/** Of a job that is completed, the day of that. */
const DAY = 'f.last_on';
type RankedBy = typeof MARGIN | typeof PROFIT;

/** A page in each order. Those without a value in the sorted column are not among them. */
const PAGES = {
  newest: prepared((db, given: PageGiven, words) => page(db, given, [...below(given), ...words])),
  completed: prepared((db, given: PageGiven, words) => {
    const { day, before } = given;
    const after =
      day === undefined
        ? []
        : [where.or([where(DAY, '<', day), where.and([where(DAY, '=', day), where('f.job_id', '<', before ?? 0)])])];
    return page(db, given, [...after, ...words], { by: DAY, direction: 'desc' });
  }),
  margin: sorted(MARGIN, 'asc'),
  '-margin': sorted(MARGIN, 'desc'),
  profit: sorted(PROFIT, 'asc'),
  '-profit': sorted(PROFIT, 'desc'),
};
const UNKNOWN = { margin: unknown(MARGIN), profit: unknown(PROFIT) };

function unknown(by: RankedBy) {
  return prepared((db, given: PageGiven, words) => page(db, given, [where(by, 'is', null), ...below(given), ...words]));
}

function sorted(by: RankedBy, direction: 'asc' | 'desc') {
  const beyond = direction === 'desc' ? '<' : '>';
  return prepared((db, given: PageGiven, words) => {
    const { value, before } = given;
    const after =
      value === undefined
        ? []
        : [
            where.or([
              where(by, beyond, value),
              where.and([where(by, '=', value), where('f.job_id', '<', before ?? 0)]),
            ]),
          ];
    return page(db, given, [where(by, 'is not', null), ...after, ...words], { by, direction });
  });
}

function below({ before }: PageGiven): Conditions {
  return before === undefined ? [] : [where('f.job_id', '<', before)];
}

/** What a page must remember of its last row. */
export function placeInList({ job, ranked }: ListedJob, sort: JobOrder): JobPlace {
  if (sort === 'newest') return { value: null, id: job.id };
  if (sort === 'completed') return { value: numberOf(job.completedOn), id: job.id };
  return { value: sort.endsWith('margin') ? ranked.marginTenths : ranked.profit, id: job.id };
}

/** A day as a place holds it, which is of numbers: 2026-03-10 is 20260310. */
function numberOf(day: CalendarDate | null): number | null {
  return day === null ? null : Number(day.replaceAll('-', ''));
}

function dayOf(value: number): string {
  return String(value).replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
}

function page(
  db: Database,
  { limit, ...given }: PageGiven,
  where: Conditions,
  order: { readonly by: RankedBy | typeof DAY; readonly direction: 'asc' | 'desc' } | null = null,
) {
  const rows = db
    .selectFrom('job_figures as f')
    .innerJoin('jobs as j', (join) => join.onRef('j.account_id', '=', 'f.account_id').onRef('j.id', '=', 'f.job_id'))
    .innerJoin('customers as c', (join) =>
      join.onRef('c.account_id', '=', 'f.account_id').onRef('c.id', '=', 'f.customer_id'),
    )
    .select([...JOB_COLUMNS, 'c.name as customer'])
    .select(ROLLUPS.map((column) => `f.${column}` as const))
    .select((eb) =>
      eb
        .selectFrom('invoices as i')
        .innerJoin('payments as p', (join) =>
          join.onRef('p.account_id', '=', 'i.account_id').onRef('p.invoice_id', '=', 'i.id'),
        )
        .select(totalOver(PAID_BY_P).as('collected'))
        .where('i.account_id', '=', given.account)
        .whereRef('i.job_id', '=', 'f.job_id')
        // Of a job that was a sample, what really came in.
        .whereRef('p.is_sample', '=', 'f.is_sample')
        .where('p.void_reason', 'is', null)
        .as('collected'),
    )
    .where('f.account_id', '=', given.account)
    .where((eb) => eb.and([...conditions(given), ...where]));
  return (order === null ? rows : rows.orderBy(order.by, order.direction)).orderBy('f.job_id', 'desc').limit(limit);
}

type ListedRow = Parameters<typeof jobOf>[0] &
  Parameters<typeof profitSummaryOf>[0] &
  Parameters<typeof forecastOfRow>[0] & { readonly collected: string | null };

function figuresOf(
  row: Parameters<typeof profitSummaryOf>[0] & Parameters<typeof forecastOfRow>[0],
  collected: Price,
): JobFigures {
  const profitSummary = profitSummaryOf(row);
  return { ...profitSummary, ...forecastOfRow(row, profitSummary, collected) };
}

function listed(row: ListedRow): ListedJob {
  const { ranked_profit, ranked_margin_tenths } = row;
  return {
    job: jobOf(row),
    figures: figuresOf(row, price(Number(row.collected ?? 0))),
    ranked: {
      profit: ranked_profit === null ? null : amount<'profit'>(ranked_profit),
      marginTenths: ranked_margin_tenths,
    },
  };
}

/** Totals over all matching jobs, in slices that the domain adds up. */
export async function sliceTotals(scope: ReadScope, filter: JobFilter): Promise<Slice[]> {
  const { db, account } = scope;
  const { customerId, query, assignee } = filter;
  const given = { ...givenOf(filter), account: account.id };
  if (scope.crew === null && customerId === undefined && query === undefined && assignee === undefined)
    return (await keptTotals(db, given)).map(sliceOf);
  return (await countedTotals(db, given, await wordsOf(scope, filter))).map(sliceOf);
}

const keptTotals = prepared((db, { account, ...given }: Omit<Given, 'customer'>) => {
  const rows = db
    .selectFrom('account_totals')
    .select([...SLICED_BY, 'jobs'])
    .select(SLICE_SUMS.map((column) => asTotal(sql.ref(column)).as(column)))
    .where('account_id', '=', account)
    .where('jobs', '>', 0);
  return rows.where((eb) => eb.and(conditions(given, 'account_totals')));
});

/** Where a job costs something else in totals than on its own. */
const IN_TOTALS: { readonly [C in (typeof SLICE_SUMS)[number]]?: keyof Tables['job_figures'] } = {
  cost_of_work: 'cost_in_totals',
  expenses: 'expenses_in_totals',
};

const countedTotals = prepared((db, given: Given, words) =>
  db
    .selectFrom('job_figures as f')
    .select(SLICED_BY.map((column) => `f.${column}` as const))
    .select((eb) => eb.fn.countAll<number>().as('jobs'))
    .select(SLICE_SUMS.map((column) => totalOver(sql.ref(`f.${IN_TOTALS[column] ?? column}`)).as(column)))
    .where('f.account_id', '=', given.account)
    .where((eb) => eb.and([...conditions(given), ...words]))
    .groupBy(SLICED_BY.map((column) => `f.${column}` as const)),
);

function conditions(
  { status, billing, standing, done, customer }: Omit<Given, 'account' | 'customer'> & Partial<Given>,
  of: 'f' | 'account_totals' = 'f',
): Conditions {
  const column = (name: string) => sql.ref(`${of}.${name}`);
  const exactly = { status, billing, standing, customer_id: customer };
  return [
    ...matching(Object.fromEntries(Object.entries(exactly).map(([name, value]) => [`${of}.${name}`, value]))),
    // Those that are not billed are few beside those that are done, so the status is not gone by.
    ...(done === undefined
      ? []
      : [
          sql<boolean>`coalesce(${column('status')}, '') = ${done}`,
          sql<boolean>`${column('billing')} in (${sql.join(NOT_BILLED)})`,
          sql<boolean>`coalesce(${column('standing')}, '') = ${STILL_RUNNING}`,
        ]),
  ];
}

async function wordsOf(scope: ReadScope, { query, assignee, realOnly }: JobFilter): Promise<Conditions> {
  return [
    ...(scope.crew === null ? [] : [onTheirJobs('f', scope.crew)]),
    ...(realOnly === true ? [where('f.is_sample', '=', 0)] : []),
    ...(query === undefined ? [] : [await havingTerms(scope, 'job', query, 'f.job_id')]),
    ...(assignee === undefined ? [] : [await havingTerms(scope, 'assignee', assignee, 'f.job_id')]),
  ];
}

const peopleOn = prepared((db, { account, job }: { account: number; job: number }) =>
  db
    .selectFrom('job_assignees')
    .select(['name', 'role'])
    .where('account_id', '=', account)
    .where('job_id', '=', job)
    .orderBy('position'),
);

export async function assigneesOf({ db, account }: ReadScope, jobId: number): Promise<Assignee[]> {
  const rows = await peopleOn(db, { account: account.id, job: jobId });
  return rows.map(assigneeOf);
}

/** The same with all else that the job is made of. */
export async function assigneesWith({ jobs }: ReadScope, jobId: number): Promise<Assignee[]> {
  return (await jobs.of(jobId)).people.map(assigneeOf);
}

function assigneeOf({ name, role }: { readonly name: string; readonly role: string }): Assignee {
  return { name, role: oneOf(ASSIGNEE_ROLES, role) };
}

/** Puts these people on the job in place of those who were. */
export async function setAssignees(scope: WriteScope, jobId: number, people: readonly Assignee[]): Promise<void> {
  const before = await assigneesOf(scope, jobId);
  for (const [index] of before.entries())
    await scope.journal.remove('job_assignees', { job_id: jobId, position: index + 1 });
  await scope.journal.insertAll(
    'job_assignees',
    people.map(({ name, role }, index) => ({ job_id: jobId, position: index + 1, name, role })),
  );
}

export async function insertJob(
  scope: WriteScope,
  { customerId, details, sample, at }: { customerId: number; details: New<JobSaid>; sample: boolean; at: Instant },
): Promise<number> {
  const id = await scope.journal.next('job', { sample });
  await scope.journal.insert('jobs', FIELDS.row({ ...details, id, isSample: sample, customerId, createdAt: at }));
  return id;
}

export async function setBillingDone(scope: WriteScope, id: number, on: CalendarDate | null): Promise<boolean> {
  return await scope.journal.update('jobs', { id }, { billing_done_on: on });
}

export async function updateJob(scope: WriteScope, id: number, details: Patch<JobSaid>): Promise<boolean> {
  return await scope.journal.update('jobs', { id }, FIELDS.patch(details));
}

function jobOf(row: Parameters<typeof FIELDS.read>[0] & { customer: string }): Job {
  const { customerId, status, ...job } = FIELDS.read(row);
  return { ...job, customer: { id: customerId, name: row.customer }, status: oneOf(JOB_STATUSES, status) };
}
