// Expenses: queries, and rows as the domain knows them.
import { sql } from 'kysely';
import { CATEGORIES, cost, type Category, type Cost, type Expense } from '../../domain/cost.ts';
import { lineRef } from '../../kinds/reference.ts';
import { oneOf } from '../one-of.ts';
import { receiptsOf } from './files.ts';
import { prepared } from '../engine/prepared.ts';
import type { ReadScope, WriteScope } from '../scope.ts';
import { currentLines } from './quote-places.ts';

export async function expenseById(scope: ReadScope, id: number): Promise<Expense | null> {
  const [found] = await load(scope, { id, limit: 1 });
  return found ?? null;
}

type Place = { readonly spentOn: string; readonly id: number };

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
  readonly spentOn?: string | undefined;
  readonly before?: number | undefined;
  readonly limit: number;
};

const expenses = prepared((db, { account, id, job, spentOn, before, limit }: Given & { account: number }) => {
  const all = db
    .selectFrom('expenses as e')
    .innerJoin('jobs as j', (join) => join.onRef('j.account_id', '=', 'e.account_id').onRef('j.id', '=', 'e.job_id'))
    .select([
      'e.id',
      'e.is_sample',
      'e.job_id',
      'j.name as job_name',
      'e.description',
      'e.amount',
      'e.category',
      'e.vendor',
    ])
    .select(['e.spent_on', 'e.covers_line_id'])
    .where('e.account_id', '=', account);
  const one = id === undefined ? all : all.where('e.id', '=', id);
  const ofJob = job === undefined ? one : one.where('e.job_id', '=', job);
  const rest = spentOn === undefined ? ofJob : ofJob.where(sql<boolean>`(e.spent_on, e.id) < (${spentOn}, ${before})`);
  return rest.orderBy('e.spent_on', 'desc').orderBy('e.id', 'desc').limit(limit);
});

async function load(scope: ReadScope, given: Given): Promise<Expense[]> {
  const rows = await expenses(scope.db, { ...given, account: scope.account.id });
  const lines = await currentLines(
    scope,
    rows.flatMap((row) => (row.covers_line_id === null ? [] : [row.covers_line_id])),
  );
  const receipts = await receiptsOf(
    scope,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => {
    const line = row.covers_line_id === null ? undefined : lines.get(row.covers_line_id);
    return {
      id: row.id,
      isSample: row.is_sample === 1,
      job: { id: row.job_id, name: row.job_name },
      description: row.description,
      amount: cost(row.amount),
      category: oneOf(CATEGORIES, row.category),
      vendor: row.vendor,
      spentOn: row.spent_on,
      allocatedTo:
        line === undefined
          ? null
          : { lineId: line.lineId, ref: lineRef(line.quoteId, line.position), description: line.description },
      receipt: receipts.get(row.id) ?? null,
    };
  });
}

export type ExpenseDetails = {
  readonly jobId: number;
  readonly description: string;
  readonly amount: Cost;
  readonly category: Category;
  readonly vendor: string | null;
  readonly spentOn: string;
  readonly allocatedLineId: number | null;
};

export async function insertExpense(
  scope: WriteScope,
  { details, sample, at }: { details: ExpenseDetails; sample: boolean; at: string },
): Promise<number> {
  const id = await scope.journal.next('expense', { sample });
  await scope.journal.insert('expenses', { ...detailsRow(details), id, is_sample: sample ? 1 : 0, created_at: at });
  return id;
}

export async function updateExpense(scope: WriteScope, id: number, details: ExpenseDetails): Promise<boolean> {
  return await scope.journal.update('expenses', { id }, detailsRow(details));
}

export async function removeExpense(scope: WriteScope, id: number): Promise<void> {
  await scope.journal.remove('expenses', { id });
}

function detailsRow({ jobId, description, amount, category, vendor, spentOn, allocatedLineId }: ExpenseDetails) {
  return { job_id: jobId, description, amount, category, vendor, spent_on: spentOn, covers_line_id: allocatedLineId };
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
  return Number(count);
}
