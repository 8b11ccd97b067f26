// Every job's stored profit summary and its days are what its records come to, and the account's totals are the sum of the profit summaries.
import { sql, type RawBuilder } from 'kysely';
import { refOf } from '../../kinds/reference.ts';
import { jobLedgerRows, type JobLedgerRows } from '../derived/job-ledger.ts';
import type { IdRange } from '../derived/job-ledger-rows.ts';
import { JobRecords } from '../derived/job-records.ts';
import { DAY_COLUMNS, PLAN_COLUMNS, ROLLUP_COLUMNS } from '../derived/columns.ts';
import { rowsFrom, SUMMED, TOTALS_KEY, totalsOf, type JobRows } from '../derived/rollup-rows.ts';
import { OUTSIDE_SUMS, outsideAdded } from '../derived/outside-totals.ts';
import { asTotal } from '../derived/totals.ts';
import { within, type AuditedBook } from './book.ts';
import type { AccountTotalsRow, JobDayRow, JobRollupRow, JobPlanRow } from '../derived/rows.ts';

const CHECK = 'jobs';

type Stored = {
  readonly jobLedger: readonly JobLedgerRows[];
  readonly rollup: readonly JobRollupRow[];
  readonly days: readonly JobDayRow[];
  readonly plans: readonly JobPlanRow[];
};

/** @returns how many jobs were looked at */
export async function auditRollups(book: AuditedBook): Promise<number> {
  const sums = new Map<string, Sums>();
  const notComputed: string[] = [];
  const looked = await book.walk({
    what: CHECK,
    name: (id) => refOf('job', id),
    by: [
      { table: 'jobs', column: 'id' },
      { table: 'job_figures', column: 'job_id' },
      { table: 'job_days', column: 'job_id' },
      { table: 'job_plans', column: 'job_id' },
    ],
    read: async (span) => await read(book, span),
    judge: ({ jobLedger, rollup, days, plans }) => {
      const rollupsOf = new Map(rollup.map((row) => [row.job_id, row]));
      const daysOf = Map.groupBy(days, (row) => row.job_id);
      const plansOf = Map.groupBy(plans, (row) => row.job_id);
      for (const rows of jobLedger) {
        const { id } = rows.job;
        const stored = { days: daysOf.get(id) ?? [], plans: plansOf.get(id) ?? [] };
        const computed = judgeJob(book, rows, { rollup: rollupsOf.get(id), ...stored });
        if (computed === null) notComputed.push(refOf('job', id));
        else addUp(sums, totalsOf(computed.rollup, 1));
        rollupsOf.delete(id);
        daysOf.delete(id);
        plansOf.delete(id);
      }
      for (const id of rollupsOf.keys()) book.faults.add(CHECK, `${refOf('job', id)}: a strip without a job`);
      for (const id of daysOf.keys()) book.faults.add(CHECK, `${refOf('job', id)}: figures by day without a job`);
      for (const id of plansOf.keys()) book.faults.add(CHECK, `${refOf('job', id)}: a plan without a job`);
      return jobLedger.length;
    },
  });
  if (notComputed.length === 0 && !book.faults.hasLost(CHECK)) await auditTotals(book, sums);
  else book.faults.add(CHECK, "the account's totals could not be checked, since not every job could be");
  await auditOutside(book);
  return looked;
}

async function read({ db, accountId }: AuditedBook, span: IdRange): Promise<Stored> {
  return {
    jobLedger: await jobLedgerRows(db, accountId, span),
    rollup: await db
      .selectFrom('job_figures')
      .select(ROLLUP_COLUMNS)
      .where('account_id', '=', accountId)
      .where(within('job_id', span))
      .execute(),
    days: await db
      .selectFrom('job_days')
      .select(DAY_COLUMNS)
      .where('account_id', '=', accountId)
      .where(within('job_id', span))
      .orderBy('job_id')
      .orderBy('day')
      .execute(),
    plans: await db
      .selectFrom('job_plans')
      .select(PLAN_COLUMNS)
      .where('account_id', '=', accountId)
      .where(within('job_id', span))
      .orderBy('job_id')
      .orderBy('category')
      .execute(),
  };
}

/** Null where nothing can be computed from what is stored; which row is to blame is found against the journal. */
function judgeJob(
  { accountId, faults }: AuditedBook,
  rows: JobLedgerRows,
  stored: { rollup: JobRollupRow | undefined } & Pick<Stored, 'days' | 'plans'>,
): JobRows | null {
  const ref = refOf('job', rows.job.id);
  const found: JobRows[] = [];
  faults.trying(CHECK, `${ref}: its strip cannot be reckoned`, () =>
    found.push(rowsFrom(accountId, new JobRecords(rows))),
  );
  const [computed = null] = found;
  if (computed === null) return null;
  if (JSON.stringify(stored.rollup) !== JSON.stringify(computed.rollup))
    faults.add(
      CHECK,
      `${ref}: the stored strip is not what its records come to (${difference(stored.rollup, computed.rollup)})`,
    );
  if (JSON.stringify(stored.days) !== JSON.stringify(computed.days))
    faults.add(CHECK, `${ref}: what is stored by day is not what its records come to`);
  if (JSON.stringify(stored.plans) !== JSON.stringify(computed.plans))
    faults.add(CHECK, `${ref}: the stored plan is not what its records come to`);
  return computed;
}

function difference(stored: JobRollupRow | undefined, computed: JobRollupRow): string {
  if (stored === undefined) return 'nothing is stored';
  const columns = ROLLUP_COLUMNS.filter((column) => stored[column] !== computed[column]);
  return columns
    .map((column) => `${column} ${String(stored[column])}, should be ${String(computed[column])}`)
    .join('; ');
}

async function auditTotals(book: AuditedBook, sums: ReadonlyMap<string, Sums>): Promise<void> {
  const { db, accountId, faults } = book;
  const rows = await book.rows(
    "the account's totals",
    async () =>
      await db
        .selectFrom('account_totals')
        .select(TOTALS_KEY)
        .select(SUMMED.map((column) => asTotal(sql.ref(column)).as(column)))
        .where('account_id', '=', accountId)
        .execute(),
  );
  if (faults.hasLost("the account's totals")) return;
  const stored = new Map(
    rows
      .filter((row) => SUMMED.some((column) => row[column] !== '0'))
      .map((row) => [sliceKey(row), SUMMED.map((column) => row[column])]),
  );
  for (const key of new Set([...sums.keys(), ...stored.keys()])) {
    if (sums.get(key)?.join() !== stored.get(key)?.join())
      faults.add(CHECK, `the account's totals for ${key} are not the sum of its jobs`);
  }
}

/** What is kept of invoices on no job is what these come to. */
async function auditOutside(book: AuditedBook): Promise<void> {
  const { db, accountId, faults } = book;
  const what = "the account's totals of what is on no job";
  const sums = (from: RawBuilder<unknown>) => sql<Record<'is_sample' | (typeof OUTSIDE_SUMS)[number], string | number>>`
    select s.is_sample, ${sql.join(OUTSIDE_SUMS.map((column) => sql`${asTotal(sql`s.${sql.ref(column)}`)} as ${sql.ref(column)}`))}
    from ${from} as s order by s.is_sample`;
  const read = async (from: RawBuilder<unknown>) =>
    await book.rows(what, async () => (await sums(from).execute(db)).rows);
  const stored = await read(
    sql`(select t.is_sample, t.invoices, t.billed, t.tax, t.drafts from outside_totals t where t.account_id = ${accountId})`,
  );
  const added = await read(sql`(${outsideAdded(accountId)})`);
  if (faults.hasLost(what)) return;
  const told = (some: typeof stored) =>
    JSON.stringify(some.filter((row) => OUTSIDE_SUMS.some((column) => row[column] !== '0')));
  if (told(stored) !== told(added)) faults.add(CHECK, `${what} are not the sum of its invoices`);
}

/** In the order of SUMMED, exact at any size. */
type Sums = readonly bigint[];

function addUp(sums: Map<string, Sums>, row: AccountTotalsRow): void {
  const sofar = sums.get(sliceKey(row));
  sums.set(
    sliceKey(row),
    SUMMED.map((column, index) => (sofar?.[index] ?? 0n) + BigInt(row[column])),
  );
}

function sliceKey(row: Pick<AccountTotalsRow, (typeof TOTALS_KEY)[number]>): string {
  return `${row.is_sample === 1 ? 'sample' : 'real'} ${row.status} ${row.billing} ${row.cost_basis} ${row.standing}`;
}
