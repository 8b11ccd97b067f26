// What somebody tries who wants in: forged and stolen tokens, tricks with the authorization request, with codes, with
// refresh tokens, with registrations, with forms; and requests under a false name.
import { createHash, createHmac, generateKeyPairSync, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { decodeJwt, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostSecret } from '../../src/services/access/host-secrets.ts';
import { BEST, LOPEZ } from '../support/company.ts';
import {
  authorizePath,
  CALLBACK,
  consent,
  pkce,
  refresh,
  register,
  signedInTokens,
  tokenRequest,
  trade,
} from '../support/oauth.ts';
import { sharing } from '../support/ending.ts';
import { openSite, UNLIMITED, Visitor, type Served } from '../support/site.ts';

const NOW = () => Math.floor(Date.now() / 1000);

/** The server's own key, which an attacker does not have; here it makes tokens that are wrong in one thing alone. */
async function ownKey(site: Served) {
  const kept = await hostSecret(site.directory, 'signing-keys', async () => 'none');
  const { keys } = JSON.parse(kept) as { keys: { kid: string }[] };
  const [jwk] = keys;
  if (jwk === undefined) throw new Error('the server has no key');
  return {
    jwk,
    key: await crypto.subtle.importKey('jwk', jwk as never, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']),
  };
}

type Forged = {
  header?: Record<string, unknown>;
  claims?: Record<string, unknown>;
  key?: object;
};

describe('a token that', () => {
  let site: Served;
  let good = '';
  let end = async () => {};
  afterAll(async () => await end());

  /** Like the good one but for what is given; what is undefined is left out. */
  const forge = async ({ header = {}, claims = {}, key }: Forged = {}) => {
    const own = await ownKey(site);
    const without = (fields: Record<string, unknown>) =>
      Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    return await new SignJWT(without({ ...decodeJwt(good), ...claims }))
      .setProtectedHeader(without({ alg: 'ES256', typ: 'at+jwt', kid: own.jwk.kid, ...header }) as never)
      .sign(key ?? own.key);
  };

  beforeAll(async () => {
    const shared = await sharing(async () => await openSite({ passwords: ['maria'], rates: UNLIMITED }));
    ({ opened: site, end } = shared);
    good = (await signedInTokens(site, 'maria')).access_token;
  });

  it('is good opens, and so does the same made anew: what follows is wrong in one thing alone', async () => {
    expect((await site.rpc(good, 'tools/list')).status).toBe(200);
    expect((await site.rpc(await forge(), 'tools/list')).status).toBe(200);
  });

  const tampered = (part: number) => async () => {
    const parts = good.split('.');
    parts[part] = Buffer.from(`${Buffer.from(parts[part] ?? '', 'base64url').toString('latin1')} `, 'latin1').toString(
      'base64url',
    );
    return parts.join('.');
  };
  const TOKENS: readonly (readonly [string, () => Promise<string> | string])[] = [
    ['is signed by nobody (alg none)', () => new UnsecuredJWT(decodeJwt(good)).encode()],
    [
      'says none in capitals',
      () => `${Buffer.from('{"alg":"NONE","typ":"at+jwt"}').toString('base64url')}.${good.split('.')[1]}.`,
    ],
    [
      'is signed with the public key as a shared secret',
      async () => {
        const { keys } = (await (await site.get('/oauth/jwks')).json()) as { keys: object[] };
        const head = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'at+jwt' })).toString('base64url');
        const body = `${head}.${good.split('.')[1]}`;
        return `${body}.${createHmac('sha256', JSON.stringify(keys[0])).update(body).digest('base64url')}`;
      },
    ],
    [
      'is signed by another key under the number of ours',
      async () => await forge({ key: (await generateKeyPair('ES256')).privateKey }),
    ],
    [
      'is signed by another key that has no number',
      async () => await forge({ key: (await generateKeyPair('ES256')).privateKey, header: { kid: undefined } }),
    ],
    [
      'brings its own key along',
      async () => {
        const pair = await generateKeyPair('ES256', { extractable: true });
        return await forge({ key: pair.privateKey, header: { jwk: await exportJWK(pair.publicKey) } });
      },
    ],
    [
      'names a key elsewhere',
      async () =>
        await forge({ key: (await generateKeyPair('ES256')).privateKey, header: { jku: 'https://evil.example/jwks' } }),
    ],
    [
      'names a key by a path',
      async () =>
        await forge({ key: (await generateKeyPair('ES256')).privateKey, header: { kid: '../../etc/passwd' } }),
    ],
    ['names a key that is not there', async () => await forge({ header: { kid: 'another' } })],
    [
      'is signed by another method (RS256)',
      async () =>
        await forge({ header: { alg: 'RS256' }, key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey }),
    ],
    [
      'wants something understood that is not',
      async () => {
        const [, body] = good.split('.');
        return `${Buffer.from('{"alg":"ES256","typ":"at+jwt","crit":["x"],"x":1}').toString('base64url')}.${body}.${good.split('.')[2]}`;
      },
    ],
    ['has another header', tampered(0)],
    ['has another body', tampered(1)],
    ['has another signature', tampered(2)],
    ['has no signature', () => good.split('.').slice(0, 2).join('.')],
    ['has an empty signature', () => `${good.split('.').slice(0, 2).join('.')}.`],
    ['has four parts', () => `${good}.x`],
    ['is for another server', async () => await forge({ claims: { aud: 'https://other.example/mcp' } })],
    ['is for the server, not its endpoint', async () => await forge({ claims: { aud: site.url } })],
    ['is for nobody', async () => await forge({ claims: { aud: undefined } })],
    ['is from another issuer', async () => await forge({ claims: { iss: 'https://evil.example' } })],
    ['is from an issuer that begins alike', async () => await forge({ claims: { iss: `${site.url}.evil.example` } })],
    ['is from nobody', async () => await forge({ claims: { iss: undefined } })],
    ['is an identity token', async () => await forge({ header: { typ: 'JWT' } })],
    ['does not say what it is', async () => await forge({ header: { typ: undefined } })],
    ['has expired', async () => await forge({ claims: { exp: NOW() - 60 } })],
    ['never expires', async () => await forge({ claims: { exp: undefined } })],
    ['expires in words', async () => await forge({ claims: { exp: 'tomorrow' } })],
    ['is not valid yet', async () => await forge({ claims: { nbf: NOW() + 600 } })],
    ['has no time of issue', async () => await forge({ claims: { iat: undefined } })],
    ['is of nobody', async () => await forge({ claims: { sub: undefined } })],
    ['is of a person without an account', async () => await forge({ claims: { sub: site.member('maria').personId } })],
    [
      'is of a person in an account that they are not in',
      async () => await forge({ claims: { sub: `${site.member('maria').personId}:${BEST}` } }),
    ],
    ['is of a person that never was', async () => await forge({ claims: { sub: `p_aaaaaaaaaaaa:${LOPEZ}` } })],
    ['is of account 0', async () => await forge({ claims: { sub: `${site.member('maria').personId}:0` } })],
    ['is of two accounts', async () => await forge({ claims: { sub: `${site.member('maria').personId}:1:2` } })],
    ['has no grant', async () => await forge({ claims: { grant: undefined } })],
    ['has a grant that never was', async () => await forge({ claims: { grant: 'a'.repeat(43) } })],
    ['is no token', () => 'open-sesame'],
    ['is a personal one that was never given', () => `jobwright_pat_${randomBytes(32).toString('base64url')}`],
    [
      'is the hash of a personal one',
      async () =>
        `jobwright_pat_${Buffer.from(await site.token('maria'))
          .toString('base64url')
          .slice(0, 43)}`,
    ],
    ['is enormous', () => 'x'.repeat(8000)],
  ];

  it.each(TOKENS)('%s opens nothing', async (_, make) => {
    const refused = await site.rpc(await make(), 'tools/list');
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toContain('resource_metadata=');
    expect(await refused.text()).not.toContain('tools');
  });

  it('has expired is told so, and is not sent to ask for more', async () => {
    const add = ['tools/call', { name: 'create-customer', arguments: { name: 'Walt' } }] as const;
    const less = { scope: 'books:read' };
    expect((await site.rpc(await forge({ claims: less }), ...add)).status).toBe(403);
    const ended = await site.rpc(await forge({ claims: { ...less, exp: NOW() - 60 } }), ...add);
    expect(ended.status).toBe(401);
    expect(ended.headers.get('www-authenticate')).toContain('error="invalid_token"');
    expect(await site.ok('maria', 'list-customers')).toMatchObject({ customers: [] });
  });

  it.each([
    [
      'in the query',
      async () =>
        await site.get(`/mcp?access_token=${good}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{}',
        }),
    ],
    [
      'in the body',
      async () =>
        await site.get('/mcp', {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: `access_token=${good}`,
        }),
    ],
    [
      'as a password',
      async () =>
        await site.get('/mcp', {
          method: 'POST',
          headers: { authorization: `Basic ${Buffer.from(`x:${good}`).toString('base64')}` },
        }),
    ],
    [
      'as a cookie',
      async () =>
        await site.get('/mcp', { method: 'POST', headers: { cookie: `authorization=${good}; jobwright=${good}` } }),
    ],
    [
      'twice',
      async () =>
        await site.get('/mcp', {
          method: 'POST',
          headers: new Headers([
            ['authorization', `Bearer ${good}`],
            ['authorization', `Bearer ${good}`],
          ]),
        }),
    ],
    ['without its name', async () => await site.get('/mcp', { method: 'POST', headers: { authorization: good } })],
  ])('is good, but comes %s', async (_, send) => {
    expect((await send()).status).toBe(401);
  });
});

describe('an authorization request', () => {
  let site: Served;
  let clientId = '';
  let end = async () => {};
  afterAll(async () => await end());
  beforeAll(async () => {
    const shared = await sharing(async () => await openSite({ passwords: ['maria'], rates: UNLIMITED }));
    ({ opened: site, end } = shared);
    clientId = await register(site, { redirect_uris: [CALLBACK, 'http://127.0.0.1:1234/callback'] });
  });

  /** Never leads a person to sign in, and never sends them outside with a code. */
  const WRONG: readonly (readonly [string, Record<string, string | null>])[] = [
    ['without PKCE', { code_challenge: null, code_challenge_method: null }],
    ['with PKCE in plain', { code_challenge_method: 'plain' }],
    ['with a challenge that is too short', { code_challenge: 'abc' }],
    ['of a client that nobody knows', { client_id: 'client_nobody' }],
    ['without a client', { client_id: null }],
    ['that wants the token at once', { response_type: 'token' }],
    ['that wants an identity token', { response_type: 'id_token', nonce: 'n' }],
    ['that wants both', { response_type: 'code token' }],
    ['without a kind', { response_type: null }],
    ['for another server', { resource: 'https://other.example/mcp' }],
    ['for a server that begins alike', { resource: 'RESOURCE.evil' }],
    ['that is signed elsewhere', { request_uri: 'https://evil.example/request' }],
    ['as one signed object', { request: 'e30.e30.' }],
  ];
  it.each(WRONG)('%s', async (_, also) => {
    const put = Object.fromEntries(
      Object.entries(also).map(([name, value]) => [name, value === 'RESOURCE.evil' ? `${site.url}/mcp.evil` : value]),
    );
    const visitor = new Visitor(site.url);
    const outside = await visitor.open(authorizePath(site, { clientId, also: put }, pkce().challenge));
    expect(visitor.html).not.toContain('name="password"');
    // Either the person is told so here, or the client, where it is known to be one.
    const to = outside === null ? null : new URL(outside);
    expect(to === null ? visitor.status >= 400 : `${to.origin}${to.pathname}` === CALLBACK).toBe(true);
    expect(`${to?.search}${to?.hash}`).toMatch(/error=|^undefined/);
    expect(`${to?.search}${to?.hash}`).not.toMatch(/[?#&](code|access_token|id_token)=/);
  });

  const REDIRECTS = [
    ...[
      'https://evil.example/callback',
      'https://assistant.example/callback/../evil',
      'https://assistant.example/callback?x=1',
      'https://assistant.example.evil.example/callback',
    ],
    ...[
      'https://evil.example@assistant.example/callback',
      'https://assistant.example:444/callback',
      'http://assistant.example/callback',
      'https://assistant.example/Callback',
    ],
    ...[
      'https://assistant.example/callback#x',
      'https://assistant.example/callback%2f..',
      '//evil.example/callback',
      'javascript:alert(1)',
      'data:text/html,x',
      '/callback',
      '',
    ],
    ...['http://127.0.0.1:1234/other', 'http://localhost:1234/callback', 'http://127.0.0.1.evil.example:1234/callback'],
  ];
  it.each(REDIRECTS)('that goes back to %s goes nowhere', async (redirectUri) => {
    const visitor = new Visitor(site.url);
    expect(await visitor.open(authorizePath(site, { clientId, redirectUri }, pkce().challenge))).toBeNull();
    expect(visitor.status).toBe(400);
    expect(visitor.html).not.toContain('name="password"');
  });

  it('may go back to another port of this machine, as programs there do', async () => {
    const visitor = new Visitor(site.url);
    await visitor.open(
      authorizePath(site, { clientId, redirectUri: 'http://127.0.0.1:9999/callback' }, pkce().challenge),
    );
    expect(visitor.html).toContain('name="password"');
  });
});

describe('a code', () => {
  it.each<
    [
      string,
      (
        site: Served,
        granted: Awaited<ReturnType<typeof consent>>,
        clientId: string,
      ) => Promise<Record<string, string | undefined>>,
    ]
  >([
    ['with another verifier', async () => ({ code_verifier: pkce().verifier })],
    ['without a verifier', async () => ({ code_verifier: undefined })],
    ['with an empty verifier', async () => ({ code_verifier: '' })],
    [
      'with the challenge as verifier',
      async (_, { verifier }) => ({ code_verifier: createHash('sha256').update(verifier).digest('base64url') }),
    ],
    ['of another client', async (site) => ({ client_id: await register(site) })],
    ['without a client', async () => ({ client_id: undefined })],
    ['for another callback', async () => ({ redirect_uri: 'https://evil.example/callback' })],
    ['for another server', async () => ({ resource: 'https://other.example/mcp' })],
    ['that was guessed', async () => ({ code: randomBytes(32).toString('base64url') })],
    ['as a refresh token', async (_, { code }) => ({ grant_type: 'refresh_token', refresh_token: code })],
    ['by a password', async () => ({ grant_type: 'password', username: 'maria@example.com', password: 'x' })],
    ['by the client alone', async () => ({ grant_type: 'client_credentials' })],
    [
      'by an assertion',
      async () => ({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion: 'e30.e30.' }),
    ],
  ])('%s gives nothing', async (_, wrong) => {
    const site = await openSite({ passwords: ['maria'] });
    const clientId = await register(site);
    const granted = await consent(site, { clientId }, 'maria');
    const good = {
      grant_type: 'authorization_code',
      client_id: clientId,
      code: granted.code,
      code_verifier: granted.verifier,
      redirect_uri: CALLBACK,
    };
    const all: Record<string, string | undefined> = { ...good, ...(await wrong(site, granted, clientId)) };
    const sent = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
    const refused = await tokenRequest(site, Object.fromEntries(sent));
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(refused.status).toBeLessThan(500);
    expect(await refused.text()).not.toContain('access_token');
  });

  it("of two who trade it at once is one's at most", async () => {
    const site = await openSite({ passwords: ['maria'] });
    const clientId = await register(site);
    const granted = await consent(site, { clientId }, 'maria');
    const good = {
      grant_type: 'authorization_code',
      client_id: clientId,
      code: granted.code,
      code_verifier: granted.verifier,
      redirect_uri: CALLBACK,
    };
    const all = await Promise.all([1, 2, 3, 4].map(async () => (await tokenRequest(site, good)).status));
    expect(all.filter((status) => status === 200).length).toBeLessThanOrEqual(1);
    expect(all.filter((status) => status >= 500)).toEqual([]);
  });
});

describe('a refresh token', () => {
  it.each<[string, (site: Served, clientId: string, token: string) => Promise<Response>]>([
    ['of another client', async (site, _, token) => await refresh(site, await register(site), token)],
    ['cut short', async (site, clientId, token) => await refresh(site, clientId, token.slice(0, -1))],
    [
      'for more than was granted',
      async (site, clientId, token) =>
        await refresh(site, clientId, token, { scope: 'books:read books:write costs:read' }),
    ],
    [
      'for another server',
      async (site, clientId, token) => await refresh(site, clientId, token, { resource: 'https://other.example/mcp' }),
    ],
    ['as an access token', async (site, _, token) => await site.rpc(token, 'tools/list')],
  ])('%s gives nothing', async (_, use) => {
    const site = await openSite({ passwords: ['maria'] });
    const clientId = await register(site);
    const { refresh_token } = await trade(
      site,
      clientId,
      await consent(site, { clientId, scope: 'books:read' }, 'maria', { scopes: [] }),
    );
    const refused = await use(site, clientId, refresh_token);
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(await refused.text()).not.toContain('access_token');
  });
});

describe('a registration', () => {
  it.each<[string, object]>([
    ['without a callback', { redirect_uris: [] }],
    ['with a callback that runs', { redirect_uris: ['javascript:alert(1)'] }],
    ['with a callback in the open', { redirect_uris: ['http://evil.example/callback'] }],
    ['with a callback of some program', { redirect_uris: ['file:///etc/passwd'] }],
    ['with a fragment', { redirect_uris: ['https://evil.example/#x'] }],
    [
      'with a hundred callbacks',
      { redirect_uris: Array.from({ length: 100 }, (_, index) => `https://evil.example/${index}`) },
    ],
    ['with an endless name', { client_name: 'x'.repeat(10_000) }],
    ['that wants tokens at once', { response_types: ['token'], grant_types: ['implicit'] }],
    [
      'that signs for itself',
      { token_endpoint_auth_method: 'private_key_jwt', jwks_uri: 'http://169.254.169.254/latest' },
    ],
    ['that fetches from inside', { sector_identifier_uri: 'http://127.0.0.1/x' }],
  ])('%s is refused', async (_, metadata) => {
    const site = await openSite();
    await expect(register(site, metadata)).rejects.toThrow(/error/);
  });

  it("is nobody's business where it is switched off", async () => {
    const site = await openSite({ registration: false });
    expect((await site.get('/oauth/register', { method: 'POST', body: '{}' })).status).toBe(404);
  });

  it.each([
    'https://127.0.0.1/client.json',
    'https://localhost/client.json',
    'https://169.254.169.254/latest',
    'https://[::1]/c',
    'https://10.0.0.1/c',
    'https://[fd00::1]/c',
    'http://example.com/c',
    'https://0x7f000001/c',
    'https://user:pass@example.com/c',
  ])('by a document at %s is not fetched', async (client) => {
    const site = await openSite({ clientDocuments: true });
    const visitor = new Visitor(site.url);
    expect(await visitor.open(authorizePath(site, { clientId: client }, pkce().challenge))).toBeNull();
    expect(visitor.status).toBe(400);
    expect(visitor.html).not.toContain('name="password"');
  });
});

describe('a form', () => {
  it('from another page lets nobody in', async () => {
    const site = await openSite({ passwords: ['maria'] });
    const clientId = await register(site);
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: '', 'sec-fetch-site': 'cross-site' },
    ]) {
      const visitor = new Visitor(site.url);
      await visitor.open(authorizePath(site, { clientId }, pkce().challenge));
      await visitor.send(
        { do: 'sign-in', email: 'maria@example.com', password: 'maria climbs a tall ladder' },
        headers,
      );
      expect(visitor.status).toBe(403);
    }
  });

  it('of another session, or without its mark, grants nothing', async () => {
    const site = await openSite({ passwords: ['maria'] });
    const clientId = await register(site);
    for (const csrf of ['', 'x'.repeat(43)]) {
      const visitor = new Visitor(site.url);
      await visitor.open(authorizePath(site, { clientId }, pkce().challenge));
      await visitor.signIn('maria');
      expect(await visitor.send({ do: 'allow', csrf, scope: [] })).toBeNull();
      expect(visitor.html).toContain('Please answer again');
    }
  });

  it("of somebody else's sign-in is not there", async () => {
    const site = await openSite({ passwords: ['maria'] });
    const clientId = await register(site);
    const victim = new Visitor(site.url);
    await victim.open(authorizePath(site, { clientId }, pkce().challenge));
    // Of a stranger nothing is kept: what could be somebody's begins once they are known.
    await victim.signIn('maria');
    expect(victim.html).toContain('value="allow"');
    const attacker = new Visitor(site.url);
    await attacker.open(victim.at);
    expect(attacker.status).toBe(410);
  });

  it('cannot be framed, kept, or run anything', async () => {
    const site = await openSite();
    const page = await site.get('/sign-in');
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect(page.headers.get('x-frame-options')).toBe('DENY');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(await page.text()).not.toContain('<script');
  });

  it.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/a/1/../../oauth',
    '/%2fevil.example',
    '/a\n/x',
  ])('does not go on to %s', async (next) => {
    const site = await openSite({ passwords: ['maria'] });
    const visitor = new Visitor(site.url);
    await visitor.open(`/sign-in?next=${encodeURIComponent(next)}`);
    const outside = await visitor.send({ email: 'maria@example.com', password: 'maria climbs a tall ladder' });
    expect(outside).toBeNull();
    expect(visitor.at).toBe(`/a/${LOPEZ}`);
  });

  it('says what an assistant calls itself as words, never as a page', async () => {
    const site = await openSite();
    const clientId = await register(site, { client_name: '<script>alert(1)</script>"><b>Claude' });
    const visitor = new Visitor(site.url);
    await visitor.open(authorizePath(site, { clientId }, pkce().challenge));
    expect(visitor.html).not.toContain('<script');
    expect(visitor.html).toContain('&lt;script&gt;');
  });
});

describe('a request under a false name', () => {
  type Answer = { readonly status: number; readonly words: string };
  type Asking = { readonly method: string; readonly path: string };
  /** With just these headers: fetch would write a Host of its own. */
  const ask = async (site: Served, { method, path }: Asking, headers: Record<string, string>): Promise<Answer> =>
    await new Promise((resolve, reject) => {
      const { port } = new URL(site.local);
      const sent = request({ host: '127.0.0.1', port, path, method, headers, setHost: false }, (response) => {
        void text(response).then((words) => resolve({ status: response.statusCode ?? 0, words }), reject);
      });
      sent.on('error', reject);
      sent.end();
    });

  const PAIRS: readonly (readonly [string, (own: string) => Record<string, string>])[] = [
    ['another host', () => ({ host: 'evil.example' })],
    ['a host that begins alike', (own) => ({ host: `${own}.evil.example` })],
    ['a host that ends alike', (own) => ({ host: `evil.${own}` })],
    ['another port', () => ({ host: 'localhost:1' })],
    ['no port', () => ({ host: 'localhost' })],
    ['a host with a user', (own) => ({ host: `evil@${own}` })],
    ['a host with a path', (own) => ({ host: `${own}/x` })],
    ['an address of the network', () => ({ host: '192.168.1.10' })],
    ['0.0.0.0', (own) => ({ host: own.replace('localhost', '0.0.0.0') })],
    ["the machine's address in another form", (own) => ({ host: own.replace('localhost', '2130706433') })],
    ['an empty host', () => ({ host: '' })],
    ['a rebound name', (own) => ({ host: own.replace('localhost', '127.0.0.1.nip.io') })],
    ['another origin', (own) => ({ host: own, origin: 'https://evil.example' })],
    ['no origin in particular', (own) => ({ host: own, origin: 'null' })],
    ['an origin of another port', (own) => ({ host: own, origin: 'http://localhost:1' })],
    ['an origin of another scheme', (own) => ({ host: own, origin: `https://${own}` })],
    ['an origin that begins alike', (own) => ({ host: own, origin: `http://${own}.evil.example` })],
    ['an origin with a path', (own) => ({ host: own, origin: `http://${own}/` })],
    ['an origin of a file', (own) => ({ host: own, origin: 'file://' })],
    ['an origin of an extension', (own) => ({ host: own, origin: 'chrome-extension://abcdefgh' })],
    ['two origins', (own) => ({ host: own, origin: `http://${own}, https://evil.example` })],
  ];

  const PLACES: readonly Asking[] = [
    { method: 'POST', path: '/mcp' },
    { method: 'OPTIONS', path: '/mcp' },
    { method: 'GET', path: '/sign-in' },
    { method: 'POST', path: '/sign-in' },
    { method: 'POST', path: '/oauth/token' },
    { method: 'GET', path: '/oauth/authorize' },
    { method: 'GET', path: '/a/1' },
    { method: 'GET', path: `/upload/${'s'.repeat(43)}` },
    { method: 'POST', path: `/upload/${'s'.repeat(43)}` },
    { method: 'GET', path: '/.well-known/oauth-protected-resource' },
    { method: 'GET', path: '/.well-known/oauth-authorization-server' },
    { method: 'GET', path: '/nowhere' },
  ];
  const AT_THE_DOOR = /This server does not go by that name|Pages of that origin may not call this server/;
  const ABOUT_ITSELF = /^\{"(?:resource|issuer|authorization_endpoint)":/;

  let site: Served;
  let token = '';
  let end = async () => {};
  afterAll(async () => await end());
  beforeAll(async () => {
    const shared = await sharing(async () => await openSite({ rates: UNLIMITED }));
    ({ opened: site, end } = shared);
    token = await site.token('maria');
  });

  it.each(PAIRS)('%s is refused before anything else, wherever it goes', async (_, headers) => {
    const { host, origin } = new URL(site.url);
    const given = headers(host);
    for (const place of PLACES) {
      const answer = await ask(site, place, { origin, ...given, authorization: `Bearer ${token}` });
      // What the server says of itself is for pages of everywhere, as long as it is asked by its own name.
      const isForAll = place.path.startsWith('/.well-known/') && given.host === host;
      const [status, words] = isForAll ? [200, ABOUT_ITSELF] : [403, AT_THE_DOOR];
      expect([place, answer.status, answer.words]).toEqual([place, status, expect.stringMatching(words)]);
    }
  });

  it('its own names are let through everywhere: what was refused was the name', async () => {
    const { host, port, origin } = new URL(site.url);
    for (const own of [host, `127.0.0.1:${port}`, `[::1]:${port}`])
      for (const place of PLACES) {
        const { status, words } = await ask(site, place, { host: own, origin });
        expect([place, status, words]).not.toEqual([place, 403, expect.anything()]);
      }
  });

  const METADATA = { method: 'GET', path: '/.well-known/oauth-authorization-server' };
  const FORWARDED: readonly (readonly [string, Record<string, string>])[] = [
    ['another host', { 'x-forwarded-host': 'evil.example' }],
    ['another scheme', { 'x-forwarded-proto': 'https' }],
    ['both', { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }],
    ['two hosts', { 'x-forwarded-host': 'evil.example, other.example', 'x-forwarded-proto': 'https,http' }],
    ['another port, or server', { 'x-forwarded-port': '1', 'x-forwarded-server': 'evil.example' }],
    ['another path', { 'x-forwarded-prefix': '/evil.example', 'x-forwarded-path': '/evil.example' }],
    ['all of it in one', { forwarded: 'for=1.1.1.1;host=evil.example;proto=https' }],
    ['an address of its own', { 'x-original-host': 'evil.example', 'x-host': 'evil.example' }],
  ];
  it.each(FORWARDED)('that says it was passed on for %s changes no address that is given out', async (_, headers) => {
    const { host } = new URL(site.url);
    const plain = await ask(site, METADATA, { host });
    expect(plain.status).toBe(200);
    expect(JSON.parse(plain.words)).toMatchObject({ issuer: site.url, token_endpoint: `${site.url}/oauth/token` });
    expect(await ask(site, METADATA, { host, ...headers })).toEqual(plain);
    const clientId = await register(site);
    const begun = await site.get(authorizePath(site, { clientId }, pkce().challenge), { headers });
    expect(begun.status).toBe(303);
    expect(new URL(begun.headers.get('location') ?? '', site.url).origin).toBe(site.url);
    const refused = await site.rpc(null, 'tools/list', {}, headers);
    expect(refused.headers.get('www-authenticate')).toContain(`resource_metadata="${site.url}/.well-known/`);
  });

  it('at the address of the machine itself is told the public one', async () => {
    const behind = await openSite({ publicUrl: 'https://books.example.com' });
    const { port } = new URL(behind.local);
    for (const host of ['books.example.com', `127.0.0.1:${port}`, `localhost:${port}`])
      for (const also of [{}, { 'x-forwarded-host': host, 'x-forwarded-proto': 'http' }]) {
        const { words } = await ask(behind, METADATA, { host, ...also });
        const { issuer, ...rest } = JSON.parse(words) as Record<string, unknown>;
        expect(issuer).toBe('https://books.example.com');
        const addresses = Object.entries(rest).filter(([name]) => /_(?:endpoint|uri)$/.test(name));
        expect(addresses.length).toBeGreaterThan(3);
        for (const [, address] of addresses) expect(address).toMatch(/^https:\/\/books\.example\.com\//);
      }
  });
});
