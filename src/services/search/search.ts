// Search over every kind of record that the caller may see, and what a name or number may become while it is typed.
import { Problem } from '../../domain/errors.ts';
import { FOUND_BY_WORDS } from '../../kinds/declared.ts';
import type { Kind } from '../../kinds/index.ts';
import { inLine } from '../../domain/text.ts';
import { kindOf, readAsked } from '../../kinds/uri.ts';
import { beginningWithNumber, beginningWithTerms, invoicesBeginningWith } from '../../store/search/complete.ts';
import { searchTerms, type Hit } from '../../store/search/find.ts';
import type { ReadContext } from '../context.ts';
import { visibleTerms } from '../shared/visibility.ts';
import { describeById, resolveAny, type Described } from '../resolve/resolve.ts';

const MOST_RESULTS = 20;
/** A host shows these in a small list under what is being typed. */
const MOST_COMPLETED = 20;

/** Records that fit the words, the best first; a number finds that one record. */
export async function searchRecords(scope: ReadContext, { query }: { query: string }): Promise<Described[]> {
  return (await ranked(scope, query)).map(({ record }) => record);
}

/** @property fit as in store/search/find.ts */
type Ranked = Pick<Hit, 'fit' | 'isSample'> & { readonly record: Described };

export async function ranked(scope: ReadContext, query: string): Promise<Ranked[]> {
  const { place, ref } = readAsked(query);
  if (place !== null && place !== 'document' && kindOf(ref) === place) {
    const record = scope.visible.has(place) ? await numbered(scope, place, ref) : null;
    return record === null ? [] : [{ record, fit: 3, isSample: false }];
  }
  const kinds = FOUND_BY_WORDS.filter((kind) => scope.visible.has(kind));
  const hits = await searchTerms(scope.db, visibleTerms(scope), { kinds, query, limit: MOST_RESULTS });
  const found: Ranked[] = [];
  for (const { kind, id, fit, isSample } of hits) {
    const record = await describeById(scope, kind, id);
    if (record !== null) found.push({ record, fit, isSample });
  }
  return found;
}

/** Null where no record in sight has that number. A line's number finds its quote. */
async function numbered(scope: ReadContext, kind: Kind, ref: string): Promise<Described | null> {
  try {
    return await resolveAny(scope, kind, { ref: ref.split('/', 1).join(), field: 'query', intent: 'read' });
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
    for (const id of await completing(scope, kind, value, MOST_COMPLETED + 1 - found.length)) {
      const record = await describeById(scope, kind, id);
      if (record !== null) found.push(inLine(record.title));
    }
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
