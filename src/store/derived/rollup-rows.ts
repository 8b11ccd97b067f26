// Rows of derived money, as a job's records make them and as the domain knows them again. No query.
import { withClosedMonths } from '../../domain/closed-months.ts';
import { cost } from '../../domain/cost.ts';
import { BILLINGS, JOB_STATUSES, STANDINGS, type Billing, type JobStatus, type Standing } from '../../domain/job.ts';
import { amount, price, type Total } from '../../domain/money.ts';
import type { TotalOutlook } from '../../domain/forecast.ts';
import { addUp, datedRecords, daySums, lastDayOf } from '../../domain/period.ts';
import type { PlanRow } from '../../domain/plan-and-actual.ts';
import { COST_BASES, type ProfitSummary, type TotalPart, type Warning } from '../../domain/profit.ts';
import { closedDays } from '../books/closed-days.ts';
import { oneOf } from '../one-of.ts';
import { FORECAST_SUMS, forecastRow } from './forecast-rows.ts';
import type { JobRecords } from './job-records.ts';
import { totalFrom } from './totals.ts';
import type { AccountTotalsRow, JobDayRow, JobRollupRow, JobPlanRow } from './rows.ts';

export type JobRows = {
  readonly rollup: JobRollupRow;
  readonly days: readonly JobDayRow[];
  readonly plans: readonly JobPlanRow[];
};

/** What the rows of a job must be. @throws Error where the ledger holds what no version of the books wrote */
export function rowsFrom(
  accountId: number,
  { rows, ledger: jobLedger, profit: jobProfit, forecast }: JobRecords,
): JobRows {
  const { job } = rows;
  const { profitSummary, plan } = jobProfit;
  const { counted } = forecast;
  const inTotals = counted.profitSummary;
  const records = withClosedMonths(datedRecords(jobLedger, counted), jobLedger.closed);
  const keptOn = new Map(rows.closed.flatMap((kept) => closedDays(kept.days).map(({ day }) => [day, kept])));
  const days = daySums(records).map(({ day, billed, costOfWork, expenses, fromClosed }) => ({
    account_id: accountId,
    day,
    job_id: job.id,
    is_sample: job.is_sample,
    customer_id: keptOn.get(day)?.customer_id ?? job.customer_id,
    status: keptOn.get(day)?.status ?? jobLedger.status,
    billed,
    cost_of_work: costOfWork,
    expenses,
    from_closed_billed: fromClosed.billed,
    from_closed_cost_of_work: fromClosed.costOfWork,
    from_closed_expenses: fromClosed.expenses,
  }));
  const apart = addUp(records.filter(({ day }) => day === null));
  const rollup: JobRollupRow = {
    account_id: accountId,
    job_id: job.id,
    is_sample: job.is_sample,
    customer_id: job.customer_id,
    status: jobLedger.status,
    billing: profitSummary.billing,
    cost_basis: profitSummary.costBasis,
    billed: profitSummary.billed,
    cost_of_work: profitSummary.costOfWork,
    expenses: profitSummary.expenses,
    cost_in_totals: inTotals.costOfWork,
    expenses_in_totals: inTotals.expenses,
    profit: profitSummary.profit,
    margin_tenths: profitSummary.marginTenths,
    not_billed_yet: profitSummary.notBilledYet,
    tax_billed: profitSummary.taxBilled,
    cost_not_yet_billed: apart.costOfWork + apart.expenses,
    expenses_not_yet_billed: apart.expenses,
    profit_to_date: inTotals.profit + apart.costOfWork + apart.expenses,
    warnings: JSON.stringify(profitSummary.warnings),
    plan: JSON.stringify(plan),
    ...forecastRow(forecast),
    last_on: lastDayOf(jobLedger) ?? job.created_at.slice(0, '2026-03-10'.length),
  };
  const plans = counted.plan
    .map(({ category, planned, spent, linesOver }) => ({
      ...{ account_id: accountId, job_id: job.id, category, planned, spent },
      lines_over_by: linesOver?.by ?? 0,
      lines_over: linesOver === null ? '' : JSON.stringify(linesOver),
    }))
    .sort((left, right) => (left.category < right.category ? -1 : 1));
  return { rollup, days, plans };
}

export const TOTALS_KEY = ['account_id', 'is_sample', 'status', 'billing', 'cost_basis', 'standing'] as const;

export const SUMMED = [
  ...(['jobs', 'billed', 'cost_of_work', 'expenses', 'not_billed_yet', 'tax_billed'] as const),
  ...(['cost_not_yet_billed', 'expenses_not_yet_billed', ...FORECAST_SUMS] as const),
] as const;

export function totalsOf(row: JobRollupRow, sign: 1 | -1): AccountTotalsRow {
  return {
    account_id: row.account_id,
    is_sample: row.is_sample,
    status: row.status,
    billing: row.billing,
    cost_basis: row.cost_basis,
    standing: row.standing,
    jobs: sign,
    billed: sign * row.billed,
    cost_of_work: sign * row.cost_in_totals,
    expenses: sign * row.expenses_in_totals,
    not_billed_yet: sign * row.not_billed_yet,
    tax_billed: sign * row.tax_billed,
    cost_not_yet_billed: sign * row.cost_not_yet_billed,
    expenses_not_yet_billed: sign * row.expenses_not_yet_billed,
    spent: sign * row.spent,
    contract: sign * row.contract,
    left_to_bill: sign * row.left_to_bill,
    to_credit: sign * row.to_credit,
    cost_to_come: sign * row.cost_to_come,
    expected_revenue: sign * row.expected_revenue,
    expected_profit: sign * row.expected_profit,
    unpriced: sign * row.unpriced,
    undecided: sign * row.undecided,
    unknown_cost: sign * row.unknown_cost,
  };
}

/** What of a job's row is its profit summary. */
export const SUMMARY_COLUMNS = [
  ...(['status', 'billing', 'cost_basis', 'billed', 'cost_of_work', 'expenses', 'profit', 'margin_tenths'] as const),
  ...(['not_billed_yet', 'tax_billed', 'warnings'] as const),
] as const;
type SummaryRow = Pick<JobRollupRow, (typeof SUMMARY_COLUMNS)[number]>;

/** A stored profit summary as the domain knows it. */
export function profitSummaryOf(row: SummaryRow): ProfitSummary {
  return {
    billed: price(row.billed),
    costOfWork: cost(row.cost_of_work),
    expenses: cost(row.expenses),
    notBilledYet: price(row.not_billed_yet),
    taxBilled: price(row.tax_billed),
    costBasis: oneOf(COST_BASES, row.cost_basis),
    profit: amount<'profit'>(row.profit),
    marginTenths: row.margin_tenths,
    billing: oneOf(BILLINGS, row.billing),
    // Written by this module alone, from the domain's own warnings.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    warnings: JSON.parse(row.warnings) as Warning[],
  };
}

/** A stored plan as the domain knows it. */
export function planOf(row: Pick<JobRollupRow, 'plan'>): PlanRow[] {
  // As with the warnings.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return JSON.parse(row.plan) as PlanRow[];
}

export type Slice = {
  readonly status: JobStatus;
  readonly billing: Billing;
  readonly standing: Standing;
  readonly isSample: boolean;
  readonly jobs: number;
  readonly sums: TotalPart;
  readonly spent: Total<'cost'>;
  readonly outlook: TotalOutlook;
  /** How many of the jobs have a price that is not known, and are in no sum of the outlook. */
  readonly unpriced: number;
  /** How many have several originals open, of which the one that makes least is counted. */
  readonly undecided: number;
  /** Of how many nobody said what something costs. */
  readonly unknownCost: number;
};

/** What is summed in a slice. */
export const SLICE_SUMS = [
  ...(['billed', 'cost_of_work', 'expenses', 'not_billed_yet', 'tax_billed', ...FORECAST_SUMS] as const),
] as const;

/** What tells slices apart. */
export const SLICED_BY = ['is_sample', 'status', 'billing', 'cost_basis', 'standing'] as const;

type SliceRow = Pick<AccountTotalsRow, (typeof SLICED_BY)[number] | 'jobs'> &
  Readonly<Record<(typeof SLICE_SUMS)[number], string>>;

/** One slice of totals as the domain knows it. */
export function sliceOf(row: SliceRow): Slice {
  return {
    status: oneOf(JOB_STATUSES, row.status),
    billing: oneOf(BILLINGS, row.billing),
    standing: oneOf(STANDINGS, row.standing),
    isSample: row.is_sample === 1,
    jobs: row.jobs,
    sums: {
      billed: totalFrom<'price'>(row.billed),
      costOfWork: totalFrom<'cost'>(row.cost_of_work),
      expenses: totalFrom<'cost'>(row.expenses),
      notBilledYet: totalFrom<'price'>(row.not_billed_yet),
      taxBilled: totalFrom<'price'>(row.tax_billed),
      costBasis: oneOf(COST_BASES, row.cost_basis),
    },
    spent: totalFrom<'cost'>(row.spent),
    outlook: {
      contract: totalFrom<'price'>(row.contract),
      leftToBill: totalFrom<'price'>(row.left_to_bill),
      toCredit: totalFrom<'price'>(row.to_credit),
      costToCome: totalFrom<'cost'>(row.cost_to_come),
      expectedRevenue: totalFrom<'price'>(row.expected_revenue),
      expectedProfit: totalFrom<'profit'>(row.expected_profit),
    },
    unpriced: Number(row.unpriced),
    undecided: Number(row.undecided),
    unknownCost: Number(row.unknown_cost),
  };
}
