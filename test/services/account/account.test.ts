// What may change about an account, and when.
import { describe, expect, test } from 'vitest';
import { openBook } from '../../support/answers.ts';
import { BILL, dana, danaBook, roofBook, SHINGLES } from '../../support/roof.ts';

describe('the currency', () => {
  test.each([
    ['a quote', 'create-quote', { customer: 'C-1', lines: [SHINGLES] }],
    ['a draft', 'create-invoice', { customer: 'C-1', lines: BILL, draft: true }],
    ['an expense', 'add-job-expense', { job: 'J-1', description: 'Nails', amount: 1, category: 'materials' }],
  ] as const)('is fixed by %s', async (_, tool, args) => {
    const book = await danaBook();
    await book.ok('create-job', { customer: 'C-1', name: 'Roof' });
    expect((await book.ok('update-account', { currency: 'EUR' })).account.currency).toBe('EUR');
    await book.ok(tool, args);
    expect(await book.error('update-account', { currency: 'USD' })).toMatch(
      /^currency: these books hold money in EUR already/,
    );
    expect((await book.ok('update-account', { currency: 'EUR' })).change).toBeNull();
  });

  test('is free again once the money is gone, and never held by samples', async () => {
    const book = await openBook({ samples: true });
    expect((await book.ok('update-account', { currency: 'JPY' })).account.currency).toBe('JPY');
    await dana(book.ok);
    await book.ok('create-invoice', { customer: 'C-1', lines: BILL, draft: true });
    await book.ok('update-invoice', { invoice: 'DRAFT-1', discard: true });
    expect((await book.ok('update-account', { currency: 'USD' })).account.currency).toBe('USD');
  });
});

describe('the template', () => {
  test('changes the samples along while there is nothing but samples', async () => {
    const book = await openBook({ samples: true });
    const { did, account } = await book.ok('update-account', { template: 'plumbing' });
    expect(did).toContain('the samples are now of that trade');
    expect(account.template).toBe('plumbing');
    const { jobs } = await book.ok('list-jobs');
    expect(jobs.length).toBeGreaterThan(3);
    expect(jobs.every((job) => job.sample === true)).toBe(true);
    expect((await book.ok('list-jobs', { query: 'roof replacement' })).count).toBe(0);
  });

  test('leaves samples and records alone once a real record is there', async () => {
    const book = await openBook({ samples: true });
    await dana(book.ok);
    const before = (await book.ok('get-account')).account;
    const { account, did } = await book.ok('update-account', { template: 'plumbing' });
    expect(did).toBe('Account: template from roofing to plumbing');
    expect(account).toMatchObject({ records: before.records, samples: before.samples });
  });

  test('to sales-pipeline and back keeps every figure', async () => {
    const book = await roofBook();
    await book.ok('create-invoice', { job: 'J-1', lines: BILL });
    const before = await book.ok('list-jobs');
    await book.ok('update-account', { template: 'sales-pipeline' });
    expect(await book.error('list-jobs')).toContain('there are no jobs');
    expect((await book.ok('list-invoices')).totalIssued).toBe('10800.00');
    await book.ok('update-account', { template: 'roofing' });
    expect(await book.ok('list-jobs')).toEqual(before);
  });

  test('on sales-pipeline quotes and invoices go by customer', async () => {
    const book = await openBook({ template: 'sales-pipeline' });
    await book.ok('create-customer', { name: 'Hollis & Rowe', stage: 'demo' });
    await book.ok('create-quote', { customer: 'hollis', lines: [SHINGLES], status: 'accepted' });
    await book.ok('create-invoice', { customer: 'hollis', lines: BILL });
    expect((await book.ok('get-customer', { customer: 'C-1' })).customer).toMatchObject({
      quoteCount: 1,
      invoiceCount: 1,
    });
    for (const tool of ['create-quote', 'create-invoice', 'list-quotes', 'list-invoices'] as const) {
      const args = tool.startsWith('list') ? { job: 'J-1' } : { job: 'J-1', lines: BILL };
      expect(await book.error(tool, args), tool).toMatch(/^job: .*Leave job out and give customer\.$/);
    }
  });
});

test('the zone decides what day it is for every new record', async () => {
  const book = await openBook({ now: '2026-03-10T03:00:00.000Z' });
  await dana(book.ok);
  expect((await book.ok('create-invoice', { customer: 'C-1', lines: BILL })).invoice.issuedOn).toBe('2026-03-09');
  await book.ok('update-account', { timeZone: 'Europe/Berlin' });
  expect((await book.ok('create-invoice', { customer: 'C-1', lines: BILL })).invoice.issuedOn).toBe('2026-03-10');
});

test('several changes in one call happen together or not at all', async () => {
  const book = await openBook();
  expect(await book.error('update-account', { name: 'Becker', template: 'plumbing', currency: 'ZZZ' })).toContain(
    'currency',
  );
  expect((await book.ok('get-account')).account).toMatchObject({ name: 'My business', template: 'roofing' });
});
