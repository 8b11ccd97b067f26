// The promise that a dead battery must not break: what was acknowledged is there, and what was not can be sent again
// without being booked twice. The real server is killed over real MCP; `npm run soak` kills ten times as often.
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { SOAK } from '../faults/soak.ts';
import { home, run, start } from '../support/program.ts';
import { letPass } from '../support/time.ts';

const KILLS = Number(process.env['JOBWRIGHT_KILLS'] ?? 200 * SOAK);
const LANES = 2;
const LONGEST_WAIT_MS = 40;

type Call = { readonly name: string; readonly arguments: Record<string, unknown> };
/** What the books are known to hold: the number that each acknowledged call was answered with. */
type Ledger = Map<string, { readonly call: Call; readonly ref: string | null }>;

const HELLO = {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 'bare', version: '0' },
};

/** A server that takes one call after another until it is killed. */
function open(folder: string) {
  const child = start(folder, ['stdio', '--no-samples']);
  const waiting = new Map<number, (result: Record<string, unknown> | null) => void>();
  createInterface({ input: child.stdout }).on('line', (text) => {
    const { id, result } = JSON.parse(text) as { id?: number; result?: Record<string, unknown> };
    if (id !== undefined) waiting.get(id)?.(result ?? {});
  });
  const gone = new Promise<null>((resolve) => {
    child.once('close', () => resolve(null));
  });
  let lastId = 0;
  const send = (method: string, params: object) => {
    lastId += 1;
    const id = lastId;
    const answered = new Promise<Record<string, unknown> | null>((resolve) => {
      waiting.set(id, resolve);
    });
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    return Promise.race([answered, gone]);
  };
  return {
    hello: async () => {
      await send('initialize', HELLO);
      child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' })}\n`);
    },
    call: (call: Call) => send('tools/call', call),
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
  };
}

const changeOf = ({ structuredContent }: Record<string, unknown>) =>
  Number((structuredContent as { change: number } | undefined)?.change);

async function newestChange(server: ReturnType<typeof open>): Promise<number> {
  const result = await server.call({ name: 'list-changes', arguments: { limit: 1 } });
  const { changes = [] } = (result?.['structuredContent'] ?? {}) as { changes?: { number: number }[] };
  return changes[0]?.number ?? 0;
}

const textOf = (result: Record<string, unknown>) => (result['content'] as { text?: string }[])[0]?.text ?? '';
/** The record that the answer names, or that an answer to a repeat names as the earlier one. */
const refIn = (text: string) => /\b(?:E|P|J|INV|Q)-\d+\b/.exec(text)?.[0] ?? null;

function work(index: number, lane: number): Call {
  const what = `${lane}-${index}`;
  // Half of the callers send a request id, half rely on the books noticing the repeat.
  const requestId = index % 2 === 0 ? { requestId: `r${what}` } : {};
  return index % 3 === 0
    ? {
        name: 'create-invoice',
        arguments: { job: 'J-1', lines: [{ description: what, quantity: 1, unitPrice: 100 }], ...requestId },
      }
    : {
        name: 'add-job-expense',
        arguments: { job: 'J-1', description: what, amount: 10, category: 'other', ...requestId },
      };
}

test(`${KILLS} kills at any moment: nothing acknowledged is lost, nothing sent again is booked twice`, {
  timeout: 20_000 + KILLS * 6000,
}, async () => {
  const lanes = await Promise.all(Array.from({ length: LANES }, async (_, lane) => await torment(lane, KILLS / LANES)));
  const unanswered = lanes.reduce((sum, lane) => sum + lane.unanswered, 0);
  const kept = lanes.reduce((sum, lane) => sum + lane.keptUnanswered, 0);
  process.stdout.write(
    `${KILLS} kills: ${unanswered} calls were not answered, ${kept} of them had been kept all the same\n`,
  );
  // The harness looks only where kills hit calls: both kinds must have happened.
  expect(unanswered).toBeGreaterThan(KILLS / 4);
  expect(kept).toBeGreaterThan(0);
});

async function torment(lane: number, kills: number) {
  const folder = home();
  const known: Ledger = new Map();
  let pending: Call | null = null;
  let index = 0;
  let unanswered = 0;
  let keptUnanswered = 0;
  for (let kill = 0; kill <= kills; kill += 1) {
    const server = open(folder);
    await server.hello();
    if (kill === 0) {
      await server.call({ name: 'create-job', arguments: { newCustomer: { name: 'Dana' }, name: 'Roof' } });
    }
    if (pending !== null) {
      const newest = await newestChange(server);
      const again = await server.call(pending);
      if (again === null) throw new Error('the server died on its own');
      const text = textOf(again);
      const isRepeat = again['isError'] === true;
      if (isRepeat && !text.startsWith('the very same was done')) throw new Error(text);
      known.set(JSON.stringify(pending.arguments), { call: pending, ref: refIn(text) });
      // With a request id the first answer comes again, with the change that it was.
      if (isRepeat || changeOf(again) <= newest) keptUnanswered += 1;
      pending = null;
    }
    if (kill === kills) {
      await server.kill();
      break;
    }
    const acknowledged = kill % 4;
    for (let done = 0; done < acknowledged; done += 1) {
      const call = work((index += 1), lane);
      const result = await server.call(call);
      if (result === null) throw new Error('the server died on its own');
      expect(result['isError'], textOf(result)).toBeUndefined();
      known.set(JSON.stringify(call.arguments), { call, ref: refIn(textOf(result)) });
    }
    const call = work((index += 1), lane);
    const answer = server.call(call);
    // A write takes a few milliseconds: most kills should fall into one.
    const moment = kill % 2 === 0 ? Math.random() * 8 : Math.random() * LONGEST_WAIT_MS;
    await letPass(moment, 'a kill falls into any moment');
    await server.kill();
    const result = await answer;
    if (result === null) {
      unanswered += 1;
      pending = call;
    } else known.set(JSON.stringify(call.arguments), { call, ref: refIn(textOf(result)) });
  }
  await check(folder, known);
  return { unanswered, keptUnanswered };
}

/** The books hold every call once, under the number it was answered with, and doctor finds nothing. */
async function check(folder: string, known: Ledger): Promise<void> {
  const doctor = await run(folder, ['doctor']);
  expect(doctor.out).toContain('All is well.');
  const refs = [...known.values()].map(({ ref }) => ref);
  expect(refs).not.toContain(null);
  expect(new Set(refs).size).toBe(refs.length);
  const { out } = await run(folder, ['call', 'list-jobs', '{}', '--json']);
  const { totals } = JSON.parse(out) as { totals: { billed: string; expenses: string } };
  const sum = (name: string, each: number) =>
    ([...known.values()].filter(({ call }) => call.name === name).length * each).toFixed(2);
  expect([totals.billed, totals.expenses]).toEqual([sum('create-invoice', 100), sum('add-job-expense', 10)]);
}
