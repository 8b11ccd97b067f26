// What the work costs: planned costs of quote lines, the expenses that cover them, and which of the two counts.
import type { CalendarDate } from './dates.ts';
import { refused } from './errors.ts';
import { says } from './message.ts';
import type { Flaw } from './file.ts';
import {
  amount,
  extend,
  LARGEST_AMOUNT,
  sum,
  text,
  type Amount,
  type AmountText,
  type Price,
  type Quantity,
} from './money.ts';

/** What a job costs the business. Never shown to a customer. */
export type Cost = Amount<'cost'>;
export type CostText = AmountText<'cost'>;

export const CATEGORIES = ['materials', 'labor', 'subcontractor', 'permit', 'equipment', 'other'] as const;
export type Category = (typeof CATEGORIES)[number];

/** Work that somebody of ours was to do may be what a subcontractor bills for. */
export function kindOfWork(category: Category): Category {
  return category === 'subcontractor' ? 'labor' : category;
}

/** A quote line seen from its cost side. */
export type CostLine = {
  /** The line's identity, kept through revisions; expenses and change orders point at it. */
  readonly lineId: number;
  /** `Q-31/2` */
  readonly ref: string;
  readonly description: string;
  readonly quantity: Quantity;
  /** Null: not known yet. */
  readonly unitPrice: Price | null;
  readonly unitCost: Cost | null;
  readonly category: Category | null;
  /** The line that this change-order line changes. */
  readonly changesLineId: number | null;
  /** Marked done: costs exactly what was spent, once something was, or where it is said that nothing was. */
  readonly done: boolean | 'spent_nothing';
};

export type JobExpense = {
  readonly ref: string;
  readonly description: string;
  /** What it costs, below 0 for what a supplier gave back. */
  readonly amount: Cost;
  readonly category: Category;
  readonly allocatedLineId: number | null;
};

/** A line of work: a quote line with the change-order lines that change it, and the expenses that cover it. */
export type WorkLine = {
  readonly ref: string;
  readonly description: string;
  readonly category: Category | null;
  readonly planned: Cost;
  readonly spent: Cost;
  readonly done: boolean;
  /** Marked done, and nothing was spent on it. */
  readonly spentNothing: boolean;
  readonly coveredBy: readonly JobExpense[];
  /** False where work is sold of which nobody said what it costs, and nothing was spent on it. */
  readonly isCostKnown: boolean;
  /** Whether somebody said what it costs, be it nothing; a plan that never happens says so only of nothing. */
  readonly isCostSaid: boolean;
  /** What counts as its cost of work. */
  readonly cost: Cost;
};

export function cost(minor: number): Cost {
  return amount<'cost'>(minor);
}

/** Quantity × unit cost, rounded per line; 0 where the cost is not known. */
export function plannedCost(line: Pick<CostLine, 'quantity' | 'unitCost'>): Cost {
  return line.unitCost === null ? cost(0) : extend(line.quantity, line.unitCost);
}

/** What is taken off the price, or work that is taken out, costs nothing; all else that is sold does. */
export function isWithoutCost({
  quantity,
  unitPrice,
  unitCost,
}: Pick<CostLine, 'quantity' | 'unitPrice' | 'unitCost'>): boolean {
  return unitCost === null && (unitPrice === null || quantity * unitPrice > 0);
}

/** What the lines of a quote cost by plan is one amount too. @throws Problem where it would be more than one may */
export function checkPlannedCost(lines: readonly Pick<CostLine, 'quantity' | 'unitCost'>[], currency: string): void {
  const planned = sum(lines.map(plannedCost));
  if (Math.abs(planned) <= LARGEST_AMOUNT) return;
  const limit = text(cost(LARGEST_AMOUNT), currency);
  throw refused(says('document.costs-too-large', { cost: text(planned, currency), limit, currency }), 'lines');
}

/** What was bought for a piece of work, and what suppliers gave back of it: more than that. */
export type ReturnedBeyond = {
  /** Of the line that it began with. */
  readonly ref: string;
  readonly lineIds: ReadonlySet<number>;
  readonly spent: Cost;
  readonly returned: Cost;
};

/**
 * Where more came back than was bought. A line and those that change it are one piece of work; a line whose quote does not
 * count stands alone.
 */
export function returnedBeyond(
  { counted, others }: { readonly counted: readonly CostLine[]; readonly others: readonly CostLine[] },
  expenses: readonly JobExpense[],
): ReturnedBeyond[] {
  const joined = [...groupsOf(counted)].map(([root, members]) => ({ root, members }));
  const known = new Set(counted.map(({ lineId }) => lineId));
  const alone = others.filter(({ lineId }) => !known.has(lineId)).map((line) => ({ root: line, members: [line] }));
  return [...joined, ...alone].flatMap(({ root, members }) => {
    const lineIds = new Set(members.map(({ lineId }) => lineId));
    const costs = expenses
      .filter(({ allocatedLineId }) => allocatedLineId !== null && lineIds.has(allocatedLineId))
      .map((expense) => expense.amount);
    const spent = sum(costs.filter((each) => each > 0));
    const returned = sum(costs.filter((each) => each < 0).map((each) => cost(-each)));
    return returned > spent ? [{ ref: root.ref, lineIds, spent, returned }] : [];
  });
}

/** Lines by the one that they change, or that what they change changes. */
function groupsOf(lines: readonly CostLine[]): Map<CostLine, CostLine[]> {
  const byId = new Map(lines.map((line) => [line.lineId, line]));
  const groups = new Map<CostLine, CostLine[]>();
  for (const line of lines) {
    const root = rootOf(line, byId);
    groups.set(root, [...(groups.get(root) ?? []), line]);
  }
  return groups;
}

/**
 * Joins each counted line with the lines that change it and with its covering expenses.
 * @param planHappens false on a cancelled job, where planned costs never happen and only what was spent counts
 */
export function workLines(
  lines: readonly CostLine[],
  expenses: readonly JobExpense[],
  planHappens: boolean,
): WorkLine[] {
  const groups = groupsOf(lines);
  const covering = Map.groupBy(expenses, (expense) => expense.allocatedLineId);
  return [...groups].map(([root, members]) => {
    // Two open revisions of one quote both hold a line; what was spent on it still counts once.
    const identities = new Set(members.map((member) => member.lineId));
    const coveredBy = [...identities].flatMap((lineId) => covering.get(lineId) ?? []);
    const planned = sum(members.map(plannedCost));
    const spent = sum(coveredBy.map((expense) => expense.amount));
    const done = members.some((member) => member.done !== false);
    const spentNothing = members.some((member) => member.done === 'spent_nothing');
    const covered = coveredBy.length > 0;
    return {
      ref: root.ref,
      description: root.description,
      category: root.category,
      planned,
      spent,
      done,
      spentNothing,
      coveredBy,
      isCostKnown: covered || spentNothing || !planHappens || !members.some(isWithoutCost),
      isCostSaid:
        covered ||
        spentNothing ||
        (members.some(({ unitCost }) => unitCost !== null) && (planHappens || planned === 0)),
      cost: lineCost({ planned, spent, done, covered, spentNothing, planHappens }),
    };
  });
}

/**
 * The larger of planned and spent while work goes on; exactly what was spent once done; the plan while nothing is known
 * of what was spent.
 */
export function lineCost(line: {
  planned: Cost;
  spent: Cost;
  done: boolean;
  covered: boolean;
  spentNothing: boolean;
  planHappens: boolean;
}): Cost {
  if (!line.planHappens) return line.spent;
  if (!line.covered && !line.spentNothing) return line.planned;
  return line.done || line.spent > line.planned ? line.spent : line.planned;
}

/** A line of work whose cost still goes by the quote, and what it would cost once it is marked done. */
export type StillQuoted = Pick<WorkLine, 'ref' | 'description' | 'cost' | 'spent'> & {
  readonly isCovered: boolean;
  readonly whenDone: Cost;
};

/** Lines that cost something and are not marked done, where marking them changes most first. */
export function stillQuoted(lines: readonly WorkLine[]): StillQuoted[] {
  return lines
    .filter((line) => !line.done && line.cost > 0)
    .map(({ ref, description, cost: counted, planned, spent, coveredBy }) => {
      const isCovered = coveredBy.length > 0;
      const whenDone = lineCost({
        ...{ planned, spent, done: true, covered: isCovered },
        ...{ spentNothing: false, planHappens: true },
      });
      return { ref, description, cost: counted, spent, isCovered, whenDone };
    })
    .sort((left, right) => right.cost - right.whenDone - (left.cost - left.whenDone));
}

function rootOf(line: CostLine, byId: ReadonlyMap<number, CostLine>): CostLine {
  let root = byId.get(line.lineId) ?? line;
  // A chain is at most as long as there are lines; the bound also ends a circle that should not exist.
  for (let steps = byId.size; steps > 0 && root.changesLineId !== null; steps -= 1) {
    const changed = byId.get(root.changesLineId);
    if (changed === undefined || changed.lineId === line.lineId) break;
    root = changed;
  }
  return root;
}

export type Expense = {
  readonly id: number;
  readonly isSample: boolean;
  /** Null: overhead, which is on no job. */
  readonly job: { readonly id: number; readonly name: string } | null;
  readonly description: string;
  /** What was paid in all; below 0 what a supplier gave back. */
  readonly amount: Cost;
  /** Part of the amount, with its sign: the tax in it that one gets back. */
  readonly reclaimableTax: Cost | null;
  readonly category: Category;
  readonly vendor: string | null;
  readonly spentOn: CalendarDate;
  /** The quote line whose real cost this is. */
  readonly allocatedTo: { readonly lineId: number; readonly ref: string; readonly description: string } | null;
  /** The file that shows it, the newest of several. */
  readonly receipt: {
    readonly id: number;
    readonly hash: string;
    readonly flaw?: Flaw | undefined;
  } | null;
  /** The monthly expense that booked it. */
  readonly monthlyId: number | null;
};

/** What somebody says of an expense itself. Where it belongs and what shows it are records of their own. */
export type ExpenseSaid = Omit<Expense, 'id' | 'isSample' | 'job' | 'allocatedTo' | 'receipt' | 'monthlyId'>;

/** As it is kept: what a supplier gave back below 0, so that it counts so in every sum. */
export function kept(paid: Pick<Expense, 'amount' | 'reclaimableTax'>, isRefund: boolean): typeof paid {
  const signed = (value: Cost) => cost(isRefund ? -value : value);
  const { amount: all, reclaimableTax } = paid;
  return { amount: signed(all), reclaimableTax: reclaimableTax === null ? null : signed(reclaimableTax) };
}

/** What it costs: without what one gets back of its tax. */
export function costOf({ amount: paid, reclaimableTax }: Pick<Expense, 'amount' | 'reclaimableTax'>): Cost {
  return cost(paid - (reclaimableTax ?? 0));
}
