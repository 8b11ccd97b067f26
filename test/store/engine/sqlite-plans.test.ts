// How SQLite goes about what is asked of a street of jobs.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { JOB_SORTS } from '../../../src/domain/job.ts';
import { callTool } from '../../../src/server.ts';
import { LEDGER } from '../../../src/store/journal/ledger.ts';
import { type Book, takesRepeat } from '../../support/book.ts';
import { sharing } from '../../support/ending.ts';
import { overFile, planOf } from '../../support/engines/sqlite.ts';
import { watching } from '../../support/store.ts';
import { openStreet } from '../../support/street.ts';

let book: Book;
let end: () => Promise<void>;
let tables: ReadonlySet<string>;

/** One for all tests of this file. */
beforeAll(async () => {
  ({ opened: book, end } = await sharing(openStreet));
  await book.ok('list-jobs');
  tables = overFile(
    book,
    (db) => new Set(db.prepare<[], string>("select name from sqlite_schema where type = 'table'").pluck().all()),
  );
});
afterAll(async () => await end());

describe('how SQLite goes about it', () => {
  type Plan = { readonly sql: string; readonly steps: readonly string[] };

  /** The plan of every query that a call sends. */
  async function plansOf(tool: string, args: object): Promise<Plan[]> {
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

  /** Whether the query knows a table by this name. What is made within the query, as rows of a parameter, is small. */
  const isTable = (sql: string, name: string) => {
    const named = [...sql.matchAll(new RegExp(`"?(\\w+)"? (?:as )?"?${name}"?(?!\\w)`, 'g'))].map(
      ([, table = '']) => table,
    );
    return [name, ...named].some((table) => tables.has(table));
  };

  /** Steps that go through a whole table: of the ledger, or derived from it. */
  const scans = (plans: readonly Plan[]) =>
    plans.flatMap(({ sql, steps }) =>
      steps
        .filter((step) => {
          const [, name = ''] = /^SCAN (\w+)\b(?! VIRTUAL TABLE)/.exec(step) ?? [];
          return name !== '' && isTable(sql, name);
        })
        .map((step) => `${step}: ${sql}`),
    );

  /** Calls that ask for everything: page by page, with totals kept ready. */
  const WHOLES: readonly [string, object][] = [
    ...JOB_SORTS.map((sort): [string, object] => ['list-jobs', { sort }]),
    ['list-quotes', {}],
    ['list-invoices', {}],
    ['list-appointments', {}],
    ['list-expenses', {}],
    ['list-payments', {}],
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
    ['list-expenses', { vendor: 'abc', from: '2026-01-01', to: '2026-12-31' }],
    ['list-expenses', { category: 'materials', from: '2026-03-01', to: '2026-03-31' }],
    ['list-expenses', { hasReceipt: false, from: '2026-03-01' }],
    ['list-expenses', { job: 'J-12' }],
    ['list-expenses', { customer: 'C-2', by: 'vendor' }],
    ['list-expenses', { from: '2026-03-01', to: '2026-03-31', by: 'job' }],
    ['list-receivables', { asOf: '2026-03-01', explain: true }],
    ['list-payments', { method: 'check', from: '2026-01-01', to: '2026-12-31' }],
    ['list-payments', { customer: 'C-2', kind: 'refund' }],
    ['list-payments', { job: 'J-12' }],
    ['list-payments', { from: '2026-03-01', to: '2026-03-31', by: 'customer' }],
    ['list-appointments', { from: '2026-03-12', to: '2026-03-12' }],
    ['list-appointments', { job: 'J-12', person: 'Tom' }],
    ['list-appointments', { customer: 'C-1', status: 'scheduled', format: 'ical' }],
    ['schedule-appointment', { customer: 'C-1', title: 'Look', starts: '2026-03-12T09:30', people: ['Tom'] }],
    ['update-appointment', { appointment: 'A-2', starts: '2026-03-12T09:30' }],
    ['list-changes', { record: 'E-1' }],
    ['list-changes', { record: 'J-12', person: 'sam', assistant: 'test', on: '2026-03-10' }],
    ['list-changes', { record: 'henderson roof 3' }],
    ['list-changes', { change: 2 }],
    ['list-changes', { from: '2026-03-02', to: '2026-03-12' }],
    [
      'schedule-appointment',
      { customer: 'C-1', title: 'Lawn', starts: '2026-03-13T08:00', repeats: { every: 'week', until: '2026-04-30' } },
    ],
    ['update-job', { job: 'J-5', note: 'On the way' }],
    ['add-job-expense', { job: 'J-5', description: 'Nails', amount: 4, category: 'materials' }],
    ['create-invoice', { job: 'J-5', lines: [{ description: 'Work', quantity: 1, unitPrice: 1 }] }],
    ['create-quote', { job: 'J-5', status: 'accepted', lines: [{ description: 'Work', quantity: 1, unitPrice: 1 }] }],
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
    { on: '2026-03-10', show: 'changes' },
    { from: '2026-03-10', person: 'sam', assistant: 'test' },
  ])('a page of the history %j is read in its order, sorting nothing', async (filter) => {
    const paging = (await plansOf('list-changes', filter)).filter(
      ({ sql }) => sql.includes('order by c.at desc') || /order by "[cr]"\."change_number" desc/.test(sql),
    );
    expect(paging.length).toBeGreaterThan(0);
    expect(paging.flatMap(({ steps }) => steps.filter((step) => step.includes('TEMP B-TREE')))).toEqual([]);
  });

  /**
   * Steps that go through all that the account has in a table, which is all there is in a local book. Of what comes
   * every month the first is asked for, in its order.
   */
  const walks = (plans: readonly Plan[]) =>
    plans.flatMap(({ sql, steps }) =>
      steps
        .filter(
          (step) =>
            /\(account_id=\?\)/.test(step) && !/ (accounts|account_totals|monthly_expenses_by_next_on) /.test(step),
        )
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
    const steps = (query: string) => overFile(book, (db) => planOf(db, query));
    const ledger = Object.keys(LEDGER).map((table) => ({
      sql: table,
      steps: steps(`select * from ${table} where account_id + 0 = 1`),
    }));
    expect(scans(ledger)).toHaveLength(ledger.length);
    expect(walks([{ sql: '', steps: steps('select * from jobs where account_id = 1') }])).toHaveLength(1);
  });
});
