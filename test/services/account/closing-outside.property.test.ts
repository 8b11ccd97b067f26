// Money billed on no job, filed under jobs and taken out again while months are closed and opened: what was reported of a
// closed month stays, by every key, and both sides of each move stand in the first open month.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { ALL_CASES, cases } from '../../support/arbitrary.ts';
import type { Answers, TypedBook } from '../../support/answers.ts';
import { add, cents } from '../../support/arithmetic.ts';
import { madeOnce } from '../../support/made-once.ts';
import { lastDay } from '../../support/plain-books.ts';
import { roofBook } from '../../support/roof.ts';

const RUNS = cases(40);
const MONTHS = ['2026-01', '2026-02'] as const;
const ALL_MONTHS = [...MONTHS, '2026-03'];
const KEYS = ['job', 'customer', 'month', 'status', 'category', 'assignee'] as const;

const bill = (amount: number) => [{ description: 'Service call', quantity: 1, unitPrice: amount }];

/** Two customers with a job each, and bills of January and February: on no job, one in part credited, and one on a job. */
const looseBook = madeOnce(async () => {
  const book = await roofBook();
  await book.ok('create-customer', { name: 'Luis Ortega' });
  await book.ok('create-job', { customer: 'C-2', name: 'Gutters' });
  await book.ok('create-invoice', { customer: 'C-1', lines: bill(100), issuedOn: '2026-01-10' });
  await book.ok('create-invoice', { creditFor: 'INV-1001', amount: 30, issuedOn: '2026-02-03' });
  await book.ok('create-invoice', { customer: 'C-2', lines: bill(200), issuedOn: '2026-01-20' });
  await book.ok('create-invoice', { customer: 'C-1', lines: bill(400), issuedOn: '2026-02-10' });
  await book.ok('create-invoice', { job: 'J-1', lines: bill(800), issuedOn: '2026-01-25' });
  return book;
});

type Step =
  | { readonly close: string | null }
  | { readonly file: readonly string[]; readonly under: string | null }
  | { readonly undo: true }
  | { readonly merge: true }
  | { readonly cancel: string };

const ofFirst = fc.constantFrom<readonly string[]>(['INV-1001'], ['INV-1004'], ['INV-1005'], ['INV-1001', 'INV-1004']);
const filing: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ file: ofFirst, under: fc.constantFrom('J-1', null) }),
  fc.record({ file: fc.constant(['INV-1003']), under: fc.constantFrom('J-2', null) }),
);
const closing: fc.Arbitrary<Step> = fc.record({
  close: fc.constantFrom('2026-01-15', '2026-01-31', '2026-02-28', null),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: filing },
  { weight: 4, arbitrary: closing },
  { weight: 3, arbitrary: fc.constant<Step>({ undo: true }) },
  { weight: 1, arbitrary: fc.constant<Step>({ merge: true }) },
  { weight: 1, arbitrary: fc.constantFrom<Step>({ cancel: 'J-1' }, { cancel: 'J-2' }) },
);
/** January is closed and something moves first, so that each run holds a closed month against it. */
const steps: fc.Arbitrary<readonly Step[]> = fc
  .tuple(filing, fc.constantFrom('2026-01-31', '2026-02-28'), filing, fc.array(step, { minLength: 3, maxLength: 9 }))
  .map(([before, close, after, rest]) => [before, { close }, after, ...rest]);

async function reported(book: TypedBook, month: string): Promise<unknown> {
  const found: unknown[] = [];
  for (const by of KEYS) {
    const { rows, totals } = await book.ok('profit-report', { by, from: `${month}-01`, to: lastDay(month) });
    found.push(
      rows.map(({ key, jobs, billed, costOfWork, expenses, outsideJobs, fromClosedMonths }) => [
        ...[by, key, jobs, billed, costOfWork, expenses, outsideJobs, fromClosedMonths],
      ]),
      [totals.billed, totals.business, totals.outsideJobs],
    );
  }
  return found;
}

type Totals = Answers['profit-report']['totals'];

/** The months come to the whole, in all and outside of jobs. */
async function expectWhole(book: TypedBook): Promise<void> {
  const months: Totals[] = [];
  const byMonth = await book.ok('profit-report', { by: 'month', from: '2026-01-01', to: '2026-03-31' });
  for (const month of ALL_MONTHS) {
    const period = { from: `${month}-01`, to: lastDay(month) };
    const { totals } = await book.ok('profit-report', { by: 'job', ...period });
    const customers = await book.ok('profit-report', { by: 'customer', ...period });
    const outside = cents(totals.outsideJobs?.billed ?? '0.00');
    expect(outsideOf(customers.rows)).toBe(outside);
    expect(outsideOf(byMonth.rows.filter(({ key }) => key === month))).toBe(outside);
    months.push(totals);
  }
  const { totals: now } = await book.ok('list-jobs');
  const { totals: ever } = await book.ok('profit-report', { by: 'job' });
  const all = (of: (each: Totals) => string | undefined) => add(months.map((each) => cents(of(each) ?? '0.00')));
  const outside = cents(now?.outsideJobs?.billed ?? '0.00');
  expect([all(({ billed }) => billed), all(({ outsideJobs }) => outsideJobs?.billed)]).toEqual([
    cents(now?.billed ?? '0.00'),
    outside,
  ]);
  expect(cents(ever.outsideJobs?.billed ?? '0.00')).toBe(outside);
  // All that was ever issued is in it, wherever it is filed.
  expect(all(({ billed }) => billed) + outside).toBe(147_000);
}

const outsideOf = (rows: readonly { readonly outsideJobs?: { readonly billed: string } | undefined }[]) =>
  add(rows.map(({ outsideJobs }) => cents(outsideJobs?.billed ?? '0.00')));

async function take(book: TypedBook, step: Step): Promise<boolean> {
  const [tool, args] =
    'close' in step
      ? (['update-account', { closedThrough: step.close, reason: 'a bill came late' }] as const)
      : 'file' in step
        ? (['file-under-job', { records: step.file, job: step.under }] as const)
        : 'merge' in step
          ? (['merge-customers', { keep: 'C-1', duplicate: 'C-2' }] as const)
          : 'cancel' in step
            ? (['update-job', { job: step.cancel, status: 'cancelled' }] as const)
            : (['undo-change', {}] as const);
  return (await book.callWithYes(tool, args)).isError !== true;
}

const isClosed = (month: string, through: string | null) => through !== null && through >= lastDay(month);

test('a bill on no job is filed and taken out while months are closed, and no closed report moves', {
  timeout: 240_000,
}, async () => {
  let moved = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (inOrder) => {
      const book = await looseBook();
      const kept = new Map<string, unknown>();
      let customers = 2;
      for (const each of inOrder) {
        const done = await take(book, each);
        if (done && kept.size > 0) moved += 1;
        // Whose a month's money was follows two customers who become one, and who are two again.
        const { count } = await book.ok('list-customers');
        if (count !== customers) kept.clear();
        customers = count;
        const { closedThrough } = (await book.ok('get-account')).account;
        for (const month of MONTHS) {
          const report = await reported(book, month);
          // Of an open month nothing is kept, so it is held against itself.
          const before = isClosed(month, closedThrough) ? (kept.get(month) ?? report) : report;
          expect([month, report]).toEqual([month, before]);
          if (isClosed(month, closedThrough)) kept.set(month, report);
          else kept.delete(month);
        }
        await expectWhole(book);
      }
      expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
    }),
    { numRuns: RUNS },
  );
  expect(moved).toBeGreaterThan(ALL_CASES ? RUNS : 0);
});
