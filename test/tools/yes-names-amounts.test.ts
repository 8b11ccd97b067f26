// Whoever is asked for a yes reads what it comes to: the amounts stand in the question itself, not behind it.
import { expect, test } from 'vitest';
import { copyOf } from '../support/copied.ts';
import { preparedBook } from '../support/inputs.ts';

const LINES = [{ description: 'Roof', quantity: 1, unitPrice: 9000 }];

test.each([
  ['a void', 'update-invoice', { invoice: 'INV-1002', status: 'void', voidReason: 'Twice.' }, ['10800.00 USD']],
  ['a credit', 'create-invoice', { creditFor: 'INV-1001', amount: 100 }, ['INV-1001', '-100.00 USD']],
  ['a full credit', 'create-invoice', { creditFor: 'INV-1001', all: true }, ['INV-1001', '-10800.00 USD']],
  [
    'a correction',
    'update-invoice',
    { invoice: 'INV-1001', correct: true, lines: LINES },
    ['INV-1001 of Dana Henderson, 10800.00 USD', 'takes its place, 9000.00 USD', '250.00 USD that was paid'],
  ],
  ['a refund', 'record-payment', { invoice: 'INV-1001', amount: 50, refund: true }, ['50.00 USD on INV-1001']],
  ['a payment taken out', 'record-payment', { void: 'P-1', voidReason: 'Typed twice.' }, ['250.00 USD on INV-1001']],
  ['a bounce', 'record-payment', { payment: 'P-1', bounced: true }, ['250.00 USD on INV-1001']],
  ['an expense taken out', 'update-job-expense', { expense: 'E-1', remove: true }, ['E-1 Permit, 612.40 USD']],
  ['a write-off', 'update-job', { job: 'J-1', billingDone: true }, ['10800.00 USD left is written off']],
  [
    'a cancellation',
    'update-job',
    { job: 'J-1', status: 'cancelled' },
    [
      '10800.00 USD is not billed',
      'INV-1001 10550.00 USD',
      'Q-2 (draft, 10800.00 USD)',
      'was 3467.60 and is 10187.60 USD',
    ],
  ],
  [
    'a bill of several jobs',
    'create-invoice',
    { restOf: ['J-1', 'J-2'] },
    ['11500.00 USD in all', '(J-1) 10800.00 USD', '(J-2) 700.00 USD'],
  ],
])('%s names its amounts before it is done', async (_, tool, call, amounts) => {
  const book = await copyOf(await preparedBook());
  const gutters = [{ description: 'Gutters', quantity: 1, unitPrice: 700 }];
  await book.ok('create-quote', { job: 'J-2', status: 'accepted', lines: gutters });
  const { content } = await book.call(tool, call);
  const [asked = '', rest] = (content[0]?.text ?? '').split(' Ask the person first;');
  expect(asked).toMatch(/^Not done yet, nothing was saved\. Once done, the books will say: /);
  expect(rest).toContain('confirm: "');
  for (const amount of amounts) expect(asked).toContain(amount);
});

test('a correction to more than was agreed says by how much before it is done', async () => {
  const book = await copyOf(await preparedBook());
  await book.ok('create-job', { customer: 'C-1', name: 'Porch' });
  const lines = (unitPrice: number) => [{ description: 'Porch', quantity: 1, unitPrice }];
  const { quote } = await book.ok('create-quote', { job: 'Porch', status: 'accepted', lines: lines(9000) });
  const { invoice } = await book.ok('create-invoice', { fromQuote: { quote: quote.ref, rest: true } });
  const call = { invoice: invoice.ref, correct: true, lines: lines(9800) };
  const { content } = await book.call('update-invoice', call);
  const [asked = '', rest] = (content[0]?.text ?? '').split(' Ask the person first;');
  expect(rest).toContain('confirm: "');
  const beyond = `Billed beyond the contract: 9800.00 USD of 9000.00 USD on ${quote.ref}.`;
  expect(asked).toContain(beyond);
  expect(asked).toContain('credit INV-next by 800.00');
  const { warnings } = await book.ok('update-invoice', call);
  expect(warnings.join()).toContain(beyond);
});
