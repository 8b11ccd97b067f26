// Words that resemble each other: which are forgiven, and that the index finds them.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCloseSpelling, variants } from '../../src/domain/terms.ts';

describe('typing errors', () => {
  // Letters of several scripts; few of them, so that words often resemble each other.
  const letters = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'é', 'ø', 'ñ', 'ж', 'щ', '中', '𠮷');
  const latin = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
  const word = fc.array(letters, { minLength: 1, maxLength: 16 }).map((some) => some.join(''));
  type Edit = { readonly how: 'drop' | 'add' | 'change' | 'swap'; readonly at: number; readonly letter: string };
  const editsWith = (letter: fc.Arbitrary<string>): fc.Arbitrary<Edit[]> =>
    fc.array(fc.record({ how: fc.constantFrom('drop', 'add', 'change', 'swap'), at: fc.nat(20), letter }), {
      minLength: 1,
      maxLength: 2,
    });

  const mistyped = (known: string, typos: readonly Edit[]) =>
    typos.reduce((sofar, { how, at, letter }) => {
      const place = at % (sofar.length + 1);
      const [before, after] = [sofar.slice(0, place), sofar.slice(place)];
      if (how === 'add') return before + letter + after;
      if (how === 'drop') return before + after.slice(1);
      if (how === 'change') return before + (after === '' ? '' : letter) + after.slice(1);
      return before + after.slice(1, 2) + after.slice(0, 1) + after.slice(2);
    }, known);

  const shareOne = (left: string, right: string) => {
    const known = new Set(variants(left));
    return variants(right).some((variant) => known.has(variant));
  };

  it('a word and any word within the forgiven errors share a spelling, so that the index finds it', () => {
    let close = 0;
    fc.assert(
      fc.property(word, editsWith(letters), word, (known, typos, other) => {
        for (const heard of [mistyped(known, typos), other]) {
          if (!isCloseSpelling(heard, known)) continue;
          close += 1;
          expect([heard, known, shareOne(heard, known)]).toEqual([heard, known, true]);
          expect(isCloseSpelling(known, heard)).toBe(true);
        }
      }),
      { numRuns: 4000 },
    );
    expect(close).toBeGreaterThan(1000);
  });

  it('one error from four letters and two from eight are forgiven, and every word is near itself', () => {
    const plain = fc.array(latin, { minLength: 4, maxLength: 14 }).map((some) => some.join(''));
    fc.assert(
      fc.property(plain, editsWith(latin), (known, typos) => {
        // A letter put between two swapped ones is more than two errors.
        const single = typos.length === 1 || typos.some(({ how }) => how === 'swap');
        const heard = mistyped(known, single ? typos.slice(0, 1) : typos);
        const forgiven = Math.min(heard.length, known.length) >= (single ? 4 : 8) && (single || heard[0] === known[0]);
        expect([heard, known, !forgiven || isCloseSpelling(heard, known)]).toEqual([heard, known, true]);
        expect(shareOne(known, known)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });
});
