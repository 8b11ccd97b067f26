import { z } from 'zod';
import { profitReport } from '../../services/account/reports.ts';
import { REPORTED_BY } from '../../domain/period.ts';
import { reportOf, ProfitReport } from '../../views/internal/report.ts';
import { profitReportBlocks } from '../../printers/report.ts';
import { OFFICE, READ } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { cursor, date, includeSamples, limit, percent } from '../fields.ts';

export const profitReportTool = defineTool({
  name: 'profit-report',
  title: 'Profit report',
  description:
    'What the work made over a period or in all: "what did we make in March", "which jobs run thin". In a period cost follows billing. category: costs only; tax: sales tax by rate, billed and collected.',
  toolset: 'reports',
  roles: OFFICE,
  costs: 'needed',
  annotations: READ,
  needsJobs: true,
  feature: 'profit',
  input: z.strictObject({
    by: z.enum(REPORTED_BY),
    from: date.optional(),
    to: date.optional(),
    thinBelow: percent.optional().describe('margin in percent'),
    explain: z.boolean().optional(),
    includeSamples,
    limit,
    cursor,
  }),
  output: ProfitReport,
  reads: async (scope, input) => reportOf(await profitReport(scope, input), scope.account),
  text: profitReportBlocks,
});
