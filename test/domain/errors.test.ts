import { describe, expect, it } from 'vitest';
import { quoted } from '../../src/domain/errors.ts';

describe('what a caller wrote, repeated inside an error', () => {
  it.each([
    ['roof', '"roof"'],
    ['a\n b\u0000\u202Ec', '"a b c"'],
    ['x'.repeat(41), `"${'x'.repeat(40)}…"`],
    [undefined, '"null"'],
    [{ a: [1] }, '"{"a":[1]}"'],
  ])('%j is shown as %s', (said, shown) => {
    expect(quoted(said)).toBe(shown);
  });

  it('is only named where it is nested too deep to be written out', () => {
    let deep: unknown = [];
    for (let level = 0; level < 200_000; level += 1) deep = [deep];
    expect(quoted(deep)).toBe('"…"');
  });
});
