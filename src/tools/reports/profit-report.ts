import { z } from 'zod';
import { profitReport } from '../../services/account/reports.ts';
import { REPORTED_BY, usualKey } from '../../domain/period.ts';
import { reportOf, ProfitReport } from '../../views/internal/report.ts';
import { profitReportBlocks } from '../../printers/report.ts';
import { OFFICE, READ } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { cursor, date, includeSamples, jobStatus, limit, percent, reference } from '../fields.ts';
import { category } from '../../views/internal/money.ts';

export const profitReportTool = defineTool({
  name: 'profit-report',
  title: 'Profit report',
  description:
    'What the work made over a period or in all: "what did we make in March", "which jobs run thin", "which customers make the most", "the usual margin on storm repairs" (query). In a period cost follows billing. by category: costs only, planned and spent. by tax: sales tax by rate, billed and collected. Planned against actual of one kind, over many jobs: by job with category ("are we over on labor anywhere", "materials on my last three roofs").',
  toolset: 'reports',
  roles: OFFICE,
  costs: 'needed',
  annotations: READ,
  ofOverhead: true,
  needsJobs: true,
  feature: 'profit',
  input: z.strictObject({
    by: z.enum(REPORTED_BY).optional().describe('left out: month for a period, else job'),
    from: date.optional(),
    to: date.optional(),
    query: reference.optional().describe('words of the jobs: "storm repair"'),
    customer: reference.optional(),
    status: jobStatus.optional(),
    last: z.int().min(1).max(50).optional().describe('only the last of these, by day completed, else worked or billed'),
    category: category.optional().describe('with by job: planned and spent on it, most over plan first'),
    thinBelow: percent.optional().describe('margin in percent'),
    explain: z.boolean().optional(),
    includeSamples,
    limit,
    cursor,
  }),
  output: ProfitReport,
  reads: async (scope, input) =>
    reportOf(await profitReport(scope, { ...input, by: input.by ?? usualKey(input) }), scope.account),
  text: profitReportBlocks,
});
