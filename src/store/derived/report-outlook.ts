// What a row of a report says beside its sums: where those of its jobs that are running head, as whole jobs as they stand
// now, and of how many nobody said what they cost.
import { sql, type RawBuilder } from 'kysely';
import { STANDINGS, type Standing } from '../../domain/job.ts';
import type { Total } from '../../domain/money.ts';
import { oneOf } from '../one-of.ts';
import { keptIn } from './forecast-rows.ts';
import { within, type Reported, type ReportPeriod, real } from './reported.ts';
import { asTotal, totalFrom, totalOver } from './totals.ts';

export type Ahead = {
  readonly running: {
    readonly jobs: number;
    readonly leftToBill: Total<'price'>;
    readonly expectedRevenue: Total<'price'>;
    readonly expectedProfit: Total<'profit'>;
    /** Of how many a price is not known, which are in none of these sums. */
    readonly unpriced: number;
    readonly unknownCost: number;
    /** What of the sums in the row is theirs: earned by what is billed of them. */
    readonly profit: Total<'profit'>;
  };
  readonly unknownCost: number;
};

const OF_JOB = ['standing', 'left_to_bill', 'expected_revenue', 'expected_profit', 'unpriced', 'unknown_cost'] as const;

/**
 * Of a job's figures.
 * @param made what of the sums is the job's
 */
export function aheadOfJob(of: 'f' | 'job_figures' | 'p', made: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`${sql.join(OF_JOB.map((column) => sql.ref(`${of}.${column}`)))}, ${made} as made`;
}

/** In place of these where there is no job. */
export const AHEAD_OF_NONE = sql`'', 0, 0, 0, 0, 0, 0`;

export const AHEAD_COLUMNS = [
  ...(['running', 'running_left', 'running_revenue', 'running_profit', 'running_unpriced'] as const),
  ...(['running_unknown_cost', 'running_made', 'unknown_cost'] as const),
] as const;
export type AheadRow = { readonly [Column in (typeof AHEAD_COLUMNS)[number]]: string | number };

const runs = (value: RawBuilder<unknown>) => sql`case when f.standing = 'running' then ${value} else 0 end`;
const ofRunning = (value: RawBuilder<unknown>) => sql`case when p.standing = 'running' then ${value} else 0 end`;

/** Of one job by its figures `f` and its sums in the row `p`. */
const AHEAD_OF_F: { readonly [Column in keyof AheadRow]: RawBuilder<unknown> } = {
  running: runs(sql`1`),
  running_left: runs(sql`f.left_to_bill`),
  running_revenue: runs(sql`f.expected_revenue`),
  running_profit: runs(sql`f.expected_profit`),
  running_unpriced: runs(sql`f.unpriced`),
  running_unknown_cost: runs(sql`f.unknown_cost`),
  running_made: runs(sql`p.billed - p.cost_of_work - p.expenses`),
  unknown_cost: sql`f.unknown_cost`,
};

/** Summed, of rows that say of how many jobs they are. */
const AHEAD_SUMS: { readonly [Column in keyof AheadRow]: RawBuilder<unknown> } = {
  running: ofRunning(sql`p.jobs`),
  running_left: ofRunning(sql`p.left_to_bill`),
  running_revenue: ofRunning(sql`p.expected_revenue`),
  running_profit: ofRunning(sql`p.expected_profit`),
  running_unpriced: ofRunning(sql`p.unpriced`),
  running_unknown_cost: ofRunning(sql`p.unknown_cost`),
  running_made: ofRunning(sql`p.made`),
  unknown_cost: sql`p.unknown_cost`,
};

/** To be read. */
export const AHEAD = sql.join(
  AHEAD_COLUMNS.map((column) => sql`${totalOver(AHEAD_SUMS[column])} as ${sql.ref(column)}`),
);
/** To be joined to and read after. */
export const AHEAD_ADDED = sql.join(
  AHEAD_COLUMNS.map((column) => sql`coalesce(sum(${AHEAD_SUMS[column]}), 0) as ${sql.ref(column)}`),
);

export const AHEAD_WHOLE = sql.join(AHEAD_COLUMNS.map((column) => sql`${AHEAD_OF_F[column]} as ${sql.ref(column)}`));

export const NOTHING_AHEAD: AheadRow = {
  ...{ running: 0, running_left: 0, running_revenue: 0, running_profit: 0, running_unpriced: 0 },
  ...{ running_unknown_cost: 0, running_made: 0, unknown_cost: 0 },
};

export function aheadFrom(row: AheadRow): Ahead {
  return {
    running: {
      jobs: Number(row.running),
      leftToBill: totalFrom<'price'>(String(row.running_left)),
      expectedRevenue: totalFrom<'price'>(String(row.running_revenue)),
      expectedProfit: totalFrom<'profit'>(String(row.running_profit)),
      unpriced: Number(row.running_unpriced),
      unknownCost: Number(row.running_unknown_cost),
      profit: totalFrom<'profit'>(String(row.running_made)),
    },
    unknownCost: Number(row.unknown_cost),
  };
}

/** Jobs with something in the period, of which there is anything to say: each once, by month where that is the key. */
function toldIn(scope: Reported, span: ReportPeriod, month?: RawBuilder<unknown>): RawBuilder<unknown> {
  const { account } = scope;
  const made = sql`sum(d.billed) - sum(d.cost_of_work) - sum(d.expenses)`;
  const [key, byKey] = month === undefined ? [sql``, sql``] : [sql`, ${month} as key`, sql`, ${month}`];
  return sql`(select 1 as jobs, d.job_id, ${aheadOfJob('f', made)} ${key}
    from (select * from job_figures where account_id = ${account.id} and (standing = 'running' or unknown_cost <> 0)
      ${real(scope)}) as f
    join job_days d on d.account_id = ${account.id} and d.job_id = f.job_id
      and ${within(span ?? { from: null, to: null }, sql`d.day`)}
    group by d.job_id, ${sql.join(OF_JOB.map((column) => sql.ref(`f.${column}`)))} ${byKey}) as p`;
}

export async function aheadIn(scope: Reported, span: ReportPeriod): Promise<Ahead> {
  const { rows } = await sql<AheadRow>`select ${AHEAD} from ${toldIn(scope, span)}`.execute(scope.db);
  return aheadFrom(rows[0] ?? NOTHING_AHEAD);
}

/** By month, `2026-03`. */
export async function aheadByMonth(scope: Reported, span: ReportPeriod): Promise<ReadonlyMap<string, Ahead>> {
  const month = sql`substr(d.day, 1, 7)`;
  const { rows } = await sql<AheadRow & { readonly key: string }>`
    select p.key, ${AHEAD} from ${toldIn(scope, span, month)} group by p.key`.execute(scope.db);
  return new Map(rows.map((row) => [row.key, aheadFrom(row)]));
}

/** Where one job stands and heads, as totals count it. */
export type HeadingOfJob = {
  readonly standing: Standing;
  readonly contract: Total<'price'>;
  readonly leftToBill: Total<'price'>;
  readonly expectedRevenue: Total<'price'>;
  readonly expectedProfit: Total<'profit'>;
  /** A price in it is not known, so that nothing above is. */
  readonly unpriced: boolean;
  /** Several quotes are open, of which the one that makes least is counted. */
  readonly undecided: boolean;
  /** An original is accepted, or something is billed; a job may run before. */
  readonly sold: boolean;
};

const OF_HEADING = ['contract', 'left_to_bill', 'expected_revenue', 'expected_profit'] as const;
export type HeadingRow = { readonly [Column in (typeof OF_HEADING)[number]]: string } & {
  readonly standing: string;
  readonly unpriced: number;
  readonly undecided: number;
  readonly unknown_cost: number;
  readonly forecast: string;
};

export const HEADING_OF_JOB = sql`f.standing, f.forecast, f.unpriced, f.undecided, f.unknown_cost,
  ${sql.join(OF_HEADING.map((column) => sql`${asTotal(sql.ref(`f.${column}`))} as ${sql.ref(column)}`))}`;

export function headingFrom(row: HeadingRow): HeadingOfJob {
  return {
    standing: oneOf(STANDINGS, row.standing),
    contract: totalFrom<'price'>(row.contract),
    leftToBill: totalFrom<'price'>(row.left_to_bill),
    expectedRevenue: totalFrom<'price'>(row.expected_revenue),
    expectedProfit: totalFrom<'profit'>(row.expected_profit),
    unpriced: row.unpriced === 1,
    undecided: row.undecided === 1,
    sold: keptIn(row).sold,
  };
}
