// Customers in words: the row, the list, the page.
import { plain } from '../domain/text.ts';
import type { Printed } from './catalogue.ts';
import type { CustomerCard, CustomerPage } from '../views/internal/customer.ts';
import { head, line, phrase, toPhone, toPlace, toRecord, words, type Block, type Link, type Phrase } from './blocks.ts';
import { jobOfCustomerText } from './job.ts';
import { isNotZero } from './profit-summary.ts';
import { listings, sectionBlocks, sectionsBlocks, type Listing } from './sections.ts';
import { joined, sampleText } from './format.ts';

/** One section of a page says only whose it is. */
type Row = Pick<Printed<CustomerPage>['customer'], keyof CustomerCard>;

export function customerRowText(customer: Row): Phrase {
  return phrase`${toRecord(customer.ref)} ${customer.name}${formerly(customer)}${sampleText(customer)}: ${reachOf(customer)}`;
}

function formerly({ formerNames = [] }: Row): Phrase {
  return formerNames.length === 0 ? '' : phrase` (formerly ${joined(formerNames)})`;
}

function reachOf({ stage, phone, email, address, ...others }: Row): Phrase {
  const { otherPhones = [], otherEmails = [], otherAddresses = [] } = others;
  const also = [...otherPhones.map(toPhone), ...otherEmails, ...otherAddresses];
  const main = [plain(stage ?? ''), reached(phone, toPhone), email, reached(address, toPlace)];
  return joined([...main, also.length === 0 ? null : phrase`also ${joined(also)}`]);
}

function reached(said: string | null | undefined, to: (words: string) => Link): Link | null {
  return typeof said === 'string' ? to(said) : null;
}

/** A paper that is filed nowhere is said to be so, where there are jobs that it could be filed under. */
export function customerPageBlocks({ customer, section, nextCursor }: Printed<CustomerPage>): Block[] {
  const { jobs, jobCount, quoteCount, invoiceCount, fileCount, appointmentCount, openBalance, notes } = customer;
  const counts = {
    quotes: quoteCount,
    invoices: invoiceCount,
    files: fileCount,
    appointments: appointmentCount,
    'walk-and-talks': customer.walkAndTalkCount,
  };
  const onJob = ({ job }: { job: { ref: string } | null }): Phrase => {
    if (jobCount === undefined) return '';
    return job === null ? ', not filed under a job' : phrase`, on ${toRecord(job.ref)}`;
  };
  const all: Listing[] = [
    ...(jobs === undefined
      ? []
      : [{ name: 'jobs', title: 'Jobs', rows: jobs.map(jobOfCustomerText), count: jobCount ?? 0 }]),
    ...listings(customer, counts, onJob),
  ];
  const [only] = all;
  if (section !== undefined && only !== undefined)
    return sectionBlocks(only, {
      first: [line(phrase`${toRecord(customer.ref)} ${customer.name}${sampleText(customer)}.`)],
      nextCursor,
    });
  const none = all.filter(({ rows }) => rows.length === 0).map(({ title }) => title.toLowerCase());
  const first = [
    head(
      phrase`${customer.ref} ${customer.name}${formerly(customer)}`,
      ': ',
      phrase`${reachOf(customer)}. Customer since ${customer.since ?? ''}.`,
      customer,
    ),
    ...(openBalance !== undefined && isNotZero(openBalance) ? [line(`Owes ${openBalance} ${customer.currency}.`)] : []),
    ...(typeof notes === 'string' ? [words('Notes', notes, 600)] : []),
    ...(none.length === 0 ? [] : [line(`No ${none.join(', no ')}.`)]),
  ];
  return [...first, ...sectionsBlocks(all, first, (name) => `get-customer with section: "${name}"`)];
}
