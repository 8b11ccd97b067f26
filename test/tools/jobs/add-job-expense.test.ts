import { expect, test } from 'vitest';
import { openBook } from '../../support/answers.ts';
import { BILL, roofBook, roof, SHINGLES, TEAR_OFF } from '../../support/roof.ts';
import { expectHelpful, expectPlain } from '../../support/words.ts';

test('"I paid 612.40 for the permit on the roof"', async () => {
  const book = await roofBook();
  await book.ok('create-invoice', { job: 'J-1', lines: BILL });
  const { answer, text } = await book.both('add-job-expense', {
    job: 'roof',
    description: 'City re-roof permit',
    amount: 612.4,
    category: 'permit',
    vendor: 'City permit office',
    spentOn: '2026-03-02',
  });
  expect(answer.did).toBe('Logged E-1 City re-roof permit, 612.40 USD, on J-1 Roof replacement');
  expect(answer.expense).toEqual({
    ref: 'E-1',
    description: 'City re-roof permit',
    amount: '612.40',
    category: 'permit',
    vendor: 'City permit office',
    spentOn: '2026-03-02',
    coversLine: null,
    receipt: null,
  });
  expect(answer.job).toEqual({ ref: 'J-1', name: 'Roof replacement' });
  expect(answer.profit).toMatchObject({
    billed: '10800.00',
    costOfWork: '6720.00',
    expenses: '612.40',
    profit: '3467.60',
    marginPercent: 32.1,
  });
  expect(answer.profit).toEqual((await book.ok('get-job', { job: 'J-1' })).job.profit);
  expectPlain(text, 800);
  expect(text).toContain('J-1 now: Profit 3467.60 USD, margin 32.1 %');
});

test.each(['materials', 'labor', 'subcontractor', 'permit', 'equipment', 'other'])(
  '%s is a category',
  async (category) => {
    const book = await roofBook();
    const { expense } = await book.ok('add-job-expense', {
      job: 'J-1',
      description: 'Something',
      amount: '0.01',
      category,
    });
    expect(expense).toMatchObject({ category, amount: '0.01', spentOn: '2026-03-10', vendor: null });
  },
);

test.each([
  [420, '420.00'],
  ['420.5', '420.50'],
  ['420.50', '420.50'],
  [0.3, '0.30'],
  [1e9, '1000000000.00'],
  [' 42 ', '42.00'],
])('%s is read as %s', async (amount, shown) => {
  const book = await roofBook();
  expect(
    (await book.ok('add-job-expense', { job: 'J-1', description: 'Something', amount, category: 'other' })).expense
      .amount,
  ).toBe(shown);
});

test('what a quoted line really cost takes its place in the strip, by number or by words', async () => {
  const book = await openBook();
  await roof(book.ok, { status: 'draft' });
  await book.ok('update-quote', { quote: 'Q-1', lines: [SHINGLES, TEAR_OFF], status: 'accepted' });
  const shingles = { job: 'J-1', description: 'Shingles', category: 'materials' };
  const first = await book.ok('add-job-expense', { ...shingles, amount: 1000, coversLine: 'Q-1/1' });
  expect(first.expense.coversLine).toBe('Q-1/1');
  // 1,000 of the 6,720 planned is spent: the plan still counts, and the thousand counts nowhere else.
  expect(first.profit).toMatchObject({ costOfWork: '8040.00', expenses: '0.00' });
  const { answer, text } = await book.both('add-job-expense', { ...shingles, amount: 6000, coversLine: 'shingles' });
  expect(answer.expense.coversLine).toBe('Q-1/1');
  expect(answer.profit).toMatchObject({ costOfWork: '8320.00', expenses: '0.00' });
  expect(answer.profit?.warnings.map(({ code }) => code)).not.toContain('possible_double_count');
  expect(text).toContain('covers Q-1/1');
});

test.each([
  ['a line that is not there', 'Q-1/9', /^coversLine: there is no line "Q-1\/9". get-quote shows/],
  ['words that fit no line', 'chimney', /^coversLine: there is no line "chimney"/],
  [
    'a line of another job',
    'Q-2/1',
    /^coversLine: Q-2\/1 belongs to another job. An expense covers a line of its own job's quotes/,
  ],
  ['a line that takes work out', 'Q-3/1', /^coversLine: Q-3\/1 takes work out .*Cover the line it changes/],
])('%s cannot be covered', async (_, coversLine, words) => {
  const book = await roofBook();
  await book.ok('create-job', { customer: 'C-1', name: 'Garage' });
  await book.ok('create-quote', { job: 'J-2', status: 'accepted', lines: [SHINGLES] });
  await book.ok('create-quote', {
    job: 'J-1',
    kind: 'change_order',
    status: 'accepted',
    lines: [{ ...SHINGLES, quantity: -2, changesLine: 'Q-1/1' }],
  });
  const error = await book.error('add-job-expense', {
    job: 'J-1',
    description: 'Shingles',
    amount: 1,
    category: 'materials',
    coversLine,
  });
  expectHelpful(error);
  expect(error).toMatch(words);
  expect((await book.ok('get-job', { job: 'J-1' })).job.expenses).toEqual([]);
});

test('words that fit two lines name both', async () => {
  const book = await roofBook();
  await book.ok('create-quote', {
    job: 'J-1',
    kind: 'change_order',
    status: 'sent',
    lines: [{ ...SHINGLES, description: 'Ridge shingles' }],
  });
  const error = await book.error('add-job-expense', {
    job: 'J-1',
    description: 'Shingles',
    amount: 1,
    category: 'materials',
    coversLine: 'shingles',
  });
  expect(error).toMatch(/^coversLine: "shingles" could be any of these lines:/);
  expect(error).toContain('- Q-1/1 Architectural shingles, installed');
  expect(error).toContain('- Q-2/1 Ridge shingles');
});

test('a missing or made-up category is refused with the six there are', async () => {
  const book = await roofBook();
  for (const category of [undefined, 'gas']) {
    const error = await book.error('add-job-expense', { job: 'J-1', description: 'Fuel', amount: 40, category });
    expect(error).toMatch(/^category: .*Use materials, labor, subcontractor, permit, equipment, other\.$/);
  }
});

test('amounts follow the currency of the books', async () => {
  const yen = await openBook({ currency: 'JPY' });
  await roof(yen.ok);
  const expense = { job: 'J-1', description: 'Nails', category: 'materials' };
  expect((await yen.ok('add-job-expense', { ...expense, amount: 4200 })).expense.amount).toBe('4200');
  expect(await yen.error('add-job-expense', { ...expense, amount: 4200.5 })).toMatch(
    /^amount: "4200.5" has more decimals than JPY has \(0\)\. Write it as a plain number in JPY, like 4200/,
  );
  const dinar = await openBook({ currency: 'KWD' });
  await roof(dinar.ok);
  expect((await dinar.ok('add-job-expense', { ...expense, amount: '1.005' })).expense.amount).toBe('1.005');
});

test('on the free plan it says what expenses need', async () => {
  const book = await openBook({ plan: 'free', samples: true });
  const error = await book.error('add-job-expense', {
    job: 'J-S4',
    description: 'Nails',
    amount: 4,
    category: 'materials',
  });
  expect(error).toContain('Logging job expenses needs the Pro plan ($19 a month)');
});

const UPLOAD = { content: 'JVBERi0xLjcK', name: 'hill-supply.pdf' };

test('with a receipt that was attached before: it goes on the expense and on the job', async () => {
  const book = await roofBook();
  await book.ok('attach-file', { customer: 'C-1', ...UPLOAD });
  const logged = { job: 'J-1', description: 'Nails', amount: 18, category: 'materials', receipt: 'hill supply' };
  const { answer, text } = await book.both('add-job-expense', logged);
  expect(answer.expense).toMatchObject({ ref: 'E-1', receipt: 'F-1' });
  expect(text).toContain('receipt F-1');
  expect((await book.ok('get-job', { job: 'J-1' })).job.activity[0]?.text).toBe(
    'E-1 Nails: 18.00 (materials), receipt F-1',
  );
  expect(await book.error('add-job-expense', { ...logged, receipt: 'F-1' })).toMatch(
    /^receipt: F-1 belongs to E-1 already\. Take it off there first/,
  );
});

test('a receipt of another customer or another job is refused, and nothing is logged', async () => {
  const book = await roofBook();
  await book.ok('create-job', { customer: 'C-1', name: 'Garage' });
  await book.ok('create-customer', { name: 'Marcus Oyelaran' });
  await book.ok('attach-file', { customer: 'C-2', ...UPLOAD });
  await book.ok('attach-file', { job: 'J-2', ...UPLOAD });
  const logged = { job: 'J-1', description: 'Nails', amount: 18, category: 'materials' };
  for (const [receipt, words] of [
    ['F-1', /^receipt: F-1 is a file of Marcus Oyelaran, and the expense is not/],
    ['F-2', /^receipt: F-2 is on J-2 Garage\. Move it with file-under-job first/],
    ['F-9', /^receipt: no file matches "F-9"/],
  ] as const) {
    const error = await book.error('add-job-expense', { ...logged, receipt });
    expectHelpful(error);
    expect(error).toMatch(words);
  }
  expect((await book.ok('get-job', { job: 'J-1' })).job.expenses).toEqual([]);
});

test('on the pro plan expenses are logged, and only a receipt needs more', async () => {
  const book = await openBook({ plan: 'pro' });
  await roof(book.ok);
  const logged = { job: 'J-1', description: 'Nails', amount: 18, category: 'materials' };
  expect((await book.ok('add-job-expense', logged)).expense.receipt).toBeNull();
  expect(await book.error('add-job-expense', { ...logged, receipt: 'F-1' })).toContain('needs the Business plan ($39');
});
