import { z } from 'zod';
import { done, NamedRef } from '../../views/shapes.ts';
import { addExpenses } from '../../services/jobs/many-expenses.ts';
import { expenseRow, ExpenseRow } from '../../views/internal/expense.ts';
import { dueFields, monthlyRow, MonthlyRow } from '../../views/internal/monthly-expense.ts';
import { profitOrHidden, profitFields } from '../../views/internal/profit-summary.ts';
import { money } from '../../views/internal/money.ts';
import { warning } from '../../views/message.ts';
import { changeOf, named, shown } from '../../views/internal/format.ts';
import { line, phrase, row, toRecord } from '../../printers/blocks.ts';
import { expenseRowText } from '../../printers/expense.ts';
import { monthlyBlocks } from '../../printers/monthly-expense.ts';
import { didLine } from '../../printers/format.ts';
import { figuresInShort } from '../../printers/forecast.ts';
import { CREATE, OFFICE } from '../authority.ts';
import { defineTool } from '../define-tool.ts';
import { date, flag, MOST_EXPENSES, newExpense, reference, refund } from '../fields.ts';

export const addExpensesTool = defineTool({
  name: 'add-expenses',
  title: 'Log several expenses',
  description:
    'Logs several expenses at once (a pile of receipts), each on a job, or as overhead: what the business costs beside its jobs, such as rent, phone, insurance. monthly: overhead that books itself every month on the day of spentOn, until a day where one is given; earlier months since spentOn are booked now. All or none. For one on a job: add-job-expense.',
  toolset: 'expenses',
  roles: OFFICE,
  costs: 'needed',
  annotations: CREATE,
  needsJobs: true,
  ofOverhead: true,
  feature: ({ expenses }) => (expenses.some(({ receipt }) => typeof receipt === 'string') ? 'files' : 'expenses'),
  input: z.strictObject({
    expenses: z
      .array(
        z.strictObject({
          job: reference.optional().describe('or overhead'),
          overhead: flag.optional(),
          ...newExpense,
          refund,
          coversLine: reference.optional().describe('Q-31/2 or words'),
          receipt: reference.optional().describe('F-9'),
          monthly: flag.optional(),
          until: date.optional().describe('last day of monthly'),
        }),
      )
      .min(1)
      .max(MOST_EXPENSES),
  }),
  output: z.strictObject({
    ...done,
    expenses: z.array(ExpenseRow.extend({ job: NamedRef.nullable() })),
    monthly: z.array(MonthlyRow).optional(),
    total: money,
    currency: z.string(),
    warnings: z.array(warning).optional(),
    jobs: z.array(z.strictObject({ ...NamedRef.shape, ...profitFields })),
    ...dueFields,
  }),
  writes: async (scope, input) => {
    const { account } = scope;
    const { expenses, monthly, jobs, total, warnings, summary: did } = await addExpenses(scope, input);
    return {
      did,
      change: changeOf(scope),
      expenses: expenses.map((expense) => ({
        ...expenseRow(expense, account),
        job: expense.job === null ? null : named('job', expense.job),
      })),
      ...(monthly.length === 0 ? {} : { monthly: monthly.map((each) => monthlyRow(each, account)) }),
      total: shown(total, account),
      currency: account.currency,
      ...(warnings.length === 0 ? {} : { warnings: [...warnings] }),
      jobs: jobs.map(({ job, figures }) => ({ ...named('job', job), ...profitOrHidden(figures, account) })),
    };
  },
  text: ({ expenses, monthly = [], jobs, warnings = [], ...output }) => [
    didLine(output),
    ...expenses.map((expense) =>
      row(
        phrase`${expenseRowText(expense)}, ${expense.job === null ? 'overhead' : phrase`on ${toRecord(expense.job.ref)}`}`,
      ),
    ),
    ...monthly.flatMap(monthlyBlocks),
    ...warnings.map((each) => line(each)),
    ...jobs.flatMap(({ ref, name, profit, standing, forecast }) =>
      profit === null
        ? []
        : [
            line(phrase`${toRecord(ref)} ${name} now: ${figuresInShort({ profit, standing, forecast })}`),
            ...profit.warnings.map(({ message }) => line(message)),
          ],
    ),
  ],
});
