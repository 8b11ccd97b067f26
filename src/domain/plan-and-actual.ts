// A job's plan beside what was really spent: by category for its page, and where money runs out before the work does.
import { CATEGORIES, cost, type Category, type Cost, type JobExpense, type WorkLine } from './cost.ts';
import { sum } from './money.ts';
import { cut } from './text.ts';

/** Lines may have no category; expenses always have one. */
export const PLAN_CATEGORIES = [...CATEGORIES, 'uncategorized'] as const;
export type PlanCategory = (typeof PLAN_CATEGORIES)[number];

/** `left` is planned − spent, and below 0 once more is spent than was planned. */
export type PlanRow = {
  readonly category: PlanCategory;
  readonly planned: Cost;
  readonly spent: Cost;
  readonly left: Cost;
  /** Lines that are over, done or not, also where others still have money left; null where none is. */
  readonly linesOver: LinesOver | null;
};

/** The few that are over by most, of so many, and what all of them are over by. */
export type LinesOver = { readonly few: readonly LineOver[]; readonly count: number; readonly by: Cost };
export type LineOver = {
  readonly ref: string;
  readonly description: string;
  readonly planned: Cost;
  readonly spent: Cost;
};

/** Kept with every plan, so that they are few and their descriptions are cut. */
const FEW_LINES = 3;
const LONGEST_LINE = 40;

/**
 * Plan and spending by category, without categories that have neither. All planned costs of counted lines and all
 * expenses of the job stand in exactly one row: a covering expense in its line's, any other in its own.
 */
export function planByCategory(work: readonly WorkLine[], uncovered: readonly JobExpense[]): PlanRow[] {
  return [...CATEGORIES, null].flatMap((category) => {
    const { lines, planned, spent } = inCategory(category, work, uncovered);
    if (planned === 0 && spent === 0) return [];
    const left = cost(planned - spent);
    return [{ category: category ?? 'uncategorized', planned, spent, left, linesOver: linesOver(lines) }];
  });
}

function linesOver(lines: readonly WorkLine[]): LinesOver | null {
  const over = lines.filter(isOver).sort((a, b) => overBy(b) - overBy(a));
  if (over.length === 0) return null;
  return {
    few: over.slice(0, FEW_LINES).map(({ ref, description, planned, spent }) => ({
      ...{ ref, description: cut(description, LONGEST_LINE), planned, spent },
    })),
    count: over.length,
    by: sum(over.map(overBy)),
  };
}

/** A line changed down to nothing, or of unknown cost, has no plan to exceed. */
function isOver({ planned, spent }: WorkLine): boolean {
  return planned > 0 && spent > planned;
}

function overBy({ planned, spent }: WorkLine): Cost {
  return cost(spent - planned);
}

function inCategory(category: Category | null, work: readonly WorkLine[], uncovered: readonly JobExpense[]) {
  const lines = work.filter((line) => line.category === category);
  const expenses = [
    ...lines.flatMap((line) => line.coveredBy),
    ...uncovered.filter((expense) => expense.category === category),
  ];
  const planned = sum(lines.map((line) => line.planned));
  return { lines, expenses, planned, spent: sum(expenses.map((expense) => expense.amount)) };
}

/** A line, or the lines of a category that are still to do, for which the planned money will not last. */
export type Overrun = {
  /** Null where it is one line that ran over. */
  readonly category: PlanCategory | null;
  readonly lines: readonly WorkLine[];
  readonly expenses: readonly JobExpense[];
  readonly planned: Cost;
  readonly spent: Cost;
  /** Of a category: what its lines that are not done still have to come by their plan. */
  readonly toCome: Cost;
};

/** A category is looked at once this share of its plan is spent: before that, plans have room to even out. */
const NEARLY_SPENT_PERCENT = 90n;

/**
 * Where spending is ahead of the work, the largest overrun first.
 * - A line not done whose covering expenses exceed its plan.
 * - A category that is nearly spent, with less left than its lines not done still have to come. Only where an expense
 *   covers one of its lines, since otherwise nobody said that the spending is the plan's; and not where one of its
 *   lines is an overrun already, which says it more exactly.
 * @param uncovered expenses that came on top of the plan; ones that may be a line's own cost are left out
 */
export function overruns(work: readonly WorkLine[], uncovered: readonly JobExpense[]): Overrun[] {
  const lines = work
    .filter((line) => !line.done && isOver(line))
    .map(
      (line): Overrun => ({
        category: null,
        lines: [line],
        expenses: line.coveredBy,
        planned: line.planned,
        spent: line.spent,
        toCome: cost(0),
      }),
    );
  const named = new Set(lines.flatMap((overrun) => overrun.lines.map((line) => line.category)));
  const categories = [...CATEGORIES, null]
    .filter((category) => !named.has(category))
    .flatMap((category) => shortCategory(category, work, uncovered));
  return [...lines, ...categories].sort((a, b) => aheadBy(b) - aheadBy(a));
}

/** By how much more than was planned it will come to, as it stands. */
export function aheadBy({ planned, spent, toCome }: Pick<Overrun, 'planned' | 'spent' | 'toCome'>): Cost {
  return cost(spent + toCome - planned);
}

function shortCategory(
  category: Category | null,
  work: readonly WorkLine[],
  uncovered: readonly JobExpense[],
): Overrun[] {
  const { lines, expenses, planned, spent } = inCategory(category, work, uncovered);
  const open = lines.filter((line) => !line.done && line.planned > 0);
  const toCome = sum(open.map((line) => cost(Math.max(0, line.planned - line.spent))));
  const linked = lines.some((line) => line.coveredBy.length > 0);
  const nearlySpent = BigInt(spent) * 100n >= BigInt(planned) * NEARLY_SPENT_PERCENT;
  const short = planned > 0 && linked && open.length > 0 && nearlySpent && planned - spent < toCome;
  return short ? [{ category: category ?? 'uncategorized', lines: open, expenses, planned, spent, toCome }] : [];
}
