// The profit summary for its owner, and explained record by record.
import { z } from 'zod';
import { says, type Message } from '../../domain/message.ts';
import { entry, message, shortened } from '../message.ts';
import {
  COST_BASES,
  WARNING_CODES,
  type Entry,
  type JobProfit,
  type OverPlan,
  type ProfitSummary,
  type TotalProfitSummary,
  type Warning,
  type WorkEntry,
} from '../../domain/profit.ts';
import { category, money } from './money.ts';
import type { ProfitHidden, VisibleAccount } from '../../domain/account.ts';
import { aheadBy, PLAN_CATEGORIES, type PlanRow } from '../../domain/plan-and-actual.ts';
import { sumUp } from '../../domain/money.ts';
import { fitting } from '../../domain/room.ts';
import { cut } from '../../domain/text.ts';
import { shown, type Money } from './format.ts';
import type { JobFigures } from '../../domain/forecast.ts';
import type { Standing } from '../../domain/job.ts';
import { ForecastCard, forecastCard, standing } from './forecast.ts';
import { marginPercent } from './percent.ts';

export const ProfitCard = z.strictObject({
  billed: money,
  costOfWork: money,
  expenses: money,
  profit: money,
  marginPercent: z.number().nullable(),
  currency: z.string(),
  costBasis: z.enum([...COST_BASES, 'mixed']),
  notBilledYet: money,
  taxBilled: money,
  warnings: z.array(
    z.strictObject({
      code: z.enum(WARNING_CODES),
      message,
      refs: z.array(z.string()),
      /** Of spending ahead of the plan: by how much on which lines. */
      over: z
        .array(z.strictObject({ category: z.enum(PLAN_CATEGORIES).optional(), lines: z.array(z.string()), by: money }))
        .optional(),
    }),
  ),
});
export type ProfitCard = z.output<typeof ProfitCard>;

/** What a job made and where it is heading; null with the reason where the caller may not see it. */
export const profitFields = {
  profit: ProfitCard.nullable(),
  standing: standing.optional(),
  forecast: ForecastCard.nullable(),
  profitHidden: z.enum(['plan', 'scope']).optional(),
};
export type ProfitFields = {
  profit: ProfitCard | null;
  standing?: Standing;
  forecast: ForecastCard | null;
  profitHidden?: ProfitHidden;
};

export function profitCard(
  profitSummary: ProfitSummary | (TotalProfitSummary & { warnings: ProfitSummary['warnings'] }),
  money: Money,
): ProfitCard {
  return {
    billed: shown(profitSummary.billed, money),
    costOfWork: shown(profitSummary.costOfWork, money),
    expenses: shown(profitSummary.expenses, money),
    profit: shown(profitSummary.profit, money),
    marginPercent: marginPercent(profitSummary.marginTenths),
    currency: money.currency,
    costBasis: profitSummary.costBasis,
    notBilledYet: shown(profitSummary.notBilledYet, money),
    taxBilled: shown(profitSummary.taxBilled, money),
    warnings: profitSummary.warnings.map((warning) => warningRow(warning, money)),
  };
}

function warningRow(warning: Warning, money: Money): ProfitCard['warnings'][number] {
  const over = warning.code === 'over_plan' ? { over: warning.over.map((each) => overBy(each, money)) } : {};
  return { code: warning.code, message: messageOf(warning, money), refs: [...warning.refs], ...over };
}

/** Of a kind of cost, what was spent on no line is among it: its lines are those still to do. */
function overBy({ category, lines, ...sums }: OverPlan, money: Money) {
  return {
    ...(category === null ? {} : { category }),
    ...{ lines: lines.few.map(({ ref }) => ref), by: shown(aheadBy(sums), money) },
  };
}

function messageOf(warning: Warning, money: Money): Message {
  switch (warning.code) {
    case 'several_open_quotes':
      return says('profit.several-open-quotes', { refs: warning.refs });
    case 'possible_double_count':
      return says('profit.possible-double-count', { expenses: warning.expenses, lines: warning.lines });
    case 'unknown_cost':
      return says('profit.unknown-cost', { lines: warning.lines });
    case 'over_plan': {
      const over = warning.over.map(({ category, lines, planned, spent, toCome }) => ({
        category,
        lines,
        planned: shown(planned, money),
        spent: shown(spent, money),
        toCome: toCome === 0 ? null : shown(toCome, money),
      }));
      return says('profit.over-plan', { over, more: warning.more });
    }
  }
}

/** What a job made and where it is heading, or null with the reason where that is hidden. */
export function profitOrHidden(figures: JobFigures, account: VisibleAccount): ProfitFields {
  const { profitHidden } = account;
  if (profitHidden !== null) return { profit: null, forecast: null, profitHidden };
  const { standing, forecast } = figures;
  return { profit: profitCard(figures, account), standing, forecast: forecastCard(forecast, account) };
}

/** Planned and spent by category; null where the caller may not see it. */
export const Plan = z
  .array(z.strictObject({ category: z.enum(PLAN_CATEGORIES), planned: money, spent: money, left: money }))
  .nullable();
export type Plan = z.output<typeof Plan>;

export function planRows(plan: readonly PlanRow[], money: Money): NonNullable<Plan> {
  return plan.map(({ category, planned, spent, left }) => ({
    category,
    planned: shown(planned, money),
    spent: shown(spent, money),
    left: shown(left, money),
  }));
}

/** Records of one figure; what goes beyond the room is summed up. */
function entriesWithin<B extends string>(list: readonly Entry<B>[], money: Money) {
  const shownHere = list.slice(0, fitting(list, ROOM_OF_FIGURE, LONGEST_WHAT));
  const rest = list.slice(shownHere.length);
  return {
    entries: shownHere.map(({ ref, what, amount }) => ({
      ref,
      what: shortened(what, LONGEST_WHAT),
      amount: shown(amount, money),
    })),
    more:
      rest.length === 0
        ? null
        : { records: rest.length, amount: shown(sumUp(rest.map(({ amount }) => amount)), money) },
  };
}

/** `Shingles: planned, E-4 so far` */
function workEntry({ ref, amount, description, known, by }: WorkEntry): Entry<'cost'> {
  return { ref, what: says('profit.of-work', { description, known, by }), amount };
}

export const FIGURES = ['billed', 'leftToBill', 'costOfWork', 'expenses', 'notBilledYet', 'taxBilled'] as const;
const LONGEST_WHAT = 100;
const ROOM_OF_FIGURE = 2500;
const ROOM_OF_LINES = 8000;

const entries = z.array(z.strictObject({ ref: z.string(), what: entry, amount: money }));

export const Explanation = z.strictObject({
  billed: entries,
  costOfWork: entries,
  expenses: entries,
  notBilledYet: entries,
  taxBilled: entries,
  profit: z.string(),
  /** Of a job that is running or not sold, which leads with what is expected of it: below 0 is to credit. */
  leftToBill: entries.optional(),
  expected: z.string().optional(),
  more: z.array(z.strictObject({ figure: z.enum(FIGURES), records: z.int(), amount: money })).optional(),
  lines: z.array(
    z.strictObject({
      ref: z.string(),
      description: z.string(),
      category: category.nullable(),
      planned: money,
      spent: money,
      done: z.boolean(),
      cost: money,
      coveredBy: z.array(z.string()),
    }),
  ),
});
export type Explanation = z.output<typeof Explanation>;

/** How the figure that leads comes about; null where that is what is so far. */
function expectedOf(
  { standing: stands, forecast, billed, costOfWork, expenses }: JobFigures,
  money: Money,
): string | null {
  const { expectedProfit, leftToBill, toCredit } = forecast;
  if (stands === 'finished' || stands === 'cancelled' || expectedProfit === null || leftToBill === null) return null;
  const credit = toCredit === null || toCredit === 0 ? [] : [shown(toCredit, money)];
  const revenue = [shown(billed, money), shown(leftToBill, money)].join(' + ');
  const parts = [revenue, ...credit, shown(costOfWork, money), shown(expenses, money)];
  return `${parts.join(' − ')} = ${shown(expectedProfit, money)}`;
}

export function explanationOf(
  jobProfit: JobProfit & { readonly left: readonly Entry<'price'>[] },
  job: JobFigures,
  money: Money,
): Explanation {
  const expected = expectedOf(job, money);
  const figures = {
    billed: entriesWithin(jobProfit.billed, money),
    leftToBill: entriesWithin(expected === null ? [] : jobProfit.left, money),
    costOfWork: entriesWithin(jobProfit.costOfWork.map(workEntry), money),
    expenses: entriesWithin(jobProfit.expenses, money),
    notBilledYet: entriesWithin(jobProfit.notBilledYet, money),
    taxBilled: entriesWithin(jobProfit.taxBilled, money),
  };
  const { profitSummary } = jobProfit;
  const { billed, costOfWork, expenses } = profitSummary;
  const parts = [shown(billed, money), shown(costOfWork, money), shown(expenses, money)];
  const lines = jobProfit.lines.slice(0, fitting(jobProfit.lines, ROOM_OF_LINES, LONGEST_WHAT));
  const more = FIGURES.flatMap((figure) => {
    const rest = figures[figure].more;
    return rest === null ? [] : [{ figure, records: rest.records, amount: rest.amount }];
  });
  return {
    lines: lines.map(({ ref, description, category, planned, spent, done, cost, coveredBy }) => ({
      ref,
      description: cut(description, LONGEST_WHAT),
      category,
      planned: shown(planned, money),
      spent: shown(spent, money),
      done,
      cost: shown(cost, money),
      coveredBy: coveredBy.map((expense) => expense.ref),
    })),
    billed: figures.billed.entries,
    costOfWork: figures.costOfWork.entries,
    expenses: figures.expenses.entries,
    notBilledYet: figures.notBilledYet.entries,
    taxBilled: figures.taxBilled.entries,
    ...(more.length === 0 ? {} : { more }),
    profit: `${parts.join(' − ')} = ${shown(profitSummary.profit, money)}`,
    ...(expected === null ? {} : { leftToBill: figures.leftToBill.entries, expected }),
  };
}
