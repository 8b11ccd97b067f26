// "Are we over on labor anywhere?": by the obvious call too, which names what is over before it says what others have left.
import { expect, test } from 'vitest';
import { openBook } from '../../support/answers.ts';
import { madeOnce } from '../../support/made-once.ts';
import { expectPlain } from '../../support/words.ts';

const line = (description: string, unitCost: number, category: string) => ({
  ...{ description, quantity: 1, unitPrice: 2 * unitCost, unitCost, category },
});

/** A finished roof that is over on labor, a running siding with one line over and money left, and a shed within its plan. */
const openOver = madeOnce(async () => {
  const book = await openBook();
  const spend = async (job: string, coversLine: string, amount: number) => {
    const what = { description: 'Crew', category: 'labor', spentOn: '2026-02-10' };
    await book.ok('add-job-expense', { ...what, job, amount, coversLine });
  };
  await book.ok('create-customer', { name: 'Dana Henderson' });
  for (const name of ['Roof', 'Siding', 'Shed']) await book.ok('create-job', { customer: 'C-1', name });
  const accepted = async (job: string, lines: object[]) =>
    await book.ok('create-quote', { job, status: 'accepted', lines });
  await accepted('J-1', [line('Tear-off', 1000, 'labor'), line('Shingles', 3000, 'materials')]);
  await accepted('J-2', [line('Strip', 500, 'labor'), line('Hang', 4000, 'labor'), line('Boards', 900, 'materials')]);
  await accepted('J-3', [line('Frame', 800, 'labor')]);
  await spend('J-1', 'Q-1/1', 1250);
  await book.ok('update-quote', { quote: 'Q-1', doneLines: ['Q-1/1'] });
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', rest: true } });
  await book.ok('update-job', { job: 'J-1', status: 'completed' });
  await spend('J-2', 'Q-2/1', 800);
  await spend('J-3', 'Q-3/1', 300);
  return book;
});

test('by category: every job and line that is over comes first, finished or running, also where others have money left', async () => {
  const book = await openOver();
  const { answer, text } = await book.both('profit-report', { by: 'category' });
  expect(text).toBe(
    [
      'Over plan (USD):',
      '- labor on J-2 Siding: planned 4500.00, spent 800.00, left 3700.00; line over plan: Q-2/1 Strip by 300.00',
      '- labor on J-1 Roof: planned 1000.00, spent 1250.00, over by 250.00; line over plan: Q-1/1 Tear-off by 250.00',
      'Costs by category:',
      '- labor: planned 6300.00, spent 2350.00, left 3950.00, 3 jobs',
      '- materials: planned 3900.00, nothing logged, 2 jobs',
    ].join('\n'),
  );
  expectPlain(text);
  expect(answer.overPlan?.count).toBe(2);
  expect(
    answer.overPlan?.jobs.map(({ ref, category, left, linesOver }) => [ref, category, left, linesOver?.by]),
  ).toEqual([
    ['J-2', 'labor', '3700.00', '300.00'],
    ['J-1', 'labor', '-250.00', '250.00'],
  ]);
});

test('by job with the kind: what is over as a whole, then what has a line over, then the rest', async () => {
  const book = await openOver();
  const { answer, text } = await book.both('profit-report', { by: 'job', category: 'labor' });
  expect(
    answer.rows.map((row) => [row.key, row.left, row.linesOver?.lines.map(({ ref, over }) => [ref, over])]),
  ).toEqual([
    ['J-1', '-250.00', [['Q-1/1', '250.00']]],
    ['J-2', '3700.00', [['Q-2/1', '300.00']]],
    ['J-3', '500.00', undefined],
  ]);
  expect(answer.plan).toMatchObject({ over: { jobs: 1, by: '250.00' }, withLinesOver: { jobs: 1, by: '300.00' } });
  expect(text).toContain('1 job over plan, by 250.00 USD together.\n1 job within plan as a whole, but with lines over');
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const asked = { by: 'job', category: 'labor', limit: 1, ...(cursor === undefined ? {} : { cursor }) } as const;
    const page = await book.ok('profit-report', asked);
    seen.push(...page.rows.map((row) => row.key));
    cursor = page.nextCursor;
  } while (cursor !== undefined && seen.length < 9);
  expect(seen).toEqual(['J-1', 'J-2', 'J-3']);
});

test('over a period those that spent on it then; and nothing over says so', async () => {
  const book = await openOver();
  const { answer, text } = await book.both('profit-report', { by: 'category', from: '2026-02-01', to: '2026-02-28' });
  expect(answer.overPlan?.jobs.map(({ ref }) => ref)).toEqual(['J-2', 'J-1']);
  expect(text).toContain('Over plan, of whole jobs that spent on it from 2026-02-01 to 2026-02-28 (USD):');
  expect((await book.ok('profit-report', { by: 'category', from: '2026-03-01' })).overPlan?.count).toBe(0);
  const shed = await book.text('profit-report', { by: 'category', query: 'shed' });
  expect(shed).toMatch(/^No job and no line is over its plan\.\nCosts by category matching/);
});
