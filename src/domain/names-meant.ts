// Names that stand in records as people wrote them, such as vendors and ways of paying: which of them somebody means. One
// business is written in many ways, so several may be meant.
import { fold, isCloseSpelling, namingTerms } from './terms.ts';

type Fits = (said: readonly string[], name: Folded) => boolean;
/** A name as its words, and as one: `Home Depot` is `HomeDepot`. */
type Folded = { readonly words: readonly string[]; readonly whole: string };

const FITS: readonly Fits[] = [
  (said, { words, whole }) => whole === said.join('') || said.every((each) => words.includes(each)),
  (said, { words, whole }) =>
    whole.startsWith(said.join('')) || said.every((each) => words.some((word) => word.startsWith(each))),
  nearlyFits,
];

function nearlyFits(said: readonly string[], { words }: Folded): boolean {
  return said.every((each) => words.some((word) => word === each || isCloseSpelling(each, word)));
}

/** @property near those that are nearly written so and not meant: a typing error of the one, or somebody else */
export type Meant = { readonly meant: readonly string[]; readonly near: readonly string[] };

/** Those that have every word; where none has, those with words that begin so; else those with a typing error in them. */
export function namesMeant(said: string, names: readonly string[]): Meant {
  const words = namingTerms(foldedName(said).words.join(' '));
  if (words.length === 0) return { meant: [], near: [] };
  const folded = names.map((name) => ({ name, ...foldedName(name) }));
  for (const fits of FITS) {
    const meant = folded.filter((name) => fits(words, name));
    if (meant.length === 0) continue;
    const near = folded.filter((name) => !meant.includes(name) && nearlyFits(words, name));
    return { meant: meant.map(({ name }) => name), near: near.map(({ name }) => name) };
  }
  return { meant: [], near: [] };
}

/** What a business calls itself before the law, which people write or leave out. */
const LEGAL_FORMS = new Set(['co', 'company', 'corp', 'inc', 'llc', 'ltd']);

/** The same business, however it is written: case, accents, spaces, punctuation and its legal form do not count. */
export function sameName(name: string): string {
  const { words, whole } = foldedName(name);
  const telling = words.filter((word) => !LEGAL_FORMS.has(word));
  return telling.length === 0 ? whole : telling.join('');
}

/** Whether one may be a way to write the other: the same, in short, or with a typing error. */
export function isOneName(one: string, other: string): boolean {
  return sameName(one) === sameName(other) || isInShort(one, other) || isInShort(other, one);
}

function isInShort(short: string, name: string): boolean {
  const words = namingTerms(foldedName(short).words.join(' '));
  const folded = foldedName(name);
  return words.length > 0 && FITS.some((fits) => fits(words, folded));
}

function foldedName(name: string): Folded {
  const words = wordsOf(fold(withoutApostrophes(name)).split(' '));
  return { words, whole: words.join('') };
}

/** `Mike's` is `Mikes`. */
function withoutApostrophes(name: string): string {
  return name.replace(/['’]/gu, '');
}

/** Letters that stand alone are one word: `A.B.C. Supply` is `ABC Supply`. */
function wordsOf(parts: readonly string[]): string[] {
  const words: string[] = [];
  let letters = '';
  for (const part of [...parts, '']) {
    if (part.length === 1) letters += part;
    else {
      if (letters !== '') words.push(letters);
      letters = '';
      if (part !== '') words.push(part);
    }
  }
  return words;
}
