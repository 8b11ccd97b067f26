import { z } from 'zod';
import { fileUnderJob } from '../../services/filing/filing.ts';
import { filing, Filing } from '../../views/internal/filing.ts';
import { changeOf } from '../../views/internal/format.ts';
import { filingBlocks } from '../../printers/filing.ts';
import { dueFields } from '../../views/internal/monthly-expense.ts';
import { OFFICE, UPDATE } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { anyReference, reference } from '../fields.ts';

const MOST_RECORDS = 50;

export const fileUnderJobTool = defineTool({
  name: 'file-under-job',
  title: 'File under a job',
  description:
    'Moves quotes, invoices, files, appointments, walk & talks under a job of their customer, or out of it, all or none. A quote takes its change orders, revisions and invoices along, an invoice its credits.',
  toolset: 'jobs',
  roles: OFFICE,
  costs: 'needed',
  annotations: UPDATE,
  needsJobs: true,
  input: z.strictObject({
    job: reference.nullable().describe('null takes out'),
    records: z.array(anyReference).min(1).max(MOST_RECORDS).describe('Q-31, INV-1043, F-9, A-4, W-3'),
  }),
  output: Filing.extend(dueFields),
  writes: async (scope, input) => ({
    ...filing(await fileUnderJob(scope, input), scope.account),
    change: changeOf(scope),
  }),
  text: filingBlocks,
});
