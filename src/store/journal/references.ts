// Which columns refer to which rows, declared once: those that the schema enforces, and those that only the books know.
import { sql } from 'kysely';
import { KINDS } from '../../kinds/index.ts';
import { LINE } from '../../kinds/kind.ts';
import { TABLES } from '../../kinds/tables.ts';
import { isLedgerTable, LEDGER, type Snapshot, type LedgerTable } from './ledger.ts';
import type { Database } from '../database.ts';

export type ColumnReference = {
  readonly table: LedgerTable;
  readonly column: string;
  readonly to: LedgerTable;
  /** The column there that holds the same value: `id`, or the identity of a line, which several rows may share. */
  readonly by: 'id' | 'line_id';
};

/** Every reference between rows of the ledger. */
export const REFERENCES: readonly ColumnReference[] = TABLES.flatMap(({ name: table, columns }) =>
  Object.entries(columns).flatMap(([column, { to }]): ColumnReference[] => {
    if (to === undefined || !isLedgerTable(table)) return [];
    if (to === LINE) return [{ table, column, to: 'quote_lines', by: 'line_id' }];
    const kind = KINDS.find((each) => each.kind === to);
    if (kind === undefined || !isLedgerTable(kind.table))
      throw new Error(`${table}.${column} refers to no kind: ${to}`);
    return [{ table, column, to: kind.table, by: 'id' }];
  }),
);

type Books = { readonly db: Database; readonly account: { readonly id: number } };

/** Values looked up in one statement. */
const AT_ONCE = 500;

/** Rows of a table that hold one of these values in a column. */
export async function rowsHolding(
  { db, account }: Books,
  { table, column }: { table: LedgerTable; column: string },
  values: readonly number[],
): Promise<Snapshot[]> {
  const { columns } = LEDGER[table];
  const found: Snapshot[] = [];
  for (let start = 0; start < values.length; start += AT_ONCE) {
    const { rows } = await sql<Snapshot>`
      select ${sql.join(columns.map((each) => sql.ref(each)))} from ${sql.table(table)}
      where account_id = ${account.id} and ${sql.ref(column)} in (${sql.join(values.slice(start, start + AT_ONCE))})
    `.execute(db);
    found.push(...rows);
  }
  return found;
}

/** The row as it stands, by its key; null where it is not there. */
export async function rowAt({ db, account }: Books, table: LedgerTable, key: Snapshot): Promise<Snapshot | null> {
  const { columns } = LEDGER[table];
  const where = Object.entries({ account_id: account.id, ...key }).map(
    ([column, value]) => sql`${sql.ref(column)} = ${value}`,
  );
  const { rows } = await sql<Snapshot>`
    select ${sql.join(columns.map((each) => sql.ref(each)))} from ${sql.table(table)} where ${sql.join(where, sql` and `)}
  `.execute(db);
  return rows[0] ?? null;
}
