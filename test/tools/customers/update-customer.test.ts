import { expect, test } from 'vitest';
import type { CustomerSaid } from '../../../src/domain/customer.ts';
import { danaBook, roofBook } from '../../support/roof.ts';
import { expectHelpful, expectPlain } from '../../support/words.ts';

test('"Dana has a new number and is won"', async () => {
  const book = await danaBook();
  const { answer, text } = await book.both('update-customer', {
    customer: 'dana',
    phone: '(512) 555-0199',
    stage: 'won',
  });
  expect(answer.did).toBe('Changed C-1 Dana Henderson: phone from (512) 555-0143 to (512) 555-0199, stage');
  expect(answer.customer).toMatchObject({ phone: '(512) 555-0199', stage: 'won', email: 'dana@example.com' });
  expectPlain(text, 400);
});

/** What can be said of a customer, and how a change of it is told. */
const EVERYTHING = {
  name: ['Dana Whitfield', 'name'],
  phone: ['(512) 555-0177', 'phone'],
  email: ['whitfield@example.com', 'e-mail'],
  address: ['9 Elm Street, Austin', 'address'],
  notes: ['Side gate.', 'notes'],
  stage: ['won', 'stage'],
} satisfies Record<keyof CustomerSaid, [string, string]>;

test.each(Object.entries(EVERYTHING))(
  '%s can be said of a new one and of an old one, and is told',
  async (field, [value, told]) => {
    const book = await danaBook();
    const added = await book.ok('create-customer', { name: 'Marta Ortiz', [field]: value });
    expect(added.customer).toMatchObject({ [field]: value });
    const { did, customer } = await book.ok('update-customer', { customer: 'C-1', [field]: value });
    expect(customer).toMatchObject({ [field]: value });
    expect(did).toMatch(new RegExp(`^Changed C-1 .*: ${told}`));
  },
);

test('null clears a field, and a renamed customer is found by both names on every record', async () => {
  const book = await roofBook();
  const { customer } = await book.ok('update-customer', {
    customer: 'C-1',
    name: 'Dana Whitfield',
    phone: null,
    email: null,
    address: null,
    notes: 'Married.',
  });
  expect(customer).toMatchObject({
    name: 'Dana Whitfield',
    phone: null,
    email: null,
    address: null,
    notes: 'Married.',
  });
  expect((await book.ok('get-job', { job: 'the whitfield roof' })).job.customer.name).toBe('Dana Whitfield');
  expect((await book.ok('list-quotes', { query: 'whitfield' })).count).toBe(1);
  expect((await book.ok('get-job', { job: 'the henderson roof' })).job.customer.name).toBe('Dana Whitfield');
  expect((await book.ok('list-quotes', { query: 'henderson' })).count).toBe(1);
  const { answer, text } = await book.both('get-customer', { customer: 'dana henderson' });
  expect(answer.customer).toMatchObject({ name: 'Dana Whitfield', formerNames: ['Dana Henderson'] });
  expect(text).toContain('C-1 Dana Whitfield (formerly Dana Henderson)');
  // Whoever is called so now is meant by the full name, and both are named where it could be either.
  await book.ok('create-customer', { name: 'Bob Henderson' });
  expect(await book.error('get-customer', { customer: 'henderson' })).toContain(
    '- C-2 Bob Henderson, lead\n- C-1 Dana Whitfield (formerly Dana Henderson)',
  );
  expect((await book.ok('get-customer', { customer: 'bob henderson' })).customer.ref).toBe('C-2');
});

test('a rename that is undone leaves no former name', async () => {
  const book = await danaBook();
  const { change } = await book.ok('update-customer', { customer: 'C-1', name: 'Dana Whitfield' });
  await book.ok('undo-change', { change });
  expect((await book.ok('get-customer', { customer: 'C-1' })).customer).not.toHaveProperty('formerNames');
  expect(await book.error('get-customer', { customer: 'whitfield' })).toContain('no customer matches "whitfield"');
});

test('the phone is compared under its new number from then on', async () => {
  const book = await danaBook();
  await book.ok('update-customer', { customer: 'C-1', phone: '512-555-0777' });
  expect(await book.error('create-customer', { name: 'Somebody Else', phone: '(512) 555-0777' })).toContain(
    'C-1 Dana Henderson',
  );
  expect((await book.ok('create-customer', { name: 'Another One', phone: '(512) 555-0143' })).customer.ref).toBe('C-2');
});

test('"she is not at that number any more": what a merge kept beside is corrected too', async () => {
  const book = await danaBook();
  const other = { phone: '(512) 555-0199', email: 'd@work.example', address: '9 Elm St' };
  await book.ok('create-customer', { name: 'Dana Hendersen', evenIfSimilar: true, ...other });
  await book.ok('merge-customers', { keep: 'C-1', duplicate: 'C-2' });
  const { answer, text } = await book.both('update-customer', {
    ...{ customer: 'C-1', otherPhones: [], otherEmails: ['dh@club.example', 'd@work.example'], otherAddresses: [] },
  });
  expect(answer.did).toBe(
    'Changed C-1 Dana Henderson: other phones from (512) 555-0199 to none, other e-mails from d@work.example to dh@club.example, d@work.example, other addresses from 9 Elm St to none',
  );
  expect(text).toContain('also dh@club.example, d@work.example');
  expect(answer.customer).toMatchObject({ otherEmails: ['dh@club.example', 'd@work.example'] });
  expect(answer.customer).not.toHaveProperty('otherPhones');
  expect((await book.ok('list-customers', { query: '555 0199' })).count).toBe(0);
  expect((await book.ok('get-customer', { customer: 'dh@club.example' })).customer.ref).toBe('C-1');
});

test('"call her on the other number first": the two change places', async () => {
  const book = await danaBook();
  await book.ok('create-customer', { name: 'Dana Hendersen', phone: '(512) 555-0199', evenIfSimilar: true });
  await book.ok('merge-customers', { keep: 'C-1', duplicate: 'C-2' });
  const { customer } = await book.ok('update-customer', { customer: 'C-1', phone: '512 555 0199' });
  expect(customer).toMatchObject({ phone: '512 555 0199', otherPhones: ['(512) 555-0143'] });
  const cleared = await book.ok('update-customer', { customer: 'C-1', otherPhones: [] });
  expect(cleared.customer).not.toHaveProperty('otherPhones');
});

test('what is so already is not written', async () => {
  const book = await danaBook();
  const { answer, text } = await book.both('update-customer', {
    customer: 'C-1',
    name: 'Dana Henderson',
    stage: 'lead',
  });
  expect(answer).toMatchObject({ did: 'C-1 Dana Henderson is so already', change: null });
  expect(text).toContain('Nothing was written.');
});

test.each([
  [{ customer: 'C-9', name: 'X' }, /^customer: no customer matches "C-9".*list-customers/],
  [{ customer: 'C-1', stage: 'sold' }, /^stage: "sold" is not a stage of the Roofing pipeline/],
  [{ customer: 'C-1', name: ['Dana', 'Henderson'] }, /^name: must be text, not/],
  [{ customer: 'C-1', stage: 3 }, /^stage: must be text/],
  [{ customer: 'C-1', email: 'nope' }, /^email: "nope" is not an e-mail address/],
])('%o is refused', async (args, words) => {
  const book = await danaBook();
  const error = await book.error('update-customer', args);
  expectHelpful(error);
  expect(error).toMatch(words);
});

test('two customers who fit the words are both named', async () => {
  const book = await danaBook();
  await book.ok('create-customer', { name: 'Peter Henderson', evenIfSimilar: true });
  const error = await book.error('update-customer', { customer: 'henderson', stage: 'won' });
  expect(error).toContain('- C-2 Peter Henderson, lead');
  expect(error).toContain('- C-1 Dana Henderson, 418 Pecan Hollow Ln, Austin, lead');
});

test('"the customer is a company now": what was sent goes on naming whom it was made out to', async () => {
  const book = await roofBook();
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', percent: 30 } });
  const { did, warnings } = await book.ok('update-customer', { customer: 'C-1', name: 'Henderson Homes LLC' });
  expect(did).toContain('Changed C-1 Henderson Homes LLC');
  expect(warnings).toEqual(['Q-1, INV-1001 stay made out to Dana Henderson, as sent.']);
  expect(await book.text('get-document', { document: 'INV-1001' })).toContain('Dana Henderson');
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', rest: true } });
  expect(await book.text('get-document', { document: 'INV-1002' })).toContain('Henderson Homes LLC');
  // Its name is changed once more: nothing that went out is touched again.
  const again = await book.ok('update-customer', { customer: 'C-1', name: 'Henderson Homes Inc' });
  expect(again.warnings).toEqual(['INV-1002 stays made out to Henderson Homes LLC, as sent.']);
});

test('undoing a new name tells of the customer, not of documents that name them as before', async () => {
  const book = await roofBook();
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', percent: 30 } });
  await book.ok('update-customer', { customer: 'C-1', name: 'Henderson Homes LLC' });
  const { answer, text } = await book.both('undo-change', {});
  expect(answer.now.records.map(({ ref }) => ref)).toEqual(['C-1']);
  expect(answer.now.records[0]?.fields).toContainEqual({ field: 'name', now: 'Dana Henderson' });
  expect(text).not.toContain('made out to');
  expect(await book.text('get-document', { document: 'INV-1001' })).toContain('Dana Henderson');
});
