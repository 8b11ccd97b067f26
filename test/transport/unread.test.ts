// What nobody can take from the others by not reading, or by saying nothing.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { LARGEST_IN_ANSWER } from '../../src/domain/file.ts';
import { CONNECTION_RULES } from '../../src/transport/http/connections.ts';
import { OUTGOING_RULES } from '../../src/transport/http/outgoing.ts';
import { whenDone } from '../support/ending.ts';
import { openSite, UNLIMITED, type Served } from '../support/site.ts';
import { letPass, until } from '../support/time.ts';

const MB = 1024 * 1024;

/** A file under Dana, of so many bytes. @returns its number */
async function keepPdf(site: Served, bytes: number): Promise<string> {
  await site.ok('maria', 'create-customer', { name: 'Dana' });
  const content = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(bytes - 16), Buffer.from('\n%%EOF\n')]);
  await site.ok('maria', 'attach-file', {
    ...{ customer: 'C-1', kind: 'document', name: 'plans.pdf', content: content.toString('base64') },
  });
  return 'F-1';
}

async function open(site: Served): Promise<Socket> {
  const socket = connect(Number(new URL(site.url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  whenDone(() => socket.destroy());
  await once(socket, 'connect');
  return socket;
}

/** Asks for a file so often, and never reads what comes. The system's own buffers take some 40 MB for each connection. */
async function askAndNotRead(site: Served, token: string, id: string, times: number): Promise<Socket> {
  const socket = await open(site);
  socket.pause();
  const body = JSON.stringify({
    ...{ jsonrpc: '2.0', id: 1, method: 'tools/call' },
    params: { name: 'fetch', arguments: { id } },
  });
  const { host } = new URL(site.url);
  const asked =
    `POST /mcp HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\n` +
    `Accept: application/json, text/event-stream\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  socket.write(asked.repeat(times));
  return socket;
}

async function fetched(site: Served, token: string, id: string) {
  const answer = await site.rpc(token, 'tools/call', { name: 'fetch', arguments: { id } });
  return { status: answer.status, text: await answer.text() };
}

describe('a large file', () => {
  it('goes by a link, once, instead of in the answer; a small one stays in it', async () => {
    const site = await openSite();
    const token = await site.token('maria');
    const large = await keepPdf(site, 10 * MB);
    const { text } = await fetched(site, token, large);
    expect(text.length).toBeLessThan(4000);
    expect(text).toContain('too large to be shown here');
    const [, path = ''] = /(\/download\/[\w-]{43})/.exec(text) ?? [];
    const headers = { authorization: `Bearer ${token}` };
    const sent = await site.get(path, { headers });
    expect([sent.status, sent.headers.get('content-length')]).toEqual([200, String(10 * MB)]);
    expect((await sent.arrayBuffer()).byteLength).toBe(10 * MB);
    expect((await site.get(path, { headers })).status).toBe(404);
  });

  it('of the largest size that is shown stays within 1 MB', async () => {
    const site = await openSite();
    const { text } = await fetched(site, await site.token('maria'), await keepPdf(site, LARGEST_IN_ANSWER));
    expect(text).toContain('"blob"');
    expect(text.length).toBeLessThan(MB);
  });

  it('is read by a resource as a link too', async () => {
    const site = await openSite();
    await keepPdf(site, MB);
    const answer = await site.rpc(await site.token('maria'), 'resources/read', { uri: 'jobwright://files/F-1' });
    const text = await answer.text();
    expect(text.length).toBeLessThan(4000);
    expect(text).toContain('/download/');
  });
});

describe('answers that nobody takes', () => {
  it('of one member are so many bytes, and nobody else waits for them', { timeout: 60_000 }, async () => {
    const site = await openSite({ rates: UNLIMITED, outgoing: { ...OUTGOING_RULES, mostEach: 16 * MB } });
    const id = await keepPdf(site, LARGEST_IN_ANSWER);
    const token = await site.token('maria');
    await fetched(site, token, id);
    const before = process.memoryUsage().rss;
    await Promise.all(Array.from({ length: 220 }, async () => await askAndNotRead(site, token, id, 2)));
    const boris = await site.token('boris');
    for (let calls = 0; calls < 20; calls += 1) expect((await site.rpc(boris, 'tools/list')).status).toBe(200);
    expect(process.memoryUsage().rss - before).toBeLessThan(400 * MB);
  });

  it.each([
    ['and nothing else', 16, 2500, 400, { stalledMs: 500, slowest: 1 }],
    ['though their client says a little now and then', 40, 0, 10_000, { stalledMs: 500, slowest: 100 * MB }],
  ])('are cut off after a while, %s', { timeout: 60_000 }, async (_, times, silentMs, within, rules) => {
    const site = await openSite({ rates: UNLIMITED, outgoing: { ...OUTGOING_RULES, ...rules } });
    const id = await keepPdf(site, LARGEST_IN_ANSWER);
    const socket = await askAndNotRead(site, await site.token('maria'), id, times);
    await fetched(site, await site.token('maria'), id);
    const isCutOff = () => socket.destroyed;
    let took = Infinity;
    while (!isCutOff()) {
      // Where the books take their time, the last answer came after this silence had begun.
      await letPass(silentMs, 'nobody says anything for that long');
      // It learns of it only where it says something.
      const started = performance.now();
      while (!isCutOff() && performance.now() - started < within) {
        socket.write('\r\n');
        await letPass(20, 'the client says a little now and then');
      }
      took = performance.now() - started;
    }
    expect(took).toBeLessThan(within);
  });

  it('are never answered empty, behind one of the same connection', async () => {
    const outgoing = { ...OUTGOING_RULES, stalledMs: 100, slowest: 100 * MB };
    const site = await openSite({ rates: UNLIMITED, outgoing });
    const id = await keepPdf(site, LARGEST_IN_ANSWER);
    const socket = await askAndNotRead(site, await site.token('maria'), id, 40);
    let answers = '';
    socket.on('data', (piece: Buffer) => {
      answers += piece.toString('latin1');
    });
    await letPass(2000, 'the first ones are not taken');
    socket.resume();
    await until(() => socket.destroyed, { within: 15_000 });
    expect(answers).toContain('HTTP/1.1 200');
    expect(answers).not.toMatch(/\r\n\r\n0\r\n/);
  });

  it('that are slow, but go on, are not cut off', { timeout: 30_000 }, async () => {
    const site = await openSite({ rates: UNLIMITED, outgoing: { ...OUTGOING_RULES, stalledMs: 500 } });
    const id = await keepPdf(site, LARGEST_IN_ANSWER);
    const socket = await askAndNotRead(site, await site.token('maria'), id, 1);
    let [bytes, tail] = [0, ''];
    socket.on('data', (piece: Buffer) => {
      bytes += piece.length;
      tail = (tail + piece.toString('latin1')).slice(-20);
      socket.pause();
      void letPass(20, 'a client that is slow').then(() => socket.resume());
    });
    socket.resume();
    await until(() => tail.endsWith('0\r\n\r\n') || socket.destroyed, { within: 25_000 });
    expect(bytes).toBeGreaterThan(LARGEST_IN_ANSWER);
    expect(tail.endsWith('0\r\n\r\n')).toBe(true);
  });
});

describe('connections', () => {
  it.each([
    ['say nothing', ''],
    ['never end their headers', 'POST /mcp HTTP/1.1\r\nHost: localhost\r\nX-Half: '],
    [
      'never end a form',
      'POST /sign-in HTTP/1.1\r\nHost: HOST\r\nOrigin: http://HOST\r\nContent-Length: 900\r\n\r\na=',
    ],
  ])('that %s keep nobody out behind the same address', async (_, said) => {
    const site = await openSite({ rates: UNLIMITED, connections: { most: 60, mostEach: 40 } });
    const { host } = new URL(site.url);
    const half = await Promise.all(
      Array.from({ length: 70 }, async () => {
        const socket = await open(site);
        socket.write(said.replaceAll('HOST', host));
        return socket;
      }),
    );
    const token = await site.token('maria');
    for (let calls = 0; calls < 10; calls += 1)
      expect((await site.rpc(token, 'tools/list', {}, { connection: 'close' })).status).toBe(200);
    const left = () => half.filter((socket) => !socket.destroyed).length;
    await until(() => left() <= 40);
    expect(left()).toBeLessThanOrEqual(40);
  });

  it('on which somebody is served are not closed for those that come', async () => {
    const site = await openSite({ rates: UNLIMITED, connections: { ...CONNECTION_RULES, mostEach: 3 } });
    const id = await keepPdf(site, LARGEST_IN_ANSWER);
    const token = await site.token('maria');
    const busy = await askAndNotRead(site, token, id, 6);
    await Promise.all([open(site), open(site), open(site), open(site)]);
    expect((await site.rpc(token, 'tools/list', {}, { connection: 'close' })).status).toBe(200);
    const answers = { bytes: 0 };
    busy.on('data', (piece: Buffer) => {
      answers.bytes += piece.length;
    });
    busy.resume();
    await until(() => answers.bytes >= 6 * LARGEST_IN_ANSWER || busy.destroyed);
    expect(answers.bytes).toBeGreaterThan(6 * LARGEST_IN_ANSWER);
  });
});
