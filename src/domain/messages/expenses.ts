import type { NoFacts } from '../message.ts';

export type ExpenseMessages = {
  'expense.not-with-remove': NoFacts;
  'expense.line-counts-no-more': { readonly ref: string; readonly status: string };
  'expense.line-takes-out': { readonly ref: string };
};
