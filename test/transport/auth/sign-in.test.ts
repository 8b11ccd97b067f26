import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { removeMember, setRole, signOutEverywhere } from '../../../src/services/access/people.ts';
import { LOPEZ, BEST } from '../../support/company.ts';
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
  type Tokens,
} from '../../support/oauth.ts';
import { whenDone } from '../../support/ending.ts';
import { openSite, Visitor } from '../../support/site.ts';

const asksForJobs = ['tools/call', { name: 'list-jobs', arguments: {} }] as const;

describe('an assistant that asks somebody in', () => {
  it('is told where to ask, from the first refusal on', async () => {
    const site = await openSite();
    const refused = await site.rpc(null, 'tools/list');
    expect(refused.status).toBe(401);
    const [, address = ''] = /resource_metadata="([^"]+)"/.exec(refused.headers.get('www-authenticate') ?? '') ?? [];
    const resource = await (await site.get(address)).json();
    expect(resource).toMatchObject({ resource: `${site.url}/mcp`, authorization_servers: [site.url] });
    const server = await (await site.get('/.well-known/oauth-authorization-server')).json();
    expect(server).toMatchObject({
      issuer: site.url,
      authorization_endpoint: `${site.url}/oauth/authorize`,
      token_endpoint: `${site.url}/oauth/token`,
      registration_endpoint: `${site.url}/oauth/register`,
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
    });
  });

  it('gets a token for the account that was chosen, and works in it', async () => {
    const site = await openSite({ passwords: ['maria'], samples: true });
    const clientId = await register(site);
    const granted = await consent(site, { clientId }, 'maria');
    expect(Object.fromEntries(granted.callback.searchParams)).toMatchObject({ state: 'the-state', iss: site.url });
    const tokens = await trade(site, clientId, granted);
    expect(tokens.scope.split(' ').toSorted()).toEqual(['books:read', 'books:write', 'costs:read']);
    expect(decodeProtectedHeader(tokens.access_token)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' });
    expect(decodeJwt(tokens.access_token)).toMatchObject({
      iss: site.url,
      aud: `${site.url}/mcp`,
      sub: `${site.member('maria').personId}:${LOPEZ}`,
      client_id: clientId,
    });
    const answer = await site.rpc(tokens.access_token, ...asksForJobs);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('Roof replacement');
  });

  it('whoever belongs to two accounts chooses one, and the token opens that one alone', async () => {
    const site = await openSite({ passwords: ['nina'], samples: true });
    const tokens = await signedInTokens(site, 'nina', { account: BEST });
    expect(decodeJwt(tokens.access_token).sub).toBe(`${site.member('nina').personId}:${BEST}`);
    const words = await (await site.rpc(tokens.access_token, ...asksForJobs)).text();
    expect(words).not.toContain('Roof replacement');
    expect(words).toMatch(/jobs?:/);
  });

  it('is let into the other account too, from the same browser', async () => {
    const site = await openSite({ passwords: ['nina'] });
    const clientId = await register(site);
    const first = await consent(site, { clientId }, 'nina', { account: LOPEZ });
    await trade(site, clientId, first);
    const { verifier, challenge } = pkce();
    await first.visitor.open(authorizePath(site, { clientId }, challenge));
    const to = await first.visitor.send({ do: 'allow', account: String(BEST), scope: [] });
    const code = new URL(to ?? 'about:blank').searchParams.get('code') ?? '';
    const tokens = await trade(site, clientId, { code, verifier });
    expect(decodeJwt(tokens.access_token).sub).toBe(`${site.member('nina').personId}:${BEST}`);
  });

  it('gets no account that the person is not in', async () => {
    const site = await openSite({ passwords: ['maria'] });
    const clientId = await register(site);
    const { challenge } = pkce();
    const visitor = new Visitor(site.url);
    await visitor.open(authorizePath(site, { clientId }, challenge));
    await visitor.signIn('maria');
    expect(await visitor.send({ do: 'allow', account: String(BEST) })).toBeNull();
    expect(visitor.html).toContain('Say which books');
  });

  it('gets what was ticked, and no more', async () => {
    const site = await openSite({ passwords: ['maria'] });
    const { scope } = await signedInTokens(site, 'maria', { scopes: [] });
    expect(scope).toBe('books:read');
  });

  it('of crew gets no sight of costs, whatever it asks for', async () => {
    const site = await openSite({ passwords: ['tom'] });
    const { scope } = await signedInTokens(site, 'tom', { scopes: ['books:write', 'costs:read'] });
    expect(scope.split(' ').toSorted()).toEqual(['books:read', 'books:write']);
  });

  it('that asks for nothing in particular is asked about everything', async () => {
    const site = await openSite({ passwords: ['maria'] });
    const clientId = await register(site);
    const granted = await consent(site, { clientId, scope: null, resource: null }, 'maria');
    expect((await trade(site, clientId, granted)).scope).toContain('costs:read');
  });

  it('is let in by nothing but what was pressed to allow it', async () => {
    const site = await openSite({ passwords: ['maria'] });
    const clientId = await register(site);
    const visitor = new Visitor(site.url);
    await visitor.open(authorizePath(site, { clientId }, pkce().challenge));
    await visitor.signIn('maria');
    for (const pressed of [{}, { do: '' }, { do: 'Allow' }, { do: 'sign-up' }]) {
      expect(await visitor.send({ ...pressed, scope: ['books:write'] })).toBeNull();
      expect(visitor.html).toContain('Please say whether you allow it.');
    }
    expect(await visitor.send({ do: 'allow' })).toContain('code=');
  });

  it('is told when the person says no', async () => {
    const site = await openSite({ passwords: ['maria'] });
    const clientId = await register(site);
    const { challenge } = pkce();
    const visitor = new Visitor(site.url);
    await visitor.open(authorizePath(site, { clientId }, challenge));
    await visitor.signIn('maria');
    const to = new URL((await visitor.send({ do: 'deny' })) ?? '');
    expect(Object.fromEntries(to.searchParams)).toMatchObject({
      error: 'access_denied',
      state: 'the-state',
      iss: site.url,
    });
  });

  it('asks for more later, and the person is asked again', async () => {
    const site = await openSite({ passwords: ['maria'], samples: true });
    const clientId = await register(site, { scope: 'books:read' });
    const first = await trade(
      site,
      clientId,
      await consent(site, { clientId, scope: 'books:read' }, 'maria', { scopes: [] }),
    );
    expect(first.scope).toBe('books:read');
    const refused = await site.rpc(first.access_token, 'tools/call', {
      name: 'create-customer',
      arguments: { name: 'Walt' },
    });
    expect(refused.status).toBe(403);
    expect(refused.headers.get('www-authenticate')).toMatch(
      /error="insufficient_scope", scope="books:read books:write"/,
    );
    const more = await trade(
      site,
      clientId,
      await consent(site, { clientId, scope: 'books:read books:write' }, 'maria'),
    );
    expect(more.scope.split(' ').toSorted()).toEqual(['books:read', 'books:write']);
    const done = await site.rpc(more.access_token, 'tools/call', {
      name: 'create-customer',
      arguments: { name: 'Walt' },
    });
    expect(await done.text()).toContain('Walt');
  });
});

describe('an assistant that is known by its own document', () => {
  const ID = 'https://assistant.example/client.json';
  /** The outside, as far as it is one address: a real server on this machine, which by itself is never asked. */
  const outside = async (document: object) => {
    const server = createServer((_, res) => {
      res.setHeader('content-type', 'application/json');
      res.end(JSON.stringify(document));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    whenDone(() => server.close());
    const { port } = server.address() as AddressInfo;
    return async (url: string | URL | Request) => {
      expect(new Request(url).url).toBe(ID);
      return await fetch(`http://127.0.0.1:${port}/`);
    };
  };
  const metadata = {
    ...{ client_id: ID, client_name: 'Assistant of tomorrow', redirect_uris: [CALLBACK] },
    ...{
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    },
  };

  it('is let in without having been here before, under its address', async () => {
    const fetchDocument = await outside(metadata);
    const site = await openSite({ passwords: ['maria'], clientDocuments: true, fetchDocument });
    const granted = await consent(site, { clientId: ID }, 'maria');
    const { access_token } = await trade(site, ID, granted);
    expect(decodeJwt(access_token)).toMatchObject({ client_id: ID });
    expect((await site.rpc(access_token, 'tools/list')).status).toBe(200);
  });

  it('is shown with the address that it is known by', async () => {
    const fetchDocument = await outside(metadata);
    const site = await openSite({ passwords: ['maria'], clientDocuments: true, fetchDocument });
    const visitor = new Visitor(site.url);
    await visitor.open(authorizePath(site, { clientId: ID }, pkce().challenge));
    await visitor.signIn('maria');
    expect(visitor.html).toContain('Assistant of tomorrow');
    expect(visitor.html).toContain(ID);
  });

  it.each<[string, object]>([
    ['of another address', { ...metadata, client_id: 'https://other.example/client.json' }],
    ['with a secret', { ...metadata, client_secret: 'x' }],
    ['with a callback in the open', { ...metadata, redirect_uris: ['http://evil.example/callback'] }],
    ['that is a list', []],
  ])('is refused with a document %s', async (_, document) => {
    const site = await openSite({ clientDocuments: true, fetchDocument: await outside(document) });
    const visitor = new Visitor(site.url);
    expect(await visitor.open(authorizePath(site, { clientId: ID }, pkce().challenge))).toBeNull();
    expect(visitor.status).toBe(400);
  });

  it('is nobody where documents are switched off', async () => {
    const site = await openSite({ fetchDocument: await outside(metadata) });
    const visitor = new Visitor(site.url);
    expect(await visitor.open(authorizePath(site, { clientId: ID }, pkce().challenge))).toBeNull();
    expect(visitor.status).toBe(400);
  });
});

describe('what was given out', () => {
  it('outlives a restart, and opens in a second process on the same book', async () => {
    const one = await openSite({ passwords: ['maria'] });
    const { clientId, access_token, refresh_token } = await signedInTokens(one, 'maria');
    const provider = await (await one.get('/oauth/jwks')).json();
    const other = await openSite({ company: one, publicUrl: one.url });
    expect(await (await other.get('/oauth/jwks')).json()).toEqual(provider);
    expect((await other.rpc(access_token, 'tools/list')).status).toBe(200);
    await one.close();
    expect((await refresh(other, clientId, refresh_token)).status).toBe(200);
  });

  it('lasts longer than the sign-in that it came from', async () => {
    const site = await openSite({ passwords: ['maria'] });
    const { clientId, refresh_token } = await signedInTokens(site, 'maria');
    await site.directory.write(
      async ({ db }) => await db.deleteFrom('oauth_records').where('model', '=', 'Session').execute(),
    );
    expect((await refresh(site, clientId, refresh_token)).status).toBe(200);
  });

  it('stands in the book as a hash: codes, refresh tokens, cookies, secrets of clients', async () => {
    const site = await openSite({ passwords: ['maria'] });
    const registered = await site.get('/oauth/register', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ redirect_uris: [CALLBACK], token_endpoint_auth_method: 'client_secret_post' }),
    });
    const { client_id: clientId, client_secret: secret } = z
      .object({ client_id: z.string(), client_secret: z.string() })
      .parse(await registered.json());
    const granted = await consent(site, { clientId }, 'maria');
    const fields = {
      ...{ grant_type: 'authorization_code', client_id: clientId, code: granted.code },
      ...{ code_verifier: granted.verifier, redirect_uri: CALLBACK },
    };
    const wrong = await tokenRequest(site, { ...fields, client_secret: `${secret.slice(1)}x` });
    expect(wrong.status).toBe(401);
    const tokens = (await (await tokenRequest(site, { ...fields, client_secret: secret })).json()) as Tokens;
    expect(tokens.access_token).toMatch(/^ey/);
    const held = [granted.code, tokens.refresh_token, secret, ...granted.visitor.cookies.values()];
    const kept = await site.directory.read(
      async ({ db }) => await db.selectFrom('oauth_records').select(['id', 'payload', 'uid']).execute(),
    );
    expect(kept.length).toBeGreaterThan(3);
    for (const value of held) expect(JSON.stringify(kept)).not.toContain(value);
  });

  it('is less where less is allowed the second time, for what was given out before too', async () => {
    const site = await openSite({ passwords: ['maria'] });
    const { clientId, access_token, refresh_token } = await signedInTokens(site, 'maria');
    const less = await trade(site, clientId, await consent(site, { clientId }, 'maria', { scopes: [] }));
    expect(less.scope).toBe('books:read');
    const report = async (token: string) =>
      (await site.rpc(token, 'tools/call', { name: 'profit-report', arguments: {} })).status;
    expect(await report(access_token)).toBe(403);
    const before = (await (await refresh(site, clientId, refresh_token)).json()) as Tokens;
    expect(before.scope.split(' ')).not.toContain('costs:read');
    expect(await report(before.access_token)).toBe(403);
    const other = await signedInTokens(site, 'maria');
    expect(other.scope).toContain('costs:read');
  });

  it('lasts an hour, and is renewed for 60 days, whether or not that was asked for', async () => {
    const site = await openSite({ passwords: ['maria'] });
    const clientId = await register(site);
    for (const scope of [null, 'books:read', 'books:read offline_access', 'offline_access']) {
      const tokens = await trade(site, clientId, await consent(site, { clientId, scope }, 'maria'));
      expect(tokens.expires_in).toBe(3600);
      const { exp = 0, iat = 0 } = decodeJwt(tokens.access_token);
      expect(exp - iat).toBe(3600);
      expect(await (await refresh(site, clientId, tokens.refresh_token)).json()).toMatchObject({ expires_in: 3600 });
    }
  });

  it('ends when the client revokes it', async () => {
    const site = await openSite({ passwords: ['maria'] });
    const { clientId, access_token, refresh_token } = await signedInTokens(site, 'maria');
    const body = new URLSearchParams({ token: refresh_token, client_id: clientId });
    expect((await site.get('/oauth/revoke', { method: 'POST', body })).status).toBe(200);
    expect((await refresh(site, clientId, refresh_token)).status).toBe(400);
    expect((await site.rpc(access_token, 'tools/list')).status).toBe(401);
  });

  it('ends when its person is signed out everywhere, or leaves the account', async () => {
    const site = await openSite({ passwords: ['olga', 'nina'] });
    const olga = await signedInTokens(site, 'olga');
    await signOutEverywhere(site.directory, site.member('olga').personId);
    expect((await site.rpc(olga.access_token, 'tools/list')).status).toBe(401);
    expect((await refresh(site, olga.clientId, olga.refresh_token)).status).toBe(400);
    const inLopez = await signedInTokens(site, 'nina', { account: LOPEZ });
    const inBest = await signedInTokens(site, 'nina', { account: BEST });
    await removeMember(site.directory, site.member('nina'));
    expect((await site.rpc(inLopez.access_token, 'tools/list')).status).toBe(401);
    expect((await site.rpc(inBest.access_token, 'tools/list')).status).toBe(200);
  });

  it('follows a change of role', async () => {
    const site = await openSite({ passwords: ['olga'] });
    const { access_token } = await signedInTokens(site, 'olga');
    await setRole(site.directory, { ...site.member('olga'), role: 'crew' });
    const listed = await (await site.rpc(access_token, 'tools/list')).text();
    expect(listed).toContain('get-job');
    expect(listed).not.toContain('create-invoice');
  });

  it('is asked for by its own client alone, with the code that it was given, once', async () => {
    const site = await openSite({ passwords: ['maria'] });
    const clientId = await register(site);
    const granted = await consent(site, { clientId }, 'maria');
    const fields = {
      ...{ grant_type: 'authorization_code', client_id: clientId, code: granted.code, code_verifier: granted.verifier },
      redirect_uri: CALLBACK,
    };
    expect((await tokenRequest(site, { ...fields, client_id: await register(site) })).status).toBe(400);
    const again = await consent(site, { clientId }, 'maria');
    const good = { ...fields, code: again.code, code_verifier: again.verifier };
    const first = await tokenRequest(site, good);
    expect(first.status).toBe(200);
    const { access_token } = (await first.json()) as Tokens;
    expect((await tokenRequest(site, good)).status).toBe(400);
    expect((await site.rpc(access_token, 'tools/list')).status).toBe(401);
  });
});
