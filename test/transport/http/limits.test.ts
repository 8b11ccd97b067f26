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
