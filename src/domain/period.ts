// What a job made on which day. Cost of work follows billing: of a job's cost, the share that is billed belongs to the
// days of its invoices, and the rest to no day yet. Every record of the strip is split over days without losing a cent,
// so any periods that cover all of time, plus what has no day, add up to the strip.
import { cost, type Category, type Cost, type JobExpense, type WorkLine } from './cost.ts';
import type { CalendarDate } from './dates.ts';
import { divideRounded, price, sum, type Price } from './money.ts';
import type { PlanCategory } from './plan-and-actual.ts';
import { acceptedSubtotal, type JobFacts, type Reckoning } from './profit.ts';

/** What a profit report can be made by. */
export const REPORT_KEYS = ['job', 'customer', 'month', 'status', 'category', 'assignee'] as const;
export type ReportKey = (typeof REPORT_KEYS)[number];

/** From one day to another, both included; null is no end on that side. */
export type Period = { readonly from: CalendarDate | null; readonly to: CalendarDate | null };

/** A job's facts with the days they happened on. */
export type DatedFacts = Omit<JobFacts, 'invoices' | 'expenses'> & {
  readonly invoices: readonly (JobFacts['invoices'][number] & {
    /** Null on drafts. */
    readonly issuedOn: CalendarDate | null;
  })[];
  readonly expenses: readonly (JobExpense & { readonly spentOn: CalendarDate })[];
};

export type Sums = { readonly billed: Price; readonly costOfWork: Cost; readonly expenses: Cost };

/** A record's share in one figure on one day. Of its three amounts one is not 0. */
export type DatedRecord = Sums & {
  /** Null: cost of work that is not billed yet. */
  readonly day: CalendarDate | null;
  /** The kind of cost; null on what is billed. */
  readonly category: PlanCategory | null;
  readonly ref: string;
  readonly what: string;
};

const NOTHING: Sums = { billed: price(0), costOfWork: cost(0), expenses: cost(0) };

/** Every record of the job's strip, split over the days it belongs to. */
export function datedRecords(job: DatedFacts, { billed, lines, expenses }: Reckoning): DatedRecord[] {
  const issuedOn = new Map(job.invoices.map((invoice) => [invoice.ref, invoice.issuedOn]));
  const bills = billed
    .map((entry) => ({ ...entry, day: dayOf(issuedOn, entry.ref) }))
    .sort((left, right) => (left.day < right.day ? -1 : left.day > right.day ? 1 : 0));
  const spent = new Map(job.expenses.map((expense) => [expense.ref, expense]));
  return [
    ...bills.map(({ ref, what, amount, day }) => ({ ...NOTHING, day, category: null, ref, what, billed: amount })),
    ...costByDay(lines.flatMap(partsOf), bills, acceptedSubtotal(job)),
    ...expenses.map(({ ref, what, amount }) => {
      const { spentOn, category } = found(spent, ref);
      return { ...NOTHING, day: spentOn, category, ref, what, expenses: amount };
    }),
  ].filter(isSomething);
}

/** A part of the cost of work that is of one kind: a covering expense, or what is planned beyond those. */
type Part = {
  readonly ref: string;
  readonly what: string;
  readonly category: Category | null;
  readonly amount: Cost;
};

function partsOf({ ref, description, category, cost: whole, coveredBy }: WorkLine): Part[] {
  const covering = coveredBy.map((expense) => ({
    ref: expense.ref,
    what: `${expense.description} (covers ${ref} ${description})`,
    category: expense.category,
    amount: expense.amount,
  }));
  const planned = cost(whole - sum(covering.map((part) => part.amount)));
  const what = covering.length === 0 ? `${description}: planned` : `${description}: planned beyond what is spent`;
  return planned === 0 ? covering : [...covering, { ref, what, category, amount: planned }];
}

type Bill = { readonly day: CalendarDate; readonly ref: string; readonly amount: Price };

/** @param bills oldest first */
function costByDay(parts: readonly Part[], bills: readonly Bill[], accepted: Price): DatedRecord[] {
  const record = ({ ref, what, category }: Part, day: CalendarDate | null, amount: number): DatedRecord => ({
    ...NOTHING,
    day,
    category: category ?? 'uncategorized',
    ref,
    what,
    costOfWork: cost(amount),
  });
  const records: DatedRecord[] = [];
  let reached = parts.map(() => 0);
  let billed = 0;
  for (const bill of bills) {
    billed += bill.amount;
    const next = portions(parts, billedShare(billed, accepted));
    for (const [index, part] of parts.entries())
      records.push(record(part, bill.day, (next[index] ?? 0) - (reached[index] ?? 0)));
    reached = next;
  }
  for (const [index, part] of parts.entries()) records.push(record(part, null, part.amount - (reached[index] ?? 0)));
  return records;
}

type Share = { readonly of: bigint; readonly whole: bigint };

/**
 * Billed to date ÷ max(accepted, billed to date): 3,240 of 10,800 is 30 %, and beyond what was agreed it stays 100 %.
 * With nothing agreed there is nothing to measure by, so the first invoice carries all of it.
 */
function billedShare(billed: number, accepted: Price): Share {
  if (accepted <= 0) return { of: 1n, whole: 1n };
  return { of: BigInt(Math.max(0, billed)), whole: BigInt(Math.max(accepted, billed)) };
}

/**
 * That share of each part. The running total is rounded, not the parts, so that they always add up to the rounded
 * share of the whole; at a share of 1 each part is there entirely.
 */
function portions(parts: readonly Part[], { of, whole }: Share): number[] {
  let total = 0;
  let before = 0;
  return parts.map(({ amount }) => {
    total += amount;
    const upTo = Number(divideRounded(BigInt(total) * of, whole));
    const portion = upTo - before;
    before = upTo;
    return portion;
  });
}

/** A day's sums of one kind. */
export type DaySums = Sums & Pick<DatedRecord, 'day' | 'category'>;

/** The records added up by day and kind of cost, those without a day first, without sums of nothing. */
export function daySums(records: readonly DatedRecord[]): DaySums[] {
  const groups = Map.groupBy(records, ({ day, category }) => `${day ?? ''} ${category ?? ''}`);
  return [...groups]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .flatMap(([, [first, ...rest]]) => {
      if (first === undefined) return [];
      const { day, category } = first;
      return [{ day, category, ...addUp([first, ...rest]) }];
    })
    .filter(isSomething);
}

export function addUp(all: readonly Sums[]): Sums {
  return {
    billed: sum(all.map((each) => each.billed)),
    costOfWork: sum(all.map((each) => each.costOfWork)),
    expenses: sum(all.map((each) => each.expenses)),
  };
}

/** What has no day is in no period. */
export function isWithin(day: CalendarDate | null, { from, to }: Period): boolean {
  return day !== null && (from === null || day >= from) && (to === null || day <= to);
}

export type JoinedRecord = Sums & Pick<DatedRecord, 'ref' | 'what'>;

/** One line per record and figure: its shares on all the days given, added up. */
export function joinRecords(records: readonly DatedRecord[]): JoinedRecord[] {
  const groups = Map.groupBy(records, ({ ref, what, billed, costOfWork }) =>
    JSON.stringify([billed === 0 ? (costOfWork === 0 ? 'expenses' : 'cost of work') : 'billed', ref, what]),
  );
  return [...groups.values()]
    .flatMap((some) => {
      const [first] = some;
      return first === undefined ? [] : [{ ref: first.ref, what: first.what, ...addUp(some) }];
    })
    .filter(isSomething);
}

function isSomething({ billed, costOfWork, expenses }: Sums): boolean {
  return billed !== 0 || costOfWork !== 0 || expenses !== 0;
}

function dayOf(issuedOn: ReadonlyMap<string, CalendarDate | null>, ref: string): CalendarDate {
  const day = found(issuedOn, ref);
  if (day === null) throw new Error(`${ref} is issued without a day`);
  return day;
}

function found<V>(byRef: ReadonlyMap<string, V>, ref: string): V {
  const value = byRef.get(ref);
  if (value === undefined) throw new Error(`${ref} stands in a strip but not among the job's records`);
  return value;
}
