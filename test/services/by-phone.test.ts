// A customer is found by what stands on a missed call or in an e-mail's head, however it was written down.
import { expect, test } from 'vitest';
import { auditBooks } from '../../src/store/audit/audit.ts';
import { openBook } from '../support/answers.ts';

const people = async () => {
  const book = await openBook();
  await book.ok('create-customer', {
    name: 'Maria Lopez',
    phone: '(512) 555-0142',
    email: 'Maria@lopez-roofing.example',
  });
  await book.ok('create-customer', { name: 'Bob Fisher', phone: '+44 20 7946 0018', address: '555 Elm St' });
  await book.ok('create-job', { customer: 'C-1', name: 'Porch' });
  return book;
};

test.each([
  ['C-1', '555 0142'],
  ['C-1', '555-0142'],
  ['C-1', '5550142'],
  ['C-1', '0142'],
  ['C-1', '512.555.0142'],
  ['C-1', '+1 (512) 555-0142'],
  ['C-1', 'maria@lopez-roofing.example'],
  ['C-2', '020 7946 0018'],
  ['C-2', '+442079460018'],
  ['C-2', '0044 20 7946 0018'],
])('%s by %s', async (ref, said) => {
  const book = await people();
  expect((await book.ok('list-customers', { query: said })).customers.map((each) => each.ref)).toEqual([ref]);
  expect((await book.ok('get-customer', { customer: ` ${said}` })).customer.ref).toBe(ref);
  expect((await book.ok('search', { query: said })).results.map(({ id }) => id)).toEqual([ref]);
});

test('a number that is changed or cleared finds nobody any more, and no job is called by one', async () => {
  const book = await people();
  await book.callWithYes('update-customer', { customer: 'C-1', phone: '737 555 0176', email: null });
  expect((await book.ok('list-customers', { query: '555 0142' })).customers).toEqual([]);
  expect((await book.ok('list-customers', { query: '7375550176' })).count).toBe(1);
  expect((await book.ok('list-customers', { query: 'maria@lopez-roofing.example' })).customers).toEqual([]);
  expect((await book.ok('list-jobs', { query: '0176' })).jobs).toEqual([]);
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});
