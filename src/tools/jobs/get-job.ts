import { z } from 'zod';
import { crewJob } from '../../services/crew/crew.ts';
import * as workBlocks from '../../printers/crew-work.ts';
import * as work from '../../views/crew/work.ts';
import { JOB_SECTIONS, CREW_SECTIONS } from '../../domain/sections.ts';
import { getJob } from '../../services/jobs/jobs.ts';
import { sectionsWithFlaws } from '../../services/site/showing.ts';
import { jobPage, JobPage } from '../../views/internal/job.ts';
import { jobPageBlocks } from '../../printers/job.ts';
import { dueFields } from '../../views/internal/monthly-expense.ts';
import { OFFICE, READ } from '../authority.ts';
import { defineTool, forCrew } from '../define-tool.ts';
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
  output: JobPage.extend(dueFields),
  reads: async (scope, input) => ({ page: await getJob(scope, input), account: scope.account }),
  render: async ({ page, account }, _, effects) => {
    const sections = await sectionsWithFlaws(effects, page.sections);
    return { output: jobPage({ ...page, sections }, account) };
  },
  text: jobPageBlocks,
  crew: forCrew({
    description:
      'One job you are on: where, when, who, photos, appointments, walk & talks, notes. section pages one part.',
    annotations: READ,
    input: z.strictObject({
      job: reference.describe('J-12 or words'),
      section: z.enum(CREW_SECTIONS).optional(),
      cursor,
    }),
    output: work.CrewJobPage,
    reads: async (scope, input) => ({ page: await crewJob(scope, input), account: scope.account }),
    render: async ({ page, account }, _, effects) => ({
      output: work.jobPage({ ...page, sections: await sectionsWithFlaws(effects, page.sections) }, account),
    }),
    text: workBlocks.pageBlocks,
  }),
});
