import { describe, expect, test } from 'vitest';
import { parseDate } from '../../src/domain/dates.ts';
import { Problem } from '../../src/domain/errors.ts';
import { MOST_VISITS, repeatedDays, type Every } from '../../src/domain/repeated-visits.ts';

function days(first: string, every: Every, until: string): string[] {
  return repeatedDays(parseDate(first, 'starts'), { every, until: parseDate(until, 'until') });
}

function refusal(first: string, every: Every, until: string) {
  try {
    days(first, every, until);
  } catch (error) {
    if (error instanceof Problem) return error.said;
  }
  return null;
}

describe('visits that repeat', () => {
  test('every Friday until the last Friday before the day, or that day too', () => {
    expect(days('2026-03-06', 'week', '2026-03-26')).toEqual(['2026-03-06', '2026-03-13', '2026-03-20']);
    expect(days('2026-03-06', 'week', '2026-03-27').at(-1)).toBe('2026-03-27');
    expect(days('2026-03-06', '2 weeks', '2026-04-03')).toEqual(['2026-03-06', '2026-03-20', '2026-04-03']);
    expect(days('2026-03-30', 'day', '2026-04-01')).toEqual(['2026-03-30', '2026-03-31', '2026-04-01']);
    expect(days('2026-03-06', '4 weeks', '2026-04-03')).toEqual(['2026-03-06', '2026-04-03']);
  });

  test('every month on its day, on the last one where the month is shorter, and on its day again after', () => {
    expect(days('2027-12-31', 'month', '2028-04-30')).toEqual([
      '2027-12-31',
      '2028-01-31',
      '2028-02-29',
      '2028-03-31',
      '2028-04-30',
    ]);
    expect(days('2026-11-30', '3 months', '2027-06-01')).toEqual(['2026-11-30', '2027-02-28', '2027-05-30']);
    expect(days('2026-08-31', '6 months', '2027-02-28')).toEqual(['2026-08-31', '2027-02-28']);
    expect(days('2028-02-29', 'year', '2030-03-01')).toEqual(['2028-02-29', '2029-02-28', '2030-02-28']);
  });

  test('at most so many at once, saying until when they would reach', () => {
    expect(days('2026-01-01', 'day', '2026-04-10')).toHaveLength(MOST_VISITS);
    expect(refusal('2026-01-01', 'day', '2026-04-11')).toEqual({
      code: 'visit.repeats-too-often',
      facts: { most: MOST_VISITS, until: '2026-04-11', last: '2026-04-10' },
    });
  });

  test('one visit repeats nothing', () => {
    for (const until of ['2026-03-12', '2026-01-01'])
      expect(refusal('2026-03-06', 'week', until)).toMatchObject({
        code: 'visit.repeats-never',
        facts: { every: 'week', first: '2026-03-06', next: '2026-03-13' },
      });
  });
});
