// Money out on a job: logging it, correcting it, and saying which quote line it really was.
import type { Category, Expense } from '../../domain/cost.ts';
import { parseDate } from '../../domain/dates.ts';
import { refused } from '../../domain/errors.ts';
import type { Job } from '../../domain/job.ts';
import { parseAmount, text, type AmountInput } from '../../domain/money.ts';
import type { ProfitSummary } from '../../domain/profit.ts';
import { lineRef, refOf } from '../../kinds/reference.ts';
import {
  expenseById,
  insertExpense,
  removeExpense,
  updateExpense as saveExpense,
  type ExpenseDetails,
} from '../../store/books/expenses.ts';
import { jobById } from '../../store/books/jobs.ts';
import type { ReadScope, WriteScope } from '../../store/scope.ts';
import { changeReceipts, fileReceipt, receiptFor, releaseFiles } from '../site/receipts.ts';
import { resolveExpense, resolveJob, resolveLine } from '../resolve/resolve.ts';
import type { VisibleBooks } from '../shared/visibility.ts';
import { reload } from '../shared/patch.ts';
import { says } from '../../domain/message.ts';
import { freshProfitSummary } from '../shared/job-profit.ts';
import type { LinePlace } from '../../store/books/quote-places.ts';

export type NewExpenseInput = {
  readonly job: string;
  readonly description: string;
  readonly amount: AmountInput;
  readonly category: Category;
  readonly vendor?: string | undefined;
  readonly spentOn?: string | undefined;
  readonly coversLine?: string | undefined;
  readonly receipt?: string | undefined;
};

/** The expense and the job's new profit summary. */
export type ExpenseWritten = {
  readonly expense: Expense;
  readonly job: Pick<Job, 'id' | 'name'>;
  readonly profitSummary: ProfitSummary;
};

export async function addJobExpense(scope: WriteScope & VisibleBooks, input: NewExpenseInput): Promise<ExpenseWritten> {
  const job = await resolveJob(scope, { ref: input.job, field: 'job', intent: 'write' });
  const line = input.coversLine === undefined ? null : await coverable(scope, input.coversLine, job.id);
  const receipt = input.receipt === undefined ? null : await receiptFor(scope, input.receipt, { expenseId: null, job });
  const id = await insertExpense(scope, {
    details: {
      jobId: job.id,
      description: input.description,
      amount: parseAmount<'cost'>(input.amount, 'amount', scope.account.currency, { sign: 'positive' }),
      category: input.category,
      vendor: input.vendor ?? null,
      spentOn: input.spentOn === undefined ? scope.today : parseDate(input.spentOn, 'spentOn'),
      allocatedLineId: line?.lineId ?? null,
    },
    sample: false,
    at: scope.now,
  });
  if (receipt !== null) await fileReceipt(scope, receipt, { expenseId: id, job });
  const expense = await reload(expenseById, scope, id);
  const covering = line === null ? '' : `, covers ${lineRef(line.quoteId, line.position)}`;
  const shown = receipt === null ? '' : `, receipt ${refOf('file', receipt.id)}`;
  logMoney(scope, expense.id, job.id, `${inShort(scope, expense)}${covering}${shown}`);
  return { expense, job, profitSummary: await freshProfitSummary(scope, job.id) };
}

export type ExpensePatch = {
  readonly expense: string;
  readonly description?: string | undefined;
  readonly amount?: AmountInput | undefined;
  readonly category?: Category | undefined;
  readonly vendor?: string | null | undefined;
  readonly spentOn?: string | undefined;
  readonly coversLine?: string | null | undefined;
  readonly receipt?: string | null | undefined;
  readonly job?: string | undefined;
  readonly remove?: boolean | undefined;
};

export type ExpenseUpdated = {
  /** Null once removed. */
  readonly expense: Expense | null;
  readonly job: Pick<Job, 'id' | 'name'>;
  readonly profitSummary: ProfitSummary;
  readonly summary: string;
};

export async function updateJobExpense(scope: WriteScope & VisibleBooks, input: ExpensePatch): Promise<ExpenseUpdated> {
  const before = await resolveExpense(scope, { ref: input.expense, field: 'expense', intent: 'write' });
  const ref = refOf('expense', before.id);
  if (input.remove === true) return await takeOut(scope, before, input);
  const job =
    input.job === undefined
      ? await jobOf(scope, before)
      : await resolveJob(scope, { ref: input.job, field: 'job', intent: 'write' });
  const moved = job.id !== before.job.id;
  const details: ExpenseDetails = {
    jobId: job.id,
    description: input.description ?? before.description,
    amount:
      input.amount === undefined
        ? before.amount
        : parseAmount<'cost'>(input.amount, 'amount', scope.account.currency, { sign: 'positive' }),
    category: input.category ?? before.category,
    vendor: input.vendor === undefined ? before.vendor : input.vendor,
    spentOn: input.spentOn === undefined ? before.spentOn : parseDate(input.spentOn, 'spentOn'),
    allocatedLineId: await coverAfter(scope, before, { coversLine: input.coversLine, jobId: job.id, moved }),
  };
  const receipt =
    typeof input.receipt === 'string'
      ? await receiptFor(scope, input.receipt, { expenseId: before.id, job })
      : input.receipt;
  const saved = await saveExpense(scope, before.id, details);
  const steps = await changeReceipts(scope, { expense: before, job, receipt });
  if (!saved && steps.length === 0) {
    return {
      expense: before,
      job,
      profitSummary: await freshProfitSummary(scope, job.id),
      summary: `${ref} is so already`,
    };
  }
  const after = await reload(expenseById, scope, before.id);
  const changes = [...differences(scope, before, after), ...steps];
  const summary = `${ref} ${after.description}: ${changes.join('; ')}`;
  logMoney(scope, before.id, job.id, summary);
  if (moved) logMoney(scope, before.id, before.job.id, `${ref} ${after.description} moved to ${refOf('job', job.id)}`);
  return { expense: after, job, profitSummary: await freshProfitSummary(scope, job.id), summary: `Changed ${summary}` };
}

async function takeOut(scope: WriteScope, before: Expense, input: ExpensePatch): Promise<ExpenseUpdated> {
  const extra = Object.entries(input).find(
    ([name, value]) => value !== undefined && name !== 'expense' && name !== 'remove',
  );
  if (extra !== undefined) throw refused(says('expense.not-with-remove'), extra[0]);
  const { currency } = scope.account;
  const left = await releaseFiles(scope, before);
  const staying = left === '' ? '' : `; ${left}`;
  await removeExpense(scope, before.id);
  logMoney(scope, before.id, before.job.id, `Removed ${inShort(scope, before)}${staying}`);
  return {
    expense: null,
    job: before.job,
    profitSummary: await freshProfitSummary(scope, before.job.id),
    summary: `Removed ${refOf('expense', before.id)} ${before.description}, ${text(before.amount, currency)} ${currency}${staying}`,
  };
}

/** The line that the expense covers afterwards. A move to another job cuts the link: lines cover work of one job. */
async function coverAfter(
  scope: WriteScope,
  before: Expense,
  { coversLine, jobId, moved }: { coversLine: string | null | undefined; jobId: number; moved: boolean },
): Promise<number | null> {
  if (typeof coversLine === 'string') return (await coverable(scope, coversLine, jobId)).lineId;
  return coversLine === null || moved ? null : (before.allocatedTo?.lineId ?? null);
}

async function coverable(scope: ReadScope, asked: string, jobId: number): Promise<LinePlace> {
  const line = await resolveLine(scope, { ref: asked, field: 'coversLine', jobId });
  const ref = lineRef(line.quoteId, line.position);
  if (line.status === 'superseded' || line.status === 'declined') {
    throw refused(says('expense.line-counts-no-more', { ref, status: line.status }), 'coversLine');
  }
  if (line.plannedCost < 0) {
    throw refused(says('expense.line-takes-out', { ref }), 'coversLine');
  }
  return line;
}

function differences(scope: ReadScope, before: Expense, after: Expense): string[] {
  const { currency } = scope.account;
  const step = (name: string, from: string | null, to: string | null) =>
    from === to ? [] : [`${name} ${from ?? 'none'} → ${to ?? 'none'}`];
  return [
    ...step('job', refOf('job', before.job.id), refOf('job', after.job.id)),
    ...step('description', before.description, after.description),
    ...step('amount', text(before.amount, currency), text(after.amount, currency)),
    ...step('category', before.category, after.category),
    ...step('vendor', before.vendor, after.vendor),
    ...step('date', before.spentOn, after.spentOn),
    ...step('covers', before.allocatedTo?.ref ?? null, after.allocatedTo?.ref ?? null),
  ];
}

function inShort({ account }: ReadScope, expense: Expense): string {
  return `${refOf('expense', expense.id)} ${expense.description}: ${text(expense.amount, account.currency)} (${expense.category})`;
}

function logMoney(scope: WriteScope, expenseId: number, jobId: number, line: string): void {
  scope.journal.log({ kind: 'expense', id: expenseId, entry: 'money', text: line });
  scope.journal.log({ kind: 'job', id: jobId, entry: 'money', text: line });
}

async function jobOf(scope: ReadScope, expense: Expense): Promise<Job> {
  const job = await jobById(scope, expense.job.id);
  if (job === null) throw new Error(`the job of expense ${expense.id} is missing`);
  return job;
}
