import { UsageError, type Config } from '../config.ts';
import { isScope, SCOPES, scopesOf, type Scope } from '../domain/access.ts';
import { instantAt } from '../domain/dates.ts';
import { listMembers } from '../services/access/people.ts';
import { createAccessToken, listAccessTokens, revokeAccessToken } from '../services/access/tokens.ts';
import type { Opened } from './book.ts';
import { asRead, nameTyped, operate, print, siteUrl, table } from './operator.ts';
import { accountMeant, memberMeant } from './which-account.ts';

const USAGE =
  'write jobwright tokens, tokens create NAME --person E-MAIL or tokens revoke NUMBER. tokens --help says more.';
const DAY_MS = 24 * 60 * 60 * 1000;

/** Personal access tokens, for editors and scripts. */
export async function tokens(given: Config): Promise<number> {
  const config = asRead(given);
  const [what, ...rest] = config.operands;
  return await operate(config, async (opened) => {
    if (what === undefined) return await list(config, opened);
    if (what === 'create' && rest.length > 0) return await create(config, opened, nameTyped('tokens create', rest));
    const [number, ...more] = rest;
    if (what === 'revoke' && number !== undefined && more.length === 0) return await revoke(config, opened, number);
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
  // Everything is looked at before anything is made: a token is shown only once.
  const url = siteUrl(config);
  const given = readScopes(config.about.scopes);
  const member = await memberMeant(directory, config, person);
  const scopes = given ?? scopesOf(member.role);
  const expiresAt = instantAt(Date.now() + days * DAY_MS);
  const { id, secret } = await createAccessToken(directory, { member, name, scopes, expiresAt });
  print(
    config,
    { token: { id, name, scopes, expiresAt, secret } },
    `Token ${id} "${name}" of ${member.name} for ${member.accountName} (${scopes.join(', ')}), until ${expiresAt.slice(0, 10)}. It is shown this once:\n${secret}\n` +
      `Send it to ${new URL('/mcp', url).href} as the header: Authorization: Bearer ${secret.slice(0, 18)}…`,
  );
}

function readScopes(given: string | undefined): readonly Scope[] | undefined {
  if (given === undefined) return undefined;
  const names = given.split(/[\s,]+/).filter((name) => name !== '');
  const scopes = SCOPES.filter((scope) => names.includes(scope));
  const known = `The scopes are ${SCOPES.join(', ')}`;
  if (!names.every(isScope)) throw new UsageError(`--scopes "${given}" has one that is none. ${known}.`);
  if (!scopes.includes('books:read'))
    throw new UsageError(`--scopes "${given}" opens nothing: give at least books:read. ${known}.`);
  return scopes;
}

async function revoke(config: Config, { directory }: Opened, number: string): Promise<void> {
  if (!/^\d{1,9}$/.test(number))
    throw new UsageError(`"${number}" is not the number of a token; jobwright tokens lists them with theirs`);
  const accountId = await accountMeant(directory, config);
  await revokeAccessToken(directory, { accountId, id: Number(number) });
  print(
    config,
    { revoked: Number(number) },
    `Token ${number} of account ${accountId} is revoked; it ends within a minute.`,
  );
}
