import { expect, test } from 'vitest';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { roofBook, SHINGLES } from '../../support/roof.ts';
import { expectHelpful, expectPlain } from '../../support/words.ts';

/** C-1 Dana with the roof, and C-2, who is Dana again: a job with a bill, a quote sent, a draft, a visit and a photo. */
async function twice() {
  const book = await roofBook();
  await book.ok('update-customer', { customer: 'C-1', phone: null });
  await book.ok('create-customer', {
    name: 'Dana Hendersen',
    phone: '(512) 555-0199',
    notes: 'Dog.',
    evenIfSimilar: true,
  });
  await book.ok('create-job', { customer: 'C-2', name: 'Gutters' });
  await book.ok('create-quote', { job: 'J-2', status: 'accepted', lines: [SHINGLES] });
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-2', percent: 50 } });
  await book.ok('create-quote', { customer: 'C-2', status: 'sent', lines: [SHINGLES] });
  await book.ok('create-invoice', {
    customer: 'C-2',
    draft: true,
    lines: [{ description: 'Rest', quantity: 1, unitPrice: 9 }],
  });
  await book.ok('schedule-appointment', { job: 'J-2', title: 'Measure', starts: '2026-03-12T09:00' });
  const content = Buffer.from('Keys are with the neighbor.').toString('base64');
  await book.ok('attach-file', { customer: 'C-2', content, name: 'note.txt' });
  return book;
}

test('"these two are the same person": one record, with everything that stood on either', async () => {
  const book = await twice();
  const { content } = await book.call('merge-customers', { keep: 'C-1', duplicate: 'C-2' });
  const asked = content[0]?.text ?? '';
  expect(asked).toMatch(/^Not done yet/);
  expect(asked).toContain('Merged C-2 Dana Hendersen into C-1 Dana Henderson');
  expect(asked).toContain('1 job, 2 quotes, 2 invoices, 1 file, 1 appointment move along');
  const { answer, text } = await book.both('merge-customers', { keep: 'C-1', duplicate: 'C-2' });
  expect(answer.did).toBe('Merged C-2 Dana Hendersen into C-1 Dana Henderson');
  expect(answer.customer).toMatchObject({
    ref: 'C-1',
    phone: '(512) 555-0199',
    email: 'dana@example.com',
    notes: 'Dog.',
    formerNames: ['Dana Hendersen'],
  });
  expect(answer.warnings).toEqual([
    '1 job, 2 quotes, 2 invoices, 1 file, 1 appointment move along; C-2 Dana Hendersen leads to C-1 from then on.',
    'Q-2, Q-3, INV-1001 stay made out to Dana Hendersen, as sent.',
  ]);
  expectPlain(text, 600);
  const { customer } = await book.ok('get-customer', { customer: 'C-1' });
  expect(customer).toMatchObject({ jobCount: 2, quoteCount: 3, invoiceCount: 2, fileCount: 1, appointmentCount: 1 });
  expect((await book.ok('list-customers')).customers.map(({ ref }) => ref)).toEqual(['C-1']);
  expect((await book.ok('list-receivables')).customers).toMatchObject([{ ref: 'C-1', total: '5400.00' }]);
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});

test('one record that moves is told as one', async () => {
  const book = await roofBook();
  await book.ok('create-customer', { name: 'Dana Hendersen', evenIfSimilar: true });
  await book.ok('create-job', { customer: 'C-2', name: 'Gutters' });
  expect((await book.ok('merge-customers', { keep: 'C-1', duplicate: 'C-2' })).warnings).toEqual([
    '1 job moves along; C-2 Dana Hendersen leads to C-1 from then on.',
  ]);
});

test('the old number and the old name lead to the one that was kept', async () => {
  const book = await twice();
  await book.ok('merge-customers', { keep: 'C-1', duplicate: 'C-2' });
  expect((await book.ok('get-customer', { customer: 'C-2' })).customer.ref).toBe('C-1');
  expect((await book.ok('get-customer', { customer: 'dana' })).customer.ref).toBe('C-1');
  expect((await book.ok('create-job', { customer: 'Dana Hendersen', name: 'Shed' })).job.customer.ref).toBe('C-1');
  expect((await book.ok('fetch', { id: 'C-2' })).title).toContain('C-1 Dana Henderson');
  const { results } = await book.ok('search', { query: 'Dana Hendersen' });
  expect(results.filter(({ id }) => id.startsWith('C-')).map(({ id }) => id)).toEqual(['C-1']);
  // Nobody is warned of a likeness to a record that is no other.
  const { content } = await book.call('create-customer', { name: 'Dan Hendersin' });
  expect(content[0]?.text).not.toContain('C-2');
});

test('what was sent names whom it was made out to; what goes out now has the present name', async () => {
  const book = await twice();
  await book.ok('merge-customers', { keep: 'C-1', duplicate: 'C-2' });
  const sees = async (document: string) => await book.text('get-document', { document });
  expect(await sees('INV-1001')).toContain('Dana Hendersen');
  expect(await sees('Q-3')).toContain('Dana Hendersen');
  await book.ok('update-invoice', { invoice: 'DRAFT-2', status: 'issued' });
  expect(await sees('INV-1002')).toContain('Dana Henderson');
  expect((await book.ok('get-invoice', { invoice: 'INV-1001' })).invoice).toMatchObject({
    customer: { ref: 'C-1', name: 'Dana Henderson' },
    madeOutTo: 'Dana Hendersen',
  });
  // A credit note keeps the name of its invoice.
  await book.ok('create-invoice', { creditFor: 'INV-1001', amount: 100, billAgain: false });
  expect(await sees('INV-1003')).toContain('Dana Hendersen');
});

test('a merge is undone as long as nothing came after it, and then names what did', async () => {
  const book = await twice();
  const before = await book.ok('get-customer', { customer: 'C-2' });
  const { change } = await book.ok('merge-customers', { keep: 'C-1', duplicate: 'C-2' });
  await book.ok('undo-change', { change });
  expect((await book.ok('get-customer', { customer: 'C-2' })).customer).toMatchObject({ ref: 'C-2', jobCount: 1 });
  const visit = { ...before.customer.appointments[0], revision: 2 };
  expect(await book.ok('get-customer', { customer: 'C-2' })).toEqual({
    ...before,
    customer: { ...before.customer, appointments: [visit] },
  });
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
  const again = await book.ok('merge-customers', { keep: 'C-1', duplicate: 'C-2' });
  await book.ok('create-quote', { job: 'J-2', kind: 'change_order', lines: [SHINGLES] });
  const error = await book.error('undo-change', { change: again.change });
  expect(error).toContain('something on J-2 would be of another customer than the job');
  expect(error).toContain('Wrote change order Q-4');
});

test.each([
  [{ keep: 'C-1', duplicate: 'C-1' }, /^duplicate: C-1 Dana Henderson is that very record/],
  [{ keep: 'C-1', duplicate: 'C-9' }, /^duplicate: no customer matches "C-9"/],
])('%j is refused', async (args, words) => {
  const book = await twice();
  const error = await book.error('merge-customers', args);
  expectHelpful(error);
  expect(error).toMatch(words);
});

test('who was merged is merged no second time', async () => {
  const book = await twice();
  await book.ok('merge-customers', { keep: 'C-1', duplicate: 'C-2' });
  expect(await book.error('merge-customers', { keep: 'C-1', duplicate: 'C-2' })).toContain(
    'C-1 Dana Henderson is that',
  );
});
