// Jobs, who is on them, their notes and their log: queries, and rows as the domain knows them.
import type { ExpressionBuilder, RawBuilder } from 'kysely';
import { sql } from 'kysely';
import {
  JOB_STATUSES,
  ROLES,
  type Activity,
  type Assignee,
  type Billing,
  type Job,
  type JobSort,
  type JobStatus,
} from '../domain/job.ts';
import type { PlanRow } from '../domain/plan-and-actual.ts';
import type { Strip } from '../domain/profit.ts';
import { begun } from './begun.ts';
import type { JobRow, Tables } from './database.ts';
import { oneOf } from './facts.ts';
import { planOf, sliceOf, stripOf, type Slice } from './figures.ts';
import type { ReadScope, WriteScope } from './scope.ts';
import { havingWords } from './search/find.ts';
import type { Log, LogEntry } from './write.ts';

export const JOB_COLUMNS = [
  'j.id',
  'j.is_sample',
  'j.customer_id',
  'j.name',
  'j.description',
  'j.address',
  'j.status',
  'j.starts_on',
  'j.ends_on',
  'j.created_at',
] as const;

const allJobs = begun((db) =>
  db
    .selectFrom('jobs as j')
    .innerJoin('customers as c', (join) =>
      join.onRef('c.account_id', '=', 'j.account_id').onRef('c.id', '=', 'j.customer_id'),
    )
    .select([...JOB_COLUMNS, 'c.name as customer']),
);

export async function jobById({ db, account }: ReadScope, id: number): Promise<Job | null> {
  const row = await allJobs(db).where('j.account_id', '=', account.id).where('j.id', '=', id).executeTakeFirst();
  return row === undefined ? null : jobOf(row);
}

/** The stored strip and plan of a job. */
export async function figuresByJob(
  { db, account }: ReadScope,
  id: number,
): Promise<{ readonly strip: Strip; readonly plan: PlanRow[] }> {
  const row = await allFigures(db)
    .where('account_id', '=', account.id)
    .where('job_id', '=', id)
    .executeTakeFirstOrThrow();
  return { strip: stripOf(row), plan: planOf(row) };
}

const FIGURES = [
  'status',
  'billing',
  'cost_basis',
  'billed',
  'cost_of_work',
  'expenses',
  'profit',
  'margin_tenths',
  'not_billed_yet',
  'tax_billed',
  'warnings',
] as const;

const allFigures = begun((db) => db.selectFrom('job_figures').select([...FIGURES, 'plan']));

const jobsWithFigures = begun((db) =>
  db
    .selectFrom('job_figures as f')
    .innerJoin('jobs as j', (join) => join.onRef('j.account_id', '=', 'f.account_id').onRef('j.id', '=', 'f.job_id'))
    .innerJoin('customers as c', (join) =>
      join.onRef('c.account_id', '=', 'f.account_id').onRef('c.id', '=', 'f.customer_id'),
    )
    .select([...JOB_COLUMNS, 'c.name as customer'])
    .select(FIGURES.map((column) => `f.${column}` as const)),
);

export type JobFilter = {
  readonly status?: JobStatus | undefined;
  readonly billing?: Billing | undefined;
  readonly customerId?: number | undefined;
  readonly query?: string | undefined;
  readonly assignee?: string | undefined;
};

/** The last row of a page: its value in the sorted column, and its id. */
export type JobPlace = { readonly value: number | null; readonly id: number };
export type ListedJob = { readonly job: Job; readonly strip: Strip };

/** A page of jobs with their strips, after `after`. Jobs without a margin come last, whichever way margins run. */
export async function listJobs(
  scope: ReadScope,
  filter: JobFilter,
  { sort, limit, after }: { sort: JobSort; limit: number; after: JobPlace | null },
): Promise<ListedJob[]> {
  const where = await conditions(scope, filter);
  if (sort === 'newest') {
    return await page(scope, where, after === null ? [] : [sql`f.job_id < ${after.id}`], sql`f.job_id desc`, limit);
  }
  const column = sql.ref(sort.endsWith('margin') ? 'f.margin_tenths' : 'f.profit');
  const direction = sort.startsWith('-') ? sql`desc` : sql`asc`;
  const beyond = sort.startsWith('-') ? sql`<` : sql`>`;
  const order = sql`${column} ${direction}, f.job_id desc`;
  const known =
    after?.value === null
      ? []
      : await page(
          scope,
          where,
          [
            sql`${column} is not null`,
            ...(after === null
              ? []
              : [sql`(${column} ${beyond} ${after.value} or (${column} = ${after.value} and f.job_id < ${after.id}))`]),
          ],
          order,
          limit,
        );
  if (known.length === limit || sort.endsWith('profit')) return known;
  const unknownAfter = after?.value === null ? [sql`f.job_id < ${after.id}`] : [];
  const unknown = await page(
    scope,
    where,
    [sql`${column} is null`, ...unknownAfter],
    sql`f.job_id desc`,
    limit - known.length,
  );
  return [...known, ...unknown];
}

/** What a page must remember of its last row. */
export function placeOf({ job, strip }: ListedJob, sort: JobSort): JobPlace {
  if (sort === 'newest') return { value: null, id: job.id };
  return { value: sort.endsWith('margin') ? strip.marginTenths : strip.profit, id: job.id };
}

async function page(
  { db, account }: ReadScope,
  where: readonly RawBuilder<unknown>[],
  after: readonly RawBuilder<unknown>[],
  order: RawBuilder<unknown>,
  limit: number,
): Promise<ListedJob[]> {
  const rows = await jobsWithFigures(db)
    .where('f.account_id', '=', account.id)
    .where((eb) => all(eb, [...where, ...after]))
    .orderBy(order)
    .limit(limit)
    .execute();
  return rows.map((row) => ({ job: jobOf(row), strip: stripOf(row) }));
}

/** Totals over all matching jobs, in slices that the domain adds up. */
export async function sliceTotals(scope: ReadScope, filter: JobFilter): Promise<Slice[]> {
  const { db, account } = scope;
  const { customerId, query, assignee } = filter;
  if (customerId === undefined && query === undefined && assignee === undefined) {
    let kept = db
      .selectFrom('account_totals')
      .select([
        'is_sample',
        'status',
        'billing',
        'cost_basis',
        'jobs',
        'billed',
        'cost_of_work',
        'expenses',
        'not_billed_yet',
        'tax_billed',
      ])
      .where('account_id', '=', account.id)
      .where('jobs', '>', 0);
    if (filter.status !== undefined) kept = kept.where('status', '=', filter.status);
    if (filter.billing !== undefined) kept = kept.where('billing', '=', filter.billing);
    return (await kept.execute()).map(sliceOf);
  }
  const where = await conditions(scope, filter);
  const rows = await db
    .selectFrom('job_figures as f')
    .select(['f.is_sample', 'f.status', 'f.billing', 'f.cost_basis'])
    .select((eb) => [
      eb.fn.countAll<number>().as('jobs'),
      eb.fn.sum<number>('f.billed').as('billed'),
      eb.fn.sum<number>('f.cost_of_work').as('cost_of_work'),
      eb.fn.sum<number>('f.expenses').as('expenses'),
      eb.fn.sum<number>('f.not_billed_yet').as('not_billed_yet'),
      eb.fn.sum<number>('f.tax_billed').as('tax_billed'),
    ])
    .where('f.account_id', '=', account.id)
    .where((eb) => all(eb, where))
    .groupBy(['f.is_sample', 'f.status', 'f.billing', 'f.cost_basis'])
    .execute();
  return rows.map(sliceOf);
}

async function conditions(
  { db, account }: ReadScope,
  { status, billing, customerId, query, assignee }: JobFilter,
): Promise<RawBuilder<unknown>[]> {
  return [
    ...(status === undefined ? [] : [sql`f.status = ${status}`]),
    ...(billing === undefined ? [] : [sql`f.billing = ${billing}`]),
    ...(customerId === undefined ? [] : [sql`f.customer_id = ${customerId}`]),
    ...(query === undefined ? [] : [await havingWords(db, account.id, 'job', query, 'f.job_id')]),
    ...(assignee === undefined ? [] : [await havingWords(db, account.id, 'assignee', assignee, 'f.job_id')]),
  ];
}

function all<DB extends Tables, TB extends keyof DB>(
  eb: ExpressionBuilder<DB, TB>,
  conditions: readonly RawBuilder<unknown>[],
) {
  return eb.and(conditions.map((condition) => condition.$castTo<boolean>()));
}

export async function assigneesOf({ db, account }: ReadScope, jobId: number): Promise<Assignee[]> {
  const rows = await db
    .selectFrom('job_assignees')
    .select(['name', 'role'])
    .where('account_id', '=', account.id)
    .where('job_id', '=', jobId)
    .orderBy('position')
    .execute();
  return rows.map((row) => ({ name: row.name, role: oneOf(ROLES, row.role) }));
}

/** Puts these people on the job in place of those who were. */
export async function setAssignees(scope: WriteScope, jobId: number, people: readonly Assignee[]): Promise<void> {
  const before = await assigneesOf(scope, jobId);
  for (const [index] of before.entries())
    await scope.journal.remove('job_assignees', { job_id: jobId, position: index + 1 });
  for (const [index, { name, role }] of people.entries()) {
    await scope.journal.insert('job_assignees', { job_id: jobId, position: index + 1, name, role });
  }
}

export type JobDetails = Pick<Job, 'name' | 'description' | 'address' | 'status' | 'startsOn' | 'endsOn'>;

export async function insertJob(
  scope: WriteScope,
  { customerId, details, sample, at }: { customerId: number; details: JobDetails; sample: boolean; at: string },
): Promise<number> {
  const id = await scope.journal.next('job', { sample });
  await scope.journal.insert('jobs', {
    ...detailsRow(details),
    id,
    is_sample: sample ? 1 : 0,
    customer_id: customerId,
    created_at: at,
  });
  return id;
}

export async function updateJob(scope: WriteScope, id: number, details: JobDetails): Promise<boolean> {
  return await scope.journal.update('jobs', { id }, detailsRow(details));
}

function detailsRow({ name, description, address, status, startsOn, endsOn }: JobDetails) {
  return { name, description, address, status, starts_on: startsOn, ends_on: endsOn };
}

/** Keeps a note. @returns its line for the job's log, which names the note so that its words stay in one place */
export async function insertNote(
  scope: WriteScope,
  { jobId, text, sample, at }: { jobId: number; text: string; sample: boolean; at: string },
): Promise<Log> {
  const id = await scope.journal.next('note', { sample });
  await scope.journal.insert('job_notes', {
    id,
    is_sample: sample ? 1 : 0,
    job_id: jobId,
    text,
    change_number: scope.changeNumber,
  });
  return { kind: 'job', id: jobId, entry: 'note', text: String(id), at };
}

const wholeLog = begun((db) =>
  db
    .selectFrom('change_records as r')
    .innerJoin('changes as c', (join) =>
      join.onRef('c.account_id', '=', 'r.account_id').onRef('c.change_number', '=', 'r.change_number'),
    )
    .select(['r.at', 'r.entry', 'r.text', 'r.change_number', 'r.position', 'c.actor', 'c.client']),
);

/** The job's log, newest first, from behind `after`; of these kinds of entries, where some are named. */
export async function activityOf(
  { db, account }: ReadScope,
  jobId: number,
  limit: number,
  after: Pick<Activity, 'changeNumber' | 'position'> | null = null,
  entries: readonly LogEntry[] | null = null,
): Promise<Activity[]> {
  let log = wholeLog(db)
    .where('r.account_id', '=', account.id)
    .where('r.kind', '=', 'job')
    .where('r.record_id', '=', jobId);
  if (after !== null)
    log = log.where(sql<boolean>`(r.change_number, r.position) < (${after.changeNumber}, ${after.position})`);
  if (entries !== null) log = log.where('r.entry', 'in', entries);
  const rows = await log.orderBy('r.change_number', 'desc').orderBy('r.position', 'desc').limit(limit).execute();
  const noteIds = rows.filter((row) => row.entry === 'note').map((row) => Number(row.text));
  const notes =
    noteIds.length === 0
      ? []
      : await db
          .selectFrom('job_notes')
          .select(['id', 'text'])
          .where('account_id', '=', account.id)
          .where('id', 'in', noteIds)
          .execute();
  const words = new Map(notes.map((note) => [note.id, note.text]));
  return rows.map((row) => ({
    at: row.at,
    entry: row.entry,
    text: row.entry === 'note' ? (words.get(Number(row.text)) ?? '(note removed)') : row.text,
    by: row.actor,
    through: row.client,
    changeNumber: row.change_number,
    position: row.position,
  }));
}

export async function countActivity({ db, account }: ReadScope, jobId: number): Promise<number> {
  const { count } = await db
    .selectFrom('change_records')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('account_id', '=', account.id)
    .where('kind', '=', 'job')
    .where('record_id', '=', jobId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

export function jobOf(row: Omit<JobRow, 'account_id'> & { customer: string }): Job {
  return {
    id: row.id,
    isSample: row.is_sample === 1,
    customer: { id: row.customer_id, name: row.customer },
    name: row.name,
    description: row.description,
    address: row.address,
    status: oneOf(JOB_STATUSES, row.status),
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    createdAt: row.created_at,
  };
}
