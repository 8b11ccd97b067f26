// Which known words a word that was said may mean: its other forms, those that it begins, and close spellings.
import { sql } from 'kysely';
import { beginsWords, isCloseSpelling, variants, type SaidWord } from '../../domain/terms.ts';
import type { Database } from '../database.ts';
import { textsAsJson, textsIn } from '../engine/json-rows.ts';
import { WHOLE } from './terms.ts';

/** Of the words that begin as one does, so many are looked at. */
const MOST_BEGUN = 50;

/** A word that was said, with what it may mean among the words that are known. */
type KnownWord = SaidWord & { readonly begun: readonly string[]; readonly close: readonly string[] };

export async function knownWords(db: Database, accountId: number, said: readonly SaidWord[]): Promise<KnownWord[]> {
  if (said.length === 0) return [];
  const forms = said.flatMap(({ word, alike }) => [...variants(word), ...alike.map((each) => `${WHOLE}${each}`)]);
  const beginning = said
    .filter(({ word }) => beginsWords(word))
    .map(
      ({ word }) => sql`union all select word from (select word from spellings where account_id = ${accountId}
        and variant >= ${`${WHOLE}${word}`} and variant < ${`${WHOLE}${word}\u{10ffff}`} order by variant limit ${MOST_BEGUN}) as begun`,
    );
  const { rows } = await sql<{ word: string }>`
    select word from spellings where account_id = ${accountId} and variant in (${textsIn(db, textsAsJson([...new Set(forms)]))})
    ${sql.join(beginning, sql` `)}`.execute(db);
  const known = new Set(rows.map(({ word }) => word));
  return said.map(({ word, alike }) => {
    const others = [...known].filter((each) => each !== word && !alike.includes(each)).sort();
    return {
      word,
      alike: alike.filter((each) => known.has(each)),
      begun: beginsWords(word) ? others.filter((each) => each.startsWith(word)) : [],
      close: others.filter((each) => isCloseSpelling(word, each)),
    };
  });
}
