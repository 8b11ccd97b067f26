// What a new expense may be besides what it was logged as: work of which a line has some planned still, or what was
// logged before in other words. Neither is certain, so both are only said.
import { cost, kindOfWork, type Category, type Cost, type WorkLine } from './cost.ts';
import type { CalendarDate } from './dates.ts';
import { isOneName } from './names-meant.ts';
import { mayBePlanIn } from './profit.ts';

/** An expense by what tells it from others. */
export type Spending = {
  readonly ref: string;
  readonly description: string;
  /** What was paid in all; below 0 what a supplier gave back. */
  readonly paid: Cost;
  readonly category: Category;
  readonly vendor: string | null;
  readonly spentOn: CalendarDate;
  readonly lineId: number | null;
};

/** A line that is covered in part, and not done: so much of its plan is left. */
export type PlanLeft = Pick<WorkLine, 'ref' | 'description' | 'planned' | 'coveredBy'> & { readonly left: Cost };

/**
 * Lines that this expense may go on covering, since expenses of the same vendor or its category do so far. What nothing
 * covers yet, the profit summary doubts itself.
 * @returns those of the same vendor first, then where most is left
 */
export function planLeftFor(
  one: Spending,
  { lines, others }: { readonly lines: readonly WorkLine[]; readonly others: readonly Spending[] },
): PlanLeft[] {
  if (one.lineId !== null || one.paid <= 0) return [];
  const theirs = new Set(others.filter((other) => isSameVendor(one, other)).map(({ ref }) => ref));
  const ofVendor = (line: WorkLine) => line.coveredBy.some(({ ref }) => theirs.has(ref));
  return lines
    .filter((line) => !line.done && line.coveredBy.length > 0 && line.planned > line.spent)
    .filter((line) => ofVendor(line) || isOfKind(line, one.category))
    .map((line) => ({ line, left: cost(line.planned - line.spent), first: ofVendor(line) ? 0 : 1 }))
    .sort((a, b) => a.first - b.first || b.left - a.left)
    .map(({ line: { ref, description, planned, coveredBy }, left }) => ({
      ref,
      description,
      planned,
      coveredBy,
      left,
    }));
}

/** `Q-1/1`: lines that it may be, as the profit summary doubts it, and such as others cover in part so far. */
export function mayBePlannedIn(one: Spending, among: Parameters<typeof planLeftFor>[1]): string[] {
  if (one.lineId !== null || one.paid <= 0) return [];
  const uncovered = among.lines.filter((line) => mayBePlanIn(line, one));
  return [...planLeftFor(one, among), ...uncovered].map(({ ref }) => ref);
}

function isOfKind({ category, coveredBy }: WorkLine, asked: Category): boolean {
  const kinds = category === null ? coveredBy.map((expense) => expense.category) : [category];
  return kinds.some((kind) => kindOfWork(kind) === kindOfWork(asked));
}

/** Those of the same amount and day that nothing tells from it but how they are put: other words, a line or none. */
export function perhapsTheSame(one: Spending, others: readonly Spending[]): Spending[] {
  return others.filter(
    (other) =>
      other.ref !== one.ref &&
      other.paid === one.paid &&
      other.spentOn === one.spentOn &&
      (one.vendor === null || other.vendor === null || isSameVendor(one, other)),
  );
}

/** Both are said, and each may be a way to write the other. */
function isSameVendor({ vendor: one }: Pick<Spending, 'vendor'>, { vendor: other }: Pick<Spending, 'vendor'>): boolean {
  return one !== null && other !== null && isOneName(one, other);
}
