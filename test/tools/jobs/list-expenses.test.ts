import { expect, test } from 'vitest';
import { openBook, type Ask } from '../../support/answers.ts';
import { roof } from '../../support/roof.ts';
import { expectPlain } from '../../support/words.ts';

const SHINGLES = { description: 'Shingles', amount: 420, category: 'materials', vendor: 'ABC Supply' } as const;

/** Two jobs, five receipts from February and March. */
async function spent(ask: Ask): Promise<void> {
  await roof(ask);
  await ask('create-customer', { name: 'Marcus Oyelaran' });
  await ask('create-job', { customer: 'C-2', name: 'Storm repair' });
  await ask('add-job-expense', { job: 'J-1', ...SHINGLES, spentOn: '2026-02-27', coversLine: 'Q-1/1' });
  await ask('add-job-expense', { job: 'J-2', ...SHINGLES, vendor: 'abc supply', amount: 80.5, spentOn: '2026-03-02' });
  await ask('add-job-expense', {
    ...{ job: 'J-2', description: 'Tear-off crew', amount: 900, category: 'subcontractor' },
    ...{ vendor: 'Ridgeline Crews', spentOn: '2026-03-05' },
  });
  await ask('add-job-expense', {
    ...{ job: 'J-1', description: 'City permit', amount: 150, category: 'permit', spentOn: '2026-03-05' },
  });
  await ask('add-job-expense', {
    ...{ job: 'J-1', description: 'Nails from ABC', amount: 12, category: 'materials', vendor: 'Home Depot' },
  });
}

async function book() {
  const opened = await openBook();
  await spent(opened.ok);
  return opened;
}

test('"what did we pay ABC this year?" is one call, however ABC is written', async () => {
  const opened = await book();
  const { answer, text } = await opened.both('list-expenses', { vendor: 'ABC', from: '2026-01-01', to: '2026-12-31' });
  expect(answer).toMatchObject({
    vendors: ['ABC Supply', 'abc supply'],
    totals: { expenses: 2, spent: '500.50' },
    count: 2,
    currency: 'USD',
  });
  expect(text).toBe(
    [
      '2 expenses from ABC Supply, abc supply, 2026-01-01 to 2026-12-31: 500.50 USD in all.',
      '- E-2 Shingles: 80.50 (materials, abc supply, 2026-03-02), on J-2 Storm repair, Marcus Oyelaran',
      '- E-1 Shingles: 420.00 (materials, ABC Supply, 2026-02-27, covers Q-1/1), on J-1 Roof replacement, Dana Henderson',
    ].join('\n'),
  );
});

test('newest day first, with the sum of all that match apart by category', async () => {
  const opened = await book();
  const { answer, text } = await opened.both('list-expenses');
  expect(answer.expenses.map(({ ref }) => ref)).toEqual(['E-5', 'E-4', 'E-3', 'E-2', 'E-1']);
  expect(answer.totals).toEqual({
    expenses: 5,
    spent: '1562.50',
    byCategory: [
      { category: 'subcontractor', expenses: 1, spent: '900.00' },
      { category: 'materials', expenses: 3, spent: '512.50' },
      { category: 'permit', expenses: 1, spent: '150.00' },
    ],
    includesSamples: false,
  });
  expectPlain(text, 1200);
  expect(text).toMatch(
    /^5 expenses: 1562\.50 USD in all \(subcontractor 900\.00, materials 512\.50, permit 150\.00\)\.\n- E-5 /,
  );
});

const FILTERS = [
  [{ category: 'subcontractor', from: '2026-03-01', to: '2026-03-31' }, ['E-3'], '900.00'],
  [{ job: 'storm repair' }, ['E-3', 'E-2'], '980.50'],
  [{ customer: 'Oyelaran' }, ['E-3', 'E-2'], '980.50'],
  [{ customer: 'Oyelaran', category: 'materials' }, ['E-2'], '80.50'],
  [{ covering: true }, ['E-1'], '420.00'],
  [{ covering: false, job: 'J-1' }, ['E-5', 'E-4'], '162.00'],
  [{ query: 'permit' }, ['E-4'], '150.00'],
  [{ query: 'abc' }, ['E-5', 'E-2', 'E-1'], '512.50'],
  [{ vendor: 'homedepot' }, ['E-5'], '12.00'],
  [{ vendor: 'ridgline' }, ['E-3'], '900.00'],
  [{ from: '2026-03-05', to: '2026-03-05' }, ['E-4', 'E-3'], '1050.00'],
  [{ to: '2026-02-28' }, ['E-1'], '420.00'],
  [{ job: 'J-1', customer: 'C-2' }, [], '0.00'],
] as const;

test('each filter finds the expenses meant, and sums them', async () => {
  const opened = await book();
  for (const [filter, refs, sum] of FILTERS) {
    const { expenses, totals, count } = await opened.ok('list-expenses', filter);
    expect(
      expenses.map(({ ref }) => ref),
      JSON.stringify(filter),
    ).toEqual(refs);
    expect([totals.spent, count], JSON.stringify(filter)).toEqual([sum, refs.length]);
  }
});

test('"which expenses have no receipt?"', async () => {
  const opened = await book();
  await opened.ok('attach-file', {
    ...{ expense: 'E-1', kind: 'receipt', name: 'abc.txt' },
    content: Buffer.from('Shingles 420.00').toString('base64'),
  });
  const without = await opened.ok('list-expenses', { hasReceipt: false });
  expect(without.expenses.map(({ ref }) => ref)).toEqual(['E-5', 'E-4', 'E-3', 'E-2']);
  expect(without.totals.spent).toBe('1142.50');
  const having = await opened.ok('list-expenses', { hasReceipt: true });
  expect(having.expenses.map(({ ref, receipt }) => [ref, receipt])).toEqual([['E-1', 'F-1']]);
});

const SUMS = [
  [
    'vendor',
    [
      ['Ridgeline Crews', '900.00', 1],
      ['ABC Supply', '500.50', 2],
      [null, '150.00', 1],
      ['Home Depot', '12.00', 1],
    ],
  ],
  [
    'category',
    [
      ['subcontractor', '900.00', 1],
      ['materials', '512.50', 3],
      ['permit', '150.00', 1],
    ],
  ],
  [
    'job',
    [
      ['J-2', '980.50', 2],
      ['J-1', '582.00', 3],
    ],
  ],
  [
    'customer',
    [
      ['C-2', '980.50', 2],
      ['C-1', '582.00', 3],
    ],
  ],
  [
    'month',
    [
      ['2026-02', '420.00', 1],
      ['2026-03', '1142.50', 4],
    ],
  ],
] as const;

test.each(SUMS)('added up by %s', async (by, sums) => {
  const opened = await book();
  const answer = await opened.ok('list-expenses', { by });
  expect(answer.sums?.map(({ key, spent: sum, expenses }) => [key, sum, expenses])).toEqual(sums);
  expect(answer).toMatchObject({ expenses: [], by, sumCount: sums.length, totals: { spent: '1562.50' } });
});

test('sums in words, also those of what has no vendor', async () => {
  const opened = await book();
  expect(await opened.text('list-expenses', { by: 'vendor', from: '2026-03-01' })).toBe(
    [
      '4 expenses, since 2026-03-01: 1142.50 USD in all (subcontractor 900.00, permit 150.00, materials 92.50). By vendor:',
      '- Ridgeline Crews: 900.00, 1 expense',
      '- no vendor: 150.00, 1 expense',
      '- abc supply: 80.50, 1 expense',
      '- Home Depot: 12.00, 1 expense',
    ].join('\n'),
  );
  expect(await opened.text('list-expenses', { by: 'job' })).toContain('- J-2 Storm repair: 980.50, 2 expenses');
});

test('months without an expense are there as zeros', async () => {
  const opened = await book();
  await opened.ok('add-job-expense', { job: 'J-1', ...SHINGLES, spentOn: '2025-12-30' });
  const months = async (args: object) =>
    (await opened.ok('list-expenses', { by: 'month', ...args })).sums?.map(({ key, spent: sum }) => [key, sum]);
  expect(await months({})).toEqual([
    ['2025-12', '420.00'],
    ['2026-01', '0.00'],
    ['2026-02', '420.00'],
    ['2026-03', '1142.50'],
  ]);
  expect(await months({ from: '2026-01-01', to: '2026-02-28' })).toEqual([
    ['2026-01', '0.00'],
    ['2026-02', '420.00'],
  ]);
  // Between two days that were asked for nothing is an answer too.
  expect(await months({ from: '2024-01-01', to: '2024-02-28' })).toEqual([
    ['2024-01', '0.00'],
    ['2024-02', '0.00'],
  ]);
});

test('a vendor who is written nearly so is left out and named, since they may be somebody else', async () => {
  const opened = await book();
  await opened.ok('add-job-expense', { job: 'J-1', ...SHINGLES, vendor: 'Ridgelin Crews' });
  const { answer, text } = await opened.both('list-expenses', { vendor: 'ridgeline' });
  expect([answer.vendors, answer.totals.spent]).toEqual([['Ridgeline Crews'], '900.00']);
  expect(answer.warnings).toEqual(['Left out, though written nearly so: Ridgelin Crews.']);
  expect(text.split('\n').at(-1)).toBe('Left out, though written nearly so: Ridgelin Crews.');
  const sums = await opened.text('list-expenses', { vendor: 'ridgeline', by: 'job' });
  expect(sums).toContain('Left out, though written nearly so: Ridgelin Crews.');
});

test.each(['vendor', 'job', 'customer'])('sums by %s go on page by page', async (by) => {
  const opened = await book();
  const whole = (await opened.ok('list-expenses', { by })).sums ?? [];
  const first = await opened.both('list-expenses', { by, limit: 1 });
  expect(first.text).toContain(`1 shown of ${whole.length}; the rest with cursor "${first.answer.nextCursor}".`);
  const rest = await opened.ok('list-expenses', { by, limit: 5, cursor: first.answer.nextCursor });
  expect([...(first.answer.sums ?? []), ...(rest.sums ?? [])]).toEqual(whole);
});

test('pages go on within a day', async () => {
  const opened = await book();
  const first = await opened.both('list-expenses', { limit: 2 });
  expect(first.text).toContain(`2 shown of 5; the rest with cursor "${first.answer.nextCursor}".`);
  const rest = await opened.ok('list-expenses', { cursor: first.answer.nextCursor });
  expect(rest.expenses.map(({ ref }) => ref)).toEqual(['E-3', 'E-2', 'E-1']);
});

test('a vendor nobody was paid under, days that end before they begin, and what nothing matches', async () => {
  const opened = await book();
  const none = await opened.both('list-expenses', { vendor: 'Sherwin', from: '2026-01-01' });
  const warning =
    'No expense is from a vendor called "Sherwin". Vendors: ABC Supply, Home Depot, Ridgeline Crews, abc supply. query finds words in descriptions too.';
  expect(none.text).toBe(`No expenses match, since 2026-01-01.\n${warning}`);
  expect(none.answer).toMatchObject({ vendors: [], count: 0, totals: { spent: '0.00' }, warnings: [warning] });
  expect(await opened.error('list-expenses', { from: '2026-03-02', to: '2026-03-01' })).toMatch(/^to: /);
  expect(await opened.text('list-expenses', { category: 'equipment' })).toBe('No expenses match.');
  const empty = await openBook();
  expect(await empty.text('list-expenses', { by: 'vendor' })).toBe('No expenses match.');
});

test('samples are left out of the sums once the book is in use, unless they are asked for', async () => {
  const opened = await openBook({ samples: true });
  const before = await opened.ok('list-expenses');
  expect(before.totals).toMatchObject({ includesSamples: true });
  await spent(opened.ok);
  const { totals, count } = await opened.ok('list-expenses');
  expect(totals).toMatchObject({ spent: '1562.50', includesSamples: false, samplesLeftOut: true });
  expect(count).toBe(5);
  const all = await opened.ok('list-expenses', { includeSamples: true });
  expect(Number(all.totals.spent)).toBeCloseTo(Number(before.totals.spent) + 1562.5);
});

test('overhead stands among them, on no job, and a return is taken off what was paid', async () => {
  const opened = await book();
  await opened.ok('update-job-expense', { expense: 'E-5', overhead: true, reclaimableTax: 2 });
  await opened.ok('add-job-expense', {
    ...{ job: 'J-1', ...SHINGLES, description: 'Two bundles back', amount: 76, refund: true, spentOn: '2026-03-08' },
  });
  const abc = await opened.both('list-expenses', { vendor: 'abc' });
  expect(abc.answer.totals).toMatchObject({ expenses: 3, spent: '424.50', returned: '76.00' });
  expect(abc.text.split('\n').slice(0, 2)).toEqual([
    '3 expenses from ABC Supply, abc supply: 424.50 USD in all; 76.00 that came back is taken off.',
    '- E-6 Two bundles back: 76.00 back (materials, ABC Supply, 2026-03-08), on J-1 Roof replacement, Dana Henderson',
  ]);
  const overhead = await opened.both('list-expenses', { overhead: true });
  expect(overhead.answer.expenses).toMatchObject([{ ref: 'E-5', overhead: true, job: null, customer: null }]);
  expect(overhead.answer.totals).toMatchObject({ spent: '12.00', reclaimableTax: '2.00', cost: '10.00' });
  expect(overhead.text).toContain('12.00 USD in all; 2.00 of it is tax you get back, so it cost 10.00.');
  expect(overhead.text).toMatch(/, overhead$/);
  const onJobs = await opened.ok('list-expenses', { overhead: false });
  expect(onJobs.totals.spent).toBe('1474.50');
  for (const by of ['job', 'customer']) {
    const { answer, text } = await opened.both('list-expenses', { by });
    expect(answer.sums?.map(({ spent: sum }) => sum)).toEqual(['980.50', '494.00', '12.00']);
    expect(answer.sums?.at(-1)).toMatchObject({ key: null, spent: '12.00', cost: '10.00' });
    expect(text).toContain('- overhead, on no job: 12.00, 1 expense');
  }
});

test('"what did we pay Tom?": wages that name him, without him as their vendor, are told of', async () => {
  const opened = await book();
  const wages = { job: 'J-1', category: 'labor', amount: 256 };
  await opened.ok('add-job-expense', { ...wages, description: 'Framing', vendor: 'Tom', amount: 100 });
  await opened.ok('add-job-expense', { ...wages, description: 'Tom wages, 8 hours' });
  await opened.ok('add-job-expense', { ...wages, description: 'Drove with Tom', vendor: 'Luis' });
  // What is on a job of Tom's names nobody.
  await opened.ok('create-job', { newCustomer: { name: 'Tom Baker' }, name: 'Shed' });
  await opened.ok('add-job-expense', { ...wages, job: 'J-3', description: 'Helper' });
  const { answer, text } = await opened.both('list-expenses', { vendor: 'Tom' });
  expect(answer.totals.spent).toBe('100.00');
  const words = 'Left out: 1 expense without a vendor that names "Tom", 256.00 in all. query: "Tom" lists it.';
  expect(answer.warnings).toEqual([words]);
  expect(text).toContain(words);
  expect((await opened.ok('list-expenses', { query: 'Tom wages' })).expenses).toMatchObject([{ amount: '256.00' }]);
  // As far as it is asked for too.
  expect((await opened.ok('list-expenses', { vendor: 'Tom', category: 'materials' })).warnings).toBeUndefined();
  expect((await opened.ok('list-expenses', { vendor: 'Tom', job: 'J-2' })).warnings).toBeUndefined();
});

test('also where no vendor is called so', async () => {
  const opened = await book();
  await opened.ok('add-job-expense', { job: 'J-1', category: 'labor', amount: 40, description: 'Ana, sweeping' });
  expect((await opened.ok('list-expenses', { vendor: 'Ana' })).warnings).toEqual([
    expect.stringMatching(/^No expense is from a vendor called "Ana"/),
    'Left out: 1 expense without a vendor that names "Ana", 40.00 in all. query: "Ana" lists it.',
  ]);
});
