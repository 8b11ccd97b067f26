// Expenses over all jobs, as their owner sees them, and what they come to.
import { z } from 'zod';
import type { Account } from '../../domain/account.ts';
import type { Category, Expense } from '../../domain/cost.ts';
import { SPENT_BY, type SpentBy } from '../../domain/money-out.ts';
import type { Message } from '../../domain/message.ts';
import { total, type Total } from '../../domain/money.ts';
import type { MonthlyExpense } from '../../domain/monthly-expense.ts';
import { warning } from '../message.ts';
import { NamedRef, paged, sample, textOrNull } from '../shapes.ts';
import { category, money, samplesLeftOut } from './money.ts';
import { expenseRow, ExpenseRow } from './expense.ts';
import { dueFields, monthlyRow, MonthlyRow } from './monthly-expense.ts';
import { leftOutMark, named, shown } from './format.ts';
import { sumFields, type SumsBy } from './sums.ts';

type Spent = {
  readonly count: number;
  readonly spent: Total<'cost'>;
  readonly returned: Total<'cost'>;
  readonly reclaimable: Total<'cost'>;
};
type Listed = Expense & { readonly customer: { readonly id: number; readonly name: string } | null };
type Facts = {
  readonly vendors: readonly string[] | null;
  readonly warnings: readonly Message[];
  readonly days: { readonly from: string | undefined; readonly to: string | undefined };
  readonly totals: Spent & {
    readonly byCategory: readonly (Spent & { readonly category: Category })[];
    readonly includesSamples: boolean;
    readonly samplesLeftOut: boolean;
  };
  readonly expenses: readonly Listed[];
  readonly perhapsPlanned: ReadonlyMap<number, readonly string[]>;
  readonly sums: SumsBy<SpentBy, Spent>;
  readonly monthly: readonly MonthlyExpense[];
  readonly nextCursor: string | null;
};

/** Paid, less what suppliers gave back; the cost is that without the tax that one gets back. */
const spent = {
  expenses: z.int(),
  spent: money,
  returned: money.optional(),
  reclaimableTax: money.optional(),
  cost: money.optional(),
};

export const ExpenseList = z.strictObject({
  vendors: z.array(z.string()).optional(),
  from: textOrNull,
  to: textOrNull,
  expenses: z.array(
    z.strictObject({
      ...ExpenseRow.shape,
      job: NamedRef.nullable(),
      customer: NamedRef.nullable(),
      /** It counts on top of these lines, and may be what is planned there. */
      mayBePlannedIn: z.array(z.string()).optional(),
    }),
  ),
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
  /** Overhead that goes on coming every month. */
  monthly: z.array(MonthlyRow).optional(),
  ...dueFields,
  ...paged,
});
export type ExpenseList = z.output<typeof ExpenseList>;

export function expenseList(
  { vendors, days, warnings, totals: all, expenses, perhapsPlanned, sums, monthly, nextCursor }: Facts,
  account: Account,
): ExpenseList {
  const sum = (each: Spent) => ({
    expenses: each.count,
    spent: shown(each.spent, account),
    ...(each.returned === 0n ? {} : { returned: shown(each.returned, account) }),
    ...(each.reclaimable === 0n
      ? {}
      : {
          reclaimableTax: shown(each.reclaimable, account),
          cost: shown(total<'cost'>(each.spent - each.reclaimable), account),
        }),
  });
  return {
    ...(vendors === null ? {} : { vendors: [...vendors] }),
    from: days.from ?? null,
    to: days.to ?? null,
    expenses: expenses.map((expense) => ({
      ...expenseRow(expense, account),
      job: expense.job === null ? null : named('job', expense.job),
      customer: expense.customer === null ? null : named('customer', expense.customer),
      ...plannedMark(perhapsPlanned.get(expense.id) ?? []),
    })),
    ...sumFields(sums, sum),
    totals: {
      ...sum(all),
      byCategory: all.byCategory.map((each) => ({ category: each.category, ...sum(each) })),
      includesSamples: all.includesSamples,
      ...leftOutMark(all.samplesLeftOut),
    },
    currency: account.currency,
    ...(warnings.length === 0 ? {} : { warnings: [...warnings] }),
    ...(monthly.length === 0 ? {} : { monthly: monthly.map((each) => monthlyRow(each, account)) }),
    count: all.count,
    ...(nextCursor === null ? {} : { nextCursor }),
  };
}

const MOST_LINES = 3;

function plannedMark(lines: readonly string[]) {
  return lines.length === 0 ? {} : { mayBePlannedIn: lines.slice(0, MOST_LINES) };
}
