// An appointment: a span of time with a customer, who goes, and how it is told in the business's own time.
import { plusMs, wallClock, type Instant } from './dates.ts';
import { nameKey } from './terms.ts';
import type { Named } from './named.ts';

export const APPOINTMENT_STATUSES = ['scheduled', 'done', 'cancelled'] as const;
export type AppointmentStatus = (typeof APPOINTMENT_STATUSES)[number];

export const USUAL_MINUTES = 60;
/** Two weeks. Whatever overlaps a moment began at most this long before it, which keeps looking for it short. */
export const LONGEST_MINUTES = 14 * 24 * 60;

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

export type Span = { readonly startsAt: Instant; readonly endsAt: Instant };

export type Appointment = Span & {
  readonly id: number;
  readonly isSample: boolean;
  readonly customer: Named;
  readonly job: Named | null;
  readonly title: string;
  /** The zone in which the time was said. The instants stay what they are where the business moves. */
  readonly timeZone: string;
  readonly status: AppointmentStatus;
  readonly place: string | null;
  readonly notes: string | null;
  /** Who goes. */
  readonly people: readonly string[];
  /** Counts up from 0 with every change, for calendars that hold an earlier one. */
  readonly revision: number;
  readonly createdAt: Instant;
  /** The number of the first of the visits that repeat, this one among them; null where it stands alone. */
  readonly seriesId: number | null;
};

export function later(instant: Instant, minutes: number): Instant {
  return plusMs(instant, minutes * MINUTE_MS);
}

export function minutesOf({ startsAt, endsAt }: Span): number {
  return (Date.parse(endsAt) - Date.parse(startsAt)) / MINUTE_MS;
}

/** Nobody can be at both: somebody goes to each, or of each it is not said who goes. Both stand at one time. */
export function shareTheirPeople(one: readonly string[], other: readonly string[]): boolean {
  const keys = new Set(one.map(nameKey));
  return one.length + other.length === 0 || other.some((person) => keys.has(nameKey(person)));
}

/** `Tue 2026-03-10 09:00–10:00` in the zone. */
export function spanInWords({ startsAt, endsAt }: Span, zone: string): string {
  const start = momentInWords(startsAt, zone);
  const end = momentInWords(endsAt, zone);
  return start.day === end.day ? `${start.day} ${start.time}–${end.time}` : `${inOne(start)} – ${inOne(end)}`;
}

/** `Tue 2026-03-10 09:00` on the zone's clock. */
export function timeInWords(instant: Instant, zone: string): string {
  return inOne(momentInWords(instant, zone));
}

/** `2026-03-10T09:00-05:00` in the zone: the moment and the local time in one. */
export function localTime(instant: Instant, zone: string): string {
  return `${wallClock(instant, zone).replace(' ', 'T')}${offsetText(offsetAt(instant, zone))}`;
}

function inOne({ day, time }: { day: string; time: string }): string {
  return `${day} ${time}`;
}

function momentInWords(instant: Instant, zone: string): { day: string; time: string } {
  const [date = '', time = ''] = wallClock(instant, zone).split(' ');
  // The hour that the clock shows twice in autumn needs to say which of the two it is.
  const which = isRepeated(instant, zone) ? ` (${offsetText(offsetAt(instant, zone))})` : '';
  return { day: `${weekdayOf(date)} ${date}`, time: `${time}${which}` };
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

/** `Tue` of a day on the calendar. */
export function weekdayOf(date: string): string {
  return WEEKDAYS[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? '';
}

/** Minutes by which the zone's clock is ahead of UTC at the instant. */
function offsetAt(instant: Instant, zone: string): number {
  const shown = Date.parse(`${wallClock(instant, zone).replace(' ', 'T')}:00Z`);
  return Math.round((shown - Date.parse(instant)) / MINUTE_MS);
}

function offsetText(minutes: number): string {
  const [hours, rest] = [Math.trunc(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}

/** True where the clock shows this time twice, because it is turned back. */
function isRepeated(instant: Instant, zone: string): boolean {
  const turnedBack = offsetAt(later(instant, -DAY_MINUTES), zone) - offsetAt(later(instant, DAY_MINUTES), zone);
  if (turnedBack <= 0) return false;
  const shown = wallClock(instant, zone);
  return [turnedBack, -turnedBack].some((minutes) => wallClock(later(instant, minutes), zone) === shown);
}
