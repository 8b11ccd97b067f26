// Random books over months against a plain model: whatever is offered, agreed, billed, credited, paid, spent, given back, written
// off, completed and cancelled in any order, with money that is on no job beside it, and whichever months are closed in between,
// every job's profit summary, where it stands and is heading, its months, what stands apart and all totals are what plain sums say.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { auditBooks } from '../../src/store/audit/audit.ts';
import { type Book, openBook } from '../support/book.ts';
import { nextDay, add, cents, dollars } from '../support/arithmetic.ts';
import { cases, chosen } from '../support/arbitrary.ts';
import {
  type Beside,
  billingOf,
  billedOf,
  costs,
  counted,
  END,
  EXTRA,
  type Figures,
  forecastOf,
  fromClosed,
  groupOf,
  headingOf,
  isUndecided,
  type Job,
  lastDay,
  lefts,
  less,
  NOTHING,
  notesOf,
  overheadUpTo,
  remainder,
  settle,
  standingOf,
  taken,
  upTo,
  workInTotals,
  type Offer,
  type Receipt,
  type Work,
  workOf,
} from '../support/plain-books.ts';

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

// --- what is done ---
const pick = fc.nat(60);
const money = fc.oneof(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 900_000 }));
const thousandths = fc.oneof(fc.constant(1000), fc.constant(1000), fc.integer({ min: 1, max: 1000 }));
const seldom = fc.constantFrom(false, false, true);
/** What of an expense one gets back. */
const tax = fc.oneof(fc.constant(0), fc.constant(0), fc.nat(5000));
const spending = { cents: money, tax, day: pick };
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
  { weight: 4, arbitrary: fc.record({ do: fc.constant('spend'), ...spending, covers: fc.option(pick) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('give back'), pick, thousandths, tax, day: pick }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('offer'),
      price: money,
      plan: fc.nat(500_000),
      status: fc.constantFrom('draft', 'sent'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('accept'), pick }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pay'), pick, thousandths }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('bill outside'), cents: money, draft: seldom, day: pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('credit outside'), pick, thousandths, day: pick }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('overhead'), ...spending, refund: seldom }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('monthly'), cents: money, until: fc.option(pick), day: pick }) },
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
  fc.record({ ops: fc.array(fc.tuple(fc.nat(JOBS - 1), op), { minLength: 8, maxLength: 20 }), closes: fc.boolean() }),
  { minLength: EVENINGS.length, maxLength: EVENINGS.length },
);
const seen = new Map<string, number>();
const saw = (what: string, times = 1) => seen.set(what, (seen.get(what) ?? 0) + times);

/** The day a number stands for: after what is closed, up to today. */
type Doing = {
  ok: (tool: string, args: object) => Promise<any>;
  job: Job;
  beside: Beside;
  dayOf: (from: number) => string;
  today: string;
};
/** Money as it is said, with what of it one gets back. */
const paid = (cents: number, tax: number) => ({
  amount: dollars(cents + tax),
  ...(tax === 0 ? {} : { reclaimableTax: dollars(tax) }),
});

async function sell({ ok, job }: Doing, { price, plan }: Op & { do: 'sell' }): Promise<void> {
  if (job.contracts.length >= 2) return;
  const lines = [{ description: 'Work', quantity: 1, unitPrice: dollars(price), unitCost: dollars(plan) }];
  const { quote } = await ok('create-quote', { job: job.ref, status: 'accepted', lines });
  agree(job, { ref: quote.ref, price, work: { line: `${quote.ref}/1`, plan, done: 'no' } });
}

async function offer({ ok, job }: Doing, { price, plan, status }: Op & { do: 'offer' }): Promise<void> {
  if (job.offers.length >= 2) return;
  const lines = [{ description: 'Work', quantity: 1, unitPrice: dollars(price), unitCost: dollars(plan) }];
  const { quote } = await ok('create-quote', { job: job.ref, kind: 'original', status, lines });
  job.offers.push({ ref: quote.ref, price, work: { line: `${quote.ref}/1`, plan, done: 'no' } });
}

async function accept({ ok, job }: Doing, { pick: index }: Op & { do: 'accept' }): Promise<void> {
  const accepted = chosen(job.offers, index);
  if (accepted === undefined) return;
  await ok('update-quote', { quote: accepted.ref, status: 'accepted' });
  job.offers.splice(job.offers.indexOf(accepted), 1);
  agree(job, accepted);
}

function agree(job: Job, { ref, price, work }: Offer): void {
  const isFirst = job.contracts.push({ ref, agreed: price, reduced: 0, writtenOff: 0 }) === 1;
  job.work.push(work);
  if (!isFirst) return;
  // Bills that came before any contract count against the first, and their credits with them as price reductions or not.
  for (const bill of job.bills.filter(({ credits, of }) => credits === null && of !== EXTRA)) {
    bill.of = counted(job, bill.cents);
    for (const [index, note] of notesOf(job, bill).entries())
      note.of = taken(job, bill, -note.cents, notesOf(job, bill).slice(0, index));
    if (bill.of.size === 0) bill.of = EXTRA;
  }
}
async function change({ ok, job }: Doing, { pick: index, price, plan }: Op & { do: 'change' }): Promise<void> {
  const contract = chosen(job.contracts, index);
  if (contract === undefined) return;
  const lines = [{ description: 'More', quantity: 1, unitPrice: dollars(price), unitCost: dollars(plan) }];
  const asked = { job: job.ref, kind: 'change_order', contract: contract.ref, status: 'accepted', lines };
  const { quote } = await ok('create-quote', asked);
  contract.agreed += price;
  job.work.push({ line: `${quote.ref}/1`, plan, done: 'no' });
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

async function spend({ ok, job, dayOf }: Doing, { cents, tax, covers, ...asked }: Op & { do: 'spend' }): Promise<void> {
  const work = covers === null ? undefined : chosen(workOf(job), covers);
  const day = dayOf(asked.day);
  const { expense } = await ok('add-job-expense', {
    ...{ job: job.ref, description: 'Shingles', category: 'materials', ...paid(cents, tax), spentOn: day },
    ...(work === undefined ? {} : { coversLine: work.line }),
  });
  job.receipts.push({ ref: expense.ref, day, cents, covers: work ?? null });
}

/** What receipts on a line come to, without one of them. */
const coveredBy = ({ receipts }: Job, work: Work | null, without?: Receipt) =>
  add(receipts.filter((each) => each.covers === work && each !== without).map(({ cents }) => cents));

/** Off what was bought, up to all that it came to; else off nothing that is quoted. */
async function giveBack({ ok, job, dayOf }: Doing, asked: Op & { do: 'give back' }): Promise<void> {
  const bought = chosen(
    job.receipts.filter(({ cents }) => cents > 0),
    asked.pick,
  );
  if (bought === undefined) return;
  const cents = Math.ceil((bought.cents * asked.thousandths) / 1000);
  const isCounted = bought.covers !== null && workOf(job).includes(bought.covers);
  const work = isCounted && coveredBy(job, bought.covers) >= cents ? bought.covers : null;
  const day = [bought.day, dayOf(asked.day)].sort().at(-1) ?? bought.day;
  const { expense } = await ok('add-job-expense', {
    ...{ job: job.ref, description: 'Shingles', category: 'materials', refund: true, spentOn: day },
    ...paid(cents, asked.tax),
    ...(work === null ? {} : { coversLine: work.line }),
  });
  job.receipts.push({ ref: expense.ref, day, cents: -cents, covers: work });
}

async function cover({ ok, job }: Doing, { pick: index, covers }: Op & { do: 'cover' }): Promise<void> {
  const receipt = chosen(job.receipts, index);
  const work = covers === null ? undefined : chosen(workOf(job), covers);
  if (receipt === undefined) return;
  // No line is left with more given back than was spent on it.
  const [from, to] = [receipt.covers, work ?? null];
  const leaves = from === null || from === to || coveredBy(job, from, receipt) >= 0;
  if (!leaves || (to !== null && coveredBy(job, to, receipt) + receipt.cents < 0)) return;
  await ok('update-job-expense', { expense: receipt.ref, coversLine: work?.line ?? null });
  receipt.covers = to;
}

async function pay({ ok, job, today }: Doing, asked: Op & { do: 'pay' }): Promise<void> {
  const bill = chosen(
    job.bills.filter(({ credits }) => credits === null),
    asked.pick,
  );
  if (bill === undefined) return;
  const { invoice } = await ok('get-invoice', { invoice: bill.ref });
  const open = cents(invoice.balance);
  if (open <= 0) return;
  const amount = Math.ceil((open * asked.thousandths) / 1000);
  await ok('record-payment', { invoice: bill.ref, amount: dollars(amount), paidOn: today });
  job.collected += amount;
}

async function billOutside({ ok, beside, dayOf }: Doing, asked: Op & { do: 'bill outside' }): Promise<void> {
  const day = asked.draft ? null : dayOf(asked.day);
  const lines = [{ description: 'A call', quantity: 1, unitPrice: dollars(asked.cents) }];
  const when = day === null ? { draft: true } : { issuedOn: day };
  const { invoice } = await ok('create-invoice', { customer: 'C-1', lines, ...when });
  beside.outside.push({ ref: invoice.ref, day, cents: asked.cents, credits: null });
}

async function creditOutside({ ok, beside, dayOf }: Doing, asked: Op & { do: 'credit outside' }): Promise<void> {
  const bill = chosen(
    beside.outside.filter(({ day, credits }) => day !== null && credits === null),
    asked.pick,
  );
  if (bill === undefined) return;
  const left = bill.cents + add(beside.outside.filter(({ credits }) => credits === bill.ref).map((each) => each.cents));
  if (left <= 0) return;
  const off = Math.ceil((left * asked.thousandths) / 1000);
  const day = [bill.day ?? '', dayOf(asked.day)].sort().at(-1) ?? '';
  const { invoice } = await ok('create-invoice', { creditFor: bill.ref, amount: dollars(off), issuedOn: day });
  beside.outside.push({ ref: invoice.ref, day, cents: -off, credits: bill.ref });
}

async function spendOverhead({ ok, beside, dayOf }: Doing, asked: Op & { do: 'overhead' }): Promise<void> {
  const day = dayOf(asked.day);
  const what = { overhead: true, description: 'Phone', category: 'other', spentOn: day, refund: asked.refund };
  await ok('add-expenses', { expenses: [{ ...what, ...paid(asked.cents, asked.tax) }] });
  beside.overhead.push({ day, cents: asked.refund ? -asked.cents : asked.cents });
}

async function spendMonthly({ ok, beside, dayOf }: Doing, asked: Op & { do: 'monthly' }): Promise<void> {
  const from = dayOf(asked.day);
  const days = ALL_DAYS.filter((day) => day >= from);
  const last = asked.until === null ? null : (chosen(days, asked.until) ?? from);
  const what = { overhead: true, monthly: true, description: 'Rent', category: 'other', spentOn: from };
  const ends = last === null ? {} : { until: last };
  await ok('add-expenses', { expenses: [{ ...what, amount: dollars(asked.cents), ...ends }] });
  beside.monthly.push({ from, until: last, cents: asked.cents });
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
    case 'offer':
      await offer(doing, each);
      break;
    case 'accept':
      await accept(doing, each);
      break;
    case 'give back':
      await giveBack(doing, each);
      break;
    case 'pay':
      await pay(doing, each);
      break;
    case 'bill outside':
      await billOutside(doing, each);
      break;
    case 'credit outside':
      await creditOutside(doing, each);
      break;
    case 'overhead':
      await spendOverhead(doing, each);
      break;
    case 'monthly':
      await spendMonthly(doing, each);
      break;
    case 'end':
      await end(doing, each);
  }
  settle(doing.job);
}

const out = ({ billed, costOfWork, expenses }: Figures) => ({
  billed: dollars(billed),
  costOfWork: dollars(costOfWork),
  expenses: dollars(expenses),
});

type Books = { opened: Book; jobs: readonly Job[]; beside: Beside; today: string; closed: string | null };

async function expectAgreed(books: Books): Promise<void> {
  const { opened, jobs, closed } = books;
  await expectMonths(books);
  for (const job of jobs) await expectJob(opened, job);
  await expectTotals(books);
  expect((await opened.store.read(1, auditBooks)).faults).toEqual([]);
  if (closed !== null) saw('looked at with closed months');
}

const profitOf = ({ billed, costOfWork, expenses }: Figures) => billed - costOfWork - expenses;
const sumOf = (some: readonly Figures[]): Figures => ({
  billed: add(some.map(({ billed }) => billed)),
  costOfWork: add(some.map(({ costOfWork }) => costOfWork)),
  expenses: add(some.map(({ expenses }) => expenses)),
});
/** Of these days; every bill that has one. */
const outsideIn = ({ outside }: Beside, from: string, to: string) =>
  add(outside.filter(({ day }) => day !== null && day >= from && day <= to).map(({ cents }) => cents));
const overheadIn = ({ beside, today }: Books, from: string, to: string) =>
  add(
    overheadUpTo(beside, MONTHS, today)
      .filter(({ day }) => day >= from && day <= to)
      .map(({ cents }) => cents),
  );
/** What is on no job, and what the business made with these of its jobs. */
function besideIn(books: Books, figures: Figures, from: string, to: string) {
  const [outside, overhead] = [outsideIn(books.beside, from, to), overheadIn(books, from, to)];
  const business = dollars(profitOf(figures) + outside - overhead);
  return { outsideJobs: { billed: dollars(outside) }, overhead: dollars(overhead), business };
}
const onlyClosed = (sums: Figures) =>
  Object.values(sums).every((each) => each === 0) ? undefined : { ...out(sums), profit: dollars(profitOf(sums)) };

async function expectMonths(books: Books): Promise<void> {
  const { opened, jobs, closed } = books;
  const byMonth = await opened.ok('profit-report', { by: 'month', from: '2026-01-01', to: '2026-06-30' });
  for (const [index, month] of MONTHS.entries()) {
    const [from, to, before] = [`${month}-01`, lastDay(month), MONTHS[index - 1]];
    const { rows, totals } = await opened.ok('profit-report', { by: 'job', from, to, limit: 50 });
    const said = new Map<string, any>(rows.map((row: any) => [row.key, row]));
    const sums = jobs.map((job) => less(upTo(job, to), before === undefined ? NOTHING : upTo(job, lastDay(before))));
    for (const [at, job] of jobs.entries()) {
      const row = said.get(job.ref);
      expect({ month, job: job.ref, ...out(NOTHING), ...pickFigures(row) }).toEqual({
        ...{ month, job: job.ref, ...out(sums[at] ?? NOTHING) },
      });
      const late = onlyClosed(fromClosed(job, month, closed));
      expect([month, job.ref, row?.fromClosedMonths]).toEqual([month, job.ref, late]);
      if (late !== undefined) saw('from closed months');
      saw('figures', 3);
    }
    const { business, ...others } = besideIn(books, sumOf(sums), from, to);
    expect([month, totals]).toMatchObject([month, { ...out(sumOf(sums)), ...others, business }]);
    const row = byMonth.rows.find(({ key }: any) => key === month);
    const none = { outsideJobs: { billed: '0.00' }, overhead: '0.00' };
    expect({ ...none, ...row }).toMatchObject({ key: month, ...out(sumOf(sums)), ...others });
    saw('figures', 9);
  }
}

async function expectJob(opened: Book, job: Job): Promise<void> {
  const { billing, profit, standing, forecast, counts } = (await opened.ok('get-job', { job: job.ref })).job;
  const cost = costs(job);
  const profitSummary = { billed: billedOf(job), costOfWork: cost.work, expenses: cost.besides };
  expect({ job: job.ref, billing, standing, ...pickFigures(profit) }).toEqual({
    ...{ job: job.ref, billing: billingOf(job), standing: standingOf(job), ...out(profitSummary) },
  });
  const { offers, ...heading } = forecast;
  expect({ job: job.ref, ...heading }).toEqual({ job: job.ref, ...forecastOf(job) });
  expect(offers?.length).toBe(isUndecided(job) ? job.offers.length : undefined);
  expect(counts.invoices).toBe(job.bills.length);
  saw(standingOf(job));
  if (isUndecided(job)) saw('undecided');
  if (headingOf(job).toCredit > 0) saw('to credit');
  saw('figures', 13);
}

async function expectTotals(books: Books): Promise<void> {
  const { opened, jobs, beside } = books;
  const list = await opened.ok('list-jobs', { limit: 50 });
  for (const job of jobs) {
    const { offers: _, ...forecast } = list.jobs.find(({ ref }: any) => ref === job.ref).forecast;
    expect({ job: job.ref, ...forecast }).toEqual({ job: job.ref, ...forecastOf(job) });
  }
  const groups = Map.groupBy(jobs, standingOf);
  expect(list.totals.byStanding).toEqual(Object.fromEntries([...groups].map(([key, some]) => [key, groupOf(some)])));
  const issued = beside.outside.filter(({ day }) => day !== null);
  const outsideJobs = {
    ...{ invoices: issued.length, billed: dollars(add(issued.map((each) => each.cents))), taxBilled: '0.00' },
    notBilledYet: dollars(add(beside.outside.filter(({ day }) => day === null).map((each) => each.cents))),
  };
  expect(list.totals.outsideJobs).toEqual(beside.outside.length === 0 ? undefined : outsideJobs);
  // What stands apart is the rest of the profit summaries.
  const { totals } = await opened.ok('profit-report', { by: 'job' });
  const dated = jobs.map((job) => upTo(job, END));
  const wholes = jobs.map((job) => costs(job, END, workInTotals(job))).map(({ work, besides }) => work + besides);
  const apart = add(wholes) - add(dated.map(({ costOfWork, expenses }) => costOfWork + expenses));
  expect(totals.costNotYetBilled).toBe(dollars(apart));
  expect(totals).toMatchObject(besideIn(books, sumOf(dated), '', END));
  expect(totals.byStanding).toEqual(list.totals.byStanding);
  // Each row with what of it stands apart is the job's own profit summary, but for offers that exclude one another.
  const byJob = await opened.ok('profit-report', { by: 'job', limit: 50 });
  for (const job of jobs) {
    const row = byJob.rows.find(({ key }: any) => key === job.ref);
    const { work, besides } = costs(job, END, workInTotals(job));
    const all = row === undefined ? 0 : cents(row.costOfWork) + cents(row.expenses) + cents(row.costNotYetBilled);
    expect([job.ref, all]).toEqual([job.ref, work + besides]);
  }
  saw('figures', 20);
}

const pickFigures = (row: any) =>
  row === undefined ? {} : { billed: row.billed, costOfWork: row.costOfWork, expenses: row.expenses };

const lateIn = (job: Job, day: string, closed: string | null) => fromClosed(job, day.slice(0, 7), closed);
const freshJob = (ref: string): Job => ({
  ...{ ref, status: 'open', endedOn: null, doneOn: null, kept: new Map(), carried: new Map(), collected: 0 },
  ...{ contracts: [], work: [], offers: [], bills: [], receipts: [] },
});

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
        jobs.push(freshJob(job.ref));
      }
      const beside: Beside = { outside: [], overhead: [], monthly: [] };
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
          if (job !== undefined) await perform({ ok, job, beside, dayOf, today }, each);
        }
        await expectAgreed({ opened, jobs, beside, today, closed });
        if (!closes || evening.closes === null) continue;
        for (const job of jobs) {
          const months = MONTHS.map(lastDay).filter((day) => day <= evening.closes);
          const [figures, late] = [months.map((day) => upTo(job, day)), months.map((day) => lateIn(job, day, closed))];
          for (const [at, day] of months.entries()) {
            job.kept.set(day, figures[at] ?? NOTHING);
            job.carried.set(day.slice(0, 7), late[at] ?? NOTHING);
          }
        }
        closed = evening.closes;
        await ok('update-account', { closedThrough: closed });
        await expectAgreed({ opened, jobs, beside, today, closed });
      }
      await opened.store.close();
    }),
    { numRuns: BOOKS },
  );
  // It really did all of it. In a few books chance has a larger part.
  const most = BOOKS < 20 ? BOOKS / 4 : BOOKS / 2;
  for (const what of [
    'sell',
    'change',
    'share',
    'bill',
    'credit',
    'spend',
    'cover',
    'mark',
    'write off',
    'end',
    'offer',
    'give back',
    'pay',
  ])
    expect(seen.get(what) ?? 0, what).toBeGreaterThan(most);
  expect(seen.get('looked at with closed months') ?? 0).toBeGreaterThan(BOOKS / 3);
  for (const what of ['accept', 'bill outside', 'credit outside', 'overhead', 'monthly', 'from closed months'])
    expect(seen.get(what) ?? 0, what).toBeGreaterThan(most / 4);
  for (const what of ['finished', 'running', 'unsold', 'cancelled', 'undecided', 'to credit'])
    expect(seen.get(what) ?? 0, what).toBeGreaterThan(BOOKS / 12);
  expect(seen.get('figures') ?? 0).toBeGreaterThan(BOOKS * 400);
});
/** Few, so that much falls together. */
const ALL_DAYS = MONTHS.flatMap((month) => [`${month}-01`, `${month}-12`, lastDay(month)]);
