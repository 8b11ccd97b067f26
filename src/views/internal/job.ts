// Jobs as their owner sees them: the card, the page, and the list with its totals.
import type { ProfitHidden, Seen } from '../../domain/account.ts';
import type { StillQuoted } from '../../domain/cost.ts';
import type { Assignee, Billing, Job, JobStatus } from '../../domain/job.ts';
import { amount, sum, type Price, type Total } from '../../domain/money.ts';
import type { PlanRow } from '../../domain/plan-and-actual.ts';
import type { Reckoning, Strip, TotalStrip } from '../../domain/profit.ts';
import { refOf } from '../../domain/reference.ts';
import type { JobSection } from '../../domain/sections.ts';
import { listings, sectionsOut, sectionsText, sectionText, type Sections, type SectionsOut } from './sections.ts';
import {
  explanationOut,
  explanationText,
  hiddenText,
  isNotZero,
  marginOut,
  planOut,
  planText,
  profitInShort,
  profitOut,
  stripOut,
  stripText,
  type StripOut,
} from './strip.ts';
import { cut } from '../../domain/text.ts';
import {
  counted,
  leftOutOut,
  listed,
  moreText,
  namedOut,
  plain,
  sampleOut,
  sampleText,
  samplesText,
  shown,
  type Money,
  type Sent,
} from './words.ts';

export function jobCardOut({ job, strip }: { job: Job; strip: Strip }, account: Seen) {
  return {
    ref: refOf('job', job.id),
    name: job.name,
    status: job.status,
    billing: strip.billing,
    ...sampleOut(job.isSample),
    customer: namedOut('customer', job.customer),
    ...profitOut(strip, account),
  };
}

type CardInWords = {
  ref: string;
  name: string;
  status: string;
  billing: string;
  sample?: true | undefined;
  customer: { name: string };
  profit: StripOut | null;
};

export function jobCardText(job: CardInWords): string {
  const money = job.profit === null ? '' : `: ${profitInShort(job.profit)}, billed ${job.profit.billed}`;
  const flag = job.profit !== null && job.profit.warnings.length > 0 ? ', see its note' : '';
  return `${job.ref} ${job.name}, ${job.customer.name}${sampleText(job)}, ${plain(job.status)}, ${plain(job.billing)}${money}${flag}`;
}

export function jobDetailsOut(job: Job, assignees: readonly Assignee[]) {
  return {
    ref: refOf('job', job.id),
    name: job.name,
    status: job.status,
    ...sampleOut(job.isSample),
    customer: namedOut('customer', job.customer),
    description: job.description,
    address: job.address,
    startsOn: job.startsOn,
    endsOn: job.endsOn,
    assignees: assignees.map(({ name, role }) => ({ name, role })),
  };
}
/** One section of a page says only whose it is. */
type PartialDetails = Pick<DetailsOut, 'ref' | 'name' | 'status' | 'customer'> & Partial<DetailsOut>;
type DetailsOut = ReturnType<typeof jobDetailsOut>;

export function jobDetailsText(job: Sent<PartialDetails>): string {
  const { startsOn, endsOn, assignees = [], description } = job;
  return [
    `${job.ref} ${job.name}${sampleText(job)}, for ${job.customer.ref} ${job.customer.name}, ${plain(job.status)}.`,
    listed([
      typeof job.address === 'string' && `At ${job.address}`,
      typeof startsOn === 'string' && `starts ${startsOn}`,
      typeof endsOn === 'string' && `ends ${endsOn}`,
      assignees.length > 0 && `on it: ${cut(assignees.map(({ name, role }) => `${name} (${role})`).join(', '), 1000)}`,
    ]),
    typeof description === 'string' ? `Description: ${cut(description, 600)}` : '',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

/** Lines that are named one by one when a job is completed; the rest is counted. */
const MOST_NAMED = 20;

/** What a completed job still costs by its quote. Null where it all is what was spent. */
export function stillQuotedOut(lines: readonly StillQuoted[], money: Money) {
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

export function stillQuotedText(found: Sent<NonNullable<ReturnType<typeof stillQuotedOut>>>): string {
  const { count, profitMoreIfDone, lines } = found;
  const more = count > lines.length ? [`- and ${count - lines.length} more`] : [];
  const change = isNotZero(profitMoreIfDone)
    ? `with all of them done the profit is ${profitMoreIfDone} more`
    : 'that changes no figure as it stands';
  return [
    `Still the quote, since ${counted(count, 'line')} ${count === 1 ? 'is' : 'are'} not marked done (update-quote doneLines; ${change}):`,
    ...lines.map(({ ref, description, counted: counts, spent, ifDone }) =>
      spent === null
        ? `- ${ref} ${cut(description, 60)}: counts ${counts}; no expense covers it, so done it counts the same, or 0 with spentNothing: true`
        : `- ${ref} ${cut(description, 60)}: counts ${counts}, ${spent} spent; done it counts ${ifDone}`,
    ),
    ...more,
  ].join('\n');
}

type JobPage = {
  readonly job: Job;
  /** Null where one section was asked for. */
  readonly whole: {
    readonly assignees: readonly Assignee[];
    readonly strip: Strip;
    readonly plan: readonly PlanRow[];
    /** Price reductions are taken off. */
    readonly contract: {
      readonly worth: Total<'price'>;
      readonly left: Price;
      readonly toCredit: Total<'price'>;
    } | null;
    readonly explanation: Reckoning | null;
  } | null;
  readonly sections: Sections;
  readonly section: JobSection | null;
  readonly nextCursor: string | null;
};

export function jobPageOut({ job, whole, sections, section, nextCursor }: JobPage, account: Seen) {
  const seesProfit = account.profitHidden === null;
  const named = {
    ref: refOf('job', job.id),
    name: job.name,
    status: job.status,
    ...sampleOut(job.isSample),
    customer: namedOut('customer', job.customer),
  };
  const details =
    whole === null
      ? named
      : {
          ...jobDetailsOut(job, whole.assignees),
          billing: whole.strip.billing,
          leftToBill: whole.contract === null ? null : shown(whole.contract.left, account),
          ...(whole.contract === null ? {} : contractOut(whole.contract, account)),
          ...profitOut(whole.strip, account),
          plan: seesProfit ? planOut(whole.plan, account) : null,
        };
  const explanation = whole?.explanation ?? null;
  return {
    job: {
      ...details,
      ...sectionsOut(sections, account, { alone: whole === null }),
      counts: countsOut(sections),
    },
    ...(explanation !== null && seesProfit ? { explain: explanationOut(explanation, account) } : {}),
    ...(section === null ? {} : { section }),
    ...(nextCursor === null ? {} : { nextCursor }),
  };
}

/** What the contracts come to by now, and what of them was billed too much. */
function contractOut({ worth, toCredit }: { worth: Total<'price'>; toCredit: Total<'price'> }, money: Money) {
  return { contract: shown(worth, money), ...(toCredit > 0n ? { toCredit: shown(toCredit, money) } : {}) };
}

function countsOut(sections: Sections): { [K in keyof Sections]?: number } {
  return Object.fromEntries(Object.entries(sections).map(([name, { count }]) => [name, count]));
}

type JobPageOut = {
  job: Sent<PartialDetails> & {
    billing?: string | undefined;
    leftToBill?: string | null | undefined;
    contract?: string | undefined;
    toCredit?: string | undefined;
    profit?: StripOut | null | undefined;
    profitHidden?: ProfitHidden | undefined;
    plan?: Sent<ReturnType<typeof planOut>> | null | undefined;
    counts: { [K in keyof Sections]?: number | undefined };
  } & SectionsOut;
  explain?: Parameters<typeof explanationText>[0] | undefined;
  section?: JobSection | undefined;
  nextCursor?: string | undefined;
};

export function jobPageText({ job, explain, section, nextCursor }: JobPageOut): string {
  const rows = listings(job, { ...job.counts, 'walk-and-talks': job.counts.walkAndTalks });
  const [only] = rows;
  if (section !== undefined && only !== undefined) return sectionText(only, { first: jobDetailsText(job), nextCursor });
  const first = [
    jobDetailsText(job),
    ...(job.billing === undefined ? [] : [`Billing: ${plain(job.billing)}${SO_FAR[job.billing] ?? ''}.`]),
    ...contractText(job),
    ...(job.profit === undefined ? [] : [job.profit === null ? hiddenText(job.profitHidden) : stripText(job.profit)]),
    ...(job.plan === undefined || job.plan === null ? [] : planText(job.plan)),
    ...(explain === undefined ? [] : ['', explanationText(explain)]),
  ].join('\n');
  return [first, ...sectionsText(rows, first.length, (name) => `get-job with section: "${name}"`)].join('\n');
}

function contractText({ contract, leftToBill, toCredit }: JobPageOut['job']): string[] {
  if (contract === undefined || typeof leftToBill !== 'string') return [];
  const credit = toCredit === undefined ? '' : `, ${toCredit} to credit`;
  return [`Contract ${contract}, ${leftToBill} left to bill${credit}.`];
}

/** Before everything is billed a loss may only mean that. */
const SO_FAR: Readonly<Record<string, string>> = {
  part_billed: ', so this is how it stands so far',
  not_billed: ', so nothing has come in yet',
};

type Group = { readonly jobs: number; readonly totals: TotalStrip };
type JobList = {
  readonly jobs: readonly { readonly job: Job; readonly strip: Strip }[];
  readonly totals: TotalStrip;
  readonly byStatus: readonly (Group & { readonly status: JobStatus })[];
  readonly byBilling: readonly (Group & { readonly billing: Billing })[];
  readonly includesSamples: boolean;
  readonly samplesLeftOut: boolean;
  readonly count: number;
  readonly nextCursor: string | null;
};

export function jobListOut(list: JobList, account: Seen) {
  const group = ({ jobs, totals }: Group) => ({
    jobs,
    billed: shown(totals.billed, account),
    costOfWork: shown(totals.costOfWork, account),
    expenses: shown(totals.expenses, account),
    profit: shown(totals.profit, account),
    marginPercent: marginOut(totals.marginTenths),
  });
  const totals = {
    ...stripOut({ ...list.totals, warnings: [] }, account),
    byStatus: Object.fromEntries(list.byStatus.map((each) => [each.status, group(each)])),
    byBilling: Object.fromEntries(list.byBilling.map((each) => [each.billing, group(each)])),
    includesSamples: list.includesSamples,
    ...leftOutOut(list.samplesLeftOut),
  };
  return {
    jobs: list.jobs.map((listed) => jobCardOut(listed, account)),
    ...(account.profitHidden === null ? { totals } : { totals: null, profitHidden: account.profitHidden }),
    count: list.count,
    ...(list.nextCursor === null ? {} : { nextCursor: list.nextCursor }),
  };
}
type JobListOut = Sent<ReturnType<typeof jobListOut>>;

export function jobListText(list: JobListOut): string {
  if (list.count === 0) return 'No jobs match.';
  const more = list.nextCursor === undefined ? '' : `\n${moreText(list.jobs.length, list.count, list.nextCursor)}`;
  const rows = list.jobs.map((job) => `- ${jobCardText(job)}`).join('\n');
  return `${counted(list.count, 'job')}:\n${rows}${more}\n${list.totals === null ? hiddenText(list.profitHidden) : totalsText(list.totals)}`;
}

function totalsText(totals: NonNullable<JobListOut['totals']>): string {
  const groups = (by: Readonly<Record<string, { jobs: number; profit: string } | undefined>>) =>
    Object.entries(by).map(([name, group]) =>
      group === undefined ? '' : `${plain(name)} ${group.jobs} (profit ${group.profit})`,
    );
  const count = Object.values(totals.byStatus).reduce((sum, group) => sum + (group?.jobs ?? 0), 0);
  return [
    `All ${counted(count, 'job')}${samplesText(totals)}:`,
    stripText(totals),
    `By status: ${listed(groups(totals.byStatus))}`,
    `By billing: ${listed(groups(totals.byBilling))}`,
  ].join('\n');
}
