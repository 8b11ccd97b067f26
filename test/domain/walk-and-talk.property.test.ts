// What is cited from a transcript is found however it is written down again, and nothing else is.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkCited, readTranscript, wasSaid } from '../../src/domain/walk-and-talk.ts';
import { Problem } from '../../src/domain/errors.ts';
import { problemForModel } from '../../src/printers/in-words.ts';

const word = fc.oneof(
  fc.constantFrom(
    'roof',
    'Dana',
    'gutter',
    'Straße',
    'café',
    'naïve',
    "don't",
    'Łódź',
    '24',
    '2.5',
    '5/8',
    '½',
    'żółć',
  ),
  fc.stringMatching(/^[a-zäöé]{1,6}$/),
);
const between = fc.constantFrom(' ', '  ', '\n', ', ', '. ', ' — ', '! ', ': ', ' "', '" ');
const talk = fc.array(fc.tuple(word, between), { minLength: 3, maxLength: 60 });
const said = (words: readonly (readonly [string, string])[]) => words.map(([each, gap]) => each + gap).join('');

/** The same words in other dress. */
const dressed = fc.record({
  upper: fc.boolean(),
  form: fc.constantFrom('NFC', 'NFD'),
  bare: fc.boolean(),
  gaps: fc.array(between, { minLength: 1, maxLength: 5 }),
});
type Dress = typeof dressed extends fc.Arbitrary<infer D> ? D : never;
function dress(words: readonly string[], { upper, form, bare, gaps }: Dress): string {
  const text = words.map((each, index) => each + (gaps[index % gaps.length] ?? ' ')).join('');
  const cased = (upper ? text.toUpperCase() : text).normalize(form);
  return bare ? cased.normalize('NFD').replace(/[\u0300-\u036f'’]/g, '') : cased;
}

test('three words or more in a row are found in any case, accents, punctuation and white space', () => {
  fc.assert(
    fc.property(talk, fc.nat(), fc.integer({ min: 3, max: 20 }), dressed, (words, start, count, how) => {
      const from = start % (words.length - 2);
      const cited = words.slice(from, from + Math.max(3, count)).map(([each]) => each);
      const transcript = readTranscript(said(words));
      expect(wasSaid(transcript, dress(cited, how))).toBe(true);
      expect(() => checkCited(transcript, dress(cited, how), { field: 'cites', ref: 'W-1' })).not.toThrow();
    }),
    { numRuns: 1000 },
  );
});

test('one word more, left out or swapped in is not found, unless that was said as well', () => {
  const plain = fc.stringMatching(/^[ab]{1,2}$/);
  const cases = fc.record({
    words: fc.array(plain, { minLength: 4, maxLength: 40 }),
    cited: fc.array(plain, { minLength: 3, maxLength: 5 }),
  });
  const seen = { found: 0, missed: 0 };
  fc.assert(
    fc.property(cases, ({ words, cited }) => {
      const stands = words.some((_, from) => cited.every((each, index) => words[from + index] === each));
      seen[stands ? 'found' : 'missed'] += 1;
      expect(wasSaid(readTranscript(words.join(' ')), cited.join(' '))).toBe(stands);
    }),
    { numRuns: 3000 },
  );
  expect(seen.found).toBeGreaterThan(20);
  expect(seen.missed).toBeGreaterThan(1000);
});

test('no words at all, of any transcript, break it; an error is always short and names the field', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      fc.string({ unit: 'grapheme', maxLength: 200 }),
      (text, cited) => {
        const transcript = readTranscript(text);
        const problem = problemOf(() => checkCited(transcript, cited, { field: 'lines[0].cites', ref: 'W-1' }));
        expect(problem).toMatch(wasSaid(transcript, cited) ? /^$/ : /^lines\[0\]\.cites: .{20,700}$/);
      },
    ),
    { numRuns: 2000 },
  );
});

/** What it complains of; nothing where it does not. */
function problemOf(check: () => void): string {
  try {
    check();
    return '';
  } catch (error) {
    return error instanceof Problem ? problemForModel(error) : String(error);
  }
}
