// Many callers against one: sockets that never read, sockets that say nothing, introductions and sign-ins without end, all
// against the built program, while another account asks for its account again and again.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../dist/launch.js', import.meta.url));
const PORT = 18_431;
const HOST = `localhost:${PORT}`;
const ROUND_MS = 3000;

export type CallersRow = {
  readonly what: string;
  readonly done: number;
  readonly p99: number;
  readonly grownMb: number;
};

function operate(data: string, ...argv: string[]): string {
  return execFileSync(process.execPath, [PROGRAM, ...argv, '--data', data], { encoding: 'utf8' });
}

function tokenIn(data: string, account: string, email: string): string {
  operate(data, 'people', 'invite', email, '--name', email, '--role', 'owner', '--account', account);
  const made = operate(data, 'tokens', 'create', 'bench', '--person', email, '--account', account);
  return /jobwright_pat_[\w-]{43}/.exec(made)?.[0] ?? '';
}

const sockets: Socket[] = [];
async function said(text: string): Promise<void> {
  const socket = connect(PORT, '127.0.0.1');
  sockets.push(socket.on('error', () => undefined));
  socket.pause();
  await once(socket, 'connect');
  socket.write(text);
}

function call(token: string, tool: string, args: object): string {
  const params = { name: tool, arguments: args };
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params });
  return (
    `POST /mcp HTTP/1.1\r\nHost: ${HOST}\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\n` +
    `Accept: application/json, text/event-stream\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  );
}

async function ask(token: string): Promise<number> {
  const started = performance.now();
  const [head = '', body = ''] = call(token, 'get-account', {}).split('\r\n\r\n');
  const headers = Object.fromEntries(
    head
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(': '))
      .filter(([name]) => name !== 'Host' && name !== 'Content-Length'),
  );
  const answer = await fetch(`http://${HOST}/mcp`, { method: 'POST', headers, body });
  await answer.text();
  if (!answer.ok) throw new Error(`the other account was answered with ${answer.status}`);
  return performance.now() - started;
}

/** @param from an address that the proxy in front says it comes from */
async function post(path: string, from: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': from };
  await (await fetch(`http://${HOST}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).text();
}

/** @returns what each flood did to the other account, and to the memory of the server */
export async function callers(data: string): Promise<CallersRow[]> {
  for (const name of ['Busy', 'Quiet']) operate(data, 'accounts', 'create', name, '--template', 'roofing');
  const [busy, quiet] = [tokenIn(data, '1', 'busy@example.com'), tokenIn(data, '2', 'quiet@example.com')];
  const plans = join(data, 'plans.pdf');
  writeFileSync(
    plans,
    Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(10_000_000, 7), Buffer.from('\n%%EOF\n')]),
  );
  operate(data, 'call', 'create-customer', '{"name":"Dana"}', '--account', '1');
  const kept = JSON.stringify({ customer: 'C-1', path: plans, kind: 'document' });
  operate(data, 'call', 'attach-file', kept, '--account', '1', '--files', data);
  const rows: CallersRow[] = [];
  for (const { what, proxies, one } of [
    { what: 'nothing', proxies: '0', one: async () => await pause(5) },
    {
      what: 'fetch of 10 MB, never read',
      proxies: '0',
      one: async () => await said(call(busy, 'fetch', { id: 'F-1' })),
    },
    {
      what: 'half-open sockets of one address',
      proxies: '0',
      one: async () => await said('POST /mcp HTTP/1.1\r\nX: '),
    },
    {
      what: 'introductions from everywhere',
      proxies: '1',
      one: async (at: number) =>
        await post('/oauth/register', `198.${at % 250}.${(at >> 8) % 250}.${at % 199}`, {
          redirect_uris: ['https://a.example/c'],
          token_endpoint_auth_method: 'none',
        }),
    },
  ])
    rows.push({ what, ...(await round(data, quiet, proxies, one)) });
  return rows;
}

async function round(data: string, quiet: string, proxies: string, one: (at: number) => Promise<void>) {
  const argv = [PROGRAM, 'http', '--data', data, '--port', String(PORT), '--proxies', proxies];
  const limits = ['--address-limit', '1000000', '--url', `http://${HOST}`];
  const server = spawn(process.execPath, [...argv, ...limits], { stdio: ['ignore', 'ignore', 'pipe'] });
  for await (const line of createInterface({ input: server.stderr })) if (line.includes('listens on')) break;
  const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1]) / 1024;
  try {
    for (let warm = 0; warm < 50; warm += 1) await ask(quiet);
    const before = memory();
    const until = performance.now() + ROUND_MS;
    let done = 0;
    const flood = async () => {
      while (performance.now() < until && done < 12_000) await one((done += 1)).catch(() => undefined);
    };
    const floods = Promise.all(Array.from({ length: 8 }, flood));
    const times: number[] = [];
    while (performance.now() < until) {
      times.push(await ask(quiet));
      await pause(20);
    }
    await floods;
    const p99 = times.toSorted((left, right) => left - right)[Math.floor(times.length * 0.99)] ?? Number.NaN;
    return { done, p99, grownMb: memory() - before };
  } finally {
    for (const socket of sockets.splice(0)) socket.destroy();
    server.kill('SIGKILL');
    await once(server, 'exit');
  }
}
