// The whole story of one customer's three jobs, told through the tools on a real book with a clock that moves.
import { expect, test } from 'vitest';
import { auditBooks } from '../../src/store/audit/audit.ts';
import { openBook } from '../support/answers.ts';
import { checkStory, ROOF_LOG, tellStory } from '../support/story.ts';

/** Over the night in which Chicago's clocks go from 2:00 to 3:00. */
const DAYS = [
  '2026-03-07T23:05:00.000Z',
  '2026-03-08T07:30:00.000Z',
  '2026-03-08T08:30:00.000Z',
  '2026-03-09T04:59:00.000Z',
] as const;

test('three jobs, each by its hand-worked figures, and totals over all', async () => {
  const book = await openBook();
  await tellStory(book.ok);
  await checkStory(book.ok);
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
  expect(await book.store.check()).toEqual([]);
});

test('among the samples the story comes to the same, and totals over everything leave them out', async () => {
  const book = await openBook({ samples: true });
  await tellStory(book.ok);
  expect((await book.ok('list-jobs', { customer: 'C-1' })).totals).toMatchObject({
    profit: '3188.15',
    includesSamples: false,
  });
  const { totals } = await book.ok('list-jobs');
  expect(totals).toMatchObject({ includesSamples: false, samplesLeftOut: true });
  await book.ok('update-account', { removeSamples: true });
  await checkStory(book.ok);
});

test("the log tells when in the business's zone, what, who, and through which assistant", async () => {
  let now: string = DAYS[0];
  const book = await openBook({ now: () => now });
  await tellStory(book.ok, (day) => {
    now = DAYS[day] ?? now;
  });
  const { activity, counts } = (await book.ok('get-job', { job: 'J-1' })).job;
  expect(activity.map(({ entry, text }) => `${entry}: ${text}`)).toEqual(ROOF_LOG);
  expect(counts.activity).toBe(ROOF_LOG.length);
  expect(new Set(activity.map(({ by, through }) => `${by} via ${through}`))).toEqual(new Set(['you via test 1.0']));
  expect([...new Set(activity.map(({ at }) => at))]).toEqual([
    '2026-03-08 23:59',
    '2026-03-08 03:30',
    '2026-03-08 01:30',
    '2026-03-07 17:05',
  ]);
  const text = await book.text('get-job', { job: 'J-1' });
  expect(text).toContain('- 2026-03-08 03:30 On it: Tom Becker (lead), Luis Ortega (crew) (you via test 1.0)');
  const { invoice } = await book.ok('get-invoice', { invoice: 'INV-1001' });
  expect(invoice).toMatchObject({ issuedOn: '2026-03-08', dueOn: '2026-04-07', total: '13731.00' });
});

test("told twice in one book, the second customer's jobs are as separate as the first's", async () => {
  const book = await openBook();
  await tellStory(book.ok);
  const second = await book.ok('create-customer', { name: 'Marcus Oyelaran' });
  await book.ok('create-job', { customer: second.customer.ref, name: 'Roof replacement' });
  await book.ok('add-job-expense', { job: 'J-4', description: 'Permit', amount: 300, category: 'permit' });
  expect((await book.ok('get-job', { job: 'J-4' })).job.profit).toMatchObject({ profit: '-300.00' });
  expect((await book.ok('list-jobs')).totals).toMatchObject({ profit: '2888.15' });
  expect((await book.ok('list-jobs', { customer: 'C-1' })).totals).toMatchObject({ profit: '3188.15' });
  expect(await book.error('update-job', { job: 'roof replacement', status: 'in_progress' })).toMatch(
    /J-4 Roof replacement, Marcus Oyelaran[\s\S]*J-1 Roof replacement, Dana Henderson/,
  );
  expect((await book.ok('get-job', { job: 'the oyelaran roof' })).job.ref).toBe('J-4');
});
