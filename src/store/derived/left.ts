// What of an account's derived rows is left to be made anew: by an earlier version of the program they were made by other
// rules, or a write bore on more of them than one piece may hold. It is kept as counters, so that who comes next goes on.
import { sql, type RawBuilder } from 'kysely';
import type { Database } from '../database.ts';
import { prepared } from '../engine/prepared.ts';

/** What is derived by rules that have a version. */
export type Derived = 'figures' | 'words';

/** Of which version of the program. */
export type Rules = { readonly derived: Derived; readonly version: number };

/** Before every record: samples count down from -1. */
export const BEFORE_ALL = Number.MIN_SAFE_INTEGER;

/** One thing to be gone through by the numbers of its records, and the number of the last that is done. */
export type Remaining = { readonly what: string; readonly after: number };

/** The counter of the version by whose rules they are made; below 0 while they are being made anew by that one's. */
const versionKind = (derived: Derived) => `${derived}_version`;
const leftKind = (derived: Derived, version: number, what: string) => `${derived}_left ${version} ${what}`;

/** A condition on the row of an account: what is derived is all there, made by this version's rules or newer ones. */
export function isMade({ derived, version }: Rules): RawBuilder<boolean> {
  return sql<boolean>`exists (select 1 from counters as v where v.account_id = accounts.account_id
    and v.kind = ${versionKind(derived)} and (v.value = ${version} or abs(v.value) > ${version}))`;
}

/** Null where none was ever noted. */
export async function versionOf(db: Database, accountId: number, derived: Derived): Promise<number | null> {
  return await counter(db, accountId, versionKind(derived));
}

/** All of it is made by the rules of this version, from here on. */
export async function noteMade(db: Database, accountId: number, derived: Derived, version: number): Promise<void> {
  await setCounter(db, { account_id: accountId, kind: versionKind(derived), value: version });
}

/** Notes that these things are left, each from its beginning. */
export async function noteLeft(
  db: Database,
  accountId: number,
  { derived, version }: Rules,
  things: readonly Remaining[],
): Promise<void> {
  await noteMade(db, accountId, derived, -version);
  for (const { what, after } of things) {
    const kind = leftKind(derived, version, what);
    const noted = await counter(db, accountId, kind);
    await setCounter(db, { account_id: accountId, kind, value: Math.min(after, noted ?? after) });
  }
}

/** What is left by this version; by others nothing is any more, since this one makes all of it anew. */
export async function pagesLeft(db: Database, accountId: number, { derived, version }: Rules): Promise<Remaining[]> {
  const own = leftKind(derived, version, '');
  const rows = await db
    .selectFrom('counters')
    .select(['kind', 'value'])
    .where('account_id', '=', accountId)
    .where('kind', 'like', `${own}%`)
    .execute();
  return rows.map(({ kind, value }) => ({ what: kind.slice(own.length), after: value }));
}

/** @param after the record up to which it is done; null where all of it is */
export async function noteDone(
  db: Database,
  accountId: number,
  { derived, version, what, after }: { derived: Derived; version: number; what: string; after: number | null },
): Promise<void> {
  const kind = leftKind(derived, version, what);
  if (after !== null) await setCounter(db, { account_id: accountId, kind, value: after });
  else await db.deleteFrom('counters').where('account_id', '=', accountId).where('kind', '=', kind).execute();
}

/** Forgets what any version left. */
export async function leaveNothing(db: Database, accountId: number, derived: Derived): Promise<void> {
  await db
    .deleteFrom('counters')
    .where('account_id', '=', accountId)
    .where('kind', 'like', `${derived}_left %`)
    .execute();
}

async function counter(db: Database, accountId: number, kind: string): Promise<number | null> {
  const [row] = await counterOf(db, { account: accountId, kind });
  return row?.value ?? null;
}

const counterOf = prepared((db, { account, kind }: { account: number; kind: string }) =>
  db.selectFrom('counters').select('value').where('account_id', '=', account).where('kind', '=', kind),
);

const setCounter = prepared((db, row: { account_id: number; kind: string; value: number }) =>
  db
    .insertInto('counters')
    .values(row)
    .onConflict((conflict) => conflict.columns(['account_id', 'kind']).doUpdateSet({ value: row.value })),
);
