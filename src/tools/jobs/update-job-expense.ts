import { z } from 'zod';
import { updateJobExpense } from '../../services/expenses.ts';
import { expenseOut, expenseRowText } from '../../views/internal/expense.ts';
import { profitOut, stripText } from '../../views/internal/strip.ts';
import { changeOf, didText, namedOut } from '../../views/internal/words.ts';
import { defineTool, VOID } from '../define-tool.ts';
import { amount, category, date, done, expenseRow, name, named, profit, reference, shortText } from '../fields.ts';

export const updateJobExpenseTool = defineTool({
  name: 'update-job-expense',
  title: 'Correct a job expense',
  description:
    'Corrects an expense, moves it to another job, says which quote line it covers (coversLine; null uncovers), or removes it. The old value stays in the history.',
  toolset: 'jobs',
  annotations: VOID,
  needsJobs: true,
  feature: 'expenses',
  input: z.strictObject({
    expense: reference.describe('number (E-88) or words from it'),
    description: shortText.optional(),
    amount: amount.optional(),
    category: category.optional(),
    vendor: name.nullable().optional(),
    spentOn: date.optional(),
    coversLine: reference.nullable().optional().describe('Q-31/2, or words from the line'),
    job: reference.optional().describe('the job to move it to'),
    remove: z.literal(true).optional(),
  }),
  output: z.strictObject({ ...done, expense: expenseRow.nullable(), job: named, ...profit }),
  writes: async (scope, input) => {
    const { expense, job, strip, did } = await updateJobExpense(scope, input);
    const out = expense === null ? null : expenseOut(expense, scope.account);
    return {
      did,
      change: changeOf(scope),
      expense: out,
      job: namedOut('job', job),
      ...profitOut(strip, scope.account),
    };
  },
  text: (output) =>
    [
      didText(output),
      ...(output.expense === null ? [] : [expenseRowText(output.expense)]),
      ...(output.profit === null ? [] : [`${output.job.ref} now: ${stripText(output.profit)}`]),
    ].join('\n'),
});
