import { expect, test } from 'vitest';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { type Book, type BookOptions, openBook } from '../../support/book.ts';
import { dana } from '../../support/roof.ts';
import { expectHelpful, expectPlain } from '../../support/words.ts';

/** J-1 Roof replacement with INV-1001 over 1,082.50 of it, and DRAFT-2. */
async function billed(options: BookOptions = {}): Promise<Book> {
  const book = await openBook(options);
  await dana(async (tool, args) => await book.ok(tool, args));
  await book.ok('create-job', { customer: 'C-1', name: 'Roof replacement' });
  const lines = [{ description: 'Deposit', quantity: 1, unitPrice: 1000, taxRatePercent: 8.25 }];
  await book.ok('create-invoice', { job: 'J-1', lines });
  await book.ok('create-invoice', { job: 'J-1', lines, draft: true });
  return book;
}

const pay = async (book: Book, amount: number | string, more: object = {}) =>
  await book.ok('record-payment', { invoice: 'INV-1001', amount, ...more });
/** All that a payment could have touched. */
const whole = async (book: Book) => [
  await book.ok('get-invoice', { invoice: 'INV-1001' }),
  await book.ok('get-job', { job: 'J-1' }),
];

test('"Dana paid 500 by check": recorded today, and what is still open', async () => {
  const book = await billed();
  const result = await book.call('record-payment', {
    invoice: 'inv-1001',
    amount: 500,
    method: 'check',
    note: 'No. 2204',
  });
  expect(result.structuredContent).toMatchObject({
    did: 'Recorded payment P-1 of 500.00 USD on INV-1001',
    change: 5,
    payment: {
      ref: 'P-1',
      kind: 'payment',
      amount: '500.00',
      paidOn: '2026-03-10',
      method: 'check',
      note: 'No. 2204',
      voidReason: null,
    },
    invoice: { ref: 'INV-1001', paid: '500.00', balance: '582.50', payment: 'partly_paid', payments: [{ ref: 'P-1' }] },
  });
  const text = result.content.map((part) => part.text).join('\n');
  expectPlain(text, 400);
  expect(text).toContain('P-1 payment: 500.00 (2026-03-10, check, No. 2204)');
  expect(text).toContain('balance 582.50');
  const { content } = await book.call('get-invoice', { invoice: 'INV-1001' });
  expect(content[0]?.text).toContain('- P-1 payment: 500.00 (2026-03-10, check, No. 2204)');
  expect((await book.ok('get-job', { job: 'J-1' })).job.activity[0]).toMatchObject({
    entry: 'money',
    text: 'Payment P-1 of 500.00 USD on INV-1001',
    by: 'you',
  });
});

test('found by words, in parts, on the day it came in', async () => {
  const book = await billed();
  await book.ok('update-invoice', { invoice: 'DRAFT-2', discard: true });
  const { payment } = await book.ok('record-payment', {
    invoice: 'henderson roof',
    amount: '82.50',
    paidOn: '2026-02-27',
  });
  expect(payment).toMatchObject({ paidOn: '2026-02-27', method: null, note: null });
  expect((await pay(book, 1000)).invoice).toMatchObject({ balance: '0.00', payment: 'paid' });
  // The oldest first, whatever order they were entered in.
  await pay(book, 5, { refund: true });
  await book.ok('record-payment', { void: 'P-2', voidReason: 'other day' });
  await pay(book, 1000, { paidOn: '2026-01-05' });
  const { invoice } = await book.ok('get-invoice', { invoice: 'INV-1001' });
  expect(invoice.payments.map(({ ref }: { ref: string }) => ref)).toEqual(['P-4', 'P-1', 'P-2', 'P-3']);
});

test('money is given back once it came in; a deposit may come before its invoice', async () => {
  const book = await billed();
  expect((await pay(book, 500, { paidOn: '2026-03-05' })).payment).toMatchObject({ paidOn: '2026-03-05' });
  await pay(book, 100, { paidOn: '2026-03-20' });
  const before = await whole(book);
  expect(
    await book.error('record-payment', { invoice: 'INV-1001', amount: 1, refund: true, paidOn: '2026-03-04' }),
  ).toBe(
    'paidOn: 2026-03-04 is before the money came in: all that this gives back was there from 2026-03-05. Give that day or a later one, like 2026-03-05, or leave paidOn out.',
  );
  expect(await whole(book)).toEqual(before);
  expect((await pay(book, 500, { refund: true })).payment).toMatchObject({ paidOn: '2026-03-10' });
  expect((await pay(book, 100, { refund: true })).payment).toMatchObject({ paidOn: '2026-03-20' });
});

test('"I gave 200 back": a refund is at most what was paid', async () => {
  const book = await billed();
  await pay(book, 500);
  const { did, payment, invoice } = await pay(book, 200, { refund: true, method: 'cash' });
  expect(did).toBe('Recorded refund P-2 of 200.00 USD on INV-1001');
  expect(payment).toMatchObject({ kind: 'refund', amount: '200.00' });
  expect(invoice).toMatchObject({ paid: '300.00', balance: '782.50', payment: 'partly_paid' });
  const before = await whole(book);
  expect(await book.error('record-payment', { invoice: 'INV-1001', amount: '300.01', refund: true })).toBe(
    'amount: 300.01 USD is more than the 300.00 USD that was paid on INV-1001.',
  );
  expect(await whole(book)).toEqual(before);
  expect((await pay(book, 300, { refund: true })).invoice).toMatchObject({ paid: '0.00', payment: 'unpaid' });
});

test('"that was entered twice": taken out with a reason, and it stays to be seen', async () => {
  const book = await billed();
  await pay(book, 500, { method: 'check' });
  await pay(book, 500, { method: 'check' });
  const text = await book.text('record-payment', { void: 'p-2', voidReason: 'entered twice' });
  expectPlain(text, 500);
  expect(text).toContain('Voided payment P-2 of 500.00 USD on INV-1001');
  expect(text).toContain('VOID: entered twice');
  const { invoice } = await book.ok('get-invoice', { invoice: 'INV-1001' });
  expect(invoice).toMatchObject({ paid: '500.00', balance: '582.50' });
  expect(invoice.payments).toMatchObject([{ voidReason: null }, { ref: 'P-2', voidReason: 'entered twice' }]);
  expect(await book.error('record-payment', { void: 'P-2', voidReason: 'again' })).toBe('void: P-2 is void already.');
});

test('a payment under a refund stays until the refund is taken out', async () => {
  const book = await billed();
  await pay(book, 500);
  await pay(book, 100, { refund: true });
  const before = await whole(book);
  expect(await book.error('record-payment', { void: 'P-1', voidReason: 'wrong' })).toContain('Void the refund first');
  expect(await whole(book)).toEqual(before);
  expect((await book.ok('record-payment', { void: 'P-2', voidReason: 'not given back' })).did).toBe(
    'Voided refund P-2 of 100.00 USD on INV-1001',
  );
  expect((await book.ok('record-payment', { void: 'P-1', voidReason: 'wrong' })).invoice).toMatchObject({
    paid: '0.00',
    payment: 'unpaid',
  });
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});

test('a refund is not taken out where that would make the invoice paid beyond its total', async () => {
  const book = await billed();
  await pay(book, '1082.50');
  await pay(book, 100, { refund: true });
  await pay(book, 100);
  const before = await whole(book);
  expect(await book.error('record-payment', { void: 'P-2', voidReason: 'not given back' })).toBe(
    'void: without P-2 1182.50 USD would be paid on INV-1001, which came to 1082.50 USD. Void the payment that is wrong first.',
  );
  expect(await whole(book)).toEqual(before);
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});

test('the invoice may be named when a payment is taken out, but it must be the right one', async () => {
  const book = await billed();
  await book.ok('update-invoice', { invoice: 'DRAFT-2', status: 'issued' });
  await pay(book, 500);
  const before = await whole(book);
  expect(await book.error('record-payment', { invoice: 'INV-1002', void: 'P-1', voidReason: 'x' })).toBe(
    'invoice: P-1 is on INV-1001, not on INV-1002. Leave invoice out, or name the other payment.',
  );
  expect(await whole(book)).toEqual(before);
  expect(
    (await book.ok('record-payment', { invoice: 'INV-1001', void: 'P-1', voidReason: 'x' })).invoice,
  ).toMatchObject({ paid: '0.00' });
});

test('ten payments at once: those that fit are recorded, none beyond the balance', async () => {
  const book = await billed();
  const results = await Promise.all(
    Array.from({ length: 10 }, async () => await book.call('record-payment', { invoice: 'INV-1001', amount: 250 })),
  );
  expect(results.filter(({ isError }) => isError === true)).toHaveLength(6);
  for (const { content } of results.filter(({ isError }) => isError === true))
    expect(content[0]?.text).toContain('more than the balance of 82.50 USD');
  const { invoice } = await book.ok('get-invoice', { invoice: 'INV-1001' });
  expect(invoice).toMatchObject({ paid: '1000.00', balance: '82.50' });
  expect(invoice.payments.map(({ ref }: { ref: string }) => ref)).toEqual(['P-1', 'P-2', 'P-3', 'P-4']);
});

test('on the free plan and on a pipeline without jobs money comes in as well', async () => {
  for (const options of [{ plan: 'free' }, { template: 'sales-pipeline' }] as const) {
    const book = await openBook(options);
    await dana(async (tool, args) => await book.ok(tool, args));
    await book.ok('create-invoice', { customer: 'C-1', lines: [{ description: 'Visit', quantity: 1, unitPrice: 80 }] });
    expect((await pay(book, 80)).invoice).toMatchObject({ payment: 'paid', job: null });
  }
});

test('what cannot be recorded is named, with the next step, and nothing is written', async () => {
  const book = await billed();
  await book.ok('create-invoice', { creditFor: 'INV-1001', amount: 100 });
  await book.ok('create-invoice', { customer: 'C-1', lines: [{ description: 'Wrong', quantity: 1, unitPrice: 1 }] });
  await book.ok('update-invoice', { invoice: 'INV-1003', status: 'void', voidReason: 'wrong' });
  await pay(book, 10);
  const on = (args: object) => ({ invoice: 'INV-1001', amount: 5, ...args });
  const cases: readonly (readonly [args: object, words: RegExp])[] = [
    [{ amount: 5 }, /^invoice: is missing\. Say which invoice was paid/],
    [{ invoice: 'INV-1001' }, /^amount: is missing\. Say how much/],
    [on({ amount: 0 }), /^amount: "0" must be above 0/],
    [on({ amount: -5 }), /^amount: "-5" must be above 0/],
    [on({ amount: 5.005 }), /^amount: "5\.005" has more decimals than USD has \(2\)/],
    [on({ amount: '$5' }), /^amount: "\$5" is not a plain amount/],
    [on({ amount: '1e2' }), /^amount: "1e2" is not a plain amount/],
    [on({ amount: 1e15 }), /^amount: .*too large/],
    [on({ amount: Number.NaN }), /^amount: /],
    [on({ amount: null }), /^amount: /],
    [on({ amount: '972.51' }), /^amount: 972\.51 USD is more than the balance of 964\.25 USD on INV-1001/],
    [on({ paidOn: 'yesterday' }), /^paidOn: /],
    [on({ paidOn: '2026-02-29' }), /^paidOn: /],
    [on({ invoice: 'DRAFT-2' }), /^invoice: DRAFT-2 is a draft\. Issue it first/],
    [on({ invoice: 'INV-1003' }), /^invoice: INV-1003 is void and takes no payment/],
    [
      on({ invoice: 'INV-1002' }),
      /^invoice: INV-1002 is a credit note\. Money given back is recorded on its invoice with refund: true/,
    ],
    [on({ invoice: 'INV-9' }), /^invoice: no invoice matches "INV-9"/],
    [on({ invoice: 'J-1' }), /^invoice: "J-1" is the number of a job/],
    [on({ invoice: 'Zoltan' }), /^invoice: no invoice matches "Zoltan"/],
    [
      on({ invoice: 'DRAFT-2', refund: true }),
      /^amount: 5\.00 USD is more than the 0\.00 USD that was paid on DRAFT-2/,
    ],
    [on({ refund: 'yes' }), /^refund: /],
    [
      on({ tip: 5 }),
      /unknown argument "tip"\. Expected: invoice, amount, paidOn, method, note, refund, void, voidReason/,
    ],
    [on({ voidReason: 'x' }), /^voidReason: goes with void/],
    [{ void: 'P-1' }, /^voidReason: say why/],
    [{ void: 'P-9', voidReason: 'x' }, /^void: there is no payment "P-9"\. get-invoice lists an invoice's payments\.$/],
    [{ void: 'INV-1001', voidReason: 'x' }, /^void: there is no payment "INV-1001"/],
    [{ void: 'the check', voidReason: 'x' }, /^void: there is no payment "the check"/],
    [{ void: 'P-1', voidReason: ' ' }, /^voidReason: /],
    [{ void: 'P-1', voidReason: 'x', amount: 5 }, /^amount: does not go with void/],
    [{ void: 'P-1', voidReason: 'x', refund: true }, /^refund: does not go with void/],
    [{ void: 'P-1', voidReason: 'x', note: 'y' }, /^note: does not go with void/],
  ];
  const before = await whole(book);
  for (const [args, words] of cases) {
    const error = await book.error('record-payment', args);
    expectHelpful(error);
    expect(error, JSON.stringify(args)).toMatch(words);
  }
  expect(await whole(book)).toEqual(before);
  // No number was used up either.
  expect((await pay(book, 1)).payment.ref).toBe('P-2');
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});

test.each([
  ['with another note', { note: 'Mailed' }],
  ['in another way', { method: 'cash' }],
  ['with nothing said of it', { method: undefined }],
])('the same money %s is recorded, with the number of what it may be', async (_, other) => {
  const book = await billed();
  await pay(book, 500, { method: 'check', paidOn: '2026-03-09' });
  const { structuredContent, content } = await book.call('record-payment', {
    invoice: 'INV-1001',
    amount: 500,
    method: 'check',
    paidOn: '2026-03-09',
    ...other,
  });
  const warning =
    'P-1 (check) on this invoice is of the same amount and day. If it is the same money, take P-2 out: record-payment with void: "P-2" and voidReason.';
  expect(structuredContent).toMatchObject({ warnings: [warning], invoice: { paid: '1000.00' } });
  expect(content[0]?.text).toContain(warning);
  expectHelpful(warning);
});

test('nothing is said beside money of another day or amount, what is void, and what came the other way', async () => {
  const book = await billed();
  await pay(book, 200, { method: 'check' });
  expect(await pay(book, 200, { paidOn: '2026-03-09' })).not.toHaveProperty('warnings');
  expect(await pay(book, 200.01)).not.toHaveProperty('warnings');
  expect(await pay(book, 200, { refund: true, note: 'Overpaid' })).not.toHaveProperty('warnings');
  await book.ok('record-payment', { void: 'P-1', voidReason: 'Entered twice' });
  expect(await pay(book, 200, { method: 'cash' })).not.toHaveProperty('warnings');
});
