import type { NoFacts } from '../message.ts';

type Said = { readonly said: string };
/** An amount that cannot be read; `example` is one that can. */
type Unread = Said & { readonly currency: string; readonly example: string };

/** What is said of amounts, quantities and percentages. `said` is what was given, quoted. */
export type MoneyMessages = {
  'money.sum-too-large': NoFacts;
  'money.unreadable': Unread;
  'money.too-many-decimals': Unread & { readonly decimals: number };
  'money.too-large': Unread & { readonly limit: string };
  'money.not-above-zero': Unread;
  'money.negative': Unread;
  'number.unreadable': Said & { readonly of: 'quantity' | 'tax rate' | 'percentage' };
  'number.too-many-decimals': Said;
  'number.too-large': Said & { readonly limit: number };
  'number.too-small': Said & { readonly limit: number };
  'number.negative-tax-rate': Said;
  'number.negative-percentage': Said;
};
