// 120 jobs of every kind, made once: pages that visit each job exactly once, totals over all of them, and how SQLite
// goes about it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BILLINGS, JOB_SORTS, JOB_STATUSES, type JobSort } from '../../src/domain/job.ts';
import { callTool } from '../../src/server.ts';
import { scheduleAppointment } from '../../src/services/site/appointments.ts';
import { createCustomer } from '../../src/services/customers/customers.ts';
import { addJobExpense } from '../../src/services/jobs/expenses.ts';
import { createInvoice } from '../../src/services/invoices/invoices.ts';
import { createJob } from '../../src/services/jobs/jobs.ts';
import { createQuote } from '../../src/services/quotes/quotes.ts';
import * as clock from '../../src/services/resolve/appointment-time.ts';
import { auditBooks } from '../../src/store/audit/audit.ts';
import type { Engine } from '../../src/store/database.ts';
import type { WriteScope } from '../../src/store/scope.ts';
import { LEDGER } from '../../src/store/journal/ledger.ts';
import { type Book, inFullSight, openBook, takesRepeat } from '../support/book.ts';
import type { Row } from '../support/engines/engine.ts';
import { overFile, planOf } from '../support/engines/sqlite.ts';
import { openEngine, rowsOf, watching } from '../support/store.ts';

const JOBS = 120;
const WORK = { description: 'Work', quantity: 1 };
const folder = mkdtempSync(join(tmpdir(), 'jobwright-test-'));
let engine: Engine;
let book: Book;

beforeAll(async () => {
  engine = await openEngine({ folder });
});
afterAll(async () => {
  await engine.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The book of this file, filled by the first test that asks for it. */
async function street(): Promise<Book> {
  book = await openBook({ folder, samples: true });
  if ((await rowsOf(book, 'select 1 from jobs where id > 0')).length > 0) return book;
  // All in one write, which is one sync of the disk instead of hundreds.
  await book.store.write(1, { actor: 'sam', client: 'test', tool: 'test' }, fill, () => 'a street of roofs');
  return book;
}

async function fill(scope: WriteScope): Promise<void> {
  for (const name of ['Dana Henderson', 'Marta Ortiz', 'Lou Barker']) await createCustomer(scope, { name });
  for (let index = 1; index <= JOBS; index += 1) {
    const job = `J-${index}`;
    const assignees = index % 10 === 0 ? [{ name: 'Zsofia Kiss', role: 'lead' as const }] : [];
    await createJob(scope, {
      customer: `C-${1 + (index % 3)}`,
      name: `Roof ${index}`,
      status: JOB_STATUSES[index % 4],
      assignees,
    });
    // Few different figures, so that many jobs stand level in every order; some without a margin, some at a loss.
    const billed = [0, 100, 100, 250, 1000][index % 5] ?? 0;
    const spent = [0, 50, 90, 300][index % 4] ?? 0;
    const status = index % 12 === 0 ? 'accepted' : 'sent';
    if (index % 6 === 0) await createQuote(scope, { job, status, lines: [{ ...WORK, unitPrice: 500, unitCost: 120 }] });
    if (billed > 0) await createInvoice(scope, { job, lines: [{ ...WORK, unitPrice: billed, taxRatePercent: 5 }] });
    if (spent > 0)
      await addJobExpense(inFullSight(scope), { job, description: 'Materials', amount: spent, category: 'materials' });
    const visit = { job, title: 'Visit', starts: `2026-03-${10 + (index % 20)}T09:00`, people: ['Tom'] };
    if (index % 3 === 0) await scheduleAppointment(scope, visit, clock);
  }
}

type Listed = {
  ref: string;
  customer: { ref: string };
  status: string;
  billing: string;
  profit: { profit: string; marginPercent: number | null };
};

async function pages(args: object, limit: number): Promise<{ jobs: Listed[]; pageSizes: number[]; totals: any[] }> {
  const jobs: Listed[] = [];
  const pageSizes: number[] = [];
  const totals: any[] = [];
  let cursor: string | undefined;
  do {
    const page = await book.ok('list-jobs', { ...args, limit, ...(cursor === undefined ? {} : { cursor }) });
    jobs.push(...page.jobs);
    pageSizes.push(page.jobs.length);
    totals.push({ totals: page.totals, count: page.count });
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return { jobs, pageSizes, totals };
}

/** The number of a job; samples are below 0. */
const idOf = ({ ref }: Listed) => Number(ref.replace('J-S', '-').replace('J-', ''));

/** How two neighbours must stand. */
const IN_ORDER: Readonly<Record<JobSort, (left: Listed, right: Listed) => boolean>> = {
  newest: (left, right) => idOf(left) > idOf(right),
  profit: (left, right) => rising(Number(left.profit.profit), Number(right.profit.profit), left, right),
  '-profit': (left, right) => rising(-Number(left.profit.profit), -Number(right.profit.profit), left, right),
  margin: (left, right) => nullsLast(left, right, 1),
  '-margin': (left, right) => nullsLast(left, right, -1),
};

function rising(one: number, other: number, left: Listed, right: Listed): boolean {
  return one < other || (one === other && idOf(left) > idOf(right));
}

function nullsLast(left: Listed, right: Listed, sign: number): boolean {
  const [one, other] = [left.profit.marginPercent, right.profit.marginPercent];
  if (other === null) return one !== null || idOf(left) > idOf(right);
  return one !== null && rising(sign * one, sign * other, left, right);
}

describe('pages of jobs', () => {
  it.each(JOB_SORTS)('in the order of %s visit each job exactly once, those without a margin last', async (sort) => {
    await street();
    const all = (await rowsOf(book, 'select count(*) as jobs from jobs'))[0]?.['jobs'];
    expect(all).toBeGreaterThan(JOBS + 3);
    for (const limit of [7, 50]) {
      const { jobs, pageSizes } = await pages({ sort }, limit);
      expect(jobs).toHaveLength(Number(all));
      expect(new Set(jobs.map(({ ref }) => ref)).size).toBe(all);
      expect(pageSizes.slice(0, -1).every((size) => size === limit)).toBe(true);
      const misplaced = jobs.flatMap((job, index) => {
        const next = jobs[index + 1];
        return next === undefined || IN_ORDER[sort](job, next) ? [] : [`${job.ref} before ${next.ref}`];
      });
      expect(misplaced).toEqual([]);
    }
    const { jobs } = await pages({ sort }, 50);
    expect(jobs.filter(({ profit }) => profit.marginPercent === null).length).toBeGreaterThan(20);
  });

  it.each([
    [{ status: 'completed' }, (job: Listed) => job.status === 'completed'],
    [{ billing: 'part_billed' }, (job: Listed) => job.billing === 'part_billed'],
    [{ customer: 'C-2' }, (job: Listed) => job.customer.ref === 'C-2'],
    [
      { customer: 'C-2', status: 'open', billing: 'not_billed' },
      (job: Listed) => job.customer.ref === 'C-2' && job.status === 'open' && job.billing === 'not_billed',
    ],
    [{ query: 'barker roof' }, (job: Listed) => job.customer.ref === 'C-3'],
    [{ assignee: 'kiss' }, (job: Listed) => idOf(job) > 0 && idOf(job) % 10 === 0],
  ])('%j: the same jobs in every order, and totals over all of them', async (filter, fits) => {
    await street();
    const expected = (await pages({}, 50)).jobs.filter(fits).map(({ ref }) => ref);
    for (const sort of JOB_SORTS) {
      const { jobs } = await pages({ ...filter, sort }, 4);
      expect([sort, jobs.map(({ ref }) => ref).toSorted()]).toEqual([sort, expected.toSorted()]);
    }
    expect(expected.length).toBeGreaterThan(1);
  });

  it('a page that is exactly full is the last one', async () => {
    await street();
    const { jobs } = await pages({ customer: 'C-1' }, 50);
    const exact = await pages({ customer: 'C-1', sort: 'margin' }, jobs.length / 2);
    expect(exact.pageSizes).toEqual([jobs.length / 2, jobs.length / 2]);
  });

  it('a cursor of another list or order is refused', async () => {
    await street();
    const { nextCursor } = await book.ok('list-jobs', { sort: 'margin', limit: 5 });
    for (const cursor of [nextCursor, 'abc', Buffer.from('["jobs profit","x",1]').toString('base64url')]) {
      expect(await book.error('list-jobs', { sort: 'profit', cursor })).toContain(
        'cursor: this is not a cursor of this list in this order',
      );
    }
    expect(await book.error('list-quotes', { cursor: nextCursor })).toContain('cursor:');
  });

  it('a job that is added while paging does not push another out', async () => {
    await street();
    const first = await book.ok('list-jobs', { limit: 50 });
    const added = await book.ok('create-job', { customer: 'C-1', name: 'Just added' });
    const rest = await pagesFrom(first.nextCursor);
    expect(new Set([...first.jobs, ...rest].map(({ ref }) => ref)).size).toBe(first.count);
    expect(rest.map(({ ref }) => ref)).not.toContain(added.job.ref);
  });

  async function pagesFrom(start: string): Promise<Listed[]> {
    const page = await book.ok('list-jobs', { limit: 50, cursor: start });
    return [...page.jobs, ...(page.nextCursor === undefined ? [] : await pagesFrom(page.nextCursor))];
  }
});

describe('totals', () => {
  const sumOf = async (where: string): Promise<Row | undefined> =>
    (
      await rowsOf(
        book,
        `select count(*) as jobs, coalesce(sum(billed), 0) as billed, coalesce(sum(cost_of_work), 0) as cost, coalesce(sum(expenses), 0) as expenses,
        coalesce(sum(profit), 0) as profit, coalesce(sum(tax_billed), 0) as tax from job_figures where ${where}`,
      )
    )[0];
  const cents = (text: string) => Math.round(Number(text) * 100);

  it.each([
    [{}, 'true'],
    [{ status: 'completed' }, "status = 'completed'"],
    [{ billing: 'billed' }, "billing = 'billed'"],
    [{ status: 'open', billing: 'not_billed' }, "status = 'open' and billing = 'not_billed'"],
    [{ customer: 'C-2' }, 'customer_id = 2'],
    [{ query: 'roof 12' }, 'job_id = 12'],
  ])('%j are the sums over all that match, on every page', async (filter, where) => {
    await street();
    const { totals } = await pages({ ...filter, includeSamples: true }, 20);
    expect(new Set(totals.map((each) => JSON.stringify(each))).size).toBe(1);
    const [{ totals: shown, count }] = totals;
    const expected = await sumOf(where);
    expect({
      jobs: count,
      billed: cents(shown.billed),
      cost: cents(shown.costOfWork),
      expenses: cents(shown.expenses),
      profit: cents(shown.profit),
      tax: cents(shown.taxBilled),
    }).toEqual(expected);
    expect(cents(shown.profit)).toBe(cents(shown.billed) - cents(shown.costOfWork) - cents(shown.expenses));
    for (const groups of [shown.byStatus, shown.byBilling]) {
      const all: any[] = Object.values(groups);
      expect(all.reduce((sum, group) => sum + group.jobs, 0)).toBe(count);
      expect(all.reduce((sum, group) => sum + cents(group.profit), 0)).toBe(cents(shown.profit));
    }
  });

  it('are split by every status and billing there is, and say that samples are in', async () => {
    await street();
    const { totals } = await book.ok('list-jobs', { includeSamples: true });
    expect(Object.keys(totals.byStatus).toSorted()).toEqual([...JOB_STATUSES].toSorted());
    expect(Object.keys(totals.byBilling).toSorted()).toEqual([...BILLINGS].toSorted());
    for (const [status, group] of Object.entries<any>(totals.byStatus)) {
      expect([status, cents(group.billed)]).toEqual([status, (await sumOf(`status = '${status}'`))?.['billed']]);
    }
    expect(totals.includesSamples).toBe(true);
    expect((await book.ok('list-jobs', { customer: 'C-2' })).totals.includesSamples).toBe(false);
  });

  it('and the books agree with themselves', async () => {
    await street();
    expect(await book.store.read(1, auditBooks)).toMatchObject({ faults: [] });
  });
});

describe('how SQLite goes about it', () => {
  type Plan = { readonly sql: string; readonly steps: readonly string[] };

  /** The plan of every query that a call sends. */
  async function plansOf(tool: string, args: object): Promise<Plan[]> {
    await street();
    const { sent, result } = await watching(
      async () =>
        await callTool(
          book.session,
          tool,
          { ...args, ...(takesRepeat(tool) ? { allowDuplicate: true } : {}) },
          { client: 'test', canAsk: false },
        ),
    );
    expect([result.isError, result.content]).toEqual([undefined, result.content]);
    return overFile(book, (db) => sent.map(({ sql, parameters }) => ({ sql, steps: planOf(db, sql, parameters) })));
  }

  /** Steps that go through a whole table: of the ledger, or derived from it. What is made within the query is small. */
  const scans = (plans: readonly Plan[]) =>
    plans.flatMap(({ sql, steps }) =>
      steps
        .filter((step) => /^SCAN (?!CONSTANT ROW|\d+-ROW VALUES|\(subquery|(?:counted|page|led)\b)/.test(step))
        .map((step) => `${step}: ${sql}`),
    );

  /** Calls that ask for everything: page by page, with totals kept ready. */
  const WHOLES: readonly [string, object][] = [
    ...JOB_SORTS.map((sort): [string, object] => ['list-jobs', { sort }]),
    ['list-quotes', {}],
    ['list-invoices', {}],
    ['list-appointments', {}],
  ];
  const PARTS: readonly [string, object][] = [
    ['list-jobs', { status: 'open' }],
    ['list-jobs', { billing: 'billed', sort: 'margin' }],
    ['list-jobs', { customer: 'C-2', sort: '-profit' }],
    ['list-jobs', { query: 'henderson roof' }],
    ['list-jobs', { assignee: 'kiss' }],
    ['get-job', { job: 'henderson roof 3', explain: true }],
    ['get-job', { job: 'J-12', explain: true }],
    ['get-customer', { customer: 'marta ortiz' }],
    ['list-customers', { query: 'ortiz' }],
    ['list-customers', { stage: 'lead' }],
    ['list-quotes', { job: 'J-12', status: 'accepted' }],
    ['list-invoices', { customer: 'C-1' }],
    ['list-invoices', { overdue: true }],
    ['list-invoices', { from: '2026-01-01', to: '2026-12-31' }],
    ['list-appointments', { from: '2026-03-12', to: '2026-03-12' }],
    ['list-appointments', { job: 'J-12', person: 'Tom' }],
    ['list-appointments', { customer: 'C-1', status: 'scheduled', format: 'ical' }],
    ['schedule-appointment', { customer: 'C-1', title: 'Look', starts: '2026-03-12T09:30', people: ['Tom'] }],
    ['update-appointment', { appointment: 'A-2', starts: '2026-03-12T09:30' }],
    ['list-changes', { record: 'E-1' }],
    ['list-changes', { record: 'J-12', person: 'sam', assistant: 'test', on: '2026-03-10' }],
    ['list-changes', { record: 'henderson roof 3' }],
    ['list-changes', { change: 2 }],
    ['update-job', { job: 'J-5', note: 'On the way' }],
    ['add-job-expense', { job: 'J-5', description: 'Nails', amount: 4, category: 'materials' }],
    ['create-invoice', { job: 'J-5', lines: [{ description: 'Work', quantity: 1, unitPrice: 1 }] }],
  ];

  it.each([...WHOLES, ...PARTS])('%s %j goes through no table from end to end', async (tool, args) => {
    const plans = await plansOf(tool, args);
    expect(plans.length).toBeGreaterThan(1);
    expect(scans(plans)).toEqual([]);
  });

  it('a page is read in its order from an index, sorting at most jobs that stand level', async () => {
    for (const sort of JOB_SORTS) {
      const plans = await plansOf('list-jobs', { sort });
      const paging = plans.filter(({ sql }) => sql.includes('job_figures') && sql.includes('limit'));
      expect(paging.length).toBeGreaterThan(0);
      expect([
        sort,
        paging.flatMap(({ steps }) => steps.filter((step) => /TEMP B-TREE FOR (?!LAST TERM)/.test(step))),
      ]).toEqual([sort, []]);
    }
  });

  it('the last thing is undone without going through any table, or through all of the account', async () => {
    await street();
    await book.ok('update-job', { job: 'J-7', note: 'On the way' });
    const plans = await plansOf('undo-change', {});
    expect(plans.length).toBeGreaterThan(10);
    expect([scans(plans), walks(plans)]).toEqual([[], []]);
  });

  it.each([
    {},
    { record: 'J-12' },
    { person: 'sam' },
    { assistant: 'test' },
    { on: '2026-03-10' },
    { from: '2026-03-10', person: 'sam', assistant: 'test' },
  ])('a page of the history %j is read in its order, sorting nothing', async (filter) => {
    const paging = (await plansOf('list-changes', filter)).filter(
      ({ sql }) => sql.includes('order by c.at desc') || /order by "[cr]"\."change_number" desc/.test(sql),
    );
    expect(paging.length).toBeGreaterThan(0);
    expect(paging.flatMap(({ steps }) => steps.filter((step) => step.includes('TEMP B-TREE')))).toEqual([]);
  });

  /** Steps that go through all that the account has in a table, which is all there is in a local book. */
  const walks = (plans: readonly Plan[]) =>
    plans.flatMap(({ sql, steps }) =>
      steps
        .filter((step) => /\(account_id=\?\)/.test(step) && !/ (accounts|account_totals) /.test(step))
        .map((step) => `${step}: ${sql}`),
    );

  it('a call that asks for a part goes straight to its rows', async () => {
    const walked: string[] = [];
    for (const [tool, args] of PARTS)
      walked.push(...walks(await plansOf(tool, args)).map((step) => `${tool}: ${step}`));
    expect(walked).toEqual([]);
  });

  it('a kept statement is planned once: no value is bound where the planner would look at it', async () => {
    for (const [tool, args] of [...WHOLES, ...PARTS])
      for (const { sql } of await plansOf(tool, args)) expect(sql.replaceAll('+?', '')).not.toContain('?');
  });

  it('a query without its index would be noticed (the control)', async () => {
    await street();
    const steps = (query: string) => overFile(book, (db) => planOf(db, query));
    const ledger = Object.keys(LEDGER).map((table) => ({
      sql: table,
      steps: steps(`select * from ${table} where account_id + 0 = 1`),
    }));
    expect(scans(ledger)).toHaveLength(ledger.length);
    expect(walks([{ sql: '', steps: steps('select * from jobs where account_id = 1') }])).toHaveLength(1);
  });
});
