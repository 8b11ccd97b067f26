// What random cases are made of.
import * as fc from 'fast-check';

export const orNull = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: null });

/** One of them by any number, so that a number that is tried stays good whatever there is. */
export const chosen = <T>(from: readonly T[], index: number): T | undefined => from[index % Math.max(1, from.length)];
