// A cost that nobody knows is no profit: whoever tells what a job, a quote or many of them make says so where a cost is
// not known, in words and in figures.
import { expect, test } from 'vitest';
import { terminal } from '../../../src/printers/terminal.ts';
import { TOOLS } from '../../../src/tools/index.ts';
import { openBook, type ToolName } from '../../support/answers.ts';
import { madeOnce } from '../../support/made-once.ts';

const bill = (unitPrice: number) => [{ description: 'Work', quantity: 1, unitPrice }];
const sold = (unitPrice: number, unitCost?: number) => ({ ...bill(unitPrice)[0], unitCost });

/** Nine jobs in every standing, each with a cost that nobody said; Tom is on those that have a number below 5. */
const openUnknown = madeOnce(async () => {
  const book = await openBook();
  await book.ok('create-customer', { name: 'Dana Henderson' });
  const job = async (number: number, name: string, lines: readonly object[] | null, status = 'accepted') => {
    const assignees = number < 5 ? [{ name: 'Tom Becker', role: 'lead' }] : [];
    await book.ok('create-job', { customer: 'C-1', name, assignees });
    if (lines !== null) await book.ok('create-quote', { job: `J-${number}`, status, lines });
  };
  const issued = async (args: object) => await book.ok('create-invoice', { ...args, issuedOn: '2026-03-04' });
  await job(1, 'Call-out', null);
  await issued({ job: 'J-1', lines: bill(500) });
  await book.ok('update-job', { job: 'J-1', status: 'completed' });
  await job(2, 'Gutters at a loss', [sold(1000, 1500), sold(100)]);
  await issued({ fromQuote: { quote: 'Q-1', rest: true } });
  await job(3, 'Fence with little', [sold(1000, 900), sold(100)]);
  await issued({ fromQuote: { quote: 'Q-2', rest: true } });
  await job(4, 'Deck', [sold(1000)]);
  await issued({ fromQuote: { quote: 'Q-3', percent: 30 } });
  await job(5, 'Porch', [sold(1000, 600), sold(200)], 'sent');
  await job(6, 'Shed', [sold(1000, 600), sold(200)], 'sent');
  await book.ok('create-quote', { job: 'J-6', status: 'sent', lines: [sold(2000)] });
  await job(7, 'Garage', [sold(2000, 600)]);
  await issued({ fromQuote: { quote: 'Q-7', percent: 30 } });
  await book.ok('update-job', { job: 'J-7', status: 'cancelled' });
  await job(8, 'Siding', null);
  await issued({ job: 'J-8', lines: bill(500) });
  const back = { description: 'Boards', amount: 50, refund: true, category: 'materials' };
  await book.ok('add-job-expense', { job: 'J-8', ...back });
  await job(9, 'Stairs', null);
  await issued({ job: 'J-9', lines: bill(500) });
  await book.ok('add-expenses', {
    expenses: [{ overhead: true, description: 'Rent', amount: 200, category: 'other' }],
  });
  return book;
});

const KEYS = ['job', 'customer', 'month', 'status', 'assignee'] as const;
const PERIODS = [{}, { from: '2026-03-01', to: '2026-03-31' }, { to: '2026-03-09' }, { from: '2026-03-01' }];
const JOBS = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const ASKED: (readonly [ToolName, object])[] = [
  ['list-jobs', {}],
  ['list-jobs', { standing: 'finished' }],
  ['list-jobs', { sort: 'margin' }],
  ['list-jobs', { standing: 'running' }],
  ...KEYS.flatMap((by) => PERIODS.map((period) => ['profit-report', { by, thinBelow: 50, ...period }] as const)),
  ['profit-report', { by: 'job', query: 'deck' }],
  ['profit-report', { by: 'customer', customer: 'C-1', last: 3 }],
  ...JOBS.map((number) => ['get-job', { job: `J-${number}` }] as const),
  ['get-customer', { customer: 'C-1' }],
  ['get-quote', { quote: 'Q-2' }],
  ['get-quote', { quote: 'Q-2', whatIf: { discountPercent: 10 } }],
  ['get-quote', { quote: 'Q-2', whatIf: { marginPercent: 50 } }],
  ['get-quote', { quote: 'Q-2', whatIf: { costs: [{ percent: 10 }] } }],
  ['update-job', { job: 'J-9', status: 'completed', preview: true }],
  ['update-job', { job: 'J-9', status: 'cancelled', preview: true }],
  ['update-quote', { quote: 'Q-4', title: 'Porch, new', preview: true }],
  ['create-invoice', { fromQuote: { quote: 'Q-3', rest: true }, preview: true }],
];

type Part = Readonly<Record<string, unknown>>;
const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null;

/** Whether this part of an answer itself says that a cost is not known. */
function saysSo(part: Part): boolean {
  const { unknownCost, unknownCostLines, warnings, profit, quote } = part;
  const warns = (some: unknown) =>
    Array.isArray(some) && some.some((each: unknown) => isPart(each) && each['code'] === 'unknown_cost');
  return (
    Number(unknownCost ?? 0) > 0 ||
    Number(unknownCostLines ?? 0) > 0 ||
    warns(warnings) ||
    (isPart(profit) && warns(profit['warnings'])) ||
    (isPart(quote) && saysSo(quote))
  );
}

/** Where a margin of jobs or quotes stands, and nothing around it says that a cost is not known. */
function silentMargins(part: unknown, isSaid: boolean, path: string): string[] {
  if (!isPart(part)) return [];
  const said = isSaid || saysSo(part);
  return Object.entries(part).flatMap(([key, value]) => {
    if (!/marginPercent/i.test(key)) return silentMargins(value, said, `${path}.${key}`);
    return said || value === null ? [] : [`${path}.${key}: ${JSON.stringify(value)}`];
  });
}

/** A line of work alone, whose own cost is known, and a sum that explains itself beside the profit that says so. */
const OF_ONE_LINE = /^- Q-\d+\/\d+ |^Profit: /;

test('in whatever way a margin or a profit is told, it is told that a cost is not known', async () => {
  const book = await openUnknown();
  for (const [tool, args] of ASKED) {
    const { answer, text } = await book.both(tool, args);
    const asked = `${tool} ${JSON.stringify(args)}`;
    expect(silentMargins(answer, false, asked)).toEqual([]);
    const told = text.split('\n').filter((line) => /(profit|profit was|margin|business made) -?\d|\d %\)/i.test(line));
    const silent = told.filter((line) => !/not known/.test(line) && !OF_ONE_LINE.test(line));
    expect([asked, silent]).toEqual([asked, []]);
    expect([asked, /\b1\d\d %/.test(text)]).toEqual([asked, false]);
  }
}, 60_000);

test('a table that people read says it too, where a text has it in a line', async () => {
  const book = await openUnknown();
  const tools = new Map<string, (typeof TOOLS)[number]>(TOOLS.map((tool) => [tool.name, tool]));
  let tables = 0;
  for (const [tool, args] of ASKED) {
    const { structuredContent = {} } = await book.call(tool, args);
    const lines = terminal(tools.get(tool)?.say(structuredContent) ?? []).split('\n');
    const made = lines.flatMap((line, index) => (/^ *= (expected )?profit /.test(line) ? [lines[index + 1]] : []));
    for (const margin of made)
      expect([tool, args, margin]).toEqual([tool, args, expect.stringMatching(/argin .*not known/)]);
    expect(lines.filter((line) => /^ *(Expected m|M)argin .*\d %$/.test(line))).toEqual([]);
    tables += made.length;
  }
  expect(tables).toBeGreaterThan(8);
}, 60_000);

test('"which jobs run thin": one whose cost is not known is named with that, and those not named for it are counted', async () => {
  const book = await openUnknown();
  const { answer, text } = await book.both('profit-report', { by: 'job', thinBelow: 50 });
  expect(answer.thinJobs).toMatchObject({ count: 1, jobs: [{ ref: 'J-3', unknownCost: 1 }], unknownCost: 4 });
  expect(answer.lossJobs).toMatchObject({ count: 1, jobs: [{ ref: 'J-2', unknownCost: 1 }] });
  expect(text).toContain('J-3 Fence with little 200.00 (cost not known); the cost of 4 other jobs is not known');
  expect(text).toContain('J-2 Gutters at a loss -400.00 (cost not known)');
  const none = await book.both('profit-report', { by: 'job', thinBelow: 10 });
  expect(none.answer.thinJobs).toMatchObject({ count: 0, unknownCost: 5 });
  expect(none.text).toContain('Jobs under 10 %: none, but the cost of 5 jobs is not known');
});

test('of the running jobs in a row those whose cost is not known are counted by themselves', async () => {
  const book = await openUnknown();
  const { answer, text } = await book.both('profit-report', { by: 'assignee' });
  const tom = answer.rows.find(({ name }) => name === 'Tom Becker');
  expect([tom?.unknownCost, tom?.running?.jobs, tom?.running?.unknownCost]).toEqual([4, 1, 1]);
  expect(text).toContain('1 of them still running: expected profit 1000.00 (cost not known) as a whole');
});

test('where every cost is known nothing is doubted, and a margin stands', async () => {
  const book = await openBook();
  await book.ok('create-customer', { name: 'Dana Henderson' });
  await book.ok('create-job', { customer: 'C-1', name: 'Roof' });
  await book.ok('create-quote', { job: 'J-1', status: 'accepted', lines: [sold(1000, 800)] });
  await book.ok('create-invoice', { fromQuote: { quote: 'Q-1', percent: 30 } });
  for (const [tool, args] of [
    ['list-jobs', {}],
    ['profit-report', { by: 'job', thinBelow: 50 }],
    ['get-job', { job: 'J-1' }],
  ] as const) {
    const { answer, text } = await book.both(tool, args);
    expect(JSON.stringify(answer)).not.toMatch(/unknown/i);
    expect(text).toContain('20 %');
    expect(text).not.toContain('not known');
  }
});

test('a month without a cost in it is no 100 %, and its words stay when its bill is moved or its job gets a cost', async () => {
  const book = await openBook();
  await book.ok('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Roof' });
  await book.ok('create-invoice', { job: 'J-1', lines: bill(900), issuedOn: '2026-01-10' });
  await book.callWithYes('update-account', { closedThrough: '2026-01-31' });
  const january = { by: 'month', from: '2026-01-01', to: '2026-01-31' };
  const row = async () =>
    (await book.text('profit-report', january)).split('\n').find((line) => line.startsWith('- January 2026'));
  const before = await row();
  expect(before).toContain('profit 900.00 (no cost in it, so its margin is not known), billed 900.00');
  await book.ok('file-under-job', { job: null, records: ['INV-1001'] });
  expect(await row()).toBe(before);
  await book.ok('undo-change', {});
  const wood = { description: 'Wood', amount: 300, category: 'materials', spentOn: '2026-02-05' };
  await book.ok('add-job-expense', { job: 'J-1', ...wood });
  expect(await row()).toBe(before);
  for (const by of ['month', 'job', 'customer', 'status', 'assignee'])
    for (const dates of [{}, { from: '2026-01-01', to: '2026-01-31' }]) {
      const text = await book.text('profit-report', { by, ...dates });
      expect(text, by).toContain('no cost in it, so its margin is not known');
      expect(text, by).not.toContain('100 %');
    }
});
