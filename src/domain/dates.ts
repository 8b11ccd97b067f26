// Plain calendar dates and instants, as ISO text, in a business's IANA time zone. No clock of its own: the present
// instant is always passed in.
import { invalid, quoted } from './errors.ts';
import { says } from './message.ts';

declare const brand: unique symbol;

/** `2026-11-22`: a day on the business's calendar. */
export type CalendarDate = string & { readonly [brand]: 'day' };
/** `2026-11-22T19:25:39.000Z`: a moment. */
export type Instant = string & { readonly [brand]: 'instant' };

/** Earlier than any that is written. */
export const BEFORE_EVERY_DAY = calendarDate('0000-01-01');

const FIRST_YEAR = 1970;
const LAST_YEAR = 2199;

/** @throws Problem where the text is not a date or the day does not exist (2026-02-30). */
export function parseDate(written: string, field: string): CalendarDate {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(written.trim());
  if (match === null) throw invalid(field, says('date.unreadable', { said: quoted(written) }));
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) {
    throw invalid(field, says('date.not-on-the-calendar', { said: quoted(written) }));
  }
  if (year < FIRST_YEAR || year > LAST_YEAR)
    throw invalid(field, says('date.out-of-range', { said: quoted(written), first: FIRST_YEAR, last: LAST_YEAR }));
  return calendarDate(match[0]);
}

/** A day that is known to be one: as the store kept it, or as it is written here. What people write is parsed. */
export function calendarDate(text: string): CalendarDate {
  if (!isWrittenAsDay(text)) throw new RangeError(`not a day: ${text}`);
  return text;
}

/** A moment that is known to be one, in UTC, to the millisecond. */
export function instant(text: string): Instant {
  if (!isInstant(text)) throw new RangeError(`not an instant: ${text}`);
  return text;
}

/** Milliseconds since 1970. */
export function instantAt(ms: number): Instant {
  return instant(new Date(ms).toISOString());
}

function isWrittenAsDay(text: string): text is CalendarDate {
  return /^\d{4}-\d{2}-\d{2}$/.test(text);
}

/** Written as a moment, and not as a day. */
export function isInstant(text: string): text is Instant {
  return /^([+-]\d{2})?\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(text);
}

/** The instant so many milliseconds on; before it where they are below 0. */
export function plusMs(from: Instant, ms: number): Instant {
  return instantAt(Date.parse(from) + ms);
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  const moment = new Date(`${date}T00:00:00Z`);
  moment.setUTCDate(moment.getUTCDate() + days);
  return calendarDate(moment.toISOString().slice(0, 10));
}

/** That day of the month so many months on, or the last one of a shorter month. @param day else that of the date */
export function addMonths(date: CalendarDate, months: number, day = Number(date.slice(8))): CalendarDate {
  const [year = 0, month = 1] = date.split('-').map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  const moment = new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastOfMonth)));
  return calendarDate(moment.toISOString().slice(0, 10));
}

/** Days from one date to another; below 0 where the other is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;
}

/** The calendar day at this instant in the zone. */
export function dayAt(at: Instant, zone: string): CalendarDate {
  // Every look at the books asks for today. Clocks show the same minute for a minute, in every zone.
  const minute = at.slice(0, 'YYYY-MM-DDTHH:MM'.length);
  const last = days.get(zone);
  if (last?.minute === minute) return last.day;
  const day = calendarDate(wallClock(at, zone).slice(0, 10));
  days.set(zone, { minute, day });
  return day;
}
const days = new Map<string, { readonly minute: string; readonly day: CalendarDate }>();

/** `2026-11-22 14:05` in the zone: how a moment is shown to the business. */
export function wallClock(at: Instant, zone: string): string {
  const [, month, day, year, clock] = AS_FORMATTED.exec(clockOf(zone).format(new Date(at))) ?? [];
  if (clock === undefined) throw new Error('clocks are written otherwise here');
  return `${year}-${month}-${day} ${clock}`;
}

/** As the formatter below writes it: `11/22/2026, 14:05`. */
const AS_FORMATTED = /^(\d\d)\/(\d\d)\/(\d{4}), (\d\d:\d\d)$/;

/** True for an IANA zone such as `America/Chicago`; offsets such as `+02:00` know no clock change and are refused. */
export function isTimeZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    clockOf(zone);
    return true;
  } catch {
    return false;
  }
}

// Building a formatter costs far more than using it.
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  clocks.set(zone, made);
  return made;
}
