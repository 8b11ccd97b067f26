// The book's own row on both sides of a move, and what an unfinished one left. Triggers keep the journal from being taken
// out row by row; whoever owns the tables empties them.
import { sql } from 'kysely';
import { Problem } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';
import type { Instant } from '../../domain/dates.ts';
import type { Database } from '../database.ts';
import { hasPeople } from '../directory/people.ts';
import { bookMark, type BookMark } from '../engine/book.ts';
import { movingOf } from '../engine/moved.ts';

/** Of which book the move is, and which of several moves of it. */
export function noteOf(identity: string, move: string): string {
  return `${identity} ${move}`;
}

/**
 * Makes a database ready to be filled: one that is empty, or that a move of the same book left unfinished.
 * @param isLeaving whether a move of this book may have come to its end here
 * @returns false where it has: the whole book is there
 * @throws Problem where books are there, or a part of another one
 */
export async function beginFilling(
  db: Database,
  { identity, note, isLeaving }: { readonly identity: string; readonly note: string; readonly isLeaving: boolean },
): Promise<boolean> {
  const { arriving } = await movingOf(db);
  if (arriving === null && (await holdsBooks(db))) {
    if (isLeaving && (await bookMark(db)).identity === identity) return false;
    throw new Problem('refused', says('move.database-taken'));
  }
  if (arriving !== null && !arriving.startsWith(`${identity} `))
    throw new Problem('refused', says('move.of-other-book'));
  await empty(db);
  await db.updateTable('book').set({ arriving: note, moved_to: null, moved_at: null }).where('id', '=', 1).execute();
  return true;
}

async function holdsBooks(db: Database): Promise<boolean> {
  const account = await db.selectFrom('accounts').select('account_id').limit(1).executeTakeFirst();
  return account !== undefined || (await hasPeople(db));
}

/** All at once, whichever refers to which. */
async function empty(db: Database): Promise<void> {
  const { rows } = await sql<{ name: string }>`select c.relname as name from pg_class c
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' and c.relname not in ('migrations', 'book', 'write_ids')
      and not exists (select 1 from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype = 'e')`.execute(
    db,
  );
  await sql`truncate ${sql.join(rows.map(({ name }) => sql.table(name)))}`.execute(db);
}

/** How many rows there are, the planner would find out only later. */
export async function analyze(db: Database): Promise<void> {
  await sql`analyze`.execute(db);
}

/** The last step: from now on this is the book. */
export async function arrive(db: Database, { identity, writeNumber }: BookMark): Promise<void> {
  await db
    .updateTable('book')
    .set({ identity, write_number: writeNumber, arriving: null })
    .where('id', '=', 1)
    .execute();
}

/** From now on this is no more the book. @param at null until it is whole there */
export async function leave(db: Database, to: string, at: Instant | null): Promise<void> {
  await db.updateTable('book').set({ moved_to: to, moved_at: at }).where('id', '=', 1).execute();
}
