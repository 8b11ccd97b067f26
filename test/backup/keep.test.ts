// Which backups stay, and when the next is due.
import { array, assert, date, integer, pre, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isDue, notKept } from '../../src/backup/keep.ts';

const at = (madeAt: string) => ({ madeAt });
const times = (all: readonly { madeAt: string }[]) => all.map(({ madeAt }) => madeAt).toSorted();

describe('what is deleted', () => {
  test('is all but the newest of each of the last days, weeks from Monday, and months', () => {
    const all = [
      ...['2026-11-28T02:00:00.000Z', '2026-11-27T22:00:00.000Z', '2026-11-27T02:00:00.000Z'],
      ...['2026-11-26T02:00:00.000Z', '2026-11-22T23:59:59.999Z', '2026-11-16T00:00:00.000Z'],
      ...[
        '2026-11-15T02:00:00.000Z',
        '2026-10-30T02:00:00.000Z',
        '2026-10-02T02:00:00.000Z',
        '2025-12-31T02:00:00.000Z',
      ],
    ];
    const kept = (days: number, weeks: number, months: number) => {
      const gone = new Set(times(notKept(all.map(at), { days, weeks, months })));
      return all.filter((each) => !gone.has(each)).map((each) => each.slice(0, 13));
    };
    expect(kept(2, 0, 0)).toEqual(['2026-11-28T02', '2026-11-27T22']);
    expect(kept(0, 3, 0)).toEqual(['2026-11-28T02', '2026-11-22T23', '2026-11-15T02']);
    expect(kept(0, 0, 3)).toEqual(['2026-11-28T02', '2026-10-30T02', '2025-12-31T02']);
    expect(kept(3, 2, 2)).toEqual([
      ...['2026-11-28T02', '2026-11-27T22', '2026-11-26T02', '2026-11-22T23', '2026-10-30T02'],
    ]);
  });

  test('is never the newest, and never anything of a time when fewer were made than stay', () => {
    const moment = date({ min: new Date('2024-01-01'), max: new Date('2027-01-01'), noInvalidDate: true });
    const count = integer({ min: 0, max: 5 });
    assert(
      property(array(moment, { minLength: 1 }), count, count, count, (dates, days, weeks, months) => {
        pre(days + weeks + months > 0);
        const all = dates.map((each) => at(each.toISOString()));
        const gone = notKept(all, { days, weeks, months });
        const left = all.filter((each) => !gone.includes(each));
        expect(times(left).at(-1)).toBe(times(all).at(-1));
        const daysOf = (some: typeof all) => new Set(some.map(({ madeAt }) => madeAt.slice(0, 10)));
        expect(daysOf(left).size).toBeGreaterThanOrEqual(Math.min(days, daysOf(all).size));
        // Done again it takes nothing more.
        expect(notKept(left, { days, weeks, months })).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the next one is due', () => {
  const DAY = 86_400_000;
  const now = new Date('2026-11-28T02:00:00.000Z');
  test.each([
    ['where there is none', null, true],
    ['after as long as was asked for', '2026-11-27T02:00:00.000Z', true],
    ['some seconds early, so that a daily job does not skip every other day', '2026-11-27T02:00:40.000Z', true],
    ['not after half of it', '2026-11-27T14:00:00.000Z', false],
    ['where the last is of the future, by a clock that was wrong', '2027-06-01T02:00:00.000Z', true],
  ])('%s', (_, madeAt, due) => {
    expect(isDue(madeAt === null ? null : { madeAt }, DAY, now)).toBe(due);
  });
});
