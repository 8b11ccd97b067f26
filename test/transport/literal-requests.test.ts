// What real clients send, letter by letter, where it is not quite what the standards have them send.
import { once } from 'node:events';
import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { authorizePath, consent, pkce, refresh, register, tokenRequest, type Tokens } from '../support/oauth.ts';
import { openSite, UNLIMITED, Visitor, type Served } from '../support/site.ts';
import { until } from '../support/time.ts';

type Answer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
};

/** Just these headers: fetch adds some of its own. */
async function literally(
  site: Served,
  path: string,
  { method = 'POST', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: object } = {},
): Promise<Answer> {
  const asking = request(new URL(path, site.local), { method, headers, agent: false });
  asking.end(body === undefined ? undefined : JSON.stringify(body));
  const [message] = await once(asking, 'response');
  const pieces: Buffer[] = [];
  for await (const piece of message) pieces.push(piece);
  return { status: message.statusCode, headers: message.headers, body: Buffer.concat(pieces).toString() };
}

const OF_TODAY = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'literal', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};
const call = (also: object = {}) => ({
  ...{ jsonrpc: '2.0', id: 7, method: 'tools/call' },
  params: { name: 'get-account', arguments: {}, ...also },
});
const JSON_BODY = { 'content-type': 'application/json' };
const INITIALIZE = {
  ...{ jsonrpc: '2.0', id: 1, method: 'initialize' },
  params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'literal', version: '1' } },
};

/** The three ways in which something is called. */
const ERAS: readonly (readonly [
  string,
  (site: Served, bearer: Record<string, string>, accept: Record<string, string>) => Promise<Answer>,
])[] = [
  [
    'today',
    async (site, bearer, accept) =>
      await literally(site, '/mcp', {
        headers: {
          ...{ ...bearer, ...JSON_BODY, ...accept, 'mcp-protocol-version': '2026-07-28' },
          ...{ 'mcp-method': 'tools/call', 'mcp-name': 'get-account' },
        },
        body: call({ _meta: OF_TODAY }),
      }),
  ],
  [
    'before, without a session',
    async (site, bearer, accept) =>
      await literally(site, '/mcp', { headers: { ...bearer, ...JSON_BODY, ...accept }, body: call() }),
  ],
  [
    'before, in a session',
    async (site, bearer, accept) => {
      const headers = { ...bearer, ...JSON_BODY, ...accept };
      const opened = await literally(site, '/mcp', { headers, body: INITIALIZE });
      expect(opened.body).toContain('"serverInfo"');
      const id = String(opened.headers['mcp-session-id']);
      return await literally(site, '/mcp', { headers: { ...headers, 'mcp-session-id': id }, body: call() });
    },
  ],
];

const ANY = /^(?:application\/json|text\/event-stream)/;
const FORMS: readonly (readonly [Record<string, string>, RegExp])[] = [
  [{}, ANY],
  [{ accept: '' }, ANY],
  [{ accept: '*/*' }, ANY],
  [{ accept: 'application/json, text/event-stream' }, ANY],
  [{ accept: 'text/event-stream,application/json;q=0.9' }, ANY],
  [{ accept: 'Application/JSON, Text/Event-Stream' }, ANY],
  [{ accept: 'application/json' }, /^application\/json/],
  [{ accept: 'application/json; charset=utf-8' }, /^application\/json/],
  [{ accept: 'application/*' }, /^application\/json/],
  [{ accept: 'application/json, text/event-stream;q=0' }, /^application\/json/],
  [{ accept: 'text/event-stream' }, /^text\/event-stream/],
];
it.each(ERAS)('a call of %s is answered in a form that its client takes', async (_, ask) => {
  const site = await openSite({ rates: UNLIMITED });
  const authorization = `Bearer ${await site.token('maria')}`;
  for (const [accept, form] of FORMS) {
    const { status, headers, body } = await ask(site, { authorization }, accept);
    const type = String(headers['content-type']);
    expect([accept, status, type]).toEqual([accept, 200, expect.stringMatching(form)]);
    const isEvents = type.startsWith('text/event-stream');
    const [, message = ''] = isEvents ? (/^event: message\ndata: (.*)\n\n$/.exec(body) ?? []) : ['', body];
    expect(JSON.parse(message)).toMatchObject({ id: 7, result: { content: [{ type: 'text' }] } });
    expect(message).toContain('Lopez Roofing');
  }
});

it('who takes neither form is given none', async () => {
  const site = await openSite();
  const authorization = `Bearer ${await site.token('maria')}`;
  const headers = { authorization, ...JSON_BODY, accept: 'text/html' };
  expect((await literally(site, '/mcp', { headers, body: call() })).status).toBe(406);
});

it('a stream is for whoever takes events', async () => {
  const site = await openSite();
  const authorization = `Bearer ${await site.token('maria')}`;
  const opened = await literally(site, '/mcp', { headers: { authorization, ...JSON_BODY }, body: INITIALIZE });
  const headers = { authorization, 'mcp-session-id': String(opened.headers['mcp-session-id']) };
  const refused = await literally(site, '/mcp', { method: 'GET', headers: { ...headers, accept: 'application/json' } });
  expect(refused.status).toBe(406);
  for (const accept of ['text/event-stream', '*/*']) {
    const asked = async () => {
      const asking = request(new URL('/mcp', site.local), { headers: { ...headers, accept } }).end();
      const [message] = await once(asking, 'response');
      message.destroy();
      await once(message, 'close');
      return [message.statusCode, message.headers['content-type']];
    };
    let answer: unknown[] = [];
    // The server hears in a moment that the stream before is over.
    await until(async () => (answer = await asked())[0] === 200);
    expect(answer).toEqual([200, 'text/event-stream']);
  }
});

it.each(['bearer', 'BEARER', 'Bearer', 'bEaReR'])('"%s" is a bearer token', async (word) => {
  const site = await openSite();
  const authorization = `${word} ${await site.token('maria')}`;
  expect((await literally(site, '/mcp', { headers: { authorization, ...JSON_BODY }, body: call() })).status).toBe(200);
});

it('a later call names its version and no session', async () => {
  const site = await openSite();
  const authorization = `Bearer ${await site.token('maria')}`;
  for (const version of ['2025-06-18', '2025-03-26', '2024-11-05', '2025-11-25']) {
    const headers = { authorization, ...JSON_BODY, accept: '*/*', 'mcp-protocol-version': version };
    const answer = await literally(site, '/mcp', { headers, body: call() });
    expect([version, answer.status]).toEqual([version, 200]);
    expect(answer.body).toContain('Lopez Roofing');
  }
});

it('the address with a slash behind it is the same', async () => {
  const site = await openSite({ passwords: ['maria'] });
  const headers = { ...JSON_BODY, accept: '*/*' };
  const refused = await literally(site, '/mcp/', { headers, body: call() });
  expect(refused.status).toBe(401);
  const [, metadata = ''] = /resource_metadata="([^"]+)"/.exec(String(refused.headers['www-authenticate'])) ?? [];
  expect(await (await site.get(metadata)).json()).toMatchObject({ resource: `${site.url}/mcp/` });
  const authorization = `bearer ${await site.token('maria')}`;
  const opened = await literally(site, '/mcp/', { headers: { ...headers, authorization }, body: INITIALIZE });
  const id = String(opened.headers['mcp-session-id']);
  for (const also of [{}, { 'mcp-session-id': id }]) {
    const answer = await literally(site, '/mcp/', { headers: { ...headers, authorization, ...also }, body: call() });
    expect(answer.body).toContain('Lopez Roofing');
  }
  expect((await literally(site, '/mcp//', { headers, body: call() })).status).toBe(404);
});

describe('what the books are called', () => {
  const SAME: readonly ((url: string) => string | null)[] = [
    () => null,
    (url) => `${url}/mcp`,
    (url) => `${url}/mcp/`,
    (url) => url,
    (url) => `${url}/`,
  ];
  it.each(SAME.map((_, index) => index))('is the same in each way (%s)', async (index) => {
    const site = await openSite({ passwords: ['maria'] });
    const resource = SAME[index]?.(site.url) ?? null;
    const clientId = await register(site);
    const granted = await consent(site, { clientId, resource }, 'maria');
    const traded = SAME.at(index - 1)?.(site.url) ?? null;
    const answer = await tokenRequest(site, {
      ...{ grant_type: 'authorization_code', client_id: clientId, code: granted.code },
      ...{ code_verifier: granted.verifier, redirect_uri: 'https://assistant.example/callback' },
      ...(traded === null ? {} : { resource: traded }),
    });
    expect(answer.status).toBe(200);
    let tokens = (await answer.json()) as Tokens;
    for (const form of SAME) {
      const also = form(site.url);
      const again = await refresh(site, clientId, tokens.refresh_token, also === null ? {} : { resource: also });
      expect([also, again.status]).toEqual([also, 200]);
      tokens = (await again.json()) as Tokens;
      expect((await site.rpc(tokens.access_token, 'tools/list')).status).toBe(200);
    }
  });

  it('is nothing else', async () => {
    const site = await openSite({ passwords: ['maria'] });
    const clientId = await register(site);
    const { host } = new URL(site.url);
    for (const resource of [
      ...['https://other.example/mcp', `https://${host}/mcp`, `${site.url}/mcp/x`, `${site.url}/mcpx`],
      ...[
        `${site.url}/mcp?account=1`,
        `${site.url}/mcp#x`,
        `http://me@${host}/mcp`,
        `${site.url}/mcp//`,
        'mcp',
        '/mcp',
      ],
    ]) {
      const visitor = new Visitor(site.url);
      const to = await visitor.open(authorizePath(site, { clientId, resource }, pkce().challenge));
      expect([resource, new URL(to ?? 'about:blank').searchParams.get('error')]).toEqual([resource, 'invalid_target']);
    }
    const { code, verifier } = await consent(site, { clientId }, 'maria');
    const fields = {
      ...{ grant_type: 'authorization_code', client_id: clientId, code, code_verifier: verifier },
      redirect_uri: 'https://assistant.example/callback',
    };
    const refused = await tokenRequest(site, { ...fields, resource: 'https://other.example/mcp' });
    expect([refused.status, await refused.json()]).toMatchObject([400, { error: 'invalid_target' }]);
  });
});

describe('where to sign in', () => {
  const SERVER = ['oauth-authorization-server', 'openid-configuration'].flatMap((document) =>
    ['', '/mcp', '/mcp/'].map((path) => `/.well-known/${document}${path}`),
  );
  const RESOURCE = ['', '/mcp', '/mcp/'].map((path) => `/.well-known/oauth-protected-resource${path}`);
  const page = { origin: 'https://inspector.example' };

  it('is told at each address that clients ask at', async () => {
    const site = await openSite();
    for (const path of SERVER)
      expect(await (await site.get(path)).json()).toMatchObject({
        ...{ issuer: site.url, token_endpoint: `${site.url}/oauth/token`, jwks_uri: `${site.url}/oauth/jwks` },
      });
    for (const path of RESOURCE)
      expect(await (await site.get(path)).json()).toMatchObject({
        ...{ resource: `${site.url}/mcp${path.endsWith('/') ? '/' : ''}`, authorization_servers: [site.url] },
      });
    for (const path of ['/.well-known/oauth-authorization-server/x', '/.well-known/x/mcp'])
      expect([path, (await site.get(path)).status]).toEqual([path, 404]);
  });

  it('is told to pages of every origin, and nothing else is', async () => {
    const site = await openSite();
    const preflight = {
      ...{ ...page, 'access-control-request-method': 'GET' },
      'access-control-request-headers': 'mcp-protocol-version',
    };
    for (const path of [...SERVER, ...RESOURCE, '/oauth/jwks']) {
      const told = await site.get(path, { headers: page });
      expect([path, told.status, told.headers.get('access-control-allow-origin')]).toEqual([
        ...[path, 200, expect.stringMatching(/^(\*|https:\/\/inspector\.example)$/)],
      ]);
      expect(told.headers.get('access-control-allow-credentials')).toBeNull();
      const asked = await site.get(path, { method: 'OPTIONS', headers: preflight });
      expect([path, asked.status, asked.headers.get('access-control-allow-headers')]).toEqual([
        ...[path, 204, expect.stringMatching(/^(\*|mcp-protocol-version)$/)],
      ]);
      expect(asked.headers.get('access-control-allow-methods')).toContain('GET');
      const renamed = await literally(site, path, { method: 'GET', headers: { ...page, host: 'evil.example' } });
      expect(renamed.status).toBe(403);
    }
    for (const [method, path] of [
      ...[
        ['POST', '/mcp'],
        ['POST', '/oauth/token'],
        ['POST', '/oauth/register'],
        ['GET', '/sign-in'],
      ],
      ...[
        ['POST', '/oauth/revoke'],
        ['GET', '/oauth/authorize'],
        ['GET', '/oauth/jwks/'],
        ['GET', '/'],
      ],
    ] as [string, string][])
      expect([path, (await site.get(path, { method, headers: page })).status]).toEqual([path, 403]);
  });
});
