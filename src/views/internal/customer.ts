// Customers as their owner sees them.
import type { Account, Seen } from '../../domain/account.ts';
import type { Customer } from '../../domain/customer.ts';
import { dayAt } from '../../domain/dates.ts';
import type { Job } from '../../domain/job.ts';
import type { Total } from '../../domain/money.ts';
import type { Strip } from '../../domain/profit.ts';
import { refOf } from '../../domain/reference.ts';
import type { CustomerSection, Section } from '../../domain/sections.ts';
import { jobCardOut, jobCardText } from './job.ts';
import { isNotZero } from './strip.ts';
import {
  listings,
  sectionsOut,
  sectionsText,
  sectionText,
  type Listing,
  type Sections,
  type SectionsOut,
} from './sections.ts';
import { LONGEST_NOTE } from '../../domain/room.ts';
import { cut } from '../../domain/text.ts';
import { counted, listed, moreText, namedOut, plain, sampleOut, sampleText, shown, type Sent } from './words.ts';

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
/** Beside others: the notes are cut. */
function customerInRow(customer: Customer, account: Account) {
  const out = customerOut(customer, account);
  return { ...out, notes: out.notes === null ? null : cut(out.notes, LONGEST_NOTE) };
}
type CustomerOut = Sent<ReturnType<typeof customerOut>>;

export function customerRowText(customer: Pick<CustomerOut, 'ref' | 'name'> & Sent<Partial<CustomerOut>>): string {
  return `${customer.ref} ${customer.name}${sampleText(customer)}: ${listed([plain(customer.stage ?? ''), customer.phone, customer.email, customer.address])}`;
}

export function customerListOut(
  list: { customers: readonly Customer[]; count: number; nextCursor: string | null },
  account: Account,
) {
  return {
    customers: list.customers.map((customer) => customerInRow(customer, account)),
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
  const more = list.nextCursor === undefined ? '' : `\n${moreText(list.customers.length, list.count, list.nextCursor)}`;
  return `${counted(list.count, 'customer')}:\n${list.customers.map((customer) => `- ${customerRowText(customer)}`).join('\n')}${more}`;
}

type History = {
  readonly customer: Customer;
  readonly sections: Sections & { readonly jobs?: Section<{ readonly job: Job; readonly strip: Strip }> };
  /** Null where one section was asked for. */
  readonly openBalance: Total<'price'> | null;
  /** Null on a template without jobs. */
  readonly jobCount: number | null;
  readonly section: CustomerSection | null;
  readonly nextCursor: string | null;
};

export function customerPageOut(history: History, account: Seen) {
  const { customer, sections, openBalance, jobCount, section, nextCursor } = history;
  const { jobs, quotes, invoices, files, appointments, walkAndTalks } = sections;
  const named = namedOut('customer', customer);
  return {
    customer: {
      ...(openBalance === null ? { ...named, ...sampleOut(customer.isSample) } : customerOut(customer, account)),
      ...(jobs && { jobs: jobs.rows.map((listed) => jobCardOut(listed, account)) }),
      ...(jobCount === null ? {} : { jobCount }),
      ...sectionsOut(sections, account, { alone: section !== null }),
      ...(quotes && { quoteCount: quotes.count }),
      ...(invoices && { invoiceCount: invoices.count }),
      ...(files && { fileCount: files.count }),
      ...(appointments && { appointmentCount: appointments.count }),
      ...(walkAndTalks && { walkAndTalkCount: walkAndTalks.count }),
      ...(openBalance === null ? {} : { openBalance: shown(openBalance, account) }),
      currency: account.currency,
    },
    ...(section === null ? {} : { section }),
    ...(nextCursor === null ? {} : { nextCursor }),
  };
}

type PageOut = {
  customer: Pick<CustomerOut, 'ref' | 'name'> &
    Sent<Partial<CustomerOut>> &
    SectionsOut & {
      jobs?: Parameters<typeof jobCardText>[0][] | undefined;
      openBalance?: string | undefined;
      currency: string;
    } & { [K in `${'job' | 'quote' | 'invoice' | 'file' | 'appointment' | 'walkAndTalk'}Count`]?: number | undefined };
  section?: CustomerSection | undefined;
  nextCursor?: string | undefined;
};

/** A paper that is filed nowhere is said to be so, where there are jobs that it could be filed under. */
export function customerPageText({ customer, section, nextCursor }: PageOut): string {
  const { jobs, jobCount, quoteCount, invoiceCount, fileCount, appointmentCount, openBalance, notes } = customer;
  const counts = {
    quotes: quoteCount,
    invoices: invoiceCount,
    files: fileCount,
    appointments: appointmentCount,
    'walk-and-talks': customer.walkAndTalkCount,
  };
  const onJob = ({ job }: { job: { ref: string } | null }) => {
    if (jobCount === undefined) return '';
    return job === null ? ', not filed under a job' : `, on ${job.ref}`;
  };
  const all: Listing[] = [
    ...(jobs === undefined ? [] : [{ name: 'jobs', title: 'Jobs', rows: jobs.map(jobCardText), count: jobCount ?? 0 }]),
    ...listings(customer, counts, onJob),
  ];
  const [only] = all;
  if (section !== undefined && only !== undefined)
    return sectionText(only, { first: `${customer.ref} ${customer.name}${sampleText(customer)}.`, nextCursor });
  const none = all.filter(({ rows }) => rows.length === 0).map(({ title }) => title.toLowerCase());
  const first = [
    `${customerRowText(customer)}. Customer since ${customer.since}.`,
    ...(openBalance !== undefined && isNotZero(openBalance) ? [`Owes ${openBalance} ${customer.currency}.`] : []),
    ...(typeof notes === 'string' ? [`Notes: ${cut(notes, 600)}`] : []),
    ...(none.length === 0 ? [] : [`No ${none.join(', no ')}.`]),
  ].join('\n');
  return [first, ...sectionsText(all, first.length, (name) => `get-customer with section: "${name}"`)].join('\n');
}
