// The number that leads is the one that is explained, and two numbers of one job are never called the same.
import { expect, test } from 'vitest';
import { madeOnce } from '../../support/made-once.ts';
import { danaBook } from '../../support/roof.ts';

const cents = (text: string | undefined) => Math.round(Number(text) * 100);

/** Sold for 18,000 with a cost of 10,910 (two lines), half of it billed, 1,090 spent beside the plan. */
const openBook = madeOnce(async () => {
  const book = await danaBook();
  await book.ok('create-job', { customer: 'C-1', name: 'Patio cover' });
  const line = (description: string, unitPrice: number, unitCost: number, category: string) => ({
    ...{ description, quantity: 1, unitPrice, unitCost, category },
  });
  await book.ok('create-quote', {
    job: 'J-1',
    title: 'Patio cover',
    status: 'accepted',
    lines: [line('Cover', 17_000, 9910, 'materials'), line('Frame', 1000, 1000, 'subcontractor')],
  });
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', percent: 50 } });
  await book.ok('add-job-expense', { job: 'J-1', description: 'Permit', amount: 1090, category: 'permit' });
  return book;
});

test('explain of a running job adds up to what is expected of it, with what is left to bill and of which contract', async () => {
  const book = await openBook();
  const { answer, text } = await book.both('get-job', { job: 'J-1', explain: true });
  const { explain, job } = answer;
  expect(job.forecast?.expectedProfit).toBe('6000.00');
  expect(explain?.expected).toBe('9000.00 + 9000.00 − 10910.00 − 1090.00 = 6000.00');
  expect(explain?.leftToBill).toEqual([{ ref: 'Q-1', what: 'Patio cover, of its contract', amount: '9000.00' }]);
  expect(text).toContain('Left to bill: 1 record\n- Q-1 Patio cover, of its contract: 9000.00\n');
  expect(text).toContain(
    'Expected profit = billed + left to bill − cost of work − expenses: 9000.00 + 9000.00 − 10910.00 − 1090.00 = 6000.00',
  );
  expect(text).not.toContain('= -3000.00');
});

test('what is to credit on one contract and left on another are told one by one, and add up', async () => {
  const book = await openBook();
  const lines = [{ description: 'Deck', quantity: 1, unitPrice: 2000, unitCost: 900 }];
  await book.ok('create-quote', { job: 'J-1', title: 'Deck', kind: 'original', status: 'accepted', lines });
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-2', rest: true } });
  const less = [{ description: 'Less deck', quantity: 1, unitPrice: -500, unitCost: -200 }];
  await book.ok('create-quote', { job: 'J-1', kind: 'change_order', contract: 'Q-2', status: 'accepted', lines: less });
  const { explain, job } = await book.ok('get-job', { job: 'J-1', explain: true });
  expect(explain?.leftToBill?.map(({ ref, amount }) => [ref, amount])).toEqual([
    ['Q-1', '9000.00'],
    ['Q-2', '-500.00'],
  ]);
  expect(explain?.expected).toContain('+ 9000.00 − 500.00 − ');
  expect(explain?.expected?.endsWith(`= ${job.forecast?.expectedProfit}`)).toBe(true);
});

test('an offer is explained by what it makes if they accept; a finished job by what it made', async () => {
  const book = await danaBook();
  await book.ok('create-job', { customer: 'C-1', name: 'Fence' });
  const lines = [{ description: 'Fence', quantity: 1, unitPrice: 4000, unitCost: 2600 }];
  await book.ok('create-quote', { job: 'J-1', title: 'Fence', status: 'sent', lines });
  const offer = await book.ok('get-job', { job: 'J-1', explain: true });
  expect(offer.explain?.expected).toBe('0.00 + 4000.00 − 2600.00 − 0.00 = 1400.00');
  expect(offer.explain?.leftToBill).toEqual([{ ref: 'Q-1', what: 'Fence, not accepted yet', amount: '4000.00' }]);
  await book.ok('update-quote', { quote: 'Q-1', status: 'accepted' });
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', rest: true } });
  const { answer, text } = await book.both('get-job', { job: 'J-1', explain: true });
  expect(answer.explain?.expected).toBeUndefined();
  expect(text).toContain('Profit: 4000.00 − 2600.00 − 0.00 = 1400.00');
});

test('what is earned by what is billed and all cost held against it are not both called "so far"', async () => {
  const book = await openBook();
  const page = await book.text('get-job', { job: 'J-1' });
  expect(page).toContain('All of the cost, held against what is billed so far: -3000.00');
  const report = await book.both('profit-report', { by: 'job' });
  const earned = report.answer.rows[0]?.profit;
  expect(cents(earned ?? undefined)).toBe(300_000);
  expect(report.text).toContain(
    'expected profit 6000.00 (33.3 %), billed 9000.00, 9000.00 left to bill; earned by what is billed: profit 3000.00',
  );
  expect(report.text).not.toContain('so far');
});

test('a list of jobs tells no sum of what is finished and what is half billed, by status neither', async () => {
  const book = await openBook();
  const { answer, text } = await book.both('list-jobs', {});
  expect(answer.totals).toMatchObject({ profit: '-3000.00', byStatus: { open: { profit: '-3000.00' } } });
  expect(text).not.toContain('-3000');
  expect(text).toContain('Billed on all of them: 9000.00 USD');
  expect(text).toContain('By status: open 1 (billed 9000.00)');
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', rest: true } });
  expect(await book.text('list-jobs')).toContain('All of them: Profit 6000.00 USD, margin 33.3 %');
});

test('what is left to bill says that it is before tax, where tax is on the contract', async () => {
  const book = await openBook();
  expect(await book.text('get-job', { job: 'J-1' })).toContain('9000.00 left to bill.');
  await book.ok('create-job', { customer: 'C-1', name: 'Shed' });
  const lines = [{ description: 'Shed', quantity: 1, unitPrice: 1000, unitCost: 600, taxRatePercent: 8 }];
  await book.ok('create-quote', { job: 'J-2', status: 'accepted', lines });
  expect(await book.text('get-job', { job: 'J-2' })).toContain('Contract 1000.00, 1000.00 left to bill, before tax.');
});
