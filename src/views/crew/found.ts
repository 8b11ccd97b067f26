// What crew find by words: their jobs, visits and photos, with the day and how each stands, and no amount.
import { z } from 'zod';
import { paged, placeOf } from '../shapes.ts';

const WorkFoundRow = z.strictObject({
  id: z.string(),
  title: z.string(),
  url: z.string(),
  status: z.string().optional(),
  date: z.string().optional(),
});

export const WorkFound = z.strictObject({
  results: z.array(WorkFoundRow),
  ...paged,
  /** There are more of a kind than are counted. */
  more: z.literal(true).optional(),
});
export type WorkFound = z.output<typeof WorkFound>;

type Found<K extends string> = {
  readonly kind: K;
  readonly ref: string;
  readonly title: string;
  readonly status: string | null;
  readonly day: string | null;
};

type FoundPage<K extends string> = {
  readonly found: readonly Found<K>[];
  readonly count: number;
  readonly isCut: boolean;
  readonly nextCursor: string | null;
};

/** @param urlOf where a record is found: its page, or its address in the books */
export function workFound<K extends string>(page: FoundPage<K>, urlOf: (place: K, ref: string) => string): WorkFound {
  return {
    results: page.found.map(({ kind, ref, title, status, day }) => ({
      ...{ id: ref, title, url: urlOf(kind, ref) },
      ...(status === null ? {} : { status }),
      ...(day === null ? {} : { date: day }),
    })),
    ...placeOf(page),
    ...(page.isCut ? { more: true as const } : {}),
  };
}
