// The wire itself: stdout is JSON-RPC to the byte, whatever comes in, and the program ends when its client does.
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { home, legacy, modern, run, start } from '../support/program.ts';
import { line, call, hello } from '../support/wire.ts';

type Message = {
  readonly jsonrpc: string;
  readonly id?: number | string | null;
  readonly method?: string;
  readonly result?: Record<string, unknown>;
  readonly error?: unknown;
};

/** Every byte of stdout so far, read as lines of JSON-RPC. */
function listen(child: ChildProcessWithoutNullStreams) {
  let bytes = '';
  let noise = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    bytes += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    noise += chunk;
  });
  const messages = () =>
    bytes
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Message);
  return {
    messages,
    noise: () => noise,
    answer: async (id: number) => {
      await expect
        .poll(() => messages().some((message) => message.id === id), { timeout: 30_000, interval: 5 })
        .toBe(true);
      return messages().find((message) => message.id === id);
    },
    /** All of stdout must have been whole lines of JSON-RPC. */
    isPure: () => {
      expect(bytes.endsWith('\n')).toBe(true);
      for (const message of messages()) {
        expect(message.jsonrpc).toBe('2.0');
        expect('result' in message || 'error' in message || 'method' in message).toBe(true);
      }
    },
  };
}

const HELLO = hello();

async function ended(
  child: ChildProcessWithoutNullStreams,
): Promise<{ code: number | null; signal: string | null; ms: number }> {
  const from = performance.now();
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
  return { code: child.exitCode, signal: child.signalCode, ms: performance.now() - from };
}

test('a call whose arguments are null, or the JSON text of an object, is answered', async () => {
  const child = start(home());
  const wire = listen(child);
  const asked = (id: number, args: unknown) =>
    line({ id, method: 'tools/call', params: { name: 'get-account', arguments: args } });
  child.stdin.write(HELLO + asked(2, null) + asked(3, '{}'));
  for (const id of [2, 3])
    expect((await wire.answer(id))?.result).toMatchObject({ structuredContent: { account: { currency: 'USD' } } });
  child.stdin.end();
  await ended(child);
});

test('stdout is JSON-RPC to the byte over a whole conversation, and stderr is silent', async () => {
  const child = start(home());
  const wire = listen(child);
  child.stdin.write(HELLO);
  expect((await wire.answer(1))?.result).toMatchObject({
    serverInfo: { name: 'jobwright' },
    capabilities: { tools: { listChanged: true } },
  });
  child.stdin.write(
    line({ id: 2, method: 'tools/list' }) +
      call(3, 'list-jobs', {}) +
      call(4, 'get-job', { job: 'nowhere' }) +
      call(5, 'no-such-tool', {}),
  );
  child.stdin.write(
    call(6, 'create-customer', { name: 'Zoë 🪜 "Quotes" \n New', notes: 'two\nlines' }) +
      line({ id: 7, method: 'no/such/method' }) +
      line({ id: 8, method: 'ping' }),
  );
  for (const id of [2, 3, 4, 5, 6, 7, 8]) await wire.answer(id);
  child.stdin.end();
  expect(await ended(child)).toMatchObject({ code: 0, signal: null });
  wire.isPure();
  expect(wire.messages().filter((message) => message.id !== undefined)).toHaveLength(8);
  expect((await wire.answer(6))?.result).toMatchObject({
    structuredContent: { customer: { name: 'Zoë 🪜 "Quotes" New', notes: 'two\nlines' } },
  });
  expect(wire.noise()).toBe('');
});

test('calls under way when the client goes are finished and answered, and the program ends within two seconds', async () => {
  const folder = home();
  const child = start(folder);
  const wire = listen(child);
  child.stdin.write(HELLO);
  await wire.answer(1);
  const jobs = Array.from({ length: 40 }, (_, index) =>
    call(index + 3, 'create-job', { customer: 'C-1', name: `Porch ${index}` }),
  );
  child.stdin.end(call(2, 'create-customer', { name: 'Marcus Oyelaran' }) + jobs.join(''));
  const { code, ms } = await ended(child);
  expect(code).toBe(0);
  expect(ms).toBeLessThan(2000);
  wire.isPure();
  expect(wire.messages().filter((message) => message.result !== undefined)).toHaveLength(42);
  const { out } = await run(folder, ['call', 'list-jobs', '{"customer":"C-1"}', '--json']);
  expect(JSON.parse(out)).toMatchObject({ count: 40 });
});

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  '%s ends it cleanly, with every answered write kept',
  async (signal) => {
    const folder = home();
    const child = start(folder);
    const wire = listen(child);
    child.stdin.write(HELLO);
    await wire.answer(1);
    child.stdin.write(call(2, 'create-customer', { name: 'Marcus Oyelaran' }));
    await wire.answer(2);
    child.kill(signal);
    const { code, signal: died, ms } = await ended(child);
    expect({ code, died }).toEqual({ code: 0, died: null });
    expect(ms).toBeLessThan(2000);
    wire.isPure();
    expect((await run(folder, ['call', 'get-customer', '{"customer":"C-1"}'])).out).toContain('Marcus Oyelaran');
    expect((await run(folder, ['doctor'])).code).toBe(0);
  },
);

test('garbage and half lines are survived, before and after hello', async () => {
  const child = start(home());
  const wire = listen(child);
  const garbage = [
    '',
    ' ',
    'hello',
    '{',
    '{"jsonrpc":"2.0"',
    '[]',
    'null',
    '42',
    '"x"',
    '{"jsonrpc":"1.0","id":9}',
    '\u0000\u0001',
    '{"id":{}}',
    '<html>',
  ];
  child.stdin.write(`${garbage.join('\n')}\n${HELLO}`);
  await wire.answer(1);
  for (let round = 0; round < 200; round += 1) child.stdin.write(`${garbage.join('\n')}\n`);
  child.stdin.write(call(2, 'list-jobs', {}));
  expect((await wire.answer(2))?.result).toMatchObject({ structuredContent: { count: 6 } });
  child.stdin.end();
  expect((await ended(child)).code).toBe(0);
  wire.isPure();
});

test('a megabyte in one argument is answered in a few words', async () => {
  const child = start(home());
  const wire = listen(child);
  child.stdin.write(
    HELLO +
      call(2, 'update-job', { job: 'J-S1', note: 'x'.repeat(14 * 1024 * 1024) }) +
      call(3, 'list-jobs', { limit: 1 }),
  );
  const refused = await wire.answer(2);
  expect(refused?.result).toMatchObject({ isError: true });
  expect(JSON.stringify(refused).length).toBeLessThan(1000);
  expect((await wire.answer(3))?.result).not.toHaveProperty('isError');
  child.stdin.end();
  expect((await ended(child)).code).toBe(0);
  wire.isPure();
});

test('arguments that are no object, and too many of them, are errors of the call and not of the program', async () => {
  const child = start(home());
  const wire = listen(child);
  const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`argument${index}`, index]));
  child.stdin.write(HELLO + call(2, 'list-jobs', many));
  child.stdin.write(line({ id: 3, method: 'tools/call', params: { name: 'list-jobs', arguments: [1] } }));
  child.stdin.write(line({ id: 4, method: 'tools/call', params: { name: 7 } }) + line({ id: 5, method: 'tools/call' }));
  child.stdin.write(call(6, 'list-jobs', { limit: 1 }));
  for (const id of [2, 3, 4, 5, 6]) expect(JSON.stringify(await wire.answer(id)).length).toBeLessThan(6000);
  expect((await wire.answer(6))?.result).not.toHaveProperty('isError');
  child.stdin.end();
  expect((await ended(child)).code).toBe(0);
});

const MB = 1024 * 1024;

/** A line of exactly this length that calls a tool. */
function longCall(id: number, bytes: number): string {
  const start = call(id, 'update-job', { job: 'J-S1', note: '' });
  return call(id, 'update-job', { job: 'J-S1', note: 'x'.repeat(bytes - start.length) });
}

test('a line of 14 MB is read in well under a second', async () => {
  const child = start(home());
  const wire = listen(child);
  child.stdin.write(HELLO);
  await wire.answer(1);
  const from = performance.now();
  child.stdin.write(longCall(2, 14 * MB) + call(3, 'list-jobs', { limit: 1 }));
  await wire.answer(3);
  const ms = performance.now() - from;
  expect((await wire.answer(2))?.result).toMatchObject({ isError: true });
  expect(ms).toBeLessThan(1500);
  child.stdin.end();
  expect((await ended(child)).code).toBe(0);
  wire.isPure();
});

test('a line of 60 MB is answered with the limit, wherever its id stands, and the next call is served', async () => {
  const child = start(home());
  const wire = listen(child);
  child.stdin.write(HELLO);
  await wire.answer(1);
  child.stdin.write(longCall(2, 60 * MB));
  const rest = { method: 'tools/call', params: { name: 'update-job', arguments: { note: 'x'.repeat(60 * MB) } } };
  child.stdin.write(`${JSON.stringify({ ...rest, jsonrpc: '2.0', id: 'three' })}\n`);
  child.stdin.write(`${'y'.repeat(60 * MB)}\n`);
  child.stdin.write(call(4, 'list-jobs', { limit: 1 }));
  expect((await wire.answer(4))?.result).not.toHaveProperty('isError');
  const refusals = wire.messages().filter((message) => message.error !== undefined);
  expect(refusals.map((message) => message.id)).toEqual([2, 'three', null]);
  for (const { error } of refusals)
    expect(error).toMatchObject({ code: -32_600, message: expect.stringContaining('at most 32 MB') as string });
  child.stdin.end();
  expect((await ended(child)).code).toBe(0);
  wire.isPure();
  expect(wire.noise()).toBe('');
});

test('a file of 10 MB is attached and stored through real clients', async () => {
  const folder = home();
  const bytes = randomBytes(10 * MB);
  Buffer.from('%PDF-1.7\n').copy(bytes);
  const args = { job: 'J-S1', content: bytes.toString('base64'), name: 'signed.pdf', kind: 'estimate' };
  for (const [client, file] of [
    [await legacy(folder), 'F-1'],
    [await modern(folder, 'auto'), 'F-2'],
  ] as const) {
    const from = performance.now();
    const answer = await client.ask('attach-file', { ...args, allowDuplicate: true });
    expect(answer.file).toMatchObject({ ref: file, name: 'signed.pdf', size: bytes.length });
    expect(performance.now() - from).toBeLessThan(5000);
    await client.close();
  }
  expect(storedFiles(folder)).toEqual([createHash('sha256').update(bytes).digest('hex')]);
  expect((await run(folder, ['doctor'])).out).toContain('1 stored files');
});

test('a book that is replaced before anything is asked of it is not opened unseen', async () => {
  const [folder, other] = [home(), home()];
  for (const each of [folder, other]) expect((await run(each, ['call', 'get-account'])).code).toBe(0);
  const child = start(folder);
  const wire = listen(child);
  child.stdin.write(HELLO + line({ id: 2, method: 'tools/list', params: {} }));
  await wire.answer(2);
  renameSync(join(other, 'book', 'jobwright.db'), join(folder, 'book', 'jobwright.db'));
  child.stdin.write(line({ id: 3, method: 'tools/call', params: { name: 'get-account', arguments: {} } }));
  expect(await wire.answer(3)).toMatchObject({ error: { message: expect.stringContaining('could not be opened') } });
  expect((await ended(child)).code).toBe(1);
  expect(wire.noise()).toContain('The book was moved or taken away');
});

test('what a killed process left half written is gone soon after a start, and doctor misses what was lost', async () => {
  const folder = home();
  await run(folder, ['call', 'attach-file', '{"job":"J-S1","content":"aGVsbG8="}']);
  const [hash = ''] = storedFiles(folder);
  const parts = join(folder, 'book', 'files', 'parts');
  writeFileSync(join(parts, `${hash}.1.part`), 'half');
  utimesSync(join(parts, `${hash}.1.part`), new Date(0), new Date(0));
  const child = start(folder);
  const wire = listen(child);
  child.stdin.write(HELLO);
  await wire.answer(1);
  await expect.poll(() => readdirSync(parts), { timeout: 20_000 }).toEqual([]);
  child.stdin.end();
  expect((await ended(child)).code).toBe(0);
  expect(wire.noise()).toBe('');
  expect((await run(folder, ['doctor'])).code).toBe(0);
  rmSync(join(folder, 'book', 'files', '1', hash.slice(0, 2), hash));
  const missed = await run(folder, ['doctor']);
  expect(missed.code).toBe(1);
  expect(missed.out).toContain('- F-1: its bytes are missing, or are not what was stored');
});

function storedFiles(folder: string): string[] {
  return readdirSync(join(folder, 'book', 'files', '1'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.includes('.'))
    .map((entry) => entry.name);
}
