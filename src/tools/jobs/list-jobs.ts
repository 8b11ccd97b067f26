import { z } from 'zod';
import * as workBlocks from '../../printers/crew-work.ts';
import * as work from '../../views/crew/work.ts';
import { JOB_SORTS, STANDINGS } from '../../domain/job.ts';
import { jobList, JobList } from '../../views/internal/job.ts';
import { jobListBlocks } from '../../printers/job.ts';
import { dueFields } from '../../views/internal/monthly-expense.ts';
import { OFFICE, READ } from '../authority.ts';
import { defineTool, forCrew } from '../define-tool.ts';
import { billing, cursor, flag, includeSamples, jobStatus, limit, reference } from '../fields.ts';
import { listJobs, listJobsAlone } from '../../services/jobs/list-jobs.ts';

export const listJobsTool = defineTool({
  name: 'list-jobs',
  title: 'List jobs',
  description:
    'Jobs (projects) with profit, margin and billing of each, and totals over all that match: "which jobs run thin", "what is still to bill", "what is done and not billed" (doneNotBilled; create-invoice restOf bills them at once). margin and profit sort lowest first, with - highest.',
  toolset: 'jobs',
  roles: OFFICE,
  costs: 'where granted',
  annotations: READ,
  needsJobs: true,
  input: z.strictObject({
    status: jobStatus.optional(),
    billing: billing.optional(),
    standing: z.enum(STANDINGS).optional(),
    doneNotBilled: flag.optional().describe('completed, with something still to bill'),
    customer: reference.optional(),
    query: reference.optional(),
    assignee: reference.optional(),
    sort: z.enum(JOB_SORTS).optional(),
    includeSamples,
    limit,
    cursor,
  }),
  output: JobList.extend(dueFields),
  reads: async (scope, input) => jobList(await listJobs(scope, input), scope.account),
  text: jobListBlocks,
  crew: forCrew({
    description: 'The jobs you are on, newest first; query finds them by words.',
    annotations: READ,
    input: z.strictObject({ status: jobStatus.optional(), query: reference.optional(), limit, cursor }),
    output: work.CrewJobList,
    reads: async (scope, input) => work.jobList(await listJobsAlone(scope, input)),
    text: workBlocks.jobListBlocks,
  }),
});
