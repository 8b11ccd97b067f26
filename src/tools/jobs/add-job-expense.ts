import { z } from 'zod';
import { done, NamedRef } from '../../views/shapes.ts';
import { addJobExpense } from '../../services/jobs/expenses.ts';
import { expenseRow, ExpenseRow } from '../../views/internal/expense.ts';
import { dueFields } from '../../views/internal/monthly-expense.ts';
import { profitOrHidden, profitFields } from '../../views/internal/profit-summary.ts';
import { warning } from '../../views/message.ts';
import { changeOf, named } from '../../views/internal/format.ts';
import { line, note, phrase, toRecord } from '../../printers/blocks.ts';
import { expenseRowText } from '../../printers/expense.ts';
import { didLine } from '../../printers/format.ts';
import { jobFiguresBlocks } from '../../printers/forecast.ts';
import { CREATE, OFFICE } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { newExpense, reference, refund } from '../fields.ts';
import { says } from '../../domain/message.ts';

export const addJobExpenseTool = defineTool({
  name: 'add-job-expense',
  title: 'Log a job expense',
  description:
    "Logs an expense of a job (materials, labor, a receipt, a subcontractor's bill); answers with its new profit. Where it is what a quoted line really cost, give coversLine, or it counts on top of the plan. Amount as paid, with tax; reclaimableTax is the part of it you get back. A return to the supplier: refund: true.",
  toolset: ['jobs', 'expenses'],
  roles: OFFICE,
  costs: 'needed',
  annotations: CREATE,
  needsJobs: true,
  feature: ({ receipt }) => (typeof receipt === 'string' ? 'files' : 'expenses'),
  input: z.strictObject({
    job: reference,
    ...newExpense,
    refund,
    coversLine: reference.optional().describe('Q-31/2 or words'),
    receipt: reference.optional().describe('F-9'),
  }),
  output: z.strictObject({
    ...done,
    expense: ExpenseRow,
    job: NamedRef,
    warnings: z.array(warning).optional(),
    ...profitFields,
    ...dueFields,
  }),
  writes: async (scope, input) => {
    const { expense, job, figures, warnings } = await addJobExpense(scope, input);
    const out = expenseRow(expense, scope.account);
    const on = named('job', job);
    const { ref, description, category } = out;
    const amount = `${out.amount} ${scope.account.currency}`;
    const isRefund = out.refund === true;
    const did = says('log.expense-logged', { expense: ref, description, amount, category, on, isRefund });
    const notes = warnings.length === 0 ? {} : { warnings: [...warnings] };
    return {
      ...{ did, change: changeOf(scope), expense: out, job: on },
      ...notes,
      ...profitOrHidden(figures, scope.account),
    };
  },
  text: (output) => [
    didLine(output),
    line(expenseRowText(output.expense)),
    ...(output.warnings ?? []).map(note),
    ...(output.profit === null ? [] : jobFiguresBlocks(output, phrase`${toRecord(output.job.ref)} now: `)),
  ],
});
