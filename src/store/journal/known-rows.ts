// Rows of one state of the books as they stand in their tables, so that what was read once, or written, is not read again
// before it is changed. It holds within one scope, in which every change goes through the journal.
import { LEDGER, snapshotOf, type LedgerTable, type Row, type Snapshot } from './ledger.ts';

export class KnownRows {
  readonly #rows = new Map<string, Snapshot>();

  /** Notes a row that was read with all of its columns, and others. */
  note<T extends LedgerTable>(table: T, row: Row<T>): void {
    this.keep(table, snapshotOf(LEDGER[table].columns, row));
  }

  keep(table: LedgerTable, row: Snapshot): void {
    this.#rows.set(nameOf(table, row), row);
  }

  /** @param key of a row that is gone, or of which it is not known what it became */
  forget(table: LedgerTable, key: Snapshot): void {
    this.#rows.delete(nameOf(table, key));
  }

  /** Null where it was not read. */
  find(table: LedgerTable, key: Snapshot): Snapshot | null {
    return this.#rows.get(nameOf(table, key)) ?? null;
  }

  /** The row as it is now. @throws Error where it was neither read nor written */
  rowOf<T extends LedgerTable>(table: T, key: Partial<Row<T>>): Row<T> {
    const row: unknown = this.find(table, snapshotOf(LEDGER[table].key, key));
    if (row === null) throw new Error(`nobody read the row of ${table} at ${JSON.stringify(key)}`);
    // It was kept with every column of its table.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return row as Row<T>;
  }
}

function nameOf(table: LedgerTable, row: Snapshot): string {
  return JSON.stringify([table, ...LEDGER[table].key.map((column) => row[column])]);
}
