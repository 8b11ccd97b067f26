// The book itself: which one it is, and how often it was written to.
import { randomBytes } from 'node:crypto';
import type { Database } from '../database.ts';
import type { DirectoryScope } from '../directory/directory.ts';
import { isPostgres } from './dialect.ts';
import { prepared } from './prepared.ts';

export type BookMark = { readonly identity: string; readonly writeNumber: number };

/** A change of an account, as no other history of this book has it. */
export type KeptBy = { readonly account: number; readonly change: number; readonly hash: string };

/** Whether this change is in the book as it is named here. */
export async function knowsChange(db: Database, { account, change, hash }: KeptBy): Promise<boolean> {
  const row = await db
    .selectFrom('changes')
    .select('hash')
    .where('account_id', '=', account)
    .where('change_number', '=', change)
    .executeTakeFirst();
  return row?.hash === hash;
}

/** In a write, as its last statement: of the state that it leaves, by a number that no other write has that adds files. */
export async function markOfWrite(db: Database): Promise<BookMark> {
  // SQLite raises it with every write. On PostgreSQL all accounts would wait for each other there, so these alone do.
  if (isPostgres(db)) await raised(db, {});
  return await bookMark(db);
}

const raised = prepared((db) =>
  db
    .updateTable('book')
    .set((eb) => ({ write_number: eb('write_number', '+', 1) }))
    .where('id', '=', 1),
);

/** Of the state that is seen; in a write on SQLite, of the one that it will leave. */
export async function bookMark(db: Database): Promise<BookMark> {
  const [row] = await mark(db, {});
  if (row === undefined) throw new Error('the book has no row of its own');
  return { identity: row.identity, writeNumber: row.write_number };
}

const mark = prepared((db) => db.selectFrom('book').select(['identity', 'write_number']).where('id', '=', 1));

/** From now on it is a book of its own: what came back from a backup is not the one that the backup was made of. */
export async function giveNewIdentity({ db }: DirectoryScope): Promise<void> {
  await db
    .updateTable('book')
    .set({ identity: randomBytes(16).toString('hex') })
    .execute();
  // What was found of the files beside the other book says nothing of those beside this one.
  await db.deleteFrom('sweeping').execute();
}
