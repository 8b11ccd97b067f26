import { expect, test } from 'vitest';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { openBook, type Answers, type Ask, type TypedBook } from '../../support/answers.ts';
import { madeOnce } from '../../support/made-once.ts';
import { danaBook, roofBook, roof, SHINGLES } from '../../support/roof.ts';
import { plant } from '../../support/store.ts';
import { expectHelpful, expectPlain } from '../../support/words.ts';

type Report = Answers['profit-report'];
const KEYS = ['job', 'customer', 'month', 'status', 'category', 'assignee'] as const;

const cents = (amount: string | null | undefined) => Math.round(Number(amount ?? 0) * 100);
type Figures = { billed: string | null; costOfWork: string | null; expenses: string | null };
const figures = ({ billed, costOfWork, expenses }: Figures) => [billed, costOfWork, expenses].map(cents);
/** Billed and all that it cost: what stands apart is cost of work and expenses together. */
const money = (some: Figures & { costNotYetBilled?: string | undefined }) => {
  const [billed = 0, costOfWork = 0, expenses = 0] = figures(some);
  return [billed, costOfWork + expenses + cents(some.costNotYetBilled)];
};
const total = (some: readonly number[][]) =>
  some.reduce((sofar, each) => sofar.map((sum, index) => sum + (each[index] ?? 0)), [0, 0]);
const added = (some: readonly number[][]) =>
  some.reduce((sofar, each) => sofar.map((sum, index) => sum + (each[index] ?? 0)), [0, 0, 0]);

const bill = (amount: number) => [{ description: 'Work', quantity: 1, unitPrice: amount }];

/**
 * Two customers and five jobs with all that can happen to a bill: the roof part billed, gutters at a loss with a credit,
 * a shed corrected and its first bill void, a cancelled job, and one not billed.
 */
async function busyBook(ask: Ask): Promise<void> {
  await roof(ask);
  await ask('create-invoice', {
    job: 'J-1',
    fromQuote: { quote: 'Q-1', percent: 30 },
    kind: 'deposit',
    issuedOn: '2026-01-31',
  });
  await ask('update-job', {
    job: 'J-1',
    status: 'in_progress',
    assignees: [
      { name: 'Tom Becker', role: 'lead' },
      { name: 'Luis Ortega', role: 'crew' },
    ],
  });
  await ask('add-job-expense', {
    job: 'J-1',
    description: 'Permit',
    amount: 612.4,
    category: 'permit',
    spentOn: '2026-02-01',
  });
  await ask('add-job-expense', {
    job: 'J-1',
    description: 'Shingles',
    amount: 7000.01,
    category: 'subcontractor',
    spentOn: '2026-02-10',
    coversLine: 'Q-1/1',
  });

  await ask('create-customer', { name: 'Marcus Oyelaran' });
  await ask('create-job', { customer: 'C-2', name: 'Gutters', assignees: [{ name: 'tom becker', role: 'crew' }] });
  await ask('create-invoice', { job: 'J-2', lines: bill(1000), issuedOn: '2026-02-15' });
  await ask('create-invoice', { creditFor: 'INV-1002', amount: 250, issuedOn: '2026-03-01' });
  await ask('add-job-expense', {
    job: 'J-2',
    description: 'Sub',
    amount: 800,
    category: 'subcontractor',
    spentOn: '2026-02-20',
  });

  await ask('create-job', { customer: 'C-2', name: 'Shed' });
  await ask('create-quote', {
    job: 'J-3',
    status: 'accepted',
    lines: [
      { description: 'Frame', quantity: 3, unitPrice: 333.33, unitCost: 111.11, category: 'materials' },
      { description: 'Labor', quantity: 7, unitPrice: 100, unitCost: 33.33 },
    ],
  });
  await ask('create-invoice', { job: 'J-3', fromQuote: { quote: 'Q-2', percent: 33.33 }, issuedOn: '2026-02-28' });
  await ask('update-invoice', { invoice: 'INV-1004', status: 'void', voidReason: 'billed twice' });
  await ask('create-invoice', { job: 'J-3', fromQuote: { quote: 'Q-2', percent: 33.33 }, issuedOn: '2026-02-28' });
  await ask('create-invoice', { job: 'J-3', fromQuote: { quote: 'Q-2', rest: true }, issuedOn: '2026-03-05' });
  await ask('update-invoice', { invoice: 'INV-1005', correct: true, lines: bill(500), issuedOn: '2026-03-09' });
  await ask('update-job', { job: 'J-3', status: 'completed' });

  await ask('create-job', { customer: 'C-1', name: 'Skylight' });
  await ask('create-quote', { job: 'J-4', status: 'accepted', lines: [SHINGLES] });
  await ask('create-invoice', { job: 'J-4', lines: bill(1200), kind: 'deposit', issuedOn: '2025-12-30' });
  await ask('add-job-expense', {
    job: 'J-4',
    description: 'Permit',
    amount: 150,
    category: 'permit',
    spentOn: '2026-01-02',
  });
  await ask('update-job', { job: 'J-4', status: 'cancelled' });

  await ask('create-job', { customer: 'C-2', name: 'Chimney flashing' });
  await ask('create-quote', { job: 'J-5', status: 'accepted', lines: [{ ...SHINGLES, quantity: 2 }] });
  await ask('add-job-expense', {
    job: 'J-5',
    description: 'Ladder',
    amount: 40,
    category: 'equipment',
    spentOn: '2026-03-10',
  });
}

const openBusy = madeOnce(async () => {
  const book = await openBook();
  await busyBook(book.ok);
  return book;
});

async function profitSummaries(book: TypedBook): Promise<ReadonlyMap<string, number[]>> {
  const { jobs } = await book.ok('list-jobs', { limit: 50 });
  return new Map(jobs.map(({ ref, profit }) => [ref, profit === null ? [] : money(profit)]));
}

test('6,720 cost, 3,240 of 10,800 billed: 2,016.00 in the period, 4,704.00 apart', async () => {
  const book = await roofBook();
  await book.ok('create-invoice', { job: 'J-1', fromQuote: { quote: 'Q-1', percent: 30 } });
  const { answer, text } = await book.both('profit-report', { by: 'job', from: '2026-03-01', to: '2026-03-31' });
  expect(answer.rows).toMatchObject([
    {
      key: 'J-1',
      name: 'Roof replacement',
      customer: { ref: 'C-1', name: 'Dana Henderson' },
      billing: 'part_billed',
      billed: '3240.00',
      costOfWork: '2016.00',
      expenses: '0.00',
      profit: '1224.00',
      marginPercent: 37.8,
      costNotYetBilled: '4704.00',
    },
  ]);
  expect(answer.totals).toMatchObject({ jobs: 1, costOfWork: '2016.00', costNotYetBilled: '4704.00' });
  expect(text).toContain(
    'Cost not billed yet, in no figure above: 4704.00 USD, spent or planned on jobs under way, waits for their next bill',
  );
  expectPlain(text);
  const before = await book.ok('profit-report', { by: 'job', to: '2026-02-28' });
  expect(before).toMatchObject({ rows: [], count: 0, totals: { billed: '0.00', costNotYetBilled: '4704.00' } });
  expect(await book.text('profit-report', { by: 'job', to: '2026-02-28' })).toBe(
    'No job made or cost anything up to 2026-02-28.',
  );
});

test('with or without dates the rows and what stands apart are the strips, whatever they are by, and so are the totals', async () => {
  const book = await openBusy();
  const byJob = await profitSummaries(book);
  const whole = total([...byJob.values()]);
  for (const by of KEYS) {
    for (const period of [{}, { from: '2025-12-01' }]) {
      const report = await book.ok('profit-report', { by, ...period });
      expect(money(report.totals), by).toEqual(whole);
      if (by === 'category' || by === 'assignee') continue;
      const apart = by === 'month' ? [[0, cents(report.totals.costNotYetBilled)]] : [];
      expect(total([...report.rows.map(money), ...apart]), by).toEqual(
        // A job of which nothing has a day yet is in no period.
        'from' in period && by !== 'month'
          ? total([...byJob].filter(([ref]) => ref !== 'J-5').map(([, each]) => each))
          : whole,
      );
    }
  }
  const { rows } = await book.ok('profit-report', { by: 'job' });
  expect(new Map(rows.map((row) => [row.key, money(row)]))).toEqual(byJob);
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});

test('any periods that cover all of time, and what is not billed yet, add up to the strips: voids, credits and corrections in them', async () => {
  const book = await openBusy();
  const whole = total([...(await profitSummaries(book)).values()]);
  const periods = [
    { to: '2025-12-31' },
    { from: '2026-01-01', to: '2026-01-31' },
    { from: '2026-02-01', to: '2026-02-14' },
    { from: '2026-02-15', to: '2026-02-28' },
    { from: '2026-03-01' },
  ];
  for (const by of KEYS) {
    const reports: Report[] = [];
    for (const period of periods) reports.push(await book.ok('profit-report', { by, ...period }));
    const apart = [0, cents(reports[0]?.totals.costNotYetBilled)];
    const dated = reports.map(({ totals: { billed, costOfWork, expenses } }) =>
      money({ billed, costOfWork, expenses }),
    );
    expect(total([...dated, apart]), by).toEqual(whole);
    if (by === 'assignee' || by === 'category') continue;
    for (const { rows, totals } of reports) expect(added(rows.map(figures)), by).toEqual(figures(totals));
  }
});

test('each row is explained to the cent by its records', async () => {
  const book = await openBusy();
  for (const by of KEYS) {
    for (const period of [{}, { from: '2026-02-01', to: '2026-03-02' }]) {
      const { rows } = await book.ok('profit-report', { by, explain: true, ...period });
      expect(rows.length).toBeGreaterThan(0);
      for (const { records = [], more, ...row } of rows) {
        expect(more).toBeUndefined();
        const sum = (...figure: string[]) =>
          records
            .filter((each) => figure.includes(each.figure))
            .reduce((sofar, { amount }) => sofar + cents(amount), 0);
        expect([sum('billed'), sum('costOfWork'), sum('expenses')], `${by} ${row.key}`).toEqual(figures(row));
        expect([sum('planned'), sum('spent')], `${by} ${row.key}`).toEqual([row.planned, row.spent].map(cents));
      }
    }
  }
  const { answer, text } = await book.both('profit-report', {
    by: 'month',
    explain: true,
    from: '2026-01-01',
    to: '2026-01-31',
  });
  // 30 % of the 6,720.00 that the line was to cost by then.
  expect(answer.rows[0]?.records).toEqual([
    { job: 'J-1', ref: 'INV-1001', what: 'invoice', figure: 'billed', amount: '3240.00' },
    {
      job: 'J-1',
      ref: 'Q-1/1',
      what: 'Architectural shingles, installed: planned beyond what is spent',
      figure: 'costOfWork',
      amount: '2016.00',
    },
  ]);
  expect(text).toContain('  billed 3240.00: INV-1001 invoice (J-1)');
  expectPlain(text);
});

test('the 31st at 23:30 is in this month here', async () => {
  // In London it is the first of February already.
  const book = await openBook({ now: '2026-02-01T05:30:00.000Z', timeZone: 'America/Chicago' });
  await roof(book.ok);
  await book.ok('create-invoice', { job: 'J-1', lines: bill(10_800), kind: 'deposit' });
  await book.ok('add-job-expense', { job: 'J-1', description: 'Nails', amount: 7, category: 'materials' });
  const { rows } = await book.ok('profit-report', { by: 'month' });
  expect(rows.map(({ key, name, billed, expenses }) => [key, name, billed, expenses])).toEqual([
    ['2026-01', 'January 2026', '10800.00', '7.00'],
  ]);
});

test('totals weigh margins: they are of the sums, never a mean of percentages', async () => {
  const book = await danaBook();
  for (const [name, amount, spent] of [
    ['Small', 100, 10],
    ['Large', 10_000, 9000],
  ] as const) {
    const { job } = await book.ok('create-job', { customer: 'C-1', name });
    await book.ok('create-invoice', { job: job.ref, lines: bill(amount) });
    await book.ok('add-job-expense', { job: job.ref, description: 'All of it', amount: spent, category: 'other' });
  }
  for (const by of ['job', 'customer', 'status', 'month'] as const) {
    const { totals } = await book.ok('profit-report', { by });
    // 1,090 of 10,100, where the mean of 90 % and 10 % were 50 %.
    expect(totals).toMatchObject({ profit: '1090.00', marginPercent: 10.8 });
  }
});

test('a shared job shows under each who is on it and counts once in the total; nobody has the rest', async () => {
  const book = await openBusy();
  const { answer, text } = await book.both('profit-report', { by: 'assignee' });
  expect(answer.rows.map(({ key, name, jobs, billed }) => [key, name, jobs, billed])).toEqual([
    ['none', 'nobody', 3, '2833.38'],
    ['tom becker', 'Tom Becker', 2, '3990.00'],
    ['luis ortega', 'Luis Ortega', 1, '3240.00'],
  ]);
  expect(answer.totals).toMatchObject({ jobs: 5, billed: '6823.38' });
  expect(text).toContain('- Tom Becker: ');
  expect(text).toContain('2 jobs');
  expectPlain(text);
});

test('by kind of cost: over jobs what was planned, spent and left', async () => {
  const book = await openBusy();
  const { answer, text } = await book.both('profit-report', { by: 'category' });
  expect(answer.rows.map((row) => [row.key, row.planned, row.spent, row.left])).toEqual([
    ['materials', '14333.33', '7000.01', '7333.32'],
    ['subcontractor', '0.00', '800.00', '-800.00'],
    ['permit', '0.00', '762.40', '-762.40'],
    ['uncategorized', '233.31', '0.00', '233.31'],
    ['equipment', '0.00', '40.00', '-40.00'],
  ]);
  for (const row of answer.rows)
    expect(row).toMatchObject({ billed: null, costOfWork: null, expenses: null, profit: null, marginPercent: null });
  expect(text).toContain('- materials: planned 14333.33, spent 7000.01, left 7333.32, 4 jobs');
  expectPlain(text);
});

test('"what did subs cost me in February": money out on the day it was spent, covering or not', async () => {
  const book = await openBusy();
  const february = { by: 'category', from: '2026-02-01', to: '2026-02-28' } as const;
  const { answer, text } = await book.both('profit-report', february);
  expect(answer.rows.map((row) => [row.key, row.spent, row.planned])).toEqual([
    ['subcontractor', '7800.01', undefined],
    ['permit', '612.40', undefined],
  ]);
  expect(text).toContain('- subcontractor: spent 7800.01, 2 jobs');
  expectPlain(text);
});

test('months without entries are there as zeros, oldest first', async () => {
  const book = await roofBook();
  await book.ok('create-invoice', { job: 'J-1', lines: bill(100), issuedOn: '2025-11-05' });
  await book.ok('create-invoice', { job: 'J-1', lines: bill(200), issuedOn: '2026-02-05' });
  const months = async (period: object) =>
    (await book.ok('profit-report', { by: 'month', ...period })).rows.map((row) => [row.key, row.jobs, row.billed]);
  const all = [
    ['2025-11', 1, '100.00'],
    ['2025-12', 0, '0.00'],
    ['2026-01', 0, '0.00'],
    ['2026-02', 1, '200.00'],
  ];
  expect(await months({})).toEqual(all);
  expect(await months({ from: '2025-12-20', to: '2026-03-31' })).toEqual([...all.slice(1), ['2026-03', 0, '0.00']]);
  expect(await months({ from: '2026-03-01' })).toEqual([]);
  // Those that are asked for are there, also where nothing happened in any of them.
  const nothing = [
    ['2026-03', 0, '0.00'],
    ['2026-04', 0, '0.00'],
  ];
  expect(await months({ from: '2026-03-01', to: '2026-04-30' })).toEqual(nothing);
});

test('the cost of a job is dated by completion, cancellation and the word that nothing more is billed', async () => {
  const book = await danaBook();
  const work = { description: 'Work', quantity: 1, unitPrice: 10_000, unitCost: 6000 };
  for (const name of ['Done', 'Off', 'Loose']) await book.ok('create-job', { customer: 'C-1', name });
  for (const [job, quote] of [
    ['J-1', 'Q-1'],
    ['J-2', 'Q-2'],
  ] as const) {
    await book.ok('create-quote', { job, status: 'accepted', lines: [work] });
    await book.ok('create-invoice', { fromQuote: { quote, percent: 30 }, issuedOn: '2025-11-20' });
  }
  await book.ok('add-job-expense', {
    job: 'J-2',
    description: 'Dig',
    amount: 2000,
    category: 'other',
    spentOn: '2025-12-01',
  });
  await book.ok('create-invoice', { job: 'J-3', lines: bill(500), issuedOn: '2025-11-20' });
  await book.ok('add-job-expense', {
    job: 'J-3',
    description: 'Dump',
    amount: 90,
    category: 'other',
    spentOn: '2025-12-02',
  });
  await book.ok('update-job', { job: 'J-1', status: 'completed', completedOn: '2025-12-10' });
  await book.ok('update-job', { job: 'J-2', status: 'cancelled', cancelledOn: '2025-12-15' });
  await book.ok('update-job', { job: 'J-3', status: 'completed', completedOn: '2025-12-10' });
  const profits = async () => {
    const { rows } = await book.ok('profit-report', { by: 'month' });
    return rows.map(({ key, profit }) => [key, profit]);
  };
  // 3,000 − 1,800; 3,000 and then 2,000; 500 and then 90.
  expect(await profits()).toEqual([
    ['2025-11', '4700.00'],
    ['2025-12', '-2090.00'],
  ]);
  const { answer } = await book.both('update-job', { job: 'J-1', billingDone: true });
  expect(answer.did).toContain('nothing more to bill, 7000.00 USD left is written off');
  expect((await profits()).at(-1)).toEqual(['2026-03', '-4200.00']);
  expect((await book.ok('profit-report', { by: 'job' })).totals).toMatchObject({
    profit: '-1590.00',
    costNotYetBilled: '0.00',
  });
  await book.ok('create-quote', {
    job: 'J-1',
    kind: 'change_order',
    status: 'accepted',
    lines: [{ ...work, unitPrice: 500, unitCost: 0 }],
  });
  expect((await profits()).map(([key]) => key)).toEqual(['2025-11', '2025-12']);
  await book.ok('update-job', { job: 'J-1', billingDone: false });
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});

test('"which jobs run thin": finished jobs rank by what they made, running ones by where they head', async () => {
  const book = await openBusy();
  // Completed, with something left to bill, it is part billed.
  const before = await book.ok('profit-report', { by: 'status', thinBelow: 65.4 });
  expect([before.thinJobs?.count, before.partBilled?.jobs]).toEqual([2, 2]);
  await book.ok('update-job', { job: 'J-3', billingDone: true });
  const { answer, text } = await book.both('profit-report', { by: 'status', thinBelow: 65.4 });
  expect(answer.thinJobs).toEqual({
    belowPercent: 65.4,
    count: 3,
    jobs: [
      { ref: 'J-1', name: 'Roof replacement', standing: 'running', profit: '3187.59', marginPercent: 29.5 },
      { ref: 'J-5', name: 'Chimney flashing', standing: 'running', profit: '300.00', marginPercent: 33.3 },
      { ref: 'J-3', name: 'Shed', standing: 'finished', profit: '1066.74', marginPercent: 65.3 },
    ],
  });
  // Under, not at, the threshold; and what loses money is not named twice.
  const at = await book.ok('profit-report', { by: 'status', thinBelow: '65.3' });
  expect(at.thinJobs?.jobs.map(({ ref }) => ref)).toEqual(['J-1', 'J-5']);
  expect(answer.lossJobs).toEqual({
    count: 1,
    jobs: [expect.objectContaining({ ref: 'J-2', name: 'Gutters', profit: '-50.00', marginPercent: -6.7 })],
  });
  expect(answer.partBilled).toMatchObject({ jobs: 1, billed: '3240.00' });
  expect(answer.notBilled).toEqual({ jobs: 1, billed: '0.00', costOfWork: '560.00', expenses: '40.00' });
  expect(text).toContain('Jobs at a loss, the whole job counted as it stands now: J-2 Gutters');
  expect(text).toContain('Not billed as of now: 1 job, cost of work 560.00, expenses 40.00');
  // Without a threshold nothing is called thin; in a period only what was billed in it ranks.
  const january = await book.ok('profit-report', { by: 'job', from: '2026-01-01', to: '2026-01-31' });
  expect(january.thinJobs).toBeUndefined();
  expect(january.lossJobs).toEqual({ count: 0, jobs: [] });
});

/** Sixty jobs of one customer each, billed 1.00, 2.00, … and each at a cost of 1.50. */
async function sixtyJobs(ask: Ask): Promise<void> {
  for (let count = 1; count <= 60; count += 1) {
    await ask('create-job', {
      newCustomer: { name: `Customer ${'abcdefghij'[count % 10]}${count}`, evenIfSimilar: true },
      name: `Work ${count}`,
    });
    await ask('create-invoice', { job: `J-${count}`, lines: bill(count) });
    await ask('add-job-expense', { job: `J-${count}`, description: 'Part', amount: 1.5, category: 'other' });
  }
}

test('of sixty jobs a page shows some and says so; the totals are of all, and pages show each once', async () => {
  const book = await openBook();
  await sixtyJobs(book.ok);
  for (const by of ['job', 'customer'] as const) {
    for (const period of [{}, { from: '2026-03-01', to: '2026-03-31' }]) {
      const { answer, text } = await book.both('profit-report', { by, ...period });
      expect([answer.rows.length, answer.count]).toEqual([20, 60]);
      expect(answer.totals).toMatchObject({ jobs: 60, billed: '1830.00', expenses: '90.00', profit: '1740.00' });
      expect(text).toContain(`20 shown of 60; the rest with cursor "${answer.nextCursor}". The totals are of all.`);
      expectPlain(text, 3000);
      const seen = answer.rows.map((row) => row.key);
      let cursor = answer.nextCursor;
      while (cursor !== undefined && seen.length < 100) {
        const next = await book.ok('profit-report', { by, ...period, cursor, limit: 17 });
        seen.push(...next.rows.map((row) => row.key));
        expect(next.totals).toEqual(answer.totals);
        cursor = next.nextCursor;
      }
      expect(seen).toHaveLength(60);
      expect(new Set(seen).size).toBe(60);
      expect(seen[0]).toBe(by === 'job' ? 'J-60' : 'C-60');
    }
  }
  const thin = await book.ok('profit-report', { by: 'status', thinBelow: 90 });
  expect([thin.thinJobs?.count, thin.thinJobs?.jobs.length, thin.lossJobs.count]).toEqual([13, 10, 1]);
  expect(await book.text('profit-report', { by: 'status', thinBelow: 90 })).toContain('and 3 more');
  const status = await book.ok('profit-report', { by: 'status', explain: true });
  const [open] = status.rows;
  expect(open).toMatchObject({ key: 'open', jobs: 60, billed: '1830.00' });
  expect(open?.records).toHaveLength(100);
  expect(open?.more).toMatchObject({ jobs: 10 });
});

test('what a row’s records leave out stands summed up, so that it still adds up', async () => {
  const book = await danaBook();
  for (let count = 1; count <= 3; count += 1) {
    await book.ok('create-job', { customer: 'C-1', name: `Work ${count}` });
    for (let part = 1; part <= 45; part += 1) {
      await book.ok('add-job-expense', {
        job: `J-${count}`,
        description: `Part ${part}`,
        amount: part,
        category: 'other',
      });
    }
  }
  for (const job of ['J-1', 'J-2', 'J-3']) await book.ok('update-job', { job, status: 'completed' });
  const { answer, text } = await book.both('profit-report', { by: 'customer', explain: true });
  const [row] = answer.rows;
  expect(row?.records).toHaveLength(90);
  expect(row?.more).toEqual({ jobs: 1, billed: '0.00', costOfWork: '0.00', expenses: '1035.00' });
  expect(row?.expenses).toBe('3105.00');
  expect(text).toContain('  and 1 more job: billed 0.00, cost of work 0.00, expenses 1035.00');
}, 60_000);

test('pages of few groups follow one another too', async () => {
  const book = await openBusy();
  const months: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await book.ok('profit-report', { by: 'month', limit: 1, ...(cursor === undefined ? {} : { cursor }) });
    months.push(...page.rows.map((row) => row.key));
    expect(page.count).toBe(4);
    cursor = page.nextCursor;
  } while (cursor !== undefined && months.length < 10);
  expect(months).toEqual(['2025-12', '2026-01', '2026-02', '2026-03']);
});

test('a cursor of another report, a period that ends before it begins and a bad threshold are refused with what to do', async () => {
  const book = await openBusy();
  const { nextCursor } = await book.ok('profit-report', { by: 'job', limit: 1 });
  for (const [args, words] of [
    [{ by: 'customer', cursor: nextCursor }, /^cursor: .*nextCursor/],
    [{ by: 'job', from: '2026-01-01', cursor: nextCursor }, /^cursor: .*nextCursor/],
    [{ by: 'job', from: '2026-03-01', to: '2026-02-01' }, /^to: 2026-02-01 is before 2026-03-01/],
    [{ by: 'job', from: '1.3.2026' }, /^from: .*2026-03-31/],
    [{ by: 'job', thinBelow: 'thin' }, /^thinBelow: /],
    [{ by: 'job', thinBelow: 101 }, /^thinBelow: /],
    [{ by: 'week' }, /^by: .*job, customer, month/],
  ] as const) {
    const error = await book.error('profit-report', args);
    expectHelpful(error);
    expect(error).toMatch(words);
  }
});

test('moving a receipt or its day moves it in the report, and the books stay sound', async () => {
  const book = await openBusy();
  await book.ok('update-job-expense', { expense: 'E-1', spentOn: '2025-07-04' });
  const july = async () =>
    (await book.ok('profit-report', { by: 'category', from: '2025-07-01', to: '2025-07-31', explain: true })).rows;
  expect(await july()).toMatchObject([{ key: 'permit', spent: '612.40', records: [{ job: 'J-1', ref: 'E-1' }] }]);
  await book.ok('update-job-expense', { expense: 'E-1', job: 'J-5' });
  expect(await july()).toMatchObject([{ records: [{ job: 'J-5' }] }]);
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});

test.each([
  ['a day’s cost', 'update job_days set cost_of_work = cost_of_work + 1 where job_id = 1 and cost_of_work > 0'],
  ['another day', "update job_days set day = '2020-01-01' where job_id = 1 and billed > 0"],
  ['a day gone', 'delete from job_days where job_id = 1'],
  ['another customer', 'update job_days set customer_id = 9 where job_id = 1'],
])('doctor finds %s behind its back', async (_, fault) => {
  const book = await openBusy();
  await plant(book, fault);
  expect((await book.store.read(1, auditBooks)).faults).toEqual([
    'J-1: what is stored by day is not what its records come to',
  ]);
});

test('doctor finds the days of no job, and a wrong cost not billed yet', async () => {
  const book = await openBusy();
  await plant(book, 'update job_days set job_id = 99 where job_id = 3');
  await plant(
    book,
    "update account_totals set cost_not_yet_billed = 0 where billing = 'not_billed' and cost_not_yet_billed > 0",
  );
  expect((await book.store.read(1, auditBooks)).faults).toEqual([
    'J-3: what is stored by day is not what its records come to',
    'J-99: figures by day without a job',
    expect.stringMatching(/^the account's totals for real open not_billed/),
  ]);
});

test('samples are counted and said; taking them out leaves nothing', async () => {
  const book = await openBook({ samples: true });
  for (const by of KEYS) {
    const { answer, text } = await book.both('profit-report', { by });
    expect(answer.totals.includesSamples).toBe(true);
    expect(text).toContain('samples included');
    expectPlain(text, 4000);
  }
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
  await book.ok('update-account', { removeSamples: true });
  expect(await book.text('profit-report', { by: 'job' })).toBe('No job made or cost anything yet.');
  const { totals, count } = await book.ok('profit-report', { by: 'month' });
  expect([totals.includesSamples, count]).toEqual([false, 0]);
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});

test('on the free plan it says what it needs', async () => {
  const book = await openBook({ plan: 'free' });
  expect(await book.error('profit-report', { by: 'job' })).toContain('needs the Pro plan ($19 a month)');
});
