// A write of thousands of rows: one write, whole or not at all, in which others have their turn.
import { calendarDate } from '../../../src/domain/dates.ts';
import { expect, test } from 'vitest';
import { cost } from '../../../src/domain/cost.ts';
import { fieldsOf } from '../../../src/store/books/fields.ts';
import { closeThrough } from '../../../src/services/account/closing.ts';
import { createCustomer } from '../../../src/services/customers/customers.ts';
import { createJob } from '../../../src/services/jobs/jobs.ts';
import { auditBooks } from '../../../src/store/audit/audit.ts';
import { LEDGER, type Row } from '../../../src/store/journal/ledger.ts';
import { rowsAsJsonParts } from '../../../src/store/engine/json-rows.ts';
import { ROWS_A_BREATH } from '../../../src/store/engine/many.ts';
import type { WriteScope } from '../../../src/store/scope.ts';
import { openBook, type Book } from '../../support/book.ts';
import { rowsOf } from '../../support/store.ts';

const EXPENSES = fieldsOf('expense');
const JOBS = 2 * ROWS_A_BREATH + 30;
const SAM = { actor: 'sam', client: 'test', tool: 'test' };

/** Each job with 10.00 spent, and cancelled in January. */
async function manyJobs(): Promise<Book> {
  const book = await openBook();
  await book.store.write(1, SAM, fill, () => 'a street of roofs');
  return book;
}

async function fill(scope: WriteScope): Promise<void> {
  await createCustomer(scope, { name: 'Dana Henderson' });
  await createJob(scope, { customer: 'C-1', name: 'Roof' });
  const [job] = await scope.db.selectFrom('jobs').select(LEDGER.jobs.columns).execute();
  if (job === undefined) throw new Error('no job');
  const gone = { status: 'cancelled', cancelled_on: calendarDate('2026-01-25') };
  const others = Array.from({ length: JOBS - 1 }, (_, index): Row<'jobs'> => ({ ...job, ...gone, id: index + 2 }));
  await scope.journal.insertAll('jobs', others);
  const spent = {
    isSample: false,
    description: 'Nails',
    amount: cost(1000),
    category: 'materials',
    spentOn: calendarDate('2026-01-20'),
  } as const;
  const expenses = [job, ...others].map(({ id }) => EXPENSES.row({ ...spent, id, jobId: id, createdAt: scope.now }));
  await scope.journal.insertAll('expenses', expenses);
}

test('months of a thousand jobs are closed and opened again in one write each, while others are answered', async () => {
  const book = await manyJobs();
  await book.ok('update-job', { job: 'J-1', status: 'cancelled', cancelledOn: '2026-01-25' });
  const report = async () =>
    (await book.ok('profit-report', { by: 'month', from: '2026-01-01', to: '2026-02-28' })).rows;
  const before = await report();
  const profitSummaries = async () => await rowsOf(book, 'select * from job_figures order by job_id');
  const figures = await profitSummaries();
  await book.store.write(
    1,
    SAM,
    async (scope) => await scope.journal.removeAll('job_assignees', []),
    () => 'nothing',
  );
  const turns = async (through: string | null) => {
    const ended: true[] = [];
    let answered = 0;
    const write = book.store
      .write(
        1,
        SAM,
        async (scope) => await closeThrough(scope, through, 'a late bill'),
        () => 'closed',
      )
      .finally(() => ended.push(true));
    while (ended.length === 0) {
      await book.store.read(1, async () => (answered += 1));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await write;
    return answered;
  };
  expect(await turns('2026-01-31')).toBeGreaterThan(1);
  expect(await rowsOf(book, 'select * from closed_jobs')).toHaveLength(JOBS);
  expect(await turns('2026-02-28')).toBe(1);
  // What stays closed of a month is kept as it was, through the day on which it now ends.
  expect(await turns('2026-01-28')).toBeGreaterThan(1);
  expect(await rowsOf(book, 'select distinct through from closed_jobs')).toEqual([{ through: '2026-01-28' }]);
  expect(await report()).toEqual(before);
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
  expect(await turns(null)).toBeGreaterThan(1);
  expect(await rowsOf(book, 'select * from closed_jobs')).toEqual([]);
  expect(await report()).toEqual(before);
  expect(await profitSummaries()).toEqual(figures);
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});

test('a closing of a thousand jobs that fails at its end leaves nothing', async () => {
  const book = await manyJobs();
  await book.ok('list-jobs', {});
  const failing = book.store.write(
    1,
    SAM,
    async (scope) => {
      await closeThrough(scope, '2026-01-31', undefined);
      throw new Error('at the end');
    },
    () => 'closed',
  );
  await expect(failing).rejects.toThrow('at the end');
  expect(await rowsOf(book, 'select * from closed_jobs')).toEqual([]);
  expect((await book.ok('get-account', {})).account.closedThrough).toBeNull();
  expect((await book.store.read(1, auditBooks)).faults).toEqual([]);
});

test('rows of long texts go in several parameters, in their order, each row whole', () => {
  const rows = Array.from({ length: 7 }, (_, id) => ({ id, text: 'x'.repeat(id * 10) }));
  const parts = rowsAsJsonParts(['id', 'text'], rows, 100);
  expect(parts.flatMap((json): unknown[] => JSON.parse(json))).toEqual(rows);
  expect(parts.filter((json) => json.length > 100)).toHaveLength(0);
  expect(rowsAsJsonParts(['text'], [{ text: 'x'.repeat(200) }], 100)).toHaveLength(1);
  expect(rowsAsJsonParts(['id'], [], 100)).toEqual(['[]']);
});
