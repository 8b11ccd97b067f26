// What an answer about a monthly expense says of what was booked: every month of it, and nothing that will not be.
import { expect, test } from 'vitest';
import { openBook } from '../../support/answers.ts';

const RENT = { description: 'Rent', amount: 1200, category: 'other', monthly: true };

test('one that has ended and goes on again says each month that it books now, with the sum', async () => {
  const at = { day: '2026-01-10' };
  const book = await openBook({ now: () => `${at.day}T15:00:00Z` });
  await book.ok('add-expenses', { expenses: [{ ...RENT, spentOn: '2026-01-05' }] });
  await book.ok('update-job-expense', { expense: 'M-1', remove: true });
  at.day = '2026-03-20';
  const { answer, text } = await book.both('update-job-expense', { expense: 'M-1', until: null });
  expect(answer.did).toBe(
    'Changed M-1 Rent: until 2026-02-04 → none; booked E-2 of 2026-02-05, E-3 of 2026-03-05: 2400.00 USD',
  );
  expect([answer.expense, answer.expenses?.map(({ ref, spentOn }) => [ref, spentOn])]).toEqual([
    null,
    [
      ['E-2', '2026-02-05'],
      ['E-3', '2026-03-05'],
    ],
  ]);
  for (const day of ['2026-02-05', '2026-03-05']) expect(text).toContain(day);
  const { expenses } = await book.ok('list-expenses', { overhead: true });
  expect(expenses.map(({ spentOn }) => spentOn)).toEqual(['2026-03-05', '2026-02-05', '2026-01-05']);
});

test('one of many months says how many they are', async () => {
  const at = { day: '2025-01-10' };
  const book = await openBook({ now: () => `${at.day}T15:00:00Z` });
  await book.ok('add-expenses', { expenses: [{ ...RENT, spentOn: '2025-01-05' }] });
  await book.ok('update-job-expense', { expense: 'M-1', remove: true });
  at.day = '2026-03-20';
  const { did, expenses } = await book.ok('update-job-expense', { expense: 'M-1', until: null });
  expect(did).toMatch(/; booked E-2 of 2025-02-05, .* and 2 more \(14 in all\): 16800\.00 USD$/);
  expect(expenses).toHaveLength(14);
});

test('one whose only month is booked, or comes once, is not said to come every month from now on', async () => {
  const book = await openBook();
  const add = async (more: object) => await book.both('add-expenses', { expenses: [{ ...RENT, ...more }] });
  const past = await add({ spentOn: '2026-03-05', until: '2026-03-05' });
  expect(past.answer.did).toBe('Logged 1 expense, 1200.00 USD: 1 overhead');
  expect(past.text).not.toContain('from now on');
  const once = await add({ description: 'Fair', spentOn: '2026-03-20', until: '2026-04-10' });
  expect(once.answer.did).toBe('Nothing is due yet; once, on 2026-03-20: M-2 Fair');
  const bounded = await add({ description: 'Lease', spentOn: '2026-03-20', until: '2026-06-30' });
  expect(bounded.answer.did).toBe('Nothing is due yet; every month until 2026-06-30: M-3 Lease');
  const open = await add({ description: 'Phone', spentOn: '2026-03-20' });
  expect(open.answer.did).toBe('Nothing is due yet; every month from now on: M-4 Phone');
});

test('overhead that is to be none needs a job, and no tax to get back is none', async () => {
  const book = await openBook();
  const once = { ...RENT, monthly: undefined, overhead: true, spentOn: '2026-03-05' };
  await book.ok('add-expenses', { expenses: [{ ...once, reclaimableTax: 0 }] });
  expect(await book.error('update-job-expense', { expense: 'E-1', overhead: false })).toMatch(
    /^overhead: E-1 is overhead\. Give the job that it goes to \(job\)/,
  );
  await book.ok('create-job', { newCustomer: { name: 'Dana' }, name: 'Roof' });
  const { expense, job } = await book.ok('update-job-expense', { expense: 'E-1', overhead: false, job: 'J-1' });
  expect([expense?.reclaimableTax, job?.ref]).toEqual([undefined, 'J-1']);
  await book.ok('update-job-expense', { expense: 'E-1', reclaimableTax: 19 });
  for (const none of [0, '0.00'] as const) {
    const { expense: after } = await book.ok('update-job-expense', { expense: 'E-1', reclaimableTax: none });
    expect(after?.reclaimableTax).toBeUndefined();
    await book.ok('undo-change');
  }
  expect(await book.error('update-job-expense', { expense: 'E-1', reclaimableTax: -1 })).toMatch(/^reclaimableTax: /);
});

test('one that is ended in the past says that what was booked since then stays', async () => {
  const at = { day: '2026-01-10' };
  const book = await openBook({ now: () => `${at.day}T15:00:00Z` });
  await book.ok('add-expenses', { expenses: [{ ...RENT, spentOn: '2026-01-05' }] });
  at.day = '2026-03-20';
  await book.ok('list-expenses', { overhead: true });
  const { did } = await book.ok('update-job-expense', { expense: 'M-1', until: '2026-01-31' });
  expect(did).toContain('what was booked after 2026-01-31, up to 2026-03-05, stays');
});
