import { expect, test } from 'vitest';
import { openBook, type TypedBook } from '../../support/answers.ts';
import { dana, danaBook, roofBook, roof, SHINGLES, TEAR_OFF } from '../../support/roof.ts';
import { CITED, WALK, walked } from '../../support/walk.ts';
import { expectHelpful, expectPlain } from '../../support/words.ts';

test('"quote the roof: 24 squares at 450, they cost me 280"', async () => {
  const book = await danaBook();
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
  const book = await danaBook();
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
  const book = await roofBook();
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

test('"same quote for her neighbor, 10 % more": the lines at other prices, with a history of their own', async () => {
  const book = await roofBook();
  await book.ok('update-quote', { quote: 'Q-1', notes: 'Gate code 4411.' });
  await book.ok('create-customer', { name: 'Ned Ortiz' });
  const { answer, text } = await book.both('create-quote', { copyOf: 'Q-1', customer: 'Ned', changePercent: 10 });
  expect(answer.did).toBe(
    'Wrote quote Q-2 "Full re-roof" for Ned Ortiz, a copy of Q-1, prices 10 % higher, draft, 11880.00 USD before tax',
  );
  expect(answer.quote).toMatchObject({
    ...{ ref: 'Q-2', status: 'draft', kind: 'original', job: null, customer: { ref: 'C-2' }, notes: null },
    ...{ subtotal: '11880.00', cost: '6720.00', margin: '5160.00', marginPercent: 43.4, revises: null },
    lines: [{ ref: 'Q-2/1', unitPrice: '495.00', unitCost: '280.00', done: false }],
  });
  expect(answer.warnings).toEqual(['The notes of Q-1 are not copied, since they were written for another customer.']);
  expectPlain(text, 900);
  // The first one is as it was, and neither changes the other.
  expect((await book.ok('get-quote', { quote: 'Q-1' })).quote).toMatchObject({
    status: 'accepted',
    subtotal: '10800.00',
  });
  expect((await book.ok('get-job', { job: 'J-1' })).job.profit).toMatchObject({ costOfWork: '6720.00' });
});

test('a copy for the same customer keeps the notes, and takes more lines', async () => {
  const book = await roofBook();
  await book.ok('update-quote', { quote: 'Q-1', notes: 'Ten years.' });
  await book.ok('create-job', { customer: 'C-1', name: 'Garage roof' });
  const vent = { description: 'Ridge vent', quantity: 1, unitPrice: 1200, unitCost: 700 };
  const { quote, warnings } = await book.ok('create-quote', { copyOf: 'Q-1', job: 'J-2', lines: [vent] });
  expect(quote).toMatchObject({
    title: 'Full re-roof',
    job: { ref: 'J-2' },
    notes: 'Ten years.',
    subtotal: '12000.00',
  });
  expect(warnings).toEqual([]);
});

test('a revision without lines keeps them all, at other prices where a percentage says so', async () => {
  const book = await openBook();
  await roof(book.ok, { status: 'sent' });
  const { did, quote } = await book.ok('create-quote', { revises: 'Q-1', changePercent: '-5' });
  expect(did).toBe(
    'Wrote quote Q-2 "Full re-roof" for Dana Henderson, prices 5 % lower, draft, 10260.00 USD before tax',
  );
  expect(quote).toMatchObject({ revises: 'Q-1', lines: [{ unitPrice: '427.50', unitCost: '280.00' }] });
  expect((await book.ok('get-quote', { quote: 'Q-1' })).quote.status).toBe('superseded');
});

test.each([
  [{}, /^lines: is missing. Give the lines, or a quote whose lines to take over/],
  [{ copyOf: 'Q-1', revises: 'Q-1' }, /^copyOf: copies the lines of one quote/],
  [{ lines: [SHINGLES], changePercent: 5 }, /^changePercent: changes the prices that are taken over/],
  [{ revises: 'Q-1', lines: [SHINGLES], changePercent: 5 }, /^changePercent: changes the prices/],
  [{ copyOf: 'Q-1', changePercent: -101 }, /^changePercent: "-101" is too small. The limit is -100/],
  [{ copyOf: 'Q-1', changePercent: 1001 }, /^changePercent: "1001" is too large/],
  [{ copyOf: 'Q-9' }, /^copyOf: /],
  [
    { copyOf: 'Q-1', lines: Array.from({ length: 200 }, () => SHINGLES) },
    /^lines: with the lines that are taken over there are more than 200/,
  ],
])('%j leaves open what is offered, and is told so', async (args, expected) => {
  const book = await roofBook();
  const error = await book.error('create-quote', { customer: 'C-1', ...args });
  expectHelpful(error);
  expect(error).toMatch(expected);
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
  ['no lines', { lines: [] }, /^lines: is missing. Give the lines/],
  [
    'a line of other work',
    { kind: 'change_order', lines: [{ ...SHINGLES, changesLine: 'Q-2/1' }] },
    /^lines\[0\]\.changesLine: that line belongs to other work/,
  ],
  [
    'a line that is not there',
    { lines: [{ ...SHINGLES, changesLine: 'Q-1/7' }] },
    /^lines\[0\]\.changesLine: there is no line "Q-1\/7"/,
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
  const book = await roofBook();
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
  const book = await danaBook();
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
  expect(error).toContain('under a job needs the Pro plan ($19 a month)');
});

/** The roof with W-1, what was said on it. */
async function visited(): Promise<TypedBook> {
  const book = await roofBook();
  await walked(book.ok);
  return book;
}

test('"draft the quote from what Dana and I said": lines cite it, unknown prices block sending', async () => {
  const book = await visited();
  const { answer, text } = await book.both('create-quote', { fromWalkAndTalk: 'roof walk', lines: CITED });
  expect(answer).toMatchObject({
    did: 'Wrote quote Q-2 "Roof replacement" for Dana Henderson, draft, price not known yet',
    quote: {
      status: 'draft',
      customer: { ref: 'C-1' },
      job: { ref: 'J-1' },
      fromWalkAndTalk: 'W-1',
      lines: [
        { cites: 'about 24 squares in all', unitPrice: '450.00' },
        { cites: "They're leaking at the corner", unitPrice: null },
      ],
    },
  });
  expectPlain(text, 1200);
  expect(text).toContain('Drafted from W-1.');
  expect(text).toContain('from the words "about 24 squares in all"');
  expect(await book.error('update-quote', { quote: 'Q-2', status: 'sent' })).toMatch(/price/);
  expect((await book.ok('get-quote', { quote: 'Q-2' })).quote.lines[0]?.cites).toBe('about 24 squares in all');
  expect((await book.ok('get-quote', { quote: 'Q-1' })).quote).not.toHaveProperty('fromWalkAndTalk');
});

const [SAID, GUTTERS] = CITED;
test.each([
  [{ lines: [{ ...SAID, cites: undefined }] }, /^lines\[0\]\.cites: is missing. Give the words of W-1/],
  [
    { lines: [SAID, { ...GUTTERS, cites: 'leaking at the chimney' }] },
    /^lines\[1\]\.cites: "leaking at the chimney" does not stand in the transcript of W-1. Closest is "leaking at the corner"/,
  ],
  [{ lines: [{ ...SAID, cites: 'gone' }] }, /^lines\[0\]\.cites: "gone" is too short/],
  [{ lines: CITED, status: 'sent' }, /^status: a quote from a walk & talk starts as a draft/],
  [{ lines: CITED, job: 'J-2' }, /^job: W-1 is on J-1. What is drafted from it stays on its job; leave job out/],
  [{ lines: CITED, job: 'J-3' }, /^job: W-1 is for C-1 Dana Henderson. Leave job out/],
  [{ lines: CITED, customer: 'C-2' }, /^customer: C-2 is not the customer the walk & talk it comes from is for/],
  [{ lines: CITED, fromWalkAndTalk: 'W-9' }, /^fromWalkAndTalk: no walk & talk matches "W-9"/],
  [{ lines: CITED, revises: 'Q-2' }, /^revises: W-1 is for C-1 Dana Henderson. Leave revises out/],
  [
    { lines: CITED, fromWalkAndTalk: undefined, job: 'J-1' },
    /^lines\[0\]\.cites: this quote is not drafted from a walk/,
  ],
])('from a walk & talk with %o is refused', async (args, words) => {
  const book = await visited();
  await book.ok('create-job', { customer: 'C-1', name: 'Garage' });
  await book.ok('create-customer', { name: 'Tom Baker' });
  await book.ok('create-job', { customer: 'C-2', name: 'Porch' });
  await book.ok('create-quote', { customer: 'C-2', lines: [SHINGLES] });
  const error = await book.error('create-quote', { fromWalkAndTalk: 'W-1', ...args });
  expectHelpful(error);
  expect(error).toMatch(words);
  expect((await book.ok('list-quotes')).count).toBe(2);
});

test('customer and job may be said when they agree; a visit without a job gives one to the job that is said', async () => {
  const book = await visited();
  const agreed = { fromWalkAndTalk: 'W-1', customer: 'C-1', job: 'J-1', lines: CITED };
  expect((await book.ok('create-quote', agreed)).quote.job?.ref).toBe('J-1');
  const { job: _, ...walk } = WALK;
  await book.ok('record-walk-and-talk', { ...walk, customer: 'C-1' });
  expect((await book.ok('create-quote', { fromWalkAndTalk: 'W-2', lines: CITED })).quote).toMatchObject({
    customer: { ref: 'C-1' },
    job: null,
  });
  expect((await book.ok('create-quote', { fromWalkAndTalk: 'W-2', job: 'J-1', lines: CITED })).quote.job?.ref).toBe(
    'J-1',
  );
});

test('a revision keeps where its kept lines come from; new lines may cite the same visit', async () => {
  const book = await visited();
  await book.ok('create-quote', { fromWalkAndTalk: 'W-1', lines: CITED });
  const { cites: _, ...kept } = SAID;
  const lines = [kept, { ...GUTTERS, description: 'Gutters, new', unitPrice: 900 }, TEAR_OFF];
  const { quote } = await book.ok('create-quote', { revises: 'Q-2', status: 'sent', lines });
  expect(quote.fromWalkAndTalk).toBe('W-1');
  expect(quote.lines.map((line) => line.cites)).toEqual([SAID.cites, GUTTERS.cites, undefined]);
  expect(
    await book.error('create-quote', { revises: 'Q-3', lines: [{ ...TEAR_OFF, cites: 'tear off every layer' }] }),
  ).toMatch(/^lines\[0\]\.cites: "tear off every layer" does not stand in the transcript of W-1/);
});

test('what another visit said is no ground for a quote drafted from this one', async () => {
  const book = await visited();
  await book.ok('create-quote', { fromWalkAndTalk: 'W-1', lines: CITED });
  const transcript = 'Dana: The whole roof after all, thirty squares please.';
  await book.ok('record-walk-and-talk', { ...WALK, transcript });
  const { cites: _, ...kept } = SAID;
  const again = { revises: 'Q-2', fromWalkAndTalk: 'W-2' };
  expect(await book.error('create-quote', { ...again, lines: [kept] })).toMatch(/^lines\[0\]\.cites: is missing/);
  const { quote } = await book.ok('create-quote', { ...again, lines: [{ ...SAID, cites: 'thirty squares please' }] });
  expect(quote).toMatchObject({ revises: 'Q-2', fromWalkAndTalk: 'W-2', lines: [{ cites: 'thirty squares please' }] });
});

test('a revision stays with its customer, also where it had no job', async () => {
  const book = await visited();
  await book.ok('create-customer', { name: 'Tom Baker' });
  await book.ok('create-quote', { customer: 'C-2', lines: [SHINGLES] });
  expect(await book.error('create-quote', { revises: 'Q-2', job: 'J-1', lines: [SHINGLES] })).toBe(
    'job: Q-2 is for C-2 Tom Baker. Leave job out.',
  );
});

test('a copy at 10 % more keeps 100 off as 100 off, and says so; a percentage off follows the prices', async () => {
  const book = await danaBook();
  const lines = [{ description: 'Deck', quantity: 1, unitPrice: 1000 }];
  await book.ok('create-quote', { customer: 'C-1', title: 'Deck', lines, discount: { amount: 100 } });
  const asked = { customer: 'C-1', copyOf: 'Q-1', changePercent: 10 };
  const { answer, text } = await book.both('create-quote', asked);
  expect(answer.quote).toMatchObject({ subtotal: '1000.00', discount: { amount: '100.00' } });
  const kept = 'The 100.00 USD off was kept as it is';
  expect(answer.warnings.join()).toContain(kept);
  expect(text).toContain(kept);
  for (const args of [
    { ...asked, discount: { percent: 10 } },
    { ...asked, changePercent: undefined },
  ])
    expect((await book.ok('create-quote', args)).warnings.join()).not.toContain('off was kept');
  const revised = await book.ok('create-quote', { revises: 'Q-2', changePercent: 10 });
  expect(revised.warnings.join()).toContain(kept);
});
