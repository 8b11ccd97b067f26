import { expect, test } from 'vitest';
import { openBook } from '../../support/answers.ts';
import { dana, danaBook, SHINGLES } from '../../support/roof.ts';
import { expectHelpful, expectPlain } from '../../support/words.ts';

test('"start a roof replacement for Dana Henderson"', async () => {
  const book = await danaBook();
  const { answer, text } = await book.both('create-job', { customer: 'dana henderson', name: 'Roof replacement' });
  expect(answer).toMatchObject({
    did: 'Started J-1 "Roof replacement" for Dana Henderson (C-1)',
    change: 2,
    job: {
      ref: 'J-1',
      name: 'Roof replacement',
      status: 'open',
      customer: { ref: 'C-1', name: 'Dana Henderson' },
      assignees: [],
    },
  });
  expectPlain(text, 600);
  expect(text).toContain('Next: create-quote with job J-1.');
});

test('a job for a new customer makes both at once', async () => {
  const book = await openBook();
  const { job } = await book.ok('create-job', {
    newCustomer: { name: 'Priya Raman', phone: '(737) 555-0176', stage: 'won' },
    name: 'Gutters',
    description: 'Seamless, white.',
    address: '930 Wren Meadow Dr',
    status: 'in_progress',
    startsOn: '2026-03-12',
    endsOn: '2026-03-14',
    assignees: [{ name: 'Luis Ortega', role: 'crew' }],
    note: 'Gate code 4411.',
  });
  expect(job).toMatchObject({
    ref: 'J-1',
    status: 'in_progress',
    customer: { ref: 'C-1', name: 'Priya Raman' },
    description: 'Seamless, white.',
    address: '930 Wren Meadow Dr',
    startsOn: '2026-03-12',
    endsOn: '2026-03-14',
    assignees: [{ name: 'Luis Ortega', role: 'crew' }],
  });
  const { activity } = (await book.ok('get-job', { job: 'J-1' })).job;
  expect(activity.map(({ entry, text }) => `${entry}: ${text}`)).toEqual([
    'note: Gate code 4411.',
    'people: On it: Luis Ortega (crew)',
    'created: Job started for Priya Raman',
  ]);
  expect((await book.ok('get-customer', { customer: 'C-1' })).customer).toMatchObject({ stage: 'won', jobCount: 1 });
});

test('a new customer who looks like one on the books is named first, and nothing is made', async () => {
  const book = await danaBook();
  const job = { newCustomer: { name: 'D. H.', phone: '512 555 0143' }, name: 'Gutters' };
  const error = await book.error('create-job', job);
  expectHelpful(error);
  expect(error).toMatch(/^newCustomer\.name: this looks like a customer you have:\n- C-1 Dana Henderson/);
  expect(error).toContain('evenIfSimilar: true');
  expect((await book.ok('list-jobs')).count).toBe(0);
  const { answer } = await book.both('create-job', {
    ...job,
    newCustomer: { ...job.newCustomer, evenIfSimilar: true },
  });
  expect(answer.job.customer.ref).toBe('C-2');
});

test.each([
  ['nobody', {}],
  ['both', { customer: 'C-1', newCustomer: { name: 'Somebody Else' } }],
])('for %s is refused with what to give', async (_, whom) => {
  const book = await danaBook();
  const error = await book.error('create-job', { ...whom, name: 'Gutters' });
  expect(error).toBe('customer: say who the job is for: either customer (C-7, or a name) or newCustomer with a name.');
});

test.each([
  [
    'an end before the start',
    { startsOn: '2026-03-14', endsOn: '2026-03-12' },
    /^endsOn: 2026-03-12 is before the job starts on 2026-03-14/,
  ],
  [
    'a date in words',
    { startsOn: 'next Tuesday' },
    /^startsOn: "next Tuesday" is not a date. Write year-month-day, like 2026-03-31/,
  ],
  [
    'a role that does not exist',
    { assignees: [{ name: 'Tom', role: 'boss' }] },
    /^assignees\[0\]\.role: "boss" .* Use crew, lead, sub/,
  ],
  [
    'an unknown customer',
    { customer: 'Nobody Known' },
    /^customer: no customer matches "Nobody Known".*list-customers/,
  ],
])('%s is refused', async (_, args, words) => {
  const book = await danaBook();
  const error = await book.error('create-job', { customer: 'C-1', name: 'Gutters', ...args });
  expectHelpful(error);
  expect(error).toMatch(words);
  expect((await book.ok('list-jobs')).count).toBe(0);
});

test('on the free plan starting a job says what it needs and what that costs', async () => {
  const book = await openBook({ plan: 'free' });
  await dana(book.ok);
  expect(await book.error('create-job', { customer: 'C-1', name: 'Gutters' })).toBe(
    'Starting and running jobs needs the Pro plan ($19 a month); this account is on Free. Whoever runs this Jobwright can change the plan.',
  );
});

test('on sales-pipeline there are no jobs, and it says what to use instead', async () => {
  const book = await openBook({ template: 'sales-pipeline' });
  const error = await book.error('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Gutters' });
  expect(error).toContain('sales-pipeline template, where every customer is one deal and there are no jobs');
  expect(error).toContain('update-account');
});

test('invisible characters and stray spaces do not make another name', async () => {
  const book = await danaBook();
  const { job } = await book.ok('create-job', { customer: 'C-1', name: '  Roof\u200B \u202Ereplacement\u0000 ' });
  expect(job.name).toBe('Roof replacement');
});

test('"start the roof job": what its customer accepted already is filed there, and not quoted once more', async () => {
  const book = await openBook();
  await book.ok('create-customer', { name: 'Dana Henderson' });
  await book.ok('create-quote', { customer: 'C-1', lines: [SHINGLES], status: 'accepted' });
  const { answer, text } = await book.both('create-job', { customer: 'C-1', name: 'Roof replacement' });
  expect(answer.soldOnNoJob).toEqual(['Q-1']);
  expect(text).toContain('Q-1 is accepted and under no job yet.');
  expect(text).toContain('file-under-job with job: "J-1" and records: ["Q-1"]');
  await book.ok('file-under-job', { job: 'J-1', records: ['Q-1'] });
  const second = await book.both('create-job', { customer: 'C-1', name: 'Gutters' });
  expect(second.answer.soldOnNoJob).toBeUndefined();
  expect(second.text).toContain('Next: create-quote with job J-2.');
});
