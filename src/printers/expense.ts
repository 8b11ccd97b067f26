// An expense in words.
import type { ExpenseRow } from '../views/internal/expense.ts';
import { head, phrase, toRecord, type Block, type Phrase } from './blocks.ts';
import { FLAWS } from './file.ts';
import { joined, sampleText } from './format.ts';

export function expenseRowText(expense: ExpenseRow): Phrase {
  return phrase`${toRecord(expense.ref)} ${expense.description}${sampleText(expense)}: ${aboutExpense(expense)}`;
}

/** @param job that it is on; null for overhead */
export function expensePageBlocks(expense: ExpenseRow, job: { ref: string; name: string } | null): Block[] {
  const on = job === null ? 'overhead' : phrase`on ${toRecord(job.ref)} ${job.name}`;
  const about = phrase`${aboutExpense(expense)}, ${on}`;
  return [head(phrase`${expense.ref} ${expense.description}`, ': ', about, expense)];
}

function aboutExpense(expense: ExpenseRow): Phrase {
  const details = joined([
    expense.category,
    expense.vendor,
    expense.spentOn,
    expense.coversLine !== null && phrase`covers ${toRecord(expense.coversLine)}`,
    expense.receipt !== null && phrase`receipt ${toRecord(expense.receipt)}`,
    expense.receiptFlaw !== undefined && `the receipt is ${FLAWS[expense.receiptFlaw]}`,
  ]);
  return phrase`${paidText(expense)} (${details})`;
}

function paidText({ amount, refund, reclaimableTax, cost }: ExpenseRow): string {
  const paid = refund === true ? `${amount} back` : amount;
  if (reclaimableTax === undefined) return paid;
  return refund === true
    ? `${paid}, of which ${reclaimableTax} is tax no longer to reclaim, takes ${cost ?? ''} off the cost`
    : `${paid}, of which ${reclaimableTax} tax to reclaim, costs ${cost ?? ''}`;
}
