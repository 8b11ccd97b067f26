// Finds records by words. Reads the index of terms only; what counts as a match is said in domain/terms.ts.
import { sql, type RawBuilder } from 'kysely';
import type { Crew } from '../../domain/access.ts';
import { declared } from '../../kinds/declared.ts';
import type { Kind } from '../../kinds/index.ts';
import { isCloseSpelling, nameKey, namingTerms, phoneSaid, variants } from '../../domain/terms.ts';
import { isTheirs } from '../books/crew.ts';
import type { Database } from '../database.ts';
import { textsAsJson, textsIn } from '../engine/json-rows.ts';
import { inOrder } from '../in-order.ts';
import { tellsNoCost } from '../books/costs-told.ts';
import { countLed, has, lookThrough, recordsHaving, type Lead, type OnWord } from './having.ts';
import { FULL_NAME, type TermKind } from './terms.ts';

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

/** Whose records are looked through: of one account, of crew theirs, and where costs are hidden none that tell of them. */
export type Within = { readonly accountId: number; readonly withoutCosts: boolean; readonly crew: Crew | null };

/** A condition on records of this kind, whose number is in `id`; empty where all are in sight. */
export function visibleOnly(within: Within, kind: TermKind, id: RawBuilder<unknown>): RawBuilder<unknown> {
  const { accountId, withoutCosts, crew } = within;
  if (crew !== null) return sql`and ${isTheirs(crew, kind, { accountId, id })}`;
  const isTold = kind !== 'assignee' && declared(kind).tellsCost.length > 0;
  return withoutCosts && isTold ? sql`and ${tellsNoCost(accountId, kind, id)}` : sql``;
}

/** Whether crew see this one record; whoever is not crew sees every one, or is told why not. */
export async function isSeen(db: Database, within: Within, kind: Kind, id: number): Promise<boolean> {
  if (within.crew === null) return true;
  const { rows } = await sql`select 1 where ${isTheirs(within.crew, kind, { ...within, id: sql.val(id) })}`.execute(db);
  return rows.length > 0;
}

/** Real records first; samples only where no real record matches at all. */
export async function findByTerms(db: Database, within: Within, kind: TermKind, query: string): Promise<Matches> {
  const { accountId } = within;
  const { exact, close } = await spelledFor(db, accountId, kind, query);
  if (exact.length === 0) return { full: [], exact: [], close: [] };
  for (const isSample of [0, 1] as const) {
    const look = async (spelled: Spelled) => await lookUp(db, within, { kind, isSample, spelled });
    const found = {
      full: await look([[`${FULL_NAME}${nameKey(query)}`]]),
      exact: await look(exact),
      close: await look(close),
    };
    if (found.full.length + found.close.length > 0) return found;
  }
  return { full: [], exact: [], close: [] };
}

/** The words of a query for records of this kind, as they are and in close spellings. A phone number is one word of a customer. */
async function spelledFor(
  db: Database,
  accountId: number,
  kind: TermKind,
  query: string,
): Promise<{ readonly exact: Spelled; readonly close: Spelled }> {
  const phone = kind === 'customer' ? phoneSaid(query) : null;
  if (phone !== null) return { exact: [phone], close: [phone] };
  const words = namingTerms(query);
  const close = await inOrder(words, async (word) => [word, ...(await closeSpellings(db, accountId, word))]);
  return { exact: words.map((word) => [word]), close };
}

type Wanted = { readonly kind: TermKind; readonly isSample: 0 | 1; readonly spelled: Spelled };

async function lookUp(db: Database, within: Within, wanted: Wanted, limit = SHOWN_CANDIDATES + 1): Promise<number[]> {
  const { kind, isSample, spelled } = wanted;
  const { accountId } = within;
  const own = spelled.some((words) => words.some((word) => word.startsWith(FULL_NAME)));
  const lead = own ? (spelled[0] ?? []) : await rarestOf(db, accountId, wanted);
  if (lead === null) return [];
  const others = spelled.filter((words) => words !== lead);
  const rest = (id: RawBuilder<unknown>) => {
    const each = others.map((words) => sql`and ${has({ accountId, kind, word: oneOf(words) }, id)}`);
    return sql`${sql.join(each, sql` `)} ${visibleOnly(within, kind, id)}`;
  };
  return await lookThrough(db, { accountId, kind, lead, own, isSample, rest, limit });
}

function oneOf(spelled: readonly string[]): OnWord {
  return (column) => sql`${column} in (${sql.join(spelled)})`;
}

/** What leads to the fewest records; null where something leads to none, so that none is found. */
async function rarestOf(db: Database, accountId: number, { kind, isSample, spelled }: Wanted): Promise<Lead | null> {
  const leads: readonly Lead[] = [...spelled, 'all of the kind'];
  const counts = leads.map(
    (lead, at) => sql`${countLed({ accountId, kind, lead, isSample })} as ${sql.id(`lead_${at}`)}`,
  );
  const { rows } = await sql<Record<string, number>>`select ${sql.join(counts)}`.execute(db);
  const counted = leads.map((lead, at) => ({ lead, entries: rows[0]?.[`lead_${at}`] ?? 0 }));
  const [rarest] = counted.sort((left, right) => left.entries - right.entries);
  return rarest === undefined || rarest.entries === 0 ? null : rarest.lead;
}

/** Known words that the heard one may be a mistyping of. */
async function closeSpellings(db: Database, accountId: number, heard: string): Promise<string[]> {
  const rows = await db
    .selectFrom('spellings')
    .select('word')
    .distinct()
    .where('account_id', '=', accountId)
    .where(sql<boolean>`variant in (${textsIn(db, textsAsJson(variants(heard)))})`)
    .where('word', '!=', heard)
    .orderBy('word')
    .execute();
  return rows.map((row) => row.word).filter((word) => isCloseSpelling(heard, word));
}

/** A record that was searched for. `fit`: 3 its full name, 2 every word, 1 close spellings of them, below 1 some of them. */
export type Hit = { readonly kind: Kind; readonly id: number; readonly isSample: boolean; readonly fit: number };

/** Over several kinds, the best first: how well it fits, then real before samples, then the kinds in their order, newest first. */
export async function searchTerms(
  db: Database,
  within: Within,
  { kinds, query, limit }: { kinds: readonly Kind[]; query: string; limit: number },
): Promise<Hit[]> {
  const { accountId } = within;
  if (namingTerms(query).length === 0) return [];
  const inWords = await spelledFor(db, accountId, 'job', query);
  const ofCustomers = await spelledFor(db, accountId, 'customer', query);
  const levelsOf = (kind: Kind): readonly (readonly [number, Spelled])[] => {
    const { exact, close } = kind === 'customer' ? ofCustomers : inWords;
    return [
      [1, close],
      [2, exact],
      [3, [[`${FULL_NAME}${nameKey(query)}`]]],
    ];
  };
  const found: Hit[] = [];
  for (const isSample of [0, 1] as const) {
    for (const kind of kinds) {
      const fits = new Map<number, number>();
      for (const [fit, spelled] of levelsOf(kind)) {
        const ids = await lookUp(db, within, { kind, isSample, spelled }, limit);
        for (const id of ids) fits.set(id, fit);
        // What not even a close spelling finds, no exact one does.
        if (ids.length === 0 && fit === 1) break;
      }
      for (const [id, fit] of fits) found.push({ kind, id, isSample: isSample === 1, fit });
    }
    if (found.length >= limit) break;
  }
  if (found.length === 0) found.push(...(await havingSome(db, within, { kinds, spelled: inWords.close })));
  const place = (hit: Hit) => [Number(hit.isSample), -hit.fit, kinds.indexOf(hit.kind), -Math.abs(hit.id)];
  return found.sort((left, right) => compared(place(left), place(right))).slice(0, limit);
}

function compared(left: readonly number[], right: readonly number[]): number {
  return left.map((value, index) => value - (right[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

/** Records of a word that are looked at where none has every word; a word that more have says little anyway. */
const LOOKED_AT = 200;

/** Where nothing has every word, what has the telling ones: the fewer records have a word, the more it tells. */
async function havingSome(
  db: Database,
  within: Within,
  { kinds, spelled }: { kinds: readonly Kind[]; spelled: Spelled },
): Promise<Hit[]> {
  const told = new Map<string, { kind: Kind; id: number; isSample: boolean; words: number; telling: number }>();
  for (const spellings of spelled) {
    const rows: { kind: Kind; id: number; isSample: boolean }[] = [];
    for (const kind of kinds) {
      for (const isSample of [0, 1] as const) {
        const ids = await lookUp(db, within, { kind, isSample, spelled: [spellings] }, LOOKED_AT);
        rows.push(...ids.map((id) => ({ kind, id, isSample: isSample === 1 })));
      }
    }
    for (const row of rows) {
      const key = `${row.kind} ${row.id}`;
      const hit = told.get(key) ?? { ...row, words: 0, telling: 0 };
      hit.words += 1;
      hit.telling += 1 / (1 + rows.length);
      told.set(key, hit);
    }
  }
  const scored = [...told.values()].map((hit) => ({ ...hit, score: hit.words * hit.telling }));
  const best = scored.reduce((most, { score }) => Math.max(most, score), 0);
  return scored
    .filter(({ score }) => score * 2 >= best)
    .map(({ kind, id, isSample, score }) => ({ kind, id, isSample, fit: score / (2 * best) }));
}

/** A condition for lists: the record in `idColumn` has one of these words. */
function having(accountId: number, kind: TermKind, words: readonly string[], idColumn: string): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(idColumn)} in (
    select record_id from (${recordsHaving({ accountId, kind, word: oneOf(words) })}) as found)`;
}

/** Whether this very word leads to a record in sight; to crew none is by who is on it. */
async function leadsTo(db: Database, within: Within, kind: TermKind, word: string): Promise<boolean> {
  if (kind === 'assignee' && within.crew !== null) return false;
  const { accountId } = within;
  const rest = (id: RawBuilder<unknown>) => visibleOnly(within, kind, id);
  for (const isSample of [0, 1] as const) {
    const found = await lookThrough(db, { accountId, kind, lead: [word], isSample, rest, limit: 1 });
    if (found.length > 0) return true;
  }
  return false;
}

type Looking = { readonly db: Database; readonly account: { readonly id: number }; readonly crew: Crew | null };

/**
 * A condition for lists: the record in `idColumn` has every word of the query, in a close spelling where no exact one is
 * known, to crew of what they see.
 */
export async function havingTerms(
  { db, account: { id: accountId }, crew }: Looking,
  kind: TermKind,
  query: string,
  idColumn: string,
): Promise<RawBuilder<boolean>> {
  const phone = kind === 'customer' ? phoneSaid(query) : null;
  if (phone !== null) return having(accountId, kind, phone, idColumn);
  const conditions = await inOrder(namingTerms(query), async (word) => {
    const isKnown = await leadsTo(db, { accountId, withoutCosts: false, crew }, kind, word);
    const spellings = isKnown ? [word] : [word, ...(await closeSpellings(db, accountId, word))];
    return having(accountId, kind, spellings, idColumn);
  });
  return conditions.length === 0 ? sql<boolean>`1 = 0` : sql<boolean>`(${sql.join(conditions, sql` and `)})`;
}
