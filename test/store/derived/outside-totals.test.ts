// What invoices on no job come to is kept beside the totals of jobs: a list of jobs reads one row, however many there are.
import { expect, test } from 'vitest';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { danaBook } from '../../support/roof.ts';
import { behind } from '../../support/store.ts';

const bill = (unitPrice: number, taxRatePercent = 0) => [
  { description: 'Call', quantity: 1, unitPrice, taxRatePercent },
];

test('it follows what is issued, drafted, credited, void, filed and taken out, and undone', async () => {
  const book = await danaBook();
  await book.ok('create-job', { customer: 'C-1', name: 'Roof' });
  const outside = async () => (await book.ok('list-jobs')).totals?.outsideJobs;
  expect(await outside()).toBeUndefined();
  await book.ok('create-invoice', { customer: 'C-1', lines: bill(100, 10) });
  await book.ok('create-invoice', { customer: 'C-1', lines: bill(40), draft: true });
  const both = { invoices: 1, billed: '100.00', taxBilled: '10.00', notBilledYet: '40.00' };
  expect(await outside()).toEqual(both);
  await book.ok('file-under-job', { job: 'J-1', records: ['INV-1001', 'DRAFT-2'] });
  expect(await outside()).toBeUndefined();
  await book.ok('undo-change');
  expect(await outside()).toEqual(both);
  await book.ok('create-invoice', { creditFor: 'INV-1001', amount: 30 });
  expect(await outside()).toEqual({ invoices: 2, billed: '70.00', taxBilled: '7.00', notBilledYet: '40.00' });
  await book.ok('update-invoice', { invoice: 'DRAFT-2', status: 'issued' });
  await book.ok('update-invoice', { invoice: 'INV-1003', status: 'void', voidReason: 'twice' });
  expect(await outside()).toEqual({ invoices: 2, billed: '70.00', taxBilled: '7.00', notBilledYet: '0.00' });
  expect((await book.ok('list-jobs', { customer: 'C-1' })).totals?.outsideJobs).toEqual(await outside());
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
  await behind(book, async (raw) => await raw.run('update outside_totals set billed = billed + 1'));
  expect((await book.store.read(1, auditBooks)).faults).toEqual([
    "the account's totals of what is on no job are not the sum of its invoices",
  ]);
});
