// Whether the samples count in totals: they show a new book at work, and would falsify one that is in use.
import { isInUse } from '../../store/books/counts.ts';
import type { ReadScope } from '../../store/scope.ts';

export type CountingInput = { readonly includeSamples?: boolean | undefined };

/** @param named whoever or whatever is asked about, which may be a sample itself */
export async function samplesCount(
  scope: ReadScope,
  { includeSamples }: CountingInput,
  ...named: readonly unknown[]
): Promise<boolean> {
  return includeSamples ?? (named.some((each) => each !== undefined) || !(await isInUse(scope)));
}
