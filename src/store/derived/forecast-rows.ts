// What a job's row keeps of where it is heading, and the forecast that is known from it again. No query.
import { marginOf, type ProfitSummary } from '../../domain/profit.ts';
import type { Forecast, JobForecast } from '../../domain/forecast.ts';
import { cost } from '../../domain/cost.ts';
import { STANDINGS, type Standing } from '../../domain/job.ts';
import { amount, price, type Price } from '../../domain/money.ts';
import { oneOf } from '../one-of.ts';
import type { JobRollupRow } from './rows.ts';

const OUTLOOK_SUMS = [
  ...(['contract', 'left_to_bill', 'to_credit', 'cost_to_come', 'expected_revenue', 'expected_profit'] as const),
] as const;

export const FORECAST_SUMS = ['spent', ...OUTLOOK_SUMS, 'unpriced', 'undecided', 'unknown_cost'] as const;

export const FORECAST_COLUMNS = [
  ...(['standing', ...FORECAST_SUMS, 'ranked_profit', 'ranked_margin_tenths', 'forecast'] as const),
] as const satisfies readonly (keyof JobRollupRow)[];

type ForecastRow = Pick<JobRollupRow, (typeof FORECAST_COLUMNS)[number]>;

/** What of it no sum is made of. */
type Kept = Pick<Forecast, 'sold' | 'offers' | 'unpriced'>;

/** The figures are those that the job adds to totals: 0 where a price is not known. */
export function forecastRow({ standing, forecast, outlook, counted, ranked }: JobForecast): ForecastRow {
  const { sold, offers, unpriced, spent } = forecast;
  return {
    standing,
    spent,
    contract: outlook?.contract ?? 0,
    left_to_bill: outlook?.leftToBill ?? 0,
    to_credit: outlook?.toCredit ?? 0,
    cost_to_come: outlook?.costToCome ?? 0,
    expected_revenue: outlook?.expectedRevenue ?? 0,
    expected_profit: outlook?.expectedProfit ?? 0,
    unpriced: outlook === null ? 1 : 0,
    undecided: offers.length > 0 ? 1 : 0,
    unknown_cost: counted.profitSummary.warnings.some(({ code }) => code === 'unknown_cost') ? 1 : 0,
    ranked_profit: ranked.profit,
    ranked_margin_tenths: ranked.marginTenths,
    forecast: JSON.stringify({ sold, offers, unpriced } satisfies Kept),
  };
}

/** Read of a row. */
export function keptIn({ forecast }: Pick<ForecastRow, 'forecast'>): Kept {
  // Written by this module alone, from the domain's own forecast.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return JSON.parse(forecast) as Kept;
}

type StoredForecast = { readonly standing: Standing; readonly forecast: Forecast };

/** @param collected is kept nowhere, since each payment would write the row */
export function forecastOfRow(
  row: ForecastRow,
  { costOfWork, expenses, costBasis }: Pick<ProfitSummary, 'costOfWork' | 'expenses' | 'costBasis'>,
  collected: Price,
): StoredForecast {
  const { sold, offers, unpriced } = keptIn(row);
  const spent = cost(row.spent);
  const isDecided = offers.length === 0;
  const known = isDecided && unpriced.length === 0;
  const one = <Figure>(figure: Figure) => (known ? figure : null);
  const forecast: Forecast = {
    sold,
    contract: costBasis === 'none' ? null : one(price(row.contract)),
    leftToBill: one(price(row.left_to_bill)),
    toCredit: one(price(row.to_credit)),
    costToCome: isDecided ? cost(costOfWork + expenses - spent) : null,
    expectedRevenue: one(price(row.expected_revenue)),
    expectedProfit: one(amount<'profit'>(row.expected_profit)),
    expectedMarginTenths: one(marginOf(BigInt(row.expected_profit), BigInt(row.expected_revenue))),
    ...{ spent, collected, offers, unpriced },
  };
  return { standing: oneOf(STANDINGS, row.standing), forecast };
}
