// When left-over files may be tidied away. A book that was put in place a moment ago is not taken at its word, and
// neither is a clock that was set.
import type { Said } from './message.ts';
import { calendarDate, plusMs, type CalendarDate, type Instant } from './dates.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Bytes that no record names are left in their place this long: the write that they were stored for may be under way. */
export const LEFT_OVER_MS = DAY_MS;
/** What was tidied away lies in the trash this long. */
const IN_TRASH_MS = 30 * DAY_MS;

export type Sweeping = {
  /** What the book and its folder were when it began to count. */
  readonly place: string;
  readonly since: Instant;
  readonly sweptAt: Instant | null;
  /** Why it never is done, in words. */
  readonly withheld: Said | null;
};

/** `begin`: the waiting starts now, since something is not as it was. */
export type SweepStep = 'never' | 'begin' | 'wait' | 'sweep';

export function sweepStep(kept: Sweeping | null, place: string, now: Instant): SweepStep {
  if (kept !== null && kept.withheld !== null) return 'never';
  if (kept === null || kept.place !== place) return 'begin';
  const waited = msBetween(kept.since, now);
  const rested = kept.sweptAt === null ? DAY_MS : msBetween(kept.sweptAt, now);
  // The clock was set back, or was ahead then.
  if (!(waited >= 0 && rested >= 0)) return 'begin';
  return waited >= HOUR_MS && rested >= DAY_MS ? 'sweep' : 'wait';
}

/**
 * The day before which what went to the trash is emptied. It goes by the sweep before this one: a clock that is ahead
 * for a while empties nothing by itself.
 * @returns null where there was no sweep before
 */
export function trashDueBefore(sweptBefore: Instant | null): CalendarDate | null {
  if (sweptBefore === null) return null;
  return calendarDate(plusMs(sweptBefore, -IN_TRASH_MS).slice(0, 10));
}

function msBetween(from: Instant, to: Instant): number {
  return Date.parse(to) - Date.parse(from);
}
