// "What did we make this year, and how much of that is still in running jobs?", and what waits beside it.
import { expect, test } from 'vitest';
import { madeOnce } from '../../support/made-once.ts';
import { danaBook } from '../../support/roof.ts';

const work = (unitPrice: number, unitCost: number) => [
  { description: 'Work', quantity: 1, unitPrice, unitCost, category: 'materials' },
];

/** A repair that is finished (made 400.00), a roof billed by half (earned 1000.00 of 2000.00), an offer nobody took. */
const openBook = madeOnce(async () => {
  const book = await danaBook();
  for (const name of ['Repair', 'Roof', 'Fence']) await book.ok('create-job', { customer: 'C-1', name });
  await book.ok('create-quote', { job: 'J-1', status: 'accepted', lines: work(1000, 600) });
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', rest: true }, issuedOn: '2026-02-10' });
  await book.ok('update-job', { job: 'J-1', status: 'completed' });
  await book.ok('create-quote', { job: 'J-2', status: 'accepted', lines: work(10_000, 8000) });
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-2', percent: 50 }, issuedOn: '2026-03-02' });
  await book.ok('create-quote', { job: 'J-3', status: 'sent', lines: work(4000, 2600) });
  return book;
});

test('a period that goes on and all of time say how much of what was made is of jobs still running, by any key', async () => {
  const book = await openBook();
  for (const by of ['job', 'customer', 'month', 'status', 'assignee'] as const) {
    for (const period of [{}, { from: '2026-01-01', to: '2026-12-31' }]) {
      const { answer, text } = await book.both('profit-report', { by, ...period });
      expect(answer.totals, by).toMatchObject({ profit: '1400.00', running: { jobs: 1, profit: '1000.00' } });
      expect(text, by).toContain('Of this 1000.00 is of 1 job still running, earned by what is billed.');
    }
  }
  const months = await book.ok('profit-report', { by: 'month' });
  expect(months.rows.map(({ key, running }) => [key, running?.profit])).toEqual([
    ['2026-02', undefined],
    ['2026-03', '1000.00'],
  ]);
});

test('of some jobs, and where all of it is running, too; of a period that is over it is not known', async () => {
  const book = await openBook();
  const roof = await book.both('profit-report', { by: 'job', query: 'roof' });
  expect(roof.answer.totals.running).toMatchObject({ profit: '1000.00' });
  expect(roof.text).toContain('All of it is of 1 job still running, earned by what is billed.');
  const over = await book.text('profit-report', { by: 'job', from: '2026-02-01', to: '2026-03-05' });
  expect(over).not.toContain('still running');
});

test('cost that waits for its bill says what it is, and what of it is only the plan of an offer', async () => {
  const book = await openBook();
  const { answer, text } = await book.both('profit-report', { by: 'job' });
  expect(answer.totals).toMatchObject({
    costNotYetBilled: '6600.00',
    costNotYetBilledOf: { underWay: '4000.00', unsold: '2600.00' },
  });
  expect(text).toContain(
    'Cost not billed yet, in no figure above: 6600.00 USD, 4000.00 spent or planned on jobs under way, waits for their next bill; 2600.00 of jobs not sold yet',
  );
  // What is not sold is not "not billed".
  expect(answer.notBilled).toMatchObject({ jobs: 0, costOfWork: '0.00' });
  expect(answer.partBilled).toMatchObject({ jobs: 1, costOfWork: '8000.00' });
  expect(text).not.toContain('Not billed as of now');
});

test('the report of a past month has nothing that is so today', async () => {
  const book = await openBook();
  await book.ok('create-invoice', {
    job: 'J-2',
    lines: [{ description: 'Extra', quantity: 1, unitPrice: 10 }],
    draft: true,
  });
  const { answer, text } = await book.both('profit-report', { by: 'job', from: '2026-02-01', to: '2026-02-28' });
  expect([answer.period?.over, answer.partBilled, answer.notBilled]).toEqual([true, undefined, undefined]);
  expect(text).not.toMatch(/as of now|ot billed yet/);
  const now = await book.ok('profit-report', { by: 'job', from: '2026-02-01', to: '2026-12-31' });
  expect(now.period).toEqual({ from: '2026-02-01', to: '2026-12-31' });
});
