import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, isCloseSpelling, nameKey, namingTerms, variants, termsOf } from '../../src/domain/terms.ts';

describe('words are compared without case, accents and punctuation', () => {
  it.each([
    ["Henderson's Roof", 'henderson roof'],
    ['Henderson’s roof', 'henderson roof'],
    ['Müller & Søn, Café', 'muller søn cafe'],
    ['ＦＵＬＬ width', 'full width'],
    ['Łódź – ÉCOLE', 'łodz ecole'],
    ["O'Brien-Smith", 'obrien smith'],
    ['418 Pecan Hollow Ln., #2', '418 pecan hollow ln 2'],
    ['½ bath', '1 2 bath'],
    ['  spaced\tout\n', 'spaced out'],
    ['🏠!?', ''],
    ['', ''],
  ])('%j is %j', (spoken, folded) => {
    expect(fold(spoken)).toBe(folded);
  });

  it('a word is kept once, and a very long one by its beginning', () => {
    expect(termsOf('Roof roof ROOF repair')).toEqual(['roof', 'repair']);
    expect(termsOf('…')).toEqual([]);
    const long = 'a'.repeat(41);
    expect(termsOf(`${long} ${long}b`)).toEqual(['a'.repeat(40)]);
  });

  it('whatever is said: folding twice changes nothing, and no word comes twice', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })), (spoken) => {
        const words = termsOf(spoken);
        expect(new Set(words).size).toBe(words.length);
        expect(words.every((word) => word !== '' && word.length <= 40)).toBe(true);
        expect(fold(fold(spoken))).toBe(fold(spoken));
      }),
      { numRuns: 300 },
    );
  });
});

describe('words that name something', () => {
  it('the, my, a, job and for say nothing', () => {
    expect(namingTerms('the Henderson storm repair job')).toEqual(['henderson', 'storm', 'repair']);
    expect(namingTerms('my roof replacement job')).toEqual(['roof', 'replacement']);
    expect(namingTerms('A job for The Smiths')).toEqual(['smiths']);
  });

  it('unless nothing else was said', () => {
    expect(namingTerms('my job')).toEqual(['my', 'job']);
    expect(namingTerms('The A')).toEqual(['the', 'a']);
    expect(namingTerms('!!')).toEqual([]);
  });

  it('names are fully equal by their words, in any order', () => {
    expect(nameKey('Roof replacement')).toBe(nameKey('The replacement: ROOF'));
    expect(nameKey('Roof replacement')).not.toBe(nameKey('Roof replacement garage'));
    expect(nameKey("Henderson's roof")).toBe(nameKey('roof for the Henderson'));
  });

  it('a hundred words name no more than a dozen', () => {
    expect(namingTerms(Array.from({ length: 100 }, (_, index) => `w${index}`).join(' '))).toHaveLength(12);
  });
});

describe('typing errors', () => {
  it.each([
    ['hendersen', 'henderson'],
    ['hnederson', 'henderson'],
    ['hendrsn', 'hendrson'],
    ['shingels', 'shingles'],
    ['replacment', 'replacement'],
    ['rooof', 'roof'],
    ['rof', 'rofo', false],
    ['roof', 'hoof'],
    ['raplecement', 'replacement'],
    ['raplecemant', 'replacement', false],
    ['tub', 'tab', false],
    ['1043', '1044', false],
    ['unit12', 'unit13', false],
    ['roof', 'roof'],
    ['hendersonville', 'henderson', false],
  ])('%s for %s', (heard, known, close = true) => {
    expect(isCloseSpelling(heard, known)).toBe(close);
    expect(isCloseSpelling(known, heard)).toBe(close);
  });

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
        const forgiven = Math.min(heard.length, known.length) >= (single ? 4 : 8);
        expect([heard, known, !forgiven || isCloseSpelling(heard, known)]).toEqual([heard, known, true]);
        expect(shareOne(known, known)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('a long word has few enough spellings to keep', () => {
    expect(variants('ab')).toEqual(['ab']);
    expect(variants('roof')).toHaveLength(4);
    expect(variants('abcdefghijklmnop').length).toBeLessThanOrEqual(1 + 7 + 21);
    expect(variants('𠮷'.repeat(20)).length).toBeLessThanOrEqual(1 + 7 + 21);
  });
});
