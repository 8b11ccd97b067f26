import { z } from 'zod';
import { done } from '../../views/shapes.ts';
import { updateJob } from '../../services/jobs/jobs.ts';
import { jobDetails, JobDetails } from '../../views/crew/work.ts';
import { changeOf } from '../../views/internal/format.ts';
import { line } from '../../printers/blocks.ts';
import { jobRowText } from '../../printers/crew-work.ts';
import { didLine } from '../../printers/format.ts';
import { CREATE, CREW } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { reference, text } from '../fields.ts';

export const updateJobTool = defineTool({
  name: 'update-job',
  variant: 'crew',
  title: 'Add a note to a job',
  description: 'Adds a note to a job you are on.',
  toolset: 'jobs',
  roles: CREW,
  costs: 'none',
  annotations: CREATE,
  needsJobs: true,
  feature: 'runJobs',
  input: z.strictObject({
    job: reference,
    note: text.describe('no clinical records: appointment times, superbills, invoices and receipts only'),
  }),
  output: z.strictObject({ ...done, job: JobDetails }),
  adds: () => true,
  writes: async (scope, input) => {
    const { job, assignees } = await updateJob(scope, input);
    const out = jobDetails(job, assignees);
    return { did: `${out.ref} ${out.name}: note added`, change: changeOf(scope), job: out };
  },
  text: (output) => [didLine(output), line(jobRowText(output.job))],
});
