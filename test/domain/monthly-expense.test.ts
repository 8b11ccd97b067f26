import { describe, expect, it } from 'vitest';
import { calendarDate } from '../../src/domain/dates.ts';
import { booksUpTo, hasEnded, waitsFor } from '../../src/domain/monthly-expense.ts';

const on = (day: number, nextOn: string, untilOn: string | null = null) => ({
  ...{ day, nextOn: calendarDate(nextOn), untilOn: untilOn === null ? null : calendarDate(untilOn) },
});

describe('what comes every month', () => {
  it('books each month once up to today, and none ahead', () => {
    expect(booksUpTo(calendarDate('2026-03-04'), on(5, '2026-01-05'))).toEqual({
      days: ['2026-01-05', '2026-02-05'],
      nextOn: '2026-03-05',
    });
    expect(booksUpTo(calendarDate('2026-03-05'), on(5, '2026-03-05')).days).toEqual(['2026-03-05']);
  });

  it('on the 31st comes on the last day of a shorter month, and on the 31st again', () => {
    const { days, nextOn } = booksUpTo(calendarDate('2026-04-30'), on(31, '2025-12-31'));
    expect(days).toEqual(['2025-12-31', '2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30']);
    expect(nextOn).toBe('2026-05-31');
  });

  it('books on its last day, and never behind it', () => {
    const ended = booksUpTo(calendarDate('2027-01-01'), on(5, '2026-01-05', '2026-02-05'));
    expect(ended).toEqual({ days: ['2026-01-05', '2026-02-05'], nextOn: '2026-03-05' });
    expect(hasEnded(on(5, '2026-03-05', '2026-02-05'))).toBe(true);
    expect(hasEnded(on(5, '2026-02-05', '2026-02-05'))).toBe(false);
  });

  it('waits where its day lies in closed months', () => {
    const waiting = booksUpTo(calendarDate('2026-04-10'), on(5, '2026-02-05'), calendarDate('2026-02-28'));
    expect(waiting).toEqual({ days: [], nextOn: '2026-02-05' });
    const lastClosed = booksUpTo(calendarDate('2026-04-10'), on(28, '2026-02-28'), calendarDate('2026-02-28'));
    expect(lastClosed).toEqual({ days: [], nextOn: '2026-02-28' });
  });

  it('could go on from its first day in open months', () => {
    const closed = calendarDate('2026-04-30');
    expect(waitsFor(on(31, '2026-01-31'), closed)).toEqual({ closedThrough: closed, goesOnFrom: '2026-05-31' });
    expect(waitsFor(on(5, '2026-01-05', '2026-03-05'), closed)?.goesOnFrom).toBeNull();
    expect(waitsFor(on(5, '2026-05-05'), closed)).toBeNull();
    expect(waitsFor(on(5, '2026-02-05', '2026-01-31'), closed)).toBeNull();
    expect(waitsFor(on(5, '2026-01-05'), null)).toBeNull();
  });
});
