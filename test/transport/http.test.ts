// The server itself: what it refuses and in which order, how it holds out, what it logs, and how it ends.
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { whenDone } from '../support/ending.ts';
import { openSite, type Served } from '../support/site.ts';

const post = async (site: Served, token: string | null, body: string | Buffer, headers: Record<string, string> = {}) =>
  await site.get('/mcp', {
    method: 'POST',
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...{ 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
      ...headers,
    },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
const call = (id: unknown, name: string, args: unknown) =>
  JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: args } });

describe('junk', () => {
  const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
  type Junk = readonly [what: string, body: string | Buffer, headers?: Record<string, string>];
  const JUNK: readonly Junk[] = [
    ['nothing', ''],
    ['no JSON', 'hello'],
    ['half of JSON', '{"jsonrpc":"2.0","id":1,'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
    ['a hundred thousand brackets', nested(100_000)],
    ['an argument nested too deep', call(1, 'get-job', JSON.parse(nested(70)))],
    ['a number', '1'],
    ['null', 'null'],
    ['a text', '"tools/list"'],
    ['a list of nothing', '[]'],
    ['another type', 'a=1', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['a type that begins alike', '{}', { 'content-type': 'application/jsonp' }],
    ['no type', '{}', { 'content-type': '' }],
    ['33 MB', `"${'x'.repeat(33 * 1024 * 1024)}"`],
    ['a method that is no text', '{"jsonrpc":"2.0","id":1,"method":7}'],
    ['no version', '{"id":1,"method":"tools/list"}'],
    ['__proto__', '{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"__proto__":{"role":"owner"}}}'],
    ['a session that never was', call(1, 'list-jobs', {}), { 'mcp-session-id': 'nobody' }],
  ];

  it.each(JUNK.map((junk): [string, Junk] => [junk[0], junk]))(
    '%s is refused within a second, and the next call is answered',
    async (_, [, body, headers = {}]) => {
      const site = await openSite();
      const token = await site.token('maria');
      const started = performance.now();
      // What is too large may find the connection closed while it is still being sent.
      const refused = await post(site, token, body, headers).then(
        async (answer) => ({ status: answer.status, length: (await answer.text()).length }),
        () => ({ status: 413, length: 0 }),
      );
      expect(performance.now() - started).toBeLessThan(2000);
      expect(refused.status).toBeGreaterThanOrEqual(400);
      expect(refused.status).toBeLessThan(500);
      expect(refused.length).toBeLessThan(4096);
      expect((await site.rpc(token, 'tools/list')).status).toBe(200);
    },
  );

  it.each([
    ['a constructor', '{"constructor":{"prototype":{"role":"owner"}}}'],
    ['a name of a million letters', JSON.stringify({ name: 'x'.repeat(1_000_000) })],
    ['a list of a hundred thousand', JSON.stringify({ name: Array.from({ length: 100_000 }, () => 1) })],
  ])('arguments with %s are an error in words, short', async (_, args) => {
    const site = await openSite();
    const token = await site.token('maria');
    const body = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"create-customer","arguments":${args}}}`;
    const answer = await post(site, token, body);
    expect(answer.status).toBeLessThan(500);
    expect((await answer.text()).length).toBeLessThan(8192);
    expect(Object.hasOwn(Object.prototype, 'role')).toBe(false);
    expect(await site.ok('maria', 'list-customers')).toMatchObject({ customers: [] });
  });
});

describe('in this order:', () => {
  it('a false name, a full address, no token, too large, no JSON', async () => {
    const site = await openSite({
      rates: {
        address: 3,
        token: 100,
        account: 100,
        failures: 100,
        wrongTokens: 100,
        registrations: 100,
        beginnings: 100,
      },
    });
    const evil = { origin: 'https://evil.example' };
    for (let tries = 0; tries < 5; tries += 1) expect((await post(site, null, 'x', evil)).status).toBe(403);
    expect((await post(site, null, 'x')).status).toBe(401);
    expect((await post(site, await site.token('maria'), 'x')).status).toBe(400);
    expect((await post(site, await site.token('maria'), 'x', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await post(site, null, 'x', evil)).status).toBe(403);
    const full = await post(site, null, 'x');
    expect(full.status).toBe(429);
    expect(Number(full.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('nothing of a body is read before it is known whose it is', async () => {
    const site = await openSite();
    const { port } = new URL(site.url);
    const socket = await opened(Number(port));
    socket.write(
      `POST /mcp HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Type: application/json\r\nContent-Length: 30000000\r\n\r\n{`,
    );
    const [status] = (await firstLine(socket)).split('\r\n');
    expect(status).toContain('401');
  });
});

describe('limits', () => {
  const wide = {
    address: 1e6,
    token: 1e6,
    account: 1e6,
    failures: 1e6,
    wrongTokens: 1e6,
    registrations: 1e6,
    beginnings: 1e6,
  };
  it('of one token leave other tokens alone; of one account, other accounts', async () => {
    const site = await openSite({ rates: { ...wide, token: 3, account: 5 } });
    const [maria, olga, boris] = await Promise.all([site.token('maria'), site.token('olga'), site.token('boris')]);
    const status = async (token: string) => (await site.rpc(token, 'tools/list')).status;
    expect([await status(maria), await status(maria), await status(maria), await status(maria)]).toEqual([
      200, 200, 200, 429,
    ]);
    expect([await status(olga), await status(olga), await status(olga)]).toEqual([200, 200, 429]);
    expect(await status(boris)).toBe(200);
  });

  it('of wrong tokens stop whoever guesses, nobody at another address, and nobody with a good one', async () => {
    const site = await openSite({ rates: { ...wide, wrongTokens: 4 }, proxies: 1 });
    const from = async (address: string, token: string) =>
      (await site.rpc(token, 'tools/list', {}, { 'x-forwarded-for': `6.6.6.6, ${address}` })).status;
    const seen: number[] = [];
    for (let tries = 0; tries < 8; tries += 1) seen.push(await from('203.0.113.7', `guess-${tries}`));
    expect(seen.slice(0, 4)).toEqual([401, 401, 401, 401]);
    expect(seen.at(-1)).toBe(429);
    expect(await from('203.0.113.8', 'guess')).toBe(401);
    expect(await from('203.0.113.7', await site.token('maria'))).toBe(200);
    // One network of IPv6 is one address.
    for (let tries = 0; tries < 6; tries += 1) await from(`2001:db8:1:2::${tries}`, `other-${tries}`);
    expect(await from('2001:db8:1:2:ffff::9', 'one-more')).toBe(429);
    expect(await from('2001:db8:1:3::1', 'one-more')).toBe(401);
  });

  it('of wrong passwords stop whoever guesses', { timeout: 60_000 }, async () => {
    const site = await openSite({ rates: { ...wide, failures: 3 } });
    const tries = async () =>
      (
        await site.get('/sign-in', {
          method: 'POST',
          headers: { origin: site.url },
          body: new URLSearchParams({ email: 'a@b.example', password: 'x' }),
        })
      ).status;
    const seen: number[] = [];
    for (let round = 0; round < 5; round += 1) seen.push(await tries());
    expect(seen.slice(0, 3)).toEqual([401, 401, 401]);
    expect(seen.at(-1)).toBe(429);
  });

  it('of assistants that introduce themselves keep the book from filling up', async () => {
    const site = await openSite({ rates: { ...wide, registrations: 3, beginnings: 3 } });
    const metadata = JSON.stringify({
      redirect_uris: ['https://assistant.example/callback'],
      token_endpoint_auth_method: 'none',
    });
    const register = async () =>
      (
        await site.get('/oauth/register', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: metadata,
        })
      ).status;
    expect([await register(), await register(), await register(), await register()]).toEqual([201, 201, 201, 429]);
  });

  it('believe no address that a caller writes down', async () => {
    const site = await openSite({ rates: { ...wide, address: 2 } });
    const ask = async (address: string) =>
      (await site.rpc(null, 'tools/list', {}, { 'x-forwarded-for': address })).status;
    expect([await ask('1.1.1.1'), await ask('2.2.2.2'), await ask('3.3.3.3')]).toEqual([401, 401, 429]);
  });
});

describe('sessions of the earlier era', () => {
  const hello = {
    jsonrpc: '2.0',
    id: 0,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'old', version: '1' } },
  };
  const open = async (site: Served, token: string) => {
    const answer = await post(site, token, JSON.stringify(hello));
    await answer.text();
    return answer.headers.get('mcp-session-id') ?? '';
  };
  const ping = async (site: Served, token: string, id: string) =>
    (
      await post(site, token, '{"jsonrpc":"2.0","id":1,"method":"ping"}', {
        'mcp-session-id': id,
        'mcp-protocol-version': '2025-11-25',
      })
    ).status;

  it('belong to whoever opened them, with the rights they had', async () => {
    const site = await openSite();
    const [maria, less, olga] = [
      await site.token('maria'),
      await site.token('maria', { scopes: ['books:read'] }),
      await site.token('olga'),
    ];
    const id = await open(site, maria);
    expect(id).toMatch(/.{20,}/);
    expect(await ping(site, maria, id)).toBe(200);
    expect(await ping(site, olga, id)).toBe(404);
    expect(await ping(site, less, id)).toBe(404);
    expect(await ping(site, maria, 'another')).toBe(404);
  });

  it('end when they are closed, and are forgotten when nobody uses them', async () => {
    const site = await openSite({ sessions: { most: 100, mostEach: 10, idleMs: 300 } });
    const token = await site.token('maria');
    const closed = await open(site, token);
    const headers = {
      authorization: `Bearer ${token}`,
      'mcp-session-id': closed,
      'mcp-protocol-version': '2025-11-25',
    };
    expect((await site.get('/mcp', { method: 'DELETE', headers })).status).toBe(200);
    expect(await ping(site, token, closed)).toBe(404);
    const idle = await open(site, token);
    await pause(900);
    expect(await ping(site, token, idle)).toBe(404);
  });

  it('are so many each, and the oldest makes room', async () => {
    const site = await openSite({ sessions: { most: 100, mostEach: 2, idleMs: 60_000 } });
    const token = await site.token('maria');
    const ids = [await open(site, token), await open(site, token), await open(site, token)];
    expect(await Promise.all(ids.map(async (id) => await ping(site, token, id)))).toEqual([404, 200, 200]);
  });

  it('are not needed by a client that keeps none', async () => {
    const site = await openSite();
    const answer = await post(site, await site.token('maria'), '{"jsonrpc":"2.0","id":1,"method":"tools/list"}', {
      'mcp-protocol-version': '2025-06-18',
    });
    expect(await answer.text()).toContain('get-job');
  });
});

async function opened(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  whenDone(() => socket.destroy());
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.once('connect', resolve));
  return socket;
}

async function firstLine(socket: Socket): Promise<string> {
  return await new Promise((resolve) => socket.once('data', (piece: Buffer) => resolve(piece.toString())));
}

describe('slow clients', () => {
  it('2,000 that never finish are let go, while others are served', { timeout: 60_000 }, async () => {
    // Behind a proxy, so that all of them come from one address, as they do there.
    const site = await openSite({ proxies: 1 });
    const { port } = new URL(site.url);
    const token = await site.token('maria');
    const ended = { count: 0 };
    const half = Array.from({ length: 2000 }, async () => {
      const socket = connect(Number(port), '127.0.0.1');
      whenDone(() => socket.destroy());
      socket.on('error', () => undefined).resume();
      socket.once('close', () => (ended.count += 1));
      socket.write(`POST /mcp HTTP/1.1\r\nHost: localhost:${port}\r\nX-Slow: `);
    });
    await Promise.all(half);
    const started = Date.now();
    let served = 0;
    while (ended.count < 2000 && Date.now() - started < 20_000) {
      const answer = await site.rpc(token, 'tools/list').catch(() => null);
      if (answer?.status === 200) served += 1;
      await answer?.text();
      await pause(250);
    }
    expect(Date.now() - started).toBeLessThan(15_000);
    expect(ended.count).toBe(2000);
    expect(served).toBeGreaterThan(0);
  });
});

describe('the log', () => {
  it('has every request under its number and its trace, and no word of anybody', async () => {
    const site = await openSite({ passwords: ['maria'] });
    const lines: string[] = [];
    const spy = (line: string, fields: object = {}) => lines.push(JSON.stringify({ line, ...fields }));
    Object.assign(site.site.house.log, { info: spy, error: spy });
    const token = await site.token('maria');
    const trace = '0af7651916cd43dd8448eb211c80319c';
    const answer = await site.rpc(
      token,
      'tools/call',
      { name: 'create-customer', arguments: { name: 'Dana Henderson', email: 'dana@canary.example' } },
      {
        ...{ 'x-request-id': 'from-the-proxy-1', traceparent: `00-${trace}-b7ad6b7169203331-01` },
      },
    );
    expect(answer.headers.get('x-request-id')).toBe('from-the-proxy-1');
    await site.get('/sign-in', {
      method: 'POST',
      headers: { origin: site.url },
      body: new URLSearchParams({ email: 'maria@example.com', password: 'hunter2 hunter2' }),
    });
    await site.get(`/invitation/${'s'.repeat(43)}`);
    await site.get('/a/1/J-1');
    expect(lines.length).toBeGreaterThan(4);
    const all = lines.join('\n');
    for (const canary of [
      'Dana',
      'canary',
      token,
      'maria',
      'Maria',
      'hunter2',
      'Lopez',
      'J-1',
      's'.repeat(43),
      '127.0.0.1',
    ])
      expect(all).not.toContain(canary);
  });

  it('gives a request its own number where none, or none in earnest, came with it', async () => {
    const site = await openSite();
    for (const given of [undefined, 'x', 'a b c d e f g h', '<script>alert(1)</script>']) {
      const answer = await site.get('/healthz', given === undefined ? {} : { headers: { 'x-request-id': given } });
      expect(answer.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    }
  });
});

describe('the end', () => {
  it('takes nothing new, answers what is under way, and is quick', async () => {
    const site = await openSite();
    const token = await site.token('maria');
    expect(await (await site.get('/readyz')).json()).toEqual({ ready: true });
    const many = Array.from(
      { length: 20 },
      async (_, index) =>
        await site
          .rpc(token, 'tools/call', { name: 'create-customer', arguments: { name: `Customer ${index}`, repeat: true } })
          .then(
            (answer) => answer.status,
            () => 0,
          ),
    );
    await pause(30);
    const started = Date.now();
    await site.close();
    expect(Date.now() - started).toBeLessThan(10_000);
    const statuses = await Promise.all(many);
    const { count } = await site.ok('olga', 'list-customers', { limit: 50 });
    // Nothing was acknowledged that is not there.
    expect(count ?? 0).toBeGreaterThanOrEqual(statuses.filter((status) => status === 200).length);
    await expect(site.get('/healthz')).rejects.toThrow('fetch failed');
  });
});
