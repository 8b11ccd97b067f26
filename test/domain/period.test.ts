// Cost of work follows billing: what a job made on which day, and what has no day yet.
import { describe, expect, it } from 'vitest';
import { cost, type CostLine, type JobExpense } from '../../src/domain/cost.ts';
import { price } from '../../src/domain/money.ts';
import { datedRecords, daySums, isWithin, joinRecords, type DatedFacts } from '../../src/domain/period.ts';
import { reckon } from '../../src/domain/profit.ts';
import { expense, invoice, job, line, quote, shown, usd } from './records.ts';

type Dated = Partial<DatedFacts>;

const on = (issuedOn: string, amount: number, ref: string) => ({ ...invoice(amount, { ref }), issuedOn });
const spent = (spentOn: string, some: JobExpense) => ({ ...some, spentOn });
const SHINGLES: CostLine = line(1, 280, { quantity: 24 });

function byDay({ invoices = [], expenses = [], ...facts }: Dated): string[] {
  const whole = { ...job(facts), invoices, expenses };
  return daySums(datedRecords(whole, reckon(whole))).map(
    ({ day, category, billed, costOfWork, expenses: paid }) =>
      `${day ?? 'no day'} ${category ?? 'billed'} ${[billed, costOfWork, paid].map((each) => shown(each)).join(' ')}`,
  );
}

describe('cost of work by day', () => {
  const accepted = [quote('accepted', [SHINGLES], { subtotal: 10_800 })];

  it('6,720 cost, 3,240 of 10,800 billed: 2,016.00 in the period, 4,704.00 apart', () => {
    expect(byDay({ quotes: accepted, invoices: [on('2026-03-04', 3240, 'INV-1001')] })).toEqual([
      'no day materials 0.00 4704.00 0.00',
      '2026-03-04 billed 3240.00 0.00 0.00',
      '2026-03-04 materials 0.00 2016.00 0.00',
    ]);
  });

  it('the rest comes with the rest of the bill, and what is billed beyond carries no more cost', () => {
    const invoices = [
      on('2026-05-01', 1000, 'INV-1003'),
      on('2026-04-01', 7560, 'INV-1002'),
      on('2026-03-04', 3240, 'INV-1001'),
    ];
    expect(byDay({ quotes: accepted, invoices })).toEqual([
      '2026-03-04 billed 3240.00 0.00 0.00',
      '2026-03-04 materials 0.00 2016.00 0.00',
      '2026-04-01 billed 7560.00 0.00 0.00',
      '2026-04-01 materials 0.00 4704.00 0.00',
      '2026-05-01 billed 1000.00 0.00 0.00',
    ]);
  });

  it('a credit takes cost back to what is not billed', () => {
    const invoices = [on('2026-03-04', 10_800, 'INV-1001'), on('2026-04-01', -2700, 'INV-1002')];
    expect(byDay({ quotes: accepted, invoices })).toEqual([
      'no day materials 0.00 1680.00 0.00',
      '2026-03-04 billed 10800.00 0.00 0.00',
      '2026-03-04 materials 0.00 6720.00 0.00',
      '2026-04-01 billed -2700.00 0.00 0.00',
      '2026-04-01 materials 0.00 -1680.00 0.00',
    ]);
  });

  it('without an accepted quote all of it goes with the first invoice', () => {
    const quotes = [quote('sent', [SHINGLES], { subtotal: 10_800 })];
    const invoices = [on('2026-03-04', 100, 'INV-1001'), on('2026-04-01', 900, 'INV-1002')];
    expect(byDay({ quotes, invoices })).toEqual([
      '2026-03-04 billed 100.00 0.00 0.00',
      '2026-03-04 materials 0.00 6720.00 0.00',
      '2026-04-01 billed 900.00 0.00 0.00',
    ]);
  });

  it('without an invoice all of it has no day, and expenses are on the day they were spent', () => {
    const expenses = [spent('2026-02-28', expense(612.4, 'permit'))];
    expect(byDay({ quotes: accepted, expenses })).toEqual([
      'no day materials 0.00 6720.00 0.00',
      '2026-02-28 permit 0.00 0.00 612.40',
    ]);
  });

  it('drafts and voids carry nothing', () => {
    const invoices = [
      { ...invoice(500, { status: 'draft', ref: 'DRAFT-1' }), issuedOn: null },
      { ...invoice(700, { status: 'void', ref: 'INV-1001' }), issuedOn: '2026-03-04' },
    ];
    expect(byDay({ quotes: accepted, invoices })).toEqual(['no day materials 0.00 6720.00 0.00']);
  });

  it('a covering expense is of its own kind, the plan beyond it of its line’s', () => {
    const quotes = [quote('accepted', [line(1, 4000), line(2, 500, { category: null })], { subtotal: 9000 })];
    const expenses = [spent('2026-01-05', expense(1000, 'subcontractor', { covers: 1 }))];
    expect(byDay({ quotes, expenses, invoices: [on('2026-03-04', 9000, 'INV-1001')] })).toEqual([
      '2026-03-04 billed 9000.00 0.00 0.00',
      '2026-03-04 materials 0.00 3000.00 0.00',
      '2026-03-04 subcontractor 0.00 1000.00 0.00',
      '2026-03-04 uncategorized 0.00 500.00 0.00',
    ]);
  });

  it('three thirds of a cost that does not divide add up, line by line', () => {
    const quotes = [quote('accepted', [line(1, 0.05), line(2, 0.05, { category: 'labor' })], { subtotal: 3 })];
    const days = ['2026-01-01', '2026-02-01', '2026-03-01'];
    const facts = { ...job({ quotes }), invoices: days.map((day, index) => on(day, 1, `INV-${index}`)), expenses: [] };
    const records = datedRecords(facts, reckon(facts));
    const costs = (some: typeof records) => some.map(({ ref, costOfWork }) => [ref, costOfWork]);
    // 10 cents in thirds: 3, 7, 10 to date.
    const totals = days.map((day) =>
      records.filter((record) => record.day === day).reduce((sofar, record) => sofar + record.costOfWork, 0),
    );
    expect(totals).toEqual([3, 4, 3]);
    expect(
      costs(
        joinRecords(records.filter(({ category }) => category !== null)).map((each) => ({
          ...each,
          day: null,
          category: null,
        })),
      ),
    ).toEqual([
      ['Q-1/1', 5],
      ['Q-1/2', 5],
    ]);
  });
});

it('a period has its first and its last day; what has no day is in none', () => {
  const march = { from: '2026-03-01', to: '2026-03-31' };
  expect(['2026-02-28', '2026-03-01', '2026-03-31', '2026-04-01', null].map((day) => isWithin(day, march))).toEqual([
    false,
    true,
    true,
    false,
    false,
  ]);
  expect(isWithin('1999-01-01', { from: null, to: null })).toBe(true);
});

it('amounts stay in their figure', () => {
  const facts = { ...job({}), invoices: [on('2026-03-04', 1, 'INV-1001')], expenses: [] };
  expect(datedRecords(facts, reckon(facts))).toEqual([
    {
      day: '2026-03-04',
      category: null,
      ref: 'INV-1001',
      what: 'invoice',
      billed: price(usd(1)),
      costOfWork: cost(0),
      expenses: cost(0),
    },
  ]);
});
