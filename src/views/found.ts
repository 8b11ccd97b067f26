// What is found by words, and one record by its number: the shapes that ChatGPT asks of tools named search and fetch.
import { z } from 'zod';
import { said } from './message.ts';
import type { AddressKind } from '../kinds/uri.ts';

export const FoundList = z.strictObject({
  results: z.array(z.strictObject({ id: z.string(), title: z.string(), url: z.string() })),
});
export type FoundList = z.output<typeof FoundList>;

export const WholeRecord = z.strictObject({
  id: z.string(),
  title: said,
  text: z.string(),
  url: z.string(),
  metadata: z.strictObject({
    kind: z.string(),
    fileName: z.string().optional(),
    mimeType: z.string().optional(),
    downloadUrl: z.string().optional(),
    nextCursor: z.string().optional(),
  }),
});
export type WholeRecord = z.output<typeof WholeRecord>;

/** Where a record is found: its page, or its address in the books. */
export type UrlOf = (place: AddressKind, ref: string) => string;

type Found = { readonly kind: AddressKind; readonly ref: string; readonly title: string };

export function foundList(found: readonly Found[], urlOf: UrlOf): FoundList {
  return { results: found.map(({ kind, ref, title }) => ({ id: ref, title, url: urlOf(kind, ref) })) };
}
