import { plain } from '../../domain/text.ts';
import { z } from 'zod';
import { REPORTED_BY, type Period, type ReportedBy } from '../../domain/period.ts';
import { jobStatus, NamedRef, sample, textOrNull } from '../shapes.ts';
import { billing, category, groupFields, money, moneyOrNull, unknownCost, unknownMark } from './money.ts';
import { dueFields } from './monthly-expense.ts';

// A profit report for its owner.
import type { Account } from '../../domain/account.ts';
import type { Category } from '../../domain/cost.ts';
import type { Billing, JobStatus, Standing } from '../../domain/job.ts';
import { total, type AmountInput, type Total } from '../../domain/money.ts';
import { totalProfitOf, type Profit, type TotalSums } from '../../domain/profit.ts';
import type { Named } from '../../domain/named.ts';
import { refOf } from '../../kinds/reference.ts';
import type { LinesOver } from '../../domain/plan-and-actual.ts';
import { standing } from './forecast.ts';
import {
  JobsOverPlan,
  jobsOverPlanCard,
  LinesOverCard,
  linesOverCard,
  planFields,
  type JobsOverPlanFacts,
  type PlanSums,
} from './over-plan.ts';
import {
  headingFields,
  RowForecast,
  Running,
  runningOf,
  WholeCard,
  wholeOf,
  type Heading,
  type RunningSums,
} from './report-outlook.ts';
import { standingGroup, StandingGroup, type StandingSums } from './standings.ts';
import { marginPercent } from './percent.ts';
import {
  besideFields,
  besideOf,
  businessOf,
  soldFields,
  soldOutside,
  waitingOf,
  type MoneyBeside,
  type SoldOutside,
} from './report-beside.ts';
import {
  recordBeside,
  recordRow,
  ReportRecord,
  type OutlayShown,
  type RecordOnNone,
  type RecordOnJob,
} from './report-records.ts';
import { monthInWords, named, sampleMark, shown, type Money } from './format.ts';
import { salesTax, SalesTax, type SalesTaxFacts } from './tax-report.ts';
type Group = TotalSums & {
  readonly jobs: number;
  readonly fromClosed?: TotalSums | null;
  readonly running: RunningSums;
  readonly unknownCost: number;
};
type Row = Group & {
  readonly key: string;
  readonly name: string;
  readonly isSample: boolean;
  readonly job: {
    readonly customer: { readonly id: number; readonly name: string };
    readonly status: JobStatus;
    readonly billing: Billing;
    readonly heading: Heading | null;
  } | null;
  readonly linesOver: LinesOver | null;
  readonly costNotYetBilled: Total<'cost'> | null;
  readonly outlay: OutlayShown | null;
  readonly beside: Partial<MoneyBeside> | null;
  readonly explanation: {
    readonly records: readonly RecordOnJob[];
    readonly onNoJob: readonly RecordOnNone[];
    readonly more: More | null;
  } | null;
};
type Sums = TotalSums & { readonly jobs: number };
type More = Sums & { readonly outlay: OutlayShown | null; readonly beside: Partial<MoneyBeside> | null };
type Ranking = {
  readonly count: number;
  readonly unknownCost: number;
  readonly jobs: readonly {
    readonly id: number;
    readonly name: string;
    readonly isSample: boolean;
    readonly standing: Standing;
    readonly profit: Profit;
    readonly marginTenths: number | null;
    readonly isCostUnknown: boolean;
  }[];
};
type Report = {
  readonly soldOnNoJob: readonly SoldOutside[];
  readonly standings: readonly StandingSums[];
  readonly by: ReportedBy;
  readonly asked: {
    readonly customer: Named | null;
    readonly query: string | null;
    readonly status: JobStatus | null;
    readonly last: number | null;
    readonly category: Category | null;
  };
  readonly plans: PlanSums | null;
  readonly overPlan: JobsOverPlanFacts | null;
  readonly period: Period | null;
  readonly isOver: boolean;
  readonly rows: readonly Row[];
  readonly totals: {
    readonly all: Group;
    readonly includesSamples: boolean;
    readonly byBilling: ReadonlyMap<Billing, Sums>;
    readonly costNotYetBilled: Total<'cost'>;
    readonly costOfUnsold: Total<'cost'>;
    readonly drafts: Total<'price'>;
  };
  readonly beside: MoneyBeside | null;
  readonly thin: (Ranking & { readonly below: AmountInput }) | null;
  readonly loss: Ranking;
  readonly salesTax: SalesTaxFacts | null;
  readonly count: number;
  readonly nextCursor: string | null;
};

const summed = { billed: money, costOfWork: money, expenses: money };
const apart = z.strictObject({ jobs: z.int(), ...summed });
const ranking = {
  count: z.int(),
  jobs: z.array(
    z.strictObject({
      ref: z.string(),
      name: z.string(),
      sample,
      standing,
      profit: money,
      marginPercent: z.number().nullable(),
      unknownCost,
    }),
  ),
  /** Of how many others the margin is not known for that. */
  unknownCost,
};
/** What of these sums changes since have made of closed months. */
const fromClosedMonths = z
  .strictObject({ billed: money, costOfWork: money, expenses: money, profit: money })
  .optional();
/** Of a kind of cost: over whole jobs with its plan. */
const outlay = { planned: money.optional(), spent: money.optional(), left: money.optional() };

export const ProfitReport = z.strictObject({
  by: z.enum(REPORTED_BY),
  /** What narrows it. */
  asked: z.strictObject({
    customer: NamedRef.optional(),
    query: z.string().optional(),
    status: jobStatus.optional(),
    last: z.int().optional(),
    category: category.optional(),
  }),
  /** What the jobs planned and spent on the kind of cost that is asked for. */
  plan: z
    .strictObject({
      jobs: z.int(),
      planned: money,
      spent: money,
      left: money,
      over: z.strictObject({ jobs: z.int(), by: money }),
      /** Within the plan as a whole, though not with each line. */
      withLinesOver: z.strictObject({ jobs: z.int(), by: money }),
      unplanned: z.strictObject({ jobs: z.int(), spent: money }),
    })
    .optional(),
  /** Of all kinds of cost: each job that is over its plan or has a line that is, the most first. */
  overPlan: JobsOverPlan.optional(),
  /** Of one that is over nothing is told that is so today. */
  period: z.strictObject({ from: textOrNull, to: textOrNull, over: z.literal(true).optional() }).nullable(),
  rows: z.array(
    z.strictObject({
      key: z.string(),
      name: z.string(),
      sample,
      customer: NamedRef.optional(),
      status: jobStatus.optional(),
      billing: billing.optional(),
      standing: standing.optional(),
      /** Of a job that is running or not sold. */
      forecast: RowForecast.optional(),
      /** Those of its jobs that are running, as whole jobs as they stand now. */
      running: Running.optional(),
      /** Of a customer with running jobs, over whole jobs: by this they are ordered, the most first. */
      whole: WholeCard.optional(),
      costNotYetBilled: money.optional(),
      jobs: z.int(),
      billed: moneyOrNull,
      costOfWork: moneyOrNull,
      expenses: moneyOrNull,
      profit: moneyOrNull,
      marginPercent: z.number().nullable(),
      unknownCost,
      fromClosedMonths,
      linesOver: LinesOverCard.optional(),
      ...outlay,
      ...besideFields,
      records: z.array(ReportRecord).optional(),
      more: z
        .strictObject({
          jobs: z.int(),
          billed: moneyOrNull,
          costOfWork: moneyOrNull,
          expenses: moneyOrNull,
          ...outlay,
          ...besideFields,
        })
        .optional(),
    }),
  ),
  totals: z.strictObject({
    ...groupFields,
    running: Running.optional(),
    fromClosedMonths,
    notBilledYet: money,
    /** As of now: spent or planned on jobs that wait for their next bill, in no figure here. */
    costNotYetBilled: money,
    /** Where some of it is of jobs that are not sold. */
    costNotYetBilledOf: z.strictObject({ underWay: money, unsold: money }).optional(),
    ...besideFields,
    /** What the jobs made, with what was billed outside of them, less overhead. */
    business: money.optional(),
    soldOnNoJob: soldOutside,
    includesSamples: z.boolean(),
    /** Whole jobs as they stand now; of a period that is over they are not told. */
    byStanding: z.partialRecord(standing, StandingGroup).optional(),
  }),
  currency: z.string(),
  thinJobs: z.strictObject({ belowPercent: z.number(), ...ranking }).optional(),
  lossJobs: z.strictObject(ranking),
  /** Whole jobs that are sold, as of now; not of a period that is over. */
  partBilled: apart.optional(),
  notBilled: apart.optional(),
  salesTax: SalesTax.optional(),
  count: z.int(),
  nextCursor: z.string().optional(),
  ...dueFields,
});
export type ProfitReport = z.output<typeof ProfitReport>;

export function reportOf(
  { by, asked, plans, overPlan, period, isOver, totals, beside, thin, loss, standings, ...report }: Report,
  account: Account,
): ProfitReport {
  const { customer, query, status, last } = asked;
  return {
    by,
    asked: {
      ...(customer === null ? {} : { customer: named('customer', customer) }),
      ...(query === null ? {} : { query }),
      ...(status === null ? {} : { status }),
      ...(last === null ? {} : { last }),
      ...(asked.category === null ? {} : { category: asked.category }),
    },
    ...(plans === null ? {} : { plan: planFields(plans, account) }),
    ...(overPlan === null ? {} : { overPlan: jobsOverPlanCard(overPlan, account) }),
    period: period === null ? null : { from: period.from, to: period.to, ...(isOver ? { over: true } : {}) },
    rows: report.rows.map((row) => ({
      ...reportRow(row, by, account),
      ...(by === 'customer' && period === null && row.running.jobs > 0
        ? { whole: wholeOf(totalProfitOf(row).profit, row.running, account) }
        : {}),
    })),
    totals: {
      ...groupOf(totals.all, account),
      notBilledYet: shown(totals.drafts, account),
      costNotYetBilled: shown(totals.costNotYetBilled, account),
      ...(isOver ? {} : waitingOf(totals, account)),
      ...(beside === null ? {} : { ...besideOf(beside, account), ...businessOf(totals.all, beside, account) }),
      ...soldFields(report.soldOnNoJob, account),
      includesSamples: totals.includesSamples,
      ...(standings.length === 0
        ? {}
        : { byStanding: Object.fromEntries(standings.map((each) => [each.standing, standingGroup(each, account)])) }),
    },
    currency: account.currency,
    ...(thin === null ? {} : { thinJobs: { belowPercent: Number(thin.below), ...rankingOf(thin, account) } }),
    lossJobs: rankingOf(loss, account),
    ...(isOver
      ? {}
      : {
          partBilled: apartOf(totals.byBilling.get('part_billed'), account),
          notBilled: apartOf(totals.byBilling.get('not_billed'), account),
        }),
    ...(report.salesTax === null ? {} : { salesTax: salesTax(report.salesTax, account) }),
    count: report.count,
    ...(report.nextCursor === null ? {} : { nextCursor: report.nextCursor }),
  };
}

function groupOf({ jobs, fromClosed = null, running, unknownCost: unknown, ...sums }: Group, money: Money) {
  const { profit, marginTenths } = totalProfitOf(sums);
  return {
    jobs,
    ...sumsOf(sums, money),
    profit: shown(profit, money),
    marginPercent: marginPercent(marginTenths),
    ...unknownMark(unknown),
    ...(running.jobs === 0 ? {} : { running: runningOf(running, money) }),
    ...closedFields(fromClosed, money),
  };
}

/** Only where changes have made something of closed months. */
function closedFields(sums: TotalSums | null, money: Money) {
  if (sums === null || Object.values(sums).every((each) => each === 0n)) return {};
  return { fromClosedMonths: { ...sumsOf(sums, money), profit: shown(totalProfitOf(sums).profit, money) } };
}

function sumsOf({ billed, costOfWork, expenses }: TotalSums, money: Money) {
  return { billed: shown(billed, money), costOfWork: shown(costOfWork, money), expenses: shown(expenses, money) };
}

function reportRow(row: Row, by: ReportedBy, money: Money): ProfitReport['rows'][number] {
  const { key, name, isSample, job, explanation, outlay, linesOver, beside, costNotYetBilled, ...group } = row;
  return {
    key,
    name: by === 'month' ? monthInWords(key) : plain(name),
    ...sampleMark(isSample),
    ...(job === null ? {} : { customer: named('customer', job.customer), status: job.status, billing: job.billing }),
    ...headingFields(job?.heading ?? null, money),
    ...(linesOver === null ? {} : { linesOver: linesOverCard(linesOver, money) }),
    ...(costNotYetBilled === null ? {} : { costNotYetBilled: shown(costNotYetBilled, money) }),
    ...(outlay === null
      ? groupOf(group, money)
      : { jobs: group.jobs, ...UNKNOWN, profit: null, marginPercent: null, ...outlayFields(outlay, money) }),
    ...(beside === null ? {} : besideOf(beside, money)),
    ...(explanation === null
      ? {}
      : {
          records: [
            ...explanation.records.map((record) => recordRow(record, money)),
            ...explanation.onNoJob.map((record) => recordBeside(record, money)),
          ],
          ...(explanation.more === null ? {} : { more: moreFields(explanation.more, money) }),
        }),
  };
}

/** No invoice is of a kind of cost, so there is nothing to hold its costs against. */
const UNKNOWN = { billed: null, costOfWork: null, expenses: null };

function outlayFields({ planned, spent }: OutlayShown, money: Money) {
  return {
    ...(planned === null ? {} : { planned: shown(planned, money), left: shown(total<'cost'>(planned - spent), money) }),
    spent: shown(spent, money),
  };
}

function moreFields({ jobs, outlay, beside, ...sums }: More, money: Money) {
  return {
    jobs,
    ...(outlay === null ? sumsOf(sums, money) : { ...UNKNOWN, ...outlayFields(outlay, money) }),
    ...(beside === null ? {} : besideOf(beside, money)),
  };
}

function rankingOf({ count, jobs, unknownCost: others }: Ranking, money: Money) {
  return {
    count,
    ...unknownMark(others),
    jobs: jobs.map(({ id, name, isSample, standing, profit, marginTenths, isCostUnknown }) => ({
      ref: refOf('job', id),
      name,
      ...sampleMark(isSample),
      standing,
      profit: shown(profit, money),
      marginPercent: marginPercent(marginTenths),
      ...unknownMark(isCostUnknown ? 1 : 0),
    })),
  };
}

const NOTHING: TotalSums = { billed: total(0n), costOfWork: total(0n), expenses: total(0n) };

function apartOf(group: Sums | undefined, money: Money) {
  return { jobs: group?.jobs ?? 0, ...sumsOf(group ?? NOTHING, money) };
}
