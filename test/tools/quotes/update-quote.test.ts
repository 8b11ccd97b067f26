import { expect, test } from 'vitest';
import { openBook } from '../../support/answers.ts';
import { roofBook, roof, SHINGLES, TEAR_OFF } from '../../support/roof.ts';
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
  expect(answer.warnings).toEqual([expect.stringMatching(/^J-1 Roof replacement now: profit -6000\.00/)]);
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
