import type { Message, NoFacts } from '../message.ts';

type Of = { readonly ref: string };

/** What is said of invoices and credit notes. Amounts are formatted. */
export type InvoiceMessages = {
  'invoice.below-zero': NoFacts;
  'invoice.due-before-issued': { readonly dueOn: string; readonly issuedOn: string };
  'credit.before-the-invoice': Of & { readonly day: string; readonly issuedOn: string };
  'invoice.void-stays': Of;
  'invoice.frozen': Of;
  'invoice.already-void': Of;
  'invoice.draft-is-discarded': Of;
  'invoice.was-corrected': Of & { readonly by: string };
  'invoice.credited-not-voided': Of & { readonly instead: Message };
  'invoice.paid-not-voided': Of & { readonly instead: Message };
  'instead-of-void.void-notes': Of & { readonly notes: readonly string[] };
  'instead-of-void.nothing': NoFacts;
  /** `reductions` are voided first; `counts` against a contract. */
  'instead-of-void.credit': Of & { readonly reductions: readonly string[]; readonly counts: boolean };
  'billing.nothing-remains': Of & { readonly billed: string; readonly contract: string };
  'billing.nothing-asked': { readonly amount: string };
  'billing.more-than-remains': Of & {
    readonly amount: string;
    readonly remaining: string;
    readonly billed: string;
    readonly contract: string;
  };
  'billing.below-zero-with-tax': Of & { readonly tax: string };
  'credit.more-than-left-at-rate': { readonly rate: number; readonly left: string; readonly amount: string };
  'credit.not-positive': NoFacts;
  'credit.more-than-left': { readonly subtotal: string; readonly total: string };
};
