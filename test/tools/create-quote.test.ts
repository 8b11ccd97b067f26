import { expect, test } from 'vitest';
import { openBook } from '../support/answers.ts';
import { dana, roof, SHINGLES, TEAR_OFF } from '../support/roof.ts';
import { expectHelpful, expectPlain } from '../support/words.ts';

test('"quote the roof: 24 squares at 450, they cost me 280"', async () => {
  const book = await openBook();
  await dana(book.ok);
  await book.ok('create-job', { customer: 'C-1', name: 'Roof replacement' });
  const { answer, text } = await book.both('create-quote', { job: 'roof', lines: [SHINGLES] });
  expect(answer.did).toBe('Wrote quote Q-1 "Roof replacement" for Dana Henderson, draft, 10800.00 USD before tax');
  expect(answer).toMatchObject({
    change: 3,
    uncovered: [],
    quote: {
      ref: 'Q-1',
      status: 'draft',
      kind: 'original',
      job: { ref: 'J-1' },
      subtotal: '10800.00',
      cost: '6720.00',
      marginPercent: 37.8,
    },
  });
  expectPlain(text, 900);
});

test('for a customer without a job', async () => {
  const book = await openBook();
  await dana(book.ok);
  const { quote } = await book.ok('create-quote', {
    customer: 'dana',
    lines: [SHINGLES],
    status: 'sent',
    quotedOn: '2026-03-01',
  });
  expect(quote).toMatchObject({
    title: 'Quote',
    job: null,
    customer: { ref: 'C-1' },
    status: 'sent',
    quotedOn: '2026-03-01',
  });
});

test('a discount and work taken out are negative in quantity or in price', async () => {
  const book = await openBook();
  await roof(book.ok);
  const { answer, text } = await book.both('create-quote', {
    job: 'J-1',
    kind: 'change_order',
    title: 'Smaller garage',
    lines: [
      { ...SHINGLES, quantity: -3, changesLine: 'Q-1/1' },
      { description: 'Good neighbor discount', quantity: 1, unitPrice: -150 },
    ],
  });
  expect(answer.did).toContain('Wrote change order Q-2 "Smaller garage"');
  expect(answer.quote).toMatchObject({ kind: 'change_order', subtotal: '-1500.00', cost: '-840.00' });
  expect(answer.quote.lines[0]).toMatchObject({ changesLine: 'Q-1/1', amount: '-1350.00', cost: '-840.00' });
  expect(text).toContain('changes Q-1/1');
});

test.each([
  [
    'negative twice',
    { lines: [{ ...SHINGLES, quantity: -1, unitPrice: -450 }] },
    /^lines\[0\]\.unitPrice: the quantity is negative already/,
  ],
  [
    'a negative cost twice',
    { lines: [SHINGLES, { ...SHINGLES, quantity: -1, unitCost: -1 }] },
    /^lines\[1\]\.unitCost: the quantity is negative already/,
  ],
  ['no lines', { lines: [] }, /^lines: must be at least 1 entries/],
  [
    'a line of other work',
    { kind: 'change_order', lines: [{ ...SHINGLES, changesLine: 'Q-2/1' }] },
    /^lines\[0\]\.changesLine: that line belongs to other work/,
  ],
  [
    'a line that is not there',
    { lines: [{ ...SHINGLES, changesLine: 'Q-1/7' }] },
    /^lines\[0\]\.changesLine: there is no line Q-1\/7/,
  ],
  [
    'a line in words',
    { lines: [{ ...SHINGLES, changesLine: 'the shingles' }] },
    /^lines\[0\]\.changesLine: "the shingles" is not a line's number. Write it like Q-31\/2/,
  ],
  ['another customer', { customer: 'C-2', lines: [SHINGLES] }, /^customer: C-2 is not the customer J-1 is for/],
  [
    'a status set by the books',
    { status: 'superseded', lines: [SHINGLES] },
    /^status: "superseded" .* Use draft, sent, accepted, declined/,
  ],
  [
    'a price not known, sent',
    { status: 'sent', lines: [SHINGLES, { ...TEAR_OFF, unitPrice: null }] },
    /^lines: The quote has no price yet on line 2 \(Tear-off and disposal\)/,
  ],
  [
    'a price not known, accepted',
    { status: 'accepted', lines: [{ ...TEAR_OFF, unitPrice: null }] },
    /^lines: The quote has no price yet on line 1/,
  ],
  [
    'a number too large',
    { lines: [{ ...SHINGLES, quantity: 1_000_000, unitPrice: 10_000_000 }] },
    /^lines\[0\]\.unitPrice: quantity × unit price is too large/,
  ],
])('%s is refused', async (_, args, words) => {
  const book = await openBook();
  await roof(book.ok);
  await book.ok('create-customer', { name: 'Marcus Oyelaran' });
  await book.ok('create-quote', { customer: 'C-2', status: 'accepted', lines: [SHINGLES] });
  const error = await book.error('create-quote', { job: 'J-1', ...args });
  expectHelpful(error);
  expect(error).toMatch(words);
  expect((await book.ok('list-quotes')).count).toBe(2);
});

test('for nobody is refused with whom to give', async () => {
  const book = await openBook();
  expect(await book.error('create-quote', { lines: [SHINGLES] })).toBe(
    'customer: say who it is for: job (J-12, or its name) or customer (C-7, or a name).',
  );
  const deals = await openBook({ template: 'sales-pipeline' });
  expect(await deals.error('create-quote', { lines: [SHINGLES] })).toBe(
    'customer: say who it is for: customer (C-7, or a name).',
  );
});

test('a change order needs an original beside it', async () => {
  const book = await openBook();
  await dana(book.ok);
  await book.ok('create-job', { customer: 'C-1', name: 'Roof replacement' });
  const error = await book.error('create-quote', { job: 'J-1', kind: 'change_order', lines: [SHINGLES] });
  expect(error).toBe(
    'kind: J-1 Roof replacement has no original quote that a change order could change. Make this one kind: original.',
  );
});

test('a revision takes over job, customer, title and notes, and names what it replaces', async () => {
  const book = await openBook();
  await roof(book.ok, { status: 'sent' });
  const { quote } = await book.ok('create-quote', {
    revises: 'full re-roof',
    lines: [{ ...SHINGLES, unitPrice: 460 }],
  });
  expect(quote).toMatchObject({
    ref: 'Q-2',
    title: 'Full re-roof',
    job: { ref: 'J-1' },
    revises: 'Q-1',
    subtotal: '11040.00',
  });
  const error = await book.error('create-quote', { revises: 'Q-1', lines: [SHINGLES] });
  expect(error).toBe('revises: Q-1 was replaced by Q-2. Revise Q-2 instead.');
});

test('on the free plan a quote for a customer is fine, one filed under a job needs a plan', async () => {
  const book = await openBook({ plan: 'free', samples: true });
  await dana(book.ok);
  expect((await book.ok('create-quote', { customer: 'C-1', lines: [SHINGLES] })).quote.ref).toBe('Q-1');
  const error = await book.error('create-quote', { job: 'J-S4', lines: [SHINGLES] });
  expect(error).toContain('Grouping quotes and invoices under a job needs the Pro plan ($19 a month)');
});
