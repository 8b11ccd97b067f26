// Words that a column holds, read back as the domain knows them.
import { CATEGORIES, type Category } from '../domain/cost.ts';

/** Reads a stored word back as the domain knows it. @throws Error on a word that no version of the books wrote */
export function oneOf<const W extends string>(words: readonly W[], word: string): W {
  const found = words.find((known) => known === word);
  if (found === undefined)
    throw new Error(`the book holds ${JSON.stringify(word)} where one of ${words.join(', ')} belongs`);
  return found;
}

export function categoryOrNull(word: string | null): Category | null {
  return word === null ? null : oneOf(CATEGORIES, word);
}
