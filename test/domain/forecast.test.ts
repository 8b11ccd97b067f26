import { describe, expect, it } from 'vitest';
import { calendarDate } from '../../src/domain/dates.ts';
import { forecastOf, totalOutlook, type Outlook } from '../../src/domain/forecast.ts';
import type { CostLine } from '../../src/domain/cost.ts';
import type { JobStatus, Standing } from '../../src/domain/job.ts';
import { amount, price, sum, type Amount, type AmountInput } from '../../src/domain/money.ts';
import { computeProfit, type JobLedger } from '../../src/domain/profit.ts';
import { changeOrder, expense, invoice, job, line, profitSummaryOf, quote, shown, usd } from './records.ts';

const DAY = calendarDate('2026-03-01');

const ofJob = (ledger: Partial<JobLedger>) => {
  const whole = job(ledger);
  return forecastOf(whole, computeProfit(whole));
};
const said = <B extends string>(value: Amount<B> | null) => (value === null ? null : shown(value));
const percent = (tenths: number | null) => (tenths === null ? null : tenths / 10);

/** A forecast as its owner reads it. */
const heading = (ledger: Partial<JobLedger>) => {
  const { forecast } = ofJob(ledger);
  return {
    sold: forecast.sold,
    contract: said(forecast.contract),
    left: said(forecast.leftToBill),
    toCredit: said(forecast.toCredit),
    spent: said(forecast.spent),
    toCome: said(forecast.costToCome),
    expected: said(forecast.expectedProfit),
    margin: percent(forecast.expectedMarginTenths),
  };
};
const billing = (ledger: Partial<JobLedger>) => computeProfit(job(ledger)).profitSummary.billing;
const standing = (ledger: Partial<JobLedger>) => ofJob(ledger).standing;

/** A contract as the books keep it: what it comes to, and what of it is billed. */
const contract = (
  worth: AmountInput,
  billed: readonly AmountInput[],
  { contractId = 1, writtenOff = 0 }: { contractId?: number; writtenOff?: AmountInput } = {},
) => ({
  contractId,
  worth: price(usd(worth)),
  writtenOff: price(usd(writtenOff)),
  bills: billed.map((each) => ({ day: DAY, amount: price(usd(each)) })),
});

const accepted = (subtotal: AmountInput, unitCost: AmountInput) => quote('accepted', [line(1, unitCost)], { subtotal });

describe('where a job is heading, case by case', () => {
  it('a healthy job that is barely billed is no loss', () => {
    const siding = { quotes: [accepted(13_600, '8937.30')], invoices: [invoice(3852)] };
    expect(profitSummaryOf(siding)).toMatchObject({ profit: '-5085.30', margin: -132 });
    expect(heading(siding)).toEqual({
      ...{ sold: true, contract: '13600.00', left: '9748.00', toCredit: '0.00' },
      ...{ spent: '0.00', toCome: '8937.30', expected: '4662.70', margin: 34.3 },
    });
  });

  it('a completed job that is half billed has the other half left', () => {
    const half = { status: 'completed', quotes: [accepted(1000, 600)], invoices: [invoice(500)] } as const;
    expect(heading(half)).toMatchObject({ left: '500.00', expected: '400.00', margin: 40 });
    expect(billing(half)).toBe('part_billed');
  });

  it('an extra invoice beside a contract billed whole comes on top', () => {
    const extra = {
      quotes: [accepted(10_000, 6000)],
      invoices: [invoice(10_000), invoice(500, { ref: 'INV-1002' })],
      contracts: [contract(10_000, [10_000])],
    };
    expect(heading(extra)).toMatchObject({ left: '0.00', expected: '4500.00', margin: 42.9 });
  });

  it('a contract billed from lines is billed, and what it cost on top counts', () => {
    const roof = {
      quotes: [accepted(18_400, 9650)],
      invoices: [invoice(18_400)],
      expenses: [expense('612.40', 'permit'), expense(350, 'equipment')],
    };
    expect(heading(roof)).toMatchObject({ left: '0.00', expected: '7787.60', spent: '962.40', toCome: '9650.00' });
    expect(billing(roof)).toBe('billed');
  });

  it('a change order below what is billed leaves something to credit, and another one something to bill', () => {
    const quotes = [accepted(10_000, 0), changeOrder('accepted', [], -1500)];
    const shrunk = { quotes, invoices: [invoice(10_000)], contracts: [contract(8500, [10_000])] };
    expect(heading(shrunk)).toMatchObject({ contract: '8500.00', left: '0.00', toCredit: '1500.00' });
    expect(heading(shrunk)).toMatchObject({ expected: '8500.00' });
    expect(standing(shrunk)).toBe('running');
    const credited = {
      quotes,
      invoices: [invoice(10_000), invoice(-1500, { ref: 'INV-1002' })],
      contracts: [contract(8500, [10_000, -1500])],
    };
    expect(heading(credited)).toMatchObject({ contract: '8500.00', left: '0.00', toCredit: '0.00' });
    expect(standing(credited)).toBe('finished');
    const grown = {
      ...credited,
      quotes: [...quotes, changeOrder('accepted', [], 1500)],
      contracts: [contract(10_000, [10_000, -1500])],
    };
    expect(heading(grown)).toMatchObject({ left: '1500.00' });
  });

  it('one draft quote is not sold, and shows what it would make', () => {
    const offered = {
      status: 'open',
      quotes: [quote('draft', [line(1, 280, { quantity: 24 })], { subtotal: 10_800 })],
    };
    expect(heading({ ...offered, status: 'open' })).toEqual({
      ...{ sold: false, contract: '10800.00', left: '10800.00', toCredit: '0.00' },
      ...{ spent: '0.00', toCome: '6720.00', expected: '4080.00', margin: 37.8 },
    });
    expect(standing({ ...offered, status: 'open' })).toBe('unsold');
  });

  it('a first receipt leaves the rest of its line to come', () => {
    const started = {
      quotes: [quote('accepted', [line(1, 4000)])],
      expenses: [expense(1000, 'materials', { covers: 1 })],
    };
    expect(heading(started)).toMatchObject({ spent: '1000.00', toCome: '3000.00' });
  });

  it('a job without quotes has no contract and nothing left', () => {
    expect(heading({ expenses: [expense('99.99')] })).toEqual({
      ...{ sold: false, contract: null, left: '0.00', toCredit: '0.00' },
      ...{ spent: '99.99', toCome: '0.00', expected: '-99.99', margin: null },
    });
    expect(heading({ invoices: [invoice(500)] })).toMatchObject({ sold: true, contract: null, expected: '500.00' });
  });

  it('on a cancelled job nothing is left to bill and nothing is to come', () => {
    const cancelled = {
      status: 'cancelled',
      quotes: [accepted(10_800, 6720)],
      invoices: [invoice(3240)],
      expenses: [expense(150, 'permit')],
    } as const;
    expect(heading(cancelled)).toMatchObject({ left: '0.00', toCome: '0.00', expected: '3090.00', margin: 95.4 });
  });

  it('what was written off is not left', () => {
    const done = {
      quotes: [accepted(10_000, 6000)],
      invoices: [invoice(8000)],
      contracts: [contract(10_000, [8000], { writtenOff: 2000 })],
      billingDoneOn: DAY,
    };
    expect(heading(done)).toMatchObject({ contract: '10000.00', left: '0.00', expected: '2000.00' });
    expect(standing(done)).toBe('finished');
  });

  it('one contract with something left and one with something to credit show both', () => {
    const both = {
      quotes: [accepted(1000, 0), quote('accepted', [], { subtotal: 500, contractId: 2 })],
      invoices: [invoice(1100)],
      contracts: [contract(1000, [600]), contract(400, [500], { contractId: 2 })],
    };
    expect(heading(both)).toMatchObject({ left: '400.00', toCredit: '100.00', expected: '1400.00' });
  });
});

describe('an open original', () => {
  const draft = () => quote('sent', [line(1, 6000)], { subtotal: 10_000 });

  it('counts against itself what was billed from lines before it', () => {
    expect(heading({ quotes: [draft()], invoices: [invoice(3000)] })).toMatchObject({
      ...{ sold: true, left: '7000.00', expected: '4000.00' },
    });
  });

  it('counts no more against itself than it comes to', () => {
    expect(heading({ quotes: [draft()], invoices: [invoice(12_000)] })).toMatchObject({
      ...{ left: '0.00', expected: '6000.00' },
    });
  });

  it('leaves out what was said to be extra work', () => {
    expect(heading({ quotes: [draft()], invoices: [invoice(500)], billedFromLines: price(0) })).toMatchObject({
      ...{ left: '10000.00', expected: '4500.00' },
    });
  });

  it('is not all billed, nor is its job finished, while something of it is left', () => {
    const half = { quotes: [draft()], invoices: [invoice(3000)] };
    expect([billing(half), standing(half)]).toEqual(['part_billed', 'running']);
    const done = { ...half, status: 'completed' } as const;
    expect([billing(done), standing(done)]).toEqual(['part_billed', 'running']);
    const whole = { ...done, invoices: [invoice(10_000)] };
    expect([billing(whole), standing(whole)]).toEqual(['billed', 'finished']);
    const enough = { ...done, billingDoneOn: DAY };
    expect([billing(enough), standing(enough), heading(enough).left]).toEqual(['billed', 'finished', '0.00']);
    expect(billing({ ...half, status: 'cancelled' })).toBe('billed');
    expect(billing({ ...half, invoices: [] })).toBe('not_billed');
  });

  it('has its open change orders with it', () => {
    const quotes = [draft(), changeOrder('draft', [line(2, 100)], 400)];
    expect(heading({ quotes })).toMatchObject({ contract: '10400.00', left: '10400.00', expected: '4300.00' });
  });

  it('with a price that is not known shows what it costs, and nothing that rests on the price', () => {
    const quotes = [quote('draft', [line(1, 600), line(2, null, { price: null })], { ref: 'Q-7', subtotal: 1000 })];
    expect(heading({ quotes })).toEqual({
      ...{ sold: false, contract: null, left: null, toCredit: null },
      ...{ spent: '0.00', toCome: '600.00', expected: null, margin: null },
    });
    expect(ofJob({ quotes }).forecast.unpriced).toEqual(['Q-7']);
    expect(ofJob({ quotes }).outlook).toBeNull();
    expect(ofJob({ quotes }).ranked).toEqual({ profit: null, marginTenths: null });
  });
});

describe('several open originals', () => {
  const good = quote('sent', [line(1, 6000)], { ref: 'Q-1', subtotal: 10_000, contractId: 1 });
  const better = quote('draft', [line(2, 7000)], { ref: 'Q-2', subtotal: 12_500, contractId: 2 });
  const order = { ...changeOrder('draft', [line(3, 500)], 600), contractId: 2 };
  const choice = { status: 'open', quotes: [good, better, order] } as const;

  it('leave open what the job comes to, and each shows its own', () => {
    expect(heading({ ...choice, expenses: [expense(50, 'permit')] })).toEqual({
      ...{ sold: false, contract: null, left: null, toCredit: null },
      ...{ spent: '50.00', toCome: null, expected: null, margin: null },
    });
    const { offers } = ofJob(choice).forecast;
    expect(offers.map(({ ref, outlook }) => [ref, said(outlook?.contract ?? null)])).toEqual([
      ['Q-1', '10000.00'],
      ['Q-2', '13100.00'],
    ]);
    expect(offers.map(({ outlook }) => said(outlook?.expectedProfit ?? null))).toEqual(['4000.00', '5600.00']);
  });

  it('count in totals as the one that makes least', () => {
    const { outlook, ranked } = ofJob(choice);
    expect(said(outlook?.expectedProfit ?? null)).toBe('4000.00');
    expect(said(outlook?.contract ?? null)).toBe('10000.00');
    expect([said(ranked.profit), percent(ranked.marginTenths)]).toEqual(['4000.00', 40]);
  });

  it('are a choice no longer once one is accepted', () => {
    const quotes = [{ ...good, status: 'accepted' as const }, better];
    const { forecast } = ofJob({ quotes, contracts: [contract(10_000, [])] });
    expect([said(forecast.expectedProfit), forecast.offers]).toEqual(['4000.00', []]);
  });

  it('leave something to bill until one of them is billed whole', () => {
    const billed = (net: number) => ({ ...choice, status: 'completed' as const, invoices: [invoice(net)] });
    expect([billing(billed(9000)), standing(billed(9000))]).toEqual(['part_billed', 'running']);
    expect([billing(billed(10_000)), standing(billed(10_000))]).toEqual(['billed', 'finished']);
  });

  it('of which one has no price are counted as the other', () => {
    const unpriced = { ...better, lines: [line(2, 7000, { price: null })] };
    expect(said(ofJob({ quotes: [good, unpriced] }).outlook?.expectedProfit ?? null)).toBe('4000.00');
  });

  it('cost in totals what that one alone costs, while the strip has them all', () => {
    const spent = expense(700, 'materials', { covers: 2 });
    const { counted } = ofJob({ ...choice, expenses: [spent] });
    expect([said(counted.profitSummary.costOfWork), said(counted.profitSummary.expenses)]).toEqual([
      '6000.00',
      // What covers a line of the other is no part of this one's work.
      '700.00',
    ]);
    const all = computeProfit(job({ ...choice, expenses: [spent] })).profitSummary;
    expect([said(all.costOfWork), said(all.expenses)]).toEqual(['13500.00', '0.00']);
    expect(counted.plan.map(({ planned }) => said(planned))).toEqual(['6000.00']);
  });

  it('of which none has a price cost in totals what the dearest costs', () => {
    const withoutPrice = (id: number, of: typeof good) => ({ ...of, lines: [line(id, id * 100, { price: null })] });
    const { counted, outlook } = ofJob({ quotes: [withoutPrice(1, good), withoutPrice(2, better)] });
    expect([said(counted.profitSummary.costOfWork), outlook]).toEqual(['200.00', null]);
  });
});

describe('where a job stands', () => {
  const open = quote('sent', [line(1, 60)], { subtotal: 100 });
  const signed = accepted(100, 60);
  const cases: readonly [string, Partial<JobLedger> & { status: JobStatus }, Standing][] = [
    ['cancelled, whatever is on it', { status: 'cancelled', quotes: [signed], invoices: [invoice(100)] }, 'cancelled'],
    ['a new one', { status: 'open' }, 'unsold'],
    ['with a quote that is open', { status: 'open', quotes: [open], expenses: [expense(5)] }, 'unsold'],
    ['with money spent and nothing quoted', { status: 'open', expenses: [expense(5)] }, 'running'],
    ['begun without a signature', { status: 'in_progress', quotes: [open] }, 'running'],
    ['accepted', { status: 'open', quotes: [signed] }, 'running'],
    ['accepted and billed whole', { status: 'open', quotes: [signed], invoices: [invoice(100)] }, 'finished'],
    ['done and not billed', { status: 'completed', quotes: [signed] }, 'running'],
    ['done and half billed', { status: 'completed', quotes: [signed], invoices: [invoice(50)] }, 'running'],
    ['done and billed without a quote', { status: 'completed', invoices: [invoice(50)] }, 'finished'],
    ['going on, billed without a quote', { status: 'in_progress', invoices: [invoice(50)] }, 'running'],
    ['done, never billed, and nothing more will be', { status: 'completed', billingDoneOn: DAY }, 'finished'],
    [
      'done, with a draft invoice alone',
      { status: 'completed', invoices: [invoice(5, { status: 'draft' })] },
      'running',
    ],
  ];

  it.each(cases)('%s', (_what, ledger, expected) => {
    expect(standing(ledger)).toBe(expected);
  });

  it('an addition after billing is done makes it run again', () => {
    const grown = {
      quotes: [signed],
      billingDoneOn: DAY,
      contracts: [contract(150, [80], { writtenOff: 20 })],
      invoices: [invoice(80)],
    };
    expect(standing(grown)).toBe('running');
  });

  it('what is left of a later contract is not billed, though billing was done before', () => {
    const later = { quotes: [signed], billingDoneOn: DAY, contracts: [contract(100, [])] };
    expect([billing(later), standing(later)]).toEqual(['not_billed', 'running']);
    const writtenOff = { ...later, contracts: [contract(100, [], { writtenOff: 100 })] };
    expect([billing(writtenOff), standing(writtenOff)]).toEqual(['billed', 'finished']);
  });

  it('finished jobs rank by their profit, running ones by their forecast', () => {
    const running = { quotes: [signed], invoices: [invoice(10)] };
    expect(percent(ofJob(running).ranked.marginTenths)).toBe(40);
    const finished = { quotes: [signed, { ...open, ref: 'Q-9' }], invoices: [invoice(100)] };
    expect(said(ofJob(finished).ranked.profit)).toBe('40.00');
  });
});

describe('a cost that nobody said', () => {
  const unknown = (ledger: Partial<JobLedger>) =>
    computeProfit(job(ledger)).profitSummary.warnings.flatMap((each) =>
      each.code === 'unknown_cost' ? [each.refs] : [],
    );

  it('is named with its line', () => {
    expect(unknown({ quotes: [quote('sent', [line(1, null), line(2, 5)])] })).toEqual([['Q-1/1']]);
  });

  it('is doubted where something is billed and nothing cost anything', () => {
    expect(unknown({ invoices: [invoice(1000)] })).toEqual([[]]);
    expect(unknown({ invoices: [invoice(1000)], expenses: [expense(5)] })).toEqual([]);
    expect(unknown({ status: 'cancelled', invoices: [invoice(1000)] })).toEqual([[]]);
  });

  it('is doubted where a supplier gave something back and nothing else is there', () => {
    const back = { ...expense(5), amount: amount<'cost'>(-500) };
    expect(unknown({ invoices: [invoice(1000)], expenses: [back] })).toEqual([[]]);
    expect(unknown({ invoices: [invoice(1000)], expenses: [back, expense(5)] })).toEqual([]);
  });

  it('is doubted on a cancelled job that kept a deposit, until something was spent or nothing was to be', () => {
    const kept = (each: CostLine) => ({
      ...{ status: 'cancelled' as const, quotes: [quote('accepted', [each])], invoices: [invoice(100)] },
    });
    expect(unknown(kept(line(1, 60)))).toEqual([[]]);
    expect(unknown({ ...kept(line(1, 60)), expenses: [expense(5)] })).toEqual([]);
    expect(unknown({ ...kept(line(1, 60)), expenses: [expense(5, 'materials', { covers: 1 })] })).toEqual([]);
    expect(unknown(kept({ ...line(1, 60), done: 'spent_nothing' }))).toEqual([]);
    expect(unknown(kept(line(1, 0)))).toEqual([]);
  });

  it('is known once something was spent, or nothing is', () => {
    const quotes = [quote('accepted', [line(1, null)])];
    expect(unknown({ quotes, expenses: [expense(5, 'materials', { covers: 1 })] })).toEqual([]);
    const nothing = [quote('accepted', [{ ...line(1, null), done: 'spent_nothing' as const }])];
    expect(unknown({ quotes: nothing })).toEqual([]);
    const done = [quote('accepted', [line(1, null, { done: true })])];
    expect(unknown({ quotes: done })).toEqual([['Q-1/1']]);
  });

  it('is none of what is taken off the price', () => {
    const off = [quote('sent', [line(1, 5), line(2, null, { price: -50 }), line(3, null, { price: 0 })])];
    expect(unknown({ quotes: off })).toEqual([]);
  });
});

describe('outlooks of many jobs', () => {
  it('are added up, and the margin is of the sums', () => {
    const outlook = (revenue: number, profit: number): Outlook => ({
      contract: price(revenue),
      leftToBill: price(revenue),
      toCredit: price(0),
      costToCome: amount<'cost'>(revenue - profit),
      expectedRevenue: price(revenue),
      expectedProfit: amount<'profit'>(profit),
    });
    const parts = [outlook(10_000, 1000), outlook(30_000, 9000)];
    const totals = totalOutlook(parts);
    expect(totals.expectedProfit).toBe(BigInt(sum(parts.map(({ expectedProfit }) => expectedProfit))));
    expect(totals.expectedMarginTenths).toBe(250);
    expect(totalOutlook([]).expectedMarginTenths).toBeNull();
  });
});
