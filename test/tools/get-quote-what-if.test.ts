import { expect, test } from 'vitest';
import { openBook } from '../support/answers.ts';
import { dana, danaBook, roof, SHINGLES, TEAR_OFF } from '../support/roof.ts';
import { expectHelpful, expectPlain } from '../support/words.ts';

/** Q-1 of C-1: shingles at 8.25 % tax, tear-off, and a skylight whose cost nobody knows yet. */
async function quoted() {
  const book = await danaBook();
  const skylight = { description: 'Skylight', quantity: 1, unitPrice: 900 };
  await book.ok('create-quote', {
    customer: 'C-1',
    title: 'Full re-roof',
    lines: [{ ...SHINGLES, taxRatePercent: 8.25 }, TEAR_OFF, skylight],
  });
  return book;
}

test('"price it for a 35 % margin": each line from its cost, and the margin really reached', async () => {
  const book = await quoted();
  const { answer, text } = await book.both('get-quote', { quote: 'full re-roof', whatIf: { marginPercent: 35 } });
  expect(answer.whatIf).toEqual({
    lines: [
      line('Q-1/1', { unitPrice: '430.77', was: '450.00', unitCost: '280.00', amount: '10338.48', marginPercent: 35 }),
      line('Q-1/2', { unitPrice: '84.62', was: '85.00', unitCost: '55.00', amount: '2030.88', marginPercent: 35 }),
      line('Q-1/3', { unitPrice: '900.00', was: '900.00', unitCost: null, amount: '900.00', marginPercent: null }),
    ],
    subtotal: '13269.36',
    subtotalWas: '13740.00',
    tax: '852.92',
    total: '14122.28',
    cost: '8040.00',
    margin: '5229.36',
    marginPercent: 39.4,
    marginPercentWas: 41.5,
  });
  // The quote itself stands beside it as it is.
  expect(answer.quote).toMatchObject({ ref: 'Q-1', subtotal: '13740.00' });
  expectPlain(text, 900);
  expect(text).toContain('Only a what-if for Q-1 Full re-roof, draft: nothing is saved.');
  expect(text).toContain(
    '- Q-1/1 Architectural shingles, installed: 24 square × 430.77 = 10338.48 (was 450.00; cost 280.00 each; margin 35 %)',
  );
  expect(text).toContain('1 line as before.');
  expect(text).toContain('Subtotal 13269.36 (was 13740.00), tax 852.92, total 14122.28 USD.');
  expect(text).toContain(
    'Private: what 1 line costs is not known, so the margin is not either: at most 5229.36, known cost 8040.00.',
  );
  expect(text).toContain('To make it real: update-quote Q-1 with all its lines');
});

function line(
  ref: string,
  figures: { unitPrice: string; was: string; unitCost: string | null; amount: string; marginPercent: number | null },
) {
  return { ref, costWas: figures.unitCost, ...figures };
}

test('"knock 10 % off" takes it off every price', async () => {
  const book = await quoted();
  const { whatIf } = await book.ok('get-quote', { quote: 'Q-1', whatIf: { discountPercent: '10' } });
  expect(whatIf?.lines.map((each) => each.unitPrice)).toEqual(['405.00', '76.50', '810.00']);
  expect(whatIf).toMatchObject({ subtotal: '12366.00', cost: '8040.00', margin: '4326.00', marginPercent: 35 });
});

test('"what if materials go up 8 %" leaves the prices and shows what that does to the margin', async () => {
  const book = await quoted();
  const rise = { costs: [{ category: 'materials', percent: 8 }] };
  const { answer, text } = await book.both('get-quote', { quote: 'Q-1', whatIf: rise });
  expect(answer.whatIf?.lines[0]).toMatchObject({ unitPrice: '450.00', unitCost: '302.40', costWas: '280.00' });
  expect(answer.whatIf).toMatchObject({
    subtotal: '13740.00',
    cost: '8577.60',
    margin: '5162.40',
    marginPercent: 37.6,
  });
  expect(text).toContain('(cost 302.40 each, was 280.00; margin 32.8 %)');
  const both = await book.ok('get-quote', { quote: 'Q-1', whatIf: { ...rise, marginPercent: 35 } });
  expect(both.whatIf?.lines[0]).toMatchObject({ unitPrice: '465.23', unitCost: '302.40' });
});

test('nothing is written, and asking for nothing changes nothing', async () => {
  const book = await quoted();
  const before = await book.ok('get-quote', { quote: 'Q-1' });
  const { change } = await book.ok('create-customer', { name: 'Ruth Vance' });
  const { answer, text } = await book.both('get-quote', { quote: 'Q-1', whatIf: {} });
  expect(answer.whatIf).toMatchObject({ subtotal: '13740.00', subtotalWas: '13740.00', marginPercent: 41.5 });
  expect(text).toContain('3 lines as before.');
  expect(text).not.toContain('To make it real');
  await book.ok('get-quote', { quote: 'Q-1', whatIf: { marginPercent: 50 } });
  expect(await book.ok('get-quote', { quote: 'Q-1' })).toEqual(before);
  expect((await book.ok('create-customer', { name: 'Ned Ortiz' })).change).toBe((change ?? 0) + 1);
});

test('given to update-quote, the prices of a what-if make the quote it showed', async () => {
  const book = await quoted();
  const { quote, whatIf } = await book.ok('get-quote', { quote: 'Q-1', whatIf: { marginPercent: '33.3333' } });
  const lines = quote.lines.map(({ description, quantity, taxRatePercent, category }, index) => ({
    description,
    quantity,
    taxRatePercent,
    unitPrice: whatIf?.lines[index]?.unitPrice,
    unitCost: whatIf?.lines[index]?.unitCost,
    ...(category === null ? {} : { category }),
  }));
  const real = (await book.ok('update-quote', { quote: 'Q-1', lines })).quote;
  for (const figure of ['subtotal', 'tax', 'total', 'cost', 'margin', 'marginPercent'] as const)
    expect(real[figure], figure).toBe(whatIf?.[figure]);
});

test('each status says how to make it real', async () => {
  const book = await openBook();
  await roof(book.ok, { status: 'draft' });
  const how = async (quote: string) => await book.text('get-quote', { quote, whatIf: { discountPercent: 5 } });
  expect(await how('Q-1')).toContain('update-quote Q-1 with all its lines');
  await book.ok('update-quote', { quote: 'Q-1', status: 'sent' });
  expect(await how('Q-1')).toContain('and send it again');
  await book.ok('update-quote', { quote: 'Q-1', status: 'accepted' });
  expect(await how('Q-1')).toContain('create-quote with revises Q-1');
  await book.ok('create-quote', { revises: 'Q-1', status: 'accepted', lines: [SHINGLES] });
  expect(await how('Q-1')).toContain('ask the same of its revision Q-2');
  await book.ok('update-quote', { quote: 'Q-2', status: 'declined' });
  expect(await how('Q-2')).toContain('create-quote with revises Q-2');
});

test.each([
  [{ marginPercent: 35, discountPercent: 10 }, /discountPercent and marginPercent exclude each other/],
  [{ marginPercent: 100 }, /^whatIf.marginPercent: "100" must be below 100: margin is a share of the price/],
  [{ marginPercent: 250 }, /must be below 100/],
  [{ marginPercent: -5 }, /^whatIf.marginPercent: "-5" must not be negative/],
  [{ marginPercent: 33.33333 }, /more than 4 decimals/],
  [{ discountPercent: 101 }, /^whatIf.discountPercent: "101" is too large. The limit is 100/],
  [{ discountPercent: '10%' }, /^whatIf.discountPercent: "10%" is not a percentage/],
  [
    { discountPercent: -10 },
    /^whatIf.discountPercent: a discount takes something off, and -10 % would add to the prices. Write 10 for 10 % off.*copyOf, changePercent: 10 and preview/,
  ],
  [{ costs: [{ percent: 8 }, { percent: -101 }] }, /^whatIf.costs\[1\].percent: "-101" is too/],
  [{ costs: [{ percent: 1001 }] }, /too large. The limit is 1000/],
  [
    { costs: [{ category: 'shingles', percent: 8 }] },
    /^whatIf.costs\[0\].category: "shingles" is not one of the choices/,
  ],
  [{ costs: [{ category: 'labor' }] }, /^whatIf.costs\[0\].percent: is missing/],
  [{ margin: 35 }, /^whatIf: unknown argument "margin". Expected: costs, discountPercent, marginPercent/],
  [{ costs: Array.from({ length: 21 }, () => ({ percent: 1 })) }, /too long: at most 20/],
])('%j is refused with what to give instead', async (whatIf, expected) => {
  const book = await quoted();
  const error = await book.error('get-quote', { quote: 'Q-1', whatIf });
  expectHelpful(error);
  expect(error).toMatch(expected);
});

test('in a currency without minor units every price is whole', async () => {
  const book = await openBook({ currency: 'JPY' });
  await dana(book.ok);
  await book.ok('create-quote', {
    customer: 'C-1',
    lines: [{ description: 'Tiles', quantity: 3, unitPrice: 500, unitCost: 280 }],
  });
  const { whatIf } = await book.ok('get-quote', { quote: 'Q-1', whatIf: { marginPercent: 35 } });
  expect(whatIf).toMatchObject({ lines: [{ unitPrice: '431' }], subtotal: '1293', margin: '453', marginPercent: 35 });
});
