// A pool whose workers spin, fill their memory, break and take too many: each is one refused piece of work.
import { describe, expect, test } from 'vitest';
import { Problem } from '../../src/domain/errors.ts';
import { says } from '../../src/domain/message.ts';
import { createLogger, type Logger } from '../../src/logger.ts';
import { outcome } from '../../src/workers/messages.ts';
import { Pool, type PoolLimits } from '../../src/workers/pool.ts';
import { startChild } from '../../src/workers/child.ts';
import { startThread } from '../../src/workers/thread.ts';
import { whenDone } from '../support/ending.ts';
import { isAlive } from '../support/ending.ts';

const ODD = new URL('./odd-worker.ts', import.meta.url);
const MB = 1024 * 1024;
const LIMITS: PoolLimits = {
  ...{ most: 1, perAccount: 3, waiting: 10, waitMs: 20_000, workMs: 5000, idleMs: 60_000, buffers: 100 * MB },
};

function pool(limits: Partial<PoolLimits> = {}, log: Logger = createLogger('silent')): Pool {
  const made = new Pool((heard) => startThread(ODD, 64, heard), { ...LIMITS, ...limits }, log);
  whenDone(() => made.close());
  return made;
}

const have = async (from: Pool, task: string, input: unknown = null, whose = 1) => {
  const done = await from.run(whose, { task, input });
  return 'left' in done ? done.left : outcome(done);
};

test('what was asked for is done, and not on this thread', async () => {
  const workers = pool();
  expect(await have(workers, 'echo', { a: [1] })).toEqual({ input: { a: [1] }, threadId: expect.any(Number) });
  expect(await have(workers, 'echo')).not.toMatchObject({ threadId: 0 });
  expect(workers.size).toBe(1);
});

test('bytes are moved to the worker and back, and bytes that share their memory are copied', async () => {
  const workers = pool();
  const own = new Uint8Array(1000);
  expect(await have(workers, 'size', { bytes: own })).toEqual({ bytes: new Uint8Array(1001) });
  expect(own.byteLength).toBe(0);
  const shared = new Uint8Array(1000).subarray(10, 20);
  expect(await have(workers, 'size', { bytes: shared })).toEqual({ bytes: new Uint8Array(11) });
  expect(shared.byteLength).toBe(10);
});

test('what a worker refuses is refused here in the same words', async () => {
  const workers = pool();
  const refusal = await have(workers, 'refuse').catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(Problem);
  expect(refusal).toMatchObject({ kind: 'invalid', said: says('file.empty'), field: 'content' });
  const fault = await have(workers, 'fail').catch((error: unknown) => error);
  expect(fault).not.toBeInstanceOf(Problem);
  expect(fault).toMatchObject({ message: 'a fault of ours', stack: expect.stringContaining('odd-worker.ts') });
});

test.each([
  ['takes too long', 'spin', { workMs: 1500 }, 'time'],
  ['fills its heap', 'fill heap', { workMs: 15_000 }, 'memory'],
  ['fills buffers, which its heap does not count', 'fill buffers', { workMs: 15_000 }, 'memory'],
  ['breaks', 'break', {}, 'broke'],
  ['throws where nobody waits', 'throw later', {}, 'broke'],
])('a worker that %s is one refused piece of work, and the next is done by another', async (_, task, limits, why) => {
  const told: (string | undefined)[] = [];
  const log = { info: () => undefined, error: (message: string) => told.push(message) };
  const workers = pool(limits, log);
  const [left, next] = await Promise.all([have(workers, task), have(workers, 'echo', 'next')]);
  expect(left).toBe(why);
  expect(next).toMatchObject({ input: 'next' });
  expect(told).toEqual([`a worker was ended (${why}): ${task}`]);
});

test('an account that sends many waits for itself: a few wait, more is refused, and another is next', async () => {
  const workers = pool();
  await have(workers, 'echo');
  const order: string[] = [];
  const noted = async (name: string, whose: number) => {
    const done = await have(workers, 'rest', 50, whose);
    if (done === 'rested') order.push(name);
    return done;
  };
  const many = Array.from({ length: 20 }, async (_, index) => await noted(`one ${index}`, 1));
  const other = noted('another', 2);
  expect((await Promise.all(many)).filter((each) => each === 'too many')).toHaveLength(17);
  expect(await other).toBe('rested');
  expect(order).toEqual(['one 0', 'another', 'one 1', 'one 2']);
});

test('one account does not take every worker', async () => {
  const workers = pool({ most: 2, workMs: 2000 });
  const spinning = [have(workers, 'spin'), have(workers, 'spin')];
  expect(await have(workers, 'echo', 'another', 2)).toMatchObject({ input: 'another' });
  expect(workers.size).toBe(2);
  expect(await Promise.all(spinning)).toEqual(['time', 'time']);
});

test('what waited too long is refused, and so is what comes when everybody waits', async () => {
  const workers = pool({ waiting: 2, waitMs: 100, workMs: 1000 });
  const spinning = have(workers, 'spin', null, 1);
  const waiting = [have(workers, 'echo', 'a', 2), have(workers, 'echo', 'b', 3)];
  expect(await have(workers, 'echo', 'c', 4)).toBe('too many of all');
  expect(await Promise.all([spinning, ...waiting])).toEqual(['time', 'too many of all', 'too many of all']);
});

test('a worker without work ends, and one is there again when there is some', async () => {
  const workers = pool({ idleMs: 100 });
  const first = await have(workers, 'echo');
  await expect.poll(() => workers.size).toBe(0);
  const second = await have(workers, 'echo');
  expect(second).not.toEqual(first);
});

test('a pool that is closed does what it has begun no more, and takes nothing', async () => {
  const workers = pool();
  const inFlight = [have(workers, 'spin'), have(workers, 'echo')];
  workers.close();
  expect(await Promise.all(inFlight)).toEqual(['closed', 'closed']);
  expect(await have(workers, 'echo')).toBe('closed');
  await expect.poll(() => workers.size).toBe(0);
});

describe('a process for native code', () => {
  const ODD_CHILD = new URL('./odd-child.ts', import.meta.url);

  function processes(limits: Partial<PoolLimits> = {}): Pool {
    const made = new Pool((heard) => startChild(ODD_CHILD, heard), { ...LIMITS, ...limits }, createLogger('silent'));
    whenDone(() => made.close());
    return made;
  }

  test('is one, used again, and gets and gives bytes as they are', async () => {
    const workers = processes();
    const bytes = new Uint8Array(1000).subarray(0, 500);
    expect(await have(workers, 'size', { bytes })).toEqual({ bytes: new Uint8Array(501) });
    const first = await have(workers, 'pid');
    expect(await have(workers, 'pid')).toBe(first);
    expect(first).not.toBe(process.pid);
  });

  test.each([
    ['crashes', 'crash', {}, 'broke'],
    ['takes too long', 'spin', { workMs: 1500 }, 'time'],
    ['fills memory that is no heap of its own', 'fill', { workMs: 15_000 }, 'memory'],
  ])('that %s is one refused piece of work, and the next is done by another', async (_, task, limits, why) => {
    const workers = processes(limits);
    const before = await have(workers, 'pid');
    const [left, next] = await Promise.all([have(workers, task), have(workers, 'pid')]);
    expect(left).toBe(why);
    expect(next).not.toBe(before);
    expect(next).toEqual(expect.any(Number));
  });

  test('ends with its pool', async () => {
    const workers = processes();
    const pid = Number(await have(workers, 'pid'));
    workers.close();
    await expect.poll(() => isAlive(pid)).toBe(false);
  });
});
