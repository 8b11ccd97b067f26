// The answers of the tools by name, typed from the same pieces that their output schemas are made of, so that a test
// that reads a field which no tool sends does not compile.
import type { CustomerDocument } from '../../src/views/customer/document.ts';
import type { AccountCard } from '../../src/views/internal/account.ts';
import type { AppointmentRow } from '../../src/views/internal/appointment.ts';
import type { CustomerCard } from '../../src/views/internal/customer.ts';
import type { ExpenseRow } from '../../src/views/internal/expense.ts';
import type { FileRow } from '../../src/views/internal/file.ts';
import type { ChangeEntry, ChangeList } from '../../src/views/internal/history.ts';
import type { InvoicePage, InvoiceRow, PaymentRow } from '../../src/views/internal/invoice.ts';
import type { JobCard, JobList } from '../../src/views/internal/job.ts';
import type { QuotePage, QuoteRow } from '../../src/views/internal/quote.ts';
import type { ReceivablesList } from '../../src/views/internal/receivables.ts';
import type { ProfitReport } from '../../src/views/internal/report.ts';
import type { Explanation, Plan, ProfitCard } from '../../src/views/internal/profit-summary.ts';
import type { WalkAndTalkDetails, WalkAndTalkRow } from '../../src/views/internal/walk-and-talk.ts';
import type { QuoteAnswer } from '../../src/views/internal/what-if.ts';
import type { Named } from '../../src/views/shapes.ts';
import { type Book, type BookOptions, openBook as openUntyped } from './book.ts';

export type ProfitSummary = ProfitCard;
type Account = AccountCard;
type Customer = CustomerCard;
type Quote = QuotePage;
type Invoice = InvoicePage;
type Expense = ExpenseRow;
export type Appointment = AppointmentRow;

type Profit = { readonly profit: ProfitSummary | null; readonly profitHidden?: 'plan' };
type Done = { readonly did: string; readonly change: number | null };
type Page = { readonly count: number; readonly nextCursor?: string };
type JobDetails = Omit<JobCard, 'billing' | 'profit' | 'profitHidden'> & {
  readonly description: string | null;
  readonly address: string | null;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly assignees: readonly { readonly name: string; readonly role: string }[];
};
type Activity = {
  readonly at: string;
  readonly entry: string;
  readonly text: string;
  readonly by: string;
  readonly through: string;
};

export type JobPage = JobDetails &
  Profit & {
    readonly billing: string;
    readonly plan: Plan;
    readonly quotes: readonly QuoteRow[];
    readonly invoices: readonly InvoiceRow[];
    readonly expenses: readonly Expense[];
    readonly activity: readonly Activity[];
    readonly files: readonly FileRow[];
    readonly appointments: readonly AppointmentRow[];
    readonly walkAndTalks: readonly WalkAndTalkRow[];
    readonly counts: {
      readonly quotes: number;
      readonly invoices: number;
      readonly expenses: number;
      readonly files: number;
      readonly appointments: number;
      readonly walkAndTalks: number;
      readonly activity: number;
    };
  };

/** Of one section of a page; the whole page has no section and no cursor. */
type OneSection = { readonly section?: string; readonly nextCursor?: string };

export type Answers = {
  'list-jobs': Page & {
    readonly jobs: readonly JobCard[];
    readonly totals: NonNullable<JobList['totals']> | null;
    readonly profitHidden?: 'plan';
  };
  'get-job': OneSection & { readonly job: JobPage; readonly explain?: Explanation };
  'create-job': Done & { readonly job: JobDetails };
  'update-job': Done & {
    readonly job: JobDetails;
    readonly stillTheQuote?: {
      readonly count: number;
      readonly profitMoreIfDone: string;
      readonly lines: readonly {
        readonly ref: string;
        readonly description: string;
        readonly counted: string;
        readonly spent: string | null;
        readonly ifDone: string;
      }[];
    };
  };
  'add-job-expense': Done & Profit & { readonly expense: Expense; readonly job: Named };
  'update-job-expense': Done & Profit & { readonly expense: Expense | null; readonly job: Named };
  'file-under-job': Done &
    Profit & {
      readonly job: Named | null;
      readonly left: readonly (Named & Profit)[];
      readonly moved: readonly { readonly ref: string; readonly from: string | null; readonly along?: true }[];
      readonly already: readonly string[];
      readonly cut: readonly { readonly expense: string; readonly line: string }[];
      readonly warnings: readonly string[];
    };
  'list-customers': Page & { readonly customers: readonly Customer[] };
  'get-customer': OneSection & {
    readonly customer: Customer & {
      readonly jobs?: readonly JobCard[];
      readonly jobCount?: number;
      readonly quotes: readonly QuoteRow[];
      readonly quoteCount: number;
      readonly invoices: readonly InvoiceRow[];
      readonly invoiceCount: number;
      readonly files: readonly FileRow[];
      readonly fileCount: number;
      readonly appointments: readonly AppointmentRow[];
      readonly appointmentCount: number;
      readonly walkAndTalks: readonly WalkAndTalkRow[];
      readonly walkAndTalkCount: number;
      readonly openBalance: string;
      readonly currency: string;
    };
  };
  'create-customer': Done & { readonly customer: Customer };
  'update-customer': Done & { readonly customer: Customer };
  'list-quotes': Page & { readonly quotes: readonly QuoteRow[]; readonly currency: string };
  'get-quote': { readonly quote: Quote; readonly whatIf?: NonNullable<QuoteAnswer['whatIf']> };
  'create-quote': Done & {
    readonly quote: Quote;
    readonly uncovered: readonly string[];
    readonly warnings: readonly string[];
  };
  'update-quote': Done & {
    readonly quote: Quote;
    readonly uncovered: readonly string[];
    readonly warnings: readonly string[];
  };
  'list-invoices': Page & {
    readonly invoices: readonly InvoiceRow[];
    readonly currency: string;
    readonly totalIssued: string;
    readonly totalOpen: string;
    readonly totalOverdue: string;
    readonly includesSamples: boolean;
  };
  'get-invoice': { readonly invoice: Invoice };
  'create-invoice': Done & { readonly invoice: Invoice; readonly warnings: readonly string[] };
  'update-invoice': Done & { readonly invoice: Invoice | null; readonly warnings: readonly string[] };
  'record-payment': Done & { readonly payment: PaymentRow; readonly invoice: Invoice };
  'get-document': { readonly document: CustomerDocument };
  'record-walk-and-talk': Done & { readonly walkAndTalk: WalkAndTalkDetails };
  'attach-file': Done & { readonly file: FileRow; readonly locationRemoved: boolean };
  'list-receivables': ReceivablesList;
  'profit-report': ProfitReport;
  search: { readonly results: readonly { readonly id: string; readonly title: string; readonly url: string }[] };
  fetch: {
    readonly id: string;
    readonly title: string;
    readonly text: string;
    readonly url: string;
    readonly metadata: { readonly kind: string; readonly fileName?: string; readonly mimeType?: string };
  };
  'list-appointments': Page & {
    readonly from: string;
    readonly to: string;
    readonly timeZone: string;
    readonly appointments: readonly Appointment[];
    readonly file?: string;
    readonly leftOut?: string;
  };
  'schedule-appointment': Done & { readonly appointment: Appointment; readonly warnings: readonly string[] };
  'update-appointment': Done & { readonly appointment: Appointment; readonly warnings: readonly string[] };
  'list-changes': ChangeList;
  'undo-change': Done & { readonly undone: ChangeEntry };
  'get-account': { readonly account: Account };
  'update-account': Done & { readonly account: Account; readonly kept: readonly string[]; readonly hiddenJobs: number };
};
export type ToolName = keyof Answers;

/** Asks a tool by name and returns its structured answer; fails where it answers with an error. */
export type Ask = <T extends ToolName>(tool: T, args?: object) => Promise<Answers[T]>;

export type TypedBook = Omit<Book, 'ok'> & {
  readonly ok: Ask;
  /** One call's structured answer beside its text. */
  both<T extends ToolName>(tool: T, args?: object): Promise<{ readonly answer: Answers[T]; readonly text: string }>;
};

export async function openBook(options: BookOptions = {}): Promise<TypedBook> {
  const book = await openUntyped(options);
  return {
    ...book,
    both: async (tool, args) => {
      const { content, structuredContent, isError } = await book.callWithYes(tool, args);
      const text = content.map((part) => part.text).join('\n');
      if (isError === true) throw new Error(`${tool} answered: ${text}`);
      return { answer: structuredContent as never, text };
    },
  };
}
