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
