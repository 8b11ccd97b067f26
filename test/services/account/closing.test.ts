// Closed months: what is dated in them stays as it is, what changes them stands in the first open one.
import { expect, test } from 'vitest';
import { callTool } from '../../../src/server.ts';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import type { TypedBook } from '../../support/answers.ts';
import { madeOnce } from '../../support/made-once.ts';
import { roofBook, SHINGLES } from '../../support/roof.ts';

const bill = (amount: number) => [{ description: 'Work', quantity: 1, unitPrice: amount }];

/** A roof billed in January for 30 %, an invoice paid then, an expense and a draft; January is closed. */
const closedJanuary = madeOnce(async () => {
  const book = await roofBook();
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', percent: 30 }, issuedOn: '2026-01-20' });
  await book.ok('create-job', { customer: 'C-1', name: 'Gutters' });
  await book.ok('create-invoice', { job: 'J-2', lines: bill(500), issuedOn: '2026-01-10' });
  await book.ok('record-payment', { invoice: 'INV-1002', amount: 200, paidOn: '2026-01-15' });
  await book.ok('add-job-expense', {
    ...{ job: 'J-2', description: 'Gutter', amount: 90, category: 'materials', spentOn: '2026-01-05' },
  });
  await book.ok('update-account', { closedThrough: '2026-01-31' });
  return book;
});

const billedIn = (records: readonly { figure: string; amount: string }[]) =>
  records.reduce((sum, { figure, amount }) => sum + (figure === 'billed' ? Math.round(Number(amount) * 100) : 0), 0) /
  100;

const january = async (book: TypedBook) =>
  await Promise.all(
    (['job', 'customer', 'month', 'status'] as const).map(async (by) => {
      const { rows, totals } = await book.ok('profit-report', { by, from: '2026-01-01', to: '2026-01-31' });
      const figures = ({ billed, costOfWork, expenses }: (typeof rows)[number]) => [billed, costOfWork, expenses];
      return { rows: rows.map((row) => [row.key, ...figures(row)]), profit: totals.profit, jobs: totals.jobs };
    }),
  );

test.each([
  [
    'a bill',
    'create-invoice',
    { job: 'J-2', lines: bill(10), issuedOn: '2026-01-31' },
    /^issuedOn: 2026-01-31 is in a closed month.*from 2026-02-01 on/,
  ],
  [
    'a credit',
    'create-invoice',
    { creditFor: 'INV-1002', amount: 10, issuedOn: '2026-01-31' },
    /^issuedOn: .*closed month/,
  ],
  ['a payment', 'record-payment', { invoice: 'INV-1002', amount: 10, paidOn: '2026-01-31' }, /^paidOn: .*closed month/],
  [
    'an expense',
    'add-job-expense',
    { job: 'J-2', description: 'X', amount: 1, category: 'other', spentOn: '2025-12-01' },
    /^spentOn: .*closed month/,
  ],
  [
    'a void',
    'update-invoice',
    { invoice: 'INV-1001', status: 'void', voidReason: 'wrong' },
    /^INV-1001 is of 2026-01-20, in a closed month.*[Cc]redit/,
  ],
  [
    'a payment taken out',
    'record-payment',
    { void: 'P-1', voidReason: 'twice' },
    /^P-1 is of 2026-01-15.*payment: "P-1" and bounced: true.*refund/,
  ],
  [
    'a bounce',
    'record-payment',
    { payment: 'P-1', bounced: true, paidOn: '2026-01-20' },
    /^paidOn: 2026-01-20 is in a closed month.*from 2026-02-01 on/,
  ],
  ['an expense taken out', 'update-job-expense', { expense: 'E-1', remove: true }, /^E-1 is of 2026-01-05/],
  ['an expense re-dated', 'update-job-expense', { expense: 'E-1', spentOn: '2026-02-05' }, /^E-1 is of 2026-01-05/],
  [
    'another amount',
    'update-job-expense',
    { expense: 'E-1', amount: 80 },
    /^E-1 is of 2026-01-05.*Log what differs as an expense on an open day \(from 2026-02-01 on\)/,
  ],
  [
    'tax one gets back',
    'update-job-expense',
    { expense: 'E-1', reclaimableTax: 7 },
    /^E-1 is of 2026-01-05.*Its tax you get back is part of what was reported, so it stays too/,
  ],
  [
    'another category',
    'update-job-expense',
    { expense: 'E-1', category: 'permit' },
    /^E-1 is of 2026-01-05.*Its category is part of what was reported, so it stays too, or let the owner reopen/,
  ],
  [
    'another job',
    'update-job-expense',
    { expense: 'E-1', job: 'J-1' },
    /^E-1 is of 2026-01-05.*Its job is part of what was reported/,
  ],
] as const)('%s in a closed month is refused, naming the right way', async (_, tool, args, words) => {
  const book = await closedJanuary();
  expect(await book.error(tool, args)).toMatch(words);
});

test('an undo of what is dated in a closed month is refused too, and so is one of the closing itself', async () => {
  const book = await closedJanuary();
  const { changes } = await book.ok('list-changes', { limit: 3 });
  expect(await book.error('undo-change', { change: changes[0]?.number })).toContain(
    'update-account with closedThrough',
  );
  expect(await book.error('undo-change', { change: changes[1]?.number })).toMatch(/closed month/);
});

test('a change order, a cover and a cancellation stand in the first open month, and January stays', async () => {
  const book = await closedJanuary();
  const before = await january(book);
  const profitSummaries = async () => (await book.ok('list-jobs')).totals?.profit;
  const all = async () => {
    const { totals } = await book.ok('profit-report', { by: 'job' });
    return (Number(totals.profit) - Number(totals.costNotYetBilled)).toFixed(2);
  };
  const february = async () => {
    const report = await book.ok('profit-report', { by: 'month', from: '2026-02-01', to: '2026-02-28' });
    return report.totals.fromClosedMonths;
  };
  expect(await february()).toBeUndefined();
  await book.ok('create-quote', {
    ...{ job: 'J-1', kind: 'change_order', status: 'accepted' },
    lines: [{ ...SHINGLES, quantity: 10, unitPrice: 0, unitCost: 100 }],
  });
  // 30 % of 1,000.00 more cost belongs to what was billed in January.
  expect(await february()).toMatchObject({ billed: '0.00', costOfWork: '300.00', profit: '-300.00' });
  await book.ok('update-job', { job: 'J-1', status: 'cancelled', cancelledOn: '2026-01-25' });
  expect(await february()).toMatchObject({ costOfWork: '-2016.00' });
  await book.ok('file-under-job', { job: 'J-1', records: ['INV-1002'] });
  expect(await january(book)).toEqual(before);
  expect(await all()).toBe(await profitSummaries());
  // The next closing keeps that too.
  await book.ok('update-account', { closedThrough: '2026-02-28' });
  const kept = await february();
  await book.ok('update-job', { job: 'J-1', status: 'in_progress' });
  expect(await february()).toEqual(kept);
  expect(await january(book)).toEqual(before);
  expect(await all()).toBe(await profitSummaries());
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});

test('by person a closed month stays with who was on the job, and every row adds up to what is behind it', async () => {
  const book = await closedJanuary();
  await book.ok('update-account', { closedThrough: null, reason: 'people come first' });
  const tom = { name: 'Tom Becker', role: 'lead' };
  await book.ok('update-job', { job: 'J-1', assignees: [tom] });
  await book.ok('update-job', { job: 'J-2', assignees: [tom, { name: 'Ana Ruiz', role: 'crew' }] });
  await book.ok('update-account', { closedThrough: '2026-01-31' });
  const people = async (args: object = { to: '2026-01-31' }) => {
    const { rows } = await book.ok('profit-report', { by: 'assignee', from: '2026-01-01', explain: true, ...args });
    for (const { billed, records = [] } of rows) expect(billedIn(records)).toBe(Number(billed));
    return rows.map(({ name, jobs, billed, profit }) => [name, jobs, billed, profit]);
  };
  const before = await people();
  expect(before.map(([name, jobs, billed]) => [name, jobs, billed])).toEqual([
    ['Tom Becker', 2, '3740.00'],
    ['Ana Ruiz', 1, '500.00'],
  ]);
  await book.ok('update-job', { job: 'J-1', assignees: [{ name: 'Luis', role: 'lead' }] });
  await book.ok('update-job', { job: 'J-2', assignees: [] });
  await book.ok('create-invoice', { job: 'J-1', lines: bill(100), issuedOn: '2026-02-10' });
  expect(await people()).toEqual(before);
  const whole = await people({ to: '2026-02-28' });
  expect(whole.map(([name, jobs, billed]) => [name, jobs, billed])).toEqual([
    ...[
      ['Tom Becker', 2, '3740.00'],
      ['Ana Ruiz', 1, '500.00'],
      ['Luis', 1, '100.00'],
    ].sort(([one], [other]) => whole.findIndex(([name]) => name === one) - whole.findIndex(([name]) => name === other)),
  ]);
  // Once more others, back again by an undo, and the next month closed on top of it.
  await book.ok('update-job', { job: 'J-1', assignees: [] });
  await book.ok('undo-change', {});
  await book.ok('update-account', { closedThrough: '2026-02-28' });
  await book.ok('update-job', { job: 'J-1', assignees: [tom] });
  expect(await people()).toEqual(before);
  expect(await people({ to: '2026-02-28' })).toEqual(whole);
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
  await book.ok('update-account', { closedThrough: null, reason: 'a bill came late' });
  expect((await people()).map(([name]) => name)).toEqual(['Tom Becker', 'nobody']);
});

test('an undo of who is on a job leaves a closed month with who was on it', async () => {
  const book = await closedJanuary();
  await book.ok('update-job', { job: 'J-2', assignees: [{ name: 'Ana Ruiz', role: 'crew' }] });
  await book.ok('undo-change', {});
  const { rows } = await book.ok('profit-report', { by: 'assignee', from: '2026-01-01', to: '2026-01-31' });
  expect(rows.map(({ name, jobs }) => [name, jobs])).toEqual([['nobody', 2]]);
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});

test('a job that was completed since stands in closed months under its status then, and adds up there', async () => {
  const book = await closedJanuary();
  await book.ok('create-invoice', { job: 'J-2', lines: bill(70), issuedOn: '2026-02-10' });
  await book.ok('update-job', { job: 'J-2', status: 'completed' });
  const { rows } = await book.ok('profit-report', {
    by: 'status',
    from: '2026-01-01',
    to: '2026-02-28',
    explain: true,
  });
  expect(new Map(rows.map(({ key, billed }) => [key, billed]))).toEqual(
    new Map([
      ['open', '3740.00'],
      ['completed', '70.00'],
    ]),
  );
  for (const { billed, records = [] } of rows) expect(billedIn(records)).toBe(Number(billed));
});

test('months are opened again with a reason, and hold what they come to by now', async () => {
  const book = await closedJanuary();
  await book.ok('update-job', { job: 'J-1', status: 'cancelled', cancelledOn: '2026-01-25' });
  expect(await book.error('update-account', { closedThrough: null })).toMatch(/^reason: say why/);
  const { did, account } = await book.ok('update-account', { closedThrough: null, reason: 'a bill came late' });
  expect(did).toContain('all months are open again: a bill came late');
  expect(account.closedThrough).toBeNull();
  const { totals } = await book.ok('profit-report', { by: 'job', from: '2026-01-01', to: '2026-01-31' });
  expect(totals).toMatchObject({ billed: '3740.00', costOfWork: '0.00' });
  await book.ok('update-invoice', { invoice: 'INV-1001', status: 'void', voidReason: 'wrong' });
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});

test('closing names completed jobs with something left to bill, and no day that is not over', async () => {
  const book = await closedJanuary();
  await book.ok('update-job', { job: 'J-1', status: 'completed', completedOn: '2026-02-10' });
  const { did } = await book.ok('update-account', { closedThrough: '2026-02-28' });
  expect(did).toContain('completed with something left to bill: J-1 (7560.00 USD)');
  expect(await book.error('update-account', { closedThrough: '2026-03-10' })).toMatch(
    /^closedThrough: 2026-03-10 is not over/,
  );
  expect((await book.ok('update-account', { closedThrough: '2026-02-28' })).did).toContain('so already');
});

test('a person who is asked whether to close them reads what is left to bill, and no call', async () => {
  const book = await closedJanuary();
  await book.ok('update-job', { job: 'J-1', status: 'completed', completedOn: '2026-02-10' });
  const { question } = await callTool(
    book.session,
    'update-account',
    { closedThrough: '2026-02-28' },
    { client: 'Desk', canAsk: true },
  );
  expect(question?.message).toMatch(/J-1 \(7560\.00 USD\); bill it, or say that no more is billed\./);
});

test('a payment of a closed month that bounced stays on its day, and is taken back on a day of its own', async () => {
  const book = await closedJanuary();
  const before = await january(book);
  const { did, payment, invoice } = await book.ok('record-payment', {
    payment: 'P-1',
    bounced: true,
    note: 'no funds',
  });
  expect(did).toBe('P-1 of 200.00 USD on INV-1002 bounced: taken back on 2026-03-10 as P-2');
  expect(payment).toMatchObject({
    ref: 'P-2',
    kind: 'refund',
    method: 'bounced',
    note: 'no funds',
    takesBack: { ref: 'P-1' },
    amount: '200.00',
  });
  expect(invoice).toMatchObject({ paid: '0.00', balance: '500.00', payment: 'unpaid' });
  expect(invoice.payments[0]).toMatchObject({ ref: 'P-1', paidOn: '2026-01-15', voidReason: null });
  expect(await january(book)).toEqual(before);
  expect(await book.error('record-payment', { payment: 'P-1', bounced: true })).toMatch(/^payment: P-1 has bounced/);
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
  // It was no bounce after all.
  await book.ok('record-payment', { void: 'P-2', voidReason: 'the bank was wrong' });
  expect((await book.ok('get-invoice', { invoice: 'INV-1002' })).invoice).toMatchObject({ paid: '200.00' });
  await book.ok('record-payment', { payment: 'P-1', bounced: true });
});

test.each([
  ['without the payment', { bounced: true }, /^payment: is missing/],
  ['of money that went back', { payment: 'P-2', bounced: true }, /^payment: P-2 is money that went back/],
  ['of a void payment', { payment: 'P-3', bounced: true }, /^payment: P-3 is void/],
  ['of what was given back in part', { payment: 'P-1', bounced: true }, /^amount: 200.00 USD is more than the 150.00/],
  ['before it came in', { payment: 'P-1', bounced: true, paidOn: '2026-01-14' }, /^paidOn: 2026-01-14 is before P-1/],
  ['of a part', { payment: 'P-1', bounced: true, amount: 10 }, /^amount: does not go with bounced/],
  ['of no payment', { payment: 'P-9', bounced: true }, /^payment: there is no payment/],
  ['that is none', { payment: 'P-1' }, /^payment: goes with bounced: true/],
] as const)('a bounce %s is refused', async (_, args, words) => {
  const book = await closedJanuary();
  await book.ok('record-payment', { invoice: 'INV-1002', amount: 50, refund: true });
  await book.ok('record-payment', { invoice: 'INV-1002', amount: 10 });
  await book.ok('record-payment', { void: 'P-3', voidReason: 'twice' });
  expect(await book.error('record-payment', args)).toMatch(words);
});

test('a correction of a closed bill is dated in an open month, and what was paid stays on its day', async () => {
  const book = await closedJanuary();
  const before = await january(book);
  await book.ok('update-invoice', { invoice: 'INV-1002', correct: true, lines: bill(150) });
  expect(await january(book)).toEqual(before);
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});

test('a bill on no job that is filed later stays outside in its closed month, and both sides move in the first open one', async () => {
  const book = await roofBook();
  await book.ok('create-invoice', { customer: 'C-1', lines: bill(100), issuedOn: '2026-01-10' });
  await book.ok('create-invoice', { customer: 'C-1', lines: bill(7), issuedOn: '2026-02-10' });
  await book.ok('update-account', { closedThrough: '2026-01-31' });
  await book.ok('file-under-job', { job: 'J-1', records: ['INV-1001'] });
  const { answer, text } = await book.both('profit-report', {
    ...{ by: 'month', from: '2026-01-01', to: '2026-02-28', explain: true },
  });
  expect(answer.rows).toMatchObject([
    { key: '2026-01', billed: '0.00', outsideJobs: { billed: '100.00' } },
    {
      ...{ key: '2026-02', billed: '100.00', fromClosedMonths: { billed: '100.00' } },
      outsideJobs: { billed: '-93.00', fromClosedMonths: '-100.00' },
    },
  ]);
  const outside = (month: number) =>
    answer.rows[month]?.records?.flatMap(({ figure, ref, what, amount }) =>
      figure === 'outsideJobs' ? [`${ref} ${what} ${amount}`] : [],
    );
  expect(outside(0)).toEqual(['INV-1001 invoice 100.00']);
  expect(outside(1)).toEqual(['INV-1001 changed in closed months -100.00', 'INV-1002 invoice 7.00']);
  expect(answer.totals).toMatchObject({ outsideJobs: { billed: '7.00', fromClosedMonths: '-100.00' } });
  expect(text).toContain('outside jobs billed -93.00 (-100.00 of it from closed months, changed since)');
  // Taken out again it is as if nothing had been.
  await book.ok('undo-change');
  const { rows } = await book.ok('profit-report', { by: 'month', from: '2026-01-01', to: '2026-02-28' });
  expect(rows.map(({ outsideJobs }) => outsideJobs)).toEqual([{ billed: '100.00' }, { billed: '7.00' }]);
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});
