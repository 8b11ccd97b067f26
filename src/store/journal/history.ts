// Reading the change journal: which changes there were, what each did row by row, and which took back which. Nothing
// here writes; the journal only grows.
import { sql, type RawBuilder } from 'kysely';
import type { Instant } from '../../domain/dates.ts';
import type { Change } from '../../domain/history.ts';
import type { RowChange } from '../../kinds/history.ts';
import { KIND_NAMES } from '../../kinds/declared.ts';
import type { Kind } from '../../kinds/index.ts';
import { oneOf } from '../one-of.ts';
import { isLedgerTable, LEDGER, snapshotOf, recordOf, type Snapshot, type LedgerTable } from './ledger.ts';
import { rowIn } from './images.ts';
import { numbersIn } from '../engine/json-rows.ts';
import { prepared } from '../engine/prepared.ts';
import type { ReadScope } from '../scope.ts';
import { saidIn, type StoredSaid } from './said.ts';

type RecordId = { readonly kind: Kind; readonly id: number };

export type ChangeFilter = {
  readonly record?: RecordId | undefined;
  /** Names as they stand in the journal. */
  readonly actors?: readonly string[] | undefined;
  readonly clients?: readonly string[] | undefined;
  readonly from?: Instant | undefined;
  /** Up to, and not including. */
  readonly until?: Instant | undefined;
};
/** Where a page begins: below this change, and before or at its moment where days are asked for. */
export type HistoryPlace = { readonly number: number; readonly at: Instant };

type Row = Omit<Change, 'number' | 'summary'> & StoredSaid & { change_number: number };

/**
 * A page of changes, newest first. Where days are asked for, newest by the clock; else by number, which comes to the
 * same unless somebody set the clock.
 */
export async function listChanges(
  scope: ReadScope,
  filter: ChangeFilter,
  { limit, after }: { limit: number; after: HistoryPlace | null },
): Promise<Change[]> {
  const { actors, clients } = filter;
  const byDay = isByDay(filter);
  // Each name's changes stand in order in an index of their own, those of several names together do not.
  const [names, column] = clients === undefined ? [actors, 'actor'] : [clients, 'client'];
  if (names === undefined || filter.record !== undefined || byDay)
    return await page(scope, conditions(filter), { filter, limit, after });
  const found: Change[] = [];
  for (const name of names) {
    const one = [sql`${sql.ref(`c.${column}`)} = ${name}`];
    const rest = column === 'client' ? conditions({ actors }) : [];
    found.push(...(await page(scope, [...one, ...rest], { filter, limit, after })));
  }
  return found.sort((left, right) => right.number - left.number).slice(0, limit);
}

/** How many changes there are; only as dear as the part of one index that holds them. */
export async function countChanges({ db, account }: ReadScope, filter: ChangeFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from ${source(filter)}
    where ${sql.join([sql`c.account_id = ${account.id}`, ...recordIs(filter), ...conditions(filter, true)], sql` and `)}
  `.execute(db);
  return rows[0]?.count ?? 0;
}

function isByDay({ record, from, until }: ChangeFilter): boolean {
  return record === undefined && (from !== undefined || until !== undefined);
}

function source({ record }: ChangeFilter): RawBuilder<unknown> {
  return record === undefined
    ? sql`changes c`
    : sql`record_log r join changes c on c.account_id = r.account_id and c.change_number = r.change_number`;
}

function recordIs({ record }: ChangeFilter): RawBuilder<unknown>[] {
  if (record === undefined) return [];
  const touched = sql`r.position < 0`;
  return [sql`r.account_id = c.account_id`, sql`r.kind = ${record.kind}`, sql`r.record_id = ${record.id}`, touched];
}

/** @param found false where names only narrow what another index finds in the page's order, and theirs is left aside */
function conditions({ actors, clients, from, until }: ChangeFilter, found = false): RawBuilder<unknown>[] {
  const among = (column: string, names: readonly string[]) =>
    names.length === 0
      ? sql`1 = 0`
      : sql`${found ? sql.ref(column) : sql`${sql.ref(column)} || ''`} in (${sql.join(names)})`;
  return [
    ...(actors === undefined ? [] : [among('c.actor', actors)]),
    ...(clients === undefined ? [] : [among('c.client', clients)]),
    ...(from === undefined ? [] : [sql`c.at >= ${from}`]),
    ...(until === undefined ? [] : [sql`c.at < ${until}`]),
  ];
}

async function page(
  { db, account }: ReadScope,
  where: readonly RawBuilder<unknown>[],
  { filter, limit, after }: { filter: ChangeFilter; limit: number; after: HistoryPlace | null },
): Promise<Change[]> {
  const byDay = isByDay(filter);
  const number = sql.ref(filter.record === undefined ? 'c.change_number' : 'r.change_number');
  const beyond =
    after === null
      ? []
      : byDay
        ? [sql`c.at <= ${after.at}`, sql`(c.at < ${after.at} or c.change_number < ${after.number})`]
        : [sql`${number} < ${after.number}`];
  const { rows } = await sql<Row>`
    select c.change_number, c.at, c.actor, c.client, c.tool, c.undoes, c.code, c.summary as text
    from ${source(filter)}
    where ${sql.join([sql`c.account_id = ${account.id}`, ...recordIs(filter), ...where, ...beyond], sql` and `)}
    order by ${byDay ? sql`c.at desc, c.change_number desc` : sql`${number} desc`} limit ${limit}
  `.execute(db);
  return rows.map(changeOf);
}

function changeOf({ change_number, code, text, ...row }: Row): Change {
  return { ...row, number: change_number, summary: saidIn({ code, text }) };
}

export async function changeByNumber(scope: ReadScope, number: number): Promise<Change | null> {
  const [change] = await page(scope, [sql`c.change_number = ${number}`], { filter: {}, limit: 1, after: null });
  return change ?? null;
}

/** The number of the account's last change. */
export async function lastChange({ db, account }: ReadScope): Promise<number> {
  const { change_number } = await db
    .selectFrom('accounts')
    .select('change_number')
    .where('account_id', '=', account.id)
    .executeTakeFirstOrThrow();
  return change_number;
}

/** What the chain of changes ends with so far. */
export async function newestHash({ db, account }: ReadScope): Promise<string> {
  const { newest_hash } = await db
    .selectFrom('accounts')
    .select('newest_hash')
    .where('account_id', '=', account.id)
    .executeTakeFirstOrThrow();
  return newest_hash;
}

/** Every name that stands in the column, found by seeks from one to the next. */
export async function namesIn({ db, account }: ReadScope, column: 'actor' | 'client'): Promise<string[]> {
  const names: string[] = [];
  for (;;) {
    const row = await db
      .selectFrom('changes')
      .select(`${column} as name`)
      .where('account_id', '=', account.id)
      .where(column, '>', names.at(-1) ?? '')
      .orderBy(column)
      .limit(1)
      .executeTakeFirst();
    if (row === undefined) return names;
    names.push(row.name);
  }
}

/** The change that took this one back, if it stands itself: an undo may be undone, and that again. */
export async function undoneBy(scope: ReadScope, number: number): Promise<number | null> {
  return (await undoneAmong(scope, [number])).get(number) ?? null;
}

/** The same of many changes, of those that were taken back. */
export async function undoneAmong(scope: ReadScope, numbers: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const { db, account } = scope;
  if (numbers.length === 0) return new Map();
  const rows = await undosOf(db, { account: account.id, changes: JSON.stringify(numbers) });
  const newest = new Map<number, number>();
  for (const { undoes, change_number } of rows) newest.set(undoes, change_number);
  const themselves = await undoneAmong(scope, [...newest.values()]);
  return new Map([...newest].filter(([, undo]) => !themselves.has(undo)));
}

type OfChanges = { readonly account: number; readonly changes: string };

const undosOf = prepared((db, { account, changes }: OfChanges) =>
  db
    .selectFrom('changes')
    .select(['change_number', 'undoes'])
    .where('account_id', '=', account)
    .where(sql<boolean>`undoes in (${numbersIn(db, changes)})`)
    .orderBy('change_number')
    .$narrowType<{ undoes: number }>(),
);

/** The records that each of these changes touched or told of. */
export async function recordsOf(
  { db, account }: ReadScope,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, readonly RecordId[]>> {
  const rows = await recordsTouched(db, { account: account.id, changes: JSON.stringify(numbers) });
  const of = Map.groupBy(rows, ({ change_number }) => change_number);
  return new Map(
    numbers.map((number) => [
      number,
      (of.get(number) ?? []).map(({ kind, record_id }) => ({ kind: oneOf(KIND_NAMES, kind), id: record_id })),
    ]),
  );
}

const recordsTouched = prepared((db, { account, changes }: OfChanges) =>
  db
    .selectFrom('record_log')
    .select(['change_number', 'kind', 'record_id'])
    .where('account_id', '=', account)
    .where(sql<boolean>`change_number in (${numbersIn(db, changes)})`)
    .where('position', '<', 0)
    .orderBy('change_number')
    .orderBy('kind')
    .orderBy('record_id'),
);

export async function hasHistory({ db, account }: ReadScope, { kind, id }: RecordId): Promise<boolean> {
  const row = await db
    .selectFrom('record_log')
    .select('change_number')
    .where('account_id', '=', account.id)
    .where('kind', '=', kind)
    .where('record_id', '=', id)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** A row before and after one step of a change. A change may touch a row in several steps. */
export type RowStep = {
  readonly table: LedgerTable;
  readonly key: Snapshot;
  readonly before: Snapshot | null;
  readonly after: Snapshot | null;
};

type SnapshotRow = Record<'table_name' | 'row_key', string> & Record<'before' | 'after', string | null>;

/** What a change did, in order. Columns that were added to a table since are empty. */
export async function stepsOf(scope: ReadScope, number: number): Promise<readonly RowStep[]> {
  return (await stepsOfAll(scope, [number])).get(number) ?? [];
}

/** The same of many changes, of those that did something. */
export async function stepsOfAll(
  { db, account }: ReadScope,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, readonly RowStep[]>> {
  const rows = await imagesOf(db, { account: account.id, changes: JSON.stringify(numbers) });
  const of = Map.groupBy(rows, ({ change_number }) => change_number);
  return new Map([...of].map(([number, images]) => [number, images.map(stepOf)]));
}

const imagesOf = prepared((db, { account, changes }: OfChanges) =>
  db
    .selectFrom('change_images')
    .select(['change_number', 'table_name', 'row_key', 'before', 'after'])
    .where('account_id', '=', account)
    .where(sql<boolean>`change_number in (${numbersIn(db, changes)})`)
    .orderBy('change_number')
    .orderBy('position'),
);

function stepOf({ table_name: table, row_key, before, after }: SnapshotRow): RowStep {
  if (!isLedgerTable(table)) throw new Error(`the journal tells of a table ${table} that is none`);
  const { key, columns } = LEDGER[table];
  return {
    table,
    key: snapshotOf(key, rowIn(table, row_key)),
    before: before === null ? null : snapshotOf(columns, rowIn(table, before)),
    after: after === null ? null : snapshotOf(columns, rowIn(table, after)),
  };
}

/** A row that a change touched, whatever became of it in between. */
export type TouchedRow = RowStep & RowChange;

/** Each row once, as it was before all steps of a change and after them. */
export function rowsOf(steps: readonly RowStep[]): TouchedRow[] {
  const rows = new Map<string, RowStep>();
  for (const step of steps) {
    const name = rowName(step);
    const first = rows.get(name);
    rows.set(name, first === undefined ? step : { ...first, after: step.after });
  }
  return [...rows.values()].map((row) => ({ ...row, record: recordOf(row.table, row.after ?? row.before ?? {}) }));
}

/** What names a row among all rows of the account. */
export function rowName({ table, key }: Pick<RowStep, 'table' | 'key'>): string {
  return `${table} ${JSON.stringify(key)}`;
}

/** What happened after a change to rows of these tables, change by change, newest first. */
export async function stepsAfter(
  { db, account }: ReadScope,
  number: number,
  tables: readonly LedgerTable[],
): Promise<Map<number, RowStep[]>> {
  const rows = await db
    .selectFrom('change_images')
    .select(['change_number', 'table_name', 'row_key', 'before', 'after'])
    .where('account_id', '=', account.id)
    .where('change_number', '>', number)
    .where('table_name', 'in', tables)
    .orderBy('change_number', 'desc')
    .execute();
  const byChange = Map.groupBy(rows, (row) => row.change_number);
  return new Map([...byChange].map(([change, some]) => [change, some.map(stepOf)]));
}

/** The numbers of issued invoices, by record number; null for a draft. Those that are gone are looked up in the history. */
export async function invoiceNumbers(scope: ReadScope, ids: readonly number[]): Promise<Map<number, number | null>> {
  const { db, account } = scope;
  const numbers = new Map<number, number | null>();
  const wanted = [...new Set(ids)];
  for (let start = 0; start < wanted.length; start += 500) {
    const rows = await db
      .selectFrom('invoices')
      .select(['id', 'number'])
      .where('account_id', '=', account.id)
      .where('id', 'in', wanted.slice(start, start + 500))
      .execute();
    for (const row of rows) numbers.set(row.id, row.number);
  }
  for (const id of wanted) {
    if (!numbers.has(id)) numbers.set(id, await lastNumber(scope, id));
  }
  return numbers;
}

async function lastNumber({ db, account }: ReadScope, id: number): Promise<number | null> {
  const row = await snapshotsOfInvoices({ db, account })
    .where('r.record_id', '=', id)
    .where('i.row_key', '=', JSON.stringify({ id }))
    .orderBy('r.change_number', 'desc')
    .orderBy('i.position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : numberIn(row);
}

/** The record of an invoice that was taken out, which only samples can be: their issued ones are numbered apart. */
export async function removedSampleInvoice({ db, account }: ReadScope, number: number): Promise<number | null> {
  const rows = await snapshotsOfInvoices({ db, account }).where('r.record_id', '<', 0).execute();
  const row = rows.find((each) => numberIn(each) === number);
  return row === undefined ? null : Number(rowIn('invoices', row.row_key)['id']);
}

function snapshotsOfInvoices({ db, account }: Pick<ReadScope, 'db' | 'account'>) {
  return db
    .selectFrom('record_log as r')
    .innerJoin('change_images as i', (join) =>
      join.onRef('i.account_id', '=', 'r.account_id').onRef('i.change_number', '=', 'r.change_number'),
    )
    .select(['i.row_key', 'i.before', 'i.after'])
    .where('r.account_id', '=', account.id)
    .where('r.position', '<', 0)
    .where('r.kind', '=', 'invoice')
    .where('i.table_name', '=', 'invoices');
}

function numberIn({ before, after }: { before: string | null; after: string | null }): number | null {
  const { number = null } = rowIn('invoices', after ?? before ?? '{}');
  return typeof number === 'number' ? number : null;
}
