import type { NoFacts } from '../message.ts';

/** A contract as it is told from others; the amount is formatted. */
type Contract = {
  readonly ref: string;
  readonly title: string;
  readonly status: string;
  /** Null where a price is not known yet. */
  readonly amount: string | null;
};

/** What is said of quotes. */
export type QuoteMessages = {
  'quote.replaced': { readonly ref: string };
  'quote.stays-accepted': { readonly ref: string };
  'quote.billed': { readonly ref: string; readonly invoices: readonly string[] };
  'quote.frozen': { readonly ref: string; readonly status: 'accepted' | 'declined' | 'superseded' };
  /** `line` as it is referred to. */
  'what-if.too-large': { readonly line: string; readonly description: string };
  'order.no-such-contract': { readonly quote: string; readonly where: string; readonly contracts: readonly Contract[] };
  'order.no-original': { readonly where: string };
  'order.say-which': { readonly where: string; readonly quote: string; readonly contracts: readonly Contract[] };
  'quote.not-from-a-walk': NoFacts;
  'quote.cites-missing': { readonly ref: string };
  'line.not-a-number': { readonly said: string };
  'line.of-other-work': NoFacts;
  'line.not-of-quote': { readonly said: string; readonly quote: string; readonly first: string; readonly last: string };
  'order.contract-without-order': NoFacts;
  'quote.goes-with-done-lines': NoFacts;
  'quote.from-walk-is-draft': NoFacts;
  'quote.day-without-status': NoFacts;
  'quote.day-to-come': { readonly said: string; readonly today: string };
  'quote.done-before-accepted': { readonly ref: string; readonly status: string };
  'discount.one-of-two': NoFacts;
  'discount.more-than-lines': { readonly amount: string; readonly whole: string; readonly currency: string };
  'quote.copy-of-one': NoFacts;
  'quote.changes-what-prices': NoFacts;
  'quote.say-lines': NoFacts;
  'quote.lines-or-added': NoFacts;
  /** Lines were given in place of others that there are no more. */
  'note.lines-taken-out': { readonly quote: string };
  'quote.too-many-lines': { readonly most: number };
  /** Other originals; an amount is null where a price is not known. @property by the one that was accepted */
  'note.others-open': {
    readonly quotes: readonly { readonly ref: string; readonly amount: string | null }[];
    readonly count: number;
    readonly by: string;
  };
  'note.parted-returns': { readonly expenses: readonly string[] };
  /** A discount in money does not follow the percentage by which prices change. */
  'note.amount-off-kept': { readonly amount: string };
  'note.notes-not-copied': { readonly from: string };
  'quote.revised-already': { readonly ref: string; readonly by: string };
  'quote.revised-meanwhile': { readonly ref: string; readonly by: string };
  /** `percent` is the same without its sign. */
  'what-if.discount-below-zero': { readonly said: string; readonly percent: string };
  'what-if.discount-or-margin': NoFacts;
  'what-if.margin-below-100': { readonly said: string };
};
