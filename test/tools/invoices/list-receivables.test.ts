import { calendarDate } from '../../../src/domain/dates.ts';
import { expect, test } from 'vitest';
import { addDays } from '../../../src/domain/dates.ts';
import { openBook, type Ask } from '../../support/answers.ts';
import { dana, danaBook } from '../../support/roof.ts';
import { plant } from '../../support/store.ts';
import { expectHelpful, expectPlain } from '../../support/words.ts';

const TODAY = calendarDate('2026-03-10');
const AGES = ['current', 'days1to30', 'days31to60', 'days61to90', 'over90'] as const;

async function owe(ask: Ask, customer: string, amount: number, daysLate: number, more: object = {}): Promise<string> {
  const dueOn = addDays(TODAY, -daysLate);
  const { invoice } = await ask('create-invoice', {
    customer,
    lines: [{ description: 'Work', quantity: 1, unitPrice: amount }],
    issuedOn: addDays(dueOn, -14),
    dueOn,
    ...more,
  });
  return invoice.ref;
}

test('"who owes me and how late": Dana Henderson owes 825.00, all of it over 90 days late', async () => {
  const book = await danaBook();
  await owe(book.ok, 'C-1', 825, 91);
  const { answer, text } = await book.both('list-receivables');
  expect(answer).toEqual({
    customers: [
      {
        ref: 'C-1',
        name: 'Dana Henderson',
        phone: '(512) 555-0143',
        email: 'dana@example.com',
        invoices: 1,
        total: '825.00',
        overdue: '825.00',
        current: '0.00',
        days1to30: '0.00',
        days31to60: '0.00',
        days61to90: '0.00',
        over90: '825.00',
      },
    ],
    totals: {
      invoices: 1,
      total: '825.00',
      overdue: '825.00',
      current: '0.00',
      days1to30: '0.00',
      days31to60: '0.00',
      days61to90: '0.00',
      over90: '825.00',
      includesSamples: false,
    },
    owedToCustomers: { total: '0.00', count: 0, invoices: [] },
    currency: 'USD',
    count: 1,
  });
  expect(text).toBe(
    'C-1 Dana Henderson owes 825.00, all of it over 90 days late. Reached at (512) 555-0143, dana@example.com.\nIn all 825.00 USD from 1 customer, all of it over 90 days late.',
  );
});

test('"draft reminders for everyone who is over 30 days late": one call brings whom, where to, what, since when', async () => {
  const book = await danaBook();
  await book.ok('create-customer', { name: 'Marcus Oyelaran', email: 'marcus@example.com' });
  await owe(book.ok, 'C-1', 500, 40);
  await owe(book.ok, 'C-2', 300, 61);
  await book.ok('record-payment', { invoice: 'INV-1001', amount: 125.5 });
  const { answer, text } = await book.both('list-receivables', { explain: true });
  expect(answer.customers).toMatchObject([
    {
      ...{ ref: 'C-1', name: 'Dana Henderson', phone: '(512) 555-0143', email: 'dana@example.com' },
      records: [{ ref: 'INV-1001', dueOn: '2026-01-29', daysLate: 40, total: '500.00', balance: '374.50' }],
    },
    {
      ...{ ref: 'C-2', name: 'Marcus Oyelaran', phone: null, email: 'marcus@example.com' },
      records: [{ ref: 'INV-1002', dueOn: '2026-01-08', daysLate: 61, total: '300.00', balance: '300.00' }],
    },
  ]);
  expect(text).toBe(
    'C-1 Dana Henderson owes 374.50, all of it 31–60 days late. Reached at (512) 555-0143, dana@example.com.\n' +
      '  - INV-1001: 374.50 of 500.00, due 2026-01-29, 40 days late\n' +
      'C-2 Marcus Oyelaran owes 300.00, all of it 61–90 days late. Reached at marcus@example.com.\n' +
      '  - INV-1002: 300.00, due 2026-01-08, 61 days late\n' +
      'In all 674.50 USD from 2 customers, 374.50 is 31–60 days late, 300.00 is 61–90 days late.',
  );
});

test.each([
  [-5, 'current'],
  [0, 'current'],
  [1, 'days1to30'],
  [30, 'days1to30'],
  [31, 'days31to60'],
  [60, 'days31to60'],
  [61, 'days61to90'],
  [90, 'days61to90'],
  [91, 'over90'],
  [1000, 'over90'],
] as const)('%i days past due is %s', async (daysLate, age) => {
  const book = await danaBook();
  await owe(book.ok, 'C-1', 10, daysLate);
  const { customers } = await book.ok('list-receivables', { explain: true });
  expect(AGES.filter((each) => customers[0]?.[each] !== '0.00')).toEqual([age]);
  expect(customers[0]?.overdue).toBe(age === 'current' ? '0.00' : '10.00');
  expect(customers[0]?.records).toEqual([
    {
      ref: 'INV-1001',
      dueOn: addDays(TODAY, -daysLate),
      daysLate: Math.max(0, daysLate),
      total: '10.00',
      balance: '10.00',
    },
  ]);
});

test('the day is the day here: at 23:30 what is due today is still current', async () => {
  const book = await openBook({ now: '2026-03-11T04:30:00.000Z', timeZone: 'America/Chicago' });
  await dana(book.ok);
  await owe(book.ok, 'C-1', 10, 0);
  expect((await book.ok('list-receivables')).totals).toMatchObject({ current: '10.00', overdue: '0.00' });
});

/** Dana is late by two invoices, one part paid; Marcus is current; Ines is owed 40.00 and owes nothing. */
async function threeCustomers(ask: Ask): Promise<void> {
  await dana(ask);
  await ask('create-customer', { name: 'Marcus Oyelaran' });
  await ask('create-customer', { name: 'Ines Prado' });
  await owe(ask, 'C-1', 500, 40);
  await owe(ask, 'C-1', 300, 5);
  await ask('record-payment', { invoice: 'INV-1001', amount: 125.5 });
  await owe(ask, 'C-2', 9000, -10);
  const paid = await owe(ask, 'C-3', 100, 200);
  await ask('record-payment', { invoice: paid, amount: 100 });
  await ask('create-invoice', { creditFor: paid, amount: 40 });
}

test('the most overdue come first; payments and credits count, and what is owed back stands apart', async () => {
  const book = await openBook();
  await threeCustomers(book.ok);
  const { answer, text } = await book.both('list-receivables', { explain: true });
  expect(answer.customers).toMatchObject([
    {
      ref: 'C-1',
      invoices: 2,
      total: '674.50',
      overdue: '674.50',
      days31to60: '374.50',
      days1to30: '300.00',
      records: [
        { ref: 'INV-1001', dueOn: '2026-01-29', daysLate: 40, total: '500.00', balance: '374.50' },
        { ref: 'INV-1002', dueOn: '2026-03-05', daysLate: 5, total: '300.00', balance: '300.00' },
      ],
    },
    { ref: 'C-2', total: '9000.00', overdue: '0.00', current: '9000.00' },
  ]);
  expect(answer.totals).toMatchObject({ invoices: 3, total: '9674.50', overdue: '674.50', over90: '0.00' });
  expect(answer.owedToCustomers).toEqual({
    total: '40.00',
    count: 1,
    invoices: [{ customer: { ref: 'C-3', name: 'Ines Prado' }, ref: 'INV-1004', amount: '40.00' }],
  });
  expect(answer.count).toBe(2);
  expect(text).toContain('C-1 Dana Henderson owes 674.50, 300.00 is 1–30 days late, 374.50 is 31–60 days late.');
  expect(text).toContain('  - INV-1001: 374.50 of 500.00, due 2026-01-29, 40 days late');
  expect(text).toContain('Marcus Oyelaran owes 9000.00, all of it not due yet.');
  expect(text).toContain('You owe customers 40.00 USD back: Ines Prado 40.00 (INV-1004).');
  expectPlain(text);
});

test('drafts, voids and paid invoices never age', async () => {
  const book = await danaBook();
  await owe(book.ok, 'C-1', 10, 100, { draft: true, issuedOn: undefined });
  const voided = await owe(book.ok, 'C-1', 20, 100);
  await book.ok('update-invoice', { invoice: voided, status: 'void', voidReason: 'billed twice' });
  const paid = await owe(book.ok, 'C-1', 30, 100);
  await book.ok('record-payment', { invoice: paid, amount: 30 });
  const credited = await owe(book.ok, 'C-1', 40, 100);
  await book.ok('create-invoice', { creditFor: credited, all: true });
  expect(await book.text('list-receivables')).toBe('Nobody owes you anything.');
  expect(await book.text('list-receivables', { customer: 'Dana' })).toBe('Nothing is owed by Dana Henderson.');
  // Money given back is owed again.
  await book.ok('record-payment', { invoice: paid, amount: 12, refund: true });
  expect((await book.ok('list-receivables')).totals).toMatchObject({ total: '12.00', over90: '12.00' });
});

test('one customer is asked about by name, and the totals are of that one', async () => {
  const book = await openBook();
  await threeCustomers(book.ok);
  const { customers, totals, owedToCustomers, customer } = await book.ok('list-receivables', { customer: 'marcus' });
  expect(customer).toBe('Marcus Oyelaran');
  expect(customers.map((each) => each.ref)).toEqual(['C-2']);
  expect(totals).toMatchObject({ total: '9000.00', invoices: 1 });
  expect(owedToCustomers.count).toBe(0);
  expect(await book.text('list-receivables', { customer: 'ines' })).toBe(
    'Nothing is owed by Ines Prado.\nYou owe customers 40.00 USD back: Ines Prado 40.00 (INV-1004).',
  );
  expectHelpful(await book.error('list-receivables', { customer: 'nobody at all' }));
});

test('of sixty debtors a page shows some and says so; the totals are of all, and pages show each once', async () => {
  const book = await openBook();
  for (let count = 1; count <= 60; count += 1) {
    await book.ok('create-customer', { name: `Customer ${'abcdefghij'[count % 10]}${count}`, evenIfSimilar: true });
    // Many are equally late with the same amount.
    await owe(book.ok, `C-${count}`, 10 + (count % 3), count % 2 === 0 ? 5 : -5);
  }
  const { answer, text } = await book.both('list-receivables');
  expect([answer.customers.length, answer.count]).toEqual([20, 60]);
  expect(answer.totals).toMatchObject({ invoices: 60, total: '660.00', days1to30: '330.00', current: '330.00' });
  expect(text).toContain(`20 shown of 60; the rest with cursor "${answer.nextCursor}". The total is of all.`);
  expectPlain(text);
  const seen = answer.customers.map((each) => each.ref);
  let cursor = answer.nextCursor;
  while (cursor !== undefined && seen.length < 100) {
    const next = await book.ok('list-receivables', { cursor, limit: 7 });
    seen.push(...next.customers.map((each) => each.ref));
    expect(next.totals).toEqual(answer.totals);
    cursor = next.nextCursor;
  }
  expect(seen).toHaveLength(60);
  expect(new Set(seen).size).toBe(60);
  const error = await book.error('list-receivables', { cursor: 'page 2' });
  expect(error).toMatch(/^cursor: .*nextCursor/);
}, 60_000);

test('samples are counted and said', async () => {
  const book = await openBook({ samples: true });
  const { answer, text } = await book.both('list-receivables');
  expect(answer.totals.includesSamples).toBe(true);
  expect(answer.customers.every((each) => each.sample === true)).toBe(true);
  expect(text).toContain('samples included');
});

test('a customer’s page says what they owe', async () => {
  const book = await openBook();
  await threeCustomers(book.ok);
  const { answer, text } = await book.both('get-customer', { customer: 'C-1' });
  expect([answer.customer.openBalance, answer.customer.currency]).toEqual(['674.50', 'USD']);
  expect(text).toContain('Owes 674.50 USD.');
  expect((await book.ok('get-customer', { customer: 'C-3' })).customer.openBalance).toBe('0.00');
  expect(await book.text('get-customer', { customer: 'C-3' })).not.toContain('Owes');
});

test('on sales-pipeline there are invoices, so there is this list', async () => {
  const book = await openBook({ template: 'sales-pipeline' });
  await dana(book.ok);
  await owe(book.ok, 'C-1', 825, 91);
  expect((await book.ok('list-receivables')).totals.over90).toBe('825.00');
});

test('what has no due date is due at once: it stands first, on either engine', async () => {
  const book = await danaBook();
  for (const daysLate of [40, 20]) await owe(book.ok, 'C-1', 100, daysLate);
  await book.ok('create-invoice', { customer: 'C-1', lines: [{ description: 'Call', quantity: 1, unitPrice: 50 }] });
  await plant(book, 'update invoice_figures set due_on = null where invoice_id = 3');
  const { customers } = await book.ok('list-receivables', { customer: 'C-1', explain: true });
  expect(customers.flatMap(({ records = [] }) => records.map(({ ref }) => ref))).toEqual([
    'INV-1003',
    'INV-1001',
    'INV-1002',
  ]);
});

/** Over ten days of March: bills, part payments, one that bounces, a refund, credits, a correction and a void. */
const DOINGS: readonly (readonly [day: string, doings: (ask: Ask) => Promise<unknown>])[] = [
  ['2026-03-01', async (ask) => await owe(ask, 'C-1', 1000, 4, { issuedOn: '2026-03-01' })],
  ['2026-03-02', async (ask) => await ask('record-payment', { invoice: 'INV-1001', amount: 400 })],
  ['2026-03-02', async (ask) => await owe(ask, 'C-2', 500, 8, { issuedOn: '2026-03-02' })],
  ['2026-03-03', async (ask) => await ask('record-payment', { payment: 'P-1', bounced: true })],
  ['2026-03-04', async (ask) => await ask('create-invoice', { creditFor: 'INV-1001', amount: 250 })],
  ['2026-03-05', async (ask) => await ask('record-payment', { invoice: 'INV-1002', amount: 500 })],
  ['2026-03-06', async (ask) => await ask('record-payment', { invoice: 'INV-1002', amount: 120, refund: true })],
  ['2026-03-07', async (ask) => await ask('record-payment', { invoice: 'INV-1001', amount: 300 })],
  [
    '2026-03-08',
    async (ask) =>
      await ask('update-invoice', {
        ...{ invoice: 'INV-1001', correct: true },
        lines: [{ description: 'Work', quantity: 1, unitPrice: 900 }],
      }),
  ],
  ['2026-03-09', async (ask) => await ask('create-invoice', { creditFor: 'INV-1002', all: true })],
];

test('as of a day everybody owed, and was owed, what they did when that day ended', async () => {
  let now = '2026-03-01T12:00:00.000Z';
  const book = await openBook({ now: () => now });
  await dana(book.ok);
  await book.ok('create-customer', { name: 'Marcus Oyelaran' });
  const ended = new Map<string, unknown>();
  for (const [day, doings] of DOINGS) {
    now = `${day}T17:00:00.000Z`;
    await doings(book.ok);
    ended.set(day, await book.ok('list-receivables', { explain: true }));
  }
  expect(ended.size).toBe(9);
  now = '2026-04-20T17:00:00.000Z';
  for (const [day, then] of ended) {
    const { asOf, dueDates, ...answer } = await book.ok('list-receivables', { asOf: day, explain: true });
    expect([asOf, dueDates, answer]).toEqual([day, 'today', then]);
  }
  const { text } = await book.both('list-receivables', { asOf: '2026-03-02' });
  expect(text.split('\n')[0]).toBe('As of the end of 2026-03-02, by the due dates of today:');
  expect(await book.text('list-receivables', { asOf: '2026-02-01' })).toBe(
    'As of the end of 2026-02-01, by the due dates of today:\nNobody owes you anything.',
  );
});

test('an invoice that is void by now was owed on no day, and neither a draft nor a payment that was a mistake counts', async () => {
  const book = await danaBook();
  await owe(book.ok, 'C-1', 100, 5);
  await owe(book.ok, 'C-1', 70, 5, { draft: true, issuedOn: undefined });
  await owe(book.ok, 'C-1', 30, 5);
  await book.ok('record-payment', { invoice: 'INV-1002', amount: 30, paidOn: '2026-03-09' });
  await book.ok('record-payment', { void: 'P-1', voidReason: 'not theirs' });
  await book.ok('update-invoice', { invoice: 'INV-1001', status: 'void', voidReason: 'twice' });
  expect((await book.ok('list-receivables', { asOf: '2026-03-08' })).totals).toMatchObject({
    total: '30.00',
    invoices: 1,
  });
  expect(await book.error('list-receivables', { asOf: '8 March' })).toMatch(/^asOf: /);
});

test('nobody knows yet what will be owed on a day to come: it is refused, and today is not', async () => {
  const book = await danaBook();
  await owe(book.ok, 'C-1', 100, 5);
  expect((await book.ok('list-receivables', { asOf: '2026-03-10' })).totals.total).toBe('100.00');
  for (const day of ['2026-03-11', '2099-01-01']) {
    const error = await book.error('list-receivables', { asOf: day });
    expect(error).toBe(`asOf: ${day} is still to come: today is 2026-03-10. Leave asOf out for what is owed now.`);
    expectHelpful(error);
  }
});
