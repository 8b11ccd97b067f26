// The book's own row about its files: when left-over ones may be tidied away, and whether ever.
import { isMessage, type Said } from '../../domain/message.ts';
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
  return { place: row.place, since: row.since, sweptAt: row.swept_at, withheld: readSaid(row.withheld) };
}

type Saved = Omit<Sweeping, 'withheld'> & Partial<Sweeping>;

/** Why nothing is swept stays as it was where nothing is said of it. */
export async function saveSweeping(db: Database, { place, since, sweptAt, withheld }: Saved): Promise<void> {
  const row = { place, since, swept_at: sweptAt, ...(withheld === undefined ? {} : { withheld: written(withheld) }) };
  await db
    .insertInto('sweeping')
    .values({ id: 1, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}

/** From now on nothing is swept; the first reason stays. */
export async function withholdSweeping(db: Database, why: Said, now: Instant): Promise<void> {
  const kept = await sweepingOf(db);
  if (kept !== null && kept.withheld !== null) return;
  await saveSweeping(db, { ...(kept ?? { place: '', since: now, sweptAt: null }), withheld: why });
}

/** Kept as JSON; an earlier version kept a sentence, which stands as it is. */
function readSaid(text: string | null): Said | null {
  if (text === null || !text.startsWith('{')) return text;
  const said: unknown = JSON.parse(text);
  return isMessage(said) ? said : text;
}

function written(said: Said | null): string | null {
  return said === null || typeof said === 'string' ? said : JSON.stringify(said);
}
