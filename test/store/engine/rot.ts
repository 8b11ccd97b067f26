// What rots on a disk, planted: one byte of a stored value, or bytes of the file's own pages. Seeded, so that what
// was found once is found again.
import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { invoiceRef, refOf } from '../../../src/kinds/reference.ts';
import { unguard } from '../../support/engines/sqlite.ts';
import { isLedgerTable, LEDGER, recordOf } from '../../../src/store/journal/ledger.ts';

/** What of the book must be found however it changes, beside the ledger. */
export const JOURNAL = ['changes', 'change_images', 'record_log'] as const;
export const DERIVED = [
  'job_figures',
  'job_days',
  'job_plans',
  'invoice_figures',
  'account_totals',
  'outside_totals',
  'words',
  'spellings',
] as const;
export const LEDGER_TABLES: readonly string[] = Object.keys(LEDGER);

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const pickOne = <T>(next: () => number, some: readonly T[]): T => {
  const one = some[Math.floor(next() * some.length)];
  if (one === undefined) throw new Error('there is nothing to pick from');
  return one;
};

type Value = string | number | bigint | null | Buffer;
type Row = Record<string, Value>;
export type Flip = {
  readonly table: string;
  readonly column: string;
  /** The row as it was, and as it became. */
  readonly before: Row;
  readonly after: Row;
};

/** Takes away what would refuse, the checks of types of flags and of references among it. */
export function uncheck(raw: Sqlite.Database): void {
  unguard(raw);
  raw.pragma('ignore_check_constraints = on');
}

/** Changes one byte of one stored value of this table. Null where the value is empty, or the change cannot be. */
export function flipValue(raw: Sqlite.Database, next: () => number, table: string): Flip | null {
  const columns = raw
    .prepare<[string], { name: string; pk: number }>('select name, pk from pragma_table_info(?)')
    .all(table);
  const rows = raw.prepare<[], Row>(`select * from ${table}`).safeIntegers().all();
  const before = pickOne(next, rows);
  const { name: column } = pickOne(next, columns);
  const value = before[column];
  if (value === null || value === undefined || value === '') return null;
  const flipped = typeof value === 'bigint' ? flipNumber(value, next) : flipText(String(value), next);
  const key = columns.filter(({ pk }) => pk > 0).map(({ name }) => name);
  const where = key.map((name) => `${name} is ?`).join(' and ');
  const to = typeof flipped === 'bigint' ? '?' : 'cast(? as text)';
  try {
    raw
      .prepare(`update ${table} set ${column} = ${to} where ${where}`)
      .run(flipped, ...key.map((name) => before[name]));
  } catch (error) {
    // Another row has that key.
    if (error instanceof Error && error.message.startsWith('UNIQUE')) return null;
    throw error;
  }
  return { table, column, before, after: { ...before, [column]: flipped } };
}

/** Puts the row back as it was. */
export function unflip(raw: Sqlite.Database, { table, before, after }: Flip): void {
  const columns = Object.keys(before);
  const bound = (row: Row) =>
    columns.map((name) => (Buffer.isBuffer(row[name]) ? `cast(x'${row[name].toString('hex')}' as text)` : '?'));
  const values = (row: Row) => columns.map((name) => row[name] ?? null).filter((value) => !Buffer.isBuffer(value));
  const where = bound(after).map((mark, index) => `${columns[index] ?? ''} is ${mark}`);
  const { changes } = raw.prepare(`delete from ${table} where ${where.join(' and ')}`).run(...values(after));
  if (changes !== 1) throw new Error(`the changed row of ${table} is not there`);
  raw
    .prepare(`insert into ${table} (${columns.join(', ')}) values (${bound(before).join(', ')})`)
    .run(...values(before));
}

function flipNumber(value: bigint, next: () => number): bigint {
  const byte = BigInt(Math.floor(next() * 8));
  const bits = BigInt(1 + Math.floor(next() * 255));
  return BigInt.asIntN(64, value ^ (bits << (8n * byte)));
}

function flipText(value: string, next: () => number): Buffer {
  const bytes = Buffer.from(value);
  const at = Math.floor(next() * bytes.length);
  bytes[at] = (bytes[at] ?? 0) ^ (1 + Math.floor(next() * 255));
  return bytes;
}

/** How a fault about this row may call it. */
export function namesOf({ table, before, after }: Flip): string[] {
  if (table === 'accounts') return ['accounts {}', 'account 1', 'the account counts'];
  return [before, after].flatMap((row) => {
    const ids = Object.fromEntries(Object.entries(row).map(([column, value]) => [column, Number(value)]));
    const record = isLedgerTable(table) ? recordOf(table, ids) : null;
    const key = isLedgerTable(table) ? LEDGER[table].key : ['id'];
    if (record === null)
      return [
        `${table} ${JSON.stringify(Object.fromEntries(key.map((column) => [column, named(row[column] ?? null)])))}`,
      ];
    const { kind, id } = record;
    return kind === 'invoice'
      ? [invoiceRef(id, 1000 + id), invoiceRef(id, null), `invoice ${id}`]
      : [`${refOf(kind, id)}:`, `${refOf(kind, id)} `];
  });
}

/** A value of a key: a number, or a day. */
function named(value: Value): number | string {
  return typeof value === 'bigint' || typeof value === 'number' ? Number(value) : String(value);
}

const PAGE = 4096;

/** Changes one byte that means something in a page of the ledger, the journal, what is derived, or their indexes. */
export function pageFlipped(file: string, next: () => number): void {
  const pages = pagesOf(file, [...LEDGER_TABLES, ...JOURNAL, ...DERIVED]);
  damage(file, (bytes) => {
    const start = (pickOne(next, pages) - 1) * PAGE;
    const used = Array.from({ length: PAGE }, (_, at) => start + at).filter((at) => bytes[at] !== 0);
    const at = pickOne(next, used);
    bytes[at] = (bytes[at] ?? 0) ^ (1 + Math.floor(next() * 255));
    return bytes;
  });
}

/** Half of the pages hold nothing but zeros, those aside without which SQLite finds no table at all. */
export function halfZeroed(file: string, next: () => number): void {
  const spared = new Set(pagesOf(file, ['sqlite_schema']));
  damage(file, (bytes) => {
    for (let page = 1; page < bytes.length / PAGE; page += 1)
      if (!spared.has(page + 1) && next() < 0.5) bytes.fill(0, page * PAGE, (page + 1) * PAGE);
    return bytes;
  });
}

/** Somewhere after its first third the file ends. */
export function truncated(file: string, next: () => number): void {
  damage(file, (bytes) => bytes.subarray(0, PAGE * Math.floor((bytes.length / PAGE) * (0.35 + 0.6 * next()))));
}

/** In place: who has the file open has this one. */
function damage(file: string, work: (bytes: Buffer) => Buffer): void {
  const bytes = work(readFileSync(file));
  const opened = openSync(file, 'r+');
  writeSync(opened, bytes, 0, bytes.length, 0);
  ftruncateSync(opened, bytes.length);
  closeSync(opened);
}

function pagesOf(file: string, tables: readonly string[]): number[] {
  const raw = new Sqlite(file, { readonly: true });
  try {
    return raw
      .prepare<[string], number>(
        `with named as (select value as name from json_each(?))
         select pageno from dbstat where name in
         (select name from named union select name from sqlite_schema where tbl_name in (select name from named))`,
      )
      .pluck()
      .all(JSON.stringify(tables));
  } finally {
    raw.close();
  }
}
