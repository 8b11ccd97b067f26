// What is said beside an expense that was just logged: what it may be besides, so that no money is counted twice unseen.
import type { Expense } from '../../domain/cost.ts';
import { mayBePlannedIn, perhapsTheSame, planLeftFor, type Spending } from '../../domain/expense-doubts.ts';
import type { Job } from '../../domain/job.ts';
import { says, type Message } from '../../domain/message.ts';
import { text } from '../../domain/money.ts';
import { cut } from '../../domain/text.ts';
import { refOf } from '../../kinds/reference.ts';
import { listExpenses } from '../../store/books/expense-list.ts';
import type { ReadScope, WriteScope } from '../../store/scope.ts';
import { othersGoOn } from '../resolve/over-and-going-on.ts';

/** Named of each kind; the others are counted. */
const FEW = 3;
/** Said of one call. */
const MOST_SAID = 5;
const LONGEST = 80;
/** Overhead of one day that is looked through. */
const MOST_OF_A_DAY = 100;

/** Of one that is on a job. @param besides expenses of the same call, which are all meant */
export async function doubtsOnJob(
  scope: WriteScope,
  expense: Expense,
  { jobId, besides = [] }: { readonly jobId: number; readonly besides?: readonly Expense[] },
): Promise<Message[]> {
  const records = await scope.jobs.of(jobId);
  const ref = refOf('expense', expense.id);
  const one = records.spending.find((each) => each.ref === ref);
  if (one === undefined) return [];
  const others = records.spending.filter((each) => each.ref !== ref);
  const meant = new Set(besides.map(({ id }) => refOf('expense', id)));
  return [
    ...planned(scope, one, {
      // Of a job that was called off nothing is to come.
      lines: records.ledger.status === 'cancelled' ? [] : records.profit.lines,
      others,
    }),
    ...alike(
      one,
      others.filter((other) => !meant.has(other.ref)),
      false,
    ),
  ];
}

/** Where words led to a job that is over. @param said of the job */
export async function onOver(
  scope: WriteScope,
  { id, spentOn }: Expense,
  { job, said }: { readonly job: Job; readonly said: string | undefined },
): Promise<Message[]> {
  return await othersGoOn(scope, { said, job, on: spentOn, ref: refOf('expense', id), isExpense: true });
}

/** Of several, on jobs and of overhead, that were logged in one call. */
export async function doubtsOf(scope: WriteScope, expenses: readonly Expense[]): Promise<Message[]> {
  const said: Message[] = [];
  for (const expense of expenses) {
    if (expense.job !== null)
      said.push(...(await doubtsOnJob(scope, expense, { jobId: expense.job.id, besides: expenses })));
  }
  // What books itself is held against the others of its kind.
  const overhead = expenses.filter(({ job, monthlyId }) => job === null && monthlyId === null);
  for (const day of new Set(overhead.map(({ spentOn }) => spentOn))) {
    const filter = { overhead: true, from: day, to: day, realOnly: true };
    const there = await listExpenses(scope, filter, { limit: MOST_OF_A_DAY, after: null });
    const before = there.filter(({ id }) => !expenses.some((each) => each.id === id)).map(spendingNow);
    for (const one of overhead.filter(({ spentOn }) => spentOn === day))
      said.push(...alike(spendingNow(one), before, true));
  }
  const more = said.length - MOST_SAID;
  return more > 0 ? [...said.slice(0, MOST_SAID), says('expense.more-doubts', { count: more })] : said;
}

/** Of expenses of any jobs, the lines that each may already be planned in; their jobs are read in one statement. */
export async function perhapsPlanned(
  scope: ReadScope,
  expenses: readonly Expense[],
): Promise<ReadonlyMap<number, readonly string[]>> {
  const onTop = expenses.filter(({ job, allocatedTo, amount }) => job !== null && allocatedTo === null && amount > 0);
  const jobs = await scope.jobs.all([...new Set(onTop.flatMap(({ job }) => job?.id ?? []))]);
  const asked = new Map(onTop.map(({ id }) => [refOf('expense', id), id]));
  const found = jobs.flatMap(({ records }) => {
    if (records === null || records.ledger.status === 'cancelled') return [];
    return records.spending.flatMap((one): [number, string[]][] => {
      const id = asked.get(one.ref);
      if (id === undefined) return [];
      const others = records.spending.filter((other) => other !== one);
      return [[id, mayBePlannedIn(one, { lines: records.profit.lines, others })]];
    });
  });
  return new Map(found);
}

function spendingNow({ id, description, amount, category, vendor, spentOn, allocatedTo }: Expense): Spending {
  const lineId = allocatedTo?.lineId ?? null;
  return { ref: refOf('expense', id), description, paid: amount, category, vendor, spentOn, lineId };
}

function planned(scope: WriteScope, one: Spending, among: Parameters<typeof planLeftFor>[1]): Message[] {
  const found = planLeftFor(one, among);
  if (found.length === 0) return [];
  const { currency } = scope.account;
  const lines = found.slice(0, FEW).map(({ ref, description, left, planned: plan, coveredBy }) => ({
    ...{ ref, description: cut(description, LONGEST), by: coveredBy.map((by) => by.ref) },
    ...{ left: text(left, currency), planned: text(plan, currency) },
  }));
  return [says('expense.plan-left', { expense: one.ref, lines, more: found.length - lines.length })];
}

function alike(one: Spending, among: readonly Spending[], isOverhead: boolean): Message[] {
  const found = perhapsTheSame(one, among);
  if (found.length === 0) return [];
  const others = found.slice(0, FEW).map(({ ref, description }) => ({ ref, description: cut(description, LONGEST) }));
  return [says('expense.like-others', { expense: one.ref, others, more: found.length - others.length, isOverhead })];
}
