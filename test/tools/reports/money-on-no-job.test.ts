// Money that is on no job is in no job's profit, and is missing nowhere: not from a customer's report, not from that of
// the people, and not where there is no job at all.
import { expect, test } from 'vitest';
import { openBook, type Answers } from '../../support/answers.ts';
import { madeOnce } from '../../support/made-once.ts';
import { danaBook, roofBook } from '../../support/roof.ts';

const bill = (unitPrice: number) => [{ description: 'Call-out', quantity: 1, unitPrice }];

/** Of C-1 a job billed whole, 10800.00 of it, and 50.00 beside it; of C-2 only 300.00 beside jobs. Rent is overhead. */
const openOutside = madeOnce(async () => {
  const book = await roofBook();
  await book.ok('create-customer', { name: 'Marcus Oyelaran' });
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', rest: true }, issuedOn: '2026-02-10' });
  await book.ok('create-invoice', { customer: 'C-1', lines: bill(50), issuedOn: '2026-02-11' });
  await book.ok('create-invoice', { customer: 'C-2', lines: bill(300), issuedOn: '2026-03-01' });
  await book.ok('add-expenses', {
    expenses: [{ overhead: true, description: 'Rent', amount: 1200, category: 'other', spentOn: '2026-02-01' }],
  });
  return book;
});

type Row = Answers['profit-report']['rows'][number];
const outsideOf = (rows: readonly Row[]) =>
  rows.map(({ key, profit, outsideJobs }) => [key, profit, outsideJobs?.billed]);

test("a customer's report has what was billed to them on no job, whatever it is by, and nothing of others", async () => {
  const book = await openOutside();
  for (const by of ['customer', 'job', 'month', 'status', 'assignee', 'category'] as const) {
    const { answer, text } = await book.both('profit-report', { by, customer: 'C-1' });
    expect(answer.totals).toMatchObject({ outsideJobs: { billed: '50.00' }, profit: '4080.00' });
    // Overhead is no customer's, so that of one it cannot be said what the business made.
    expect([answer.totals.overhead, answer.totals.business]).toEqual([undefined, undefined]);
    expect(text).toContain('Outside jobs, in no figure of these: billed 50.00 USD');
  }
  const rows = async (args: object) => outsideOf((await book.ok('profit-report', args)).rows);
  expect(await rows({ by: 'customer', customer: 'C-1' })).toEqual([['C-1', '4080.00', '50.00']]);
  expect(await rows({ by: 'customer', customer: 'C-2' })).toEqual([['C-2', '0.00', '300.00']]);
  expect(await rows({ by: 'month', customer: 'C-1' })).toEqual([['2026-02', '4080.00', '50.00']]);
  expect(await rows({ by: 'customer', customer: 'C-1', from: '2026-03-01' })).toEqual([]);
  const count = async (customer: string) => (await book.ok('profit-report', { by: 'customer', customer })).count;
  expect([await count('C-1'), await count('C-2')]).toEqual([1, 1]);
});

test('of jobs that some words or the last ones pick, what is on no job is none', async () => {
  const book = await openOutside();
  for (const some of [{ query: 'roof' }, { last: 1 }]) {
    const { rows, totals } = await book.ok('profit-report', { by: 'customer', customer: 'C-1', ...some });
    expect(outsideOf(rows)).toEqual([['C-1', '4080.00', undefined]]);
    expect(totals.outsideJobs).toBeUndefined();
  }
});

test('by the people on jobs a row of none holds it, also where somebody is on every job', async () => {
  const book = await openOutside();
  const rows = async (args: object = {}) =>
    outsideOf((await book.ok('profit-report', { by: 'assignee', ...args })).rows);
  expect(await rows()).toEqual([['none', '4080.00', '350.00']]);
  await book.ok('update-job', { job: 'J-1', assignees: [{ name: 'Tom Becker', role: 'lead' }] });
  expect(await rows()).toEqual([
    ['tom becker', '4080.00', undefined],
    ['none', '0.00', '350.00'],
  ]);
  expect(await rows({ from: '2026-03-01', to: '2026-03-31' })).toEqual([['none', '0.00', '300.00']]);
  expect(await book.text('profit-report', { by: 'assignee' })).toContain('nobody: ');
});

test('"what did I make?" in a book without a job: a list of jobs says what was billed on none', async () => {
  const book = await danaBook();
  await book.ok('create-invoice', { customer: 'C-1', lines: bill(1000) });
  for (const args of [{}, { customer: 'C-1' }]) {
    const { answer, text } = await book.both('list-jobs', args);
    expect(answer.totals?.outsideJobs).toMatchObject({ invoices: 1, billed: '1000.00' });
    expect(text).toMatch(/^No jobs match\.\nOutside jobs, in none of these: 1 invoice, billed 1000\.00/);
  }
  expect(await (await openBook()).text('list-jobs')).toBe('No jobs match.');
});

const cents = (text = '0') => Math.round(Number(text) * 100);

test('what a row has of no job is explained by its records too, to the cent', async () => {
  const book = await openOutside();
  for (const by of ['customer', 'month', 'category', 'assignee', 'job'] as const) {
    for (const args of [{}, { customer: 'C-1' }, { from: '2026-02-01', to: '2026-02-28' }]) {
      const { rows } = await book.ok('profit-report', { by, explain: true, ...args });
      for (const { key, records = [], more, outsideJobs, overhead } of rows) {
        const sum = (figure: string) =>
          records.filter((each) => each.figure === figure).reduce((sofar, { amount }) => sofar + cents(amount), 0);
        expect([by, key, sum('outsideJobs'), sum('overhead')]).toEqual([
          ...[by, key, cents(outsideJobs?.billed), cents(overhead)],
        ]);
        expect(more).toBeUndefined();
      }
    }
  }
  const { answer, text } = await book.both('profit-report', { by: 'month', explain: true });
  expect(answer.rows[0]?.records?.slice(-2)).toEqual([
    { ref: 'INV-1002', what: 'invoice', figure: 'outsideJobs', amount: '50.00' },
    { ref: 'E-1', what: 'Rent', figure: 'overhead', amount: '1200.00' },
  ]);
  expect(text).toContain('  outside jobs billed 50.00: INV-1002 invoice\n  overhead 1200.00: E-1 Rent');
});

test('what has no room among the records stands summed up, so that the row still adds up', async () => {
  const book = await danaBook();
  const receipt = (amount: number) => ({ overhead: true, description: `Fuel ${amount}`, amount, category: 'other' });
  for (let first = 1; first <= 120; first += 20)
    await book.ok('add-expenses', { expenses: Array.from({ length: 20 }, (_, index) => receipt(first + index)) });
  await book.ok('create-invoice', { customer: 'C-1', lines: bill(1000) });
  const { answer, text } = await book.both('profit-report', { by: 'month', explain: true });
  const [row] = answer.rows;
  const spent = (row?.records ?? []).filter(({ figure }) => figure === 'overhead');
  const shown = spent.reduce((sofar, { amount }) => sofar + cents(amount), 0);
  expect(row?.records).toHaveLength(100);
  expect(row?.more).toMatchObject({ jobs: 0, billed: '0.00', outsideJobs: { billed: '0.00' } });
  expect(shown + cents(row?.more?.overhead)).toBe(cents(row?.overhead));
  expect(text).toContain(`  and more: overhead ${row?.more?.overhead}`);
}, 60_000);

test('what was sold on no job is named beside what the business made, since its cost is in no figure', async () => {
  const book = await danaBook();
  await book.ok('create-job', { customer: 'C-1', name: 'Roof' });
  const lines = [{ description: 'Patio', quantity: 1, unitPrice: 10_800, unitCost: 7420 }];
  const { quote } = await book.ok('create-quote', { customer: 'C-1', status: 'accepted', lines });
  await book.ok('create-invoice', { fromQuote: { quote: quote.ref, percent: 50 } });
  for (const args of [{ by: 'job' }, { by: 'month' }, { by: 'customer', customer: 'C-1' }] as const) {
    const { answer, text } = await book.both('profit-report', args);
    expect(answer.totals.soldOnNoJob).toEqual([{ ref: quote.ref, subtotal: '10800.00' }]);
    expect(text).toContain(
      `Accepted, but under no job: ${quote.ref} (10800.00 USD); what that work costs is in no figure here until file-under-job puts it under one`,
    );
  }
  await book.ok('file-under-job', { job: 'J-1', records: [quote.ref] });
  const { answer } = await book.both('profit-report', { by: 'job' });
  expect(answer.totals.soldOnNoJob).toBeUndefined();
});
