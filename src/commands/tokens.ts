import { UsageError, type Config } from '../config.ts';
import { isScope, SCOPES, scopesOf, type Scope } from '../domain/access.ts';
import { later, listMembers, memberIn, personNamed } from '../services/people.ts';
import { createAccessToken, listAccessTokens, revokeAccessToken } from '../services/tokens.ts';
import type { Opened } from './book.ts';
import { accountMeant, operate, print, siteUrl, table } from './operator.ts';

const USAGE =
  'tokens lists them; tokens create NAME --person E-MAIL [--scopes books:read,books:write] [--days 90]; tokens revoke NUMBER. --account says which account.';
const DAY_MS = 24 * 60 * 60 * 1000;

/** Personal access tokens, for editors and scripts. */
export async function tokens(config: Config): Promise<number> {
  const [what, ...rest] = config.operands;
  return await operate(config, async (opened) => {
    const [operand = ''] = rest;
    if (what === undefined) return await list(config, opened);
    if (what === 'create' && rest.length === 1) return await create(config, opened, operand);
    if (what === 'revoke' && rest.length === 1) return await revoke(config, opened, operand);
    throw new UsageError(USAGE);
  });
}

async function list(config: Config, { directory }: Opened): Promise<void> {
  const accountId = await accountMeant(directory, config);
  const all = await listAccessTokens(directory, accountId);
  const names = new Map((await listMembers(directory, accountId)).map(({ personId, name }) => [personId, name]));
  const rows = all.map((token) => [
    ...[String(token.id), token.name, names.get(token.personId) ?? 'somebody removed', token.scopes.join(' ')],
    ...[
      token.lastUsedAt?.slice(0, 10) ?? 'never',
      token.revokedAt === null ? (token.expiresAt?.slice(0, 10) ?? 'when revoked') : 'revoked',
    ],
  ]);
  const words =
    rows.length === 0 ? 'No tokens.' : table([['number', 'for', 'of', 'scopes', 'last used', 'ends'], ...rows]);
  print(config, { tokens: all }, words);
}

async function create(config: Config, { directory }: Opened, name: string): Promise<void> {
  const { person, days } = config.about;
  if (person === undefined)
    throw new UsageError('--person says whose token it is, like --person maria@lopez-roofing.com');
  const accountId = await accountMeant(directory, config);
  const { personId } = await personNamed(directory, person);
  const member = await memberIn(directory, { personId, accountId });
  if (member === null) throw new UsageError(`${person} is not in account ${accountId}. people invite asks them in.`);
  const scopes = readScopes(config.about.scopes) ?? scopesOf(member.role);
  const expiresAt = days === undefined ? null : later(new Date().toISOString(), days * DAY_MS);
  const { id, secret } = await createAccessToken(directory, { member, name, scopes, expiresAt });
  print(
    config,
    { token: { id, name, scopes, expiresAt, secret } },
    `Token ${id} "${name}" of ${member.name} for ${member.accountName} (${scopes.join(', ')})${expiresAt === null ? '' : `, until ${expiresAt.slice(0, 10)}`}. It is shown this once:\n${secret}\n` +
      `Send it to ${new URL('/mcp', siteUrl(config)).href} as the header: Authorization: Bearer ${secret.slice(0, 18)}…`,
  );
}

function readScopes(given: string | undefined): readonly Scope[] | undefined {
  if (given === undefined) return undefined;
  const names = given.split(/[\s,]+/).filter((name) => name !== '');
  const scopes = names.filter(isScope);
  if (scopes.length === names.length && scopes.length > 0) return SCOPES.filter((scope) => scopes.includes(scope));
  throw new UsageError(`--scopes "${given}" is not made of: ${SCOPES.join(', ')}`);
}

async function revoke(config: Config, { directory }: Opened, number: string): Promise<void> {
  if (!/^\d{1,9}$/.test(number)) throw new UsageError(USAGE);
  const accountId = await accountMeant(directory, config);
  await revokeAccessToken(directory, { accountId, id: Number(number) });
  print(
    config,
    { revoked: Number(number) },
    `Token ${number} of account ${accountId} is revoked; it ends within a minute.`,
  );
}
