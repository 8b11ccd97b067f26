import { expect, test } from 'vitest';
import { openBook } from '../../support/answers.ts';
import { danaBook, roofBook, roof } from '../../support/roof.ts';
import { expectHelpful, expectPlain } from '../../support/words.ts';
import { plant } from '../../support/store.ts';

test('"we are Becker Roofing, 9 Elm St, net 14"', async () => {
  const book = await openBook();
  const details = {
    name: 'Becker Roofing',
    address: '9 Elm St',
    phone: '(512) 555-0100',
    email: 'hi@becker.example',
    paymentTermsDays: 14,
  };
  const { answer, text } = await book.both('update-account', details);
  expect(answer.account).toMatchObject(details);
  expect(answer).toMatchObject({ change: 1, kept: [], hiddenJobs: 0 });
  expect(answer.did).toContain('name from My business to Becker Roofing');
  expectPlain(text, 1500);
  const { account } = await book.ok('update-account', { address: null, phone: null, email: null });
  expect(account).toMatchObject({ name: 'Becker Roofing', address: null, phone: null, email: null });
});

test('zone, currency and trade of an empty book', async () => {
  const book = await openBook();
  const { account } = await book.ok('update-account', {
    timeZone: 'Europe/London',
    currency: 'gbp',
    template: 'plumbing',
  });
  expect(account).toMatchObject({ timeZone: 'Europe/London', currency: 'GBP', template: 'plumbing' });
  expect(account.stages[1]).toBe('diagnosed');
});

test('what is so already is not written', async () => {
  const book = await openBook();
  const { answer, text } = await book.both('update-account', {
    currency: 'USD',
    template: 'roofing',
    timeZone: 'America/Chicago',
  });
  expect(answer).toMatchObject({ did: 'The account is so already', change: null });
  expect(text).toContain('Nothing was written.');
  expect((await book.ok('update-account', {})).change).toBeNull();
});

test('the currency is fixed once real money is on the books', async () => {
  const book = await danaBook();
  await book.ok('update-account', { currency: 'EUR' });
  await roof(book.ok).catch(() => undefined);
  await book.ok('create-invoice', {
    customer: 'C-1',
    lines: [{ description: 'Inspection', quantity: 1, unitPrice: 120 }],
  });
  const error = await book.error('update-account', { currency: 'USD', name: 'New name' });
  expectHelpful(error);
  expect(error).toMatch(/^currency: these books hold money in EUR already .*--data/);
  expect((await book.ok('get-account')).account).toMatchObject({ currency: 'EUR', name: 'My business' });
});

test.each([
  [{ template: 'bakery' }, /^template: "bakery" is not a template. Use one of: roofing, hvac, .*sales-pipeline/],
  [{ currency: 'dollars' }, /^currency: "dollars" is not a currency code. Use three letters of ISO 4217, like USD/],
  [{ currency: 'XYZ' }, /^currency: "XYZ" is not a currency code/],
  [{ timeZone: 'Chicago' }, /^timeZone: "Chicago" is not a time zone. Use an IANA name, like America\/Chicago/],
  [{ timeZone: '+02:00' }, /^timeZone: "\+02:00" is not a time zone/],
  [{ paymentTermsDays: 400 }, /^paymentTermsDays: is too large: at most 365/],
  [{ paymentTermsDays: 1.5 }, /^paymentTermsDays: must be/],
  [{ plan: 'team' }, /^unknown argument "plan"/],
  [{ removeSamples: 'no' }, /^removeSamples: /],
])('%o is refused', async (args, words) => {
  const book = await openBook();
  const error = await book.error('update-account', args);
  expectHelpful(error);
  expect(error).toMatch(words);
});

test('switching to sales-pipeline keeps the jobs but hides them, and says how many', async () => {
  const book = await roofBook();
  const { answer, text } = await book.both('update-account', { template: 'sales-pipeline' });
  expect(answer.hiddenJobs).toBe(1);
  expect(text).toContain('1 job stays on the books, not shown on this template.');
  expect(await book.error('get-job', { job: 'J-1' })).toContain('there are no jobs');
  await book.ok('update-account', { template: 'roofing' });
  expect((await book.ok('get-job', { job: 'J-1' })).job.profit?.costOfWork).toBe('6720.00');
});

test('the samples go in one call', async () => {
  const book = await openBook({ samples: true });
  const { answer, text } = await book.both('update-account', { removeSamples: true });
  expect(answer.did).toMatch(/^Account: \d+ sample records removed$/);
  expect(answer.account.samples).toEqual({
    ...{ customers: 0, jobs: 0, quotes: 0, invoices: 0, expenses: 0 },
    ...{ appointments: 0, walkAndTalks: 0, files: 0 },
  });
  expectPlain(text, 1500);
  expect((await book.ok('update-account', { removeSamples: true })).did).toBe('The account is so already');
});

test('an answer that an earlier version remembered, before there were countries, is sent again whole', async () => {
  const book = await openBook();
  const asked = { paymentTermsDays: 21, requestId: 'terms' };
  const { account, ...answer } = await book.ok('update-account', asked);
  const { country: _, countryGuessed: __, ...before } = account;
  await plant(book, 'update requests set answer = ?', JSON.stringify({ ...answer, account: before }));
  const again = await book.both('update-account', asked);
  expect(again.answer).toEqual({ ...answer, account: { ...before, country: null, countryGuessed: false } });
  expect(again.text).toContain('Country not known.');
});
