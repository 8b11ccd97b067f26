// Overhead that comes every month: it books itself on its day, and waits where its month is closed.
import type { Category, Expense } from '../../domain/cost.ts';
import { addMonths, parseDate, type CalendarDate } from '../../domain/dates.ts';
import { refused } from '../../domain/errors.ts';
import { says, type Message } from '../../domain/message.ts';
import { text, type AmountInput } from '../../domain/money.ts';
import {
  booksUpTo,
  hasEnded,
  looksLike,
  MOST_MONTHS,
  movedOn,
  paidOn,
  type MonthlyExpense,
} from '../../domain/monthly-expense.ts';
import { refOf } from '../../kinds/reference.ts';
import { expenseNow, insertExpense } from '../../store/books/expenses.ts';
import {
  insertMonthlyExpense,
  monthlyExpenseById,
  monthlyExpenses,
  updateMonthlyExpense,
} from '../../store/books/monthly-expenses.ts';
import type { WriteScope } from '../../store/scope.ts';
import { reload } from '../shared/patch.ts';
import { inShort, logMoney, moneyOf } from './expense-details.ts';

export type NewMonthlyInput = {
  readonly description: string;
  readonly amount: AmountInput;
  readonly category: Category;
  readonly vendor?: string | null | undefined;
  readonly reclaimableTax?: AmountInput | null | undefined;
  /** Its first day; today where nothing is said. */
  readonly spentOn?: string | undefined;
  readonly until?: string | undefined;
};

export type MonthlyBooked = { readonly monthly: MonthlyExpense; readonly booked: readonly Expense[] };

/** @param fields what the day and the end are called where they are refused */
export async function addMonthlyExpense(
  scope: WriteScope,
  input: NewMonthlyInput,
  fields: { readonly spentOn: string; readonly until: string },
): Promise<MonthlyBooked & { readonly warnings: readonly Message[] }> {
  const nextOn = input.spentOn === undefined ? scope.today : parseDate(input.spentOn, fields.spentOn);
  const untilOn = input.until === undefined ? null : parseDate(input.until, fields.until);
  if (untilOn !== null && untilOn < nextOn)
    throw refused(says('monthly.ends-before-start', { first: nextOn, until: untilOn }), fields.until);
  if (addMonths(nextOn, MOST_MONTHS) <= scope.today)
    throw refused(says('monthly.began-long-ago', { first: nextOn, months: MOST_MONTHS }), fields.spentOn);
  const details = { ...input, ...moneyOf(scope, input), day: Number(nextOn.slice(8)), nextOn, untilOn };
  const going = await monthlyExpenses(scope);
  const id = await insertMonthlyExpense(scope, details, scope.now);
  const monthly = await reload(monthlyExpenseById, scope, id);
  const said = says('log.monthly-began', { ...shortOf(scope, monthly), first: nextOn, until: untilOn });
  scope.journal.log({ kind: 'monthly_expense', id, entry: 'money', said });
  const like = going.find((each) => looksLike(each, monthly));
  const warnings = like === undefined ? [] : [likeAnother(scope, monthly, like)];
  return { ...(await bookUpToToday(scope, monthly)), warnings };
}

function likeAnother(scope: WriteScope, monthly: MonthlyExpense, other: MonthlyExpense): Message {
  const called = ({ id, description }: MonthlyExpense) => `${refOf('monthly_expense', id)} ${description}`;
  const { amount, monthly: ref } = shortOf(scope, monthly);
  return says('monthly.like', {
    ...{
      monthly: called(monthly),
      other: called(other),
      amount,
      vendor: monthly.vendor === null ? null : other.vendor,
      ref,
    },
  });
}

/** Of which something is due and cannot be booked, since its month is closed. */
export type Waiting = { readonly monthly: MonthlyExpense };
export type DueBooked = { readonly booked: readonly MonthlyBooked[]; readonly waiting: readonly Waiting[] };

/** Books all that is due by today, each month once. */
export async function bookWhatIsDue(scope: WriteScope): Promise<DueBooked> {
  const booked: MonthlyBooked[] = [];
  const waiting: Waiting[] = [];
  for (const due of await monthlyExpenses(scope, { upTo: scope.today })) {
    const done = await bookUpToToday(scope, due);
    if (done.booked.length > 0) booked.push(done);
    if (done.monthly.nextOn <= scope.today && !hasEnded(done.monthly)) waiting.push({ monthly: done.monthly });
  }
  return { booked, waiting };
}

export async function bookUpToToday(scope: WriteScope, monthly: MonthlyExpense): Promise<MonthlyBooked> {
  const { days, nextOn } = booksUpTo(scope.today, monthly, scope.account.closedThrough);
  const booked: Expense[] = [];
  for (const spentOn of days) booked.push(await bookOne(scope, monthly, spentOn));
  const after = { ...monthly, ...movedOn(monthly, nextOn), nextOn };
  if (days.length > 0) await updateMonthlyExpense(scope, monthly.id, after);
  return { monthly: after, booked };
}

async function bookOne(scope: WriteScope, monthly: MonthlyExpense, spentOn: CalendarDate): Promise<Expense> {
  const { description, category, vendor, id: monthlyId } = monthly;
  const details = { description, ...paidOn(monthly, spentOn), category, vendor, spentOn, monthlyId };
  const id = await insertExpense(scope, { details, sample: false, at: scope.now });
  const expense = expenseNow(scope, id, { jobName: null, line: undefined, receipt: null });
  logMoney(scope, id, null, says('log.expense', { ...inShort(scope, expense), covers: null, receipt: null }));
  const said = says('log.monthly-booked', {
    ...shortOf(scope, { ...monthly, ...details }),
    expense: refOf('expense', id),
    on: spentOn,
  });
  scope.journal.log({ kind: 'monthly_expense', id: monthlyId, entry: 'money', said });
  return expense;
}

export function shortOf(
  { account }: WriteScope,
  { id, description, amount }: Pick<MonthlyExpense, 'id' | 'description' | 'amount'>,
) {
  return { monthly: refOf('monthly_expense', id), description, amount: text(amount, account.currency) };
}
