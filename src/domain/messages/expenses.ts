import type { NoFacts } from '../message.ts';

export type ExpenseMessages = {
  'expense.not-with-remove': NoFacts;
  'expense.not-with-links': NoFacts;
  'expense.say-which': NoFacts;
  'expense.linked-twice': { readonly ref: string };
  'expense.line-counts-no-more': { readonly ref: string; readonly status: string };
  'expense.near-vendors': { readonly said: string; readonly names: readonly string[]; readonly more: number };
  /** Of no vendor, but called by these words. */
  'expense.named-only': { readonly said: string; readonly count: number; readonly spent: string };
  'expense.no-such-vendor': { readonly said: string; readonly names: readonly string[]; readonly more: number };
  /** It counts on top of lines that others cover in part so far, and that have some planned still. */
  'expense.plan-left': {
    readonly expense: string;
    readonly lines: readonly {
      readonly ref: string;
      readonly description: string;
      readonly left: string;
      readonly planned: string;
      readonly by: readonly string[];
    }[];
    readonly more: number;
  };
  /** Saved beside others of the same amount, day and place. */
  'expense.like-others': {
    readonly expense: string;
    readonly others: readonly { readonly ref: string; readonly description: string }[];
    readonly more: number;
    readonly isOverhead: boolean;
  };
  /** So many others of several expenses are not said. */
  'expense.more-doubts': { readonly count: number };
  'expense.line-takes-out': { readonly ref: string };
  'expense.overhead-covers-nothing': NoFacts;
  'expense.job-or-overhead': NoFacts;
  'expense.say-where': NoFacts;
  'expense.overhead-to-what': { readonly ref: string };
  /** What one gets back of the tax is as much as all that was paid, or more. */
  'expense.tax-is-all': { readonly tax: string; readonly amount: string };
  /** More would come back on a line than other expenses cover of it. */
  'expense.returned-beyond': { readonly line: string | null; readonly returned: string; readonly spent: string };
};
