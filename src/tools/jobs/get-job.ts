import { z } from 'zod';
import { JOB_SECTIONS } from '../../domain/sections.ts';
import { getJob } from '../../services/jobs/jobs.ts';
import { sectionsWithFlaws } from '../../services/site/showing.ts';
import { jobPage, JobPage } from '../../views/internal/job.ts';
import { jobPageBlocks } from '../../printers/job.ts';
import { OFFICE, READ } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { cursor, reference } from '../fields.ts';

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
  output: JobPage,
  reads: async (scope, input) => ({ page: await getJob(scope, input), account: scope.account }),
  render: async ({ page, account }, _, effects) => {
    const sections = await sectionsWithFlaws(effects, page.sections);
    return { output: jobPage({ ...page, sections }, account) };
  },
  text: jobPageBlocks,
});
