// Jobs as their owner sees them: the card, the page, and the list with its totals.
import { z } from 'zod';
import type { VisibleAccount } from '../../domain/account.ts';
import type { StillQuoted } from '../../domain/cost.ts';
import type { Assignee, Billing, Job, JobStatus } from '../../domain/job.ts';
import { amount, sum, type Price } from '../../domain/money.ts';
import type { PlanRow } from '../../domain/plan-and-actual.ts';
import type { JobFigures } from '../../domain/forecast.ts';
import type { Entry, JobProfit, TotalProfitSummary } from '../../domain/profit.ts';
import { refOf } from '../../kinds/reference.ts';
import { type JobSection, JOB_SECTIONS } from '../../domain/sections.ts';
import { sectionRows, type Sections, jobSectionFields } from './sections.ts';
import {
  explanationOf,
  planRows,
  profitOrHidden,
  profitCard,
  Explanation,
  Plan,
  ProfitCard,
  profitFields,
} from './profit-summary.ts';
import { standing } from './forecast.ts';
import { marginPercent } from './percent.ts';
import {
  outsideJobs,
  OutsideCard,
  standingGroup,
  StandingGroup,
  type OutsideSums,
  type StandingSums,
} from './standings.ts';
import { paged, placeOf, assignees, jobStatus, NamedRef, sample, textOrNull } from '../shapes.ts';
import { billing, groupFields, money, moneyOrNull, samplesLeftOut, unknownCost, unknownMark } from './money.ts';
import { leftOutMark, named, sampleMark, shown, type Money } from './format.ts';

/** The day of the status that it has. */
const ending = { completedOn: z.string().optional(), cancelledOn: z.string().optional() };

function endingOf({ completedOn, cancelledOn }: Job): { completedOn?: string; cancelledOn?: string } {
  return { ...(completedOn === null ? {} : { completedOn }), ...(cancelledOn === null ? {} : { cancelledOn }) };
}

export const JobCard = z.strictObject({
  ref: z.string(),
  name: z.string(),
  status: jobStatus,
  billing,
  ...ending,
  sample,
  customer: NamedRef,
  ...profitFields,
});
export type JobCard = z.output<typeof JobCard>;

export function jobCard({ job, figures }: { job: Job; figures: JobFigures }, account: VisibleAccount): JobCard {
  return {
    ref: refOf('job', job.id),
    name: job.name,
    status: job.status,
    billing: figures.billing,
    ...endingOf(job),
    ...sampleMark(job.isSample),
    customer: named('customer', job.customer),
    ...profitOrHidden(figures, account),
  };
}

/** A job's own details, as a write answers with them. */
export const JobDetails = z.strictObject({
  ref: z.string(),
  name: z.string(),
  status: jobStatus,
  ...ending,
  sample,
  customer: NamedRef,
  description: textOrNull,
  address: textOrNull,
  startsOn: textOrNull,
  endsOn: textOrNull,
  assignees,
});
export type JobDetails = z.output<typeof JobDetails>;

export function jobDetails(job: Job, assignees: readonly Assignee[]): JobDetails {
  return {
    ref: refOf('job', job.id),
    name: job.name,
    status: job.status,
    ...endingOf(job),
    ...sampleMark(job.isSample),
    customer: named('customer', job.customer),
    description: job.description,
    address: job.address,
    startsOn: job.startsOn,
    endsOn: job.endsOn,
    assignees: assignees.map(({ name, role }) => ({ name, role })),
  };
}

/** Lines that are named one by one when a job is completed; the rest is counted. */
const MOST_NAMED = 20;

/** Lines of a job just completed that are not marked done. */
export const StillTheQuote = z.strictObject({
  count: z.int(),
  profitMoreIfDone: z.string(),
  lines: z.array(
    z.strictObject({
      ref: z.string(),
      description: z.string(),
      counted: z.string(),
      spent: z.string().nullable(),
      ifDone: z.string(),
    }),
  ),
});
export type StillTheQuote = z.output<typeof StillTheQuote>;

/** What a completed job still costs by its quote. Null where it all is what was spent. */
export function stillTheQuote(lines: readonly StillQuoted[], money: Money): StillTheQuote | null {
  if (lines.length === 0) return null;
  const gained = sum(lines.map(({ cost, whenDone }) => amount<'profit'>(cost - whenDone)));
  return {
    count: lines.length,
    profitMoreIfDone: shown(gained, money),
    lines: lines.slice(0, MOST_NAMED).map(({ ref, description, cost, spent, isCovered, whenDone }) => ({
      ref,
      description,
      counted: shown(cost, money),
      spent: isCovered ? shown(spent, money) : null,
      ifDone: shown(whenDone, money),
    })),
  };
}

type PageFacts = {
  readonly job: Job;
  /** Null where one section was asked for. */
  readonly whole: {
    readonly assignees: readonly Assignee[];
    readonly figures: JobFigures;
    readonly plan: readonly PlanRow[];
    /** Price reductions are taken off. */
    readonly contract: {
      readonly worth: Price;
      readonly left: Price;
      readonly toCredit: Price;
    } | null;
    readonly explanation: (JobProfit & { readonly left: readonly Entry<'price'>[] }) | null;
  } | null;
  readonly sections: Sections;
  readonly section: JobSection | null;
  readonly nextCursor: string | null;
};

/** What all contracts of a job come to by now, and what of that is left; null without one. */
const contract = { leftToBill: moneyOrNull, contract: money, toCredit: money };
const COUNTED = ['quotes', 'invoices', 'expenses', 'files', 'appointments', 'walkAndTalks', 'activity'] as const;

export const JobPage = z.strictObject({
  job: z.strictObject({
    ...z.strictObject({ ...JobDetails.shape, billing, ...contract, ...profitFields, plan: Plan }).partial().shape,
    ref: z.string(),
    name: z.string(),
    status: jobStatus,
    customer: NamedRef,
    ...jobSectionFields,
    counts: z.partialRecord(z.enum(COUNTED), z.int()),
  }),
  explain: Explanation.optional(),
  section: z.enum(JOB_SECTIONS).optional(),
  nextCursor: z.string().optional(),
});
export type JobPage = z.output<typeof JobPage>;

export function jobPage({ job, whole, sections, section, nextCursor }: PageFacts, account: VisibleAccount): JobPage {
  const seesProfit = account.profitHidden === null;
  const few = {
    ...named('job', job),
    status: job.status,
    ...sampleMark(job.isSample),
    customer: named('customer', job.customer),
  };
  const details =
    whole === null
      ? few
      : {
          ...jobDetails(job, whole.assignees),
          billing: whole.figures.billing,
          leftToBill: whole.contract === null ? null : shown(whole.contract.left, account),
          ...(whole.contract === null ? {} : contractFields(whole.contract, account)),
          ...profitOrHidden(whole.figures, account),
          plan: seesProfit ? planRows(whole.plan, account) : null,
        };
  return {
    job: {
      ...details,
      ...sectionRows(sections, account, { alone: whole === null }),
      counts: countsOf(sections),
    },
    ...(whole !== null && whole.explanation !== null && seesProfit
      ? { explain: explanationOf(whole.explanation, whole.figures, account) }
      : {}),
    ...(section === null ? {} : { section }),
    ...(nextCursor === null ? {} : { nextCursor }),
  };
}

/** What the contracts come to by now, and what of them was billed too much. */
function contractFields({ worth, toCredit }: { worth: Price; toCredit: Price }, money: Money) {
  return { contract: shown(worth, money), ...(toCredit > 0 ? { toCredit: shown(toCredit, money) } : {}) };
}

function countsOf(sections: Sections): { [K in keyof Sections]?: number } {
  return Object.fromEntries(Object.entries(sections).map(([name, { count }]) => [name, count]));
}

type GroupFacts = { readonly jobs: number; readonly totals: TotalProfitSummary; readonly unknownCost: number };
type ListFacts = {
  readonly jobs: readonly { readonly job: Job; readonly figures: JobFigures }[];
  readonly totals: TotalProfitSummary;
  readonly unknownCost: number;
  readonly byStatus: readonly (GroupFacts & { readonly status: JobStatus })[];
  readonly byBilling: readonly (GroupFacts & { readonly billing: Billing })[];
  readonly byStanding: readonly StandingSums[];
  readonly outsideJobs: OutsideSums | null;
  readonly includesSamples: boolean;
  readonly samplesLeftOut: boolean;
  readonly count: number;
  readonly nextCursor: string | null;
};

const Group = z.strictObject(groupFields);
const JobTotals = z.strictObject({
  ...ProfitCard.shape,
  unknownCost,
  byStatus: z.partialRecord(jobStatus, Group),
  byBilling: z.partialRecord(billing, Group),
  byStanding: z.partialRecord(standing, StandingGroup),
  outsideJobs: OutsideCard.optional(),
  includesSamples: z.boolean(),
  samplesLeftOut,
});
export const JobList = z.strictObject({
  jobs: z.array(JobCard),
  totals: JobTotals.nullable(),
  profitHidden: profitFields.profitHidden,
  ...paged,
});
export type JobList = z.output<typeof JobList>;

export function jobList(list: ListFacts, account: VisibleAccount): JobList {
  const group = ({ jobs, totals, unknownCost: unknown }: GroupFacts) => ({
    jobs,
    billed: shown(totals.billed, account),
    costOfWork: shown(totals.costOfWork, account),
    expenses: shown(totals.expenses, account),
    profit: shown(totals.profit, account),
    marginPercent: marginPercent(totals.marginTenths),
    ...unknownMark(unknown),
  });
  const totals = {
    ...profitCard({ ...list.totals, warnings: [] }, account),
    ...unknownMark(list.unknownCost),
    byStatus: Object.fromEntries(list.byStatus.map((each) => [each.status, group(each)])),
    byBilling: Object.fromEntries(list.byBilling.map((each) => [each.billing, group(each)])),
    byStanding: Object.fromEntries(list.byStanding.map((each) => [each.standing, standingGroup(each, account)])),
    ...(list.outsideJobs === null ? {} : { outsideJobs: outsideJobs(list.outsideJobs, account) }),
    includesSamples: list.includesSamples,
    ...leftOutMark(list.samplesLeftOut),
  };
  return {
    jobs: list.jobs.map((listed) => jobCard(listed, account)),
    ...(account.profitHidden === null ? { totals } : { totals: null, profitHidden: account.profitHidden }),
    ...placeOf(list),
  };
}
