// What is on no job, beside what jobs made.
import { z } from 'zod';
import { total, type Total } from '../../domain/money.ts';
import { businessProfit, type TotalSums } from '../../domain/profit.ts';
import { refOf } from '../../kinds/reference.ts';
import { shown, type Money } from './format.ts';
import { money } from './money.ts';
import { OutsideCard } from './standings.ts';

export type MoneyBeside = {
  readonly outside: Total<'price'>;
  readonly outsideFromClosed?: Total<'price'>;
  readonly overhead: Total<'cost'> | null;
};

/** Billed on no job, as a list of jobs says it too; spent on none. */
export const besideFields = {
  outsideJobs: OutsideCard.pick({ billed: true }).extend({ fromClosedMonths: money.optional() }).optional(),
  overhead: money.optional(),
};

export function besideOf(
  { outside, outsideFromClosed: moved = total<'price'>(0n), overhead }: Partial<MoneyBeside>,
  money: Money,
) {
  const fromClosed = moved === 0n ? {} : { fromClosedMonths: shown(moved, money) };
  return {
    ...(outside === undefined ? {} : { outsideJobs: { billed: shown(outside, money), ...fromClosed } }),
    ...(overhead === undefined || overhead === null ? {} : { overhead: shown(overhead, money) }),
  };
}

/** Of a customer it cannot be said, since overhead is nobody's. */
export function businessOf(jobs: TotalSums, { outside, overhead }: MoneyBeside, money: Money) {
  return overhead === null ? {} : { business: shown(businessProfit(jobs, { outside, overhead }), money) };
}

/** Accepted quotes on no job: what their work costs is in no figure. */
export const soldOutside = z.array(z.strictObject({ ref: z.string(), subtotal: money })).optional();
export type SoldOutside = { readonly id: number; readonly subtotal: Total<'price'> };

export function soldFields(
  sold: readonly SoldOutside[],
  money: Money,
): { soldOnNoJob?: { ref: string; subtotal: string }[] } {
  if (sold.length === 0) return {};
  return {
    soldOnNoJob: sold.map(({ id, subtotal }) => ({ ref: refOf('quote', id), subtotal: shown(subtotal, money) })),
  };
}

/** An offer's plan is nothing that was spent, or that is sure to be. */
export function waitingOf(
  {
    costNotYetBilled,
    costOfUnsold,
  }: { readonly costNotYetBilled: Total<'cost'>; readonly costOfUnsold: Total<'cost'> },
  money: Money,
) {
  if (costOfUnsold === 0n) return {};
  const underWay = total<'cost'>(costNotYetBilled - costOfUnsold);
  return { costNotYetBilledOf: { underWay: shown(underWay, money), unsold: shown(costOfUnsold, money) } };
}
