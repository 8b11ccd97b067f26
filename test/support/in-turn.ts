// A balancer that keeps nobody with one process.
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Reached } from './oauth.ts';

/** One address for several processes: each request goes to the next of them. @returns which one got which */
export async function inTurn(): Promise<Reached & { readonly ports: number[] }> {
  const ports: number[] = [];
  let turn = 0;
  const proxy = createServer((req, res) => {
    const port = ports[(turn += 1) % ports.length];
    const { method, url, headers } = req;
    const passed = request({ host: '127.0.0.1', port, method, path: url, headers, agent: false }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    passed.on('error', () => res.destroy());
    req.pipe(passed);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  onTestFinished(() => {
    proxy.close();
    proxy.closeAllConnections();
  });
  const url = `http://localhost:${(proxy.address() as AddressInfo).port}`;
  return { ports, url, get: async (path, init) => await fetch(new URL(path, url), { redirect: 'manual', ...init }) };
}
