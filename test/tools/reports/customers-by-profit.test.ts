// "Which customers make me the most?": what was billed under no job counts too.
import { expect, test } from 'vitest';
import { roofBook } from '../../support/roof.ts';

const bill = (unitPrice: number) => [{ description: 'Call-out', quantity: 1, unitPrice }];

async function openCustomers() {
  const book = await roofBook();
  await book.ok('create-customer', { name: 'Marcus Oyelaran' });
  await book.ok('create-customer', { name: 'Walt Brannigan' });
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', rest: true }, issuedOn: '2026-02-10' });
  await book.ok('create-invoice', { customer: 'C-1', lines: bill(50), issuedOn: '2026-02-11' });
  await book.ok('create-invoice', { customer: 'C-2', lines: bill(5000), issuedOn: '2026-02-12' });
  await book.ok('create-invoice', { customer: 'C-3', lines: bill(300), issuedOn: '2026-03-01' });
  return book;
}

test('the most first, with and without a period; rows are all that was issued', async () => {
  const book = await openCustomers();
  const { answer, text } = await book.both('profit-report', { by: 'customer' });
  expect(answer.rows.map((row) => [row.key, row.jobs, row.profit, row.outsideJobs?.billed])).toEqual([
    ['C-2', 0, '0.00', '5000.00'],
    ['C-1', 1, '4080.00', '50.00'],
    ['C-3', 0, '0.00', '300.00'],
  ]);
  expect(answer.count).toBe(3);
  expect(text).toContain('0 jobs; outside jobs billed 5000.00');
  const february = await book.ok('profit-report', { by: 'customer', from: '2026-02-01', to: '2026-02-28' });
  expect(february.rows.map((row) => row.key)).toEqual(['C-2', 'C-1']);
});

test('pages follow one another by what each made, jobs or not', async () => {
  const book = await openCustomers();
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await book.ok('profit-report', {
      by: 'customer',
      limit: 1,
      ...(cursor === undefined ? {} : { cursor }),
    });
    seen.push(...page.rows.map((row) => row.key));
    cursor = page.nextCursor;
  } while (cursor !== undefined && seen.length < 9);
  expect(seen).toEqual(['C-2', 'C-1', 'C-3']);
});

test('of some jobs alone what is under none is no part', async () => {
  const book = await openCustomers();
  const { rows } = await book.ok('profit-report', { by: 'customer', query: 'roof', explain: true });
  expect(rows.map((row) => [row.key, row.profit, row.outsideJobs?.billed])).toEqual([['C-1', '4080.00', undefined]]);
});

test('costs by category stand without a profit that nobody asked for', async () => {
  const book = await openCustomers();
  const text = await book.text('profit-report', { by: 'category' });
  expect(text).toContain('Costs by category:\n- materials: planned 6720.00, nothing logged, 1 job');
  expect(text).not.toContain('margin');
});

test('a customer counts with what is expected of running jobs, says so, and comes by that, page by page', async () => {
  const book = await openCustomers();
  const sell = async (customer: string, job: string, unitPrice: number) => {
    await book.ok('create-job', { customer, name: 'Addition' });
    const lines = [{ description: 'Addition', quantity: 1, unitPrice, unitCost: unitPrice / 2 }];
    const { quote } = await book.ok('create-quote', { job, status: 'accepted', lines });
    await book.ok('create-invoice', { fromQuote: { quote: quote.ref, percent: 10 }, issuedOn: '2026-03-02' });
  };
  // Dana's roof is done and made 4080.00; of 2000.00 that are expected of the addition 200.00 are earned.
  await sell('C-1', 'J-2', 4000);
  await sell('C-3', 'J-3', 30_000);
  const { answer, text } = await book.both('profit-report', { by: 'customer' });
  expect(answer.rows.map(({ key, profit, whole }) => [key, profit, whole])).toEqual([
    ['C-3', '1500.00', { profit: '15000.00', notRunning: '0.00' }],
    ['C-1', '4280.00', { profit: '6080.00', notRunning: '4080.00' }],
    ['C-2', '0.00', undefined],
  ]);
  expect(text).toContain('Profit by customer, the most first (a running job counts what is expected of it):');
  expect(text).toContain(
    'C-1 Dana Henderson: profit 6080.00 in all (4080.00 of jobs not running + 2000.00 expected of those that are); earned by what is billed: profit 4280.00',
  );
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await book.ok('profit-report', {
      by: 'customer',
      limit: 1,
      ...(cursor === undefined ? {} : { cursor }),
    });
    seen.push(...page.rows.map((row) => row.key));
    cursor = page.nextCursor;
  } while (cursor !== undefined && seen.length < 9);
  expect(seen).toEqual(['C-3', 'C-1', 'C-2']);
  // In a period they come by what they made in it.
  const period = await book.both('profit-report', { by: 'customer', from: '2026-01-01' });
  expect(period.answer.rows.map(({ key, whole }) => [key, whole])).toEqual([
    ['C-2', undefined],
    ['C-1', undefined],
    ['C-3', undefined],
  ]);
  expect(period.text).toContain('Profit by customer since 2026-01-01, the most first:');
});
