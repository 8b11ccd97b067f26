// Doctor finds a record that stands on nobody, or on a job with which it has nothing to do.
import { expect, test } from 'vitest';
import { inWords } from '../../../src/printers/in-words.ts';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import type { TypedBook } from '../../support/answers.ts';
import { BILL, danaBook, SHINGLES } from '../../support/roof.ts';
import { plant } from '../../support/store.ts';

/** One record of each kind on a job of C-1; C-2 is merged with C-1, and C-3 is somebody else with a job. */
async function planted(sql: string): Promise<readonly string[]> {
  const book = await danaBook();
  await book.ok('create-customer', { name: 'Dana H.', evenIfSimilar: true });
  await book.ok('create-job', { customer: 'C-1', name: 'Roof' });
  await book.ok('create-job', { newCustomer: { name: 'Marta Ortiz' }, name: 'Deck' });
  const on = { job: 'J-1' };
  await book.ok('create-quote', { ...on, status: 'accepted', lines: [SHINGLES] });
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', percent: 30 } });
  await book.ok('create-invoice', { creditFor: 'INV-1001', amount: 100, billAgain: true });
  await book.ok('create-invoice', { ...on, draft: true, lines: BILL });
  await book.ok('schedule-appointment', { ...on, title: 'Measure', starts: '2026-03-20T09:00' });
  await book.ok('record-walk-and-talk', { ...on, title: 'Walk', consent: 'Dana agreed.', transcript: 'All.' });
  await book.ok('add-job-expense', {
    ...on,
    description: 'Shingles',
    amount: 9,
    category: 'materials',
    coversLine: 'Q-1/1',
  });
  await book.ok('attach-file', { expense: 'E-1', name: 'receipt.txt', content: 'U2lnbmVkLgo=' });
  await book.ok('merge-customers', { keep: 'C-1', duplicate: 'C-2' });
  expect(await faultsOf(book)).toEqual([]);
  await plant(book, sql);
  return (await faultsOf(book)).filter((fault) => !fault.includes('last saw it'));
}

const faultsOf = async (book: TypedBook) => inWords((await book.store.read(1, auditBooks)).faults);

test.each([
  ['jobs', 'J-1'],
  ['quotes', 'Q-1'],
  ['invoices', 'DRAFT-3'],
  ['appointments', 'A-1'],
  ['walk_and_talks', 'W-1'],
  ['files', 'F-1'],
])('of %s one that stands on a customer who was merged', async (table, record) => {
  const id = /\d+/.exec(record)?.[0];
  expect(await planted(`update ${table} set customer_id = 2 where id = ${id}`)).toContain(
    `${record}: its customer was merged with another record`,
  );
});

test.each([
  ['quotes', 'Q-1'],
  ['invoices', 'DRAFT-3'],
  ['appointments', 'A-1'],
  ['walk_and_talks', 'W-1'],
  ['files', 'F-1'],
])('of %s one that is on a job of another customer', async (table, record) => {
  const id = /\d+/.exec(record)?.[0];
  expect(await planted(`update ${table} set job_id = 2 where id = ${id}`)).toContain(
    `${record}: its job is of another customer`,
  );
});

test.each([
  ['update invoices set job_id = null where id = 2', 'INV-1002: its invoice is on another job'],
  ['update invoices set job_id = null where id = 1', 'INV-1001: its quote is on another job'],
  ['update files set job_id = null', 'F-1: its expense is on another job'],
  ['update expenses set job_id = 2', 'E-1: it covers a line of another job'],
  ['update invoices set customer_id = 3, job_id = null where id = 2', 'INV-1002: its invoice is of another customer'],
  ['update quotes set customer_id = 99', 'Q-1: its customer is not there'],
  ['update customers set merged_into = 99 where id = 2', 'C-2 was merged with C-99, who is not there'],
  ['update customers set merged_into = 2 where id = 1', 'C-1 was in the end merged with itself'],
])('%s', async (sql, fault) => {
  expect(await planted(sql)).toContain(fault);
});
