import { calendarDate } from '../../src/domain/dates.ts';
import { describe, expect, it, test } from 'vitest';
import type { Category } from '../../src/domain/cost.ts';
import type { BilledContract } from '../../src/domain/left-to-bill.ts';
import { amount, parseQuantity, parseTaxRate, price, total } from '../../src/domain/money.ts';
import { paperTotals } from '../../src/domain/paper.ts';
import { businessProfit, profitOf, computeProfit, totalProfitSummary } from '../../src/domain/profit.ts';
import { changeOrder, expense, figures, invoice, job, line, quote, shown, profitSummaryOf, usd } from './records.ts';
import { says } from '../../src/domain/message.ts';

const codes = (jobLedger: Parameters<typeof job>[0]) =>
  computeProfit(job(jobLedger)).profitSummary.warnings.map((warning) => warning.code);
const basis = (jobLedger: Parameters<typeof job>[0]) => computeProfit(job(jobLedger)).profitSummary.costBasis;

describe('the profit of a job, case by case', () => {
  it('a roof with permit and dumpster on top of the planned materials', () => {
    const roof = {
      quotes: [quote('accepted', [line(1, 9650)])],
      invoices: [invoice(18_400)],
      expenses: [expense('612.40', 'permit'), expense(350, 'equipment')],
    };
    expect(profitSummaryOf(roof)).toEqual({
      billed: '18400.00',
      costOfWork: '9650.00',
      expenses: '962.40',
      profit: '7787.60',
      margin: 42.3,
    });
    expect(codes(roof)).toEqual([]);
  });

  it('24 squares at 450 that cost 280', () => {
    const squares = { quotes: [quote('accepted', [line(1, 280, { quantity: 24 })])], invoices: [invoice(10_800)] };
    expect(profitSummaryOf(squares)).toEqual({
      billed: '10800.00',
      costOfWork: '6720.00',
      expenses: '0.00',
      profit: '4080.00',
      margin: 37.8,
    });
  });

  it('sales tax on every line is not income', () => {
    const paper = paperTotals([
      {
        description: 'Shingles',
        quantity: parseQuantity(24, 'quantity'),
        unit: 'square',
        unitPrice: price(usd(450)),
        taxRate: parseTaxRate(8.25, 'taxRatePercent'),
      },
    ]);
    const { profitSummary, taxBilled } = computeProfit(
      job({
        quotes: [quote('accepted', [line(1, 280, { quantity: 24 })])],
        invoices: [{ ref: 'INV-1001', status: 'issued', isCredit: false, subtotal: paper.subtotal, tax: paper.tax }],
      }),
    );
    expect(figures(profitSummary)).toEqual({
      billed: '10800.00',
      costOfWork: '6720.00',
      expenses: '0.00',
      profit: '4080.00',
      margin: 37.8,
    });
    expect(shown(profitSummary.taxBilled)).toBe('891.00');
    expect(taxBilled).toEqual([{ ref: 'INV-1001', what: says('profit.sales-tax'), amount: 89_100 }]);
  });

  it('shingles bought but not linked may be counted twice, and the strip says so', () => {
    const shingles = {
      quotes: [quote('accepted', [line(1, 4000)])],
      invoices: [invoice(10_000)],
      expenses: [expense(4200, 'materials')],
    };
    expect(profitSummaryOf(shingles)).toEqual({
      billed: '10000.00',
      costOfWork: '4000.00',
      expenses: '4200.00',
      profit: '1800.00',
      margin: 18,
    });
    expect(codes(shingles)).toEqual(['possible_double_count']);
  });

  it('shingles linked to their line cost what they cost', () => {
    const shingles = {
      quotes: [quote('accepted', [line(1, 4000)])],
      invoices: [invoice(10_000)],
      expenses: [expense(4200, 'materials', { covers: 1 })],
    };
    expect(profitSummaryOf(shingles)).toEqual({
      billed: '10000.00',
      costOfWork: '4200.00',
      expenses: '0.00',
      profit: '5800.00',
      margin: 58,
    });
    // The work goes on, so that what is over its plan is said, though all is billed.
    expect(codes(shingles)).toEqual(['over_plan']);
    expect(codes({ ...shingles, status: 'completed' })).toEqual([]);
  });

  it('a first receipt of 1,000 leaves the rest of the plan standing', () => {
    const profitSummary = profitSummaryOf({
      quotes: [quote('accepted', [line(1, 4000)])],
      expenses: [expense(1000, 'materials', { covers: 1 })],
    });
    expect(profitSummary).toMatchObject({ costOfWork: '4000.00', expenses: '0.00' });
  });

  it('money out before anything is billed is a loss without a margin', () => {
    expect(profitSummaryOf({ expenses: [expense('99.99', 'materials')] })).toEqual({
      billed: '0.00',
      costOfWork: '0.00',
      expenses: '99.99',
      profit: '-99.99',
      margin: null,
    });
  });

  it('a credit note takes its amount off what is billed', () => {
    expect(profitSummaryOf({ invoices: [invoice(1000), invoice(-250, { ref: 'INV-1002' })] })).toEqual({
      billed: '750.00',
      costOfWork: '0.00',
      expenses: '0.00',
      profit: '750.00',
      margin: 100,
    });
  });

  it('a change order that takes work out takes its price and its cost out', () => {
    expect(
      profitSummaryOf({
        quotes: [
          quote('accepted', [line(1, 6000)], { subtotal: 10_000 }),
          changeOrder('accepted', [line(2, -900)], -1500),
        ],
        invoices: [invoice(8500)],
      }),
    ).toEqual({ billed: '8500.00', costOfWork: '5100.00', expenses: '0.00', profit: '3400.00', margin: 40 });
  });

  it('a declined quote costs nothing, and what was spent on it is an expense', () => {
    const spent = [expense(1000, 'materials', { covers: 1 })];
    expect(profitSummaryOf({ quotes: [quote('accepted', [line(1, 4000)])], expenses: spent })).toMatchObject({
      costOfWork: '4000.00',
      expenses: '0.00',
    });
    expect(profitSummaryOf({ quotes: [quote('declined', [line(1, 4000)])], expenses: spent })).toMatchObject({
      costOfWork: '0.00',
      expenses: '1000.00',
    });
  });

  it('a cancelled job keeps its deposit and drops its plans', () => {
    expect(
      profitSummaryOf({
        status: 'cancelled',
        quotes: [quote('accepted', [line(1, 6720)], { subtotal: 10_800 })],
        invoices: [invoice(3240)],
        expenses: [expense(150, 'permit')],
      }),
    ).toEqual({ billed: '3240.00', costOfWork: '0.00', expenses: '150.00', profit: '3090.00', margin: 95.4 });
  });

  it('a line and its change are one line: done, it costs what was spent', () => {
    expect(
      profitSummaryOf({
        quotes: [
          quote('accepted', [line(1, 4000, { done: true })]),
          changeOrder('accepted', [line(2, -900, { changes: 1 })]),
        ],
        expenses: [expense(3800, 'materials', { covers: 1 })],
      }),
    ).toMatchObject({ costOfWork: '3800.00', expenses: '0.00' });
  });

  it('a line changed down to nothing costs what was spent before', () => {
    expect(
      profitSummaryOf({
        quotes: [quote('accepted', [line(1, 4000)]), changeOrder('accepted', [line(2, -4000, { changes: 1 })])],
        expenses: [expense(1000, 'materials', { covers: 1 })],
      }),
    ).toMatchObject({ costOfWork: '1000.00', expenses: '0.00' });
  });
});

describe('lines that are covered', () => {
  const spent = (...receipts: number[]) => receipts.map((each) => expense(each, 'materials', { covers: 1 }));
  const costOf = (done: boolean, ...receipts: number[]) =>
    profitSummaryOf({ quotes: [quote('accepted', [line(1, 4000, { done })])], expenses: spent(...receipts) })
      .costOfWork;

  it('cost the larger of plan and receipts while work goes on', () => {
    expect([costOf(false, 1000), costOf(false, 4000), costOf(false, 2500, 2500)]).toEqual([
      '4000.00',
      '4000.00',
      '5000.00',
    ]);
  });

  it('cost exactly the receipts once done, and the plan again when that is taken back', () => {
    expect([costOf(true, 1000), costOf(true, 4500), costOf(false, 1000)]).toEqual(['1000.00', '4500.00', '4000.00']);
  });

  it('cost nothing once it is said that nothing was spent on them; a receipt says more', () => {
    const marked = quote('accepted', [{ ...line(1, 4000), done: 'spent_nothing' }]);
    expect(profitSummaryOf({ quotes: [marked] }).costOfWork).toBe('0.00');
    expect(profitSummaryOf({ quotes: [marked], expenses: spent(10) }).costOfWork).toBe('10.00');
  });

  it('cost their plan while nothing covers them, done or not', () => {
    expect([costOf(true), costOf(false)]).toEqual(['4000.00', '4000.00']);
  });

  it('may be covered through the change order that changes them', () => {
    const jobLedger = job({
      quotes: [quote('accepted', [line(1, 4000)]), changeOrder('accepted', [line(2, 500, { changes: 1 })])],
      expenses: [
        expense(3000, 'materials', { covers: 1, ref: 'E-1' }),
        expense(2000, 'materials', { covers: 2, ref: 'E-2' }),
      ],
    });
    const { profitSummary, costOfWork } = computeProfit(jobLedger);
    expect(figures(profitSummary)).toMatchObject({ costOfWork: '5000.00', expenses: '0.00' });
    expect(costOfWork).toEqual([
      { ref: 'Q-1/1', description: 'line 1', known: 'spent', by: ['E-1', 'E-2'], amount: 500_000 },
    ]);
  });

  it('follow a chain of changes to the line where it began', () => {
    const jobLedger = job({
      quotes: [
        quote('accepted', [line(1, 4000)]),
        changeOrder('accepted', [line(2, 500, { changes: 1 })]),
        changeOrder('accepted', [line(3, -1500, { changes: 2 })]),
      ],
    });
    expect(computeProfit(jobLedger).costOfWork).toEqual([
      { ref: 'Q-1/1', description: 'line 1', known: 'planned', by: [], amount: 300_000 },
    ]);
  });

  it('stand alone where the line they change does not count', () => {
    expect(
      profitSummaryOf({
        quotes: [
          quote('declined', [line(1, 4000)]),
          quote('accepted', [line(3, 100)]),
          changeOrder('accepted', [line(2, 500, { changes: 1 })]),
        ],
      }).costOfWork,
    ).toBe('600.00');
  });

  it('end in figures even where changes run in a circle', () => {
    const circle = [line(1, 100, { changes: 2 }), line(2, 200, { changes: 1 })];
    expect(
      profitSummaryOf({ quotes: [quote('accepted', circle)], expenses: [expense(50, 'materials', { covers: 1 })] }),
    ).toMatchObject({ costOfWork: '300.00', expenses: '0.00' });
  });

  it('count a receipt once where two open revisions hold the same line', () => {
    const revisions = {
      quotes: [quote('declined', [line(1, 4000)]), quote('draft', [line(1, 4000)]), quote('sent', [line(1, 3500)])],
      expenses: [expense(9000, 'materials', { covers: 1 })],
    };
    expect(profitSummaryOf(revisions)).toMatchObject({ costOfWork: '9000.00', expenses: '0.00' });
    expect(codes(revisions)).toEqual(['several_open_quotes', 'over_plan']);
  });

  it('a line without a known cost costs nothing until something is spent on it', () => {
    expect(profitSummaryOf({ quotes: [quote('accepted', [line(1, null)])] }).costOfWork).toBe('0.00');
    expect(
      profitSummaryOf({
        quotes: [quote('accepted', [line(1, null)])],
        expenses: [expense(80, 'materials', { covers: 1 })],
      }),
    ).toMatchObject({ costOfWork: '80.00', expenses: '0.00' });
  });
});

describe('where the cost of work comes from', () => {
  it('nothing is planned without quotes', () => {
    expect(basis({ expenses: [expense(10)] })).toBe('none');
    expect(basis({ quotes: [quote('declined', [line(1, 10)]), quote('superseded', [line(2, 10)])] })).toBe('none');
  });

  it('open quotes count until an original is accepted', () => {
    const draft = quote('draft', [line(1, 100)]);
    expect(basis({ quotes: [draft] })).toBe('open');
    expect(profitSummaryOf({ quotes: [draft] }).costOfWork).toBe('100.00');
    const both = { quotes: [draft, quote('accepted', [line(2, 70)])] };
    expect(basis(both)).toBe('accepted');
    expect(profitSummaryOf(both).costOfWork).toBe('70.00');
  });

  it('change orders, open or accepted, count along while no original is accepted', () => {
    const quotes = [
      quote('sent', [line(1, 100)]),
      changeOrder('accepted', [line(2, 20)]),
      changeOrder('draft', [line(3, 3)]),
      changeOrder('declined', [line(4, 5000)]),
    ];
    expect(basis({ quotes })).toBe('open');
    expect(profitSummaryOf({ quotes }).costOfWork).toBe('123.00');
  });

  it('an open change order waits once the original is accepted', () => {
    const quotes = [quote('accepted', [line(1, 100)]), changeOrder('sent', [line(2, 20)])];
    expect(basis({ quotes })).toBe('accepted');
    expect(profitSummaryOf({ quotes }).costOfWork).toBe('100.00');
  });

  it('two accepted quotes add up', () => {
    const quotes = [quote('accepted', [line(1, 100)]), quote('accepted', [line(2, 50)])];
    expect(profitSummaryOf({ quotes }).costOfWork).toBe('150.00');
    expect(codes({ quotes })).toEqual([]);
  });

  it('a cancelled job costs what was spent, whether its quote was accepted or still open', () => {
    for (const status of ['accepted', 'sent'] as const) {
      const cancelled = {
        status: 'cancelled' as const,
        quotes: [quote(status, [line(1, 4000), line(2, 800)])],
        expenses: [expense(1000, 'materials', { covers: 1 }), expense(30, 'permit')],
      };
      expect(basis(cancelled)).toBe('spent');
      expect(profitSummaryOf(cancelled)).toMatchObject({ costOfWork: '1000.00', expenses: '30.00' });
    }
    expect(basis({ status: 'cancelled' })).toBe('none');
  });

  it('is mixed over jobs that differ, and jobs without quotes do not count for that', () => {
    const of = (jobLedger: Parameters<typeof job>[0]) => computeProfit(job(jobLedger)).profitSummary;
    const accepted = of({ quotes: [quote('accepted', [line(1, 10)])] });
    const open = of({ quotes: [quote('draft', [line(1, 10)])] });
    const none = of({});
    expect(totalProfitSummary([accepted, open]).costBasis).toBe('mixed');
    expect(totalProfitSummary([accepted, none, accepted]).costBasis).toBe('accepted');
    expect(totalProfitSummary([none]).costBasis).toBe('none');
    expect(totalProfitSummary([]).costBasis).toBe('none');
  });
});

describe('warnings', () => {
  it('several open quotes are named', () => {
    const [warning, ...others] = computeProfit(
      job({
        quotes: [
          quote('draft', [line(1, 10)], { ref: 'Q-7' }),
          quote('sent', [line(2, 10)], { ref: 'Q-9' }),
          quote('declined', [line(3, 10)], { ref: 'Q-8' }),
          changeOrder('draft', [line(4, 10)]),
        ],
      }),
    ).profitSummary.warnings;
    expect(others).toEqual([]);
    expect(warning).toMatchObject({ code: 'several_open_quotes', refs: ['Q-7', 'Q-9'] });
  });

  it('one open original, or any beside an accepted one, is no cause for a warning', () => {
    expect(codes({ quotes: [quote('draft', [line(1, 10)]), changeOrder('draft', [line(2, 10)])] })).toEqual([]);
    expect(
      codes({
        quotes: [quote('accepted', [line(1, 10)]), quote('draft', [line(2, 10)]), quote('draft', [line(3, 10)])],
      }),
    ).toEqual([]);
  });

  it('a possible double count names the lines and the expenses', () => {
    const [warning] = computeProfit(
      job({
        quotes: [
          quote('accepted', [
            line(1, 4000),
            line(2, 900, { category: 'labor' }),
            line(3, 50, { category: 'equipment' }),
          ]),
        ],
        expenses: [
          expense(4200, 'materials', { ref: 'E-4', description: 'Shingles' }),
          expense(100, 'permit', { ref: 'E-5' }),
          expense(800, 'labor', { ref: 'E-6' }),
        ],
      }),
    ).profitSummary.warnings;
    expect(warning).toEqual({
      code: 'possible_double_count',
      refs: ['Q-1/1', 'Q-1/2', 'E-4', 'E-6'],
      expenses: {
        few: [
          { ref: 'E-4', description: 'Shingles' },
          { ref: 'E-6', description: 'labor' },
        ],
        count: 2,
      },
      lines: {
        few: [
          { ref: 'Q-1/1', description: 'line 1' },
          { ref: 'Q-1/2', description: 'line 2' },
        ],
        count: 2,
      },
    });
  });

  const double = (planned: ReturnType<typeof line>, spent: ReturnType<typeof expense>[]) =>
    codes({ quotes: [quote('accepted', [planned])], expenses: spent }).filter((code) => code !== 'over_plan');

  it('a line without a category may hide any expense', () => {
    const every: Category[] = ['materials', 'labor', 'subcontractor', 'permit', 'equipment', 'other'];
    for (const category of every) {
      expect(double(line(1, 10, { category: null }), [expense(10, category)])).toEqual(['possible_double_count']);
    }
  });

  it('none where the line is covered, done, free, negative or of another category', () => {
    expect(double(line(1, 10), [expense(4, 'materials', { covers: 1 }), expense(9, 'materials')])).toEqual([]);
    expect(double(line(1, 10, { done: true }), [expense(9, 'materials')])).toEqual([]);
    expect(double(line(1, 0), [expense(9, 'materials')])).toEqual([]);
    expect(double(line(1, -10), [expense(9, 'materials')])).toEqual([]);
    expect(double(line(1, 10), [expense(9, 'permit')])).toEqual([]);
    expect(double(line(1, 10), [])).toEqual([]);
  });

  it('a subcontractor may bill for the labor that was planned, and the other way round', () => {
    const labor = line(1, 10, { category: 'labor' });
    expect(double(labor, [expense(9, 'subcontractor')])).toEqual(['possible_double_count']);
    const sub = line(1, 10, { category: 'subcontractor' });
    expect(double(sub, [expense(9, 'labor')])).toEqual(['possible_double_count']);
    expect(double(sub, [expense(9, 'materials')])).toEqual([]);
  });

  it('none where nobody said what the line costs, which is said instead', () => {
    expect(double(line(1, null), [expense(9, 'materials')])).toEqual(['unknown_cost']);
  });

  it('none where a change took the line out', () => {
    expect(
      codes({
        quotes: [quote('accepted', [line(1, 10)]), changeOrder('accepted', [line(2, -10, { changes: 1 })])],
        expenses: [expense(9, 'materials')],
      }),
    ).toEqual([]);
  });

  it('none on a cancelled job, whose plans do not happen', () => {
    expect(
      codes({
        status: 'cancelled',
        quotes: [quote('draft', [line(1, 10)]), quote('draft', [line(2, 10)])],
        expenses: [expense(9, 'materials')],
      }),
    ).toEqual([]);
  });

  it('a hundred of them stay readable in words, and all are listed by number', () => {
    const many = Array.from({ length: 100 }, (_, index) => expense(1, 'materials', { ref: `E-${index + 1}` }));
    const [warning] = computeProfit(job({ quotes: [quote('accepted', [line(1, 10)])], expenses: many })).profitSummary
      .warnings;
    expect(warning?.refs).toHaveLength(101);
    expect(warning).toMatchObject({ expenses: { count: 100 }, lines: { count: 1 } });
    expect(JSON.stringify(warning).length).toBeLessThan(1500);
  });
});

describe('what is billed', () => {
  it('drafts stand apart and a void counts nothing', () => {
    const { profitSummary, billed, notBilledYet } = computeProfit(
      job({
        invoices: [
          invoice(100, { ref: 'INV-1' }),
          invoice(40, { status: 'draft', ref: 'DRAFT-2', tax: 4 }),
          invoice(7000, { status: 'void', ref: 'INV-3', tax: 700 }),
        ],
      }),
    );
    expect([shown(profitSummary.billed), shown(profitSummary.notBilledYet), shown(profitSummary.taxBilled)]).toEqual([
      '100.00',
      '40.00',
      '0.00',
    ]);
    expect(billed).toEqual([{ ref: 'INV-1', what: says('profit.of-invoice', { is: 'invoice' }), amount: 10_000 }]);
    expect(notBilledYet).toEqual([
      { ref: 'DRAFT-2', what: says('profit.of-invoice', { is: 'draft invoice' }), amount: 4000 },
    ]);
  });

  it('not billed, part billed, billed', () => {
    const billing = (jobLedger: Parameters<typeof job>[0]) => computeProfit(job(jobLedger)).profitSummary.billing;
    const contract = [quote('accepted', [], { subtotal: 10_000 }), changeOrder('accepted', [], -1500)];
    expect(billing({ quotes: contract })).toBe('not_billed');
    expect(billing({ quotes: contract, invoices: [invoice(100), invoice(-100)] })).toBe('not_billed');
    expect(billing({ quotes: contract, invoices: [invoice(-100)] })).toBe('not_billed');
    expect(billing({ quotes: contract, invoices: [invoice(5000, { status: 'draft' })] })).toBe('not_billed');
    expect(billing({ quotes: contract, invoices: [invoice('8499.99')] })).toBe('part_billed');
    expect(billing({ quotes: contract, invoices: [invoice('8499.99')], status: 'open' })).toBe('part_billed');
    expect(billing({ quotes: contract, invoices: [invoice(8500)] })).toBe('billed');
    expect(billing({ quotes: contract, invoices: [invoice(2550)], status: 'completed' })).toBe('part_billed');
    expect(billing({ quotes: contract, invoices: [invoice(1)], status: 'cancelled' })).toBe('billed');
    const sent = [quote('sent', [], { subtotal: 10_000 })];
    expect(billing({ quotes: sent, invoices: [invoice(1)] })).toBe('part_billed');
    expect(billing({ quotes: sent, invoices: [invoice(10_000)] })).toBe('billed');
    expect(billing({ invoices: [invoice(1)] })).toBe('billed');
  });

  it('goes by what is left of each contract, and not by what is to be credited on another', () => {
    const of = (worth: number, billed: number, writtenOff = 0): BilledContract => ({
      ...{ contractId: worth, worth: price(usd(worth)), writtenOff: price(usd(writtenOff)) },
      bills: [{ day: calendarDate('2026-03-01'), amount: price(usd(billed)) }],
    });
    const billing = (contracts: readonly BilledContract[], some: Parameters<typeof job>[0] = {}) =>
      computeProfit(job({ quotes: [quote('accepted', [])], invoices: [invoice(500)], contracts, ...some }))
        .profitSummary.billing;
    expect(billing([of(1000, 1500), of(600, 100)])).toBe('part_billed');
    expect(billing([of(1000, 1500)])).toBe('billed');
    expect(billing([of(1000, 600, 400)], { billingDoneOn: calendarDate('2026-04-01') })).toBe('billed');
    expect(billing([of(1200, 600, 400)], { billingDoneOn: calendarDate('2026-04-01') })).toBe('part_billed');
    const nothing = { invoices: [] };
    expect(billing([of(1000, 0)], nothing)).toBe('not_billed');
    expect(billing([of(1000, 0, 1000)], { ...nothing, billingDoneOn: calendarDate('2026-04-01') })).toBe('billed');
    // What was added since then is left in full.
    expect(billing([of(1200, 0, 1000)], { ...nothing, billingDoneOn: calendarDate('2026-04-01') })).toBe('not_billed');
    expect(billing([of(0, 0)], nothing)).toBe('billed');
    expect(billing([of(0, 0)], { ...nothing, status: 'cancelled' })).toBe('not_billed');
    expect(billing([], nothing)).toBe('not_billed');
  });
});

test('the business made what its jobs did and what was billed outside of them, less overhead', () => {
  const jobs = { billed: total<'price'>(10_000n), costOfWork: total<'cost'>(6000n), expenses: total<'cost'>(500n) };
  expect(businessProfit(jobs, { outside: total<'price'>(700n), overhead: total<'cost'>(1200n) })).toBe(3000n);
});

describe('margin', () => {
  const margin = (billed: number, costOfWork: number) =>
    profitOf({
      billed: price(billed),
      costOfWork: amount<'cost'>(costOfWork),
      expenses: amount<'cost'>(0),
    }).marginTenths;

  it('is rounded half away from zero to a tenth of a percent', () => {
    expect(margin(2000, 2000 - 1)).toBe(1); // 0.05 % → 0.1
    expect(margin(2000, 2000 + 1)).toBe(-1); // −0.05 % → −0.1
    expect(margin(2000, 2000 - 3)).toBe(2); // 0.15 % → 0.2
    expect(margin(10_000, 10_000 - 4)).toBe(0); // 0.04 % → 0
  });

  it('may be far below zero, and is never −0', () => {
    expect(margin(100, 1_000_000)).toBe(-9_999_000);
    expect(margin(10_000, 10_000 + 4)).toBe(0);
    expect(Object.is(margin(10_000, 10_004), -0)).toBe(false);
    expect(Object.is(margin(100, 100), -0)).toBe(false);
  });

  it('is unknown, not 0, where nothing or less than nothing is billed', () => {
    expect(margin(0, 0)).toBeNull();
    expect(margin(0, 500)).toBeNull();
    expect(margin(-100, -500)).toBeNull();
  });

  it('keeps to the tenth where doubles would not: a billion billed', () => {
    expect(margin(1_000_000_000_000, 999_499_999_999)).toBe(1);
    expect(margin(1_000_000_000_000, 999_500_000_001)).toBe(0);
  });

  it('of several jobs is the margin of the sums, not the mean of percentages', () => {
    const small = computeProfit(job({ invoices: [invoice(100)], expenses: [expense(90)] })).profitSummary; // 10 %
    const large = computeProfit(job({ invoices: [invoice(10_000)], expenses: [expense(4000)] })).profitSummary; // 60 %
    expect(totalProfitSummary([small, large]).marginTenths).toBe(595);
  });

  it('no figure of an empty job is −0', () => {
    for (const value of Object.values(computeProfit(job({})).profitSummary)) expect(Object.is(value, -0)).toBe(false);
    const { profitSummary } = computeProfit(
      job({ invoices: [invoice(50), invoice(-50)], quotes: [quote('accepted', [line(1, 0)])] }),
    );
    for (const value of Object.values(profitSummary)) expect(Object.is(value, -0)).toBe(false);
  });
});

describe('an explanation', () => {
  it('lists what each line costs and why', () => {
    const { costOfWork, expenses } = computeProfit(
      job({
        quotes: [
          quote('accepted', [line(1, 100), line(2, 100, { done: true }), line(3, 100), line(4, 0), line(5, 100)]),
        ],
        expenses: [
          expense(60, 'materials', { covers: 2, ref: 'E-2' }),
          expense(60, 'materials', { covers: 3, ref: 'E-3' }),
          expense(160, 'materials', { covers: 5, ref: 'E-5' }),
          expense(9, 'permit', { ref: 'E-9', description: 'City permit' }),
        ],
      }),
    );
    expect(
      costOfWork.map(({ ref, known, by, amount: cents }) => `${ref} ${known} ${by.join(' ')} ${shown(cents)}`),
    ).toEqual(['Q-1/1 planned  100.00', 'Q-1/2 spent E-2 60.00', 'Q-1/3 planned E-3 100.00', 'Q-1/5 spent E-5 160.00']);
    expect(expenses).toEqual([
      { ref: 'E-9', what: says('profit.of-expense', { description: 'City permit', category: 'permit' }), amount: 900 },
    ]);
  });
});
