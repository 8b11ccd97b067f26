// Who has many addresses counts as a few.
import { expect, test, vi } from 'vitest';
import { limitsOf } from '../../../src/transport/http/limits.ts';
import { whenDone } from '../../support/ending.ts';
import { UNLIMITED } from '../../support/site.ts';

function opened() {
  vi.useFakeTimers({ now: Date.parse('2026-11-28T09:00:00Z') });
  whenDone(() => vi.useRealTimers());
  const limits = limitsOf({ ...UNLIMITED, registrations: 5, time: 1000 });
  return { limits, register: async (address: string) => await limits.take('registrations', address) };
}

test('a /48 of IPv6 has as much as four addresses, whatever is taken out of it', async () => {
  const { register } = opened();
  const waits: (number | null)[] = [];
  for (let each = 0; each < 30; each += 1) {
    waits.push(await register(`2001:db8:1:${each.toString(16)}`));
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(waits.filter((wait) => wait === null)).toHaveLength(20);
  expect(await register('2001:db8:2:0')).toBeNull();
});

test('all addresses together have in a second twice what one has in a minute; the next second anybody may again', async () => {
  const { register } = opened();
  const flood = async () => {
    const waits: (number | null)[] = [];
    for (let each = 0; each < 800; each += 1) waits.push(await register(`198.51.${each % 200}.${each}`));
    return waits.filter((wait) => wait === null).length;
  };
  expect(await flood()).toBe(10);
  expect(await register('203.0.113.7')).toBe(1);
  await vi.advanceTimersByTimeAsync(1000);
  expect(await register('203.0.113.7')).toBeNull();
});

test('a member who took more than their time waits for the minute to end, and nobody else does', async () => {
  const { limits } = opened();
  await limits.spend('1 maria', 900);
  expect(await limits.owed('1 maria')).toBeNull();
  await limits.spend('1 maria', 900);
  expect(await limits.owed('1 maria')).toBe(60);
  expect(await limits.owed('1 olga')).toBeNull();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await limits.owed('1 maria')).toBeNull();
});

test('guesses are counted over all processes, and by this one alone while the database cannot count', async () => {
  const counts = new Map<string, number>();
  const attempts = {
    count: async (key: string, most: number) => {
      counts.set(key, (counts.get(key) ?? 0) + 1);
      return (counts.get(key) ?? 0) > most ? 30_000 : null;
    },
    takeBack: async (key: string) => void counts.set(key, (counts.get(key) ?? 0) - 1),
  };
  const [one, other] = [1, 2].map(() => limitsOf({ ...UNLIMITED, failures: 3 }, attempts));
  const tried = [one, other, one].map(async (each) => await each?.take('failures', '2001:db8:1:1'));
  expect(await Promise.all(tried)).toEqual([null, null, null]);
  expect(await other?.take('failures', '2001:db8:1:1')).toBe(30);
  await one?.giveBack('failures', '2001:db8:1:1');
  await one?.giveBack('failures', '2001:db8:1:1');
  expect(await other?.take('failures', '2001:db8:1:1')).toBeNull();
  expect(await one?.take('token', 'a')).toBeNull();
  expect([...counts.keys()]).toEqual(['failures 2001:db8:1:1', 'failures 2001:db8:1']);

  // Whom only the network keeps out has not tried.
  for (let each = 0; each < 8; each += 1) await one?.take('failures', `2001:db8:1:${each + 2}`);
  counts.set('failures 2001:db8:1', 12);
  expect(await other?.take('failures', '2001:db8:1:a')).toBe(30);
  expect(counts.get('failures 2001:db8:1:a')).toBe(0);

  const away = async () => await Promise.reject<never>(new Error('the database is away'));
  const alone = limitsOf({ ...UNLIMITED, failures: 3 }, { count: away, takeBack: away });
  for (let each = 0; each < 3; each += 1) expect(await alone.take('failures', '203.0.113.7')).toBeNull();
  expect(await alone.take('failures', '203.0.113.7')).toBe(60);
  await expect(alone.giveBack('failures', '203.0.113.7')).resolves.toBeUndefined();
});
