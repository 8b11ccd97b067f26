// Whoever asks to sign in says where a document about them is. The server must not be led to anything inside by that.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { fetcherOf, type Fetching } from '../../../src/transport/auth/client-documents.ts';
import { requestAt, type Address } from '../../../src/transport/auth/pinned.ts';
import { whenDone } from '../../support/ending.ts';
import { authorizePath, pkce } from '../../support/oauth.ts';
import { openSite } from '../../support/site.ts';

const OUTSIDE = 'https://93.184.215.14/client.json';

/** The outside: nothing goes there from a test, but what was going to is seen. */
function outside(resolve?: Fetching['resolve']) {
  const asked: { readonly url: string; readonly addresses: readonly Address[]; readonly signal: AbortSignal }[] = [];
  const fetchOutside = fetcherOf({
    ...(resolve === undefined ? {} : { resolve }),
    send: async ({ href: url }, addresses, { signal }) => {
      asked.push({ url, addresses, signal });
      return new Response('{}', { headers: { 'content-type': 'application/json' } });
    },
  });
  return { asked, fetchOutside };
}

/** Something that listens on this machine, and what it was sent first. */
async function listening(): Promise<{ port: number; heard: string[] }> {
  const heard: string[] = [];
  const server = createServer((socket) => {
    heard.push('');
    socket.on('error', () => undefined);
    socket.once('data', (bytes) => {
      heard[heard.length - 1] = bytes.toString('latin1');
      socket.destroy();
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  whenDone(async () => void server.close());
  const address = server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0, heard };
}

describe('a name that leads elsewhere a moment later', () => {
  it('is looked up once, and what was looked at is asked', async () => {
    const { port, heard } = await listening();
    const answers = ['93.184.215.14', '127.0.0.1'];
    const resolved: string[] = [];
    const resolve = async (hostname: string) => {
      resolved.push(hostname);
      return [{ address: answers[resolved.length - 1] ?? '127.0.0.1', family: 4 }];
    };
    const real = fetcherOf({ resolve })(`https://client.example:${port}/c`, { signal: AbortSignal.timeout(500) });
    await expect(real).rejects.toThrow(/abort|timeout|ECONN|UNREACH/i);
    expect([resolved, heard]).toEqual([['client.example'], []]);
    const { asked, fetchOutside } = outside(resolve);
    await expect(fetchOutside(`https://client.example:${port}/c`)).rejects.toThrow('leads inside');
    expect(asked).toEqual([]);
  });

  it('is connected to at the address that was looked at, by its own name', async () => {
    const { port, heard } = await listening();
    const url = new URL(`https://client.example:${port}/c`);
    const asked = { headers: new Headers(), signal: AbortSignal.timeout(3000), largest: 1024 };
    await expect(requestAt(url, [{ address: '127.0.0.1', family: 4 }], asked)).rejects.toThrow(
      /socket|hang up|ECONNRESET/i,
    );
    // The name that the certificate is held against stands in the clear in the first bytes of TLS.
    expect(heard).toEqual([expect.stringContaining('client.example')]);
  });

  it('is asked for nowhere where one of its addresses leads inside', async () => {
    const { asked, fetchOutside } = outside(async () =>
      ['93.184.215.14', '10.0.0.1'].map((address) => ({ address, family: 4 })),
    );
    await expect(fetchOutside('https://client.example/c')).rejects.toThrow('leads inside');
    expect(asked).toEqual([]);
  });
});

describe('a document at', () => {
  it.each([
    ...['127.0.0.1', '127.8.9.10', '0.0.0.0', '10.0.0.1', '10.255.255.255', '172.16.0.1', '172.31.255.255'],
    ...['192.168.1.10', '169.254.169.254', '100.64.0.1', '100.127.255.255', '192.0.0.8', '198.18.0.1'],
    ...['192.0.2.1', '198.51.100.1', '203.0.113.1', '224.0.0.1', '255.255.255.255'],
    // As a URL reads them, each is one of those.
    ...['2130706433', '0x7f000001', '0x7f.1', '017700000001', '127.1', '3232235786', '0xa9fea9fe', '１２７.0.0.1'],
    ...['[::1]', '[::]', '[fd00::1]', '[fc00::1]', '[fe80::1]', '[fec0::1]', '[ff02::1]'],
    ...['[::ffff:127.0.0.1]', '[::ffff:10.0.0.1]', '[::ffff:a9fe:a9fe]', '[::127.0.0.1]', '[::ffff:0:127.0.0.1]'],
    ...['[64:ff9b::127.0.0.1]', '[64:ff9b::a00:1]', '[64:ff9b:1::a00:1]', '[2002:7f00:1::]', '[2002:a00:1::1]'],
    ...['[2001::1]', '[2001:db8::1]', '[100::1]', '[3fff::1]', '[4000::1]', '[5f00::1]', '[2620:4f:8000::1]'],
    ...['192.31.196.1', '192.52.193.1', '192.88.99.1', '192.175.48.1'],
    // Names that lead here.
    ...['localhost', 'LOCALHOST', 'localhost.'],
  ])('https://%s is not asked for', async (host) => {
    const { asked, fetchOutside } = outside();
    for (const port of ['', ':8443'])
      await expect(fetchOutside(`https://${host}${port}/client.json`)).rejects.toThrow(
        /leads inside|ENOTFOUND|EAI_AGAIN|not found/,
      );
    expect(asked).toEqual([]);
  });

  it.each([
    'http://93.184.215.14/client.json',
    'ftp://93.184.215.14/client.json',
    'file:///etc/passwd',
    'data:application/json,{}',
    'https://user@93.184.215.14/client.json',
    'https://user:pass@93.184.215.14/client.json',
    'https://:pass@93.184.215.14/client.json',
  ])('%s is not asked for: only https, without credentials', async (url) => {
    const { asked, fetchOutside } = outside();
    await expect(fetchOutside(url)).rejects.toThrow('only https addresses without credentials');
    expect(asked).toEqual([]);
  });

  it.each([OUTSIDE, 'https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/client.json', 'https://172.15.255.255/c'])(
    '%s is asked for, with no way to be sent elsewhere, and not without end',
    async (url) => {
      const { asked, fetchOutside } = outside();
      for (const given of [url, new URL(url), new Request(url)]) await fetchOutside(given, { redirect: 'follow' });
      expect(asked.map((each) => each.url)).toEqual([url, url, url]);
      for (const { signal } of asked) expect(signal).toBeInstanceOf(AbortSignal);
    },
  );

  it('any place is no longer asked for once whoever wanted it gave up', async () => {
    const { asked, fetchOutside } = outside();
    const ending = new AbortController();
    await fetchOutside(OUTSIDE, { signal: ending.signal });
    expect(asked[0]?.signal.aborted).toBe(false);
    ending.abort();
    expect(asked[0]?.signal.aborted).toBe(true);
  });

  it('a place that never answers is let go after a few seconds', async () => {
    const { asked, fetchOutside } = outside();
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
      expect(ms).toBeLessThanOrEqual(5000);
      return AbortSignal.abort();
    });
    await fetchOutside(OUTSIDE);
    vi.restoreAllMocks();
    expect(asked[0]?.signal.aborted).toBe(true);
  });
});

describe('a server that knows assistants by their documents', () => {
  it('asks outside for them, and nowhere inside', async () => {
    const { asked, fetchOutside } = outside();
    const site = await openSite({ clientDocuments: true, fetchDocument: fetchOutside });
    const begin = async (clientId: string) =>
      (await site.get(authorizePath(site, { clientId }, pkce().challenge))).status;
    for (const host of ['127.0.0.1', 'localhost', '169.254.169.254', '[::ffff:10.0.0.1]', '2130706433'])
      expect(await begin(`https://${host}/client.json`)).toBe(400);
    expect(asked).toEqual([]);
    expect(await begin(OUTSIDE)).toBe(400);
    expect(new Set(asked.map(({ url }) => url))).toEqual(new Set([OUTSIDE]));
  });
});
