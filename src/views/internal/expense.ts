// Expenses as their owner sees them.
import { z } from 'zod';
import type { Account } from '../../domain/account.ts';
import { cost, costOf, type Expense } from '../../domain/cost.ts';
import { refOf } from '../../kinds/reference.ts';
import { flaw, sample, textOrNull } from '../shapes.ts';
import { category, money } from './money.ts';
import { sampleMark, shown } from './format.ts';

export const ExpenseRow = z.strictObject({
  ref: z.string(),
  description: z.string(),
  sample,
  /** As paid; with refund, what came back. */
  amount: money,
  refund: z.literal(true).optional(),
  reclaimableTax: money.optional(),
  /** Where it is another than what was paid. */
  cost: money.optional(),
  overhead: z.literal(true).optional(),
  monthly: z.string().optional(),
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
    ...paidFields(expense, account),
    ...(expense.job === null ? { overhead: true as const } : {}),
    ...(expense.monthlyId === null ? {} : { monthly: refOf('monthly_expense', expense.monthlyId) }),
    category: expense.category,
    vendor: expense.vendor,
    spentOn: expense.spentOn,
    coversLine: expense.allocatedTo?.ref ?? null,
    receipt: expense.receipt === null ? null : refOf('file', expense.receipt.id),
    ...(expense.receipt?.flaw === undefined ? {} : { receiptFlaw: expense.receipt.flaw }),
  };
}

/** Amounts above 0: what came back says that it is one. */
function paidFields(expense: Pick<Expense, 'amount' | 'reclaimableTax'>, account: Account) {
  const size = (value: number) => shown(cost(Math.abs(value)), account);
  const { amount, reclaimableTax } = expense;
  return {
    amount: size(amount),
    ...(amount < 0 ? { refund: true as const } : {}),
    ...(reclaimableTax === null ? {} : { reclaimableTax: size(reclaimableTax), cost: size(costOf(expense)) }),
  };
}
