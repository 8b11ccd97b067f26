// Invoices and their lines: queries, and rows as the domain knows them.
import type { CalendarDate } from '../../domain/dates.ts';
import { expressionBuilder, type InferResult, sql } from 'kysely';
import { COUNTINGS } from '../../domain/contract.ts';
import {
  INVOICE_KINDS,
  INVOICE_STATUSES,
  type Invoice,
  type InvoiceStatus,
  type InvoiceSummary,
} from '../../domain/invoice.ts';
import { price, quantity, taxRate, type Total } from '../../domain/money.ts';
import type { Payment, PaymentState } from '../../domain/payment.ts';
import type { Database, Tables } from '../database.ts';
import { oneOf } from '../one-of.ts';
import { gathered } from '../engine/gathered.ts';
import { matching, prepared, type Conditions } from '../engine/prepared.ts';
import type { ReadScope } from '../scope.ts';
import { havingTerms } from '../search/find.ts';
import { paymentOf, paymentRows } from './payments.ts';
import { openOf } from '../derived/invoice-rollups.ts';
import { totalFrom, totalOver } from '../derived/totals.ts';

/** Conditions on these tables, by the names that the queries here know them by. */
const where = expressionBuilder<{ i: Tables['invoices']; f: Tables['invoice_figures'] }, 'i' | 'f'>();

function summaries(db: Database, account: number) {
  return db
    .selectFrom('invoices as i')
    .innerJoin('customers as c', (join) =>
      join.onRef('c.account_id', '=', 'i.account_id').onRef('c.id', '=', 'i.customer_id'),
    )
    .leftJoin('jobs as j', (join) => join.onRef('j.account_id', '=', 'i.account_id').onRef('j.id', '=', 'i.job_id'))
    .leftJoin('invoices as k', (join) =>
      join.onRef('k.account_id', '=', 'i.account_id').onRef('k.id', '=', 'i.credits_id'),
    )
    .leftJoin('invoice_figures as f', (join) =>
      join.onRef('f.account_id', '=', 'i.account_id').onRef('f.invoice_id', '=', 'i.id'),
    )
    .select(['i.id', 'i.is_sample', 'i.number', 'i.customer_id', 'c.name as customer', 'i.job_id', 'j.name as job'])
    .select(['i.kind', 'i.status', 'i.issued_on', 'i.due_on', 'i.subtotal', 'i.tax', 'i.total', 'i.contract_id'])
    .select(['i.credits_id', 'k.number as credits_number', 'i.corrected_by_id', 'f.paid', 'f.credited', 'f.balance'])
    .select('i.counting')
    .where('i.account_id', '=', account);
}
type SummaryRow = InferResult<ReturnType<typeof summaries>>[number];

export type InvoiceFilter = {
  readonly customerId?: number | undefined;
  readonly jobId?: number | undefined;
  readonly status?: InvoiceStatus | undefined;
  readonly payment?: PaymentState | undefined;
  /** Issued, still open and past the due date on this day. */
  readonly overdueOn?: CalendarDate | undefined;
  readonly from?: CalendarDate | undefined;
  readonly to?: CalendarDate | undefined;
  readonly query?: string | undefined;
  /** Whether samples are left out. */
  readonly realOnly?: boolean | undefined;
};

/** Newest first, from below `before`. */
export async function listInvoices(
  scope: ReadScope,
  filter: InvoiceFilter,
  { limit, before }: { limit: number; before: number | null },
): Promise<InvoiceSummary[]> {
  const { db, account } = scope;
  const given = { ...givenOf(filter), account: account.id, before: before ?? undefined, limit };
  return (await newest(db, given, await others(scope, filter))).map(summaryOf);
}

type Given = {
  readonly customer: number | undefined;
  readonly job: number | undefined;
  readonly status: InvoiceStatus | undefined;
  readonly from: CalendarDate | undefined;
  readonly to: CalendarDate | undefined;
};
type PageGiven = Given & { readonly account: number; readonly before: number | undefined; readonly limit: number };

function givenOf({ customerId, jobId, status, from, to }: InvoiceFilter): Given {
  return { customer: customerId, job: jobId, status, from, to };
}

const newest = prepared((db, { account, before, limit, ...given }: PageGiven, besides) => {
  const rows = summaries(db, account).where((eb) => eb.and([...conditions(given), ...besides]));
  return (before === undefined ? rows : rows.where('i.id', '<', before)).orderBy('i.id', 'desc').limit(limit);
});

/** Over all matching invoices, not the page: how many, and what is issued, still open and overdue. */
export type InvoiceTotals = {
  readonly count: number;
  readonly issued: Total<'price'>;
  /** Of what is issued. */
  readonly tax: Total<'price'>;
  readonly paid: Total<'price'>;
  readonly open: Total<'price'>;
  readonly overdue: Total<'price'>;
  /** Whether samples are among them, which count in the sums or not. */
  readonly hasSamples: boolean;
};

export async function totalInvoices(scope: ReadScope, filter: InvoiceFilter, samples: boolean): Promise<InvoiceTotals> {
  const { db, account, today } = scope;
  const counts = samples ? sql`1 = 1` : where('i.is_sample', '=', 0);
  const asked = [...conditions(givenOf(filter)), ...(await others(scope, filter))];
  const row = await db
    .selectFrom('invoices as i')
    .leftJoin('invoice_figures as f', (join) =>
      join.onRef('f.account_id', '=', 'i.account_id').onRef('f.invoice_id', '=', 'i.id'),
    )
    .select([
      sql<number>`coalesce(sum(case when ${counts} then 1 else 0 end), 0)`.as('count'),
      totalOver(sql`case when ${counts} and i.status = 'issued' then i.total else 0 end`).as('issued'),
      totalOver(sql`case when ${counts} and i.status = 'issued' then i.tax else 0 end`).as('tax'),
      totalOver(sql`case when ${counts} then coalesce(f.paid, 0) else 0 end`).as('paid'),
      totalOver(sql`case when ${counts} and f.balance > 0 then f.balance else 0 end`).as('open'),
      totalOver(sql`case when ${counts} and f.balance > 0 and f.due_on < ${today} then f.balance else 0 end`).as(
        'overdue',
      ),
      where.fn.max('i.is_sample').as('samples'),
    ])
    .where('i.account_id', '=', account.id)
    .where((eb) => eb.and(asked))
    .executeTakeFirstOrThrow();
  return {
    count: row.count,
    issued: totalFrom(row.issued),
    tax: totalFrom(row.tax),
    paid: totalFrom(row.paid),
    open: totalFrom(row.open),
    overdue: totalFrom(row.overdue),
    hasSamples: row.samples === 1,
  };
}

function conditions({ customer, job, status, from, to }: Given): Conditions {
  return [
    ...matching({ 'i.customer_id': customer, 'i.job_id': job, 'i.status': status }),
    ...(from === undefined ? [] : [where('i.issued_on', '>=', from)]),
    ...(to === undefined ? [] : [where('i.issued_on', '<=', to)]),
  ];
}

/** What a filter asks for besides. */
async function others(scope: ReadScope, { payment, overdueOn, query, realOnly }: InvoiceFilter): Promise<Conditions> {
  return [
    ...(realOnly === true ? [where('i.is_sample', '=', 0)] : []),
    ...(payment === undefined ? [] : PAYMENT_CONDITIONS[payment]),
    ...(overdueOn === undefined ? [] : [where('f.due_on', '<', overdueOn), stillOpen(scope.db, scope.account.id)]),
    ...(query === undefined ? [] : [await havingTerms(scope, 'invoice', query, 'i.id')]),
  ];
}

/** Open invoices are few beside all there ever were: their own index leads to them. */
function stillOpen(db: Database, accountId: number): Conditions[number] {
  const open = db
    .selectFrom('invoice_figures as o')
    .select('o.invoice_id')
    .where('o.account_id', '=', accountId)
    .where('o.balance', '>', 0);
  return where('i.id', 'in', open);
}

const CREDITED_ALONE: Conditions = [where('f.paid', '=', 0), where('f.credited', '>', 0)];
/** As domain/payment.ts says them; only what somebody has to pay has figures. */
const PAYMENT_CONDITIONS: Readonly<Record<PaymentState, Conditions>> = {
  paid: [where('f.balance', '<=', 0), where.not(where.and(CREDITED_ALONE))],
  credited: [where('f.balance', '<=', 0), ...CREDITED_ALONE],
  partly_paid: [where('f.balance', '>', 0), where('f.paid', '>', 0)],
  unpaid: [where('f.balance', '>', 0), where('f.paid', '=', 0)],
};

export async function invoiceById(scope: ReadScope, id: number): Promise<Invoice | null> {
  const { db, account } = scope;
  return invoiceIn(await wholeInvoice(db, { account: account.id, id }));
}

/** An invoice as a write has left it, and its payments: its stored figures are brought up to date only when that ends. */
export async function invoiceNow(
  { db, account }: ReadScope,
  id: number,
): Promise<{ readonly invoice: Invoice; readonly payments: readonly Payment[] }> {
  const rows = await paidInvoice(db, { account: account.id, id });
  const [invoice, [row]] = [invoiceIn(rows), rows.invoices];
  if (invoice === null || row === undefined) throw new Error(`invoice ${id} vanished within its own write`);
  const isOwed = invoice.status === 'issued' && invoice.credits === null;
  const owed = { account_id: account.id, ...row };
  const open = isOwed ? openOf(owed, rows.notes, rows.payments) : { paid: 0, credited: 0, balance: 0 };
  const figures = { paid: price(open.paid), credited: price(open.credited), balance: price(open.balance) };
  return { invoice: { ...invoice, ...figures }, payments: rows.payments.map(paymentOf) };
}

type One = { readonly account: number; readonly id: number };

function partsOfInvoice(db: Database, { account, id }: One) {
  return {
    invoices: summaries(db, account)
      .select(['i.notes', 'i.void_reason', 'i.voided_on', 'i.to_name', 'i.to_address'])
      .where('i.id', '=', id),
    lines: db
      .selectFrom('invoice_lines')
      .select(['description', 'quantity', 'unit', 'unit_price', 'tax_rate'])
      .where('account_id', '=', account)
      .where('invoice_id', '=', id)
      .orderBy('position'),
    taxes: db
      .selectFrom('invoice_taxes')
      .select(['tax_rate', 'base', 'tax'])
      .where('account_id', '=', account)
      .where('invoice_id', '=', id)
      .orderBy('tax_rate'),
  };
}

const wholeInvoice = gathered(partsOfInvoice);

const paidInvoice = gathered((db, { account, id }: One) => ({
  ...partsOfInvoice(db, { account, id }),
  notes: db
    .selectFrom('invoices')
    .select('total')
    .where('account_id', '=', account)
    .where('credits_id', '=', id)
    .where('status', '=', 'issued'),
  payments: paymentRows(db, account).where('invoice_id', '=', id).orderBy('paid_on').orderBy('id'),
}));

function invoiceIn({ invoices: [row], lines, taxes }: Awaited<ReturnType<typeof wholeInvoice>>): Invoice | null {
  if (row === undefined) return null;
  return {
    ...summaryOf(row),
    notes: row.notes,
    voidReason: row.void_reason,
    voidedOn: row.voided_on,
    to: row.to_name === null ? null : { name: row.to_name, address: row.to_address },
    groups: taxes.map(({ tax_rate, base, tax }) => ({ rate: taxRate(tax_rate), base: price(base), tax: price(tax) })),
    lines: lines.map((line) => ({
      description: line.description,
      quantity: quantity(line.quantity),
      unit: line.unit,
      unitPrice: line.unit_price === null ? null : price(line.unit_price),
      taxRate: taxRate(line.tax_rate),
    })),
  };
}

/** The record number of the invoice that was issued under this number. */
export async function invoiceIdByNumber({ db, account }: ReadScope, number: number): Promise<number | null> {
  const row = await db
    .selectFrom('invoices')
    .select('id')
    .where('account_id', '=', account.id)
    .where('number', '=', number)
    .executeTakeFirst();
  return row?.id ?? null;
}

function summaryOf(row: SummaryRow): InvoiceSummary {
  return {
    id: row.id,
    isSample: row.is_sample === 1,
    number: row.number,
    customer: { id: row.customer_id, name: row.customer },
    job: row.job_id === null ? null : { id: row.job_id, name: row.job ?? '' },
    kind: oneOf(INVOICE_KINDS, row.kind),
    status: oneOf(INVOICE_STATUSES, row.status),
    issuedOn: row.issued_on,
    dueOn: row.due_on,
    subtotal: price(row.subtotal),
    tax: price(row.tax),
    total: price(row.total),
    paid: price(row.paid ?? 0),
    credited: price(row.credited ?? 0),
    balance: price(row.balance ?? 0),
    contractId: row.contract_id,
    credits: row.credits_id === null ? null : { id: row.credits_id, number: row.credits_number },
    correctedById: row.corrected_by_id,
    counting: row.counting === null ? null : oneOf(COUNTINGS, row.counting),
  };
}
