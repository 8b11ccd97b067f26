import { z } from 'zod';
import { CREW_SECTIONS } from '../../domain/sections.ts';
import { crewJob } from '../../services/crew/crew.ts';
import { sectionsWithFlaws } from '../../services/site/showing.ts';
import { jobPage, JobPage } from '../../views/crew/work.ts';
import { pageBlocks } from '../../printers/crew-work.ts';
import { CREW, READ } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { cursor, reference } from '../fields.ts';

export const getJobTool = defineTool({
  name: 'get-job',
  variant: 'crew',
  title: 'Show a job',
  description:
    'One job you are on: where, when, who, photos, appointments, walk & talks, notes. section pages one part.',
  toolset: 'jobs',
  roles: CREW,
  costs: 'none',
  annotations: READ,
  needsJobs: true,
  input: z.strictObject({
    job: reference.describe('J-12 or words'),
    section: z.enum(CREW_SECTIONS).optional(),
    cursor,
  }),
  output: JobPage,
  reads: async (scope, input) => ({ page: await crewJob(scope, input), account: scope.account }),
  render: async ({ page, account }, _, effects) => ({
    output: jobPage({ ...page, sections: await sectionsWithFlaws(effects, page.sections) }, account),
  }),
  text: pageBlocks,
});
