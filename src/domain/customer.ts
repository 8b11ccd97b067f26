// A customer: the person you work for. Keeps the whole history; where they stand in the pipeline is their stage.
import type { Instant } from './dates.ts';
import { isCloseSpelling, termsOf } from './terms.ts';
import { asLines, linesIn } from './text.ts';

export type Customer = {
  readonly id: number;
  readonly isSample: boolean;
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly address: string | null;
  readonly notes: string | null;
  readonly stage: string;
  readonly createdAt: Instant;
  /** As `formerNames` makes them. */
  readonly formerNames: string | null;
  /** The other record of the same person, which holds everything since. */
  readonly mergedInto: number | null;
} & KeptBeside;

/** How they are reached besides: what another record of the same person had. Of each one a line. */
export type KeptBeside = {
  readonly otherPhones: string | null;
  readonly otherEmails: string | null;
  readonly otherAddresses: string | null;
};

/** What somebody says of a customer. */
export type CustomerSaid = Omit<
  Customer,
  'id' | 'isSample' | 'createdAt' | 'formerNames' | 'mergedInto' | keyof KeptBeside
>;

/** The first of what is one and the same, without what is the main one. @param keyOf what of it is compared */
export function besides(
  main: string | null,
  others: readonly (string | null)[],
  keyOf: (said: string) => string,
): string[] {
  const known = new Set(main === null ? [] : [keyOf(main)]);
  return others
    .filter((each) => each !== null)
    .filter((each) => {
      const isNew = !known.has(keyOf(each));
      known.add(keyOf(each));
      return isNew;
    });
}

const MOST_FORMER = 5;

/**
 * What a customer with a new name was called before, one a line, the latest first. Not what they are called again, or what
 * the new name says as well: `Hendersn` was a typing error, and `Henderson` is a part of `Dana Henderson`.
 */
export function formerNames({ name, formerNames: earlier }: Pick<Customer, 'name' | 'formerNames'>, now: string) {
  const words = termsOf(now);
  const isInNew = (word: string) => words.some((each) => each === word || isCloseSpelling(word, each));
  const names = [name, ...linesIn(earlier)].filter((each) => !termsOf(each).every(isInNew));
  return asLines([...new Set(names)].slice(0, MOST_FORMER));
}
