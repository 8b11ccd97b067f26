import { z } from 'zod';
import { getJob } from '../../services/jobs.ts';
import { jobPageOut, jobPageText } from '../../views/internal/job.ts';
import { defineTool, READ } from '../define-tool.ts';
import {
  billing,
  expenseRow,
  explanation,
  invoiceRow,
  jobDetails,
  plan,
  profit,
  quoteRow,
  reference,
} from '../fields.ts';

export const getJobTool = defineTool({
  name: 'get-job',
  title: 'Show a job',
  description:
    'One job in full: its profit, margin and plan by category, who is on it, quotes, invoices, expenses and activity. ' +
    'Answers "what\'s the profit on my roof replacement job?". With explain: true every figure lists the records behind it.',
  toolset: 'jobs',
  annotations: READ,
  needsJobs: true,
  input: z.strictObject({
    job: reference.describe('number (J-12) or words: "the Henderson roof"'),
    explain: z.boolean().optional(),
  }),
  output: z.strictObject({
    job: z.strictObject({
      ...jobDetails,
      billing,
      ...profit,
      plan,
      quotes: z.array(quoteRow),
      invoices: z.array(invoiceRow),
      expenses: z.array(expenseRow),
      activity: z.array(
        z.strictObject({ at: z.string(), entry: z.string(), text: z.string(), by: z.string(), through: z.string() }),
      ),
      counts: z.strictObject({ quotes: z.int(), invoices: z.int(), expenses: z.int(), activity: z.int() }),
    }),
    explain: explanation.optional(),
  }),
  reads: async (scope, input) => jobPageOut(await getJob(scope, input), scope.account),
  text: jobPageText,
});
