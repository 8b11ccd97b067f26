// What stands under the books of the tests: what `store.ts` gives them, an engine does.
import type { FileStore } from '../../../src/files/file-store.ts';
import type { Engine } from '../../../src/store/database.ts';

/** Where a book is: its data folder. */
export type Place = { readonly folder: string };
export type Cell = string | number | null;
export type Row = Record<string, Cell>;
/** As one row of the table refers to another. */
export type Reference = { readonly column: string; readonly to: string; readonly by: string };
/** A statement as it reached the engine. */
export type Sent = { readonly sql: string; readonly parameters: readonly unknown[] };

/** A connection of a test's own. Values stand in statements as `?`. */
export type Raw = {
  readonly rows: (sql: string, ...cells: readonly Cell[]) => Promise<Row[]>;
  /** @returns how many rows it changed */
  readonly run: (sql: string, ...cells: readonly Cell[]) => Promise<number>;
  /** From now on nothing refuses a change: no guard of the journal, and no reference. */
  readonly unguard: () => Promise<void>;
  /** Every row of these tables, in one order. */
  readonly all: (tables: readonly string[]) => Promise<Record<string, Row[]>>;
  /** Every table of the book, by name. */
  readonly tables: () => Promise<string[]>;
  readonly columns: (table: string) => Promise<{ readonly name: string; readonly isText: boolean }[]>;
  readonly references: (table: string) => Promise<Reference[]>;
};

export type Taken = {
  /** @param identity in place of its own, for a book that is to be another one */
  readonly layInto: (to: Place, identity?: string) => Promise<void>;
};

/** What an engine must do for the tests. */
export type TestEngine = {
  /** As the program opens it. */
  readonly open: (place: Place) => Promise<Engine>;
  /** Where the program keeps the files of a book by default. */
  readonly files: (place: Place, engine: Engine) => FileStore;
  /** As a disk that fails changes them. @param bytes in place of what is kept; null where it is gone */
  readonly spoil: (place: Place, hash: string, bytes: Uint8Array | null) => Promise<void>;
  readonly behind: <T>(place: Place, work: (raw: Raw) => Promise<T>) => Promise<T>;
  /** Asks in a scope how many rows were changed by now, as `n`. */
  readonly changesSoFar: string;
  /** The book as it is now, also while it is open, in the place of what book there may be. */
  readonly copy: (from: Place, to: Place) => Promise<void>;
  /** The book as it is now, to be laid into any number of empty folders, each for one test. */
  readonly take: (from: Place) => Promise<Taken>;
  /** Every byte that stands for the book, as text. */
  readonly bytes: (place: Place) => Promise<string>;
  /** From now on no such row is added. @param when of the row `new` @returns what ends that */
  readonly refuse: (place: Place, table: string, when: string) => Promise<() => Promise<void>>;
  /** Another program, which holds the turn to write. @returns what lets it go */
  readonly hold: (place: Place) => Promise<() => Promise<void>>;
  /** The engine learns how much there is of what, as it does of a book that is served for a while. */
  readonly settle: (place: Place) => Promise<void>;
  /** How many rows of tables each of these reads goes through to find its own. */
  readonly visited: (place: Place, sent: readonly Sent[]) => Promise<readonly number[]>;
  /** What reaches the engine meanwhile, in all books of this process. */
  readonly watching: <T>(work: () => Promise<T>) => Promise<{ readonly sent: readonly Sent[]; readonly result: T }>;
};
