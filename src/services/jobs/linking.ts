// Several expenses linked to the quote lines that they really were, or taken off them, in one call.
import { invalid, Problem } from '../../domain/errors.ts';
import type { Expense } from '../../domain/cost.ts';
import type { Job } from '../../domain/job.ts';
import { says, type Message } from '../../domain/message.ts';
import type { JobFigures } from '../../domain/forecast.ts';
import { refOf } from '../../kinds/reference.ts';
import type { WriteScope } from '../../store/scope.ts';
import { freshFigures } from '../shared/job-profit.ts';
import type { VisibleBooks } from '../shared/visibility.ts';
import { checkReturns, type TouchedLine } from './expense-details.ts';
import { correctExpense, updateJobExpense, type ExpensePatch, type ExpenseUpdated } from './expenses.ts';

/** Null takes an expense off its line. */
type LinkInput = { readonly expense: string; readonly coversLine: string | null };

type Linked = {
  readonly expenses: readonly Expense[];
  /** The job that all of them are on; null where they are on several. */
  readonly job: Pick<Job, 'id' | 'name'> | null;
  readonly figures: JobFigures | null;
  readonly summary: Message;
};

/** One expense, or the links of several. */
export async function correctExpenses(
  scope: WriteScope & VisibleBooks,
  {
    expense,
    links,
    ...patch
  }: Omit<ExpensePatch, 'expense'> & {
    readonly expense?: string | undefined;
    readonly links?: readonly LinkInput[] | undefined;
  },
): Promise<ExpenseUpdated & { readonly expenses?: readonly Expense[] }> {
  if (links === undefined) {
    if (expense === undefined) throw invalid('expense', says('expense.say-which'));
    return await updateJobExpense(scope, { ...patch, expense });
  }
  const [other] = Object.entries({ expense, ...patch }).filter(([, value]) => value !== undefined);
  if (other !== undefined) throw invalid(other[0], says('expense.not-with-links'));
  return { ...(await linkExpenses(scope, links)), expense: null, warnings: [] };
}

/** All or none. @throws Problem that names which of them cannot be linked so */
async function linkExpenses(scope: WriteScope & VisibleBooks, links: readonly LinkInput[]): Promise<Linked> {
  const linked = new Map<number, { readonly expense: Expense; readonly job: Linked['job'] }>();
  const touched: TouchedLine[] = [];
  for (const [index, link] of links.entries()) {
    const corrected = await within(`links[${index}]`, async () => await correctExpense(scope, link));
    const { expense, job } = corrected;
    touched.push(...corrected.touched.map((each) => ({ ...each, field: `links[${index}].coversLine` })));
    if (expense === null) continue;
    if (linked.has(expense.id))
      throw invalid(`links[${index}].expense`, says('expense.linked-twice', { ref: refOf('expense', expense.id) }));
    linked.set(expense.id, { expense, job });
  }
  await checkReturns(scope, touched);
  const all = [...linked.values()];
  const jobs = new Map(all.map(({ job }) => [job?.id ?? null, job]));
  const [job = null] = jobs.size === 1 ? jobs.values() : [];
  return {
    expenses: all.map(({ expense }) => expense),
    job,
    figures: job === null ? null : await freshFigures(scope, job.id),
    summary: says('log.linked', {
      isSo: scope.journal.isEmpty,
      links: all.map(({ expense: { id, allocatedTo } }) => ({
        expense: refOf('expense', id),
        line: allocatedTo?.ref ?? null,
      })),
    }),
  };
}

/** What is wrong with one of several is said of that one. */
async function within<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Problem(error.kind, error.said, error.field === undefined ? place : `${place}.${error.field}`);
  }
}
