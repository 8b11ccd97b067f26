// Sums of a list by a word that stands in its records: few beside the records, so a page is cut from all of them.
import { sameName } from '../../domain/names-meant.ts';
import { monthsThrough } from '../../domain/period.ts';
import type { Days } from './days.ts';
import { cutPage, DEFAULT_PAGE, makeCursor, readCursor, type PageAsked } from './paging.ts';

/** What a row of sums is of: a word or a record. @property key null where none stands there */
export type SumOf = { readonly key: string | null; readonly name: string | null; readonly isSample: boolean };

/** @property key null where no such word stands there */
type Keyed = { readonly key: string | null; readonly count: number };

export function pageOfAll<T>(list: string, all: readonly T[], { limit = DEFAULT_PAGE, cursor }: PageAsked) {
  const [start = null] = readCursor(list, cursor, 1) ?? [];
  const first = start ?? 0;
  const left = all.slice(first).map((row, index) => ({ row, place: first + index + 1 }));
  const { page, nextCursor } = cutPage(left, limit, ({ place }) => makeCursor(list, [place]));
  return { rows: page.map(({ row }) => row), count: all.length, nextCursor };
}

/**
 * What is written in two ways is one, and is called as it is written most often.
 * @param add what the sums of several come to
 */
export function joinedByName<Sums>(
  rows: readonly (Keyed & Sums)[],
  add: (same: readonly Sums[]) => Sums,
): (Keyed & Sums)[] {
  const groups = Map.groupBy(rows, ({ key }) => (key === null ? null : sameName(key)));
  return [...groups.values()].map((same) => ({
    ...add(same),
    key: same.toSorted((one, other) => other.count - one.count)[0]?.key ?? null,
    count: same.reduce((sofar, { count }) => sofar + count, 0),
  }));
}

/** Oldest first; months between that hold nothing are there too. @param nothing of such a month */
export function everyMonth<Sums>(rows: readonly (Keyed & Sums)[], { from, to }: Days, nothing: Sums): (Keyed & Sums)[] {
  const months = new Map(rows.map((row) => [row.key, row]));
  const keys = [...months.keys()].filter((key) => key !== null).sort();
  const [first, last] = [from?.slice(0, 7) ?? keys[0], to?.slice(0, 7) ?? keys.at(-1)];
  if (first === undefined || last === undefined) return [];
  return monthsThrough(first, last).map((key) => months.get(key) ?? { ...nothing, key, count: 0 });
}
