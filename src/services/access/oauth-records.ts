// The authorization server's own records, for its adapter: each call whole or not at all.
import { plusMs, type Instant } from '../../domain/dates.ts';
import type { Directory, DirectoryScope } from '../../store/directory/directory.ts';
import {
  addOAuthRecord,
  consumeOAuthRecord,
  keepOAuthRecord,
  lastEndsOf,
  oauthRecord,
  oauthIdsOf,
  removeOAuthGrant,
  removeOAuthRecord,
  removeOAuthRecordsUnder,
  type Found,
  type OAuthRecord,
} from '../../store/directory/oauth-records.ts';

export type Lasting = Omit<OAuthRecord, 'expiresAt'> & { readonly lastsSeconds: number | null };

export async function keepRecord(directory: Directory, record: Lasting): Promise<void> {
  await directory.write(async (scope) => await keep(scope, record));
}

async function keep(scope: DirectoryScope, record: Lasting): Promise<void> {
  await keepOAuthRecord(scope, ending(scope, record));
}

function ending({ now }: DirectoryScope, { lastsSeconds, ...record }: Lasting): OAuthRecord {
  return { ...record, expiresAt: lastsSeconds === null ? null : plusMs(now, lastsSeconds * 1000) };
}

/** @returns false where it was spent before, at whichever process */
export async function spendOnce(directory: Directory, record: Lasting): Promise<boolean> {
  return await directory.write(async (scope) => await addOAuthRecord(scope, ending(scope, record)));
}

/** The ids of what somebody granted, to whichever client. */
export async function grantsOf(directory: Directory, subject: string): Promise<string[]> {
  return await directory.read(async (scope) => await oauthIdsOf(scope, { model: 'Grant', subject }));
}

/** Access is renewed with it: while somebody's assistant is used, every hour. */
export const REFRESH_TOKEN_SECONDS = 60 * 24 * 60 * 60;

/** When each of these grants was last made use of; nothing of those that never were. */
export async function lastRenewed(
  directory: Directory,
  grantIds: readonly string[],
): Promise<ReadonlyMap<string, Instant>> {
  const ends = await directory.read(async (scope) => await lastEndsOf(scope, { model: 'RefreshToken', grantIds }));
  return new Map(ends.map(({ grantId, endsAt }) => [grantId, plusMs(endsAt, -REFRESH_TOKEN_SECONDS * 1000)]));
}

export async function findRecord(
  directory: Directory,
  which: { model: string; by: 'id' | 'uid' | 'user_code'; value: string },
): Promise<Found | null> {
  return await directory.read(async (scope) => await oauthRecord(scope, which));
}

/** @returns false where somebody was first */
export async function consumeRecord(directory: Directory, model: string, id: string): Promise<boolean> {
  return await directory.write(async (scope) => await consumeOAuthRecord(scope, model, id));
}

/** The answer to a refresh token, as it is kept for whoever asks again. */
const ANSWER = 'RefreshAnswer';
/** A lost answer is asked for again within this time, and so is what two programs share. */
const ANSWERED_AGAIN_SECONDS = 60;

export type Renewal = {
  /** The record of the token that is used up, and what takes its place. */
  readonly spent: string;
  readonly next: Lasting;
  /** Sealed. */
  readonly answer: string;
};

/**
 * Of those who come with one refresh token at once, one is the first. It happens whole, so that nobody holds a token that
 * is used up and nothing for it.
 * @returns the answer to the first, which all are given; null where it is too late for it
 */
export async function renewOnce(directory: Directory, { spent, next, answer }: Renewal): Promise<string | null> {
  return await directory.write(async (scope) => {
    if (!(await consumeOAuthRecord(scope, 'RefreshToken', spent))) return await answerTo(scope, spent);
    // Whoever uses the new token has it: nobody is given it again.
    await removeOAuthRecordsUnder(scope, { model: ANSWER, grantId: next.grantId });
    await keep(scope, next);
    const { subject, grantId } = next;
    const of = { subject, grantId, uid: null, userCode: null, lastsSeconds: ANSWERED_AGAIN_SECONDS };
    await keep(scope, { model: ANSWER, id: spent, payload: answer, ...of });
    return answer;
  });
}

/** Null once it is too late to be given it again. */
export async function answerOf(directory: Directory, spent: string): Promise<string | null> {
  return await directory.read(async (scope) => await answerTo(scope, spent));
}

async function answerTo(scope: DirectoryScope, spent: string): Promise<string | null> {
  return (await oauthRecord(scope, { model: ANSWER, by: 'id', value: spent }))?.payload ?? null;
}

export async function removeRecord(directory: Directory, model: string, id: string): Promise<void> {
  await directory.write(async (scope) => await removeOAuthRecord(scope, model, id));
}

export async function removeGrant(directory: Directory, grantId: string): Promise<void> {
  await directory.write(async (scope) => await removeOAuthGrant(scope, grantId));
}
