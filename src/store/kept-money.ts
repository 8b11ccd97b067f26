// Rules of the domain by which sums are made of rows as they are kept: each said once for statements, and where a row is read.
import { sql } from 'kysely';
import { cost, costOf, type Cost } from '../domain/cost.ts';

/** What an expense costs, of rows that a statement calls `e`: as `costOf` has it. */
export const COST_OF_E = sql`e.amount - coalesce(e.reclaimable_tax, 0)`;

/** The same of a row that was read. */
export function costOfRow(row: { readonly amount: number; readonly reclaimable_tax: number | null }): Cost {
  const { amount, reclaimable_tax: tax } = row;
  return costOf({ amount: cost(amount), reclaimableTax: tax === null ? null : cost(tax) });
}

/** What a payment brought in, of rows that a statement calls `p`: what was given back is below 0, as `paidBy` has it. */
export const PAID_BY_P = sql<number>`case when p.is_refund = 1 then -p.amount else p.amount end`;
