// One caller against the others: an account sends the worst that fits the limits while another asks for its account.
// Beside each input stands a control of the same run: the same calls, for which a worker only burns the processor.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { BUSY_ARCHIVES, BUSY_PICTURES, busyPictures } from '../files/busy.ts';

const SERVER = fileURLToPath(new URL('./busy-server.ts', import.meta.url));
const ROUND_MS = 800;
/** Where one round does not hold, another program may have been why. */
const ROUNDS = 3;
const RANDOM = 6;
const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'bench', version: '1.0.0' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

type Report = { readonly p99: number; readonly max: number; readonly longest: number; readonly rss: number };
/** Written out beforehand: the client shall not be what is slow. */
type Call = { readonly tool: string; readonly body: Buffer };
export type BusyRow = {
  readonly what: string;
  /** Milliseconds of another account's get-account, and of the event loop, at the 99th percentile. */
  readonly answered: number;
  readonly delay: number;
  readonly control: { readonly answered: number; readonly delay: number };
  /** Of a synchronous piece on the main thread, by the processor's clock. */
  readonly longest: number;
  /** Of the server afterwards, in MB. */
  readonly rss: number;
};

/** Made before anything is measured: some take seconds to make. */
const inputs = (): readonly (readonly [string, Call])[] => [
  ['PDF of 200 lines of 500 Chinese characters', callOf('get-document', { document: 'Q-1', format: 'pdf' })],
  [
    'calendar of 1,000 visits of 10,000 characters',
    callOf('list-appointments', { from: '2027-01-01', to: '2029-12-31', format: 'ical', limit: 1 }),
  ],
  ...BUSY_PICTURES.map(([what, , make]) => [`picture: ${what}`, attached(make(), 'a')] as const),
  ...BUSY_ARCHIVES.map(([what, name, make]) => [`file: ${what}`, attached(make(), name)] as const),
  ...busyPictures(RANDOM, 20_261_128).map((bytes, at) => [`random picture ${at + 1}`, attached(bytes, 'a')] as const),
];

function attached(bytes: Buffer, name: string): Call {
  return callOf('attach-file', { customer: 'C-1', content: bytes.toString('base64'), name, allowDuplicate: true });
}

function callOf(tool: string, args: object): Call {
  const params = { name: tool, arguments: args, _meta: META };
  return { tool, body: Buffer.from(JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params })) };
}

const ASKING = callOf('get-account', {});

/** What another account may feel of it, beside its control. */
export function holds({ answered, delay, control, longest }: Omit<BusyRow, 'what' | 'rss'>): boolean {
  const isHeld = (figure: number, of: number) => figure <= Math.max(50, 1.5 * of);
  return isHeld(answered, control.answered) && isHeld(delay, control.delay) && longest <= 50;
}

/** A row for each input, told as soon as it is known: the best of the rounds that it took to hold, of the control too. */
export async function busyRows(tell: (row: BusyRow) => void): Promise<void> {
  const all = inputs();
  const pieces = await traced(all);
  const server = await start();
  try {
    for (const [what, call] of all) {
      const rounds: Measured[] = [];
      const controls: Measured[] = [];
      const best = (of: readonly Measured[], by: 'answered' | 'delay') => Math.min(...of.map((each) => each[by]));
      for (;;) {
        controls.push(await server.round(call, true));
        rounds.push(await server.round(call, false));
        const row = {
          ...{ what, answered: best(rounds, 'answered'), delay: best(rounds, 'delay'), longest: pieces.get(what) ?? 0 },
          control: { answered: best(controls, 'answered'), delay: best(controls, 'delay') },
          rss: Math.max(...rounds.map(({ rss }) => rss)),
        };
        if (!holds(row) && rounds.length < ROUNDS) continue;
        tell(row);
        break;
      }
    }
  } finally {
    server.end();
  }
}

/** The longest piece of each input, sent twice: what is loaded at the first call is not what is looked for. */
async function traced(all = inputs()): Promise<Map<string, number>> {
  const server = await start('trace');
  try {
    const found = new Map<string, number>();
    for (const [what, call] of all) {
      await server.send('busy', call);
      await server.tell('begin');
      await server.send('busy', call);
      found.set(what, (await server.report()).longest);
    }
    return found;
  } finally {
    server.end();
  }
}

type Measured = { readonly answered: number; readonly delay: number; readonly rss: number };

async function start(...options: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'jobwright-busy-'));
  const child = spawn(process.execPath, [SERVER, folder, ...options], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const next = async () => {
    const [line] = (await once(lines, 'line')) as [string];
    return JSON.parse(line);
  };
  const { port, ...tokens } = (await next()) as { port: number; quiet: string; busy: string };
  const agent = new Agent({ keepAlive: true });
  const tell = async (word: string) =>
    await new Promise<void>((resolve) => child.stdin.write(`${word}\n`, () => resolve()));
  const report = async (): Promise<Report> => {
    const answer = next();
    await tell('report');
    return (await answer) as Report;
  };
  const send = async (who: 'quiet' | 'busy', call: Call) => await post({ agent, port, token: tokens[who], ...call });
  /** For a while the one asks again and again, and the other sends its call. */
  const round = async (call: Call, isControl: boolean): Promise<Measured> => {
    await tell('begin');
    if (isControl) await tell('burn');
    const until = performance.now() + ROUND_MS;
    const times: number[] = [];
    const asking = async () => {
      while (performance.now() < until) {
        const began = performance.now();
        await send('quiet', ASKING);
        times.push(performance.now() - began);
        await new Promise((done) => setTimeout(done, 5));
      }
    };
    const sending = async (sent: Call) => {
      while (performance.now() < until) await send('busy', sent);
    };
    await Promise.all([asking(), sending(call), sending(call)]);
    if (isControl) await tell('rest');
    const { p99, rss } = await report();
    return {
      answered: times.toSorted((one, other) => one - other)[Math.floor(times.length * 0.99)] ?? 0,
      delay: p99,
      rss,
    };
  };
  const end = () => {
    agent.destroy();
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  return { tell, report, send, round, end };
}

type Posted = Call & { readonly agent: Agent; readonly port: number; readonly token: string };

async function post({ agent, port, token, tool, body }: Posted): Promise<void> {
  const headers = {
    ...{ authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...{ accept: 'application/json, text/event-stream', 'content-length': body.length },
    ...{ 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': tool },
  };
  await new Promise<void>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path: '/mcp', method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.on('end', () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`${tool}: status ${response.statusCode}`)),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
