// Money out on a job, or beside all of them: logging it, correcting it, and saying which quote line it really was.
import type { Expense, ExpenseSaid } from '../../domain/cost.ts';
import { parseDate } from '../../domain/dates.ts';
import { refused } from '../../domain/errors.ts';
import type { Job } from '../../domain/job.ts';
import type { AmountInput } from '../../domain/money.ts';
import type { JobFigures } from '../../domain/forecast.ts';
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
import { resolveExpense, resolveJob } from '../resolve/resolve.ts';
import type { VisibleBooks } from '../shared/visibility.ts';
import { reload } from '../shared/patch.ts';
import { stepsTold } from '../shared/steps.ts';
import { freshFigures } from '../shared/job-profit.ts';
import { currentLines } from '../../store/books/quote-places.ts';
import { says, type Message } from '../../domain/message.ts';
import {
  checkReturns,
  coverable,
  inShort,
  logMoney,
  moneyOf,
  touchedBy,
  type MoneySaid,
  type TouchedLine,
  type Whereabouts,
} from './expense-details.ts';
import { doubtsOnJob, onOver } from './expense-doubts.ts';

/** What is kept as it is said. Amounts and a day are read first. */
type AsSaid = Omit<ExpenseSaid, 'amount' | 'reclaimableTax' | 'spentOn'>;

/** An expense of which it is said where it belongs. */
export type NewExpense = New<AsSaid> &
  MoneySaid & {
    readonly amount: AmountInput;
    readonly spentOn?: string | undefined;
    readonly coversLine?: string | undefined;
    readonly receipt?: string | undefined;
  };
export type NewExpenseInput = NewExpense & { readonly job: string };

/** The expense and the job's new profit summary. */
export type ExpenseWritten = {
  readonly expense: Expense;
  readonly job: Pick<Job, 'id' | 'name'>;
  readonly figures: JobFigures;
  readonly warnings: readonly Message[];
};

export async function addJobExpense(scope: WriteScope & VisibleBooks, input: NewExpenseInput): Promise<ExpenseWritten> {
  const job = await resolveJob(scope, { ref: input.job, field: 'job', intent: 'write' });
  const expense = await addExpense(scope, input, job);
  if (expense.amount < 0) await checkReturns(scope, touchedBy(expense));
  const figures = await freshFigures(scope, job.id);
  return { expense, job, figures, warnings: await doubtsOnArrived(scope, expense, { job, said: input.job }) };
}

/** What is new on a job, be it logged there or moved to it. @param said of the job */
async function doubtsOnArrived(
  scope: WriteScope,
  expense: Expense,
  { job, said }: { readonly job: Job; readonly said: string | undefined },
): Promise<Message[]> {
  return [...(await onOver(scope, expense, { job, said })), ...(await doubtsOnJob(scope, expense, { jobId: job.id }))];
}

/**
 * What comes back with it is not held against what was bought: whoever adds it does that.
 * @param place the job that it is on; null: it is overhead
 */
export async function addExpense(
  scope: WriteScope & VisibleBooks,
  input: NewExpense,
  place: Whereabouts,
): Promise<Expense> {
  const line = input.coversLine === undefined ? null : await coverable(scope, input.coversLine, place);
  const on = { expenseId: null, job: place };
  const receipt = input.receipt === undefined ? null : await receiptFor(scope, input.receipt, on);
  const paid = moneyOf(scope, input);
  const id = await insertExpense(scope, {
    details: {
      ...input,
      ...paid,
      spentOn: input.spentOn === undefined ? scope.today : parseDate(input.spentOn, 'spentOn'),
      jobId: place?.id,
      coversLineId: line?.lineId,
    },
    sample: false,
    at: scope.now,
  });
  if (receipt !== null) await fileReceipt(scope, receipt, { expenseId: id, job: place });
  const standing = line === null ? undefined : (await currentLines(scope, [line.lineId])).get(line.lineId);
  const expense = expenseNow(scope, id, { jobName: place?.name ?? null, line: standing, receipt });
  const covers = line === null ? null : lineRef(line.quoteId, line.position);
  const shown = receipt === null ? null : refOf('file', receipt.id);
  logMoney(scope, id, place, says('log.expense', { ...inShort(scope, expense), covers, receipt: shown }));
  return expense;
}

export type ExpensePatch = Patch<AsSaid> &
  MoneySaid & {
    readonly expense: string;
    readonly spentOn?: string | undefined;
    readonly coversLine?: string | null | undefined;
    readonly receipt?: string | null | undefined;
    readonly job?: string | undefined;
    /** It goes off its job, to no other. */
    readonly overhead?: boolean | undefined;
    readonly remove?: boolean | undefined;
    /** Only of what comes every month. */
    readonly until?: string | null | undefined;
    readonly from?: string | null | undefined;
  };

export type ExpenseUpdated = {
  /** Null once removed. */
  readonly expense: Expense | null;
  /** Null: it is overhead. */
  readonly job: Pick<Job, 'id' | 'name'> | null;
  readonly figures: JobFigures | null;
  readonly summary: Message;
  readonly warnings: readonly Message[];
};

export async function updateJobExpense(scope: WriteScope & VisibleBooks, input: ExpensePatch): Promise<ExpenseUpdated> {
  const { touched, ...corrected } = await correctExpense(scope, input);
  await checkReturns(scope, touched);
  const { job } = corrected;
  return { ...corrected, figures: job === null ? null : await freshFigures(scope, job.id) };
}

/** One of several corrections, after all of which returns are held against what was bought. */
export type ExpenseCorrected = Omit<ExpenseUpdated, 'figures'> & { readonly touched: readonly TouchedLine[] };

export async function correctExpense(scope: WriteScope & VisibleBooks, input: ExpensePatch): Promise<ExpenseCorrected> {
  const before = await resolveExpense(scope, { ref: input.expense, field: 'expense', intent: 'write' });
  const ref = refOf('expense', before.id);
  if (input.remove === true) return await takeOut(scope, before, input);
  const ofMonthly = (['until', 'from'] as const).find((field) => input[field] !== undefined);
  if (ofMonthly !== undefined) throw refused(says('monthly.is-none', { field: ofMonthly }), ofMonthly);
  const place = await placeAfter(scope, before, input);
  const moved = (place?.id ?? null) !== (before.job?.id ?? null);
  const coversLineId = await coverAfter(scope, before, { coversLine: input.coversLine, place, moved });
  const details = {
    ...input,
    ...moneyOf(scope, input, before),
    spentOn: input.spentOn === undefined ? undefined : parseDate(input.spentOn, 'spentOn'),
    jobId: place?.id ?? null,
    coversLineId,
  };
  const receipt =
    typeof input.receipt === 'string'
      ? await receiptFor(scope, input.receipt, { expenseId: before.id, job: place })
      : input.receipt;
  const saved = await saveExpense(scope, before.id, details);
  const steps = await changeReceipts(scope, { expense: before, job: place, receipt });
  if (!saved && steps.length === 0)
    return { expense: before, job: place, summary: says('log.so-already', { ref }), touched: [], warnings: [] };
  const after = await reload(expenseById, scope, before.id);
  const changes = [...(await stepsTold(scope, { kind: 'expense', id: before.id })), ...steps];
  const became = { ref, name: after.description, changes };
  logMoney(scope, before.id, place, says('log.became', became));
  if (moved && before.job !== null) {
    const to = place === null ? null : refOf('job', place.id);
    logMoney(
      scope,
      before.id,
      before.job,
      says('log.expense-moved', { expense: ref, description: after.description, job: to }),
    );
  }
  const touched = saved ? [...touchedBy(before), ...touchedBy(after)] : [];
  const warnings = moved && place !== null ? await doubtsOnArrived(scope, after, { job: place, said: input.job }) : [];
  return { expense: after, job: place, summary: says('log.changed', became), touched, warnings };
}

async function takeOut(scope: WriteScope, before: Expense, input: ExpensePatch): Promise<ExpenseCorrected> {
  const extra = Object.entries(input).find(
    ([name, value]) => value !== undefined && name !== 'expense' && name !== 'remove',
  );
  if (extra !== undefined) throw refused(says('expense.not-with-remove'), extra[0]);
  const { currency } = scope.account;
  const { job } = before;
  const stays = await releaseFiles(scope, before);
  await removeExpense(scope, before.id);
  const expense = inShort(scope, before);
  logMoney(scope, before.id, job, says('log.expense-removed', { ...expense, stays }));
  return {
    expense: null,
    job,
    summary: says('log.expense-taken-out', { ...expense, amount: `${expense.amount} ${currency}`, stays }),
    warnings: [],
    touched: touchedBy(before),
  };
}

/** Where it is afterwards. */
async function placeAfter(scope: WriteScope, before: Expense, { job, overhead }: ExpensePatch): Promise<Whereabouts> {
  if (overhead === true && job !== undefined) throw refused(says('expense.job-or-overhead'), 'overhead');
  if (job !== undefined) return await resolveJob(scope, { ref: job, field: 'job', intent: 'write' });
  if (overhead === false && before.job === null)
    throw refused(says('expense.overhead-to-what', { ref: refOf('expense', before.id) }), 'overhead');
  return overhead === true || before.job === null ? null : await jobOf(scope, before.id, before.job.id);
}

/** The line that the expense covers afterwards. A move to another job cuts the link: lines cover work of one job. */
async function coverAfter(
  scope: WriteScope,
  before: Expense,
  { coversLine, place, moved }: { coversLine: string | null | undefined; place: Whereabouts; moved: boolean },
): Promise<number | null> {
  if (typeof coversLine === 'string') return (await coverable(scope, coversLine, place)).lineId;
  return coversLine === null || moved ? null : (before.allocatedTo?.lineId ?? null);
}

async function jobOf(scope: ReadScope, expenseId: number, jobId: number): Promise<Job> {
  const job = await jobById(scope, jobId);
  if (job === null) throw new Error(`the job of expense ${expenseId} is missing`);
  return job;
}
