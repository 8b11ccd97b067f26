// Sales tax over a period: what was billed of it by the day of the invoices, and the bills on which something was paid or
// credited, page by page.
import { sql, type RawBuilder } from 'kysely';
import type { CalendarDate } from '../../domain/dates.ts';
import { price, taxRate, type Price, type TaxRate, type Total } from '../../domain/money.ts';
import type { Period } from '../../domain/period.ts';
import type { TaxedBill, TaxedPaper } from '../../domain/sales-tax.ts';
import { numbersIn } from '../engine/json-rows.ts';
import { PAID_BY_P } from '../kept-money.ts';
import { real, within, type Reported } from './reported.ts';
import { asTotal, totalFrom } from './totals.ts';

/** @property base before tax */
export type TaxBilled = {
  readonly rate: TaxRate;
  readonly invoices: number;
  readonly base: Total<'price'>;
  readonly tax: Total<'price'>;
};

/** Credit notes among them, whose amounts are below 0. The highest rate first. */
export async function taxBilled(scope: Reported, period: Period): Promise<TaxBilled[]> {
  const { db, account } = scope;
  const { rows } = await sql<{ rate: number; invoices: number; base: string; tax: string }>`
    select s.rate, s.invoices, ${asTotal(sql`s.base`)} as base, ${asTotal(sql`s.tax`)} as tax from (
      select t.tax_rate as rate, count(*) as invoices, sum(t.base) as base, sum(t.tax) as tax
      from (select id from invoices where account_id = ${account.id} and status = 'issued'
        and ${within(period, sql`issued_on`)} ${real(scope)}) as i
      join invoice_taxes as t on t.account_id = ${account.id} and t.invoice_id = i.id
      group by t.tax_rate) as s
    order by s.rate desc`.execute(db);
  return rows.map(({ rate, invoices, base, tax }) => ({
    rate: taxRate(rate),
    invoices,
    base: totalFrom<'price'>(base),
    tax: totalFrom<'price'>(tax),
  }));
}

/** @property of what is paid of a bill that has something open, and what is left of it with that; null on all others together */
export type TaxToCollect = {
  readonly rate: TaxRate;
  readonly tax: Total<'price'>;
  readonly of: { readonly paid: Price; readonly total: Price } | null;
};

/**
 * Tax of the bills on which something is paid by now, credits taken off: of those that have nothing open its sum, and of
 * each other apart. So it reads stored figures, and neither payments nor what was corrected.
 */
export async function taxToCollect(scope: Reported): Promise<TaxToCollect[]> {
  const { db, account } = scope;
  const own = (table: RawBuilder<unknown>) => sql`${table}.account_id = ${account.id}`;
  const of = (paper: RawBuilder<unknown>) => sql`
    join invoice_taxes as t on ${own(sql`t`)} and t.invoice_id = ${paper} and t.tax_rate > 0`;
  const figures = sql`t.tax_rate as rate, t.tax, case when f.balance > 0 then f.invoice_id end as bill,
    case when f.balance > 0 then f.paid end as paid, case when f.balance > 0 then f.paid + f.balance end as total`;
  // What is left of a bill is what is paid and what is open.
  const isPaid = sql`${own(sql`f`)} and f.paid > 0 and f.paid + f.balance > 0 ${scope.samples ? sql`` : sql`and f.is_sample = 0`}`;
  const { rows } = await sql<{ rate: number; tax: string; paid: number | null; total: number | null }>`
    select s.rate, ${asTotal(sql`s.tax`)} as tax, s.paid, s.total from (
      select p.rate, p.bill, p.paid, p.total, sum(p.tax) as tax from (
        select ${figures} from invoice_figures as f ${of(sql`f.invoice_id`)} where ${isPaid}
        union all
        select ${figures} from invoices as n
          join invoice_figures as f on ${own(sql`f`)} and f.invoice_id = n.credits_id ${of(sql`n.id`)}
          where ${own(sql`n`)} and n.credits_id is not null and n.status = 'issued' and ${isPaid}) as p
      group by p.rate, p.bill, p.paid, p.total) as s`.execute(db);
  return rows.map(({ rate, tax, paid, total }) => ({
    rate: taxRate(rate),
    tax: totalFrom<'price'>(tax),
    of: paid === null || total === null ? null : { paid: price(paid), total: price(total) },
  }));
}

/** Bills that one statement finds. */
const BILLS_AT_ONCE = 500;

/**
 * Every bill with a payment or a credit in the period, with all of its papers and payments: the first of those that
 * replaced each other, and the others behind it.
 */
export async function* billsMoved(scope: Reported, period: Period): AsyncGenerator<(readonly TaxedBill[])[]> {
  const corrected = chainsOf(await replacements(scope));
  const found = new Set<readonly number[]>();
  for (let after: number | null = null; ; ) {
    const ids: number[] = await movedAfter(scope, period, after);
    const chains = ids.flatMap((id) => {
      const chain = corrected.get(id);
      if (chain === undefined) return [[id]];
      if (found.has(chain)) return [];
      found.add(chain);
      return [chain];
    });
    if (chains.length > 0) yield await billsOf(scope, chains);
    const last = ids.at(-1);
    if (ids.length < BILLS_AT_ONCE || last === undefined) return;
    after = last;
  }
}

type Replacement = { readonly id: number; readonly by: number };

/** They are found by the credit notes of the corrections, of which there are few. */
async function replacements({ db, account }: Reported): Promise<Replacement[]> {
  const { rows } = await sql<Replacement>`
    select o.id, o.corrected_by_id as "by" from invoices as n
    join invoices as o on o.account_id = ${account.id} and o.id = n.credits_id
    where n.account_id = ${account.id} and n.credits_id is not null and n.status = 'issued'
      and o.corrected_by_id is not null`.execute(db);
  return rows;
}

/** By each bill that was corrected or is a correction: all of them in their order. */
function chainsOf(pairs: readonly Replacement[]): ReadonlyMap<number, readonly number[]> {
  const next = new Map(pairs.map(({ id, by }) => [id, by]));
  const corrections = new Set(next.values());
  const chains = new Map<number, readonly number[]>();
  for (const root of next.keys()) {
    if (corrections.has(root)) continue;
    const chain: number[] = [];
    for (let id: number | undefined = root; id !== undefined; id = next.get(id)) chain.push(id);
    for (const id of chain) chains.set(id, chain);
  }
  return chains;
}

async function movedAfter(scope: Reported, period: Period, after: number | null): Promise<number[]> {
  const { db, account } = scope;
  const beyond = (id: RawBuilder<unknown>) => (after === null ? sql`` : sql`and ${id} > ${after}`);
  const { rows } = await sql<{ id: number }>`
    select m.id from (
      select invoice_id as id from payments where account_id = ${account.id} and void_reason is null
        and ${within(period, sql`paid_on`)} ${real(scope)} ${beyond(sql`invoice_id`)}
      union
      select credits_id from invoices where account_id = ${account.id} and status = 'issued' and credits_id is not null
        and ${within(period, sql`issued_on`)} ${real(scope)} ${beyond(sql`credits_id`)}) as m
    order by m.id limit ${BILLS_AT_ONCE}`.execute(db);
  return rows.map(({ id }) => id);
}

type PaperRow = {
  readonly bill: number;
  readonly id: number;
  readonly issued_on: CalendarDate;
  readonly total: number;
};
type TaxRow = { readonly id: number; readonly rate: number; readonly tax: number };
type PaymentRow = { readonly bill: number; readonly paid_on: CalendarDate; readonly amount: number };

async function billsOf(scope: Reported, chains: readonly (readonly number[])[]): Promise<(readonly TaxedBill[])[]> {
  const { db, account } = scope;
  const ids = chains.flat();
  const these = numbersIn(db, JSON.stringify(ids));
  const { rows: papers } = await sql<PaperRow>`
    select id as bill, id, issued_on, total from invoices
      where account_id = ${account.id} and status = 'issued' and id in (${these}) ${real(scope)}
    union all
    select credits_id, id, issued_on, total from invoices
      where account_id = ${account.id} and status = 'issued' and credits_id in (${these}) ${real(scope)}`.execute(db);
  const { rows: taxes } = await sql<TaxRow>`
    select invoice_id as id, tax_rate as rate, tax from invoice_taxes
    where account_id = ${account.id} and tax_rate > 0
      and invoice_id in (${numbersIn(db, JSON.stringify(papers.map(({ id }) => id)))})`.execute(db);
  const { rows: payments } = await sql<PaymentRow>`
    select p.invoice_id as bill, p.paid_on, ${PAID_BY_P} as amount from payments p
    where p.account_id = ${account.id} and p.void_reason is null and p.invoice_id in (${these})`.execute(db);
  const taxesOf = Map.groupBy(taxes, ({ id }) => id);
  const papersOf = Map.groupBy(papers, ({ bill }) => bill);
  const paymentsOf = Map.groupBy(payments, ({ bill }) => bill);
  const paper = ({ id, issued_on, total }: PaperRow): TaxedPaper => ({
    issuedOn: issued_on,
    total: price(total),
    taxes: (taxesOf.get(id) ?? []).map(({ rate, tax }) => ({ rate: taxRate(rate), tax: price(tax) })),
  });
  const bill = (id: number): TaxedBill => ({
    // Itself, and behind it its credit notes, whose numbers are higher.
    papers: (papersOf.get(id) ?? []).toSorted((one, other) => one.id - other.id).map(paper),
    payments: (paymentsOf.get(id) ?? []).map(({ paid_on, amount }) => ({ paidOn: paid_on, amount: price(amount) })),
  });
  return chains.map((chain) => chain.map(bill));
}
