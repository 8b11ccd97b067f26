// Search over every kind of record that the caller may see, and what a name or number may become while it is typed.
import { Problem } from '../../domain/errors.ts';
import { FOUND_BY_WORDS } from '../../kinds/declared.ts';
import { KINDS, type Kind } from '../../kinds/index.ts';
import { inLine } from '../../domain/text.ts';
import { kindOf, readAsked } from '../../kinds/uri.ts';
import { beginningWithNumber, beginningWithTerms, invoicesBeginningWith } from '../../store/search/complete.ts';
import { FIT, searchTerms, type Hit } from '../../store/search/find.ts';
import type { ReadContext } from '../context.ts';
import { cutPage, DEFAULT_PAGE, makeCursor, readCursor } from '../shared/paging.ts';
import { visibleTerms } from '../shared/visibility.ts';
import { describeRecords, standingRecords, type StandingRecord } from '../resolve/described.ts';
import { resolveAny } from '../resolve/resolve.ts';

/** Of each kind so many, the newest, are told from each other by how well they fit. */
const MOST_RANKED = 100;
/** A host shows these in a small list under what is being typed. */
const MOST_COMPLETED = 20;

/** @property isCut there are more than are counted, which no page leads to */
export type SearchPage = {
  readonly found: readonly StandingRecord[];
  readonly count: number;
  readonly isCut: boolean;
  readonly nextCursor: string | null;
};

type Asked = { readonly query: string; readonly cursor?: string | undefined };

/** Records that fit the words, the best first; a number finds that one record. */
export async function searchRecords(scope: ReadContext, { query, cursor }: Asked): Promise<SearchPage> {
  const place = readCursor('search', cursor, 3);
  const record = await byNumber(scope, query);
  if (record !== undefined) {
    const found = record === null ? [] : [record];
    return { found, count: found.length, isCut: false, nextCursor: null };
  }
  const { hits, isCut } = await hitsOf(scope, query);
  const from = place === null ? 0 : placeAfter(hits, place);
  const { page, nextCursor } = cutPage(hits.slice(from, from + DEFAULT_PAGE + 1), DEFAULT_PAGE, (last) =>
    makeCursor('search', [from + DEFAULT_PAGE, KINDS.findIndex(({ kind }) => kind === last.kind), last.id]),
  );
  const found = (await describeHits(scope, page)).map((each) => each.record);
  return { found, count: hits.length, isCut, nextCursor };
}

/** Behind the record that the last page ended with; where that one is gone, behind as many as were shown. */
function placeAfter(hits: readonly Hit[], [shown = 0, at, id]: readonly (number | null)[]): number {
  const last = hits.findIndex((hit) => hit.id === id && hit.kind === KINDS[at ?? -1]?.kind);
  return last < 0 ? Math.max(0, shown ?? 0) : last + 1;
}

/** @property fit as in store/search/find.ts */
type Ranked = Pick<Hit, 'fit' | 'isSample'> & { readonly record: StandingRecord };

/** The first of them. */
export async function ranked(scope: ReadContext, query: string): Promise<Ranked[]> {
  const record = await byNumber(scope, query);
  if (record !== undefined) return record === null ? [] : [{ record, fit: FIT.full, isSample: false }];
  return await describeHits(scope, (await hitsOf(scope, query)).hits.slice(0, DEFAULT_PAGE));
}

async function hitsOf(scope: ReadContext, query: string) {
  const kinds = FOUND_BY_WORDS.filter((kind) => scope.visible.has(kind));
  return await searchTerms(scope.db, visibleTerms(scope), { kinds, query, limit: MOST_RANKED });
}

/** In this order; those of a kind are read at once. */
async function describeHits(scope: ReadContext, hits: readonly Hit[]): Promise<Ranked[]> {
  const records = new Map<string, StandingRecord>();
  for (const [kind, some] of Map.groupBy(hits, (hit) => hit.kind)) {
    const ids = some.map(({ id }) => id);
    for (const record of await standingRecords(scope, kind, ids)) records.set(`${kind} ${record.id}`, record);
  }
  return hits.flatMap(({ kind, id, fit, isSample }) => {
    const record = records.get(`${kind} ${id}`);
    return record === undefined ? [] : [{ record, fit, isSample }];
  });
}

/** The record whose number or address was said; null where it is none in sight, undefined where words were said. */
async function byNumber(scope: ReadContext, query: string): Promise<StandingRecord | null | undefined> {
  const { place, ref } = readAsked(query);
  if (place === null || place === 'document' || kindOf(ref) !== place) return undefined;
  return scope.visible.has(place) ? await numbered(scope, place, ref) : null;
}

/** Null where no record in sight has that number. A line's number finds its quote. */
async function numbered(scope: ReadContext, kind: Kind, ref: string): Promise<StandingRecord | null> {
  try {
    const { id } = await resolveAny(scope, kind, { ref: ref.split('/', 1).join(), field: 'query', intent: 'read' });
    return (await standingRecords(scope, kind, [id]))[0] ?? null;
  } catch (error) {
    if (error instanceof Problem && ['not_found', 'refused'].includes(error.kind)) return null;
    throw error;
  }
}

/** Numbers by how they begin, names by their words; each value begins with the number, which is all that is read of it. */
export async function completeRecord(
  scope: ReadContext,
  { kinds, value }: { kinds: readonly Kind[]; value: string },
): Promise<{ values: string[]; hasMore: boolean }> {
  const found: string[] = [];
  for (const kind of kinds.filter((each) => scope.visible.has(each))) {
    const ids = await completing(scope, kind, value, MOST_COMPLETED + 1 - found.length);
    for (const { title } of await describeRecords(scope, kind, ids)) found.push(inLine(title));
  }
  return { values: found.slice(0, MOST_COMPLETED), hasMore: found.length > MOST_COMPLETED };
}

/** `j`, `J-`, `j-1`, `12`, `INV-10`, `J-S1`: as much of a number as was typed. */
const NUMBER = /^([a-z]*?)\s{0,3}[-#]?\s{0,3}(s?)(\d{0,9})$/i;

/** Letters alone may begin a name as well as a number. */
async function completing(scope: ReadContext, kind: Kind, typed: string, limit: number): Promise<number[]> {
  const value = readAsked(typed).ref;
  const byNumber = await numbersBeginning(scope, kind, value, limit);
  const byWords = await beginningWithTerms(scope.db, visibleTerms(scope), { kind, typed: value, limit });
  const found = /\d/.test(value) ? [...byNumber, ...byWords] : [...byWords, ...byNumber];
  return [...new Set(found)].slice(0, limit);
}

async function numbersBeginning(scope: ReadContext, kind: Kind, value: string, limit: number) {
  const { db, account } = scope;
  const [all, letters = '', sample = '', digits = ''] = NUMBER.exec(value.trim()) ?? [];
  if (all === undefined || (letters !== '' && kindOf(`${letters}-1`) !== kind)) return [];
  const typed = { digits, isSample: sample !== '', limit };
  if (kind === 'invoice') return await invoicesBeginningWith(db, account.id, { ...typed, drafts: /^d/i.test(letters) });
  return await beginningWithNumber(db, visibleTerms(scope), { ...typed, kind });
}
