// Every tool there is, in the order in which they are listed.
import type { z } from 'zod';
import type { Printed } from '../printers/catalogue.ts';
import { getAccountTool } from './account/get-account.ts';
import { updateAccountTool } from './account/update-account.ts';
import { createCustomerTool } from './customers/create-customer.ts';
import { getCustomerTool } from './customers/get-customer.ts';
import { listCustomersTool } from './customers/list-customers.ts';
import { mergeCustomersTool } from './customers/merge-customers.ts';
import { updateCustomerTool } from './customers/update-customer.ts';
import type { Tool } from './define-tool.ts';
import { listChangesTool } from './history/list-changes.ts';
import { undoChangeTool } from './history/undo-change.ts';
import { createInvoiceTool } from './invoices/create-invoice.ts';
import { getDocumentTool } from './invoices/get-document.ts';
import { getInvoiceTool } from './invoices/get-invoice.ts';
import { listInvoicesTool } from './invoices/list-invoices.ts';
import { listPaymentsTool } from './invoices/list-payments.ts';
import { listReceivablesTool } from './invoices/list-receivables.ts';
import { recordPaymentTool } from './invoices/record-payment.ts';
import { updateInvoiceTool } from './invoices/update-invoice.ts';
import { addExpensesTool } from './jobs/add-expenses.ts';
import { addJobExpenseTool } from './jobs/add-job-expense.ts';
import { createJobTool } from './jobs/create-job.ts';
import { fileUnderJobTool } from './jobs/file-under-job.ts';
import { listExpensesTool } from './jobs/list-expenses.ts';
import { getJobTool } from './jobs/get-job.ts';
import { listJobsTool } from './jobs/list-jobs.ts';
import { updateJobExpenseTool } from './jobs/update-job-expense.ts';
import { updateJobTool } from './jobs/update-job.ts';
import { createQuoteTool } from './quotes/create-quote.ts';
import { getQuoteTool } from './quotes/get-quote.ts';
import { listQuotesTool } from './quotes/list-quotes.ts';
import { updateQuoteTool } from './quotes/update-quote.ts';
import { profitReportTool } from './reports/profit-report.ts';
import { fetchTool } from './search/fetch.ts';
import { searchTool } from './search/search.ts';
import { recordWalkAndTalkTool } from './site/record-walk-and-talk.ts';
import { attachFileTool } from './site/attach-file.ts';
import { listAppointmentsTool } from './site/list-appointments.ts';
import { scheduleAppointmentTool } from './site/schedule-appointment.ts';
import { updateAppointmentTool } from './site/update-appointment.ts';

const LISTED = [
  listJobsTool,
  getJobTool,
  createJobTool,
  updateJobTool,
  addJobExpenseTool,
  addExpensesTool,
  updateJobExpenseTool,
  listExpensesTool,
  fileUnderJobTool,
  listCustomersTool,
  getCustomerTool,
  createCustomerTool,
  updateCustomerTool,
  mergeCustomersTool,
  listQuotesTool,
  getQuoteTool,
  createQuoteTool,
  updateQuoteTool,
  listInvoicesTool,
  getInvoiceTool,
  createInvoiceTool,
  updateInvoiceTool,
  recordPaymentTool,
  listPaymentsTool,
  getDocumentTool,
  listAppointmentsTool,
  scheduleAppointmentTool,
  updateAppointmentTool,
  attachFileTool,
  recordWalkAndTalkTool,
  listReceivablesTool,
  profitReportTool,
  listChangesTool,
  undoChangeTool,
  searchTool,
  fetchTool,
  getAccountTool,
  updateAccountTool,
] satisfies readonly Tool[];
export const TOOLS: readonly Tool[] = LISTED;

type AnswersOf<T extends { readonly name: string; readonly output: z.ZodType }> = {
  [Each in T as Each['name']]: Printed<z.output<Each['output']>>;
};
/** What each tool answers with, as it is sent. */
export type Answers = AnswersOf<(typeof LISTED)[number]>;

/** Of a tool that crew have as well, their own answer. */
type CrewsOf<T> = T extends { readonly name: infer N; readonly crew: { readonly output: infer O } | null }
  ? [O] extends [never]
    ? never
    : { readonly name: N; readonly output: O }
  : never;
export type CrewAnswers = AnswersOf<CrewsOf<(typeof LISTED)[number]>>;
