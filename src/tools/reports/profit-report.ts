import { z } from 'zod';
import { profitReport } from '../../services/reports.ts';
import { REPORT_KEYS } from '../../domain/period.ts';
import { profitReportOut, profitReportText } from '../../views/internal/report.ts';
import { defineTool, READ } from '../define-tool.ts';
import { cursor, date, limit, percent, profitReportAnswer } from '../fields.ts';

export const profitReportTool = defineTool({
  name: 'profit-report',
  title: 'Profit report',
  description:
    'What the work made, over whole jobs or a period, with totals over everything: "what did we make in March", "which customers pay off", "which jobs run thin". ' +
    'Over a period cost of work follows billing; what is not billed yet stands apart. category: costs only.',
  toolset: 'reports',
  annotations: READ,
  needsJobs: true,
  feature: 'profit',
  input: z.strictObject({
    by: z.enum(REPORT_KEYS),
    from: date.optional(),
    to: date.optional(),
    thinBelow: percent.optional().describe('lists billed jobs with a margin under this percentage'),
    explain: z.boolean().optional().describe('true: the records behind each row'),
    limit,
    cursor,
  }),
  output: profitReportAnswer,
  reads: async (scope, input) => profitReportOut(await profitReport(scope, input), scope.account),
  text: profitReportText,
});
