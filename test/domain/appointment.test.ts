import { instantAt } from '../../src/domain/dates.ts';
import { describe, expect, test } from 'vitest';
import { localTime, minutesOf, shareTheirPeople, spanInWords } from '../../src/domain/appointment.ts';

const moment = (written: string) => instantAt(Date.parse(written));
const span = (startsAt: string, endsAt: string) => ({ startsAt: moment(startsAt), endsAt: moment(endsAt) });

describe('a span in words', () => {
  test.each([
    ['2026-03-10T14:00:00Z', '2026-03-10T15:00:00Z', 'America/Chicago', 'Tue 2026-03-10 09:00–10:00'],
    ['2026-03-10T14:00:00Z', '2026-03-10T15:00:00Z', 'Australia/Lord_Howe', 'Wed 2026-03-11 01:00–02:00'],
    ['2026-03-11T03:00:00Z', '2026-03-11T07:00:00Z', 'America/Chicago', 'Tue 2026-03-10 22:00 – Wed 2026-03-11 02:00'],
    // Two hours on the clock, one that passes.
    ['2026-03-08T07:30:00Z', '2026-03-08T08:30:00Z', 'America/Chicago', 'Sun 2026-03-08 01:30–03:30'],
    ['2026-11-01T06:30:00Z', '2026-11-01T07:30:00Z', 'America/Chicago', 'Sun 2026-11-01 01:30 (-05:00)–01:30 (-06:00)'],
    ['2026-11-01T07:30:00Z', '2026-11-01T08:30:00Z', 'America/Chicago', 'Sun 2026-11-01 01:30 (-06:00)–02:30'],
    ['2026-10-25T00:59:00Z', '2026-10-25T02:00:00Z', 'Europe/London', 'Sun 2026-10-25 01:59 (+01:00)–02:00'],
    [
      '2026-04-04T14:45:00Z',
      '2026-04-04T15:15:00Z',
      'Australia/Lord_Howe',
      'Sun 2026-04-05 01:45 (+11:00)–01:45 (+10:30)',
    ],
    ['2026-04-04T14:15:00Z', '2026-04-04T14:25:00Z', 'Australia/Lord_Howe', 'Sun 2026-04-05 01:15–01:25'],
  ])('%s to %s in %s: %s', (startsAt, endsAt, zone, words) => {
    expect(spanInWords(span(startsAt, endsAt), zone)).toBe(words);
  });
});

test('a local time says its offset, half hours and the west included', () => {
  expect(localTime(moment('2026-03-10T14:00:00Z'), 'America/Chicago')).toBe('2026-03-10T09:00-05:00');
  expect(localTime(moment('2026-03-10T14:00:00Z'), 'America/St_Johns')).toBe('2026-03-10T11:30-02:30');
  expect(localTime(moment('2026-03-10T14:00:00Z'), 'UTC')).toBe('2026-03-10T14:00+00:00');
});

test('lengths are of the time that passes', () => {
  expect(minutesOf(span('2026-11-01T06:30:00.000Z', '2026-11-01T07:30:00.000Z'))).toBe(60);
});

test.each([
  [['Tom'], ['tom', 'Ann'], true],
  [['Tom Baker'], ['Baker, Tom'], true],
  [['Tom'], ['Ann'], false],
  [['Tom'], [], false],
  [[], ['Tom'], false],
  [[], [], true],
])('%j and %j stand in each other’s way: %s', (one, other, expected) => {
  expect(shareTheirPeople(one, other)).toBe(expected);
});
