// Invoices and payments in words.
import { BOUNCED } from '../domain/payment.ts';
import { plain } from '../domain/text.ts';
import { LONGEST_NOTE } from '../domain/room.ts';
import type { InvoiceList, InvoicePage, InvoiceRow, PaymentRow } from '../views/internal/invoice.ts';
import type { PaymentList } from '../views/internal/payment-list.ts';
import { head, line, next, phrase, row, said, toRecord, words, type Block, type Phrase } from './blocks.ts';
import { isNotZero } from './profit-summary.ts';
import {
  counted,
  joined,
  listBlocks,
  listed,
  moreLines,
  NOT_KNOWN_YET,
  onJob,
  samplesText,
  sampleText,
} from './format.ts';

export function invoiceRowText(invoice: InvoiceRow): Phrase {
  return phrase`${toRecord(invoice.ref)}${sampleText(invoice)}: ${standingOf(invoice)}`;
}

function standingOf(invoice: InvoiceRow): Phrase {
  const kind = invoice.kind === 'standard' ? '' : `${plain(invoice.kind)}, `;
  const amount = isNotZero(invoice.tax) ? `${invoice.total} (${invoice.subtotal} + tax ${invoice.tax})` : invoice.total;
  const isOpen = invoice.payment === 'unpaid' || invoice.payment === 'partly_paid';
  const details = joined([
    amount,
    invoice.creditFor !== undefined && phrase`for ${toRecord(invoice.creditFor)}`,
    invoice.issuedOn !== null && `issued ${invoice.issuedOn}`,
    invoice.payment === 'credited' && 'credited in full',
    invoice.payment === 'paid' && !isNotZero(invoice.balance) && 'paid',
    invoice.payment === 'paid' &&
      isNotZero(invoice.balance) &&
      `${invoice.balance.replace('-', '')} owed to the customer`,
    isOpen && invoice.balance !== invoice.total && `${invoice.balance} still open`,
    isOpen && invoice.dueOn !== null && `due ${invoice.dueOn}`,
    invoice.overdue && 'OVERDUE',
  ]);
  return phrase`${kind}${invoice.status}, ${details}`;
}

/** @param nextCursor leads on to the next lines and payments */
export function invoicePageBlocks(invoice: InvoicePage, nextCursor?: string): Block[] {
  return [
    head(invoice.ref, ': ', phrase`${standingOf(invoice)}. ${whoseOf(invoice)}`, invoice),
    ...contentsOf(invoice, nextCursor),
  ];
}

/** A payment on its own, and the invoice that it is on. */
export function paymentPageBlocks(payment: PaymentRow, invoice: InvoicePage): Block[] {
  return [
    head(payment.ref, ' ', phrase`${aboutPayment(payment)}, on:`, payment),
    line(phrase`${invoiceRowText(invoice)}. ${whoseOf(invoice)}`),
    ...contentsOf(invoice, undefined),
  ];
}

function whoseOf({ customer, job }: InvoicePage): Phrase {
  return phrase`For ${toRecord(customer.ref)} ${customer.name}${onJob({ job })}.`;
}

function contentsOf(invoice: InvoicePage, nextCursor: string | undefined): Block[] {
  return [
    ...invoice.lines.map(({ description, quantity, unit, unitPrice, amount }) => {
      const each = unitPrice === null ? NOT_KNOWN_YET : `${unitPrice} = ${amount}`;
      return row(`${description}: ${listed([`${quantity}`, unit], ' ')} × ${each}`);
    }),
    ...moreLines(invoice, `get-invoice ${invoice.ref}`, nextCursor),
    line(
      `Subtotal ${invoice.subtotal}${invoice.taxLines.map(({ ratePercent, tax }) => `, tax ${ratePercent} % ${tax}`).join('')}, total ${invoice.total} ${invoice.currency}, balance ${invoice.balance}.`,
    ),
    ...invoice.payments.map((payment) => row(paymentText(payment))),
    ...((invoice.paymentCount ?? 0) > invoice.payments.length
      ? [line(`${invoice.payments.length} of ${counted(invoice.paymentCount ?? 0, 'payment')} shown here.`)]
      : []),
    ...(invoice.madeOutTo === undefined ? [] : [words('Made out to', invoice.madeOutTo)]),
    ...(isNotZero(invoice.credited) ? [line(`Credited ${invoice.credited}.`)] : []),
    ...countedBlocks(invoice),
    ...(invoice.status === 'draft' ? [next('A draft: issue it with update-invoice, status issued.')] : []),
    ...(invoice.voidReason === null ? [] : [words(`Void since ${invoice.voidedOn ?? ''}`, invoice.voidReason)]),
    ...(invoice.notes === null
      ? []
      : [
          words(
            'Notes',
            invoice.notes,
            nextCursor === undefined && invoice.lineCount !== undefined ? LONGEST_NOTE : Infinity,
          ),
        ]),
  ];
}

function countedBlocks({ countsAgainst = [], extraWork }: InvoicePage): Block[] {
  const against = countsAgainst.map(({ quote, amount }) => phrase`${amount} against ${toRecord(quote)}`);
  const parts = extraWork === undefined || !isNotZero(extraWork) ? against : [...against, `${extraWork} is extra work`];
  return parts.length === 0 ? [] : [line(phrase`Of this before tax, ${joined(parts)}.`)];
}

/** What a list of many knows besides: what took it back. */
type Listed = PaymentRow & Pick<PaymentList['payments'][number], 'bounced'>;

export function paymentText(payment: Listed): Phrase {
  return phrase`${toRecord(payment.ref)}${sampleText(payment)} ${aboutPayment(payment)}`;
}

function aboutPayment(payment: Listed): Phrase {
  // A bounce is a refund in the books, and no money that was given back.
  const hasBounced = payment.kind === 'refund' && payment.method === BOUNCED;
  const details = joined([
    payment.paidOn,
    hasBounced ? payment.takesBack?.method : payment.method,
    payment.takesBack !== undefined && phrase`takes back ${toRecord(payment.takesBack.ref)}`,
    payment.note !== null && said(payment.note),
    payment.voidReason !== null && phrase`VOID: ${said(payment.voidReason)}`,
    payment.bounced !== undefined && phrase`bounced ${payment.bounced.on} as ${toRecord(payment.bounced.ref)}`,
  ]);
  return phrase`${hasBounced ? BOUNCED : payment.kind}: ${payment.amount} (${details})`;
}

/** Beside others of any customer and job. */
export function invoiceInListText(invoice: InvoiceRow): Phrase {
  return phrase`${invoiceRowText(invoice)}, ${invoice.customer.name}${onJob(invoice)}`;
}

export function invoiceListBlocks(list: InvoiceList): Block[] {
  const overdue = isNotZero(list.totalOverdue) ? `, ${list.totalOverdue} of it overdue` : '';
  const tax = isNotZero(list.totalTax) ? `, ${list.totalTax} of it tax` : '';
  const about = `${samplesText(list)}, issued ${list.totalIssued} ${list.currency}${tax}, ${list.totalPaid} paid, ${list.totalOpen} open${overdue}`;
  return listBlocks('invoice', list.invoices.map(invoiceInListText), { ...list, about });
}
