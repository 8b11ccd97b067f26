// Numbers: given at issue, without gaps, never used again.
import { expect, test } from 'vitest';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import type { TypedBook } from '../../support/answers.ts';
import { BILL, danaBook } from '../../support/roof.ts';

async function numbers(book: TypedBook): Promise<string[]> {
  return (await book.ok('list-invoices', { limit: 50 })).invoices
    .map(({ ref, status }) => `${ref} ${status}`)
    .reverse();
}

test('a void number is never used again, and a discarded draft never had one', async () => {
  const book = await danaBook();
  const bill = { customer: 'C-1', lines: BILL };
  await book.ok('create-invoice', bill);
  await book.ok('create-invoice', bill);
  await book.ok('update-invoice', { invoice: 'INV-1002', status: 'void', voidReason: 'wrong customer' });
  await book.ok('create-invoice', { ...bill, draft: true });
  await book.ok('update-invoice', { invoice: 'DRAFT-3', discard: true });
  await book.ok('create-invoice', bill);
  expect(await numbers(book)).toEqual(['INV-1001 issued', 'INV-1002 void', 'INV-1003 issued']);
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});

test('a refused issue uses no number', async () => {
  const book = await danaBook();
  await book.ok('create-invoice', {
    customer: 'C-1',
    draft: true,
    lines: [{ description: 'Skylight', quantity: 1, unitPrice: null }],
  });
  expect(await book.error('update-invoice', { invoice: 'DRAFT-1', status: 'issued' })).toContain(
    'DRAFT-1 has no price yet on line 1 (Skylight)',
  );
  expect(await book.error('create-invoice', { customer: 'C-1', lines: BILL, dueOn: '2020-01-01' })).toContain('dueOn');
  await book.ok('create-invoice', { customer: 'C-1', lines: BILL });
  expect(await numbers(book)).toEqual(['DRAFT-1 draft', 'INV-1001 issued']);
});

test('many at once, some issued, some drafted, some refused: no gap and no number twice', async () => {
  const book = await danaBook();
  const calls = Array.from({ length: 45 }, async (_, index) => {
    if (index % 3 === 0) return await book.call('create-invoice', { customer: 'C-1', lines: BILL, draft: true });
    if (index % 3 === 1)
      return await book.call('create-invoice', { customer: 'C-1', lines: BILL, dueOn: '2020-01-01' });
    return await book.call('create-invoice', { customer: 'C-1', lines: BILL });
  });
  const results = await Promise.all(calls);
  expect(results.filter((result) => result.isError === true)).toHaveLength(15);
  const issued = (await numbers(book)).filter((row) => row.startsWith('INV')).sort();
  expect(issued).toEqual(Array.from({ length: 15 }, (_, index) => `INV-${1001 + index} issued`));
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});

test('a draft keeps its own number among drafts for good', async () => {
  const book = await danaBook();
  for (const draft of [true, false, true]) await book.ok('create-invoice', { customer: 'C-1', lines: BILL, draft });
  expect(await numbers(book)).toEqual(['DRAFT-1 draft', 'INV-1001 issued', 'DRAFT-3 draft']);
  expect((await book.ok('update-invoice', { invoice: 'DRAFT-1', status: 'issued' })).invoice?.ref).toBe('INV-1002');
  expect((await book.ok('get-invoice', { invoice: 'DRAFT-3' })).invoice.status).toBe('draft');
});
