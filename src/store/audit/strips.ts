// Every job's stored strip and its days are what its records come to, and the account's totals are the sum of the strips.
import { sql } from 'kysely';
import { refOf } from '../../domain/reference.ts';
import type { AccountTotalsRow, JobDayRow, JobFiguresRow, JobPlanRow } from '../database.ts';
import { factRows, type FactRows, type Span } from '../facts.ts';
import {
  DAY_COLUMNS,
  FIGURES_COLUMNS,
  PLAN_COLUMNS,
  rowsFrom,
  SUMMED,
  TOTALS_KEY,
  totalsOf,
  type JobRows,
} from '../figure-rows.ts';
import { asTotal } from '../totals.ts';
import { within, type AuditedBook } from './book.ts';

const CHECK = 'jobs';

type Stored = {
  readonly facts: readonly FactRows[];
  readonly figures: readonly JobFiguresRow[];
  readonly days: readonly JobDayRow[];
  readonly plans: readonly JobPlanRow[];
};

/** @returns how many jobs were looked at */
export async function auditStrips(book: AuditedBook): Promise<number> {
  const sums = new Map<string, Sums>();
  const unreckoned: string[] = [];
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
    judge: ({ facts, figures, days, plans }) => {
      const figuresOf = new Map(figures.map((row) => [row.job_id, row]));
      const daysOf = Map.groupBy(days, (row) => row.job_id);
      const plansOf = Map.groupBy(plans, (row) => row.job_id);
      for (const rows of facts) {
        const { id } = rows.job;
        const stored = { days: daysOf.get(id) ?? [], plans: plansOf.get(id) ?? [] };
        const reckoned = judgeJob(book, rows, { figures: figuresOf.get(id), ...stored });
        if (reckoned === null) unreckoned.push(refOf('job', id));
        else addUp(sums, totalsOf(reckoned.figures, 1));
        figuresOf.delete(id);
        daysOf.delete(id);
        plansOf.delete(id);
      }
      for (const id of figuresOf.keys()) book.faults.add(CHECK, `${refOf('job', id)}: a strip without a job`);
      for (const id of daysOf.keys()) book.faults.add(CHECK, `${refOf('job', id)}: figures by day without a job`);
      for (const id of plansOf.keys()) book.faults.add(CHECK, `${refOf('job', id)}: a plan without a job`);
      return facts.length;
    },
  });
  if (unreckoned.length === 0 && !book.faults.hasLost(CHECK)) await auditTotals(book, sums);
  else book.faults.add(CHECK, "the account's totals could not be checked, since not every job could be");
  return looked;
}

async function read({ db, accountId }: AuditedBook, span: Span): Promise<Stored> {
  return {
    facts: await factRows(db, accountId, span),
    figures: await db
      .selectFrom('job_figures')
      .select(FIGURES_COLUMNS)
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

/** Null where nothing can be reckoned from what is stored; which row is to blame is found against the journal. */
function judgeJob(
  { accountId, faults }: AuditedBook,
  rows: FactRows,
  stored: { figures: JobFiguresRow | undefined } & Pick<Stored, 'days' | 'plans'>,
): JobRows | null {
  const ref = refOf('job', rows.job.id);
  const found: JobRows[] = [];
  faults.trying(CHECK, `${ref}: its strip cannot be reckoned`, () => found.push(rowsFrom(accountId, rows)));
  const [reckoned = null] = found;
  if (reckoned === null) return null;
  if (JSON.stringify(stored.figures) !== JSON.stringify(reckoned.figures))
    faults.add(
      CHECK,
      `${ref}: the stored strip is not what its records come to (${difference(stored.figures, reckoned.figures)})`,
    );
  if (JSON.stringify(stored.days) !== JSON.stringify(reckoned.days))
    faults.add(CHECK, `${ref}: what is stored by day is not what its records come to`);
  if (JSON.stringify(stored.plans) !== JSON.stringify(reckoned.plans))
    faults.add(CHECK, `${ref}: the stored plan is not what its records come to`);
  return reckoned;
}

function difference(stored: JobFiguresRow | undefined, reckoned: JobFiguresRow): string {
  if (stored === undefined) return 'nothing is stored';
  const columns = FIGURES_COLUMNS.filter((column) => stored[column] !== reckoned[column]);
  return columns
    .map((column) => `${column} ${String(stored[column])}, should be ${String(reckoned[column])}`)
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
  return `${row.is_sample === 1 ? 'sample' : 'real'} ${row.status} ${row.billing} ${row.cost_basis}`;
}
