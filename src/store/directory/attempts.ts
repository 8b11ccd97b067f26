// How often something was tried lately, counted over all processes.
import { plusMs, type Instant } from '../../domain/dates.ts';
import type { DirectoryScope } from './directory.ts';

/** One more. They count from the first one on, for so long. @returns how many there are, and when they are forgotten */
export async function countAttempt(
  { db, now }: DirectoryScope,
  keyHash: string,
  ms: number,
): Promise<{ readonly count: number; readonly endsAt: Instant }> {
  const first = { count: 1, expires_at: plusMs(now, ms) };
  const { count, expires_at: endsAt } = await db
    .insertInto('attempts')
    .values({ key_hash: keyHash, ...first })
    .onConflict((conflict) =>
      conflict.column('key_hash').doUpdateSet((eb) => {
        const isOver = eb('attempts.expires_at', '<=', now);
        return {
          count: eb
            .case()
            .when(isOver)
            .then(first.count)
            .else(eb('attempts.count', '+', 1))
            .end(),
          expires_at: eb.case().when(isOver).then(first.expires_at).else(eb.ref('attempts.expires_at')).end(),
        };
      }),
    )
    .returning(['count', 'expires_at'])
    .executeTakeFirstOrThrow();
  return { count, endsAt };
}

/** One that was counted is taken back. */
export async function uncountAttempt({ db, now }: DirectoryScope, keyHash: string): Promise<void> {
  await db
    .updateTable('attempts')
    .set((eb) => ({ count: eb('count', '-', 1) }))
    .where('key_hash', '=', keyHash)
    .where('count', '>', 0)
    .where('expires_at', '>', now)
    .execute();
}
