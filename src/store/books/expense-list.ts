// Expenses over all jobs: which a filter asks for, a page of them, and what they come to.
import { expressionBuilder, sql, type InferResult } from 'kysely';
import type { Category, Expense } from '../../domain/cost.ts';
import type { CalendarDate } from '../../domain/dates.ts';
import type { Database, Tables } from '../database.ts';
import { isThere } from '../engine/dialect.ts';
import { textsAsJson, textsIn } from '../engine/json-rows.ts';
import { matching, prepared, type Conditions } from '../engine/prepared.ts';
import type { ReadScope } from '../scope.ts';
import { havingTerms, sayingTerms } from '../search/find.ts';
import { expenseOf, EXPENSE_FIELDS } from './expenses.ts';
import { newestReceipt } from './files.ts';
import { currentLines } from './quote-places.ts';

/** Conditions on these tables, by the names that the queries here and in derived/money-out.ts know them by. */
const where = expressionBuilder<{ e: Tables['expenses']; j: Tables['jobs'] }, 'e' | 'j'>();

export type ExpenseFilter = {
  readonly customerId?: number | undefined;
  readonly jobId?: number | undefined;
  readonly category?: Category | undefined;
  /** As they are written, each a way to write the one that is meant. */
  readonly vendors?: readonly string[] | undefined;
  readonly from?: CalendarDate | undefined;
  readonly to?: CalendarDate | undefined;
  readonly hasReceipt?: boolean | undefined;
  /** Whether it covers a line of a quote. */
  readonly covers?: boolean | undefined;
  /** Whether it is on no job. */
  readonly overhead?: boolean | undefined;
  readonly query?: string | undefined;
  /** It has no vendor, and names somebody with these words in what it is called. */
  readonly namesOnly?: string | undefined;
  /** Whether samples are left out. */
  readonly realOnly?: boolean | undefined;
};

type Given = {
  readonly customer: number | undefined;
  readonly job: number | undefined;
  readonly category: Category | undefined;
  readonly vendors: string | undefined;
  readonly from: CalendarDate | undefined;
  readonly to: CalendarDate | undefined;
};

function givenOf({ customerId, jobId, category, vendors, from, to }: ExpenseFilter): Given {
  return {
    customer: customerId,
    job: jobId,
    category,
    vendors: vendors === undefined ? undefined : textsAsJson(vendors),
    from,
    to,
  };
}

function conditions(db: Database, account: number, { customer, job, category, vendors, from, to }: Given): Conditions {
  const theirs = (id: number) =>
    db.selectFrom('jobs as t').select('t.id').where('t.account_id', '=', account).where('t.customer_id', '=', id);
  return [
    ...matching({ 'e.job_id': job, 'e.category': category }),
    ...(customer === undefined ? [] : [where('e.job_id', 'in', theirs(customer))]),
    ...(vendors === undefined ? [] : [sql<boolean>`e.vendor in (${textsIn(db, vendors)})`]),
    ...(from === undefined ? [] : [where('e.spent_on', '>=', from)]),
    ...(to === undefined ? [] : [where('e.spent_on', '<=', to)]),
  ];
}

const RECEIPT = isThere(sql`from files as f where f.account_id = e.account_id and f.expense_id = e.id
  and f.kind = 'receipt'`);

/** What a filter asks for besides. */
async function others(
  scope: ReadScope,
  { hasReceipt, covers, overhead, query, namesOnly, realOnly }: ExpenseFilter,
): Promise<Conditions> {
  return [
    ...(realOnly === true ? [where('e.is_sample', '=', 0)] : []),
    ...(hasReceipt === undefined ? [] : [hasReceipt ? RECEIPT : where.not(RECEIPT)]),
    ...(covers === undefined ? [] : [where('e.covers_line_id', covers ? 'is not' : 'is', null)]),
    ...(overhead === undefined ? [] : [where('e.job_id', overhead ? 'is' : 'is not', null)]),
    ...(namesOnly === undefined
      ? []
      : [where('e.vendor', 'is', null), sayingTerms(scope, 'expense', namesOnly, 'e.id')]),
    ...(query === undefined ? [] : [await havingTerms(scope, 'expense', query, 'e.id')]),
  ];
}

/** All that a filter asks for, for a query that knows expenses as `e`. */
export async function expensesAsked(scope: ReadScope, filter: ExpenseFilter): Promise<Conditions> {
  return [...conditions(scope.db, scope.account.id, givenOf(filter)), ...(await others(scope, filter))];
}

function rows(db: Database, account: number) {
  return db
    .selectFrom('expenses as e')
    .leftJoin('jobs as j', (join) => join.onRef('j.account_id', '=', 'e.account_id').onRef('j.id', '=', 'e.job_id'))
    .leftJoin('customers as c', (join) =>
      join.onRef('c.account_id', '=', 'j.account_id').onRef('c.id', '=', 'j.customer_id'),
    )
    .leftJoin('files as r', (join) =>
      join.onRef('r.account_id', '=', 'e.account_id').on('r.id', '=', newestReceipt('e')),
    )
    .select([...EXPENSE_FIELDS.columns('e'), 'j.name as job_name', 'j.customer_id', 'c.name as customer'])
    .select(['r.id as receipt_id', 'r.hash as receipt_hash'])
    .where('e.account_id', '=', account);
}
type Row = InferResult<ReturnType<typeof rows>>[number];

/** @property customer null of overhead */
export type ListedExpense = Expense & { readonly customer: { readonly id: number; readonly name: string } | null };
export type ExpensePlace = { readonly spentOn: CalendarDate; readonly id: number };
type PageGiven = Given & {
  readonly account: number;
  readonly limit: number;
  readonly spentOn: CalendarDate | undefined;
  readonly before: number | undefined;
};

const newest = prepared((db, { account, limit, spentOn, before, ...given }: PageGiven, besides) => {
  const asked = rows(db, account).where((eb) => eb.and([...conditions(db, account, given), ...besides]));
  const rest =
    spentOn === undefined
      ? asked
      : asked.where((eb) => eb(eb.refTuple('e.spent_on', 'e.id'), '<', eb.tuple(spentOn, before ?? 0)));
  return rest.orderBy('e.spent_on', 'desc').orderBy('e.id', 'desc').limit(limit);
});

/** Newest day first, from behind `after`. */
export async function listExpenses(
  scope: ReadScope,
  filter: ExpenseFilter,
  { limit, after }: { limit: number; after: ExpensePlace | null },
): Promise<ListedExpense[]> {
  const { db, account } = scope;
  const place = { spentOn: after?.spentOn, before: after?.id };
  const given = { ...givenOf(filter), ...place, account: account.id, limit };
  const found = await newest(db, given, await others(scope, filter));
  const covered = found.flatMap(({ covers_line_id: line }) => (line === null ? [] : [line]));
  const lines = await currentLines(scope, covered);
  return found.map((row) => listedOf(row, row.covers_line_id === null ? undefined : lines.get(row.covers_line_id)));
}

function listedOf(row: Row, line: Parameters<typeof expenseOf>[1]['line']): ListedExpense {
  const { receipt_id: id, receipt_hash: hash } = row;
  const receipt = id === null || hash === null ? null : { id, hash };
  return {
    ...expenseOf(row, { jobName: row.job_name, line, receipt }),
    customer: row.customer_id === null ? null : { id: row.customer_id, name: row.customer ?? '' },
  };
}
