import { expect, test } from 'vitest';
import { openBook, type Ask } from '../../support/answers.ts';
import { BILL, danaBook, roof, SHINGLES } from '../../support/roof.ts';
import { expectHelpful, expectPlain } from '../../support/words.ts';

/** Four jobs: the roof at 37.8 %, a gutter job at a loss, one part billed, one not billed. */
async function fourJobs(ask: Ask): Promise<void> {
  await roof(ask);
  await ask('create-invoice', { job: 'J-1', lines: BILL });
  await ask('update-job', { job: 'J-1', status: 'completed', assignees: [{ name: 'Tom Becker', role: 'lead' }] });
  await ask('create-customer', { name: 'Marcus Oyelaran', address: '2207 Quarry Bend' });
  await ask('create-job', { customer: 'C-2', name: 'Gutters', assignees: [{ name: 'Luis Ortega', role: 'crew' }] });
  await ask('create-invoice', { job: 'J-2', lines: [{ description: 'Gutters', quantity: 1, unitPrice: 1000 }] });
  await ask('add-job-expense', { job: 'J-2', description: 'Sub', amount: 1100, category: 'subcontractor' });
  await ask('create-job', { customer: 'C-1', name: 'Storm repair', status: 'in_progress' });
  await ask('create-quote', { job: 'J-3', status: 'accepted', lines: [{ ...SHINGLES, quantity: 10 }] });
  await ask('create-invoice', {
    job: 'J-3',
    kind: 'deposit',
    lines: [{ description: 'Deposit', quantity: 1, unitPrice: 1500 }],
  });
  await ask('create-job', { customer: 'C-2', name: 'Chimney flashing' });
}

test('all jobs come newest first with their strips, and totals over everything', async () => {
  const book = await openBook();
  await fourJobs(book.ok);
  const { answer, text } = await book.both('list-jobs');
  expect(
    answer.jobs.map((job) => `${job.ref} ${job.billing} ${job.profit?.profit} ${job.profit?.marginPercent}`),
  ).toEqual([
    'J-4 not_billed 0.00 null',
    'J-3 part_billed -1300.00 -86.7',
    'J-2 billed -100.00 -10',
    'J-1 billed 4080.00 37.8',
  ]);
  // 10,800 + 1,000 + 1,500 billed, 6,720 + 2,800 planned, 1,100 spent: 2,680 of 13,300 is 20.15 %.
  expect(answer.totals).toMatchObject({
    billed: '13300.00',
    costOfWork: '9520.00',
    expenses: '1100.00',
    profit: '2680.00',
    marginPercent: 20.2,
    currency: 'USD',
    includesSamples: false,
  });
  expect(answer.count).toBe(4);
  expectPlain(text);
  expect(text).toContain('All 4 jobs:');
  expect(text).toContain(
    'J-1 Roof replacement, Dana Henderson, completed 2026-03-10, billed: profit 4080.00 (37.8 %), billed 10800.00',
  );
  expect(text).toContain('By status: ');
});

test('totals are split by status and by billing, and the splits add up', async () => {
  const book = await openBook();
  await fourJobs(book.ok);
  const { totals } = await book.ok('list-jobs');
  expect(totals?.byStatus.completed).toEqual({
    jobs: 1,
    billed: '10800.00',
    costOfWork: '6720.00',
    expenses: '0.00',
    profit: '4080.00',
    marginPercent: 37.8,
  });
  expect(totals?.byStatus.open?.jobs).toBe(2);
  expect(totals?.byBilling.not_billed).toMatchObject({ jobs: 1, profit: '0.00', marginPercent: null });
  expect(totals?.byBilling.part_billed).toMatchObject({ jobs: 1, profit: '-1300.00' });
  expect(totals?.byBilling.billed).toMatchObject({ jobs: 2, profit: '3980.00', marginPercent: 33.7 });
});

const FILTERS = [
  [{ status: 'completed' }, ['J-1']],
  [{ billing: 'part_billed' }, ['J-3']],
  [{ customer: 'Henderson' }, ['J-3', 'J-1']],
  [{ query: 'roof' }, ['J-1']],
  [{ query: 'quarry bend' }, ['J-4', 'J-2']],
  [{ query: 'gutterz' }, ['J-2']],
  [{ assignee: 'tom' }, ['J-1']],
  [{ customer: 'C-2', billing: 'not_billed' }, ['J-4']],
] as const;

test('each filter finds the jobs meant, and its totals are of those alone', async () => {
  const book = await openBook();
  await fourJobs(book.ok);
  for (const [filter, refs] of FILTERS) {
    const { jobs, count, totals } = await book.ok('list-jobs', filter);
    expect(
      jobs.map((job) => job.ref),
      JSON.stringify(filter),
    ).toEqual(refs);
    expect(count, JSON.stringify(filter)).toBe(refs.length);
    const profit = jobs.reduce((sum, job) => sum + Number(job.profit?.profit), 0);
    expect(totals?.profit, JSON.stringify(filter)).toBe(profit.toFixed(2));
  }
});

test('"which jobs run thin": finished jobs by what they made, others by where they head, unknown margins last', async () => {
  const book = await openBook();
  await fourJobs(book.ok);
  const order = async (sort: string) => (await book.ok('list-jobs', { sort })).jobs.map((job) => job.ref);
  // The storm repair, barely billed, heads for as good a margin as the roof had; what stands level is newest first.
  expect(await order('margin')).toEqual(['J-2', 'J-3', 'J-1', 'J-4']);
  expect(await order('-margin')).toEqual(['J-3', 'J-1', 'J-2', 'J-4']);
  expect(await order('profit')).toEqual(['J-2', 'J-4', 'J-3', 'J-1']);
  expect(await order('-profit')).toEqual(['J-1', 'J-3', 'J-4', 'J-2']);
});

test('pages of one show every job once in every order; totals stay those of all', async () => {
  const book = await openBook();
  await fourJobs(book.ok);
  for (const sort of ['newest', 'margin', '-margin', 'profit', '-profit']) {
    const whole = (await book.ok('list-jobs', { sort })).jobs.map((job) => job.ref);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = { sort, limit: 1, ...(cursor === undefined ? {} : { cursor }) };
      const { answer, text } = await book.both('list-jobs', page);
      seen.push(...answer.jobs.map((job) => job.ref));
      expect(answer.totals?.profit).toBe('2680.00');
      expect(text.includes('the rest with cursor')).toBe(answer.nextCursor !== undefined);
      cursor = answer.nextCursor;
    } while (cursor !== undefined && seen.length < 10);
    expect(seen, sort).toEqual(whole);
  }
});

test('a cursor of another order or list, or no cursor at all, is refused with what to do', async () => {
  const book = await openBook();
  await fourJobs(book.ok);
  const { nextCursor } = await book.ok('list-jobs', { limit: 1 });
  for (const args of [{ sort: 'margin', cursor: nextCursor }, { cursor: 'page 2' }]) {
    const error = await book.error('list-jobs', args);
    expectHelpful(error);
    expect(error).toMatch(/^cursor: .*nextCursor/);
  }
});

test('an empty book, and a search without a match, say so', async () => {
  const book = await danaBook();
  expect(await book.text('list-jobs')).toBe('No jobs match.');
  const { jobs, count, totals } = await book.ok('list-jobs', { query: 'swimming pool' });
  expect({ jobs, count }).toEqual({ jobs: [], count: 0 });
  expect(totals).toMatchObject({ billed: '0.00', profit: '0.00', marginPercent: null, costBasis: 'none' });
});

test('a status that does not exist is refused with those that do', async () => {
  const book = await openBook();
  const error = await book.error('list-jobs', { status: 'deleted' });
  expect(error).toContain('status: "deleted" is not one of the choices. Use open, in_progress, completed, cancelled.');
  expect(await book.error('list-jobs', { limit: 1000 })).toContain('limit: is too large: at most 50');
});

test('on the free plan jobs are seen, what they made is not', async () => {
  const book = await openBook({ plan: 'free', samples: true });
  const { answer, text } = await book.both('list-jobs');
  expect(answer.jobs.length).toBeGreaterThan(3);
  expect(answer.jobs.every((job) => job.profit === null && job.profitHidden === 'plan')).toBe(true);
  expect(answer.totals).toBeNull();
  expect(answer.profitHidden).toBe('plan');
  expect(text).toContain('Profit is part of the Pro plan');
  expect(text).not.toMatch(/profit \d/);
});

test('what is doubted of a job stands in the list with it: by its numbers, and never pointed at elsewhere', async () => {
  const book = await openBook();
  await roof(book.ok, { status: 'accepted' });
  await book.ok('add-job-expense', { job: 'J-1', description: 'Shingles', amount: 700, category: 'materials' });
  await book.ok('create-job', { customer: 'C-1', name: 'Gutters' });
  await book.ok('create-invoice', { job: 'J-2', lines: [{ description: 'Gutters', quantity: 1, unitPrice: 900 }] });
  const { answer, text } = await book.both('list-jobs');
  expect(answer.jobs.map(({ profit }) => profit?.warnings.map(({ code }) => code))).toEqual([
    ['unknown_cost'],
    ['possible_double_count'],
  ]);
  expect(text).toContain('; note: no cost is recorded\n');
  expect(text).toContain('; note: E-1 may already be planned in Q-1/1\n');
  expect(text).not.toMatch(/see its note/);
  expect(await book.text('get-customer', { customer: 'C-1' })).toContain('; note: E-1 may already be planned in Q-1/1');
});
