// "What did the last three completed jobs make together?": those that are done, by the day of it, in one call.
import { expect, test } from 'vitest';
import { madeOnce } from '../../support/made-once.ts';
import { danaBook } from '../../support/roof.ts';
import { expectPlain } from '../../support/words.ts';

/** Five jobs of 1000.00, costing 100.00 to 500.00; J-1 to J-4 are completed, J-4 first; J-5 runs and was worked on last. */
const openDone = madeOnce(async () => {
  const book = await danaBook();
  for (const number of [1, 2, 3, 4, 5]) {
    await book.ok('create-job', { customer: 'C-1', name: `Roof ${number}` });
    const lines = [{ description: 'Roof', quantity: 1, unitPrice: 1000, unitCost: 100 * number }];
    await book.ok('create-quote', { job: `J-${number}`, status: 'accepted', lines });
    await book.ok('create-invoice', {
      fromQuote: { quote: `Q-${number}`, percent: number === 5 ? 50 : 100 },
      issuedOn: '2026-01-05',
    });
  }
  for (const [job, completedOn] of [
    ['J-1', '2026-03-01'],
    ['J-2', '2026-02-10'],
    ['J-3', '2026-02-10'],
    ['J-4', '2026-01-20'],
  ])
    await book.ok('update-job', { job, status: 'completed', completedOn });
  const permit = { description: 'Permit', amount: 10, category: 'permit', spentOn: '2026-03-08' };
  await book.ok('add-job-expense', { job: 'J-5', ...permit });
  return book;
});

test('the last three completed jobs alone, and what they made together', async () => {
  const book = await openDone();
  const { answer, text } = await book.both('profit-report', { by: 'job', status: 'completed', last: 3 });
  expect(answer.asked).toEqual({ status: 'completed', last: 3 });
  expect(answer.rows.map(({ key, profit }) => [key, profit])).toEqual([
    ['J-1', '900.00'],
    ['J-2', '800.00'],
    ['J-3', '700.00'],
  ]);
  expect(answer.totals).toMatchObject({ jobs: 3, profit: '2400.00' });
  expect(text).toContain('Profit by job of the last 3 completed jobs (by the day completed):');
  expect(text).toContain('All 3 jobs: profit 2400.00 USD, margin 80 %');
  expectPlain(text);
  // Without it, those that are sold, whatever they stand at.
  expect((await book.ok('profit-report', { by: 'job', last: 1 })).rows.map(({ key }) => key)).toEqual(['J-5']);
});

test('a status alone narrows every report but that of sales tax', async () => {
  const book = await openDone();
  for (const by of ['job', 'customer', 'month', 'status', 'assignee'] as const) {
    const { answer, text } = await book.both('profit-report', { by, status: 'completed' });
    expect(answer.totals, by).toMatchObject({ jobs: 4, profit: '3000.00' });
    expect(text, by).toMatch(/ of completed jobs[:,]/);
  }
  expect((await book.ok('profit-report', { by: 'job', status: 'cancelled', last: 2 })).count).toBe(0);
  expect(await book.error('profit-report', { by: 'tax', status: 'completed' })).toContain('by rate and period');
});

test('a list of completed jobs shows the day of each and begins with the one done last, page by page', async () => {
  const book = await openDone();
  const seen: unknown[] = [];
  let cursor: string | undefined;
  do {
    const page = await book.ok('list-jobs', {
      status: 'completed',
      limit: 1,
      ...(cursor === undefined ? {} : { cursor }),
    });
    seen.push(...page.jobs.map(({ ref, completedOn }) => [ref, completedOn]));
    cursor = page.nextCursor;
  } while (cursor !== undefined && seen.length < 9);
  expect(seen).toEqual([
    ['J-1', '2026-03-01'],
    ['J-3', '2026-02-10'],
    ['J-2', '2026-02-10'],
    ['J-4', '2026-01-20'],
  ]);
  const text = await book.text('list-jobs', { status: 'completed' });
  expect(text).toContain('J-1 Roof 1, Dana Henderson, completed 2026-03-01, billed: profit 900.00');
  const newest = await book.ok('list-jobs', { status: 'completed', sort: 'newest' });
  expect(newest.jobs.map(({ ref }) => ref)).toEqual(['J-4', 'J-3', 'J-2', 'J-1']);
});

test("a job's page says at its top when it was completed or cancelled", async () => {
  const book = await openDone();
  const { answer, text } = await book.both('get-job', { job: 'J-1' });
  expect(answer.job.completedOn).toBe('2026-03-01');
  expect(text.split('\n')[0]).toContain('completed 2026-03-01.');
  await book.ok('update-job', { job: 'J-2', status: 'cancelled', cancelledOn: '2026-02-11' });
  const off = await book.both('get-job', { job: 'J-2' });
  expect([off.answer.job.completedOn, off.answer.job.cancelledOn]).toEqual([undefined, '2026-02-11']);
  expect(off.text.split('\n')[0]).toContain('cancelled 2026-02-11.');
});
