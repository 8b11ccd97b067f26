// An invoice with what depends on the day and on its payments: how it stands.
import { subtotalOf } from '../../domain/billing.ts';
import type { Invoice } from '../../domain/invoice.ts';
import type { Price } from '../../domain/money.ts';
import type { Payment } from '../../domain/payment.ts';
import { invoiceNow } from '../../store/books/invoices.ts';
import { paymentsOf } from '../../store/books/payments.ts';
import type { ReadScope, WriteScope } from '../../store/scope.ts';
import { contractRef, contractsOn, countedOf } from '../quotes/contracts.ts';
import { type InvoiceState, invoiceState } from '../shared/invoice-state.ts';

export type InvoiceWithState = InvoiceState<Invoice> & {
  readonly payments: readonly Payment[];
  /** What an issued bill counts against, credits taken off; null where its job has no contract. */
  readonly counted: Counting | null;
};
type Counting = {
  readonly against: readonly { readonly ref: string; readonly amount: Price }[];
  readonly extra: Price;
};

export async function withPayments(scope: ReadScope, invoice: Invoice): Promise<InvoiceWithState> {
  return await withState(scope, invoice, await paymentsOf(scope, invoice.id));
}

export async function withState(
  scope: ReadScope,
  invoice: Invoice,
  payments: readonly Payment[],
): Promise<InvoiceWithState> {
  return { ...invoiceState(invoice, scope.today), payments, counted: await counting(scope, invoice) };
}

async function counting(scope: ReadScope, invoice: Invoice): Promise<Counting | null> {
  if (invoice.status !== 'issued' || invoice.kind === 'credit_note') return null;
  const contracts = invoice.job === null ? [] : await contractsOn(scope, invoice.job.id);
  if (contracts.length === 0 && invoice.contractId === null) return null;
  const { parts, extra } = await countedOf(scope, invoice);
  const against: { ref: string; amount: Price }[] = [];
  for (const { contractId, groups } of parts)
    against.push({ ref: await contractRef(scope, contractId), amount: subtotalOf(groups) });
  return { against, extra: subtotalOf(extra) };
}

/** The invoice as it stands within a write, whose stored figures are brought up to date only when it ends. */
export async function freshInvoice(scope: WriteScope, id: number): Promise<InvoiceWithState> {
  const { invoice, payments } = await invoiceNow(scope, id);
  return await withState(scope, invoice, payments);
}
