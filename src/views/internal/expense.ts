// Expenses as their owner sees them.
import { z } from 'zod';
import type { Account } from '../../domain/account.ts';
import type { Expense } from '../../domain/cost.ts';
import { refOf } from '../../kinds/reference.ts';
import { flaw, sample, textOrNull } from '../shapes.ts';
import { category, money } from './money.ts';
import { sampleMark, shown } from './format.ts';

export const ExpenseRow = z.strictObject({
  ref: z.string(),
  description: z.string(),
  sample,
  amount: money,
  category,
  vendor: textOrNull,
  spentOn: z.string(),
  coversLine: textOrNull,
  receipt: textOrNull,
  receiptFlaw: flaw.optional(),
});
export type ExpenseRow = z.output<typeof ExpenseRow>;

export function expenseRow(expense: Expense, account: Account): ExpenseRow {
  return {
    ref: refOf('expense', expense.id),
    description: expense.description,
    ...sampleMark(expense.isSample),
    amount: shown(expense.amount, account),
    category: expense.category,
    vendor: expense.vendor,
    spentOn: expense.spentOn,
    coversLine: expense.allocatedTo?.ref ?? null,
    receipt: expense.receipt === null ? null : refOf('file', expense.receipt.id),
    ...(expense.receipt?.flaw === undefined ? {} : { receiptFlaw: expense.receipt.flaw }),
  };
}
