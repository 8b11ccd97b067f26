// Expenses: queries, and rows as the domain knows them.
import type { CalendarDate, Instant } from '../../domain/dates.ts';
import { CATEGORIES, type Expense, type ExpenseSaid } from '../../domain/cost.ts';
import { lineRef } from '../../kinds/reference.ts';
import { oneOf } from '../one-of.ts';
import { fieldsOf, type New, type Patch } from './fields.ts';
import { newestReceipt } from './files.ts';
import { prepared } from '../engine/prepared.ts';
import type { ReadScope, WriteScope } from '../scope.ts';
import { currentLines, type LinePlace } from './quote-places.ts';

export const EXPENSE_FIELDS = fieldsOf('expense');
const FIELDS = EXPENSE_FIELDS;

export async function expenseById(scope: ReadScope, id: number): Promise<Expense | null> {
  const [found] = await load(scope, { id, limit: 1 });
  return found ?? null;
}

type Place = { readonly spentOn: CalendarDate; readonly id: number };

/** Newest first, from behind `after`. */
export async function expensesOfJob(
  scope: ReadScope,
  jobId: number,
  limit: number,
  after: Place | null = null,
): Promise<Expense[]> {
  return await load(scope, { job: jobId, spentOn: after?.spentOn, before: after?.id, limit });
}

type Given = {
  readonly id?: number;
  readonly job?: number;
  readonly spentOn?: CalendarDate | undefined;
  readonly before?: number | undefined;
  readonly limit: number;
};

const expenses = prepared((db, { account, id, job, spentOn, before, limit }: Given & { account: number }) => {
  const all = db
    .selectFrom('expenses as e')
    .leftJoin('jobs as j', (join) => join.onRef('j.account_id', '=', 'e.account_id').onRef('j.id', '=', 'e.job_id'))
    .leftJoin('files as r', (join) =>
      join.onRef('r.account_id', '=', 'e.account_id').on('r.id', '=', newestReceipt('e')),
    )
    .select([...FIELDS.columns('e'), 'j.name as job_name', 'r.id as receipt_id', 'r.hash as receipt_hash'])
    .where('e.account_id', '=', account);
  const one = id === undefined ? all : all.where('e.id', '=', id);
  const ofJob = job === undefined ? one : one.where('e.job_id', '=', job);
  const rest =
    spentOn === undefined
      ? ofJob
      : ofJob.where((eb) => eb(eb.refTuple('e.spent_on', 'e.id'), '<', eb.tuple(spentOn, before ?? 0)));
  return rest.orderBy('e.spent_on', 'desc').orderBy('e.id', 'desc').limit(limit);
});

async function load(scope: ReadScope, given: Given): Promise<Expense[]> {
  const rows = await expenses(scope.db, { ...given, account: scope.account.id });
  const lines = await currentLines(
    scope,
    rows.flatMap((row) => (row.covers_line_id === null ? [] : [row.covers_line_id])),
  );
  return rows.map((row) => {
    scope.known.note('expenses', row);
    const { receipt_id: id, receipt_hash: hash } = row;
    return expenseOf(row, {
      jobName: row.job_name,
      line: row.covers_line_id === null ? undefined : lines.get(row.covers_line_id),
      receipt: id === null || hash === null ? null : { id, hash },
    });
  });
}

type Around = {
  /** Null: it is overhead. */
  readonly jobName: string | null;
  readonly line: LinePlace | undefined;
  readonly receipt: { readonly id: number; readonly hash: string } | null;
};

export function expenseOf(row: Parameters<typeof FIELDS.read>[0], { jobName, line, receipt }: Around): Expense {
  const { jobId, coversLineId: _, createdAt: __, category, ...expense } = FIELDS.read(row);
  return {
    ...expense,
    job: jobId === null || jobName === null ? null : { id: jobId, name: jobName },
    category: oneOf(CATEGORIES, category),
    allocatedTo:
      line === undefined
        ? null
        : { lineId: line.lineId, ref: lineRef(line.quoteId, line.position), description: line.description },
    receipt: receipt === null ? null : { id: receipt.id, hash: receipt.hash },
  };
}

/** The expense as this write has left it, with what its row names. */
export function expenseNow({ known }: ReadScope, id: number, around: Around): Expense {
  return expenseOf(known.rowOf('expenses', { id }), around);
}

/** What stands in its row: what is said of it, the job that it is on and the line that it covers. */
export type ExpenseDetails = ExpenseSaid & {
  readonly jobId: number | null;
  readonly coversLineId: number | null;
  readonly monthlyId: number | null;
};

export async function insertExpense(
  scope: WriteScope,
  { details, sample, at }: { details: New<ExpenseDetails>; sample: boolean; at: Instant },
): Promise<number> {
  const id = await scope.journal.next('expense', { sample });
  await scope.journal.insert('expenses', FIELDS.row({ ...details, id, isSample: sample, createdAt: at }));
  return id;
}

export async function updateExpense(scope: WriteScope, id: number, details: Patch<ExpenseDetails>): Promise<boolean> {
  return await scope.journal.update('expenses', { id }, FIELDS.patch(details));
}

export async function removeExpense(scope: WriteScope, id: number): Promise<void> {
  await scope.journal.remove('expenses', { id });
}

/** The expenses that cover any of these lines. */
export async function expensesCovering({ db, account }: ReadScope, lineIds: readonly number[]): Promise<number[]> {
  if (lineIds.length === 0) return [];
  const rows = await db
    .selectFrom('expenses')
    .select('id')
    .where('account_id', '=', account.id)
    .where('covers_line_id', 'in', lineIds)
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
}

/** What suppliers gave back on any of these lines. */
export async function returnsCovering({ db, account }: ReadScope, lineIds: readonly number[]): Promise<number[]> {
  if (lineIds.length === 0) return [];
  const rows = await db
    .selectFrom('expenses')
    .select('id')
    .where('account_id', '=', account.id)
    .where('covers_line_id', 'in', lineIds)
    .where('amount', '<', 0)
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Cuts the link between an expense and the line it covered. */
export async function uncover(scope: WriteScope, id: number): Promise<void> {
  await scope.journal.update('expenses', { id }, { covers_line_id: null });
}

export async function countExpenses({ db, account }: ReadScope, jobId: number): Promise<number> {
  const { count } = await db
    .selectFrom('expenses')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('account_id', '=', account.id)
    .where('job_id', '=', jobId)
    .executeTakeFirstOrThrow();
  return count;
}
