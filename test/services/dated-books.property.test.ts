// Random books over months against a plain model: whatever is agreed, billed, credited, spent, written off, completed and
// cancelled in any order, and whichever months are closed in between, every job's profit summary, its months and what stands apart
// are what plain sums say.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { auditBooks } from '../../src/store/audit/audit.ts';
import { leftToBill } from '../../src/domain/left-to-bill.ts';
import { type Book, openBook } from '../support/book.ts';
import { nextDay, add, dollars } from '../support/arithmetic.ts';
import { cases, chosen } from '../support/arbitrary.ts';

/** JOBWRIGHT_BOOKS makes it a soak. */
const BOOKS = Number(process.env['JOBWRIGHT_BOOKS'] ?? cases(60));
const JOBS = 3;
const MONTHS = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06'];
/** The book is written to on these days, and the months before each may be closed on it. */
const EVENINGS = [
  { today: '2026-03-31', closes: '2026-01-31' },
  { today: '2026-05-15', closes: '2026-03-31' },
  { today: '2026-06-30', closes: null },
] as const;

// --- the model: cents in plain numbers, nothing of the program ---
type Contract = { ref: string; agreed: number; reduced: number; writtenOff: number };
type Bill = { ref: string; day: string; cents: number; of: Map<Contract, number>; credits: Bill | null };
type Work = { line: string; plan: number; done: 'no' | 'yes' | 'nothing spent'; under: Contract };
type Receipt = { ref: string; day: string; cents: number; covers: Work | null };
type Figures = { billed: number; costOfWork: number; expenses: number };
type Job = {
  ref: string;
  status: 'open' | 'completed' | 'cancelled';
  endedOn: string | null;
  doneOn: string | null;
  contracts: Contract[];
  work: Work[];
  bills: Bill[];
  receipts: Receipt[];
  /** As reported of closed months, by the last day of each. */
  kept: Map<string, Figures>;
};
const until = <T extends { day: string }>(some: readonly T[], day: string) => some.filter((each) => each.day <= day);
/** `cents × part ÷ whole`, half away from zero. */
const share = (cents: number, part: number, whole: number) => {
  const [top, bottom] = [BigInt(Math.abs(cents)) * BigInt(part) * 2n + BigInt(whole), 2n * BigInt(whole)];
  return Number(top / bottom) * Math.sign(cents);
};
const END = '2026-12-31';

const billedOn = ({ bills }: Job, contract: Contract, day = END) =>
  add(until(bills, day).map(({ of }) => of.get(contract) ?? 0));
const remainder = (job: Job, contract: Contract, day = END) =>
  contract.agreed - contract.reduced - billedOn(job, contract, day);
/** Of each contract what is left, or to credit, by the end of a day. */
const lefts = (job: Job, day = END) =>
  job.contracts.map((contract) => {
    const rest = remainder(job, contract, day);
    const isOff = job.doneOn !== null && job.doneOn <= day;
    return rest - (isOff ? Math.min(contract.writtenOff, Math.max(0, rest)) : 0);
  });
/** A contract that shrinks takes from what was written off of it, and so does what is billed beyond what is left. */
const settle = (job: Job) => {
  for (const contract of job.contracts)
    contract.writtenOff = Math.max(0, Math.min(contract.writtenOff, remainder(job, contract)));
};

function costs({ status, work, receipts }: Job, day = END): { work: number; spentOnWork: number; besides: number } {
  const paid = until(receipts, day);
  const on = (each: Work | null) => paid.filter(({ covers }) => covers === each);
  const spent = (each: Work | null) => add(on(each).map(({ cents }) => cents));
  const costOf = (each: Work) => {
    if (status === 'cancelled') return spent(each);
    if (each.done === 'no' || (on(each).length === 0 && each.done === 'yes')) return Math.max(each.plan, spent(each));
    return spent(each);
  };
  return { work: add(work.map(costOf)), spentOnWork: add(work.map(spent)), besides: spent(null) };
}

/** What of its cost belongs to days up to this one. */
function costUpTo(job: Job, last: string): Omit<Figures, 'billed'> {
  const { endedOn, doneOn } = job;
  const days = [...job.bills.map(({ day }) => day), ...job.receipts.map(({ day }) => day), endedOn, doneOn];
  let reached = { costOfWork: 0, expenses: 0 };
  for (const day of [...new Set(days)].flatMap((each) => (each === null || each > last ? [] : [each])).sort()) {
    const [bills, cost, left] = [until(job.bills, day), costs(job, day), lefts(job, day)];
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
function upTo(job: Job, day: string): Figures {
  const billed = add(until(job.bills, day).map(({ cents }) => cents));
  return job.kept.get(day) ?? { billed, ...costUpTo(job, day) };
}

const less = (one: Figures, other: Figures): Figures => ({
  billed: one.billed - other.billed,
  costOfWork: one.costOfWork - other.costOfWork,
  expenses: one.expenses - other.expenses,
});
const NOTHING: Figures = { billed: 0, costOfWork: 0, expenses: 0 };

function billingOf(job: Job): string {
  const billed = add(job.bills.map(({ cents }) => cents));
  const isLeft = job.status !== 'cancelled' && lefts(job).some((each) => each > 0);
  if (billed > 0) return isLeft ? 'part_billed' : 'billed';
  const hasSold = job.contracts.length > 0 && job.status !== 'cancelled';
  return job.doneOn !== null || (hasSold && !isLeft) ? 'billed' : 'not_billed';
}

/** Counts a bill from lines against the contracts, each up to what is left of it. */
function counted(job: Job, cents: number): Map<Contract, number> {
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

const notesOf = ({ bills }: Job, bill: Bill) => bills.filter(({ credits }) => credits === bill);

/** What a credit takes, after these: extra work first, then the contracts in reverse. */
function taken(
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

// --- what is done ---
const pick = fc.nat(60);
const money = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 900_000 }));
const thousandths = fc.oneof(fc.constant(1000), fc.constant(1000), fc.integer({ min: 1, max: 1000 }));
const op = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('sell'), price: money, plan: fc.nat(500_000) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('change'),
      pick,
      price: fc.integer({ min: -200_000, max: 200_000 }),
      plan: fc.nat(90_000),
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('share'), pick, thousandths, day: pick }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('bill'), cents: money, extra: fc.boolean(), day: pick }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('credit'), pick, thousandths, again: fc.boolean(), day: pick }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('spend'), cents: money, covers: fc.option(pick), day: pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cover'), pick, covers: fc.option(pick) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('mark'), pick, done: fc.constantFrom('no', 'yes', 'nothing spent') }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('write off'), off: fc.constantFrom(true, true, false) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('end'),
      status: fc.constantFrom('completed', 'completed', 'cancelled', 'open'),
      day: pick,
    }),
  },
);
type Op = typeof op extends fc.Arbitrary<infer T> ? T : never;
const book = fc.array(
  fc.record({ ops: fc.array(fc.tuple(fc.nat(JOBS - 1), op), { minLength: 6, maxLength: 16 }), closes: fc.boolean() }),
  { minLength: EVENINGS.length, maxLength: EVENINGS.length },
);
const seen = new Map<string, number>();
const saw = (what: string, times = 1) => seen.set(what, (seen.get(what) ?? 0) + times);

/** The day a number stands for: after what is closed, up to today. */
type Doing = {
  ok: (tool: string, args: object) => Promise<any>;
  job: Job;
  dayOf: (from: number) => string;
  today: string;
};

async function sell({ ok, job }: Doing, { price, plan }: Op & { do: 'sell' }): Promise<void> {
  if (job.contracts.length >= 2) return;
  const lines = [{ description: 'Work', quantity: 1, unitPrice: dollars(price), unitCost: dollars(plan) }];
  const { quote } = await ok('create-quote', { job: job.ref, status: 'accepted', lines });
  const contract = { ref: quote.ref, agreed: price, reduced: 0, writtenOff: 0 };
  const isFirst = job.contracts.push(contract) === 1;
  job.work.push({ line: `${quote.ref}/1`, plan, done: 'no', under: contract });
  if (!isFirst) return;
  // Bills that came before any contract count against the first, and their credits with them as price reductions or not.
  for (const bill of job.bills.filter(({ credits, of }) => credits === null && of !== EXTRA)) {
    bill.of = counted(job, bill.cents);
    for (const [index, note] of notesOf(job, bill).entries())
      note.of = taken(job, bill, -note.cents, notesOf(job, bill).slice(0, index));
    if (bill.of.size === 0) bill.of = EXTRA;
  }
}
const EXTRA = new Map<Contract, number>();

async function change({ ok, job }: Doing, { pick: index, price, plan }: Op & { do: 'change' }): Promise<void> {
  const contract = chosen(job.contracts, index);
  if (contract === undefined) return;
  const lines = [{ description: 'More', quantity: 1, unitPrice: dollars(price), unitCost: dollars(plan) }];
  const asked = { job: job.ref, kind: 'change_order', contract: contract.ref, status: 'accepted', lines };
  const { quote } = await ok('create-quote', asked);
  contract.agreed += price;
  job.work.push({ line: `${quote.ref}/1`, plan, done: 'no', under: contract });
}

async function shareOf({ ok, job, dayOf }: Doing, asked: Op & { do: 'share' }): Promise<void> {
  const contract = chosen(job.contracts, asked.pick);
  const rest = contract === undefined ? 0 : remainder(job, contract) - contract.writtenOff;
  if (contract === undefined || rest <= 0) return;
  const cents = Math.ceil((rest * asked.thousandths) / 1000);
  const how = asked.thousandths === 1000 ? { rest: true } : { amount: dollars(cents) };
  const day = dayOf(asked.day);
  const { invoice } = await ok('create-invoice', { fromQuote: { quote: contract.ref, ...how }, issuedOn: day });
  expect(invoice.subtotal).toBe(dollars(cents));
  job.bills.push({ ref: invoice.ref, day, cents, of: new Map([[contract, cents]]), credits: null });
}

async function billLines({ ok, job, dayOf }: Doing, asked: Op & { do: 'bill' }): Promise<void> {
  const { cents } = asked;
  const isSettled = job.status === 'cancelled' || job.contracts.some(({ writtenOff }) => writtenOff > 0);
  const isExtra = asked.extra || isSettled;
  const day = dayOf(asked.day);
  const lines = [{ description: 'Work', quantity: 1, unitPrice: dollars(cents) }];
  const kind = isExtra ? { kind: 'standard' } : {};
  const { invoice } = await ok('create-invoice', { job: job.ref, lines, issuedOn: day, ...kind });
  const of = isExtra ? EXTRA : counted(job, cents);
  const counts = of.size > 0 || job.contracts.length === 0;
  job.bills.push({ ref: invoice.ref, day, cents, of: counts ? of : EXTRA, credits: null });
}

async function credit({ ok, job, dayOf, today }: Doing, asked: Op & { do: 'credit' }): Promise<void> {
  const bill = chosen(
    job.bills.filter(({ credits }) => credits === null),
    asked.pick,
  );
  if (bill === undefined) return;
  const left = bill.cents + add(notesOf(job, bill).map(({ cents }) => cents));
  if (left <= 0) return;
  const cents = Math.ceil((left * asked.thousandths) / 1000);
  const day = [bill.day, dayOf(asked.day)].sort().at(-1) ?? today;
  const args = { creditFor: bill.ref, amount: dollars(cents), billAgain: asked.again, issuedOn: day };
  const { invoice } = await ok('create-invoice', args);
  const of = taken(job, bill, cents);
  // What is billed beyond a contract is taken back first: that makes the contract no less.
  if (!asked.again)
    for (const [contract, part] of of) contract.reduced += Math.max(0, -part - Math.max(0, -remainder(job, contract)));
  job.bills.push({ ref: invoice.ref, day, cents: -cents, of, credits: bill });
}

async function spend({ ok, job, dayOf }: Doing, { cents, covers, ...asked }: Op & { do: 'spend' }): Promise<void> {
  const work = covers === null ? undefined : chosen(job.work, covers);
  const day = dayOf(asked.day);
  const what = { description: 'Shingles', category: 'materials', amount: dollars(cents), spentOn: day };
  const { expense } = await ok('add-job-expense', {
    job: job.ref,
    ...what,
    ...(work === undefined ? {} : { coversLine: work.line }),
  });
  job.receipts.push({ ref: expense.ref, day, cents, covers: work ?? null });
}

async function cover({ ok, job }: Doing, { pick: index, covers }: Op & { do: 'cover' }): Promise<void> {
  const receipt = chosen(job.receipts, index);
  const work = covers === null ? undefined : chosen(job.work, covers);
  if (receipt === undefined) return;
  await ok('update-job-expense', { expense: receipt.ref, coversLine: work?.line ?? null });
  receipt.covers = work ?? null;
}

async function mark({ ok, job }: Doing, { pick: index, done }: Op & { do: 'mark' }): Promise<void> {
  const work = chosen(job.work, index);
  if (work === undefined) return;
  // Nothing was spent on what receipts cover.
  if (done === 'nothing spent' && job.receipts.some(({ covers }) => covers === work)) return;
  const [quote] = work.line.split('/');
  const lines = done === 'no' ? { notDoneLines: [work.line] } : { doneLines: [work.line] };
  await ok('update-quote', { quote, ...lines, ...(done === 'nothing spent' ? { spentNothing: true } : {}) });
  work.done = done === 'no' ? 'no' : done === 'yes' ? 'yes' : 'nothing spent';
}

async function writeOff({ ok, job, today }: Doing, { off }: Op & { do: 'write off' }): Promise<void> {
  await ok('update-job', { job: job.ref, billingDone: off });
  const isSo = lefts(job).every((each) => each <= 0);
  if (off && job.doneOn !== null && isSo) return;
  job.doneOn = off ? today : null;
  for (const contract of job.contracts) contract.writtenOff = off ? Math.max(0, remainder(job, contract)) : 0;
}

async function end({ ok, job, dayOf }: Doing, asked: Op & { do: 'end' }): Promise<void> {
  const day = dayOf(asked.day);
  const on = asked.status === 'completed' ? { completedOn: day } : { cancelledOn: day };
  await ok('update-job', { job: job.ref, status: asked.status, ...(asked.status === 'open' ? {} : on) });
  job.status = asked.status === 'completed' ? 'completed' : asked.status === 'cancelled' ? 'cancelled' : 'open';
  job.endedOn = asked.status === 'open' ? null : day;
}

async function perform(doing: Doing, each: Op): Promise<void> {
  saw(each.do);
  switch (each.do) {
    case 'sell':
      await sell(doing, each);
      break;
    case 'change':
      await change(doing, each);
      break;
    case 'share':
      await shareOf(doing, each);
      break;
    case 'bill':
      await billLines(doing, each);
      break;
    case 'credit':
      await credit(doing, each);
      break;
    case 'spend':
      await spend(doing, each);
      break;
    case 'cover':
      await cover(doing, each);
      break;
    case 'mark':
      await mark(doing, each);
      break;
    case 'write off':
      await writeOff(doing, each);
      break;
    case 'end':
      await end(doing, each);
  }
  settle(doing.job);
}

const lastDay = (month: string) =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).toISOString().slice(0, 10);
const out = ({ billed, costOfWork, expenses }: Figures) => ({
  billed: dollars(billed),
  costOfWork: dollars(costOfWork),
  expenses: dollars(expenses),
});

async function expectAgreed(opened: Book, jobs: readonly Job[], closed: string | null): Promise<void> {
  for (const [index, month] of MONTHS.entries()) {
    const [to, before] = [lastDay(month), MONTHS[index - 1]];
    const { rows } = await opened.ok('profit-report', { by: 'job', from: `${month}-01`, to, limit: 50 });
    const said = new Map<string, any>(rows.map((row: any) => [row.key, row]));
    for (const job of jobs) {
      const sums = less(upTo(job, to), before === undefined ? NOTHING : upTo(job, lastDay(before)));
      expect({ month, job: job.ref, ...out(NOTHING), ...pickFigures(said.get(job.ref)) }).toEqual({
        month,
        job: job.ref,
        ...out(sums),
      });
      saw('figures', 3);
    }
  }
  for (const job of jobs) {
    const { billing, profit, counts } = (await opened.ok('get-job', { job: job.ref })).job;
    const cost = costs(job);
    const profitSummary = {
      billed: add(job.bills.map(({ cents }) => cents)),
      costOfWork: cost.work,
      expenses: cost.besides,
    };
    expect({ job: job.ref, billing, ...pickFigures(profit) }).toEqual({
      job: job.ref,
      billing: billingOf(job),
      ...out(profitSummary),
    });
    expect(counts.invoices).toBe(job.bills.length);
    const { ledger } = await opened.store.read(1, async ({ jobs }) => await jobs.of(Number(job.ref.slice(2))));
    const left = Math.max(0, add(lefts(job)));
    expect([job.ref, leftToBill(ledger.contracts, null, ledger.billingDoneOn !== null)]).toEqual([job.ref, left]);
    saw('figures', 5);
  }
  // What stands apart is the rest of the profit summaries.
  const { totals } = await opened.ok('profit-report', { by: 'job' });
  const apart = jobs.map((job) => {
    const [{ work, besides }, dated] = [costs(job), upTo(job, END)];
    return work + besides - dated.costOfWork - dated.expenses;
  });
  expect(totals.costNotYetBilled).toBe(dollars(add(apart)));
  saw('figures');
  expect((await opened.store.read(1, auditBooks)).faults).toEqual([]);
  if (closed !== null) saw('looked at with closed months');
}

const pickFigures = (row: any) =>
  row === undefined ? {} : { billed: row.billed, costOfWork: row.costOfWork, expenses: row.expenses };

test('jobs, their months and what stands apart are what plain sums say, and closed months stay as they were', {
  timeout: 3_600_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(book, async (evenings) => {
      let today: string = EVENINGS[0].today;
      const opened = await openBook({ now: () => `${today}T17:00:00.000Z` });
      await opened.ok('create-customer', { name: 'Dana Henderson' });
      const jobs: Job[] = [];
      for (let index = 0; index < JOBS; index += 1) {
        const { job } = await opened.ok('create-job', { customer: 'C-1', name: `Roof ${index}` });
        const fresh = { status: 'open' as const, endedOn: null, doneOn: null, kept: new Map<string, Figures>() };
        jobs.push({ ref: job.ref, ...fresh, contracts: [], work: [], bills: [], receipts: [] });
      }
      let closed: string | null = null;
      const ok = async (tool: string, args: object) => {
        const { isError, structuredContent, content } = await opened.callWithYes(tool, args);
        expect(isError, `${tool} ${JSON.stringify(args)}: ${content[0]?.text}`).not.toBe(true);
        return structuredContent;
      };
      for (const [index, { ops, closes }] of evenings.entries()) {
        const evening = EVENINGS[index] ?? EVENINGS[0];
        today = evening.today;
        const first = closed === null ? '2026-01-01' : nextDay(closed);
        const days = ALL_DAYS.filter((day) => day >= first && day <= today);
        const dayOf = (from: number) => chosen(days, from) ?? today;
        for (const [at, each] of ops) {
          const job = jobs[at];
          if (job !== undefined) await perform({ ok, job, dayOf, today }, each);
        }
        await expectAgreed(opened, jobs, closed);
        if (!closes || evening.closes === null) continue;
        for (const job of jobs) {
          const months = MONTHS.map(lastDay).filter((day) => day <= evening.closes);
          const figures = months.map((day) => [day, upTo(job, day)] as const);
          for (const [day, sums] of figures) job.kept.set(day, sums);
        }
        closed = evening.closes;
        await ok('update-account', { closedThrough: closed });
        await expectAgreed(opened, jobs, closed);
      }
      await opened.store.close();
    }),
    { numRuns: BOOKS },
  );
  // It really did all of it. In a few books chance has a larger part.
  const most = BOOKS < 20 ? BOOKS / 4 : BOOKS / 2;
  for (const what of ['sell', 'change', 'share', 'bill', 'credit', 'spend', 'cover', 'mark', 'write off', 'end'])
    expect(seen.get(what) ?? 0, what).toBeGreaterThan(most);
  expect(seen.get('looked at with closed months') ?? 0).toBeGreaterThan(BOOKS / 3);
  expect(seen.get('figures') ?? 0).toBeGreaterThan(BOOKS * 200);
});
/** Few, so that much falls together. */
const ALL_DAYS = MONTHS.flatMap((month) => [`${month}-01`, `${month}-12`, lastDay(month)]);
