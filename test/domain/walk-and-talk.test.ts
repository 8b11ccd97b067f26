import { describe, expect, test } from 'vitest';
import { checkCited, readTranscript, wasSaid } from '../../src/domain/walk-and-talk.ts';
import { refusal } from '../support/refusal.ts';

const VISIT = readTranscript(
  [
    'Sam: Morning Dana, is it fine if I record this?',
    'Dana: Sure, go ahead.',
    'Sam: The shingles on the north slope are gone, about 24 squares in all.',
    "Dana: And the gutters? They're leaking at the corner. Café side, not the street.",
    'Sam: The ridge vent is 2.5 inches too short; 5/8 plywood, 1,000 nails. Gutters too.',
  ].join('\n'),
);

describe('words that were said stand, however they are written', () => {
  test.each([
    'The shingles on the north slope are gone',
    'the SHINGLES on the North slope',
    '“shingles, on the north slope—are gone”',
    'about  24\n squares',
    'they’re leaking at the corner',
    'THEYRE leaking at',
    'cafe side not',
    'gone, about 24 squares in all. Dana: And the gutters',
    'vent is 2.5 inches',
    'too short 5/8 plywood',
    '1000 nails gutters too',
  ])('%s', (cited) => {
    expect(wasSaid(VISIT, cited)).toBe(true);
  });
});

describe('words that were not said do not', () => {
  test.each([
    ['the shingles on the south slope', 'one word is another'],
    ['shingles the north slope', 'one word is missing'],
    ['north slope are gone, about 24 square', 'a word is cut short at the end'],
    ['hingles on the north', 'a word is cut short at the beginning'],
    ['slope north the on', 'in another order'],
    ['5 inches too short', '2.5 is not 5'],
    ['8 plywood 1,000 nails', '5/8 is not 8'],
    ['', 'nothing'],
    ['...', 'no word'],
  ])('%s: %s', (cited) => {
    expect(wasSaid(VISIT, cited)).toBe(false);
  });
});

test('fewer than three words count only as a whole sentence', () => {
  expect(wasSaid(VISIT, 'gutters too')).toBe(true);
  expect(wasSaid(VISIT, 'go ahead')).toBe(false);
  expect(wasSaid(VISIT, 'the corner')).toBe(false);
  expect(wasSaid(VISIT, 'sure')).toBe(false);
  expect(wasSaid(readTranscript('Sure. Go ahead'), 'sure')).toBe(true);
});

test('where a script puts no space between words, three letters are enough', () => {
  const visit = readTranscript('屋根が漏れています。雨どいも直してください。');
  expect(wasSaid(visit, '雨どいも')).toBe(true);
  expect(wasSaid(visit, '屋根も漏れ')).toBe(false);
});

test('sharp s and its capitals are the same letter, as are composed and decomposed accents', () => {
  const visit = readTranscript('Die Straße zum Gäßchen ist naß');
  expect(wasSaid(visit, 'DIE STRASSE ZUM GASSCHEN')).toBe(true);
  expect(wasSaid(visit, 'Die Straße zum Ga\u0308ßchen')).toBe(true);
});

test('the error names the line, its words and the passage that comes closest', () => {
  const check = (cited: string) => () => checkCited(VISIT, cited, { field: 'lines[1].cites', ref: 'W-3' });
  expect(check('about 24 squares in all')).not.toThrow();
  expect(refusal(check('about 30 squares in all'))).toContain(
    'lines[1].cites: "about 30 squares in all" does not stand in the transcript of W-3. ' +
      'Closest is "about 24 squares in all". Cite words that were said, in a row, or leave the line out.',
  );
  expect(refusal(check('replace every window upstairs'))).toContain(
    'lines[1].cites: "replace every window upstairs" does not stand in the transcript of W-3. Cite words',
  );
  expect(refusal(check('the gutters'))).toContain(
    'lines[1].cites: "the gutters" is too short to be found again. Cite at least 3 words in a row from W-3, or a whole sentence.',
  );
  expect(refusal(check('x '.repeat(250)))).toMatch(/^.{0,400}$/);
});

test('a long transcript is read and searched at once, also where every word begins a match', () => {
  const visit = readTranscript('a '.repeat(49_999));
  const started = performance.now();
  for (let line = 0; line < 200; line += 1) expect(wasSaid(visit, `${'a '.repeat(240)}b`)).toBe(false);
  expect(performance.now() - started).toBeLessThan(2000);
});
