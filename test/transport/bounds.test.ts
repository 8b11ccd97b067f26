// What nobody can take from the others: memory, connections, streams, sessions; and what is nobody else's business.
import { request } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { removeMember, setRole } from '../../src/services/access/people.ts';
import { Bodies } from '../../src/transport/http/body.ts';
import { RATES } from '../../src/transport/http/limits.ts';
import { BEST, emailOf, passwordOf, type Who } from '../support/company.ts';
import { whenDone } from '../support/ending.ts';
import { listen, listenInSession, META } from '../support/listeners.ts';
import { authorizePath, consent, pkce, register } from '../support/oauth.ts';
import { livingWhereOpened } from '../support/sessions.ts';
import { openSite, UNLIMITED, Visitor, type Served } from '../support/site.ts';
import { letPass, until, within } from '../support/time.ts';

/** The bare bytes of a request, as no client library would send them. */
async function raw(site: Served, text: string): Promise<string> {
  const socket = connect(Number(new URL(site.url).port), '127.0.0.1');
  whenDone(() => socket.destroy());
  socket.write(text);
  let answer = '';
  for await (const piece of socket) answer += String(piece);
  return answer;
}

describe('a form', () => {
  it.each(['/sign-in', '/sign-in/some-interaction', `/invitation/${'s'.repeat(43)}`])(
    'at %s is cut off where it is longer than any that is written by hand',
    async (path) => {
      const site = await openSite();
      const taken = { bytes: 0 };
      const sending = request(new URL(path, site.url), {
        method: 'POST',
        headers: { origin: site.url, 'content-type': 'application/x-www-form-urlencoded' },
      });
      sending.on('error', () => undefined);
      const answered = new Promise<number>((resolve) =>
        sending.on('response', (response) => resolve(response.resume().statusCode ?? 0)),
      );
      const chunk = Buffer.alloc(64 * 1024, 'a');
      while (taken.bytes < 64 * 1024 * 1024 && sending.writable && !sending.destroyed) {
        sending.write(chunk);
        taken.bytes += chunk.length;
        if ((await within(1, answered, 0)) !== 0) break;
      }
      expect(await answered).toBe(413);
      expect(taken.bytes).toBeLessThan(16 * 1024 * 1024);
      sending.destroy();
    },
  );

  it.each([
    ['JSON', 'application/json', '{"email":"a@b.example"}'],
    ['a form that breaks off', 'multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-da'],
    ['nothing', '', ''],
  ])('that is %s is told apart, and is no fault of ours', async (_, type, body) => {
    const site = await openSite();
    const headers = { origin: site.url, ...(type === '' ? {} : { 'content-type': type }) };
    expect((await site.get('/sign-in', { method: 'POST', headers, body })).status).toBe(400);
  });
});

describe('a request', () => {
  it('of several at once is refused: it would count as one', async () => {
    const site = await openSite();
    const token = await site.token('maria');
    const each = { jsonrpc: '2.0', method: 'tools/call', params: { name: 'list-jobs', arguments: {} } };
    const answer = await site.get('/mcp', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify([1, 2, 3].map((id) => ({ ...each, id }))),
    });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('batches');
  });

  it('of very many parts is refused before it stops everybody', async () => {
    const site = await openSite();
    const token = await site.token('tom');
    const params = Object.fromEntries(Array.from({ length: 300_000 }, (_, each) => [`k${each}`, 0]));
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping', params });
    const answer = await site.get('/mcp', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json' },
      body,
    });
    expect(answer.status).toBe(400);
  });

  it('for a whole address, or in a method that is none, is refused', async () => {
    const site = await openSite();
    const { host } = new URL(site.url);
    const end = 'Content-Length: 2\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{}';
    expect(await raw(site, `POST http://evil.example/oauth/register HTTP/1.1\r\nHost: ${host}\r\n${end}`)).toMatch(
      /^HTTP\/1.1 400/,
    );
    const token = await site.token('maria');
    expect(await raw(site, `TRACE /mcp HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${token}\r\n${end}`)).toMatch(
      /^HTTP\/1.1 405/,
    );
  });

  it.each(['/oauth/authorize', '/oauth/jwks', '/.well-known/openid-configuration'])(
    'for the head of %s alone prints nothing of this machine',
    async (path) => {
      const site = await openSite();
      expect((await site.get(path, { method: 'HEAD' })).status).toBe(405);
    },
  );
});

describe('bodies under way', () => {
  it('of one person are so many bytes at once; what was read is given back', async () => {
    const bodies = new Bodies(32 * 1024 * 1024);
    const piece = Buffer.alloc(1024 * 1024);
    const gate = Promise.withResolvers<void>();
    async function* slow(pieces: number) {
      for (let each = 0; each < pieces; each += 1) yield piece;
      await gate.promise;
    }
    type Incoming = Parameters<Bodies['read']>[0];
    const sent = (pieces: number) => Object.assign(slow(pieces), { headers: {} }) as unknown as Incoming;
    const four = [1, 2, 3, 4].map(async () => await bodies.read(sent(30), 'tom'));
    expect(await Promise.race(four)).toEqual({ fault: 'too_many' });
    const other = bodies.read(sent(30), 'maria');
    gate.resolve();
    expect(await other).toHaveProperty('bytes');
    expect((await Promise.all(four)).filter((body) => 'bytes' in body)).toHaveLength(3);
    expect(await bodies.read(sent(30), 'tom')).toHaveProperty('bytes');
  });
});

describe('a stream of changes', () => {
  it('tells of its own account alone', async () => {
    const site = await openSite();
    const [maria, boris] = [
      await listen(site, await site.token('maria')),
      await listen(site, await site.token('boris')),
    ];
    expect([maria.status, boris.status]).toEqual([200, 200]);
    const changed = await site.rpc(
      await site.token('boris'),
      'tools/call',
      {
        name: 'update-account',
        arguments: { template: 'hvac' },
        _meta: META,
      },
      { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': 'update-account' },
    );
    expect(await changed.text()).toContain('hvac');
    await until(() => boris.heard.text.includes('list_changed'));
    expect(boris.heard.text).toContain('notifications/tools/list_changed');
    expect(maria.heard.text).not.toContain('list_changed');
  });

  it('ends once its person is no longer in the account', async () => {
    const site = await openSite({ streams: { mostEach: 9, lookMs: 100 }, believedMs: 50 });
    const [tom, olga] = [await listen(site, await site.token('tom')), await listen(site, await site.token('olga'))];
    await removeMember(site.directory, site.member('tom'));
    await until(() => tom.heard.isOver);
    expect([tom.heard.isOver, olga.heard.isOver]).toEqual([true, false]);
  });

  it.each([
    ['crew', 'office'],
    ['office', 'crew'],
    ['office', 'owner'],
  ] as const)('ends once its person is no longer %s but %s, of either era', async (before, after) => {
    const site = await openSite({ streams: { mostEach: 9, lookMs: 100 }, believedMs: 50 });
    await setRole(site.directory, { ...site.member('olga'), role: before });
    const token = await site.token('olga', { scopes: ['books:read'] });
    const other = await site.token('maria');
    const streams = [await listen(site, token), await listenInSession(site, token)];
    const others = [await listen(site, other), await listenInSession(site, other)];
    await letPass(400, 'a stream is looked at every 100 ms, and stays');
    expect([...streams, ...others].map(({ heard }) => heard.isOver)).toEqual([false, false, false, false]);
    await setRole(site.directory, { ...site.member('olga'), role: after });
    await until(() => streams.every(({ heard }) => heard.isOver));
    expect([...streams, ...others].map(({ heard }) => heard.isOver)).toEqual([true, true, false, false]);
    expect((await listen(site, token)).status).toBe(200);
  });

  it('ends where its token cannot be looked up any more, and takes nothing else down', async () => {
    const site = await openSite({ streams: { mostEach: 9, lookMs: 100 }, believedMs: 50 });
    const maria = await listen(site, await site.token('maria'));
    await site.app.store.close();
    await until(() => maria.heard.isOver);
    expect(maria.heard.isOver).toBe(true);
    expect((await site.get('/healthz')).status).toBe(200);
  });

  it('is one of so many that a person has, and leaves room for everybody else', async () => {
    const site = await openSite({ streams: { mostEach: 2, lookMs: 60_000 } });
    const [one, other] = [await site.token('tom'), await site.token('tom')];
    const statuses: number[] = [];
    for (const token of [one, other, one, other]) statuses.push((await listen(site, token)).status);
    expect(statuses).toEqual([200, 200, 429, 429]);
    expect((await listen(site, await site.token('maria'))).status).toBe(200);
  });
});

describe('sessions of the earlier era', () => {
  it('of one person, whatever rights they come with, push out nobody else’s', async () => {
    livingWhereOpened();
    const site = await openSite({ sessions: { most: 6, mostEach: 3, idleMs: 60_000 } });
    const hello = {
      ...{ jsonrpc: '2.0', id: 0, method: 'initialize' },
      params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'old', version: '1' } },
    };
    const headers = (token: string, id?: string) => ({
      ...{ authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      accept: 'application/json, text/event-stream',
      ...(id === undefined ? {} : { 'mcp-session-id': id, 'mcp-protocol-version': '2025-11-25' }),
    });
    const open = async (token: string) => {
      const answer = await site.get('/mcp', { method: 'POST', headers: headers(token), body: JSON.stringify(hello) });
      await answer.text();
      return answer.headers.get('mcp-session-id') ?? '';
    };
    const boris = await site.token('boris');
    const his = await open(boris);
    for (const scopes of [['books:read'], ['books:read', 'books:write'], ['books:read', 'costs:read']] as const) {
      const token = await site.token('maria', { scopes });
      for (let each = 0; each < 3; each += 1) await open(token);
    }
    const ping = { method: 'POST', headers: headers(boris, his), body: '{"jsonrpc":"2.0","id":1,"method":"ping"}' };
    expect((await site.get('/mcp', ping)).status).toBe(200);
  });
});

describe('what an assistant leaves before anybody let it in', () => {
  it('is little, and registered under one path alone', async () => {
    const site = await openSite();
    const send = async (path: string, extra: object = {}) =>
      (
        await site.get(path, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            redirect_uris: ['https://a.example/c'],
            token_endpoint_auth_method: 'none',
            ...extra,
          }),
        })
      ).status;
    expect(await send('/oauth/register/')).toBe(404);
    expect(await send('/oauth/Register')).toBe(404);
    expect(await send('/oauth/register', { contacts: ['x'.repeat(20_000)] })).toBe(413);
    const clientId = await register(site);
    const query = new URLSearchParams({ client_id: clientId, state: 's'.repeat(10_000) });
    expect((await site.get(`/oauth/authorize?${query.toString()}`)).status).toBe(414);
  });

  it('is nothing, however many introduce themselves and begin to sign in, from wherever', async () => {
    const site = await openSite({ rates: UNLIMITED, proxies: 1, passwords: ['maria'] });
    const kept = async () =>
      await site.directory.read(
        async ({ db }) => await db.selectFrom('oauth_records').select(['model', 'id', 'expires_at']).execute(),
      );
    const clientId = await register(site);
    for (let each = 0; each < 30; each += 1) {
      const path = authorizePath(site, { clientId: await register(site) }, pkce().challenge);
      const headers = { 'x-forwarded-for': `198.51.100.${each}` };
      const begun = await site.get(path, { headers });
      expect(begun.headers.get('location')).toMatch(/^\/sign-in\?next=/);
    }
    expect(await kept()).toEqual([]);
    // Once somebody is let in, it stays for a year.
    await consent(site, { clientId }, 'maria');
    const client = (await kept()).find(({ model }) => model === 'Client');
    expect(client?.id).toBe(clientId);
    expect(Date.parse(client?.expires_at ?? '') - Date.now()).toBeGreaterThan(364 * 24 * 3_600_000);
  });

  it('names the assistant to whoever signs in for it, and brings them to its question', async () => {
    const site = await openSite({ passwords: ['maria'] });
    const clientId = await register(site, { client_name: 'Ledger Friend' });
    const visitor = new Visitor(site.url);
    await visitor.open(authorizePath(site, { clientId }, pkce().challenge));
    expect(visitor.html).toContain('Ledger Friend asks to work with your books');
    await visitor.signIn('maria');
    expect(visitor.html).toContain('Ledger Friend');
    expect(visitor.at).toMatch(/^\/sign-in\/[\w-]+$/);
  });

  it('begins so many sign-ins a minute', async () => {
    const site = await openSite({ rates: { ...RATES, beginnings: 2 } });
    const clientId = await register(site);
    const begin = async () => (await site.get(`/oauth/authorize?client_id=${clientId}`)).status;
    expect([await begin(), await begin(), await begin()].map((status) => status === 429)).toEqual([false, false, true]);
  });
});

describe('wrong passwords', () => {
  it('from elsewhere do not shut somebody out of a browser that they signed in with before', {
    timeout: 90_000,
  }, async () => {
    const site = await openSite({ passwords: ['maria', 'olga'] });
    const [hers, elsewhere] = [new Visitor(site.url), new Visitor(site.url)];
    const enter = async (visitor: Visitor, password: string, who: Who = 'maria') => {
      await visitor.open('/sign-in');
      await visitor.send({ email: emailOf(who), password });
      return visitor.status;
    };
    expect(await enter(hers, passwordOf('maria'))).toBe(200);
    await hers.open('/sign-out', { method: 'POST', headers: { origin: site.url } });
    for (let tries = 0; tries < 6; tries += 1) await enter(elsewhere, `wrong ${tries}`);
    expect(await enter(elsewhere, passwordOf('maria'))).toBe(401);
    expect(await enter(hers, passwordOf('maria'))).toBe(200);
    // Olga's own browser is none that Maria is known by.
    const olgas = new Visitor(site.url);
    expect(await enter(olgas, passwordOf('olga'), 'olga')).toBe(200);
    for (let tries = 0; tries < 6; tries += 1) await enter(elsewhere, `wrong again ${tries}`);
    expect(await enter(olgas, passwordOf('maria'))).toBe(401);
  });

  it('that come all at once are as many as those that come one by one', { timeout: 60_000 }, async () => {
    const site = await openSite({ rates: { ...RATES, failures: 4 } });
    const tries = Array.from(
      { length: 12 },
      async () =>
        (
          await site.get('/sign-in', {
            method: 'POST',
            headers: { origin: site.url },
            body: new URLSearchParams({ email: 'a@b.example', password: 'x' }),
          })
        ).status,
    );
    const statuses = await Promise.all(tries);
    expect(statuses.filter((status) => status === 401)).toHaveLength(4);
    expect(statuses.filter((status) => status === 429)).toHaveLength(8);
  });
});

describe('a file on its way', () => {
  const endless = async (site: Served, path: string, headers: Record<string, string> = {}) => {
    const sending = request(new URL(path, site.url), { method: 'POST', headers: { origin: site.url, ...headers } });
    whenDone(() => sending.destroy());
    sending.on('error', () => undefined);
    const answered = new Promise<number>((resolve) =>
      sending.on('response', (response) => resolve(response.resume().statusCode ?? 0)),
    );
    // Half of a file, which then never goes on.
    sending.write(Buffer.alloc(1024 * 1024, 'a'));
    return await within(3000, answered, 0);
  };

  it('is not waited for before it is known whose link it is', async () => {
    const site = await openSite();
    const path = `/upload/${'s'.repeat(43)}`;
    expect(await endless(site, path)).toBe(303);
    expect(await endless(site, path, { authorization: 'Bearer nobody' })).toBe(401);
    expect(await endless(site, path, { authorization: `Bearer ${await site.token('maria')}` })).toBe(404);
  });

  it('is one of a few that a person sends at once', async () => {
    const site = await openSite();
    await site.ok('maria', 'create-customer', { name: 'Dana' });
    const token = await site.token('maria');
    const asked = await site.rpc(token, 'tools/call', {
      name: 'attach-file',
      arguments: { customer: 'C-1', kind: 'document' },
    });
    const [, path = ''] = /(\/upload\/[\w-]{43})/.exec(await asked.text()) ?? [];
    const all = await Promise.all(
      Array.from({ length: 8 }, async () => await endless(site, path, { authorization: `Bearer ${token}` })),
    );
    expect(all.filter((status) => status === 429)).toHaveLength(2);
  });

  it('of guesses at links there are so many', async () => {
    const site = await openSite({ rates: { ...RATES, wrongTokens: 2 } });
    const guess = async (token: string) =>
      (await site.get(`/download/${'s'.repeat(43)}`, { headers: { authorization: `Bearer ${token}` } })).status;
    expect([await guess('a'), await guess('b'), await guess('c')]).toEqual([401, 401, 429]);
  });
});

describe('a form that never comes', () => {
  it('is not waited for', async () => {
    const site = await openSite({ timeouts: { headersMs: 10_000, formMs: 300, requestMs: 120_000 } });
    const { host, port } = new URL(site.url);
    const socket = connect(Number(port), '127.0.0.1');
    whenDone(() => socket.destroy());
    socket.on('error', () => undefined).resume();
    const started = Date.now();
    socket.write(
      `POST /sign-in HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${site.url}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nemail=`,
    );
    await new Promise((resolve) => socket.once('close', resolve));
    expect(Date.now() - started).toBeLessThan(5000);
  });
});

describe('a link to a file', () => {
  it('is not opened by a token of another account, or of less than it took to ask for it', async () => {
    const site = await openSite();
    await site.ok('maria', 'create-customer', { name: 'Dana' });
    const nina = await site.token('nina');
    const asked = await site.rpc(nina, 'tools/call', {
      name: 'attach-file',
      arguments: { customer: 'C-1', kind: 'document' },
    });
    const [, path = ''] = /(\/upload\/[\w-]{43})/.exec(await asked.text()) ?? [];
    const open = async (token: string) =>
      (
        await site.get(path, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'text/plain' },
          body: 'Signed by Dana',
        })
      ).status;
    expect(await open(await site.token('nina', { accountId: BEST }))).toBe(404);
    expect(await open(await site.token('nina', { scopes: ['books:read'] }))).toBe(404);
    expect(await open(await site.token('olga'))).toBe(404);
    expect(await open(nina)).toBe(201);
    expect(await open(nina)).toBe(404);
  });
});
