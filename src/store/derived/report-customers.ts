// Profit by customer, with what was billed to each of them under no job.
import { sql, type RawBuilder } from 'kysely';
import type { Total } from '../../domain/money.ts';
import { outsideOf, type Reported, type ReportPeriod } from './reported.ts';
import { AHEAD_ADDED, AHEAD_COLUMNS, AHEAD_OF_NONE, aheadOfJob } from './report-outlook.ts';
import {
  beyond,
  CARRIED_WHOLE,
  FROM_CLOSED,
  jobsIn,
  namedOf,
  SUMS,
  WHOLE,
  type ApartRow,
  type GroupRow,
  type NamedGroup,
  type ReportPage,
} from './reports.ts';
import { asTotal, totalFrom } from './totals.ts';

/** The sums are of jobs alone. */
export type CustomerGroup = NamedGroup & { readonly outside: Total<'price'> };

/** What they made, outside of jobs too; over whole jobs a running one counts what is expected of it. */
function madeBy(span: ReportPeriod): RawBuilder<unknown> {
  const made = sql`p.billed - p.cost_of_work - p.expenses + p.outside`;
  return span === null ? sql`${made} - p.running_made + p.running_profit` : made;
}

/** A row for each job, and one for each invoice that is under none. */
function rowsOf(scope: Reported, span: ReportPeriod): RawBuilder<unknown> {
  const closed = FROM_CLOSED.map((column) => sql.ref(column));
  const jobs = sql`select p.customer_id, 1 as jobs, p.billed, p.cost_of_work, p.expenses, p.cost_not_yet_billed,
      ${sql.join(closed.map((column) => sql`p.${column}`))}, 0 as outside, ${aheadOfJob('p', sql`p.made`)} from ${jobsIn(scope, span, 'customer_id')}`;
  if (scope.beside === null) return sql`(${jobs}) as p`;
  return sql`(${jobs} union all select i.customer_id, 0, 0, 0, 0, 0, ${sql.join(closed.map(() => sql`0`))}, i.amount, ${AHEAD_OF_NONE}
    from ${outsideOf(scope, span)}) as p`;
}

/** Most profit first. */
export async function reportByCustomer(
  scope: Reported,
  span: ReportPeriod,
  { limit, after }: ReportPage,
): Promise<CustomerGroup[]> {
  const { db, account } = scope;
  const profit = madeBy(span);
  const { rows } = await sql<GroupRow & ApartRow & { id: number; name: string; is_sample: number; outside: string }>`
    select p.customer_id as id, c.name, c.is_sample, p.jobs, ${WHOLE}, ${CARRIED_WHOLE},
      ${sql.join(AHEAD_COLUMNS.map((column) => sql`${asTotal(sql`p.${sql.ref(column)}`)} as ${sql.ref(column)}`))},
      ${asTotal(sql`p.cost_not_yet_billed`)} as cost_not_yet_billed, ${asTotal(sql`p.outside`)} as outside
    from (select * from
        (select p.customer_id, sum(p.jobs) as jobs, ${SUMS}, sum(p.cost_not_yet_billed) as cost_not_yet_billed,
            ${sql.join(FROM_CLOSED.map((column) => sql`sum(p.${sql.ref(column)}) as ${sql.ref(column)}`))},
            sum(p.outside) as outside, ${AHEAD_ADDED}
          from ${rowsOf(scope, span)} group by p.customer_id) as p
      where ${beyond(after, profit, sql`p.customer_id`)}
      order by ${profit} desc, p.customer_id desc limit ${limit}) as p
    join customers c on c.account_id = ${account.id} and c.id = p.customer_id
    order by ${profit} desc, p.customer_id desc`.execute(db);
  return rows.map(({ outside, ...row }) => ({ ...namedOf(row), outside: totalFrom<'price'>(outside) }));
}

export async function countCustomersIn(scope: Reported, span: ReportPeriod): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct p.customer_id) as count from ${rowsOf(scope, span)}`.execute(scope.db);
  return rows[0]?.count ?? 0;
}
