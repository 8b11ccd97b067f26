// Where a job stands once a write has moved its money: its figures, in short.
import { z } from 'zod';
import type { VisibleAccount } from '../../domain/account.ts';
import type { JobFigures } from '../../domain/forecast.ts';
import type { Named } from '../../domain/named.ts';
import { NamedRef } from '../shapes.ts';
import { ForecastCard, forecastCard, standing } from './forecast.ts';
import { named, shown } from './format.ts';
import { money, moneyOrNull } from './money.ts';
import { ProfitCard, profitCard } from './profit-summary.ts';

const { billed, profit, marginPercent, currency, warnings } = ProfitCard.shape;

/** How far it is billed, and nothing of costs or profit. */
const BilledNow = z.strictObject({
  ...NamedRef.shape,
  billed: money,
  leftToBill: moneyOrNull,
  toCredit: money.optional(),
});
type BilledNow = z.output<typeof BilledNow>;

const MadeNow = z.strictObject({
  ...NamedRef.shape,
  profit: z.strictObject({
    ...{ billed, profit, marginPercent, currency },
    warnings: z.array(warnings.element.pick({ code: true, refs: true, over: true })),
  }),
  standing,
  forecast: ForecastCard,
  /** Since lines of it were marked done, or are so no more. */
  byWhatIsDone: z.literal(true).optional(),
});
type MadeNow = z.output<typeof MadeNow>;

const more = { moreJobs: z.int().optional() };
/** What speaks of an invoice may be shown to its customer. */
export const billedNowFields = { jobsNow: z.array(BilledNow).optional(), ...more };
export const jobNowFields = { jobsNow: z.array(z.union([MadeNow, BilledNow])).optional(), ...more };
export type JobsNow<J = MadeNow | BilledNow> = {
  jobsNow?: J[] | undefined;
  moreJobs?: number | undefined;
};

type After = { readonly job: Named; readonly figures: JobFigures };

/** @param more jobs that are not told of */
export function jobsNow<J>(jobs: readonly J[], more: number): JobsNow<J> {
  return jobs.length === 0 ? {} : { jobsNow: [...jobs], ...(more === 0 ? {} : { moreJobs: more }) };
}

export function billedNow({ job, figures }: After, account: VisibleAccount): BilledNow {
  const { leftToBill, toCredit } = forecastCard(figures.forecast, account);
  return {
    ...named('job', job),
    billed: shown(figures.billed, account),
    leftToBill,
    ...(toCredit === undefined ? {} : { toCredit }),
  };
}

/** Of what it made nothing, where that is hidden from the caller. */
export function madeNow(after: After, account: VisibleAccount, isByDone = false): MadeNow | BilledNow {
  if (account.profitHidden !== null) return billedNow(after, account);
  const { job, figures } = after;
  const card = profitCard(figures, account);
  return {
    ...named('job', job),
    profit: {
      ...{ billed: card.billed, profit: card.profit, marginPercent: card.marginPercent, currency: card.currency },
      warnings: card.warnings.map(({ code, refs, over }) => ({ code, refs, ...(over === undefined ? {} : { over }) })),
    },
    standing: figures.standing,
    forecast: forecastCard(figures.forecast, account),
    ...(isByDone ? { byWhatIsDone: true as const } : {}),
  };
}
