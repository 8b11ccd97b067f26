// The book's write number: every commit raises it, and so writes its page anew.
import type Sqlite from 'better-sqlite3';
import { STATE, type BookState } from './schema.ts';

/**
 * Known to the connections of programs that raise the number, and to no other: a trigger of the book asks for it at every
 * write, so that an older program, which would leave commits without a mark in the log, can write no more.
 */
export const MARKS_WRITES = 'jobwright_marks_writes';

/** Inside a transaction. @returns what the book says of itself */
export function raiseWriteNumber(raw: Sqlite.Database): BookState {
  const statement = statements.get(raw) ?? raw.prepare<[], BookState>(RAISE);
  statements.set(raw, statement);
  const row = statement.get();
  if (row === undefined) throw new Error('the book has no row of its own');
  return row;
}

const RAISE = `update book set write_number = write_number + 1 where id = 1 returning ${STATE}`;
/** Prepared once a connection. */
const statements = new WeakMap<Sqlite.Database, Sqlite.Statement<[], BookState>>();
