/** A private figure, and what it is of: `Q-4 line 2`, J-1. */
export type PrivateFigure = { readonly figure: 'line' | 'cost' | 'profit' | 'margin'; readonly ref: string };

/** What is said of documents: quotes and invoices alike. Amounts are formatted. */
export type DocumentMessages = {
  'document.costs-too-large': { readonly cost: string; readonly limit: string; readonly currency: string };
  'document.too-large': { readonly amount: string; readonly limit: string; readonly currency: string };
  /** `ref` is what it will be for one that is not made yet; lines are numbered from 1. */
  'document.unpriced': {
    readonly ref: string | { readonly made: 'credit note' | 'corrected invoice' };
    readonly lines: readonly { readonly number: number; readonly description: string }[];
  };
  'line.negative-twice': { readonly what: 'price' | 'cost' };
  'line.too-large': { readonly what: 'price' | 'cost' };
  'document.of-other-kind': { readonly said: string };
  'document.quote-or-invoice': { readonly said: string };
  /** A private figure stands in a text that the customer reads. */
  'document.shows-private-figure': { readonly what: string; readonly excerpt: string; readonly of: PrivateFigure };
  'document.too-long-for-pdf': { readonly ref: string; readonly characters: number; readonly most: number };
  'document.more-private-figures': { readonly count: number };
};
