// "My phone bill is 95 from January": what comes every month becomes another from a day on, is corrected for one month
// only, ended, listed, and each of these taken back.
import { expect, test } from 'vitest';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { openBook } from '../../support/answers.ts';

const PHONE = { description: 'Phone', amount: 89, category: 'other', vendor: 'Telco', monthly: true };

/** A phone bill of the fifth, booked from September to November. */
async function withPhone(more: object = {}) {
  const at = { day: '2026-11-29' };
  const book = await openBook({ now: () => `${at.day}T15:00:00Z` });
  await book.ok('add-expenses', { expenses: [{ ...PHONE, spentOn: '2026-09-05', ...more }] });
  const booked = async () =>
    (await book.ok('list-expenses', { vendor: 'Telco' })).expenses.map(({ spentOn, amount }) => `${spentOn} ${amount}`);
  const monthly = async () => (await book.ok('list-expenses', { overhead: true })).monthly?.[0];
  return { at, book, booked, monthly };
}

test('"95 from January": December is still 89, January is 95, and the answer says both', async () => {
  const { at, book, booked, monthly } = await withPhone();
  const { answer, text } = await book.both('update-job-expense', { expense: 'M-1', amount: 95, from: '2027-01-01' });
  expect(answer.did).toBe(
    'M-1 Phone: 95.00 every month from 2027-01-01 on, 89.00 until then; what it has booked stays',
  );
  expect(answer.monthly).toMatchObject({
    ...{ amount: '89.00', nextOn: '2026-12-05', later: { from: '2027-01-01', amount: '95.00' } },
  });
  expect(text).toContain('M-1 Phone: 89.00 every month, 95.00 from 2027-01-01 on (other, Telco, next on 2026-12-05)');
  expect((await monthly())?.later).toEqual({ from: '2027-01-01', amount: '95.00' });
  at.day = '2026-12-20';
  expect((await book.ok('list-jobs')).bookedByItself).toMatchObject([{ on: '2026-12-05', amount: '89.00' }]);
  at.day = '2027-02-05';
  const due = await book.both('list-jobs');
  expect(due.answer.bookedByItself).toMatchObject([
    { on: '2027-01-05', amount: '95.00' },
    { on: '2027-02-05', amount: '95.00' },
  ]);
  expect((await booked()).slice(0, 3)).toEqual(['2027-02-05 95.00', '2027-01-05 95.00', '2026-12-05 89.00']);
  expect(await monthly()).toMatchObject({ amount: '95.00' });
  expect((await monthly())?.later).toBeUndefined();
  expect(await book.store.read(1, auditBooks)).toMatchObject({ faults: [] });
});

test('months that came due together are each booked at what held on their day', async () => {
  const { at, book, booked } = await withPhone();
  await book.ok('update-job-expense', { expense: 'M-1', amount: 95, from: '2027-01-05' });
  at.day = '2027-02-20';
  await book.ok('list-jobs');
  expect((await booked()).slice(0, 3)).toEqual(['2027-02-05 95.00', '2027-01-05 95.00', '2026-12-05 89.00']);
});

test('from a day that is next, or without one, it is another from the next booking on, and says what stays', async () => {
  for (const more of [{}, { from: '2026-11-29' }, { from: '2026-12-05' }]) {
    const { book, booked, monthly } = await withPhone();
    const { did } = await book.ok('update-job-expense', { expense: 'M-1', amount: 95, ...more });
    expect(did).toBe('Changed M-1 Phone: amount 89.00 → 95.00; from 2026-12-05 on; what it has booked stays');
    expect(await monthly()).toMatchObject({ amount: '95.00', nextOn: '2026-12-05' });
    expect(await booked()).toEqual(['2026-11-05 89.00', '2026-10-05 89.00', '2026-09-05 89.00']);
  }
});

test('"95 since October": what was booked since is 95 as well, but for what was corrected by itself', async () => {
  const { book, booked } = await withPhone();
  await book.ok('update-job-expense', { expense: 'E-3', amount: 91 });
  const { did, change } = await book.ok('update-job-expense', { expense: 'M-1', amount: 95, from: '2026-10-05' });
  expect(did).toBe(
    'Changed M-1 Phone: amount 89.00 → 95.00; from 2026-12-05 on, and E-2 of 2026-10-05 too; what else it has booked stays',
  );
  expect(await booked()).toEqual(['2026-11-05 91.00', '2026-10-05 95.00', '2026-09-05 89.00']);
  await book.ok('undo-change', { change });
  expect(await booked()).toEqual(['2026-11-05 91.00', '2026-10-05 89.00', '2026-09-05 89.00']);
});

test('one change is kept ahead; another day is refused until it is taken back', async () => {
  const { book, monthly } = await withPhone();
  await book.ok('update-job-expense', { expense: 'M-1', amount: 95, from: '2027-01-05' });
  expect(await book.error('update-job-expense', { expense: 'M-1', amount: 99, from: '2027-03-05' })).toContain(
    'M-1 is 95.00 from 2027-01-05 on already, and one change is kept ahead. Take it back first (from: null), or give that day.',
  );
  await book.ok('update-job-expense', { expense: 'M-1', amount: 97, from: '2027-01-05' });
  expect((await monthly())?.later).toEqual({ from: '2027-01-05', amount: '97.00' });
  const back = await book.ok('update-job-expense', { expense: 'M-1', from: null });
  expect(back.did).toBe('M-1 Phone stays 89.00 every month: the change from 2027-01-05 is taken back');
  expect((await monthly())?.later).toBeUndefined();
  expect((await book.ok('update-job-expense', { expense: 'M-1', from: null })).change).toBeNull();
});

test('from is of the amount of what comes every month, and of nothing else', async () => {
  const { book } = await withPhone();
  const from = { from: '2027-01-05' };
  expect(await book.error('update-job-expense', { expense: 'M-1', ...from })).toContain('from: ');
  expect(await book.error('update-job-expense', { expense: 'M-1', amount: 95, vendor: 'Cell', ...from })).toContain(
    'end it (until) and begin another',
  );
  expect(await book.error('update-job-expense', { expense: 'E-1', amount: 95, ...from })).toContain(
    'this expense comes once',
  );
});

test('a tax that one gets back goes with the amount from its day on', async () => {
  const { at, book } = await withPhone({ reclaimableTax: 14 });
  const { answer, text } = await book.both('update-job-expense', {
    ...{ expense: 'M-1', amount: 95, reclaimableTax: 15, from: '2027-01-05' },
  });
  expect(answer.monthly).toMatchObject({
    reclaimableTax: '14.00',
    later: { amount: '95.00', reclaimableTax: '15.00' },
  });
  expect(text).toContain('95.00 from 2027-01-05 on, 15.00 of it tax to reclaim');
  at.day = '2027-01-05';
  await book.ok('list-jobs');
  expect((await book.ok('list-expenses', { vendor: 'Telco' })).expenses.slice(0, 2)).toMatchObject([
    { amount: '95.00', reclaimableTax: '15.00' },
    { amount: '89.00', reclaimableTax: '14.00' },
  ]);
});

test('each of these is taken back: the amount, the change ahead, another day, the end, one month', async () => {
  const { book, booked, monthly } = await withPhone();
  const before = await monthly();
  const expected = await booked();
  for (const args of [
    { expense: 'M-1', amount: 95 },
    { expense: 'M-1', amount: 95, from: '2027-01-05' },
    { expense: 'M-1', spentOn: '2026-12-20' },
    { expense: 'M-1', until: '2027-05-31' },
    { expense: 'M-1', remove: true },
    { expense: 'E-2', amount: 92 },
  ]) {
    const { change } = await book.ok('update-job-expense', args);
    await book.ok('undo-change', { change });
    expect(await monthly(), JSON.stringify(args)).toEqual(before);
    expect(await booked(), JSON.stringify(args)).toEqual(expected);
  }
});

test('a change under which a month was booked since is not taken back behind it: the amount is said anew', async () => {
  const { at, book } = await withPhone();
  const { change } = await book.ok('update-job-expense', { expense: 'M-1', amount: 95 });
  at.day = '2026-12-05';
  await book.ok('list-jobs');
  expect(await book.error('undo-change', { change })).toContain('later changes stand on it');
  await book.ok('update-job-expense', { expense: 'M-1', amount: 89 });
});

test('a day that leaves a month out says which', async () => {
  const { book } = await withPhone();
  const { did } = await book.ok('update-job-expense', { expense: 'M-1', amount: 95, spentOn: '2027-01-05' });
  expect(did).toBe(
    'Changed M-1 Phone: amount 89.00 → 95.00; next on 2026-12-05 → 2027-01-05; from 2027-01-05 on; what it has booked stays; nothing is booked on 2026-12-05',
  );
});
