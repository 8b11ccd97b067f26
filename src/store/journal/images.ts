// How the journal keeps a row: as a list of its values, in the order in which its table's columns are declared. A column
// comes behind those that there are, so a list that ends before it is from before it. What the chain's digest is over has
// the columns' names, and is what earlier versions kept.
import { isLedgerTable, LEDGER, snapshotOf, type LedgerTable, type Snapshot } from './ledger.ts';

/** What the journal keeps of a row. */
export function imageOf(table: LedgerTable, row: Snapshot | null): string | null {
  return row === null ? null : JSON.stringify(LEDGER[table].columns.map((column) => row[column] ?? null));
}

/** What the digest of a row is over. */
export function textOf(table: LedgerTable, row: Snapshot | null): string | null {
  return row === null ? null : JSON.stringify(snapshotOf(LEDGER[table].columns, row));
}

/** The same of what was kept; where it cannot be read it is left as it is, for the digest to tell. */
export function textOfImage(table: string, image: string | null): string | null {
  if (image === null || !image.startsWith('[')) return image;
  try {
    return JSON.stringify(rowIn(table, image));
  } catch {
    return image;
  }
}

/** The row that was kept, with the columns that there were then. @throws Error where it cannot be read */
export function rowIn(table: string, image: string): Readonly<Record<string, unknown>> {
  const kept: unknown = JSON.parse(image);
  if (typeof kept !== 'object' || kept === null) throw new Error('the journal holds an image that is none');
  if (!Array.isArray(kept)) return { ...kept };
  const columns: readonly string[] = isLedgerTable(table) ? LEDGER[table].columns : [];
  if (kept.length > columns.length) throw new Error(`the journal knows more columns of ${table} than there are`);
  return Object.fromEntries(kept.map((value: unknown, at) => [columns[at] ?? '', value]));
}
