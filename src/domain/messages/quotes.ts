/** What is said of quotes. */
export type QuoteMessages = {
  'quote.replaced': { readonly ref: string };
  'quote.stays-accepted': { readonly ref: string };
  'quote.billed': { readonly ref: string; readonly invoices: readonly string[] };
  'quote.frozen': { readonly ref: string; readonly status: 'accepted' | 'declined' | 'superseded' };
  /** `line` as it is referred to. */
  'what-if.too-large': { readonly line: string; readonly description: string };
};
