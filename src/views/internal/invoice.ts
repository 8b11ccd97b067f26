// Invoices as their owner sees them.
import type { Account } from '../../domain/account.ts';
import type { Invoice, InvoiceSummary } from '../../domain/invoice.ts';
import { fromTenThousandths, type Total, type Price } from '../../domain/money.ts';
import { lineTotal } from '../../domain/paper.ts';
import type { Payment, PaymentState } from '../../domain/payment.ts';
import { invoiceRef, refOf } from '../../domain/reference.ts';
import { LONGEST_NOTE } from '../../domain/room.ts';
import { cut } from '../../domain/text.ts';
import { isNotZero } from './strip.ts';
import {
  counted,
  leftOutOut,
  linesText,
  listed,
  moreText,
  namedOut,
  plain,
  sampleOut,
  sampleText,
  samplesText,
  shown,
  taxLinesOut,
  type Sent,
} from './words.ts';

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

type RowInWords = Pick<
  ReturnType<typeof invoiceRowOut>,
  'ref' | 'kind' | 'status' | 'issuedOn' | 'dueOn' | 'overdue' | 'payment'
> & {
  subtotal: string;
  tax: string;
  total: string;
  paid: string;
  credited: string;
  balance: string;
  sample?: true | undefined;
  creditFor?: string | undefined;
};

export function invoiceRowText(invoice: RowInWords): string {
  const kind = invoice.kind === 'standard' ? '' : `${plain(invoice.kind)}, `;
  const amount = isNotZero(invoice.tax) ? `${invoice.total} (${invoice.subtotal} + tax ${invoice.tax})` : invoice.total;
  const details = listed([
    amount,
    invoice.creditFor !== undefined && `for ${invoice.creditFor}`,
    invoice.issuedOn !== null && `issued ${invoice.issuedOn}`,
    invoice.payment === 'credited' && 'credited in full',
    invoice.payment === 'paid' && !isNotZero(invoice.balance) && 'paid',
    invoice.payment === 'paid' &&
      isNotZero(invoice.balance) &&
      `${invoice.balance.replace('-', '')} owed to the customer`,
    invoice.payment === 'partly_paid' && `${invoice.balance} still open`,
    (invoice.payment === 'unpaid' || invoice.payment === 'partly_paid') &&
      invoice.dueOn !== null &&
      `due ${invoice.dueOn}`,
    invoice.overdue && 'OVERDUE',
  ]);
  return `${invoice.ref}${sampleText(invoice)}: ${kind}${invoice.status}, ${details}`;
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

/** @param nextCursor leads on to the next lines and payments */
export function invoicePageText(invoice: InvoicePageOut, nextCursor?: string): string {
  const on = invoice.job === null ? '' : `, on ${invoice.job.ref} ${invoice.job.name}`;
  return [
    `${invoiceRowText(invoice)}. For ${invoice.customer.ref} ${invoice.customer.name}${on}.`,
    ...invoice.lines.map((line) => {
      const each = line.unitPrice === null ? 'price not known yet' : `${line.unitPrice} = ${line.amount}`;
      return `- ${line.description}: ${listed([`${line.quantity}`, line.unit], ' ')} × ${each}`;
    }),
    ...linesText(invoice, `get-invoice ${invoice.ref}`, nextCursor),
    `Subtotal ${invoice.subtotal}${invoice.taxLines.map(({ ratePercent, tax }) => `, tax ${ratePercent} % ${tax}`).join('')}, total ${invoice.total} ${invoice.currency}, balance ${invoice.balance}.`,
    ...invoice.payments.map((payment) => `- ${paymentText(payment)}`),
    ...((invoice.paymentCount ?? 0) > invoice.payments.length
      ? [`${invoice.payments.length} of ${counted(invoice.paymentCount ?? 0, 'payment')} shown here.`]
      : []),
    ...(isNotZero(invoice.credited) ? [`Credited ${invoice.credited}.`] : []),
    ...countedText(invoice),
    ...(invoice.status === 'draft' ? ['A draft: issue it with update-invoice, status issued.'] : []),
    ...(invoice.voidReason === null ? [] : [`Void since ${invoice.voidedOn ?? ''}: ${invoice.voidReason}`]),
    ...(invoice.notes === null
      ? []
      : [
          `Notes: ${nextCursor === undefined && invoice.lineCount !== undefined ? cut(invoice.notes, LONGEST_NOTE) : invoice.notes}`,
        ]),
  ].join('\n');
}

function countedText({ countsAgainst = [], extraWork }: InvoicePageOut): string[] {
  const against = countsAgainst.map(({ quote, amount }) => `${amount} against ${quote}`);
  const parts = extraWork === undefined || !isNotZero(extraWork) ? against : [...against, `${extraWork} is extra work`];
  return parts.length === 0 ? [] : [`Of this before tax, ${parts.join(', ')}.`];
}

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

export function paymentText(payment: Sent<ReturnType<typeof paymentOut>>): string {
  const details = listed([
    payment.paidOn,
    payment.method,
    payment.note,
    payment.voidReason !== null && `VOID: ${payment.voidReason}`,
  ]);
  return `${payment.ref}${sampleText(payment)} ${payment.kind}: ${payment.amount} (${details})`;
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

type ListInWords = {
  invoices: readonly (RowInWords & { customer: { name: string } })[];
  currency: string;
  count: number;
  totalIssued: string;
  totalOpen: string;
  totalOverdue: string;
  includesSamples: boolean;
  samplesLeftOut?: true | undefined;
  nextCursor?: string | undefined;
};

export function invoiceListText(list: ListInWords): string {
  if (list.count === 0) return 'No invoices match.';
  const overdue = isNotZero(list.totalOverdue) ? `, ${list.totalOverdue} of it overdue` : '';
  const more = list.nextCursor === undefined ? '' : `\n${moreText(list.invoices.length, list.count, list.nextCursor)}`;
  const rows = list.invoices.map((invoice) => `- ${invoiceRowText(invoice)}, ${invoice.customer.name}`);
  return `${counted(list.count, 'invoice')}${samplesText(list)}, issued ${list.totalIssued} ${list.currency} with tax, ${list.totalOpen} open${overdue}:\n${rows.join('\n')}${more}`;
}
