// The compiler keeps a customer's words from passing for a day, and a day from passing for a moment.
import { describe, expectTypeOf, it } from 'vitest';
import {
  addDays,
  type CalendarDate,
  calendarDate,
  dayAt,
  type Instant,
  instant,
  instantAt,
  isInstant,
  parseDate,
  plusMs,
  wallClock,
} from '../../src/domain/dates.ts';
import type { Row } from '../../src/store/journal/ledger.ts';
import type { ReadScope } from '../../src/store/scope.ts';

declare const day: CalendarDate;
declare const moment: Instant;
declare const words: string;

describe('a day and a moment', () => {
  it('are not each other, and text is neither', () => {
    expectTypeOf<CalendarDate>().not.toExtend<Instant>();
    expectTypeOf<Instant>().not.toExtend<CalendarDate>();
    expectTypeOf<string>().not.toExtend<CalendarDate>();
    expectTypeOf<string>().not.toExtend<Instant>();
    expectTypeOf<CalendarDate>().toExtend<string>();
    // @ts-expect-error what somebody wrote is read first: it may be no day
    addDays(words, 1);
    // @ts-expect-error also where it looks like one
    addDays('2026-05-01', 1);
    // @ts-expect-error a day is not a moment
    plusMs(day, 1000);
    // @ts-expect-error nor is a moment a day
    addDays(moment, 1);
    // @ts-expect-error which day it is depends on the zone
    wallClock(day, 'America/Chicago');
  });

  it('are made by reading them, and of each other', () => {
    expectTypeOf(parseDate).returns.toEqualTypeOf<CalendarDate>();
    expectTypeOf(calendarDate).returns.toEqualTypeOf<CalendarDate>();
    expectTypeOf(addDays).returns.toEqualTypeOf<CalendarDate>();
    expectTypeOf(dayAt).returns.toEqualTypeOf<CalendarDate>();
    expectTypeOf(instant).returns.toEqualTypeOf<Instant>();
    expectTypeOf(instantAt).returns.toEqualTypeOf<Instant>();
    expectTypeOf(plusMs).returns.toEqualTypeOf<Instant>();
    // A part of one is text.
    expectTypeOf(moment.slice(0, 10)).toEqualTypeOf<string>();
  });

  it('stay what they are in the books', () => {
    expectTypeOf<Row<'expenses'>['spent_on']>().toEqualTypeOf<CalendarDate>();
    expectTypeOf<Row<'invoices'>['due_on']>().toEqualTypeOf<CalendarDate | null>();
    expectTypeOf<Row<'appointments'>['starts_at']>().toEqualTypeOf<Instant>();
    expectTypeOf<ReadScope['today']>().toEqualTypeOf<CalendarDate>();
    expectTypeOf<ReadScope['now']>().toEqualTypeOf<Instant>();
    // A walk was held at a moment or on a day: which of the two is asked before it is shown.
    const held: Row<'walk_and_talks'>['held_at'] = words === '' ? day : moment;
    expectTypeOf(isInstant(held) ? wallClock(held, 'UTC') : held).toEqualTypeOf<string>();
  });
});
