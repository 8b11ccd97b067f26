// Customers as their owner sees them.
import type { Account } from '../../domain/account.ts';
import type { Customer } from '../../domain/customer.ts';
import { dayAt } from '../../domain/dates.ts';
import type { InvoiceSummary } from '../../domain/invoice.ts';
import type { Job } from '../../domain/job.ts';
import type { Price } from '../../domain/money.ts';
import type { PaymentState } from '../../domain/payment.ts';
import type { Strip } from '../../domain/profit.ts';
import type { QuoteSummary } from '../../domain/quote.ts';
import { refOf } from '../../domain/reference.ts';
import { TEMPLATES } from '../../domain/templates.ts';
import { invoiceRowOut, invoiceRowText } from './invoice.ts';
import { jobCardOut, jobCardText } from './job.ts';
import { quoteRowOut, quoteRowText } from './quote.ts';
import { isNotZero } from './strip.ts';
import { counted, listed, plain, sampleOut, sampleText, shown, type Sent } from './words.ts';

export function customerOut(customer: Customer, account: Account) {
  return {
    ref: refOf('customer', customer.id),
    name: customer.name,
    ...sampleOut(customer.isSample),
    phone: customer.phone,
    email: customer.email,
    address: customer.address,
    stage: customer.stage,
    notes: customer.notes,
    since: dayAt(customer.createdAt, account.timeZone),
  };
}
type CustomerOut = Sent<ReturnType<typeof customerOut>>;

export function customerRowText(customer: CustomerOut): string {
  return `${customer.ref} ${customer.name}${sampleText(customer)}: ${listed([plain(customer.stage), customer.phone, customer.email, customer.address])}`;
}

export function customerListOut(
  list: { customers: readonly Customer[]; count: number; nextCursor: string | null },
  account: Account,
) {
  return {
    customers: list.customers.map((customer) => customerOut(customer, account)),
    count: list.count,
    ...(list.nextCursor === null ? {} : { nextCursor: list.nextCursor }),
  };
}

export function customerListText(list: {
  customers: CustomerOut[];
  count: number;
  nextCursor?: string | undefined;
}): string {
  if (list.count === 0) return 'No customers match.';
  const more =
    list.nextCursor === undefined ? '' : `\n${list.customers.length} shown of ${list.count}; the rest with cursor.`;
  return `${counted(list.count, 'customer')}:\n${list.customers.map((customer) => `- ${customerRowText(customer)}`).join('\n')}${more}`;
}

type History = {
  readonly customer: Customer;
  readonly jobs: readonly { readonly job: Job; readonly strip: Strip }[];
  readonly jobCount: number;
  readonly quotes: readonly QuoteSummary[];
  readonly quoteCount: number;
  readonly invoices: readonly (InvoiceSummary & { payment: PaymentState | null; overdue: boolean })[];
  readonly invoiceCount: number;
  readonly openBalance: Price;
};

export function customerPageOut(history: History, account: Account) {
  const withJobs = TEMPLATES[account.template].jobs;
  return {
    customer: {
      ...customerOut(history.customer, account),
      ...(withJobs
        ? { jobs: history.jobs.map((listed) => jobCardOut(listed, account)), jobCount: history.jobCount }
        : {}),
      quotes: history.quotes.map((quote) => quoteRowOut(quote, account)),
      quoteCount: history.quoteCount,
      invoices: history.invoices.map((invoice) => invoiceRowOut(invoice, account)),
      invoiceCount: history.invoiceCount,
      openBalance: shown(history.openBalance, account),
      currency: account.currency,
    },
  };
}

type CustomerPageOut = Sent<ReturnType<typeof customerPageOut>>;

export function customerPageText({ customer }: CustomerPageOut): string {
  const section = (title: string, rows: readonly string[], count: number, tool: string) =>
    rows.length === 0
      ? `No ${title}.`
      : `${title}:\n${rows.map((row) => `- ${row}`).join('\n')}${rows.length < count ? `\n- and ${count - rows.length} more: ${tool} with customer ${customer.ref}` : ''}`;
  return [
    `${customerRowText(customer)}. Customer since ${customer.since}.`,
    ...(isNotZero(customer.openBalance) ? [`Owes ${customer.openBalance} ${customer.currency}.`] : []),
    ...(customer.notes === null ? [] : [`Notes: ${customer.notes}`]),
    ...(customer.jobs === undefined
      ? []
      : [section('jobs', customer.jobs.map(jobCardText), customer.jobCount ?? 0, 'list-jobs')]),
    section('quotes', customer.quotes.map(quoteRowText), customer.quoteCount, 'list-quotes'),
    section('invoices', customer.invoices.map(invoiceRowText), customer.invoiceCount, 'list-invoices'),
  ].join('\n');
}
