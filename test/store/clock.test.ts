// What is noticed of a clock that somebody set.
import { expect, it } from 'vitest';
import { UNWATCHED } from '../../src/store/clock.ts';
import { openBook } from '../support/book.ts';
import { DAY, MINUTE, MONTH, openOffice } from '../support/office.ts';

it('says that it was set, once for each time, and nothing of the change to summer time', async () => {
  const book = await openOffice({ watched: true });
  await book.note('Called Dana');
  book.later(2 * DAY);
  await book.note('Called Dana again');
  expect(book.told).toEqual([]);
  book.clockIsWrongBy(MONTH);
  await book.ok('get-job', { job: 'J-1' });
  await book.note('Tarp is on');
  book.clockIsWrongBy(0);
  await book.note('Tarp is off');
  await book.note('Tarp is on again');
  book.clockIsWrongBy(-5 * MINUTE);
  // What keeps nothing says nothing of the books.
  await book.ok('update-job', { job: 'J-1', note: 'Maybe', preview: true });
  await book.note('Ridge vent');
  expect(book.told).toEqual([
    'the clock went forward by 31 days while the program ran',
    'the clock went back by 31 days while the program ran',
    'the clock went back by 31 days: a change is dated before the one before it',
    'the clock went back by 5 minutes while the program ran',
    'the clock went back by 5 minutes: a change is dated before the one before it',
  ]);
});

it('says so too where another program wrote while the clock was ahead', async () => {
  const book = await openOffice();
  book.clockIsWrongBy(MONTH);
  await book.note('Called Dana');
  const told: string[] = [];
  const next = await openBook({
    ...{ folder: book.folder, now: new Date(book.clocks.running()).toISOString() },
    watch: { ...UNWATCHED, tell: (words) => told.push(words) },
  });
  await next.ok('update-job', { job: 'J-1', note: 'Tarp is on' });
  expect(told).toEqual(['the clock went back by 31 days: a change is dated before the one before it']);
});

it('less than a minute, and a machine that slept, are no jump', async () => {
  const book = await openOffice({ watched: true });
  for (const wrongBy of [59_000, 0, 30_000, -29_000]) {
    book.clockIsWrongBy(wrongBy);
    await book.note(`The clock is wrong by ${wrongBy}`);
  }
  // How long the machine is up counts its sleep.
  book.later(3 * DAY);
  await book.note('Good morning');
  expect(book.told).toEqual([]);
});
