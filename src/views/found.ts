// What is found by words, and one record by its number: the shapes that ChatGPT asks of tools named search and fetch.
import { z } from 'zod';
import { text, type Total } from '../domain/money.ts';
import { said } from './message.ts';
import type { AddressKind } from '../kinds/uri.ts';
import { paged, placeOf, sample } from './shapes.ts';

const FoundRow = z.strictObject({
  id: z.string(),
  title: z.string(),
  url: z.string(),
  sample,
  status: z.string().optional(),
  date: z.string().optional(),
  amount: z.string().optional(),
  /** What is still to be paid. */
  balance: z.string().optional(),
});

export const FoundList = z.strictObject({
  results: z.array(FoundRow),
  currency: z.string(),
  ...paged,
  /** There are more of a kind than are counted. */
  more: z.literal(true).optional(),
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

type Found = {
  readonly kind: AddressKind;
  readonly isSample: boolean;
  readonly ref: string;
  readonly title: string;
  readonly status: string | null;
  readonly day: string | null;
  readonly amount: Total<'told'> | null;
  readonly open: Total<'told'> | null;
};

type FoundPage = {
  readonly found: readonly Found[];
  readonly count: number;
  readonly isCut: boolean;
  readonly nextCursor: string | null;
};

export function foundList(page: FoundPage, { urlOf, currency }: { urlOf: UrlOf; currency: string }): FoundList {
  return {
    results: page.found.map(({ kind, isSample, ref, title, status, day, amount, open }) => ({
      ...{ id: ref, title, url: urlOf(kind, ref) },
      ...(isSample ? { sample: true as const } : {}),
      ...(status === null ? {} : { status }),
      ...(day === null ? {} : { date: day }),
      ...(amount === null ? {} : { amount: text(amount, currency) }),
      ...(open === null ? {} : { balance: text(open, currency) }),
    })),
    currency,
    ...placeOf(page),
    ...(page.isCut ? { more: true as const } : {}),
  };
}
