// The ledger: the tables that are the books, how their rows are named, and which record each row belongs to.
import type { Kind } from '../../kinds/index.ts';
import { TABLES, tableNamed, type BookTable, type DeclaredColumn } from '../../kinds/tables.ts';
import type { Tables } from '../database.ts';

/** The tables that are the books; all others are derived from them or record their changes. */
export type LedgerTable = BookTable;

export type Row<T extends LedgerTable> = Omit<Tables[T], 'account_id'>;
export type Value = string | number | null;
export type Snapshot = Record<string, Value>;

type Shape<T extends LedgerTable> = {
  /** What names a row within its account. */
  readonly key: readonly (keyof Row<T> & string)[];
  readonly columns: readonly (keyof Row<T> & string)[];
};

/** Of the account, what is no part of the books: when it was opened, and what every write advances. */
type Unkept = 'change_number' | 'newest_hash' | 'newest_at' | 'created_at';
type Kept<T extends LedgerTable> = T extends 'accounts' ? Exclude<keyof Row<T>, Unkept> : keyof Row<T>;

/** Columns of each table that nobody declares, and declared ones that it does not have. */
type Undeclared = {
  readonly [T in LedgerTable]: Exclude<Kept<T>, DeclaredColumn<T>> | Exclude<DeclaredColumn<T>, Kept<T>>;
};

export const LEDGER = ledgerOf<Undeclared>();

/** Every table as its kind declares it; compiles only where each has the columns that are declared, and no others. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- it is there to be checked
function ledgerOf<_Undeclared extends { readonly [T in LedgerTable]: never }>(): {
  readonly [T in LedgerTable]: Shape<T>;
} {
  const shapes: unknown = Object.fromEntries(
    TABLES.map(({ name, key, columns }) => [name, { key, columns: Object.keys(columns) }]),
  );
  // The types were just checked against each other, and a test holds the tables to the schema.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return shapes as { readonly [T in LedgerTable]: Shape<T> };
}

/** The record that this row is, or is a part of; null for the account and for marks of lines. */
export function recordOf(
  table: LedgerTable,
  snapshot: Readonly<Record<string, unknown>>,
): { kind: Kind; id: number } | null {
  const { kind = null, of = null } = tableNamed(table) ?? {};
  const id = of === null ? null : snapshot[of];
  return kind === null || typeof id !== 'number' ? null : { kind, id };
}

export function isLedgerTable(name: string): name is LedgerTable {
  return Object.hasOwn(LEDGER, name);
}

/** A row as the journal keeps it: every column of its table, and nothing else. Columns added since are empty. */
export function snapshotOf(columns: readonly string[], row: object): Snapshot {
  const values: Readonly<Record<string, unknown>> = { ...row };
  const snapshot: Record<string, Value> = {};
  for (const column of columns) snapshot[column] = valueOf(column, values[column] ?? null);
  return snapshot;
}

function valueOf(column: string, value: unknown): Value {
  // Half a character would be stored as another, which its digest is not of.
  if (typeof value === 'string') return value.toWellFormed();
  if (value === null) return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw new RangeError(`${column} holds neither text nor a whole number`);
}

export type WrittenRow = { table: LedgerTable; key: Snapshot; before: Snapshot | null; after: Snapshot | null };

/** A row that was written, as derived tables need to know it. */
export type Touched = Pick<WrittenRow, 'table' | 'before' | 'after'>;
