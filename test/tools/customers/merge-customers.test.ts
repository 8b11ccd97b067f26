import { expect, test } from 'vitest';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { openBook } from '../../support/answers.ts';
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
  expect(asked).toContain('1 job, 2 quotes, 2 invoices, 1 file, 1 appointment moved along');
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
    '1 job, 2 quotes, 2 invoices, 1 file, 1 appointment moved along; C-2 Dana Hendersen leads to C-1 now.',
    'Q-2, Q-3, INV-1001 stay made out to Dana Hendersen, as sent.',
  ]);
  expectPlain(text, 600);
  const { customer } = await book.ok('get-customer', { customer: 'C-1' });
  expect(customer).toMatchObject({ jobCount: 2, quoteCount: 3, invoiceCount: 2, fileCount: 1, appointmentCount: 1 });
  expect((await book.ok('list-customers')).customers.map(({ ref }) => ref)).toEqual(['C-1']);
  expect((await book.ok('list-receivables')).customers).toMatchObject([{ ref: 'C-1', total: '5400.00' }]);
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});

/** Two records of one person, each with a number, an e-mail and an address of its own. */
async function twoOfSam() {
  const book = await openBook();
  const all = { evenIfSimilar: true };
  await book.ok('create-customer', {
    ...{ name: 'Sam Ortiz', phone: '512 555 0101', email: 'sam@home.example', address: '1 Oak St', notes: 'Dog.' },
  });
  await book.ok('create-customer', {
    ...{ name: 'S. Ortiz Builders', phone: '(512) 555-0142', email: 'Sam@Work.example', address: '22 Elm St', ...all },
  });
  await book.ok('create-job', { customer: 'C-2', name: 'Porch' });
  await book.ok('create-job', { customer: 'C-2', name: 'Shed', address: '3 Lake Rd' });
  return book;
}

test('what both have is kept beside, said, shown, and finds the one that was kept', async () => {
  const book = await twoOfSam();
  const { answer, text } = await book.both('merge-customers', { keep: 'C-1', duplicate: 'C-2' });
  const beside = 'Kept beside: (512) 555-0142, Sam@Work.example, 22 Elm St; C-1 is found by them too.';
  expect(answer.warnings).toContain(beside);
  expect(text).toContain(beside);
  const shown = await book.both('get-customer', { customer: 'C-1' });
  expect(shown.answer.customer).toMatchObject({
    ...{ phone: '512 555 0101', email: 'sam@home.example', address: '1 Oak St', notes: 'Dog.' },
    otherPhones: ['(512) 555-0142'],
    otherEmails: ['Sam@Work.example'],
    otherAddresses: ['22 Elm St'],
    formerNames: ['S. Ortiz Builders'],
  });
  expect(shown.text).toContain('1 Oak St, also (512) 555-0142, Sam@Work.example, 22 Elm St.');
  for (const said of ['512 555 0101', '+1 512 555 0142', '555-0142', 'sam@home.example', 'sam@work.example']) {
    expect((await book.ok('get-customer', { customer: said })).customer.ref, said).toBe('C-1');
    expect(
      (await book.ok('list-customers', { query: said })).customers.map(({ ref }) => ref),
      said,
    ).toEqual(['C-1']);
    expect(
      (await book.ok('search', { query: said })).results.map(({ id }) => id),
      said,
    ).toEqual(['C-1']);
  }
  for (const said of ['ortiz builders', '22 elm'])
    expect((await book.ok('get-customer', { customer: said })).customer.ref, said).toBe('C-1');
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});

test('the work of the other record is where it was', async () => {
  const book = await twoOfSam();
  await book.ok('merge-customers', { keep: 'C-1', duplicate: 'C-2' });
  const at = async (job: string) => (await book.ok('get-job', { job })).job.address;
  expect([await at('J-1'), await at('J-2')]).toEqual(['22 Elm St', '3 Lake Rd']);
});

test('whoever is added under a number, an e-mail or a name of either record is taken for them', async () => {
  const book = await twoOfSam();
  await book.ok('merge-customers', { keep: 'C-1', duplicate: 'C-2' });
  const alike = 'C-1 Sam Ortiz (formerly S. Ortiz Builders)';
  for (const added of [
    { name: 'Nobody', phone: '1-512-555-0142' },
    { name: 'Nobody', email: 'SAM@work.example' },
    { name: 'S Ortiz Builders' },
  ])
    expect(await book.error('create-customer', added), JSON.stringify(added)).toContain(alike);
  // The end of a number is not the number.
  expect((await book.ok('create-customer', { name: 'Nobody', phone: '555 0142' })).customer.ref).toBe('C-3');
});

test('a number kept beside is read anew once the country is known', async () => {
  const book = await openBook({ timeZone: 'UTC' });
  await book.ok('create-customer', { name: 'Aled Price', phone: '01632 960001' });
  await book.ok('create-customer', { name: 'Aled Pryce', phone: '020 7946 0018', evenIfSimilar: true });
  await book.ok('merge-customers', { keep: 'C-1', duplicate: 'C-2' });
  await book.ok('update-account', { country: 'GB' });
  expect(await book.error('create-customer', { name: 'Nobody', phone: '+44 20 7946 0018' })).toContain(
    'C-1 Aled Price',
  );
  expect((await book.ok('get-customer', { customer: '+44 20 7946 0018' })).customer.ref).toBe('C-1');
});

test('undo leaves nothing beside, and each is found by what is theirs again', async () => {
  const book = await twoOfSam();
  const before = [await book.ok('get-customer', { customer: 'C-1' }), await book.ok('get-job', { job: 'J-1' })];
  await book.ok('merge-customers', { keep: 'C-1', duplicate: 'C-2' });
  await book.ok('undo-change');
  expect(await book.ok('get-customer', { customer: 'C-1' })).toEqual(before[0]);
  expect((await book.ok('get-job', { job: 'J-1' })).job.address).toBe(null);
  for (const said of ['512 555 0142', 'sam@work.example', 'ortiz builders', '22 elm'])
    expect((await book.ok('get-customer', { customer: said })).customer.ref, said).toBe('C-2');
  expect(await book.error('create-customer', { name: 'Nobody', phone: '512 555 0142' })).toContain('C-2 S. Ortiz');
});

test('three records of one person: all of them lead to the last', async () => {
  const book = await twoOfSam();
  await book.ok('create-customer', {
    name: 'Samuel Ortiz',
    phone: '512.555.0142',
    email: 'so@club.example',
    evenIfSimilar: true,
  });
  await book.ok('merge-customers', { keep: 'C-2', duplicate: 'C-3' });
  await book.ok('merge-customers', { keep: 'C-1', duplicate: 'C-2' });
  const { customer } = await book.ok('get-customer', { customer: 'C-3' });
  expect(customer).toMatchObject({
    ref: 'C-1',
    otherPhones: ['(512) 555-0142'],
    otherEmails: ['Sam@Work.example', 'so@club.example'],
    formerNames: ['S. Ortiz Builders', 'Samuel Ortiz'],
  });
  expect((await book.ok('get-customer', { customer: 'so@club.example' })).customer.ref).toBe('C-1');
});

test('one record that moves is told as one', async () => {
  const book = await roofBook();
  await book.ok('create-customer', { name: 'Dana Hendersen', evenIfSimilar: true });
  await book.ok('create-job', { customer: 'C-2', name: 'Gutters' });
  expect((await book.ok('merge-customers', { keep: 'C-1', duplicate: 'C-2' })).warnings).toEqual([
    '1 job moved along; C-2 Dana Hendersen leads to C-1 now.',
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
  expect(error).toContain(
    'Q-4 Change order, Dana Henderson, draft would be of another customer than what belongs to it',
  );
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

test('two that became one are counted as one, wherever it is asked how many there are', async () => {
  const book = await openBook();
  for (const name of ['Dana Henderson', 'D. Henderson', 'Ned Ortiz']) await book.ok('create-customer', { name });
  await book.ok('merge-customers', { keep: 'C-1', duplicate: 'C-2' });
  expect((await book.ok('list-customers')).count).toBe(2);
  const { answer, text } = await book.both('get-account');
  expect(answer.account.records.customers).toBe(2);
  expect(text).toContain('2 customers');
});
