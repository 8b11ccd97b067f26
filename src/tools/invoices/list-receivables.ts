import { z } from 'zod';
import { listReceivables } from '../../services/invoices/receivables.ts';
import { receivablesList, ReceivablesList } from '../../views/internal/receivables.ts';
import { receivablesBlocks } from '../../printers/receivables.ts';
import { OFFICE, READ } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { cursor, date, includeSamples, limit, reference } from '../fields.ts';

export const listReceivablesTool = defineTool({
  name: 'list-receivables',
  title: 'Who owes money',
  description:
    'Who owes money, how much and how late, now or as of a day: receivables by customer and age with phone and email, most overdue first.',
  toolset: 'invoices',
  roles: OFFICE,
  costs: 'none',
  annotations: READ,
  input: z.strictObject({
    customer: reference.optional(),
    asOf: date.optional().describe('as it stood at the end of that day'),
    explain: z.boolean().optional().describe('lists each open invoice, as reminders need'),
    includeSamples,
    limit,
    cursor,
  }),
  output: ReceivablesList,
  reads: async (scope, input) => receivablesList(await listReceivables(scope, input), scope.account),
  text: receivablesBlocks,
});
