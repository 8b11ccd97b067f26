// A NUL, which PostgreSQL keeps in no text, is refused by either engine, and where people's words are cleaned it is gone.
import { expect, test } from 'vitest';
import { openBook } from '../support/book.ts';

test.each([
  ['create-customer', { name: 'Dana', requestId: 'a\u0000' }, 'requestId: has a NUL character'],
  ['record-payment', { invoice: 'INV-1001', amount: '1\u0000' }, 'amount: has a NUL character'],
  ['list-invoices', { cursor: 'a\u0000' }, 'cursor: has a NUL character'],
])('%s with a NUL in %o', async (tool, args, words) => {
  const book = await openBook();
  expect(await book.error(tool, args)).toContain(words);
});

test('a NUL in words that are kept is taken out, as all that nobody sees', async () => {
  const book = await openBook();
  const { customer } = await book.ok('create-customer', { name: 'Da\u0000na', notes: 'gate\u0000 code' });
  expect(customer).toMatchObject({ name: 'Dana' });
});
