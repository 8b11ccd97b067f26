import { expect, test } from 'vitest';
import { openBook } from '../../support/answers.ts';
import { BILL, roofBook, roof, SHINGLES, TEAR_OFF } from '../../support/roof.ts';
import { expectHelpful, expectPlain } from '../../support/words.ts';

test('"what\'s the profit on my roof replacement job?"', async () => {
  const book = await roofBook();
  await book.ok('create-invoice', { job: 'J-1', lines: BILL });
  const { answer, text } = await book.both('get-job', { job: 'my roof replacement job' });
  expect(answer.job).toMatchObject({
    ref: 'J-1',
    name: 'Roof replacement',
    status: 'open',
    billing: 'billed',
    customer: { ref: 'C-1', name: 'Dana Henderson' },
  });
  expect(answer.job.profit).toEqual({
    billed: '10800.00',
    costOfWork: '6720.00',
    expenses: '0.00',
    profit: '4080.00',
    marginPercent: 37.8,
    currency: 'USD',
    costBasis: 'accepted',
    notBilledYet: '0.00',
    taxBilled: '0.00',
    warnings: [],
  });
  expectPlain(text);
  expect(text).toContain('Profit 4080.00 USD, margin 37.8 %');
  expect(text).toContain('= billed 10800.00 − cost of work 6720.00 − expenses 0.00');
});

test('a job is found by any of its names', async () => {
  const book = await roofBook();
  for (const [how, spoken] of [
    ['by its number', 'J-1'],
    ['by its number in small letters', 'j-1'],
    ['by its bare number', '1'],
    ['by the customer', 'the Henderson roof'],
    ['by the address', 'pecan hollow'],
    ['in another word order', 'replacement ROOF'],
    ['with typing errors', 'rooff replacment'],
    ['with accents', 'Róof'],
  ] as const) {
    expect((await book.ok('get-job', { job: spoken })).job.ref, how).toBe('J-1');
  }
});

test('two jobs that fit equally well are both named, with customer and status, and none is shown', async () => {
  const book = await roofBook();
  await book.ok('create-job', { customer: 'C-1', name: 'Shed roof', status: 'completed' });
  const error = await book.error('get-job', { job: 'roof' });
  expectHelpful(error);
  expect(error).toContain('- J-2 Shed roof, Dana Henderson, completed');
  expect(error).toContain('- J-1 Roof replacement, Dana Henderson, open');
  expect(error).toContain('Say which by its number.');
});

test('a job that does not exist is refused with where to look; a number never leads to a house number', async () => {
  const book = await roofBook();
  expect(await book.error('get-job', { job: 'swimming pool' })).toBe(
    'job: no job matches "swimming pool". Give its number, like J-12, or words from its name; list-jobs shows them.',
  );
  await book.ok('update-job', { job: 'J-1', address: '418 J Street' });
  expect(await book.error('get-job', { job: 'J-418' })).toContain('no job matches "J-418"');
  expect(await book.error('get-job', { job: 'C-1' })).toContain(
    'is the number of a customer. Give a job, like J-12, or its name.',
  );
});

test('the page holds the papers, the money out, the people and the log', async () => {
  const book = await roofBook();
  await book.ok('update-job', {
    job: 'J-1',
    status: 'in_progress',
    startsOn: '2026-03-12',
    assignees: [
      { name: 'Tom Becker', role: 'lead' },
      { name: 'Delgado Sheet Metal', role: 'sub' },
    ],
    note: 'Dog in the yard.',
  });
  await book.ok('add-job-expense', {
    job: 'J-1',
    description: 'Permit',
    amount: 612.4,
    category: 'permit',
    vendor: 'City',
  });
  await book.ok('create-invoice', { job: 'J-1', draft: true, lines: BILL });
  const { answer, text } = await book.both('get-job', { job: 'J-1' });
  const { job } = answer;
  expect(job.assignees).toEqual([
    { name: 'Tom Becker', role: 'lead' },
    { name: 'Delgado Sheet Metal', role: 'sub' },
  ]);
  expect(job.quotes).toMatchObject([{ ref: 'Q-1', status: 'accepted', subtotal: '10800.00' }]);
  expect(job.invoices).toMatchObject([{ ref: 'DRAFT-1', status: 'draft', balance: '0.00' }]);
  expect(job.expenses).toMatchObject([{ ref: 'E-1', amount: '612.40', category: 'permit', vendor: 'City' }]);
  expect(job.profit?.notBilledYet).toBe('10800.00');
  expect(job.counts).toEqual({
    quotes: 1,
    invoices: 1,
    expenses: 1,
    files: 0,
    appointments: 0,
    walkAndTalks: 0,
    activity: job.activity.length,
  });
  expect(job.activity[0]).toMatchObject({
    at: '2026-03-10 12:00',
    entry: 'paper',
    text: 'DRAFT-1 drafted',
    by: 'you',
    through: 'test 1.0',
  });
  expect(job.activity.at(-1)).toMatchObject({ entry: 'created' });
  expect(job.activity.map((entry) => entry.text)).toContain('Dog in the yard.');
  expectPlain(text);
  for (const part of [
    'starts 2026-03-12',
    'Tom Becker (lead)',
    'Drafts not billed yet: 10800.00',
    'E-1 Permit: 612.40',
    'Dog in the yard.',
  ]) {
    expect(text).toContain(part);
  }
});

test('explain lists twenty short records of a figure one by one', async () => {
  const book = await openBook();
  await book.ok('create-customer', { name: 'Dana Henderson' });
  await book.ok('create-job', { customer: 'C-1', name: 'Roof' });
  for (let n = 1; n <= 20; n += 1)
    await book.ok('add-job-expense', { job: 'J-1', description: `Nails ${n}`, amount: n, category: 'materials' });
  const { explain } = await book.ok('get-job', { job: 'J-1', explain: true });
  expect(explain?.expenses).toHaveLength(20);
});

test('explain lists the records behind each figure, adding up to it to the cent', async () => {
  const book = await openBook();
  await roof(book.ok, { status: 'draft' });
  await book.ok('update-quote', { quote: 'Q-1', lines: [SHINGLES, TEAR_OFF], status: 'accepted' });
  await book.ok('create-invoice', { job: 'J-1', lines: [{ ...BILL[0], taxRatePercent: 8.25 }] });
  await book.ok('create-invoice', {
    job: 'J-1',
    draft: true,
    lines: [{ description: 'Rest', quantity: 1, unitPrice: 2040 }],
  });
  await book.ok('add-job-expense', {
    job: 'J-1',
    description: 'Shingles',
    amount: 6948.3,
    category: 'materials',
    coversLine: 'Q-1/1',
  });
  await book.ok('add-job-expense', { job: 'J-1', description: 'Permit', amount: 285, category: 'permit' });
  await book.ok('add-job-expense', { job: 'J-1', description: 'Trailer', amount: '350.00', category: 'equipment' });
  const { answer, text } = await book.both('get-job', { job: 'J-1', explain: true });
  const { explain } = answer;
  const profitSummary = answer.job.profit;
  for (const figure of ['billed', 'costOfWork', 'expenses', 'notBilledYet', 'taxBilled'] as const) {
    const cents = (explain?.[figure] ?? []).reduce((sum, entry) => sum + Math.round(Number(entry.amount) * 100), 0);
    expect((cents / 100).toFixed(2), figure).toBe(profitSummary?.[figure]);
  }
  expect(explain?.costOfWork.map((entry) => `${entry.ref} ${entry.amount}`)).toEqual([
    'Q-1/1 6948.30',
    'Q-1/2 1320.00',
  ]);
  expect(explain?.expenses.map((entry) => entry.ref)).toEqual(['E-2', 'E-3']);
  expect(explain?.profit).toBe('10800.00 − 8268.30 − 635.00 = 1896.70');
  expectPlain(text, 3000);
  expect(text).toContain('Q-1/1 Architectural shingles, installed: spent, E-1: 6948.30');
});

test('while nothing is accepted, the plan of the open quotes counts and the strip says so', async () => {
  const book = await openBook();
  await roof(book.ok, { status: 'sent' });
  const { answer, text } = await book.both('get-job', { job: 'J-1' });
  expect(answer.job.profit).toMatchObject({
    costBasis: 'open',
    costOfWork: '6720.00',
    profit: '-6720.00',
    marginPercent: null,
  });
  expect(text).toContain('no quote is accepted yet');
  expect(text).toContain('Not sold yet. If they accept: profit 4080.00 USD, margin 37.8 %');
  await book.ok('create-quote', {
    job: 'J-1',
    status: 'sent',
    title: 'The same in metal',
    lines: [{ ...SHINGLES, unitCost: 400 }],
  });
  const twice = await book.both('get-job', { job: 'J-1' });
  expect(twice.answer.job.profit).toMatchObject({
    costOfWork: '16320.00',
    warnings: [{ code: 'several_open_quotes', refs: ['Q-1', 'Q-2'] }],
  });
  expect(twice.text).toContain('Note: Q-1, Q-2 are open at once');
});

test('shingles that are quoted and bought without a link warn of counting twice, and linked they do not', async () => {
  const book = await roofBook();
  await book.ok('add-job-expense', { job: 'J-1', description: 'Shingles', amount: 4200, category: 'materials' });
  const { profit } = (await book.ok('get-job', { job: 'J-1' })).job;
  expect(profit).toMatchObject({ costOfWork: '6720.00', expenses: '4200.00' });
  expect(profit?.warnings).toMatchObject([{ code: 'possible_double_count', refs: ['Q-1/1', 'E-1'] }]);
  expect(await book.text('get-job', { job: 'J-1' })).toMatch(
    /Note: E-1 \(Shingles\) may already be planned in Q-1\/1 .*coversLine/,
  );
  await book.ok('update-job-expense', { expense: 'E-1', coversLine: 'Q-1/1' });
  expect((await book.ok('get-job', { job: 'J-1' })).job.profit).toMatchObject({
    costOfWork: '6720.00',
    expenses: '0.00',
    warnings: [],
  });
});

test('a job with more papers than a page holds says how many and where the rest are', async () => {
  const book = await roofBook();
  for (let number = 1; number <= 21; number += 1) {
    await book.ok('add-job-expense', {
      job: 'J-1',
      description: `Nails ${number}`,
      amount: number,
      category: 'materials',
    });
    await book.ok('create-invoice', { job: 'J-1', lines: [{ description: 'Part', quantity: 1, unitPrice: number }] });
  }
  const { answer, text } = await book.both('get-job', { job: 'J-1' });
  expect(answer.job.expenses).toHaveLength(8);
  expect(answer.job.counts).toMatchObject({ expenses: 21, invoices: 21, quotes: 1 });
  expect(text).toContain('Expenses (8 of 21; get-job with section: "expenses"):');
  expect(text).toContain('Invoices (8 of 21; get-job with section: "invoices"):');
  expectPlain(text, 6000);
});

test('on the free plan the page hides what the job made, in the answer and in the words', async () => {
  const book = await openBook({ plan: 'free', samples: true });
  const { answer, text } = await book.both('get-job', { job: 'roof replacement', explain: true });
  expect(answer.job).toMatchObject({ ref: 'J-S4', profit: null, profitHidden: 'plan' });
  expect(answer.explain).toBeUndefined();
  expect(text).toContain('Profit is part of the Pro plan');
  expect(text).not.toContain('cost of work');
});

test('a real job beats a sample of the same name', async () => {
  const book = await openBook({ samples: true });
  expect((await book.ok('get-job', { job: 'roof replacement' })).job).toMatchObject({ ref: 'J-S4', sample: true });
  expect(await book.text('get-job', { job: 'roof replacement' })).toContain('(sample)');
  await roof(book.ok);
  expect((await book.ok('get-job', { job: 'roof replacement' })).job.ref).toBe('J-1');
});

test('an explanation of many contracts says what the rest of them leaves to bill', async () => {
  const book = await openBook();
  await book.ok('create-job', { newCustomer: { name: 'Dana' }, name: 'Roof' });
  for (let each = 1; each <= 30; each += 1)
    await book.ok('create-quote', {
      ...{ job: 'J-1', status: 'accepted', title: `Part ${each}` },
      lines: [{ description: 'Work', quantity: 1, unitPrice: 100, unitCost: 60 }],
      allowDuplicate: true,
    });
  const { explain, job } = await book.ok('get-job', { job: 'J-1', explain: true });
  const rest = explain?.more?.find(({ figure }) => figure === 'leftToBill');
  const listed = (explain?.leftToBill ?? []).reduce((sum, { amount }) => sum + Number(amount), 0);
  expect(rest?.records).toBeGreaterThan(0);
  expect(listed + Number(rest?.amount)).toBe(Number(job.forecast?.leftToBill));
});
