// Several expenses at once, on jobs or as overhead, also such as comes every month: all of them, or none.
import { costOf, type Expense } from '../../domain/cost.ts';
import { Problem, refused } from '../../domain/errors.ts';
import type { Job } from '../../domain/job.ts';
import { says, type Message } from '../../domain/message.ts';
import { sumUp, text, type Total } from '../../domain/money.ts';
import { hasEnded, isLast, waitsFor, type MonthlyExpense } from '../../domain/monthly-expense.ts';
import type { JobFigures } from '../../domain/forecast.ts';
import { refOf } from '../../kinds/reference.ts';
import { inOrder } from '../../store/in-order.ts';
import type { WriteScope } from '../../store/scope.ts';
import { resolveJob } from '../resolve/resolve.ts';
import { freshFigures } from '../shared/job-profit.ts';
import type { VisibleBooks } from '../shared/visibility.ts';
import { checkReturns, touchedBy, type TouchedLine } from './expense-details.ts';
import { doubtsOf, onOver } from './expense-doubts.ts';
import { addExpense, type NewExpense } from './expenses.ts';
import { addMonthlyExpense } from './monthly-expenses.ts';

export type OneOfMany = NewExpense & {
  readonly job?: string | undefined;
  readonly overhead?: true | undefined;
  readonly monthly?: true | undefined;
  readonly until?: string | undefined;
};

export type ManyWritten = {
  readonly expenses: readonly Expense[];
  readonly monthly: readonly MonthlyExpense[];
  /** Each job that something was put on, with what it makes now. */
  readonly jobs: readonly { readonly job: Job; readonly figures: JobFigures }[];
  readonly total: Total<'cost'>;
  readonly warnings: readonly Message[];
  readonly summary: Message;
};

export async function addExpenses(
  scope: WriteScope & VisibleBooks,
  { expenses: asked }: { readonly expenses: readonly OneOfMany[] },
): Promise<ManyWritten> {
  const places = await placesOf(scope, asked);
  const expenses: Expense[] = [];
  const monthly: MonthlyExpense[] = [];
  const warnings: Message[] = [];
  const returned: TouchedLine[] = [];
  for (const [index, one] of asked.entries()) {
    const at = `expenses[${index}]`;
    if (one.monthly === true) {
      const fields = { spentOn: 'spentOn', until: 'until' };
      const began = await named(at, async () => await addMonthlyExpense(scope, monthlyOnly(one), fields));
      monthly.push(began.monthly);
      warnings.push(...began.warnings);
      expenses.push(...began.booked);
    } else {
      if (one.until !== undefined) throw refused(says('monthly.until-alone'), `${at}.until`);
      const place = places[index] ?? null;
      const expense = await named(at, async () => await addExpense(scope, one, place));
      expenses.push(expense);
      if (expense.amount < 0) returned.push(...touchedBy(expense, `${at}.coversLine`));
      if (place !== null) warnings.push(...(await onOver(scope, expense, { job: place, said: one.job })));
    }
  }
  await checkReturns(scope, returned);
  const on = [...new Map(places.filter((job) => job !== null).map((job) => [job.id, job])).values()];
  const jobs = await inOrder(on, async (job) => ({
    ...{ job, figures: await freshFigures(scope, job.id) },
  }));
  warnings.push(...(await doubtsOf(scope, expenses)));
  const total = sumUp(expenses.map(costOf));
  const written = { expenses, monthly, jobs, total, warnings };
  return { ...written, summary: summaryOf(scope, written) };
}

/** Each is on a job, or said to be overhead. Who names the same job again means the same. */
async function placesOf(scope: WriteScope, asked: readonly OneOfMany[]): Promise<(Job | null)[]> {
  const known = new Map<string, Job>();
  const places: (Job | null)[] = [];
  for (const [index, { job, overhead, monthly }] of asked.entries()) {
    const field = `expenses[${index}].job`;
    if (job !== undefined && (overhead ?? monthly) === true)
      throw refused(says(monthly === true ? 'monthly.overhead-alone' : 'expense.job-or-overhead'), field);
    if (job === undefined && overhead !== true && monthly !== true) throw refused(says('expense.say-where'), field);
    const found =
      job === undefined ? null : (known.get(job) ?? (await resolveJob(scope, { ref: job, field, intent: 'write' })));
    if (job !== undefined && found !== null) known.set(job, found);
    places.push(found);
  }
  return places;
}

/** What comes every month is paid on, covers nothing, and comes back from nobody. */
function monthlyOnly(one: OneOfMany): OneOfMany {
  const other = (['refund', 'coversLine', 'receipt'] as const).find(
    (name) => one[name] !== undefined && one[name] !== false,
  );
  if (other !== undefined) throw refused(says('monthly.overhead-alone'), other);
  return one;
}

/** What is wrong with one of them is told of that one. */
async function named<T>(at: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Problem(error.kind, error.said, error.field === undefined ? at : `${at}.${error.field}`);
  }
}

function summaryOf({ account }: WriteScope, { expenses, monthly, jobs, total }: Omit<ManyWritten, 'summary'>): Message {
  const on = jobs.map(({ job: { id, name } }) => ({
    ...{ ref: refOf('job', id), name },
    count: expenses.filter(({ job }) => job?.id === id).length,
  }));
  const called = ({ id, description }: MonthlyExpense) => `${refOf('monthly_expense', id)} ${description}`;
  const waiting = monthly.flatMap((each) => {
    const waits = waitsFor(each, account.closedThrough);
    return waits === null ? [] : [{ each, on: each.nextOn, closedThrough: waits.closedThrough }];
  });
  const going = monthly.filter((each) => !hasEnded(each) && !waiting.some((one) => one.each === each));
  const bounded = going.flatMap((each) =>
    each.untilOn === null
      ? []
      : [{ monthly: called(each), until: each.untilOn, once: isLast(each) ? each.nextOn : null }],
  );
  return says('log.expenses-logged', {
    count: expenses.length,
    total: `${text(total, account.currency)} ${account.currency}`,
    on,
    overhead: expenses.filter(({ job }) => job === null).length,
    monthly: going.filter(({ untilOn }) => untilOn === null).map(called),
    ...(bounded.length === 0 ? {} : { bounded }),
    waiting: waiting.map(({ each, ...rest }) => ({ monthly: called(each), ...rest })),
  });
}
