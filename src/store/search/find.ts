// Finds records by words. Reads the words index only; what counts as a match is said in domain/words.ts.
import { sql, type RawBuilder } from 'kysely';
import { isCloseSpelling, nameKey, namingWords, variants } from '../../domain/words.ts';
import type { Database } from '../database.ts';
import { FULL_NAME, type WordKind } from './words.ts';

/** Records by how well they match, newest first, each list cut at one more than a person can be shown. */
export type Matches = {
  readonly full: readonly number[];
  readonly exact: readonly number[];
  readonly close: readonly number[];
};

/** Candidates shown in an error; one more is looked up, to know whether there are more. */
export const SHOWN_CANDIDATES = 5;

/** Each word of a query as the spellings that may be meant. */
type Spelled = readonly (readonly string[])[];

/** Real records first; samples only where no real record matches at all. */
export async function findByWords(db: Database, accountId: number, kind: WordKind, spoken: string): Promise<Matches> {
  const words = namingWords(spoken);
  if (words.length === 0) return { full: [], exact: [], close: [] };
  const exact = words.map((word) => [word]);
  const close = await Promise.all(words.map(async (word) => [word, ...(await closeSpellings(db, accountId, word))]));
  for (const isSample of [0, 1] as const) {
    const look = async (spelled: Spelled) => await lookUp(db, accountId, kind, isSample, spelled);
    const found = {
      full: await look([[`${FULL_NAME}${nameKey(spoken)}`]]),
      exact: await look(exact),
      close: await look(close),
    };
    if (found.full.length + found.close.length > 0) return found;
  }
  return { full: [], exact: [], close: [] };
}

async function lookUp(
  db: Database,
  accountId: number,
  kind: WordKind,
  isSample: 0 | 1,
  spelled: Spelled,
): Promise<number[]> {
  const [first = [], ...rest] = await rarestFirst(db, accountId, kind, isSample, spelled);
  const { rows } = await sql<{ record_id: number }>`
    select distinct w.record_id from words w
    where w.account_id = ${accountId} and w.kind = ${kind} and w.word in (${sql.join(first)}) and w.is_sample = ${isSample}
    ${sql.join(
      rest.map(
        (word) => sql`and exists (
          select 1 from words o where o.account_id = ${accountId} and o.kind = ${kind} and o.word in (${sql.join(word)})
          and o.is_sample = ${isSample} and o.record_id = w.record_id)`,
      ),
      sql` `,
    )}
    order by w.record_id desc limit ${SHOWN_CANDIDATES + 1}
  `.execute(db);
  return rows.map((row) => row.record_id);
}

/** The word that fewest records have leads the search; counting stops early, since "many" is enough to know. */
async function rarestFirst(
  db: Database,
  accountId: number,
  kind: WordKind,
  isSample: 0 | 1,
  spelled: Spelled,
): Promise<Spelled> {
  if (spelled.length < 2) return spelled;
  const counted = await Promise.all(
    spelled.map(async (word) => {
      const { rows } = await sql<{ records: number }>`
        select count(*) as records from (
          select 1 from words where account_id = ${accountId} and kind = ${kind} and word in (${sql.join(word)})
          and is_sample = ${isSample} limit 500) as some`.execute(db);
      return { word, records: rows[0]?.records ?? 0 };
    }),
  );
  return counted.sort((left, right) => left.records - right.records).map(({ word }) => word);
}

/** Known words that the heard one may be a mistyping of. */
async function closeSpellings(db: Database, accountId: number, heard: string): Promise<string[]> {
  const rows = await db
    .selectFrom('spellings')
    .select('word')
    .distinct()
    .where('account_id', '=', accountId)
    .where('variant', 'in', variants(heard))
    .where('word', '!=', heard)
    .orderBy('word')
    .execute();
  return rows.map((row) => row.word).filter((word) => isCloseSpelling(heard, word));
}

/** A condition for lists: the record in `idColumn` has every word of the query, in a close spelling where no exact one is known. */
export async function havingWords(
  db: Database,
  accountId: number,
  kind: WordKind,
  spoken: string,
  idColumn: string,
): Promise<RawBuilder<boolean>> {
  const conditions = await Promise.all(
    namingWords(spoken).map(async (word) => {
      const { rows } = await sql`
        select 1 from words where account_id = ${accountId} and kind = ${kind} and word = ${word} limit 1`.execute(db);
      const spellings = rows.length > 0 ? [word] : [word, ...(await closeSpellings(db, accountId, word))];
      return sql`${sql.ref(idColumn)} in (
        select record_id from words where account_id = ${accountId} and kind = ${kind} and word in (${sql.join(spellings)}))`;
    }),
  );
  return conditions.length === 0 ? sql<boolean>`1 = 0` : sql<boolean>`(${sql.join(conditions, sql` and `)})`;
}
