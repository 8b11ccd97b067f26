import { z } from 'zod';
import { updateJob } from '../../services/jobs.ts';
import { jobDetailsOut, jobDetailsText } from '../../views/internal/job.ts';
import { changeOf, didText } from '../../views/internal/words.ts';
import { defineTool, UPDATE } from '../define-tool.ts';
import { assignees, date, done, jobDetails, jobStatus, name, reference, shortText, text } from '../fields.ts';

export const updateJobTool = defineTool({
  name: 'update-job',
  title: 'Update a job',
  description: "Changes a job's status, details, dates or people, or adds a note. assignees replaces all; [] clears.",
  toolset: 'jobs',
  annotations: UPDATE,
  needsJobs: true,
  feature: 'runJobs',
  input: z.strictObject({
    job: reference,
    name: name.optional(),
    description: text.nullable().optional(),
    address: shortText.nullable().optional(),
    status: jobStatus.optional(),
    startsOn: date.nullable().optional(),
    endsOn: date.nullable().optional(),
    assignees: assignees.optional(),
    note: text.optional().describe('no clinical records: appointment times, superbills, invoices and receipts only'),
  }),
  output: z.strictObject({ ...done, job: z.strictObject(jobDetails) }),
  adds: ({ note }) => note !== undefined,
  writes: async (scope, input) => {
    const { job, assignees: people, changed } = await updateJob(scope, input);
    const out = jobDetailsOut(job, people);
    const did = changed.length === 0 ? `${out.ref} is so already` : `${out.ref} ${out.name}: ${changed.join('; ')}`;
    return { did, change: changeOf(scope), job: out };
  },
  text: (output) => `${didText(output)}\n${jobDetailsText(output.job)}`,
});
