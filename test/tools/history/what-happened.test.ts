import { describe, expect, test } from 'vitest';
import { openBook, type TypedBook } from '../../support/answers.ts';
import { BILL, dana, SHINGLES } from '../../support/roof.ts';
import { expectHelpful } from '../../support/words.ts';

/** The roof, day by day: it is started on Monday the 2nd of March, and today is Tuesday the 10th. */
async function roofByDay(): Promise<TypedBook> {
  let now = '2026-03-02T15:00:00.000Z';
  const book = await openBook({ now: () => now });
  await dana(book.ok);
  await book.ok('create-job', { customer: 'C-1', name: 'Roof replacement' });
  await book.ok('create-quote', { job: 'J-1', title: 'Full re-roof', lines: [SHINGLES] });
  await book.ok('schedule-appointment', { job: 'J-1', title: 'Tear-off', starts: '2026-03-05T08:00' });
  now = '2026-03-03T15:00:00.000Z';
  await book.ok('update-quote', { quote: 'Q-1', status: 'sent' });
  await book.ok('update-quote', { quote: 'Q-1', status: 'accepted' });
  now = '2026-03-05T15:00:00.000Z';
  await book.ok('update-job', { job: 'J-1', status: 'in_progress', note: 'Rot at the valley.' });
  await book.ok('update-appointment', { appointment: 'A-1', status: 'done' });
  now = '2026-03-10T17:00:00.000Z';
  // What is entered today happened on its day.
  const shingles = { job: 'J-1', description: 'Shingles', amount: 420, category: 'materials', vendor: 'ABC' };
  await book.ok('add-job-expense', { ...shingles, spentOn: '2026-03-04' });
  await book.ok('create-invoice', { job: 'J-1', lines: BILL, issuedOn: '2026-03-06' });
  await book.ok('record-payment', { invoice: 'INV-1001', amount: 2000, method: 'check', paidOn: '2026-03-08' });
  return book;
}

const WEEK = { from: '2026-03-02', to: '2026-03-08' };

test('"what happened last week?" is told day by day, in the words of the trade', async () => {
  const book = await roofByDay();
  const { answer, text } = await book.both('list-changes', WEEK);
  expect(answer.happened).toMatchObject({ ...WEEK, invoiced: '10800.00', paid: '2000.00', spent: '420.00' });
  expect(answer.count).toBe(11);
  const of = 'J-1 Roof replacement, C-1 Dana Henderson';
  expect(text.split('\n')).toEqual([
    'What happened from 2026-03-02 to 2026-03-08: 11 events. Invoiced 10800.00, paid 2000.00, spent 420.00 USD.',
    'Mon 2026-03-02:',
    '- Customer added · C-1 Dana Henderson',
    `- Job started · ${of}`,
    `- Quote Q-1 Full re-roof written, 10800.00 USD before tax · ${of}`,
    'Tue 2026-03-03:',
    `- Quote Q-1 Full re-roof sent, 10800.00 USD before tax · ${of}`,
    `- Quote Q-1 Full re-roof accepted, 10800.00 USD before tax · ${of}`,
    'Wed 2026-03-04:',
    `- Spent 420.00 USD on Shingles from ABC (E-1) · ${of}`,
    'Thu 2026-03-05:',
    `- Job in progress · ${of}`,
    `- 08:00 visit A-1 Tear-off, done · ${of}`,
    `- Note: Rot at the valley. · ${of}`,
    'Fri 2026-03-06:',
    `- Invoice INV-1001 issued, 10800.00 USD · ${of}`,
    'Sun 2026-03-08:',
    `- Paid 2000.00 USD by check on INV-1001 (P-1) · ${of}`,
  ]);
  expect(answer.happened?.days.map(({ day, weekday, events }) => [weekday, day, events.length])).toEqual([
    ['Mon', '2026-03-02', 3],
    ['Tue', '2026-03-03', 2],
    ['Wed', '2026-03-04', 1],
    ['Thu', '2026-03-05', 3],
    ['Fri', '2026-03-06', 1],
    ['Sun', '2026-03-08', 1],
  ]);
});

test('one day, or the seven up to today; a day on which nothing happened', async () => {
  const book = await roofByDay();
  const happened = async (args: object) => (await book.ok('list-changes', args)).happened;
  expect((await happened({ on: '2026-03-04' }))?.days).toHaveLength(1);
  expect(await book.text('list-changes', { on: '2026-03-05' })).toMatch(/^What happened on 2026-03-05: 3 events\.\n/);
  expect(await happened({ show: 'events' })).toMatchObject({ from: '2026-03-04', to: '2026-03-10' });
  expect(await happened({ to: '2026-03-07' })).toMatchObject({ from: '2026-03-01', to: '2026-03-07' });
  expect(await happened({ from: '2026-03-09' })).toMatchObject({ from: '2026-03-09', to: '2026-03-10', days: [] });
  expect(await book.text('list-changes', { on: '2026-03-09' })).toBe('Nothing happened on 2026-03-09.');
});

test('page by page each event is told once', async () => {
  const book = await roofByDay();
  const told: unknown[] = [];
  let cursor: string | undefined;
  do {
    const page = await book.ok('list-changes', { ...WEEK, limit: 4, cursor });
    expect(page.count).toBe(11);
    told.push(...(page.happened?.days ?? []).flatMap(({ events }) => events.map(({ what }) => what)));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  expect(told).toHaveLength(11);
  expect(new Set(told).size).toBe(11);
  expect(await book.text('list-changes', { ...WEEK, limit: 4 })).toContain('4 shown of 11; the rest with cursor "');
});

describe('what did not happen is not told', () => {
  test('what was undone, called off or voided', async () => {
    const book = await roofByDay();
    await book.ok('update-job-expense', { expense: 'E-1', remove: true });
    await book.ok('schedule-appointment', { job: 'J-1', title: 'Gutters', starts: '2026-03-06T08:00' });
    await book.ok('update-appointment', { appointment: 'A-2', status: 'cancelled' });
    await book.ok('record-payment', { void: 'P-1', voidReason: 'typed twice' });
    await book.ok('update-job', { job: 'J-1', note: 'Wrong job.', status: 'open' });
    await book.ok('undo-change');
    const { answer, text } = await book.both('list-changes', { from: '2026-03-02', to: '2026-03-10' });
    expect(answer.happened).toMatchObject({ paid: '0.00', spent: '0.00' });
    for (const gone of ['Shingles', 'Gutters', 'Paid', 'Wrong job', 'open again']) expect(text).not.toContain(gone);
  });

  test('a voided invoice is told on the day of its void, with the reason as somebody’s words', async () => {
    const book = await roofByDay();
    await book.ok('create-invoice', { job: 'J-1', lines: BILL, kind: 'standard', issuedOn: '2026-03-07' });
    await book.ok('update-invoice', { invoice: 'INV-1002', status: 'void', voidReason: 'billed twice' });
    expect((await book.ok('list-changes', WEEK)).happened?.invoiced).toBe('10800.00');
    expect(await book.text('list-changes', { on: '2026-03-10' })).toContain(
      'Invoice INV-1002 of 10800.00 USD voided: billed twice',
    );
  });
});

test('a visit that nobody marked done is said to be so', async () => {
  const book = await roofByDay();
  await book.ok('schedule-appointment', { job: 'J-1', title: 'Gutters', starts: '2026-03-10T08:00' });
  await book.ok('schedule-appointment', { job: 'J-1', title: 'Chimney', starts: '2026-03-10T16:00' });
  const text = await book.text('list-changes', { on: '2026-03-10' });
  expect(text).toContain('08:00 visit A-2 Gutters, not marked done ·');
  expect(text).toContain('16:00 visit A-3 Chimney ·');
});

test('what a supplier gave back is told as that, and counts against what was spent', async () => {
  const book = await roofByDay();
  const back = {
    job: 'J-1',
    description: 'Two bundles',
    amount: 76,
    category: 'materials',
    vendor: 'ABC',
    refund: true,
  };
  await book.ok('add-job-expense', { ...back, spentOn: '2026-03-06' });
  const { answer, text } = await book.both('list-changes', WEEK);
  expect(answer.happened?.spent).toBe('344.00');
  expect(text).toContain('- Got back 76.00 USD for Two bundles from ABC (E-2) · J-1 Roof replacement');
});

test('a job’s end and a quote stand on the day that they are dated, whenever they were entered', async () => {
  const book = await roofByDay();
  await book.ok('create-quote', {
    ...{ job: 'J-1', title: 'Gutters', lines: [SHINGLES], status: 'sent', kind: 'change_order' },
    quotedOn: '2026-03-04',
  });
  await book.ok('update-job', { job: 'J-1', status: 'completed', completedOn: '2026-03-05' });
  const week = await book.ok('list-changes', WEEK);
  const told = week.happened?.days.flatMap(({ day, events }) => events.map(({ what }) => `${day} ${what}`));
  expect(told).toContain('2026-03-04 Change order Q-2 Gutters sent, 10800.00 USD before tax');
  expect(told).toContain('2026-03-05 Job completed');
  const entered = await book.text('list-changes', { on: '2026-03-10' });
  expect(entered).toBe('Nothing happened on 2026-03-10.');
  // It ended again, and on another day.
  await book.ok('update-job', { job: 'J-1', status: 'in_progress' });
  await book.ok('update-job', { job: 'J-1', status: 'cancelled', cancelledOn: '2026-03-06' });
  expect(await book.text('list-changes', { on: '2026-03-06' })).toContain('Job cancelled');
  expect(await book.text('list-changes', { on: '2026-03-05' })).not.toContain('Job completed');
});

test('work that began, a quote that was sent and accepted, and a site visit stand on their own days as well', async () => {
  const book = await openBook();
  await dana(book.ok);
  await book.ok('create-job', { customer: 'C-1', name: 'Deck', startsOn: '2026-03-03' });
  await book.ok('create-quote', { job: 'J-1', title: 'Deck', lines: [SHINGLES], quotedOn: '2026-03-02' });
  await book.ok('update-quote', { quote: 'Q-1', status: 'sent', statusOn: '2026-03-04' });
  const said = await book.both('update-quote', { quote: 'Q-1', status: 'accepted', statusOn: '2026-03-06' });
  expect(said.answer.did).toBe('Q-1 Deck: sent → accepted on 2026-03-06');
  await book.ok('record-walk-and-talk', {
    job: 'J-1',
    title: 'Look',
    transcript: 'Joists.',
    consent: 'Dana, aloud',
    heldAt: '2026-03-02',
  });
  await book.ok('update-job', { job: 'J-1', status: 'in_progress', startsOn: '2026-03-05' });
  const told = (await book.ok('list-changes', WEEK)).happened?.days.flatMap(({ day, events }) =>
    events.map(({ what }) => `${day} ${what.replace(/,.*/, '')}`),
  );
  expect(told).toEqual([
    '2026-03-02 Quote Q-1 Deck written',
    '2026-03-02 Walk & talk W-1 Look recorded',
    '2026-03-04 Quote Q-1 Deck sent',
    // Its job began on the day that it is said to begin by now.
    '2026-03-05 Job started',
    '2026-03-05 Job in progress',
    '2026-03-06 Quote Q-1 Deck accepted',
  ]);
  // It began once: what is taken up again later is told on its own day.
  await book.ok('update-job', { job: 'J-1', status: 'open' });
  await book.ok('update-job', { job: 'J-1', status: 'in_progress' });
  const entered = await book.text('list-changes', { on: '2026-03-10' });
  expect(entered.match(/Job (?:open again|in progress)/g)).toEqual(['Job open again', 'Job in progress']);
  // What is still to begin was entered all the same.
  await book.ok('create-job', { customer: 'C-1', name: 'Fence', startsOn: '2026-04-01' });
  expect(await book.text('list-changes', { on: '2026-03-10' })).toContain('Job started · J-2 Fence');
});

test('a job’s end stands on its day however much later it was entered; what else is late says which day it is of', async () => {
  const book = await roofByDay();
  await book.ok('update-job', { job: 'J-1', status: 'completed', completedOn: '2025-11-20' });
  await book.ok('create-job', { customer: 'C-1', name: 'Fence', startsOn: '2025-11-03' });
  await book.ok('update-job', { job: 'J-2', status: 'cancelled', cancelledOn: '2025-11-18' });
  await book.ok('create-quote', { job: 'J-1', title: 'Gutters', lines: [SHINGLES], quotedOn: '2025-11-10' });
  const november = await book.ok('list-changes', { from: '2025-11-01', to: '2025-11-30' });
  const told = november.happened?.days.flatMap(({ day, events }) =>
    events.map(({ what, job }) => `${day} ${what} ${job?.ref}`),
  );
  expect(told).toEqual(['2025-11-18 Job cancelled J-2', '2025-11-20 Job completed J-1']);
  const { answer, text } = await book.both('list-changes', { on: '2026-03-10' });
  expect(text).not.toMatch(/Job (?:completed|cancelled)/);
  expect(text).toContain('- Job started (dated 2025-11-03) · J-2 Fence, C-1 Dana Henderson');
  expect(text).toContain('- Quote Q-2 Gutters written, 10800.00 USD before tax (dated 2025-11-10) ·');
  expect(answer.happened?.days[0]?.events.map(({ dated }) => dated)).toEqual(['2025-11-03', '2025-11-10']);
  // Its day was said wrongly.
  await book.ok('update-job', { job: 'J-1', completedOn: '2025-12-01' });
  expect(await book.text('list-changes', { on: '2025-12-01' })).toContain('- Job completed · J-1 Roof replacement');
  expect((await book.ok('list-changes', { from: '2025-11-01', to: '2025-11-30' })).count).toBe(1);
});

test('a job that was taken up again, and ended again much later, ended twice', async () => {
  let now = '2026-03-10T17:00:00.000Z';
  const book = await openBook({ now: () => now });
  await book.ok('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Roof' });
  await book.ok('update-job', { job: 'J-1', status: 'completed' });
  now = '2026-06-02T17:00:00.000Z';
  await book.ok('update-job', { job: 'J-1', status: 'in_progress' });
  now = '2026-06-05T17:00:00.000Z';
  await book.ok('update-job', { job: 'J-1', status: 'completed' });
  for (const on of ['2026-03-10', '2026-06-05'])
    expect((await book.text('list-changes', { on })).match(/Job completed/g)).toHaveLength(1);
});

test('a day of a status is a day that was, and goes with a status', async () => {
  const book = await openBook();
  await dana(book.ok);
  await book.ok('create-quote', { customer: 'C-1', lines: [SHINGLES] });
  const refused = async (args: object) => await book.error('update-quote', { quote: 'Q-1', ...args });
  expect(await refused({ status: 'sent', statusOn: '2026-03-11' })).toMatch(/^statusOn: 2026-03-11 is still to come/);
  expect(await refused({ statusOn: '2026-03-09' })).toMatch(/^statusOn: goes with status/);
});

test('what was paid and what was refunded are told apart', async () => {
  const book = await roofByDay();
  await book.ok('record-payment', { invoice: 'INV-1001', refund: true, amount: 100, paidOn: '2026-03-08' });
  const { answer, text } = await book.both('list-changes', WEEK);
  expect(answer.happened).toMatchObject({ paid: '2000.00', refunded: '100.00' });
  expect(text).toContain('paid 2000.00, refunded 100.00, spent 420.00 USD.');
});

test('a payment that bounced is money taken back by the bank, and no refund', async () => {
  const book = await roofByDay();
  await book.ok('record-payment', { payment: 'P-1', bounced: true, paidOn: '2026-03-08', note: 'No funds.' });
  const { answer, text } = await book.both('list-changes', WEEK);
  expect(answer.happened).toMatchObject({ paid: '2000.00', bounced: '2000.00', refunded: '0.00' });
  expect(text).toContain('paid 2000.00, bounced 2000.00, spent 420.00 USD.');
  expect(text).toContain(
    '- P-1 of 2000.00 USD on INV-1001 bounced, taken back as P-2: No funds. · J-1 Roof replacement',
  );
  expect(text).not.toContain('efunded');
});

test('samples are told of until the book has something real', async () => {
  const book = await openBook({ samples: true });
  const month = { from: '2026-02-08', to: '2026-03-10' };
  expect(await book.text('list-changes', month)).toContain('(sample)');
  await dana(book.ok);
  expect(await book.text('list-changes', month)).not.toContain('(sample)');
  expect(await book.text('list-changes', { ...month, includeSamples: true })).toContain('(sample)');
});

test('who changed what on those days is told when that is asked for', async () => {
  const book = await roofByDay();
  const { changes, happened } = await book.ok('list-changes', { on: '2026-03-03', show: 'changes' });
  expect([changes.length, happened]).toEqual([2, undefined]);
  expect((await book.ok('list-changes', { on: '2026-03-03', person: 'sam' })).changes).toHaveLength(2);
  const refused = async (args: object) => {
    const error = await book.error('list-changes', args);
    expectHelpful(error);
    return error;
  };
  expect(await refused({ show: 'events', person: 'sam' })).toContain('person: asks who changed what');
  expect(await refused({ from: '2025-01-01', to: '2026-01-01' })).toContain('more than 92 days');
  expect(await refused({ on: '2026-03-03', to: '2026-03-05' })).toContain('on: is one day');
});
