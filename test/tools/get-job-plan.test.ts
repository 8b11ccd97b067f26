import { expect, test } from 'vitest';
import { auditBooks } from '../../src/store/audit/audit.ts';
import { openBook } from '../support/answers.ts';
import { roof, SHINGLES, TEAR_OFF } from '../support/roof.ts';
import { expectPlain } from '../support/words.ts';

/** J-1 with Q-1 accepted: shingles planned at 6,720.00 of materials, tear-off at 1,320.00 of labor. */
async function running() {
  const book = await openBook();
  await roof(book.ok, { status: 'draft' });
  await book.ok('update-quote', { quote: 'Q-1', lines: [SHINGLES, TEAR_OFF], status: 'accepted' });
  const spend = async (description: string, amount: number, category: string, coversLine?: string) =>
    (
      await book.ok('add-job-expense', {
        job: 'J-1',
        description,
        amount,
        category,
        ...(coversLine === undefined ? {} : { coversLine }),
      })
    ).profit;
  return { ...book, spend };
}

test('"are we on plan?": planned, spent and left by category', async () => {
  const book = await running();
  await book.spend('Shingles', 6000, 'materials', 'Q-1/1');
  await book.spend('Crane', 300, 'equipment', 'Q-1/1');
  await book.spend('Permit', 285, 'permit');
  const { answer, text } = await book.both('get-job', { job: 'J-1' });
  expect(answer.job.plan).toEqual([
    { category: 'materials', planned: '6720.00', spent: '6300.00', left: '420.00' },
    { category: 'labor', planned: '1320.00', spent: '0.00', left: '1320.00' },
    { category: 'permit', planned: '0.00', spent: '285.00', left: '-285.00' },
  ]);
  expect(answer.job.profit?.warnings).toEqual([]);
  expectPlain(text);
  expect(text).toContain('Plan by category (planned / spent / left):\n- materials: 6720.00 / 6300.00 / 420.00\n');
});

test('the plan follows every write: an expense moved, a line done or revised, a change order', async () => {
  const book = await running();
  const planOf = async () =>
    (await book.ok('get-job', { job: 'J-1' })).job.plan?.map((row) => `${row.category} ${row.planned} ${row.spent}`);
  expect(await planOf()).toEqual(['materials 6720.00 0.00', 'labor 1320.00 0.00']);
  await book.spend('Crew', 400, 'subcontractor');
  expect(await planOf()).toEqual(['materials 6720.00 0.00', 'labor 1320.00 0.00', 'subcontractor 0.00 400.00']);
  await book.ok('update-job-expense', { expense: 'E-1', coversLine: 'Q-1/2' });
  expect(await planOf()).toEqual(['materials 6720.00 0.00', 'labor 1320.00 400.00']);
  const less = { description: 'Less tear-off', quantity: -4, unitPrice: 85, unitCost: 55, changesLine: 'Q-1/2' };
  await book.ok('create-quote', { job: 'J-1', kind: 'change_order', status: 'accepted', lines: [less] });
  expect(await planOf()).toEqual(['materials 6720.00 0.00', 'labor 1100.00 400.00']);
  await book.ok('update-job-expense', { expense: 'E-1', remove: true });
  expect(await planOf()).toEqual(['materials 6720.00 0.00', 'labor 1100.00 0.00']);
});

test('a job without plan or spending has no plan to show', async () => {
  const book = await openBook();
  await book.ok('create-job', { newCustomer: { name: 'Ruth Vance' }, name: 'Gutters' });
  const { answer, text } = await book.both('get-job', { job: 'J-1' });
  expect(answer.job.plan).toEqual([]);
  expect(text).not.toContain('Plan by category');
});

test('explain lists every counted line with its plan, what was spent on it, and on which receipts', async () => {
  const book = await running();
  await book.spend('Shingles', 6000, 'materials', 'Q-1/1');
  await book.spend('More shingles', 948.3, 'materials', 'Q-1/1');
  await book.ok('update-quote', { quote: 'Q-1', doneLines: ['Q-1/1'] });
  const { answer, text } = await book.both('get-job', { job: 'J-1', explain: true });
  expect(answer.explain?.lines).toEqual([
    {
      ref: 'Q-1/1',
      description: 'Architectural shingles, installed',
      category: 'materials',
      planned: '6720.00',
      spent: '6948.30',
      done: true,
      cost: '6948.30',
      coveredBy: ['E-1', 'E-2'],
    },
    {
      ref: 'Q-1/2',
      description: 'Tear-off and disposal',
      category: 'labor',
      planned: '1320.00',
      spent: '0.00',
      done: false,
      cost: '1320.00',
      coveredBy: [],
    },
  ]);
  expect(text).toContain('spent, E-1, E-2: 6948.30 (planned 6720.00, spent 6948.30)');
});

test("where the plan of the account hides profit, it hides the job's plan too", async () => {
  const book = await openBook({ plan: 'free', samples: true });
  const { answer, text } = await book.both('get-job', { job: 'roof replacement', explain: true });
  expect(answer.job).toMatchObject({ plan: null, profit: null, profitHidden: 'plan' });
  expect(text).not.toContain('Plan by category');
});

test('a line that costs more than planned is warned about while it is not done, with the amounts', async () => {
  const book = await running();
  await book.spend('Shingles', 6000, 'materials', 'Q-1/1');
  const profit = await book.spend('More shingles', 1000, 'materials', 'Q-1/1');
  const message =
    'Q-1/1 Architectural shingles, installed: 7000.00 spent of 6720.00 planned, not done yet. Spending is ahead of the plan. ' +
    'Extra work can be billed with a change order; a line that is finished is marked so with update-quote doneLines.';
  const over = [{ lines: ['Q-1/1'], by: '280.00' }];
  expect(profit?.warnings).toEqual([{ code: 'over_plan', message, refs: ['Q-1/1', 'E-1', 'E-2'], over }]);
  const { answer, text } = await book.both('get-job', { job: 'J-1' });
  expect(answer.job.profit?.warnings).toEqual(profit?.warnings);
  expect(text).toContain(`Note: ${message}`);
  expect(await book.text('list-jobs')).toContain('; note: spending is ahead of the plan by 280.00 on Q-1/1\n');
  await book.ok('update-quote', { quote: 'Q-1', doneLines: [1] });
  expect((await book.ok('get-job', { job: 'J-1' })).job.profit?.warnings).toEqual([]);
  await book.ok('update-quote', { quote: 'Q-1', notDoneLines: [1] });
  expect((await book.ok('get-job', { job: 'J-1' })).job.profit?.warnings).toMatchObject([{ code: 'over_plan' }]);
  await book.ok('update-job', { job: 'J-1', status: 'completed' });
  expect((await book.ok('get-job', { job: 'J-1' })).job.profit?.warnings).toEqual([]);
});

test('the stored plan and warnings are what the doctor reckons afresh', async () => {
  const book = await running();
  await book.spend('Shingles', 7000, 'materials', 'Q-1/1');
  await book.spend('Permit', 285, 'permit');
  const { looked, faults } = await book.store.read(1, auditBooks);
  expect(looked).toMatchObject({ jobs: 1 });
  expect(faults).toEqual([]);
});

test('a category whose money is gone before its work is named with the work still to do', async () => {
  const book = await running();
  const more = { ...TEAR_OFF, description: 'Decking repair', quantity: 4 };
  await book.ok('create-quote', { job: 'J-1', kind: 'change_order', status: 'accepted', lines: [more] });
  await book.spend('Crew', 1450, 'labor', 'Q-1/2');
  await book.ok('update-quote', { quote: 'Q-1', doneLines: ['Q-1/2'] });
  const [warning] = (await book.ok('get-job', { job: 'J-1' })).job.profit?.warnings ?? [];
  expect(warning).toMatchObject({ code: 'over_plan', refs: ['Q-2/1', 'E-1'] });
  expect(warning?.message).toMatch(
    /^labor: 1450\.00 spent of 1540\.00 planned with 220\.00 still to come, Q-2\/1 Decking repair not done yet\. /,
  );
  // Where less is spent than was planned, it is what else has to come that is too much.
  expect(warning?.over).toEqual([{ category: 'labor', lines: ['Q-2/1'], by: '130.00' }]);
  expect(await book.text('list-jobs')).toContain('spending is ahead of the plan by 130.00 on labor');
});

test('the page of a busy job stays short with its plan and its warnings', async () => {
  const book = await openBook();
  await roof(book.ok, { status: 'draft' });
  const categories = ['materials', 'labor', 'subcontractor', 'permit', 'equipment', 'other'] as const;
  const lines = categories.map((category) => ({
    ...SHINGLES,
    description: `Work on ${category}, as agreed on site`,
    category,
  }));
  await book.ok('update-quote', { quote: 'Q-1', lines, status: 'accepted' });
  for (let number = 1; number <= 12; number += 1) {
    const [category = 'other', line] = [categories[number % 6], (number % 6) + 1];
    await book.ok('add-job-expense', {
      job: 'J-1',
      description: `Delivery ${number} from the yard`,
      amount: 4000 + number,
      category,
      vendor: 'Lone Star Supply',
      coversLine: `Q-1/${line}`,
    });
    await book.ok('create-invoice', { job: 'J-1', lines: [{ description: 'Part', quantity: 1, unitPrice: number }] });
  }
  const { answer, text } = await book.both('get-job', { job: 'J-1' });
  expect(answer.job.plan).toHaveLength(6);
  expect(answer.job.profit?.warnings).toMatchObject([{ code: 'over_plan' }]);
  expectPlain(text, 6000);
});
