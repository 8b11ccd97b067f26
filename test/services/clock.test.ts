// A clock that somebody set: what stands in the books is aged by their own order, so that nothing is booked twice and
// nothing is refused for weeks.
import { expect, it } from 'vitest';
import { DAY, MINUTE, MONTH, openOffice } from '../support/office.ts';

const PERMIT = { job: 'J-1', description: 'Permit', amount: 612.4, category: 'permit' } as const;

it('ahead by a month for one write: what was asked before is not booked again', async () => {
  const book = await openOffice();
  const first = await book.ok('add-job-expense', { ...PERMIT, requestId: 'a1' });
  book.clockIsWrongBy(MONTH);
  await book.note('Called Dana', { requestId: 'n' });
  book.clockIsWrongBy(0);
  expect(await book.ok('add-job-expense', { ...PERMIT, requestId: 'a1' })).toEqual(first);
  expect(await book.booked()).toEqual(['E-1']);
});

it('ahead by a month for one write: a retry without a request id is noticed', async () => {
  const book = await openOffice();
  await book.ok('add-job-expense', PERMIT);
  book.clockIsWrongBy(MONTH);
  await book.note('Called Dana');
  book.clockIsWrongBy(0);
  book.later(MINUTE);
  expect(await book.error('add-job-expense', PERMIT)).toContain('the very same was done 1 minute ago: Logged E-1');
});

it('what was added while the clock was ahead is aged by the changes after it', async () => {
  const book = await openOffice();
  book.clockIsWrongBy(MONTH);
  await book.ok('add-job-expense', PERMIT);
  book.clockIsWrongBy(0);
  book.later(MINUTE);
  // Nothing came after it, so that nothing says how long ago it was.
  const words = 'the very same was done before the clock was set: Logged E-1';
  expect(await book.error('add-job-expense', PERMIT)).toContain(words);
  await book.note('Called Dana');
  book.later(5 * MINUTE);
  expect(await book.error('add-job-expense', PERMIT)).toContain(words);
  book.later(20 * DAY);
  await book.ok('add-job-expense', PERMIT);
  expect(await book.booked()).toEqual(['E-1', 'E-2']);
});

it.each([
  ['five minutes', 5 * MINUTE],
  ['a year', 366 * DAY],
])('set back by %s: a retry is noticed all the same', async (_, ms) => {
  const book = await openOffice();
  await book.ok('add-job-expense', PERMIT);
  book.clockIsWrongBy(-ms);
  book.later(MINUTE);
  expect(await book.error('add-job-expense', PERMIT)).toContain('Logged E-1');
  await book.note('Called Dana');
  expect(await book.error('add-job-expense', PERMIT)).toContain('Logged E-1');
});

it('undo, sent again, takes back one change, whatever the clock did in between', async () => {
  const book = await openOffice();
  await book.ok('add-job-expense', PERMIT);
  await book.note('Called Dana');
  await book.ok('undo-change');
  book.clockIsWrongBy(-MONTH);
  expect(await book.error('undo-change')).toContain('the very same was done');
  expect(await book.booked()).toEqual(['E-1']);
});

it('set forward while the program runs, as on a machine whose clock starts behind: a retry is noticed', async () => {
  const book = await openOffice({ watched: true });
  book.clockIsWrongBy(-366 * DAY);
  await book.ok('add-job-expense', PERMIT);
  book.later(2 * MINUTE);
  book.clockIsWrongBy(0);
  expect(await book.error('add-job-expense', PERMIT)).toContain(
    'the very same was done before the clock was set: Logged E-1',
  );
  book.later(9 * MINUTE);
  await book.ok('add-job-expense', PERMIT);
  expect(await book.booked()).toEqual(['E-1', 'E-2']);
});
