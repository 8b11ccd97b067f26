// What is real on samples that stay, since real records stand on them.
import { sql } from 'kysely';
import type { Total } from '../../domain/money.ts';
import { COST_OF_E, PAID_BY_P } from '../kept-money.ts';
import type { ReadScope } from '../scope.ts';
import { totalFrom, totalOver } from './totals.ts';

/** Billed before tax, received, and spent. */
export type KeptFigures = {
  readonly billed: Total<'price'>;
  readonly received: Total<'price'>;
  readonly spent: Total<'cost'>;
};

export async function keptFigures({ db, account }: ReadScope): Promise<KeptFigures> {
  const { rows } = await sql<{ billed: string; received: string; spent: string }>`select
    (select ${totalOver(sql`i.subtotal`)} from invoices i where i.account_id = ${account.id} and i.customer_id < 0
      and i.is_sample = 0 and i.status = 'issued') as billed,
    (select ${totalOver(PAID_BY_P)} from payments p
      join invoices i on i.account_id = p.account_id and i.id = p.invoice_id
      where p.account_id = ${account.id} and i.customer_id < 0 and p.is_sample = 0 and p.void_reason is null) as received,
    (select ${totalOver(COST_OF_E)} from expenses e
      where e.account_id = ${account.id} and e.job_id < 0 and e.is_sample = 0) as spent`.execute(db);
  const [sums] = rows;
  if (sums === undefined) throw new Error('nothing was added up');
  return { billed: totalFrom(sums.billed), received: totalFrom(sums.received), spent: totalFrom(sums.spent) };
}
