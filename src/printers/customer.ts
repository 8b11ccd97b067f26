// Customers in words: the row, the list, the page.
import type { CustomerSection } from '../domain/sections.ts';
import { cut } from '../domain/text.ts';
import type { CustomerOut } from '../views/internal/customer.ts';
import type { SectionsOut } from '../views/internal/sections.ts';
import { plain, type Sent } from '../views/internal/format.ts';
import { jobCardText } from './job.ts';
import { type Listing, listings, sectionsText, sectionText } from './sections.ts';
import { isNotZero } from './profit-summary.ts';
import { counted, listed, moreText, sampleText } from './format.ts';

export function customerRowText(customer: Pick<CustomerOut, 'ref' | 'name'> & Sent<Partial<CustomerOut>>): string {
  return `${customer.ref} ${customer.name}${sampleText(customer)}: ${listed([plain(customer.stage ?? ''), customer.phone, customer.email, customer.address])}`;
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
