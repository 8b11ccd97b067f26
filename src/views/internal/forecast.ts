// Where a job is heading, for its owner.
import { z } from 'zod';
import { expectedMargin, type Forecast, type Offer } from '../../domain/forecast.ts';
import { STANDINGS } from '../../domain/job.ts';
import type { Amount } from '../../domain/money.ts';
import { shown, type Money } from './format.ts';
import { money, moneyOrNull } from './money.ts';
import { marginPercent } from './percent.ts';

export const standing = z.enum(STANDINGS);

export const ForecastCard = z.strictObject({
  sold: z.boolean(),
  contract: moneyOrNull,
  leftToBill: moneyOrNull,
  /** Only where there is something. */
  toCredit: money.optional(),
  spent: money,
  costToCome: moneyOrNull,
  expectedProfit: moneyOrNull,
  expectedMarginPercent: z.number().nullable(),
  collected: money,
  /** Several originals that are open at once: what the job comes to with each. */
  offers: z
    .array(
      z.strictObject({
        ref: z.string(),
        title: z.string(),
        contract: moneyOrNull,
        expectedProfit: moneyOrNull,
        expectedMarginPercent: z.number().nullable(),
      }),
    )
    .optional(),
  /** Quotes with a price that is not known yet. */
  unpriced: z.array(z.string()).optional(),
});
export type ForecastCard = z.output<typeof ForecastCard>;

export function forecastCard(forecast: Forecast, money: Money): ForecastCard {
  const { sold, spent, collected, toCredit, offers, unpriced } = forecast;
  const known = <B extends string>(value: Amount<B> | null) => (value === null ? null : shown(value, money));
  return {
    sold,
    contract: known(forecast.contract),
    leftToBill: known(forecast.leftToBill),
    ...(toCredit === null || toCredit === 0 ? {} : { toCredit: shown(toCredit, money) }),
    spent: shown(spent, money),
    costToCome: known(forecast.costToCome),
    expectedProfit: known(forecast.expectedProfit),
    expectedMarginPercent: marginPercent(forecast.expectedMarginTenths),
    collected: shown(collected, money),
    ...(offers.length === 0 ? {} : { offers: offers.map((offer) => offerRow(offer, known)) }),
    ...(unpriced.length === 0 ? {} : { unpriced: [...unpriced] }),
  };
}

function offerRow({ ref, title, outlook }: Offer, known: <B extends string>(value: Amount<B> | null) => string | null) {
  return {
    ref,
    title,
    contract: known(outlook?.contract ?? null),
    expectedProfit: known(outlook?.expectedProfit ?? null),
    expectedMarginPercent: marginPercent(expectedMargin(outlook)),
  };
}
