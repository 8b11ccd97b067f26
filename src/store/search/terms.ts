// The index of terms: which records can be named by which words. Derived from the ledger, fed at the end of every write,
// rebuilt when its version changes (`renew-terms.ts`). The same tables and queries serve both engines.
import { sql, type RawBuilder } from 'kysely';
import { declared } from '../../kinds/declared.ts';
import { KINDS, type Kind } from '../../kinds/index.ts';
import type { KindDeclaration, Values, FoundBy } from '../../kinds/kind.ts';
import { nameKey, variants, termsOf } from '../../domain/terms.ts';
import type { Database } from '../database.ts';
import { BEFORE_ALL, leave } from '../derived/left.ts';
import { isLedgerTable, type Snapshot, type LedgerTable, type Touched } from '../journal/ledger.ts';
import { insertMany } from '../engine/many.ts';
import { prepared } from '../engine/prepared.ts';

/** Besides records, the people on a job: their words lead to the job. */
export type TermKind = Kind | 'assignee';

/** Raised when words are read differently; a book indexed under another version is indexed anew. */
export const TERMS = { derived: 'words', version: 3 } as const;

/** So many records a write indexes anew itself; where it bears on more, they are left for pages of their own. */
export const INDEXED_AT_ONCE = 100;

/** How a full name stands in the index: no word begins with this. */
export const FULL_NAME = '=';

type Named = {
  readonly row: Values;
  readonly name: string | null;
  readonly text: string;
  /** Words of this record alone, not of what is filed under it. */
  readonly own: readonly string[];
  readonly isSample: 0 | 1;
};

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

/** All records, or those whose words include those of one customer or job. */
export type TermOwner = { readonly table: 'customers' | 'jobs'; readonly id: number } | null;

/** Columns whose change makes the record's words, or those of records under it, stale. */
function namingColumns({ found, under }: FoundKind): string[] {
  return [...found.by, ...under.map((kind) => `${kind}_id`), 'is_sample'];
}

/** What is filed under a customer or job, and is found by its words too: also what is so by way of a job alone. */
function tablesUnder(table: 'customers' | 'jobs'): NamedTable[] {
  return [...FOUND.values()].flatMap(({ under, table: own }) =>
    under.includes(table === 'jobs' ? 'job' : 'customer') || (table === 'customers' && under.length > 0) ? [own] : [],
  );
}

/** @returns false where there are too many to be indexed by one write, and some are left */
export async function refreshTerms(db: Database, accountId: number, touched: readonly Touched[]): Promise<boolean> {
  const stale = new Map<string, { kind: TermKind; id: number }>();
  const left: string[] = [];
  const add = (kind: TermKind, id: number) => stale.set(`${kind} ${id}`, { kind, id });
  for (const { table, before, after } of touched) {
    const snapshot = after ?? before;
    if (table === 'job_assignees' && typeof snapshot?.['job_id'] === 'number') add('assignee', snapshot['job_id']);
    const of = FOUND.get(table);
    const id = snapshot?.['id'];
    if (of === undefined || typeof id !== 'number') continue;
    const changes = (columns: readonly string[]) =>
      before === null || after === null || columns.some((column) => before[column] !== after[column]);
    if (changes(of.found.alone?.by ?? [])) add(of.kind, id);
    if (!changes(namingColumns(of))) continue;
    add(of.kind, id);
    if (before === null || after === null || (table !== 'customers' && table !== 'jobs')) continue;
    const under = await recordsUnder(db, accountId, { table, id });
    for (const each of under ?? []) add(kindIn(each.table), each.id);
    if (under === null) left.push(...tablesUnder(table).map((each) => inWords({ whose: { table, id }, step: each })));
  }
  for (const { kind, id } of stale.values()) await indexRecord(db, accountId, kind, id);
  const things = left.map((what) => ({ what, after: BEFORE_ALL }));
  if (things.length > 0) await leave(db, accountId, TERMS, things);
  return things.length === 0;
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
  // The plus keeps SQLite from going by the numbers of all expenses instead of by the job.
  const number = whose !== null && isOnJobAlone(table) ? sql`+id` : sql`id`;
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

type Indexed = { readonly account: number; readonly kind: TermKind; readonly id: number };

export async function indexRecord(db: Database, accountId: number, kind: TermKind, id: number): Promise<void> {
  await forget(db, { account: accountId, kind, id });
  const named = await load(db, accountId, kind, id);
  if (named === null) return;
  const words = [...new Set([...termsOf(named.text), ...named.own])];
  const key = named.name === null ? '' : nameKey(named.name);
  const row = { account_id: accountId, kind, is_sample: named.isSample, record_id: id };
  await learn(
    db,
    [...words, ...(key === '' ? [] : [`${FULL_NAME}${key}`])].map((word) => ({ ...row, word })),
  );
  await learnSpellings(db, accountId, words);
}

const forget = prepared((db, { account, kind, id }: Indexed) =>
  db.deleteFrom('words').where('account_id', '=', account).where('kind', '=', kind).where('record_id', '=', id),
);

const learn = insertMany('words', ['account_id', 'kind', 'word', 'is_sample', 'record_id']);

async function learnSpellings(db: Database, accountId: number, words: string[]): Promise<void> {
  if (words.length === 0) return;
  const found = [...new Set(words.map((word) => variants(word)[0] ?? word))];
  const known = await spelled(db, { account: accountId, variants: found, words });
  const seen = new Set(known.map((row) => row.word));
  const rows = words
    .filter((word) => !seen.has(word))
    .flatMap((word) => variants(word).map((variant) => ({ account_id: accountId, variant, word })));
  if (rows.length > 0) {
    await db
      .insertInto('spellings')
      .values(rows)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

const spelled = prepared(
  (db, given: { readonly account: number; readonly variants: readonly string[]; readonly words: readonly string[] }) =>
    db
      .selectFrom('spellings')
      .select('word')
      .distinct()
      .where('account_id', '=', given.account)
      .where('variant', 'in', given.variants)
      .where('word', 'in', given.words),
);

type ById = { readonly account: number; readonly id: number };

const rowOf: ReadonlyMap<string, (db: Database, given: ById) => Promise<readonly Snapshot[]>> = new Map(
  [...FOUND.values()].map((of) => {
    const { table, found } = of;
    const columns = [...new Set([...namingColumns(of), ...(found.alone?.by ?? [])])];
    const named = sql.join(columns.map((column) => sql.ref(column)));
    const query = prepared(
      (_, { account, id }: ById) =>
        sql<Snapshot>`select ${named} from ${sql.table(table)} where account_id = ${account} and id = ${id}`,
    );
    return [of.kind, query] as const;
  }),
);

/** Null for a record that is gone, and of a kind that is found by its number only. */
async function load(db: Database, accountId: number, kind: TermKind, id: number): Promise<Named | null> {
  if (kind === 'assignee') return await loadAssignees(db, accountId, id);
  const { found, under } = declared(kind);
  const [row] = (await rowOf.get(kind)?.(db, { account: accountId, id })) ?? [];
  if (found === null || row === undefined) return null;
  const above = under.find((each) => typeof row[`${each}_id`] === 'number');
  const on = above === undefined ? null : await load(db, accountId, above, Number(row[`${above}_id`]));
  const own = found.by.map((column) => String(row[column] ?? ''));
  const [name = ''] = own;
  return {
    row,
    name: name === '' ? null : name,
    text: found.text?.(row, on) ?? [...own, on?.text ?? ''].join(' '),
    own: found.alone?.words(row) ?? [],
    isSample: row['is_sample'] === 1 ? 1 : 0,
  };
}

async function loadAssignees(db: Database, accountId: number, jobId: number): Promise<Named | null> {
  const job = await load(db, accountId, 'job', jobId);
  const rows = await db
    .selectFrom('job_assignees')
    .select('name')
    .where('account_id', '=', accountId)
    .where('job_id', '=', jobId)
    .execute();
  return job === null ? null : { ...job, name: null, text: rows.map((row) => row.name).join(' '), own: [] };
}
