// Invoices as their owner sees them.
import { z } from 'zod';
import type { Account } from '../../domain/account.ts';
import { INVOICE_KINDS, INVOICE_STATUSES, type Invoice, type InvoiceSummary } from '../../domain/invoice.ts';
import { fromTenThousandths, type Total, type Price } from '../../domain/money.ts';
import { lineTotal } from '../../domain/paper.ts';
import { type Payment, type PaymentState, PAYMENT_STATES } from '../../domain/payment.ts';
import { invoiceRef, refOf } from '../../kinds/reference.ts';
import { NamedRef, sample, textOrNull } from '../shapes.ts';
import { money, pricedLine, samplesLeftOut, taxLines } from './money.ts';
import { leftOutMark, madeOutIn, named, sampleMark, shown, taxLinesOf } from './format.ts';

type Standing = { readonly payment: PaymentState | null; readonly overdue: boolean };

export const InvoiceRow = z.strictObject({
  ref: z.string(),
  kind: z.enum(INVOICE_KINDS),
  status: z.enum(INVOICE_STATUSES),
  sample,
  customer: NamedRef,
  job: NamedRef.nullable(),
  issuedOn: textOrNull,
  dueOn: textOrNull,
  subtotal: money,
  tax: money,
  total: money,
  paid: money,
  credited: money,
  balance: money,
  payment: z.enum(PAYMENT_STATES).nullable(),
  overdue: z.boolean(),
  creditFor: z.string().optional(),
});
export type InvoiceRow = z.output<typeof InvoiceRow>;

export function invoiceRow(invoice: InvoiceSummary & Standing, account: Account): InvoiceRow {
  return {
    ref: invoiceRef(invoice.id, invoice.number),
    kind: invoice.kind,
    status: invoice.status,
    ...sampleMark(invoice.isSample),
    customer: named('customer', invoice.customer),
    job: invoice.job === null ? null : named('job', invoice.job),
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

export const PaymentRow = z.strictObject({
  ref: z.string(),
  sample,
  kind: z.enum(['payment', 'refund']),
  amount: money,
  paidOn: z.string(),
  method: textOrNull,
  note: textOrNull,
  voidReason: textOrNull,
  /** What the bank took back by it, and where it is known how that came in. */
  takesBack: z.strictObject({ ref: z.string(), method: textOrNull.optional() }).optional(),
});
export type PaymentRow = z.output<typeof PaymentRow>;

export const InvoicePage = z.strictObject({
  payments: z.array(PaymentRow),
  ...InvoiceRow.shape,
  currency: z.string(),
  notes: textOrNull,
  voidReason: textOrNull,
  voidedOn: textOrNull,
  madeOutTo: z.string().optional(),
  countsAgainst: z.array(z.strictObject({ quote: z.string(), amount: money })).optional(),
  extraWork: money.optional(),
  taxLines,
  lineCount: z.int().optional(),
  linesFrom: z.int().optional(),
  paymentCount: z.int().optional(),
  lines: z.array(z.strictObject(pricedLine)),
});
export type InvoicePage = z.output<typeof InvoicePage>;

type Invoiced = Invoice &
  Standing & {
    readonly payments: readonly Payment[];
    readonly counted: {
      readonly against: readonly { readonly ref: string; readonly amount: Price }[];
      readonly extra: Price;
    } | null;
  };

type Page = { readonly invoice: Invoiced; readonly excerpt: { readonly from: number; readonly to: number } };

export function invoicePage({ invoice, excerpt: { from, to } }: Page, account: Account): InvoicePage {
  const { lines, payments } = invoice;
  const isWhole = to - from === lines.length + payments.length;
  return {
    ...invoiceRow(invoice, account),
    currency: account.currency,
    notes: invoice.notes,
    voidReason: invoice.voidReason,
    voidedOn: invoice.voidedOn,
    ...(invoice.to === null ? {} : { madeOutTo: madeOutIn(invoice.to) }),
    ...(invoice.counted === null ? {} : countedFields(invoice.counted, account)),
    taxLines: taxLinesOf(
      invoice.groups.filter((group) => group.rate > 0),
      account,
    ),
    ...(isWhole
      ? {}
      : { lineCount: lines.length, linesFrom: Math.min(from, lines.length) + 1, paymentCount: payments.length }),
    // Behind the lines stand the payments.
    payments: payments
      .slice(Math.max(from - lines.length, 0), Math.max(to - lines.length, 0))
      .map((payment) => paymentRow(payment, account)),
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

function countedFields(counted: NonNullable<Invoiced['counted']>, account: Account) {
  const against = counted.against.map(({ ref, amount }) => ({ quote: ref, amount: shown(amount, account) }));
  return { countsAgainst: against, extraWork: shown(counted.extra, account) };
}
export function paymentRow(payment: Payment, account: Account): PaymentRow {
  return {
    ref: refOf('payment', payment.id),
    ...sampleMark(payment.isSample),
    kind: payment.isRefund ? ('refund' as const) : ('payment' as const),
    amount: shown(payment.amount, account),
    paidOn: payment.paidOn,
    method: payment.method,
    note: payment.note,
    voidReason: payment.voidReason,
    ...(payment.takesBackId === null ? {} : { takesBack: { ref: refOf('payment', payment.takesBackId) } }),
  };
}

export const InvoiceList = z.strictObject({
  invoices: z.array(InvoiceRow),
  currency: z.string(),
  count: z.int(),
  totalIssued: z.string(),
  totalTax: z.string(),
  totalPaid: z.string(),
  totalOpen: z.string(),
  totalOverdue: z.string(),
  includesSamples: z.boolean(),
  samplesLeftOut,
  nextCursor: z.string().optional(),
});
export type InvoiceList = z.output<typeof InvoiceList>;

type ListFacts = {
  readonly invoices: readonly (InvoiceSummary & Standing)[];
  readonly totals: {
    readonly count: number;
    readonly issued: Total<'price'>;
    readonly tax: Total<'price'>;
    readonly paid: Total<'price'>;
    readonly open: Total<'price'>;
    readonly overdue: Total<'price'>;
    readonly includesSamples: boolean;
    readonly samplesLeftOut: boolean;
  };
  readonly nextCursor: string | null;
};

export function invoiceList({ invoices, totals, nextCursor }: ListFacts, account: Account): InvoiceList {
  return {
    invoices: invoices.map((invoice) => invoiceRow(invoice, account)),
    currency: account.currency,
    count: totals.count,
    totalIssued: shown(totals.issued, account),
    totalTax: shown(totals.tax, account),
    totalPaid: shown(totals.paid, account),
    totalOpen: shown(totals.open, account),
    totalOverdue: shown(totals.overdue, account),
    includesSamples: totals.includesSamples,
    ...leftOutMark(totals.samplesLeftOut),
    ...(nextCursor === null ? {} : { nextCursor }),
  };
}
