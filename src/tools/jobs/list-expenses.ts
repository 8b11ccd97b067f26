import { z } from 'zod';
import { SPENT_BY } from '../../domain/money-out.ts';
import { listExpenses } from '../../services/jobs/list-expenses.ts';
import { expenseList, ExpenseList } from '../../views/internal/expense-list.ts';
import { category } from '../../views/internal/money.ts';
import { expenseListBlocks } from '../../printers/expense-list.ts';
import { OFFICE, READ } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { cursor, date, forWhom, includeSamples, limit, reference } from '../fields.ts';

export const listExpensesTool = defineTool({
  name: 'list-expenses',
  title: 'List expenses',
  description:
    'Money out, over all jobs and overhead: what was paid to a vendor, for a category ("subs in October"), on a job or customer; expenses without a receipt. Newest first, with the sum of all that match; with by, sums by vendor, category, job, customer or month instead. from and to are days spent.',
  toolset: 'expenses',
  roles: OFFICE,
  costs: 'needed',
  annotations: READ,
  ofOverhead: true,
  needsJobs: true,
  feature: 'expenses',
  input: z.strictObject({
    vendor: reference.optional().describe('words of its name'),
    category: category.optional(),
    ...forWhom,
    from: date.optional(),
    to: date.optional(),
    query: reference.optional().describe('words'),
    hasReceipt: z.boolean().optional(),
    covering: z.boolean().optional().describe('a quote line, or none'),
    overhead: z.boolean().optional().describe('true: on no job, also what comes every month; false: on jobs'),
    by: z.enum(SPENT_BY).optional(),
    includeSamples,
    limit,
    cursor,
  }),
  output: ExpenseList,
  reads: async (scope, { covering: covers, ...input }) =>
    expenseList(await listExpenses(scope, { ...input, covers }), scope.account),
  text: expenseListBlocks,
});
