import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  beginsWords,
  contactSaid,
  fold,
  fullNameKey,
  indexedTerms,
  isCloseSpelling,
  nameKey,
  namingTerms,
  saidWords,
  termsOf,
  variants,
} from '../../src/domain/terms.ts';

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

  it('a number among words is a telephone number from seven digits on, and no postal code', () => {
    expect(contactSaid('call 555 0142 back')).toEqual(['5550142']);
    expect(['418 Pecan Hollow', 'Austin 78701-1234', 'unit 12 of 555', 'INV-1043'].map(contactSaid)).toEqual([
      ...[null, null, null, null],
    ]);
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
    for (const key of [nameKey, fullNameKey]) {
      expect(key('Roof replacement')).toBe(key('The replacement: ROOF'));
      expect(key('Roof replacement')).not.toBe(key('Roof replacement garage'));
      expect(key("Henderson's roof")).toBe(key('roof for the Henderson'));
    }
    // A key of a person stands in the books as it was first made.
    expect([nameKey('Søren Bach'), fullNameKey('Søren Bach')]).toEqual(['bach søren', 'bach soren']);
  });

  it('a hundred words name no more than a dozen', () => {
    expect(namingTerms(Array.from({ length: 100 }, (_, index) => `w${index}`).join(' '))).toHaveLength(12);
  });
});

describe('a word in other forms', () => {
  const alike = (said: string) => saidWords(said).flatMap((each) => each.alike);

  it('letters without an accent of their own are typed plain', () => {
    expect(termsOf('Søn Ærø Þór Œuvre Straße Łódź Đặng')).toEqual([
      ...['son', 'aero', 'thor', 'oeuvre', 'strasse', 'lodz', 'dang'],
    ]);
    expect(termsOf('SØREN STRAẞE')).toEqual(['soren', 'strasse']);
  });

  it('a number with separators is one word', () => {
    expect(termsOf('INV-1,043 of 3,600.00, 2,5 and 1,2345')).toEqual([
      ...['inv', '1043', 'of', '3600', '00', '2', '5', 'and', '1', '2345'],
    ]);
  });

  it('what is indexed is found as others spell it', () => {
    expect(indexedTerms('Jürgen Müller')).toEqual(['jurgen', 'muller', 'juergen', 'mueller']);
    expect(indexedTerms("Pat O'Brien")).toEqual(['pat', 'obrien', 'o', 'brien']);
    expect(indexedTerms("Henderson's roof")).toEqual(['henderson', 'roof']);
    expect(indexedTerms('Roof')).toEqual(['roof']);
  });

  it.each([
    ['the Hendersons', ['henderson']],
    ['Müller', ['mueller', 'mullers']],
    ['roof', ['roofs']],
    ['roofs', ['roof']],
    ['Sanchezes', ['sancheze', 'sanchez']],
    ['glass', []],
    // Roberts is a family, and nobody called Robert is one of them.
    ['Roberts', []],
    ['Robert', ['bert', 'bob', 'bobby', 'rob', 'robbie']],
    ['Chris', ['christian', 'christina', 'christine', 'christopher']],
    ['vent', ['vents']],
    ['1043', []],
  ])('%s is also %j', (said, others) => {
    expect(alike(said).toSorted()).toEqual(others.toSorted());
  });

  it('two letters begin too many words, and a number is said whole', () => {
    expect(['he', 'hen', '屋根', '屋', '104'].map(beginsWords)).toEqual([false, true, true, false, false]);
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
    ['anderson', 'henderson', false],
    ['jansen', 'hansen'],
    ['tub', 'tab', false],
    ['1043', '1044', false],
    ['unit12', 'unit13', false],
    ['roof', 'roof'],
    ['hendersonville', 'henderson', false],
  ])('%s for %s', (heard, known, close = true) => {
    expect(isCloseSpelling(heard, known)).toBe(close);
    expect(isCloseSpelling(known, heard)).toBe(close);
  });

  it('a long word has few enough spellings to keep', () => {
    expect(variants('ab')).toEqual(['ab']);
    expect(variants('roof')).toHaveLength(4);
    expect(variants('abcdefghijklmnop').length).toBeLessThanOrEqual(1 + 7 + 21);
    expect(variants('𠮷'.repeat(20)).length).toBeLessThanOrEqual(1 + 7 + 21);
  });
});
