import { expect, test } from 'vitest';
import type { ExpenseSaid } from '../../../src/domain/cost.ts';
import { getFile } from '../../../src/services/site/files.ts';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import type { TypedBook } from '../../support/answers.ts';
import { roofBook, SHINGLES } from '../../support/roof.ts';
import { expectHelpful, expectPlain } from '../../support/words.ts';
import { inFullSight } from '../../support/book.ts';

/** The roof with E-1, shingles for 4,200.00, and a second job. */
async function withExpense(): Promise<TypedBook> {
  const book = await roofBook();
  await book.ok('create-job', { customer: 'C-1', name: 'Garage' });
  await book.ok('add-job-expense', {
    job: 'J-1',
    description: 'Shingles',
    amount: 4200,
    category: 'materials',
    vendor: 'Hill Supply',
  });
  return book;
}

test('"the shingles were 4,250, not 4,200": the old value stays in the log', async () => {
  const book = await withExpense();
  const { answer, text } = await book.both('update-job-expense', { expense: 'shingles', amount: 4250 });
  expect(answer.did).toBe('Changed E-1 Shingles: amount 4200.00 → 4250.00');
  expect(answer.expense).toMatchObject({ ref: 'E-1', amount: '4250.00' });
  expect(answer.profit).toMatchObject({ expenses: '4250.00' });
  expectPlain(text, 1000);
  expect((await book.ok('get-job', { job: 'J-1' })).job.activity[0]).toMatchObject({
    entry: 'money',
    text: 'E-1 Shingles: amount 4200.00 → 4250.00',
  });
});

test('every field can be corrected, the vendor emptied', async () => {
  const book = await withExpense();
  const changed = {
    description: 'Starter strip',
    amount: '80.10',
    category: 'other',
    vendor: 'Depot',
    spentOn: '2026-03-01',
  };
  expect((await book.ok('update-job-expense', { expense: 'E-1', ...changed })).expense).toMatchObject(changed);
  expect((await book.ok('update-job-expense', { expense: 'E-1', vendor: null })).expense?.vendor).toBeNull();
});

/** What can be said of an expense; whatever else becomes sayable has to stand here. */
const EVERYTHING = {
  description: 'Starter strip',
  amount: '80.10',
  category: 'other',
  vendor: 'Depot',
  spentOn: '2026-03-01',
  reclaimableTax: '1.25',
} satisfies Record<keyof ExpenseSaid, string>;

test.each(Object.entries(EVERYTHING))(
  '%s can be said of a new one and of an old one, and is shown',
  async (field, value) => {
    const book = await withExpense();
    const needed = { job: 'J-1', description: 'Nails', amount: 3, category: 'materials' };
    const added = await book.both('add-job-expense', { ...needed, [field]: value });
    expect(added.answer.expense).toMatchObject({ [field]: value });
    expect(added.text).toContain(value);
    const corrected = await book.both('update-job-expense', { expense: 'E-1', [field]: value });
    expect(corrected.answer.expense).toMatchObject({ [field]: value });
    expect(corrected.answer.did).toMatch(new RegExp(`^Changed E-1 .*: [a-z ]+ .* → ${value}$`));
    expect(corrected.text).toContain(value);
  },
);

test('covering a line moves it from the expenses into the cost of work, uncovering moves it back', async () => {
  const book = await withExpense();
  const covered = await book.both('update-job-expense', { expense: 'E-1', coversLine: 'Q-1/1' });
  expect(covered.answer).toMatchObject({
    expense: { coversLine: 'Q-1/1' },
    profit: { costOfWork: '6720.00', expenses: '0.00', warnings: [] },
  });
  expect(covered.answer.did).toContain('covers none → Q-1/1');
  const uncovered = await book.ok('update-job-expense', { expense: 'E-1', coversLine: null });
  expect(uncovered).toMatchObject({
    expense: { coversLine: null },
    profit: { costOfWork: '6720.00', expenses: '4200.00' },
  });
});

test('moving it to another job changes both jobs, cuts the cover, and says so', async () => {
  const book = await withExpense();
  await book.ok('update-job-expense', { expense: 'E-1', coversLine: 'Q-1/1' });
  const { answer, text } = await book.both('update-job-expense', { expense: 'E-1', job: 'garage' });
  const { did, job, expense, profit, jobsNow } = answer;
  expect(jobsNow).toMatchObject([{ ref: 'J-1', name: 'Roof replacement', forecast: { expectedProfit: '4080.00' } }]);
  expect(text).toContain('J-1 Roof replacement now: expected profit 4080.00');
  expect(text).toContain('J-2 now: ');
  expect(did).toBe('Changed E-1 Shingles: job J-1 → J-2; covers Q-1/1 → none');
  expect(job).toEqual({ ref: 'J-2', name: 'Garage' });
  expect(expense?.coversLine).toBeNull();
  expect(profit).toMatchObject({ expenses: '4200.00' });
  const roofJob = (await book.ok('get-job', { job: 'J-1' })).job;
  expect(roofJob.expenses).toEqual([]);
  expect(roofJob.profit).toMatchObject({ costOfWork: '6720.00', expenses: '0.00' });
  expect(roofJob.activity[0]?.text).toBe('E-1 Shingles moved to J-2');
  const off = await book.ok('update-job-expense', { expense: 'E-1', overhead: true });
  expect(off.jobsNow).toMatchObject([{ ref: 'J-2', name: 'Garage' }]);
});

test('moving it and covering a line there is one step', async () => {
  const book = await withExpense();
  await book.ok('create-quote', { job: 'J-2', status: 'accepted', lines: [SHINGLES] });
  const { expense, profit } = await book.ok('update-job-expense', { expense: 'E-1', job: 'J-2', coversLine: 'Q-2/1' });
  expect(expense?.coversLine).toBe('Q-2/1');
  expect(profit).toMatchObject({ costOfWork: '6720.00', expenses: '0.00' });
});

test('removing takes it out of the strip; the log keeps what it was; its number is not used again', async () => {
  const book = await withExpense();
  const { answer, text } = await book.both('update-job-expense', { expense: 'E-1', remove: true });
  expect(answer).toMatchObject({
    did: 'Removed E-1 Shingles, 4200.00 USD',
    expense: null,
    profit: { expenses: '0.00' },
  });
  expectPlain(text, 600);
  const { job } = await book.ok('get-job', { job: 'J-1' });
  expect(job.expenses).toEqual([]);
  expect(job.activity[0]?.text).toBe('Removed E-1 Shingles: 4200.00 (materials)');
  expect(await book.error('update-job-expense', { expense: 'E-1', amount: 1 })).toContain('no expense matches "E-1"');
  expect(
    (await book.ok('add-job-expense', { job: 'J-1', description: 'Nails', amount: 1, category: 'materials' })).expense
      .ref,
  ).toBe('E-2');
});

test('what is so already is not written', async () => {
  const book = await withExpense();
  const { answer, text } = await book.both('update-job-expense', {
    expense: 'E-1',
    amount: '4200.00',
    category: 'materials',
    coversLine: null,
  });
  expect(answer).toMatchObject({ did: 'E-1 is so already', change: null });
  expect(text).toContain('Nothing was written');
});

test.each([
  [{ expense: 'E-9' }, /^expense: no expense matches "E-9"/],
  [{ expense: 'Q-1' }, /^expense: "Q-1" is the number of a quote. Give an expense, like E-88/],
  [{ expense: 'E-1', amount: 0 }, /^amount: "0" must be above 0/],
  [{ expense: 'E-1', amount: -5 }, /^amount: "-5" must be above 0/],
  [{ expense: 'E-1', job: 'J-7' }, /^job: no job matches "J-7"/],
  [{ expense: 'E-1', coversLine: 'Q-7/1' }, /^coversLine: there is no line "Q-7\/1"/],
  [{ expense: 'E-1', description: ' ' }, /^description: must not be empty/],
  [{ expense: 'E-1', spentOn: '31.3.2026' }, /^spentOn: "31.3.2026" is not a date. .*like 2026-03-31/],
])('%o is refused and changes nothing', async (args, words) => {
  const book = await withExpense();
  const error = await book.error('update-job-expense', args);
  expectHelpful(error);
  expect(error).toMatch(words);
  expect((await book.ok('get-job', { job: 'J-1' })).job.expenses).toMatchObject([
    { ref: 'E-1', amount: '4200.00', vendor: 'Hill Supply' },
  ]);
});

test('a line of a quote that was declined or replaced is refused with the reason', async () => {
  const book = await withExpense();
  await book.ok('update-quote', { quote: 'Q-1', status: 'declined' });
  const error = await book.error('update-job-expense', { expense: 'E-1', coversLine: 'Q-1/1' });
  expect(error).toMatch(/^coversLine: Q-1\/1 is on a declined quote, whose lines count no more/);
});

/** The expense with F-1 as its receipt, and F-2 on the same job. */
async function withReceipt(): Promise<TypedBook> {
  const book = await withExpense();
  await book.ok('attach-file', { expense: 'E-1', content: 'JVBERi0xLjcK', name: 'first.pdf' });
  await book.ok('attach-file', { job: 'J-1', content: 'JVBERi0xLjcK', name: 'second.pdf' });
  return book;
}

const fileOf = async (book: TypedBook, file: string) =>
  await book.store.read(1, async (scope) => await getFile(inFullSight(scope), file));

test('another receipt takes the place of the first, which stays on the job; null takes it off', async () => {
  const book = await withReceipt();
  const changed = await book.ok('update-job-expense', { expense: 'E-1', receipt: 'F-2' });
  expect(changed.did).toBe('Changed E-1 Shingles: F-1 is its receipt no more and stays on J-1; receipt F-2');
  expect(changed.expense?.receipt).toBe('F-2');
  expect(await fileOf(book, 'F-1')).toMatchObject({ expenseId: null, job: { id: 1 } });
  expect(await fileOf(book, 'F-2')).toMatchObject({ expenseId: 1, kind: 'receipt' });
  const again = await book.ok('update-job-expense', { expense: 'E-1', receipt: 'second' });
  expect(again).toMatchObject({ did: 'E-1 is so already', change: null });
  const off = await book.ok('update-job-expense', { expense: 'E-1', receipt: null });
  expect(off.expense?.receipt).toBeNull();
  expect((await book.ok('get-job', { job: 'J-1' })).job.activity[0]?.text).toBe(
    'E-1 Shingles: F-2 is its receipt no more and stays on J-1',
  );
});

test('an earlier file can be made the receipt again', async () => {
  const book = await withReceipt();
  await book.ok('update-job-expense', { expense: 'E-1', receipt: 'F-2' });
  expect((await book.ok('update-job-expense', { expense: 'E-1', receipt: 'F-1' })).expense?.receipt).toBe('F-1');
});

test('moving the expense takes its receipt along, to another customer too', async () => {
  const book = await withReceipt();
  await book.ok('create-job', { newCustomer: { name: 'Marcus Oyelaran' }, name: 'Porch' });
  const { did } = await book.ok('update-job-expense', { expense: 'E-1', job: 'J-2' });
  expect(did).toBe('Changed E-1 Shingles: job J-1 → J-2; F-1 moved along');
  expect(await fileOf(book, 'F-1')).toMatchObject({ customer: { id: 1 }, job: { id: 2 } });
  await book.ok('update-job-expense', { expense: 'E-1', job: 'J-3' });
  expect(await fileOf(book, 'F-1')).toMatchObject({ customer: { id: 2 }, job: { id: 3 }, expenseId: 1 });
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});

test('removing the expense leaves its receipt on the job and says so', async () => {
  const book = await withReceipt();
  const { did } = await book.ok('update-job-expense', { expense: 'E-1', remove: true });
  expect(did).toBe('Removed E-1 Shingles, 4200.00 USD; F-1 stays on J-1');
  expect(await fileOf(book, 'F-1')).toMatchObject({ expenseId: null, job: { id: 1 } });
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});

/** The roof with a quote of two lines, and three receipts. */
async function receipts() {
  const book = await roofBook();
  const nails = { description: 'Nails', quantity: 1, unitPrice: 300, unitCost: 200, category: 'materials' as const };
  await book.ok('create-quote', { job: 'J-1', kind: 'change_order', status: 'accepted', lines: [nails] });
  for (const [description, amount] of [
    ['Shingles', 4000],
    ['Ridge caps', 3000],
    ['Box of nails', 150],
  ] as const)
    await book.ok('add-job-expense', { job: 'J-1', description, amount, category: 'materials' });
  return book;
}

test('"these are all for the roof, that one for the nails": several expenses cover their lines in one call', async () => {
  const book = await receipts();
  const { answer, text } = await book.both('update-job-expense', {
    links: [
      { expense: 'E-1', coversLine: 'Q-1/1' },
      { expense: 'ridge caps', coversLine: 'Q-1/1' },
      { expense: 'E-3', coversLine: 'Q-2/1' },
    ],
  });
  expect(answer.did).toBe('E-1 covers Q-1/1, E-2 covers Q-1/1, E-3 covers Q-2/1');
  expect(answer.expenses).toMatchObject([
    { ref: 'E-1', coversLine: 'Q-1/1' },
    { ref: 'E-2', coversLine: 'Q-1/1' },
    { ref: 'E-3', coversLine: 'Q-2/1' },
  ]);
  expect(answer.profit).toMatchObject({ costOfWork: '7200.00', expenses: '0.00' });
  expect(text).toContain('- E-3');
  const again = await book.ok('update-job-expense', { links: [{ expense: 'E-1', coversLine: 'Q-1/1' }] });
  expect([again.did, again.change]).toEqual(['E-1 covers Q-1/1 already', null]);
  const off = await book.ok('update-job-expense', { links: [{ expense: 'E-1', coversLine: null }] });
  expect(off.did).toBe('E-1 covers no line');
  await book.ok('undo-change', { change: off.change });
  await book.ok('undo-change', { change: answer.change });
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});

test.each([
  [{}, /^expense: is missing. Give the expense/],
  [{ expense: 'E-1', links: [{ expense: 'E-2', coversLine: 'Q-1/1' }] }, /^expense: does not go with links/],
  [
    {
      links: [
        { expense: 'E-1', coversLine: 'Q-1/1' },
        { expense: 'E-2', coversLine: 'Q-1/9' },
      ],
    },
    /^links\[1\]\.coversLine: /,
  ],
  [
    {
      links: [
        { expense: 'E-1', coversLine: 'Q-1/1' },
        { expense: 'shingles', coversLine: null },
      ],
    },
    /^links\[1\]\.expense: E-1 is named already/,
  ],
])('%j links nothing, and says which is wrong', async (args, words) => {
  const book = await receipts();
  const error = await book.error('update-job-expense', args);
  expectHelpful(error);
  expect(error).toMatch(words);
  expect((await book.ok('get-job', { job: 'J-1' })).job.profit).toMatchObject({ expenses: '7150.00' });
});
