// Customers as their owner sees them.
import { z } from 'zod';
import type { Account, VisibleAccount } from '../../domain/account.ts';
import type { Customer } from '../../domain/customer.ts';
import { dayAt } from '../../domain/dates.ts';
import type { Job } from '../../domain/job.ts';
import type { Total } from '../../domain/money.ts';
import type { JobFigures } from '../../domain/forecast.ts';
import { refOf } from '../../kinds/reference.ts';
import { LONGEST_NOTE } from '../../domain/room.ts';
import { type CustomerSection, type Section, CUSTOMER_SECTIONS } from '../../domain/sections.ts';
import { cut, linesIn } from '../../domain/text.ts';
import { sample, textOrNull } from '../shapes.ts';
import { jobCard, JobCard } from './job.ts';
import { sectionRows, type Sections, pageSections } from './sections.ts';
import { named, sampleMark, shown } from './format.ts';

const texts = z.array(z.string()).optional();

export const CustomerCard = z.strictObject({
  ref: z.string(),
  name: z.string(),
  sample,
  phone: textOrNull,
  email: textOrNull,
  address: textOrNull,
  stage: z.string(),
  notes: textOrNull,
  since: z.string(),
  formerNames: texts,
  otherPhones: texts,
  otherEmails: texts,
  otherAddresses: texts,
});
export type CustomerCard = z.output<typeof CustomerCard>;

export function customerCard(customer: Customer, account: Account): CustomerCard {
  const { formerNames, otherPhones, otherEmails, otherAddresses } = customer;
  return {
    ref: refOf('customer', customer.id),
    name: customer.name,
    ...sampleMark(customer.isSample),
    phone: customer.phone,
    email: customer.email,
    address: customer.address,
    stage: customer.stage,
    notes: customer.notes,
    since: dayAt(customer.createdAt, account.timeZone),
    ...(formerNames === null ? {} : { formerNames: linesIn(formerNames) }),
    ...(otherPhones === null ? {} : { otherPhones: linesIn(otherPhones) }),
    ...(otherEmails === null ? {} : { otherEmails: linesIn(otherEmails) }),
    ...(otherAddresses === null ? {} : { otherAddresses: linesIn(otherAddresses) }),
  };
}
/** Beside others: the notes are cut. */
export function customerInRow(customer: Customer, account: Account): CustomerCard {
  const out = customerCard(customer, account);
  return { ...out, notes: out.notes === null ? null : cut(out.notes, LONGEST_NOTE) };
}

const count = z.int().optional();

export const CustomerPage = z.strictObject({
  customer: z.strictObject({
    ...CustomerCard.partial().shape,
    ref: z.string(),
    name: z.string(),
    jobs: z.array(JobCard).optional(),
    jobCount: count,
    ...pageSections,
    quoteCount: count,
    invoiceCount: count,
    fileCount: count,
    appointmentCount: count,
    walkAndTalkCount: count,
    openBalance: z.string().optional(),
    currency: z.string(),
  }),
  section: z.enum(CUSTOMER_SECTIONS).optional(),
  nextCursor: z.string().optional(),
});
export type CustomerPage = z.output<typeof CustomerPage>;

type History = {
  readonly customer: Customer;
  readonly sections: Sections & {
    readonly jobs?: Section<{ readonly job: Job; readonly figures: JobFigures }>;
  };
  /** Null where one section was asked for. */
  readonly openBalance: Total<'price'> | null;
  /** Null on a template without jobs. */
  readonly jobCount: number | null;
  readonly section: CustomerSection | null;
  readonly nextCursor: string | null;
};

export function customerPage(history: History, account: VisibleAccount): CustomerPage {
  const { customer, sections, openBalance, jobCount, section, nextCursor } = history;
  const { jobs, quotes, invoices, files, appointments, walkAndTalks } = sections;
  return {
    customer: {
      ...(openBalance === null
        ? { ...named('customer', customer), ...sampleMark(customer.isSample) }
        : customerCard(customer, account)),
      ...(jobs && { jobs: jobs.rows.map((listed) => jobCard(listed, account)) }),
      ...(jobCount === null ? {} : { jobCount }),
      ...sectionRows(sections, account, { alone: section !== null }),
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
