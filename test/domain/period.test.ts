// Cost of work follows billing: what a job made on which day, and what has no day yet.
import { calendarDate } from '../../src/domain/dates.ts';
import { describe, expect, it } from 'vitest';
import { cost, type CostLine, type JobExpense } from '../../src/domain/cost.ts';
import type { BilledContract } from '../../src/domain/left-to-bill.ts';
import { price } from '../../src/domain/money.ts';
import {
  addUp,
  datedRecords,
  daySums,
  isWithin,
  joinRecords,
  lastDayOf,
  monthsThrough,
  type DatedJobLedger,
  type Sums,
} from '../../src/domain/period.ts';
import { computeProfit } from '../../src/domain/profit.ts';
import { expense, invoice, job, line, quote, shown, usd } from './records.ts';
import { says } from '../../src/domain/message.ts';

type Dated = Partial<DatedJobLedger>;

const on = (issuedOn: string, amount: number, ref: string) => ({
  ...invoice(amount, { ref }),
  isCredit: amount < 0,
  issuedOn: calendarDate(issuedOn),
});
const spent = (spentOn: string, some: JobExpense) => ({ ...some, spentOn: calendarDate(spentOn) });
const SHINGLES: CostLine = line(1, 280, { quantity: 24 });

/** A contract of this much, and what was billed of it on which day. */
const contract = (worth: number, bills: readonly (readonly [string, number])[], writtenOff = 0): BilledContract => ({
  contractId: 1,
  worth: price(usd(worth)),
  writtenOff: price(usd(writtenOff)),
  bills: bills.map(([day, amount]) => ({ day: calendarDate(day), amount: price(usd(amount)) })),
});

const jobLedger = ({ invoices = [], expenses = [], ...some }: Dated): DatedJobLedger => ({
  ...job({ contracts: [], ...some }),
  endedOn: some.endedOn ?? null,
  closed: some.closed ?? { ref: 'J-1', through: null, days: [] },
  invoices,
  expenses,
});

const recordsOf = (some: Dated) => datedRecords(jobLedger(some), computeProfit(jobLedger(some)));
const inWords = ({ billed, costOfWork, expenses }: Sums) =>
  [billed, costOfWork, expenses].map((each) => shown<string>(each)).join(' ');

/** Billed, cost of work and expenses of each day, and what stands apart. */
function byDay(some: Dated): string[] {
  const records = recordsOf(some);
  const apart = addUp(records.filter(({ day }) => day === null));
  return [
    ...daySums(records).map(({ day, ...sums }) => `${day} ${inWords(sums)}`),
    ...(apart.costOfWork === 0 && apart.expenses === 0 ? [] : [`apart ${inWords(apart)}`]),
  ];
}

describe('under a contract', () => {
  const accepted = [quote('accepted', [SHINGLES], { subtotal: 10_800 })];
  const work = (cost: number) => [quote('accepted', [line(1, cost)], { subtotal: 10_000 })];

  it('6,720 cost, 3,240 of 10,800 billed: 2,016.00 in the period, 4,704.00 apart', () => {
    const contracts = [contract(10_800, [['2026-03-04', 3240]])];
    expect(byDay({ quotes: accepted, contracts, invoices: [on('2026-03-04', 3240, 'INV-1001')] })).toEqual([
      '2026-03-04 3240.00 2016.00 0.00',
      'apart 0.00 4704.00 0.00',
    ]);
  });

  it('the rest comes with the rest of the bill, and what is billed beyond carries no more cost', () => {
    const invoices = [
      on('2026-05-01', 1000, 'INV-1003'),
      on('2026-04-01', 7560, 'INV-1002'),
      on('2026-03-04', 3240, 'INV-1001'),
    ];
    const contracts = [
      contract(10_800, [
        ['2026-03-04', 3240],
        ['2026-04-01', 7560],
      ]),
    ];
    expect(byDay({ quotes: accepted, contracts, invoices })).toEqual([
      '2026-03-04 3240.00 2016.00 0.00',
      '2026-04-01 7560.00 4704.00 0.00',
      '2026-05-01 1000.00 0.00 0.00',
    ]);
  });

  it('contract 1,000 cost 600 billed in full, 250 credited as a price reduction: all of the cost stays, 150.00', () => {
    const bills = [
      ['2026-03-04', 1000],
      ['2026-04-01', -250],
    ] as const;
    const quotes = [quote('accepted', [line(1, 600)], { subtotal: 1000 })];
    const invoices = bills.map(([day, amount], index) => on(day, amount, `INV-${index}`));
    expect(byDay({ quotes, invoices, contracts: [contract(750, bills)] })).toEqual([
      '2026-03-04 1000.00 600.00 0.00',
      '2026-04-01 -250.00 0.00 0.00',
    ]);
    // What is credited to be billed again takes its cost along, and waits for that bill.
    expect(byDay({ quotes, invoices, contracts: [contract(1000, bills)] })).toEqual([
      '2026-03-04 1000.00 600.00 0.00',
      '2026-04-01 -250.00 -150.00 0.00',
      'apart 0.00 150.00 0.00',
    ]);
  });

  it('8,000 of 10,000 billed with cost 6,000, billingDone: profit 2,000.00', () => {
    const invoices = [on('2026-03-04', 8000, 'INV-1001')];
    const contracts = [contract(10_000, [['2026-03-04', 8000]], 2000)];
    expect(byDay({ quotes: work(6000), invoices, contracts, billingDoneOn: calendarDate('2026-04-30') })).toEqual([
      '2026-03-04 8000.00 4800.00 0.00',
      '2026-04-30 0.00 1200.00 0.00',
    ]);
  });

  it('a later addition is left to bill in full, and billingDone decides nothing while it is', () => {
    const invoices = [on('2026-03-04', 8000, 'INV-1001')];
    const contracts = [contract(11_000, [['2026-03-04', 8000]], 2000)];
    expect(byDay({ quotes: work(6000), invoices, contracts, billingDoneOn: calendarDate('2026-04-30') })).toEqual([
      '2026-03-04 8000.00 4363.64 0.00',
      'apart 0.00 1636.36 0.00',
    ]);
  });

  it('cancelled, deposit 3,000 kept, 2,000 spent: profit 1,000.00', () => {
    const some = {
      quotes: work(6000),
      invoices: [on('2026-03-04', 3000, 'INV-1001')],
      contracts: [contract(10_000, [['2026-03-04', 3000]])],
      expenses: [spent('2026-02-20', expense(2000, 'materials', { covers: 1 }))],
    };
    expect(byDay({ ...some, status: 'cancelled', endedOn: calendarDate('2026-04-01') })).toEqual([
      '2026-03-04 3000.00 600.00 0.00',
      '2026-04-01 0.00 1400.00 0.00',
    ]);
    // Where nobody knows when, the last day with money on it is as good as any.
    expect(byDay({ ...some, status: 'cancelled' })).toEqual(['2026-03-04 3000.00 2000.00 0.00']);
  });

  it('cost 6,000, deposit 3,000 of 10,000 in November, completed in December, 7,000 in January: 1,200.00, 0.00, 2,800.00', () => {
    const bills = [
      ['2026-11-20', 3000],
      ['2027-01-15', 7000],
    ] as const;
    const some: Dated = {
      quotes: work(6000),
      status: 'completed',
      endedOn: calendarDate('2026-12-10'),
      contracts: [contract(10_000, bills)],
    };
    const invoices = bills.map(([day, amount], index) => on(day, amount, `INV-${index}`));
    expect(byDay({ ...some, invoices })).toEqual([
      '2026-11-20 3000.00 1800.00 0.00',
      '2027-01-15 7000.00 4200.00 0.00',
    ]);
    const [november] = bills;
    expect(byDay({ ...some, contracts: [contract(10_000, [november])], invoices: invoices.slice(0, 1) })).toEqual([
      '2026-11-20 3000.00 1800.00 0.00',
      'apart 0.00 4200.00 0.00',
    ]);
  });

  it('contract 10,000 with 9,500 billed and 500 of extra work, cost 6,000: 5,714.29 in the period', () => {
    const invoices = [on('2026-03-04', 9500, 'INV-1001'), on('2026-03-09', 500, 'INV-1002')];
    const records = byDay({ quotes: work(6000), invoices, contracts: [contract(10_000, [['2026-03-04', 9500]])] });
    expect(records).toEqual([
      '2026-03-04 9500.00 5700.00 0.00',
      '2026-03-09 500.00 14.29 0.00',
      'apart 0.00 285.71 0.00',
    ]);
  });

  it('an expense waits for the next invoice, and once all is billed it is dated by itself', () => {
    const bills = [
      ['2026-03-04', 5000],
      ['2026-04-04', 5000],
    ] as const;
    const invoices = bills.map(([day, amount], index) => on(day, amount, `INV-${index}`));
    const expenses = [
      spent('2026-03-20', expense(100, 'permit')),
      spent('2026-05-05', expense(50, 'permit')),
      spent('2026-05-06', expense(7000, 'materials', { covers: 1 })),
    ];
    expect(byDay({ quotes: work(6000), invoices, expenses, contracts: [contract(10_000, bills)] })).toEqual([
      '2026-03-04 5000.00 3000.00 0.00',
      '2026-04-04 5000.00 3000.00 100.00',
      '2026-05-05 0.00 0.00 50.00',
      '2026-05-06 0.00 1000.00 0.00',
    ]);
  });

  it('without an invoice all of it stands apart', () => {
    const expenses = [spent('2026-02-28', expense(612.4, 'permit'))];
    expect(byDay({ quotes: accepted, expenses, contracts: [contract(10_800, [])] })).toEqual([
      'apart 0.00 6720.00 612.40',
    ]);
  });

  it('drafts and voids carry nothing', () => {
    const invoices = [
      { ...invoice(500, { status: 'draft', ref: 'DRAFT-1' }), issuedOn: null },
      { ...invoice(700, { status: 'void', ref: 'INV-1001' }), issuedOn: calendarDate('2026-03-04') },
    ];
    expect(byDay({ quotes: accepted, invoices, contracts: [contract(10_800, [])] })).toEqual([
      'apart 0.00 6720.00 0.00',
    ]);
  });

  it('three thirds of a cost that does not divide add up, line by line', () => {
    const quotes = [quote('accepted', [line(1, 0.05), line(2, 0.05, { category: 'labor' })], { subtotal: 3 })];
    const days = ['2026-01-01', '2026-02-01', '2026-03-01'];
    const contracts = [
      contract(
        3,
        days.map((day) => [day, 1] as const),
      ),
    ];
    const records = recordsOf({ quotes, contracts, invoices: days.map((day, index) => on(day, 1, `INV-${index}`)) });
    // 10 cents in thirds: 3, 7, 10 to date.
    const totals = days.map((day) =>
      records.filter((record) => record.day === day).reduce((sofar, record) => sofar + record.costOfWork, 0),
    );
    expect(totals).toEqual([3, 4, 3]);
    expect(
      joinRecords(records.filter(({ billed }) => billed === 0)).map(({ ref, costOfWork }) => [ref, costOfWork]),
    ).toEqual([
      ['Q-1/1', 5],
      ['Q-1/2', 5],
    ]);
  });
});

describe('the last day of a job', () => {
  const last = (some: Dated) => lastDayOf(jobLedger(some));
  const dated = {
    invoices: [
      on('2026-02-20', 100, 'INV-1'),
      { ...on('2026-04-01', 5, 'DRAFT-1'), status: 'draft' as const, issuedOn: null },
    ],
    expenses: [spent('2026-03-01', expense(5))],
  };

  it('is that of completion, else the last with a bill or money spent', () => {
    expect(last(dated)).toBe('2026-03-01');
    expect(last({ ...dated, status: 'completed', endedOn: calendarDate('2026-01-15') })).toBe('2026-01-15');
    expect(last({ ...dated, status: 'completed' })).toBe('2026-03-01');
    expect(last({ ...dated, expenses: [] })).toBe('2026-02-20');
    expect(last({})).toBe(null);
  });
});

describe('without an accepted quote', () => {
  const quotes = [quote('sent', [SHINGLES], { subtotal: 10_800 })];
  const invoices = [on('2026-03-04', 100, 'INV-1001'), on('2026-04-01', 900, 'INV-1002')];
  const expenses = [
    spent('2026-03-01', expense(40)),
    spent('2026-03-20', expense(30)),
    spent('2026-05-01', expense(20)),
  ];

  it('what was spent up to an invoice’s day goes with it, what follows waits for the next', () => {
    expect(byDay({ invoices, expenses })).toEqual([
      '2026-03-04 100.00 0.00 40.00',
      '2026-04-01 900.00 0.00 30.00',
      'apart 0.00 0.00 20.00',
    ]);
  });

  it('what is only planned waits for completion, from which day on expenses are dated by themselves', () => {
    expect(byDay({ quotes, invoices })).toEqual([
      '2026-03-04 100.00 0.00 0.00',
      '2026-04-01 900.00 0.00 0.00',
      'apart 0.00 6720.00 0.00',
    ]);
    expect(byDay({ quotes, invoices, expenses, status: 'completed', endedOn: calendarDate('2026-04-10') })).toEqual([
      '2026-03-04 100.00 0.00 40.00',
      '2026-04-01 900.00 0.00 30.00',
      '2026-04-10 0.00 6720.00 0.00',
      '2026-05-01 0.00 0.00 20.00',
    ]);
  });

  it('a credit dates nothing, and billingDone dates all', () => {
    const credited = [...invoices.slice(0, 1), on('2026-03-25', -100, 'INV-1002')];
    expect(byDay({ invoices: credited, expenses })).toEqual([
      '2026-03-04 100.00 0.00 40.00',
      '2026-03-25 -100.00 0.00 0.00',
      'apart 0.00 0.00 50.00',
    ]);
    expect(byDay({ invoices: credited, expenses, billingDoneOn: calendarDate('2026-04-30') }).slice(2)).toEqual([
      '2026-04-30 0.00 0.00 30.00',
      '2026-05-01 0.00 0.00 20.00',
    ]);
  });
});

it('a period has its first and its last day; what has no day is in none', () => {
  const march = { from: calendarDate('2026-03-01'), to: calendarDate('2026-03-31') };
  expect(
    ['2026-02-28', '2026-03-01', '2026-03-31', '2026-04-01', null].map((day) =>
      isWithin(day === null ? null : calendarDate(day), march),
    ),
  ).toEqual([false, true, true, false, false]);
  expect(isWithin(calendarDate('1999-01-01'), { from: null, to: null })).toBe(true);
});

it('amounts stay in their figure', () => {
  expect(recordsOf({ invoices: [on('2026-03-04', 1, 'INV-1001')] })).toEqual([
    {
      day: '2026-03-04',
      ref: 'INV-1001',
      what: says('profit.of-invoice', { is: 'invoice' }),
      isFromClosed: false,
      billed: price(usd(1)),
      costOfWork: cost(0),
      expenses: cost(0),
    },
  ]);
});

it('months follow one another over the end of a year', () => {
  expect(monthsThrough('2025-11', '2026-02')).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
  expect(monthsThrough('2026-02', '2026-01')).toEqual([]);
});
