// The server itself: what it refuses and in which order, how it holds out, what it logs, and how it ends.
import { Agent, request, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { buildServer } from '../../src/protocol.ts';
import { newInvitation } from '../../src/services/access/people.ts';
import { emailOf } from '../support/company.ts';
import { whenDone } from '../support/ending.ts';
import { livingWhereOpened } from '../support/sessions.ts';
import { openSite, UNLIMITED, type Served } from '../support/site.ts';
import { letPass, until, within } from '../support/time.ts';

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
    ['a method that is no text', '{"jsonrpc":"2.0","id":1,"method":7}'],
    ['no version', '{"id":1,"method":"tools/list"}'],
    ['__proto__', '{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"__proto__":{"role":"owner"}}}'],
    [
      '__proto__ spelled',
      '{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"\\u005f_proto_\\u005f":{"role":"owner"}}}',
    ],
    ['a session that never was', call(1, 'list-jobs', {}), { 'mcp-session-id': 'nobody' }],
  ];

  it.each(JUNK.map((junk): [string, Junk] => [junk[0], junk]))(
    '%s is refused within a second, and the next call is answered',
    async (_, [, body, headers = {}]) => {
      const site = await openSite();
      const token = await site.token('maria');
      const started = performance.now();
      const refused = await post(site, token, body, headers);
      const words = await refused.text();
      expect(performance.now() - started).toBeLessThan(1000);
      expect(refused.status).toBeGreaterThanOrEqual(400);
      expect(refused.status).toBeLessThan(500);
      expect(words.length).toBeLessThan(4096);
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

describe('arguments that are no object', () => {
  it.each([
    ['null', null],
    ['an empty text', ''],
    ['the JSON text of an object', '{}'],
  ])('%s are read as one, by clients of both eras', async (_, args) => {
    const site = await openSite();
    const token = await site.token('maria');
    const answers = [
      await post(site, token, call(1, 'get-account', args), { 'mcp-protocol-version': '2025-11-25' }),
      await site.rpc(token, 'tools/call', { name: 'get-account', arguments: args }),
    ];
    for (const answer of answers) expect(await answer.text()).toContain('"structuredContent":{"account"');
  });

  it.each([
    ['a text that is no JSON', 'everything'],
    ['the JSON text of a list', '[]'],
    ['a list', []],
  ])('%s is refused', async (_, args) => {
    const site = await openSite();
    const token = await site.token('maria');
    const answer = await post(site, token, call(1, 'get-account', args), { 'mcp-protocol-version': '2025-11-25' });
    expect(await answer.text()).toContain('"error"');
  });

  it('what a call needs is looked up by what the text says', async () => {
    const site = await openSite();
    const token = await site.token('maria', { scopes: ['books:read'] });
    const asked = call(1, 'fetch', JSON.stringify({ id: 'Q-1' }));
    const answer = await post(site, token, asked, { 'mcp-protocol-version': '2025-11-25' });
    expect(answer.status).toBe(403);
    expect(answer.headers.get('www-authenticate')).toContain('scope="books:read costs:read"');
  });
});

describe('a body that is too large', () => {
  const MB = 1024 * 1024;
  const PIECE = Buffer.alloc(64 * 1024, 'x');

  /** Sends it piece by piece, as fast as it is taken, until it is through or refused. */
  const send = async (site: Served, token: string, { bytes, saysSo }: { bytes: number; saysSo: boolean }) => {
    const sending = request(new URL('/mcp', site.url), {
      method: 'POST',
      headers: {
        ...{ authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(saysSo ? { 'content-length': bytes } : { 'transfer-encoding': 'chunked' }),
      },
    });
    whenDone(() => sending.destroy());
    const end = { status: 0, isClosed: false };
    sending.on('response', (answer) => (end.status = answer.resume().statusCode ?? 0));
    sending.on('error', () => (end.isClosed = true));
    let sent = 0;
    let most = 0;
    const isOver = () => end.status > 0 || end.isClosed;
    while (sent < bytes && !isOver()) {
      if (!sending.write(PIECE)) await within(50, new Promise((resolve) => sending.once('drain', resolve)), null);
      sent += PIECE.length;
      most = Math.max(most, process.memoryUsage().arrayBuffers);
    }
    if (!isOver()) sending.end();
    await until(isOver);
    return { ...end, sent, most };
  };

  it.each([
    ['says so', true, 33],
    ['does not say so', false, 40],
    ['has no end', false, 400],
  ])('and %s is refused within a second, and takes no more memory than one may', async (_, saysSo, megabytes) => {
    const site = await openSite();
    const token = await site.token('maria');
    const before = process.memoryUsage().arrayBuffers;
    const started = performance.now();
    const { status, isClosed, sent, most } = await send(site, token, { bytes: megabytes * MB, saysSo });
    expect(performance.now() - started).toBeLessThan(1000);
    // Whoever goes on sending may find the connection closed before reading why.
    expect(isClosed && status === 0 ? 413 : status).toBe(413);
    expect(sent).toBeLessThan(saysSo ? 8 * MB : 40 * MB + 1);
    expect(most - before).toBeLessThan(80 * MB);
    expect((await site.rpc(token, 'tools/list')).status).toBe(200);
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
        time: 60_000,
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
  it('of one token leave other tokens alone; of one account, other accounts', async () => {
    const site = await openSite({ rates: { ...UNLIMITED, token: 3, account: 5 } });
    const [maria, olga, boris] = await Promise.all([site.token('maria'), site.token('olga'), site.token('boris')]);
    const status = async (token: string) => (await site.rpc(token, 'tools/list')).status;
    expect([await status(maria), await status(maria), await status(maria), await status(maria)]).toEqual([
      200, 200, 200, 429,
    ]);
    expect([await status(olga), await status(olga), await status(olga)]).toEqual([200, 200, 429]);
    expect(await status(boris)).toBe(200);
  });

  it('of wrong tokens stop whoever guesses, nobody at another address, and nobody with a good one', async () => {
    const site = await openSite({ rates: { ...UNLIMITED, wrongTokens: 4 }, proxies: 1 });
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
    const site = await openSite({ rates: { ...UNLIMITED, failures: 3 } });
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
    const site = await openSite({ rates: { ...UNLIMITED, registrations: 3, beginnings: 3 } });
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

  it('count the time that a member takes of the books, and leave others alone', async () => {
    const site = await openSite({ rates: { ...UNLIMITED, time: 1 } });
    const [maria, olga] = [await site.token('maria'), await site.token('olga')];
    const call = async (token: string) => await site.rpc(token, 'tools/call', { name: 'list-jobs', arguments: {} });
    let answer = await call(maria);
    for (let calls = 0; calls < 50 && answer.status === 200; calls += 1) answer = await call(maria);
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await call(olga)).status).toBe(200);
  });

  it('believe no address that a caller writes down', async () => {
    const site = await openSite({ rates: { ...UNLIMITED, address: 2 } });
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
    livingWhereOpened();
    const idle = await open(site, token);
    await letPass(900, 'nobody uses the session for that long');
    expect(await ping(site, token, idle)).toBe(404);
  });

  it('are so many each, and the oldest makes room', async () => {
    livingWhereOpened();
    const site = await openSite({ sessions: { most: 100, mostEach: 2, idleMs: 60_000 } });
    const token = await site.token('maria');
    const ids = [await open(site, token), await open(site, token), await open(site, token)];
    expect(await Promise.all(ids.map(async (id) => await ping(site, token, id)))).toEqual([404, 200, 200]);
  });

  it('that made room are gone on with, where their ids say of them what is needed', async () => {
    const site = await openSite({ sessions: { most: 100, mostEach: 2, idleMs: 60_000 } });
    const token = await site.token('maria');
    const ids = [await open(site, token), await open(site, token), await open(site, token)];
    const answers: number[] = [];
    for (const id of ids) answers.push(await ping(site, token, id));
    expect(answers).toEqual([200, 200, 200]);
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
    const started = Date.now();
    const half = Array.from({ length: 2000 }, async () => {
      const socket = await opened(Number(port));
      socket.resume().once('close', () => (ended.count += 1));
      socket.write(`POST /mcp HTTP/1.1\r\nHost: localhost:${port}\r\nX-Slow: `);
    });
    await Promise.all(half);
    const served: { readonly status: number; readonly ms: number }[] = [];
    while (ended.count < 2000 && Date.now() - started < 20_000) {
      const asked = performance.now();
      const answer = await site.rpc(token, 'tools/list');
      await answer.text();
      served.push({ status: answer.status, ms: performance.now() - asked });
      await letPass(250, 'whoever works asks now and then');
    }
    expect(Date.now() - started).toBeLessThan(15_000);
    expect(ended.count).toBe(2000);
    expect(served.length).toBeGreaterThan(20);
    expect(served.filter(({ status, ms }) => status !== 200 || ms > 1000)).toEqual([]);
  });

  it('of one address hold so many connections; the oldest that say nothing go first', async () => {
    const site = await openSite();
    const port = Number(new URL(site.url).port);
    const sockets = await Promise.all(Array.from({ length: 520 }, async () => await opened(port)));
    const isOpen = (socket: Socket) => !socket.closed;
    await until(() => sockets.filter(isOpen).length <= 500);
    await letPass(100, 'no more of them are closed than must be');
    expect(sockets.filter(isOpen)).toHaveLength(500);
    expect(sockets.slice(20).every(isOpen)).toBe(true);
    expect((await site.get('/healthz')).status).toBe(200);
    // All of 127.0.0.0/8 is this machine, on Linux without further ado.
    // oxlint-disable-next-line vitest/no-conditional-expect
    if (process.platform === 'linux') expect(await healthOf(port, '127.0.0.2')).toContain('200 OK');
  });

  const QUICK = { headersMs: 300, formMs: 300, requestMs: 10_000 };
  const slow = async (site: Served, head: string, every?: string): Promise<number> => {
    const { host, port } = new URL(site.url);
    const socket = await opened(Number(port));
    socket.resume();
    const started = Date.now();
    socket.write(head.replace('HOST', host));
    const more = every === undefined ? undefined : setInterval(() => socket.write(every), 50);
    whenDone(() => clearInterval(more));
    await within(20_000, new Promise((resolve) => socket.once('close', resolve)), null);
    return Date.now() - started;
  };
  const form = ({ url }: Served, path: string, type = 'application/x-www-form-urlencoded') =>
    `POST ${path} HTTP/1.1\r\nHost: HOST\r\nOrigin: ${url}\r\nContent-Type: ${type}\r\nContent-Length: 2000\r\n\r\n`;

  const invited = async ({ directory }: Served) =>
    `/invitation/${(await newInvitation(directory, { email: emailOf('maria') })).invitation}`;
  it.each<[string, (site: Served) => Promise<string>, string?]>([
    ['to sign in', async () => '/sign-in'],
    ['to choose a password', invited],
    ['for tokens', async () => '/oauth/token'],
    ['to introduce themselves', async () => '/oauth/register', 'application/json'],
  ])(
    'that begin a form %s and never send it are let go, as are those who send it drop by drop',
    async (_, to, type) => {
      const site = await openSite({ timeouts: QUICK });
      const head = form(site, await to(site), type);
      const [silent, dripping] = await Promise.all([slow(site, head), slow(site, head, 'a')]);
      expect(silent).toBeLessThan(3000);
      expect(dripping).toBeLessThan(3000);
    },
  );

  it('that have a token have longer, and not without end', async () => {
    const site = await openSite({ timeouts: { ...QUICK, requestMs: 3000 } });
    const token = await site.token('maria');
    const head = `POST /mcp HTTP/1.1\r\nHost: HOST\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: 2000\r\n\r\n{`;
    const [silent, dripping] = await Promise.all([slow(site, head), slow(site, head, ' ')]);
    for (const ms of [silent, dripping]) {
      expect(ms).toBeGreaterThan(2900);
      expect(ms).toBeLessThan(6000);
    }
  });

  it('that never finish a form are let go within 15 s where nothing else was said', { timeout: 30_000 }, async () => {
    const site = await openSite();
    expect(await slow(site, form(site, '/sign-in'), 'a')).toBeLessThan(15_000);
  });
});

async function healthOf(port: number, localAddress: string): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', localAddress });
  whenDone(() => socket.destroy());
  socket.on('error', () => undefined);
  socket.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n');
  return await firstLine(socket);
}

describe('the number of a request', () => {
  it('is the one that a proxy gave it', async () => {
    const site = await openSite();
    const answer = await site.get('/healthz', { headers: { 'x-request-id': 'from-the-proxy-1' } });
    expect(answer.headers.get('x-request-id')).toBe('from-the-proxy-1');
  });

  it('is its own where none, or none in earnest, came with it', async () => {
    const site = await openSite();
    for (const given of [undefined, 'x', 'a b c d e f g h', '<script>alert(1)</script>']) {
      const answer = await site.get('/healthz', given === undefined ? {} : { headers: { 'x-request-id': given } });
      expect(answer.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    }
  });
});

describe('the end', () => {
  const NAMES = Array.from({ length: 20 }, (_, index) => `Customer ${index}`);

  it('answers all that is under way, says that it is not ready, takes nothing new, and is quick', async () => {
    // Every call waits in the middle until it may go on.
    const gate = Promise.withResolvers<void>();
    let waiting = 0;
    const site = await openSite({
      build: async (...given) => {
        waiting += 1;
        await gate.promise;
        return await buildServer(...given);
      },
    });
    const token = await site.token('maria');
    const agent = new Agent({ keepAlive: true, maxSockets: NAMES.length });
    whenDone(() => agent.destroy());
    const ask = async (path: string, method: string, body = '') =>
      await new Promise<number>((resolve, reject) => {
        const headers = {
          ...{ authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          accept: 'application/json, text/event-stream',
        };
        const sending = request(new URL(path, site.url), { method, agent, headers });
        sending.on('error', reject).on('response', (answer: IncomingMessage) => {
          void text(answer).then(() => resolve(answer.statusCode ?? 0), reject);
        });
        sending.end(body);
      });
    const warm = await Promise.all(NAMES.map(async () => await ask('/readyz', 'GET')));
    expect(warm).toEqual(NAMES.map(() => 200));
    const kept = await opened(Number(new URL(site.url).port));
    kept.write('GET /readyz HTTP/1.1\r\nHost: local');

    const calls = NAMES.map(
      async (name) => await ask('/mcp', 'POST', call(1, 'create-customer', { name, evenIfSimilar: true })),
    );
    const settled = Promise.allSettled(calls);
    await until(() => waiting >= NAMES.length);
    expect(waiting).toBe(NAMES.length);
    const started = Date.now();
    const closed = site.close();
    await expect(site.get('/healthz')).rejects.toThrow('fetch failed');
    // Whoever was about to ask is told.
    kept.write('host\r\n\r\n');
    expect(await firstLine(kept)).toContain('503 Service Unavailable');
    gate.resolve();
    expect((await settled).map((each) => (each.status === 'fulfilled' ? each.value : each.reason))).toEqual(
      NAMES.map(() => 200),
    );
    await closed;
    expect(Date.now() - started).toBeLessThan(10_000);
    const { customers } = await site.ok('olga', 'list-customers', { limit: 50 });
    expect(customers).toHaveLength(NAMES.length);
  });
});
