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
  (said, { words }) => said.every((each) => words.some((word) => word === each || isCloseSpelling(each, word))),
];

/** Those that have every word; where none has, those with words that begin so; else those with a typing error in them. */
export function namesMeant(said: string, names: readonly string[]): string[] {
  const words = namingTerms(said);
  if (words.length === 0) return [];
  const folded = names.map((name) => ({ name, ...foldedName(name) }));
  for (const fits of FITS) {
    const meant = folded.filter((name) => fits(words, name));
    if (meant.length > 0) return meant.map(({ name }) => name);
  }
  return [];
}

function foldedName(name: string): Folded {
  const words = fold(name).split(' ');
  return { words, whole: words.join('') };
}

/** The same business, however it is written: case, accents, spaces and punctuation do not count. */
export function sameName(name: string): string {
  return foldedName(name).whole;
}
