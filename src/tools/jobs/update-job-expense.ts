import { z } from 'zod';
import { done, NamedRef } from '../../views/shapes.ts';
import { meansMonthly, updateMonthly, type MonthlyPatch } from '../../services/jobs/monthly-changes.ts';
import { dueFields, monthlyRow, MonthlyRow } from '../../views/internal/monthly-expense.ts';
import { monthlyBlocks } from '../../printers/monthly-expense.ts';
import type { WriteContext } from '../../services/context.ts';
import { correctExpenses } from '../../services/jobs/linking.ts';
import { expenseRow, ExpenseRow } from '../../views/internal/expense.ts';
import { profitOrHidden, profitFields } from '../../views/internal/profit-summary.ts';
import { warning } from '../../views/message.ts';
import { changeOf, named } from '../../views/internal/format.ts';
import { line, note, phrase, row, toRecord } from '../../printers/blocks.ts';
import { expenseRowText } from '../../printers/expense.ts';
import { didLine } from '../../printers/format.ts';
import { jobFiguresBlocks } from '../../printers/forecast.ts';
import { OFFICE, UPDATE } from '../authority.ts';
import { BY_ROWS, defineTool } from '../define-tool.ts';
import { jobNowOf } from '../job-now.ts';
import { jobNowBlocks } from '../../printers/job-now.ts';
import { jobNowFields } from '../../views/internal/job-now.ts';
import { correctedExpense, date, flag, reference, refund } from '../fields.ts';

const MOST_LINKS = 50;
const links = z
  .array(z.strictObject({ expense: reference, coversLine: reference.nullable() }))
  .min(1)
  .max(MOST_LINKS);

export const updateJobExpenseTool = defineTool({
  name: 'update-job-expense',
  title: 'Correct an expense',
  description:
    'Corrects, moves or removes an expense of a job or of overhead; coversLine: null uncovers; links does it for several at once. With the number of a monthly expense (M-2) it changes what is booked from now on, its amount from a day (from); spentOn moves its next day, remove ends it. Old values stay in the history.',
  toolset: ['jobs', 'expenses'],
  roles: OFFICE,
  costs: 'needed',
  annotations: UPDATE,
  ofOverhead: true,
  needsJobs: true,
  feature: ({ receipt }) => (typeof receipt === 'string' ? 'files' : 'expenses'),
  input: z.strictObject({
    expense: reference.optional().describe('E-88, or M-2'),
    links: links.optional().describe('of several expenses, alone: [{ expense: "E-88", coversLine: "Q-31/2" }]'),
    ...correctedExpense,
    refund,
    coversLine: reference.nullable().optional(),
    receipt: reference.nullable().optional().describe('F-9'),
    job: reference.optional().describe('moves it there'),
    overhead: z.boolean().optional().describe('true: off its job'),
    from: date
      .nullable()
      .optional()
      .describe('of M-2: the day since when, or from when, it is amount; null: no change ahead'),
    until: date.nullable().optional().describe('of M-2: its last day; null: none'),
    remove: flag.optional(),
  }),
  output: z.strictObject({
    ...done,
    expense: ExpenseRow.nullable(),
    expenses: z.array(ExpenseRow).optional(),
    job: NamedRef.nullable(),
    warnings: z.array(warning).optional(),
    ...profitFields,
    ...jobNowFields,
    monthly: MonthlyRow.optional(),
    ...dueFields,
  }),
  waits: BY_ROWS,
  writes: async (scope, input) => {
    const { expense: one, links: several, ...patch } = input;
    if (one !== undefined && several === undefined && (await meansMonthly(scope, one)))
      return await monthlyUpdated(scope, { ...patch, expense: one });
    const { expense, expenses, job, figures, warnings, summary: did } = await correctExpenses(scope, input);
    const out = expense === null ? null : expenseRow(expense, scope.account);
    return {
      did,
      change: changeOf(scope),
      expense: out,
      ...(expenses === undefined ? {} : { expenses: expenses.map((each) => expenseRow(each, scope.account)) }),
      job: job === null ? null : named('job', job),
      ...(warnings.length === 0 ? {} : { warnings: [...warnings] }),
      ...(figures === null ? { profit: null, forecast: null } : profitOrHidden(figures, scope.account)),
      // Of the job that it came from.
      ...(await jobNowOf(scope, { job })),
    };
  },
  text: (output) => [
    didLine(output),
    ...(output.monthly === undefined ? [] : monthlyBlocks(output.monthly)),
    ...(output.expense === null
      ? []
      : [line(phrase`${expenseRowText(output.expense)}${output.job === null ? ', overhead' : ''}`)]),
    ...(output.expenses ?? []).map((each) => row(expenseRowText(each))),
    ...(output.warnings ?? []).map(note),
    ...(output.profit === null || output.job === null
      ? []
      : jobFiguresBlocks(output, phrase`${toRecord(output.job.ref)} now: `)),
    ...jobNowBlocks(output),
  ],
});

async function monthlyUpdated(scope: WriteContext, input: MonthlyPatch) {
  const { monthly, booked, summary: did } = await updateMonthly(scope, input);
  const rows = booked.map((each) => expenseRow(each, scope.account));
  const [first = null, ...others] = rows;
  return {
    ...{ did, change: changeOf(scope), job: null, profit: null, forecast: null },
    ...(others.length === 0 ? { expense: first } : { expense: null, expenses: rows }),
    monthly: monthlyRow(monthly, scope.account),
  };
}
