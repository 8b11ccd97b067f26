// Personal access tokens, for editors and scripts: shown once, kept as hashes.
import { isScope, scopesOf, type Scope } from '../../domain/access.ts';
import { plusMs, type Instant } from '../../domain/dates.ts';
import { invalid, Problem, refused } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';
import { visibleLine } from '../../domain/text.ts';
import {
  accessTokenByHash,
  accessTokensIn,
  addAccessToken,
  revokeAccessTokens,
  usedAccessToken,
} from '../../store/directory/access-tokens.ts';
import type { Directory } from '../../store/directory/directory.ts';
import { holdAccount } from '../../store/directory/holding.ts';
import { endPagesGivenBy } from '../../store/directory/links.ts';
import { memberIn, memberOrThrow, type Member } from './people.ts';
import { hashOf, newSecret } from '../shared/secret.ts';

export const TOKEN_PREFIX = 'jobwright_pat_';
/** When a token was last used is noted this often at most. */
const NOTED_MS = 60 * 60 * 1000;

/** @param expiresAt null for one that ends only when it is revoked */
export async function createAccessToken(
  directory: Directory,
  {
    member,
    name,
    scopes,
    expiresAt,
  }: { member: Member; name: string; scopes: readonly Scope[]; expiresAt: Instant | null },
): Promise<{ id: number; secret: string }> {
  const label = visibleLine(name);
  if (label === '' || label.length > 80) throw invalid('name', says('token.name-form'));
  checkWithinRole(member, scopes);
  if (!scopes.includes('books:read')) throw invalid('scopes', says('token.reads-at-least'));
  const secret = newSecret(TOKEN_PREFIX);
  const { accountId, personId } = member;
  const id = await directory.write(async (scope) => {
    // Whoever is taken out of the account meanwhile, or made less, has no token that nobody takes away again.
    await holdAccount(scope, accountId);
    checkWithinRole(await memberOrThrow(scope, { accountId, personId }), scopes);
    return await addAccessToken(scope, {
      ...{ account_id: accountId, person_id: personId, name: label, token_hash: hashOf(secret) },
      ...{ scopes: scopes.join(' '), created_at: scope.now, expires_at: expiresAt },
    });
  });
  return { id, secret };
}

function checkWithinRole({ name, role }: Member, scopes: readonly Scope[]): void {
  const beyond = scopes.filter((scope) => !scopesOf(role).includes(scope));
  if (beyond.length > 0)
    throw refused(says('token.beyond-role', { name, role, beyond, may: scopesOf(role) }), 'scopes');
}

export type KnownToken = {
  readonly member: Member;
  readonly scopes: readonly Scope[];
  readonly name: string;
  readonly expiresAt: Instant | null;
};

/** Null for a token that is unknown, revoked or ended, or whose person is no longer in its account. */
export async function accessTokenOf(directory: Directory, secret: string): Promise<KnownToken | null> {
  const token = await directory.read(async (scope) => {
    const row = await accessTokenByHash(scope, hashOf(secret));
    return row === null ? null : { ...row, isNoted: (row.last_used_at ?? '') > plusMs(scope.now, -NOTED_MS) };
  });
  if (token === null) return null;
  const { account_id: accountId, person_id: personId, id, name, expires_at: expiresAt } = token;
  const member = await memberIn(directory, { accountId, personId });
  if (member === null) return null;
  // Whoever calls does not wait for it; what could not be noted now is noted at the next use.
  if (!token.isNoted)
    directory
      .write(async (scope) => await usedAccessToken(scope, { accountId, id, since: plusMs(scope.now, -NOTED_MS) }))
      .catch(() => undefined);
  return { member, scopes: readScopes(token.scopes), name, expiresAt };
}

/** A token as it is listed: never with its secret. */
export type TokenCard = Omit<KnownToken, 'member'> & {
  readonly id: number;
  readonly personId: string;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | null;
  readonly revokedAt: Instant | null;
};

export async function listAccessTokens(directory: Directory, accountId: number): Promise<TokenCard[]> {
  const rows = await directory.read(async (scope) => await accessTokensIn(scope, accountId));
  return rows.map((row) => ({
    ...{ id: row.id, personId: row.person_id, name: row.name, scopes: readScopes(row.scopes) },
    ...{
      createdAt: row.created_at,
      expiresAt: row.expires_at,
      lastUsedAt: row.last_used_at,
      revokedAt: row.revoked_at,
    },
  }));
}

/** The upload pages that its person gave out end with it. @throws Problem where there is no such token to revoke */
export async function revokeAccessToken(directory: Directory, which: { accountId: number; id: number }): Promise<void> {
  const { accountId, id } = which;
  const known = await directory.write(async (scope) => {
    const isRevoked = await revokeAccessTokens(scope, which);
    const tokens = await accessTokensIn(scope, accountId);
    if (!isRevoked) return tokens.map((token) => token.id);
    const personId = tokens.find((token) => token.id === id)?.person_id;
    if (personId !== undefined) await endPagesGivenBy(scope, { accountId, personId });
    return null;
  });
  if (known?.includes(id) === true) throw refused(says('token.revoked-already', { id, accountId }));
  if (known !== null) throw new Problem('not_found', says('token.unknown', { id, accountId }));
}

function readScopes(text: string): Scope[] {
  return text.split(' ').filter(isScope);
}
