// Costs, margins and expenses are seeded as odd numbers that stand nowhere else; then everything that speaks of an
// invoice, which a customer may be shown, is searched for them: answers, texts and errors.
import { expect, test } from 'vitest';
import { openBook, type TypedBook } from '../support/answers.ts';
import { dana } from '../support/roof.ts';

/** As they are given, and what they come to: unit costs, line costs, quote cost and margin, expenses, profit summary. */
const CANARIES = [
  '73.31',
  '1759.44',
  '91.17',
  '273.51',
  '2032.95',
  '1717.05',
  '3319.77',
  '77.13',
  '511.39',
  'Quiet Supply',
];
const WORDS = /unit ?cost|margin|profit|expense|cost of work|planned/i;

/** One job with costs of every kind, billed, part drafted, and one bill void. */
async function seeded(): Promise<TypedBook> {
  const book = await openBook();
  await dana(book.ok);
  await book.ok('create-job', { customer: 'C-1', name: 'Roof' });
  await book.ok('create-quote', {
    job: 'J-1',
    status: 'accepted',
    lines: [
      { description: 'Shingles', quantity: 24, unitPrice: 125, unitCost: '73.31', category: 'materials' },
      { description: 'Flashing', quantity: 3, unitPrice: 250, unitCost: 91.17, category: 'labor' },
    ],
  });
  await book.ok('add-job-expense', {
    job: 'J-1',
    description: 'Dumpster',
    amount: '511.39',
    category: 'equipment',
    vendor: 'Quiet Supply',
  });
  await book.ok('add-job-expense', {
    job: 'J-1',
    description: 'Felt',
    amount: 77.13,
    category: 'materials',
    coversLine: 'Q-1/1',
  });
  await book.ok('add-job-expense', {
    job: 'J-1',
    description: 'Copper',
    amount: '3319.77',
    category: 'materials',
    coversLine: 'Q-1/1',
  });
  const lines = [{ description: 'Shingles', quantity: 24, unitPrice: 125, taxRatePercent: 8.25 }];
  await book.ok('create-invoice', { job: 'J-1', lines });
  await book.ok('create-invoice', { job: 'J-1', draft: true, lines, notes: 'Thank you.' });
  await book.ok('create-invoice', { customer: 'C-1', lines });
  await book.ok('update-invoice', { invoice: 'INV-1002', status: 'void', voidReason: 'billed twice' });
  return book;
}

test('the canaries do sing where the owner looks', async () => {
  const book = await seeded();
  const seen: string[] = [];
  for (const [tool, args] of [
    ['get-quote', { quote: 'Q-1' }],
    ['get-job', { job: 'J-1', explain: true }],
  ] as const) {
    seen.push(JSON.stringify(await book.call(tool, args)));
  }
  expect(CANARIES.filter((canary) => !seen.join().includes(canary))).toEqual([]);
});

test('no invoice and no list of invoices holds a cost, in its answer or its text', async () => {
  const book = await seeded();
  const lines = [{ description: 'Extra', quantity: 1, unitPrice: 40 }];
  const calls = [
    ['list-invoices', {}],
    ['list-invoices', { job: 'J-1', status: 'issued' }],
    ['list-invoices', { overdue: true, query: 'roof' }],
    ['get-invoice', { invoice: 'INV-1001' }],
    ['get-invoice', { invoice: 'INV-1002' }],
    ['get-invoice', { invoice: 'DRAFT-2' }],
    ['create-invoice', { job: 'J-1', lines }],
    ['create-invoice', { job: 'J-1', lines, draft: true }],
    ['update-invoice', { invoice: 'DRAFT-2', notes: 'Thanks.' }],
    ['update-invoice', { invoice: 'DRAFT-2', status: 'issued' }],
    ['update-invoice', { invoice: 'INV-1001', status: 'void', voidReason: 'wrong' }],
  ] as const;
  for (const [tool, args] of calls) {
    const { answer, text } = await book.both(tool, args);
    const bytes = `${JSON.stringify(answer)}\n${text}`;
    expect(
      CANARIES.filter((canary) => bytes.includes(canary)),
      bytes,
    ).toEqual([]);
    expect(bytes, tool).not.toMatch(WORDS);
  }
});

test('no error of an invoice tool holds a cost', async () => {
  const book = await seeded();
  await book.ok('create-job', { customer: 'C-1', name: 'Roof of the garage' });
  await book.ok('create-quote', {
    job: 'J-2',
    status: 'accepted',
    lines: [{ description: 'Shingles', quantity: 24, unitPrice: 125, unitCost: 73.31 }],
  });
  const line = { description: 'Shingles', quantity: 24, unitPrice: 125 };
  const calls = [
    ['create-invoice', { job: 'the roof, please', lines: [line] }],
    ['create-invoice', { job: 'roof', lines: [{ ...line, unitPrice: null }] }],
    ['create-invoice', { job: 'J-1', lines: [{ ...line, unitPrice: -1 }] }],
    ['create-invoice', { job: 'J-1', lines: [{ ...line, quantity: 'all' }] }],
    ['create-invoice', { job: 'J-9', lines: [line] }],
    ['create-invoice', { job: 'Q-1', lines: [line] }],
    ['create-invoice', { job: 'J-1', customer: 'Nobody', lines: [line] }],
    ['create-invoice', { job: 'J-1', lines: [] }],
    ['create-invoice', {}],
    ['update-invoice', { invoice: 'roof', status: 'issued' }],
    ['update-invoice', { invoice: 'INV-1001', lines: [line] }],
    ['update-invoice', { invoice: 'INV-1001', status: 'void' }],
    ['get-invoice', { invoice: 'roof' }],
    ['list-invoices', { job: 'the cellar' }],
  ] as const;
  for (const [tool, args] of calls) {
    const error = await book.error(tool, args);
    expect(
      CANARIES.filter((canary) => error.includes(canary)),
      error,
    ).toEqual([]);
    expect(error).not.toMatch(WORDS);
  }
});

test('a cost given on an invoice is refused, not kept', async () => {
  const book = await seeded();
  const line = { description: 'Shingles', quantity: 24, unitPrice: 125, unitCost: 73.31 };
  const error = await book.error('create-invoice', { job: 'J-1', lines: [line] });
  expect(error).toContain('lines[0]: unknown argument "unitCost"');
  expect(CANARIES.filter((canary) => error.includes(canary))).toEqual([]);
});
