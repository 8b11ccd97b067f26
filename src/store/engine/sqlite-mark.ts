// The book's write number: every commit raises it, and so writes its page anew.
import type Sqlite from 'better-sqlite3';

/**
 * Known to the connections of programs that raise the number, and to no other: a trigger of the book asks for it at every
 * write, so that an older program, which would leave commits without a mark in the log, can write no more.
 */
export const MARKS_WRITES = 'jobwright_marks_writes';

/** Inside a transaction. @returns the schema that the book has */
export function raiseWriteNumber(raw: Sqlite.Database): string {
  const statement = statements.get(raw) ?? raw.prepare<[], { schema: string }>(RAISE);
  statements.set(raw, statement);
  const row = statement.get();
  if (row === undefined) throw new Error('the book has no row of its own');
  return row.schema;
}

const RAISE = 'update book set write_number = write_number + 1 where id = 1 returning schema';
/** Prepared once a connection. */
const statements = new WeakMap<Sqlite.Database, Sqlite.Statement<[], { schema: string }>>();
