import { expect, test } from 'vitest';
import { openBook } from '../../support/answers.ts';
import { BILL, danaBook, roofBook } from '../../support/roof.ts';
import { expectHelpful, expectPlain } from '../../support/words.ts';

test('"what have we done for Dana?": the whole history, jobs newest first', async () => {
  const book = await roofBook();
  await book.ok('create-job', { customer: 'C-1', name: 'Gutters' });
  await book.ok('create-invoice', { job: 'J-1', lines: BILL });
  await book.ok('create-invoice', {
    customer: 'C-1',
    draft: true,
    lines: [{ description: 'Inspection', quantity: 1, unitPrice: 120 }],
  });
  const { answer, text } = await book.both('get-customer', { customer: 'dana' });
  const { customer } = answer;
  expect(customer).toMatchObject({
    ref: 'C-1',
    name: 'Dana Henderson',
    since: '2026-03-10',
    jobCount: 2,
    quoteCount: 1,
    invoiceCount: 2,
  });
  expect(customer.jobs.map((job) => `${job.ref} ${job.profit?.profit}`)).toEqual(['J-2 0.00', 'J-1 4080.00']);
  expect(customer.quotes).toMatchObject([{ ref: 'Q-1', job: { ref: 'J-1' }, status: 'accepted' }]);
  expect(customer.invoices).toMatchObject([
    { ref: 'DRAFT-2', job: null, status: 'draft' },
    { ref: 'INV-1001', balance: '10800.00' },
  ]);
  expectPlain(text);
  expect(text).toContain('J-1 Roof replacement, open, billed: profit 4080.00 (37.8 %), billed 10800.00');
});

test('a customer without any history says so', async () => {
  const book = await danaBook();
  const text = await book.text('get-customer', { customer: 'C-1' });
  expect(text).toContain('No jobs, no quotes, no invoices, no files, no appointments, no walk & talks.');
});

test('a long history is cut with the count and how to get the rest', async () => {
  const book = await danaBook();
  for (let number = 1; number <= 21; number += 1)
    await book.ok('create-job', { customer: 'C-1', name: `Repair ${number}` });
  const { answer, text } = await book.both('get-customer', { customer: 'C-1' });
  expect(answer.customer.jobs).toHaveLength(8);
  expect(answer.customer.jobs[0]?.name).toBe('Repair 21');
  expect(answer.customer.jobCount).toBe(21);
  expect(text).toContain('Jobs (8 of 21; get-customer with section: "jobs"):');
});

test('on sales-pipeline the history has no jobs', async () => {
  const book = await openBook({ template: 'sales-pipeline' });
  await book.ok('create-customer', { name: 'Hollis & Rowe' });
  const { answer, text } = await book.both('get-customer', { customer: 'hollis rowe' });
  expect(answer.customer).not.toHaveProperty('jobs');
  expect(answer.customer).not.toHaveProperty('jobCount');
  expect(text).not.toContain('jobs');
});

test('on the free plan the jobs hide what they made', async () => {
  const book = await openBook({ plan: 'free', samples: true });
  const { answer, text } = await book.both('get-customer', { customer: 'Dana Henderson' });
  expect(answer.customer.jobs.every((job) => job.profit === null && job.profitHidden === 'plan')).toBe(true);
  expect(text).not.toContain('profit');
});

test('nobody by that name, and several, are refused with what to do', async () => {
  const book = await danaBook();
  expect(await book.error('get-customer', { customer: 'Zoltan' })).toBe(
    'customer: no customer matches "Zoltan". Give its number, like C-7, or words from its name; list-customers shows them.',
  );
  await book.ok('create-customer', { name: 'Henderson Roofing Supply' });
  const error = await book.error('get-customer', { customer: 'henderson' });
  expectHelpful(error);
  expect(error).toMatch(/C-2 Henderson Roofing Supply[\s\S]*C-1 Dana Henderson/);
});
