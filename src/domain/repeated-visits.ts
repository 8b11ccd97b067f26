// Visits that repeat: on which days they fall. Each is a visit of its own, so that one can be moved or called off alone.
import { addDays, addMonths, type CalendarDate } from './dates.ts';
import { invalid, quoted } from './errors.ts';
import { says } from './message.ts';

/** How often, and by how many days or months. */
const STEPS = {
  day: { days: 1 },
  week: { days: 7 },
  '2 weeks': { days: 14 },
  '4 weeks': { days: 28 },
  month: { months: 1 },
  '3 months': { months: 3 },
  '6 months': { months: 6 },
  year: { months: 12 },
} as const;
export type Every = keyof typeof STEPS;
export const EVERY = [
  'day',
  'week',
  '2 weeks',
  '4 weeks',
  'month',
  '3 months',
  '6 months',
  'year',
] as const satisfies Every[];

/** Booked at once: nearly two years of a weekly visit. */
export const MOST_VISITS = 100;

export type Repeats = { readonly every: Every; readonly until: CalendarDate };

/**
 * The first day and every later one until the last, that day too. A month has the same day of the month, or its last
 * where it is shorter: the 31st of January is followed by the 28th of February and the 31st of March.
 * @throws Problem where there would be no second visit, or more than can be booked at once
 */
export function repeatedDays(first: CalendarDate, { every, until }: Repeats): CalendarDate[] {
  const days: CalendarDate[] = [];
  for (let day = first; day <= until; day = stepped(first, every, days.length)) {
    if (days.length === MOST_VISITS)
      throw invalid(
        'repeats',
        says('visit.repeats-too-often', { most: MOST_VISITS, until, last: days.at(-1) ?? first }),
      );
    days.push(day);
  }
  if (days.length > 1) return days;
  const next = stepped(first, every, 1);
  throw invalid('repeats', says('visit.repeats-never', { every, first, until: quoted(until), next }));
}

/** So many steps after the first day. Months are counted from it, so that a short one shortens no other. */
function stepped(first: CalendarDate, every: Every, steps: number): CalendarDate {
  const step = STEPS[every];
  return 'days' in step ? addDays(first, steps * step.days) : addMonths(first, steps * step.months);
}
