import { expect, test } from 'vitest';
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

test('at most twenty, the newest', async () => {
  const book = await openBook();
  await book.ok('create-customer', { name: 'Oak Terrace' });
  for (let n = 1; n <= 25; n += 1) await book.ok('create-job', { customer: 'C-1', name: `Unit ${n} siding` });
  const found = ids(await book.ok('search', { query: 'siding' }));
  expect(found).toEqual(Array.from({ length: 20 }, (_, index) => `J-${25 - index}`));
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
