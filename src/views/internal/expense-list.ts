// Expenses over all jobs, as their owner sees them, and what they come to.
import { z } from 'zod';
import type { Account } from '../../domain/account.ts';
import type { Category, Expense } from '../../domain/cost.ts';
import { SPENT_BY, type SpentBy } from '../../domain/money-out.ts';
import type { Message } from '../../domain/message.ts';
import type { Total } from '../../domain/money.ts';
import { warning } from '../message.ts';
import { NamedRef, paged, sample, textOrNull } from '../shapes.ts';
import { category, money, samplesLeftOut } from './money.ts';
import { expenseRow, ExpenseRow } from './expense.ts';
import { leftOutMark, named, sampleMark, shown } from './format.ts';

type Spent = { readonly count: number; readonly spent: Total<'cost'> };
type Listed = Expense & { readonly customer: { readonly id: number; readonly name: string } };
type Facts = {
  readonly vendors: readonly string[] | null;
  readonly warnings: readonly Message[];
  readonly days: { readonly from: string | undefined; readonly to: string | undefined };
  readonly totals: {
    readonly count: number;
    readonly spent: Total<'cost'>;
    readonly byCategory: readonly (Spent & { readonly category: Category })[];
    readonly includesSamples: boolean;
    readonly samplesLeftOut: boolean;
  };
  readonly expenses: readonly Listed[];
  readonly sums: {
    readonly by: SpentBy;
    readonly rows: readonly (Spent & {
      readonly key: string | null;
      readonly name: string | null;
      readonly isSample: boolean;
    })[];
    readonly count: number;
  } | null;
  readonly nextCursor: string | null;
};

const spent = { expenses: z.int(), spent: money };

export const ExpenseList = z.strictObject({
  vendors: z.array(z.string()).optional(),
  from: textOrNull,
  to: textOrNull,
  expenses: z.array(z.strictObject({ ...ExpenseRow.shape, job: NamedRef, customer: NamedRef })),
  by: z.enum(SPENT_BY).optional(),
  sums: z.array(z.strictObject({ key: textOrNull, name: z.string().optional(), sample, ...spent })).optional(),
  sumCount: z.int().optional(),
  totals: z.strictObject({
    ...spent,
    byCategory: z.array(z.strictObject({ category, ...spent })),
    includesSamples: z.boolean(),
    samplesLeftOut,
  }),
  currency: z.string(),
  warnings: z.array(warning).optional(),
  ...paged,
});
export type ExpenseList = z.output<typeof ExpenseList>;

export function expenseList(
  { vendors, days, warnings, totals, expenses, sums, nextCursor }: Facts,
  account: Account,
): ExpenseList {
  const sum = (each: Spent) => ({ expenses: each.count, spent: shown(each.spent, account) });
  return {
    ...(vendors === null ? {} : { vendors: [...vendors] }),
    from: days.from ?? null,
    to: days.to ?? null,
    expenses: expenses.map((expense) => ({
      ...expenseRow(expense, account),
      job: named('job', expense.job),
      customer: named('customer', expense.customer),
    })),
    ...(sums === null
      ? {}
      : {
          by: sums.by,
          sums: sums.rows.map(({ key, name, isSample, ...each }) => ({
            key,
            ...(name === null ? {} : { name }),
            ...sampleMark(isSample),
            ...sum(each),
          })),
          sumCount: sums.count,
        }),
    totals: {
      ...sum(totals),
      byCategory: totals.byCategory.map((each) => ({ category: each.category, ...sum(each) })),
      includesSamples: totals.includesSamples,
      ...leftOutMark(totals.samplesLeftOut),
    },
    currency: account.currency,
    ...(warnings.length === 0 ? {} : { warnings: [...warnings] }),
    count: totals.count,
    ...(nextCursor === null ? {} : { nextCursor }),
  };
}
