// One of the two ends goes away, or stops: the client no longer reads, closes its input, or ends the server while another
// program holds the book. Whatever was sent is answered, or is not booked; and memory does not grow with what waits.
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { expect, onTestFinished, test } from 'vitest';
import { startChild } from '../store/engine/child.ts';
import { BIN, environment, home, run, start } from '../support/program.ts';
import { letPass } from '../support/time.ts';
import { line, hello, call } from '../support/wire.ts';
const numbers = (count: number, first: number) => Array.from({ length: count }, (_, index) => first + index);

type Message = { readonly id?: number; readonly method?: string; readonly result?: unknown };

/** What has come so far: every message, and of those with a file in them only whose answer it is. */
function listen(output: Readable) {
  const messages: Message[] = [];
  let pieces: Buffer[] = [];
  output.on('data', (chunk: Buffer) => {
    let from = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', from)) {
      const whole = Buffer.concat([...pieces, chunk.subarray(from, end)]);
      const isLarge = whole.length > 1e6;
      messages.push(isLarge ? { id: idAtEnd(whole) } : (JSON.parse(String(whole)) as Message));
      pieces = [];
      from = end + 1;
    }
    pieces.push(chunk.subarray(from));
  });
  const ids = () => messages.flatMap(({ id, method }) => (id === undefined || method !== undefined ? [] : [id]));
  return {
    ids,
    message: async (is: (message: Message) => boolean) => {
      await expect.poll(() => messages.some(is), { timeout: 30_000, interval: 5 }).toBe(true);
      return messages.find(is);
    },
    answers: async (wanted: readonly number[]) => {
      await expect
        .poll(() => new Set(ids()), { timeout: 40_000, interval: 20 })
        .toEqual(new Set([...ids(), ...wanted]));
    },
    answer: async (id: number) => {
      await expect.poll(() => ids().includes(id), { timeout: 30_000, interval: 5 }).toBe(true);
      return messages.find((message) => message.id === id && message.method === undefined);
    },
  };
}

function idAtEnd(line: Buffer): number {
  return Number(/"id":(\d+)\}$/.exec(line.subarray(-40).toString('latin1'))?.[1]);
}

function noiseOf(output: Readable): () => string {
  let noise = '';
  output.setEncoding('utf8').on('data', (chunk: string) => {
    noise += chunk;
  });
  return () => noise;
}

async function ended(child: ChildProcess): Promise<{ code: number | null; ms: number }> {
  const from = performance.now();
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return { code: child.exitCode, ms: performance.now() - from };
}

/** Largest memory of the process so far, in MB. */
function peakOf({ pid }: ChildProcess): number {
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

function report(found: string): void {
  process.stdout.write(`${found}\n`);
}

/** Waits until the process does nothing any more: its clock of work stands still. */
async function quiet({ pid }: ChildProcess): Promise<void> {
  const worked = () => readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ').slice(13, 15).join();
  let before = '';
  for (let same = 0; same < 4; ) {
    const now = worked();
    same = now === before ? same + 1 : 0;
    before = now;
    await letPass(100, 'its clock of work stands still for so long');
  }
}

async function customers(folder: string, name: string): Promise<number> {
  const { out } = await run(folder, ['call', 'list-customers', JSON.stringify({ query: name, limit: 50 }), '--json']);
  return (JSON.parse(out) as { count: number }).count;
}

const NEW = numbers(20, 100).map((id) => call(id, 'create-customer', { name: `Unheard ${id}` }));

/** The write that was at work when the answers could not be written, and what was done before that showed. */
const MOST_UNHEARD = 3;

test('a client that closes what it reads from ends the server, and what it still writes is not booked', async () => {
  const folder = home();
  const child = start(folder);
  const noise = noiseOf(child.stderr);
  const wire = listen(child.stdout);
  child.stdin.write(hello());
  await wire.answer(1);
  child.stdout.destroy();
  await once(child.stdout, 'close');
  child.stdin.write(NEW.join(''));
  const { code, ms } = await ended(child);
  expect(code).toBe(0);
  expect(ms).toBeLessThan(2000);
  expect(noise()).not.toMatch(/\n\s+at |Warning/);
  const booked = await customers(folder, 'Unheard');
  expect(booked).toBeLessThanOrEqual(MOST_UNHEARD);
  expect(booked).toBeGreaterThan(0);
  expect((await run(folder, ['doctor'])).code).toBe(0);
});

test('so does a pipe whose reader has ended', async () => {
  const folder = home();
  const script = '{ "$0" "$1" stdio; echo "ended $?" >&2; } | { head -n 1; exec <&-; echo closed >&2; }';
  const shell = spawn('sh', ['-c', script, process.execPath, BIN], { env: environment(folder), detached: true });
  onTestFinished(() => {
    if (shell.pid !== undefined && shell.exitCode === null) process.kill(-shell.pid, 'SIGKILL');
  });
  shell.stdin.on('error', () => undefined);
  const noise = noiseOf(shell.stderr);
  shell.stdin.write(hello());
  await expect.poll(noise, { timeout: 20_000 }).toContain('closed');
  shell.stdin.write(NEW.join(''));
  await expect.poll(noise, { timeout: 20_000 }).toContain('ended 0');
  expect(noise()).not.toMatch(/\n\s+at |Warning/);
  expect(await customers(folder, 'Unheard')).toBeLessThanOrEqual(MOST_UNHEARD);
});

/** A book with a file of 10 MB in it, F-1. */
async function withFile(): Promise<string> {
  const folder = home();
  const child = start(folder);
  const wire = listen(child.stdout);
  const bytes = randomBytes(10 * 1024 * 1024);
  Buffer.from('%PDF-1.7\n').copy(bytes);
  const file = { job: 'J-S1', content: bytes.toString('base64'), name: 'signed.pdf', kind: 'estimate' };
  child.stdin.end(hello() + call(2, 'attach-file', file));
  await wire.answer(2);
  await ended(child);
  return folder;
}

test('80 files of 10 MB asked for at once wait until the client reads, and then all come', async () => {
  const child = start(await withFile());
  const noise = noiseOf(child.stderr);
  const wire = listen(child.stdout);
  child.stdin.write(hello());
  await wire.answer(1);
  child.stdout.pause();
  const asked = numbers(80, 100);
  child.stdin.write(asked.map((id) => call(id, 'fetch', { id: 'F-1' })).join(''));
  await quiet(child);
  const unread = peakOf(child);
  report(`80 files of 10 MB: at most ${unread.toFixed()} MB while unread`);
  child.stdout.resume();
  await wire.answers(asked);
  const read = peakOf(child);
  report(`80 files of 10 MB: at most ${read.toFixed()} MB while read`);
  expect(unread).toBeLessThan(400);
  // One file after the other, each answered before the next is asked for, takes 370.
  expect(read).toBeLessThan(550);
  child.stdin.end();
  expect((await ended(child)).code).toBe(0);
  expect(noise()).toBe('');
});

test('1,500 lists of the tools and 20,000 pings wait as well', async () => {
  const child = start(home());
  const noise = noiseOf(child.stderr);
  const wire = listen(child.stdout);
  child.stdin.write(hello());
  await wire.answer(1);
  child.stdout.pause();
  const asked = numbers(21_500, 100);
  child.stdin.write(asked.map((id) => line({ id, method: id < 1600 ? 'tools/list' : 'ping' })).join(''));
  await quiet(child);
  const unread = peakOf(child);
  child.stdout.resume();
  await wire.answers(asked);
  report(`1,500 lists and 20,000 pings: at most ${unread.toFixed()} MB while unread`);
  expect(unread).toBeLessThan(250);
  child.stdin.end();
  expect((await ended(child)).code).toBe(0);
  expect(noise()).toBe('');
});

test("the person's answer, a ping and a request taken back get past the requests that wait", async () => {
  const folder = await withFile();
  const bill = { customer: 'C-S1', lines: [{ description: 'Tarp', quantity: 1, unitPrice: 480 }] };
  const { out } = await run(folder, ['call', 'create-invoice', JSON.stringify(bill), '--json']);
  const { ref } = (JSON.parse(out) as { invoice: { ref: string } }).invoice;
  const child = start(folder);
  const wire = listen(child.stdout);
  child.stdin.write(hello({ elicitation: {} }));
  child.stdin.write(call(2, 'update-invoice', { invoice: ref, status: 'void', voidReason: 'Billed twice' }));
  const question = await wire.message(({ method }) => method === 'elicitation/create');
  child.stdout.pause();
  const asked = numbers(40, 100);
  child.stdin.write(asked.map((id) => call(id, 'fetch', { id: 'F-1' })).join(''));
  child.stdin.write(call(200, 'create-customer', { name: 'Taken back' }));
  child.stdin.write(line({ method: 'notifications/cancelled', params: { requestId: 200 } }));
  child.stdin.write(line({ id: question?.id, result: { action: 'accept', content: { yes: true } } }));
  child.stdin.write(line({ id: 201, method: 'ping' }));
  const status = async () => {
    const { out: invoice } = await run(folder, ['call', 'get-invoice', JSON.stringify({ invoice: ref }), '--json']);
    return (JSON.parse(invoice) as { invoice: { status: string } }).invoice.status;
  };
  await expect.poll(status, { timeout: 20_000, interval: 100 }).toBe('void');
  child.stdout.resume();
  await wire.answers([...asked, 2, 201]);
  expect(wire.ids().indexOf(2)).toBeLessThan(8);
  expect(wire.ids().indexOf(201)).toBeLessThan(8);
  expect(wire.ids()).not.toContain(200);
  child.stdin.end();
  expect((await ended(child)).code).toBe(0);
  expect(await customers(folder, 'Taken back')).toBe(0);
});

test.each(['the end of its input', 'SIGTERM'] as const)('answers that nobody takes do not outlive %s', async (end) => {
  const child = start(await withFile());
  const wire = listen(child.stdout);
  child.stdin.write(hello());
  await wire.answer(1);
  child.stdout.pause();
  child.stdin.write(
    numbers(20, 100)
      .map((id) => call(id, 'fetch', { id: 'F-1' }))
      .join(''),
  );
  await quiet(child);
  if (end === 'SIGTERM') child.kill(end);
  else child.stdin.end();
  expect((await ended(child)).ms).toBeLessThan(2000);
  expect(child.exitCode).toBe(0);
});

test.each([
  { end: 'the end of its input', most: 2000 },
  { end: 'SIGTERM', most: 10_000 },
  { end: 'SIGINT', most: 10_000 },
] as const)(
  '$end is its end also while another program holds the book: what waits is told that nothing was saved',
  async ({ end, most }) => {
    const folder = home();
    const child = start(folder);
    const noise = noiseOf(child.stderr);
    const wire = listen(child.stdout);
    child.stdin.write(hello());
    await wire.answer(1);
    const other = await startChild('hold-lock', join(folder, 'book', 'jobwright.db'), '60000');
    expect(await other.says('held')).toBe(true);
    const waiting = numbers(8, 100);
    child.stdin.write(waiting.map((id) => call(id, 'create-customer', { name: `Waiting ${id}` })).join(''));
    child.stdin.write(call(200, 'list-jobs', { limit: 1 }));
    await wire.answer(200);
    expect(wire.ids()).toEqual([1, 200]);
    if (end === 'the end of its input') child.stdin.end();
    else child.kill(end);
    const { code, ms } = await ended(child);
    expect(code).toBe(0);
    expect(ms).toBeLessThan(most);
    for (const id of waiting) expect(JSON.stringify(await wire.answer(id))).toMatch(/nothing was saved/i);
    expect(noise()).toBe('');
    other.process.kill('SIGKILL');
    await other.ends();
    expect(await customers(folder, 'Waiting')).toBe(0);
  },
);
