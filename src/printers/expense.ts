// An expense in words.
import type { Flaw } from '../domain/file.ts';
import { FLAWS } from './file.ts';
import { listed, sampleText } from './format.ts';

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
