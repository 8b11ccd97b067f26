// Overhead that comes every month, as its owner sees it, and what it has booked of itself.
import { z } from 'zod';
import type { Account } from '../../domain/account.ts';
import { cost, type Cost } from '../../domain/cost.ts';
import { hasEnded, paidOn, waitsFor, type MonthlyExpense } from '../../domain/monthly-expense.ts';
import { refOf } from '../../kinds/reference.ts';
import { textOrNull } from '../shapes.ts';
import { shown } from './format.ts';
import { category, money } from './money.ts';

/** Its next day lies in closed months: nothing is booked until somebody says from which day it goes on. */
const Waits = z.strictObject({ closedThrough: z.string(), goesOnFrom: textOrNull });

export const MonthlyRow = z.strictObject({
  ref: z.string(),
  description: z.string(),
  amount: money,
  reclaimableTax: money.optional(),
  category,
  vendor: textOrNull,
  /** Null once it has ended. */
  nextOn: textOrNull,
  until: textOrNull,
  /** What it is from a day on. */
  later: z.strictObject({ from: z.string(), amount: money, reclaimableTax: money.optional() }).optional(),
  waits: Waits.optional(),
});
export type MonthlyRow = z.output<typeof MonthlyRow>;

export function monthlyRow(monthly: MonthlyExpense, account: Account): MonthlyRow {
  const waits = waitsFor(monthly, account.closedThrough);
  return {
    ref: refOf('monthly_expense', monthly.id),
    description: monthly.description,
    amount: shown(monthly.amount, account),
    ...(monthly.reclaimableTax === null ? {} : { reclaimableTax: shown(monthly.reclaimableTax, account) }),
    category: monthly.category,
    vendor: monthly.vendor,
    nextOn: hasEnded(monthly) ? null : monthly.nextOn,
    until: monthly.untilOn,
    ...laterIn(monthly, account),
    ...(waits === null ? {} : { waits }),
  };
}

function laterIn({ laterOn, laterAmount, laterReclaimableTax: tax }: MonthlyExpense, account: Account) {
  if (laterOn === null || laterAmount === null) return {};
  const reclaimable = tax === null ? {} : { reclaimableTax: shown(tax, account) };
  return { later: { from: laterOn, amount: shown(laterAmount, account), ...reclaimable } };
}

/** What was booked before this call was answered, since its day had come; what could not be waits for an open day. */
export const DueRow = z.strictObject({
  /** The expense; left out where it waits. */
  ref: z.string().optional(),
  monthly: z.string(),
  description: z.string(),
  amount: money,
  on: z.string(),
  waits: z.literal(true).optional(),
  goesOnFrom: textOrNull.optional(),
  /** It waits for a call that may write. */
  readOnly: z.literal(true).optional(),
});
export type DueRow = z.output<typeof DueRow>;
export const dueFields = { bookedByItself: z.array(DueRow).optional() };

type Booked = {
  readonly monthly: MonthlyExpense;
  readonly booked: readonly { readonly id: number; readonly amount: Cost; readonly spentOn: string }[];
};

type Paid = { readonly amount: Cost; readonly on: string };

function dueNext(monthly: MonthlyExpense, account: Account) {
  return aboutDue(monthly, { amount: paidOn(monthly, monthly.nextOn).amount, on: monthly.nextOn }, account);
}

function aboutDue({ id, description }: MonthlyExpense, { amount, on }: Paid, account: Account) {
  return { monthly: refOf('monthly_expense', id), description, amount: shown(cost(amount), account), on };
}

export function dueRows(
  { booked, waiting }: { readonly booked: readonly Booked[]; readonly waiting: readonly Pick<Booked, 'monthly'>[] },
  account: Account,
): DueRow[] {
  return [
    ...booked.flatMap((each) =>
      each.booked.map(({ id, amount, spentOn }) => ({
        ref: refOf('expense', id),
        ...aboutDue(each.monthly, { amount, on: spentOn }, account),
      })),
    ),
    ...waiting.map(({ monthly }) => ({
      ...dueNext(monthly, account),
      waits: true as const,
      goesOnFrom: waitsFor(monthly, account.closedThrough)?.goesOnFrom ?? null,
    })),
  ];
}

/** What is due and was not booked, since nothing is written here. */
export function unbookedRows(due: readonly MonthlyExpense[], account: Account): DueRow[] {
  return due.map((monthly) => ({ ...dueNext(monthly, account), waits: true, readOnly: true }));
}

/** Without what waited before a call, and no more after it. @param answer of that call, which may have moved one on */
export function dueAfter(due: readonly DueRow[], answer: Readonly<Record<string, unknown>>): readonly DueRow[] {
  const moved = MonthlyRow.safeParse(answer['monthly']);
  if (!moved.success || moved.data.waits !== undefined) return due;
  return due.filter(({ waits, monthly }) => waits !== true || monthly !== moved.data.ref);
}
