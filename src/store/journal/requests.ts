// What was asked before: answers by the caller's own request id, and the newest additions, to notice a retry.
import { sql } from 'kysely';
import { plusMs, type Instant } from '../../domain/dates.ts';
import { textsAsJson, textsIn } from '../engine/json-rows.ts';
import { insertMany } from '../engine/many.ts';
import { prepared } from '../engine/prepared.ts';
import type { ReadScope, WriteScope } from '../scope.ts';
import { saidIn, type StoredSaid } from './said.ts';
import type { Said } from '../../domain/message.ts';

export type Remembered = { readonly fingerprint: string; readonly answer: string };

export async function requestById(
  { db, account }: ReadScope,
  { actor, requestId }: { actor: string; requestId: string },
): Promise<Remembered | null> {
  const row = await db
    .selectFrom('requests')
    .select(['fingerprint', 'answer'])
    .where('account_id', '=', account.id)
    .where('actor', '=', actor)
    .where('request_id', '=', requestId)
    .executeTakeFirst();
  return row ?? null;
}

/** Remembers an answer. One that stands under the id already stays: it was given first. */
export async function rememberRequest(
  { db, account, now, changeNumber, journal }: WriteScope,
  { actor, requestId, fingerprint, answer }: { actor: string; requestId: string; fingerprint: string; answer: string },
): Promise<void> {
  await db
    .insertInto('requests')
    .values({
      account_id: account.id,
      actor,
      request_id: requestId,
      fingerprint,
      answer,
      at: now,
      change_number: journal.isEmpty ? null : changeNumber,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export type Addition = {
  readonly changeNumber: number;
  /** Which of those that were asked for. */
  readonly fingerprint: string;
  /** What the clock showed. */
  readonly at: Instant;
  /** It was no later than this: the earliest time that it, or any change after it, is dated with. */
  readonly by: Instant;
  readonly summary: Said;
};

/**
 * The changes that one of these fingerprints is of, the newest first, unless they, or any after them, are dated `since` or
 * before: a clock that was ahead is found out by the changes that follow.
 */
export async function additionsBy(
  { db, account }: ReadScope,
  { actor, fingerprints, since }: { actor: string; fingerprints: readonly string[]; since: Instant },
): Promise<readonly Addition[]> {
  const all = textsAsJson(fingerprints.map(inShort));
  const rows = await additions(db, { account: account.id, actor, fingerprints: all, since });
  return rows.map(({ code, text, fingerprint, ...found }) => ({
    ...found,
    fingerprint: fingerprints.find((each) => inShort(each) === fingerprint) ?? fingerprint,
    summary: saidIn({ code, text }),
  }));
}

type Call = {
  readonly account: number;
  readonly actor: string;
  readonly fingerprints: string;
  readonly since: Instant;
};

// The times are hidden from the planner, which would look through all of the past for the earliest; and which ones are
// meant is known before anything is asked of what follows them, which would be asked of all of the past else.
const additions = prepared(
  (db, { account, actor, fingerprints, since }: Call) => sql<Omit<Addition, 'summary'> & StoredSaid>`
    with meant as materialized (
      select account_id, change_number, fingerprint from additions
      where account_id = ${account} and actor = ${actor} and fingerprint in (${textsIn(db, fingerprints)})
    )
    select a.change_number as "changeNumber", a.fingerprint, s.at, s.code, s.summary as text, (
      select min(c.at || '') from changes c where c.account_id = a.account_id and c.change_number >= a.change_number
    ) as "by"
    from meant a
    join changes s on s.account_id = a.account_id and s.change_number = a.change_number
    where not exists (
      select 1 from changes c
      where c.account_id = a.account_id and c.change_number >= a.change_number and c.at || '' <= ${since})
    order by a.change_number desc`,
);

/** Notes that this change added what these fingerprints are of: the call, and each record that it made. */
export async function noteAdditions(
  { db, account, changeNumber }: WriteScope,
  { actor, fingerprints }: { actor: string; fingerprints: readonly string[] },
): Promise<void> {
  const all = [...new Set(fingerprints.map(inShort))];
  await keepAdditions(
    db,
    account.id,
    all.map((fingerprint) => ({ actor, fingerprint, change_number: changeNumber })),
  );
}

/** 66 bits of it: whom it takes for another by chance is asked whether it is a repeat. */
function inShort(fingerprint: string): string {
  return fingerprint.slice(0, 11);
}

const keepAdditions = insertMany('additions', ['actor', 'fingerprint', 'change_number'], ['actor', 'fingerprint']);

/** So many have to agree that something is long ago. */
const WITNESSES = 1000;

/**
 * Forgets answers that are older, by this many milliseconds, than each of the newest thousand, and have as many changes
 * after them. No clock is believed on its own: one that is ahead for a while forgets nothing. What changed nothing goes by
 * the others' times alone, since doing it again adds nothing.
 */
export async function forgetRequests({ db, account, changeNumber }: WriteScope, olderMs: number): Promise<void> {
  const [witness] = await newestRequests(db, { account: account.id, offset: WITNESSES - 1 });
  if (witness === undefined) return;
  await sql`
    delete from requests
    where account_id = ${account.id} and at <= ${plusMs(witness.at, -olderMs)}
      and (change_number is null or change_number <= ${changeNumber - WITNESSES})`.execute(db);
}

/** The same of additions, which were when their changes were: by the newest thousand changes. */
export async function forgetAdditions({ db, account, changeNumber }: WriteScope, olderMs: number): Promise<void> {
  const [witness] = await newestChanges(db, { account: account.id, offset: WITNESSES - 1 });
  if (witness === undefined) return;
  const until = plusMs(witness.at, -olderMs);
  // Those behind the newest change of that time were later, but where a clock was set back: they wait for another day.
  const last = sql`(select c.change_number from changes c where c.account_id = ${account.id} and c.at <= ${until}
    order by c.at desc, c.change_number desc limit 1)`;
  await sql`
    delete from additions
    where account_id = ${account.id} and change_number <= ${changeNumber - WITNESSES} and change_number <= ${last}
      and exists (select 1 from changes c
        where c.account_id = additions.account_id and c.change_number = additions.change_number and c.at || '' <= ${until})`.execute(
    db,
  );
}

const newestIn = (table: 'requests' | 'changes') =>
  prepared((db, { account, offset }: { account: number; offset: number }) =>
    db.selectFrom(table).select('at').where('account_id', '=', account).orderBy('at', 'desc').limit(1).offset(offset),
  );
const newestRequests = newestIn('requests');
const newestChanges = newestIn('changes');

export async function confirmationSecret({ db, account }: ReadScope): Promise<string> {
  const { value } = await db
    .selectFrom('secrets')
    .select('value')
    .where('account_id', '=', account.id)
    .where('name', '=', 'confirmations')
    .executeTakeFirstOrThrow();
  return value;
}
