// Whether a book may be written to by this program, as it says in its own row: of which schema it is, and whether it was
// moved away, or is only being moved here.
import { Problem } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';
import { NEWEST_SCHEMA } from './migrate.ts';
import { movedIn, wasMoved, type Moving } from './moved.ts';

/** What a write asks of the book's row. */
export type BookState = { readonly schema: string } & Moving;
/** Their columns, in SQL. */
export const STATE = 'schema, moved_to, moved_at, arriving';

/**
 * @param filling the move that this write is a part of
 * @throws Problem where another program has changed the schema since this one opened the book, or it is not to be written to
 */
export function checkState(state: BookState | undefined, filling: string | null = null): void {
  checkSchema(state?.schema ?? '');
  if (state === undefined) return;
  const moved = movedIn(state);
  if (moved !== null) throw wasMoved(moved);
  if (state.arriving !== filling) throw new Problem('unavailable', says('database.arriving'));
}

/** @throws Problem where another version of the program has changed the schema since this one opened the book */
function checkSchema(schema: string): void {
  if (schema === NEWEST_SCHEMA) return;
  if (schema < NEWEST_SCHEMA) throw new Problem('unavailable', says('book.altered'));
  throw new Problem('unavailable', says('book.newer-meanwhile'));
}
