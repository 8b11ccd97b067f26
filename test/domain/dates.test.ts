import { BEFORE_EVERY_DAY, calendarDate, instant, instantAt } from '../../src/domain/dates.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayAt, isTimeZone, parseDate, wallClock } from '../../src/domain/dates.ts';
import { refusal } from '../support/refusal.ts';

const FIRST_DAY = Date.UTC(1970, 0, 1);
const DAYS = (Date.UTC(2200, 0, 1) - FIRST_DAY) / 86_400_000;
const dayNumber = (index: number) => new Date(FIRST_DAY + index * 86_400_000).toISOString().slice(0, 10);

describe('a date as people write it', () => {
  it('every day from 1970 to 2199 is one, and no other spelling', () => {
    expect(DAYS).toBe(84_006);
    for (let index = 0; index < DAYS; index += 1) {
      const day = dayNumber(index);
      if (parseDate(day, 'spentOn') !== day) throw new Error(`${day} is a day`);
    }
  });

  it.each(['2026-02-30', '2026-02-29', '2100-02-29', '2026-04-31', '2026-13-01', '2026-00-10', '2026-01-00'])(
    '%s is not on the calendar',
    (day) => {
      expect(refusal(() => parseDate(day, 'spentOn'))).toBe(
        `spentOn: "${day}" is not a day on the calendar. Write year-month-day, like 2026-03-31.`,
      );
    },
  );

  it.each(['2024-02-29', '2000-02-29', '2096-02-29', ' 2026-03-31 '])('%s is a day', (day) => {
    expect(parseDate(day, 'spentOn')).toBe(day.trim());
  });

  it.each([
    '31.3.2026',
    '3/31/2026',
    '2026-3-31',
    '20260331',
    '2026-03-31T10:00',
    'today',
    '',
    '2026-03-31 x',
    '-2026-03-31',
    '２０２６-03-31',
  ])('%s is no date, and the answer shows the right form', (words) => {
    expect(refusal(() => parseDate(words, 'dueOn'))).toMatch(/^dueOn: ".*" is not a date\. Write year-month-day/);
  });

  it('a year that cannot be meant is questioned', () => {
    for (const day of ['1969-12-31', '2200-01-01', '0026-03-31']) {
      expect(refusal(() => parseDate(day, 'dueOn'))).toMatch(/Check the year|not a day on the calendar/);
    }
  });
});

describe('days later', () => {
  it('cross months, years and leap days', () => {
    expect(addDays(calendarDate('2026-01-31'), 30)).toBe('2026-03-02');
    expect(addDays(calendarDate('2024-02-28'), 1)).toBe('2024-02-29');
    expect(addDays(calendarDate('2024-02-29'), 365)).toBe('2025-02-28');
    expect(addDays(calendarDate('2025-12-31'), 1)).toBe('2026-01-01');
    expect(addDays(calendarDate('2026-03-01'), -1)).toBe('2026-02-28');
    expect(addDays(calendarDate('2026-03-31'), 0)).toBe('2026-03-31');
  });

  it('know no clock change: the day after the short and the long day is the next day', () => {
    expect(
      ['2026-03-07', '2026-03-08', '2026-10-31', '2026-11-01'].map((day) => addDays(calendarDate(day), 1)),
    ).toEqual(['2026-03-08', '2026-03-09', '2026-11-01', '2026-11-02']);
  });

  it('there and back is where it was', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60_000 }), fc.integer({ min: -10_000, max: 10_000 }), (index, days) => {
        const day = calendarDate(dayNumber(Math.max(index, 10_000)));
        expect(addDays(addDays(day, days), -days)).toBe(day);
        expect(addDays(day, days)).toBe(dayNumber(Math.max(index, 10_000) + days));
      }),
      { numRuns: 500 },
    );
  });
});

describe('what day and hour it is for the business', () => {
  it.each([
    // The last of the month, half past eleven in the evening.
    ['America/Chicago', '2026-04-01T04:30:00.000Z', '2026-03-31 23:30'],
    ['America/New_York', '2026-02-01T04:30:00.000Z', '2026-01-31 23:30'],
    ['Pacific/Pago_Pago', '2026-02-01T10:30:00.000Z', '2026-01-31 23:30'],
    ['Pacific/Kiritimati', '2026-01-31T09:30:00.000Z', '2026-01-31 23:30'],
    ['Pacific/Auckland', '2026-03-31T10:30:00.000Z', '2026-03-31 23:30'],
    ['Asia/Kathmandu', '2026-01-31T17:45:00.000Z', '2026-01-31 23:30'],
    ['UTC', '2026-01-31T23:30:00.000Z', '2026-01-31 23:30'],
    // Just before and after midnight.
    ['Europe/London', '2026-06-30T22:59:59.999Z', '2026-06-30 23:59'],
    ['Europe/London', '2026-06-30T23:00:00.000Z', '2026-07-01 00:00'],
    ['America/Los_Angeles', '2025-01-01T07:59:00.000Z', '2024-12-31 23:59'],
    // The spring clock change: 01:59 is followed by 03:00, and the day still ends at midnight.
    ['America/Chicago', '2026-03-08T07:59:00.000Z', '2026-03-08 01:59'],
    ['America/Chicago', '2026-03-08T08:00:00.000Z', '2026-03-08 03:00'],
    ['America/Chicago', '2026-03-09T04:30:00.000Z', '2026-03-08 23:30'],
    ['Europe/London', '2026-03-29T22:30:00.000Z', '2026-03-29 23:30'],
    // The autumn clock change: 01:30 twice, and 23:30 is an hour later in UTC than the day before.
    ['America/Chicago', '2026-11-01T06:30:00.000Z', '2026-11-01 01:30'],
    ['America/Chicago', '2026-11-01T07:30:00.000Z', '2026-11-01 01:30'],
    ['America/Chicago', '2026-11-02T05:30:00.000Z', '2026-11-01 23:30'],
    // Where the clock changes at midnight, and by half an hour.
    ['America/Santiago', '2026-04-05T03:30:00.000Z', '2026-04-04 23:30'],
    ['America/Santiago', '2026-04-05T04:30:00.000Z', '2026-04-05 00:30'],
    ['Australia/Lord_Howe', '2026-04-04T15:00:00.000Z', '2026-04-05 01:30'],
    // The leap day.
    ['America/Chicago', '2024-03-01T05:30:00.000Z', '2024-02-29 23:30'],
  ])('%s at %s: %s', (zone, at, wall) => {
    expect(wallClock(instant(at), zone)).toBe(wall);
    expect(dayAt(instant(at), zone)).toBe(wall.slice(0, 10));
  });

  it('through a whole year a moment is on the day before, the same day or the day after in UTC, never backwards', () => {
    for (const zone of ['America/Chicago', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kolkata']) {
      let last: string = '2025-12-31';
      for (let hour = 0; hour < 365 * 24; hour += 3) {
        const at = instantAt(Date.UTC(2026, 0, 1, hour));
        const day = dayAt(at, zone);
        if (day < last || Math.abs(Date.parse(day) - Date.parse(at.slice(0, 10))) > 86_400_000) {
          throw new Error(`${at} cannot be ${day} in ${zone}, after ${last}`);
        }
        last = day;
      }
      expect(['2026-12-31', '2027-01-01']).toContain(last);
    }
  });

  it('a zone is an IANA name, not an offset', () => {
    expect(['America/Chicago', 'Europe/London', 'UTC', 'Etc/GMT+5'].every(isTimeZone)).toBe(true);
    for (const zone of ['+02:00', '-0600', '', 'Chicago', 'America/Gotham', 'GMT+2', ' America/Chicago']) {
      expect([zone, isTimeZone(zone)]).toEqual([zone, false]);
    }
  });
});

describe('what is known to be a day or a moment', () => {
  it('is checked all the same, so that none is made of something else', () => {
    expect(calendarDate('2026-03-10')).toBe('2026-03-10');
    expect(instant('2026-03-10T17:00:00.000Z')).toBe('2026-03-10T17:00:00.000Z');
    expect(instantAt(0)).toBe('1970-01-01T00:00:00.000Z');
    for (const text of ['', '2026-3-10', '2026-03-10T17:00:00.000Z', ' 2026-03-10', 'tomorrow'])
      expect(() => calendarDate(text), text).toThrow(RangeError);
    for (const text of ['', '2026-03-10', '2026-03-10T17:00:00.000', '2026-03-10 17:00'])
      expect(() => instant(text), text).toThrow(RangeError);
    expect(() => instantAt(Number.NaN)).toThrow(RangeError);
  });

  it('stays in order as text does', () => {
    expect(BEFORE_EVERY_DAY < parseDate('1970-01-01', 'day')).toBe(true);
  });
});
