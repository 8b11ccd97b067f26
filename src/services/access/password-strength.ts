// How soon a password would be guessed, and by what; loaded when somebody chooses one, with half a megabyte of words.
import { ZxcvbnFactory, type ZxcvbnResult } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

/** What makes it easy to guess: what many people choose, its own person, an order or a date, or nothing in particular. */
export type Weakness = 'common' | 'own' | 'pattern' | 'date' | 'short';

/** More is not looked at: what is as long is strong by then, and longer ones would keep others waiting. */
const LONGEST = 128;
/** Ways to read figures as letters; a hundred of them took a tenth of a second for 128 characters of "p4ssw0rd". */
const MOST_SPELLINGS = 10;

const estimator = new ZxcvbnFactory({
  ...{ dictionary, graphs: adjacencyGraphs },
  ...{ maxLength: LONGEST, l33tMaxSubstitutions: MOST_SPELLINGS },
});

/** Of its scale of 0 to 4: from 3 on it takes ten billion guesses and more, too many for whoever has the book's hashes. */
const STRONG = 3;
/** With a name in it that is known to whoever tries, the rest must do. */
const STRONG_WITH_OWN = 4;

/** Letters and figures that a password has besides its person's names. */
const FEWEST_OF_ITS_OWN = 5;

/** @param own what is known of its person: names and addresses */
export function weaknessOf(password: string, own: readonly string[]): Weakness | null {
  const parts = own.flatMap((each) => [each, ...each.split(/[^\p{L}\p{N}]+/u)]);
  const result = estimator.check(
    password,
    [...new Set(parts)].filter((part) => part.length > 2),
  );
  const isOwn = result.sequence.some((match) => match['dictionaryName'] === 'userInputs');
  const isStrong = result.score >= (isOwn ? STRONG_WITH_OWN : STRONG);
  if (isStrong && !isMadeOf(password, parts)) return null;
  if (isStrong) return 'own';
  return isOwn ? 'own' : patternOf(result);
}

/** Whether little is left of it without these names, however they are joined. */
function isMadeOf(password: string, names: readonly string[]): boolean {
  const plain = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  const known = names.map(plain).filter((name) => name.length > 2);
  if (known.length === 0) return false;
  const rest = known
    .toSorted((one, other) => other.length - one.length)
    .reduce((left, name) => left.replaceAll(name, ''), plain(password));
  return rest.length < FEWEST_OF_ITS_OWN && rest.length < plain(password).length;
}

function patternOf({ feedback: { warning } }: ZxcvbnResult): Weakness {
  switch (warning) {
    case 'topTen':
    case 'topHundred':
    case 'common':
    case 'similarToCommon':
      return 'common';
    case 'simpleRepeat':
    case 'extendedRepeat':
    case 'sequences':
    case 'straightRow':
    case 'keyPattern':
      return 'pattern';
    case 'dates':
    case 'recentYears':
      return 'date';
    default:
      return 'short';
  }
}
