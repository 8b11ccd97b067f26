import { z } from 'zod';
import { done, NamedRef } from '../../views/shapes.ts';
import { updateJobExpense } from '../../services/jobs/expenses.ts';
import { expenseRow, ExpenseRow } from '../../views/internal/expense.ts';
import { profitOrHidden, profitFields } from '../../views/internal/profit-summary.ts';
import { changeOf, named } from '../../views/internal/format.ts';
import { line, phrase, toRecord } from '../../printers/blocks.ts';
import { expenseRowText } from '../../printers/expense.ts';
import { didLine } from '../../printers/format.ts';
import { profitSummaryBlocks } from '../../printers/profit-summary.ts';
import { OFFICE, UPDATE } from '../authority.ts';
import { BY_ROWS, defineTool } from '../define-tool.ts';
import { correctedExpense, flag, reference, refund } from '../fields.ts';

export const updateJobExpenseTool = defineTool({
  name: 'update-job-expense',
  title: 'Correct an expense',
  description:
    'Corrects, moves or removes an expense of a job or of overhead; coversLine: null uncovers. Old values stay in the history.',
  toolset: 'jobs',
  roles: OFFICE,
  costs: 'needed',
  annotations: UPDATE,
  needsJobs: true,
  feature: ({ receipt }) => (typeof receipt === 'string' ? 'files' : 'expenses'),
  input: z.strictObject({
    expense: reference,
    ...correctedExpense,
    refund,
    coversLine: reference.nullable().optional(),
    receipt: reference.nullable().optional().describe('F-9'),
    job: reference.optional().describe('moves it there'),
    overhead: flag.optional().describe('true: off its job'),
    remove: flag.optional(),
  }),
  output: z.strictObject({ ...done, expense: ExpenseRow.nullable(), job: NamedRef.nullable(), ...profitFields }),
  waits: BY_ROWS,
  writes: async (scope, input) => {
    const { expense, job, profitSummary, summary: did } = await updateJobExpense(scope, input);
    const out = expense === null ? null : expenseRow(expense, scope.account);
    return {
      did,
      change: changeOf(scope),
      expense: out,
      job: job === null ? null : named('job', job),
      ...(profitSummary === null ? { profit: null } : profitOrHidden(profitSummary, scope.account)),
    };
  },
  text: (output) => [
    didLine(output),
    ...(output.expense === null ? [] : [line(expenseRowText(output.expense))]),
    ...(output.profit === null || output.job === null
      ? []
      : profitSummaryBlocks(output.profit, phrase`${toRecord(output.job.ref)} now: `)),
  ],
});
