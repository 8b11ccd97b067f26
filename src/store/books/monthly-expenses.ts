// Overhead that comes every month: queries, and rows as the domain knows them.
import { CATEGORIES, type Category } from '../../domain/cost.ts';
import type { CalendarDate, Instant } from '../../domain/dates.ts';
import type { MonthlyExpense } from '../../domain/monthly-expense.ts';
import { oneOf } from '../one-of.ts';
import type { ReadScope, WriteScope } from '../scope.ts';
import { havingTerms } from '../search/find.ts';
import { fieldsOf, type New, type Patch } from './fields.ts';

const FIELDS = fieldsOf('monthly_expense');

export async function monthlyExpenseById({ db, account }: ReadScope, id: number): Promise<MonthlyExpense | null> {
  const row = await db
    .selectFrom('monthly_expenses as m')
    .select(FIELDS.columns('m'))
    .where('m.account_id', '=', account.id)
    .where('m.id', '=', id)
    .executeTakeFirst();
  return row === undefined ? null : monthlyOf(row);
}

function going({ db, account }: ReadScope) {
  return db
    .selectFrom('monthly_expenses as m')
    .select(FIELDS.columns('m'))
    .where('m.account_id', '=', account.id)
    .where((eb) => eb.or([eb('m.until_on', 'is', null), eb('m.next_on', '<=', eb.ref('m.until_on'))]))
    .orderBy('m.next_on')
    .orderBy('m.id');
}

/** Those that have a day up to this one to book, and those that go on, the next first. */
export async function monthlyExpenses(
  scope: ReadScope,
  { upTo = null }: { upTo?: CalendarDate | null } = {},
): Promise<MonthlyExpense[]> {
  const rows = await (upTo === null ? going(scope) : going(scope).where('m.next_on', '<=', upTo)).execute();
  return rows.map(monthlyOf);
}

/** Those that go on, of a kind of cost and by words where these are given; the next first. */
export async function monthlyExpensesAsked(
  scope: ReadScope,
  { category, query }: { readonly category: Category | undefined; readonly query: string | undefined },
): Promise<MonthlyExpense[]> {
  const words = query === undefined ? null : await havingTerms(scope, 'monthly_expense', query, 'm.id');
  const ofKind = category === undefined ? going(scope) : going(scope).where('m.category', '=', category);
  const rows = await (words === null ? ofKind : ofKind.where(words)).execute();
  return rows.map(monthlyOf);
}

/** Which of them booked something between these days that still stands. */
export async function monthliesBookedIn(
  { db, account }: ReadScope,
  { from, to }: { readonly from: CalendarDate | undefined; readonly to: CalendarDate | undefined },
): Promise<ReadonlySet<number | null>> {
  const booked = db
    .selectFrom('expenses')
    .select('monthly_id')
    .distinct()
    .where('account_id', '=', account.id)
    .where('monthly_id', 'is not', null);
  const since = from === undefined ? booked : booked.where('spent_on', '>=', from);
  const rows = await (to === undefined ? since : since.where('spent_on', '<=', to)).execute();
  return new Set(rows.map(({ monthly_id: id }) => id));
}

/** The newest day on which it booked what still stands; null where nothing does. */
export async function lastBookedBy({ db, account }: ReadScope, id: number): Promise<CalendarDate | null> {
  const row = await db
    .selectFrom('expenses')
    .select('spent_on')
    .where('account_id', '=', account.id)
    .where('monthly_id', '=', id)
    .orderBy('spent_on', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.spent_on ?? null;
}

/** What it booked on this day and later, and still stands, the oldest first. */
export async function bookedSince(
  { db, account }: ReadScope,
  id: number,
  day: CalendarDate,
): Promise<{ readonly id: number; readonly amount: number }[]> {
  return await db
    .selectFrom('expenses')
    .select(['id', 'amount'])
    .where('account_id', '=', account.id)
    .where('monthly_id', '=', id)
    .where('spent_on', '>=', day)
    .orderBy('spent_on')
    .orderBy('id')
    .execute();
}

function monthlyOf(row: Parameters<typeof FIELDS.read>[0]): MonthlyExpense {
  const { createdAt: _, category, ...monthly } = FIELDS.read(row);
  return { ...monthly, category: oneOf(CATEGORIES, category) };
}

type Details = Omit<MonthlyExpense, 'id' | 'isSample'>;

export async function insertMonthlyExpense(scope: WriteScope, details: New<Details>, at: Instant): Promise<number> {
  const id = await scope.journal.next('monthly_expense');
  await scope.journal.insert('monthly_expenses', FIELDS.row({ ...details, id, isSample: false, createdAt: at }));
  return id;
}

export async function updateMonthlyExpense(scope: WriteScope, id: number, details: Patch<Details>): Promise<boolean> {
  return await scope.journal.update('monthly_expenses', { id }, FIELDS.patch(details));
}
