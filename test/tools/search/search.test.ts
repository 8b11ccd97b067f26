import { expect, test } from 'vitest';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { copyFirstJob } from '../../support/many-jobs.ts';
import { openBook } from '../../support/answers.ts';
import { roofBook, roof } from '../../support/roof.ts';

const ids = ({ results }: { results: readonly { id: string }[] }) => results.map(({ id }) => id);

test('finds records of every kind, whom the work is for first, with titles and addresses to cite', async () => {
  const book = await roofBook();
  await book.ok('add-job-expense', { job: 'J-1', description: 'Permit', amount: 612.4, category: 'permit' });
  const { results } = await book.ok('search', { query: 'henderson' });
  expect(results.map(({ id }) => id.split('-')[0])).toEqual(['C', 'J', 'Q', 'E']);
  expect(results[1]).toEqual({
    id: 'J-1',
    title: 'J-1 Roof replacement, Dana Henderson, open',
    status: 'open',
    url: 'jobwright://jobs/J-1',
  });
});

test('answers as ChatGPT asks: one piece of text, which is the structured answer as JSON', async () => {
  const book = await roofBook();
  const { content, structuredContent } = await book.call('search', { query: 'roof' });
  expect(content).toHaveLength(1);
  expect(content[0]?.type).toBe('text');
  expect(JSON.parse(content[0]?.text ?? '')).toEqual(structuredContent);
});

test('a number finds that record alone, in any case, by its address too; a line finds its quote', async () => {
  const book = await roofBook();
  for (const query of ['J-1', 'j1', 'job 1', 'jobwright://jobs/J-1'])
    expect(ids(await book.ok('search', { query })), query).toEqual(['J-1']);
  expect(ids(await book.ok('search', { query: 'Q-1/2' }))).toEqual(['Q-1']);
  expect(ids(await book.ok('search', { query: 'J-99' }))).toEqual([]);
});

test('a full name stands before a part of one, an exact spelling before a typing error', async () => {
  const book = await openBook();
  await book.ok('create-job', { newCustomer: { name: 'Marta Ortiz' }, name: 'Gutter' });
  await book.ok('create-job', { customer: 'C-1', name: 'Gutter guards' });
  await book.ok('create-job', { customer: 'C-1', name: 'Guttar' });
  expect(ids(await book.ok('search', { query: 'gutter' }))).toEqual(['J-1', 'J-2', 'J-3']);
});

test('real records stand before samples', async () => {
  const book = await openBook({ samples: true });
  await book.ok('create-customer', { name: 'Ann Henderson', evenIfSimilar: true });
  const found = ids(await book.ok('search', { query: 'henderson' }));
  expect(found[0]).toBe('C-1');
  expect(found.length).toBeGreaterThan(3);
  expect(found.slice(1).every((id) => id.includes('-S'))).toBe(true);
  const { results } = await book.ok('search', { query: 'henderson' });
  expect(results.every(({ id, sample }) => (sample === true) === id.includes('-S'))).toBe(true);
});

test('where nothing has every word, the telling ones count', async () => {
  const book = await roofBook();
  for (const name of ['On the lake', 'Roof of the barn', 'Roof of the mill'])
    await book.ok('create-job', { newCustomer: { name: `Owner of ${name}`, evenIfSimilar: true }, name });
  const found = ids(await book.ok('search', { query: 'profit on the Henderson roof replacement in March' }));
  expect(found.slice(0, 2)).toEqual(['J-1', 'Q-1']);
  expect(found).not.toContain('J-3');
  expect(ids(await book.ok('search', { query: 'swimming pool' }))).toEqual([]);
});

test('a word that few records have tells more than one that many have', async () => {
  const book = await openBook();
  await book.ok('create-job', { newCustomer: { name: 'Marta Ortiz' }, name: 'Gutters' });
  await book.ok('create-customer', { name: 'Oak Terrace' });
  for (let n = 1; n <= 8; n += 1) await book.ok('create-job', { customer: 'C-2', name: `Roof of unit ${n}` });
  expect(ids(await book.ok('search', { query: 'ortiz roof' }))).toEqual(['C-1', 'J-1']);
});

test('twenty on a page, the newest first, and how many there are', async () => {
  const book = await openBook();
  await book.ok('create-customer', { name: 'Oak Terrace' });
  for (let n = 1; n <= 45; n += 1) await book.ok('create-job', { customer: 'C-1', name: `Unit ${n} siding` });
  const pages: string[][] = [];
  let cursor: string | undefined;
  do {
    const page = await book.ok('search', { query: 'siding', ...(cursor === undefined ? {} : { cursor }) });
    expect(page).toMatchObject({ count: 45 });
    expect(page).not.toHaveProperty('more');
    pages.push(ids(page));
    cursor = page.nextCursor;
    // What comes in between is on no later page, and keeps nothing from it.
    if (pages.length === 1) {
      await book.ok('update-job', { job: 'J-1', name: 'Unit 1 gutters' });
      await book.ok('create-job', { customer: 'C-1', name: 'Unit 46 siding' });
    }
  } while (cursor !== undefined);
  expect(pages.map(({ length }) => length)).toEqual([20, 20, 4]);
  expect(pages.flat()).toEqual(Array.from({ length: 44 }, (_, index) => `J-${45 - index}`));
  expect(await book.error('search', { query: 'siding', cursor: 'x' })).toContain('not a cursor');
});

test('of each kind a hundred are counted; where there are more, it says so', async () => {
  const book = await openBook();
  await book.ok('create-customer', { name: 'Oak Terrace' });
  await book.ok('create-job', { customer: 'C-1', name: 'Siding' });
  await copyFirstJob(book, 1, 130);
  const { count, more, results } = await book.ok('search', { query: 'siding' });
  expect({ count, more, shown: results.length }).toEqual({ count: 100, more: true, shown: 20 });
});

test('a hit says what it comes to, what is still to be paid, where it stands and of which day it is', async () => {
  const book = await roofBook();
  await book.ok('add-job-expense', {
    ...{ job: 'J-1', description: 'Roof permit', vendor: 'City', amount: 612.4, category: 'permit' },
  });
  const invoice = { lines: [{ description: 'Roof', quantity: 1, unitPrice: 3000 }] };
  const { issuedOn: today } = (await book.ok('create-invoice', { job: 'J-1', ...invoice })).invoice;
  await book.ok('record-payment', { invoice: 'INV-1001', amount: 500 });
  const { results, currency } = await book.ok('search', { query: 'roof' });
  expect(currency).toBe('USD');
  const row = (id: string) => results.find((each: { id: string }) => each.id === id);
  expect(row('J-1')).toMatchObject({ status: 'open', balance: '2500.00' });
  expect(row('Q-1')).toMatchObject({ status: 'accepted', amount: '10800.00' });
  expect(row('INV-1001')).toEqual({
    ...{ id: 'INV-1001', url: 'jobwright://invoices/INV-1001' },
    title: 'INV-1001 Roof replacement, Dana Henderson, issued',
    ...{ status: 'partly_paid', date: today, amount: '3000.00', balance: '2500.00' },
  });
  expect(row('E-1')).toMatchObject({
    title: `E-1 Roof permit (City), Roof replacement, ${today}`,
    ...{ amount: '612.40', date: today },
  });
  const [dana] = (await book.ok('search', { query: 'dana henderson' })).results;
  expect(dana).toMatchObject({ id: 'C-1', balance: '2500.00' });
});

test('a quote is found by the words of its lines, which nobody calls it by', async () => {
  const book = await roofBook();
  const lines = (description: string) => [{ description, quantity: 1, unitPrice: 900, unitCost: 500 }];
  await book.ok('create-quote', { job: 'J-1', title: 'Option', lines: lines('Velux skylight, fixed') });
  expect(ids(await book.ok('search', { query: 'skylights' }))).toEqual(['Q-2']);
  expect(ids(await book.ok('search', { query: 'henderson velux' }))).toEqual(['Q-2']);
  const listed = async (query: string) =>
    (await book.ok('list-quotes', { query })).quotes.map(({ ref }: { ref: string }) => ref);
  expect(await listed('henderson skylight')).toEqual(['Q-2']);
  expect(await book.error('get-quote', { quote: 'skylight' })).toContain('no quote matches');
  await book.ok('update-quote', { quote: 'Q-2', lines: lines('Copper valley') });
  expect([await listed('skylight'), await listed('copper')]).toEqual([[], ['Q-2']]);
  await book.ok('update-quote', { quote: 'Q-2', title: 'Valley' });
  expect(await listed('copper')).toEqual(['Q-2']);
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});

test('expenses come into sight with the jobs that they are on, and without jobs by their own toolset', async () => {
  const all = await openBook();
  await roof(all.ok);
  await all.ok('add-job-expense', { job: 'J-1', description: 'Skip hire', amount: 90, category: 'equipment' });
  const found = async (...toolsets: ('jobs' | 'expenses' | 'quotes')[]) =>
    ids(await (await openBook({ folder: all.folder, toolsets })).ok('search', { query: 'skip hire' }));
  expect(await found('jobs')).toEqual(['E-1']);
  expect(await found('expenses')).toEqual(['E-1']);
  expect(await found('quotes')).toEqual([]);
  await all.ok('update-account', { template: 'sales-pipeline' });
  expect(await found('expenses')).toEqual([]);
});

test('a switched-off toolset has nothing to find, and neither have jobs on sales-pipeline', async () => {
  const book = await openBook({ toolsets: ['customers', 'quotes'] });
  const all = await openBook({ folder: book.folder });
  await roof(all.ok);
  expect(ids(await book.ok('search', { query: 'henderson' }))).toEqual(['C-1', 'Q-1']);
  expect(ids(await book.ok('search', { query: 'J-1' }))).toEqual([]);
  await all.ok('update-account', { template: 'sales-pipeline' });
  expect(ids(await all.ok('search', { query: 'henderson' }))).toEqual(['C-1', 'Q-1']);
});
