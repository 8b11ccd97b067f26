// Where a day begins in the zone of the business.
import { dayAt, instantAt, type CalendarDate, type Instant } from '../../domain/dates.ts';

/** The first moment of a day in the zone. Days only follow each other, so that halving finds it to the minute. */
export function startOfDay(date: CalendarDate, zone: string): Instant {
  const minute = 60_000;
  const midnight = Date.parse(`${date}T00:00:00Z`) / minute;
  let [before, after] = [midnight - 16 * 60, midnight + 16 * 60];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (dayAt(instantAt(middle * minute), zone) < date) before = middle;
    else after = middle;
  }
  return instantAt(after * minute);
}
