import type { ExpenseMessages } from '../../domain/messages/expenses.ts';
import type { Catalogue } from '../catalogue.ts';

export const expenseMessages: Catalogue<ExpenseMessages> = {
  'expense.not-with-remove': () => 'does not go with remove, which takes the expense out. Leave one of them out.',
  'expense.line-counts-no-more': ({ ref, status }) =>
    `${ref} is on a ${status} quote, whose lines count no more. Cover a line of an open or accepted quote.`,
  'expense.line-takes-out': ({ ref }) =>
    `${ref} takes work out (its cost is negative), so nothing covers it. Cover the line it changes.`,
};
