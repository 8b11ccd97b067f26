/** What is said of documents: quotes and invoices alike. Amounts are formatted. */
export type DocumentMessages = {
  'document.costs-too-large': { readonly cost: string; readonly limit: string; readonly currency: string };
  'document.too-large': { readonly amount: string; readonly limit: string; readonly currency: string };
  /** `ref` is null for a credit note that is not made yet; lines are numbered from 1. */
  'document.unpriced': {
    readonly ref: string | null;
    readonly lines: readonly { readonly number: number; readonly description: string }[];
  };
  'line.negative-twice': { readonly what: 'price' | 'cost' };
  'line.too-large': { readonly what: 'price' | 'cost' };
  'document.of-other-kind': { readonly said: string };
  'document.quote-or-invoice': { readonly said: string };
};
