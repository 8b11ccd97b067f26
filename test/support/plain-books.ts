// What random books come to, as plain sums in cents: reckoned from what Jobwright promises, and with nothing of its own.
import { add, dollars } from './arithmetic.ts';

export type Contract = { ref: string; agreed: number; reduced: number; writtenOff: number };
export type Bill = { ref: string; day: string; cents: number; of: Map<Contract, number>; credits: Bill | null };
export type Work = { line: string; plan: number; done: 'no' | 'yes' | 'nothing spent' };
/** An original that is open. */
export type Offer = { ref: string; price: number; work: Work };
/** What it cost, without what of it one gets back; below 0 where the supplier gave money back. */
export type Receipt = { ref: string; day: string; cents: number; covers: Work | null };
export type Figures = { billed: number; costOfWork: number; expenses: number };
export type Job = {
  ref: string;
  status: 'open' | 'completed' | 'cancelled';
  endedOn: string | null;
  doneOn: string | null;
  contracts: Contract[];
  work: Work[];
  offers: Offer[];
  bills: Bill[];
  receipts: Receipt[];
  /** As reported of closed months, by the last day of each. */
  kept: Map<string, Figures>;
  /** What a month that is closed since held of the months closed before it. */
  carried: Map<string, Figures>;
  /** Payments less refunds, tax included. */
  collected: number;
};
const until = <T extends { day: string }>(some: readonly T[], day: string) => some.filter((each) => each.day <= day);
/** `cents × part ÷ whole`, half away from zero. */
const share = (cents: number, part: number, whole: number) => {
  const [top, bottom] = [BigInt(Math.abs(cents)) * BigInt(part) * 2n + BigInt(whole), 2n * BigInt(whole)];
  return Number(top / bottom) * Math.sign(cents);
};
export const END = '2026-12-31';

const billedOn = ({ bills }: Job, contract: Contract, day = END) =>
  add(until(bills, day).map(({ of }) => of.get(contract) ?? 0));
export const remainder = (job: Job, contract: Contract, day = END) =>
  contract.agreed - contract.reduced - billedOn(job, contract, day);
/** Of each contract what is left, or to credit, by the end of a day. */
export const lefts = (job: Job, day = END) =>
  job.contracts.map((contract) => {
    const rest = remainder(job, contract, day);
    const isOff = job.doneOn !== null && job.doneOn <= day;
    return rest - (isOff ? Math.min(contract.writtenOff, Math.max(0, rest)) : 0);
  });
/** A contract that shrinks takes from what was written off of it, and so does what is billed beyond what is left. */
export const settle = (job: Job) => {
  for (const contract of job.contracts)
    contract.writtenOff = Math.max(0, Math.min(contract.writtenOff, remainder(job, contract)));
};

/** What counts in the cost: while nothing is accepted, what is offered. */
export const workOf = ({ contracts, work, offers }: Job) =>
  contracts.length > 0 ? work : offers.map((offer) => offer.work);

export function costs(
  job: Job,
  day = END,
  work: readonly Work[] = workOf(job),
): { work: number; spentOnWork: number; besides: number } {
  const { status, receipts } = job;
  const paid = until(receipts, day);
  const on = (each: Work | null) => paid.filter(({ covers }) => covers === each);
  const spent = (each: Work | null) => add(on(each).map(({ cents }) => cents));
  const costOf = (each: Work) => {
    if (status === 'cancelled') return spent(each);
    if (each.done === 'no' || (on(each).length === 0 && each.done === 'yes')) return Math.max(each.plan, spent(each));
    return spent(each);
  };
  const spentOnWork = add(work.map(spent));
  return { work: add(work.map(costOf)), spentOnWork, besides: add(paid.map(({ cents }) => cents)) - spentOnWork };
}

/** What of its cost belongs to days up to this one. */
function costUpTo(job: Job, last: string): Omit<Figures, 'billed'> {
  const { endedOn, doneOn } = job;
  const days = [...job.bills.map(({ day }) => day), ...job.receipts.map(({ day }) => day), endedOn, doneOn];
  let reached = { costOfWork: 0, expenses: 0 };
  for (const day of [...new Set(days)].flatMap((each) => (each === null || each > last ? [] : [each])).sort()) {
    const [bills, cost, left] = [until(job.bills, day), costs(job, day, workInTotals(job)), lefts(job, day)];
    const today = bills.filter((each) => each.day === day);
    const [isDone, hasEnded] = [doneOn !== null && doneOn <= day, endedOn !== null && endedOn <= day];
    const nothingLeft = left.every((each) => each <= 0);
    const underContract = job.contracts.length > 0 && bills.length > 0;
    if ((hasEnded && job.status === 'cancelled') || (nothingLeft && (isDone || hasEnded || underContract)))
      reached = { costOfWork: cost.work, expenses: cost.besides };
    else if (job.contracts.length > 0 && today.length > 0) {
      const [billed, rest] = [add(bills.map(({ cents }) => cents)), Math.max(0, add(left))];
      const [part, whole] = billed <= 0 ? [0, 1] : [billed, billed + rest];
      const costOfWork = share(cost.work, part, whole);
      reached = { costOfWork, expenses: share(cost.work + cost.besides, part, whole) - costOfWork };
    } else if (today.some(({ credits }) => credits === null))
      reached = { costOfWork: cost.spentOnWork, expenses: cost.besides };
  }
  return reached;
}

/** By the end of a day; of closed months as they were reported. */
export function upTo(job: Job, day: string): Figures {
  const billed = add(until(job.bills, day).map(({ cents }) => cents));
  return job.kept.get(day) ?? { billed, ...costUpTo(job, day) };
}

export const less = (one: Figures, other: Figures): Figures => ({
  billed: one.billed - other.billed,
  costOfWork: one.costOfWork - other.costOfWork,
  expenses: one.expenses - other.expenses,
});
export const NOTHING: Figures = { billed: 0, costOfWork: 0, expenses: 0 };

/** Of a contract, or of what is offered while nothing is agreed: of several offers one may be billed whole. */
function isMoreToBill(job: Job): boolean {
  const { status, contracts, offers } = job;
  if (status === 'cancelled') return false;
  if (contracts.length > 0) return lefts(job).some((each) => each > 0);
  return offers.length > 0 && offers.every((each) => offered(job, each).leftToBill > 0);
}

export function billingOf(job: Job): string {
  const isMore = isMoreToBill(job);
  if (billedOf(job) > 0) return isMore ? 'part_billed' : 'billed';
  const hasSold = job.contracts.length > 0 && job.status !== 'cancelled';
  return !isMore && (job.doneOn !== null || hasSold) ? 'billed' : 'not_billed';
}

/** Counts a bill from lines against the contracts, each up to what is left of it. */
export function counted(job: Job, cents: number): Map<Contract, number> {
  let rest = cents;
  return new Map(
    job.contracts.flatMap((contract) => {
      const part = Math.min(rest, remainder(job, contract));
      if (part <= 0) return [];
      rest -= part;
      return [[contract, part] as const];
    }),
  );
}

export const notesOf = ({ bills }: Job, bill: Bill) => bills.filter(({ credits }) => credits === bill);

/** What a credit takes, after these: extra work first, then the contracts in reverse. */
export function taken(
  job: Job,
  bill: Bill,
  cents: number,
  notes: readonly Bill[] = notesOf(job, bill),
): Map<Contract, number> {
  const left = new Map(
    [...bill.of].map(([contract, part]) => [contract, part + add(notes.map(({ of }) => of.get(contract) ?? 0))]),
  );
  const whole = bill.cents + add(notes.map((note) => note.cents));
  let rest = cents - Math.min(cents, whole - add(left.values()));
  const parts = new Map<Contract, number>();
  for (const [contract, part] of [...left].sort(
    ([one], [other]) => job.contracts.indexOf(other) - job.contracts.indexOf(one),
  )) {
    const amount = Math.min(rest, part);
    if (amount > 0) parts.set(contract, -amount);
    rest -= Math.max(0, amount);
  }
  return parts;
}

/** Bills of extra work, which count against no contract. */
export const EXTRA = new Map<Contract, number>();

export const lastDay = (month: string) =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).toISOString().slice(0, 10);

/** What changes since have made of the months closed through a day. */
export function fromClosed(job: Job, month: string, closed: string | null): Figures {
  const kept = closed === null ? undefined : job.kept.get(closed);
  if (closed === null || kept === undefined) return NOTHING;
  if (lastDay(month) <= closed) return job.carried.get(month) ?? NOTHING;
  const before = new Date(Date.parse(`${month}-01`) - 86_400_000).toISOString().slice(0, 10);
  if (before !== closed) return NOTHING;
  const billed = add(until(job.bills, closed).map(({ cents }) => cents));
  return less({ billed, ...costUpTo(job, closed) }, kept);
}

// --- where a job is heading ---
export const billedOf = (job: Job) => add(job.bills.map(({ cents }) => cents));
const spentOf = (job: Job) => add(job.receipts.map(({ cents }) => cents));
const isSold = (job: Job) => job.contracts.length > 0 || billedOf(job) > 0;

export type Heading = {
  contract: number;
  leftToBill: number;
  toCredit: number;
  costToCome: number;
  revenue: number;
  expectedProfit: number;
};

function heading(job: Job, contract: number, lines: readonly number[], work: readonly Work[] = workOf(job)): Heading {
  const { work: ofWork, besides } = costs(job, END, work);
  const stands = job.status === 'cancelled' ? [] : lines;
  const leftToBill = add(stands.filter((each) => each > 0));
  const toCredit = 0 - add(stands.filter((each) => each < 0));
  const revenue = billedOf(job) + leftToBill - toCredit;
  const costToCome = ofWork + besides - spentOf(job);
  return { contract, leftToBill, toCredit, costToCome, revenue, expectedProfit: revenue - ofWork - besides };
}

/** If this one is accepted and no other: bills from lines that came before count against it. */
function offered(job: Job, { price, work }: Offer): Heading {
  const counts = job.bills.filter(({ of, credits }) => of !== EXTRA && (credits === null || credits.of !== EXTRA));
  const billed = Math.max(0, Math.min(price, add(counts.map(({ cents }) => cents))));
  return heading(job, price, [job.doneOn === null ? price - billed : 0], [work]);
}

/** Several originals are open, and none is accepted. */
export const isUndecided = ({ status, contracts, offers }: Job) =>
  status !== 'cancelled' && contracts.length === 0 && offers.length > 1;

/** Where nothing is decided, the offer that makes least; the first of several. */
function leastOffer(job: Job): Offer | undefined {
  if (!isUndecided(job)) return undefined;
  const makes = (offer: Offer) => offered(job, offer).expectedProfit;
  return job.offers.reduce((least, each) => (makes(each) < makes(least) ? each : least));
}

/** What counts in the cost wherever jobs are added up: of several offers that one alone. */
export function workInTotals(job: Job): readonly Work[] {
  const least = leastOffer(job);
  return least === undefined ? workOf(job) : [least.work];
}

/** Where nothing is decided, the offer that makes least. */
export function headingOf(job: Job): Heading {
  const { contracts, offers } = job;
  if (contracts.length > 0)
    return heading(job, add(contracts.map(({ agreed, reduced }) => agreed - reduced)), lefts(job));
  const [first, ...others] = offers.map((offer) => offered(job, offer));
  if (first === undefined) return heading(job, 0, []);
  if (isUndecided(job))
    return others.reduce((least, each) => (each.expectedProfit < least.expectedProfit ? each : least), first);
  // On a cancelled job nothing is to come of any.
  return others.length === 0 ? first : heading(job, add(offers.map(({ price }) => price)), []);
}

export const standingOf = (job: Job) => {
  if (job.status === 'cancelled') return 'cancelled';
  if (!isSold(job) && job.status === 'open' && (job.offers.length > 0 || spentOf(job) === 0)) return 'unsold';
  const isSettled = lefts(job).every((left) => left === 0) && !isMoreToBill(job);
  const isBilled = job.bills.length > 0 && (job.status === 'completed' || job.contracts.length > 0);
  return isSettled && (job.doneOn !== null || isBilled) ? 'finished' : 'running';
};

/** In percent with one decimal, half away from zero. */
function marginOf(profit: number, revenue: number): number | null {
  const tenths = Math.sign(profit) * Math.floor((Math.abs(profit) * 2000 + revenue) / (2 * revenue));
  return revenue <= 0 ? null : tenths / 10 + 0;
}

export function forecastOf(job: Job) {
  const { contract, leftToBill, toCredit, costToCome, revenue, expectedProfit } = headingOf(job);
  const known = (figure: number) => (isUndecided(job) ? null : dollars(figure));
  return {
    sold: isSold(job),
    contract: job.contracts.length + job.offers.length === 0 ? null : known(contract),
    leftToBill: known(leftToBill),
    toCredit: isUndecided(job) || toCredit === 0 ? undefined : dollars(toCredit),
    spent: dollars(spentOf(job)),
    costToCome: known(costToCome),
    expectedProfit: known(expectedProfit),
    expectedMarginPercent: isUndecided(job) ? null : marginOf(expectedProfit, revenue),
    collected: dollars(job.collected),
  };
}

/** Something is billed, and nobody said what anything cost: a plan that never happens does not, nor what was given back. */
const isCostUnknown = (job: Job) => {
  const isSaid = (work: Work) =>
    work.done === 'nothing spent' ||
    job.receipts.some(({ covers }) => covers === work) ||
    job.status !== 'cancelled' ||
    work.plan === 0;
  return billedOf(job) > 0 && !workOf(job).some(isSaid) && job.receipts.every(({ cents }) => cents < 0);
};

/** What all jobs that stand alike come to together. */
export function groupOf(jobs: readonly Job[]) {
  const [billed, spent] = [add(jobs.map(billedOf)), add(jobs.map(spentOf))];
  const [cost, heads] = [jobs.map((job) => costs(job, END, workInTotals(job))), jobs.map(headingOf)];
  const [costOfWork, expenses] = [add(cost.map(({ work }) => work)), add(cost.map(({ besides }) => besides))];
  const all = (figure: keyof Heading) => add(heads.map((each) => each[figure]));
  // What is billed beyond its contract has something to credit; where nothing was agreed, all of it is still to bill.
  const isLeft = (job: Job) => job.contracts.length === 0 || headingOf(job).leftToBill > 0;
  const done = jobs.filter((job) => standingOf(job) === 'running' && job.status === 'completed' && isLeft(job));
  return {
    jobs: jobs.length,
    billed: dollars(billed),
    costOfWork: dollars(costOfWork),
    expenses: dollars(expenses),
    profit: dollars(billed - costOfWork - expenses),
    marginPercent: marginOf(billed - costOfWork - expenses, billed),
    contract: dollars(all('contract')),
    leftToBill: dollars(all('leftToBill')),
    toCredit: all('toCredit') === 0 ? undefined : dollars(all('toCredit')),
    spent: dollars(spent),
    costToCome: dollars(all('costToCome')),
    expectedProfit: dollars(all('expectedProfit')),
    expectedMarginPercent: marginOf(all('expectedProfit'), all('revenue')),
    doneNotBilled:
      done.length === 0
        ? undefined
        : { jobs: done.length, leftToBill: dollars(add(done.map((job) => headingOf(job).leftToBill))) },
    undecided: jobs.filter(isUndecided).length || undefined,
    unknownCost: jobs.filter(isCostUnknown).length || undefined,
  };
}

// --- what is on no job ---
export type Beside = {
  /** Bills and their credits; a draft has no day. */
  outside: { ref: string; day: string | null; cents: number; credits: string | null }[];
  overhead: { day: string; cents: number }[];
  /** It books itself on its day of each month, also where the month is shorter. */
  monthly: { from: string; until: string | null; cents: number }[];
};

/** Overhead up to a day, with what has booked itself by then. */
export function overheadUpTo({ overhead, monthly }: Beside, months: readonly string[], today: string) {
  const booked = monthly.flatMap(({ from, until: last, cents }) =>
    months
      .map((month) => [`${month}-${from.slice(8)}`, lastDay(month)].sort()[0] ?? from)
      .filter((day) => day >= from && day <= today && (last === null || day <= last))
      .map((day) => ({ day, cents })),
  );
  return [...overhead, ...booked];
}
