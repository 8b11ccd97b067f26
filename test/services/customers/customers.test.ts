// Who is likely the same customer, and who is not.
import { describe, expect, test } from 'vitest';
import { openBook } from '../../support/answers.ts';

const DANA = {
  name: 'Dana Henderson',
  phone: '(512) 555-0143',
  email: 'dana@example.com',
  address: '418 Pecan Hollow Ln',
};

describe('likely the same', () => {
  test.each([
    ['the phone with dots', { name: 'Roof Lady', phone: '512.555.0143' }],
    ['the phone as digits', { name: 'Roof Lady', phone: '5125550143' }],
    ['the phone with a country code', { name: 'Roof Lady', phone: '+1 512 555 0143' }],
    ['the phone with a 1 in front', { name: 'Roof Lady', phone: '1-512-555-0143' }],
    ['the e-mail in capitals', { name: 'Roof Lady', email: 'DANA@Example.COM' }],
    ['the same name', { name: 'Dana Henderson' }],
    ['the name in capitals', { name: 'DANA HENDERSON' }],
    ['the name turned round', { name: 'Henderson, Dana' }],
    ['a typing error', { name: 'Dana Hendersen' }],
    ['two typing errors', { name: 'Dane Hendersen' }],
    ['an accent', { name: 'Dána Hénderson' }],
    ['a possessive', { name: "Dana Henderson's" }],
  ])('%s', async (_, other) => {
    const book = await openBook();
    await book.ok('create-customer', DANA);
    expect(await book.error('create-customer', other)).toContain(
      '- C-1 Dana Henderson ((512) 555-0143, dana@example.com, 418 Pecan Hollow Ln)',
    );
    expect((await book.ok('list-customers')).count).toBe(1);
    expect((await book.ok('create-customer', { ...other, evenIfSimilar: true })).customer.ref).toBe('C-2');
  });
});

describe('somebody else', () => {
  test.each([
    ['another phone', { name: 'Roof Lady', phone: '(512) 555-0144' }],
    ['the same number with an extension', { name: 'Roof Lady', phone: '(512) 555-0143 ext. 7' }],
    ['the same number in another country', { name: 'Roof Lady', phone: '+44 512 555 0143' }],
    ['another e-mail', { name: 'Roof Lady', email: 'dana2@example.com' }],
    ['the same first name', { name: 'Dana' }],
    ['the same family', { name: 'Peter Henderson' }],
    ['the same address', { name: 'Roof Lady', address: '418 Pecan Hollow Ln' }],
    ['one word more', { name: 'Dana Henderson Roofing' }],
    ['a short name close to another', { name: 'Dan' }],
  ])('%s', async (_, other) => {
    const book = await openBook();
    await book.ok('create-customer', DANA);
    expect((await book.ok('create-customer', other)).customer.ref).toBe('C-2');
  });
});

test('several that are alike are all named, and the first is offered', async () => {
  const book = await openBook();
  await book.ok('create-customer', DANA);
  await book.ok('create-customer', { name: 'Marcus Oyelaran', phone: '737 555 0118' });
  const error = await book.error('create-customer', { name: 'Dana Henderson', phone: '(737) 555-0118' });
  expect(error).toContain('- C-1 Dana Henderson');
  expect(error).toContain('- C-2 Marcus Oyelaran (737 555 0118)');
});

test("a sample is never taken for a customer of one's own", async () => {
  const book = await openBook({ samples: true });
  const sample = (await book.ok('get-customer', { customer: 'Dana Henderson' })).customer;
  expect(sample.sample).toBe(true);
  const { name, phone, email } = sample;
  expect((await book.ok('create-customer', { name, phone, email })).customer).toMatchObject({ ref: 'C-1', name });
});

test('a different stage of another trade stays where it was, and can be set to one of the new', async () => {
  const book = await openBook();
  await book.ok('create-customer', { ...DANA, stage: 'inspection' });
  await book.ok('update-account', { template: 'plumbing' });
  expect((await book.ok('get-customer', { customer: 'C-1' })).customer.stage).toBe('inspection');
  expect(await book.error('list-customers', { stage: 'inspection' })).toContain('not a stage of the Plumbing pipeline');
  expect((await book.ok('update-customer', { customer: 'C-1', stage: 'diagnosed' })).customer.stage).toBe('diagnosed');
});
