// An assistant that asks a person in: registers, sends them to sign in, and trades the code for tokens, as clients do.
import { createHash, randomBytes } from 'node:crypto';
import { Visitor, type Served } from './site.ts';
import type { Who } from './company.ts';

/** A server in this process, or the built program. */
export type Reached = Pick<Served, 'url' | 'get'>;

export const CALLBACK = 'https://assistant.example/callback';

export type Tokens = {
  access_token: string;
  refresh_token: string;
  scope: string;
  expires_in: number;
  token_type: string;
};

export async function register(site: Reached, metadata: object = {}): Promise<string> {
  const response = await site.get('/oauth/register', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_name: 'Assistant',
      redirect_uris: [CALLBACK],
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      ...metadata,
    }),
  });
  const body = (await response.json()) as { client_id?: string };
  if (response.status !== 201 || body.client_id === undefined) throw new Error(JSON.stringify(body));
  return body.client_id;
}

export type Asking = {
  readonly clientId: string;
  readonly scope?: string | null;
  readonly redirectUri?: string;
  readonly resource?: string | null;
  /** Instead of, or besides, what a client of ours sends. */
  readonly also?: Record<string, string | null>;
};

export const pkce = () => {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
};

export function authorizePath(site: Reached, asking: Asking, challenge: string): string {
  const wanted: Record<string, string | null> = {
    client_id: asking.clientId,
    response_type: 'code',
    redirect_uri: asking.redirectUri ?? CALLBACK,
    scope: asking.scope === undefined ? 'books:read books:write costs:read' : asking.scope,
    state: 'the-state',
    resource: asking.resource === undefined ? `${site.url}/mcp` : asking.resource,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...asking.also,
  };
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(wanted)) if (value !== null) query.set(name, value);
  return `/oauth/authorize?${query.toString()}`;
}

/** The person signs in and allows it. @returns where their browser is sent then */
export async function letIn(
  site: Reached,
  authorize: string,
  who: Who,
  { account, scopes = ['books:write', 'costs:read'] }: { account?: number; scopes?: readonly string[] } = {},
): Promise<{ callback: URL; visitor: Visitor }> {
  const visitor = new Visitor(site.url);
  await visitor.open(authorize);
  await visitor.signIn(who);
  const to = await visitor.send({
    do: 'allow',
    scope: scopes,
    ...(account === undefined ? {} : { account: String(account) }),
  });
  if (to === null) throw new Error(`the visit ended on a page: ${visitor.status} ${visitor.at}\n${visitor.html}`);
  return { callback: new URL(to), visitor };
}

/** @returns what the client's callback was given */
export async function consent(
  site: Reached,
  asking: Asking,
  who: Who,
  options: { account?: number; scopes?: readonly string[] } = {},
): Promise<{ code: string; verifier: string; callback: URL; visitor: Visitor }> {
  const { verifier, challenge } = pkce();
  const { callback, visitor } = await letIn(site, authorizePath(site, asking, challenge), who, options);
  return { code: callback.searchParams.get('code') ?? '', verifier, callback, visitor };
}

export async function tokenRequest(site: Reached, fields: Record<string, string>): Promise<Response> {
  return await site.get('/oauth/token', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields),
  });
}

export async function trade(
  site: Reached,
  clientId: string,
  { code, verifier }: { code: string; verifier: string },
): Promise<Tokens> {
  const response = await tokenRequest(site, {
    ...{ grant_type: 'authorization_code', client_id: clientId, code, code_verifier: verifier },
    ...{ redirect_uri: CALLBACK, resource: `${site.url}/mcp` },
  });
  const body = await response.json();
  if (response.status !== 200) throw new Error(JSON.stringify(body));
  return body as Tokens;
}

export async function signedInTokens(
  site: Reached,
  who: Who,
  options: { account?: number; scopes?: readonly string[] } = {},
) {
  const clientId = await register(site);
  const granted = await consent(site, { clientId }, who, options);
  return { clientId, ...(await trade(site, clientId, granted)) };
}

export async function refresh(
  site: Reached,
  clientId: string,
  token: string,
  also: Record<string, string> = {},
): Promise<Response> {
  return await tokenRequest(site, { grant_type: 'refresh_token', client_id: clientId, refresh_token: token, ...also });
}
