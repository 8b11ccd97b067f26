import { expect, test } from 'vitest';
import { openBook, type Ask } from '../support/answers.ts';
import { dana } from '../support/roof.ts';

const LAST_QUARTER = { from: '2025-10-01', to: '2025-12-31' };

/** A bill of 1,082.50 at 8.25 %, one of 500.00 without tax, and one of two rates; half of the first is paid late. */
async function taxed(ask: Ask): Promise<void> {
  await dana(ask);
  const bill = async (issuedOn: string, ...lines: readonly (readonly [number, number])[]) =>
    await ask('create-invoice', {
      customer: 'C-1',
      issuedOn,
      lines: lines.map(([unitPrice, taxRatePercent]) => ({
        ...{ description: 'Work', quantity: 1, unitPrice, taxRatePercent },
      })),
    });
  await bill('2025-10-15', [1000, 8.25]);
  await bill('2025-11-20', [500, 0]);
  await bill('2025-12-10', [200, 8.25], [300, 5]);
  await ask('record-payment', { invoice: 'INV-1001', amount: 541.25, paidOn: '2025-12-30' });
  await ask('record-payment', { invoice: 'INV-1001', amount: 541.25, paidOn: '2026-01-20' });
  await ask('record-payment', { invoice: 'INV-1003', amount: 531.5, paidOn: '2026-01-05' });
}

test('"how much sales tax did I collect last quarter?" by rate, billed by invoice date, collected by payment date', async () => {
  const book = await openBook();
  await taxed(book.ok);
  const { answer, text } = await book.both('profit-report', { by: 'tax', ...LAST_QUARTER });
  expect(answer).toMatchObject({ by: 'tax', rows: [], count: 0, currency: 'USD' });
  expect(answer.salesTax).toEqual({
    rates: [
      { ratePercent: 8.25, invoices: 2, taxable: '1200.00', billed: '99.00', collected: '41.25' },
      { ratePercent: 5, invoices: 1, taxable: '300.00', billed: '15.00', collected: '0.00' },
      { ratePercent: 0, invoices: 1, taxable: '500.00', billed: '0.00', collected: '0.00' },
    ],
    billed: '114.00',
    collected: '41.25',
  });
  expect(text).toBe(
    [
      'Sales tax from 2025-10-01 to 2025-12-31: 114.00 USD billed by invoice date, 41.25 USD collected by payment date.',
      '- 8.25 %: 99.00 billed of 1200.00 on 2 documents, 41.25 collected',
      '- 5 %: 15.00 billed of 300.00 on 1 document, nothing collected',
      '- without tax: 500.00 on 1 document',
    ].join('\n'),
  );
  const { salesTax } = await book.ok('profit-report', { by: 'tax', from: '2026-01-01', to: '2026-03-31' });
  expect(salesTax).toMatchObject({ billed: '0.00', collected: '72.75' });
  expect((await book.ok('profit-report', { by: 'tax' })).salesTax).toMatchObject({
    billed: '114.00',
    collected: '114.00',
  });
});

test('credits, refunds and voids take their tax back', async () => {
  const book = await openBook();
  await taxed(book.ok);
  await book.ok('create-invoice', { creditFor: 'INV-1001', amount: 400, issuedOn: '2026-02-10' });
  await book.ok('record-payment', { invoice: 'INV-1001', amount: 433, refund: true, paidOn: '2026-02-11' });
  await book.ok('create-invoice', {
    ...{ customer: 'C-1', issuedOn: '2026-02-12' },
    lines: [{ description: 'Twice', quantity: 1, unitPrice: 100, taxRatePercent: 8.25 }],
  });
  await book.ok('update-invoice', { invoice: 'INV-1005', status: 'void', voidReason: 'twice' });
  const { salesTax } = await book.ok('profit-report', { by: 'tax', from: '2026-02-01', to: '2026-02-28' });
  expect(salesTax).toMatchObject({ billed: '-33.00', collected: '-33.00' });
});

test('nothing billed, and samples left out of the sums of a book in use', async () => {
  const empty = await openBook();
  expect(await empty.text('profit-report', { by: 'tax', ...LAST_QUARTER })).toBe(
    'No sales tax was billed or collected from 2025-10-01 to 2025-12-31.',
  );
  const book = await openBook({ samples: true });
  await taxed(book.ok);
  expect((await book.ok('profit-report', { by: 'tax' })).salesTax).toMatchObject({ billed: '114.00' });
});

test('what is really paid on an invoice of a sample brings no tax, since that invoice bills none', async () => {
  const book = await openBook({ template: 'plumbing', samples: true });
  await dana(book.ok);
  const { invoices } = await book.ok('list-invoices', { payment: 'unpaid', includeSamples: true });
  const { ref = '', balance = null } = invoices.find(({ tax }) => Number(tax) > 0) ?? {};
  await book.ok('record-payment', { invoice: ref, amount: balance, paidOn: '2026-03-02' });
  const none = { rates: [], billed: '0.00', collected: '0.00' };
  for (const period of [{}, { to: '2026-12-31' }])
    expect((await book.ok('profit-report', { by: 'tax', ...period })).salesTax).toEqual(none);
});

const month = (name: string, last = 30) => ({ from: `2026-${name}-01`, to: `2026-${name}-${last}` });

/** 1,080.00 of it paid in January, half of 2,160.00 at 8 %. @returns what a report says of a period */
async function paidInJanuary() {
  const book = await openBook();
  await dana(book.ok);
  const lines = (unitPrice: number, taxRatePercent = 8) => [
    { description: 'Roof', quantity: 1, unitPrice, taxRatePercent },
  ];
  await book.ok('create-invoice', { customer: 'C-1', issuedOn: '2026-01-05', lines: lines(2000) });
  await book.ok('record-payment', { invoice: 'INV-1001', amount: 1080, paidOn: '2026-01-20' });
  const taxOf = async (period: { from: string; to: string } | object) => {
    const { salesTax } = await book.ok('profit-report', { by: 'tax', ...period });
    return {
      billed: salesTax?.billed,
      collected: salesTax?.collected,
      at: Object.fromEntries((salesTax?.rates ?? []).map((rate) => [rate.ratePercent, rate.collected])),
    };
  };
  const correct = async (invoice: string, issuedOn: string, unitPrice: number, taxRatePercent?: number) =>
    await book.ok('update-invoice', { invoice, correct: true, issuedOn, lines: lines(unitPrice, taxRatePercent) });
  return { book, taxOf, correct };
}

test('a correction leaves the tax that was reported of earlier months, and brings the difference on its own day', async () => {
  const { book, taxOf, correct } = await paidInJanuary();
  await correct('INV-1001', '2026-03-10', 1000, 8.25);
  expect(await taxOf(month('01'))).toEqual({ billed: '160.00', collected: '80.00', at: { 8: '80.00' } });
  // 1,080.00 of 1,082.50 is paid: 82.31 at 8.25 %, where 80.00 at 8 % had come in.
  expect(await taxOf(month('03'))).toMatchObject({ collected: '2.31', at: { 8: '-80.00', 8.25: '82.31' } });
  await book.ok('record-payment', { invoice: 'INV-1003', amount: 2.5, paidOn: '2026-03-12' });
  expect(await taxOf({})).toEqual({ billed: '82.50', collected: '82.50', at: { 8: '0.00', 8.25: '82.50' } });
});

test('a closed month keeps its tax through a correction of a correction, and when the bank takes the money back', async () => {
  const { book, taxOf, correct } = await paidInJanuary();
  await book.ok('update-account', { closedThrough: '2026-01-31' });
  const january = await taxOf(month('01'));
  // Half of what was paid is all that is due by then; the other half is owed back, whatever is billed later.
  await correct('INV-1001', '2026-02-10', 500);
  const february = { billed: '-120.00', collected: '-40.00' };
  expect(await taxOf(month('02', 28))).toMatchObject(february);
  await correct('INV-1003', '2026-03-10', 3000);
  const march = { billed: '200.00', collected: '0.00' };
  expect(await taxOf(month('03'))).toMatchObject(march);
  for (const payment of ['P-1', 'P-2'])
    await book.ok('record-payment', { payment, bounced: true, paidOn: '2026-04-02' });
  expect(await taxOf(month('04'))).toMatchObject({ billed: '0.00', collected: '-40.00' });
  expect(await taxOf(month('01'))).toEqual(january);
  expect(await taxOf(month('02', 28))).toMatchObject(february);
  expect(await taxOf(month('03'))).toMatchObject(march);
});
