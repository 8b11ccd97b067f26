// Overhead that comes every month: on which days it books itself.
import type { Cost, Expense } from './cost.ts';
import { addDays, addMonths, type CalendarDate } from './dates.ts';
import { isOneName, sameName } from './names-meant.ts';

export type MonthlyExpense = Pick<
  Expense,
  'id' | 'isSample' | 'description' | 'amount' | 'category' | 'vendor' | 'reclaimableTax'
> & {
  /** Of the month; in a shorter one its last. */
  readonly day: number;
  readonly nextOn: CalendarDate;
  /** The last day on which it may book; null: until somebody ends it. */
  readonly untilOn: CalendarDate | null;
  /** The day from which it is `laterAmount`; null where it stays as it is. */
  readonly laterOn: CalendarDate | null;
  readonly laterAmount: Cost | null;
  readonly laterReclaimableTax: Cost | null;
};

type Paid = Pick<MonthlyExpense, 'amount' | 'reclaimableTax'>;
/** What it becomes on a later day. */
export type Later = Pick<MonthlyExpense, 'laterOn' | 'laterAmount' | 'laterReclaimableTax'>;

export const NOT_LATER: Later = { laterOn: null, laterAmount: null, laterReclaimableTax: null };

/** What it books on this day. */
export function paidOn({ amount, reclaimableTax, ...later }: Paid & Later, on: CalendarDate): Paid {
  const { laterOn, laterAmount, laterReclaimableTax } = later;
  if (laterOn === null || laterAmount === null || on < laterOn) return { amount, reclaimableTax };
  return { amount: laterAmount, reclaimableTax: laterReclaimableTax };
}

/** What stands of it once it books next on this day: a change that has come is what it is. */
export function movedOn(monthly: Paid & Later, nextOn: CalendarDate): Paid & Later {
  const { laterOn, laterAmount, laterReclaimableTax } = monthly;
  const later = laterOn === null || laterOn <= nextOn ? NOT_LATER : { laterOn, laterAmount, laterReclaimableTax };
  return { ...paidOn(monthly, nextOn), ...later };
}

/** When it books, as far as that is decided. */
type Course = Pick<MonthlyExpense, 'day' | 'nextOn' | 'untilOn'>;

/** So many months are booked at once; what begins longer ago is most likely a slip. */
export const MOST_MONTHS = 60;

/** It books no more. */
export function hasEnded({ nextOn, untilOn }: Course): boolean {
  return untilOn !== null && nextOn > untilOn;
}

/** Its next day is its last one. */
export function isLast(course: Course): boolean {
  return !hasEnded(course) && hasEnded({ ...course, nextOn: addMonths(course.nextOn, 1, course.day) });
}

/**
 * Its days up to today, each month once and none ahead, and the day on which it books next. What falls into closed months
 * waits, and so does all that follows, until somebody says from which day on it goes on.
 * @param closed the last closed day
 */
export function booksUpTo(
  today: CalendarDate,
  course: Course,
  closed: CalendarDate | null = null,
): { readonly days: readonly CalendarDate[]; readonly nextOn: CalendarDate } {
  const days: CalendarDate[] = [];
  const isOpen = (day: CalendarDate) => closed === null || day > closed;
  let { nextOn } = course;
  while (nextOn <= today && !hasEnded({ ...course, nextOn }) && isOpen(nextOn)) {
    days.push(nextOn);
    nextOn = addMonths(nextOn, 1, course.day);
  }
  return { days, nextOn };
}

/** Whether it has a day to come between these; a bound that is left out is none. */
export function comesBetween(
  course: Course,
  { from, to }: { readonly from?: CalendarDate | undefined; readonly to?: CalendarDate | undefined },
): boolean {
  let { nextOn } = course;
  const first = from ?? nextOn;
  nextOn = addMonths(nextOn, Math.max(0, monthOf(first) - monthOf(nextOn)), course.day);
  if (nextOn < first && first < LAST_MONTH) nextOn = addMonths(nextOn, 1, course.day);
  return nextOn >= first && !hasEnded({ ...course, nextOn }) && (to === undefined || nextOn <= to);
}

/** No day comes after it. */
const LAST_MONTH = '9999-12';

/** Counted from the year 0. */
function monthOf(day: CalendarDate): number {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return year * 12 + month;
}

/** Its days before this one, which are left out where it books next on that. */
export function daysBefore(day: CalendarDate, course: Course): readonly CalendarDate[] {
  return booksUpTo(addDays(day, -1), course).days;
}

/** That its next day lies in closed months, for which it waits; and its first day behind them, where it has one. */
export type Waits = { readonly closedThrough: CalendarDate; readonly goesOnFrom: CalendarDate | null };

/** @returns null where it does not wait */
export function waitsFor(course: Course, closedThrough: CalendarDate | null): Waits | null {
  if (closedThrough === null || course.nextOn > closedThrough || hasEnded(course)) return null;
  let { nextOn } = course;
  while (nextOn <= closedThrough) nextOn = addMonths(nextOn, 1, course.day);
  return { closedThrough, goesOnFrom: hasEnded({ ...course, nextOn }) ? null : nextOn };
}

/**
 * Most likely the same, entered twice: as much every month from the same vendor, or, where one has none, under words of
 * the other or on the same day.
 */
export function looksLike(one: MonthlyExpense, other: MonthlyExpense): boolean {
  if (one.amount !== other.amount) return false;
  if (one.vendor !== null && other.vendor !== null) return sameName(one.vendor) === sameName(other.vendor);
  return one.day === other.day || isOneName(one.description, other.description);
}
