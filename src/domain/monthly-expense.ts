// Overhead that comes every month: on which days it books itself.
import type { Expense } from './cost.ts';
import { addMonths, type CalendarDate } from './dates.ts';

export type MonthlyExpense = Pick<
  Expense,
  'id' | 'isSample' | 'description' | 'amount' | 'category' | 'vendor' | 'reclaimableTax'
> & {
  /** Of the month; in a shorter one its last. */
  readonly day: number;
  readonly nextOn: CalendarDate;
  /** The last day on which it may book; null: until somebody ends it. */
  readonly untilOn: CalendarDate | null;
};

/** When it books, as far as that is decided. */
type Course = Pick<MonthlyExpense, 'day' | 'nextOn' | 'untilOn'>;

/** So many months are booked at once; what begins longer ago is most likely a slip. */
export const MOST_MONTHS = 60;

/** It books no more. */
export function hasEnded({ nextOn, untilOn }: Course): boolean {
  return untilOn !== null && nextOn > untilOn;
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
