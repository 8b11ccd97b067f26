// What issued invoices have open: kept in rows, so that lists and reminders never add up payments.
import { sql, type RawBuilder } from 'kysely';
import { calendarDate } from '../../domain/dates.ts';
import { price, sum } from '../../domain/money.ts';
import { balanceOf, paidBy } from '../../domain/payment.ts';
import type { Database, Tables } from '../database.ts';
import { gathered } from '../engine/gathered.ts';
import { numbersIn } from '../engine/json-rows.ts';
import { deleteMany, inPortions, insertMany } from '../engine/many.ts';
import type { Snapshot, Touched } from '../journal/ledger.ts';
import { INVOICE_COLUMNS } from './columns.ts';
import type { InvoiceRollupRow } from './rows.ts';

/** Writes what the invoices that these writes bear on have open, where it is another than before. */
export async function refreshInvoices(db: Database, accountId: number, touched: readonly Touched[]): Promise<void> {
  const made = invoicesMade(touched);
  const ids = [...invoicesTouched(touched)].filter((id) => !made.has(id));
  await keep(
    db,
    accountId,
    [...made.values()].flatMap((row) => (row === null ? [] : [openOf({ account_id: accountId, ...row }, [], [])])),
  );
  await inPortions(ids, async (some) => {
    await refreshThese(db, accountId, some);
  });
}

async function refreshThese(db: Database, accountId: number, ids: readonly number[]): Promise<void> {
  const { kept, computed } = await invoiceRollups(db, accountId, ids);
  const before = new Map(kept.map((row) => [row.invoice_id, JSON.stringify(row)]));
  const issued = new Set(computed.map((row) => row.invoice_id));
  await keep(
    db,
    accountId,
    computed.filter((row) => before.get(row.invoice_id) !== JSON.stringify(row)),
  );
  const gone = kept.filter((row) => !issued.has(row.invoice_id));
  await drop(db, accountId, gone);
}

/**
 * Invoices that these writes added, and on which nothing was paid or credited by them: all there is to know of them
 * stands in their own rows. Null for one that has nothing open.
 */
function invoicesMade(touched: readonly Touched[]): Map<number, Omit<OpenInvoice, 'account_id'> | null> {
  const made = new Map<number, Omit<OpenInvoice, 'account_id'> | null>();
  const others = new Set<number>();
  for (const { table, before, after } of touched) {
    for (const row of [before, after]) {
      if (table === 'payments') others.add(Number(row?.['invoice_id']));
      if (table === 'invoices') others.add(Number(row?.['credits_id']));
    }
    if (table !== 'invoices') continue;
    const id = Number((after ?? before)?.['id']);
    if (before !== null && !made.has(id)) others.add(id);
    made.set(id, after === null ? null : openIn(id, after));
  }
  for (const id of others) made.delete(id);
  return made;
}

function openIn(id: number, row: Snapshot): Omit<OpenInvoice, 'account_id'> | null {
  if (row['status'] !== 'issued' || row['credits_id'] !== null) return null;
  return {
    id,
    is_sample: row['is_sample'] === 1 ? 1 : 0,
    customer_id: Number(row['customer_id']),
    total: Number(row['total']),
    due_on: typeof row['due_on'] === 'string' ? calendarDate(row['due_on']) : null,
  };
}

function invoicesTouched(touched: readonly Touched[]): Set<number> {
  const invoices = new Set<number>();
  const collect = (id: string | number | null | undefined) => {
    if (typeof id === 'number') invoices.add(id);
  };
  for (const { table, before, after } of touched) {
    for (const snapshot of [before, after]) {
      if (table === 'invoices') collect(snapshot?.['id']);
      if (table === 'invoices') collect(snapshot?.['credits_id']);
      if (table === 'payments') collect(snapshot?.['invoice_id']);
    }
  }
  return invoices;
}

const keep = insertMany('invoice_figures', INVOICE_COLUMNS, ['invoice_id']);
const drop = deleteMany('invoice_figures', ['invoice_id']);

async function invoiceRollups(db: Database, accountId: number, ids: readonly number[]) {
  const rows = await openInvoices(db, { account: accountId, ids: JSON.stringify(ids) });
  const notes = Map.groupBy(rows.notes, ({ credits_id }) => credits_id);
  const payments = Map.groupBy(rows.payments, ({ invoice_id }) => invoice_id);
  const computed = rows.issued.map((invoice) =>
    openOf({ account_id: accountId, ...invoice }, notes.get(invoice.id) ?? [], payments.get(invoice.id) ?? []),
  );
  return { kept: rows.kept, computed };
}

const openInvoices = gathered((db, { account, ids }: { readonly account: number; readonly ids: string }) => {
  const among = (column: string): RawBuilder<boolean> => sql`${sql.ref(column)} in (${numbersIn(db, ids)})`;
  return {
    issued: db
      .selectFrom('invoices')
      .select(['id', 'is_sample', 'customer_id', 'total', 'due_on'])
      .where('account_id', '=', account)
      .where(among('id'))
      .where('status', '=', 'issued')
      .where('credits_id', 'is', null)
      .orderBy('id'),
    notes: db
      .selectFrom('invoices')
      .select(['credits_id', 'total'])
      .where('account_id', '=', account)
      .where(among('credits_id'))
      .where('status', '=', 'issued'),
    payments: db
      .selectFrom('payments')
      .select(['invoice_id', 'amount', 'is_refund', 'void_reason'])
      .where('account_id', '=', account)
      .where(among('invoice_id')),
    kept: db
      .selectFrom('invoice_figures')
      .select(INVOICE_COLUMNS)
      .where('account_id', '=', account)
      .where(among('invoice_id')),
  };
});

type OpenInvoice = Pick<Tables['invoices'], 'account_id' | 'id' | 'is_sample' | 'customer_id' | 'total' | 'due_on'>;

/** What an issued invoice has open. @throws RangeError where an amount is none */
export function openOf(
  invoice: OpenInvoice,
  notes: readonly Pick<Tables['invoices'], 'total'>[],
  payments: readonly Pick<Tables['payments'], 'amount' | 'is_refund' | 'void_reason'>[],
): InvoiceRollupRow {
  const credited = price(-sum(notes.map((note) => price(note.total))));
  const paid = paidBy(
    payments.map((payment) => ({
      amount: price(payment.amount),
      isRefund: payment.is_refund === 1,
      voidReason: payment.void_reason,
    })),
  );
  return {
    account_id: invoice.account_id,
    invoice_id: invoice.id,
    is_sample: invoice.is_sample,
    customer_id: invoice.customer_id,
    paid,
    credited,
    balance: balanceOf({ total: price(invoice.total), credited, paid }),
    due_on: invoice.due_on,
  };
}
