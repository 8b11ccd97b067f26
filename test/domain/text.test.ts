import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginning, cut, visible, visibleLine } from '../../src/domain/text.ts';

describe('a text that is shown short', () => {
  it('ends between two characters as a reader sees them', () => {
    expect(cut('Roof 😀 replaced', 6)).toBe('Roof…');
    expect(cut('Zoe\u0301 Lopez', 3)).toBe('Zo…');
    expect(cut('Crew 👍🏽 done', 7)).toBe('Crew…');
    expect(cut('Family 👨‍👩‍👧 roof', 9)).toBe('Family…');
    expect(cut('From 🇩🇪🇩🇪 with care', 10)).toBe('From 🇩🇪…');
    expect(cut('Roof', 4)).toBe('Roof');
    expect(beginning('Roof replacement', 6)).toBe('Roof r');
  });

  it('is never half a character, wherever it is cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(40), (text, longest) => {
        const short = cut(text, longest);
        expect(short.isWellFormed()).toBe(true);
        expect(short.length).toBeLessThanOrEqual(longest + 1);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('what hides in a text', () => {
  it.each([
    ['a tag', '\u{E0049}\u{E0067}'],
    ['a selector of variants', '\uFE0F\u{E0100}'],
    ['an Arabic mark of direction', '\u061C'],
    ['a Mongolian separator', '\u180E'],
    ['a filler', '\u3164\u115F\uFFA0'],
    ['an annotation', '\uFFF9\uFFFB'],
    ['a turn of direction', '\u202E\u2066'],
    ['a space of no width', '\u200B\uFEFF'],
    ['an escape', '\u001B\u0007'],
    ['half a character', '\uD83D'],
  ])('%s is taken out', (_, hidden) => {
    expect(visible(`Pay${hidden} me`).replace('\uFFFD', '')).toBe('Pay me');
  });

  it('lines and tabs stay, and one line is one line', () => {
    expect(visible('one\r\ntwo\tthree')).toBe('one\ntwo\tthree');
    expect(visibleLine(' one\r\ntwo\u2028three ')).toBe('one twothree');
    expect(visible('Zoe\u0301')).toBe('Zo\u00E9');
  });
});
