// Accepted quotes that are filed under no job: sold work whose cost stands in no figure.
import { sql } from 'kysely';
import { total, type Total } from '../../domain/money.ts';
import type { Reported } from './reported.ts';
import { asTotal, totalFrom } from './totals.ts';

export type SoldOnNoJob = { readonly id: number; readonly subtotal: Total<'price'> };

/** The newest first, of everybody or of the customer whose money on no job is asked for. */
export async function soldOnNoJob(
  { db, account, samples, beside }: Reported,
  limit: number,
): Promise<readonly SoldOnNoJob[]> {
  const customerId = beside?.customerId ?? null;
  const { rows } = await sql<{ id: number; subtotal: string | null }>`
    select q.id, ${asTotal(sql`q.subtotal`)} as subtotal from quotes q
    where q.account_id = ${account.id} and q.job_id is null and q.status = 'accepted' and q.kind = 'original'
      ${samples ? sql`` : sql`and q.is_sample = 0`}
      ${customerId === null ? sql`` : sql`and q.customer_id = ${customerId}`}
    order by q.id desc limit ${limit}`.execute(db);
  return rows.map(({ id, subtotal }) => ({
    id,
    subtotal: subtotal === null ? total<'price'>(0n) : totalFrom<'price'>(subtotal),
  }));
}
