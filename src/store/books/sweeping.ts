// The book's own row about its files: when left-over ones may be tidied away, and whether ever.
import type { Instant } from '../../domain/dates.ts';
import type { Sweeping } from '../../domain/sweeping.ts';
import type { Database } from '../database.ts';

/** Null where nobody has looked yet. */
export async function sweepingOf(db: Database): Promise<Sweeping | null> {
  const row = await db
    .selectFrom('sweeping')
    .select(['place', 'since', 'swept_at', 'withheld'])
    .where('id', '=', 1)
    .executeTakeFirst();
  if (row === undefined) return null;
  return { place: row.place, since: row.since, sweptAt: row.swept_at, withheld: row.withheld };
}

export async function saveSweeping(db: Database, { place, since, sweptAt, withheld }: Sweeping): Promise<void> {
  const row = { place, since, swept_at: sweptAt, withheld };
  await db
    .insertInto('sweeping')
    .values({ id: 1, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}

/** From now on nothing is swept; the first reason stays. */
export async function withholdSweeping(db: Database, why: string, now: Instant): Promise<void> {
  const kept = await sweepingOf(db);
  if (kept !== null && kept.withheld !== null) return;
  await saveSweeping(db, { ...(kept ?? { place: '', since: now, sweptAt: null }), withheld: why });
}
