// Payments over all invoices: which a filter asks for, and a page of them.
import { expressionBuilder, sql, type InferResult } from 'kysely';
import type { CalendarDate } from '../../domain/dates.ts';
import type { Move } from '../../domain/money-in.ts';
import { BOUNCED, type Payment } from '../../domain/payment.ts';
import type { Database, Tables } from '../database.ts';
import { numbersIn, textsAsJson, textsIn } from '../engine/json-rows.ts';
import { prepared, type Conditions } from '../engine/prepared.ts';
import type { ReadScope } from '../scope.ts';
import { fieldsOf } from './fields.ts';
import { paymentOf } from './payments.ts';

/** Conditions on this table, by the name that the queries here and in derived/money-in.ts know it by. */
const where = expressionBuilder<{ p: Tables['payments'] }, 'p'>();

export type PaymentFilter = {
  readonly customerId?: number | undefined;
  readonly jobId?: number | undefined;
  /** As they are written, each a way to write the one that is meant. */
  readonly methods?: readonly string[] | undefined;
  /** With `methods`: the bounces of payments that came in so. */
  readonly bounces?: readonly number[] | undefined;
  readonly from?: CalendarDate | undefined;
  readonly to?: CalendarDate | undefined;
  readonly move?: Move | undefined;
  /** Whether samples are left out. */
  readonly realOnly?: boolean | undefined;
};

const STANDS = where('p.void_reason', 'is', null);
const MOVED: Readonly<Record<Move, Conditions>> = {
  payment: [STANDS, where('p.is_refund', '=', 0)],
  refund: [STANDS, where('p.is_refund', '=', 1), where('p.method', 'is distinct from', BOUNCED)],
  bounced: [STANDS, where('p.is_refund', '=', 1), where('p.method', '=', BOUNCED)],
  void: [where('p.void_reason', 'is not', null)],
};

/** That a payment is one of these, for a sum over some of them. */
export function isMove(move: Move): Conditions[number] {
  return where.and(MOVED[move]);
}

type Given = {
  readonly customer: number | undefined;
  readonly job: number | undefined;
  readonly methods: string | undefined;
  readonly bounces: string | undefined;
  readonly from: CalendarDate | undefined;
  readonly to: CalendarDate | undefined;
};

function givenOf({ customerId, jobId, methods, bounces = [], from, to }: PaymentFilter): Given {
  return {
    customer: customerId,
    job: jobId,
    methods: methods === undefined ? undefined : textsAsJson(methods),
    bounces: methods === undefined ? undefined : JSON.stringify(bounces),
    from,
    to,
  };
}

function conditions(
  db: Database,
  account: number,
  { customer, job, methods, bounces = '[]', from, to }: Given,
): Conditions {
  const billed = (column: 'customer_id' | 'job_id', id: number) =>
    db.selectFrom('invoices as t').select('t.id').where('t.account_id', '=', account).where(`t.${column}`, '=', id);
  return [
    ...(customer === undefined ? [] : [where('p.invoice_id', 'in', billed('customer_id', customer))]),
    ...(job === undefined ? [] : [where('p.invoice_id', 'in', billed('job_id', job))]),
    ...(methods === undefined
      ? []
      : [sql<boolean>`(p.method in (${textsIn(db, methods)}) or p.id in (${numbersIn(db, bounces)}))`]),
    ...(from === undefined ? [] : [where('p.paid_on', '>=', from)]),
    ...(to === undefined ? [] : [where('p.paid_on', '<=', to)]),
  ];
}

function others({ move, realOnly }: PaymentFilter): Conditions {
  return [...(move === undefined ? [] : MOVED[move]), ...(realOnly === true ? [where('p.is_sample', '=', 0)] : [])];
}

/** All that a filter asks for, for a query that knows payments as `p`. */
export function paymentsAsked({ db, account }: ReadScope, filter: PaymentFilter): Conditions {
  return [...conditions(db, account.id, givenOf(filter)), ...others(filter)];
}

const FIELDS = fieldsOf('payment', ['voided_on', 'created_at']);

function rows(db: Database, account: number) {
  return db
    .selectFrom('payments as p')
    .innerJoin('invoices as i', (join) =>
      join.onRef('i.account_id', '=', 'p.account_id').onRef('i.id', '=', 'p.invoice_id'),
    )
    .innerJoin('customers as c', (join) =>
      join.onRef('c.account_id', '=', 'i.account_id').onRef('c.id', '=', 'i.customer_id'),
    )
    .leftJoin('jobs as j', (join) => join.onRef('j.account_id', '=', 'i.account_id').onRef('j.id', '=', 'i.job_id'))
    .select([...FIELDS.columns('p'), 'i.number', 'i.customer_id', 'c.name as customer', 'i.job_id', 'j.name as job'])
    .where('p.account_id', '=', account);
}
type Row = InferResult<ReturnType<typeof rows>>[number];

export type ListedPayment = Payment & {
  readonly invoiceNumber: number | null;
  readonly customer: { readonly id: number; readonly name: string };
  readonly job: { readonly id: number; readonly name: string } | null;
};
export type PaymentPlace = { readonly paidOn: CalendarDate; readonly id: number };
type PageGiven = Given & {
  readonly account: number;
  readonly limit: number;
  readonly paidOn: CalendarDate | undefined;
  readonly before: number | undefined;
};

const newest = prepared((db, { account, limit, paidOn, before, ...given }: PageGiven, besides) => {
  const asked = rows(db, account).where((eb) => eb.and([...conditions(db, account, given), ...besides]));
  const rest =
    paidOn === undefined
      ? asked
      : asked.where((eb) => eb(eb.refTuple('p.paid_on', 'p.id'), '<', eb.tuple(paidOn, before ?? 0)));
  return rest.orderBy('p.paid_on', 'desc').orderBy('p.id', 'desc').limit(limit);
});

/** Newest day first, from behind `after`; void ones among them. */
export async function listPayments(
  { db, account }: ReadScope,
  filter: PaymentFilter,
  { limit, after }: { limit: number; after: PaymentPlace | null },
): Promise<ListedPayment[]> {
  const place = { paidOn: after?.paidOn, before: after?.id };
  const given = { ...givenOf(filter), ...place, account: account.id, limit };
  return (await newest(db, given, others(filter))).map(listedOf);
}

function listedOf(row: Row): ListedPayment {
  return {
    ...paymentOf(row),
    invoiceNumber: row.number,
    customer: { id: row.customer_id, name: row.customer },
    job: row.job_id === null ? null : { id: row.job_id, name: row.job ?? '' },
  };
}
