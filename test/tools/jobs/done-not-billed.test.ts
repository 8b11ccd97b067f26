// "Which jobs are done and not billed?", and what stands where.
import { expect, test } from 'vitest';
import { openBook } from '../../support/answers.ts';
import { madeOnce } from '../../support/made-once.ts';

const WORK = { description: 'Work', quantity: 1, unitPrice: 1000, unitCost: 600 };

/** One done and billed whole, one done and half billed, one done and not billed, one done without a quote, one still running, one offered. */
const openDone = madeOnce(async () => {
  const book = await openBook();
  await book.ok('create-customer', { name: 'Dana Henderson' });
  for (const name of ['Roof', 'Gutters', 'Shed', 'Call-out', 'Fence', 'Deck'])
    await book.ok('create-job', { customer: 'C-1', name });
  for (const job of ['J-1', 'J-2', 'J-3', 'J-5'])
    await book.ok('create-quote', { job, status: 'accepted', lines: [WORK] });
  await book.ok('create-quote', { job: 'J-6', lines: [WORK] });
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', rest: true } });
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-2', percent: 50 } });
  await book.ok('add-job-expense', { job: 'J-4', description: 'Valve', amount: 80, category: 'materials' });
  for (const job of ['J-1', 'J-2', 'J-3', 'J-4']) await book.ok('update-job', { job, status: 'completed' });
  return book;
});

const refs = (jobs: readonly { readonly ref: string }[]) => jobs.map(({ ref }) => ref);

test('what is completed and not billed whole, with what all of it comes to; whole and running jobs are not among it', async () => {
  const book = await openDone();
  const list = await book.ok('list-jobs', { doneNotBilled: true });
  expect(refs(list.jobs)).toEqual(['J-4', 'J-3', 'J-2']);
  expect(list).toMatchObject({ count: 3, totals: { billed: '500.00' } });
  // Together with a customer totals are counted and not kept; they are the same.
  const theirs = await book.ok('list-jobs', { doneNotBilled: true, customer: 'C-1', sort: 'profit' });
  expect(refs(theirs.jobs).toSorted()).toEqual(['J-2', 'J-3', 'J-4']);
  expect([theirs.count, theirs.totals]).toEqual([3, list.totals]);
  // false is as if left out.
  expect((await book.ok('list-jobs', { doneNotBilled: false })).count).toBe(6);
  await book.ok('create-invoice', { restOf: ['J-2', 'J-3'] });
  expect(refs((await book.ok('list-jobs', { doneNotBilled: true })).jobs)).toEqual(['J-4']);
});

test('by where they stand', async () => {
  const book = await openDone();
  const standing = async (where: string) => refs((await book.ok('list-jobs', { standing: where })).jobs);
  expect(await standing('finished')).toEqual(['J-1']);
  expect(await standing('running')).toEqual(['J-5', 'J-4', 'J-3', 'J-2']);
  expect(await standing('unsold')).toEqual(['J-6']);
  expect(await standing('cancelled')).toEqual([]);
});

test('pages of what is done and not billed follow one another', async () => {
  const book = await openDone();
  const first = await book.ok('list-jobs', { doneNotBilled: true, limit: 2 });
  const second = await book.ok('list-jobs', { doneNotBilled: true, limit: 2, cursor: first.nextCursor });
  expect([...refs(first.jobs), ...refs(second.jobs)]).toEqual(['J-4', 'J-3', 'J-2']);
  expect([second.count, second.nextCursor]).toEqual([3, undefined]);
});

test('what is done and not all billed is told with the running jobs: how many they are, and what of them is left', async () => {
  const book = await openDone();
  const done = { jobs: 3, leftToBill: '1500.00' };
  for (const [tool, args] of [
    ['list-jobs', {}],
    ['list-jobs', { customer: 'C-1' }],
    ['profit-report', { by: 'job' }],
  ] as const) {
    const { answer, text } = await book.both(tool, args);
    expect(answer.totals?.byStanding?.running).toMatchObject({ jobs: 4, leftToBill: '2500.00', doneNotBilled: done });
    expect(text).toContain('3 of them done but not all billed (1500.00 left)');
  }
});

test('what is done and billed for more than was agreed has something to credit, and nothing to bill', async () => {
  const book = await openBook();
  await book.ok('create-customer', { name: 'Dana Henderson' });
  await book.ok('create-job', { customer: 'C-1', name: 'Roof' });
  await book.ok('create-quote', { job: 'J-1', status: 'accepted', lines: [WORK] });
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', rest: true } });
  const less = [{ description: 'Less', quantity: -1, unitPrice: 200, unitCost: 0 }];
  await book.ok('create-quote', { job: 'J-1', kind: 'change_order', status: 'accepted', lines: less });
  await book.ok('update-job', { job: 'J-1', status: 'completed' });
  expect((await book.ok('list-jobs', { doneNotBilled: true })).count).toBe(0);
  for (const tool of ['list-jobs', 'profit-report'] as const) {
    const { answer, text } = await book.both(tool, tool === 'list-jobs' ? {} : { by: 'job' });
    expect(answer.totals?.byStanding?.running).toMatchObject({ jobs: 1, leftToBill: '0.00', toCredit: '200.00' });
    expect(answer.totals?.byStanding?.running?.doneNotBilled).toBeUndefined();
    expect(text).toContain('200.00 to credit');
    expect(text).not.toContain('not all billed');
  }
});

test('where more is taken out than was agreed and nothing is billed, no invoice is named to credit', async () => {
  const book = await openBook();
  await book.ok('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Roof' });
  await book.ok('create-quote', { job: 'J-1', status: 'accepted', lines: [WORK] });
  const less = [{ description: 'Less', quantity: -1, unitPrice: 1500, unitCost: 0 }];
  const args = { job: 'J-1', kind: 'change_order', status: 'accepted', lines: less };
  expect(await book.text('create-quote', args)).toContain(
    'Note: The contract Q-1 comes to -500.00 USD, and 0.00 USD is billed: no invoice is there to credit. A change order would cover the difference.',
  );
  expect(await book.text('update-job', { job: 'J-1', status: 'completed' })).toContain(
    'Note: Its contract comes to less than 0, by 500.00 USD, and no invoice is there to credit.',
  );
});

test('what was done, billed and credited whole is finished, so it is not among what is still to bill', async () => {
  const book = await openBook();
  await book.ok('create-customer', { name: 'Dana Henderson' });
  await book.ok('create-job', { customer: 'C-1', name: 'Call-out' });
  await book.ok('create-invoice', { job: 'J-1', lines: [{ description: 'Call-out', quantity: 1, unitPrice: 100 }] });
  await book.ok('update-job', { job: 'J-1', status: 'completed' });
  await book.ok('create-invoice', { creditFor: 'INV-1001', all: true });
  const { jobs, count } = await book.ok('list-jobs');
  expect([jobs[0]?.standing, count]).toEqual(['finished', 1]);
  expect((await book.ok('list-jobs', { doneNotBilled: true })).count).toBe(0);
});

/** 1000 offered and never answered, 500 of it billed. */
const openHalfBilled = madeOnce(async () => {
  const book = await openBook();
  await book.ok('create-customer', { name: 'Dana Henderson' });
  await book.ok('create-job', { customer: 'C-1', name: 'Roof' });
  await book.ok('create-quote', { job: 'J-1', status: 'sent', lines: [WORK] });
  const half = [{ description: 'First half', quantity: 1, unitPrice: 500 }];
  await book.ok('create-invoice', { job: 'J-1', lines: half });
  return book;
});

test('a job of which an offer is half billed is done and not all billed, before the offer is accepted and after', async () => {
  const book = await openHalfBilled();
  expect(await book.text('update-job', { job: 'J-1', status: 'completed' })).toContain(
    'Left to bill of Q-1, which nobody accepted yet: 500.00 USD.',
  );
  for (const step of ['sent', 'accepted']) {
    await book.ok('update-quote', { quote: 'Q-1', status: step });
    const list = await book.ok('list-jobs', { doneNotBilled: true });
    expect(list.jobs).toMatchObject([{ ref: 'J-1', billing: 'part_billed', standing: 'running' }]);
    expect(list.totals?.byStanding.running).toMatchObject({
      ...{ leftToBill: '500.00', expectedProfit: '400.00' },
      doneNotBilled: { jobs: 1, leftToBill: '500.00' },
    });
  }
});

test('what was offered and is billed no further is written off in so many words', async () => {
  const book = await openHalfBilled();
  const done = await book.callWithYes('update-job', { job: 'J-1', billingDone: true, status: 'completed' });
  expect(done.content[0]?.text).toContain('nothing more to bill, 500.00 USD left is written off');
  expect((await book.ok('get-job', { job: 'J-1' })).job).toMatchObject({ standing: 'finished', billing: 'billed' });
  expect(await book.text('update-job', { job: 'J-1', billingDone: false })).toContain(
    'billing goes on, 500.00 USD is left to bill again',
  );
});

test('an offer accepted after billing was done is left to bill in full', async () => {
  const book = await openHalfBilled();
  await book.ok('create-job', { customer: 'C-1', name: 'Shed' });
  await book.ok('create-quote', { job: 'J-2', status: 'sent', lines: [{ ...WORK, unitPrice: 500, unitCost: 300 }] });
  await book.callWithYes('update-job', { job: 'J-2', billingDone: true });
  await book.ok('update-quote', { quote: 'Q-2', status: 'accepted' });
  const { job } = await book.ok('get-job', { job: 'J-2' });
  expect(job).toMatchObject({ standing: 'running', billing: 'not_billed', forecast: { leftToBill: '500.00' } });
});

/** 10000 agreed, 7000 of it billed, and 3000 written off. */
const openWrittenOff = madeOnce(async () => {
  const book = await openBook();
  await book.ok('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Roof' });
  const work = [{ ...WORK, unitPrice: 10000, unitCost: 6000 }];
  await book.ok('create-quote', { job: 'J-1', status: 'accepted', lines: work });
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', amount: 7000 } });
  await book.callWithYes('update-job', { job: 'J-1', billingDone: true });
  return book;
});

const MORE = { description: 'More', quantity: 1, unitPrice: 500, unitCost: 100 };
const LESS = { description: 'Less', quantity: -1, unitPrice: 700, unitCost: 100 };

test.each([
  { first: MORE, second: LESS },
  { first: LESS, second: MORE },
])(
  'what is taken out takes from what was written off, what is added is left in full: $first.description first',
  async ({ first, second }) => {
    const book = await openWrittenOff();
    for (const line of [first, second])
      await book.ok('create-quote', { job: 'J-1', kind: 'change_order', status: 'accepted', lines: [line] });
    const { job } = await book.ok('get-job', { job: 'J-1' });
    expect(job).toMatchObject({ standing: 'running', forecast: { contract: '9800.00', leftToBill: '500.00' } });
    expect(await book.text('update-job', { job: 'J-1', billingDone: false })).toContain(
      '2300.00 USD is left to bill again',
    );
  },
);

test('an addition after billing was done, undone or declined, leaves what was written off as it was', async () => {
  const book = await openWrittenOff();
  const more = { job: 'J-1', kind: 'change_order', status: 'accepted', lines: [MORE] };
  const left = async () => (await book.ok('get-job', { job: 'J-1' })).job.forecast?.leftToBill;
  await book.ok('create-quote', more);
  expect(await left()).toBe('500.00');
  await book.ok('undo-change', {});
  expect(await left()).toBe('0.00');
  await book.ok('create-quote', { ...more, allowDuplicate: true });
  await book.ok('update-quote', { quote: 'Q-3', status: 'declined' });
  expect(await left()).toBe('0.00');
  await book.ok('undo-change', {});
  expect(await left()).toBe('500.00');
  expect(await book.text('update-job', { job: 'J-1', billingDone: false })).toContain(
    '3000.00 USD is left to bill again',
  );
});

/** One contract billed whole, and a change order of another that was declined after it. */
async function openDeclined(order: { quantity: number; unitPrice: number; unitCost: number }) {
  const book = await openBook();
  await book.ok('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Roof' });
  await book.ok('create-quote', { job: 'J-1', status: 'accepted', lines: [WORK] });
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', rest: true } });
  await book.ok('create-quote', { job: 'J-1', title: 'Gutters', status: 'accepted', lines: [WORK] });
  const lines = [{ description: 'Change', ...order }];
  await book.ok('create-quote', { job: 'J-1', kind: 'change_order', contract: 'Q-2', status: 'accepted', lines });
  const { warnings } = await book.ok('update-quote', { quote: 'Q-2', status: 'declined' });
  return { book, warnings };
}

test('what a change order of a declined quote adds is in one sum everywhere, and it is said how it can be billed', async () => {
  const { book, warnings } = await openDeclined({ quantity: 1, unitPrice: 200, unitCost: 50 });
  expect(warnings).toEqual([expect.stringContaining('Q-3 changes Q-2 and stays accepted and counted')]);
  const { answer, text } = await book.both('get-job', { job: 'J-1', explain: true });
  expect(answer.job).toMatchObject({ contract: '1200.00', leftToBill: '200.00', standing: 'running' });
  expect(answer.job.forecast).toMatchObject({ contract: '1200.00', leftToBill: '200.00' });
  expect(text).toContain('Contract 1200.00, 200.00 left to bill.');
  expect(text).toContain('Q-3 Change order, accepted, though the quote that it changes is not: 200.00');
  expect(await book.error('create-invoice', { restOf: ['J-1'] })).toContain('nothing is left to bill but Q-3');
  await book.ok('update-quote', { quote: 'Q-3', status: 'declined' });
  const lines = [{ description: 'Change', quantity: 1, unitPrice: 200 }];
  await book.ok('create-quote', { job: 'J-1', kind: 'change_order', contract: 'Q-1', status: 'accepted', lines });
  await book.ok('create-invoice', { restOf: ['J-1'] });
  expect((await book.ok('get-job', { job: 'J-1' })).job).toMatchObject({ leftToBill: '0.00', billing: 'billed' });
});

test('what a change order of a declined quote takes out is to be credited, and keeps its job running', async () => {
  const { book } = await openDeclined({ quantity: -1, unitPrice: 200, unitCost: 0 });
  const { answer, text } = await book.both('get-job', { job: 'J-1' });
  expect(answer.job).toMatchObject({ standing: 'running', contract: '800.00', toCredit: '200.00' });
  expect(answer.job.forecast).toMatchObject({ contract: '800.00', toCredit: '200.00', expectedProfit: '200.00' });
  expect(text).toContain('Expected profit 200.00');
  expect((await book.ok('list-jobs', {})).totals?.byStanding.running).toMatchObject({ jobs: 1, toCredit: '200.00' });
});

test('a revision without a line that a change order changes says so, since that goes on counting', async () => {
  const book = await openBook();
  await book.ok('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Roof' });
  await book.ok('create-quote', { job: 'J-1', status: 'accepted', lines: [{ ...WORK, unitPrice: 500 }, WORK] });
  const less = [{ description: 'Less', quantity: -1, unitPrice: 500, unitCost: 200, changesLine: 'Q-1/1' }];
  await book.ok('create-quote', { job: 'J-1', kind: 'change_order', status: 'accepted', lines: less });
  const other = [{ description: 'Other work', quantity: 1, unitPrice: 200, unitCost: 20 }];
  const { warnings } = await book.ok('create-quote', { revises: 'Q-1', status: 'accepted', lines: other });
  expect(warnings[0]).toContain('Q-2/1 changes Q-1/1, which Q-3 has no more');
  expect(warnings.join(' ')).not.toContain('create-invoice');
});

test('what an order of a declined quote takes off is no part of what is written off', async () => {
  const book = await openBook();
  await book.ok('create-job', { newCustomer: { name: 'Dana' }, name: 'Roof' });
  const line = (description: string, unitPrice: number) => [{ description, quantity: 1, unitPrice, unitCost: 0 }];
  await book.ok('create-quote', { job: 'J-1', status: 'accepted', lines: line('Roof', 1000) });
  await book.ok('create-quote', { job: 'J-1', status: 'accepted', lines: line('Siding', 3000) });
  const order = {
    job: 'J-1',
    kind: 'change_order',
    contract: 'Q-2',
    status: 'accepted',
    lines: line('Less trim', -500),
  };
  await book.ok('create-quote', order);
  await book.ok('update-quote', { quote: 'Q-2', status: 'declined' });
  expect((await book.ok('update-job', { job: 'J-1', billingDone: true })).did).toContain('1000.00');
});
