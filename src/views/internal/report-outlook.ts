// Where the jobs of a report's row are heading, as their owner sees it.
import { z } from 'zod';
import type { Standing } from '../../domain/job.ts';
import type { Total } from '../../domain/money.ts';
import { madeInAll, marginOf } from '../../domain/profit.ts';
import type { standing } from './forecast.ts';
import { shown, type Money } from './format.ts';
import { money, moneyOrNull, unknownCost, unknownMark } from './money.ts';
import { marginPercent } from './percent.ts';

/** Of a job: null where a price is not known. */
export const RowForecast = z.strictObject({
  sold: z.boolean(),
  contract: moneyOrNull,
  leftToBill: moneyOrNull,
  expectedProfit: moneyOrNull,
  expectedMarginPercent: z.number().nullable(),
  /** Several quotes are open, of which the one that makes least is counted. */
  undecided: z.literal(true).optional(),
});
export type RowForecast = z.output<typeof RowForecast>;

export type Heading = {
  readonly standing: Standing;
  readonly contract: Total<'price'>;
  readonly leftToBill: Total<'price'>;
  readonly expectedRevenue: Total<'price'>;
  readonly expectedProfit: Total<'profit'>;
  readonly unpriced: boolean;
  readonly undecided: boolean;
  readonly sold: boolean;
};

export function headingFields(
  heading: Heading | null,
  money: Money,
): { standing?: z.output<typeof standing>; forecast?: RowForecast } {
  if (heading === null) return {};
  const {
    standing: stands,
    contract,
    leftToBill,
    expectedRevenue,
    expectedProfit,
    unpriced,
    undecided,
    sold,
  } = heading;
  if (stands === 'finished' || stands === 'cancelled') return { standing: stands };
  const known = <B extends string>(sum: Total<B>) => (unpriced ? null : shown(sum, money));
  return {
    standing: stands,
    forecast: {
      sold,
      contract: known(contract),
      leftToBill: known(leftToBill),
      expectedProfit: known(expectedProfit),
      expectedMarginPercent: unpriced ? null : marginPercent(marginOf(expectedProfit, expectedRevenue)),
      ...(undecided ? { undecided } : {}),
    },
  };
}

/** Of the jobs that are running. */
export const Running = z.strictObject({
  jobs: z.int(),
  /** What of the sums beside this is theirs: earned by what is billed of them. */
  profit: money,
  leftToBill: money,
  expectedProfit: money,
  expectedMarginPercent: z.number().nullable(),
  /** Jobs with a price that is not known yet, which are in no figure here. */
  unpriced: z.int().optional(),
  unknownCost,
});
export type Running = z.output<typeof Running>;

export type RunningSums = {
  readonly jobs: number;
  readonly leftToBill: Total<'price'>;
  readonly expectedRevenue: Total<'price'>;
  readonly expectedProfit: Total<'profit'>;
  readonly unpriced: number;
  readonly unknownCost: number;
  readonly profit: Total<'profit'>;
};

/** All of somebody's jobs: what those that are not running made, with what is expected of those that are. */
export const WholeCard = z.strictObject({ profit: money, notRunning: money });

export function wholeOf(made: Total<'profit'>, running: RunningSums, money: Money): z.output<typeof WholeCard> {
  const { profit, notRunning } = madeInAll(made, running);
  return { profit: shown(profit, money), notRunning: shown(notRunning, money) };
}

export function runningOf(
  { jobs, profit, leftToBill, expectedRevenue, expectedProfit, unpriced, unknownCost: unknown }: RunningSums,
  money: Money,
): Running {
  return {
    jobs,
    profit: shown(profit, money),
    leftToBill: shown(leftToBill, money),
    expectedProfit: shown(expectedProfit, money),
    expectedMarginPercent: marginPercent(marginOf(expectedProfit, expectedRevenue)),
    ...(unpriced === 0 ? {} : { unpriced }),
    ...unknownMark(unknown),
  };
}
