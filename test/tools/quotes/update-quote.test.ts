import { expect, test } from 'vitest';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { openBook } from '../../support/answers.ts';
import { danaBook, roofBook, roof, SHINGLES, TEAR_OFF } from '../../support/roof.ts';
import { CITED, walked } from '../../support/walk.ts';
import { expectHelpful, expectPlain } from '../../support/words.ts';

test('"Dana accepted the roof quote"', async () => {
  const book = await openBook();
  await roof(book.ok, { status: 'sent' });
  const { answer, text } = await book.both('update-quote', { quote: 'full re-roof', status: 'accepted' });
  expect(answer).toMatchObject({
    did: 'Q-1 Full re-roof: sent → accepted',
    quote: { ref: 'Q-1', status: 'accepted' },
    uncovered: [],
  });
  expectPlain(text, 900);
  expect((await book.ok('get-job', { job: 'J-1' })).job.profit).toMatchObject({
    costBasis: 'accepted',
    costOfWork: '6720.00',
  });
  expect((await book.ok('get-job', { job: 'J-1' })).job.activity[0]).toMatchObject({
    entry: 'paper',
    text: 'Q-1 sent → accepted',
  });
});

/** Q-1 is sent to Dana Henderson, who is called Dana Whitfield afterwards. */
async function renamed() {
  const book = await openBook();
  await roof(book.ok, { status: 'sent' });
  await book.ok('update-customer', { customer: 'C-1', name: 'Dana Whitfield', address: '9 Elm Street' });
  return {
    ...book,
    sees: async () => await book.text('get-document', { document: 'Q-1' }),
    madeOutTo: async () => {
      const { answer, text } = await book.both('get-quote', { quote: 'Q-1' });
      expect(text.includes('Made out to')).toBe('madeOutTo' in answer.quote);
      return answer.quote.madeOutTo;
    },
  };
}

test('a quote that was sent names whom it was made out to, and so does what its owner reads', async () => {
  const book = await renamed();
  expect(await book.sees()).toContain('Dana Henderson');
  expect(await book.madeOutTo()).toBe('Dana Henderson, 418 Pecan Hollow Ln, Austin');
});

test.each([
  ['accepted', ['accepted']],
  ['a draft again', ['draft']],
  ['sent again as a draft', ['draft', 'sent']],
  ['sent again', ['sent']],
  ['declined, then accepted after all', ['declined', 'accepted']],
])('what was sent is %s: it names them as they are called by then, whatever comes after', async (_, steps) => {
  const book = await renamed();
  for (const status of steps) expect((await book.ok('update-quote', { quote: 'Q-1', status })).change).not.toBeNull();
  expect(await book.sees()).toContain('Dana Whitfield');
  expect(await book.sees()).not.toContain('Henderson');
  expect(await book.madeOutTo()).toBeUndefined();
  await book.ok('update-customer', { customer: 'C-1', name: 'Dana Ortiz' });
  expect(await book.sees()).toContain(steps.at(-1) === 'draft' ? 'Dana Ortiz' : 'Dana Whitfield');
  expect(await book.madeOutTo()).toBe(steps.at(-1) === 'draft' ? undefined : 'Dana Whitfield, 9 Elm Street');
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});

test('what is declined stays made out as it was sent', async () => {
  const book = await renamed();
  await book.ok('update-quote', { quote: 'Q-1', status: 'declined' });
  expect(await book.sees()).toContain('Dana Henderson');
});

test('sent again to whom it names already changes nothing; to who is called otherwise by now it says so', async () => {
  const book = await renamed();
  const { did } = await book.ok('update-quote', { quote: 'Q-1', status: 'sent' });
  expect(did).toBe('Q-1 Full re-roof: sent again, made out to Dana Whitfield');
  expect((await book.ok('update-quote', { quote: 'Q-1', status: 'sent' })).change).toBeNull();
});

test('an acceptance that is undone is made out as before', async () => {
  const book = await renamed();
  const { change } = await book.ok('update-quote', { quote: 'Q-1', status: 'accepted' });
  await book.ok('undo-change', { change });
  expect(await book.sees()).toContain('Dana Henderson');
});

test('"accept the Henderson estimate": what it is called need not stand in its title', async () => {
  const book = await openBook();
  await roof(book.ok, { status: 'sent' });
  const { did } = await book.ok('update-quote', { quote: 'the Henderson estimate', status: 'accepted' });
  expect(did).toBe('Q-1 Full re-roof: sent → accepted');
});

test.each([
  ['draft', 'sent'],
  ['draft', 'accepted'],
  ['draft', 'declined'],
  ['sent', 'accepted'],
  ['sent', 'declined'],
  ['accepted', 'declined'],
])('%s → %s', async (from, to) => {
  const book = await openBook();
  await roof(book.ok, { status: 'draft' });
  if (from !== 'draft') await book.ok('update-quote', { quote: 'Q-1', status: from });
  expect((await book.ok('update-quote', { quote: 'Q-1', status: to })).quote.status).toBe(to);
});

test.each(['draft', 'sent'])('an accepted quote does not go back to %s', async (status) => {
  const book = await roofBook();
  const error = await book.error('update-quote', { quote: 'Q-1', status });
  expect(error).toBe('status: Q-1 is accepted and stays so. Revise it, add a change order, or set it to declined.');
});

test('a draft is edited line by line; lines that say the same keep their cover', async () => {
  const book = await openBook();
  await roof(book.ok, { status: 'draft' });
  await book.ok('add-job-expense', {
    job: 'J-1',
    description: 'Shingles',
    amount: 100,
    category: 'materials',
    coversLine: 'Q-1/1',
  });
  const { answer, text } = await book.both('update-quote', {
    quote: 'Q-1',
    title: 'Re-roof with tear-off',
    notes: 'Start in May.',
    lines: [TEAR_OFF, { ...SHINGLES, quantity: 26 }],
  });
  expect(answer.quote).toMatchObject({
    title: 'Re-roof with tear-off',
    notes: 'Start in May.',
    subtotal: '13740.00',
    cost: '8600.00',
  });
  expect(answer.uncovered).toEqual([]);
  expect(text).toContain('Q-1/2 Architectural shingles');
  expect((await book.ok('get-job', { job: 'J-1' })).job.expenses[0]?.coversLine).toBe('Q-1/2');
});

test('dropping a line that an expense covers names the expense', async () => {
  const book = await openBook();
  await roof(book.ok, { status: 'draft' });
  await book.ok('add-job-expense', {
    job: 'J-1',
    description: 'Shingles',
    amount: 100,
    category: 'materials',
    coversLine: 'Q-1/1',
  });
  const { answer, text } = await book.both('update-quote', { quote: 'Q-1', lines: [TEAR_OFF] });
  expect(answer.uncovered).toEqual(['E-1']);
  expect(text).toContain('E-1 covered a line that is gone and now stands among the expenses.');
});

test('accepted lines are frozen; the error says what to do instead', async () => {
  const book = await roofBook();
  const error = await book.error('update-quote', { quote: 'Q-1', lines: [TEAR_OFF] });
  expectHelpful(error);
  expect(error).toMatch(
    /^lines: Q-1 is accepted: its lines are frozen\. Make a change order .*create-quote with revises/,
  );
});

test.each([['Q-1/1'], ['1'], [1], ['q-1/1']])('a line is marked done as %o, and undone', async (line) => {
  const book = await roofBook();
  await book.ok('add-job-expense', {
    job: 'J-1',
    description: 'Shingles',
    amount: 6000,
    category: 'materials',
    coversLine: 'Q-1/1',
  });
  const { answer, text } = await book.both('update-quote', { quote: 'Q-1', doneLines: [line] });
  expect(answer.quote.lines[0]?.done).toBe(true);
  expect(answer.did).toContain('Q-1/1 Architectural shingles, installed: done');
  expect(text).toContain('materials, done)');
  // What it made by what is done, beside what was planned.
  expect(answer.jobsNow).toMatchObject([
    { ref: 'J-1', byWhatIsDone: true, forecast: { expectedProfit: '4800.00', expectedMarginPercent: 44.4 } },
  ]);
  expect(text).toMatch(/^J-1 Roof replacement now: expected profit 4800\.00 \(44\.4 %\),.* by what is done$/m);
  expect(text).toContain('Private, as planned: cost 6720.00');
  expect((await book.ok('get-job', { job: 'J-1' })).job.profit?.costOfWork).toBe('6000.00');
  const again = await book.ok('update-quote', { quote: 'Q-1', doneLines: [line] });
  expect(again).toMatchObject({ did: 'Q-1 is so already', change: null });
  await book.ok('update-quote', { quote: 'Q-1', notDoneLines: [line] });
  expect((await book.ok('get-job', { job: 'J-1' })).job.profit?.costOfWork).toBe('6720.00');
});

test('a done line without any expense still costs its plan', async () => {
  const book = await roofBook();
  await book.ok('update-quote', { quote: 'Q-1', doneLines: ['Q-1/1'] });
  expect((await book.ok('get-job', { job: 'J-1' })).job.profit?.costOfWork).toBe('6720.00');
});

test.each([
  [{ doneLines: ['Q-1/9'] }, /^doneLines\[0\]: "Q-1\/9" is not a line of Q-1. Use Q-1\/1 to Q-1\/1/],
  [{ doneLines: ['Q-2/1'] }, /^doneLines\[0\]: "Q-2\/1" is not a line of Q-1/],
  [{ doneLines: [1, 'shingles'] }, /^doneLines\[1\]: "shingles" is not a line of Q-1/],
  [{ quote: 'Q-2', doneLines: [1] }, /^doneLines\[0\]: Q-2 is draft. Lines are marked done once the quote is accepted/],
  [{ quote: 'Q-9', status: 'sent' }, /^quote: no quote matches "Q-9"/],
  [{ status: 'superseded' }, /^status: "superseded" is not one of the choices/],
  [
    { quote: 'Q-2', status: 'sent' },
    /^lines: Q-2 has no price yet on line 1 \(Skylight\). Give each line a unitPrice first/,
  ],
])('%o is refused, and nothing of it happens', async (args, words) => {
  const book = await roofBook();
  await book.ok('create-quote', {
    job: 'J-1',
    kind: 'change_order',
    lines: [{ description: 'Skylight', quantity: 1, unitPrice: null }],
  });
  const before = await book.ok('get-quote', { quote: 'Q-1' });
  const error = await book.error('update-quote', { quote: 'Q-1', ...args });
  expectHelpful(error);
  expect(error).toMatch(words);
  expect(await book.ok('get-quote', { quote: 'Q-1' })).toEqual(before);
});

test('a sent quote stays fit to be sent', async () => {
  const book = await openBook();
  await roof(book.ok, { status: 'sent' });
  const error = await book.error('update-quote', { quote: 'Q-1', lines: [{ ...SHINGLES, unitPrice: null }] });
  expect(error).toContain('Q-1 has no price yet on line 1');
  expect((await book.ok('get-quote', { quote: 'Q-1' })).quote.subtotal).toBe('10800.00');
});

test('what is so already is not written', async () => {
  const book = await openBook();
  await roof(book.ok, { status: 'draft' });
  const { answer, text } = await book.both('update-quote', {
    quote: 'Q-1',
    status: 'draft',
    title: 'Full re-roof',
    lines: [SHINGLES],
  });
  expect(answer).toMatchObject({ did: 'Q-1 is so already', change: null });
  expect(text).toContain('Nothing was written.');
});

test('a replaced quote is not touched any more', async () => {
  const book = await openBook();
  await roof(book.ok, { status: 'sent' });
  await book.ok('create-quote', { revises: 'Q-1', lines: [SHINGLES] });
  expect(await book.error('update-quote', { quote: 'Q-1', status: 'accepted' })).toBe(
    'status: Q-1 was replaced by its revision. Change the revision instead.',
  );
  expect(await book.error('update-quote', { quote: 'Q-1', lines: [TEAR_OFF] })).toContain(
    'Change its revision instead',
  );
});

test('lines edited in a draft from a walk & talk keep what they cite', async () => {
  const book = await roofBook();
  await walked(book.ok);
  await book.ok('create-quote', { fromWalkAndTalk: 'W-1', lines: CITED });
  const priced = CITED.map((line) => ({ ...line, cites: undefined, unitPrice: line.unitPrice ?? 380 }));
  const { quote } = await book.ok('update-quote', { quote: 'Q-2', lines: priced, status: 'sent' });
  expect(quote).toMatchObject({ status: 'sent', fromWalkAndTalk: 'W-1' });
  expect(quote.lines.map((line) => line.cites)).toEqual(CITED.map((line) => line.cites));
  const same = priced.map((line, index) => ({ ...line, cites: CITED[index]?.cites }));
  expect((await book.ok('update-quote', { quote: 'Q-2', lines: same })).change).toBeNull();
  const wrong = [{ ...priced[0], cites: 'a hundred squares in all' }];
  expect(await book.error('update-quote', { quote: 'Q-2', lines: wrong })).toMatch(
    /^lines\[0\]\.cites: "a hundred squares in all" does not stand in the transcript of W-1/,
  );
});

const OPEN = { customer: 'C-1', title: 'Porch' } as const;
const line = (description: string, unitPrice: number, tax = 0) => ({
  ...{ description, quantity: 1, unitPrice, taxRatePercent: tax, unitCost: unitPrice / 2 },
});

test('"knock 10 % off": one row behind the lines, less in every tax set', async () => {
  const book = await danaBook();
  await book.ok('create-quote', { ...OPEN, lines: [line('Deck', 100, 5), line('Labor', 50)] });
  const { answer, text } = await book.both('update-quote', { quote: 'Q-1', discount: { percent: 10 } });
  expect(answer.did).toBe('Q-1 Porch: discount of 10 %, 15.00 USD');
  expect(answer.quote).toMatchObject({
    discount: { percent: 10, amount: '15.00', linesTotal: '150.00' },
    ...{ subtotal: '135.00', tax: '4.50', total: '139.50', cost: '75.00', margin: '60.00' },
    taxLines: [{ ratePercent: 5, base: '90.00', tax: '4.50' }],
  });
  expect(text).toContain('Lines 150.00, discount 10 % = -15.00.');
  expect(text).toContain('Subtotal 135.00, tax 5 % 4.50, total 139.50 USD.');
  const sees = await book.text('get-document', { document: 'Q-1' });
  expect(sees).toContain('Lines: $150.00');
  expect(sees).toContain('Discount 10%: -$15.00');
  expect(sees).toContain('Subtotal: $135.00');
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});

test('100.00 with a tax less 10.00 is taxed on 90.00, and 15 % of 0.10 is 0.02', async () => {
  const book = await danaBook();
  const { quote } = await book.ok('create-quote', {
    ...OPEN,
    lines: [line('Deck', 100, 9.975)],
    discount: { amount: 10 },
  });
  expect(quote).toMatchObject({ subtotal: '90.00', tax: '8.98', total: '98.98', discount: { amount: '10.00' } });
  const small = await book.ok('create-quote', { ...OPEN, lines: [line('Nail', 0.1)], discount: { percent: 15 } });
  expect(small.quote).toMatchObject({ subtotal: '0.08', discount: { percent: 15, amount: '0.02' } });
});

test('work taken out at another rate takes its share of a discount on the whole, on the quote and on its bill', async () => {
  const book = await danaBook();
  await book.ok('create-job', { customer: 'C-1', name: 'Deck' });
  const lines = [line('Deck', 1000, 10), { ...line('Old deck kept', -400), unitCost: 0 }];
  const { quote } = await book.ok('create-quote', { job: 'J-1', lines, discount: { percent: 10 }, status: 'accepted' });
  expect(quote).toMatchObject({
    ...{ subtotal: '540.00', tax: '90.00', total: '630.00', discount: { percent: 10, amount: '60.00' } },
    taxLines: [{ ratePercent: 10, base: '900.00', tax: '90.00' }],
  });
  const { invoice } = await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', rest: true } });
  expect(invoice).toMatchObject({ subtotal: '540.00', tax: '90.00', total: '630.00' });
  expect(await book.text('get-document', { document: 'INV-1001' })).toContain('Total due (USD): $630.00');
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});

test('0 % is no discount, and one that comes to nothing has no sign', async () => {
  const book = await danaBook();
  const { quote } = await book.ok('create-quote', { ...OPEN, lines: [line('Deck', 100)], discount: { percent: 0 } });
  expect(quote.discount).toBeUndefined();
  await book.ok('update-quote', { quote: 'Q-1', discount: { percent: 10 } });
  const none = await book.both('update-quote', { quote: 'Q-1', discount: { percent: 0 } });
  expect(none.text).toContain('no discount any more');
  expect(none.answer.quote).toMatchObject({ subtotal: '100.00' });
  const screw = await book.both('create-quote', { ...OPEN, lines: [line('Screw', 0.02)], discount: { percent: 10 } });
  expect(screw.text).toContain('Lines 0.02, discount 10 % = 0.00.');
  expect(await book.text('get-document', { document: 'Q-2' })).not.toContain('-$0.00');
});

test('what-if prices below the discount on the whole are refused, as such a quote would be', async () => {
  const book = await danaBook();
  await book.ok('create-quote', { ...OPEN, lines: [line('Deck', 1000)], discount: { amount: 500 } });
  expect(await book.error('get-quote', { quote: 'Q-1', whatIf: { discountPercent: 90 } })).toContain(
    '500.00 USD is more than the lines come to (100.00 USD)',
  );
  const { whatIf } = await book.ok('get-quote', { quote: 'Q-1', whatIf: { discountPercent: 50 } });
  expect(whatIf).toMatchObject({ subtotal: '0.00', total: '0.00', margin: '-500.00', marginPercent: null });
});

test('a percentage follows the lines, an amount stays, and null takes it off', async () => {
  const book = await danaBook();
  await book.ok('create-quote', { ...OPEN, lines: [line('Deck', 100)], discount: { percent: 10 } });
  const more = await book.ok('update-quote', { quote: 'Q-1', lines: [line('Deck', 200)] });
  expect(more.quote).toMatchObject({ subtotal: '180.00', discount: { amount: '20.00' } });
  await book.ok('update-quote', { quote: 'Q-1', discount: { amount: 5 } });
  const less = await book.ok('update-quote', { quote: 'Q-1', lines: [line('Deck', 100)] });
  expect(less.quote).toMatchObject({ subtotal: '95.00' });
  expect((await book.ok('update-quote', { quote: 'Q-1', discount: { amount: 5 } })).change).toBeNull();
  const off = await book.ok('update-quote', { quote: 'Q-1', discount: null });
  expect(off.did).toContain('no discount any more');
  expect(off.quote.discount).toBeUndefined();
  expect(off.quote.subtotal).toBe('100.00');
  await book.ok('undo-change', { change: off.change });
  expect((await book.ok('get-quote', { quote: 'Q-1' })).quote).toMatchObject({ subtotal: '95.00' });
});

test('the contract, its bills, their credits, a revision and a copy follow the discount', async () => {
  const book = await danaBook();
  await book.ok('create-job', { customer: 'C-1', name: 'Porch' });
  const lines = [line('Deck', 1000, 8.25), line('Labor', 500)];
  await book.ok('create-quote', { job: 'J-1', lines, discount: { percent: 10 }, status: 'accepted' });
  const deposit = await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', percent: 50 } });
  expect(deposit.invoice).toMatchObject({ subtotal: '675.00', tax: '37.13' });
  const rest = await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', rest: true } });
  // Of 900.00 and 450.00 less, taxed on 900.00: 74.25 in all.
  expect(rest.invoice).toMatchObject({ subtotal: '675.00', tax: '37.12' });
  expect((await book.ok('get-job', { job: 'J-1' })).job.profit).toMatchObject({
    billed: '1350.00',
    costOfWork: '750.00',
  });
  const credit = await book.ok('create-invoice', { creditFor: 'INV-1002', all: true, billAgain: true });
  expect(credit.invoice).toMatchObject({ subtotal: '-675.00', tax: '-37.12' });
  const copy = await book.ok('create-quote', { customer: 'C-1', copyOf: 'Q-1', changePercent: 100 });
  expect(copy.quote).toMatchObject({ subtotal: '2700.00', discount: { percent: 10, amount: '300.00' } });
  const revision = await book.ok('create-quote', { revises: copy.quote.ref, lines: [line('Deck', 100)] });
  expect(revision.quote).toMatchObject({ subtotal: '90.00', discount: { percent: 10 } });
  const whatIf = await book.ok('get-quote', { quote: revision.quote.ref, whatIf: { discountPercent: 50 } });
  expect(whatIf.whatIf).toMatchObject({ subtotal: '45.00', subtotalWas: '90.00' });
  expect(await book.text('get-quote', { quote: revision.quote.ref, whatIf: { discountPercent: 50 } })).toContain(
    'Both subtotals, and the margins of lines, are less the discount on the whole (10 %).',
  );
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});

test.each([
  [{ discount: 10 }, /^discount: must be an object or null, like \{ percent: .* \} or \{ amount: .* \}, not "10"/],
  [{ discount: {} }, /^discount: give one of the two: \{ "percent": 10 \} or \{ "amount": 250 \}/],
  [{ discount: { percent: 10, amount: 5 } }, /^discount: give one of the two/],
  [{ discount: { percent: -10 } }, /^discount.percent: /],
  [{ discount: { percent: 101 } }, /^discount.percent: .*too large/],
  [{ discount: { amount: 100.01 } }, /^discount: 100.01 USD is more than the lines come to \(100.00 USD\)/],
  [{ discount: { amount: 0 } }, /^discount.amount: /],
])('%j is no discount', async (args, words) => {
  const book = await danaBook();
  await book.ok('create-quote', { ...OPEN, lines: [line('Deck', 100)] });
  const error = await book.error('update-quote', { quote: 'Q-1', ...args });
  expectHelpful(error);
  expect(error).toMatch(words);
});

test('an accepted quote takes no discount', async () => {
  const book = await danaBook();
  await book.ok('create-quote', { ...OPEN, lines: [line('Deck', 100)], status: 'accepted' });
  expect(await book.error('update-quote', { quote: 'Q-1', discount: { percent: 5 } })).toContain('frozen');
});

test('accepting one of two offers asks about the other; a change order, and one alone, asks nothing', async () => {
  const book = await openBook();
  await roof(book.ok, { status: 'sent' });
  const better = { description: 'Standing seam', quantity: 24, unitPrice: 500 };
  await book.ok('create-quote', { job: 'J-1', title: 'Metal', status: 'sent', lines: [better] });
  const { answer, text } = await book.both('update-quote', { quote: 'Q-1', status: 'accepted' });
  const asked = 'Q-2 of 12000.00 USD is still open: decline it if Q-1 replaces it.';
  expect(answer.warnings).toEqual([expect.stringContaining(asked)]);
  expect(text).toContain(`Note: ${asked} update-quote with status: declined closes it.`);
  // The same where one is written as accepted at once; a price that is not known is not made up.
  await book.ok('update-quote', { quote: 'Q-2', lines: [{ ...better, unitPrice: null }], status: 'draft' });
  await book.ok('update-quote', { quote: 'Q-1', status: 'declined' });
  await book.ok('create-quote', { job: 'J-1', title: 'Slate', lines: [better] });
  const third = await book.ok('create-quote', { job: 'J-1', status: 'accepted', lines: [better] });
  expect(third.warnings.join()).toContain(
    'Q-2, Q-3 of 12000.00 USD are still open: decline them if Q-4 replaces them.',
  );
  const order = { job: 'J-1', kind: 'change_order', status: 'accepted' };
  expect((await book.ok('create-quote', { ...order, lines: [better] })).warnings).toEqual([]);
  for (const quote of ['Q-2', 'Q-3']) await book.ok('update-quote', { quote, status: 'declined' });
  const last = await book.ok('create-quote', { job: 'J-1', status: 'accepted', title: 'Shed', lines: [better] });
  expect(last.warnings).toEqual([]);
});

test('a discount, and that there is none any more, stand in the log of the job', async () => {
  const book = await roofBook();
  await book.ok('create-quote', { job: 'J-1', title: 'Porch', lines: [line('Porch', 150)] });
  await book.ok('update-quote', { quote: 'Q-2', discount: { percent: 10 } });
  await book.ok('update-quote', { quote: 'Q-2', discount: null });
  const { job } = await book.ok('get-job', { job: 'J-1', section: 'activity' });
  expect(job.activity.slice(0, 2).map(({ text }) => text)).toEqual([
    'Q-2: no discount any more',
    'Q-2: discount of 10 %, 15.00 USD',
  ]);
});

const VENT = { description: 'Ridge vent', quantity: 1, unitPrice: 1200, unitCost: 500 };

test.each(['draft', 'sent'] as const)(
  '"plus 1,200 for the vent" on one that is %s: the others stay',
  async (status) => {
    const book = await openBook();
    await roof(book.ok, { status });
    const asked = { quote: 'Q-1', addLines: [VENT] };
    const did = 'Q-1 Full re-roof: 1 line added, 10800.00 USD → 12000.00 USD';
    expect((await book.ok('update-quote', { ...asked, preview: true })).did).toBe(did);
    const { answer, text } = await book.both('update-quote', asked);
    expect(answer).toMatchObject({ did, uncovered: [], warnings: [], quote: { subtotal: '12000.00', status } });
    expect(answer.quote.lines.map(({ description }) => description)).toEqual([SHINGLES.description, 'Ridge vent']);
    expect(text).toContain(did);
    // The same once more is another line, whatever it is called.
    const more = await book.ok('update-quote', { quote: 'Q-1', addLines: [SHINGLES], discount: { percent: 10 } });
    expect(more.did).toBe('Q-1 Full re-roof: 1 line added, 12000.00 USD → 20520.00 USD; discount of 10 %, 2280.00 USD');
    const { job } = await book.ok('get-job', { job: 'J-1', section: 'activity' });
    expect(job.activity.map((each) => each.text)).toContain('Q-1: 1 line added, 10800.00 USD → 12000.00 USD');
    await book.ok('undo-change', { change: more.change });
    expect((await book.ok('get-quote', { quote: 'Q-1' })).quote).toMatchObject({ subtotal: '12000.00' });
    expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
  },
);

test('lines in place of others say what they took out, and what the quote comes to before and after', async () => {
  const book = await openBook();
  await roof(book.ok, { status: 'sent' });
  await book.ok('update-quote', { quote: 'Q-1', addLines: [TEAR_OFF, VENT] });
  const asked = { quote: 'Q-1', lines: [{ ...VENT, description: 'Soffit vent', quantity: 2 }] };
  const out = `3 lines taken out (${SHINGLES.description}, ${TEAR_OFF.description}, Ridge vent)`;
  const did = `Q-1 Full re-roof: ${out}, 1 line added, 14040.00 USD → 2400.00 USD`;
  const preview = await book.both('update-quote', { ...asked, preview: true });
  expect(preview.answer.did).toBe(did);
  expect(preview.text).toContain('addLines adds a line and keeps the others');
  const { answer, text } = await book.both('update-quote', asked);
  expect(answer.did).toBe(did);
  expect(answer.warnings.join()).toContain('The lines that were given are all that Q-1 has now.');
  expect(text).toContain(out);
  const changed = await book.ok('update-quote', { quote: 'Q-1', lines: [{ ...asked.lines[0], quantity: 1 }] });
  expect(changed).toMatchObject({
    did: 'Q-1 Full re-roof: lines changed, 2400.00 USD → 1200.00 USD',
    warnings: [],
  });
  // What a price that is not known comes to is not told.
  const unknown = await book.ok('update-quote', {
    quote: 'Q-1',
    status: 'draft',
    addLines: [{ ...VENT, unitPrice: null }],
  });
  expect(unknown.did).toBe('Q-1 Full re-roof: 1 line added; sent → draft');
});

test('what is added keeps the rules of lines', async () => {
  const book = await openBook();
  await roof(book.ok, { status: 'sent' });
  const error = async (args: object) => await book.error('update-quote', { quote: 'Q-1', ...args });
  expect(await error({ addLines: [VENT], lines: [VENT] })).toBe(
    'addLines: are added to the lines that there are, and lines stands in their place. Give one of the two.',
  );
  expect(await error({ addLines: [{ ...VENT, quantity: -1, unitPrice: -5 }] })).toMatch(/^addLines\[0\]\.unitPrice: /);
  expect(await error({ addLines: [{ ...VENT, unitPrice: null }] })).toContain('price');
  expect(await error({ addLines: Array.from({ length: 200 }, () => VENT) })).toMatch(/^addLines: .*more than 200/);
  await book.ok('update-quote', { quote: 'Q-1', status: 'accepted' });
  expect(await error({ addLines: [VENT] })).toMatch(
    /^addLines: Q-1 is accepted: its lines are frozen\. Make a change order/,
  );
});

test('a line that is added once more within minutes is a retry, unless it is said to be meant or was taken back', async () => {
  const book = await openBook({ repeats: 'noticed' });
  await roof(book.ok, { status: 'draft' });
  const asked = { quote: 'Q-1', addLines: [VENT] };
  const { change } = await book.ok('update-quote', asked);
  const error = await book.error('update-quote', asked);
  expectHelpful(error);
  expect(error).toContain('allowDuplicate');
  expect((await book.ok('get-quote', { quote: 'Q-1' })).quote.subtotal).toBe('12000.00');
  await book.ok('update-quote', { ...asked, allowDuplicate: true });
  await book.ok('update-quote', { quote: 'Q-1', lines: [SHINGLES, VENT] });
  // Another line is none, and neither is what was undone.
  await book.ok('update-quote', { quote: 'Q-1', addLines: [TEAR_OFF] });
  const other = await openBook({ repeats: 'noticed' });
  await roof(other.ok, { status: 'draft' });
  const added = await other.ok('update-quote', asked);
  await other.ok('undo-change', { change: added.change });
  expect((await other.ok('update-quote', asked)).quote.subtotal).toBe('12000.00');
  expect(change).not.toBeNull();
});

/** Maria was offered a deck twice, on no job; a fence on a job of its own; and somebody else a shed. */
async function mariasOffers() {
  const book = await openBook();
  await book.ok('create-customer', { name: 'Maria Lopez' });
  const offer = (unitPrice: number) => ({ status: 'sent', lines: [{ description: 'Work', quantity: 1, unitPrice }] });
  await book.ok('create-quote', { customer: 'C-1', title: 'Deck', ...offer(9000) });
  await book.ok('create-quote', { customer: 'C-1', title: 'Deck, cedar', ...offer(14160) });
  await book.ok('create-job', { customer: 'C-1', name: 'Fence' });
  await book.ok('create-quote', { job: 'J-1', ...offer(3000) });
  await book.ok('create-quote', { job: 'J-1', kind: 'change_order', ...offer(100) });
  await book.ok('create-customer', { name: 'Bob Shed' });
  await book.ok('create-quote', { customer: 'C-2', title: 'Shed', ...offer(500) });
  return book;
}

test('"she signed": on no job, what else lies with her is named, and on a job what lies with her for that', async () => {
  const book = await mariasOffers();
  const { answer, text } = await book.both('update-quote', { quote: 'Q-1', status: 'accepted' });
  expect(answer.warnings.join()).toContain('Q-2 of 14160.00 USD, Q-3 of 3000.00 USD are still open');
  expect(text).toContain('decline them if Q-1 replaces them. update-quote with status: declined closes each.');
  const fence = await book.ok('update-quote', { quote: 'Q-3', status: 'accepted' });
  expect(fence.warnings).toEqual([]);
  await book.ok('update-quote', { quote: 'Q-2', status: 'declined' });
  const shed = await book.ok('update-quote', { quote: 'Q-5', status: 'accepted' });
  expect(shed.warnings).toEqual([]);
});

test('what was accepted comes under a job: what else is offered for that job is named', async () => {
  const book = await mariasOffers();
  await book.ok('update-quote', { quote: 'Q-2', status: 'declined' });
  await book.ok('update-quote', { quote: 'Q-1', status: 'accepted' });
  const { answer, text } = await book.both('file-under-job', { job: 'J-1', records: ['Q-1'] });
  const asked = 'Q-3 of 3000.00 USD is still open: decline it if Q-1 replaces it.';
  expect(answer.warnings.join()).toContain(asked);
  expect(text).toContain(asked);
  // It is there already, or comes to a job of its own: there is nothing to ask.
  expect((await book.ok('file-under-job', { job: 'J-1', records: ['Q-1'] })).warnings).toEqual([]);
  await book.ok('create-job', { customer: 'C-1', name: 'Deck' });
  expect((await book.ok('file-under-job', { job: 'J-2', records: ['Q-1'] })).warnings).toEqual([]);
});

test('"send it to her": it is marked as sent, and that nothing was mailed is said once, with how she is reached', async () => {
  const book = await openBook();
  await roof(book.ok, { status: 'draft' });
  const { answer, text } = await book.both('update-quote', { quote: 'Q-1', status: 'sent' });
  expect(answer.notMailed).toEqual({ customer: 'Dana Henderson', email: 'dana@example.com' });
  const said = 'Nothing was mailed from here to Dana Henderson, dana@example.com: get-document makes the PDF.';
  expect(text.split(said)).toHaveLength(2);
  // What is sent already, accepted or changed is not sent by that.
  for (const args of [{ status: 'sent' }, { title: 'Roof' }, { status: 'accepted' }])
    expect((await book.ok('update-quote', { quote: 'Q-1', ...args })).notMailed).toBeUndefined();
  await book.ok('create-customer', { name: 'Bob Ray', phone: '(512) 555-0199' });
  const offer = { customer: 'C-2', title: 'Shed', lines: [VENT] };
  const written = await book.both('create-quote', { ...offer, status: 'sent' });
  expect(written.answer.notMailed).toEqual({ customer: 'Bob Ray', phone: '(512) 555-0199' });
  expect(written.text).toContain('Nothing was mailed from here to Bob Ray, (512) 555-0199: get-document');
  expect((await book.ok('create-quote', { ...offer, title: 'Barn' })).notMailed).toBeUndefined();
});
