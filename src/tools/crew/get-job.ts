import { z } from 'zod';
import { CREW_SECTIONS, crewJob } from '../../services/crew.ts';
import { withFlaws } from '../../services/showing.ts';
import { pageOut } from '../../views/crew/work.ts';
import { pageText } from '../../printers/crew-work.ts';
import { CREW, READ } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { cursor, reference } from '../fields.ts';
import { fileRow, jobDetails, visit, walkRow } from './fields.ts';

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
  output: z.strictObject({
    job: z.strictObject({
      ...jobDetails.shape,
      customer: z.strictObject({ name: z.string(), phone: z.string().nullable() }),
      address: z.string().nullable(),
      files: z.array(fileRow),
      appointments: z.array(visit),
      walkAndTalks: z.array(walkRow),
      activity: z.array(z.strictObject({ at: z.string(), entry: z.string(), text: z.string(), by: z.string() })),
      more: z.array(z.enum(CREW_SECTIONS)),
    }),
    nextCursor: z.string().optional(),
  }),
  reads: async (scope, input) => ({ page: await crewJob(scope, input), account: scope.account }),
  render: async ({ page, account }, _, outside) => ({
    output: pageOut({ ...page, files: await withFlaws(outside, page.files) }, account),
  }),
  text: pageText,
});
