// What random cases are made of.
import * as fc from 'fast-check';

/** Whether all cases run: on PostgreSQL, where each takes its time, an eighth of them does. */
export const ALL_CASES = process.env['JOBWRIGHT_TEST_ENGINE'] !== 'postgres';
export const cases = (all: number) => (ALL_CASES ? all : Math.max(3, Math.ceil(all / 8)));

export const orNull = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: null });

/** One of them by any number, so that a number that is tried stays good whatever there is. */
export const chosen = <T>(from: readonly T[], index: number): T | undefined => from[index % Math.max(1, from.length)];
