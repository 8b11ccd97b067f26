// The profit summary: billed − cost of work − expenses = profit. Each figure is the sum of the records listed for it,
// so that explaining a figure and computing it are one thing.
import { says, type Message } from './message.ts';
import { cut } from './text.ts';
import { kindOfWork, workLines, type Cost, type CostLine, type JobExpense, type WorkLine } from './cost.ts';
import type { CalendarDate } from './dates.ts';
import type { InvoiceStatus } from './invoice.ts';
import { billingOf, type Billing, type JobStatus } from './job.ts';
import type { BilledContract } from './left-to-bill.ts';
import {
  amount,
  divideRounded,
  sum,
  sumUp,
  total,
  type Amount,
  type AmountText,
  type Price,
  type Total,
} from './money.ts';
import type { Mentions } from './messages/profit.ts';
import { isMoreToBill, quotesCounted } from './offers.ts';
import { overruns, planByCategory, type Overrun, type PlanCategory, type PlanRow } from './plan-and-actual.ts';
import { isContracted, type QuoteKind, type QuoteStatus } from './quote.ts';

/** What a job really made. Never shown to a customer. */
export type Profit = Amount<'profit'>;
export type ProfitText = AmountText<'profit'>;

export const COST_BASES = ['accepted', 'open', 'spent', 'none'] as const;
/** Which quotes the cost of work comes from. */
export type CostBasis = (typeof COST_BASES)[number];

export const WARNING_CODES = ['several_open_quotes', 'possible_double_count', 'unknown_cost', 'over_plan'] as const;
export type Warning = { readonly refs: readonly string[] } & (
  | { readonly code: 'several_open_quotes' }
  | { readonly code: 'possible_double_count'; readonly expenses: Mentions; readonly lines: Mentions }
  /** No lines: all that is billed stands there without any cost. */
  | { readonly code: 'unknown_cost'; readonly lines: Mentions }
  | { readonly code: 'over_plan'; readonly over: readonly OverPlan[]; readonly more: number }
);
/** Of one line, or of a category (else null), whose lines named here are still to do. */
export type OverPlan = {
  readonly category: PlanCategory | null;
  readonly lines: Mentions;
  readonly planned: Cost;
  readonly spent: Cost;
  readonly toCome: Cost;
};

/** Everything on a job that its profit summary depends on. */
export type JobLedger = {
  readonly status: JobStatus;
  readonly quotes: readonly {
    readonly ref: string;
    /** The first original in its chain of revisions, or of the original that a change order stands beside. */
    readonly contractId: number;
    readonly title: string;
    readonly kind: QuoteKind;
    readonly status: QuoteStatus;
    readonly subtotal: Price;
    readonly lines: readonly CostLine[];
  }[];
  /** Credit notes are among them, with negative amounts. */
  readonly invoices: readonly {
    readonly ref: string;
    readonly status: InvoiceStatus;
    readonly isCredit: boolean;
    readonly subtotal: Price;
    readonly tax: Price;
  }[];
  readonly expenses: readonly JobExpense[];
  readonly contracts: readonly BilledContract[];
  /** Billed from lines, less its credits: what an original counts against itself once it is accepted. */
  readonly billedFromLines: Price;
  /** Payments less refunds, with the tax in them. */
  readonly collected: Price;
  /** When what was left to bill was written off; null where it was not. */
  readonly billingDoneOn: CalendarDate | null;
};

export type ProfitSummary = {
  readonly billed: Price;
  readonly costOfWork: Cost;
  readonly expenses: Cost;
  readonly profit: Profit;
  /** Margin in tenths of a percent; null where nothing is billed. */
  readonly marginTenths: number | null;
  readonly costBasis: CostBasis;
  readonly notBilledYet: Price;
  readonly taxBilled: Price;
  readonly billing: Billing;
  readonly warnings: readonly Warning[];
};

/** One record behind a figure. */
export type Entry<B extends string> = { readonly ref: string; readonly what: Message; readonly amount: Amount<B> };

/** A line of work: what of its cost is known by now, from which expenses. */
export type WorkEntry = {
  readonly ref: string;
  readonly description: string;
  readonly known: 'planned' | 'still quoted' | 'spent';
  readonly by: readonly string[];
  readonly amount: Cost;
};

export type JobProfit = {
  readonly profitSummary: ProfitSummary;
  readonly billed: readonly Entry<'price'>[];
  readonly taxBilled: readonly Entry<'price'>[];
  readonly notBilledYet: readonly Entry<'price'>[];
  readonly costOfWork: readonly WorkEntry[];
  readonly expenses: readonly Entry<'cost'>[];
  /** Every counted line of work, with its plan and what was spent on it. */
  readonly lines: readonly WorkLine[];
  readonly plan: readonly PlanRow[];
};

/** Works a job out from its records. */
export function computeProfit(job: JobLedger): JobProfit {
  const { quotes: counted, basis } = countedQuotes(job);
  const work = workLines(
    counted.flatMap((quote) => quote.lines),
    job.expenses,
    job.status !== 'cancelled',
  );
  const covering = new Set(work.flatMap((line) => line.coveredBy));
  const uncovered = job.expenses.filter((expense) => !covering.has(expense));

  const issued = job.invoices.filter((invoice) => invoice.status === 'issued');
  const billed = issued.map(({ ref, isCredit, subtotal }) => ({
    ref,
    what: says('profit.of-invoice', { is: isCredit ? 'credit note' : 'invoice' }),
    amount: subtotal,
  }));
  const taxBilled = issued
    .filter(({ tax }) => tax !== 0)
    .map(({ ref, tax }) => ({ ref, what: says('profit.sales-tax'), amount: tax }));
  const notBilledYet = job.invoices
    .filter((invoice) => invoice.status === 'draft')
    .map(({ ref, subtotal }) => ({ ref, what: says('profit.of-invoice', { is: 'draft invoice' }), amount: subtotal }));
  const costOfWork = work
    .filter((line) => line.cost !== 0)
    .map((line) => ({ ...howItCosts(line, job.status), ref: line.ref, amount: line.cost }));
  const expenses = uncovered.map(({ ref, description, category, amount: spent }) => ({
    ref,
    what: says('profit.of-expense', { description, category }),
    amount: spent,
  }));

  const totals = {
    billed: totalOf(billed),
    costOfWork: totalOf(costOfWork),
    expenses: totalOf(expenses),
    notBilledYet: totalOf(notBilledYet),
    taxBilled: totalOf(taxBilled),
  };
  return {
    profitSummary: {
      ...totals,
      ...profitOf(totals),
      costBasis: basis,
      billing: howFarBilled(job, totals.billed),
      warnings: warningsOf({ status: job.status, basis, counted, billed: totals.billed, work, uncovered }),
    },
    billed,
    taxBilled,
    notBilledYet,
    costOfWork,
    expenses,
    lines: work,
    plan: planByCategory(work, uncovered),
  };
}

function howFarBilled(job: JobLedger, billed: Price): Billing {
  const { status, contracts, billingDoneOn } = job;
  return billingOf({
    ...{ status, billed },
    isDone: billingDoneOn !== null,
    hasContract: contracts.length > 0,
    isAnythingLeft: isMoreToBill(job),
  });
}

type Money = Pick<ProfitSummary, 'billed' | 'costOfWork' | 'expenses'>;

/** Profit and its margin, from the three sums: never a mean of percentages. */
export function profitOf({ billed, costOfWork, expenses }: Money): Pick<ProfitSummary, 'profit' | 'marginTenths'> {
  const profit = amount<'profit'>(billed - costOfWork - expenses);
  return { profit, marginTenths: marginOf(BigInt(profit), BigInt(billed)) };
}

/** In tenths of a percent, rounded; null where there is nothing to hold it against. */
export function marginOf(profit: bigint, billed: bigint): number | null {
  return billed <= 0n ? null : Number(divideRounded(profit * 1000n, billed));
}

/** What many jobs come to, before what they made. */
export type TotalSums = {
  readonly billed: Total<'price'>;
  readonly costOfWork: Total<'cost'>;
  readonly expenses: Total<'cost'>;
};

/** The same over many jobs. */
export function totalProfitOf({ billed, costOfWork, expenses }: TotalSums): {
  readonly profit: Total<'profit'>;
  readonly marginTenths: number | null;
} {
  const profit = total<'profit'>(billed - costOfWork - expenses);
  return { profit, marginTenths: marginOf(profit, billed) };
}

/** What the business made: its jobs, and beside them what was billed outside of jobs, less overhead. */
export function businessProfit(
  jobs: TotalSums,
  { outside, overhead }: { readonly outside: Total<'price'>; readonly overhead: Total<'cost'> },
): Total<'profit'> {
  return total<'profit'>(totalProfitOf(jobs).profit + outside - overhead);
}

/** All of somebody's jobs: what was made so far, with what is expected of the running ones in place of what is theirs of it. */
export function madeInAll(
  made: Total<'profit'>,
  running: { readonly profit: Total<'profit'>; readonly expectedProfit: Total<'profit'> },
): { readonly profit: Total<'profit'>; readonly notRunning: Total<'profit'> } {
  const notRunning = total<'profit'>(made - running.profit);
  return { profit: total<'profit'>(notRunning + running.expectedProfit), notRunning };
}

/** Over several jobs: money is summed, the margin is of the sums, and the basis is `mixed` where jobs differ. */
export type TotalProfitSummary = TotalSums & {
  readonly profit: Total<'profit'>;
  readonly marginTenths: number | null;
  readonly costBasis: CostBasis | 'mixed';
  readonly notBilledYet: Total<'price'>;
  readonly taxBilled: Total<'price'>;
};

/** One job, or some added up that are all on one basis. */
export type TotalPart = {
  readonly billed: Price | Total<'price'>;
  readonly costOfWork: Cost | Total<'cost'>;
  readonly expenses: Cost | Total<'cost'>;
  readonly notBilledYet: Price | Total<'price'>;
  readonly taxBilled: Price | Total<'price'>;
  readonly costBasis: CostBasis;
};

export function totalProfitSummary(parts: readonly TotalPart[]): TotalProfitSummary {
  const sums = {
    billed: sumUp(parts.map((part) => part.billed)),
    costOfWork: sumUp(parts.map((part) => part.costOfWork)),
    expenses: sumUp(parts.map((part) => part.expenses)),
    notBilledYet: sumUp(parts.map((part) => part.notBilledYet)),
    taxBilled: sumUp(parts.map((part) => part.taxBilled)),
  };
  // A job without quotes adds no cost of work, so it does not make a basis mixed.
  const bases = [...new Set(parts.map((part) => part.costBasis))].filter((basis) => basis !== 'none');
  const costBasis = bases.length > 1 ? 'mixed' : (bases[0] ?? 'none');
  return { ...sums, ...totalProfitOf(sums), costBasis };
}

/** The quotes that count, and of which kind they are. */
export function countedQuotes(job: JobLedger): { quotes: JobLedger['quotes']; basis: CostBasis } {
  const quotes = quotesCounted(job.quotes);
  if (quotes.length === 0) return { quotes, basis: 'none' };
  if (job.status === 'cancelled') return { quotes, basis: 'spent' };
  return { quotes, basis: isContracted(job.quotes) ? 'accepted' : 'open' };
}

type Situation = {
  readonly status: JobStatus;
  readonly basis: CostBasis;
  readonly counted: JobLedger['quotes'];
  readonly billed: Price;
  readonly work: readonly WorkLine[];
  readonly uncovered: readonly JobExpense[];
};

function warningsOf({ status, basis, counted, billed, work, uncovered }: Situation): Warning[] {
  const unknown = unknownCost(billed, work, uncovered);
  if (status === 'cancelled') return unknown;
  const doubted = possiblyCountedTwice(
    work,
    // What a supplier gave back was planned nowhere.
    uncovered.filter((expense) => expense.amount > 0),
  );
  // Once a job is completed its profit says how it went; that all is billed is no end of the work.
  const isGoingOn = status !== 'completed';
  const inDoubt = new Set(doubted.expenses);
  const onTop = uncovered.filter((expense) => !inDoubt.has(expense));
  return [
    ...(basis === 'open' ? severalOpenQuotes(counted) : []),
    ...possibleDoubleCount(doubted),
    ...unknown,
    ...(isGoingOn ? overPlan(overruns(work, onTop)) : []),
  ];
}

function severalOpenQuotes(counted: JobLedger['quotes']): Warning[] {
  const originals = counted.filter((quote) => quote.kind === 'original');
  if (originals.length < 2) return [];
  return [{ code: 'several_open_quotes', refs: originals.map((quote) => quote.ref) }];
}

type Doubted = { readonly lines: readonly WorkLine[]; readonly expenses: readonly JobExpense[] };

/** A planned cost and an expense of its category, side by side and not linked: perhaps the same money twice. */
function possiblyCountedTwice(work: readonly WorkLine[], uncovered: readonly JobExpense[]): Doubted {
  const lines = work.filter((line) => uncovered.some((expense) => mayBePlanIn(line, expense)));
  const expenses = uncovered.filter((expense) => lines.some((line) => mayBePlanIn(line, expense)));
  return { lines, expenses };
}

/** Whether the line is planned, neither covered nor done, and what this uncovered expense is of. */
export function mayBePlanIn(line: WorkLine, expense: Pick<JobExpense, 'category'>): boolean {
  if (line.planned <= 0 || line.coveredBy.length > 0 || line.done) return false;
  return line.category === null || kindOfWork(line.category) === kindOfWork(expense.category);
}

/** What looks like profit where nobody said what the work costs; what a supplier gave back does not say it either. */
function unknownCost(billed: Price, work: readonly WorkLine[], uncovered: readonly JobExpense[]): Warning[] {
  const lines = work.filter((line) => !line.isCostKnown);
  const isSaid = work.some((line) => line.isCostSaid) || uncovered.some((expense) => expense.amount >= 0);
  const isAllProfit = billed > 0 && !isSaid;
  if (lines.length === 0 && !isAllProfit) return [];
  return [{ code: 'unknown_cost', lines: mentions(lines), refs: lines.map(({ ref }) => ref) }];
}

function possibleDoubleCount({ lines, expenses }: Doubted): Warning[] {
  if (lines.length === 0) return [];
  return [
    {
      code: 'possible_double_count',
      expenses: mentions(expenses),
      lines: mentions(lines),
      refs: [...lines.map((line) => line.ref), ...expenses.map((expense) => expense.ref)],
    },
  ];
}

/** Overruns that a warning puts into words; all stand in its refs. */
const OVERRUNS_IN_WORDS = 4;

function overPlan(found: readonly Overrun[]): Warning[] {
  if (found.length === 0) return [];
  const shown = found.slice(0, OVERRUNS_IN_WORDS);
  const lines = found.flatMap((overrun) => overrun.lines.map((line) => line.ref));
  const expenses = found.flatMap((overrun) => overrun.expenses.map((expense) => expense.ref));
  return [
    {
      code: 'over_plan',
      refs: [...lines, ...expenses],
      over: shown.map(overPlanOf),
      more: found.length - shown.length,
    },
  ];
}

/** Kept with every profit summary, so long descriptions are cut. */
function overPlanOf({ category, lines, planned, spent, toCome }: Overrun): OverPlan {
  return { category, lines: mentions(lines, 40), planned, spent, toCome };
}

const FEW = 6;

function mentions(
  all: readonly { readonly ref: string; readonly description: string }[],
  longest = Infinity,
): Mentions {
  const few = all.slice(0, FEW).map(({ ref, description }) => ({ ref, description: cut(description, longest) }));
  return { few, count: all.length };
}

/** Nothing is to come on a finished job, nor of a line that is done: what is not spent there is still the quote. */
function howItCosts(line: WorkLine, status: JobStatus): Pick<WorkEntry, 'description' | 'known' | 'by'> {
  const isSpent = line.coveredBy.length > 0 && line.cost === line.spent;
  const open = status === 'completed' || line.done ? 'still quoted' : 'planned';
  const by = line.coveredBy.map((expense) => expense.ref);
  return { description: line.description, known: isSpent ? 'spent' : open, by };
}

function totalOf<B extends string>(entries: readonly { readonly amount: Amount<B> }[]): Amount<B> {
  return sum(entries.map((entry) => entry.amount));
}
