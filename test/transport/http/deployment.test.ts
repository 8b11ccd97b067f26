// A server that stands otherwise than it was told says so, to its log and in /readyz.
import { once } from 'node:events';
import { IncomingMessage, request } from 'node:http';
import { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { createLogger } from '../../../src/logger.ts';
import { Deployment } from '../../../src/transport/http/deployment.ts';
import { openCompany } from '../../support/company.ts';
import { openSite } from '../../support/site.ts';

type Headers = Record<string, string>;

async function open(proxies: number, publicUrl?: string) {
  const company = await openCompany({});
  const told: string[] = [];
  const log = { ...createLogger('silent'), error: (words: string) => void told.push(words) };
  const site = await openSite({
    ...{ company: { ...company, app: { ...company.app, log } }, proxies },
    ...(publicUrl === undefined ? {} : { publicUrl }),
  });
  const ask = async (headers: Headers, path = '/sign-in') => {
    const asking = request(new URL(path, site.local), { headers, agent: false }).end();
    const [message] = await once(asking, 'response');
    message.resume();
    await once(message, 'end');
  };
  const ready = async () => {
    const answer = await site.get('/readyz');
    return [answer.status, await answer.json()];
  };
  return { told, ask, ready };
}

it.each<Headers>([
  { 'x-forwarded-for': '203.0.113.7' },
  { 'x-forwarded-proto': 'https' },
  { 'x-forwarded-host': 'books.example.com' },
  { forwarded: 'for=203.0.113.7' },
])('a proxy that nobody named is told of (%o)', async (headers) => {
  const { told, ask, ready } = await open(0);
  await ask({});
  expect(await ready()).toEqual([200, { ready: true }]);
  await ask(headers);
  await ask(headers);
  expect(told).toEqual([expect.stringMatching(/^requests come through a proxy, .*--proxies 1$/)]);
  expect(await ready()).toEqual([200, { ready: true, warnings: told }]);
});

it('a way around the proxies is told of', async () => {
  const { told, ask, ready } = await open(2, 'https://books.example.com');
  const host = 'books.example.com';
  await ask({ host, 'x-forwarded-for': '203.0.113.7, 10.0.0.1' });
  await ask({ host, 'x-forwarded-for': '198.51.100.1, 203.0.113.7, 10.0.0.1' });
  // Whoever looks after the machine, and whoever asks for another name.
  await ask({}, '/healthz');
  await ask({ host: 'evil.example' });
  expect(await ready()).toEqual([200, { ready: true }]);
  await ask({ host, 'x-forwarded-for': '203.0.113.7' });
  await ask({ host });
  expect(told).toEqual([expect.stringMatching(/^requests come with fewer addresses .* than --proxies says/)]);
  expect(await ready()).toEqual([200, { ready: true, warnings: told }]);
});

it('is not believed of somebody far away, and is forgotten once it is mended', () => {
  const told: string[] = [];
  const clock = { now: 0 };
  const deployment = new Deployment(
    { error: (words) => void told.push(words) },
    { proxies: 0, publicHost: 'books.example.com', now: () => clock.now },
  );
  const from = (remoteAddress: string) => {
    const socket = new Socket();
    Object.defineProperty(socket, 'remoteAddress', { value: remoteAddress });
    const req = new IncomingMessage(socket);
    req.headers['x-forwarded-for'] = '203.0.113.7';
    deployment.look(req);
  };
  for (const far of ['203.0.113.9', '::ffff:203.0.113.9', '2606:4700::1111', '172.32.0.1']) from(far);
  expect(deployment.faults()).toEqual([]);
  for (const near of ['127.0.0.1', '::ffff:10.1.2.3', '172.31.0.1', '192.168.1.1', '::1', 'fd00::2', 'fe80::1']) {
    from(near);
    expect(deployment.faults()).toHaveLength(1);
    clock.now += 60 * 60 * 1000;
    expect(deployment.faults()).toEqual([]);
  }
  expect(told).toHaveLength(7);
});
