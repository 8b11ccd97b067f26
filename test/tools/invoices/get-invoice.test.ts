import { expect, test } from 'vitest';
import { openBook } from '../../support/answers.ts';
import { BILL, dana, danaBook, roofBook } from '../../support/roof.ts';
import { expectPlain } from '../../support/words.ts';

test.each([['INV-1001'], ['inv 1001'], ['1001'], ['the henderson roof'], ["Henderson's invoice"], ['#1001']])(
  'the invoice is found as "%s"',
  async (spoken) => {
    const book = await roofBook();
    await book.ok('create-invoice', { job: 'J-1', lines: BILL, notes: 'Thank you.' });
    const { answer, text } = await book.both('get-invoice', { invoice: spoken });
    expect(answer.invoice).toMatchObject({
      ref: 'INV-1001',
      subtotal: '10800.00',
      balance: '10800.00',
      notes: 'Thank you.',
    });
    expectPlain(text, 700);
    expect(text).toContain('For C-1 Dana Henderson, on J-1 Roof replacement.');
    expect(text).toContain('Notes: Thank you.');
  },
);

test('due today is current, due yesterday is overdue; a draft never is', async () => {
  let now = '2026-03-10T17:00:00.000Z';
  const book = await openBook({ now: () => now });
  await dana(book.ok);
  await book.ok('create-invoice', { customer: 'C-1', lines: BILL, dueOn: '2026-03-20' });
  await book.ok('create-invoice', { customer: 'C-1', lines: BILL, dueOn: '2026-03-20', draft: true });
  const overdue = async (invoice: string) => (await book.ok('get-invoice', { invoice })).invoice.overdue;
  // 23:30 on the 20th in Chicago is the 21st in London.
  now = '2026-03-21T04:30:00.000Z';
  expect(await overdue('INV-1001')).toBe(false);
  now = '2026-03-21T05:00:00.000Z';
  expect(await overdue('INV-1001')).toBe(true);
  expect(await book.text('get-invoice', { invoice: 'INV-1001' })).toContain('OVERDUE');
  expect(await overdue('DRAFT-2')).toBe(false);
});

test('two tax rates are rounded once each', async () => {
  const book = await danaBook();
  const line = (unitPrice: string, taxRatePercent: number) => ({
    description: 'Part',
    quantity: 1,
    unitPrice,
    taxRatePercent,
  });
  await book.ok('create-invoice', {
    customer: 'C-1',
    lines: [line('0.10', 5), line('0.10', 5), line('0.10', 5), line('1.00', 8.25)],
  });
  const { answer, text } = await book.both('get-invoice', { invoice: 'INV-1001' });
  // 5 % of 0.30 is 0.015, half away from zero 0.02; line by line it would be 0.03.
  expect(answer.invoice.taxLines).toEqual([
    { ratePercent: 5, base: '0.30', tax: '0.02' },
    { ratePercent: 8.25, base: '1.00', tax: '0.08' },
  ]);
  expect(answer.invoice).toMatchObject({ subtotal: '1.30', tax: '0.10', total: '1.40' });
  expect(text).toContain('Subtotal 1.30, tax 5 % 0.02, tax 8.25 % 0.08, total 1.40 USD');
});

test('an unknown number, another kind of number, and words that fit two are refused', async () => {
  const book = await roofBook();
  await book.ok('create-invoice', { job: 'J-1', lines: BILL });
  await book.ok('create-invoice', { job: 'J-1', lines: BILL });
  expect(await book.error('get-invoice', { invoice: 'INV-1' })).toMatch(
    /^invoice: no invoice matches "INV-1". Give its number, like INV-1043/,
  );
  expect(await book.error('get-invoice', { invoice: 'Q-1' })).toContain(
    'is the number of a quote. Give an invoice, like INV-1043',
  );
  const error = await book.error('get-invoice', { invoice: 'roof' });
  expect(error).toContain('- INV-1002 Roof replacement, Dana Henderson, issued');
  expect(error).toContain('- INV-1001 Roof replacement, Dana Henderson, issued');
});

test('what was credited in full is not said to be paid', async () => {
  const book = await danaBook();
  await book.ok('create-invoice', { customer: 'C-1', lines: BILL });
  await book.ok('create-invoice', { creditFor: 'INV-1001', all: true });
  const text = await book.text('get-invoice', { invoice: 'INV-1001' });
  expect(text).toContain('credited in full');
  expect(text).not.toContain('paid');
});
