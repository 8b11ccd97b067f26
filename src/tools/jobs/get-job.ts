import { z } from 'zod';
import { JOB_SECTIONS } from '../../domain/sections.ts';
import { getJob } from '../../services/jobs.ts';
import { sectionsWithFlaws } from '../../services/showing.ts';
import { jobPageOut } from '../../views/internal/job.ts';
import { jobPageText } from '../../printers/job.ts';
import { OFFICE, READ } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import {
  billing,
  cursor,
  expenseRow,
  explanation,
  jobDetails,
  jobStatus,
  money,
  named,
  pageSections,
  plan,
  profit,
  reference,
} from '../fields.ts';

/** What all contracts of a job come to by now, and what of that is left; null without one. */
const contract = { leftToBill: money.nullable(), contract: money, toCredit: money };

const COUNTED = ['quotes', 'invoices', 'expenses', 'files', 'appointments', 'walkAndTalks', 'activity'] as const;

export const getJobTool = defineTool({
  name: 'get-job',
  title: 'Show a job',
  description:
    'One job in full: profit, margin, plan, people, quotes, invoices, expenses, files, appointments, notes. Answers "what\'s the profit on my roof job?". explain lists the records behind each figure; section pages one part.',
  toolset: 'jobs',
  roles: OFFICE,
  costs: 'where granted',
  annotations: READ,
  needsJobs: true,
  input: z.strictObject({
    job: reference.describe('J-12 or words'),
    explain: z.boolean().optional(),
    section: z.enum(JOB_SECTIONS).optional(),
    cursor,
  }),
  output: z.strictObject({
    job: z.strictObject({
      ...z.strictObject({ ...jobDetails, billing, ...contract, ...profit, plan }).partial().shape,
      ref: z.string(),
      name: z.string(),
      status: jobStatus,
      customer: named,
      ...pageSections,
      expenses: z.array(expenseRow).optional(),
      activity: z
        .array(
          z.strictObject({ at: z.string(), entry: z.string(), text: z.string(), by: z.string(), through: z.string() }),
        )
        .optional(),
      counts: z.partialRecord(z.enum(COUNTED), z.int()),
    }),
    explain: explanation.optional(),
    section: z.enum(JOB_SECTIONS).optional(),
    nextCursor: z.string().optional(),
  }),
  reads: async (scope, input) => ({ page: await getJob(scope, input), account: scope.account }),
  render: async ({ page, account }, _, outside) => {
    const sections = await sectionsWithFlaws(outside, page.sections);
    return { output: jobPageOut({ ...page, sections }, account) };
  },
  text: jobPageText,
});
