import { expect, test } from 'vitest';
import { openBook, type Ask } from '../../support/answers.ts';
import { roof, SHINGLES } from '../../support/roof.ts';
import { expectHelpful, expectPlain } from '../../support/words.ts';

async function four(ask: Ask): Promise<void> {
  await roof(ask);
  await ask('create-quote', {
    job: 'J-1',
    kind: 'change_order',
    title: 'Soft decking',
    lines: [{ ...SHINGLES, quantity: 2 }],
  });
  await ask('create-customer', { name: 'Marcus Oyelaran' });
  await ask('create-quote', { customer: 'C-2', title: 'Gutters', status: 'sent', lines: [SHINGLES] });
  await ask('create-quote', {
    customer: 'C-2',
    title: 'Gutters',
    revises: 'Q-3',
    status: 'sent',
    lines: [{ ...SHINGLES, quantity: 20 }],
  });
}

test('quotes and change orders, newest first', async () => {
  const book = await openBook();
  await four(book.ok);
  const { answer, text } = await book.both('list-quotes');
  expect(answer.quotes.map(({ ref, kind, status, subtotal }) => [ref, kind, status, subtotal])).toEqual([
    ['Q-4', 'original', 'sent', '9000.00'],
    ['Q-3', 'original', 'superseded', '10800.00'],
    ['Q-2', 'change_order', 'draft', '900.00'],
    ['Q-1', 'original', 'accepted', '10800.00'],
  ]);
  expect(answer).toMatchObject({ currency: 'USD', count: 4 });
  expectPlain(text, 1000);
  expect(text).toContain('- Q-2 Soft decking: change order, draft, 900.00 before tax, 2026-03-10, for Dana Henderson');
});

const FILTERS = [
  [{ customer: 'Marcus' }, ['Q-4', 'Q-3']],
  [{ job: 'roof' }, ['Q-2', 'Q-1']],
  [{ status: 'accepted' }, ['Q-1']],
  [{ query: 'decking' }, ['Q-2']],
  [{ query: 'oyelaran gutters', status: 'sent' }, ['Q-4']],
  [{ customer: 'C-2', job: 'J-1' }, []],
] as const;

test('each filter finds the quotes meant', async () => {
  const book = await openBook();
  await four(book.ok);
  for (const [filter, refs] of FILTERS) {
    const { quotes, count } = await book.ok('list-quotes', filter);
    expect(
      quotes.map((quote) => quote.ref),
      JSON.stringify(filter),
    ).toEqual(refs);
    expect(count, JSON.stringify(filter)).toBe(refs.length);
  }
});

test('pages', async () => {
  const book = await openBook();
  await four(book.ok);
  const first = await book.both('list-quotes', { limit: 3 });
  expect(first.text).toContain(`3 shown of 4; the rest with cursor "${first.answer.nextCursor}".`);
  const rest = await book.ok('list-quotes', { limit: 3, cursor: first.answer.nextCursor });
  expect(rest.quotes.map((quote) => quote.ref)).toEqual(['Q-1']);
});

test('an unknown job, a status of no quote, and job on sales-pipeline are refused', async () => {
  const book = await openBook();
  expect(await book.text('list-quotes')).toBe('No quotes match.');
  expect(await book.error('list-quotes', { job: 'J-9' })).toMatch(/^job: no job matches "J-9"/);
  const error = await book.error('list-quotes', { status: 'won' });
  expectHelpful(error);
  expect(error).toContain('Use draft, sent, accepted, declined, superseded.');
  const deals = await openBook({ template: 'sales-pipeline' });
  expect(await deals.error('list-quotes', { job: 'J-1' })).toMatch(
    /^job: .*there are no jobs\. Leave job out and give customer\.$/,
  );
});
