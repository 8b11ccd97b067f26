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
  expect(text).toContain(
    '- Q-2 Soft decking: change order, draft, 900.00 before tax, 2026-03-10, for Dana Henderson, on J-1 Roof replacement',
  );
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

/** On three days: one sent and one draft for Dana, one accepted, one with a price that nobody knows yet. */
async function openOnes(ask: Ask, on: (day: string) => void): Promise<void> {
  on('2026-01-20');
  await roof(ask, { status: 'sent' });
  on('2026-02-10');
  await ask('create-quote', { customer: 'C-1', title: 'Gutters', lines: [{ ...SHINGLES, quantity: 2 }] });
  await ask('create-quote', { customer: 'C-1', title: 'Skylight', status: 'accepted', lines: [SHINGLES] });
  on('2026-03-10');
  await ask('create-quote', { customer: 'C-1', title: 'Chimney', lines: [SHINGLES, { ...SHINGLES, unitPrice: null }] });
}

test('"open quotes and what they are worth": how many, worth what before tax, and how old', async () => {
  let now = '';
  const on = (day: string) => void (now = `${day}T17:00:00.000Z`);
  on('2026-01-20');
  const book = await openBook({ now: () => now });
  await openOnes(book.ok, on);
  const { answer, text } = await book.both('list-quotes', { open: true });
  expect(answer.quotes.map(({ ref, status, daysOld }) => [ref, status, daysOld])).toEqual([
    ['Q-4', 'draft', 0],
    ['Q-2', 'draft', 28],
    ['Q-1', 'sent', 49],
  ]);
  expect(answer.open).toEqual({
    ...{ quotes: 3, worth: '11700.00', sent: { quotes: 1, worth: '10800.00' }, draft: { quotes: 2, worth: '900.00' } },
    ...{ oldestOn: '2026-01-20', oldestDays: 49, unpriced: 1, includesSamples: false },
  });
  expect(text).toContain(
    '- Q-1 Full re-roof: sent, 10800.00 before tax, 2026-01-20, for Dana Henderson, on J-1 Roof replacement, sent 2026-01-20, 49 days ago',
  );
  expect(text.split('\n').at(-1)).toBe(
    'Open: 3 quotes worth 11700.00 USD before tax (1 sent 10800.00, 2 drafts 900.00), the oldest since 2026-01-20, 49 days. 1 quote with a price not known yet counts nothing.',
  );
  const answered = await book.ok('list-quotes', { open: false });
  expect(answered.quotes.map(({ ref }) => ref)).toEqual(['Q-3']);
  const all = await book.ok('list-quotes', { query: 'gutters' });
  expect(all.open).toMatchObject({ quotes: 1, worth: '900.00' });
});

test('open samples are left out of what is open once the book is in use', async () => {
  const book = await openBook({ samples: true });
  const before = await book.ok('list-quotes');
  expect(before.open).toMatchObject({ includesSamples: true });
  await roof(book.ok, { status: 'sent' });
  const { open, quotes, count } = await book.ok('list-quotes');
  expect([count, quotes.map(({ ref }) => ref)]).toEqual([1, ['Q-1']]);
  expect(open).toMatchObject({ quotes: 1, worth: '10800.00', includesSamples: false, samplesLeftOut: true });
  const all = await book.ok('list-quotes', { includeSamples: true });
  expect(all.open.quotes).toBe(before.open.quotes + 1);
});

test('what was sent waits since the day it was sent, whatever its date says', async () => {
  let now = '2026-03-10T17:00:00.000Z';
  const book = await openBook({ now: () => now });
  await roof(book.ok, { status: 'draft' });
  await book.ok('create-quote', { customer: 'C-1', title: 'Gutters', quotedOn: '2026-01-05', lines: [SHINGLES] });
  now = '2026-04-15T17:00:00.000Z';
  await book.ok('update-quote', { quote: 'Q-2', status: 'sent' });
  const sent = async () => {
    const { answer, text } = await book.both('list-quotes', { status: 'sent' });
    return [answer.quotes[0]?.sentOn, answer.quotes[0]?.daysOld, answer.open.oldestOn, text.split('\n')[1]];
  };
  const row = '- Q-2 Gutters: sent, 10800.00 before tax, 2026-01-05, for Dana Henderson, sent ';
  expect(await sent()).toEqual(['2026-04-15', 0, '2026-04-15', `${row}2026-04-15, today`]);
  const got = await book.both('get-quote', { quote: 'Q-2' });
  expect(got.answer.quote).toMatchObject({ quotedOn: '2026-01-05', sentOn: '2026-04-15', daysOld: 0 });
  expect(got.text).toContain('\nSent 2026-04-15, today.\n');
  // The draft of March is what has been open for longest.
  const { open } = await book.ok('list-quotes', { open: true });
  expect(open).toMatchObject({ oldestOn: '2026-03-10', oldestDays: 36 });
  now = '2026-04-17T17:00:00.000Z';
  await book.ok('update-quote', { quote: 'Q-1', status: 'sent', statusOn: '2026-04-16' });
  expect(await book.text('list-quotes')).toContain('on J-1 Roof replacement, sent 2026-04-16, 1 day ago');
  expect((await book.ok('list-quotes', { open: true })).open).toMatchObject({ oldestOn: '2026-04-15', oldestDays: 2 });
  // Sent once more it waits anew; undone, it waits as before.
  const { change: drafted } = await book.ok('update-quote', { quote: 'Q-2', status: 'draft' });
  expect((await book.ok('get-quote', { quote: 'Q-2' })).quote).toMatchObject({ daysOld: 102 });
  expect((await book.ok('get-quote', { quote: 'Q-2' })).quote.sentOn).toBeUndefined();
  const { change: again } = await book.ok('update-quote', { quote: 'Q-2', status: 'sent' });
  expect(await sent()).toEqual(['2026-04-17', 0, '2026-04-16', `${row}2026-04-17, today`]);
  await book.ok('undo-change', { change: again });
  await book.ok('undo-change', { change: drafted });
  expect(await sent()).toEqual(['2026-04-15', 2, '2026-04-15', `${row}2026-04-15, 2 days ago`]);
  // What was accepted was sent all the same, and what was written down as sent was so on its own day.
  await book.ok('update-quote', { quote: 'Q-2', status: 'accepted' });
  const accepted = await book.both('get-quote', { quote: 'Q-2' });
  expect(accepted.answer.quote).toMatchObject({ sentOn: '2026-04-15' });
  expect(accepted.answer.quote.daysOld).toBeUndefined();
  expect(accepted.text).toContain('\nSent 2026-04-15.\n');
  await book.ok('create-quote', {
    customer: 'C-1',
    title: 'Old',
    quotedOn: '2026-04-01',
    status: 'sent',
    lines: [SHINGLES],
  });
  expect((await book.ok('get-quote', { quote: 'Q-3' })).quote).toMatchObject({ sentOn: '2026-04-01', daysOld: 16 });
});
