import { z } from 'zod';
import { addJobExpense } from '../../services/expenses.ts';
import { expenseOut, expenseRowText } from '../../views/internal/expense.ts';
import { profitOut, stripText } from '../../views/internal/strip.ts';
import { changeOf, didText, namedOut } from '../../views/internal/words.ts';
import { CREATE, defineTool } from '../define-tool.ts';
import { amount, category, date, done, expenseRow, name, named, profit, reference, shortText } from '../fields.ts';

export const addJobExpenseTool = defineTool({
  name: 'add-job-expense',
  title: 'Log a job expense',
  description:
    "Logs money spent on a job and answers with the job's new profit. Where the expense is what a quote line really cost (the shingles that were quoted), " +
    'say so with coversLine, or it counts on top of the planned cost. Amount is what it cost you, tax included unless you get it back.',
  toolset: 'jobs',
  annotations: CREATE,
  needsJobs: true,
  feature: 'expenses',
  input: z.strictObject({
    job: reference.describe('number (J-12) or words from its name'),
    description: shortText,
    amount: amount.describe('like 420 or "420.50"'),
    category,
    vendor: name.optional(),
    spentOn: date.optional().describe('YYYY-MM-DD; today if left out'),
    coversLine: reference.optional().describe('the quote line this is the real cost of: Q-31/2, or words from it'),
  }),
  output: z.strictObject({ ...done, expense: expenseRow, job: named, ...profit }),
  writes: async (scope, input) => {
    const { expense, job, strip } = await addJobExpense(scope, input);
    const out = expenseOut(expense, scope.account);
    const on = namedOut('job', job);
    const did = `Logged ${out.ref} ${out.description}, ${out.amount} ${scope.account.currency}, on ${on.ref} ${on.name}`;
    return { did, change: changeOf(scope), expense: out, job: on, ...profitOut(strip, scope.account) };
  },
  text: (output) =>
    `${didText(output)}\n${expenseRowText(output.expense)}${output.profit === null ? '' : `\n${output.job.ref} now: ${stripText(output.profit)}`}`,
});
