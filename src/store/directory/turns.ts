// What one of several processes does for all of them. A turn is a row that ends by itself: no process has to give it back.
import { plusMs } from '../../domain/dates.ts';
import type { DirectoryScope } from './directory.ts';

/**
 * Takes a turn for so long; false where it was taken already. Together with the work in one write it is taken only if the
 * work was done; whoever comes meanwhile waits for that.
 */
export async function takeTurn({ db, now }: DirectoryScope, name: string, ms: number): Promise<boolean> {
  const expires = { expires_at: plusMs(now, ms) };
  const taken = await db
    .insertInto('turns')
    .values({ name, ...expires })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(expires).where('turns.expires_at', '<=', now))
    .returning('name')
    .execute();
  return taken.length > 0;
}
