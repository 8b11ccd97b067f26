// Quotes without their lines: as a query gives them, and as the domain knows them.
import { sql, type InferResult, type RawBuilder } from 'kysely';
import { price } from '../../domain/money.ts';
import { QUOTE_KINDS, QUOTE_STATUSES, type QuoteSummary } from '../../domain/quote.ts';
import type { Database } from '../database.ts';
import { isThere } from '../engine/dialect.ts';
import { oneOf } from '../one-of.ts';
import { discountIn } from './discounts.ts';

/** 1 where some line of the quote in this row has no price yet, else 0. */
export function lacksPrice(row: 'q' | 't' | 'quotes'): RawBuilder<number> {
  const lines = sql`from quote_lines as l where l.account_id = ${sql.ref(`${row}.account_id`)}
    and l.quote_id = ${sql.ref(`${row}.id`)} and l.unit_price is null`;
  return sql<number>`case when ${isThere(lines)} then 1 else 0 end`;
}

export function quoteSummaries(db: Database, account: number) {
  return db
    .selectFrom('quotes as q')
    .innerJoin('customers as c', (join) =>
      join.onRef('c.account_id', '=', 'q.account_id').onRef('c.id', '=', 'q.customer_id'),
    )
    .leftJoin('jobs as j', (join) => join.onRef('j.account_id', '=', 'q.account_id').onRef('j.id', '=', 'q.job_id'))
    .select([
      'q.id',
      'q.is_sample',
      'q.customer_id',
      'c.name as customer',
      'q.job_id',
      'j.name as job',
      'q.kind',
      'q.status',
      'q.title',
    ])
    .select(['q.revises_id', 'q.contract_id', 'q.subtotal', 'q.tax', 'q.total', 'q.quoted_on', 'q.accepted_in'])
    .select(['q.discount_percent', 'q.discount', lacksPrice('q').as('unpriced')])
    .where('q.account_id', '=', account);
}
type SummaryRow = InferResult<ReturnType<typeof quoteSummaries>>[number];

export function quoteSummaryOf(row: SummaryRow): QuoteSummary {
  return {
    id: row.id,
    isSample: row.is_sample === 1,
    customer: { id: row.customer_id, name: row.customer },
    job: row.job_id === null ? null : { id: row.job_id, name: row.job ?? '' },
    kind: oneOf(QUOTE_KINDS, row.kind),
    status: oneOf(QUOTE_STATUSES, row.status),
    title: row.title,
    revisesId: row.revises_id,
    contractId: row.contract_id,
    discount: discountIn(row),
    isPriced: row.unpriced === 0,
    subtotal: price(row.subtotal),
    tax: price(row.tax),
    total: price(row.total),
    quotedOn: row.quoted_on,
    acceptedIn: row.accepted_in,
  };
}
