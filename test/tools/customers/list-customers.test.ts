import { expect, test } from 'vitest';
import { openBook, type Ask } from '../../support/answers.ts';
import { expectHelpful, expectPlain } from '../../support/words.ts';

async function three(ask: Ask): Promise<void> {
  await ask('create-customer', { name: 'Dana Henderson', address: '418 Pecan Hollow Ln', phone: '(512) 555-0143' });
  await ask('create-customer', { name: 'Marcus Oyelaran', stage: 'won' });
  await ask('create-customer', { name: 'Priya Raman', address: '930 Wren Meadow Dr', stage: 'won' });
}

test('everyone, newest first', async () => {
  const book = await openBook();
  await three(book.ok);
  const { answer, text } = await book.both('list-customers');
  expect(answer.customers.map((customer) => customer.ref)).toEqual(['C-3', 'C-2', 'C-1']);
  expect(answer.count).toBe(3);
  expectPlain(text, 600);
  expect(text).toContain('3 customers:\n- C-3 Priya Raman: won, 930 Wren Meadow Dr');
});

const FILTERS = [
  [{ query: 'raman' }, ['C-3']],
  [{ query: 'pecan' }, ['C-1']],
  [{ query: 'hendersen dana' }, ['C-1']],
  [{ stage: 'won' }, ['C-3', 'C-2']],
  [{ stage: 'won', query: 'marcus' }, ['C-2']],
  [{ query: 'nobody' }, []],
] as const;

test('each filter finds the customers meant', async () => {
  const book = await openBook();
  await three(book.ok);
  for (const [filter, refs] of FILTERS) {
    const { customers, count } = await book.ok('list-customers', filter);
    expect(
      customers.map((customer) => customer.ref),
      JSON.stringify(filter),
    ).toEqual(refs);
    expect(count, JSON.stringify(filter)).toBe(refs.length);
  }
});

test('pages show everyone once and say that there is more', async () => {
  const book = await openBook();
  await three(book.ok);
  const first = await book.both('list-customers', { limit: 2 });
  expect(first.answer.customers.map((customer) => customer.ref)).toEqual(['C-3', 'C-2']);
  expect(first.text).toContain(`2 shown of 3; the rest with cursor "${first.answer.nextCursor}".`);
  const second = await book.ok('list-customers', { limit: 2, cursor: first.answer.nextCursor });
  expect(second.customers.map((customer) => customer.ref)).toEqual(['C-1']);
  expect(second.nextCursor).toBeUndefined();
});

test('a stage of no pipeline and a made-up cursor are refused', async () => {
  const book = await openBook();
  const error = await book.error('list-customers', { stage: 'sold' });
  expectHelpful(error);
  expect(error).toContain('stage: "sold" is not a stage of the Roofing pipeline. Use one of: lead, inspection');
  expect(await book.error('list-customers', { cursor: 'next' })).toContain('nextCursor');
  expect(await book.text('list-customers')).toBe('No customers match.');
});
