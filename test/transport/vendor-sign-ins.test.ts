// Each vendor's assistant, from the first request to a call, after an hour, and after a restart of the server: exactly as
// it was seen to introduce itself, to ask and to come back.
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { letIn, pkce, tokenRequest } from '../support/oauth.ts';
import { openOutside, openSigner } from '../support/outside.ts';
import { openSite, restart, UNLIMITED, type Served } from '../support/site.ts';
import { HOUR, stoppedClock } from '../support/stopped-clock.ts';
import { CHATGPT, CLAUDE, CLAUDE_CODE, VS_CODE } from '../support/vendors.ts';

const REGISTERS = {
  ...{ token_endpoint_auth_method: 'none', response_types: ['code'] },
  grant_types: ['authorization_code', 'refresh_token'],
};

type Vendor = {
  readonly name: string;
  /** It is known by its document, or registers. */
  readonly document?: { readonly client_id: string };
  /** Its document answers 403 to a data center. */
  readonly isKeptFromUs?: boolean;
  readonly registers?: object;
  readonly comesBackTo: string;
  /** At the token endpoint; where it does none of it, it names itself alone. */
  readonly shows?: 'a signature' | 'its secret';
  readonly scope?: string;
  /** As it names what tokens are for, at the authorization and at the token endpoint. */
  readonly resource: readonly [string | null, string | null];
  /** Where it looks for what the authorization server says of itself. */
  readonly looksAt: string;
  /** As it calls. */
  readonly endpoint: '/mcp' | '/mcp/';
  readonly scheme: 'Bearer' | 'bearer';
  readonly accept: string | null;
  readonly revision: '2026-07-28' | '2025-11-25' | '2025-06-18';
};

const BOTH = 'application/json, text/event-stream';
const OAUTH = '/.well-known/oauth-authorization-server';
const OPENID = '/.well-known/openid-configuration';

/** What each does but for what is said of it. */
const USUAL: Omit<Vendor, 'name' | 'comesBackTo'> = {
  looksAt: OAUTH,
  resource: ['/mcp', '/mcp'],
  endpoint: '/mcp',
  scheme: 'Bearer',
  accept: BOTH,
  revision: '2025-11-25',
};

const VENDORS: readonly Vendor[] = [
  {
    ...{ ...USUAL, name: 'ChatGPT, which signs', document: CHATGPT, shows: 'a signature' },
    comesBackTo: 'https://chatgpt.com/connector_platform_oauth_redirect',
  },
  {
    ...{ ...USUAL, name: 'ChatGPT, which does not sign', document: CHATGPT },
    comesBackTo: 'https://chatgpt.com/connector_platform_oauth_redirect',
    looksAt: OPENID,
    resource: ['/mcp', null],
    revision: '2025-06-18',
  },
  {
    ...{ ...USUAL, name: 'ChatGPT, which registers' },
    registers: { ...REGISTERS, redirect_uris: ['https://chatgpt.com/connector/oauth/abc123'] },
    comesBackTo: 'https://chatgpt.com/connector/oauth/abc123',
  },
  {
    ...{ ...USUAL, name: 'claude.ai, by its document', document: CLAUDE },
    comesBackTo: 'https://claude.ai/api/mcp/auth_callback',
  },
  {
    ...{ ...USUAL, name: 'claude.ai, whose document is kept from machines', document: CLAUDE, isKeptFromUs: true },
    comesBackTo: 'https://claude.ai/api/mcp/auth_callback',
  },
  {
    ...{ ...USUAL, name: 'claude.ai, which registers and has a secret', shows: 'its secret', scope: 'claudeai' },
    registers: {
      ...REGISTERS,
      grant_types: [...REGISTERS.grant_types, 'urn:ietf:params:oauth:grant-type:jwt-bearer'],
      ...{ redirect_uris: CLAUDE.redirect_uris, token_endpoint_auth_method: 'client_secret_post' },
    },
    comesBackTo: 'https://claude.ai/api/mcp/auth_callback',
    looksAt: `${OAUTH}/mcp`,
    resource: ['/', '/'],
    scheme: 'bearer',
    revision: '2025-06-18',
  },
  {
    ...{ ...USUAL, name: 'Claude Code, which comes back to a port of its own', document: CLAUDE_CODE },
    comesBackTo: 'http://localhost:54545/callback',
    revision: '2026-07-28',
  },
  {
    ...{ ...USUAL, name: 'Cursor, of an address that ends in a slash' },
    registers: { ...REGISTERS, redirect_uris: ['cursor://anysphere.cursor-mcp/oauth/callback'] },
    comesBackTo: 'cursor://anysphere.cursor-mcp/oauth/callback',
    looksAt: `${OPENID}/mcp`,
    resource: ['/mcp/', '/mcp/'],
    endpoint: '/mcp/',
    revision: '2025-06-18',
  },
  {
    ...{ ...USUAL, name: 'VS Code, by its document', document: VS_CODE },
    comesBackTo: 'http://127.0.0.1:33418/',
  },
  {
    ...{ ...USUAL, name: 'VS Code, which registers', accept: '*/*' },
    registers: {
      ...{ ...REGISTERS, application_type: 'native' },
      redirect_uris: ['https://vscode.dev/redirect', 'http://127.0.0.1/', 'http://127.0.0.1:33418/'],
    },
    comesBackTo: 'http://127.0.0.1:50123/',
  },
  {
    ...{ ...USUAL, name: 'Gemini CLI', accept: 'text/event-stream' },
    registers: { ...REGISTERS, redirect_uris: ['http://localhost:7777/oauth/callback'] },
    comesBackTo: 'http://localhost:7777/oauth/callback',
    resource: ['/mcp/', '/mcp/'],
    revision: '2025-06-18',
  },
  {
    ...{ ...USUAL, name: 'Codex', accept: null },
    registers: { ...REGISTERS, redirect_uris: ['http://127.0.0.1:43210/callback'] },
    comesBackTo: 'http://127.0.0.1:43210/callback',
    resource: [null, null],
    revision: '2025-06-18',
  },
];

it.each(VENDORS)('$name', async (vendor) => {
  const { later } = stoppedClock();
  const signer = await openSigner();
  const { document, isKeptFromUs = false } = vendor;
  const published: [string, object | number][] = [[CHATGPT.jwks_uri, signer.jwks]];
  if (document !== undefined) published.push([document.client_id, isKeptFromUs ? 403 : document]);
  const { fetchDocument } = await openOutside(Object.fromEntries(published));
  const options = { clientDocuments: true, fetchDocument, rates: UNLIMITED };
  const site = await openSite({ passwords: ['maria'], samples: true, ...options });
  const assistant = await discovered(site, vendor);
  const known = { ...assistant, ...(await introduced(assistant)), sign: signer.assertion };

  const granted = await authorized(known);
  let tokens = await asked(known, { grant_type: 'authorization_code', ...granted });
  expect(tokens.expires_in).toBe(HOUR);
  await call(known, tokens.access_token);

  const renew = async (at: Served) => {
    later(HOUR + 10);
    expect((await post({ ...known, site: at }, tokens.access_token, ping())).status).toBe(401);
    const asks = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token };
    const lost = await asked({ ...known, site: at }, asks);
    tokens = await asked({ ...known, site: at }, asks);
    expect(tokens).toEqual(lost);
    await call({ ...known, site: at }, tokens.access_token);
  };
  await renew(site);
  const restarted = await restart(site, options);
  await call({ ...known, site: restarted }, tokens.access_token);
  await renew(restarted);
});

type Assistant = {
  readonly site: Served;
  readonly vendor: Vendor;
  readonly metadata: z.infer<typeof Metadata>;
};
type Known = Assistant & {
  readonly clientId: string;
  readonly secret: string | undefined;
  readonly sign: Awaited<ReturnType<typeof openSigner>>['assertion'];
};

const Metadata = z.object({
  ...{ issuer: z.string(), authorization_endpoint: z.string(), token_endpoint: z.string() },
  ...{ registration_endpoint: z.string(), client_id_metadata_document_supported: z.literal(true) },
  ...{
    code_challenge_methods_supported: z.array(z.string()),
    authorization_response_iss_parameter_supported: z.literal(true),
  },
  scopes_supported: z.array(z.string()),
});

/** Its first request is refused, and tells where to go. */
async function discovered(site: Served, vendor: Vendor): Promise<Assistant> {
  const refused = await post({ site, vendor }, null, ping());
  expect(refused.status).toBe(401);
  const [, at = ''] = /resource_metadata="([^"]+)"/.exec(refused.headers.get('www-authenticate') ?? '') ?? [];
  const resource = z
    .object({ resource: z.string(), authorization_servers: z.tuple([z.string()]) })
    .parse(await (await site.get(at)).json());
  // Exactly as its person typed it.
  expect(resource.resource).toBe(`${site.url}${vendor.endpoint}`);
  const [issuer] = resource.authorization_servers;
  const answer = await site.get(new URL(vendor.looksAt, issuer).href);
  expect([vendor.looksAt, answer.status]).toEqual([vendor.looksAt, 200]);
  const metadata = Metadata.parse(await answer.json());
  expect(metadata.issuer).toBe(issuer);
  expect(metadata.code_challenge_methods_supported).toContain('S256');
  return { site, vendor, metadata };
}

async function introduced({ site, vendor, metadata }: Assistant) {
  if (vendor.document !== undefined) return { clientId: vendor.document.client_id, secret: undefined };
  const { scope } = vendor;
  const answer = await site.get(metadata.registration_endpoint, {
    ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
    body: JSON.stringify({ client_name: vendor.name, ...vendor.registers, ...(scope === undefined ? {} : { scope }) }),
  });
  expect(answer.status).toBe(201);
  const said = z.object({ client_id: z.string(), client_secret: z.string().optional() }).parse(await answer.json());
  return { clientId: said.client_id, secret: said.client_secret };
}

/** Sends its person to sign in, who lets it in. @returns what it trades the code with */
async function authorized({ site, vendor, metadata, clientId }: Known): Promise<Record<string, string>> {
  const { verifier, challenge } = pkce();
  const [resource] = vendor.resource;
  const query = new URLSearchParams({
    ...{ response_type: 'code', client_id: clientId, redirect_uri: vendor.comesBackTo, state: 'a state' },
    ...{ code_challenge: challenge, code_challenge_method: 'S256' },
    ...(resource === null ? {} : { resource: `${site.url}${resource}` }),
    ...(vendor.scope === undefined ? {} : { scope: vendor.scope }),
  });
  const { callback } = await letIn(site, `${metadata.authorization_endpoint}?${query.toString()}`, 'maria');
  expect(callback.href.startsWith(`${vendor.comesBackTo}?`)).toBe(true);
  const { code = '', state, iss } = Object.fromEntries(callback.searchParams);
  expect([state, iss]).toEqual(['a state', metadata.issuer]);
  return { code, code_verifier: verifier, redirect_uri: vendor.comesBackTo };
}

const Tokens = z.object({
  ...{ access_token: z.string(), refresh_token: z.string(), expires_in: z.number() },
  token_type: z.literal('Bearer'),
});

async function asked(known: Known, fields: Record<string, string>) {
  const { site, vendor, metadata, clientId, secret, sign } = known;
  const [, resource] = vendor.resource;
  const assertion =
    vendor.shows === 'a signature' ? await sign(clientId, { aud: metadata.issuer, jti: randomUUID() }) : '';
  const answer = await tokenRequest(site, {
    ...{ client_id: clientId, ...fields },
    ...(resource === null ? {} : { resource: `${site.url}${resource}` }),
    ...(vendor.shows === 'its secret' ? { client_secret: secret ?? '' } : {}),
    ...(assertion === ''
      ? {}
      : {
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: assertion,
        }),
  });
  const body: unknown = await answer.json();
  expect([answer.status, body]).toEqual([200, expect.anything()]);
  return Tokens.parse(body);
}

type Message = { readonly method: string; readonly id?: number; readonly params: Record<string, unknown> };
const ping = (): Message => ({ method: 'tools/list', id: 1, params: {} });

async function post(
  { site, vendor }: Pick<Assistant, 'site' | 'vendor'>,
  token: string | null,
  { method, id, params }: Message,
): Promise<Response> {
  const { revision, accept, scheme, endpoint } = vendor;
  const isNew = revision === '2026-07-28';
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': revision,
    'io.modelcontextprotocol/clientInfo': { name: vendor.name, version: '1' },
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  const headers = new Headers({ 'content-type': 'application/json' });
  if (accept !== null) headers.set('accept', accept);
  if (method !== 'initialize') headers.set('mcp-protocol-version', revision);
  if (isNew) headers.set('mcp-method', method);
  if (isNew && typeof params['name'] === 'string') headers.set('mcp-name', params['name']);
  if (token !== null) headers.set('authorization', `${scheme} ${token}`);
  return await site.get(endpoint, {
    ...{ method: 'POST', headers, redirect: 'follow' },
    body: JSON.stringify({ jsonrpc: '2.0', id, method, params: isNew ? { ...params, _meta } : params }),
  });
}

async function call(assistant: Assistant, token: string): Promise<void> {
  expect(await greeted(assistant, token)).toBe(assistant.vendor.revision);
  const params = { name: 'get-job', arguments: { job: 'roof replacement' } };
  const answer = await post(assistant, token, { method: 'tools/call', id: 2, params });
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('7787.60');
}

/** As its era opens a conversation; it keeps no session. @returns the revision that is agreed on */
async function greeted(assistant: Assistant, token: string): Promise<string> {
  const { revision, name } = assistant.vendor;
  if (revision === '2026-07-28') return revision;
  const params = { protocolVersion: revision, capabilities: {}, clientInfo: { name, version: '1' } };
  const hello = await (await post(assistant, token, { method: 'initialize', id: 0, params })).text();
  const begun = await post(assistant, token, { method: 'notifications/initialized', params: {} });
  return begun.status === 202 ? (/"protocolVersion":"([^"]+)"/.exec(hello)?.[1] ?? hello) : `${begun.status}`;
}
