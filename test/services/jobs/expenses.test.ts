// Every expense stands in exactly one of two places, cost of work or expenses, whatever is done to it.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { openBook, type TypedBook } from '../../support/answers.ts';
import { madeOnce } from '../../support/made-once.ts';
import { roof, SHINGLES, TEAR_OFF } from '../../support/roof.ts';

/** J-1 and J-2, each with shingles planned at 6,720.00 and a tear-off at 1,320.00. */
const twoJobs = madeOnce(async () => {
  const book = await openBook();
  await roof(book.ok, { status: 'draft' });
  await book.ok('update-quote', { quote: 'Q-1', status: 'accepted', lines: [SHINGLES, TEAR_OFF] });
  await book.ok('create-job', { customer: 'C-1', name: 'Garage' });
  await book.ok('create-quote', { job: 'J-2', status: 'accepted', lines: [SHINGLES, TEAR_OFF] });
  return book;
});

async function figures(book: TypedBook, job: string): Promise<[string | undefined, string | undefined]> {
  const { profit } = (await book.ok('get-job', { job })).job;
  return [profit?.costOfWork, profit?.expenses];
}

test('cover, uncover, cover another line, move: cost of work and expenses follow', async () => {
  const book = await twoJobs();
  await book.ok('add-job-expense', { job: 'J-1', description: 'Receipt', amount: 7000, category: 'materials' });
  const steps: [object, [string, string], [string, string]][] = [
    [{}, ['8040.00', '7000.00'], ['8040.00', '0.00']],
    [{ coversLine: 'Q-1/1' }, ['8320.00', '0.00'], ['8040.00', '0.00']],
    [{ coversLine: 'Q-1/2' }, ['13720.00', '0.00'], ['8040.00', '0.00']],
    [{ amount: 1000 }, ['8040.00', '0.00'], ['8040.00', '0.00']],
    [{ coversLine: null }, ['8040.00', '1000.00'], ['8040.00', '0.00']],
    [{ job: 'J-2' }, ['8040.00', '0.00'], ['8040.00', '1000.00']],
    [{ coversLine: 'Q-2/1', amount: 6721 }, ['8040.00', '0.00'], ['8041.00', '0.00']],
    [{ job: 'J-1', coversLine: 'Q-1/1' }, ['8041.00', '0.00'], ['8040.00', '0.00']],
    [{ job: 'J-2' }, ['8040.00', '0.00'], ['8040.00', '6721.00']],
    [{ remove: true }, ['8040.00', '0.00'], ['8040.00', '0.00']],
  ];
  for (const [patch, first, second] of steps) {
    await book.ok('update-job-expense', { expense: 'E-1', ...patch });
    expect(await figures(book, 'J-1'), JSON.stringify(patch)).toEqual(first);
    expect(await figures(book, 'J-2'), JSON.stringify(patch)).toEqual(second);
  }
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});

test('several receipts cover one line together', async () => {
  const book = await twoJobs();
  for (const amount of [3000, 3000, 719.99]) {
    await book.ok('add-job-expense', {
      job: 'J-1',
      description: 'Receipt',
      amount,
      category: 'materials',
      coversLine: 'Q-1/1',
    });
  }
  expect(await figures(book, 'J-1')).toEqual(['8040.00', '0.00']);
  await book.ok('add-job-expense', {
    job: 'J-1',
    description: 'Receipt',
    amount: '0.02',
    category: 'materials',
    coversLine: 'Q-1/1',
  });
  expect(await figures(book, 'J-1')).toEqual(['8040.01', '0.00']);
});

test('a line whose cost is not known can be covered, and costs what was spent', async () => {
  const book = await openBook();
  await roof(book.ok, { status: 'draft' });
  const { unitCost: _, ...priced } = SHINGLES;
  await book.ok('update-quote', { quote: 'Q-1', status: 'accepted', lines: [priced] });
  await book.ok('add-job-expense', {
    job: 'J-1',
    description: 'Receipt',
    amount: 500,
    category: 'materials',
    coversLine: 'Q-1/1',
  });
  expect(await figures(book, 'J-1')).toEqual(['500.00', '0.00']);
});

test('an expense of a job without quotes covers nothing, whatever is said', async () => {
  const book = await openBook();
  await book.ok('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Small repair' });
  const expense = { job: 'J-1', description: 'Nails', amount: 9.99, category: 'materials' };
  expect(await book.error('add-job-expense', { ...expense, coversLine: 'nails' })).toContain(
    'there is no line "nails"',
  );
  const { profit } = await book.ok('add-job-expense', { ...expense, amount: '99.99' });
  expect(profit).toMatchObject({
    billed: '0.00',
    costOfWork: '0.00',
    expenses: '99.99',
    profit: '-99.99',
    marginPercent: null,
  });
});

test('whatever is done in whatever order, nothing is counted twice and nothing is lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 14 }), async (steps) => {
      const book = await twoJobs();
      for (let number = 1; number <= 3; number += 1) {
        await book.ok('add-job-expense', {
          job: 'J-1',
          description: `Receipt ${number}`,
          amount: 1000 * number + number,
          category: 'materials',
        });
      }
      // Each step may be refused (a line of another job); what counts is what the books say afterwards.
      for (const [tool, args] of steps) await book.call(tool, args);
      for (const job of ['J-1', 'J-2']) {
        const { job: page, explain } = await book.ok('get-job', { job, explain: true });
        const places = (ref: string) =>
          [
            ...(explain?.expenses ?? []).filter((entry) => entry.ref === ref),
            ...(explain?.costOfWork ?? []).filter((entry) => entry.what.includes(ref)),
          ].length;
        for (const { ref } of page.expenses) expect(places(ref), `${ref} on ${job}`).toBe(1);
      }
      expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
    }),
    { numRuns: 12, seed: 41 },
  );
});

const expense = fc.constantFrom('E-1', 'E-2', 'E-3');
const line = fc.constantFrom('Q-1/1', 'Q-1/2', 'Q-2/1', 'Q-2/2', null);
const step: fc.Arbitrary<[string, object]> = fc.oneof(
  fc.tuple(fc.constant('update-job-expense'), fc.record({ expense, coversLine: line })),
  fc.tuple(fc.constant('update-job-expense'), fc.record({ expense, job: fc.constantFrom('J-1', 'J-2') })),
  fc.tuple(fc.constant('update-job-expense'), fc.record({ expense, amount: fc.integer({ min: 1, max: 9000 }) })),
  fc.tuple(
    fc.constant('update-quote'),
    fc.record({ quote: fc.constantFrom('Q-1', 'Q-2'), doneLines: fc.constantFrom([1], [2], [1, 2]) }),
  ),
  fc.tuple(
    fc.constant('update-quote'),
    fc.record({ quote: fc.constantFrom('Q-1', 'Q-2'), status: fc.constantFrom('declined', 'accepted') }),
  ),
  fc.tuple(
    fc.constant('update-job'),
    fc.record({ job: fc.constantFrom('J-1', 'J-2'), status: fc.constantFrom('open', 'completed', 'cancelled') }),
  ),
);
