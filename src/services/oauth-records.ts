// The authorization server's own records, for its adapter: each call whole or not at all.
import { plusMs, type Instant } from '../domain/dates.ts';
import type { Directory } from '../store/directory.ts';
import {
  consumeOAuthRecord,
  keepOAuthRecord,
  lastEndsOf,
  oauthRecord,
  oauthIdsOf,
  removeOAuthGrant,
  removeOAuthRecord,
  type Found,
  type OAuthRecord,
} from '../store/oauth-records.ts';

export async function keepRecord(
  directory: Directory,
  record: Omit<OAuthRecord, 'expiresAt'> & { readonly lastsSeconds: number | null },
): Promise<void> {
  const { lastsSeconds, ...rest } = record;
  await directory.write(async (scope) => {
    const ends = lastsSeconds === null ? null : plusMs(scope.now, lastsSeconds * 1000);
    await keepOAuthRecord(scope, { ...rest, expiresAt: ends });
  });
}

/** The ids of what somebody granted, to whichever client. */
export async function grantsOf(directory: Directory, subject: string): Promise<string[]> {
  return await directory.read(async (scope) => await oauthIdsOf(scope, { model: 'Grant', subject }));
}

/** Access is renewed with it: while somebody's assistant is used, every few minutes. */
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

export async function removeRecord(directory: Directory, model: string, id: string): Promise<void> {
  await directory.write(async (scope) => await removeOAuthRecord(scope, model, id));
}

export async function removeGrant(directory: Directory, grantId: string): Promise<void> {
  await directory.write(async (scope) => await removeOAuthGrant(scope, grantId));
}
