import { z } from 'zod';
import { listJobsAlone } from '../../services/jobs/jobs.ts';
import { JobList, jobList } from '../../views/crew/work.ts';
import { jobListBlocks } from '../../printers/crew-work.ts';
import { CREW, READ } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { cursor, jobStatus, limit, reference } from '../fields.ts';

export const listJobsTool = defineTool({
  name: 'list-jobs',
  variant: 'crew',
  title: 'List jobs',
  description: 'The jobs you are on, newest first; query finds them by words.',
  toolset: 'jobs',
  roles: CREW,
  costs: 'none',
  annotations: READ,
  needsJobs: true,
  input: z.strictObject({ status: jobStatus.optional(), query: reference.optional(), limit, cursor }),
  output: JobList,
  reads: async (scope, input) => jobList(await listJobsAlone(scope, input)),
  text: jobListBlocks,
});
