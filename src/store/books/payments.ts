// Payments and refunds on invoices: queries, and rows as the domain knows them.
import { sql } from 'kysely';
import type { Instant } from '../../domain/dates.ts';
import type { Price } from '../../domain/money.ts';
import { BOUNCED, type Payment } from '../../domain/payment.ts';
import { parseReference, refOf } from '../../kinds/reference.ts';
import type { Database, Tables } from '../database.ts';
import { numbersIn } from '../engine/json-rows.ts';
import { prepared } from '../engine/prepared.ts';
import type { ReadScope, WriteScope } from '../scope.ts';
import { fieldsOf } from './fields.ts';

const FIELDS = fieldsOf('payment', ['voided_on', 'created_at']);
const COLUMNS = FIELDS.columns('payments');

export async function paymentById({ db, account }: ReadScope, id: number): Promise<Payment | null> {
  const [row] = await byId(db, { account: account.id, id });
  return row === undefined ? null : paymentOf(row);
}

/** Oldest first, void ones among them. */
export async function paymentsOf(
  { db, account }: Pick<ReadScope, 'db' | 'account'>,
  invoiceId: number,
): Promise<Payment[]> {
  return (await ofInvoice(db, { account: account.id, invoice: invoiceId })).map(paymentOf);
}

export function paymentRows(db: Database, account: number) {
  return db.selectFrom('payments').select(COLUMNS).where('account_id', '=', account);
}

const byId = prepared((db, { account, id }: { account: number; id: number }) =>
  paymentRows(db, account).where('id', '=', id),
);

const ofInvoice = prepared((db, { account, invoice }: { account: number; invoice: number }) =>
  paymentRows(db, account).where('invoice_id', '=', invoice).orderBy('paid_on').orderBy('id'),
);

/** What stands in the account as taken back by the bank. */
export async function bouncesIn({ db, account }: Pick<ReadScope, 'db' | 'account'>): Promise<Payment[]> {
  const rows = await db
    .selectFrom('payments')
    .select(COLUMNS)
    .where('account_id', '=', account.id)
    .where('is_refund', '=', 1)
    .where('method', '=', BOUNCED)
    .where('void_reason', 'is', null)
    .execute();
  return rows.map(paymentOf);
}

/** What the bank took back. @property of the payment that it was; null where that is there no more */
export type Bounce = { readonly bounce: Payment; readonly of: Payment | null };

export async function bouncesWithPayments(scope: Pick<ReadScope, 'db' | 'account'>): Promise<Bounce[]> {
  const bounces = await bouncesIn(scope);
  if (bounces.length === 0) return [];
  const { db, account } = scope;
  const ids = JSON.stringify(bounces.flatMap(({ takesBackId }) => takesBackId ?? []));
  const rows = await paymentRows(db, account.id)
    .where(sql<boolean>`id in (${numbersIn(db, ids)})`)
    .execute();
  const payments = new Map(rows.map((row) => [row.id, paymentOf(row)]));
  return bounces.map((bounce) => ({ bounce, of: payments.get(bounce.takesBackId ?? 0) ?? null }));
}

/** What came in on the same day, in the same way, on another of the customer's invoices, where a correction may have split it. */
export async function likePayment({ db, account }: Pick<ReadScope, 'db' | 'account'>, of: Payment): Promise<Payment[]> {
  const rows = await db
    .selectFrom('invoices as own')
    .innerJoin('invoices as i', (join) =>
      join.onRef('i.account_id', '=', 'own.account_id').onRef('i.customer_id', '=', 'own.customer_id'),
    )
    .innerJoin('payments as p', (join) =>
      join.onRef('p.account_id', '=', 'i.account_id').onRef('p.invoice_id', '=', 'i.id'),
    )
    .select(FIELDS.columns('p'))
    .where('own.account_id', '=', account.id)
    .where('own.id', '=', of.invoiceId)
    .whereRef('i.id', '!=', 'own.id')
    .where((eb) => eb.or([eb('own.corrected_by_id', 'is not', null), eb('i.corrected_by_id', 'is not', null)]))
    .where('p.is_refund', '=', 0)
    .where('p.void_reason', 'is', null)
    .where('p.paid_on', '=', of.paidOn)
    .where('p.method', 'is not distinct from', of.method)
    .where('p.note', 'is not distinct from', of.note)
    .orderBy('p.id')
    .execute();
  return rows.map(paymentOf);
}

export type NewPayment = Pick<Payment, 'invoiceId' | 'isRefund' | 'amount' | 'paidOn' | 'method' | 'note'> &
  Partial<Pick<Payment, 'takesBackId'>>;

export async function insertPayment(
  scope: WriteScope,
  { payment, sample, at }: { payment: NewPayment; sample: boolean; at: Instant },
): Promise<number> {
  const id = await scope.journal.next('payment', { sample });
  await scope.journal.insert(
    'payments',
    FIELDS.row({ ...payment, id, isSample: sample, createdAt: at, voidReason: null }),
  );
  return id;
}

export async function voidPayment(scope: WriteScope, id: number, reason: string): Promise<void> {
  await scope.journal.update('payments', { id }, { void_reason: reason, voided_on: scope.today });
}

/** Moves a payment to another invoice, or the part of it that does not stay. @returns the payment there */
export async function movePayment(
  scope: WriteScope,
  payment: Payment,
  { toInvoiceId, moved, left }: { toInvoiceId: number; moved: Price; left: Price },
): Promise<number> {
  if (left === 0) {
    await scope.journal.update('payments', { id: payment.id }, { invoice_id: toInvoiceId });
    return payment.id;
  }
  await scope.journal.update('payments', { id: payment.id }, { amount: left });
  return await insertPayment(scope, {
    payment: { ...payment, invoiceId: toInvoiceId, amount: moved },
    sample: payment.isSample,
    at: scope.now,
  });
}

export function paymentOf(row: Parameters<typeof FIELDS.read>[0]): Payment {
  return { ...FIELDS.read(row), ...takenBack(row), ref: refOf('payment', row.id) };
}

type Taken = Pick<Tables['payments'], 'takes_back_id' | 'is_refund' | 'method' | 'note'>;

/** What a bounce takes back, and what was said of it: those of earlier versions have both in their note (`P-9: No funds.`). */
export function takenBack(row: Taken): Pick<Payment, 'takesBackId' | 'note'> {
  const { takes_back_id: takesBackId, is_refund: isRefund, method, note } = row;
  if (takesBackId !== null || isRefund === 0 || method !== BOUNCED || note === null) return { takesBackId, note };
  const [named = '', ...rest] = note.split(': ');
  const former = parseReference(named, 'payment');
  if (former === null) return { takesBackId, note };
  return { takesBackId: former.value, note: rest.length === 0 ? null : rest.join(': ') };
}
