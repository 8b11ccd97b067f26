// What invoices had open on a day: from what they have open now, taking back what came after it. So it reads what is open
// and what has happened since, and not the whole book.
import { sql, type RawBuilder } from 'kysely';
import type { CalendarDate } from '../../domain/dates.ts';
import { PAID_BY_P } from '../kept-money.ts';
import type { ReadScope } from '../scope.ts';

/** Columns of stored figures that are asked for. */
export type Balance = {
  readonly account_id: number;
  readonly invoice_id: number;
  readonly customer_id: number;
  readonly is_sample: number;
  readonly due_on: CalendarDate | null;
  readonly balance: number;
};

/**
 * What stands open, as a table. Joined in this order alone, which SQLite keeps of a cross join: it leads from the few to
 * their rows.
 * @param asOf null: now
 */
export function balancesOn({ account }: ReadScope, asOf: CalendarDate | null): RawBuilder<Balance> {
  if (asOf === null) return sql.table<Balance>('invoice_figures');
  const own = (table: RawBuilder<unknown>) => sql`${table}.account_id = ${account.id}`;
  return sql<Balance>`(
    with recursive
    replaced (root, id) as (${replacedSince(account.id, asOf)}),
    since (invoice_id, amount) as (
      select o.invoice_id, 0 from invoice_figures as o where ${own(sql`o`)} and o.balance > 0
      union all
      select o.invoice_id, 0 from invoice_figures as o where ${own(sql`o`)} and o.balance < 0
      union all
      select invoice_id, ${PAID_BY_P} from payments as p
        where ${own(sql`p`)} and p.paid_on > ${asOf} and p.void_reason is null
      union all
      select n.credits_id, -n.total from invoices as n
        where ${own(sql`n`)} and n.issued_on > ${asOf} and n.credits_id is not null and n.status = 'issued'
      union all
      select r.root, -(${PAID_BY_P}) from replaced as r
        join invoices as i on ${own(sql`i`)} and i.id = r.id and i.issued_on > ${asOf}
        join payments as p on ${own(sql`p`)} and p.invoice_id = r.id and p.paid_on <= ${asOf} and p.void_reason is null),
    asked (invoice_id, amount) as (select invoice_id, sum(amount) from since group by invoice_id)
    select b.account_id, b.invoice_id, b.customer_id, b.is_sample, b.due_on, b.balance + a.amount as balance
    from asked as a cross join invoice_figures as b cross join invoices as i
    where ${own(sql`b`)} and b.invoice_id = a.invoice_id
      and ${own(sql`i`)} and i.id = a.invoice_id and i.issued_on <= ${asOf})`;
}

/** What was corrected after the day, and what replaced it: its payments went along, and had come in on this one. */
function replacedSince(account: number, asOf: CalendarDate): RawBuilder<unknown> {
  return sql`
    select o.id, o.corrected_by_id from invoices as n
      join invoices as o on o.account_id = ${account} and o.id = n.credits_id
      where n.account_id = ${account} and n.issued_on > ${asOf} and n.status = 'issued'
        and o.corrected_by_id is not null and o.issued_on <= ${asOf}
    union
    select r.root, i.corrected_by_id from replaced as r
      join invoices as i on i.account_id = ${account} and i.id = r.id where i.corrected_by_id is not null`;
}
