// ChatGPT signs for itself by keys that it publishes; whoever signs wrong is nobody, and whoever may come without, may.
import { randomUUID } from 'node:crypto';
import { decodeJwt, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { adapterOn } from '../../src/transport/auth/adapter.ts';
import { openRegistrations } from '../../src/transport/auth/registrations.ts';
import { openCompany } from '../support/company.ts';
import { authorizePath, consent, pkce, tokenRequest, type Tokens } from '../support/oauth.ts';
import { openOutside, openSigner } from '../support/outside.ts';
import { openSite, UNLIMITED, type Served } from '../support/site.ts';
import { CHATGPT } from '../support/vendors.ts';

const { client_id: ID, jwks_uri: KEYS } = CHATGPT;
const now = () => Math.floor(Date.now() / 1000);
const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const [redirectUri = ''] = CHATGPT.redirect_uris;

async function open(document: object = CHATGPT, alg = 'RS256') {
  const signer = await openSigner(alg);
  const effects = await openOutside({ [ID]: document, [KEYS]: signer.jwks });
  const { fetchDocument } = effects;
  const site = await openSite({ passwords: ['maria'], clientDocuments: true, fetchDocument, rates: UNLIMITED });
  return { site, signer, outside: effects };
}

/** What a code is traded with, but for who trades it. */
async function granted(site: Served): Promise<Record<string, string>> {
  const { code, verifier } = await consent(site, { clientId: ID, redirectUri }, 'maria');
  return {
    ...{ grant_type: 'authorization_code', client_id: ID, code, code_verifier: verifier, redirect_uri: redirectUri },
    resource: `${site.url}/mcp`,
  };
}

const signed = (assertion: string) => ({ client_assertion_type: TYPE, client_assertion: assertion });

describe('an assistant that signs for itself', () => {
  it.each([
    ['the issuer', (site: Served) => site.url],
    ['the token endpoint', (site: Served) => `${site.url}/oauth/token`],
    ['both of them', (site: Served) => [site.url, `${site.url}/oauth/token`]],
  ])('to %s is let in, and stays', async (_, aud) => {
    const { site, signer } = await open();
    const asking = await granted(site);
    const sign = async () => signed(await signer.assertion(ID, { aud: aud(site) }));
    const answer = await tokenRequest(site, { ...asking, ...(await sign()) });
    expect(answer.status).toBe(200);
    const tokens = (await answer.json()) as Tokens;
    expect(decodeJwt(tokens.access_token)).toMatchObject({ client_id: ID, aud: `${site.url}/mcp` });
    expect((await site.rpc(tokens.access_token, 'tools/list')).status).toBe(200);
    const again = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token };
    expect((await tokenRequest(site, { ...again, ...(await sign()) })).status).toBe(200);
  });

  it.each(['ES256', 'EdDSA', 'PS256'])('with %s is let in, where it has not said which', async (alg) => {
    const { token_endpoint_auth_signing_alg: _, ...document } = CHATGPT;
    const { site, signer } = await open(document, alg);
    const asking = await granted(site);
    const assertion = signed(await signer.assertion(ID, { aud: site.url }));
    expect((await tokenRequest(site, { ...asking, ...assertion })).status).toBe(200);
  });

  it('is told of as one that may', async () => {
    const { site } = await open();
    const metadata = await (await site.get('/.well-known/oauth-authorization-server')).json();
    expect(metadata).toMatchObject({
      token_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: expect.arrayContaining(['RS256', 'ES256']),
      client_id_metadata_document_supported: true,
    });
    expect(JSON.stringify(metadata)).not.toContain('HS256');
  });

  const WRONG: readonly [string, (site: Served) => Record<string, unknown>][] = [
    ['to somebody else', () => ({ aud: 'https://other.example' })],
    ['to nobody', () => ({ aud: undefined })],
    ['to the address of the books', (site) => ({ aud: `${site.url}/mcp` })],
    ['as issued by somebody else', () => ({ iss: 'https://evil.example/client.json' })],
    ['as somebody else', () => ({ sub: 'https://evil.example/client.json' })],
    ['as nobody', () => ({ sub: undefined })],
    ['that has ended', () => ({ iat: now() - 120, exp: now() - 60 })],
    ['that never ends', () => ({ exp: undefined })],
    ['that lasts six minutes', () => ({ exp: now() + 360 })],
    ['that lasts an hour, and has two minutes left', () => ({ iat: now() - 3480, exp: now() + 120 })],
    ['that begins tomorrow', () => ({ iat: now() + 86_400, exp: now() + 86_460 })],
    ['that is not to be used yet', () => ({ nbf: now() + 100, exp: now() + 200 })],
    ['without a number of its own', () => ({ jti: undefined })],
  ];
  it('is refused what says the wrong thing, though it may come without', async () => {
    const { site, signer } = await open();
    const asking = await granted(site);
    for (const [what, claims] of WRONG) {
      const assertion = await signer.assertion(ID, { aud: site.url, ...claims(site) });
      const refused = await tokenRequest(site, { ...asking, ...signed(assertion) });
      expect([what, refused.status >= 400 && refused.status < 500]).toEqual([what, true]);
      expect(await refused.text()).not.toContain('access_token');
    }
    // Nothing was spent.
    expect((await tokenRequest(site, asking)).status).toBe(200);
  });

  it('is refused what it did not sign, or signed in another way than it says', async () => {
    const { site, signer } = await open();
    const asking = await granted(site);
    const thief = await openSigner();
    const elliptic = await openSigner('ES256');
    const good = await signer.assertion(ID, { aud: site.url });
    const [head = '', body = '', mark = ''] = good.split('.');
    const plain = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
    const shared = new TextEncoder().encode(JSON.stringify(signer.jwks.keys[0]).padEnd(64, ' '));
    const claims = { iss: ID, sub: ID, aud: site.url, exp: now() + 60, jti: randomUUID() };
    for (const assertion of [
      await thief.assertion(ID, { aud: site.url }),
      await elliptic.assertion(ID, { aud: site.url }),
      await signer.assertion(ID, { aud: site.url }, { kid: 'another' }),
      `${plain}.${body}.`,
      `${head}.${body}.`,
      `${head}.${body}.${[...mark].toReversed().join('')}`,
      await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(shared),
      'x',
      '',
    ]) {
      const refused = await tokenRequest(site, { ...asking, ...signed(assertion) });
      expect([assertion, refused.status >= 400 && refused.status < 500]).toEqual([assertion, true]);
      expect(await refused.text()).not.toContain('access_token');
    }
    for (const also of [
      { client_assertion: good },
      { client_assertion: good, client_assertion_type: 'urn:example:other' },
      { client_assertion_type: TYPE },
      { client_assertion: '' },
      { ...signed(good), client_secret: 'x' },
    ])
      expect((await tokenRequest(site, { ...asking, ...also })).status).toBeGreaterThanOrEqual(400);
    expect((await tokenRequest(site, { ...asking, ...signed(good) })).status).toBe(200);
  });

  it('uses what it signed once, at whichever process', async () => {
    const { site, signer, outside: effects } = await open();
    const { fetchDocument } = effects;
    const other = await openSite({ company: site, publicUrl: site.url, clientDocuments: true, fetchDocument });
    const assertion = signed(await signer.assertion(ID, { aud: site.url }));
    const asking = await Promise.all([granted(site), granted(site), granted(site)]);
    expect((await tokenRequest(site, { ...asking[0], ...assertion })).status).toBe(200);
    for (const each of [site, other]) {
      const refused = await tokenRequest(each, { ...asking[1], ...assertion });
      expect([refused.status, await refused.json()]).toMatchObject([401, { error: 'invalid_client' }]);
    }
    const fresh = signed(await signer.assertion(ID, { aud: site.url }));
    const both = [site, other, site, other].map(
      async (each) => (await tokenRequest(each, { ...asking[2], ...fresh })).status,
    );
    const all = await Promise.all(both);
    expect(all.filter((status) => status === 200)).toHaveLength(1);
    expect(all.filter((status) => status === 401)).toHaveLength(3);
  });

  it('of two who spend one at the same moment, one is the first', async () => {
    const { directory } = await openCompany({});
    const spent = adapterOn(directory, await openRegistrations(directory))('ReplayDetection');
    const payload = { iss: ID, kind: 'ReplayDetection' };
    const both = await Promise.allSettled([spent.upsert('one', payload, 60), spent.upsert('one', payload, 60)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await spent.upsert('another', payload, 60);
  });

  it('what was used once is forgotten when it has ended', async () => {
    const { site, signer } = await open();
    const spend = async () => {
      const asking = await granted(site);
      await tokenRequest(site, { ...asking, ...signed(await signer.assertion(ID, { aud: site.url })) });
    };
    const kept = async () =>
      await site.directory.read(
        async ({ db }) =>
          await db.selectFrom('oauth_records').selectAll().where('model', '=', 'ReplayDetection').execute(),
      );
    await spend();
    const [first] = await kept();
    expect(Date.parse(first?.expires_at ?? '') - Date.now()).toBeGreaterThan(50_000);
    expect(Date.parse(first?.expires_at ?? '') - Date.now()).toBeLessThan(80_000);
    await site.directory.write(
      async ({ db, now: at }) =>
        await db.updateTable('oauth_records').set({ expires_at: at }).where('model', '=', 'ReplayDetection').execute(),
    );
    await spend();
    expect((await kept()).map(({ id }) => id === first?.id)).toEqual([false]);
  });
});

describe('an assistant that need not sign', () => {
  it('is let in without, by what it proves of the code', async () => {
    const { site, outside: effects } = await open();
    const asking = await granted(site);
    expect((await tokenRequest(site, { ...asking, code_verifier: randomUUID() + randomUUID() })).status).toBe(400);
    const answer = await tokenRequest(site, asking);
    expect(answer.status).toBe(200);
    const { refresh_token } = (await answer.json()) as Tokens;
    const again = { grant_type: 'refresh_token', client_id: ID, refresh_token };
    expect((await tokenRequest(site, again)).status).toBe(200);
    expect(effects.asked).not.toContain(KEYS);
  });

  it('signs all the same, where it says so', async () => {
    const { token_endpoint_auth_signing_alg: alg, ...rest } = CHATGPT;
    const { site, signer } = await open({
      ...{ ...rest, token_endpoint_auth_method: 'none', token_endpoint_auth_signing_alg: alg },
    });
    const assertion = await signer.assertion(ID, { aud: site.url });
    expect((await tokenRequest(site, { ...(await granted(site)), ...signed(`${assertion}x`) })).status).toBe(401);
    expect((await tokenRequest(site, { ...(await granted(site)), ...signed(assertion) })).status).toBe(200);
    expect((await tokenRequest(site, await granted(site))).status).toBe(200);
  });
});

it.each<[string, object]>([
  ['that must sign is not let in without', { token_endpoint_auth_methods_supported: ['private_key_jwt'] }],
  ['that lists nothing is not let in without', { token_endpoint_auth_methods_supported: undefined }],
  ['whose list is none is not let in without', { token_endpoint_auth_methods_supported: 'none' }],
])('an assistant %s', async (_, also) => {
  const { site, signer } = await open({ ...CHATGPT, ...also });
  const asking = await granted(site);
  expect((await tokenRequest(site, asking)).status).toBe(401);
  expect(
    (await tokenRequest(site, { ...asking, ...signed(await signer.assertion(ID, { aud: site.url })) })).status,
  ).toBe(200);
});

it.each([
  'https://evil.example/oauth/jwks.json',
  'https://chatgpt.com.evil.example/oauth/jwks.json',
  'https://chatgpt.com:8443/oauth/jwks.json',
  'http://chatgpt.com/oauth/jwks.json',
  'https://chatgpt.com@evil.example/jwks.json',
  '//chatgpt.com/oauth/jwks.json',
])('keys at %s are not those of ChatGPT', async (keys) => {
  const { site, outside: effects } = await open({ ...CHATGPT, jwks_uri: keys });
  expect((await site.get(authorizePath(site, { clientId: ID, redirectUri }, pkce().challenge))).status).toBe(400);
  expect(new Set(effects.asked)).toEqual(new Set([ID]));
});

const UNUSABLE: readonly [string, object | number | string | undefined][] = [
  ['not there', 404],
  ['refused', 403],
  ['elsewhere', 302],
  ['a page', '<html></html>'],
  ['none', { keys: [] }],
  ['out of reach', undefined],
];
it('an assistant whose keys cannot be had is not let in by what it signs', async () => {
  const { site, signer, outside: effects } = await open();
  const asking = await granted(site);
  for (const [what, keys] of UNUSABLE) {
    if (keys === undefined) effects.found.delete(KEYS);
    else effects.found.set(KEYS, keys);
    const assertion = await signer.assertion(ID, { aud: site.url });
    const refused = await tokenRequest(site, { ...asking, ...signed(assertion) });
    expect([what, refused.status, await refused.json()]).toMatchObject([what, 401, { error: 'invalid_client' }]);
  }
  expect((await tokenRequest(site, asking)).status).toBe(200);
});
