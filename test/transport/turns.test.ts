// Which requests of one client begin, and which wait.
import { expect, onTestFinished, test, vi } from 'vitest';
import { RequestTurns } from '../../src/transport/turns.ts';

const MB = 1024 * 1024;

/** Requests that say when they begin; 32 MB of them may be under way. */
function line() {
  const turns = new RequestTurns();
  const begun: (string | number)[] = [];
  const add = (id: string | number, size: number, length = 100) =>
    turns.add({ id, length, size, begin: () => void begun.push(id) });
  return { turns, begun, add };
}

test('as many begin as there is room for; each that ends lets the next one in, in the order in which they came', () => {
  const { turns, begun, add } = line();
  for (const id of [1, 2, 3, 4]) add(id, 16 * MB);
  add(5, 1);
  expect(begun).toEqual([1, 2]);
  expect(turns.waitingLength).toBe(300);
  turns.ends(2);
  expect(begun).toEqual([1, 2, 3]);
  turns.ends(1);
  turns.ends(3);
  expect(begun).toEqual([1, 2, 3, 4, 5]);
  expect(turns.waitingLength).toBe(0);
});

test('an answer takes the room that it has, for as long as nobody has taken it', () => {
  const { turns, begun, add } = line();
  for (const id of [1, 2, 3, 4]) add(id, 15 * MB);
  turns.answers(1, 14 * MB);
  expect(begun).toEqual([1, 2]);
  turns.answers(2, 1000);
  expect(begun).toEqual([1, 2, 3]);
  turns.ends(1);
  expect(begun).toEqual([1, 2, 3, 4]);
});

test('what is larger than all the room begins once it is alone', () => {
  const { turns, begun, add } = line();
  add('small', 1);
  add('large', 48 * MB);
  add('later', 1);
  expect(begun).toEqual(['small']);
  turns.ends('small');
  expect(begun).toEqual(['small', 'large']);
  turns.ends('large');
  expect(begun).toEqual(['small', 'large', 'later']);
});

test('calls that wait for their person keep nothing back', () => {
  const { turns, begun, add } = line();
  for (const id of ['asks', 'asks too', 'waits', 'waits too']) add(id, 15 * MB);
  expect(begun).toEqual(['asks', 'asks too']);
  turns.asks('asks');
  expect(begun).toEqual(['asks', 'asks too', 'waits']);
  turns.asks('asks too');
  expect(begun).toEqual(['asks', 'asks too', 'waits', 'waits too']);
});

test('a request taken back never begins, and keeps nothing back', () => {
  const { turns, begun, add } = line();
  add(1, 20 * MB);
  add(2, 20 * MB);
  add(3, 10 * MB);
  expect(turns.cancel(2)).toBe(true);
  expect(begun).toEqual([1, 3]);
  expect(turns.waitingLength).toBe(0);
  expect(turns.cancel('2')).toBe(false);
});

test('one that is cancelled under way makes room some time later, since it ends unseen; unless its answer is on its way', () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const { turns, begun, add } = line();
  add(1, 32 * MB);
  add(2, 32 * MB);
  add(3, 32 * MB);
  expect(turns.cancel(1)).toBe(false);
  expect(begun).toEqual([1]);
  vi.advanceTimersByTime(1000);
  expect(begun).toEqual([1, 2]);
  turns.cancel(2);
  turns.answers(2, 32 * MB);
  add(4, 1);
  vi.advanceTimersByTime(60_000);
  expect(begun).toEqual([1, 2]);
  turns.ends(2);
  expect(begun).toEqual([1, 2, 3]);
});

test('two of one id lose no room', () => {
  const { turns, begun, add } = line();
  for (let round = 0; round < 10; round += 1) {
    add('same', 10 * MB);
    add('same', 10 * MB);
    turns.ends('same');
    turns.ends('same');
  }
  add('last', 32 * MB);
  expect(begun.at(-1)).toBe('last');
});

test('it is at rest when all have ended, or when those that wait are dropped', async () => {
  const { turns, begun, add } = line();
  await turns.rest();
  add(1, 32 * MB);
  add(2, 32 * MB);
  let rests = false;
  const rest = turns.rest().then(() => (rests = true));
  turns.drop();
  await Promise.resolve();
  expect(rests).toBe(false);
  turns.ends(1);
  await rest;
  expect(begun).toEqual([1]);
});
