// Throughput over HTTP: so many calls at a time, over connections that are kept, as an assistant of today sends them.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SERVER = fileURLToPath(new URL('./http-server.ts', import.meta.url));
const AT_A_TIME = 16;
const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'bench', version: '1.0.0' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

type Serving = { readonly port: number; readonly token: string };

/**
 * @param processes that serve the same book, over which those who call are spread
 * @returns calls a second, the middle of three rounds
 */
export async function throughput(
  argv: readonly string[],
  name: string,
  args: object,
  { calls = 3000, processes = 1 }: { readonly calls?: number; readonly processes?: number } = {},
): Promise<number> {
  const servers: ChildProcess[] = [];
  const agent = new Agent({ keepAlive: true, maxSockets: AT_A_TIME });
  try {
    const callers: (() => Promise<void>)[] = [];
    while (servers.length < processes) {
      const server = spawn(process.execPath, [SERVER, ...argv], { stdio: ['ignore', 'pipe', 'inherit'] });
      servers.push(server);
      callers.push(callerOf(await serving(server), agent, { name, args }));
    }
    const round = async (count: number) => {
      let left = count;
      const started = performance.now();
      const worker = async (call: () => Promise<void>) => {
        while ((left -= 1) >= 0) await call();
      };
      const workers = Array.from({ length: AT_A_TIME / processes }, () => callers).flat();
      await Promise.all(workers.map(worker));
      return (count * 1000) / (performance.now() - started);
    };
    await round((processes * calls) / 3);
    const rounds = [await round(calls), await round(calls), await round(calls)].toSorted((one, other) => one - other);
    return rounds[1] ?? Number.NaN;
  } finally {
    agent.destroy();
    for (const server of servers) server.kill('SIGKILL');
  }
}

async function serving(server: ChildProcess): Promise<Serving> {
  if (server.stdout === null) throw new Error('the server tells nothing');
  const lines = createInterface({ input: server.stdout });
  const ended = once(server, 'exit').then(() => Promise.reject(new Error('the server ended')));
  const [line] = (await Promise.race([once(lines, 'line'), ended])) as [string];
  ended.catch(() => undefined);
  return JSON.parse(line) as Serving;
}

function callerOf(
  { port, token }: Serving,
  agent: Agent,
  { name, args }: { readonly name: string; readonly args: object },
): () => Promise<void> {
  const body = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name, arguments: args, _meta: META },
  });
  const headers = {
    ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
    ...{
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'content-length': Buffer.byteLength(body),
    },
    ...{ 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': name },
  };
  return async () =>
    await new Promise<void>((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, path: '/mcp', method: 'POST', agent, headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        response.on('end', () =>
          response.statusCode === 200 && !text.includes('"error"') ? resolve() : reject(new Error(text.slice(0, 300))),
        );
      });
      sent.on('error', reject);
      sent.end(body);
    });
}
