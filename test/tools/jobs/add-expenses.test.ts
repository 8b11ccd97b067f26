import { expect, test } from 'vitest';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import type { BookOptions } from '../../support/book.ts';
import { openBook } from '../../support/answers.ts';
import { SHINGLES } from '../../support/roof.ts';

const PHONE = { description: 'Phone', amount: 89, category: 'other', vendor: 'Telco', monthly: true };

async function withJobs(options: BookOptions = {}) {
  const book = await openBook(options);
  await book.ok('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Roof replacement' });
  await book.ok('create-job', { newCustomer: { name: 'Wes Lopez' }, name: 'Storm repair' });
  await book.ok('create-quote', { job: 'J-1', status: 'accepted', lines: [SHINGLES] });
  return book;
}

/** A clock that a test sets. */
function clock(day: string) {
  const at = { day };
  return { at, now: () => `${at.day}T15:00:00Z` };
}

test('six receipts are logged at once, on their jobs and beside them', async () => {
  const book = await withJobs();
  const receipt = (description: string, amount: number, on: object) => ({
    ...{ description, amount, category: 'materials' },
    ...on,
  });
  const { answer, text } = await book.both('add-expenses', {
    expenses: [
      receipt('Nails', 12.5, { job: 'roof replacement' }),
      receipt('Felt', 80, { job: 'J-1' }),
      receipt('Flashing', 45, { job: 'storm repair' }),
      receipt('Caulk', 9.99, { job: 'storm repair' }),
      receipt('Shop lights', 60, { overhead: true }),
      receipt('Broom', 15, { overhead: true }),
    ],
  });
  expect(answer.did).toBe(
    'Logged 6 expenses, 222.49 USD: 2 on J-1 Roof replacement, 2 on J-2 Storm repair, 2 overhead',
  );
  expect(answer.total).toBe('222.49');
  expect(answer.expenses.map(({ ref, job, overhead }) => [ref, job?.ref ?? null, overhead ?? false])).toEqual([
    ['E-1', 'J-1', false],
    ['E-2', 'J-1', false],
    ['E-3', 'J-2', false],
    ['E-4', 'J-2', false],
    ['E-5', null, true],
    ['E-6', null, true],
  ]);
  expect(answer.jobs.map(({ ref, profit }) => [ref, profit?.expenses])).toEqual([
    ['J-1', '92.50'],
    ['J-2', '54.99'],
  ]);
  expect(text).toContain('E-5 Shop lights: 60.00 (materials, 2026-03-10), overhead');
});

test('one that cannot be booked is named, and none is', async () => {
  const book = await withJobs();
  const good = { job: 'J-1', description: 'Nails', amount: 3, category: 'materials' };
  expect(await book.error('add-expenses', { expenses: [good, { ...good, amount: '4.205' }] })).toContain(
    'expenses[1].amount',
  );
  expect(await book.error('add-expenses', { expenses: [good, { ...good, job: undefined }] })).toContain(
    'expenses[1].job: say which job it is for. Give job, or overhead: true',
  );
  expect(await book.error('add-expenses', { expenses: [{ ...good, overhead: true }] })).toContain(
    'overhead is on no job',
  );
  expect((await book.ok('get-job', { job: 'J-1' })).job.expenses).toEqual([]);
});

test('a return of 76 counts against what was bought for 420, on its line and off it', async () => {
  const book = await withJobs();
  const on = { job: 'J-1', category: 'materials' };
  const back = { ...on, description: 'Two bundles returned', amount: 76, refund: true };
  expect(await book.error('add-job-expense', { ...back, coversLine: 'Q-1/1' })).toContain(
    '76.00 would come back on Q-1/1, on which other expenses come to 0.00',
  );
  const { answer, text } = await book.both('add-expenses', {
    expenses: [
      { ...on, description: 'Shingles', amount: 420, coversLine: 'Q-1/1' },
      { ...back, coversLine: 'Q-1/1' },
    ],
  });
  expect(answer.total).toBe('344.00');
  expect(answer.expenses[1]).toMatchObject({ amount: '76.00', refund: true });
  expect(text).toContain('E-2 Two bundles returned: 76.00 back (materials, 2026-03-10, covers Q-1/1), on J-1');
  await book.ok('update-quote', { quote: 'Q-1', doneLines: [1] });
  expect((await book.ok('get-job', { job: 'J-1' })).job.profit).toMatchObject({
    costOfWork: '344.00',
    expenses: '0.00',
  });
  // What it came back from stays as large as it.
  const beyond = '76.00 would come back on Q-1/1';
  expect(await book.error('update-job-expense', { expense: 'E-1', amount: 75 })).toContain(beyond);
  expect(await book.error('update-job-expense', { expense: 'E-1', coversLine: null })).toContain(beyond);
  expect(await book.error('update-job-expense', { expense: 'E-1', remove: true })).toContain(beyond);
  expect(await book.error('update-job-expense', { expense: 'E-2', amount: 421 })).toContain('421.00 would come back');
  await book.ok('update-job-expense', { expense: 'E-2', coversLine: null });
  expect((await book.ok('get-job', { job: 'J-1' })).job.profit).toMatchObject({
    ...{ costOfWork: '420.00', expenses: '-76.00', warnings: [] },
  });
  const bought = await book.ok('update-job-expense', { expense: 'E-2', refund: false });
  expect(bought.profit).toMatchObject({ expenses: '76.00' });
});

test('an undo leaves no return on a line without what it came back from', async () => {
  const book = await withJobs();
  const on = { job: 'J-1', category: 'materials', coversLine: 'Q-1/1' };
  const { change } = await book.ok('add-job-expense', { ...on, description: 'Shingles', amount: 420 });
  await book.ok('add-job-expense', { ...on, description: 'Two bundles returned', amount: 76, refund: true });
  expect(await book.error('undo-change', { change })).toContain('E-2');
  await book.ok('update-job-expense', { expense: 'E-2', coversLine: null });
  await book.ok('undo-change', { change });
});

test('the tax that one gets back is no cost', async () => {
  const book = await withJobs();
  const on = { job: 'J-1', description: 'Nails', category: 'materials' };
  const { answer, text } = await book.both('add-job-expense', { ...on, amount: 119, reclaimableTax: 19 });
  expect(answer.expense).toMatchObject({ amount: '119.00', reclaimableTax: '19.00', cost: '100.00' });
  expect(answer.profit).toMatchObject({ expenses: '100.00' });
  expect(text).toContain('119.00, of which 19.00 tax to reclaim, costs 100.00');
  expect(await book.error('add-job-expense', { ...on, amount: 19, reclaimableTax: 19 })).toContain(
    'has to be less than 19.00',
  );
  const cleared = await book.ok('update-job-expense', { expense: 'E-1', reclaimableTax: null });
  expect(cleared.profit).toMatchObject({ expenses: '119.00' });
});

test('an expense goes off its job to overhead and back', async () => {
  const book = await withJobs();
  const on = { job: 'J-1', description: 'Ladder', amount: 150, category: 'equipment', coversLine: 'Q-1/1' };
  await book.ok('add-job-expense', on);
  const off = await book.both('update-job-expense', { expense: 'E-1', overhead: true });
  expect(off.answer).toMatchObject({ job: null, profit: null, expense: { overhead: true, coversLine: null } });
  expect(off.answer.did).toBe('Changed E-1 Ladder: job J-1 → none; covers Q-1/1 → none');
  expect((await book.ok('get-job', { job: 'J-1' })).job.expenses).toEqual([]);
  const back = await book.ok('update-job-expense', { expense: 'E-1', job: 'J-2' });
  expect(back).toMatchObject({ job: { ref: 'J-2' }, profit: { expenses: '150.00' } });
  await book.ok('update-job-expense', { expense: 'E-1', overhead: true });
  await book.ok('update-job-expense', { expense: 'E-1', remove: true });
});

test('what comes every month books itself on its day, each month once and none ahead, and says so', async () => {
  const { at, now } = clock('2026-01-31');
  const book = await withJobs({ now });
  const began = await book.both('add-expenses', { expenses: [{ ...PHONE, until: '2026-05-30' }] });
  expect(began.answer.did).toBe('Logged 1 expense, 89.00 USD: 1 overhead; every month until 2026-05-30: M-1 Phone');
  expect(began.answer.monthly).toMatchObject([{ ref: 'M-1', nextOn: '2026-02-28', until: '2026-05-30' }]);
  expect(began.text).toContain('M-1 Phone: 89.00 every month (other, Telco, next on 2026-02-28, until 2026-05-30)');
  at.day = '2026-02-27';
  expect((await book.ok('profit-report', { by: 'month' })).bookedByItself).toBeUndefined();
  at.day = '2026-04-02';
  const report = await book.both('profit-report', { by: 'month' });
  expect(report.answer.bookedByItself).toEqual([
    { ref: 'E-2', monthly: 'M-1', description: 'Phone', amount: '89.00', on: '2026-02-28' },
    { ref: 'E-3', monthly: 'M-1', description: 'Phone', amount: '89.00', on: '2026-03-31' },
  ]);
  expect(report.text).toContain('Booked by itself, as every month: E-2 Phone, 89.00, 2026-02-28 (M-1)');
  expect((await book.ok('profit-report', { by: 'month' })).bookedByItself).toBeUndefined();
  // May's day is the 31st, behind its last.
  at.day = '2026-07-01';
  const { bookedByItself } = await book.ok('list-changes');
  expect(bookedByItself?.map(({ on }) => on)).toEqual(['2026-04-30']);
  expect(await book.store.read(1, auditBooks)).toMatchObject({ faults: [] });
});

test('a month that was booked by itself is taken out by its expense, and does not come again', async () => {
  const { at, now } = clock('2026-01-05');
  const book = await withJobs({ now });
  await book.ok('add-expenses', { expenses: [PHONE] });
  at.day = '2026-02-05';
  await book.ok('profit-report', { by: 'month' });
  const { changes } = await book.ok('list-changes');
  const booking = changes.find(({ tool }) => tool === 'monthly');
  expect(await book.error('undo-change', { change: booking?.number })).toContain('Take the expense out');
  await book.ok('update-job-expense', { expense: 'E-2', remove: true });
  expect((await book.ok('profit-report', { by: 'month' })).bookedByItself).toBeUndefined();
});

test('it is changed from its next month on, moved to another day, and ended', async () => {
  const { at, now } = clock('2026-01-05');
  const book = await withJobs({ now });
  await book.ok('add-expenses', { expenses: [PHONE] });
  const list = await book.both('list-expenses', { overhead: true });
  expect(list.answer.monthly).toMatchObject([{ ref: 'M-1', nextOn: '2026-02-05' }]);
  expect(list.text).toContain('M-1 Phone: 89.00 every month (other, Telco, next on 2026-02-05)');
  expect(await book.error('update-job-expense', { expense: 'E-2', amount: 95 })).toContain('E-2');
  const dearer = await book.both('update-job-expense', { expense: 'M-1', amount: 95 });
  expect(dearer.answer.did).toBe(
    'Changed M-1 Phone: amount 89.00 → 95.00; from 2026-02-05 on; what it has booked stays',
  );
  expect(dearer.answer.monthly).toMatchObject({ amount: '95.00', nextOn: '2026-02-05' });
  expect(await book.error('update-job-expense', { expense: 'M-1', spentOn: '2026-01-20' })).toContain(
    'M-1 has booked that month already (2026-01-05)',
  );
  await book.ok('update-job-expense', { expense: 'M-1', spentOn: '2026-02-20' });
  at.day = '2026-02-20';
  expect((await book.ok('profit-report', { by: 'month' })).bookedByItself).toMatchObject([
    { amount: '95.00', on: '2026-02-20' },
  ]);
  expect(await book.error('update-job-expense', { expense: 'M-1', job: 'J-1' })).toContain('M-1 comes every month');
  const ended = await book.ok('update-job-expense', { expense: 'M-1', remove: true });
  expect(ended.did).toBe('M-1 Phone has ended: it books no more, and what it has booked stays');
  expect(ended.monthly?.nextOn).toBeNull();
  at.day = '2026-06-01';
  expect((await book.ok('profit-report', { by: 'month' })).bookedByItself).toBeUndefined();
  await book.ok('update-job-expense', { expense: 'M-1', until: null });
  expect((await book.ok('update-job-expense', { expense: 'M-1', amount: 96 })).did).toContain('95.00 → 96.00');
});

test('nobody who may not see costs, and no preview, books it; a closing does', async () => {
  const { at, now } = clock('2026-01-05');
  const book = await withJobs({ now });
  await book.ok('add-expenses', { expenses: [PHONE] });
  at.day = '2026-02-05';
  const job = { job: 'J-1', description: 'Nails', amount: 3, category: 'materials' };
  await book.ok('add-job-expense', { ...job, preview: true });
  await book.ok('list-jobs');
  at.day = '2026-03-01';
  await book.ok('update-account', { closedThrough: '2026-02-28' });
  const { changes } = await book.ok('list-changes');
  expect(changes[1]?.summary).toBe('Booked what comes every month: E-2 Phone 89.00 of 2026-02-05 (M-1)');
});

test('what falls into closed months is asked about instead of lost', async () => {
  const { at, now } = clock('2026-01-05');
  const book = await withJobs({ now });
  at.day = '2026-03-10';
  await book.ok('update-account', { closedThrough: '2026-02-28' });
  const { answer, text } = await book.both('add-expenses', { expenses: [{ ...PHONE, spentOn: '2026-02-15' }] });
  expect(answer).toMatchObject({ expenses: [], monthly: [{ nextOn: '2026-02-15' }] });
  expect(text).toContain('Nothing is booked yet; M-1 Phone waits');
  const asked = await book.both('profit-report', { by: 'month' });
  expect(asked.answer.bookedByItself).toMatchObject([{ monthly: 'M-1', on: '2026-02-15', waits: true }]);
  expect(asked.text).toContain('was due on 2026-02-15, which lies in closed months');
  await book.ok('update-job-expense', { expense: 'M-1', spentOn: '2026-03-01' });
  expect((await book.ok('profit-report', { by: 'month' })).bookedByItself).toBeUndefined();
});

test('what begins in closed months says at once that it waits, and from which day it could go on', async () => {
  const book = await withJobs({ now: '2026-11-29T15:00:00Z' });
  await book.ok('update-account', { closedThrough: '2026-10-31' });
  const { answer, text } = await book.both('add-expenses', {
    expenses: [{ ...PHONE, spentOn: '2026-01-01' }],
  });
  expect(answer.did).toBe(
    'Nothing is booked yet; M-1 Phone waits: 2026-01-01 lies in closed months (through 2026-10-31)',
  );
  expect(answer.monthly).toMatchObject([
    { nextOn: '2026-01-01', waits: { closedThrough: '2026-10-31', goesOnFrom: '2026-11-01' } },
  ]);
  expect(text).toContain('waits: 2026-01-01 lies in closed months');
  expect(text).toContain('From 2026-11-01? update-job-expense with expense M-1 and spentOn 2026-11-01.');
  const asked = await book.text('list-expenses', { overhead: true });
  expect(asked).toContain('From 2026-11-01? update-job-expense with expense M-1 and spentOn 2026-11-01.');
  const moved = await book.both('update-job-expense', { expense: 'M-1', spentOn: '2026-11-01' });
  expect(moved.answer.expense?.spentOn).toBe('2026-11-01');
  expect(moved.answer.bookedByItself).toBeUndefined();
  expect(moved.text).not.toContain('waits');
});

test('one that ends before the first open month has no day to go on', async () => {
  const book = await withJobs({ now: '2026-11-29T15:00:00Z' });
  await book.ok('update-account', { closedThrough: '2026-10-31' });
  const { answer, text } = await book.both('add-expenses', {
    expenses: [
      { ...PHONE, spentOn: '2026-01-05', until: '2026-06-05' },
      { description: 'Rent', amount: 1200, category: 'other', monthly: true, spentOn: '2026-11-01' },
    ],
  });
  expect(answer.did).toBe(
    'Logged 1 expense, 1200.00 USD: 1 overhead; every month from now on: M-2 Rent; M-1 Phone waits: 2026-01-05 lies in closed months (through 2026-10-31)',
  );
  expect(answer.monthly?.map(({ waits }) => waits?.goesOnFrom)).toEqual([null, undefined]);
  expect(text).toContain('All its days lie there: end it with update-job-expense, expense M-1 and remove');
});

test('a second one of the same vendor and amount is warned of', async () => {
  const book = await withJobs({ now: '2026-11-29T15:00:00Z' });
  const begin = async (more: object) => await book.both('add-expenses', { expenses: [{ ...PHONE, ...more }] });
  expect((await begin({})).answer.warnings).toBeUndefined();
  const again = await begin({ description: 'Telephone and internet', vendor: 'TELCO' });
  const like =
    'M-2 Telephone and internet and M-1 Phone are both 89.00 every month from Telco. If they are the same, remove M-2.';
  expect(again.answer.warnings).toEqual([like]);
  expect(again.text).toContain(like);
  expect((await begin({ amount: 60 })).answer.warnings).toBeUndefined();
  expect((await begin({ vendor: 'Other Telco' })).answer.warnings).toBeUndefined();
  await book.ok('update-job-expense', { expense: 'M-1', remove: true });
  await book.ok('update-job-expense', { expense: 'M-2', remove: true });
  expect((await begin({ description: 'Cell phones' })).answer.warnings).toBeUndefined();
});

test.each([
  ['in other words on the same day', { description: 'Phone', spentOn: '2026-12-05' }],
  ['in the same words on another day', { description: 'The phone', spentOn: '2026-12-20' }],
  ['without its vendor', { description: 'Cell', vendor: undefined, spentOn: '2026-12-05' }],
])('so is a second one %s, where one has no vendor', async (_, more) => {
  const book = await withJobs({ now: '2026-11-29T15:00:00Z' });
  const bill = { ...PHONE, description: 'Phone bill', vendor: 'vendor' in more ? 'Telco' : undefined };
  await book.ok('add-expenses', { expenses: [{ ...bill, spentOn: '2026-12-05' }] });
  const { answer, text } = await book.both('add-expenses', { expenses: [{ ...bill, ...more }] });
  expect(answer.warnings).toEqual([
    expect.stringMatching(
      /^M-2 .+ and M-1 Phone bill are both 89.00 every month\. If they are the same, remove M-2\.$/,
    ),
  ]);
  expect(text).toContain('If they are the same, remove M-2.');
  const other = { ...bill, vendor: undefined, description: 'Truck insurance', spentOn: '2026-12-21' };
  expect((await book.ok('add-expenses', { expenses: [other] })).warnings).toBeUndefined();
});

test('the same call again is a retry', async () => {
  const book = await withJobs({ repeats: 'noticed' });
  const call = { expenses: [PHONE, { description: 'Broom', amount: 15, category: 'other', overhead: true }] };
  await book.ok('add-expenses', call);
  expect(await book.error('add-expenses', call)).toContain('allowDuplicate: true');
  await book.ok('add-expenses', { ...call, allowDuplicate: true });
});

test('after overhead: what the jobs made, with what was billed outside of them, less what the business costs', async () => {
  const book = await withJobs({ now: '2026-11-05T15:00:00Z' });
  await book.ok('create-invoice', {
    ...{ job: 'J-1', issuedOn: '2026-10-10', kind: 'standard' },
    lines: [{ description: 'Roof', quantity: 1, unitPrice: 10_000 }],
  });
  await book.ok('create-invoice', {
    ...{ customer: 'C-2', issuedOn: '2026-10-12' },
    lines: [{ description: 'Advice', quantity: 1, unitPrice: 150 }],
  });
  const out = (description: string, amount: number, more: object) => ({
    description,
    amount,
    category: 'other',
    ...more,
  });
  await book.ok('add-expenses', {
    expenses: [
      out('Phone', 89, { monthly: true, spentOn: '2026-09-05' }),
      out('Insurance', 300, { overhead: true, spentOn: '2026-10-31', reclaimableTax: 50 }),
      out('Trailer', 60, { overhead: true, spentOn: '2026-10-02', category: 'equipment' }),
      out('Subs', 700, { job: 'J-2', spentOn: '2026-10-20', category: 'subcontractor' }),
      out('Dump', 40, { job: 'J-2', spentOn: '2026-09-20', category: 'subcontractor' }),
    ],
  });
  const october = { from: '2026-10-01', to: '2026-10-31' };
  const { answer, text } = await book.both('profit-report', { by: 'job', ...october });
  const { profit } = answer.totals;
  expect(answer.totals).toMatchObject({ outsideJobs: { billed: '150.00' }, overhead: '399.00' });
  expect(Number(answer.totals.business)).toBe(Number(profit) + 150 - 399);
  expect(text).toContain(
    `The business made ${answer.totals.business} USD = jobs ${profit} + outside jobs billed 150.00 − overhead 399.00`,
  );
  const byCategory = await book.both('profit-report', { by: 'category', ...october });
  expect(byCategory.answer.rows.map(({ key, spent, overhead }) => [key, spent, overhead ?? null])).toEqual([
    ['subcontractor', '700.00', null],
    ['equipment', '0.00', '60.00'],
    ['other', '0.00', '339.00'],
  ]);
  expect(byCategory.text).toContain('other: spent 0.00, 0 jobs; overhead 339.00');
  const byMonth = await book.ok('profit-report', { by: 'month' });
  expect(byMonth.rows.map(({ key, overhead }) => [key, overhead ?? null])).toEqual([
    ['2026-09', '89.00'],
    ['2026-10', '399.00'],
    ['2026-11', '89.00'],
  ]);
  // Of some jobs alone there is nothing to hold against overhead.
  expect((await book.ok('profit-report', { by: 'job', customer: 'C-1' })).totals.business).toBeUndefined();
});

test('by words it is what comes every month where no expense is called so', async () => {
  const { at, now } = clock('2026-01-05');
  const book = await withJobs({ now });
  await book.ok('add-expenses', { expenses: [{ ...PHONE, spentOn: '2026-02-05' }] });
  expect((await book.ok('update-job-expense', { expense: 'phone', amount: 95 })).monthly).toMatchObject({
    amount: '95.00',
  });
  at.day = '2026-03-06';
  await book.ok('profit-report', { by: 'month' });
  expect(await book.error('update-job-expense', { expense: 'phone', amount: 99 })).toContain(
    'E-2 Phone (Telco), overhead, every month by M-1, 2026-03-05',
  );
});
