// Questions over many jobs: one kind of cost job by job, some jobs by words, the newest of them.
import { expect, test } from 'vitest';
import { openBook, type Ask } from '../../support/answers.ts';
import { madeOnce } from '../../support/made-once.ts';
import { expectHelpful, expectPlain } from '../../support/words.ts';

type Part = { readonly category: string; readonly planned: number; readonly spent: number };

/** A sold job with a line of each kind, and what was spent on it. */
async function sold(ask: Ask, job: string, price: number, parts: readonly Part[]): Promise<void> {
  const { quote } = await ask('create-quote', {
    job,
    status: 'accepted',
    lines: parts
      .filter(({ planned }) => planned > 0)
      .map(({ category, planned }, at) => ({
        description: `${category} of ${job}`,
        quantity: 1,
        unitPrice: at === 0 ? price : 0,
        unitCost: planned,
        category,
      })),
  });
  for (const { category, spent, planned } of parts) {
    if (spent === 0) continue;
    const at = quote.lines.findIndex((line) => line.category === category);
    await ask('add-job-expense', {
      job,
      description: `${category} bought for ${job}`,
      amount: spent,
      category,
      spentOn: '2026-02-10',
      ...(planned > 0 ? { coversLine: `${quote.ref}/${at + 1}` } : {}),
    });
  }
  await ask('create-invoice', { fromQuote: { quote: quote.ref, rest: true }, issuedOn: '2026-02-20' });
}

/** Five roofs, of which one is not sold and one fell through, and two storm repairs. */
const openMany = madeOnce(async () => {
  const book = await openBook();
  const ask = book.ok;
  await ask('create-customer', { name: 'Dana Henderson' });
  await ask('create-customer', { name: 'Marcus Oyelaran' });
  for (const [customer, name] of [
    ['C-1', 'Roof replacement'],
    ['C-2', 'Garage roof'],
    ['C-1', 'Storm repair, north side'],
    ['C-2', 'Porch roof'],
    ['C-2', 'Storm repair, chimney'],
    ['C-1', 'Shed roof'],
    ['C-1', 'Barn roof'],
  ])
    await ask('create-job', { customer, name });
  const materials = (planned: number, spent: number) => ({ category: 'materials', planned, spent });
  const labor = (planned: number, spent: number) => ({ category: 'labor', planned, spent });
  await sold(ask, 'J-1', 10_000, [materials(4000, 4200), labor(2000, 2600)]);
  await sold(ask, 'J-2', 5000, [materials(2000, 1900), labor(900, 900)]);
  await sold(ask, 'J-3', 1000, [materials(300, 310), labor(200, 0)]);
  await sold(ask, 'J-4', 6000, [materials(2500, 2500.5), labor(1000, 1100)]);
  await sold(ask, 'J-5', 2000, [materials(500, 500), labor(0, 250)]);
  await ask('create-quote', {
    job: 'J-6',
    lines: [{ description: 'Shed', quantity: 1, unitPrice: 900, unitCost: 400, category: 'materials' }],
  });
  await sold(ask, 'J-7', 8000, [materials(3000, 100)]);
  await ask('update-job', { job: 'J-7', status: 'cancelled' });
  return book;
});

test.each([
  [{ from: '2026-01-01', to: '2026-03-31' }, 'month'],
  [{ query: 'storm repair' }, 'job'],
  [{ thinBelow: 30, from: '2026-01-01' }, 'job'],
  [{ category: 'labor', to: '2026-12-31' }, 'job'],
  [{}, 'job'],
] as const)('a report of %j, without saying by what, is by %s', async (asked, by) => {
  const book = await openMany();
  expect(await book.ok('profit-report', asked)).toEqual(await book.ok('profit-report', { ...asked, by }));
});

test('"are we over on labor anywhere?" is one call: who is over by how much, and what nobody planned', async () => {
  const book = await openMany();
  const { answer, text } = await book.both('profit-report', { by: 'job', category: 'labor' });
  expect(answer.rows.map((row) => [row.key, row.planned, row.spent, row.left])).toEqual([
    ['J-1', '2000.00', '2600.00', '-600.00'],
    ['J-4', '1000.00', '1100.00', '-100.00'],
    ['J-2', '900.00', '900.00', '0.00'],
    ['J-3', '200.00', '0.00', '200.00'],
    ['J-5', '0.00', '250.00', '-250.00'],
  ]);
  expect(answer).toMatchObject({
    asked: { category: 'labor' },
    count: 5,
    plan: {
      ...{ jobs: 5, planned: '4100.00', spent: '4850.00', left: '-750.00' },
      over: { jobs: 2, by: '700.00' },
      unplanned: { jobs: 1, spent: '250.00' },
    },
  });
  expect(text).toBe(
    [
      'Labor, planned and spent by job:',
      '2 jobs over plan, by 700.00 USD together.',
      '- J-1 Roof replacement, Dana Henderson: planned 2000.00, spent 2600.00, over by 600.00; line over plan: Q-1/2 labor of J-1 by 600.00, billed',
      '- J-4 Porch roof, Marcus Oyelaran: planned 1000.00, spent 1100.00, over by 100.00; line over plan: Q-4/2 labor of J-4 by 100.00, billed',
      '- J-2 Garage roof, Marcus Oyelaran: planned 900.00, spent 900.00, left 0.00, billed',
      '- J-3 Storm repair, north side, Dana Henderson: planned 200.00, nothing logged, billed',
      '- J-5 Storm repair, chimney, Marcus Oyelaran: not planned, spent 250.00, billed',
      'All 5 jobs: planned 4100.00, spent 4850.00, over by 750.00 USD',
      'Of this 250.00 was spent on 1 job that planned none of it.',
    ].join('\n'),
  );
  expectPlain(text);
  expect(await book.text('profit-report', { by: 'job', category: 'permit' })).toBe(
    'No job planned or spent anything on permit.',
  );
});

test('"my last three roofs, planned against actual materials": neither what fell through nor what nobody accepted', async () => {
  const book = await openMany();
  const { answer, text } = await book.both('profit-report', {
    by: 'job',
    category: 'materials',
    query: 'roof',
    last: 3,
  });
  expect(answer.rows.map((row) => [row.key, row.planned, row.spent, row.left])).toEqual([
    ['J-1', '4000.00', '4200.00', '-200.00'],
    ['J-4', '2500.00', '2500.50', '-0.50'],
    ['J-2', '2000.00', '1900.00', '100.00'],
  ]);
  expect(answer.plan).toMatchObject({ jobs: 3, planned: '8500.00', spent: '8600.50', over: { jobs: 2, by: '200.50' } });
  expect(text).toContain(
    'Materials, planned and spent by job of the last 3 sold jobs (by the day completed, else worked on or billed) matching “roof”:',
  );
  const two = await book.ok('profit-report', { by: 'job', category: 'materials', query: 'roof', last: 2 });
  expect(two.rows.map((row) => row.key)).toEqual(['J-4', 'J-2']);
  // Without a kind: all kinds of the same jobs.
  const all = await book.ok('profit-report', { by: 'category', query: 'roof', last: 3 });
  expect(all.rows.map((row) => [row.key, row.planned, row.spent])).toEqual([
    ['materials', '8500.00', '8600.50'],
    ['labor', '3900.00', '4600.00'],
  ]);
});

test('the last jobs are those that were completed, else worked on or billed, last: not those that were entered last', async () => {
  const book = await openBook();
  await book.ok('create-customer', { name: 'Dana Henderson' });
  const spent = (planned: number) => [{ category: 'materials', planned, spent: 0 }];
  for (const [at, name] of ['Barn roof', 'Porch roof', 'Shed roof', 'Garage roof'].entries()) {
    await book.ok('create-job', { customer: 'C-1', name });
    await sold(book.ok, `J-${at + 1}`, 1000, spent(100 * (at + 1)));
  }
  // All were billed on 2026-02-20.
  await book.ok('update-job', { job: 'J-1', status: 'completed', completedOn: '2026-03-05' });
  await book.ok('update-job', { job: 'J-4', status: 'completed', completedOn: '2026-01-15' });
  await book.ok('add-job-expense', {
    ...{ job: 'J-2', description: 'Nails', amount: 5, category: 'materials', spentOn: '2026-03-01' },
  });
  const last = async (many: number) => {
    const { rows } = await book.ok('profit-report', { by: 'job', last: many });
    return rows.map((row) => row.key).sort();
  };
  expect(await last(1)).toEqual(['J-1']);
  expect(await last(2)).toEqual(['J-1', 'J-2']);
  expect(await last(3)).toEqual(['J-1', 'J-2', 'J-3']);
});

test('"the usual margin on storm repairs": rows, totals and rankings are of the jobs that match, by every key', async () => {
  const book = await openMany();
  const { answer, text } = await book.both('profit-report', { by: 'job', query: 'storm repair', thinBelow: 60 });
  expect(answer.rows.map((row) => [row.key, row.profit])).toEqual([
    ['J-5', '1250.00'],
    ['J-3', '490.00'],
  ]);
  expect(answer.totals).toMatchObject({ jobs: 2, billed: '3000.00', profit: '1740.00', marginPercent: 58 });
  expect(answer.thinJobs?.jobs.map((job) => job.ref)).toEqual(['J-3']);
  expect(text).toContain('Profit by job matching “storm repair”:');
  expect(text).toContain('All 2 jobs: profit 1740.00 USD, margin 58 %');
  for (const by of ['job', 'customer', 'month', 'status', 'category', 'assignee'] as const) {
    for (const period of [{}, { from: '2026-01-01', to: '2026-12-31' }]) {
      const report = await book.ok('profit-report', { by, query: 'storm repair', explain: true, ...period });
      expect(report.totals, by).toMatchObject({ jobs: 2, billed: '3000.00', profit: '1740.00' });
      expect((report.notBilled?.jobs ?? 0) + (report.partBilled?.jobs ?? 0)).toBe(0);
      const jobs = new Set(report.rows.flatMap(({ records = [] }) => records.map(({ job }) => job)));
      expect(jobs, by).toEqual(new Set(['J-3', 'J-5']));
    }
  }
});

test('a customer’s jobs alone, and their newest', async () => {
  const book = await openMany();
  const { answer, text } = await book.both('profit-report', { by: 'job', customer: 'oyelaran', last: 2 });
  expect(answer.rows.map((row) => row.key)).toEqual(['J-4', 'J-5']);
  expect(text).toContain(
    'Profit by job of the last 2 sold jobs (by the day completed, else worked on or billed) for C-2 Marcus Oyelaran:',
  );
  const none = await book.both('profit-report', { by: 'job', query: 'pool' });
  expect([none.answer.count, none.answer.totals.jobs]).toEqual([0, 0]);
  expect(none.text).toBe('No job made or cost anything matching “pool”.');
});

test('over a period the jobs that spent on it then, each with its whole plan', async () => {
  const book = await openMany();
  await book.ok('add-job-expense', {
    ...{ job: 'J-2', description: 'Helper', amount: 50, category: 'labor', spentOn: '2026-03-01' },
  });
  const { answer, text } = await book.both('profit-report', { by: 'job', category: 'labor', from: '2026-03-01' });
  expect(answer.rows.map((row) => [row.key, row.planned, row.spent, row.left])).toEqual([
    ['J-2', '900.00', '950.00', '-50.00'],
  ]);
  expect(text).toContain('Labor, planned and spent by job, of whole jobs that spent on it since 2026-03-01:');
});

test('pages of plans follow one another, each job once', async () => {
  const book = await openMany();
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await book.both('profit-report', {
      ...{ by: 'job', category: 'labor', limit: 1 },
      ...(cursor === undefined ? {} : { cursor }),
    });
    seen.push(...page.answer.rows.map((row) => row.key));
    expect([page.answer.count, page.answer.plan?.jobs]).toEqual([5, 5]);
    cursor = page.answer.nextCursor;
    expect(page.text).toContain(cursor ?? 'All 5 jobs');
  } while (cursor !== undefined && seen.length < 10);
  expect(seen).toEqual(['J-1', 'J-4', 'J-2', 'J-3', 'J-5']);
});

test('what the plan’s rows come to is explained to the cent', async () => {
  const book = await openMany();
  const { rows } = await book.ok('profit-report', { by: 'job', category: 'labor', explain: true });
  expect(rows[0]?.records?.map(({ ref, figure, amount }) => [ref, figure, amount])).toEqual([
    ['Q-1/2', 'planned', '2000.00'],
    ['E-2', 'spent', '2600.00'],
  ]);
});

test('a kind of cost goes with rows by job: any other is told so', async () => {
  const book = await openMany();
  for (const by of ['category', 'month', 'customer'] as const) {
    const error = await book.error('profit-report', { by, category: 'labor' });
    expectHelpful(error);
    expect(error).toMatch(/^category: .*by: job/);
  }
});

test('sales tax is of the whole business: what narrows it is refused with where to look', async () => {
  const book = await openMany();
  for (const narrowed of [{ customer: 'C-1' }, { query: 'roof' }, { last: 3 }, { category: 'labor' }]) {
    const error = await book.error('profit-report', { by: 'tax', ...narrowed });
    expectHelpful(error);
    expect(error).toContain('list-invoices');
  }
});
