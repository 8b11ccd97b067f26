import { globSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoted } from '../../src/domain/errors.ts';
import { FILE_TYPES, fileName } from '../../src/domain/file.ts';
import { costsDescribed } from '../../src/domain/private-costs.ts';
import { beginning, cut, inLine, inLines, visible, visibleLine } from '../../src/domain/text.ts';

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

describe('wherever words of people are shown short', () => {
  const pictures = fc.string({
    unit: fc.constantFrom('😀', '👍🏽', '👨‍👩‍👧', '🇩🇪', 'e\u0301', '屋', '𠮷', 'a', ' '),
    maxLength: 80,
  });

  it('no character is halved', () => {
    fc.assert(
      fc.property(pictures, fc.nat(9), (text, shift) => {
        const shifted = 'x'.repeat(shift) + text.repeat(8);
        expect(quoted(shifted).isWellFormed()).toBe(true);
        expect(fileName(shifted, FILE_TYPES.pdf).isWellFormed()).toBe(true);
        const printed = { amounts: new Set<number>(), counts: new Set<number>() };
        const told = costsDescribed(
          [{ what: 'note', text: `${shifted} 12.50 USD ${shifted}` }],
          [{ of: 'Q-4 line 2', amount: 1250 }],
          { printed, currency: 'USD' },
        );
        expect(told.map(({ excerpt }) => excerpt.isWellFormed())).toEqual([true]);
      }),
      { numRuns: 500 },
    );
  });

  it('cut or beginning does it, which know characters', () => {
    const files = globSync('src/**/*.ts').filter((path) => !path.endsWith('domain/text.ts'));
    expect(files.length).toBeGreaterThan(300);
    const words =
      /\b(?:description|summary|caption|title|vendor|reason|consent|label|query)\??\.(?:slice|substring|substr)\(0,/;
    expect(files.filter((path) => words.test(readFileSync(path, 'utf8')))).toEqual([]);
    const names = /function (?:cut|beginning)\b/;
    expect(files.filter((path) => names.test(readFileSync(path, 'utf8')))).toEqual([]);
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
    expect(visibleLine(' one\r\ntwo\u2028three ')).toBe('one two three');
    expect(visible('Zoe\u0301')).toBe('Zo\u00E9');
  });
});

describe('an emoji', () => {
  it.each([
    '\u2764\uFE0F',
    '1\uFE0F\u20E3',
    '\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
    '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}',
    '\u{1F3C3}\u{1F3FD}\u200D\u2642\uFE0F',
    '\u{1F441}\uFE0F\u200D\u{1F5E8}\uFE0F',
    '\u{1F3F4}\u200D\u2620\uFE0F',
  ])('%s stays whole, though it is made with what is not seen', (emoji) => {
    expect(visible(`Thanks ${emoji}!`)).toBe(`Thanks ${emoji}!`);
  });

  it('hides nothing behind it', () => {
    expect(visible('\u{1F3F4}\u{E0050}\u{E0061}\u{E0079}\u{E007F}')).toBe('\u{1F3F4}');
    expect(visible('\u{1F600}\u200D\uFE0F\u{E0041} and \u200D1\uFE0F')).toBe('\u{1F600} and 1');
  });

  it('of every kind that is recommended stays whole', () => {
    const known = fc.stringMatching(
      /^[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Join_Control}\u{FE0F}\u{20E3}#0-9]{1,5}$/u,
    );
    fc.assert(
      fc.property(known, (emoji) => {
        fc.pre(/^\p{RGI_Emoji}$/v.test(emoji));
        expect(visible(emoji)).toBe(emoji.normalize('NFC'));
      }),
      { numRuns: 500, maxSkipsPerRun: 1000 },
    );
  });
});

const SIGNS = ['a', ' ', ']', '(', '[', '!', ':', '<', '/', '\n', '\r', '\u2028', '\u200B', '\u{E0041}', '\uFE0F', '❤'];

describe("somebody's words within a text of ours", () => {
  it('end no line of it, and say where one ended', () => {
    expect(inLine('Gate code 4411.\r\n\n  Dog in the yard.\u2028Ring twice.\n')).toBe(
      'Gate code 4411. ↵ Dog in the yard. ↵ Ring twice.',
    );
    expect(inLines('one\rtwo\u0085three', '> ')).toEqual(['> one', '> two', '> three']);
  });

  it('are no link, picture or tag', () => {
    expect(inLine('![p](https://a.example/?d=1)')).toBe('! [p] (https://a.example/?d=1)');
    expect(inLine('[p]: https://a.example')).toBe('[p] : https://a.example');
    expect(inLine('<img src=x> </b> <!-- <https://a.example>')).toBe('< img src=x> < /b> < !-- < https://a.example>');
  });

  it('read as they were written otherwise', () => {
    for (const words of [
      'Paid 40 % [see photo 2] (by check), 5 < 6 & 7 > 3!',
      'https://photos.example/a_b?c=1#d, 9" flashing, 2×4s, #8 screws * 3',
      'Señora Ñandú, 東京 1-2-3, crew \u{1F477}\u{1F3FD}',
    ])
      expect(inLine(words)).toBe(words.normalize('NFC'));
  });

  it('come to the same beside letters of another script, for which they are looked at one by one', () => {
    for (let code = 0; code < 0x2300; code += 1) {
      const sign = String.fromCharCode(code);
      // Between letters, so that it neither begins nor ends a line.
      for (const said of [`x${sign}y`, `é${sign}y`, `!${sign}[a`]) {
        expect(visible(`${said}ж`), code.toString(16)).toBe(`${visible(said)}ж`);
        expect(inLine(`${said}ж`), code.toString(16)).toBe(`${inLine(said)}ж`);
      }
    }
  });

  it('are safe whatever they are, and safe words stay', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...SIGNS) }), (words) => {
        const once = inLine(words);
        expect(once).not.toMatch(/[\n\r\u2028\u200B\u{E0041}]|\]\(|^[ >*+-]*\[[^\]]*\]:|!\[|<[a-z/!?]/u);
        expect(inLine(once)).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });
});
