// What is kept of what was made.
import { expect, it } from 'vitest';
import { Recent } from '../../../src/store/engine/recent.ts';

/** @returns asks for a key, and tells which were made for it */
function recent(most: number) {
  const made: string[] = [];
  const kept = new Recent<string>(most);
  const ask = (key: string) =>
    kept.of(key, () => {
      made.push(key);
      return `made of ${key}`;
    });
  return { made, ask };
}

it('makes what is used again and again once, whatever else is asked for meanwhile', () => {
  const { made, ask } = recent(10);
  for (let each = 0; each < 100; each += 1) {
    expect(ask('often')).toBe('made of often');
    ask(`once ${each}`);
  }
  expect(made.filter((key) => key === 'often')).toHaveLength(1);
  expect(made).toHaveLength(101);
});

it('keeps the half that was used last, and no more than there may be', () => {
  const { made, ask } = recent(10);
  const keys = Array.from({ length: 30 }, (_, each) => `key ${each}`);
  keys.map(ask);
  made.length = 0;
  keys.slice(-5).map(ask);
  expect(made).toEqual([]);
  keys.map(ask);
  expect(made.length).toBeGreaterThanOrEqual(20);
});
