// What crew see, by words: their own of the records that the index of terms leads to. It has a record's own words and those
// of what it is filed under: names, and the address of the job, which crew's pages show.
import { declared, type Kind } from '../../kinds/index.ts';
import { withoutKind } from '../../domain/terms.ts';
import type { ReadScope } from '../../store/scope.ts';
import { waysToFind, type Spelled } from '../../store/search/find.ts';

/** Records of one kind in the order in which they are listed. */
export type Called<T> = {
  readonly load: (page: { words: Spelled; limit: number }) => Promise<readonly T[]>;
  readonly order: (one: T, other: T) => number;
};

/** A read takes the best match; a write needs one candidate in all, or one full name. */
export type Said = { readonly ref: string; readonly field: string; readonly intent: 'read' | 'write' };
type Row = { readonly id: number; readonly isSample: boolean };
/** 3: its full name; 2: every word; 1: close spellings of them. */
type Hit<T> = { readonly row: T; readonly score: number };

/** Candidates looked at of each way to fit; more than a person can be shown. */
const MOST_CANDIDATES = 50;
const FULL_NAME = 3;

/** Of each way to fit the first so many, the best way first. */
export async function bestCalled<T extends Row>(
  { db, account }: ReadScope,
  ref: string,
  { load, order }: Called<T>,
  most: number,
): Promise<Hit<T>[]> {
  const found = new Map<number, Hit<T>>();
  // Those that fit better are among them.
  for (const [at, words] of (await waysToFind(db, account.id, ref)).entries())
    for (const row of await load({ words, limit: most + found.size }))
      if (!found.has(row.id)) found.set(row.id, { row, score: FULL_NAME - at });
  return [...found.values()].toSorted((one, other) => other.score - one.score || order(one.row, other.row));
}

/** The first so many that fit in any way, in the order of the list. */
export async function firstCalled<T extends Row>(
  { db, account }: ReadScope,
  ref: string,
  { load }: Called<T>,
  limit: number,
): Promise<readonly T[]> {
  const words = (await waysToFind(db, account.id, ref)).at(-1);
  return words === undefined ? [] : await load({ words, limit });
}

/** Real records first; samples only where no real record matches at all. */
export async function best<T extends Row>(
  scope: ReadScope,
  kind: Kind,
  { ref, intent }: Said,
  called: Called<T>,
): Promise<T[]> {
  for (const said of [ref, withoutKind(ref, declared(kind).called)]) {
    const all = await bestCalled(scope, said, called, MOST_CANDIDATES);
    const real = all.filter(({ row }) => !row.isSample);
    const hits = real.length > 0 ? real : all;
    const [first] = hits;
    if (first === undefined) continue;
    const top = hits.filter(({ score }) => score === first.score);
    const isCertain = intent === 'read' || (first.score === FULL_NAME && top.length === 1);
    return (isCertain ? top : hits).map(({ row }) => row).toSorted(called.order);
  }
  return [];
}

/** As lists go that begin with the newest. */
export function newestFirst(one: Row, other: Row): number {
  return other.id - one.id;
}
