// Personal access tokens, as hashes.
import type { Instant } from '../../domain/dates.ts';
import type { DirectoryScope } from './directory.ts';
import type { AccessTokenRow } from './rows.ts';

const COLUMNS = [
  ...(['account_id', 'id', 'person_id', 'name', 'token_hash', 'scopes', 'created_at'] as const),
  ...(['expires_at', 'last_used_at', 'revoked_at'] as const),
];

/** Under the next number of its account. */
export async function addAccessToken(
  { db }: DirectoryScope,
  token: Omit<AccessTokenRow, 'id' | 'last_used_at' | 'revoked_at'>,
): Promise<number> {
  const { value } = await db
    .insertInto('counters')
    .values({ account_id: token.account_id, kind: 'access_token', value: 1 })
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'kind']).doUpdateSet((eb) => ({ value: eb('counters.value', '+', 1) })),
    )
    .returning('value')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('access_tokens')
    .values({ ...token, id: value, last_used_at: null, revoked_at: null })
    .execute();
  return value;
}

/** Null for one that is unknown, revoked or ended. */
export async function accessTokenByHash(
  { db, now }: DirectoryScope,
  tokenHash: string,
): Promise<AccessTokenRow | null> {
  const found = await db
    .selectFrom('access_tokens')
    .select(COLUMNS)
    .where('token_hash', '=', tokenHash)
    .where('revoked_at', 'is', null)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .executeTakeFirst();
  return found ?? null;
}

export async function accessTokensIn({ db }: DirectoryScope, accountId: number): Promise<AccessTokenRow[]> {
  return await db
    .selectFrom('access_tokens')
    .select(COLUMNS)
    .where('account_id', '=', accountId)
    .orderBy('id')
    .execute();
}

export async function usedAccessToken(
  { db, now }: DirectoryScope,
  { accountId, id, since }: { accountId: number; id: number; since: Instant },
): Promise<void> {
  await db
    .updateTable('access_tokens')
    .set({ last_used_at: now })
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where((eb) => eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<', since)]))
    .execute();
}

/** @param which one by its number, or all of a person; false where none was left to revoke */
export async function revokeAccessTokens(
  { db, now }: DirectoryScope,
  { accountId, ...which }: { accountId: number } & ({ id: number } | { personId: string }),
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('access_tokens')
    .set({ revoked_at: now })
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .where((eb) => ('id' in which ? eb('id', '=', which.id) : eb('person_id', '=', which.personId)))
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
