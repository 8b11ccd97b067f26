// "Bill the 30 % deposit on the roof": who bills names the work, and its contract is found.
import { expect, test } from 'vitest';
import { openBook } from '../../support/answers.ts';
import { expectHelpful } from '../../support/words.ts';

const line = (description: string, unitPrice: number) => ({ description, quantity: 1, unitPrice });

/** Two roofs of two customers, quoted and sold alike; Dana's garage is only quoted. */
async function twoRoofs() {
  const book = await openBook();
  for (const [customer, price] of [
    ['Dana Henderson', 1000],
    ['Ned Ortiz', 2000],
  ] as const) {
    await book.ok('create-job', { newCustomer: { name: customer }, name: 'Roof' });
    const job = `${customer} roof`;
    await book.ok('create-quote', { job, title: 'Re-roof', status: 'accepted', lines: [line('Shingles', price)] });
  }
  await book.ok('create-job', { customer: 'C-1', name: 'Garage' });
  await book.ok('create-quote', { job: 'Garage', title: 'Garage re-roof', lines: [line('Shingles', 500)] });
  return book;
}

test.each([
  [{ job: 'J-2' }, 'INV-1001 J-2 600.00'],
  [{ job: 'Henderson roof' }, 'INV-1001 J-1 300.00'],
  [{ customer: 'Ned' }, 'INV-1001 J-2 600.00'],
])('a share of the one contract of %j needs no quote', async (work, billed) => {
  const book = await twoRoofs();
  const { invoice } = await book.ok('create-invoice', { ...work, fromQuote: { percent: 30 } });
  expect(`${invoice.ref} ${invoice.job?.ref} ${invoice.subtotal}`).toBe(billed);
  expect(invoice.kind).toBe('deposit');
});

test('words mean the quote of the job or customer that is named beside them', async () => {
  const book = await twoRoofs();
  const error = await book.error('create-invoice', { fromQuote: { quote: 're-roof', percent: 30 } });
  expect(error).toContain('could be any of these');
  const theirs = await book.ok('create-invoice', { job: 'J-2', fromQuote: { quote: 're-roof', percent: 30 } });
  expect(theirs.invoice.job?.ref).toBe('J-2');
});

test('of several contracts the one with something left is meant, and else it is asked which', async () => {
  const book = await twoRoofs();
  await book.ok('create-quote', { job: 'J-1', title: 'Gutters', status: 'accepted', lines: [line('Gutters', 400)] });
  const asked = await book.error('create-invoice', { job: 'J-1', fromQuote: { rest: true } });
  expectHelpful(asked);
  expect(asked).toContain('Gutters, Dana Henderson, accepted, 400.00 USD');
  expect(asked).toContain('Re-roof, Dana Henderson, accepted, 1000.00 USD');
  await book.ok('create-invoice', { fromQuote: { quote: 'Gutters', rest: true } });
  const { invoice } = await book.ok('create-invoice', { job: 'J-1', fromQuote: { rest: true } });
  expect(invoice.subtotal).toBe('1000.00');
});

test.each([
  [{ job: 'Garage' }, /^fromQuote\.quote: no quote of J-3 Garage is accepted/],
  [{}, /^fromQuote\.quote: say which quote is billed/],
])('what has no contract is not billed as one: %j', async (work, why) => {
  const book = await twoRoofs();
  const error = await book.error('create-invoice', { ...work, fromQuote: { percent: 30 } });
  expectHelpful(error);
  expect(error).toMatch(why);
});
