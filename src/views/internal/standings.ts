// What jobs come to by where they stand, and the money that is under none, as their owner sees it.
import { z } from 'zod';
import { totalOutlook, type TotalOutlook } from '../../domain/forecast.ts';
import type { Standing } from '../../domain/job.ts';
import type { Price, Total } from '../../domain/money.ts';
import type { TotalProfitSummary } from '../../domain/profit.ts';
import { shown, type Money } from './format.ts';
import { groupFields, money, unknownMark } from './money.ts';
import { marginPercent } from './percent.ts';

export const StandingGroup = z.strictObject({
  ...groupFields,
  contract: money,
  leftToBill: money,
  /** Only where there is something. */
  toCredit: money.optional(),
  spent: money,
  costToCome: money,
  expectedProfit: money,
  expectedMarginPercent: z.number().nullable(),
  /** Running jobs whose work is done with something still to bill. */
  doneNotBilled: z.strictObject({ jobs: z.int(), leftToBill: money }).optional(),
  /** Jobs with several open quotes, of which the one that makes least counts. */
  undecided: z.int().optional(),
  /** Jobs with a price that is not known yet, whose revenue is in no figure here. */
  unpriced: z.int().optional(),
});
export type StandingGroup = z.output<typeof StandingGroup>;

export type StandingSums = {
  readonly standing: Standing;
  readonly jobs: number;
  readonly totals: Pick<TotalProfitSummary, 'billed' | 'costOfWork' | 'expenses' | 'profit' | 'marginTenths'>;
  readonly spent: Total<'cost'>;
  readonly outlook: TotalOutlook;
  readonly unknownCost: number;
  readonly undecided: number;
  readonly unpriced: number;
  readonly doneNotBilled: { readonly jobs: number; readonly leftToBill: Total<'price'> };
};

export function standingGroup(group: StandingSums, money: Money): StandingGroup {
  const { jobs, totals, outlook, spent, undecided, unpriced, unknownCost, doneNotBilled } = group;
  return {
    jobs,
    billed: shown(totals.billed, money),
    costOfWork: shown(totals.costOfWork, money),
    expenses: shown(totals.expenses, money),
    profit: shown(totals.profit, money),
    marginPercent: marginPercent(totals.marginTenths),
    ...unknownMark(unknownCost),
    contract: shown(outlook.contract, money),
    leftToBill: shown(outlook.leftToBill, money),
    ...(outlook.toCredit === 0n ? {} : { toCredit: shown(outlook.toCredit, money) }),
    spent: shown(spent, money),
    costToCome: shown(outlook.costToCome, money),
    expectedProfit: shown(outlook.expectedProfit, money),
    expectedMarginPercent: marginPercent(totalOutlook([outlook]).expectedMarginTenths),
    ...(doneNotBilled.jobs === 0
      ? {}
      : { doneNotBilled: { jobs: doneNotBilled.jobs, leftToBill: shown(doneNotBilled.leftToBill, money) } }),
    ...(undecided === 0 ? {} : { undecided }),
    ...(unpriced === 0 ? {} : { unpriced }),
  };
}

/** Invoices that are under no job, which are in no job's profit. */
export const OutsideCard = z.strictObject({ invoices: z.int(), billed: money, taxBilled: money, notBilledYet: money });
export type OutsideCard = z.output<typeof OutsideCard>;

export type OutsideSums = {
  readonly invoices: number;
  readonly billed: Price | Total<'price'>;
  readonly taxBilled: Price | Total<'price'>;
  readonly notBilledYet: Price | Total<'price'>;
};

export function outsideJobs({ invoices, billed, taxBilled, notBilledYet }: OutsideSums, money: Money): OutsideCard {
  return {
    invoices,
    billed: shown(billed, money),
    taxBilled: shown(taxBilled, money),
    notBilledYet: shown(notBilledYet, money),
  };
}
