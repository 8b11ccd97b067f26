// What a business's clock says and the moment it means, clock changes included. Temporal takes longer to load than
// most calls take, so that only the tools that need it load this module, before they open the books.
import { Temporal } from 'temporal-polyfill';
import type { Span } from '../../domain/appointment.ts';
import { parseDate, type CalendarDate, type Instant, instantAt } from '../../domain/dates.ts';
import { invalid, quoted } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';

const SPOKEN = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::00(?:\.0+)?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/**
 * The moment that is meant by a local time in the zone, or by a time with an offset.
 * @throws Problem where it is not a time, or the zone's clock shows that time twice or never on that day
 */
export function instantOf(given: string, field: string, zone: string): Instant {
  const match = SPOKEN.exec(given.trim());
  if (match === null) throw invalid(field, says('time.unreadable', { said: quoted(given) }));
  const [, day = '', time, offset] = match;
  const date = parseDate(day, field);
  if (time === undefined) throw invalid(field, says('time.no-time-of-day', { said: quoted(given) }));
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time))
    throw invalid(field, says('time.not-on-the-clock', { said: quoted(given) }));
  if (date < '2000') throw invalid(field, says('date.out-of-range', { said: quoted(given), first: 2000, last: 2199 }));
  return offset === undefined
    ? momentIn(zone, Temporal.PlainDateTime.from(`${date}T${time}`), field)
    : momentAt(`${date}T${time}${offset}`, given, field);
}

function momentAt(text: string, given: string, field: string): Instant {
  try {
    return instantIn(Temporal.Instant.from(text));
  } catch {
    throw invalid(field, says('time.unreal-offset', { said: quoted(given) }));
  }
}

/** Asks the zone both ways: where the two answers differ, the clock is changed just then. */
function momentIn(zone: string, local: Temporal.PlainDateTime, field: string): Instant {
  const [first, second] = [
    local.toZonedDateTime(zone, { disambiguation: 'earlier' }),
    local.toZonedDateTime(zone, { disambiguation: 'later' }),
  ];
  if (first.equals(second)) return instantIn(first);
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
  const day = local.toPlainDate().toString();
  const [earlier, later] = [withOffset(first), withOffset(second)];
  if (first.toPlainDateTime().equals(local))
    throw invalid(field, says('time.comes-twice', { time, day, zone, first: earlier, second: later }));
  throw invalid(field, says('time.skipped', { time, day, zone, before: earlier, after: later }));
}

/** From the first moment of one day to the last of another, as long as those days are. */
export function daysIn(zone: string, from: CalendarDate, to: CalendarDate): Span {
  const start = (date: Temporal.PlainDate) => instantIn(date.toZonedDateTime(zone));
  return {
    startsAt: start(Temporal.PlainDate.from(from)),
    endsAt: start(Temporal.PlainDate.from(to).add({ days: 1 })),
  };
}

/** The moment of a local time that nobody said: where the clock skips it, the next there is. */
export function usualInstant(date: CalendarDate, time: string, zone: string): Instant {
  return instantIn(Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(zone));
}

function withOffset(moment: Temporal.ZonedDateTime): string {
  return moment.toString({ timeZoneName: 'never', smallestUnit: 'minute' });
}

function instantIn(moment: Temporal.Instant | Temporal.ZonedDateTime): Instant {
  return instantAt(moment.epochMilliseconds);
}
