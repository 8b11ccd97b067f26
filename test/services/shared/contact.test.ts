// The country that the business is in: guessed from its time zone until somebody says it, and what it is for.
import { expect, test } from 'vitest';
import { countryOf, isCountry } from '../../../src/services/shared/contact.ts';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { openBook } from '../../support/answers.ts';

test.each([
  ['America/Chicago', 'US'],
  ['US/Central', 'US'],
  ['America/Toronto', 'CA'],
  ['Europe/London', 'GB'],
  ['Europe/Berlin', 'DE'],
  ['Europe/Oslo', 'NO'],
  ['Asia/Calcutta', 'IN'],
  ['Europe/Kiev', 'UA'],
  ['UTC', null],
])('of %s is %s', (timeZone, country) => {
  expect(countryOf({ timeZone, country: null })).toBe(country);
  expect(countryOf({ timeZone, country: 'MX' })).toBe('MX');
});

test('every zone that a machine may be in has one, but for those of none', () => {
  const zones = Intl.supportedValuesOf('timeZone');
  expect(zones.length).toBeGreaterThan(400);
  expect(zones.filter((timeZone) => countryOf({ timeZone, country: null }) === null)).toEqual([]);
  for (const timeZone of zones) expect(isCountry(countryOf({ timeZone, country: null }) ?? ''), timeZone).toBe(true);
  for (const code of ['UK', 'EU', 'XX', 'us', '']) expect(isCountry(code), code).toBe(false);
});

test('get-account says it, and asks while it is a guess', async () => {
  const book = await openBook();
  const guessed = await book.both('get-account');
  expect(guessed.answer.account).toMatchObject({ country: 'US', countryGuessed: true });
  expect(guessed.text).toContain(
    'Country United States (US), guessed from the time zone. Ask once which it is: the owner keeps it by update-account country',
  );
  const { did } = await book.ok('update-account', { country: 'ca' });
  expect(did).toContain('country from none to CA');
  const said = await book.both('get-account');
  expect(said.answer.account).toMatchObject({ country: 'CA', countryGuessed: false });
  expect(said.text).toContain('Country Canada (CA).\n');
  await book.ok('update-account', { timeZone: 'Europe/Berlin' });
  expect((await book.ok('get-account')).account.country).toBe('CA');
  await book.ok('update-account', { country: null });
  expect((await book.ok('get-account')).account).toMatchObject({ country: 'DE', countryGuessed: true });
  expect(await book.error('update-account', { country: 'UK' })).toContain(
    'country: "UK" is not a country code. Use two letters of ISO 3166, like US, CA or GB.',
  );
  const nowhere = await openBook({ timeZone: 'UTC' });
  const unknown = await nowhere.both('get-account');
  expect(unknown.answer.account).toMatchObject({ country: null, countryGuessed: false });
  expect(unknown.text).toContain('Country not known. Ask once');
});

test('a phone without a country code is read in it', async () => {
  const london = await openBook({ timeZone: 'Europe/London', currency: 'EUR' });
  await london.ok('create-customer', { name: 'Aled Price', phone: '020 7946 0018' });
  expect(await london.error('create-customer', { name: 'Somebody', phone: '+44 20 7946 0018' })).toContain(
    'C-1 Aled Price',
  );
  const nowhere = await openBook({ timeZone: 'UTC', currency: 'EUR' });
  await nowhere.ok('create-customer', { name: 'Anna Weiss', phone: '030 1234567' });
  expect(await nowhere.error('create-customer', { name: 'Somebody', phone: '030/123 45 67' })).toContain(
    'C-1 Anna Weiss',
  );
});

test('numbers are read anew where the country is another, and as they were where that is undone', async () => {
  const book = await openBook({ timeZone: 'UTC', currency: 'EUR' });
  await book.ok('create-customer', { name: 'Anna Weiss', phone: '030 1234567' });
  await book.ok('create-customer', { name: 'Aled Price', phone: '+44 20 7946 0018' });
  const anna = { name: 'Somebody', phone: '+49 30 1234567' };
  await book.ok('create-customer', { ...anna, phone: '+49 30 7654321' });
  const { change } = await book.ok('update-account', { country: 'DE' });
  expect(await book.error('create-customer', anna)).toContain('C-1 Anna Weiss');
  expect((await book.ok('list-customers', { query: '+49 30 1234567' })).customers.map(({ ref }) => ref)).toEqual([
    'C-1',
  ]);
  if (change === null) throw new Error('nothing was changed');
  await book.callWithYes('undo-change', { change });
  expect((await book.ok('get-account')).account).toMatchObject({ country: null });
  const { faults } = await book.store.read(1, async (scope) => await auditBooks(scope));
  expect(faults).toEqual([]);
  expect((await book.ok('create-customer', { ...anna, name: 'Nobody Else' })).customer.ref).toBe('C-4');
});

test('numbers that an earlier version read by the currency are found all the same', async () => {
  const book = await openBook({ timeZone: 'Europe/Berlin', currency: 'GBP' });
  await book.ok('update-account', { country: 'GB' });
  await book.ok('create-customer', { name: 'Aled Price', phone: '020 7946 0018' });
  await book.store.write(
    1,
    { actor: 'test', client: 'test', tool: 'test' },
    async ({ journal }) => await journal.update('accounts', {}, { country: null }),
    () => 'as before',
  );
  expect(await book.error('create-customer', { name: 'Somebody', phone: '020 7946 0018' })).toContain('C-1 Aled Price');
  // And are read by the country from then on that it is said, though it was guessed right.
  await book.ok('update-account', { country: 'DE' });
  expect(await book.error('create-customer', { name: 'Somebody', phone: '+49 2079460018' })).toContain(
    'C-1 Aled Price',
  );
});

test('what an undo brings back is read in the country of now', async () => {
  const book = await openBook({ timeZone: 'Europe/Berlin', currency: 'EUR' });
  const change = async (called: Promise<{ change: number | null }>) => (await called).change ?? 0;
  const added = await change(book.ok('create-customer', { name: 'Bob Ray', phone: '030 7654321' }));
  const undone = await change(book.ok('undo-change', { change: added }));
  await book.ok('update-account', { country: 'GB' });
  await book.ok('undo-change', { change: undone });
  expect(await book.error('create-customer', { name: 'Zoe Ash', phone: '030 7654321' })).toContain('C-1 Bob Ray');
});

test('a customer who came meanwhile is read anew where the country goes back', async () => {
  const book = await openBook({ timeZone: 'Europe/Berlin', currency: 'EUR' });
  const { change } = await book.ok('update-account', { country: 'GB' });
  await book.ok('create-customer', { name: 'Bob Ray', phone: '030 7654321' });
  await book.callWithYes('undo-change', { change: change ?? 0 });
  expect(await book.error('create-customer', { name: 'Zoe Ash', phone: '+49 30 7654321' })).toContain('C-1 Bob Ray');
});
