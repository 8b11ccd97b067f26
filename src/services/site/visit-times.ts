// When visits are: from what was said to moments, in the zone of the business.
import { later, LONGEST_MINUTES, minutesOf, timeInWords, type Span } from '../../domain/appointment.ts';
import { addDays, calendarDate, daysBetween, wallClock, type CalendarDate, type Instant } from '../../domain/dates.ts';
import { invalid } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';
import { repeatedDays, type Repeats } from '../../domain/repeated-visits.ts';
import type * as when from '../resolve/appointment-time.ts';

/** What a wall clock means, loaded before the books are opened. */
export type Clock = typeof when;
export type Local = { readonly clock: Clock; readonly timeZone: string };

export type Times = {
  readonly starts?: string | undefined;
  readonly minutes?: number | undefined;
  readonly ends?: string | undefined;
};

/** Moved as a whole unless it is said to last longer or shorter. */
export function spanAfter(before: Span, input: Times, local: Local): Span {
  const startsAt =
    input.starts === undefined ? before.startsAt : local.clock.instantOf(input.starts, 'starts', local.timeZone);
  return spanFrom(startsAt, minutesOf(before), input, local);
}

export function spanFrom(startsAt: Instant, usual: number, { minutes, ends }: Times, { clock, timeZone }: Local): Span {
  if (minutes !== undefined && ends !== undefined) throw invalid('ends', says('visit.ends-or-minutes'));
  const endsAt = ends === undefined ? later(startsAt, minutes ?? usual) : clock.instantOf(ends, 'ends', timeZone);
  const length = minutesOf({ startsAt, endsAt });
  if (length <= 0) {
    throw invalid('ends', says('visit.ends-before-it-starts', { starts: timeInWords(startsAt, timeZone) }));
  }
  if (length > LONGEST_MINUTES) throw invalid('ends', says('visit.too-long'));
  return { startsAt, endsAt };
}

/** A day and a time on the clock of the business. */
type Shown = { readonly day: CalendarDate; readonly time: string };

export function shownAt(at: Instant, zone: string): Shown {
  const [day = '', time = ''] = wallClock(at, zone).split(' ');
  return { day: calendarDate(day), time };
}

/** The first span, and the same by the clock on every day on which it repeats, however the clock is changed between. */
export function repeatedSpans(first: Span, repeats: Repeats, { clock, timeZone }: Local): Span[] {
  const start = shownAt(first.startsAt, timeZone);
  const end = shownAt(first.endsAt, timeZone);
  return repeatedDays(start.day, repeats).map((day, index) => {
    if (index === 0) return first;
    const startsAt = clock.usualInstant(day, start.time, timeZone);
    const endsAt = clock.usualInstant(addDays(day, daysBetween(start.day, end.day)), end.time, timeZone);
    // An hour that the clock skips may leave no time between the two.
    return { startsAt, endsAt: endsAt > startsAt ? endsAt : later(startsAt, minutesOf(first)) };
  });
}

/** How one of several visits moves with the one that was said to: by as many days, to the same time. */
export function movedAlong(visit: Span, [from, to]: readonly [Span, Span], { clock, timeZone }: Local): Span {
  const [was, is] = [shownAt(from.startsAt, timeZone), shownAt(to.startsAt, timeZone)];
  const day = addDays(shownAt(visit.startsAt, timeZone).day, daysBetween(was.day, is.day));
  const startsAt = from.startsAt === to.startsAt ? visit.startsAt : clock.usualInstant(day, is.time, timeZone);
  const isAsLong = minutesOf(from) === minutesOf(to);
  return { startsAt, endsAt: later(startsAt, minutesOf(isAsLong ? visit : to)) };
}
