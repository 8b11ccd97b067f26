// Money that may stand in the books twice, said where it is logged: beside a plan that has room for it, and beside an entry
// that reads otherwise and is the same all the same.
import { expect, test } from 'vitest';
import { openBook, type TypedBook } from '../../support/answers.ts';
import { madeOnce } from '../../support/made-once.ts';
import { expectHelpful } from '../../support/words.ts';

const GUTTER_SUB = {
  description: 'Gutter sub',
  quantity: 1,
  unitPrice: 3000,
  unitCost: 2000,
  category: 'subcontractor',
} as const;
const DUMPSTER = {
  description: 'Dumpster',
  quantity: 1,
  unitPrice: 600,
  unitCost: 400,
  category: 'equipment',
} as const;
const FIRST_HALF = {
  job: 'J-1',
  description: 'Gutters first half',
  amount: 1000,
  vendor: 'Lone Star Gutters',
  category: 'subcontractor',
  coversLine: 'Q-1/1',
  spentOn: '2026-03-02',
};
const SECOND_HALF = {
  job: 'J-1',
  description: 'Gutters second half',
  amount: 1100,
  vendor: 'Lone Star',
  category: 'subcontractor',
};

/** Gutters whose sub has 1,000 of the 2,000 planned. */
const gutterBook = madeOnce(async () => {
  const book = await openBook();
  await book.ok('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Gutters' });
  await book.ok('create-quote', { job: 'J-1', status: 'accepted', lines: [GUTTER_SUB, DUMPSTER] });
  await book.ok('add-job-expense', FIRST_HALF);
  return book;
});

const MAY_BE_PLANNED =
  'E-2 counts on top of the plan, but may already be planned in Q-1/1 Gutter sub, which has 1000.00 of its 2000.00 planned left (covered so far by E-1). If it is: update-job-expense with expense: "E-2", coversLine: "Q-1/1".';

test('"Lone Star\'s second half, 1,100" beside a line that has their first half and 1,000 of its plan left', async () => {
  const book = await gutterBook();
  const { answer, text } = await book.both('add-job-expense', SECOND_HALF);
  expect(answer.warnings).toEqual([MAY_BE_PLANNED]);
  expect(text).toContain(MAY_BE_PLANNED);
  expectHelpful(text);
  // That is a word at the write: the strip doubts what nothing covers.
  expect(answer.profit?.warnings.map(({ code }) => code)).not.toContain('possible_double_count');
  const linked = await book.ok('update-job-expense', { expense: 'E-2', coversLine: 'Q-1/1' });
  expect(linked.profit).toMatchObject({ costOfWork: '2500.00', expenses: '0.00' });
});

test('a preview says it before anything is saved', async () => {
  const book = await gutterBook();
  const { answer } = await book.both('add-job-expense', { ...SECOND_HALF, preview: true });
  expect(answer.warnings?.[0]).toMatch(/^E-next counts on top of the plan, but may already be planned in Q-1\/1/);
});

test('several at once say it of the one that it is about', async () => {
  const book = await gutterBook();
  const { answer, text } = await book.both('add-expenses', {
    expenses: [{ job: 'J-1', description: 'Street permit', amount: 60, category: 'permit' }, SECOND_HALF],
  });
  expect(answer.warnings).toEqual([MAY_BE_PLANNED.replaceAll('E-2', 'E-3')]);
  expect(text).toContain('E-3 counts on top of the plan');
});

test.each([
  ['the same category from somebody else', { vendor: 'Hill Country Gutters' }, true],
  ['labor of our own, which a sub may be', { vendor: undefined, category: 'labor' }, true],
  ['the same vendor in another category', { category: 'materials' }, true],
  ['another vendor and category', { vendor: 'Home Depot', category: 'materials' }, false],
  ['what covers the line', { coversLine: 'Q-1/1' }, false],
  ['what came back', { refund: true }, false],
])('%s: %j', async (_, other, isSaid) => {
  const book = await gutterBook();
  const { warnings = [] } = await book.ok('add-job-expense', { ...SECOND_HALF, ...other });
  expect(warnings.some((each) => each.includes('may already be planned in Q-1/1'))).toBe(isSaid);
});

test.each([
  ['is done', async ({ ok }: TypedBook) => await ok('update-quote', { quote: 'Q-1', doneLines: ['Q-1/1'] })],
  [
    'has none of its plan left',
    async ({ ok }: TypedBook) => await ok('add-job-expense', { ...FIRST_HALF, amount: 1200 }),
  ],
  ['is of a job called off', async ({ ok }: TypedBook) => await ok('update-job', { job: 'J-1', status: 'cancelled' })],
])('nothing is said of a line that %s', async (_, change) => {
  const book = await gutterBook();
  await change(book);
  expect((await book.ok('add-job-expense', SECOND_HALF)).warnings).toBeUndefined();
});

const PERMIT = {
  job: 'J-1',
  description: 'City permit',
  amount: 310,
  category: 'permit',
  vendor: 'City of Austin',
  spentOn: '2026-03-03',
};
const SAME =
  'E-3 (City permit) has the same amount on the same day, on the same job. If it is the same, take E-4 out: update-job-expense with expense: "E-4", remove: true.';

test.each([
  ['in other words', { description: 'Permit fee' }],
  ['without its vendor', { vendor: undefined }],
  ['with its vendor in short', { vendor: 'City' }],
  ['in another category', { category: 'other' }],
  ['with the line that it covers', { coversLine: 'Q-1/2' }],
])('what was logged already, %s, is saved with the number of the other', async (_, otherwise) => {
  const book = await gutterBook();
  await book.ok('add-job-expense', { ...PERMIT, amount: 80, description: 'Parking' });
  await book.ok('add-job-expense', PERMIT);
  const { answer, text } = await book.both('add-job-expense', { ...PERMIT, ...otherwise });
  expect(answer.warnings).toContain(SAME);
  expect(text).toContain(SAME);
  expect((await book.ok('list-expenses', { job: 'J-1' })).count).toBe(4);
});

test.each([
  ['of another amount', { amount: 310.01 }],
  ['of another day', { spentOn: '2026-03-04' }],
  ['from somebody else', { vendor: 'Home Depot' }],
  ['that came back', { refund: true }],
])('nothing is said of one %s', async (_, other) => {
  const book = await gutterBook();
  await book.ok('add-job-expense', PERMIT);
  expect((await book.ok('add-job-expense', { ...PERMIT, description: 'Fee', ...other })).warnings).toBeUndefined();
});

test('nor of one on another job', async () => {
  const book = await gutterBook();
  await book.ok('create-job', { customer: 'C-1', name: 'Garage' });
  await book.ok('add-job-expense', PERMIT);
  expect((await book.ok('add-job-expense', { ...PERMIT, job: 'J-2' })).warnings).toBeUndefined();
});

test('a pile of receipts is held against what was logged before, and not against itself', async () => {
  const book = await gutterBook();
  await book.ok('add-job-expense', PERMIT);
  const dump = { job: 'J-1', amount: 45, category: 'other' };
  const { answer } = await book.both('add-expenses', {
    expenses: [
      { ...PERMIT, description: 'Permit fee' },
      { ...dump, description: 'Dump run, morning' },
      { ...dump, description: 'Dump run, evening' },
    ],
  });
  expect(answer.warnings).toEqual([
    'E-2 (City permit) has the same amount on the same day, on the same job. If it is the same, take E-3 out: update-job-expense with expense: "E-3", remove: true.',
  ]);
});

test('so is overhead, also what books itself every month', async () => {
  const book = await gutterBook();
  const phone = { category: 'other', spentOn: '2026-03-01', amount: 89 };
  await book.ok('add-expenses', { expenses: [{ ...phone, description: 'Phone bill', monthly: true }] });
  const { answer, text } = await book.both('add-expenses', {
    expenses: [{ ...phone, description: 'Phone', overhead: true }],
  });
  expect(answer.warnings).toEqual([
    'E-2 (Phone bill) has the same amount on the same day, as overhead too. If it is the same, take E-3 out: update-job-expense with expense: "E-3", remove: true.',
  ]);
  expect(text).toContain('take E-3 out');
});

test('and of what is moved to a job', async () => {
  const book = await gutterBook();
  await book.ok('add-expenses', { expenses: [{ ...SECOND_HALF, job: undefined, overhead: true }] });
  const { answer, text } = await book.both('update-job-expense', { expense: 'E-2', job: 'J-1' });
  expect(answer.warnings).toEqual([MAY_BE_PLANNED]);
  expect(text).toContain(MAY_BE_PLANNED);
});

test('a list says which of them covers a line, and which may be that line once more', async () => {
  const book = await gutterBook();
  await book.ok('add-job-expense', { ...SECOND_HALF, spentOn: '2026-03-04' });
  await book.ok('add-job-expense', { ...PERMIT, amount: 80 });
  await book.ok('add-job-expense', {
    job: 'J-1',
    description: 'Bin',
    amount: 400,
    category: 'equipment',
    spentOn: '2026-03-01',
  });
  await book.ok('add-expenses', { expenses: [{ ...PERMIT, job: undefined, overhead: true, category: 'equipment' }] });
  const { answer, text } = await book.both('list-expenses');
  expect(answer.expenses.map(({ ref, mayBePlannedIn }) => [ref, mayBePlannedIn])).toEqual([
    ['E-2', ['Q-1/1']],
    ['E-5', undefined],
    ['E-3', undefined],
    ['E-1', undefined],
    ['E-4', ['Q-1/2']],
  ]);
  expect(text).toContain('Dana Henderson, on top of the plan, but may already be planned in Q-1/1');
  await book.ok('update-job', { job: 'J-1', status: 'cancelled' });
  expect((await book.ok('list-expenses')).expenses.some(({ mayBePlannedIn }) => mayBePlannedIn !== undefined)).toBe(
    false,
  );
});
