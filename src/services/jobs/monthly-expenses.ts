// Overhead that comes every month: it books itself on its day, can be changed and ended, and waits where its month is closed.
import type { Category, Expense } from '../../domain/cost.ts';
import { addDays, addMonths, parseDate, type CalendarDate } from '../../domain/dates.ts';
import { refused } from '../../domain/errors.ts';
import { says, type Message } from '../../domain/message.ts';
import { text, type AmountInput } from '../../domain/money.ts';
import { booksUpTo, hasEnded, looksLike, MOST_MONTHS, type MonthlyExpense } from '../../domain/monthly-expense.ts';
import { parseReference, refOf } from '../../kinds/reference.ts';
import { expenseNow, insertExpense } from '../../store/books/expenses.ts';
import {
  insertMonthlyExpense,
  lastBookedBy,
  monthlyExpenseById,
  monthlyExpenses,
  updateMonthlyExpense,
} from '../../store/books/monthly-expenses.ts';
import type { ReadScope, WriteScope } from '../../store/scope.ts';
import { namesAny, resolveMonthlyExpense } from '../resolve/resolve.ts';
import { reload } from '../shared/patch.ts';
import { stepsTold } from '../shared/steps.ts';
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
    ...{ monthly: called(monthly), other: called(other), amount, vendor: other.vendor, ref },
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

async function bookUpToToday(scope: WriteScope, monthly: MonthlyExpense): Promise<MonthlyBooked> {
  const { days, nextOn } = booksUpTo(scope.today, monthly, scope.account.closedThrough);
  const booked: Expense[] = [];
  for (const spentOn of days) booked.push(await bookOne(scope, monthly, spentOn));
  if (days.length > 0) await updateMonthlyExpense(scope, monthly.id, { nextOn });
  return { monthly: { ...monthly, nextOn }, booked };
}

async function bookOne(scope: WriteScope, monthly: MonthlyExpense, spentOn: CalendarDate): Promise<Expense> {
  const { description, amount, reclaimableTax, category, vendor, id: monthlyId } = monthly;
  const details = { description, amount, reclaimableTax, category, vendor, spentOn, monthlyId };
  const id = await insertExpense(scope, { details, sample: false, at: scope.now });
  const expense = expenseNow(scope, id, { jobName: null, line: undefined, receipt: null });
  logMoney(scope, id, null, says('log.expense', { ...inShort(scope, expense), covers: null, receipt: null }));
  const said = says('log.monthly-booked', { ...shortOf(scope, monthly), expense: refOf('expense', id), on: spentOn });
  scope.journal.log({ kind: 'monthly_expense', id: monthlyId, entry: 'money', said });
  return expense;
}

export type MonthlyPatch = {
  readonly expense: string;
  readonly description?: string | undefined;
  readonly amount?: AmountInput | undefined;
  readonly category?: Category | undefined;
  readonly vendor?: string | null | undefined;
  readonly reclaimableTax?: AmountInput | null | undefined;
  /** The day on which it books next, and every month from then on. */
  readonly spentOn?: string | undefined;
  readonly until?: string | null | undefined;
  /** It ends, and what it has booked stays. */
  readonly remove?: boolean | undefined;
};

/** Parts of an expense that what comes every month has none of. */
const NOT_MONTHLY = ['job', 'overhead', 'coversLine', 'receipt', 'refund'] as const;
type OfExpenses = { readonly [Name in (typeof NOT_MONTHLY)[number]]?: unknown };

/** Whether what comes every month is meant: by its number, or by words that name no expense. */
export async function meansMonthly(scope: ReadScope, ref: string): Promise<boolean> {
  const reference = parseReference(ref, 'expense');
  if (reference !== null) return reference.kind === 'monthly_expense';
  return (await namesAny(scope, 'monthly_expense', ref)) && !(await namesAny(scope, 'expense', ref));
}

export type MonthlyUpdated = MonthlyBooked & { readonly summary: Message };

/** What it books from now on. What it has booked stays as it is. */
export async function updateMonthly(scope: WriteScope, input: MonthlyPatch & OfExpenses): Promise<MonthlyUpdated> {
  const before = await resolveMonthlyExpense(scope, { ref: input.expense, field: 'expense', intent: 'write' });
  const ref = refOf('monthly_expense', before.id);
  const other = NOT_MONTHLY.find((name) => input[name] !== undefined);
  if (other !== undefined) throw refused(says('monthly.has-none', { ref }), other);
  const course = await courseAfter(scope, before, input);
  const saved = await updateMonthlyExpense(scope, before.id, {
    ...{ description: input.description, category: input.category, vendor: input.vendor },
    ...moneyOf(scope, { amount: input.amount, reclaimableTax: input.reclaimableTax }, before),
    ...course,
  });
  const after = await reload(monthlyExpenseById, scope, before.id);
  if (!saved) return { monthly: after, booked: [], summary: says('log.so-already', { ref }) };
  const changes = await stepsTold(scope, { kind: 'monthly_expense', id: before.id });
  const became = { ref, name: after.description, changes };
  scope.journal.log({ kind: 'monthly_expense', id: before.id, entry: 'money', said: says('log.became', became) });
  const done = await bookUpToToday(scope, after);
  const ended = hasEnded(done.monthly) && input.remove === true;
  return { ...done, summary: ended ? says('log.monthly-ended', shortOf(scope, after)) : says('log.changed', became) };
}

async function courseAfter(scope: WriteScope, before: MonthlyExpense, { spentOn, until, remove }: MonthlyPatch) {
  if (remove === true) return hasEnded(before) ? {} : { untilOn: addDays(before.nextOn, -1) };
  const nextOn = spentOn === undefined ? before.nextOn : parseDate(spentOn, 'spentOn');
  const last = spentOn === undefined ? null : await lastBookedBy(scope, before.id);
  if (last !== null && nextOn.slice(0, 7) <= last.slice(0, 7))
    throw refused(says('monthly.booked-already', { ref: refOf('monthly_expense', before.id), last }), 'spentOn');
  if (addMonths(nextOn, MOST_MONTHS) <= scope.today)
    throw refused(says('monthly.began-long-ago', { first: nextOn, months: MOST_MONTHS }), 'spentOn');
  const untilOn = typeof until === 'string' ? parseDate(until, 'until') : until;
  return { ...(spentOn === undefined ? {} : { nextOn, day: Number(nextOn.slice(8)) }), untilOn };
}

function shortOf({ account }: WriteScope, { id, description, amount }: MonthlyExpense) {
  return { monthly: refOf('monthly_expense', id), description, amount: text(amount, account.currency) };
}
