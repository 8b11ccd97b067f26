// What a job made on which day. Cost follows billing: of what a job has cost so far, the share that is billed belongs to
// the days of its invoices, and the rest to no day yet. Every record of the profit summary is split over days without losing a
// cent, so any periods that cover all of time, plus what has no day, add up to the profit summary.
import { cost, lineCost, type Cost, type JobExpense, type WorkLine } from './cost.ts';
import type { CalendarDate } from './dates.ts';
import { says, type Said } from './message.ts';
import { isAnythingLeft, leftToBill } from './left-to-bill.ts';
import { divideRounded, price, sum, type Price } from './money.ts';
import type { JobLedger, JobProfit } from './profit.ts';

/** What the rows of a profit report can be by. */
export const REPORT_KEYS = ['job', 'customer', 'month', 'status', 'category', 'assignee'] as const;
export type ReportKey = (typeof REPORT_KEYS)[number];
/** And sales tax, which is in no profit: it has rates instead of rows. */
export const REPORTED_BY = [...REPORT_KEYS, 'tax'] as const;
export type ReportedBy = (typeof REPORTED_BY)[number];

type Narrowed = Readonly<
  Partial<Record<'from' | 'to' | 'query' | 'customer' | 'last' | 'status' | 'category' | 'thinBelow', unknown>>
>;

/** What is told of where nobody says by what: a period month by month, and of some work job by job. */
export function usualKey({ from, to, ...narrowed }: Narrowed): ReportKey {
  const { query, customer, last, status, category, thinBelow } = narrowed;
  const isOfSome = [query, customer, last, status, category, thinBelow].some((said) => said !== undefined);
  return !isOfSome && (from ?? to) !== undefined ? 'month' : 'job';
}

/** From one day to another, both included; null is no end on that side. */
export type Period = { readonly from: CalendarDate | null; readonly to: CalendarDate | null };

/** A job's facts with the days they happened on. */
export type DatedJobLedger = Omit<JobLedger, 'invoices' | 'expenses'> & {
  readonly invoices: readonly (JobLedger['invoices'][number] & {
    /** Null on drafts. */
    readonly issuedOn: CalendarDate | null;
  })[];
  readonly expenses: readonly (JobExpense & { readonly spentOn: CalendarDate })[];
  /** When its present status was reached, where that is completed or cancelled; null where nobody knows. */
  readonly endedOn: CalendarDate | null;
  readonly closed: ClosedJob;
};

/** A job as its closed months were reported. */
export type ClosedJob = {
  /** `J-12` */
  readonly ref: string;
  /** Null where no month is closed. */
  readonly through: CalendarDate | null;
  readonly days: readonly DaySums[];
};

export type Sums = { readonly billed: Price; readonly costOfWork: Cost; readonly expenses: Cost };

/** A record's share in one figure on one day. Of its three amounts one is not 0. */
export type DatedRecord = Sums & {
  /** Null: cost that is not billed yet. */
  readonly day: CalendarDate | null;
  readonly ref: string;
  readonly what: Said;
  /** What a change since has made of closed months, which stands in the first open one. */
  readonly isFromClosed: boolean;
};

export const NOTHING: Sums = { billed: price(0), costOfWork: cost(0), expenses: cost(0) };

/** When it was completed, else the last day on which somebody worked, bought or billed; null where nothing has a day. */
export function lastDayOf({ status, endedOn, invoices, expenses }: DatedJobLedger): CalendarDate | null {
  if (status === 'completed' && endedOn !== null) return endedOn;
  const billedOn = invoices.flatMap((each) => (each.status === 'issued' ? (each.issuedOn ?? []) : []));
  return [...billedOn, ...expenses.map(({ spentOn }) => spentOn)].sort(compare).at(-1) ?? null;
}

/** Every record of the job's profit summary, split over the days it belongs to. */
export function datedRecords(job: DatedJobLedger, { billed, lines }: JobProfit): DatedRecord[] {
  const invoices = new Map(job.invoices.map((invoice) => [invoice.ref, invoice]));
  const bills = billed
    .map((entry) => {
      const { isCredit, issuedOn } = found(invoices, entry.ref);
      if (issuedOn === null) throw new Error(`${entry.ref} is issued without a day`);
      return { ...entry, isCredit, day: issuedOn };
    })
    .sort(byDay);
  return [
    ...bills.map(({ ref, what, amount, day }) => ({ ...NOTHING, day, ref, what, isFromClosed: false, billed: amount })),
    ...costByDay(job, partsOf(job, lines), bills),
  ].filter(isSomething);
}

type Bill = {
  readonly day: CalendarDate;
  readonly ref: string;
  readonly amount: Price;
  readonly isCredit: boolean;
};

/** A part of the cost: an expense, or what is planned for a line beyond what is spent on it. */
type Part = {
  readonly ref: string;
  readonly what: Said;
  readonly figure: 'costOfWork' | 'expenses';
  readonly isSpent: boolean;
};

/** The parts of the cost in their order, and what each of them comes to as days go by. */
type Parts = {
  readonly parts: readonly Part[];
  /** The amounts by the end of this day, which is never before the one asked for last; null: by the end of time. */
  readonly upTo: (day: CalendarDate | null) => readonly number[];
};

function partsOf(job: DatedJobLedger, lines: readonly WorkLine[]): Parts {
  const parts: Part[] = [];
  const amounts: number[] = [];
  const indexOf = new Map<string, number>();
  const lineOf = new Map<string, { readonly line: WorkLine; readonly index: number; spent: number }>();
  const add = (part: Part, amount: number) => {
    amounts.push(amount);
    return parts.push(part) - 1;
  };
  const planHappens = job.status !== 'cancelled';
  for (const line of lines) {
    const { ref, description } = line;
    for (const expense of line.coveredBy) {
      const what = says('period.expense-of-line', { description: expense.description, ref, line: description });
      indexOf.set(expense.ref, add({ ref: expense.ref, what, figure: 'costOfWork', isSpent: true }, 0));
    }
    const isAlone = line.coveredBy.length === 0;
    const what = says(isAlone ? 'period.planned' : 'period.planned-beyond-spent', { description });
    const untouched = lineCost({ ...line, spent: cost(0), covered: false, planHappens });
    const index = add({ ref, what, figure: 'costOfWork', isSpent: false }, untouched);
    const on = { line, index, spent: 0 };
    for (const expense of line.coveredBy) lineOf.set(expense.ref, on);
  }
  for (const { ref, description, category } of job.expenses) {
    if (indexOf.has(ref)) continue;
    indexOf.set(
      ref,
      add({ ref, what: says('profit.of-expense', { description, category }), figure: 'expenses', isSpent: true }, 0),
    );
  }
  const coming = [...job.expenses].sort((left, right) => compare(left.spentOn, right.spentOn));
  let next = 0;
  const upTo = (day: CalendarDate | null) => {
    for (let expense = coming[next]; expense !== undefined; expense = coming[next]) {
      if (day !== null && expense.spentOn > day) break;
      next += 1;
      amounts[found(indexOf, expense.ref)] = expense.amount;
      const on = lineOf.get(expense.ref);
      if (on === undefined) continue;
      on.spent += expense.amount;
      amounts[on.index] = lineCost({ ...on.line, spent: cost(on.spent), covered: true, planHappens }) - on.spent;
    }
    return amounts;
  };
  return { parts, upTo };
}

/** @param bills oldest first */
function costByDay(job: DatedJobLedger, { parts, upTo }: Parts, bills: readonly Bill[]): DatedRecord[] {
  const records: DatedRecord[] = [];
  let reached: readonly number[] = parts.map(() => 0);
  const goOn = (day: CalendarDate | null, next: readonly number[]) => {
    for (const [index, { ref, what, figure }] of parts.entries()) {
      const amount = (next[index] ?? 0) - (reached[index] ?? 0);
      if (amount !== 0) records.push({ ...NOTHING, day, ref, what, isFromClosed: false, [figure]: cost(amount) });
    }
    reached = [...next];
  };
  for (const { day, share } of sharesByDay(job, bills)) goOn(day, portions(parts, upTo(day), share));
  goOn(null, upTo(null));
  return records;
}

type Share =
  /** This part of everything it has cost by then. */
  | { readonly of: bigint; readonly whole: bigint }
  /** All that was spent by then, and nothing of what is only planned. */
  | 'spent';
const ALL: Share = { of: 1n, whole: 1n };

/**
 * On which days cost moves, and how much of it is billed by then: on those of invoices, and once nothing more will be
 * billed also on those of the expenses.
 */
function sharesByDay(job: DatedJobLedger, bills: readonly Bill[]): { day: CalendarDate; share: Share }[] {
  const endedOn = endOf(job, bills);
  const days = new Set([...bills.map(({ day }) => day), ...job.expenses.map(({ spentOn }) => spentOn)]);
  for (const day of [endedOn, job.billingDoneOn]) if (day !== null) days.add(day);
  const billsOn = Map.groupBy(bills, ({ day }) => day);
  let billed = 0;
  return [...days].sort(compare).flatMap((day) => {
    const some = billsOn.get(day) ?? [];
    billed += sum(some.map(({ amount }) => amount));
    const isDone = job.billingDoneOn !== null && job.billingDoneOn <= day;
    const left = leftToBill(job.contracts, day, isDone);
    const isLeft = isAnythingLeft(job.contracts, day, isDone);
    const hasEnded = endedOn !== null && endedOn <= day;
    const underContract = job.contracts.length > 0 && bills[0] !== undefined && bills[0].day <= day;
    if ((hasEnded && job.status === 'cancelled') || (!isLeft && (isDone || hasEnded || underContract)))
      return [{ day, share: ALL }];
    if (job.contracts.length > 0) return some.length === 0 ? [] : [{ day, share: shareOf(billed, left) }];
    return some.some(({ isCredit }) => !isCredit) ? [{ day, share: 'spent' as const }] : [];
  });
}

/** 3,240 billed with 7,560 left is 30 %. */
function shareOf(billed: number, left: Price): Share {
  return billed <= 0 ? { of: 0n, whole: 1n } : { of: BigInt(billed), whole: BigInt(billed) + BigInt(left) };
}

/** Where nobody said when the job was completed or cancelled, its last day with money on it is as good as any. */
function endOf({ status, endedOn, expenses }: DatedJobLedger, bills: readonly Bill[]): CalendarDate | null {
  if (status !== 'completed' && status !== 'cancelled') return null;
  return (
    endedOn ?? [...bills.map(({ day }) => day), ...expenses.map(({ spentOn }) => spentOn)].sort(compare).at(-1) ?? null
  );
}

/**
 * That share of each part. The running total is rounded, not the parts, so that they always add up to the rounded
 * share of the whole; at a share of 1 each part is there entirely.
 */
function portions(parts: readonly Part[], amounts: readonly number[], share: Share): readonly number[] {
  if (share === 'spent') return amounts.map((amount, index) => (parts[index]?.isSpent === true ? amount : 0));
  if (share.of === share.whole) return amounts;
  let total = 0;
  let before = 0;
  return amounts.map((amount) => {
    total += amount;
    const upTo = Number(divideRounded(BigInt(total) * share.of, share.whole));
    const portion = upTo - before;
    before = upTo;
    return portion;
  });
}

/** A day's sums, and what of them comes from closed months. */
export type DaySums = Sums & { readonly day: CalendarDate; readonly fromClosed: Sums };

/** The records of each day added up, without what has no day and without sums of nothing. */
export function daySums(records: readonly DatedRecord[]): DaySums[] {
  return [...Map.groupBy(records, ({ day }) => day)]
    .flatMap(([day, some]) => (day === null ? [] : [sumsOf(day, some)]))
    .filter((sums) => isSomething(sums) || isSomething(sums.fromClosed))
    .sort(byDay);
}

function sumsOf(day: CalendarDate, records: readonly DatedRecord[]): DaySums {
  return { day, ...addUp(records), fromClosed: addUp(records.filter(({ isFromClosed }) => isFromClosed)) };
}

export function addUp(all: readonly Sums[]): Sums {
  return {
    billed: sum(all.map((each) => each.billed)),
    costOfWork: sum(all.map((each) => each.costOfWork)),
    expenses: sum(all.map((each) => each.expenses)),
  };
}

/** What is left of some sums without others. */
export function takeAway(from: Sums, less: Sums): Sums {
  return {
    billed: price(from.billed - less.billed),
    costOfWork: cost(from.costOfWork - less.costOfWork),
    expenses: cost(from.expenses - less.expenses),
  };
}

/** What has no day is in no period. */
export function isWithin(day: CalendarDate | null, { from, to }: Period): boolean {
  return day !== null && (from === null || day >= from) && (to === null || day <= to);
}

/** Every month from the one to the other, `2026-03`. */
export function monthsThrough(first: string, last: string): string[] {
  const months: string[] = [];
  let [year = 0, month = 0] = first.split('-').map(Number);
  for (let key = first; key <= last; key = `${year}-${String(month).padStart(2, '0')}`) {
    months.push(key);
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
  }
  return months;
}

export type JoinedRecord = Sums & Pick<DatedRecord, 'ref' | 'what'>;

/** One line per record and figure: its shares on all the days given, added up. */
export function joinRecords(records: readonly DatedRecord[]): JoinedRecord[] {
  const groups = Map.groupBy(records, ({ ref, what, billed, costOfWork }) =>
    JSON.stringify([billed === 0 ? (costOfWork === 0 ? 'expenses' : 'costOfWork') : 'billed', ref, what]),
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

function compare(left: CalendarDate, right: CalendarDate): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function byDay(left: { readonly day: CalendarDate }, right: { readonly day: CalendarDate }): number {
  return compare(left.day, right.day);
}

function found<V>(byRef: ReadonlyMap<string, V>, ref: string): V {
  const value = byRef.get(ref);
  if (value === undefined) throw new Error(`${ref} stands in a strip but not among the job's records`);
  return value;
}
