// "What will I make on it?": the job's page, lists and answers to writes tell one story, by where the job stands.
import { expect, test } from 'vitest';
import { openBook, type TypedBook } from '../../support/answers.ts';

/** A siding job of 13,600 that costs 8,937.30. */
async function siding(book: TypedBook): Promise<void> {
  await book.ok('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Siding' });
  await book.ok('create-quote', {
    job: 'J-1',
    status: 'accepted',
    lines: [{ description: 'Siding', quantity: 1, unitPrice: 13_600, unitCost: '8937.30', category: 'materials' }],
  });
}

test('a healthy job that is barely billed leads with its forecast, everywhere', async () => {
  const book = await openBook();
  await siding(book);
  await book.ok('create-invoice', { job: 'J-1', fromQuote: { quote: 'Q-1', amount: 3852 } });
  await book.ok('record-payment', { invoice: 'INV-1001', amount: 2000 });
  const { answer, text } = await book.both('get-job', { job: 'J-1' });
  expect(answer.job.profit).toMatchObject({ profit: '-5085.30', marginPercent: -132 });
  const forecast = {
    ...{ sold: true, contract: '13600.00', leftToBill: '9748.00', spent: '0.00', costToCome: '8937.30' },
    ...{ expectedProfit: '4662.70', expectedMarginPercent: 34.3, collected: '2000.00' },
  };
  expect(answer.job).toMatchObject({ standing: 'running', forecast });
  expect(text).toContain('Expected profit 4662.70 USD, margin 34.3 %');
  expect(text).toContain('= billed 3852.00 + left to bill 9748.00 − spent 0.00 − cost to come 8937.30');
  expect(text).toContain('All of the cost, 8937.30, is still the quote; no receipt yet.');
  expect(text.indexOf('4662.70')).toBeLessThan(text.indexOf('-5085.30'));
  const list = await book.both('list-jobs', {});
  expect(list.answer.jobs).toEqual([expect.objectContaining({ standing: 'running', forecast })]);
  expect(list.text).toContain('expected profit 4662.70 (34.3 %), billed 3852.00, 9748.00 left to bill');
  const spent = await book.both('add-job-expense', {
    ...{ job: 'J-1', description: 'Boards', amount: 500, category: 'materials', coversLine: 'Q-1/1' },
  });
  expect(spent.answer.forecast).toMatchObject({ spent: '500.00', costToCome: '8437.30', expectedProfit: '4662.70' });
  expect(spent.text).toContain('J-1 now: Expected profit 4662.70 USD');
  expect(spent.text).toContain('8437.30 of the cost is still the quote, without a receipt; 500.00 is spent.');
});

test('a finished job leads with its profit, and says what of its cost is only quoted', async () => {
  const book = await openBook();
  await siding(book);
  await book.ok('create-invoice', { job: 'J-1', fromQuote: { quote: 'Q-1', rest: true } });
  const { answer, text } = await book.both('get-job', { job: 'J-1' });
  expect(answer.job.standing).toBe('finished');
  expect(text).toContain('Profit 4662.70 USD, margin 34.3 %');
  expect(text).not.toContain('Expected profit');
  expect(text).toContain('All of the cost, 8937.30, is still the quote; no receipt yet.');
});

test('several open quotes each show what they would make', async () => {
  const book = await openBook();
  await book.ok('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Siding' });
  const line = { description: 'Siding', quantity: 1, unitPrice: 1000, unitCost: 600 };
  await book.ok('create-quote', { job: 'J-1', title: 'Vinyl', lines: [line] });
  await book.ok('create-quote', { job: 'J-1', title: 'Cedar', lines: [{ ...line, unitPrice: 2000, unitCost: 1500 }] });
  const { answer, text } = await book.both('get-job', { job: 'J-1' });
  expect(answer.job).toMatchObject({ standing: 'unsold', forecast: { sold: false, expectedProfit: null } });
  expect(text).toContain('Q-1 Vinyl, 1000.00: if they accept it, profit 400.00 (40 %)');
  expect(text).toContain('Q-2 Cedar, 2000.00: if they accept it, profit 500.00 (25 %)');
});

test('what nobody said the cost of is no margin of 100 %', async () => {
  const book = await openBook();
  await book.ok('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Siding', status: 'completed' });
  await book.ok('create-invoice', { job: 'J-1', lines: [{ description: 'Siding', quantity: 1, unitPrice: 1000 }] });
  const { answer, text } = await book.both('get-job', { job: 'J-1' });
  expect(answer.job.profit?.marginPercent).toBe(100);
  expect(answer.job.profit?.warnings.map(({ code }) => code)).toEqual(['unknown_cost']);
  expect(text).toContain('margin not known, since a cost is not');
  expect(text).not.toContain('100 %');
  expect(await book.text('list-jobs', {})).toContain('profit 1000.00 (cost not known)');
});
