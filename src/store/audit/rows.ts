// The newest snapshot of each row in the change journal is the row, and no other rows are there. Told apart without holding
// either: what the journal says was added, less what it says was taken away, must be what is there. That is kept as sums
// of fingerprints over many places, to one of which each row belongs by its key. Only where a place does not come out
// even are its rows and snapshots looked at one by one.
import { hash } from 'node:crypto';
import { sql } from 'kysely';
import { invoiceRef, refOf } from '../../kinds/reference.ts';
import type { IdRange } from '../derived/job-ledger-rows.ts';
import { rowIn } from '../journal/images.ts';
import { isLedgerTable, LEDGER, recordOf, type LedgerTable } from '../journal/ledger.ts';
import { inWords, within, type AuditedBook, type TableColumn } from './book.ts';
import { readSnapshots, type ChangeSnapshot } from './journal.ts';

const CHECK = 'rows';
const PLACES = 65_536;
/** More places than these are not looked into: that many faults nobody reads. */
const MOST_PLACES = 1000;
const TABLES = Object.keys(LEDGER).filter(isLedgerTable);
type Row = Readonly<Record<string, unknown>>;

/** Place by place, what came to the books less what left them. */
export class RowBalance {
  readonly #high = new Uint32Array(PLACES);
  readonly #low = new Uint32Array(PLACES);

  /** What the journal says: a row became another. What cannot be read counts as nothing, and does not come out even. */
  snapshot({
    table_name: table,
    row_key: key,
    before,
    after,
  }: Pick<ChangeSnapshot, 'table_name' | 'row_key' | 'before' | 'after'>) {
    if (!isLedgerTable(table)) return;
    const [was, is] = [snapshotText(table, before), snapshotText(table, after)];
    if (was !== null) this.#add(table, key, was, -1);
    if (is !== null) this.#add(table, key, is, 1);
  }

  /** What is there. */
  row(table: LedgerTable, row: Row): void {
    this.#add(table, keyOf(table, row), rowText(table, row), -1);
  }

  /** The places that do not come out even. */
  get open(): number[] {
    const places: number[] = [];
    for (let place = 0; place < PLACES; place += 1)
      if (this.#high[place] !== 0 || this.#low[place] !== 0) places.push(place);
    return places;
  }

  #add(table: LedgerTable, key: string, text: string, sign: 1 | -1): void {
    const place = spreadOf(table, key);
    const print = hash('sha256', `${table} ${key} ${text}`, 'hex');
    this.#high[place] = (this.#high[place] ?? 0) + sign * Number.parseInt(print.slice(0, 8), 16);
    this.#low[place] = (this.#low[place] ?? 0) + sign * Number.parseInt(print.slice(8, 16), 16);
  }
}

/** FNV-1a, for spreading alone. */
function spreadOf(table: LedgerTable, key: string): number {
  let mixed = 0x811c9dc5;
  for (const text of [table, key])
    for (let at = 0; at < text.length; at += 1) mixed = Math.imul(mixed ^ text.charCodeAt(at), 0x01000193);
  return (mixed ^ (mixed >>> 16)) & (PLACES - 1);
}

function keyOf(table: LedgerTable, row: Row): string {
  return JSON.stringify(Object.fromEntries(LEDGER[table].key.map((column) => [column, row[column]])));
}

function rowText(table: LedgerTable, row: Row): string {
  return JSON.stringify(LEDGER[table].columns.map((column) => row[column] ?? null));
}

/**
 * A snapshot as the text of its row. Columns added since are empty; half an emoji, where words were once cut, is what the
 * row has for it. Null where there is none, or it is no snapshot of such a row.
 */
function snapshotText(table: LedgerTable, snapshot: string | null): string | null {
  const row = parsed(table, snapshot);
  const { columns } = LEDGER[table];
  if (row === null) return null;
  for (const column in row) if (!columns.some((known) => known === column)) return null;
  return JSON.stringify(
    columns.map((column) => {
      const value = row[column] ?? null;
      return typeof value === 'string' ? value.toWellFormed() : value;
    }),
  );
}

function parsed(table: LedgerTable, snapshot: string | null): Row | null {
  if (snapshot === null) return null;
  try {
    return rowIn(table, snapshot);
  } catch {
    return null;
  }
}

/** Counts what is there against what the journal said, and names every row that is not so. */
export async function auditRows(book: AuditedBook, balance: RowBalance): Promise<void> {
  for (const table of TABLES) await eachRow(book, table, (row) => balance.row(table, row));
  const open = balance.open;
  if (open.length === 0) return;
  const places = new Set(open.slice(0, MOST_PLACES));
  const newest = await newestSnapshots(book, places);
  for (const table of TABLES) {
    const there: Row[] = [];
    await eachRow(book, table, (row) => {
      if (places.has(spreadOf(table, keyOf(table, row)))) there.push(row);
    });
    await judge(book, table, there, newest.get(table) ?? new Map());
  }
  if (open.length > places.size)
    book.faults.add('rows beyond these', 'besides these, more rows are not as the change journal last saw them');
}

async function eachRow(book: AuditedBook, table: LedgerTable, see: (row: Row) => void): Promise<void> {
  const [first] = LEDGER[table].key;
  const select = async (besides = sql``) => await readRows(book, table, besides);
  if (first === undefined) {
    for (const row of await book.rows(inWords(table), select)) see(row);
    return;
  }
  // Every key begins with the number of a record, or of a line.
  const by = { table, column: first } satisfies TableColumn;
  await book.walk({
    what: inWords(table),
    name: (id) => recordName(table, { [first]: id }) ?? `line ${id}`,
    by: [by],
    read: async (span: IdRange) => await select(sql` and ${within(first, span)}`),
    judge: (rows) => {
      for (const row of rows) see(row);
      return rows.length;
    },
  });
}

async function readRows({ db, accountId }: AuditedBook, table: LedgerTable, besides = sql``): Promise<readonly Row[]> {
  const columns = sql.join(LEDGER[table].columns.map((column) => sql.ref(column)));
  const { rows } = await sql<Row>`
    select ${columns} from ${sql.table(table)} where account_id = ${accountId}${besides}`.execute(db);
  return rows;
}

/** By table and key, what the journal last saw of the rows in these places. */
async function newestSnapshots(book: AuditedBook, places: ReadonlySet<number>) {
  const newest = new Map<LedgerTable, Map<string, string | null>>();
  await book.walk({
    what: 'changes',
    name: (number) => `change ${number}`,
    by: [{ table: 'change_images', column: 'change_number' }],
    read: async (span) => await readSnapshots(book, span),
    judge: (snapshots) => {
      for (const { table_name: table, row_key: key, after } of snapshots) {
        if (!isLedgerTable(table) || !places.has(spreadOf(table, key))) continue;
        const known = newest.get(table) ?? new Map<string, string | null>();
        newest.set(table, known.set(key, after));
      }
      return 0;
    },
  });
  return newest;
}

async function judge(
  book: AuditedBook,
  table: LedgerTable,
  rows: readonly Row[],
  newest: ReadonlyMap<string, string | null>,
): Promise<void> {
  const { faults } = book;
  const named = async (row: Row) => await nameWithNumber(book, table, row);
  const isWhole = !faults.hasLost('changes');
  const journal = isWhole ? 'the change journal' : 'what can be read of the change journal';
  const gone = new Map([...newest].filter(([, after]) => after !== null));
  let unknown = 0;
  for (const row of rows) {
    const key = keyOf(table, row);
    const after = newest.get(key) ?? null;
    gone.delete(key);
    if (after !== null && snapshotText(table, after) === rowText(table, row)) continue;
    if (after === null && !isWhole) unknown += 1;
    // By what the journal knows of it, since what was altered may be its own number.
    else
      faults.add(CHECK, `${await named({ ...row, ...parsed(table, after) })} ${key} is not as ${journal} last saw it`);
  }
  for (const [key, after] of gone) {
    const row = { ...parsed(table, after), ...parsed(table, key) };
    const id = row[LEDGER[table].key[0] ?? ''];
    // What could not be read is said already.
    if (typeof id === 'number' && faults.isLost(inWords(table), id)) continue;
    faults.add(CHECK, `${await named(row)} ${key} is gone without an entry in ${journal}`);
  }
  if (unknown > 0)
    faults.add(
      CHECK,
      `some ${inWords(table)} could not be compared with the change journal, not all of which can be read`,
    );
}

/** `Q-12`; null where the row belongs to no record. */
function recordName(table: LedgerTable, row: Row): string | null {
  const record = recordOf(table, row);
  if (record === null) return null;
  return record.kind === 'invoice' ? `invoice ${record.id}` : refOf(record.kind, record.id);
}

/** `Q-12: quote_lines`, or the table alone. */
function nameOf(table: LedgerTable, row: Row): string {
  const name = recordName(table, row);
  return name === null ? table : `${name}: ${table}`;
}

/** The same, with the number that people know an invoice by. */
async function nameWithNumber({ db, accountId }: AuditedBook, table: LedgerTable, row: Row): Promise<string> {
  const record = recordOf(table, row);
  if (record?.kind !== 'invoice') return nameOf(table, row);
  const known = row['number'];
  if (typeof known === 'number') return `${invoiceRef(record.id, known)}: ${table}`;
  const [invoice] = await db
    .selectFrom('invoices')
    .select('number')
    .where('account_id', '=', accountId)
    .where('id', '=', record.id)
    .execute()
    .catch(() => []);
  return invoice === undefined ? nameOf(table, row) : `${invoiceRef(record.id, invoice.number)}: ${table}`;
}
