// Expenses as their owner sees them.
import type { Account } from '../../domain/account.ts';
import type { Expense } from '../../domain/cost.ts';
import type { Flaw } from '../../domain/file.ts';
import { refOf } from '../../domain/reference.ts';
import { FLAWS } from './file.ts';
import { listed, sampleOut, sampleText, shown } from './words.ts';

export function expenseOut(expense: Expense, account: Account) {
  return {
    ref: refOf('expense', expense.id),
    description: expense.description,
    ...sampleOut(expense.isSample),
    amount: shown(expense.amount, account),
    category: expense.category,
    vendor: expense.vendor,
    spentOn: expense.spentOn,
    coversLine: expense.covers?.ref ?? null,
    receipt: expense.receipt === null ? null : refOf('file', expense.receipt.id),
    ...(expense.receipt?.flaw === undefined ? {} : { receiptFlaw: expense.receipt.flaw }),
  };
}

type RowInWords = {
  ref: string;
  description: string;
  sample?: true | undefined;
  amount: string;
  category: string;
  vendor: string | null;
  spentOn: string;
  coversLine: string | null;
  receipt: string | null;
  receiptFlaw?: Flaw | undefined;
};

export function expenseRowText(expense: RowInWords): string {
  const details = listed([
    expense.category,
    expense.vendor,
    expense.spentOn,
    expense.coversLine !== null && `covers ${expense.coversLine}`,
    expense.receipt !== null && `receipt ${expense.receipt}`,
    expense.receiptFlaw !== undefined && `the receipt is ${FLAWS[expense.receiptFlaw]}`,
  ]);
  return `${expense.ref} ${expense.description}${sampleText(expense)}: ${expense.amount} (${details})`;
}
