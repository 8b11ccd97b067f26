// What a business's clock says and the moment it means, on the days on which clocks are changed above all.
import { calendarDate } from '../../../src/domain/dates.ts';
import { describe, expect, test } from 'vitest';
import { daysIn, instantOf, usualInstant } from '../../../src/services/resolve/appointment-time.ts';
import { refusal } from '../../support/refusal.ts';

const at = (spoken: string, zone: string) => instantOf(spoken, 'starts', zone);
const hours = (zone: string, from: string, to = from) => {
  const { startsAt, endsAt } = daysIn(zone, calendarDate(from), calendarDate(to));
  return (Date.parse(endsAt) - Date.parse(startsAt)) / 3_600_000;
};

describe('a time is read in the zone of the business', () => {
  test.each([
    ['2026-03-12T09:00', 'America/Chicago', '2026-03-12T14:00:00.000Z'],
    ['2026-01-12 09:00', 'America/Chicago', '2026-01-12T15:00:00.000Z'],
    [' 2026-03-12t09:00:00 ', 'America/Chicago', '2026-03-12T14:00:00.000Z'],
    ['2026-03-12T09:00-05:00', 'Europe/London', '2026-03-12T14:00:00.000Z'],
    ['2026-03-12T09:00:00.000Z', 'Australia/Lord_Howe', '2026-03-12T09:00:00.000Z'],
    ['2026-03-12 09:00+0530', 'Europe/London', '2026-03-12T03:30:00.000Z'],
    ['2026-06-12T09:00', 'Asia/Kathmandu', '2026-06-12T03:15:00.000Z'],
    ['2028-02-29T23:59', 'Pacific/Kiritimati', '2028-02-29T09:59:00.000Z'],
  ])('%s in %s is %s', (spoken, zone, instant) => expect(at(spoken, zone)).toBe(instant));
});

/** Zone, then the hour that is skipped with what surrounds it, then the hour that comes twice. */
const CHANGES = [
  [
    'America/Chicago',
    '2026-03-08T02:30',
    ['2026-03-08T01:30-06:00', '2026-03-08T03:30-05:00'],
    '2026-11-01T01:30',
    ['2026-11-01T01:30-05:00', '2026-11-01T01:30-06:00'],
  ],
  [
    'Europe/London',
    '2026-03-29T01:15',
    ['2026-03-29T00:15+00:00', '2026-03-29T02:15+01:00'],
    '2026-10-25T01:15',
    ['2026-10-25T01:15+01:00', '2026-10-25T01:15+00:00'],
  ],
  [
    'Australia/Lord_Howe',
    '2026-10-04T02:10',
    ['2026-10-04T01:40+10:30', '2026-10-04T02:40+11:00'],
    '2026-04-05T01:40',
    ['2026-04-05T01:40+11:00', '2026-04-05T01:40+10:30'],
  ],
] as const;

describe.each(CHANGES)('%s', (zone, skipped, around, twice, both) => {
  test('a time that the clock skips is refused, with the times before and after', () => {
    expect(refusal(() => at(skipped, zone))).toContain(
      `starts: there is no ${skipped.slice(11)} on ${skipped.slice(0, 10)} in ${zone}, because the clock is turned forward. Write ${around[0]} for the time before or ${around[1]} for the time after.`,
    );
    expect(Date.parse(at(around[1], zone))).toBeGreaterThan(Date.parse(at(around[0], zone)));
  });

  test('a time that comes twice is refused, with both', () => {
    expect(refusal(() => at(twice, zone))).toContain(
      `starts: ${twice.slice(11)} comes twice on ${twice.slice(0, 10)} in ${zone}, because the clock is turned back. Write ${both[0]} for the first or ${both[1]} for the second.`,
    );
    const [first, second] = both.map((each) => Date.parse(at(each, zone)));
    expect((second ?? 0) - (first ?? 0)).toBe(zone === 'Australia/Lord_Howe' ? 1_800_000 : 3_600_000);
  });

  test('the edges of both hours are ordinary times', () => {
    const edges =
      zone === 'Australia/Lord_Howe'
        ? ['02:00', '02:29', '02:30']
        : [`${skipped.slice(11, 13)}:00`, `${skipped.slice(11, 13)}:59`, `0${Number(skipped.slice(11, 13)) + 1}:00`];
    const [first, last, after] = edges.map((time) => () => at(`${skipped.slice(0, 10)}T${time}`, zone));
    expect(refusal(() => first?.())).toContain('turned forward');
    expect(refusal(() => last?.())).toContain('turned forward');
    expect(after?.()).toMatch(/Z$/);
  });
});

test('a day may be 23, 23.5, 24, 24.5 or 25 hours long, or not be at all', () => {
  expect(hours('America/Chicago', '2026-03-08')).toBe(23);
  expect(hours('America/Chicago', '2026-11-01')).toBe(25);
  expect(hours('America/Chicago', '2026-11-02')).toBe(24);
  expect(hours('Europe/London', '2026-03-29')).toBe(23);
  expect(hours('Europe/London', '2026-10-25')).toBe(25);
  expect(hours('Australia/Lord_Howe', '2026-10-04')).toBe(23.5);
  expect(hours('Australia/Lord_Howe', '2026-04-05')).toBe(24.5);
  expect(hours('America/Chicago', '2026-03-07', '2026-03-09')).toBe(71);
  // Samoa went over the date line: after Thursday the 29th came Saturday the 31st.
  expect(hours('Pacific/Apia', '2011-12-30')).toBe(0);
  expect(hours('Pacific/Apia', '2011-12-29', '2011-12-31')).toBe(48);
  expect(refusal(() => at('2011-12-30T09:00', 'Pacific/Apia'))).toContain(
    'Write 2011-12-29T09:00-10:00 for the time before or 2011-12-31T09:00+14:00 for the time after.',
  );
});

test('a day that begins at one o’clock, because midnight is skipped, begins there', () => {
  expect(daysIn('America/Santiago', calendarDate('2026-09-06'), calendarDate('2026-09-06'))).toEqual({
    startsAt: '2026-09-06T04:00:00.000Z',
    endsAt: '2026-09-07T03:00:00.000Z',
  });
  expect(refusal(() => at('2026-09-06T00:30', 'America/Santiago'))).toContain('there is no 00:30');
});

test('a time that nobody said falls on the next there is', () => {
  expect(usualInstant(calendarDate('2026-03-12'), '09:00', 'America/Chicago')).toBe('2026-03-12T14:00:00.000Z');
  expect(usualInstant(calendarDate('2026-03-08'), '02:30', 'America/Chicago')).toBe('2026-03-08T08:30:00.000Z');
});

test.each([
  [
    'tomorrow at 9',
    'is not a time. Write the local time like 2026-03-12T09:00, or with an offset like 2026-03-12T09:00-05:00.',
  ],
  ['2026-03-12', 'says no time of day'],
  ['09:00', 'is not a time'],
  ['2026-3-12T9:00', 'is not a time'],
  ['2026-03-12T09:00:30', 'is not a time'],
  ['2026-03-12T09:00[America/Chicago]', 'is not a time'],
  ['2026-03-12T24:00', 'which runs from 00:00 to 23:59'],
  ['2026-03-12T09:60', 'which runs from 00:00 to 23:59'],
  ['2026-02-30T09:00', 'is not a day on the calendar'],
  ['2026-03-12T09:00+25:00', 'has no real offset'],
  ['1999-03-12T09:00', 'Check the year'],
  ['9999-03-12T09:00', 'Check the year'],
  ['', 'is not a time'],
])('%j is refused: it %s', (spoken, words) => {
  expect(refusal(() => at(spoken, 'America/Chicago'))).toContain(words);
});
