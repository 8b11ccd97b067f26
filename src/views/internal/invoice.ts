// Invoices as their owner sees them.
import type { Account } from '../../domain/account.ts';
import type { Invoice, InvoiceSummary } from '../../domain/invoice.ts';
import { fromTenThousandths, type Total, type Price } from '../../domain/money.ts';
import { lineTotal } from '../../domain/paper.ts';
import type { Payment, PaymentState } from '../../domain/payment.ts';
import { invoiceRef, refOf } from '../../kinds/reference.ts';
import { leftOutOut, namedOut, sampleOut, shown, taxLinesOut, type Sent } from './words.ts';
type Standing = { readonly payment: PaymentState | null; readonly overdue: boolean };

export function invoiceRowOut(invoice: InvoiceSummary & Standing, account: Account) {
  return {
    ref: invoiceRef(invoice.id, invoice.number),
    kind: invoice.kind,
    status: invoice.status,
    ...sampleOut(invoice.isSample),
    customer: namedOut('customer', invoice.customer),
    job: invoice.job === null ? null : namedOut('job', invoice.job),
    issuedOn: invoice.issuedOn,
    dueOn: invoice.dueOn,
    subtotal: shown(invoice.subtotal, account),
    tax: shown(invoice.tax, account),
    total: shown(invoice.total, account),
    paid: shown(invoice.paid, account),
    credited: shown(invoice.credited, account),
    balance: shown(invoice.balance, account),
    payment: invoice.payment,
    overdue: invoice.overdue,
    ...(invoice.credits === null ? {} : { creditFor: invoiceRef(invoice.credits.id, invoice.credits.number) }),
  };
}

type Invoiced = Invoice &
  Standing & {
    readonly payments: readonly Payment[];
    readonly counted: {
      readonly against: readonly { readonly ref: string; readonly amount: Price }[];
      readonly extra: Price;
    } | null;
  };

type Page = { readonly invoice: Invoiced; readonly excerpt: { readonly from: number; readonly to: number } };

export function invoicePageOut({ invoice, excerpt: { from, to } }: Page, account: Account) {
  const { lines, payments } = invoice;
  const isWhole = to - from === lines.length + payments.length;
  return {
    ...invoiceRowOut(invoice, account),
    currency: account.currency,
    notes: invoice.notes,
    voidReason: invoice.voidReason,
    voidedOn: invoice.voidedOn,
    ...(invoice.counted === null ? {} : countedOut(invoice.counted, account)),
    taxLines: taxLinesOut(
      invoice.groups.filter((group) => group.rate > 0),
      account,
    ),
    ...(isWhole
      ? {}
      : { lineCount: lines.length, linesFrom: Math.min(from, lines.length) + 1, paymentCount: payments.length }),
    // Behind the lines stand the payments.
    payments: payments
      .slice(Math.max(from - lines.length, 0), Math.max(to - lines.length, 0))
      .map((payment) => paymentOut(payment, account)),
    lines: lines.slice(from, to).map((line) => ({
      description: line.description,
      quantity: fromTenThousandths(line.quantity),
      unit: line.unit,
      unitPrice: line.unitPrice === null ? null : shown(line.unitPrice, account),
      taxRatePercent: fromTenThousandths(line.taxRate),
      amount: shown(lineTotal(line), account),
    })),
  };
}

function countedOut(counted: NonNullable<Invoiced['counted']>, account: Account) {
  const against = counted.against.map(({ ref, amount }) => ({ quote: ref, amount: shown(amount, account) }));
  return { countsAgainst: against, extraWork: shown(counted.extra, account) };
}
export type InvoicePageOut = Sent<ReturnType<typeof invoicePageOut>>;

export function paymentOut(payment: Payment, account: Account) {
  return {
    ref: refOf('payment', payment.id),
    ...sampleOut(payment.isSample),
    kind: payment.isRefund ? ('refund' as const) : ('payment' as const),
    amount: shown(payment.amount, account),
    paidOn: payment.paidOn,
    method: payment.method,
    note: payment.note,
    voidReason: payment.voidReason,
  };
}

type InvoiceList = {
  readonly invoices: readonly (InvoiceSummary & Standing)[];
  readonly totals: {
    readonly count: number;
    readonly issued: Total<'price'>;
    readonly open: Total<'price'>;
    readonly overdue: Total<'price'>;
    readonly includesSamples: boolean;
    readonly samplesLeftOut: boolean;
  };
  readonly nextCursor: string | null;
};

export function invoiceListOut({ invoices, totals, nextCursor }: InvoiceList, account: Account) {
  return {
    invoices: invoices.map((invoice) => invoiceRowOut(invoice, account)),
    currency: account.currency,
    count: totals.count,
    totalIssued: shown(totals.issued, account),
    totalOpen: shown(totals.open, account),
    totalOverdue: shown(totals.overdue, account),
    includesSamples: totals.includesSamples,
    ...leftOutOut(totals.samplesLeftOut),
    ...(nextCursor === null ? {} : { nextCursor }),
  };
}
