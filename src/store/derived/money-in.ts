// What payments come to: sums over all that a filter asks for, and by day, month, method and customer.
import { sql, type RawBuilder } from 'kysely';
import { total, type Total } from '../../domain/money.ts';
import { isMove } from '../books/payment-list.ts';
import { rowsAsJson, textRowsIn } from '../engine/json-rows.ts';
import type { Conditions } from '../engine/prepared.ts';
import type { ReadScope } from '../scope.ts';
import { asTotal, totalFrom } from './totals.ts';

/** Under which method a bounce counts: that of the payment which it takes back. */
export type BounceMethod = { readonly id: number; readonly method: string | null };
/** Of payments that are asked for. @property samples whether the sums count them */
export type AskedPayments = {
  readonly conditions: Conditions;
  readonly samples: boolean;
  readonly bounces: readonly BounceMethod[];
};

type Sum = Total<'price'>;
/** Nothing that is void is in it. @property count of what stands */
export type MoneyMoved = {
  readonly count: number;
  readonly received: Sum;
  readonly refunded: Sum;
  readonly bounced: Sum;
  /** What is left of it. */
  readonly net: Sum;
};
type MovedRow = {
  readonly count: number;
  readonly received: string;
  readonly refunded: string;
  readonly bounced: string;
};

function from({ account }: ReadScope, { conditions }: AskedPayments): RawBuilder<unknown> {
  return sql`from payments as p where p.account_id = ${account.id}
    ${conditions.length === 0 ? sql`` : sql`and ${sql.join(conditions, sql` and `)}`}`;
}

const real = ({ samples }: AskedPayments) => (samples ? sql`1 = 1` : sql`p.is_sample = 0`);
const added = (condition: RawBuilder<unknown>) =>
  sql`coalesce(sum(case when ${condition} then p.amount else 0 end), 0)`;

function sums(asked: AskedPayments): RawBuilder<unknown> {
  const of = (move: 'payment' | 'refund' | 'bounced') => added(sql`${real(asked)} and ${isMove(move)}`);
  return sql`${of('payment')} as received, ${of('refund')} as refunded, ${of('bounced')} as bounced`;
}

/** To be read. @param as what a query knows the sums as */
const READ = sql`${asTotal(sql`s.received`)} as received, ${asTotal(sql`s.refunded`)} as refunded,
  ${asTotal(sql`s.bounced`)} as bounced`;
const NET = sql`s.received - s.refunded - s.bounced`;

function movedOf({ count, ...row }: MovedRow): MoneyMoved {
  const [received, refunded, bounced] = [row.received, row.refunded, row.bounced].map((sum) => totalFrom<'price'>(sum));
  if (received === undefined || refunded === undefined || bounced === undefined) throw new Error('a sum is missing');
  return { count, received, refunded, bounced, net: total<'price'>(received - refunded - bounced) };
}

/** @property voided how many of them are void */
export type PaymentTotals = MoneyMoved & { readonly voided: number; readonly hasSamples: boolean };

export async function totalPayments(scope: ReadScope, asked: AskedPayments): Promise<PaymentTotals> {
  const { rows } = await sql<MovedRow & { voided: number | null; samples: number | null }>`
    select s.count, s.voided, s.samples, ${READ} from (
      select coalesce(sum(case when ${real(asked)} then 1 else 0 end), 0) as count,
        sum(case when ${real(asked)} and ${isMove('void')} then 1 else 0 end) as voided,
        max(p.is_sample) as samples, ${sums(asked)} ${from(scope, asked)}) as s`.execute(scope.db);
  const [row] = rows;
  if (row === undefined) throw new Error('a sum without a row');
  return { ...movedOf(row), voided: row.voided ?? 0, hasSamples: row.samples === 1 };
}

const WORDS = {
  day: () => sql`p.paid_on`,
  month: () => sql`substr(p.paid_on, 1, 7)`,
  method: ({ db }: ReadScope, { bounces }: AskedPayments) => {
    const given = textRowsIn(db, ['id', 'method'], rowsAsJson(['id', 'method'], bounces));
    return sql`case when ${isMove('bounced')}
      then (select b.method from (${given}) as b where cast(b.id as bigint) = p.id) else p.method end`;
  },
};

function standing(scope: ReadScope, asked: AskedPayments): RawBuilder<unknown> {
  return sql`${from(scope, asked)} and p.void_reason is null and ${real(asked)}`;
}

/** By a word that stands in the payment, in its order; null where none does. */
export async function movedByWord(
  scope: ReadScope,
  asked: AskedPayments,
  by: keyof typeof WORDS,
): Promise<(MoneyMoved & { readonly key: string | null })[]> {
  const { rows } = await sql<MovedRow & { key: string | null }>`
    select s.key, s.count, ${READ} from (
      select ${WORDS[by](scope, asked)} as key, count(*) as count, ${sums(asked)} ${standing(scope, asked)} group by 1) as s
    order by s.key`.execute(scope.db);
  return rows.map(({ key, ...row }) => ({ key, ...movedOf(row) }));
}

export type CustomerMoved = MoneyMoved & { readonly id: number; readonly name: string; readonly isSample: boolean };
/** Where a page ended. */
export type MovedPlace = { readonly net: bigint; readonly id: bigint };

/** Who paid most first. */
export async function movedByCustomer(
  scope: ReadScope,
  asked: AskedPayments,
  { limit, after }: { limit: number; after: MovedPlace | null },
): Promise<CustomerMoved[]> {
  const beyond =
    after === null ? sql`` : sql`where ${NET} < ${after.net} or (${NET} = ${after.net} and s.id < ${after.id})`;
  const { rows } = await sql<MovedRow & { id: number; name: string; is_sample: number }>`
    select s.id, s.count, ${READ}, c.name, c.is_sample
    from (select * from (${perCustomer(scope, asked)}) as s ${beyond} order by ${NET} desc, s.id desc limit ${limit}) as s
    join customers as c on c.account_id = ${scope.account.id} and c.id = s.id
    order by ${NET} desc, s.id desc`.execute(scope.db);
  return rows.map(({ id, name, is_sample, ...row }) => ({ id, name, isSample: is_sample === 1, ...movedOf(row) }));
}

export async function countCustomersWhoPaid(scope: ReadScope, asked: AskedPayments): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (${perCustomer(scope, asked)}) as s`.execute(scope.db);
  return rows[0]?.count ?? 0;
}

/** Summed before names are joined to it: joined first, a database may add all up once per row. */
function perCustomer(scope: ReadScope, asked: AskedPayments): RawBuilder<unknown> {
  return sql`select i.customer_id as id, sum(o.count) as count, sum(o.received) as received,
      sum(o.refunded) as refunded, sum(o.bounced) as bounced
    from (select p.invoice_id, count(*) as count, ${sums(asked)} ${standing(scope, asked)} group by p.invoice_id) as o
    join invoices as i on i.account_id = ${scope.account.id} and i.id = o.invoice_id group by i.customer_id`;
}
