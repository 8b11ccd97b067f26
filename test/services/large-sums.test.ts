// What no number holds any more still adds up to the cent: totals, lists, reports, ageing and the doctor over records at
// the limit of what one job may come to. They are planted, since thousands of the largest documents would be needed.
import { inWords } from '../../src/printers/in-words.ts';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auditBooks } from '../../src/store/audit/audit.ts';
import { Jobs } from '../../src/store/derived/job-records.ts';
import { refreshRollups } from '../../src/store/derived/rollups.ts';
import { openEngine, plant } from '../support/store.ts';
import { openBook, type TypedBook } from '../support/answers.ts';

const JOBS = 4;
const LATE = '2026-01-15';

/** Of each customer one job with one late invoice, one change of it that a customer paid too much, and one expense. */
async function book(): Promise<TypedBook> {
  const opened = await openBook();
  for (let n = 1; n <= JOBS; n += 1) {
    await opened.ok('create-customer', { name: `Customer ${'ABCD'.charAt(n - 1)}` });
    await opened.ok('create-job', { customer: `C-${n}`, name: `Tower ${'ABCD'.charAt(n - 1)}`, status: 'completed' });
    await opened.ok('create-invoice', {
      job: `J-${n}`,
      issuedOn: LATE,
      lines: [{ description: 'Tower', quantity: 1, unitPrice: 1 }],
    });
    await opened.ok('add-job-expense', {
      job: `J-${n}`,
      description: 'Cranes',
      amount: 1,
      category: 'equipment',
      spentOn: LATE,
    });
  }
  return opened;
}

/** Makes the invoices as large as given, in cents, and all that is derived of them. */
async function enlarge({ folder }: TypedBook, amounts: readonly number[]): Promise<void> {
  for (const [index, amount] of amounts.entries()) {
    const id = index + 1;
    await plant({ folder }, 'update invoices set subtotal = ?, total = ? where id = ?', amount, amount, id);
    await plant({ folder }, 'update invoice_taxes set base = ? where invoice_id = ?', amount, id);
    await plant({ folder }, 'update invoice_lines set unit_price = ? where invoice_id = ?', amount, id);
  }
  const engine = await openEngine({ folder });
  const touched = amounts.map((_, index) => {
    const row = { id: index + 1, job_id: index + 1 };
    return { table: 'invoices' as const, before: row, after: row };
  });
  await engine.write(async (db) => await refreshRollups(db, 1, touched, new Jobs(db, 1, [])), 1);
  await engine.close();
}

function shown(cents: bigint): string {
  const digits = String(cents).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

async function expectExact(opened: TypedBook, amounts: readonly number[]): Promise<void> {
  const billed = amounts.reduce((sofar, each) => sofar + BigInt(each), 0n);
  const figures = {
    billed: shown(billed),
    expenses: shown(BigInt(JOBS) * 100n),
    profit: shown(billed - BigInt(JOBS) * 100n),
  };
  const [all, some] = [await opened.ok('list-jobs'), await opened.ok('list-jobs', { query: 'tower' })];
  expect([all.totals, some.totals]).toMatchObject([figures, figures]);
  expect(await opened.ok('list-invoices')).toMatchObject({
    totalIssued: figures.billed,
    totalOpen: figures.billed,
    totalOverdue: figures.billed,
  });
  const owed = await opened.ok('list-receivables', { explain: true });
  expect(owed.totals).toMatchObject({ total: figures.billed, overdue: figures.billed, days1to30: figures.billed });
  const largestFirst = amounts.toSorted((left, right) => right - left).map((each) => shown(BigInt(each)));
  const debtors: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await opened.ok('list-receivables', { limit: 1, ...(cursor === undefined ? {} : { cursor }) });
    debtors.push(...page.customers.map(({ total }) => total));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  expect(debtors).toEqual(largestFirst);
  for (const by of ['job', 'customer', 'month', 'status', 'category', 'assignee'] as const)
    for (const span of [{}, { from: '2026-01-01', to: '2026-12-31' }]) {
      const { totals } = await opened.ok('profit-report', { by, explain: true, ...span });
      expect(totals, by).toMatchObject(figures);
    }
  const [month] = (await opened.ok('profit-report', { by: 'month' })).rows;
  expect(month).toMatchObject({ key: '2026-01', ...figures });
}

test('sums over records that no number holds are exact, in every list and report', async () => {
  const opened = await book();
  const size = fc.integer({ min: 8e15, max: Number.MAX_SAFE_INTEGER });
  await fc.assert(
    fc.asyncProperty(fc.tuple(size, size, size, size), async (amounts) => {
      await enlarge(opened, amounts);
      await expectExact(opened, amounts);
      const { faults } = await opened.store.read(1, auditBooks);
      expect(inWords(faults).filter((fault) => /strip|totals|balance|by day/.test(fault))).toEqual([]);
    }),
    { numRuns: 4 },
  );
});

describe('no document comes to more than an amount may', () => {
  const line = (unitPrice: number, more: object = {}) => ({ description: 'Tower', quantity: 1, unitPrice, ...more });
  const most = 10_000_000_000;
  const tooMuch = /^lines: this comes to \d+\.\d\d USD, and no document may come to more than 10000000000\.00\. Check/;

  test('an invoice, a draft, a quote and its costs', async () => {
    const opened = await openBook();
    await opened.ok('create-customer', { name: 'Dana Henderson' });
    await opened.ok('create-invoice', { customer: 'C-1', lines: [line(most)], draft: true });
    const refused = async (tool: string, args: object) => await opened.error(tool, { customer: 'C-1', ...args });
    expect(await refused('create-invoice', { lines: [line(most), line(0.01)] })).toMatch(tooMuch);
    expect(await refused('create-invoice', { lines: [line(most), line(0.01)], draft: true })).toMatch(tooMuch);
    expect(await refused('create-invoice', { lines: [line(most, { taxRatePercent: 1 })] })).toMatch(tooMuch);
    expect(await opened.error('update-invoice', { invoice: 'DRAFT-1', lines: [line(most), line(1)] })).toMatch(tooMuch);
    expect(await refused('create-quote', { lines: [line(most), line(1)] })).toMatch(tooMuch);
    expect(await refused('create-quote', { lines: [line(1, { unitCost: most }), line(1, { unitCost: 1 })] })).toMatch(
      /^lines: the costs of these lines come to 10000000001\.00 USD, more than the 10000000000\.00/,
    );
    await opened.ok('create-quote', { customer: 'C-1', lines: [line(most)] });
    expect(await opened.error('update-quote', { quote: 'Q-1', lines: [line(most), line(1)] })).toMatch(tooMuch);
  });

  test('nor does the bill of a contract and its change orders', async () => {
    const opened = await openBook();
    await opened.ok('create-customer', { name: 'Dana Henderson' });
    await opened.ok('create-job', { customer: 'C-1', name: 'Tower' });
    await opened.ok('create-quote', { job: 'J-1', status: 'accepted', lines: [line(most)] });
    await opened.ok('create-quote', { job: 'J-1', kind: 'change_order', status: 'accepted', lines: [line(most)] });
    expect(await opened.error('create-invoice', { fromQuote: { quote: 'Q-1', rest: true } })).toMatch(
      /^fromQuote: this comes to 20000000000\.00 USD/,
    );
    await opened.ok('create-invoice', { fromQuote: { quote: 'Q-1', percent: 50 } });
    await opened.ok('create-invoice', { fromQuote: { quote: 'Q-1', rest: true } });
  });
});
