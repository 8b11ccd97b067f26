// Throughput over HTTP: so many calls at a time, over connections that are kept, as an assistant of today sends them.
import { spawn } from 'node:child_process';
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

/** @returns calls a second, the middle of three rounds */
export async function throughput(argv: readonly string[], name: string, args: object, calls = 3000): Promise<number> {
  const server = spawn(process.execPath, [SERVER, ...argv], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const lines = createInterface({ input: server.stdout });
    const ended = once(server, 'exit').then(() => Promise.reject(new Error('the server ended')));
    const [line] = (await Promise.race([once(lines, 'line'), ended])) as [string];
    ended.catch(() => undefined);
    const { port, token } = JSON.parse(line) as { port: number; token: string };
    const agent = new Agent({ keepAlive: true, maxSockets: AT_A_TIME });
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
    const call = async () =>
      await new Promise<void>((resolve, reject) => {
        const sent = request({ host: '127.0.0.1', port, path: '/mcp', method: 'POST', agent, headers }, (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
          response.on('end', () =>
            response.statusCode === 200 && !text.includes('"error"')
              ? resolve()
              : reject(new Error(text.slice(0, 300))),
          );
        });
        sent.on('error', reject);
        sent.end(body);
      });
    const round = async (count: number) => {
      let left = count;
      const started = performance.now();
      const worker = async () => {
        while ((left -= 1) >= 0) await call();
      };
      await Promise.all(Array.from({ length: AT_A_TIME }, worker));
      return (count * 1000) / (performance.now() - started);
    };
    await round(calls / 3);
    const rounds = [await round(calls), await round(calls), await round(calls)].toSorted((one, other) => one - other);
    agent.destroy();
    return rounds[1] ?? Number.NaN;
  } finally {
    server.kill('SIGKILL');
  }
}
