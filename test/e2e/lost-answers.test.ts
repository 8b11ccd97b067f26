// An answer that is lost on its way: the server is killed once the books have the write and before anybody heard of it.
// The same message, sent to the next server, is answered as the first one would have been.
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { home, legacy, modern, run, start } from '../support/program.ts';
import { valueOf } from '../support/store.ts';

type Message = { readonly id?: unknown; readonly method?: string; readonly params?: object };
type Result = { readonly content: { readonly text: string }[]; readonly structuredContent?: Record<string, unknown> };

const HELLO = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'bare', version: '0' } };

/** The server with a client that sends bare messages. */
async function bare(folder: string, { hello = true } = {}) {
  const child = start(folder);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const write = (message: object) => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  let id = 100;
  const ask = async (message: Message): Promise<Result> => {
    id += 1;
    write({ ...message, id });
    for (;;) {
      const { value, done } = await lines.next();
      if (done === true) throw new Error('the server ended');
      const answer = JSON.parse(value) as { id?: number; result?: Result };
      if (answer.id === id && answer.result !== undefined) return answer.result;
    }
  };
  if (hello) {
    await ask({ method: 'initialize', params: HELLO });
    write({ method: 'notifications/initialized' });
  }
  return {
    ask,
    call: async (name: string, args: object) => await ask({ method: 'tools/call', params: { name, arguments: args } }),
    /** Sends a call whose answer nobody reads, and kills the server once the books have it. */
    losing: async (name: string, args: object) => {
      const before = await newestChange(folder);
      write({ id: 1, method: 'tools/call', params: { name, arguments: args } });
      await expect.poll(async () => await newestChange(folder), { interval: 5, timeout: 10_000 }).toBe(before + 1);
      child.kill('SIGKILL');
      await once(child, 'close');
    },
  };
}

const newestChange = async (folder: string) =>
  Number(await valueOf({ folder: join(folder, 'book') }, 'select max(change_number) from changes'));

/** Two invoices of Dana's, one of them paid in part, beside the samples. */
async function bill(folder: string) {
  const desk = await legacy(folder);
  const lines = [{ description: 'Tarp', quantity: 1, unitPrice: 480 }];
  await desk.ask('create-customer', { name: 'Dana Henderson' });
  await desk.ask('create-invoice', { customer: 'C-1', lines });
  await desk.ask('create-invoice', { customer: 'C-1', lines, allowDuplicate: true });
  await desk.ask('record-payment', { invoice: 'INV-1001', amount: 100 });
  await desk.close();
}

const GONE = { invoice: 'INV-1002', status: 'void', voidReason: 'Billed twice' };

test.each<[string, string, object]>([
  ['a void', 'update-invoice', GONE],
  ['a credit', 'create-invoice', { creditFor: 'INV-1001', amount: 10 }],
  [
    'a correction',
    'update-invoice',
    { invoice: 'INV-1002', correct: true, lines: [{ description: 'Roof', quantity: 1, unitPrice: 90 }] },
  ],
  ['a payment taken out', 'record-payment', { void: 'P-1', voidReason: 'Bounced' }],
  ['the samples removed', 'update-account', { removeSamples: true }],
])('%s, confirmed to a server that died, is answered by the next one', async (_, tool, args) => {
  const folder = home();
  await bill(folder);
  const first = await bare(folder);
  const [, confirm = ''] = /confirm: "([^"]+)"/.exec((await first.call(tool, args)).content[0]?.text ?? '') ?? [];
  await first.losing(tool, { ...args, confirm });
  const change = await newestChange(folder);
  const next = await bare(folder);
  const again = await next.call(tool, { ...args, confirm });
  expect(again.structuredContent, again.content[0]?.text).toMatchObject({ change });
  expect(await next.call(tool, { ...args, confirm })).toEqual(again);
  expect(await newestChange(folder)).toBe(change);
  expect((await run(folder, ['doctor'])).code).toBe(0);
});

test('a client of 2026-07-28 whose person said yes sends its message again', async () => {
  const folder = home();
  await bill(folder);
  const asked: string[] = [];
  const desk = await modern(folder, { pin: '2026-07-28' }, { asked });
  const { transport } = desk.client;
  if (transport === undefined) throw new Error('the client is not connected');
  const sent: Message[] = [];
  const send = transport.send.bind(transport);
  transport.send = async (message, options) => {
    sent.push(message as Message);
    await send(message, options);
  };
  const first = await desk.client.callTool({ name: 'update-invoice', arguments: GONE });
  const last = sent.at(-1);
  expect(last).toMatchObject({ method: 'tools/call', params: { requestState: expect.any(String) } });
  if (last === undefined || !('pid' in transport) || typeof transport.pid !== 'number') throw new Error('nothing ran');
  process.kill(transport.pid, 'SIGKILL');
  const next = await bare(folder, { hello: false });
  const again = await next.ask(last);
  expect(again.structuredContent).toEqual(first.structuredContent);
  expect(again.structuredContent).toMatchObject({ change: await newestChange(folder), invoice: { status: 'void' } });
  expect(asked).toHaveLength(1);
});

test('a client of the earlier era sends its call again under its request id, and nobody is asked again', async () => {
  const folder = home();
  await bill(folder);
  const asked: string[] = [];
  const desk = await legacy(folder, { asked });
  const first = await desk.ask('update-invoice', { ...GONE, requestId: 'v' });
  await desk.close();
  const next = await legacy(folder, { asked });
  expect(await next.ask('update-invoice', { ...GONE, requestId: 'v' })).toEqual(first);
  expect([asked.length, await newestChange(folder)]).toEqual([1, first.change]);
});
