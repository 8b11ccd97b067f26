import type { Message, NoFacts } from '../message.ts';

type Of = { readonly ref: string };

/** What is said of invoices and credit notes. Amounts are formatted. */
export type InvoiceMessages = {
  'invoice.below-zero': NoFacts;
  'invoice.due-before-issued': { readonly dueOn: string; readonly issuedOn: string };
  'invoice.credit-is-not-due': Of;
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
  'billing.rest-written-off': { readonly ref: string; readonly amount: string };
  'billing.not-with-rest': NoFacts;
  'billing.job-twice': { readonly job: string };
  'billing.nothing-on-job': {
    readonly job: string;
    readonly name: string;
    readonly why: 'cancelled' | 'all-billed' | 'no-contract';
    /** Accepted change orders whose own quote is not. */
    readonly orders: readonly string[];
  };
  /** Each in words. */
  'billing.no-rest': { readonly jobs: readonly Message[] };
  'billing.several': { readonly count: number; readonly total: string };
  'note.leaves-open-orders': { readonly contract: string; readonly orders: readonly string[] };
  'billing.say-which-quote': NoFacts;
  /** @property of the number of a job, or of a customer */
  'billing.no-contract-of': { readonly of: string; readonly name: string };
  'billing.one-share': NoFacts;
  'billing.quote-gone': NoFacts;
  'credit.say-what': NoFacts;
  'credit.of-credit-note': { readonly ref: string };
  'credit.not-issued': { readonly ref: string; readonly status: string };
  'credit.all-credited': { readonly ref: string };
  'credit.more-than-left-before-tax': { readonly amount: string; readonly left: string; readonly ref: string };
  'counting.credit-note': { readonly ref: string };
  'counting.not-issued': { readonly ref: string; readonly status: string };
  'counting.from-quote': { readonly ref: string; readonly quote: string };
  'counting.corrected': { readonly ref: string };
  'counting.other-work': { readonly ref: string; readonly invoice: string };
  'counting.not-accepted': { readonly ref: string };
  'counting.nothing-left': { readonly contract: string; readonly invoice: string };
  'credit.say-whether-bill-again': { readonly invoice: string; readonly ref: string; readonly less: string };
  'invoice.corrected-already': { readonly ref: string };
  'invoice.give-right-lines': { readonly ref: string };
  'invoice.goes-with-credit': NoFacts;
  'invoice.say-what-is-billed': NoFacts;
  'invoice.draft-has-no-date': NoFacts;
  'invoice.quote-is-for-other-work': NoFacts;
  'invoice.not-with-credit': NoFacts;
  'invoice.goes-with-void': NoFacts;
  'invoice.goes-with-issued': NoFacts;
  'invoice.share-follows-quote': { readonly ref: string };
  'invoice.part-of-correction': { readonly ref: string; readonly corrected: string };
  'invoice.say-why-void': { readonly ref: string };
  'invoice.would-bill-unaccepted': { readonly ref: string; readonly invoice: string; readonly quote: string };
  'invoice.only-issued-overdue': NoFacts;
  'billing.quote-not-accepted': { readonly ref: string; readonly status: string };
  'billing.order-of-unaccepted': { readonly ref: string; readonly changes: string };
  'note.written-off-billed': { readonly ref: string; readonly amount: string };
  /** What the contract's papers say of tax one by one, and together. */
  'note.joint-tax': {
    readonly quotes: readonly string[];
    readonly together: string;
    readonly apart: string;
    readonly difference: string;
    readonly isMore: boolean;
  };
  'note.part-is-extra': { readonly ref: string; readonly amount: string };
  'note.counts-as-extra': { readonly bills: readonly (Message | string)[]; readonly count: number };
  'note.beside-contracts': { readonly contracts: readonly string[]; readonly against: string };
  /** No amount where all of the bill is meant. */
  'note.beyond-contracts': { readonly contracts: readonly string[]; readonly amount: string | null };
  'note.owed-to-customer': { readonly ref: string };
  'note.left-after-reduction': { readonly ref: string; readonly left: string };
  'note.counts-now': {
    readonly bills: readonly { readonly ref: string; readonly amount: string }[];
    readonly contract: string;
    readonly left: string;
  };
  'note.billed-beyond': {
    readonly ref: string;
    readonly billed: string;
    readonly contract: string;
    readonly credits: readonly { readonly ref: string; readonly amount: string }[];
  };
  'note.changed-lines-gone': {
    readonly lines: readonly { readonly ref: string; readonly changes: string }[];
    readonly contract: string;
  };
  'note.orders-stay': { readonly orders: readonly string[]; readonly changes: string };
  'invoice.stands-alone': { readonly beside: 'correct' | 'countsAgainst' | 'dueOn' | 'void' | 'discard' };
};
