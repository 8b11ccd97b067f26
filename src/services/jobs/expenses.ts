// Money out on a job: logging it, correcting it, and saying which quote line it really was.
import type { Cost, Expense, ExpenseSaid } from '../../domain/cost.ts';
import { parseDate } from '../../domain/dates.ts';
import { refused } from '../../domain/errors.ts';
import type { Job } from '../../domain/job.ts';
import { parseAmount, text, type AmountInput } from '../../domain/money.ts';
import type { ProfitSummary } from '../../domain/profit.ts';
import { lineRef, refOf } from '../../kinds/reference.ts';
import {
  expenseById,
  expenseNow,
  insertExpense,
  removeExpense,
  updateExpense as saveExpense,
} from '../../store/books/expenses.ts';
import type { New, Patch } from '../../store/books/fields.ts';
import { jobById } from '../../store/books/jobs.ts';
import type { ReadScope, WriteScope } from '../../store/scope.ts';
import { changeReceipts, fileReceipt, receiptFor, releaseFiles } from '../site/receipts.ts';
import { resolveExpense, resolveJob, resolveLine } from '../resolve/resolve.ts';
import type { VisibleBooks } from '../shared/visibility.ts';
import { reload } from '../shared/patch.ts';
import { stepsTold } from '../shared/steps.ts';
import { freshProfitSummary } from '../shared/job-profit.ts';
import { currentLines, type LinePlace } from '../../store/books/quote-places.ts';
import { says, type Message } from '../../domain/message.ts';

/** What is kept as it is said. An amount and a day are read first. */
type AsSaid = Omit<ExpenseSaid, 'amount' | 'spentOn'>;

export type NewExpenseInput = New<AsSaid> & {
  readonly job: string;
  readonly amount: AmountInput;
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
      ...input,
      amount: amountOf(scope, input.amount),
      spentOn: input.spentOn === undefined ? scope.today : parseDate(input.spentOn, 'spentOn'),
      jobId: job.id,
      coversLineId: line?.lineId,
    },
    sample: false,
    at: scope.now,
  });
  if (receipt !== null) await fileReceipt(scope, receipt, { expenseId: id, job });
  const standing = line === null ? undefined : (await currentLines(scope, [line.lineId])).get(line.lineId);
  const expense = expenseNow(scope, id, { jobName: job.name, line: standing, receipt });
  const covers = line === null ? null : lineRef(line.quoteId, line.position);
  const shown = receipt === null ? null : refOf('file', receipt.id);
  logMoney(scope, expense.id, job.id, says('log.expense', { ...inShort(scope, expense), covers, receipt: shown }));
  return { expense, job, profitSummary: await freshProfitSummary(scope, job.id) };
}

export type ExpensePatch = Patch<AsSaid> & {
  readonly expense: string;
  readonly amount?: AmountInput | undefined;
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
  readonly summary: Message;
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
  const details = {
    ...input,
    amount: input.amount === undefined ? undefined : amountOf(scope, input.amount),
    spentOn: input.spentOn === undefined ? undefined : parseDate(input.spentOn, 'spentOn'),
    jobId: job.id,
    coversLineId: await coverAfter(scope, before, { coversLine: input.coversLine, jobId: job.id, moved }),
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
      summary: says('log.so-already', { ref }),
    };
  }
  const after = await reload(expenseById, scope, before.id);
  const changes = [...(await stepsTold(scope, { kind: 'expense', id: before.id })), ...steps];
  const became = { ref, name: after.description, changes };
  logMoney(scope, before.id, job.id, says('log.became', became));
  const on = { expense: ref, description: after.description, job: refOf('job', job.id) };
  if (moved) logMoney(scope, before.id, before.job.id, says('log.expense-moved', on));
  return {
    expense: after,
    job,
    profitSummary: await freshProfitSummary(scope, job.id),
    summary: says('log.changed', became),
  };
}

async function takeOut(scope: WriteScope, before: Expense, input: ExpensePatch): Promise<ExpenseUpdated> {
  const extra = Object.entries(input).find(
    ([name, value]) => value !== undefined && name !== 'expense' && name !== 'remove',
  );
  if (extra !== undefined) throw refused(says('expense.not-with-remove'), extra[0]);
  const { currency } = scope.account;
  const stays = await releaseFiles(scope, before);
  await removeExpense(scope, before.id);
  const expense = inShort(scope, before);
  logMoney(scope, before.id, before.job.id, says('log.expense-removed', { ...expense, stays }));
  return {
    expense: null,
    job: before.job,
    profitSummary: await freshProfitSummary(scope, before.job.id),
    summary: says('log.expense-taken-out', { ...expense, amount: `${expense.amount} ${currency}`, stays }),
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

function amountOf({ account }: ReadScope, said: AmountInput): Cost {
  return parseAmount<'cost'>(said, 'amount', account.currency, { sign: 'positive' });
}

function inShort({ account }: ReadScope, { id, description, amount, category }: Expense) {
  return { expense: refOf('expense', id), description, amount: text(amount, account.currency), category };
}

function logMoney(scope: WriteScope, expenseId: number, jobId: number, said: Message): void {
  scope.journal.log({ kind: 'expense', id: expenseId, entry: 'money', said });
  scope.journal.log({ kind: 'job', id: jobId, entry: 'money', said });
}

async function jobOf(scope: ReadScope, expense: Expense): Promise<Job> {
  const job = await jobById(scope, expense.job.id);
  if (job === null) throw new Error(`the job of expense ${expense.id} is missing`);
  return job;
}
