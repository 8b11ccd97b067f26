import { byWhom } from '../shapes.ts';
import { z } from 'zod';
import { AppointmentRow, appointmentInRow } from './appointment.ts';
import { FileRow, fileRow } from './file.ts';
import { InvoiceRow, invoiceRow } from './invoice.ts';
import { QuoteRow, quoteRow } from './quote.ts';
import { WalkAndTalkRow, walkAndTalkRow } from './walk-and-talk.ts';

// The sections of a job's and a customer's page, as data.
import type { VisibleAccount } from '../../domain/account.ts';
import type { Appointment } from '../../domain/appointment.ts';
import type { Expense } from '../../domain/cost.ts';
import { wallClock } from '../../domain/dates.ts';
import type { StoredFile } from '../../domain/file.ts';
import type { InvoiceSummary } from '../../domain/invoice.ts';
import type { Activity } from '../../domain/job.ts';
import type { PaymentState } from '../../domain/payment.ts';
import type { QuoteSummary } from '../../domain/quote.ts';
import type { Section } from '../../domain/sections.ts';
import type { WalkAndTalkSummary } from '../../domain/walk-and-talk.ts';
import { ExpenseRow, expenseRow } from './expense.ts';
import { LONGEST_NOTE } from '../../domain/room.ts';
import { cut } from '../../domain/text.ts';
import { said, shortened } from '../message.ts';
export type Sections = {
  readonly quotes?: Section<QuoteSummary>;
  readonly invoices?: Section<InvoiceSummary & { payment: PaymentState | null; overdue: boolean }>;
  readonly expenses?: Section<Expense>;
  readonly files?: Section<StoredFile>;
  readonly appointments?: Section<Appointment>;
  readonly walkAndTalks?: Section<WalkAndTalkSummary>;
  readonly activity?: Section<Activity>;
};

/** A job's log has no other place: its section shows notes whole. */
const LONGEST_ENTRY = 10_000;

/** The sections that a job's page and a customer's have in common; one asked for on its own stands alone. */
export const pageSections = {
  quotes: z.array(QuoteRow).optional(),
  invoices: z.array(InvoiceRow).optional(),
  files: z.array(FileRow).optional(),
  appointments: z.array(AppointmentRow).optional(),
  walkAndTalks: z.array(WalkAndTalkRow).optional(),
};
/** All of a job's. */
export const jobSectionFields = {
  ...pageSections,
  expenses: z.array(ExpenseRow).optional(),
  activity: z
    .array(z.strictObject({ at: z.string(), entry: z.string(), text: said, by: z.string(), through: z.string() }))
    .optional(),
};
const SectionRows = z.strictObject(jobSectionFields);
export type SectionRows = z.output<typeof SectionRows>;

/** The rows of the sections that are there. */
export function sectionRows(sections: Sections, account: VisibleAccount, { alone }: { alone: boolean }): SectionRows {
  const short = (text: string | null) => (text === null ? null : cut(text, LONGEST_NOTE));
  const { quotes, invoices, expenses, files, appointments, walkAndTalks, activity } = sections;
  return {
    ...(quotes && { quotes: quotes.rows.map((quote) => quoteRow(quote, account)) }),
    ...(invoices && { invoices: invoices.rows.map((invoice) => invoiceRow(invoice, account)) }),
    ...(expenses && { expenses: expenses.rows.map((expense) => expenseRow(expense, account)) }),
    ...(files && { files: files.rows.map((file) => fileRow(file, account)) }),
    ...(appointments && {
      appointments: appointments.rows.map((each) => appointmentInRow(each, account)),
    }),
    ...(walkAndTalks && {
      walkAndTalks: walkAndTalks.rows.map((each) => {
        const out = walkAndTalkRow(each, account);
        return { ...out, summary: short(out.summary) };
      }),
    }),
    ...(activity && {
      activity: activity.rows.map(({ at, entry, text, by, through }) => ({
        at: wallClock(at, account.timeZone),
        entry,
        text: shortened(text, alone ? LONGEST_ENTRY : LONGEST_NOTE),
        by: byWhom(by, account),
        through,
      })),
    }),
  };
}
