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
  await book.ok('create-customer', { name: 'Ada Wells', phone: '737 555 0177 x4, or 737 555 0178' });
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
  ['C-1', '512/555-0142'],
  ['C-1', 'the one with 555 0142'],
  ['C-1', 'Maria, (512) 555-0142, please'],
  ['C-1', 'cell: 555 0142'],
  ['C-1', '1 512 555 0142'],
  ['C-1', '555-0142 ext. 3'],
  ['C-1', 'maria@lopez-roofing.example'],
  ['C-1', 'MARIA@Lopez-Roofing.example '],
  ['C-1', 'Maria L. <maria@lopez-roofing.example>'],
  ['C-1', 'mailto:maria@lopez-roofing.example'],
  ['C-2', '+44 (0)20 7946 0018'],
  ['C-3', '555 0177'],
  ['C-3', '737-555-0178'],
  ['C-2', '020 7946 0018'],
  ['C-2', '+442079460018'],
  ['C-2', '0044 20 7946 0018'],
])('%s by %s', async (ref, said) => {
  const book = await people();
  expect((await book.ok('list-customers', { query: said })).customers.map((each) => each.ref)).toEqual([ref]);
  expect((await book.ok('get-customer', { customer: ` ${said}` })).customer.ref).toBe(ref);
  expect((await book.ok('search', { query: said })).results.map(({ id }) => id)).toEqual([ref]);
});

test.each(['5125550142', '(512) 555-0142', '5550142', ' 15125550142', 5_125_550_142])(
  'a write finds whose number %j is, as well as a read',
  async (said) => {
    const book = await people();
    const { customer } = await book.ok('update-customer', { customer: said, notes: 'Called back.' });
    expect(customer.ref).toBe('C-1');
    const lines = [{ description: 'Work', quantity: 1, unitPrice: 100 }];
    expect((await book.ok('create-job', { customer: said, name: 'Fence' })).job.customer.ref).toBe('C-1');
    expect((await book.ok('create-quote', { customer: said, lines })).quote.customer.ref).toBe('C-1');
    expect((await book.ok('create-invoice', { customer: said, lines })).invoice.customer.ref).toBe('C-1');
    const visit = { customer: said, title: 'Look', starts: '2026-03-12T09:00' };
    expect((await book.ok('schedule-appointment', visit)).appointment.customer.ref).toBe('C-1');
  },
);

test('a short number names a record and nobody’s phone, and a number that two have is asked about', async () => {
  const book = await people();
  expect(await book.error('update-customer', { customer: '0142', notes: 'A' })).toContain('no customer matches "0142"');
  await book.ok('create-customer', { name: 'Jo Lopez', phone: '512 555 0142', evenIfSimilar: true });
  const error = await book.error('update-customer', { customer: '5125550142', notes: 'A' });
  expect(error).toContain('could be any of these:');
  expect(error).toContain('C-1 Maria Lopez');
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

test('an e-mail is one word: somebody else of that name at the same provider is not meant', async () => {
  const book = await openBook();
  await book.ok('create-customer', { name: 'Bob Fisher', email: 'bfisher@mail.example' });
  await book.ok('create-customer', { name: 'Ann Lee', email: 'bob@mail.example' });
  expect((await book.ok('list-customers', { query: 'bob@mail.example' })).customers.map(({ ref }) => ref)).toEqual([
    'C-2',
  ]);
  const job = { name: 'Porch', description: 'Boards' };
  expect((await book.ok('create-job', { customer: 'bob@mail.example', ...job })).job.customer.ref).toBe('C-2');
  expect(await book.error('create-job', { customer: 'bo@mail.example', ...job })).toContain('no customer matches');
});
