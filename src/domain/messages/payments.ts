import type { NoFacts } from '../message.ts';

type Of = { readonly ref: string };

/** What is said of payments. Amounts are formatted; `ref` is the invoice or the payment. */
export type PaymentMessages = {
  'payment.no-such-method': { readonly said: string; readonly names: readonly string[]; readonly more: number };
  'payment.on-credit-note': Of;
  'payment.on-draft': Of;
  'payment.on-void': Of;
  'payment.nothing-left': Of;
  'payment.already-paid': Of & { readonly balance: string };
  'payment.more-than-balance': Of & { readonly amount: string; readonly balance: string };
  'refund.more-than-paid': Of & { readonly amount: string; readonly paid: string };
  'refund.before-the-money': { readonly day: string; readonly first: string };
  'bounce.is-refund': Of;
  'bounce.is-void': Of;
  'bounce.already': Of;
  'bounce.before-the-money': Of & { readonly day: string; readonly paidOn: string };
  'payment.already-void': Of;
  'payment.has-bounced': Of & { readonly as: string };
  'payment.refund-stands-on-it': Of & { readonly invoice: string; readonly paid: string };
  'payment.paid-over-total': Of & { readonly invoice: string; readonly paid: string; readonly total: string };
  'payment.goes-with-void': NoFacts;
  'payment.bounce-names-it': { readonly method: string };
  'payment.goes-with-bounced': NoFacts;
  'payment.invoice-missing': NoFacts;
  'payment.amount-missing': NoFacts;
  'payment.bounced-missing': NoFacts;
  'payment.say-why-void': NoFacts;
  'payment.none': { readonly said: string };
  'payment.on-other-invoice': { readonly ref: string; readonly on: string; readonly other: string };
  'owed.day-to-come': { readonly said: string; readonly today: string };
  /** Saved beside others of the same amount and day. */
  'payment.like-others': {
    readonly payment: string;
    readonly others: readonly { readonly ref: string; readonly as: string | null }[];
    readonly more: number;
    readonly isRefund: boolean;
  };
  'payment.not-beside': { readonly what: 'bounce' | 'void' };
};
