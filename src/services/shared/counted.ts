// Whether the samples count in totals: they show a new book at work, and would falsify one that is in use.
import { isInUse } from '../../store/books/counts.ts';
import type { ReadScope } from '../../store/scope.ts';

export type CountingInput = { readonly includeSamples?: boolean | undefined };

/** Whether samples are in the figures of an answer, or were left out of them. */
export type SamplesTold = { readonly includesSamples: boolean; readonly samplesLeftOut: boolean };

/** @param named whoever or whatever is asked about, which may be a sample itself */
export async function samplesCount(
  scope: ReadScope,
  { includeSamples }: CountingInput,
  ...named: readonly unknown[]
): Promise<boolean> {
  return includeSamples ?? (named.some((each) => each !== undefined) || !(await isInUse(scope)));
}

/** @param hasSamples whether there are any among what was asked for, counted or not */
export function samplesTold(hasSamples: boolean, doCount: boolean): SamplesTold {
  return { includesSamples: hasSamples && doCount, samplesLeftOut: hasSamples && !doCount };
}
