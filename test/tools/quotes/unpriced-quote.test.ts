// A quote with a price that nobody knows yet comes to no sum: wherever it is told, that is said and nothing is made up.
import { expect, test } from 'vitest';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { openBook } from '../../support/answers.ts';
import { madeOnce } from '../../support/made-once.ts';

const LINES = [
  { description: 'Tear-off', quantity: 1, unitPrice: 100, unitCost: 60, taxRatePercent: 10 },
  { description: 'Skylight', quantity: 2, unitPrice: null, unitCost: 30 },
];

/** Q-1 of J-1 with a line without a price, and 500.00 off the whole; Q-2 of J-2 is whole. */
const openUnpriced = madeOnce(async () => {
  const book = await openBook();
  await book.ok('create-customer', { name: 'Dana Henderson' });
  for (const name of ['Roof', 'Shed']) await book.ok('create-job', { customer: 'C-1', name });
  await book.ok('create-quote', { job: 'J-1', title: 'Full re-roof', lines: LINES, discount: { amount: 500 } });
  await book.ok('create-quote', { job: 'J-2', title: 'New shed', lines: LINES.slice(0, 1) });
  return book;
});

const NOT_KNOWN = { subtotal: null, tax: null, total: null };

test('its answer, its page and what corrects it have no sum, no margin and no tax', async () => {
  const book = await openUnpriced();
  const { answer, text } = await book.both('get-quote', { quote: 'Q-1' });
  expect(answer.quote).toMatchObject({
    ...{ ...NOT_KNOWN, taxLines: [], cost: '120.00', margin: null, marginPercent: null },
    discount: { amount: '500.00', linesTotal: null },
  });
  expect(text).toContain('Full re-roof: draft, price not known yet, 2026-03-10.');
  expect(text).toContain('Discount 500.00.');
  expect(text).toContain('Subtotal, tax and total are not known yet.');
  expect(text).toContain('cost 120.00, margin not known yet');
  expect(text).not.toContain('-400');
  const tenth = await book.both('update-quote', { quote: 'Q-1', discount: { percent: 10 } });
  expect(tenth.answer.quote).toMatchObject({ ...NOT_KNOWN, discount: { percent: 10, amount: null, linesTotal: null } });
  expect(tenth.text).toContain('discount of 10 %');
  expect(tenth.text).not.toContain('10.00 USD');
  expect(tenth.text).toContain('Discount 10 %.');
  const written = await book.both('create-quote', { job: 'J-1', title: 'Again', lines: LINES });
  expect(written.text).toContain('for Dana Henderson, draft, price not known yet');
});

test('lists, pages, what happened and candidates say so instead of the sum of what is known', async () => {
  const book = await openUnpriced();
  const list = await book.both('list-quotes', {});
  expect(list.answer.quotes).toMatchObject([
    { ref: 'Q-2', subtotal: '100.00' },
    { ref: 'Q-1', ...NOT_KNOWN },
  ]);
  expect(list.text).toContain('Q-1 Full re-roof: draft, price not known yet');
  expect(list.answer.open).toMatchObject({ worth: '100.00', unpriced: 1 });
  for (const [tool, args] of [
    ['get-job', { job: 'J-1' }],
    ['get-customer', { customer: 'C-1' }],
    ['search', { query: 're-roof' }],
    ['fetch', { id: 'Q-1' }],
    ['list-changes', { show: 'events', from: '2026-03-01' }],
  ] as const) {
    const said = await book.text(tool, args);
    expect([tool, said.includes('re-roof')]).toEqual([tool, true]);
    expect([tool, /-?400\.00|-?390\.00|110\.00|-500\.00/.test(said.replaceAll(/.*(?:New shed|Shed).*/g, ''))]).toEqual([
      tool,
      false,
    ]);
  }
  const ended = await book.text('update-job', { job: 'J-1', status: 'completed' });
  expect(ended).toContain('Still open: Q-1 (draft, price not known yet).');
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});

test('a what-if has no sums until it gives every line a price', async () => {
  const book = await openUnpriced();
  await book.ok('update-quote', { quote: 'Q-1', discount: null });
  const cheaper = await book.both('get-quote', { quote: 'Q-1', whatIf: { discountPercent: 10 } });
  expect(cheaper.answer.whatIf).toMatchObject({
    ...{ ...NOT_KNOWN, subtotalWas: null, margin: null, marginPercent: null, marginPercentWas: null, cost: '120.00' },
  });
  expect(cheaper.text).toContain('Subtotal, tax and total are not known yet.');
  const priced = await book.both('get-quote', { quote: 'Q-1', whatIf: { marginPercent: 50 } });
  expect(priced.answer.whatIf).toMatchObject({ subtotal: '240.00', subtotalWas: null, margin: '120.00' });
  expect(priced.text).toContain('Subtotal 240.00 (was not known yet), tax 12.00, total 252.00 USD.');
});

test('it goes nowhere: no document, no sending, no acceptance, no bill', async () => {
  const book = await openUnpriced();
  for (const [tool, args] of [
    ['get-document', { document: 'Q-1' }],
    ['get-document', { document: 'Q-1', format: 'html' }],
    ['get-document', { document: 'Q-1', format: 'pdf' }],
    ['update-quote', { quote: 'Q-1', status: 'sent' }],
    ['update-quote', { quote: 'Q-1', status: 'accepted' }],
    ['create-quote', { revises: 'Q-1', status: 'accepted' }],
    ['create-quote', { copyOf: 'Q-1', job: 'J-2', status: 'sent' }],
    ['create-invoice', { job: 'J-1', lines: [{ description: 'Skylight', quantity: 1, unitPrice: null }] }],
  ] as const)
    expect(await book.error(tool, args)).toContain('Skylight');
  expect(await book.error('create-invoice', { fromQuote: { quote: 'Q-1', rest: true } })).toContain(
    'Q-1 is draft. Accept',
  );
});

test('once every price is there a discount beyond them is refused', async () => {
  const book = await openUnpriced();
  const lines = LINES.map((line) => ({ ...line, unitPrice: line.unitPrice ?? 50 }));
  expect(await book.error('update-quote', { quote: 'Q-1', lines })).toContain(
    '500.00 USD is more than the lines come to (200.00 USD)',
  );
  const { quote } = await book.ok('update-quote', { quote: 'Q-1', lines, discount: { amount: 20 } });
  expect(quote).toMatchObject({ subtotal: '180.00', tax: '9.00', total: '189.00' });
});
