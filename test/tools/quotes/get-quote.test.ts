import { expect, test } from 'vitest';
import { openBook } from '../../support/answers.ts';
import { danaBook, roofBook, roof, SHINGLES, TEAR_OFF } from '../../support/roof.ts';
import { expectPlain } from '../../support/words.ts';

test('"show me the roof quote": line by line with its private cost and margin', async () => {
  const book = await danaBook();
  await book.ok('create-quote', {
    customer: 'C-1',
    title: 'Full re-roof',
    notes: 'Ten years on labor.',
    lines: [{ ...SHINGLES, taxRatePercent: 8.25 }, TEAR_OFF],
  });
  const { answer, text } = await book.both('get-quote', { quote: 'full re-roof' });
  expect(answer.quote).toMatchObject({
    ref: 'Q-1',
    title: 'Full re-roof',
    kind: 'original',
    status: 'draft',
    customer: { ref: 'C-1', name: 'Dana Henderson' },
    job: null,
    quotedOn: '2026-03-10',
    subtotal: '12840.00',
    tax: '891.00',
    total: '13731.00',
    taxLines: [{ ratePercent: 8.25, base: '10800.00', tax: '891.00' }],
    currency: 'USD',
    notes: 'Ten years on labor.',
    cost: '8040.00',
    margin: '4800.00',
    marginPercent: 37.4,
  });
  expect(answer.quote.lines[0]).toEqual({
    ref: 'Q-1/1',
    description: 'Architectural shingles, installed',
    quantity: 24,
    unit: 'square',
    unitPrice: '450.00',
    taxRatePercent: 8.25,
    amount: '10800.00',
    unitCost: '280.00',
    cost: '6720.00',
    category: 'materials',
    changesLine: null,
    done: false,
  });
  expectPlain(text, 1000);
  expect(text).toContain(
    '- Q-1/1 Architectural shingles, installed: 24 square × 450.00 = 10800.00 (cost 6720.00, materials)',
  );
  expect(text).toContain('Private: cost 8040.00, margin 4800.00 (37.4 %).');
});

test('three lines of 0.333 × 10.01 are 3.33 each', async () => {
  const book = await danaBook();
  const line = { description: 'Flashing', quantity: 0.333, unitPrice: '10.01' };
  await book.ok('create-quote', { customer: 'C-1', lines: [line, line, line] });
  const { quote } = await book.ok('get-quote', { quote: 'Q-1' });
  expect(quote.lines.map((each) => each.amount)).toEqual(['3.33', '3.33', '3.33']);
  expect(quote).toMatchObject({ subtotal: '9.99', cost: '0.00', margin: '9.99', marginPercent: 100 });
});

test('an unknown price is shown as such, an unknown cost too', async () => {
  const book = await danaBook();
  await book.ok('create-quote', {
    customer: 'C-1',
    lines: [{ description: 'Skylight', quantity: 2, unitPrice: null }],
  });
  const { answer, text } = await book.both('get-quote', { quote: 'Q-1' });
  expect(answer.quote.lines[0]).toMatchObject({ unitPrice: null, unitCost: null, amount: '0.00' });
  expect(answer.quote.marginPercent).toBeNull();
  expect(text).toContain('Skylight: 2 × price not known yet (cost unknown)');
  expect(text).toContain('1 line without a price: give unitPrice before sending.');
});

test('no margin is called 100 % where nobody said what a line costs, written, shown or tried at other prices', async () => {
  const book = await danaBook();
  await book.ok('create-job', { customer: 'C-1', name: 'Roof' });
  const lines = [
    { description: 'Skylights', quantity: 2, unitPrice: 450 },
    { description: 'Good neighbor discount', quantity: 1, unitPrice: -50 },
  ];
  const said = 'Private: what 1 line costs is not known, so the margin is not either: at most 850.00, known cost 0.00.';
  const written = await book.both('create-quote', { job: 'J-1', lines });
  const shown = await book.both('get-quote', { quote: 'Q-1' });
  for (const { answer, text } of [written, shown]) {
    expect(answer.quote).toMatchObject({ unknownCostLines: 1, margin: '850.00' });
    expect(text).toContain(said);
    expect(text).not.toContain('100 %');
  }
  const tried = await book.both('get-quote', { quote: 'Q-1', whatIf: { discountPercent: 10 } });
  expect(tried.answer.quote.unknownCostLines).toBe(1);
  expect(tried.text).toContain('at most 765.00, known cost 0.00');
  expect(tried.text).not.toContain('100 %');
  // Beside another offer, whose cost is known.
  await book.ok('create-quote', { job: 'J-1', lines: [SHINGLES] });
  const job = await book.text('get-job', { job: 'J-1' });
  expect(job).toContain('if they accept it, profit 850.00 (cost not known)');
  expect(job).toContain('if they accept it, profit 4080.00 (37.8 %)');
  const known = lines.map((line) => ({ ...line, unitCost: 0 }));
  const { answer, text } = await book.both('update-quote', { quote: 'Q-1', lines: known });
  expect(answer.quote).not.toHaveProperty('unknownCostLines');
  expect(text).toContain('margin 850.00 (100 %)');
});

test('a replaced quote names its revision, and the revision what it replaced', async () => {
  const book = await openBook();
  await roof(book.ok, { status: 'sent' });
  await book.ok('create-quote', { revises: 'Q-1', lines: [SHINGLES] });
  expect((await book.ok('get-quote', { quote: 'Q-1' })).quote).toMatchObject({
    status: 'superseded',
    revisedBy: 'Q-2',
  });
  const { answer, text } = await book.both('get-quote', { quote: 'Q-2' });
  expect(answer.quote).toMatchObject({ status: 'draft', revises: 'Q-1', revisedBy: null, job: { ref: 'J-1' } });
  expect(text).toContain('Revises Q-1.');
});

test('an unknown quote, and words that fit two, are refused', async () => {
  const book = await roofBook();
  await book.ok('create-quote', { job: 'J-1', title: 'Metal re-roof', lines: [SHINGLES] });
  expect(await book.error('get-quote', { quote: 'Q-77' })).toMatch(
    /^quote: no quote matches "Q-77". .*list-quotes shows them\.$/,
  );
  const error = await book.error('get-quote', { quote: 're-roof' });
  expect(error).toContain('- Q-2 Metal re-roof, Dana Henderson, draft');
  expect(error).toContain('- Q-1 Full re-roof, Dana Henderson, accepted');
});

test('a line that is taken off the price has no cost that is unknown', async () => {
  const book = await openBook();
  await book.ok('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Roof' });
  const off = { description: 'Off', quantity: 1, unitPrice: -100 };
  const lines = [{ description: 'Work', quantity: 1, unitPrice: 1000, unitCost: 300 }, off];
  await book.ok('create-quote', { job: 'J-1', lines });
  const text = await book.text('get-quote', { quote: 'Q-1' });
  expect(text).toContain('Off: 1 × -100.00 = -100.00 (no cost)');
  expect(text).not.toContain('unknown');
});
