// An invoice with what depends on the day: whether it is paid, and overdue.
import type { CalendarDate } from '../../domain/dates.ts';
import { isOverdue, type InvoiceSummary } from '../../domain/invoice.ts';
import { paymentState, type PaymentState } from '../../domain/payment.ts';

export type InvoiceState<I extends InvoiceSummary> = I & {
  readonly payment: PaymentState | null;
  readonly overdue: boolean;
};

export function invoiceState<I extends InvoiceSummary>(invoice: I, today: CalendarDate): InvoiceState<I> {
  return { ...invoice, payment: paymentState(invoice), overdue: isOverdue(invoice, today) };
}
