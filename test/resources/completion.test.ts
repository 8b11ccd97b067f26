import { expect, test } from 'vitest';
import { openBook, type TypedBook } from '../support/answers.ts';
import { oldDesk } from '../support/clients.ts';
import { BILL } from '../support/roof.ts';

type Complete = (variable: string, value: string) => Promise<string[]>;

/** The numbers that a value may become. */
async function completing(book: TypedBook): Promise<Complete> {
  const desk = await oldDesk(book.session);
  return async (variable, value) => {
    const ref = { type: 'ref/resource' as const, uri: `jobwright://${variable}s/{${variable}}` };
    const { completion } = await desk.complete({ ref, argument: { name: variable, value } });
    return completion.values.map((each) => each.split(' ')[0] ?? '');
  };
}

async function streets(): Promise<TypedBook> {
  const book = await openBook({ samples: true });
  await book.ok('create-customer', { name: 'Jo Adams', address: '12 Elm St' });
  for (let n = 1; n <= 12; n += 1) await book.ok('create-job', { customer: 'C-1', name: `Street ${n * 100} gutters` });
  await book.ok('create-job', { customer: 'C-1', name: 'Résumé wall' });
  return book;
}

test('a number is completed by how it begins, itself first; nothing typed shows the newest, real before samples', async () => {
  const complete = await completing(await streets());
  expect((await complete('job', 'J-1')).slice(0, 5)).toEqual(['J-1', 'J-13', 'J-12', 'J-11', 'J-10']);
  expect((await complete('job', '1')).slice(0, 2)).toEqual(['J-1', 'J-13']);
  expect((await complete('job', 'j-13'))[0]).toBe('J-13');
  const newest = await complete('job', '');
  expect(newest.slice(0, 14)).toEqual([...Array.from({ length: 13 }, (_, index) => `J-${13 - index}`), 'J-S1']);
  expect((await complete('job', 'J-S')).every((ref) => ref.startsWith('J-S'))).toBe(true);
  expect((await complete('job', 'J-S1'))[0]).toBe('J-S1');
  expect(await complete('job', 'J-0')).toEqual([]);
});

test('blanks typed in a row are done with at once', async () => {
  const complete = await completing(await streets());
  const started = process.cpuUsage();
  await complete('job', `${' '.repeat(199)}!`);
  // Of this process, however busy the machine is: a pattern that goes back over them takes seconds.
  expect(process.cpuUsage(started).user).toBeLessThan(400_000);
});

test('a name is completed by its words, the last as far as it is typed, in any order and without accents', async () => {
  const complete = await completing(await streets());
  expect(await complete('job', 'resu')).toEqual(['J-13']);
  expect(await complete('job', 'wall resume')).toEqual(['J-13']);
  expect(await complete('job', 'gutters 70')).toEqual(['J-7']);
  expect((await complete('job', 'street 12'))[0]).toBe('J-12');
  expect(await complete('job', 'J-13 Résumé wall, Jo Adams, open')).toEqual(['J-13']);
  expect(await complete('job', 'zzz')).toEqual([]);
  expect((await complete('job', 'gutters'))[0]).toBe('J-12');
});

test('a letter may begin a number or a name: names come first', async () => {
  const complete = await completing(await streets());
  const found = await complete('customer', 'j');
  expect(found[0]).toBe('C-1');
  expect((await complete('customer', 'c'))[0]).toMatch(/^C-/);
});

test('an issued invoice is completed by its own series, a draft by its number', async () => {
  const book = await openBook();
  await book.ok('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Roof' });
  await book.ok('create-invoice', { job: 'J-1', lines: BILL });
  await book.ok('create-invoice', { job: 'J-1', draft: true, lines: BILL });
  await book.ok('create-invoice', { job: 'J-1', lines: BILL });
  const complete = await completing(book);
  expect(await complete('invoice', 'INV-10')).toEqual(['INV-1002', 'INV-1001']);
  expect(await complete('invoice', 'draft')).toEqual(['DRAFT-2']);
  expect(await complete('invoice', 'dana ro')).toEqual(['INV-1002', 'DRAFT-2', 'INV-1001']);
});

test('at most twenty are offered, and that there are more is said', async () => {
  const book = await openBook();
  await book.ok('create-customer', { name: 'Oak Terrace' });
  for (let n = 1; n <= 25; n += 1) await book.ok('create-job', { customer: 'C-1', name: `Unit ${n}` });
  const desk = await oldDesk(book.session);
  const ref = { type: 'ref/resource' as const, uri: 'jobwright://jobs/{job}' };
  const { completion } = await desk.complete({ ref, argument: { name: 'job', value: 'unit' } });
  expect(completion.values).toHaveLength(20);
  expect(completion.hasMore).toBe(true);
});
