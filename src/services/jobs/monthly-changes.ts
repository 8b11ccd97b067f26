// What comes every month becomes another: from its next booking on, from a later day, or from one that has been; it moves to
// another day, or ends. What it has booked stays, but for what is said to have been so since.
import type { Category, Expense } from '../../domain/cost.ts';
import { addDays, addMonths, parseDate, type CalendarDate } from '../../domain/dates.ts';
import { refused } from '../../domain/errors.ts';
import { says, type Message } from '../../domain/message.ts';
import { sumUp, text, type AmountInput } from '../../domain/money.ts';
import {
  daysBefore,
  hasEnded,
  MOST_MONTHS,
  NOT_LATER,
  type Later,
  type MonthlyExpense,
} from '../../domain/monthly-expense.ts';
import { parseReference, refOf } from '../../kinds/reference.ts';
import {
  bookedSince,
  lastBookedBy,
  monthlyExpenseById,
  updateMonthlyExpense,
} from '../../store/books/monthly-expenses.ts';
import type { ReadScope, WriteScope } from '../../store/scope.ts';
import { namesAny, resolveMonthlyExpense } from '../resolve/resolve.ts';
import { reload } from '../shared/patch.ts';
import { stepsTold } from '../shared/steps.ts';
import type { VisibleBooks } from '../shared/visibility.ts';
import { moneyOf } from './expense-details.ts';
import { updateJobExpense } from './expenses.ts';
import { bookUpToToday, shortOf, type MonthlyBooked } from './monthly-expenses.ts';

export type MonthlyPatch = {
  readonly expense: string;
  readonly description?: string | undefined;
  readonly amount?: AmountInput | undefined;
  readonly category?: Category | undefined;
  readonly vendor?: string | null | undefined;
  readonly reclaimableTax?: AmountInput | null | undefined;
  /** The day from which it is this amount, ahead or back; null takes a change ahead back. */
  readonly from?: string | null | undefined;
  /** The day on which it books next, and every month from then on. */
  readonly spentOn?: string | undefined;
  readonly until?: string | null | undefined;
  /** It ends, and what it has booked stays. */
  readonly remove?: boolean | undefined;
};

/** Parts of an expense that what comes every month has none of. */
const NOT_MONTHLY = ['job', 'overhead', 'coversLine', 'receipt', 'refund'] as const;
type OfExpenses = { readonly [Name in (typeof NOT_MONTHLY)[number]]?: unknown };

/** What is so from its next booking on alone. */
const NOT_FROM_A_DAY = ['description', 'category', 'vendor', 'spentOn', 'until', 'remove'] as const;

/** Whether what comes every month is meant: by its number, or by words that name no expense. */
export async function meansMonthly(scope: ReadScope, ref: string): Promise<boolean> {
  const reference = parseReference(ref, 'expense');
  if (reference !== null) return reference.kind === 'monthly_expense';
  return (await namesAny(scope, 'monthly_expense', ref)) && !(await namesAny(scope, 'expense', ref));
}

export type MonthlyUpdated = MonthlyBooked & { readonly summary: Message };

/** What it books from now on, or from a day. */
export async function updateMonthly(
  scope: WriteScope & VisibleBooks,
  input: MonthlyPatch & OfExpenses,
): Promise<MonthlyUpdated> {
  const before = await resolveMonthlyExpense(scope, { ref: input.expense, field: 'expense', intent: 'write' });
  const ref = refOf('monthly_expense', before.id);
  const other = NOT_MONTHLY.find((name) => input[name] !== undefined);
  if (other !== undefined) throw refused(says('monthly.has-none', { ref }), other);
  const from = typeof input.from === 'string' ? parseDate(input.from, 'from') : null;
  const later = laterOf(scope, before, { ...input, day: from });
  const isAhead = later?.laterOn !== undefined && later.laterOn !== null;
  const saved = await updateMonthlyExpense(scope, before.id, {
    ...{ description: input.description, category: input.category, vendor: input.vendor },
    ...(isAhead ? {} : moneyOf(scope, { amount: input.amount, reclaimableTax: input.reclaimableTax }, before)),
    ...later,
    ...(await courseAfter(scope, before, input)),
  });
  const also = from === null || isAhead ? [] : await correctSince(scope, before, { ...input, from });
  const after = await reload(monthlyExpenseById, scope, before.id);
  if (!saved && also.length === 0) return { monthly: after, booked: [], summary: says('log.so-already', { ref }) };
  const changes = await stepsTold(scope, { kind: 'monthly_expense', id: before.id });
  const became = { ref, name: after.description, changes };
  scope.journal.log({ kind: 'monthly_expense', id: before.id, entry: 'money', said: says('log.became', became) });
  const last = await lastBookedBy(scope, before.id);
  const done = await bookUpToToday(scope, after);
  return { ...done, summary: summaryOf(scope, { before, after, input, changes, also, last, booked: done.booked }) };
}

/** What it becomes on a later day; null where nothing ahead is said. @param day that it is so from */
function laterOf(
  scope: WriteScope,
  before: MonthlyExpense,
  { day, ...said }: MonthlyPatch & { readonly day: CalendarDate | null },
): Later | null {
  if (said.from === undefined) return null;
  const other = NOT_FROM_A_DAY.find((name) => said[name] !== undefined);
  if (other !== undefined) throw refused(says('monthly.from-amount-alone'), other);
  if (day === null) return NOT_LATER;
  if (said.amount === undefined && said.reclaimableTax === undefined)
    throw refused(says('monthly.from-needs-amount'), 'from');
  const { laterOn, laterAmount } = before;
  if (laterOn !== null && laterAmount !== null && laterOn !== day) {
    const amount = text(laterAmount, scope.account.currency);
    const facts = { ref: refOf('monthly_expense', before.id), amount, from: laterOn };
    throw refused(says('monthly.changes-already', facts), 'from');
  }
  if (day <= before.nextOn) return null;
  const { amount, reclaimableTax } = moneyOf(
    scope,
    { amount: said.amount, reclaimableTax: said.reclaimableTax },
    before,
  );
  return { laterOn: day, laterAmount: amount, laterReclaimableTax: reclaimableTax };
}

/** What it has booked since, as far as nobody corrected it by itself. */
async function correctSince(
  scope: WriteScope & VisibleBooks,
  { id, amount }: MonthlyExpense,
  { from, ...said }: MonthlyPatch & { readonly from: CalendarDate },
): Promise<Expense[]> {
  const corrected: Expense[] = [];
  for (const booked of await bookedSince(scope, id, from)) {
    if (booked.amount !== amount) continue;
    const patch = { amount: said.amount, reclaimableTax: said.reclaimableTax };
    const { expense } = await updateJobExpense(scope, { expense: refOf('expense', booked.id), ...patch });
    if (expense !== null) corrected.push(expense);
  }
  return corrected;
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

type Updated = {
  readonly before: MonthlyExpense;
  readonly after: MonthlyExpense;
  readonly input: MonthlyPatch;
  readonly changes: readonly Message[];
  readonly also: readonly Expense[];
  /** The newest day that it has booked; null where it has none. */
  readonly last: CalendarDate | null;
  /** By this change, since their day has been. */
  readonly booked: readonly Expense[];
};

function summaryOf(scope: WriteScope, { before, after, input, changes, also, last, booked }: Updated): Message {
  const short = shortOf(scope, after);
  if (input.remove === true) return says('log.monthly-ended', short);
  const { laterOn, laterAmount } = after;
  if (typeof input.from === 'string' && laterOn !== null && laterAmount !== null) {
    const later = text(laterAmount, scope.account.currency);
    return says('log.monthly-changes-later', { ...short, later, from: laterOn, hasBooked: last !== null });
  }
  if (input.from === null && before.laterOn !== null && input.amount === undefined)
    return says('log.monthly-stays', { ...short, from: before.laterOn });
  const month = after.nextOn.slice(0, 7);
  const holds = says('log.monthly-from', {
    from: after.nextOn,
    also: also.map(({ id, spentOn }) => ({ expense: refOf('expense', id), on: spentOn })),
    hasBooked: last !== null,
    leftOut: daysBefore(after.nextOn, before).filter((day) => day.slice(0, 7) < month),
  });
  const isOfUntilAlone = input.until !== undefined && changes.length === 1;
  const told = isOfUntilAlone || hasEnded(after) ? [...changes] : [...changes, holds];
  if (after.untilOn !== null && last !== null && last > after.untilOn)
    told.push(says('log.monthly-booked-stays', { after: after.untilOn, last }));
  if (booked.length > 0) told.push(bookedNow(scope, booked));
  return says('log.changed', { ref: short.monthly, name: after.description, changes: told });
}

function bookedNow({ account }: WriteScope, booked: readonly Expense[]): Message {
  return says('log.monthly-booked-now', {
    booked: booked.map(({ id, spentOn }) => ({ expense: refOf('expense', id), on: spentOn })),
    total: `${text(sumUp(booked.map(({ amount }) => amount)), account.currency)} ${account.currency}`,
  });
}
