// Derived money: each job's profit summary, and the account's totals over all jobs. Kept in rows so that lists and totals
// never grow with the book; always recomputed by the domain in the scope that changed what they depend on.
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { DAY_COLUMNS, PLAN_COLUMNS, ROLLUP_COLUMNS } from './columns.ts';
import { refreshInvoices } from './invoice-rollups.ts';
import { Jobs, type JobState } from './job-records.ts';
import { rowsFrom, SUMMED, TOTALS_KEY, totalsOf } from './rollup-rows.ts';
import { moveOutside, renewOutside } from './outside-totals.ts';
import { BEFORE_ALL, noteLeft, leaveNothing, pagesLeft, noteDone, noteMade, versionOf } from './left.ts';
import { rowsAsJson, rowsOfAccount } from '../engine/json-rows.ts';
import { deleteMany, insertMany, updateMany } from '../engine/many.ts';
import { deferred } from '../engine/prepared.ts';
import type { Touched } from '../journal/ledger.ts';
import type { AccountTotalsRow, JobRollupRow } from './rows.ts';

/**
 * Recomputes what is derived of every job and invoice that these writes bear on, and moves the totals along.
 * @returns false where these are too many for one write, and are left
 */
export async function refreshRollups(
  db: Database,
  accountId: number,
  touched: readonly Touched[],
  jobs: Jobs,
): Promise<boolean> {
  await refreshInvoices(db, accountId, touched);
  await moveOutside(db, accountId, touched);
  const ids = [...(await jobs.touchedBy(touched))];
  if (ids.length > COMPUTED_AT_ONCE) {
    const first = ids.reduce((one, other) => Math.min(one, other));
    await noteLeft(db, accountId, ROLLUPS, [{ what: JOBS, after: first - 1 }]);
    return false;
  }
  await keepRows(db, accountId, await jobs.all(ids));
  return true;
}

/** Writes what is another than before, a statement for each table. */
async function keepRows(db: Database, accountId: number, jobs: readonly JobState[]): Promise<void> {
  const both = jobs.map(({ records, kept }) => {
    const { rollup = null, days = [], plans = [] } = records === null ? {} : rowsFrom(accountId, records);
    return { before: kept, after: { rollup, days, plans } };
  });
  const isMoved = ({ before, after }: (typeof both)[number]) =>
    JSON.stringify(before.rollup) !== JSON.stringify(after.rollup);
  const moved = both.filter(isMoved).map(({ before, after }) => ({ before: before.rollup, after: after.rollup }));
  const days = together(both.map(({ before, after }) => differing(before.days, after.days, ({ day }) => day)));
  const plans = together(
    both.map(({ before, after }) => differing(before.plans, after.plans, ({ category }) => category)),
  );
  await keepDays(db, accountId, days.changed);
  await dropDays(db, accountId, days.gone);
  await keepPlans(db, accountId, plans.changed);
  await dropPlans(db, accountId, plans.gone);
  await keepRollups(db, accountId, moved);
  await dropRollups(
    db,
    accountId,
    moved.flatMap(({ before, after }) => (after === null && before !== null ? before : [])),
  );
  await moveTotals(db, accountId, moved);
}

type Moved = { readonly before: JobRollupRow | null; readonly after: JobRollupRow | null };

/**
 * What the totals gain and lose, one row for each slice. The database adds it up, and keeps more digits than a number
 * does: so the sums go there as text.
 */
async function moveTotals(db: Database, accountId: number, moved: readonly Moved[]): Promise<void> {
  const slices = new Map<string, { readonly key: AccountTotalsRow; readonly sums: Map<string, bigint> }>();
  for (const { before, after } of moved) {
    for (const row of [
      ...(before === null ? [] : [totalsOf(before, -1)]),
      ...(after === null ? [] : [totalsOf(after, 1)]),
    ]) {
      const name = JSON.stringify(TOTALS_KEY.map((column) => row[column]));
      const slice = slices.get(name) ?? { key: row, sums: new Map<string, bigint>() };
      slices.set(name, slice);
      for (const column of SUMMED) slice.sums.set(column, (slice.sums.get(column) ?? 0n) + BigInt(row[column]));
    }
  }
  const rows = [...slices.values()]
    .filter(({ sums }) => [...sums.values()].some((sum) => sum !== 0n))
    .map(({ key, sums }) => ({
      ...Object.fromEntries(TOTALS_KEY.map((column) => [column, key[column]])),
      ...Object.fromEntries([...sums].map(([column, sum]) => [column, String(sum)])),
    }));
  if (rows.length > 0) await addToTotals(db, { account: accountId, rows: rowsAsJson(TOTALS_COLUMNS, rows) });
}

/** The version counts up with every change of the rules by which figures are computed. */
export const ROLLUPS = { derived: 'figures', version: 10 } as const;

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
    await renewOutside(db, accountId);
    await noteLeft(db, accountId, ROLLUPS, [{ what: JOBS, after: BEFORE_ALL }]);
  }
  const [{ after } = { after: null }] = await pagesLeft(db, accountId, ROLLUPS);
  const jobs = after === null ? [] : await jobsAfter(db, accountId, after);
  const last = jobs.at(-1);
  if (last === undefined) {
    await leaveNothing(db, accountId, ROLLUPS.derived);
    await noteMade(db, accountId, ROLLUPS.derived, ROLLUPS.version);
    return false;
  }
  await keepRows(db, accountId, await new Jobs(db, accountId, []).all(jobs));
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

/** What of a job's rows is new or another now, and what is no more. */
function differing<Row>(before: readonly Row[], after: readonly Row[], keyOf: (row: Row) => string): Differing<Row> {
  const kept = new Map(before.map((row) => [keyOf(row), JSON.stringify(row)]));
  const wanted = new Set(after.map(keyOf));
  return {
    changed: after.filter((row) => kept.get(keyOf(row)) !== JSON.stringify(row)),
    gone: before.filter((row) => !wanted.has(keyOf(row))),
  };
}

type Differing<Row> = { readonly changed: readonly Row[]; readonly gone: readonly Row[] };

/** Of all jobs. */
function together<Row>(each: readonly Differing<Row>[]): Differing<Row> {
  return { changed: each.flatMap(({ changed }) => changed), gone: each.flatMap(({ gone }) => gone) };
}

const keepDays = insertMany('job_days', DAY_COLUMNS, ['job_id', 'day']);
const dropDays = deleteMany('job_days', ['job_id', 'day']);
const keepPlans = insertMany('job_plans', PLAN_COLUMNS, ['job_id', 'category']);
const dropPlans = deleteMany('job_plans', ['job_id', 'category']);

/** Columns that lists find jobs by. What is written to one of them is written to its indexes, even where it is the same. */
const FOUND_BY: readonly (keyof JobRollupRow)[] = [
  ...(['is_sample', 'customer_id', 'status', 'billing', 'ranked_profit', 'ranked_margin_tenths'] as const),
  ...(['profit_to_date', 'last_on'] as const),
];
const OTHERS = ROLLUP_COLUMNS.filter(
  (column) => column !== 'account_id' && column !== 'job_id' && !FOUND_BY.includes(column),
);

async function keepRollups(db: Database, accountId: number, moved: readonly Moved[]): Promise<void> {
  const changed = moved.flatMap(({ before, after }) => (before === null || after === null ? [] : [{ before, after }]));
  const added = moved.flatMap(({ before, after }) => (before === null && after !== null ? [after] : []));
  await addRollups(db, accountId, added);
  const found = FOUND_BY.filter((column) => changed.some(({ before, after }) => before[column] !== after[column]));
  await updateRollups(found)(
    db,
    accountId,
    changed.map(({ after }) => after),
  );
}

const addRollups = insertMany('job_figures', ROLLUP_COLUMNS, ['job_id']);
const updates = new Map<string, ReturnType<typeof updateMany>>();

/** One for each set of these columns. */
function updateRollups(found: readonly string[]): ReturnType<typeof updateMany> {
  const name = found.join(' ');
  const update = updates.get(name) ?? updateMany('job_figures', ['job_id'], [...found, ...OTHERS]);
  updates.set(name, update);
  return update;
}

const dropRollups = deleteMany('job_figures', ['job_id']);

const TOTALS_COLUMNS = [...TOTALS_KEY, ...SUMMED].filter((column) => column !== 'account_id');

const addToTotals = deferred((db, given: { readonly account: number; readonly rows: string }) => {
  const columns = sql.join(['account_id', ...TOTALS_COLUMNS].map((column) => sql.ref(column)));
  const sums = SUMMED.map(
    (column) => sql`${sql.ref(column)} = ${sql.ref(`account_totals.${column}`)} + ${sql.ref(`excluded.${column}`)}`,
  );
  return sql`insert into account_totals (${columns}) ${rowsOfAccount(db, 'account_totals', TOTALS_COLUMNS, given)}
    on conflict (${sql.join(TOTALS_KEY.map((column) => sql.ref(column)))}) do update set ${sql.join(sums)}`;
});
