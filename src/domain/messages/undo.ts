import type { Message, NoFacts } from '../message.ts';

/** A change as it is named: its number, and what it did. */
type Change = { readonly change: number; readonly summary: Message | string };
/**
 * A later change; `by` is null for that of whoever asks, `at` is by the clock of the business, and what is frozen was issued
 * or paid, and is not undone.
 */
type Named = Change & {
  readonly by: string | null;
  readonly client: string;
  readonly at: string;
  readonly isFrozen: boolean;
};
type Of = { readonly ref: string };

/** What is said where a change is undone, or cannot be. */
export type UndoMessages = {
  'undo.closed-months': Change;
  'undo.issued-stays': Change & { readonly advice: readonly Message[] };
  'undo.payment-stays': Change & { readonly advice: readonly Message[] };
  'undo.void-already': Of;
  'undo.part-of-correction': Of;
  'undo.void-instead': Of;
  'undo.has-payments': Of & { readonly instead: Message };
  'undo.payment-void-already': Of;
  'undo.void-payment-instead': Of;
  'undo.no-such-change': { readonly change: number };
  'undo.no-change-of': NoFacts;
  'undo.not-by-a-tool': Change & { readonly instead: Message };
  'undo.opened-the-books': NoFacts;
  'undo.plan-is-set': NoFacts;
  'undo.restored': NoFacts;
  'undo.booked-by-itself': NoFacts;
  'undo.returned-beyond': { readonly returned: string; readonly spent: string };
  'undo.samples-loaded': NoFacts;
  'undo.not-for-you': Change & { readonly tool: string };
  'undo.undone-already': Change & { readonly by: number };
  /** What stands on the change: later changes, then records; `more` is how many are not named. */
  'undo.cannot': Change & {
    readonly why: Message;
    readonly changes: readonly Named[];
    /** Whether what is frozen among them holds this one for good, or until it is void; null where nothing is. */
    readonly frozen: 'for good' | 'until void' | null;
    readonly records: readonly (Message | string)[];
    readonly more: number;
    /** How many later changes there are in all, and the only one where it is one. */
    readonly later: number;
    readonly only: number | null;
  };
  'undo.later-changes': NoFacts;
  'undo.later-records': NoFacts;
  'undo.refers-to-what-is-gone': NoFacts;
  'undo.currency-fixed': NoFacts;
  'undo.other-currency': NoFacts;
  'undo.records-in-currency': {
    readonly held: readonly { readonly noun: string; readonly count: number }[];
    readonly currency: string;
  };
  /** A part that has no number of its own, and what it is on. */
  'undo.part-of-line': { readonly noun: string | null; readonly line: string | null };
  'undo.part-of-record': { readonly noun: string; readonly ref: string };
  'undo.line-counts-nowhere': Of;
  'undo.done-on-an-offer': Of;
  'undo.of-another-customer': { readonly job: string };
  'undo.on-merged': { readonly what: string | null; readonly ref: string; readonly name: string };
  'undo.merged-in-a-circle': { readonly ref: string; readonly name: string };
  'undo.came-back-to': { readonly ref: string; readonly name: string };
  /** What came back to somebody who is one with another record since. */
  'undo.went-on': {
    readonly refs: readonly string[];
    readonly from: { readonly ref: string; readonly name: string };
    readonly into: { readonly ref: string; readonly name: string };
  };
  'undo.apart-from-its-own': { readonly what: string | null };
  'undo.on-another-job': { readonly what: string | null };
  'undo.other-lines': { readonly what: string | null };
  'undo.cite-lost': Of & { readonly cites: string };
  'undo.bills-what-is-not-accepted': Of & { readonly bills: readonly string[] };
  'undo.billed-beyond': Of & { readonly bills: readonly string[]; readonly billed: string; readonly contract: string };
  'undo.both-accepted': Of & { readonly quotes: readonly string[] };
  'undo.payment-on-it': Of & { readonly status: string; readonly payment: string };
  'undo.credit-on-it': Of & { readonly status: string; readonly note: string };
  'undo.paid-beyond': Of & { readonly paid: string; readonly total: string };
  'undo.given-back-beyond': Of & { readonly amount: string };
  'undo.counts-beyond': Of;
  'undo.credited-beyond': Of;
};
