// A customer: the person you work for. Keeps the whole history; where they stand in the pipeline is their stage.
import type { Instant } from './dates.ts';
import { isCloseSpelling, termsOf } from './terms.ts';

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
};

/** What somebody says of a customer. */
export type CustomerSaid = Omit<Customer, 'id' | 'isSample' | 'createdAt' | 'formerNames' | 'mergedInto'>;

const MOST_FORMER = 5;

/**
 * What a customer with a new name was called before, one a line, the latest first. Not what they are called again, or what
 * the new name says as well: `Hendersn` was a typing error, and `Henderson` is a part of `Dana Henderson`.
 */
export function formerNames({ name, formerNames: earlier }: Pick<Customer, 'name' | 'formerNames'>, now: string) {
  const words = termsOf(now);
  const isInNew = (word: string) => words.some((each) => each === word || isCloseSpelling(word, each));
  const names = [name, ...(earlier ?? '').split('\n')].filter((each) => !termsOf(each).every(isInNew));
  return names.length === 0 ? null : [...new Set(names)].slice(0, MOST_FORMER).join('\n');
}
