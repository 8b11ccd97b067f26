import { z } from 'zod';
import { listReceivables } from '../../services/receivables.ts';
import { receivablesOut, receivablesText } from '../../views/internal/receivables.ts';
import { defineTool, READ } from '../define-tool.ts';
import { cursor, limit, receivablesAnswer, reference } from '../fields.ts';

export const listReceivablesTool = defineTool({
  name: 'list-receivables',
  title: 'Who owes money',
  description:
    'Who owes money and how late it is, by customer and age, most overdue first, with totals over everybody; what is owed back to customers stands apart.',
  toolset: 'invoices',
  annotations: READ,
  input: z.strictObject({
    customer: reference.optional().describe('number (C-7) or name'),
    explain: z.boolean().optional().describe('true: the invoices behind each figure'),
    limit,
    cursor,
  }),
  output: receivablesAnswer,
  reads: async (scope, input) => receivablesOut(await listReceivables(scope, input), scope.account),
  text: receivablesText,
});
