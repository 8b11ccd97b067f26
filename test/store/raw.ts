// Looks at a book's file, and changes it, behind the program's back.
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { MARKS_WRITES } from '../../src/store/sqlite-mark.ts';
import type { Book } from '../support/book.ts';

export type Row = Record<string, string | number | null>;

/** Works on the file of a book over a connection of its own. */
export function behind<T>(book: Pick<Book, 'folder'>, work: (raw: Sqlite.Database) => T): T {
  const raw = new Sqlite(join(book.folder, 'jobwright.db'), { timeout: 5000 });
  raw.function(MARKS_WRITES, () => 1);
  try {
    return work(raw);
  } finally {
    raw.close();
  }
}

export function rowsOf(book: Pick<Book, 'folder'>, sql: string, ...parameters: (string | number)[]): Row[] {
  return behind(book, (raw) => raw.prepare<(string | number)[], Row>(sql).all(...parameters));
}

/** Runs a statement that must change something, whatever the triggers that guard the journal say. */
export function plant(book: Pick<Book, 'folder'>, sql: string, ...parameters: (string | number | null)[]): void {
  const { changes } = behind(book, (raw) => {
    raw.pragma('foreign_keys = off');
    const guards = raw.prepare<[], string>("select name from sqlite_master where type = 'trigger'").pluck().all();
    for (const name of guards) raw.exec(`drop trigger ${name}`);
    return raw.prepare(sql).run(...parameters);
  });
  if (changes === 0) throw new Error(`planted nothing: ${sql}`);
}

/** Everything that stands in the book, table by table, but for the count of its writes, which every commit raises. */
export function everything(book: Pick<Book, 'folder'>): Record<string, Row[]> {
  return behind(book, (raw) => {
    const tables = raw
      .prepare<[], string>("select name from sqlite_master where type = 'table' and name <> 'book' order by name")
      .pluck()
      .all();
    return Object.fromEntries(tables.map((table) => [table, raw.prepare<[], Row>(`select * from ${table}`).all()]));
  });
}
