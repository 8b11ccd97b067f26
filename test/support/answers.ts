// The answers of the tools by name, typed from the same pieces that their output schemas are made of, so that a test
// that reads a field which no tool sends does not compile.
import type { z } from 'zod';
import type {
  accountCard,
  walkAndTalkRow,
  appointmentRow,
  customerCard,
  customerDocument,
  expenseRow,
  fileRow,
  explanation,
  changeEntry,
  historyAnswer,
  invoicePage,
  invoiceRow,
  jobCard,
  named,
  paymentRow,
  profitReportAnswer,
  plan,
  quotePage,
  quoteRow,
  receivablesAnswer,
  profitSummary,
  totals,
  walkAndTalkDetails,
  whatIf,
} from '../../src/tools/fields.ts';
import { type Book, type BookOptions, openBook as openUntyped } from './book.ts';

export type ProfitSummary = z.output<typeof profitSummary>;
type Named = z.output<typeof named>;
type Account = z.output<typeof accountCard>;
type Customer = z.output<typeof customerCard>;
type JobCard = z.output<typeof jobCard>;
type Quote = z.output<typeof quotePage>;
type QuoteRow = z.output<typeof quoteRow>;
type Invoice = z.output<typeof invoicePage>;
type InvoiceRow = z.output<typeof invoiceRow>;
type Expense = z.output<typeof expenseRow>;
export type Appointment = z.output<typeof appointmentRow>;

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
    readonly plan: z.output<typeof plan>;
    readonly quotes: readonly QuoteRow[];
    readonly invoices: readonly InvoiceRow[];
    readonly expenses: readonly Expense[];
    readonly activity: readonly Activity[];
    readonly files: readonly z.output<typeof fileRow>[];
    readonly appointments: readonly z.output<typeof appointmentRow>[];
    readonly walkAndTalks: readonly z.output<typeof walkAndTalkRow>[];
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
    readonly totals: z.output<typeof totals> | null;
    readonly profitHidden?: 'plan';
  };
  'get-job': OneSection & { readonly job: JobPage; readonly explain?: z.output<typeof explanation> };
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
      readonly files: readonly z.output<typeof fileRow>[];
      readonly fileCount: number;
      readonly appointments: readonly z.output<typeof appointmentRow>[];
      readonly appointmentCount: number;
      readonly walkAndTalks: readonly z.output<typeof walkAndTalkRow>[];
      readonly walkAndTalkCount: number;
      readonly openBalance: string;
      readonly currency: string;
    };
  };
  'create-customer': Done & { readonly customer: Customer };
  'update-customer': Done & { readonly customer: Customer };
  'list-quotes': Page & { readonly quotes: readonly QuoteRow[]; readonly currency: string };
  'get-quote': { readonly quote: Quote; readonly whatIf?: z.output<typeof whatIf> };
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
  'record-payment': Done & { readonly payment: z.output<typeof paymentRow>; readonly invoice: Invoice };
  'get-document': { readonly document: z.output<typeof customerDocument> };
  'record-walk-and-talk': Done & { readonly walkAndTalk: z.output<typeof walkAndTalkDetails> };
  'attach-file': Done & { readonly file: z.output<typeof fileRow>; readonly locationRemoved: boolean };
  'list-receivables': z.output<typeof receivablesAnswer>;
  'profit-report': z.output<typeof profitReportAnswer>;
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
  'list-changes': z.output<typeof historyAnswer>;
  'undo-change': Done & { readonly undone: z.output<typeof changeEntry> };
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
