// A report tells the same of a job as its page and the list of jobs: a running one leads with its forecast, an unsold one
// with what it makes if they accept, and nothing is called all profit whose cost nobody knows.
import { expect, test } from 'vitest';
import { openBook } from '../../support/answers.ts';
import { madeOnce } from '../../support/made-once.ts';
import { danaBook, roofBook } from '../../support/roof.ts';
import { expectPlain } from '../../support/words.ts';

const bill = (unitPrice: number) => [{ description: 'Call-out', quantity: 1, unitPrice }];
const MARCH = { from: '2026-03-01', to: '2026-03-31' } as const;

/** The roof is billed by 30 % and has cost more than planned so far; a repair beside it is finished. */
const openRunning = madeOnce(async () => {
  const book = await roofBook();
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', percent: 30 }, issuedOn: '2026-03-02' });
  await book.ok('add-job-expense', {
    job: 'J-1',
    description: 'Permit',
    amount: 430,
    category: 'permit',
    spentOn: '2026-03-05',
  });
  await book.ok('create-job', { customer: 'C-1', name: 'Gutter repair' });
  await book.ok('create-quote', {
    job: 'J-2',
    status: 'accepted',
    lines: [{ description: 'Gutter', quantity: 1, unitPrice: 1000, unitCost: 250 }],
  });
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-2', rest: true }, issuedOn: '2026-03-03' });
  return book;
});

test('a part-billed job leads with the margin it is heading for, as its page and the list of jobs do', async () => {
  const book = await openRunning();
  const { answer, text } = await book.both('profit-report', { by: 'job' });
  expect(answer.rows.find(({ key }) => key === 'J-1')).toMatchObject({
    standing: 'running',
    forecast: { contract: '10800.00', leftToBill: '7560.00', expectedProfit: '3650.00', expectedMarginPercent: 33.8 },
  });
  const expected = 'expected profit 3650.00 (33.8 %), billed 3240.00, 7560.00 left to bill';
  expect(text).toContain(
    `J-1 Roof replacement, Dana Henderson: ${expected}; earned by what is billed: profit 1224.00 (37.8 %), part billed`,
  );
  expect(text).toContain('J-2 Gutter repair, Dana Henderson: profit 750.00 (75 %), billed 1000.00, billed');
  expect(await book.text('list-jobs')).toContain(expected);
  expect(await book.text('get-job', { job: 'J-1' })).toContain('Expected profit 3650.00 USD, margin 33.8 %');
  const month = await book.text('profit-report', { by: 'job', ...MARCH });
  expect(month).toContain(
    'expected 33.8 % as a whole, 7560.00 left to bill; in the period profit 1224.00 (37.8 %), billed 3240.00, part billed',
  );
  expectPlain(text);
});

test('where a row mixes running jobs with finished ones, it says what of it is still running and where that heads', async () => {
  const book = await openRunning();
  const running = {
    jobs: 1,
    profit: '1224.00',
    leftToBill: '7560.00',
    expectedProfit: '3650.00',
    expectedMarginPercent: 33.8,
  };
  for (const by of ['customer', 'month', 'assignee', 'status'] as const) {
    for (const period of [{}, MARCH]) {
      const isWhole = by !== 'month' && !('from' in period);
      // Open ones are all of them, as nobody said that the repair is done.
      const { answer, text } = await book.both('profit-report', { by, ...period });
      expect(answer.rows, by).toEqual([expect.objectContaining({ jobs: 2, running })]);
      expect(answer.totals.running, by).toEqual(running);
      expect(text, by).toContain(
        isWhole
          ? 'earned by what is billed: profit 1974.00 (46.6 %), billed 4240.00, 2 jobs; 1 of them still running: expected profit 3650.00 (33.8 %) as a whole, 7560.00 left to bill'
          : 'profit 1974.00 (46.6 %), billed 4240.00, 2 jobs; 1 of them still running: expected 33.8 % as a whole, 7560.00 left to bill',
      );
    }
  }
  // Of some jobs alone there are no totals by standing, so the sum says it.
  const some = await book.text('profit-report', { by: 'customer', query: 'roof' });
  expect(some).toContain(
    'Dana Henderson: expected profit 3650.00 (33.8 %), billed 3240.00, 7560.00 left to bill; earned by what is billed: ',
  );
  expect(some).toContain('All 1 job: profit 1224.00 USD, margin 37.8 %; still running: expected');
});

test('several open quotes cost a report what the one costs that makes least, and it says so', async () => {
  const book = await danaBook();
  await book.ok('create-job', { customer: 'C-1', name: 'Roof' });
  const offer = async (unitPrice: number, unitCost: number) =>
    await book.ok('create-quote', {
      job: 'J-1',
      kind: 'original',
      lines: [{ description: 'Roof', quantity: 1, unitPrice, unitCost, category: 'materials' }],
    });
  await offer(10_000, 6000);
  await offer(15_000, 9500);
  const { answer, text } = await book.both('profit-report', { by: 'job' });
  expect(answer.totals).toMatchObject({ billed: '0.00', costNotYetBilled: '6000.00' });
  expect(answer.rows[0]).toMatchObject({
    ...{ standing: 'unsold', costNotYetBilled: '6000.00' },
    forecast: { contract: '10000.00', expectedProfit: '4000.00', expectedMarginPercent: 40, undecided: true },
  });
  expect(text).toContain('Cost not billed yet, in no figure above: 6000.00 USD, 6000.00 of jobs not sold yet');
  expect(text).toContain(
    'J-1 Roof, Dana Henderson: not sold, quoted 10000.00: profit 4000.00 (40 %) if accepted, of several open quotes the one that makes least',
  );
  const list = await book.ok('list-jobs');
  expect(list.totals).toMatchObject({ costOfWork: '6000.00', byStanding: { unsold: { costOfWork: '6000.00' } } });
  expect((await book.ok('list-jobs', { query: 'roof' })).totals).toMatchObject({ costOfWork: '6000.00' });
  // The job's own strip counts them all, and says so.
  expect(list.jobs[0]?.profit).toMatchObject({ costOfWork: '15500.00' });
  expect((await book.ok('profit-report', { by: 'category' })).rows).toMatchObject([{ planned: '6000.00' }]);
  // Explained, it is that quote alone; in the month when it is signed, the other is gone.
  await book.ok('create-invoice', { job: 'J-1', lines: bill(1000), issuedOn: '2026-03-04' });
  const { rows } = await book.ok('profit-report', { by: 'job', explain: true });
  expect(rows[0]).toMatchObject({ billed: '1000.00', costOfWork: '0.00', costNotYetBilled: '6000.00' });
});

test('a sum with a cost that nobody knows says so, and calls nothing all profit', async () => {
  const book = await openBook();
  await book.ok('create-customer', { name: 'Dana Henderson' });
  for (const name of ['Call-out', 'Second call-out', 'Fence']) await book.ok('create-job', { customer: 'C-1', name });
  for (const job of ['J-1', 'J-2']) await book.ok('create-invoice', { job, lines: bill(500), issuedOn: '2026-03-04' });
  for (const job of ['J-1', 'J-2']) await book.ok('update-job', { job, status: 'completed' });
  const doubt = 'the cost of 2 of these is not known';
  for (const by of ['customer', 'status', 'month', 'assignee'] as const) {
    for (const period of [{}, MARCH]) {
      const { answer, text } = await book.both('profit-report', { by, ...period });
      expect(answer.totals.unknownCost, by).toBe(2);
      expect(
        answer.rows.some((row) => row.unknownCost === 2),
        by,
      ).toBe(true);
      expect(text, by).toContain(`profit 1000.00 (${doubt})`);
      expect(text, by).toContain(`profit 1000.00 USD, ${doubt}`);
      expect(text, by).not.toContain('100 %');
    }
  }
  const byJob = await book.text('profit-report', { by: 'job' });
  expect(byJob).toContain('J-1 Call-out, Dana Henderson: profit 500.00 (cost not known), billed 500.00');
  expect(byJob).not.toContain('100 %');
  const list = await book.both('list-jobs');
  expect(list.answer.totals).toMatchObject({ unknownCost: 2, byStanding: { finished: { unknownCost: 2 } } });
  expect(list.text).toContain(`Finished: 2 jobs, profit 1000.00 (${doubt})`);
  expect(list.text).not.toContain('100 %');
  // Beside a job whose cost is known a margin stays, with the doubt behind it.
  await book.ok('create-invoice', { job: 'J-3', lines: bill(1000), issuedOn: '2026-03-04' });
  await book.ok('add-job-expense', { job: 'J-3', description: 'Posts', amount: 800, category: 'materials' });
  await book.ok('update-job', { job: 'J-3', status: 'completed' });
  expect(await book.text('profit-report', { by: 'customer' })).toContain(
    `All 3 jobs: profit 1200.00 USD, margin 60 %, but ${doubt}`,
  );
});

test('of a period that is over nothing is told of where jobs stand today, in the sums, the rows or beside them', async () => {
  const book = await openRunning();
  const over = { from: '2026-03-01', to: '2026-03-09' } as const;
  for (const by of ['job', 'customer', 'month', 'status', 'assignee'] as const) {
    const { answer, text } = await book.both('profit-report', { by, ...over, thinBelow: 50 });
    expect(answer.totals).toMatchObject({ billed: '4240.00' });
    expect([answer.totals.byStanding, answer.totals.running]).toEqual([undefined, undefined]);
    for (const row of answer.rows) expect([row.standing, row.forecast, row.running]).toEqual(NONE_OF_THESE);
    expect(text).not.toMatch(/Running:|Finished:|running|left to bill/);
    // A ranking is of whole jobs, and says that it is of today.
    expect(text).toContain('Jobs under 50 %, the whole job counted as it stands now: J-1 Roof replacement expected');
  }
  // A period that goes on stands as jobs do.
  const { totals } = await book.ok('profit-report', { by: 'job', from: '2026-03-01', to: '2026-03-10' });
  expect(totals.byStanding?.running?.jobs).toBe(1);
});

const NONE_OF_THESE = [undefined, undefined, undefined];

test('a job that runs before its quote is accepted is told as not sold, by the report as by the list', async () => {
  const book = await openBook();
  await book.ok('create-customer', { name: 'Dana Henderson' });
  await book.ok('create-job', { customer: 'C-1', name: 'Deck' });
  const lines = [{ description: 'Deck', quantity: 1, unitPrice: 1000, unitCost: 600 }];
  await book.ok('create-quote', { job: 'J-1', status: 'sent', lines });
  await book.ok('update-job', { job: 'J-1', status: 'in_progress' });
  const { answer, text } = await book.both('profit-report', { by: 'job' });
  expect(answer.rows[0]).toMatchObject({ standing: 'running', forecast: { sold: false, expectedProfit: '400.00' } });
  expect(text).toContain('J-1 Deck, Dana Henderson: not sold, quoted 1000.00: profit 400.00 (40 %) if accepted');
  expect(await book.text('list-jobs')).toContain('not sold, quoted 1000.00: profit 400.00 (40 %) if accepted');
});
