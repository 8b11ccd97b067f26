// Money that is on no job: what invoices there billed, and overhead. Both by month and by kind, in one statement.
import { sql } from 'kysely';
import { CATEGORIES, type Category } from '../../domain/cost.ts';
import { total, type Total } from '../../domain/money.ts';
import { oneOf } from '../one-of.ts';
import { outsideIn, within, type Reported, type ReportPeriod } from './reported.ts';
import { totalFrom, totalOver } from './totals.ts';

/**
 * What was billed on no job, without sales tax, and what was spent on none, without the tax that one gets back: null where
 * only a customer's is asked for, who has no overhead.
 */
export type OutsideAndOverhead = { readonly outside: Total<'price'>; readonly overhead: Total<'cost'> | null };
export type BesideJobs = OutsideAndOverhead & {
  /** The months that hold something, `2026-03`. */
  readonly months: ReadonlyMap<string, OutsideAndOverhead>;
  readonly overheadOn: ReadonlyMap<Category, Total<'cost'>>;
};

export async function besideJobs(scope: Reported, span: ReportPeriod): Promise<BesideJobs> {
  const { db, account, samples, beside } = scope;
  const period = span ?? { from: null, to: null };
  const overhead = sql`select substr(e.spent_on, 1, 7) as month, e.category, ${totalOver(sql`e.amount - coalesce(e.reclaimable_tax, 0)`)} as sum
    from expenses e where e.account_id = ${account.id} and e.job_id is null and ${within(period, sql`e.spent_on`)}
      ${samples ? sql`` : sql`and e.is_sample = 0`}
    group by substr(e.spent_on, 1, 7), e.category union all`;
  const ofAll = (beside?.customerId ?? null) === null;
  const { rows } = await sql<{ month: string; category: string | null; sum: string }>`
    ${ofAll ? overhead : sql``} select substr(i.issued_on, 1, 7) as month, null as category, ${totalOver(sql`i.subtotal`)} as sum
    from invoices i where ${outsideIn(scope, span)} group by substr(i.issued_on, 1, 7)`.execute(db);
  const besideOf = (some: readonly Row[]): OutsideAndOverhead => ({
    outside: added<'price'>(some.filter(({ category }) => category === null)),
    overhead: ofAll ? added<'cost'>(some.filter(({ category }) => category !== null)) : null,
  });
  const months = new Map([...Map.groupBy(rows, ({ month }) => month)].map(([month, some]) => [month, besideOf(some)]));
  const spent = rows.flatMap(({ category, sum }) => (category === null ? [] : [{ category, sum }]));
  const overheadOn = new Map(
    [...Map.groupBy(spent, ({ category }) => oneOf(CATEGORIES, category))].map(([kind, some]) => [
      kind,
      added<'cost'>(some),
    ]),
  );
  return { ...besideOf(rows), months, overheadOn };
}

type Row = { readonly category: string | null; readonly sum: string };

function added<B extends string>(rows: readonly Pick<Row, 'sum'>[]): Total<B> {
  return total<B>(rows.reduce((sofar, { sum }) => sofar + totalFrom<B>(sum), 0n));
}
