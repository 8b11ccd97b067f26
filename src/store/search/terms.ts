// The index of terms: which records can be named by which words. Derived from the ledger, fed at the end of every write,
// rebuilt when its version changes (`renew-terms.ts`). The same tables and queries serve both engines.
import { sql, type RawBuilder } from 'kysely';
import { declared } from '../../kinds/declared.ts';
import { KINDS, type Kind } from '../../kinds/index.ts';
import type { KindDeclaration, Values, FoundBy } from '../../kinds/kind.ts';
import { fullNameKey, indexedTerms, isLetters, variants } from '../../domain/terms.ts';
import type { Database } from '../database.ts';
import { BEFORE_ALL, noteLeft } from '../derived/left.ts';
import { isLedgerTable, type Snapshot, type LedgerTable, type Touched } from '../journal/ledger.ts';
import { isPostgres, notByIndex } from '../engine/dialect.ts';
import { numbersIn, rowsAsJson, rowsIn } from '../engine/json-rows.ts';
import { deleteMany, insertMany } from '../engine/many.ts';
import { deferred, prepared } from '../engine/prepared.ts';

/** Besides records, the people on a job: their words lead to the job. */
export type TermKind = Kind | 'assignee';

/** And what leads to a record alone, and to nothing that is filed under it. */
export type IndexedKind = TermKind | `${Kind} alone` | `${Kind} lines`;

export function wordsAlone<K extends Kind>(kind: K): `${K} alone` {
  return `${kind} alone`;
}

/** What leads to a record in a search alone: words of its lines. */
export function wordsOfLines<K extends Kind>(kind: K): `${K} lines` {
  return `${kind} lines`;
}

/** Raised when words are read differently; a book indexed under another version is indexed anew. */
export const TERMS = { derived: 'words', version: 7 } as const;

/** So many records a write indexes anew itself; where it bears on more, they are left for pages of their own. */
export const INDEXED_AT_ONCE = 100;

/** How a full name stands in the index: no word begins with this. */
export const FULL_NAME = '=';

/** What is found by words, by its table. */
const FOUND: ReadonlyMap<string, FoundKind> = new Map(
  KINDS.flatMap(({ kind, table, under, found }) =>
    found === null || !isLedgerTable(table) ? [] : [[table, { kind, table, under, found }] as const],
  ),
);
type FoundKind = Pick<KindDeclaration, 'under'> & {
  readonly kind: Kind;
  readonly table: LedgerTable;
  readonly found: FoundBy;
};
export type NamedTable = LedgerTable;
export const NAMED_TABLES: readonly NamedTable[] = [...FOUND.values()].map(({ table }) => table);

/** Whose lines stand in a table. */
const LINES: ReadonlyMap<string, { readonly kind: Kind; readonly of: string; readonly by: string }> = new Map(
  [...FOUND.values()].flatMap(({ kind, found: { lines } }) =>
    lines === undefined ? [] : [[lines.table, { ...lines, kind }]],
  ),
);

/** All records, or those whose words include those of one customer or job. */
export type TermOwner = { readonly table: 'customers' | 'jobs'; readonly id: number } | null;

/** Columns whose change makes the record's words stale, or those of records that have them too. */
function namingColumns({ found, under }: FoundKind): string[] {
  const above = found.text === undefined ? [] : under.map((kind) => `${kind}_id`);
  const unless = found.unless === undefined ? [] : [found.unless];
  return [...found.by, ...(found.alone?.by ?? []), ...above, ...unless, 'is_sample'];
}

/** What is filed under a customer or job, and makes a text of its words: all else is found by way of them. */
function tablesUnder(table: 'customers' | 'jobs'): NamedTable[] {
  return [...FOUND.values()].flatMap(({ under, found, table: own }) =>
    found.text !== undefined && under.includes(table === 'jobs' ? 'job' : 'customer') ? [own] : [],
  );
}

/** Rows of one record before a write and after it; null where there was, or is, none. */
type Stale = { readonly before: Snapshot | null; readonly after: Snapshot | null };

/** @returns false where there are too many to be indexed by one write, and some are left */
export async function refreshTerms(db: Database, accountId: number, touched: readonly Touched[]): Promise<boolean> {
  const stale = new Map<string, ToIndex>();
  const left: string[] = [];
  const add = (kind: TermKind, id: number, { before, after }: Stale = { before: {}, after: {} }) => {
    const name = `${kind} ${id}`;
    const known = stale.get(name);
    stale.set(name, { ...known, kind, id, isNew: known?.isNew ?? before === null, row: after });
  };
  for (const { table, before, after } of touched) {
    const snapshot = after ?? before;
    const lined = LINES.get(table);
    const owner = lined === undefined ? null : snapshot?.[lined.of];
    if (lined !== undefined && typeof owner === 'number') {
      const name = `${lined.kind} ${owner}`;
      const known = stale.get(name);
      const line = after === null ? [] : [String(after[lined.by] ?? '')];
      stale.set(name, { kind: lined.kind, id: owner, ...known, lines: [...(known?.lines ?? []), ...line] });
    }
    if (table === 'job_assignees' && typeof snapshot?.['job_id'] === 'number') add('assignee', snapshot['job_id']);
    const of = FOUND.get(table);
    const id = snapshot?.['id'];
    if (of === undefined || typeof id !== 'number' || !differs({ before, after }, namingColumns(of))) continue;
    add(of.kind, id, { before, after });
    if (before === null || after === null || (table !== 'customers' && table !== 'jobs')) continue;
    if (!differs({ before, after }, of.found.by)) continue;
    const under = await recordsUnder(db, accountId, { table, id });
    for (const each of under ?? []) add(kindIn(each.table), each.id);
    if (under === null) left.push(...tablesUnder(table).map((each) => inWords({ whose: { table, id }, step: each })));
  }
  await indexRecords(db, accountId, [...stale.values()]);
  const things = left.map((what) => ({ what, after: BEFORE_ALL }));
  if (things.length > 0) await noteLeft(db, accountId, TERMS, things);
  return things.length === 0;
}

function differs({ before, after }: Stale, columns: readonly string[]): boolean {
  return before === null || after === null || columns.some((column) => before[column] !== after[column]);
}

/** The kind of record that is named in this table. */
export function kindIn(table: NamedTable): Kind {
  const kind = FOUND.get(table)?.kind;
  if (kind === undefined) throw new Error(`nothing in ${table} is found by words`);
  return kind;
}

/** The records whose words include those of this one; null where there are more than a write may index. */
async function recordsUnder(
  db: Database,
  accountId: number,
  whose: NonNullable<TermOwner>,
): Promise<{ table: NamedTable; id: number }[] | null> {
  const found: { table: NamedTable; id: number }[] = [];
  for (const table of tablesUnder(whose.table)) {
    const page = { after: BEFORE_ALL, limit: INDEXED_AT_ONCE + 1 - found.length };
    found.push(...(await numbersOf(db, accountId, { whose, table }, page)).map((id) => ({ table, id })));
    if (found.length > INDEXED_AT_ONCE) return null;
  }
  return found;
}

/** Numbers of a table's records after this one, in their order. */
export async function numbersOf(
  db: Database,
  accountId: number,
  { whose, table }: { readonly whose: TermOwner; readonly table: NamedTable },
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<number[]> {
  // Else it would go by the numbers of all expenses instead of by the job.
  const number = whose !== null && isOnJobAlone(table) ? notByIndex(sql`id`) : sql`id`;
  const { rows } = await sql<{ id: number }>`
    select id from ${sql.table(table)} where account_id = ${accountId} and ${isUnder(accountId, whose, table)}
    and ${number} > ${after} order by ${number} limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}

function isUnder(accountId: number, whose: TermOwner, table: NamedTable): RawBuilder<unknown> {
  if (whose === null) return sql`1 = 1`;
  if (whose.table === 'jobs') return sql`job_id = ${whose.id}`;
  if (!isOnJobAlone(table)) return sql`customer_id = ${whose.id}`;
  return sql`job_id in (select j.id from jobs as j where j.account_id = ${accountId} and j.customer_id = ${whose.id})`;
}

/** Whose customer is that of its job. */
function isOnJobAlone(table: NamedTable): boolean {
  const under = FOUND.get(table)?.under ?? [];
  return under.includes('job') && !under.includes('customer');
}

/** One thing that is left to be indexed: of these records, this step. */
export type TermStep = NamedTable | 'assignees' | 'forgetting' | 'spellings';
export type TermsLeft = { readonly whose: TermOwner; readonly step: TermStep };

export function inWords({ whose, step }: TermsLeft): string {
  return whose === null ? `all ${step}` : `${whose.table} ${whose.id} ${step}`;
}

/** What stands in the index for a record: its rows without the account. */
type Entry = {
  readonly kind: IndexedKind;
  readonly word: string;
  readonly is_sample: 0 | 1;
  readonly record_id: number;
};

type ToIndex = {
  readonly kind: TermKind;
  readonly id: number;
  /** Nothing stands in the index for it yet. */
  readonly isNew?: boolean;
  /** As it is now, where that is known; null where it is gone. */
  readonly row?: Snapshot | null;
  /** Of a new one, all of its lines. */
  readonly lines?: readonly string[];
};

/** Writes which words lead to these records, as far as it is others than before. */
export async function indexRecords(db: Database, accountId: number, records: readonly ToIndex[]): Promise<void> {
  const wanted: Entry[] = [];
  for (const [kind, some] of Map.groupBy(records, (record) => record.kind))
    wanted.push(...(await entriesOf({ db, accountId }, kind, some)));
  const known = records.filter(({ isNew }) => isNew !== true).flatMap(indexedAs);
  const before =
    known.length === 0 ? [] : await entriesIn(db, { account: accountId, records: rowsAsJson(RECORD, known) });
  const [had, has] = [new Set(before.map(nameOf)), new Set(wanted.map(nameOf))];
  await forget(
    db,
    accountId,
    before.filter((entry) => !has.has(nameOf(entry))),
  );
  const learned = wanted.filter((entry) => !had.has(nameOf(entry)));
  await learn(db, accountId, learned);
  await learnSpellings(db, accountId, [...new Set(learned.map(({ word }) => word))]);
}

function indexedAs({ kind, id }: ToIndex) {
  const found = kind === 'assignee' ? null : declared(kind).found;
  const kinds: IndexedKind[] = [kind];
  if (kind !== 'assignee' && found?.alone !== undefined) kinds.push(wordsAlone(kind));
  if (kind !== 'assignee' && found?.lines !== undefined) kinds.push(wordsOfLines(kind));
  return kinds.map((each) => ({ kind: each, record_id: id }));
}

function nameOf({ kind, word, is_sample, record_id }: Omit<Entry, 'kind'> & { readonly kind: string }): string {
  return JSON.stringify([kind, word, is_sample, record_id]);
}

const RECORD = ['kind', 'record_id'];
const ENTRY = ['kind', 'word', 'is_sample', 'record_id'];

const entriesIn = prepared(
  (db, { account, records }: { readonly account: number; readonly records: string }) =>
    sql<Omit<Entry, 'kind'> & { readonly kind: string }>`
      select kind, word, is_sample, record_id from words
      where account_id = ${account} and (kind, record_id) in (${rowsIn(db, 'words', RECORD, records)})`,
);
const forget = deleteMany('words', ENTRY);
const learn = insertMany('words', ENTRY, ENTRY);

/** How a known word stands whole among the spellings: none begins with this. */
export const WHOLE = '^';

/** Known words stay: what is asked of each is the first of its forms, under which it stands where it is known. */
async function learnSpellings(db: Database, accountId: number, words: readonly string[]): Promise<void> {
  const spelled = words
    .filter((word) => !word.startsWith(FULL_NAME))
    .map((word) => {
      const whole = isLetters(word) ? [`${WHOLE}${word}`] : [];
      const forms = [...variants(word), ...whole].map((form) => form.toWellFormed());
      return { word: word.toWellFormed(), first: forms[0] ?? word, forms };
    });
  if (spelled.length > 0) await keepSpellings(db, { account: accountId, words: JSON.stringify(spelled) });
}

const keepSpellings = deferred((db, { account, words }: { readonly account: number; readonly words: string }) => {
  const isKnown = (word: RawBuilder<unknown>, first: RawBuilder<unknown>) =>
    sql`exists (select 1 from spellings as s where s.account_id = ${account} and s.variant = ${first} and s.word = ${word})`;
  const rows = isPostgres(db)
    ? sql`select cast(${account} as bigint), f.form, w.word
        from jsonb_to_recordset(cast(${words} as jsonb)) as w (word text, first text, forms jsonb),
          jsonb_array_elements_text(w.forms) as f (form)
        where not ${isKnown(sql`w.word`, sql`w.first`)}`
    : sql`select cast(${account} as bigint), f.value, w.value ->> 'word' from json_each(${words}) as w, json_each(w.value, '$.forms') as f
        where not ${isKnown(sql`w.value ->> 'word'`, sql`w.value ->> 'first'`)}`;
  return sql`insert into spellings (account_id, variant, word) ${rows} on conflict do nothing`;
});

type Asking = { readonly db: Database; readonly accountId: number };

async function entriesOf(asking: Asking, kind: TermKind, records: readonly ToIndex[]): Promise<Entry[]> {
  const ids = records.map(({ id }) => id);
  if (kind === 'assignee') return await assigneesIn(asking, ids);
  const { found } = declared(kind);
  if (found === null) return [];
  const rows = records.every(({ row }) => row !== undefined) ? records.map(({ row }) => row ?? null) : null;
  const named =
    rows === null || found.text !== undefined ? await namedOf(asking, kind, ids) : rows.flatMap(ownName(found));
  const lines = found.lines === undefined ? null : await linesOf(asking, found.lines, records);
  const isFound = ({ row }: Named) => found.unless === undefined || (row[found.unless] ?? null) === null;
  return named.filter(isFound).flatMap(({ row, name, text }) => {
    const [record_id, is_sample] = [Number(row['id']), row['is_sample'] === 1 ? 1 : 0] as const;
    const entry = (word: string, as: IndexedKind = kind): Entry => ({
      kind: as,
      word: word.toWellFormed(),
      is_sample,
      record_id,
    });
    const key = fullNameKey(name);
    const alone = [...new Set(found.alone?.words(row) ?? [])];
    const inLines = lines === null ? [] : indexedTerms((lines.get(record_id) ?? []).join(' '));
    return [
      ...indexedTerms(text).map((word) => entry(word)),
      ...(key === '' ? [] : [entry(`${FULL_NAME}${key}`)]),
      ...alone.map((word) => entry(word, wordsAlone(kind))),
      ...inLines.map((word) => entry(word, wordsOfLines(kind))),
    ];
  });
}

/** The lines of these records: of new ones they are known, others are asked for. */
async function linesOf(
  { db, accountId }: Asking,
  { table, of, by }: NonNullable<FoundBy['lines']>,
  records: readonly ToIndex[],
): Promise<ReadonlyMap<number, readonly string[]>> {
  const known = records.filter(({ isNew }) => isNew === true);
  const others = records.filter(({ isNew }) => isNew !== true).map(({ id }) => id);
  const lines = new Map(known.map(({ id, lines: own = [] }) => [id, own]));
  if (others.length === 0) return lines;
  const { rows } = await sql<{ id: number; words: string }>`
    select ${sql.ref(of)} as id, ${sql.ref(by)} as words from ${sql.table(table)}
    where account_id = ${accountId} and ${sql.ref(of)} in (${numbersIn(db, JSON.stringify(others))})`.execute(db);
  for (const { id, words } of rows) lines.set(id, [...(lines.get(id) ?? []), words]);
  return lines;
}

/** What is called by its own columns alone. */
function ownName({ by }: FoundBy): (row: Values | null) => Named[] {
  return (row) => {
    if (row === null) return [];
    const own = by.map((column) => String(row[column] ?? ''));
    return [{ row, name: own[0] ?? '', text: own.join(' ') }];
  };
}

type Named = { readonly row: Values; readonly name: string; readonly text: string };

/** What these records are called, without those that are gone. */
async function namedOf(asking: Asking, kind: Kind, ids: readonly number[]): Promise<Named[]> {
  const { found, under } = declared(kind);
  const query = ROWS.get(kind);
  if (found === null || query === undefined || ids.length === 0) return [];
  const rows = await query(asking.db, { account: asking.accountId, ids: JSON.stringify(ids) });
  const { text } = found;
  if (text === undefined) return rows.flatMap(ownName(found));
  const aboveOf = (row: Values) => under.find((each) => typeof row[`${each}_id`] === 'number');
  const above = new Map<string, Named>();
  for (const each of under) {
    const on = new Set(rows.filter((row) => aboveOf(row) === each).map((row) => Number(row[`${each}_id`])));
    for (const named of await namedOf(asking, each, [...on])) above.set(`${each} ${named.row['id']}`, named);
  }
  return rows.map((row) => {
    const on = aboveOf(row);
    return {
      row,
      name: String(row[found.by[0] ?? ''] ?? ''),
      text: text(row, above.get(`${on} ${row[`${on}_id`]}`) ?? null),
    };
  });
}

type ByIds = { readonly account: number; readonly ids: string };

const ROWS: ReadonlyMap<string, (db: Database, given: ByIds) => Promise<readonly Snapshot[]>> = new Map(
  [...FOUND.values()].map((of) => {
    const named = sql.join(['id', ...new Set(namingColumns(of))].map((column) => sql.ref(column)));
    const query = prepared(
      (db, { account, ids }: ByIds) =>
        sql<Snapshot>`select ${named} from ${sql.table(of.table)} where account_id = ${account} and id in (${numbersIn(db, ids)})`,
    );
    return [of.kind, query] as const;
  }),
);

async function assigneesIn({ db, accountId }: Asking, jobs: readonly number[]): Promise<Entry[]> {
  const rows = await assignees(db, { account: accountId, ids: JSON.stringify(jobs) });
  return [...Map.groupBy(rows, ({ job_id }) => job_id)].flatMap(([record_id, people]) =>
    indexedTerms(people.map(({ name }) => name).join(' ')).map(
      (word): Entry => ({ kind: 'assignee', word, is_sample: people[0]?.is_sample === 1 ? 1 : 0, record_id }),
    ),
  );
}

const assignees = prepared((db, { account, ids }: ByIds) =>
  db
    .selectFrom('job_assignees as a')
    .innerJoin('jobs as j', (join) => join.onRef('j.account_id', '=', 'a.account_id').onRef('j.id', '=', 'a.job_id'))
    .select(['a.job_id', 'a.name', 'j.is_sample'])
    .where('a.account_id', '=', account)
    .where(sql<boolean>`a.job_id in (${numbersIn(db, ids)})`)
    .orderBy('a.job_id')
    .orderBy('a.position'),
);
