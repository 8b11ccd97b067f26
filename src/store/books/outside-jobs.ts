// Invoices that are filed under no job: money that stands in no job's profit, and must not be missing for that.
import { sql } from 'kysely';
import type { Total } from '../../domain/money.ts';
import { totalFrom, totalOver } from '../derived/totals.ts';
import type { Flag } from '../flag.ts';
import { prepared } from '../engine/prepared.ts';
import type { ReadScope } from '../scope.ts';

export type OutsideJobs = {
  /** Issued, credit notes among them. */
  readonly invoices: number;
  readonly billed: Total<'price'>;
  readonly taxBilled: Total<'price'>;
  readonly notBilledYet: Total<'price'>;
};

type Asked = { readonly account: number; readonly customer: number | undefined; readonly samples: Flag };

/** Of all the sums are kept; those of a customer are added up. */
const outside = prepared((db, { account, customer, samples }: Asked) => {
  if (customer === undefined)
    return db
      .selectFrom('outside_totals as i')
      .select([
        totalOver(sql`i.invoices`).as('invoices'),
        totalOver(sql`i.billed`).as('billed'),
        totalOver(sql`i.tax`).as('tax'),
        totalOver(sql`i.drafts`).as('drafts'),
      ])
      .where('i.account_id', '=', account)
      .where('i.is_sample', '<=', samples);
  const of = (status: 'issued' | 'draft', column: 'subtotal' | 'tax') =>
    totalOver(sql`case when i.status = ${sql.lit(status)} then ${sql.ref(`i.${column}`)} else 0 end`);
  return db
    .selectFrom('invoices as i')
    .select([
      totalOver(sql`case when i.status = 'issued' then 1 else 0 end`).as('invoices'),
      of('issued', 'subtotal').as('billed'),
      of('issued', 'tax').as('tax'),
      of('draft', 'subtotal').as('drafts'),
    ])
    .where('i.account_id', '=', account)
    .where('i.customer_id', '=', customer)
    .where('i.job_id', 'is', null)
    .where('i.is_sample', '<=', samples);
});

/** Null where there are none. @param samples whether they count */
export async function moneyOutsideJobs(
  { db, account }: ReadScope,
  { customerId, samples }: { readonly customerId: number | undefined; readonly samples: boolean },
): Promise<OutsideJobs | null> {
  const [row] = await outside(db, { account: account.id, customer: customerId, samples: samples ? 1 : 0 });
  if (row === undefined || (row.invoices === '0' && row.drafts === '0')) return null;
  return {
    invoices: Number(row.invoices),
    billed: totalFrom<'price'>(row.billed),
    taxBilled: totalFrom<'price'>(row.tax),
    notBilledYet: totalFrom<'price'>(row.drafts),
  };
}
