import { expect, test } from 'vitest';
import { openBook } from '../../support/answers.ts';
import { BILL, dana, danaBook, roofBook } from '../../support/roof.ts';
import { expectHelpful, expectPlain } from '../../support/words.ts';

test('"bill Dana for the roof"', async () => {
  const book = await roofBook();
  const { answer, text } = await book.both('create-invoice', {
    job: 'roof',
    lines: [{ ...BILL[0], taxRatePercent: 8.25 }],
  });
  expect(answer.did).toBe('Issued INV-1001 for Dana Henderson, 11691.00 USD');
  expect(answer.invoice).toMatchObject({
    ref: 'INV-1001',
    kind: 'standard',
    status: 'issued',
    customer: { ref: 'C-1', name: 'Dana Henderson' },
    job: { ref: 'J-1', name: 'Roof replacement' },
    issuedOn: '2026-03-10',
    dueOn: '2026-04-09',
    subtotal: '10800.00',
    tax: '891.00',
    total: '11691.00',
    balance: '11691.00',
    overdue: false,
    currency: 'USD',
    notes: null,
    voidReason: null,
    voidedOn: null,
    taxLines: [{ ratePercent: 8.25, base: '10800.00', tax: '891.00' }],
    lines: [
      {
        description: 'Architectural shingles, installed',
        quantity: 24,
        unit: 'square',
        unitPrice: '450.00',
        taxRatePercent: 8.25,
        amount: '10800.00',
      },
    ],
  });
  expectPlain(text, 700);
  expect(text).toContain('Subtotal 10800.00, tax 8.25 % 891.00, total 11691.00 USD, balance 11691.00.');
  // The tax collected is not the business's: the profit summary counts the subtotal.
  expect((await book.ok('get-job', { job: 'J-1' })).job.profit).toMatchObject({
    billed: '10800.00',
    taxBilled: '891.00',
    profit: '4080.00',
  });
});

test('a draft has no number, bills nothing, and says how to issue it', async () => {
  const book = await roofBook();
  const { answer, text } = await book.both('create-invoice', {
    job: 'J-1',
    draft: true,
    lines: BILL,
    kind: 'progress',
  });
  expect(answer).toMatchObject({
    did: 'Drafted DRAFT-1 for Dana Henderson, 10800.00 USD',
    invoice: { ref: 'DRAFT-1', status: 'draft', kind: 'progress', issuedOn: null, dueOn: null, balance: '0.00' },
  });
  expect(text).toContain('A draft: issue it with update-invoice, status issued.');
  expect((await book.ok('get-job', { job: 'J-1' })).job).toMatchObject({
    billing: 'not_billed',
    profit: { billed: '0.00', notBilledYet: '10800.00' },
  });
});

test('numbers count up from 1001 without a gap, whatever drafts lie between', async () => {
  const book = await danaBook();
  const refs: string[] = [];
  for (const draft of [false, true, false, true, true, false]) {
    refs.push((await book.ok('create-invoice', { customer: 'C-1', draft, lines: BILL })).invoice.ref);
  }
  expect(refs).toEqual(['INV-1001', 'DRAFT-2', 'INV-1002', 'DRAFT-4', 'DRAFT-5', 'INV-1003']);
});

test('calls at once get each its own number', async () => {
  const book = await danaBook();
  const made = await Promise.all(
    Array.from({ length: 20 }, async () => await book.ok('create-invoice', { customer: 'C-1', lines: BILL })),
  );
  const numbers = made.map(({ invoice }) => Number(invoice.ref.slice(4))).sort((left, right) => left - right);
  expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => 1001 + index));
});

test('dates: given ones are kept, the due date follows the terms, and a past one is overdue', async () => {
  const book = await danaBook();
  const made = async (dates: object) =>
    (await book.ok('create-invoice', { customer: 'C-1', lines: BILL, ...dates })).invoice;
  expect(await made({ issuedOn: '2026-01-31' })).toMatchObject({
    issuedOn: '2026-01-31',
    dueOn: '2026-03-02',
    overdue: true,
  });
  expect(await made({ dueOn: '2026-03-10' })).toMatchObject({ dueOn: '2026-03-10', overdue: false });
  await book.ok('update-account', { paymentTermsDays: 14 });
  expect(await made({})).toMatchObject({ dueOn: '2026-03-24' });
});

test('the total with tax decides whether a bill is one, in a draft too; its records say what it is', async () => {
  const book = await roofBook();
  const lines = [
    { description: 'Shingles', quantity: 1, unitPrice: 100, taxRatePercent: 100 },
    { description: 'Old panels taken back', quantity: 1, unitPrice: -150 },
  ];
  const { invoice } = await book.ok('create-invoice', { job: 'J-1', lines });
  expect(invoice).toMatchObject({ subtotal: '-50.00', tax: '100.00', total: '50.00', balance: '50.00' });
  const { explain } = await book.ok('get-job', { job: 'J-1', explain: true });
  expect(explain?.billed).toMatchObject([{ ref: 'INV-1001', what: 'invoice', amount: '-50.00' }]);
  const refund = [{ description: 'Discount', quantity: 1, unitPrice: -5 }];
  expect(await book.error('create-invoice', { job: 'J-1', draft: true, lines: refund })).toMatch(
    /^lines: an invoice cannot total below 0/,
  );
  await book.ok('create-invoice', { job: 'J-1', draft: true, lines });
  expect(await book.error('update-invoice', { invoice: 'DRAFT-2', lines: refund })).toMatch(
    /^lines: an invoice cannot total below 0/,
  );
  const { invoice: note } = await book.ok('create-invoice', { creditFor: 'INV-1001', all: true });
  expect(note).toMatchObject({ subtotal: '50.00', tax: '-100.00', total: '-50.00' });
});

test.each([
  [
    'a negative total',
    { lines: [{ description: 'Discount', quantity: 1, unitPrice: -5 }] },
    /^lines: an invoice cannot total below 0/,
  ],
  [
    'a price not known',
    { lines: [{ description: 'Skylight', quantity: 1, unitPrice: null }] },
    /^lines: The invoice has no price yet on line 1 \(Skylight\)/,
  ],
  [
    'a cost',
    { lines: [{ ...BILL[0], unitCost: 280 }] },
    /^lines\[0\]: unknown argument "unitCost". Expected: description, quantity, unit, unitPrice, taxRatePercent/,
  ],
  [
    'a due date before its own',
    { lines: BILL, dueOn: '2026-03-09' },
    /^dueOn: 2026-03-09 is before the invoice's own date 2026-03-10/,
  ],
  [
    'an issue date on a draft',
    { lines: BILL, draft: true, issuedOn: '2026-03-10' },
    /^issuedOn: a draft has no issue date yet/,
  ],
  [
    'a credit note',
    { lines: BILL, kind: 'credit_note' },
    /^kind: "credit_note" is not one of the choices. Use standard, deposit, progress/,
  ],
  [
    'a tax above 100 %',
    { lines: [{ ...BILL[0], taxRatePercent: 101 }] },
    /^lines\[0\]\.taxRatePercent: "101" is too large. The limit is 100/,
  ],
  [
    'a negative tax',
    { lines: [{ ...BILL[0], taxRatePercent: -1 }] },
    /^lines\[0\]\.taxRatePercent: "-1" must not be negative/,
  ],
  ['nobody', { customer: undefined, lines: BILL }, /^customer: say who it is for/],
  ['somebody unknown', { customer: 'Zoltan', lines: BILL }, /^customer: no customer matches "Zoltan"/],
])('for %s is refused, and no number is used up', async (_, args, words) => {
  const book = await danaBook();
  const error = await book.error('create-invoice', { customer: 'C-1', ...args });
  expectHelpful(error);
  expect(error).toMatch(words);
  expect((await book.ok('create-invoice', { customer: 'C-1', lines: BILL })).invoice.ref).toBe('INV-1001');
});

test('what was written off is not billed as the rest, and is billed after all where somebody says how much', async () => {
  const book = await roofBook();
  const bill = async (how: object) => await book.both('create-invoice', { fromQuote: { quote: 'Q-1', ...how } });
  await bill({ percent: 30 });
  await book.ok('update-job', { job: 'J-1', status: 'completed', billingDone: true });
  expect(await book.error('create-invoice', { fromQuote: { quote: 'Q-1', rest: true } })).toBe(
    'fromQuote: nothing remains to bill on Q-1: the 7560.00 USD that was left is written off. To bill it after all, take that back first: update-job with billingDone: false.',
  );
  const { answer, text } = await bill({ amount: 560 });
  expect(answer.invoice.subtotal).toBe('560.00');
  expect(text).toContain('Of what was written off on Q-1, 560.00 USD is billed after all.');
  await book.ok('update-job', { job: 'J-1', billingDone: false });
  expect((await bill({ rest: true })).answer.invoice.subtotal).toBe('7000.00');
});

/** Two roofs done, with 30 % of the first billed; a job without an accepted quote; and one that is billed whole. */
async function done() {
  const book = await roofBook();
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', percent: 30 } });
  await book.ok('create-customer', { name: 'Ned Ortiz' });
  await book.ok('create-job', { customer: 'C-2', name: 'Garage roof' });
  await book.ok('create-quote', { job: 'J-2', copyOf: 'Q-1', status: 'accepted', changePercent: 10 });
  await book.ok('create-job', { customer: 'C-2', name: 'Gutters' });
  await book.ok('create-job', { customer: 'C-1', name: 'Shed roof' });
  await book.ok('create-quote', { job: 'J-4', copyOf: 'Q-1', status: 'accepted' });
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-3', rest: true } });
  return book;
}

test('"bill everyone who is done": an invoice for each job, after one preview and one yes', async () => {
  const book = await done();
  const { content } = await book.call('create-invoice', { restOf: ['J-1', 'J-2'] });
  expect(content[0]?.text).toMatch(
    /^Not done yet.*Issued 2 invoices, 19440\.00 USD in all: .*Each of these 2 is issued at once\./s,
  );
  expect((await book.ok('list-invoices')).count).toBe(2);
  const { answer, text } = await book.both('create-invoice', { restOf: ['J-1', 'J-2'], dueOn: '2026-03-31' });
  expect(answer.did).toBe(
    'Issued 2 invoices, 19440.00 USD in all: INV-1003 for Dana Henderson (J-1) 7560.00 USD, INV-1004 for Ned Ortiz (J-2) 11880.00 USD',
  );
  expect(answer.invoices).toMatchObject([
    { ref: 'INV-1003', job: { ref: 'J-1' }, total: '7560.00', dueOn: '2026-03-31' },
    { ref: 'INV-1004', job: { ref: 'J-2' }, total: '11880.00', dueOn: '2026-03-31' },
  ]);
  expect(text).toContain('- INV-1004: issued, 11880.00, issued 2026-03-10, due 2026-03-31, Ned Ortiz');
  expect((await book.ok('list-jobs', { billing: 'part_billed' })).count).toBe(0);
  expect(await book.error('create-invoice', { restOf: ['J-1', 'J-2'] })).toBe(
    'restOf: Nothing to bill. J-1 Roof replacement: nothing is left to bill. J-2 Garage roof: nothing is left to bill.',
  );
});

test('jobs of which nothing is left are named and passed over; one alone waits for no yes', async () => {
  const book = await done();
  const { content } = await book.call('create-invoice', { restOf: ['J-4', 'J-2', 'J-3'] });
  expect(content[0]?.text).toMatch(/^Issued 1 invoice, 11880\.00 USD in all: INV-1003/);
  expect(content[0]?.text).toContain('J-4 Shed roof: nothing is left to bill.');
  expect(content[0]?.text).toContain('J-3 Gutters: no quote is accepted, so nothing says what to bill.');
});

test('a cancelled job has nothing left to bill, and says so', async () => {
  const book = await done();
  await book.ok('update-job', { job: 'J-2', status: 'cancelled' });
  const { content } = await book.call('create-invoice', { restOf: ['J-1', 'J-2'] });
  expect(content[0]?.text).toMatch(/^Issued 1 invoice, 7560\.00 USD in all: INV-1003 for Dana Henderson \(J-1\)/);
  expect(content[0]?.text).toContain('J-2 Garage roof: cancelled, so nothing is left to bill.');
  const error = await book.error('create-invoice', { restOf: ['J-2'] });
  expect(error).toBe('restOf: Nothing to bill. J-2 Garage roof: cancelled, so nothing is left to bill.');
  expectHelpful(error);
  expect((await book.ok('list-invoices')).count).toBe(3);
});

test('the rest leaves out what was offered and not accepted, and says so', async () => {
  const book = await done();
  const vent = { description: 'Ridge vent', quantity: 1, unitPrice: 1200 };
  await book.ok('create-quote', { job: 'J-1', kind: 'change_order', status: 'sent', lines: [vent] });
  const { invoice, warnings } = await book.ok('create-invoice', { restOf: 'J-1' });
  expect(invoice.total).toBe('7560.00');
  expect(warnings).toEqual(['The rest of Q-1 leaves out Q-4, not accepted yet.']);
});

test('drafts of several bill nothing yet and wait for no yes', async () => {
  const book = await done();
  const { content } = await book.call('create-invoice', { restOf: ['J-1', 'J-2'], draft: true });
  expect(content[0]?.text).toMatch(/^Drafted 2 invoices, 19440\.00 USD in all: DRAFT-/);
});

test.each([
  [{ restOf: ['J-1', 'roof replacement'] }, /^restOf\[1\]: J-1 is named already/],
  [{ restOf: ['J-9'] }, /^restOf\[0\]: /],
  [{ restOf: ['J-1'], lines: BILL }, /^lines: does not go with restOf/],
  [{ restOf: ['J-1'], kind: 'progress' }, /^kind: does not go with restOf/],
  [{ restOf: ['J-3', 'J-4'] }, /^restOf: Nothing to bill\. J-3 Gutters: no quote is accepted.*J-4 Shed roof: nothing/],
])('%j bills nothing, and says why', async (args, words) => {
  const book = await done();
  const error = await book.error('create-invoice', args);
  expectHelpful(error);
  expect(error).toMatch(words);
  expect((await book.ok('list-invoices')).count).toBe(2);
});

test('on the free plan a bill for a customer is fine, one filed under a job needs a plan', async () => {
  const book = await openBook({ plan: 'free', samples: true });
  await dana(book.ok);
  expect((await book.ok('create-invoice', { customer: 'C-1', lines: BILL })).invoice.ref).toBe('INV-1001');
  expect(await book.error('create-invoice', { job: 'J-S4', lines: BILL })).toContain(
    'needs the Pro plan ($19 a month)',
  );
});
