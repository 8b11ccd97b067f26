// What search finds.
import type { Place } from '../../kinds/uri.ts';

/** Where a record is found: its page, or its address in the books. */
export type UrlOf = (place: Place, ref: string) => string;

export function searchOut(
  found: readonly { readonly kind: Place; readonly ref: string; readonly title: string }[],
  urlOf: UrlOf,
) {
  return { results: found.map(({ kind, ref, title }) => ({ id: ref, title, url: urlOf(kind, ref) })) };
}
