// A client as thin as one can be, so that what is measured is the server: JSON-RPC lines over a child's stdio.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

export type Connection = {
  request(method: string, params: object): Promise<object>;
  call(name: string, args: object): Promise<object>;
  /** Resident memory in MB, once idle. */
  memory(): number;
  close(): Promise<void>;
};

/** Starts `node …args` and opens it the way clients of 2025 do. */
export async function connect(args: string[]): Promise<Connection> {
  const { NODE_EXTRA_CA_CERTS: _, ...env } = process.env;
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'], env });
  const waiting = new Map<number, (answer: { result?: object; error?: object }) => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const message = JSON.parse(line);
    waiting.get(message.id)?.(message);
    waiting.delete(message.id);
  });
  let last = 0;
  const send = (message: object) => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const request = async (method: string, params: object) => {
    last += 1;
    const id = last;
    const answer = await new Promise<{ result?: object; error?: object }>((resolve) => {
      waiting.set(id, resolve);
      send({ id, method, params });
    });
    if (answer.result === undefined) throw new Error(`${method}: ${JSON.stringify(answer.error)}`);
    return answer.result;
  };
  await request('initialize', {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'bench', version: '1' },
  });
  send({ method: 'notifications/initialized' });
  return {
    request,
    call: async (name, args) => {
      const result = await request('tools/call', { name, arguments: args });
      if ('isError' in result && result.isError === true) throw new Error(JSON.stringify(result));
      return result;
    },
    memory: () =>
      Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024),
    close: async () => {
      child.stdin.end();
      await new Promise((resolve) => child.on('exit', resolve));
    },
  };
}
