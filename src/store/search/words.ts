// The words index: which records can be named by which words. Derived from the ledger, fed at the end of every write,
// rebuilt when its version changes (`renew-words.ts`). The same tables and queries serve both engines.
import { sql, type RawBuilder } from 'kysely';
import type { Kind } from '../../kinds/index.ts';
import { contactWords, nameKey, variants, wordsOf } from '../../domain/words.ts';
import type { Database, WordRow } from '../database.ts';
import { BEFORE_ALL, leave } from '../left.ts';
import { prepared } from '../prepared.ts';
import type { Touched } from '../write.ts';

/** Besides records, the people on a job: their words lead to the job. */
export type WordKind = Kind | 'assignee';

/** Raised when words are read differently; a book indexed under another version is indexed anew. */
export const WORDS = { derived: 'words', version: 3 } as const;

/** So many records a write indexes anew itself; where it bears on more, they are left for pages of their own. */
export const INDEXED_AT_ONCE = 100;

/** How a full name stands in the index: no word begins with this. */
export const FULL_NAME = '=';

type Named = {
  readonly name: string | null;
  readonly text: string;
  /** Words of this record alone, not of what is filed under it. */
  readonly own?: readonly string[];
  readonly isSample: 0 | 1;
};

/** Columns of each table whose change makes the record's words, or those of records under it, stale. */
const NAMING = {
  customers: ['name', 'address', 'is_sample'],
  jobs: ['name', 'address', 'customer_id', 'is_sample'],
  quotes: ['title', 'customer_id', 'job_id', 'is_sample'],
  invoices: ['customer_id', 'job_id', 'is_sample'],
  expenses: ['description', 'vendor', 'job_id', 'is_sample'],
  files: ['name', 'caption', 'customer_id', 'job_id', 'is_sample'],
  appointments: ['title', 'customer_id', 'job_id', 'is_sample'],
  walk_and_talks: ['title', 'customer_id', 'job_id', 'is_sample'],
} as const;
/** Columns whose change makes the record's own words stale, and no others. */
const OWN_NAMING: Readonly<Partial<Record<keyof typeof NAMING, readonly string[]>>> = { customers: ['phone', 'email'] };
export const KIND_OF = {
  customers: 'customer',
  jobs: 'job',
  quotes: 'quote',
  invoices: 'invoice',
  expenses: 'expense',
  files: 'file',
  appointments: 'appointment',
  walk_and_talks: 'walk_and_talk',
} as const;
export type NamedTable = keyof typeof NAMING;
export const NAMED_TABLES = Object.keys(NAMING).filter(isNamed);

/** All records, or those whose words include those of one customer or job. */
export type Whose = { readonly table: 'customers' | 'jobs'; readonly id: number } | null;
/** What is filed under each and is found by its words too. */
const UNDER = {
  customers: ['jobs', 'quotes', 'invoices', 'expenses', 'files', 'appointments', 'walk_and_talks'],
  jobs: ['quotes', 'invoices', 'expenses', 'files', 'appointments', 'walk_and_talks'],
} as const satisfies Readonly<Record<'customers' | 'jobs', readonly NamedTable[]>>;

/** @returns false where there are too many to be indexed by one write, and some are left */
export async function refreshWords(db: Database, accountId: number, touched: readonly Touched[]): Promise<boolean> {
  const stale = new Map<string, { kind: WordKind; id: number }>();
  const left: string[] = [];
  const add = (kind: WordKind, id: number) => stale.set(`${kind} ${id}`, { kind, id });
  for (const { table, before, after } of touched) {
    const image = after ?? before;
    if (table === 'job_assignees' && typeof image?.['job_id'] === 'number') add('assignee', image['job_id']);
    if (!isNamed(table)) continue;
    const id = image?.['id'];
    if (typeof id !== 'number') continue;
    const changes = (columns: readonly string[]) =>
      before === null || after === null || columns.some((column) => before[column] !== after[column]);
    if (changes(OWN_NAMING[table] ?? [])) add(KIND_OF[table], id);
    if (!changes(NAMING[table])) continue;
    add(KIND_OF[table], id);
    if (before === null || after === null || (table !== 'customers' && table !== 'jobs')) continue;
    const under = await recordsUnder(db, accountId, { table, id });
    for (const each of under ?? []) add(KIND_OF[each.table], each.id);
    if (under === null) left.push(...UNDER[table].map((each) => inWords({ whose: { table, id }, step: each })));
  }
  for (const { kind, id } of stale.values()) await indexRecord(db, accountId, kind, id);
  const things = left.map((what) => ({ what, after: BEFORE_ALL }));
  if (things.length > 0) await leave(db, accountId, WORDS, things);
  return things.length === 0;
}

function isNamed(table: string): table is NamedTable {
  return Object.hasOwn(NAMING, table);
}

/** The records whose words include those of this one; null where there are more than a write may index. */
async function recordsUnder(
  db: Database,
  accountId: number,
  whose: NonNullable<Whose>,
): Promise<{ table: NamedTable; id: number }[] | null> {
  const found: { table: NamedTable; id: number }[] = [];
  for (const table of UNDER[whose.table]) {
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
  { whose, table }: { readonly whose: Whose; readonly table: NamedTable },
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<number[]> {
  // The plus keeps SQLite from going by the numbers of all expenses instead of by the job.
  const number = table === 'expenses' && whose !== null ? sql`+id` : sql`id`;
  const { rows } = await sql<{ id: number }>`
    select id from ${sql.table(table)} where account_id = ${accountId} and ${isUnder(accountId, whose, table)}
    and ${number} > ${after} order by ${number} limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}

function isUnder(accountId: number, whose: Whose, table: NamedTable): RawBuilder<unknown> {
  if (whose === null) return sql`1 = 1`;
  if (whose.table === 'jobs') return sql`job_id = ${whose.id}`;
  if (table !== 'expenses') return sql`customer_id = ${whose.id}`;
  return sql`job_id in (select j.id from jobs as j where j.account_id = ${accountId} and j.customer_id = ${whose.id})`;
}

/** One thing that is left to be indexed: of these records, this step. */
export type WordStep = NamedTable | 'assignees' | 'forgetting' | 'spellings';
export type WordsLeft = { readonly whose: Whose; readonly step: WordStep };

export function inWords({ whose, step }: WordsLeft): string {
  return whose === null ? `all ${step}` : `${whose.table} ${whose.id} ${step}`;
}

type Indexed = { readonly account: number; readonly kind: WordKind; readonly id: number };

export async function indexRecord(db: Database, accountId: number, kind: WordKind, id: number): Promise<void> {
  await forget(db, { account: accountId, kind, id });
  const named = await load(db, accountId, kind, id);
  if (named === null) return;
  const words = [...new Set([...wordsOf(named.text), ...(named.own ?? [])])];
  const key = named.name === null ? '' : nameKey(named.name);
  for (const word of [...words, ...(key === '' ? [] : [`${FULL_NAME}${key}`])])
    await learn(db, { account_id: accountId, kind, word, is_sample: named.isSample, record_id: id });
  await learnSpellings(db, accountId, words);
}

const forget = prepared((db, { account, kind, id }: Indexed) =>
  db.deleteFrom('words').where('account_id', '=', account).where('kind', '=', kind).where('record_id', '=', id),
);

const learn = prepared((db, row: WordRow) => db.insertInto('words').values(row));

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

async function load(db: Database, accountId: number, kind: WordKind, id: number): Promise<Named | null> {
  if (kind === 'customer') {
    const row = await db
      .selectFrom('customers')
      .select(['name', 'address', 'phone', 'phone_key', 'email', 'is_sample'])
      .where('account_id', '=', accountId)
      .where('id', '=', id)
      .executeTakeFirst();
    if (row === undefined) return null;
    const own = contactWords({ phones: [row.phone, row.phone_key], email: row.email });
    return { name: row.name, text: `${row.name} ${row.address ?? ''}`, own, isSample: row.is_sample };
  }
  if (kind === 'job') return await loadJob(db, accountId, id);
  if (kind === 'assignee') return await loadAssignees(db, accountId, id);
  if (kind === 'expense') {
    const [row] = await expenseNames(db, { account: accountId, id });
    if (row === undefined) return null;
    const job = await loadJob(db, accountId, row.job_id);
    return {
      name: row.description,
      text: `${row.description} ${row.vendor ?? ''} ${job?.text ?? ''}`,
      isSample: row.is_sample,
    };
  }
  // Payments are named by number only.
  return kind === 'payment' ? null : await loadFiled(db, accountId, kind, id);
}

async function loadJob(db: Database, accountId: number, id: number): Promise<Named | null> {
  const [row] = await jobNames(db, { account: accountId, id });
  if (row === undefined) return null;
  return {
    name: row.name,
    text: `${row.name} ${row.customer} ${row.address ?? row.customer_address ?? ''}`,
    isSample: row.is_sample,
  };
}

type ById = { readonly account: number; readonly id: number };

const expenseNames = prepared((db, { account, id }: ById) =>
  db
    .selectFrom('expenses')
    .select(['description', 'vendor', 'job_id', 'is_sample'])
    .where('account_id', '=', account)
    .where('id', '=', id),
);

const jobNames = prepared((db, { account, id }: ById) =>
  db
    .selectFrom('jobs')
    .innerJoin('customers', (join) =>
      join.onRef('customers.account_id', '=', 'jobs.account_id').onRef('customers.id', '=', 'jobs.customer_id'),
    )
    .select([
      'jobs.name',
      'jobs.address',
      'jobs.is_sample',
      'customers.name as customer',
      'customers.address as customer_address',
    ])
    .where('jobs.account_id', '=', account)
    .where('jobs.id', '=', id),
);

async function loadAssignees(db: Database, accountId: number, jobId: number): Promise<Named | null> {
  const job = await loadJob(db, accountId, jobId);
  const rows = await db
    .selectFrom('job_assignees')
    .select('name')
    .where('account_id', '=', accountId)
    .where('job_id', '=', jobId)
    .execute();
  return job === null ? null : { name: null, text: rows.map((row) => row.name).join(' '), isSample: job.isSample };
}

/** Where the own words of what is filed under a customer or a job stand. */
const FILED_AS = {
  quote: { table: 'quotes', words: ['title'] },
  invoice: { table: 'invoices', words: [] },
  file: { table: 'files', words: ['name', 'caption'] },
  appointment: { table: 'appointments', words: ['title'] },
  walk_and_talk: { table: 'walk_and_talks', words: ['title'] },
} as const;

async function loadFiled(
  db: Database,
  accountId: number,
  kind: keyof typeof FILED_AS,
  id: number,
): Promise<Named | null> {
  const { table, words } = FILED_AS[kind];
  const { rows } = await sql<
    Record<string, string | null> & { customer_id: number; job_id: number | null; is_sample: 0 | 1 }
  >`
    select ${sql.join(['customer_id', 'job_id', 'is_sample', ...words].map((column) => sql.ref(column)))}
    from ${sql.table(table)} where account_id = ${accountId} and id = ${id}`.execute(db);
  const [row] = rows;
  if (row === undefined) return null;
  const own = words.map((column) => row[column] ?? '');
  const on =
    row.job_id === null
      ? await load(db, accountId, 'customer', row.customer_id)
      : await loadJob(db, accountId, row.job_id);
  const [name = ''] = own;
  return { name: name === '' ? null : name, text: [...own, on?.text ?? ''].join(' '), isSample: row.is_sample };
}
