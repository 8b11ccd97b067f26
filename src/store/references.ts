// Which columns refer to which rows, declared once: those that the schema enforces, and those that only the books know.
import { sql } from 'kysely';
import { LEDGER, type Image, type LedgerTable } from './ledger.ts';
import type { ReadScope } from './scope.ts';

export type Reference = {
  readonly table: LedgerTable;
  readonly column: string;
  readonly to: LedgerTable;
  /** The column there that holds the same value: `id`, or the identity of a line, which several rows may share. */
  readonly by: 'id' | 'line_id';
};

/** Column → the table whose `id` it holds, wherever a column of that name stands. */
const BY_ID: Readonly<Record<string, LedgerTable>> = {
  customer_id: 'customers',
  job_id: 'jobs',
  quote_id: 'quotes',
  revises_id: 'quotes',
  contract_id: 'quotes',
  invoice_id: 'invoices',
  credits_id: 'invoices',
  corrected_by_id: 'invoices',
  expense_id: 'expenses',
  appointment_id: 'appointments',
  walk_and_talk_id: 'walk_and_talks',
};
/** Columns that hold the identity of a quote's line. */
const BY_LINE = ['covers_line_id', 'changes_line_id'];

const TABLES = Object.keys(LEDGER).filter((name): name is LedgerTable => Object.hasOwn(LEDGER, name));

/** Every reference between rows of the ledger. */
export const REFERENCES: readonly Reference[] = TABLES.flatMap((table): Reference[] =>
  LEDGER[table].columns.flatMap((column: string): Reference[] => {
    const to = BY_ID[column];
    if (to !== undefined) return [{ table, column, to, by: 'id' }];
    const isMark = table === 'done_lines' && column === 'line_id';
    return isMark || BY_LINE.includes(column) ? [{ table, column, to: 'quote_lines', by: 'line_id' }] : [];
  }),
);

/** Values looked up in one statement. */
const AT_ONCE = 500;

/** Rows of a table that hold one of these values in a column. */
export async function rowsHolding(
  { db, account }: ReadScope,
  { table, column }: { table: LedgerTable; column: string },
  values: readonly number[],
): Promise<Image[]> {
  const { columns } = LEDGER[table];
  const found: Image[] = [];
  for (let start = 0; start < values.length; start += AT_ONCE) {
    const { rows } = await sql<Image>`
      select ${sql.join(columns.map((each) => sql.ref(each)))} from ${sql.table(table)}
      where account_id = ${account.id} and ${sql.ref(column)} in (${sql.join(values.slice(start, start + AT_ONCE))})
    `.execute(db);
    found.push(...rows);
  }
  return found;
}

/** The row as it stands, by its key; null where it is not there. */
export async function rowAt({ db, account }: ReadScope, table: LedgerTable, key: Image): Promise<Image | null> {
  const { columns } = LEDGER[table];
  const where = Object.entries({ account_id: account.id, ...key }).map(
    ([column, value]) => sql`${sql.ref(column)} = ${value}`,
  );
  const { rows } = await sql<Image>`
    select ${sql.join(columns.map((each) => sql.ref(each)))} from ${sql.table(table)} where ${sql.join(where, sql` and `)}
  `.execute(db);
  return rows[0] ?? null;
}
