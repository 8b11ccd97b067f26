import { expect, test } from 'vitest';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { plant } from '../../support/store.ts';
import { openBook, type TypedBook } from '../../support/answers.ts';
import { BILL, roofBook, SHINGLES, TEAR_OFF } from '../../support/roof.ts';
import { expectHelpful, expectPlain } from '../../support/words.ts';

/** The roof (J-1, with Q-1) and an empty J-2 Garage of the same customer, and J-3 Deck of another. */
async function twoJobs(): Promise<TypedBook> {
  const book = await roofBook();
  await book.ok('create-job', { customer: 'C-1', name: 'Garage' });
  await book.ok('create-job', { newCustomer: { name: 'Marta Ortiz' }, name: 'Deck' });
  return book;
}

async function profitSummary(book: TypedBook, job: string) {
  return (await book.ok('get-job', { job })).job.profit;
}

test('"put the old quote and the inspection bill under the roof job": papers from before stay out until then', async () => {
  const book = await openBook();
  await book.ok('create-customer', { name: 'Dana Henderson' });
  await book.ok('create-quote', { customer: 'C-1', title: 'Full re-roof', status: 'accepted', lines: [SHINGLES] });
  await book.ok('create-invoice', { customer: 'C-1', lines: BILL });
  await book.ok('create-job', { customer: 'C-1', name: 'Roof replacement' });
  expect(await profitSummary(book, 'J-1')).toMatchObject({ billed: '0.00', costOfWork: '0.00', costBasis: 'none' });
  const { answer, text } = await book.both('file-under-job', { job: 'roof', records: ['q-1', 'INV-1001'] });
  expect(answer).toMatchObject({
    did: 'Filed Q-1, INV-1001 under J-1 Roof replacement',
    job: { ref: 'J-1', name: 'Roof replacement' },
    profit: { billed: '10800.00', costOfWork: '6720.00', profit: '4080.00', marginPercent: 37.8 },
    left: [],
    moved: [
      { ref: 'Q-1', from: null },
      { ref: 'INV-1001', from: null },
    ],
    already: [],
    cut: [],
    warnings: [],
  });
  expectPlain(text, 800);
  expect(text).toContain('J-1 now: Profit 4080.00 USD, margin 37.8 %');
  const { job } = await book.ok('get-job', { job: 'J-1' });
  expect(job.activity[0]).toMatchObject({ entry: 'paper', text: 'Q-1, INV-1001 filed under J-1' });
  expect(job.billing).toBe('billed');
});

test('what is there already is so already, alone and among others', async () => {
  const book = await twoJobs();
  const { answer, text } = await book.both('file-under-job', { job: 'J-1', records: ['Q-1'] });
  expect(answer).toMatchObject({ did: 'Q-1 is so already: under J-1 Roof replacement', change: null, moved: [] });
  expect(text).toContain('Nothing was written');
  await book.ok('create-invoice', { customer: 'C-1', lines: BILL });
  const both = await book.ok('file-under-job', { job: 'J-1', records: ['Q-1', 'INV-1001'] });
  expect(both).toMatchObject({ already: ['Q-1'], moved: [{ ref: 'INV-1001' }] });
  const out = await book.ok('file-under-job', { job: null, records: ['INV-1001'] });
  expect(out.did).toBe('Took INV-1001 out of J-1 Roof replacement');
  const again = await book.ok('file-under-job', { job: null, records: ['INV-1001'] });
  expect(again).toMatchObject({ did: 'INV-1001 is so already: under no job', change: null });
});

test('a quote moves with its change orders, its revisions and the invoices made from it; both strips follow', async () => {
  const book = await twoJobs();
  await book.ok('create-quote', { revises: 'Q-1', status: 'accepted', lines: [SHINGLES, TEAR_OFF] });
  await book.ok('create-quote', { job: 'J-1', kind: 'change_order', status: 'accepted', lines: [TEAR_OFF] });
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-2', percent: 30 } });
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-2', percent: 10 }, draft: true });
  const before = await profitSummary(book, 'J-1');
  const { answer, text } = await book.both('file-under-job', { job: 'J-2', records: ['Q-3'] });
  expect(answer.did).toBe('Filed Q-3 under J-2 Garage; with Q-1, Q-2, INV-1001, DRAFT-2');
  expect(answer.moved).toEqual([
    { ref: 'Q-3', from: 'J-1' },
    ...['Q-1', 'Q-2', 'INV-1001', 'DRAFT-2'].map((ref) => ({ ref, from: 'J-1', along: true })),
  ]);
  expect(answer.profit).toEqual(before);
  expect(answer.left).toMatchObject([
    { ref: 'J-1', profit: { billed: '0.00', costOfWork: '0.00', notBilledYet: '0.00' } },
  ]);
  expect(text).toContain('J-1 Roof replacement now: nothing quoted, billed or spent yet');
  for (const job of ['J-1', 'J-2'])
    expect((await book.ok('get-job', { job })).job.activity[0]?.text).toBe(
      'Q-3, Q-1, Q-2, INV-1001, DRAFT-2 moved from J-1 to J-2',
    );
  // What remains is measured on the contract as before.
  const rest = await book.ok('create-invoice', { fromQuote: { quote: 'Q-2', rest: true } });
  expect(rest.invoice).toMatchObject({ subtotal: '10416.00', job: { ref: 'J-2' } });
  await book.ok('file-under-job', { job: 'J-1', records: ['Q-2'] });
  expect(await profitSummary(book, 'J-2')).toMatchObject({ billed: '0.00', costOfWork: '0.00' });
});

test('an invoice moves with its credit notes and with what corrected it, whichever of them is named', async () => {
  const book = await twoJobs();
  await book.ok('create-invoice', { job: 'J-1', lines: BILL });
  await book.ok('create-invoice', { creditFor: 'INV-1001', amount: 800 });
  await book.ok('update-invoice', { invoice: 'INV-1001', correct: true, lines: [{ ...BILL[0], unitPrice: 400 }] });
  const all = ['INV-1001', 'INV-1002', 'INV-1003', 'INV-1004'];
  for (const [job, ref] of all.entries()) {
    const { moved, profit } = await book.ok('file-under-job', { job: `J-${2 - (job % 2)}`, records: [ref] });
    expect(moved.map((each) => each.ref).sort()).toEqual(all);
    expect(profit).toMatchObject({ billed: '9600.00' });
  }
});

test('an invoice made from a filed quote stays with it; from an unfiled one it brings the quote', async () => {
  const book = await twoJobs();
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', percent: 30 } });
  const error = await book.error('file-under-job', { job: 'J-2', records: ['INV-1001'] });
  expectHelpful(error);
  expect(error).toBe(
    'records[0]: INV-1001 bills Q-1, which is under J-1. An invoice stays with the quote it was made from: name Q-1, and its change orders and invoices come along.',
  );
  expect(await book.error('file-under-job', { job: null, records: ['INV-1001'] })).toContain('INV-1001 bills Q-1');
  await book.ok('file-under-job', { job: null, records: ['Q-1'] });
  const { moved } = await book.ok('file-under-job', { job: 'J-2', records: ['INV-1001'] });
  expect(moved).toEqual([
    { ref: 'INV-1001', from: null },
    { ref: 'Q-1', from: null, along: true },
  ]);
});

test('a cover that would span two jobs is cut and named; the expense stays and counts on its own', async () => {
  const book = await twoJobs();
  const bought = { job: 'J-1', description: 'Shingles', amount: 7000, category: 'materials' };
  await book.ok('add-job-expense', { ...bought, coversLine: 'Q-1/1' });
  const { answer, text } = await book.both('file-under-job', { job: 'J-2', records: ['Q-1'] });
  expect(answer.did).toBe('Filed Q-1 under J-2 Garage; E-1 covers Q-1/1 no more');
  expect(answer.cut).toEqual([{ expense: 'E-1', line: 'Q-1/1' }]);
  expect(answer.profit).toMatchObject({ costOfWork: '6720.00', expenses: '0.00' });
  expect(answer.left).toMatchObject([{ ref: 'J-1', profit: { costOfWork: '0.00', expenses: '7000.00' } }]);
  expectPlain(text, 1000);
  const { job } = await book.ok('get-job', { job: 'J-1' });
  expect(job.expenses).toMatchObject([{ ref: 'E-1', coversLine: null }]);
  expect(job.activity.map((entry) => entry.text)).toContain(
    'E-1 Shingles covers Q-1/1 no more: its quote left the job',
  );
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});

test('a line and the line it changes stay on one job', async () => {
  const book = await twoJobs();
  const more = { ...SHINGLES, description: 'Two squares more', quantity: 2 };
  await book.ok('create-quote', { job: 'J-1', title: 'Porch', lines: [{ ...more, changesLine: 'Q-1/1' }] });
  for (const [named, other] of [
    ['Q-1', 'Q-2'],
    ['Q-2', 'Q-1'],
  ]) {
    const error = await book.error('file-under-job', { job: 'J-2', records: [named ?? ''] });
    expect(error).toBe(`records: Q-2/1 changes Q-1/1, and the two would end up on different jobs. Name ${other} too.`);
  }
  expect((await book.ok('file-under-job', { job: 'J-2', records: ['Q-1', 'Q-2'] })).moved).toHaveLength(2);
});

test('a deposit that loses its contract, and one that takes another, are named; so is a contract billed beyond', async () => {
  const book = await twoJobs();
  await book.ok('create-invoice', {
    job: 'J-1',
    kind: 'deposit',
    lines: [{ description: 'Deposit', quantity: 1, unitPrice: 3240 }],
  });
  const moved = await book.both('file-under-job', { job: 'J-2', records: ['Q-1'] });
  expect(moved.answer.warnings).toEqual([
    'INV-1001 counted toward Q-1 and now counts toward no contract: billing the rest of Q-1 would bill it again. File the two under one job to count it.',
  ]);
  expect(moved.text).toContain('Note: INV-1001 counted toward Q-1');
  await book.ok('create-quote', {
    job: 'J-1',
    status: 'accepted',
    title: 'Gutters',
    lines: [{ ...SHINGLES, quantity: 1 }],
  });
  const back = await book.ok('file-under-job', { job: 'J-1', records: ['Q-1'] });
  // It counts where it was counted, and what is extra work stays so.
  expect(back.warnings).toEqual([
    'INV-1001: Beyond the contract: 2790.00 USD of it is above what was left of Q-1 and Q-2 and is extra work. A change order first would make it part of the contract.',
  ]);
  await book.ok('file-under-job', { job: null, records: ['INV-1001'] });
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', rest: true } });
  const { warnings } = await book.ok('file-under-job', { job: 'J-1', records: ['INV-1001'] });
  expect(warnings).toEqual([
    'INV-1001: Beyond the contract: 2790.00 USD of it is above what was left of Q-1 and Q-2 and is extra work. A change order first would make it part of the contract.',
  ]);
});

test('all or nothing: one that cannot move leaves the others where they were', async () => {
  const book = await twoJobs();
  await book.ok('create-invoice', { customer: 'C-2', lines: BILL });
  const error = await book.error('file-under-job', { job: 'J-2', records: ['Q-1', 'INV-1001'] });
  expect(error).toBe(
    "records[1]: INV-1001 is Marta Ortiz's, and J-2 Garage is for Dana Henderson. Records stay with their customer; nothing was moved.",
  );
  expect((await book.ok('get-job', { job: 'J-1' })).job.counts.quotes).toBe(1);
});

test.each([
  [['E-1'], /^records\[0\]: an expense is always on a job\. update-job-expense/],
  [['7'], /^records\[0\]: "7" does not say what it is\. Give a number like Q-31/],
  [['J-1'], /^records\[0\]: "J-1" does not say what it is/],
  [['Q-1', 'Q-9'], /^records\[1\]: no quote matches "Q-9"/],
  [['the pool quote'], /^records\[0\]: no quote matches "the pool"/],
  [[], /^records: /],
])('%o is refused with what to give', async (records, words) => {
  const book = await twoJobs();
  const error = await book.error('file-under-job', { job: 'J-2', records });
  expectHelpful(error);
  expect(error).toMatch(words);
});

test('words name a record where they say what it is; the same record twice moves once', async () => {
  const book = await twoJobs();
  const { moved } = await book.ok('file-under-job', { job: 'garage', records: ['the full re-roof quote', 'Q-1'] });
  expect(moved).toEqual([{ ref: 'Q-1', from: 'J-1' }]);
});

test('a preview moves nothing, and undoing by filing back restores the very strip', async () => {
  const book = await twoJobs();
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', percent: 30 } });
  const before = await profitSummary(book, 'J-1');
  const preview = await book.both('file-under-job', { job: 'J-2', records: ['Q-1'], preview: true });
  expect(preview.text).toContain('Preview, nothing was saved. Once done: Filed Q-1 under J-2 Garage; with INV-1001');
  expect(await profitSummary(book, 'J-1')).toEqual(before);
  await book.ok('file-under-job', { job: null, records: ['Q-1'] });
  await book.ok('file-under-job', { job: 'J-1', records: ['Q-1'] });
  expect(await profitSummary(book, 'J-1')).toEqual(before);
});

test('taking out of several jobs at once shows the strip of each', async () => {
  const book = await twoJobs();
  await book.ok('create-invoice', { job: 'J-2', lines: BILL });
  const { answer, text } = await book.both('file-under-job', { job: null, records: ['Q-1', 'INV-1001'] });
  expect(answer).toMatchObject({
    did: 'Took Q-1, INV-1001 out of J-1 Roof replacement, J-2 Garage',
    job: null,
    profit: null,
    left: [{ ref: 'J-1' }, { ref: 'J-2', profit: { billed: '0.00' } }],
  });
  expectPlain(text, 800);
});

/** The smallest picture: one dot as PNG. */
const DOT = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** A visit, a walk & talk (W-1) with its photo (F-1), and a signed paper (F-2), none of them on a job yet. */
async function withSite(): Promise<TypedBook> {
  const book = await roofBook();
  await book.ok('schedule-appointment', { customer: 'C-1', title: 'Measure', starts: '2026-03-20T09:00' });
  await book.ok('attach-file', { customer: 'C-1', name: 'before.png', content: DOT });
  await book.ok('record-walk-and-talk', {
    customer: 'C-1',
    title: 'Roof inspection',
    consent: 'Dana agreed.',
    transcript: 'Two layers to tear off.',
    photos: ['F-1'],
  });
  await book.ok('attach-file', { customer: 'C-1', name: 'signed.txt', content: 'U2lnbmVkLgo=' });
  return book;
}

test('appointments, walk & talks and files are filed too; the photos of a walk & talk come along', async () => {
  const book = await withSite();
  expect(await book.error('file-under-job', { job: 'J-1', records: ['F-1'] })).toBe(
    'records[0]: F-1 is a photo of W-1 and stays with it. Name W-1: its photos come along.',
  );
  const { did } = await book.ok('file-under-job', { job: 'J-1', records: ['A-1', 'W-1', 'F-2', 'F-1'] });
  expect(did).toBe('Filed A-1, W-1, F-2, F-1 under J-1 Roof replacement');
  const { job } = await book.ok('get-job', { job: 'J-1' });
  expect(job.counts).toMatchObject({ files: 2, appointments: 1, walkAndTalks: 1 });
  expect(job.activity[0]).toMatchObject({ entry: 'site', text: 'A-1, W-1, F-2, F-1 filed under J-1' });
  // Calendars that hold the visit learn of it.
  expect(job.appointments[0]).toMatchObject({ ref: 'A-1', job: { ref: 'J-1' }, revision: 1 });
  const out = await book.ok('file-under-job', { job: null, records: ['the roof inspection walk & talk'] });
  expect(out.moved).toEqual([
    { ref: 'W-1', from: 'J-1' },
    { ref: 'F-1', from: 'J-1', along: true },
  ]);
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});

test('a receipt stays with its expense', async () => {
  const book = await twoJobs();
  await book.ok('add-job-expense', { job: 'J-1', description: 'Permit', amount: 612.4, category: 'permit' });
  await book.ok('attach-file', { expense: 'E-1', name: 'permit.txt', content: 'UGVybWl0IGlzc3VlZC4K' });
  expect(await book.error('file-under-job', { job: 'J-2', records: ['F-1'] })).toBe(
    'records[0]: F-1 belongs to E-1 and stays with it. update-job-expense with expense: "E-1", job: "J-2" moves both.',
  );
  expect(await book.error('file-under-job', { job: null, records: ['F-1'] })).toContain('overhead: true moves both.');
  // That it is another customer's job is no reason: the expense may go there.
  await book.ok('create-job', { newCustomer: { name: 'Ned Ortiz' }, name: 'Deck' });
  expect(await book.error('file-under-job', { job: 'J-3', records: ['F-1'] })).toBe(
    'records[0]: F-1 belongs to E-1 and stays with it. update-job-expense with expense: "E-1", job: "J-3" moves both.',
  );
  await book.ok('update-job-expense', { expense: 'E-1', job: 'J-3' });
  expect((await book.ok('get-job', { job: 'J-3' })).job.files).toMatchObject([{ ref: 'F-1', expense: 'E-1' }]);
});

test('papers and visits need Pro, files Business; the error names which', async () => {
  const book = await withSite();
  await book.ok('create-job', { customer: 'C-1', name: 'Garage' });
  for (const [plan, records, words] of [
    ['pro', ['Q-1', 'F-2'], /^records\[1\]: .* needs the Business plan \(\$39 a month\)/],
    ['free', ['A-1'], /^records\[0\]: Grouping .* under a job needs the Pro plan \(\$19 a month\)/],
    ['free', ['W-1'], /^records\[0\]: Grouping .* needs the Pro plan/],
  ] as const) {
    await plant(book, 'update accounts set plan = ?', plan);
    expect(await book.error('file-under-job', { job: 'J-2', records }), plan).toMatch(words);
  }
  await plant(book, "update accounts set plan = 'pro'");
  expect((await book.ok('file-under-job', { job: 'J-2', records: ['Q-1', 'A-1', 'W-1'] })).moved).toHaveLength(4);
});
