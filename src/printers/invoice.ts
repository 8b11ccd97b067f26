// Invoices and payments in words.
import { LONGEST_NOTE } from '../domain/room.ts';
import { cut } from '../domain/text.ts';
import type { InvoicePageOut, invoiceRow, paymentRow } from '../views/internal/invoice.ts';
import { plain, type Sent } from '../views/internal/format.ts';
import { isNotZero } from './profit-summary.ts';
import { counted, linesText, listed, moreText, samplesText, sampleText } from './format.ts';

type RowInWords = Pick<
  ReturnType<typeof invoiceRow>,
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

export function paymentText(payment: Sent<ReturnType<typeof paymentRow>>): string {
  const details = listed([
    payment.paidOn,
    payment.method,
    payment.note,
    payment.voidReason !== null && `VOID: ${payment.voidReason}`,
  ]);
  return `${payment.ref}${sampleText(payment)} ${payment.kind}: ${payment.amount} (${details})`;
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
