import { expect, test } from 'vitest';
import { openBook } from '../../support/answers.ts';
import { createCustomer } from '../../../src/services/customers/customers.ts';
import { roofBook } from '../../support/roof.ts';
import { expectPlain } from '../../support/words.ts';

test('"whose books are these?"', async () => {
  const book = await roofBook();
  const { answer, text } = await book.both('get-account');
  expect(answer.account).toMatchObject({
    name: 'My business',
    template: 'roofing',
    currency: 'USD',
    timeZone: 'America/Chicago',
    today: '2026-03-10',
    plan: 'Business',
    paymentTermsDays: 30,
    stages: ['lead', 'inspection', 'estimate_sent', 'won', 'scheduled', 'completed', 'lost'],
    records: { customers: 1, jobs: 1, quotes: 1, invoices: 0, expenses: 0 },
    samples: { customers: 0, jobs: 0, quotes: 0, invoices: 0, expenses: 0 },
  });
  expect(answer.account.usualLines[0]).toEqual({
    description: 'Tear-off and disposal, one layer',
    unit: 'square',
    category: 'labor',
  });
  expectPlain(text, 1200);
  expect(text).toContain('On the books: 1 customer, 1 job, 1 quote, 0 invoices, 0 expenses.');
  expect(text).not.toContain('Samples');
});

test('the name of the business stands apart from its address', async () => {
  const book = await openBook();
  await book.ok('update-account', { name: 'Ridge Roofing LLC', address: '1 Hill Rd' });
  expect(await book.text('get-account')).toContain('Business: Ridge Roofing LLC, 1 Hill Rd\n');
});

test('samples are counted apart, with how to take them out', async () => {
  const book = await openBook({ samples: true });
  const { answer, text } = await book.both('get-account');
  expect(answer.account.records).toEqual({
    ...{ customers: 0, jobs: 0, quotes: 0, invoices: 0, expenses: 0 },
    ...{ appointments: 0, walkAndTalks: 0, files: 0 },
  });
  expect(answer.account.samples.jobs).toBeGreaterThan(3);
  expect(text).toMatch(
    /Samples beside them: \d+ customers, .* update-account with removeSamples: true takes them out\./,
  );
});

test('on sales-pipeline neither jobs nor expenses are spoken of', async () => {
  const book = await openBook({ template: 'sales-pipeline', samples: true });
  expect(await book.text('get-account')).not.toMatch(/jobs?\b|expenses?/);
});

test("today is today in the business's zone", async () => {
  const auckland = await openBook({ timeZone: 'Pacific/Auckland', now: '2026-03-10T17:00:00.000Z' });
  expect((await auckland.ok('get-account')).account.today).toBe('2026-03-11');
});

test('it takes no arguments', async () => {
  const book = await openBook();
  expect(await book.error('get-account', { verbose: true })).toBe('unknown argument "verbose". It takes none.');
});

test('records are counted as far as it matters, so that a long book answers as soon as a short one', async () => {
  const book = await openBook();
  await book.store.write(
    1,
    { actor: 'sam', client: 'test', tool: 'test' },
    async (scope) => {
      for (let each = 1; each <= 1001; each += 1)
        await createCustomer(scope, { name: `Customer number ${each}`, evenIfSimilar: true });
    },
    () => 'a long street',
  );
  const { account } = await book.ok('get-account', {});
  expect([account.records.customers, account.countedTo]).toEqual([1000, 1000]);
  expect(await book.text('get-account', {})).toContain('1000 customers or more');
});
