// Money that is on no job: what invoices there billed, and overhead. Both by month and by kind, in one statement.
import { sql } from 'kysely';
import { CATEGORIES, type Category } from '../../domain/cost.ts';
import { total, type Total } from '../../domain/money.ts';
import { oneOf } from '../one-of.ts';
import { within, type Reported, type ReportPeriod } from './reported.ts';
import { totalFrom, totalOver } from './totals.ts';

/** What was billed on no job, without sales tax, and what was spent on none, without the tax that one gets back. */
export type OutsideAndOverhead = { readonly outside: Total<'price'>; readonly overhead: Total<'cost'> };
export type BesideJobs = OutsideAndOverhead & {
  /** The months that hold something, `2026-03`. */
  readonly months: ReadonlyMap<string, OutsideAndOverhead>;
  readonly overheadOn: ReadonlyMap<Category, Total<'cost'>>;
};

export async function besideJobs({ db, account, samples }: Reported, span: ReportPeriod): Promise<BesideJobs> {
  const period = span ?? { from: null, to: null };
  const real = samples ? sql`` : sql`and is_sample = 0`;
  const { rows } = await sql<{ month: string; category: string | null; sum: string }>`
    select substr(e.spent_on, 1, 7) as month, e.category, ${totalOver(sql`e.amount - coalesce(e.reclaimable_tax, 0)`)} as sum
    from expenses e where e.account_id = ${account.id} and e.job_id is null and ${within(period, sql`e.spent_on`)} ${real}
    group by substr(e.spent_on, 1, 7), e.category
    union all select substr(i.issued_on, 1, 7), null, ${totalOver(sql`i.subtotal`)}
    from invoices i where i.account_id = ${account.id} and i.job_id is null and i.status = 'issued'
      and ${within(period, sql`i.issued_on`)} ${real}
    group by substr(i.issued_on, 1, 7)`.execute(db);
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

function besideOf(rows: readonly Row[]): OutsideAndOverhead {
  return {
    outside: added<'price'>(rows.filter(({ category }) => category === null)),
    overhead: added<'cost'>(rows.filter(({ category }) => category !== null)),
  };
}

function added<B extends string>(rows: readonly Pick<Row, 'sum'>[]): Total<B> {
  return total<B>(rows.reduce((sofar, { sum }) => sofar + totalFrom<B>(sum), 0n));
}
