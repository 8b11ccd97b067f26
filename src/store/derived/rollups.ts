// Derived money: each job's profit summary, and the account's totals over all jobs. Kept in rows so that lists and totals
// never grow with the book; always recomputed by the domain in the scope that changed what they depend on.
import { BEFORE_EVERY_DAY, calendarDate } from '../../domain/dates.ts';
import { sql } from 'kysely';
import { price, sum } from '../../domain/money.ts';
import { balanceOf, paidBy } from '../../domain/payment.ts';
import type { Database, Tables } from '../database.ts';
import { jobLedgerRows } from './job-ledger.ts';
import { JobRecords, type Jobs } from './job-records.ts';
import { DAY_COLUMNS, ROLLUP_COLUMNS, PLAN_COLUMNS, rowsFrom, SUMMED, TOTALS_KEY, totalsOf } from './rollup-rows.ts';
import { BEFORE_ALL, leave, leaveNothing, pagesLeft, noteDone, noteMade, versionOf } from './left.ts';
import { deleteMany, insertMany } from '../engine/many.ts';
import { prepared } from '../engine/prepared.ts';
import type { Touched } from '../journal/ledger.ts';
import type { AccountTotalsRow, InvoiceRollupRow, JobDayRow, JobRollupRow, JobPlanRow } from './rows.ts';

/**
 * Recomputes the profit summaries of every job that these writes bear on, and moves the totals along.
 * @returns false where these are too many for one write, and are left
 */
export async function refreshRollups(
  db: Database,
  accountId: number,
  touched: readonly Touched[],
  jobs: Jobs,
): Promise<boolean> {
  for (const id of invoicesTouched(touched)) await refreshInvoice(db, accountId, id);
  const ids = [...(await jobsTouched(db, accountId, touched))];
  if (ids.length > COMPUTED_AT_ONCE) {
    const first = ids.reduce((one, other) => Math.min(one, other));
    await leave(db, accountId, ROLLUPS, [{ what: JOBS, after: first - 1 }]);
    return false;
  }
  for (const id of ids) await keepRows(db, accountId, id, await jobs.find(id));
  return true;
}

function invoicesTouched(touched: readonly Touched[]): Set<number> {
  const invoices = new Set<number>();
  for (const { table, before, after } of touched) {
    for (const snapshot of [before, after]) {
      if (table === 'invoices') collect(invoices, snapshot?.['id']);
      if (table === 'invoices') collect(invoices, snapshot?.['credits_id']);
      if (table === 'payments') collect(invoices, snapshot?.['invoice_id']);
    }
  }
  return invoices;
}

async function refreshInvoice(db: Database, accountId: number, id: number): Promise<void> {
  const rollup = await computeInvoiceRollup(db, accountId, id);
  if (rollup === null) {
    await db.deleteFrom('invoice_figures').where('account_id', '=', accountId).where('invoice_id', '=', id).execute();
    return;
  }
  const { account_id: _, invoice_id: __, ...values } = rollup;
  await db
    .insertInto('invoice_figures')
    .values(rollup)
    .onConflict((conflict) => conflict.columns(['account_id', 'invoice_id']).doUpdateSet(values))
    .execute();
}

/** What an issued invoice has open, from its credit notes and payments; null on what nobody has to pay. */
export async function computeInvoiceRollup(
  db: Database,
  accountId: number,
  id: number,
): Promise<InvoiceRollupRow | null> {
  const invoice = await db
    .selectFrom('invoices')
    .select(['is_sample', 'customer_id', 'total', 'due_on'])
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where('status', '=', 'issued')
    .where('credits_id', 'is', null)
    .executeTakeFirst();
  if (invoice === undefined) return null;
  const notes = await db
    .selectFrom('invoices')
    .select('total')
    .where('account_id', '=', accountId)
    .where('credits_id', '=', id)
    .where('status', '=', 'issued')
    .execute();
  const payments = await db
    .selectFrom('payments')
    .select(['amount', 'is_refund', 'void_reason'])
    .where('account_id', '=', accountId)
    .where('invoice_id', '=', id)
    .execute();
  return openOf({ account_id: accountId, id, ...invoice }, notes, payments);
}

type OpenInvoice = Pick<Tables['invoices'], 'account_id' | 'id' | 'is_sample' | 'customer_id' | 'total' | 'due_on'>;

/** What an issued invoice has open. @throws RangeError where an amount is none */
export function openOf(
  invoice: OpenInvoice,
  notes: readonly Pick<Tables['invoices'], 'total'>[],
  payments: readonly Pick<Tables['payments'], 'amount' | 'is_refund' | 'void_reason'>[],
): InvoiceRollupRow {
  const credited = price(-sum(notes.map((note) => price(note.total))));
  const paid = paidBy(
    payments.map((payment) => ({
      amount: price(payment.amount),
      isRefund: payment.is_refund === 1,
      voidReason: payment.void_reason,
    })),
  );
  return {
    account_id: invoice.account_id,
    invoice_id: invoice.id,
    is_sample: invoice.is_sample,
    customer_id: invoice.customer_id,
    paid,
    credited,
    balance: balanceOf({ total: price(invoice.total), credited, paid }),
    due_on: invoice.due_on,
  };
}

/** The jobs that these writes bear on. */
export async function jobsTouched(db: Database, accountId: number, touched: readonly Touched[]): Promise<Set<number>> {
  const jobs = new Set<number>();
  const quotes = new Set<number>();
  const lines = new Set<number>();
  const contracts = new Set<number>();
  const credited = new Set<number>();
  for (const { table, before, after } of touched) {
    for (const snapshot of [before, after]) {
      if (snapshot === null) continue;
      if (table === 'jobs') collect(jobs, snapshot['id']);
      if (table === 'quotes' || table === 'invoices' || table === 'expenses') collect(jobs, snapshot['job_id']);
      if (table === 'invoices' || table === 'write_offs' || table === 'contract_parts')
        collect(contracts, snapshot['contract_id']);
      if (table === 'invoices') collect(credited, snapshot['credits_id']);
      if (table === 'quote_lines') collect(quotes, snapshot['quote_id']);
      if (table === 'done_lines') collect(lines, snapshot['line_id']);
    }
  }
  if (lines.size > 0) {
    const rows = await db
      .selectFrom('quote_lines')
      .select('quote_id')
      .where('account_id', '=', accountId)
      .where('line_id', 'in', [...lines])
      .execute();
    for (const row of rows) quotes.add(row.quote_id);
  }
  if (quotes.size > 0) {
    const rows = await db
      .selectFrom('quotes')
      .select('job_id')
      .where('account_id', '=', accountId)
      .where('id', 'in', [...quotes])
      .execute();
    for (const row of rows) collect(jobs, row.job_id);
  }
  for (const job of await jobsReopened(db, accountId, touched)) jobs.add(job);
  for (const job of await jobsOfContracts(db, accountId, contracts, credited)) jobs.add(job);
  return jobs;
}

/** Where months are opened again, what changed in them stands on other days. */
async function jobsReopened(db: Database, accountId: number, touched: readonly Touched[]): Promise<number[]> {
  const kept = touched.flatMap(({ table, before }) =>
    table === 'closed_jobs' && before !== null ? [Number(before['job_id'])] : [],
  );
  const through = ({ before, after }: Touched) =>
    [before, after].map((snapshot) => String(snapshot?.['closed_through'] ?? ''));
  const opened = touched.find((each) => {
    const [from = '', to = ''] = each.table === 'accounts' ? through(each) : [];
    return to < from;
  });
  if (opened === undefined) return kept;
  const [, to = ''] = through(opened);
  const carried = await db
    .selectFrom('job_days')
    .select('job_id')
    .distinct()
    .where('account_id', '=', accountId)
    .where('day', '>', to === '' ? BEFORE_EVERY_DAY : calendarDate(to))
    .where((eb) =>
      eb.or([
        eb('from_closed_billed', '<>', 0),
        eb('from_closed_cost_of_work', '<>', 0),
        eb('from_closed_expenses', '<>', 0),
      ]),
    )
    .execute();
  return [...kept, ...carried.map(({ job_id }) => job_id)];
}

/** A bill may be filed elsewhere than its contract, whose job it bears on all the same. */
async function jobsOfContracts(
  db: Database,
  accountId: number,
  contracts: Set<number>,
  credited: ReadonlySet<number>,
): Promise<Set<number>> {
  const jobs = new Set<number>();
  if (credited.size > 0) {
    const bills = await db
      .selectFrom('invoices')
      .select('contract_id')
      .where('account_id', '=', accountId)
      .where('id', 'in', [...credited])
      .execute();
    for (const bill of bills) collect(contracts, bill.contract_id);
  }
  if (contracts.size === 0) return jobs;
  const quotes = await db
    .selectFrom('quotes')
    .select('job_id')
    .distinct()
    .where('account_id', '=', accountId)
    .where('contract_id', 'in', [...contracts])
    .execute();
  for (const quote of quotes) collect(jobs, quote.job_id);
  return jobs;
}

function collect(into: Set<number>, value: string | number | null | undefined): void {
  if (typeof value === 'number') into.add(value);
}

/** @param records null where the job is gone */
async function keepRows(db: Database, accountId: number, jobId: number, records: JobRecords | null): Promise<void> {
  const computed = records === null ? null : rowsFrom(accountId, records);
  const [before = null] = await rollupRow(db, { account: accountId, job: jobId });
  await replaceDays(db, accountId, jobId, computed?.days ?? []);
  const after = computed?.rollup ?? null;
  await replacePlans(db, accountId, jobId, computed?.plans ?? []);
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  if (after === null) {
    await db.deleteFrom('job_figures').where('account_id', '=', accountId).where('job_id', '=', jobId).execute();
  } else {
    await keepRollup(db, after);
  }
  for (const moved of movedTotals(before, after)) await addToTotals(db, moved);
}

/** What its totals gain and lose: one row where the job stays in its slice. */
function movedTotals(before: JobRollupRow | null, after: JobRollupRow | null): AccountTotalsRow[] {
  const less = before === null ? [] : [totalsOf(before, -1)];
  const more = after === null ? [] : [totalsOf(after, 1)];
  const [lost, gained] = [less[0], more[0]];
  if (lost === undefined || gained === undefined || TOTALS_KEY.some((column) => lost[column] !== gained[column]))
    return [...less, ...more];
  const moved = { ...gained };
  for (const column of SUMMED) moved[column] += lost[column];
  return SUMMED.every((column) => Number.isSafeInteger(moved[column])) ? [moved] : [...less, ...more];
}

/** The version counts up with every change of the rules by which figures are computed. */
export const ROLLUPS = { derived: 'figures', version: 3 } as const;

/** So many jobs a write computes anew itself; where it bears on more, all are left for pages of their own. */
const COMPUTED_AT_ONCE = 25;
const JOBS = 'jobs';

/**
 * Makes what is derived of some jobs anew, as a write of its own.
 * @returns false where all are computed by the rules of this version of the program
 */
export async function renewSomeRollups(db: Database, accountId: number): Promise<boolean> {
  const version = await versionOf(db, accountId, ROLLUPS.derived);
  if (version === ROLLUPS.version) return false;
  if (version !== -ROLLUPS.version) {
    await leaveNothing(db, accountId, ROLLUPS.derived);
    await leave(db, accountId, ROLLUPS, [{ what: JOBS, after: BEFORE_ALL }]);
  }
  const [{ after } = { after: null }] = await pagesLeft(db, accountId, ROLLUPS);
  const jobs = after === null ? [] : await jobsAfter(db, accountId, after);
  const [first, last] = [jobs[0], jobs.at(-1)];
  if (first === undefined || last === undefined) {
    await leaveNothing(db, accountId, ROLLUPS.derived);
    await noteMade(db, accountId, ROLLUPS.derived, ROLLUPS.version);
    return false;
  }
  const jobLedger = new Map(
    (await jobLedgerRows(db, accountId, { from: first, to: last })).map((rows) => [rows.job.id, rows]),
  );
  for (const id of jobs) {
    const rows = jobLedger.get(id);
    await keepRows(db, accountId, id, rows === undefined ? null : new JobRecords(rows));
  }
  await noteDone(db, accountId, { ...ROLLUPS, what: JOBS, after: last });
  return true;
}

/** Numbers of jobs, and of those whose figures outlived them. */
async function jobsAfter(db: Database, accountId: number, after: number): Promise<number[]> {
  const page = (table: string, id: string) => sql`
    select id from (select ${sql.ref(id)} as id from ${sql.table(table)}
      where account_id = ${accountId} and ${sql.ref(id)} > ${after} order by ${sql.ref(id)} limit ${COMPUTED_AT_ONCE}) as page`;
  const { rows } = await sql<{ id: number }>`
    ${page('jobs', 'id')} union ${page('job_figures', 'job_id')} order by id limit ${COMPUTED_AT_ONCE}`.execute(db);
  return rows.map(({ id }) => id);
}

const keepRollup = prepared((db, row: JobRollupRow) => {
  const { account_id: _, job_id: __, ...rollup } = row;
  return db
    .insertInto('job_figures')
    .values(row)
    .onConflict((conflict) => conflict.columns(['account_id', 'job_id']).doUpdateSet(rollup));
});

/** Writes the days that are others now, and takes out those that are no more. */
async function replaceDays(db: Database, accountId: number, jobId: number, days: readonly JobDayRow[]): Promise<void> {
  const before = await daysOf(db, { account: accountId, job: jobId });
  const { changed, gone } = differing(before, days, ({ day }) => day);
  await keepDays(db, changed);
  await dropDays(db, accountId, gone);
}

async function replacePlans(
  db: Database,
  accountId: number,
  jobId: number,
  plans: readonly JobPlanRow[],
): Promise<void> {
  const before = await plansOf(db, { account: accountId, job: jobId });
  const { changed, gone } = differing(before, plans, ({ category }) => category);
  await keepPlans(db, changed);
  await dropPlans(db, accountId, gone);
}

/** What of a job's rows is new or another now, and what is no more. */
function differing<Row>(before: readonly Row[], after: readonly Row[], keyOf: (row: Row) => string) {
  const kept = new Map(before.map((row) => [keyOf(row), JSON.stringify(row)]));
  const wanted = new Set(after.map(keyOf));
  return {
    changed: after.filter((row) => kept.get(keyOf(row)) !== JSON.stringify(row)),
    gone: before.filter((row) => !wanted.has(keyOf(row))),
  };
}

const keepDays = insertMany('job_days', DAY_COLUMNS, ['account_id', 'job_id', 'day']);
const dropDays = deleteMany('job_days', ['job_id', 'day']);
const keepPlans = insertMany('job_plans', PLAN_COLUMNS, ['account_id', 'job_id', 'category']);
const dropPlans = deleteMany('job_plans', ['job_id', 'category']);

const plansOf = prepared((db, { account, job }: { account: number; job: number }) =>
  db
    .selectFrom('job_plans')
    .select(PLAN_COLUMNS)
    .where('account_id', '=', account)
    .where('job_id', '=', job)
    .orderBy('category'),
);

const daysOf = prepared((db, { account, job }: { account: number; job: number }) =>
  db
    .selectFrom('job_days')
    .select(DAY_COLUMNS)
    .where('account_id', '=', account)
    .where('job_id', '=', job)
    .orderBy('day'),
);

const rollupRow = prepared((db, { account, job }: { account: number; job: number }) =>
  db.selectFrom('job_figures').select(ROLLUP_COLUMNS).where('account_id', '=', account).where('job_id', '=', job),
);

// What is bound as a number counts as a fraction, with which a sum would no longer be exact: so it is cast first.
const addToTotals = prepared((db, row: AccountTotalsRow) =>
  db
    .insertInto('account_totals')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(TOTALS_KEY)
        .doUpdateSet(
          Object.fromEntries(
            SUMMED.map((column) => [
              column,
              sql`${sql.ref(`account_totals.${column}`)} + cast(${row[column]} as bigint)`,
            ]),
          ),
        ),
    ),
);
