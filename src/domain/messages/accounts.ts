import type { NoFacts, Said } from '../message.ts';

export type AccountMessages = {
  'account.reason-without-opening': NoFacts;
  /** Plans by their titles. */
  'account.plan-needed': {
    readonly what: string;
    readonly needed: string;
    readonly monthlyUsd: number;
    readonly plan: string;
  };
  'account.unknown-template': { readonly said: string; readonly names: string };
  'account.unknown-currency': { readonly said: string };
  'account.unknown-zone': { readonly said: string };
  'months.not-over': { readonly through: string; readonly today: string };
  'months.opened-without-reason': NoFacts;
  'days.end-before-start': { readonly to: string; readonly from: string };
  'account.unknown-country': { readonly said: string };
  'account.currency-fixed': {
    readonly currency: string;
    /** How many records hold an amount, by what they are called. */
    readonly held: readonly { readonly noun: string; readonly count: number }[];
    readonly wanted: string;
  };
  /** What `confirmBy: person` means for the person; what is costly is decided by the rows that a write changes. */
  'account.person-says-yes': NoFacts;
  'sample.kept-invoice': { readonly ref: string; readonly customer: string };
  /** What a write made of samples that it landed on: some are real from then on, bills and quotes stay what they are. */
  'sample.stood-on': { readonly did: string; readonly real: readonly string[]; readonly stay: readonly string[] };
  /** What stays of samples that are taken out; spent is null where costs are hidden. */
  'sample.kept': {
    readonly real: readonly Said[];
    readonly uncounted: readonly Said[];
    readonly billed: string;
    readonly received: string;
    readonly spent: string | null;
    readonly currency: string;
  };
};
