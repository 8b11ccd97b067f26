// Finds records by words. Reads the index of terms only; what counts as a match is said in domain/terms.ts.
import { sql, type RawBuilder } from 'kysely';
import type { Crew } from '../../domain/access.ts';
import { declared } from '../../kinds/declared.ts';
import type { Kind } from '../../kinds/index.ts';
import { parseReference } from '../../kinds/reference.ts';
import { contactSaid, fullNameKey, namingTerms, saidWords } from '../../domain/terms.ts';
import { isTheirs } from '../books/crew.ts';
import type { Database } from '../database.ts';
import { isThere } from '../engine/dialect.ts';
import { textsAsJson, textsIn } from '../engine/json-rows.ts';
import { inOrder } from '../in-order.ts';
import { tellsNoCost } from '../books/costs-told.ts';
import {
  countLed,
  hasLines,
  has,
  leadingTo,
  lookThrough,
  recordsHaving,
  tableOf,
  type Lead,
  type OnWord,
  type Reach,
} from './having.ts';
import { knownWords } from './spelled.ts';
import { FULL_NAME, type TermKind } from './terms.ts';

/** How words may fit: the full name, each as it stands, in another form, as the beginning of one, or with typing errors. */
const FITS = ['full', 'exact', 'alike', 'begun', 'close'] as const;
type Fit = (typeof FITS)[number];
/** The same as a hit says it: the better the more; below `close` some words fit nothing. */
export const FIT: Readonly<Record<Fit, number>> = { full: 5, exact: 4, alike: 3, begun: 2, close: 1 };

/** Records by how well they match, newest first, each list cut at so many. Those alike are among those begun and those close. */
export type Matches = Readonly<Record<Fit, readonly number[]>>;

const NO_MATCHES: Matches = { full: [], exact: [], alike: [], begun: [], close: [] };

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
export async function findByTerms(
  db: Database,
  within: Within,
  { kind, query, limit = SHOWN_CANDIDATES + 1 }: { kind: TermKind; query: string; limit?: number },
): Promise<Matches> {
  const spelled = await spelledFor(db, within.accountId, kind, query);
  if (spelled.exact.length === 0) return NO_MATCHES;
  const books = {
    db,
    within,
    reach: 'called',
    leads: await leadsOf(db, within.accountId, { kinds: [kind], reach: 'called' }, [spelled]),
  } as const;
  for (const isSample of [0, 1] as const) {
    const found = await fitting(books, { kind, isSample, spelled, limit });
    if (found !== null) return found;
  }
  return NO_MATCHES;
}

/** What is looked through, and what is known of it before. */
type Books = { readonly db: Database; readonly within: Within; readonly leads: Leads; readonly reach: Reach };

type Leads = {
  /** Of these words, those that lead to a record of the kind at all, by itself or by what it is filed under. */
  readonly to: (kind: TermKind, words: readonly string[]) => readonly string[];
  /** Whether all of them do so by itself. */
  readonly itself: (kind: TermKind, words: readonly string[]) => boolean;
  /** Whether there are such records at all. */
  readonly hasAny: (kind: TermKind, isSample: 0 | 1) => boolean;
};

/** Beside the words that lead somewhere: that there are records of such numbers. No word has such signs. */
const ANY = '+';
const ANY_SAMPLE = '-';

/** Asked once for all kinds, so that nothing is looked for where it cannot be. */
async function leadsOf(
  db: Database,
  accountId: number,
  { kinds, reach }: { readonly kinds: readonly TermKind[]; readonly reach: Reach },
  looked: readonly Spellings[],
): Promise<Leads> {
  const words = new Set(looked.flatMap((spelled) => Object.values(spelled).flat(2)));
  const leading = new Set(kinds.flatMap((kind) => leadingTo(kind, reach)));
  const there = kinds.flatMap((kind) =>
    [ANY, ANY_SAMPLE].map(
      // The numbers of samples are below zero.
      (which, at) => sql`union all select ${sql.lit(kind)}, ${sql.lit(which)}
        where ${isThere(sql`from ${tableOf(kind)} where account_id = ${accountId} ${at === 0 ? sql`and id > 0` : sql`and id < 0`}`)}`,
    ),
  );
  const { rows } = await sql<{ kind: string; word: string }>`
    select k.value as kind, w.value as word
    from (${textsIn(db, textsAsJson([...leading]))}) as k, (${textsIn(db, textsAsJson([...words]))}) as w
    where ${isThere(sql`from words as h where h.account_id = ${accountId} and h.kind = k.value and h.word = w.value`)}
    ${sql.join(there, sql` `)}`.execute(db);
  const known = new Set(rows.map(({ kind, word }) => `${kind} ${word}`));
  return {
    to: (kind, some) => {
      const ways = leadingTo(kind, reach);
      return some.filter((word) => ways.some((way) => known.has(`${way} ${word.toWellFormed()}`)));
    },
    itself: (kind, some) => some.every((word) => known.has(`${kind} ${word.toWellFormed()}`)),
    // A sample that has become real keeps its number.
    hasAny: (kind, isSample) => known.has(`${kind} ${ANY_SAMPLE}`) || (isSample === 0 && known.has(`${kind} ${ANY}`)),
  };
}

/** What is looked for, for each way to fit. */
type Spellings = Readonly<Record<Fit, Spelled>>;

type Fitting = {
  readonly kind: TermKind;
  readonly isSample: 0 | 1;
  readonly spelled: Spellings;
  readonly limit: number;
};

/** Null where nothing fits. */
async function fitting(books: Books, { kind, isSample, spelled, limit }: Fitting): Promise<Matches | null> {
  const looked = new Map<string, Promise<number[]>>();
  const look = async (fit: Fit) => {
    const asked = JSON.stringify(spelled[fit]);
    const found = looked.get(asked) ?? lookUp(books, { kind, isSample, spelled: spelled[fit] }, limit);
    looked.set(asked, found);
    return await found;
  };
  const [close, begun] = [await look('close'), await look('begun')];
  if (close.length + begun.length === 0) return null;
  return { close, begun, alike: await look('alike'), exact: await look('exact'), full: await look('full') };
}

/** The words of a query for records of this kind. A phone number or an e-mail is one word of a customer. */
async function spelledFor(db: Database, accountId: number, kind: TermKind, query: string): Promise<Spellings> {
  const contact = kind === 'customer' ? contactSaid(query) : null;
  const full = [[`${FULL_NAME}${fullNameKey(query)}`]];
  if (contact !== null) return { full, exact: [contact], alike: [contact], begun: [contact], close: [contact] };
  const said = await knownWords(db, accountId, saidWords(query));
  return {
    full,
    exact: said.map(({ word }) => [word]),
    alike: said.map(({ word, alike }) => [word, ...alike]),
    begun: said.map(({ word, alike, begun }) => [word, ...alike, ...begun]),
    close: said.map(({ word, alike, close }) => [word, ...alike, ...close]),
  };
}

type Wanted = { readonly kind: TermKind; readonly isSample: 0 | 1; readonly spelled: Spelled };

async function lookUp({ db, within, leads, reach }: Books, wanted: Wanted, limit: number): Promise<number[]> {
  const { kind, isSample } = wanted;
  const { accountId } = within;
  const spelled = wanted.spelled.map((words) => leads.to(kind, words));
  if (spelled.some((words) => words.length === 0) || !leads.hasAny(kind, isSample)) return [];
  const [first = [], ...more] = spelled;
  const own = first.some((word) => word.startsWith(FULL_NAME));
  // By its own words a record is there at once; what it is filed under may lead to none, and to crew most may be unseen.
  const isOwn = more.length === 0 && within.crew === null && leads.itself(kind, first);
  const lead = own || isOwn ? first : await rarestOf(db, accountId, { ...wanted, spelled, reach });
  if (lead === null) return [];
  const others = spelled.filter((words) => words !== lead);
  const rest = (id: RawBuilder<unknown>) => {
    const each = others.map((words) => sql`and ${has({ accountId, kind, word: oneOf(words), reach }, id)}`);
    return sql`${sql.join(each, sql` `)} ${visibleOnly(within, kind, id)}`;
  };
  return await lookThrough(db, { accountId, kind, lead, reach: own ? 'own' : reach, isSample, rest, limit });
}

function oneOf(spelled: readonly string[]): OnWord {
  return (column) => sql`${column} in (${sql.join(spelled)})`;
}

/** What leads to the fewest records; null where something leads to none, so that none is found. */
async function rarestOf(
  db: Database,
  accountId: number,
  { kind, isSample, spelled, reach }: Wanted & { readonly reach: Reach },
): Promise<Lead | null> {
  const leads: readonly Lead[] = [...spelled, 'all of the kind'];
  const counts = leads.map(
    (lead, at) => sql`${countLed({ accountId, kind, lead, isSample, reach })} as ${sql.id(`lead_${at}`)}`,
  );
  const { rows } = await sql<Record<string, number>>`select ${sql.join(counts)}`.execute(db);
  const counted = leads.map((lead, at) => ({ lead, entries: rows[0]?.[`lead_${at}`] ?? 0 }));
  const [rarest] = counted.sort((left, right) => left.entries - right.entries);
  return rarest === undefined || rarest.entries === 0 ? null : rarest.lead;
}

/** A record that was searched for. @property fit as FIT says it */
export type Hit = { readonly kind: Kind; readonly id: number; readonly isSample: boolean; readonly fit: number };

/** @property isCut of some kind there are more than so many */
type Searched = { readonly hits: readonly Hit[]; readonly isCut: boolean };

/** Over several kinds, of each the newest, the best first: how well it fits, then real before samples, then the kinds in their order, newest first. */
export async function searchTerms(
  db: Database,
  within: Within,
  { kinds, query, limit }: { kinds: readonly Kind[]; query: string; limit: number },
): Promise<Searched> {
  const { accountId } = within;
  if (namingTerms(query).length === 0) return { hits: [], isCut: false };
  const inWords = await spelledFor(db, accountId, 'job', query);
  const ofCustomers = contactSaid(query) === null ? inWords : await spelledFor(db, accountId, 'customer', query);
  const leads = await leadsOf(db, accountId, { kinds, reach: 'lines' }, [inWords, ofCustomers]);
  const books = { db, within, leads, reach: 'lines' } as const;
  const found: Hit[] = [];
  let isCut = false;
  for (const isSample of [0, 1] as const) {
    for (const kind of kinds) {
      const spelled = kind === 'customer' ? ofCustomers : inWords;
      const matches = (await fitting(books, { kind, isSample, spelled, limit: limit + 1 })) ?? NO_MATCHES;
      isCut ||= Math.max(matches.begun.length, matches.close.length) > limit;
      const fits = new Map<number, number>();
      for (const fit of FITS.toReversed()) for (const id of matches[fit].slice(0, limit)) fits.set(id, FIT[fit]);
      for (const [id, fit] of fits) found.push({ kind, id, isSample: isSample === 1, fit });
    }
    if (found.length >= limit) break;
  }
  if (found.length === 0) found.push(...(await havingSome(books, { kinds, spelled: inWords.close })));
  const place = (hit: Hit) => [Number(hit.isSample), -hit.fit, kinds.indexOf(hit.kind), -Math.abs(hit.id)];
  return { hits: found.sort((left, right) => compared(place(left), place(right))), isCut };
}

function compared(left: readonly number[], right: readonly number[]): number {
  return left.map((value, index) => value - (right[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

/** Records of a word that are looked at where none has every word; a word that more have says little anyway. */
const LOOKED_AT = 200;

/** Where nothing has every word, what has the telling ones: the fewer records have a word, the more it tells. */
async function havingSome(
  books: Books,
  { kinds, spelled }: { kinds: readonly Kind[]; spelled: Spelled },
): Promise<Hit[]> {
  const told = new Map<string, { kind: Kind; id: number; isSample: boolean; words: number; telling: number }>();
  for (const spellings of spelled) {
    const rows: { kind: Kind; id: number; isSample: boolean }[] = [];
    for (const kind of kinds) {
      for (const isSample of [0, 1] as const) {
        const ids = await lookUp(books, { kind, isSample, spelled: [spellings] }, LOOKED_AT);
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

type Leading = { readonly accountId: number; readonly kind: TermKind; readonly reach: Reach };

/** A condition for lists: the record in `idColumn` has one of these words. */
function having({ accountId, kind, reach }: Leading, words: readonly string[], idColumn: string): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(idColumn)} in (
    select record_id from (${recordsHaving({ accountId, kind, reach, word: oneOf(words) })}) as found)`;
}

/** Whether one of these words leads to a record in sight; to crew none is by who is on it. */
async function leadsTo(
  db: Database,
  within: Within,
  { kind, reach }: Leading,
  lead: readonly string[],
): Promise<boolean> {
  if (kind === 'assignee' && within.crew !== null) return false;
  const { accountId } = within;
  const rest = (id: RawBuilder<unknown>) => visibleOnly(within, kind, id);
  for (const isSample of [0, 1] as const) {
    const found = await lookThrough(db, { accountId, kind, reach, lead, isSample, rest, limit: 1 });
    if (found.length > 0) return true;
  }
  return false;
}

type Looking = { readonly db: Database; readonly account: { readonly id: number }; readonly crew: Crew | null };

/**
 * A condition for lists: the record in `idColumn` has every word of the query, as the beginning of one or in a close
 * spelling where no exact one is known, to crew of what they see; or the number that was said.
 */
export async function havingTerms(
  { db, account: { id: accountId }, crew }: Looking,
  kind: TermKind,
  query: string,
  idColumn: string,
): Promise<RawBuilder<boolean>> {
  const number = kind === 'assignee' ? null : numbered(accountId, kind, query, idColumn);
  // A number alone may also be one of words, as that of a house.
  if (number !== null && /[a-z]/i.test(query)) return number;
  const words = await inWords({ db, account: { id: accountId }, crew }, kind, query, idColumn);
  return number === null ? words : sql<boolean>`(${number} or ${words})`;
}

/** A condition: the record in `idColumn` itself, not what it is filed under, says every word of the query. */
export function sayingTerms(
  { account: { id: accountId } }: Pick<Looking, 'account'>,
  kind: TermKind,
  query: string,
  idColumn: string,
): RawBuilder<boolean> {
  const said = saidWords(query).map(({ word, alike }) =>
    having({ accountId, kind, reach: 'own' }, [word, ...alike], idColumn),
  );
  return said.length === 0 ? sql<boolean>`1 = 0` : sql<boolean>`(${sql.join(said, sql` and `)})`;
}

/** A condition: the record in `idColumn` has this number; null where no number of this kind was said. */
function numbered(accountId: number, kind: Kind, query: string, idColumn: string): RawBuilder<boolean> | null {
  const said = parseReference(query, kind);
  if (said?.kind !== kind) return null;
  const id = sql.ref(idColumn);
  return said.by === 'id'
    ? sql<boolean>`${id} = ${said.value}`
    : sql<boolean>`${id} in (select id from ${sql.table(declared(kind).table)} where account_id = ${accountId} and number = ${said.value})`;
}

async function inWords(
  { db, account: { id: accountId }, crew }: Looking,
  kind: TermKind,
  query: string,
  idColumn: string,
): Promise<RawBuilder<boolean>> {
  const contact = kind === 'customer' ? contactSaid(query) : null;
  const called = { accountId, kind, reach: 'called' } as const;
  if (contact !== null) return having(called, contact, idColumn);
  const within = { accountId, withoutCosts: false, crew };
  const said = await knownWords(db, accountId, saidWords(query));
  const conditions = await inOrder(said, async ({ word, alike, begun, close }) => {
    const is = [word, ...alike];
    const ways = [
      { leading: called, words: is },
      ...(hasLines(kind) ? [{ leading: { ...called, reach: 'lines' } as const, words: is }] : []),
      { leading: called, words: begun },
      { leading: called, words: close },
    ].filter(({ words }) => words.length > 0);
    for (const { leading, words } of ways.slice(0, -1))
      if (await leadsTo(db, within, leading, words)) return having(leading, words, idColumn);
    const last = ways.at(-1);
    return having(last?.leading ?? called, last?.words ?? is, idColumn);
  });
  return conditions.length === 0 ? sql<boolean>`1 = 0` : sql<boolean>`(${sql.join(conditions, sql` and `)})`;
}
