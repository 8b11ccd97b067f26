// What a supplier gave back of what was bought for a line, and for the lines that change it: they are one piece of work.
import { expect, test } from 'vitest';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { openBook } from '../../support/answers.ts';
import { madeOnce } from '../../support/made-once.ts';

const ON = { job: 'J-1', category: 'materials' };
const BOUGHT = { ...ON, description: 'Shingles', amount: 420 };
const BACK = { ...ON, description: 'Two bundles returned', amount: 76, refund: true };

/** Q-1 has a roof and a gutter, and Q-2 changes the roof. */
const openChanged = madeOnce(async () => {
  const book = await openBook();
  await book.ok('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Roof' });
  const line = (description: string, unitCost: number) => ({ description, quantity: 1, unitPrice: 900, unitCost });
  await book.ok('create-quote', { job: 'J-1', status: 'accepted', lines: [line('Roof', 300), line('Gutter', 200)] });
  const more = { ...line('More roof', 10), changesLine: 'Q-1/1' };
  await book.ok('create-quote', { job: 'J-1', kind: 'change_order', status: 'accepted', lines: [more] });
  return book;
});

const costs = { costOfWork: '544.00', expenses: '0.00' };

test('a return may stand before its purchase in one call, and on the line that changes the other', async () => {
  const book = await openChanged();
  const both = [
    { ...BACK, coversLine: 'Q-2/1' },
    { ...BOUGHT, coversLine: 'Q-1/1' },
  ];
  const { jobs } = await book.ok('add-expenses', { expenses: both });
  expect(jobs[0]?.profit).toMatchObject(costs);
  const swapped = await book.ok('update-job-expense', {
    links: [
      { expense: 'E-1', coversLine: 'Q-1/2' },
      { expense: 'E-2', coversLine: 'Q-1/2' },
    ],
  });
  expect(swapped.profit).toMatchObject({ costOfWork: '654.00', expenses: '0.00' });
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});

test('more than was bought comes back on neither of the two, and the call says which of them is wrong', async () => {
  const book = await openChanged();
  await book.ok('add-job-expense', { ...BOUGHT, coversLine: 'Q-1/1' });
  await book.ok('add-job-expense', { ...BACK, amount: 400, coversLine: 'Q-2/1' });
  const beyond = '421.00 would come back on Q-1/1, on which other expenses come to 420.00';
  expect(await book.error('add-job-expense', { ...BACK, amount: 21, coversLine: 'Q-1/1' })).toContain(beyond);
  const one = { ...ON, description: 'Nails', amount: 5 };
  expect(await book.error('add-expenses', { expenses: [one, { ...BACK, amount: 21, coversLine: 'Q-1/1' }] })).toContain(
    `expenses[1].coversLine: ${beyond}`,
  );
  expect(
    await book.error('update-job-expense', {
      links: [
        { expense: 'E-2', coversLine: 'Q-1/1' },
        { expense: 'E-1', coversLine: 'Q-1/2' },
      ],
    }),
  ).toContain('links[1].coversLine: 400.00 would come back on Q-1/1, on which other expenses come to 0.00');
  expect((await book.ok('get-job', { job: 'J-1' })).job.expenses).toHaveLength(2);
});

test('the tax in what came back is got back no more, and lowers no cost', async () => {
  const book = await openChanged();
  const back = { ...BACK, amount: 119, reclaimableTax: 19 };
  const { answer, text } = await book.both('add-job-expense', back);
  expect(answer.expense).toMatchObject({ amount: '119.00', refund: true, reclaimableTax: '19.00', cost: '100.00' });
  expect(text).toContain(
    '119.00 back, of which 19.00 is tax no longer to reclaim, takes 100.00 off the cost (materials',
  );
  expect(text).not.toContain('costs 100.00');
  expect(await book.text('list-expenses', { job: 'J-1' })).toContain(
    '-119.00 USD in all; 119.00 that came back is taken off; 19.00 of it is tax you no longer get back, so it takes 100.00 off the cost.',
  );
  await book.ok('add-job-expense', { ...BOUGHT, amount: 238, reclaimableTax: 38 });
  expect(await book.text('list-expenses', { job: 'J-1' })).toContain(
    '119.00 USD in all; 119.00 that came back is taken off; 19.00 of it is tax you get back, so it cost 100.00.',
  );
});

test('an undo leaves no return on the changing line without what was bought for the other', async () => {
  const book = await openChanged();
  const { change } = await book.ok('add-job-expense', { ...BOUGHT, coversLine: 'Q-1/1' });
  await book.ok('add-job-expense', { ...BACK, coversLine: 'Q-2/1' });
  expect(await book.error('undo-change', { change })).toContain('E-2');
  await book.ok('update-job-expense', { expense: 'E-2', coversLine: null });
  await book.ok('undo-change', { change });
});

test('where the change is declined, a return that nothing is bought for any more stands among the expenses', async () => {
  const book = await openChanged();
  await book.ok('add-job-expense', { ...BOUGHT, coversLine: 'Q-1/1' });
  await book.ok('add-job-expense', { ...BACK, coversLine: 'Q-2/1' });
  const { text } = await book.both('update-quote', { quote: 'Q-2', status: 'declined' });
  expect(text).toContain(
    'E-2 came back on a line for which nothing is bought any more, and now stands among the expenses.',
  );
  const { job } = await book.ok('get-job', { job: 'J-1' });
  expect(job.profit).toMatchObject({ costOfWork: '620.00', expenses: '-76.00' });
  expect(job.expenses.find(({ ref }) => ref === 'E-2')?.coversLine).toBeNull();
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});
