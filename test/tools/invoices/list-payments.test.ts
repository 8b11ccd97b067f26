import { expect, test } from 'vitest';
import { openBook, type Ask } from '../../support/answers.ts';
import { BILL, roof } from '../../support/roof.ts';
import { expectPlain } from '../../support/words.ts';

/**
 * Dana pays 2,000 by check and 500 by card, of which 120 is given back, and a check of 300 bounces; Marcus pays 900 in
 * cash and nobody says how he paid 50. A payment of 80 was typed twice.
 */
async function paid(ask: Ask): Promise<void> {
  await roof(ask);
  await ask('create-invoice', { job: 'J-1', lines: BILL, issuedOn: '2026-01-15' });
  await ask('create-customer', { name: 'Marcus Oyelaran' });
  await ask('create-invoice', { customer: 'C-2', lines: BILL, issuedOn: '2026-01-15' });
  const pay = async (invoice: string, amount: number, paidOn: string, more: object = {}) =>
    await ask('record-payment', { invoice, amount, paidOn, ...more });
  await pay('INV-1001', 2000, '2026-02-02', { method: 'check', note: 'No. 1187' });
  await pay('INV-1001', 500, '2026-03-03', { method: 'card' });
  await pay('INV-1001', 120, '2026-03-04', { method: 'card', refund: true });
  await pay('INV-1001', 300, '2026-03-04', { method: 'Check' });
  await ask('record-payment', { payment: 'P-4', bounced: true, paidOn: '2026-03-06' });
  await pay('INV-1002', 900, '2026-03-04', { method: 'cash' });
  await pay('INV-1002', 50, '2026-03-09');
  await pay('INV-1002', 80, '2026-03-09', { method: 'cash' });
  await ask('record-payment', { void: 'P-8', voidReason: 'typed twice' });
}

async function book() {
  const opened = await openBook();
  await paid(opened.ok);
  return opened;
}

test('newest day first, with what came in, what was given back and what bounced; void ones count nothing', async () => {
  const opened = await book();
  const { answer, text } = await opened.both('list-payments');
  expect(answer.payments.map(({ ref }) => ref)).toEqual(['P-8', 'P-7', 'P-5', 'P-6', 'P-4', 'P-3', 'P-2', 'P-1']);
  expect(answer).toMatchObject({
    totals: { received: '3750.00', refunded: '120.00', bounced: '300.00', net: '3330.00', voided: 1 },
    currency: 'USD',
    count: 8,
  });
  expectPlain(text, 1200);
  expect(text.split('\n').slice(0, 4)).toEqual([
    '8 payments and refunds: 3750.00 received, 120.00 given back, 300.00 bounced, 3330.00 USD kept; 1 of them void, which counts nothing.',
    '- P-8 payment: 80.00 (2026-03-09, cash, VOID: typed twice), on INV-1002, Marcus Oyelaran',
    '- P-7 payment: 50.00 (2026-03-09), on INV-1002, Marcus Oyelaran',
    '- P-5 bounced: 300.00 (2026-03-06, Check, takes back P-4), on INV-1001, Dana Henderson, J-1 Roof replacement',
  ]);
});

const FILTERS = [
  [{ method: 'check' }, ['P-5', 'P-4', 'P-1'], '2000.00'],
  [{ method: 'checks', from: '2026-03-01' }, ['P-5', 'P-4'], '0.00'],
  [{ method: 'card' }, ['P-3', 'P-2'], '380.00'],
  [{ method: 'bounced' }, ['P-5'], '-300.00'],
  [{ customer: 'Oyelaran' }, ['P-8', 'P-7', 'P-6'], '950.00'],
  [{ job: 'roof' }, ['P-5', 'P-4', 'P-3', 'P-2', 'P-1'], '2380.00'],
  [{ kind: 'payment', customer: 'C-1' }, ['P-4', 'P-2', 'P-1'], '2800.00'],
  [{ kind: 'refund' }, ['P-3'], '-120.00'],
  [{ kind: 'bounced' }, ['P-5'], '-300.00'],
  [{ kind: 'void' }, ['P-8'], '0.00'],
  [{ from: '2026-03-04', to: '2026-03-04' }, ['P-6', 'P-4', 'P-3'], '1080.00'],
  [{ to: '2026-02-28' }, ['P-1'], '2000.00'],
  [{ customer: 'C-2', job: 'J-1' }, [], '0.00'],
] as const;

test('each filter finds the payments meant, and sums them', async () => {
  const opened = await book();
  for (const [filter, refs, net] of FILTERS) {
    const { payments, totals, count } = await opened.ok('list-payments', filter);
    expect(
      payments.map(({ ref }) => ref),
      JSON.stringify(filter),
    ).toEqual(refs);
    expect([totals.net, count], JSON.stringify(filter)).toEqual([net, refs.length]);
  }
});

const SUMS = [
  [
    'day',
    [
      ['2026-02-02', '2000.00', 1],
      ['2026-03-03', '500.00', 1],
      ['2026-03-04', '1080.00', 3],
      ['2026-03-06', '-300.00', 1],
      ['2026-03-09', '50.00', 1],
    ],
  ],
  [
    'month',
    [
      ['2026-02', '2000.00', 1],
      ['2026-03', '1330.00', 6],
    ],
  ],
  [
    'method',
    [
      ['Check', '2000.00', 3],
      ['cash', '900.00', 1],
      ['card', '380.00', 2],
      [null, '50.00', 1],
    ],
  ],
  [
    'customer',
    [
      ['C-1', '2380.00', 5],
      ['C-2', '950.00', 2],
    ],
  ],
] as const;

test.each(SUMS)('added up by %s, without what is void', async (by, sums) => {
  const opened = await book();
  const answer = await opened.ok('list-payments', { by });
  expect(answer.sums?.map(({ key, net, payments }) => [key, net, payments])).toEqual(sums);
  expect(answer).toMatchObject({ payments: [], by, sumCount: sums.length, totals: { net: '3330.00' } });
});

test('months between two days that were asked for are there, whether anything came in or not', async () => {
  const book = await openBook();
  const { sums } = await book.ok('list-payments', { by: 'month', from: '2024-01-01', to: '2024-02-28' });
  expect(sums?.map(({ key, net }) => [key, net])).toEqual([
    ['2024-01', '0.00'],
    ['2024-02', '0.00'],
  ]);
});

test('a check that bounced is marked, and was not received by check', async () => {
  const opened = await book();
  const { answer, text } = await opened.both('list-payments', { method: 'check' });
  expect(text.split('\n')).toEqual([
    '3 payments and refunds by Check, check: 2300.00 received, 300.00 bounced, 2000.00 USD kept.',
    '- P-5 bounced: 300.00 (2026-03-06, Check, takes back P-4), on INV-1001, Dana Henderson, J-1 Roof replacement',
    '- P-4 payment: 300.00 (2026-03-04, Check, bounced 2026-03-06 as P-5), on INV-1001, Dana Henderson, J-1 Roof replacement',
    '- P-1 payment: 2000.00 (2026-02-02, check, No. 1187), on INV-1001, Dana Henderson, J-1 Roof replacement',
  ]);
  const [bounce, check] = answer.payments;
  expect(bounce?.takesBack).toEqual({ ref: 'P-4', method: 'Check' });
  expect(check?.bounced).toEqual({ ref: 'P-5', on: '2026-03-06' });
  const { sums } = await opened.ok('list-payments', { method: 'check', by: 'customer' });
  expect(sums).toMatchObject([{ key: 'C-1', received: '2300.00', bounced: '300.00', net: '2000.00' }]);
});

test('one that bounced and of which nobody says how it came in counts under no method', async () => {
  const opened = await book();
  await opened.ok('record-payment', { payment: 'P-7', bounced: true, paidOn: '2026-03-10' });
  const { sums } = await opened.ok('list-payments', { by: 'method' });
  expect(sums?.find(({ key }) => key === null)).toMatchObject({ received: '50.00', bounced: '50.00', net: '0.00' });
});

test('sums in words', async () => {
  const opened = await book();
  expect(await opened.text('list-payments', { by: 'method', from: '2026-03-01' })).toBe(
    [
      '7 payments and refunds, since 2026-03-01: 1750.00 received, 120.00 given back, 300.00 bounced, 1330.00 USD kept; 1 of them void, which counts nothing. By method:',
      '- cash: 900.00 received, 1 payment',
      '- card: 500.00 received, 120.00 given back, 380.00 kept, 2 payments and refunds',
      '- no method said: 50.00 received, 1 payment',
      '- Check: 300.00 received, 300.00 bounced, 0.00 kept, 2 payments and refunds',
    ].join('\n'),
  );
  expect(await opened.text('list-payments', { by: 'customer' })).toContain(
    '- C-2 Marcus Oyelaran: 950.00 received, 2 payments',
  );
});

test('pages go on within a day, and sums from customer to customer', async () => {
  const opened = await book();
  const first = await opened.both('list-payments', { limit: 4 });
  expect(first.text).toContain(`4 shown of 8; the rest with cursor "${first.answer.nextCursor}".`);
  const rest = await opened.ok('list-payments', { cursor: first.answer.nextCursor });
  expect(rest.payments.map(({ ref }) => ref)).toEqual(['P-4', 'P-3', 'P-2', 'P-1']);
  const one = await opened.ok('list-payments', { by: 'customer', limit: 1 });
  const other = await opened.ok('list-payments', { by: 'customer', cursor: one.nextCursor });
  expect(other.sums?.map(({ name }) => name)).toEqual(['Marcus Oyelaran']);
});

test('a way nobody paid by, and days that end before they begin', async () => {
  const opened = await book();
  const none = await opened.both('list-payments', { method: 'zelle' });
  const warning = 'No payment says that it came by "zelle". Ways that are said: Check, bounced, card, cash, check.';
  expect(none.text).toBe(`No payments match.\n${warning}`);
  expect(none.answer).toMatchObject({ methods: [], totals: { net: '0.00' }, warnings: [warning] });
  expect(await opened.error('list-payments', { from: '2026-03-02', to: '2026-03-01' })).toMatch(/^to: /);
});

test('samples are left out of the sums once the book is in use, unless they are asked for', async () => {
  const opened = await openBook({ samples: true });
  const before = await opened.ok('list-payments');
  expect(before.totals).toMatchObject({ includesSamples: true });
  await paid(opened.ok);
  const { totals, payments, count } = await opened.ok('list-payments');
  expect([count, payments.length]).toEqual([8, 8]);
  expect(payments.every(({ sample }) => sample === undefined)).toBe(true);
  expect(totals).toMatchObject({ net: '3330.00', includesSamples: false, samplesLeftOut: true });
  const all = await opened.ok('list-payments', { includeSamples: true });
  expect(Number(all.totals.net)).toBeCloseTo(Number(before.totals.net) + 3330);
});
