// A book that was moved to another engine: here it can be read, and is written to there.
import { Problem } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';
import type { BookRow, Database, MovedAway } from '../database.ts';

export type Moving = Readonly<Pick<BookRow, 'moved_to' | 'moved_at' | 'arriving'>>;

/** What a book says of moves. It must be up to date. */
export async function movingOf(db: Database): Promise<Moving> {
  const row = await db
    .selectFrom('book')
    .select(['moved_to', 'moved_at', 'arriving'])
    .where('id', '=', 1)
    .executeTakeFirst();
  return row ?? { moved_to: null, moved_at: null, arriving: null };
}

export function movedIn({ moved_to: to, moved_at: at }: Moving): MovedAway | null {
  return to === null ? null : { to, at };
}

/** Why nothing is written. */
export function wasMoved({ to, at }: MovedAway): Problem {
  if (at === null) return new Problem('unavailable', says('book.leaving', { to }));
  return new Problem('unavailable', says('book.moved', { to, on: at.slice(0, 10) }));
}
