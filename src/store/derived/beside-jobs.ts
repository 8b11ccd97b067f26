// Money that is on no job: what invoices there billed, and overhead. Both by month and by kind, in one statement.
import { sql, type RawBuilder } from 'kysely';
import { CATEGORIES, cost, type Category, type Cost } from '../../domain/cost.ts';
import { price, total, type Price, type Total } from '../../domain/money.ts';
import { invoiceRef, refOf } from '../../kinds/reference.ts';
import { COST_OF_E } from '../kept-money.ts';
import { oneOf } from '../one-of.ts';
import { outsideOf, within, type Reported, type ReportPeriod } from './reported.ts';
import { totalFrom, totalOver } from './totals.ts';

/**
 * What was billed on no job, without sales tax, and what was spent on none, without the tax that one gets back: null where
 * only a customer's is asked for, who has no overhead.
 */
export type OutsideAndOverhead = {
  readonly outside: Total<'price'>;
  /** What of it changes since have made of closed months. */
  readonly outsideFromClosed: Total<'price'>;
  readonly overhead: Total<'cost'> | null;
};
export type BesideJobs = OutsideAndOverhead & {
  /** The months that hold something, `2026-03`. */
  readonly months: ReadonlyMap<string, OutsideAndOverhead>;
  readonly overheadOn: ReadonlyMap<Category, Total<'cost'>>;
};

function overheadIn({ account, samples }: Reported, span: ReportPeriod): RawBuilder<unknown> {
  return sql`e.account_id = ${account.id} and e.job_id is null
    and ${within(span ?? { from: null, to: null }, sql`e.spent_on`)} ${samples ? sql`` : sql`and e.is_sample = 0`}`;
}

export async function besideJobs(scope: Reported, span: ReportPeriod): Promise<BesideJobs> {
  const { db, beside } = scope;
  const overhead = sql`select substr(e.spent_on, 1, 7) as month, e.category, ${totalOver(COST_OF_E)} as sum, '0' as from_closed
    from expenses e where ${overheadIn(scope, span)} group by substr(e.spent_on, 1, 7), e.category union all`;
  const ofAll = (beside?.customerId ?? null) === null;
  const { rows } = await sql<Row & { month: string }>`
    ${ofAll ? overhead : sql``} select substr(i.day, 1, 7) as month, null as category, ${totalOver(sql`i.amount`)} as sum,
      ${totalOver(sql`i.from_closed`)} as from_closed
    from ${outsideOf(scope, span)} group by substr(i.day, 1, 7)`.execute(db);
  const besideOf = (some: readonly Row[]): OutsideAndOverhead => ({
    outside: added<'price'>(some.filter(({ category }) => category === null)),
    outsideFromClosed: added<'price'>(some.map(({ from_closed: sum }) => ({ sum }))),
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

type Row = { readonly category: string | null; readonly sum: string; readonly from_closed: string };

function added<B extends string>(rows: readonly Pick<Row, 'sum'>[]): Total<B> {
  return total<B>(rows.reduce((sofar, { sum }) => sofar + totalFrom<B>(sum), 0n));
}

/** Which of these records stand in a row of a report; left out, all do. */
export type BesideRow = {
  readonly customerId?: number;
  readonly month?: string;
  readonly category?: string;
};
export type BesideRecord = {
  readonly ref: string;
  readonly what: 'invoice' | 'credit note' | 'since closing' | { readonly expense: string };
  readonly outside: Price;
  readonly overhead: Cost;
};

/** What was billed on no job, oldest first. */
export async function outsideRecords(
  scope: Reported,
  span: ReportPeriod,
  { customerId, month }: BesideRow,
  limit: number,
): Promise<BesideRecord[]> {
  const { rows } = await sql<{
    id: number;
    number: number | null;
    credits_id: number | null;
    amount: string;
    from_closed: string;
  }>`
    select i.id, i.number, i.credits_id, ${totalOver(sql`i.amount`)} as amount, ${totalOver(sql`i.from_closed`)} as from_closed
    from ${outsideOf(scope, span)} where ${customerId === undefined ? sql`1 = 1` : sql`i.customer_id = ${customerId}`}
      ${inMonth(month, sql`i.day`)}
    group by i.id, i.number, i.credits_id having sum(i.amount) <> 0
    order by min(i.day), i.id limit ${limit}`.execute(scope.db);
  return rows.map(({ id, number, credits_id: credited, amount, from_closed: fromClosed }) => ({
    ref: invoiceRef(id, number),
    what: fromClosed === '0' ? (credited === null ? 'invoice' : 'credit note') : 'since closing',
    outside: price(Number(amount)),
    overhead: cost(0),
  }));
}

/** What was spent on no job, oldest first. */
export async function overheadRecords(
  scope: Reported,
  span: ReportPeriod,
  { month, category }: BesideRow,
  limit: number,
): Promise<BesideRecord[]> {
  const { rows } = await sql<{ id: number; description: string; cost: number }>`
    select e.id, e.description, ${COST_OF_E} as cost from expenses e where ${overheadIn(scope, span)} and ${COST_OF_E} <> 0
      ${category === undefined ? sql`` : sql`and e.category = ${category}`} ${inMonth(month, sql`e.spent_on`)}
    order by e.spent_on, e.id limit ${limit}`.execute(scope.db);
  return rows.map(({ id, description, cost: spent }) => ({
    ...{ ref: refOf('expense', id), what: { expense: description }, outside: price(0), overhead: cost(spent) },
  }));
}

function inMonth(month: string | undefined, day: RawBuilder<unknown>): RawBuilder<unknown> {
  return month === undefined ? sql`` : sql`and ${day} >= ${`${month}-01`} and ${day} <= ${`${month}-31`}`;
}
