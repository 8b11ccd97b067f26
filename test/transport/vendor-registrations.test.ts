// Known assistants register as they were seen to: each is answered with what is known here of it, and sent back to its own
// addresses alone.
import { expect, it } from 'vitest';
import { z } from 'zod';
import { authorizePath, consent, pkce, tokenRequest } from '../support/oauth.ts';
import { openSite, UNLIMITED, Visitor, type Served } from '../support/site.ts';

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const CODE = { response_types: ['code'], grant_types: ['authorization_code', 'refresh_token'] };
const CLAUDE = {
  client_name: 'Claude',
  redirect_uris: ['https://claude.ai/api/mcp/auth_callback'],
  response_types: ['code'],
  grant_types: ['authorization_code', 'refresh_token', JWT_BEARER],
};
const VS_CODE = {
  client_name: 'Visual Studio Code',
  client_uri: 'https://code.visualstudio.com',
  redirect_uris: ['https://vscode.dev/redirect', 'http://127.0.0.1/', 'http://127.0.0.1:33418/'],
  response_types: ['code'],
  grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
  token_endpoint_auth_method: 'none',
  application_type: 'native',
};
const CURSOR = {
  ...{ client_name: 'Cursor', token_endpoint_auth_method: 'none', ...CODE },
  redirect_uris: ['cursor://anysphere.cursor-mcp/oauth/callback'],
};
const LOCAL = { token_endpoint_auth_method: 'none', ...CODE };

type Case = readonly [string, Record<string, unknown> & { redirect_uris: string[] }, string[], string[]];
const CASES: readonly Case[] = [
  [
    'Claude, without a secret',
    { ...CLAUDE, token_endpoint_auth_method: 'none' },
    ['https://claude.ai/api/mcp/auth_callback'],
    ['https://claude.com/api/mcp/auth_callback', 'http://claude.ai/api/mcp/auth_callback'],
  ],
  [
    'Claude, with a secret and a scope of its own',
    { ...CLAUDE, token_endpoint_auth_method: 'client_secret_post', scope: 'claudeai' },
    ['https://claude.ai/api/mcp/auth_callback'],
    ['https://evil.example/api/mcp/auth_callback'],
  ],
  [
    'VS Code',
    VS_CODE,
    ['https://vscode.dev/redirect', 'http://127.0.0.1:50123/', 'http://127.0.0.1:33418/', 'http://127.0.0.1/'],
    ['http://localhost:33418/', 'http://127.0.0.1:33418/x', 'https://vscode.dev.evil.example/redirect'],
  ],
  [
    'Cursor',
    CURSOR,
    ['cursor://anysphere.cursor-mcp/oauth/callback'],
    ['cursor://evil/oauth/callback', 'vscode://anysphere.cursor-mcp/oauth/callback'],
  ],
  [
    'Cursor, with addresses beside its own',
    {
      ...CURSOR,
      redirect_uris: [
        ...['cursor://anysphere.cursor-mcp/oauth/callback', 'https://www.cursor.com/agents/mcp/oauth/callback'],
        'http://localhost:8787/callback',
      ],
    },
    [
      ...['cursor://anysphere.cursor-mcp/oauth/callback', 'https://www.cursor.com/agents/mcp/oauth/callback'],
      ...['http://localhost:8787/callback', 'http://localhost:1/callback'],
    ],
    ['http://127.0.0.1:8787/callback', 'https://localhost:8787/callback'],
  ],
  [
    'Gemini CLI',
    { client_name: 'Gemini CLI MCP Client', ...LOCAL, redirect_uris: ['http://localhost:7777/oauth/callback'] },
    ['http://localhost:7777/oauth/callback', 'http://localhost:60000/oauth/callback'],
    ['http://127.0.0.1:7777/oauth/callback', 'http://localhost.evil.example:7777/oauth/callback'],
  ],
  [
    'Codex',
    { client_name: 'Codex', ...LOCAL, redirect_uris: ['http://127.0.0.1:43210/callback'] },
    ['http://127.0.0.1:43210/callback', 'http://127.0.0.1:9/callback'],
    ['http://localhost:43210/callback', 'http://127.0.0.2:43210/callback'],
  ],
  [
    'mcp-remote',
    {
      ...{ client_name: 'MCP CLI Proxy', client_uri: 'https://github.com/modelcontextprotocol/mcp-cli', ...LOCAL },
      ...{
        redirect_uris: ['http://localhost:3334/oauth/callback'],
        software_id: '2e6dc280-f3c3-4e01-99a7-8181dbd1d23d',
      },
      software_version: '0.1.36',
    },
    ['http://localhost:3334/oauth/callback'],
    ['http://localhost:3334/oauth/callback/../x'],
  ],
];

const Registered = z.looseObject({
  client_id: z.string(),
  client_secret: z.string().optional(),
  grant_types: z.array(z.string()),
  redirect_uris: z.array(z.string()),
  token_endpoint_auth_method: z.string(),
});

async function registered(site: Served, said: object) {
  const answer = await site.get('/oauth/register', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(said),
  });
  expect(answer.status).toBe(201);
  return Registered.parse(await answer.json());
}

async function begin(site: Served, clientId: string, redirectUri: string): Promise<number> {
  const visitor = new Visitor(site.url);
  await visitor.open(authorizePath(site, { clientId, redirectUri, scope: null }, pkce().challenge));
  return visitor.status;
}

it.each(CASES)('%s', async (_, said, good, bad) => {
  const site = await openSite({ passwords: ['maria'], rates: UNLIMITED });
  const client = await registered(site, said);
  const { client_id: clientId, client_secret: secret } = client;
  expect(client).toMatchObject({
    grant_types: ['authorization_code', 'refresh_token'],
    redirect_uris: said.redirect_uris,
    token_endpoint_auth_method: said['token_endpoint_auth_method'],
  });
  expect(client).not.toHaveProperty('scope');
  for (const each of good) expect([each, await begin(site, clientId, each)]).toEqual([each, 200]);
  for (const each of bad) expect([each, await begin(site, clientId, each)]).toEqual([each, 400]);
  const [redirectUri = ''] = good;
  const { code, verifier } = await consent(site, { clientId, redirectUri, scope: null }, 'maria');
  const answer = await tokenRequest(site, {
    ...{ grant_type: 'authorization_code', client_id: clientId, code, code_verifier: verifier },
    ...{ redirect_uri: redirectUri, ...(secret === undefined ? {} : { client_secret: secret }) },
  });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ scope: 'books:read books:write costs:read' });
});

it.each<[string, object]>([
  ['an empty address', { client_uri: '', logo_uri: null }],
  ['a way to be reached', { contacts: ['nobody'] }],
  ['another signature', { id_token_signed_response_alg: 'RS256', token_endpoint_auth_signing_alg: 'RS256' }],
  ['keys that nobody fetches', { jwks_uri: 'http://169.254.169.254/latest' }],
  ['another kind of program', { application_type: 'mobile' }],
  ['what is to come', { dpop_bound_access_tokens: true, something: { new: true } }],
])('a registration is not refused for %s', async (_, also) => {
  const site = await openSite();
  const said = { ...LOCAL, client_name: 'Assistant', redirect_uris: ['https://a.example/callback'], ...also };
  expect((await registered(site, said)).client_id).toMatch(/^client_/);
});
