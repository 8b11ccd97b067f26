import { z } from 'zod';
import { done } from '../../views/shapes.ts';
import { createJob } from '../../services/jobs/jobs.ts';
import { jobDetails, JobDetails } from '../../views/internal/job.ts';
import { changeOf } from '../../views/internal/format.ts';
import { didLine } from '../../printers/format.ts';
import { CREATE, OFFICE } from '../authority.ts';
import { BY_ROWS, defineTool } from '../define-tool.ts';
import { assignees, date, jobStatus, name, newCustomer, reference, shortText, text } from '../fields.ts';
import { jobDetailsBlocks, startedBlocks } from '../../printers/job.ts';
import { says } from '../../domain/message.ts';

export const createJobTool = defineTool({
  name: 'create-job',
  title: 'Start a job',
  description: 'Starts a job (project) for a customer, or with newCustomer for a new one.',
  toolset: 'jobs',
  roles: OFFICE,
  costs: 'none',
  annotations: CREATE,
  needsJobs: true,
  feature: 'runJobs',
  input: z.strictObject({
    customer: reference.optional(),
    newCustomer: z.strictObject(newCustomer).optional(),
    name,
    description: text.optional(),
    address: shortText.optional(),
    status: jobStatus.optional(),
    startsOn: date.optional(),
    endsOn: date.optional(),
    assignees: assignees.optional(),
    note: text.optional().describe('no clinical records'),
  }),
  output: z.strictObject({ ...done, job: JobDetails, soldOnNoJob: z.array(z.string()).optional() }),
  waits: BY_ROWS,
  writes: async (scope, input) => {
    const { job, assignees: people, notes, soldOnNoJob } = await createJob(scope, input);
    const out = jobDetails(job, people);
    return {
      did: says('log.started', { ref: out.ref, name: out.name, customer: out.customer, besides: notes }),
      change: changeOf(scope),
      job: out,
      ...(soldOnNoJob.length === 0 ? {} : { soldOnNoJob: [...soldOnNoJob] }),
    };
  },
  text: (output) => [didLine(output), ...jobDetailsBlocks(output.job), ...startedBlocks(output)],
});
