// Samples show a new book at work; in the totals of one that is in use they would be money that nobody has.
import { expect, test } from 'vitest';
import { openBook, type TypedBook } from '../support/answers.ts';
import { BILL } from '../support/roof.ts';

const KEYS = ['job', 'customer', 'month', 'status', 'category', 'assignee'] as const;
const EVER = { from: '2000-01-01', to: '2100-01-01' };

/** Everything that adds up over many records, with what it says of samples left away. */
async function totalsOf(book: TypedBook, args: object = {}): Promise<object[]> {
  const { totals } = await book.ok('list-jobs', args);
  const { count: _, invoices: __, ...invoices } = await book.ok('list-invoices', args);
  const reports = [];
  for (const by of KEYS)
    for (const period of [{}, EVER])
      reports.push(await book.ok('profit-report', { by, explain: true, ...period, ...args }));
  const sums = [{ ...totals }, invoices, await book.ok('list-receivables', args), ...reports];
  return sums.map((each) => Object.fromEntries(Object.entries(each).filter(([name]) => name !== 'samplesLeftOut')));
}

/** One job of one's own, billed and not paid, with an expense. */
async function work({ ok }: TypedBook): Promise<void> {
  await ok('create-customer', { name: 'Priya Raman' });
  await ok('create-job', { customer: 'C-1', name: 'Porch', assignees: [{ name: 'Tom Becker', role: 'lead' }] });
  await ok('create-invoice', { job: 'J-1', lines: BILL });
  await ok('add-job-expense', { job: 'J-1', description: 'Posts', amount: 75, category: 'materials' });
}

test('in a book with work of its own, totals are those of a book without samples', async () => {
  const mixed = await openBook({ samples: true });
  const plain = await openBook();
  for (const book of [mixed, plain]) await work(book);
  expect(await totalsOf(mixed)).toEqual(await totalsOf(plain));
  expect(await mixed.text('list-jobs')).toContain('All 1 job, samples left out:');
  expect(await mixed.text('list-invoices')).toMatch(/^1 invoice, samples left out, issued /);
  expect(await mixed.text('profit-report', { by: 'job' })).not.toContain('sample');
  const [expenses, invoices] = [await mixed.ok('list-expenses'), await mixed.ok('list-invoices')];
  expect([expenses.count, expenses.expenses.length, expenses.totals.byCategory.length]).toEqual([1, 1, 1]);
  expect([invoices.count, invoices.invoices.length]).toEqual([1, 1]);
});

test('asked for, and of a sample that is asked about, they are in', async () => {
  const book = await openBook({ samples: true });
  const before = await book.ok('list-jobs');
  await work(book);
  const { totals } = await book.ok('list-jobs', { includeSamples: true });
  expect(totals).toMatchObject({ includesSamples: true });
  expect(Number(totals?.billed)).toBeGreaterThan(Number(before.totals?.billed));
  for (const by of KEYS)
    expect((await book.ok('profit-report', { by, includeSamples: true })).totals.includesSamples).toBe(true);
  expect((await book.ok('list-receivables', { includeSamples: true })).count).toBe(3);
  expect((await book.ok('list-receivables', { customer: 'Marcus Oyelaran' })).totals.total).toBe('3852.00');
  expect((await book.ok('list-invoices', { job: 'Roof replacement' })).totalIssued).toBe('18400.00');
  expect((await book.ok('list-jobs', { customer: 'Dana Henderson' })).totals?.includesSamples).toBe(true);
  await book.ok('update-account', { removeSamples: true });
  expect(await book.text('list-jobs')).toContain('All 1 job:');
});

test('what is only changed on a sample leaves the samples in, until there is anything of your own', async () => {
  const book = await openBook({ samples: true });
  await book.ok('update-job', { job: 'J-S4', status: 'open' });
  expect((await book.ok('list-jobs')).totals?.includesSamples).toBe(true);
  await book.ok('create-customer', { name: 'Priya Raman' });
  expect((await book.ok('list-jobs')).totals?.includesSamples).toBe(false);
  expect(await book.text('profit-report', { by: 'job' })).toBe('No job made or cost anything yet.');
});

test('a list of jobs has the jobs that its sums are of, in its rows and its count', async () => {
  const book = await openBook({ samples: true });
  await work(book);
  const { answer, text } = await book.both('list-jobs');
  expect([answer.count, answer.jobs.map(({ ref }) => ref)]).toEqual([1, ['J-1']]);
  expect(text).toMatch(/^1 job:/);
  expect(await book.text('list-jobs', { query: 'roof replacement' })).toBe('No jobs match, samples left out.');
  const all = await book.ok('list-jobs', { includeSamples: true, sort: 'profit' });
  expect(all.count).toBe(all.jobs.length);
  expect(all.count).toBeGreaterThan(1);
});

test('a book that holds nothing of its own but overhead leaves samples out too', async () => {
  const book = await openBook({ samples: true });
  await book.ok('add-expenses', {
    expenses: [{ overhead: true, description: 'Truck insurance', amount: 210, category: 'other' }],
  });
  expect((await book.ok('list-jobs')).totals?.includesSamples).toBe(false);
  const { totals } = await book.ok('profit-report', { by: 'month' });
  expect(totals).toMatchObject({ jobs: 0, overhead: '210.00', business: '-210.00', includesSamples: false });
});
