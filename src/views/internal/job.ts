// Jobs as their owner sees them: the card, the page, and the list with its totals.
import type { Account } from '../../domain/account.ts';
import type { Expense } from '../../domain/cost.ts';
import { wallClock } from '../../domain/dates.ts';
import type { InvoiceSummary } from '../../domain/invoice.ts';
import type { Activity, Assignee, Billing, Job, JobStatus } from '../../domain/job.ts';
import type { PaymentState } from '../../domain/payment.ts';
import { planHas } from '../../domain/plans.ts';
import type { PlanRow } from '../../domain/plan-and-actual.ts';
import type { Reckoning, Strip, TotalStrip } from '../../domain/profit.ts';
import type { QuoteSummary } from '../../domain/quote.ts';
import { refOf } from '../../domain/reference.ts';
import { expenseOut, expenseRowText } from './expense.ts';
import { invoiceRowOut, invoiceRowText } from './invoice.ts';
import { quoteRowOut, quoteRowText } from './quote.ts';
import {
  explanationOut,
  explanationText,
  hiddenText,
  marginOut,
  planOut,
  planText,
  profitInShort,
  profitOut,
  stripOut,
  stripText,
  type StripOut,
} from './strip.ts';
import { counted, cut, listed, namedOut, plain, sampleOut, sampleText, shown, type Sent } from './words.ts';

export function jobCardOut({ job, strip }: { job: Job; strip: Strip }, account: Account) {
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
type DetailsOut = Sent<ReturnType<typeof jobDetailsOut>>;

export function jobDetailsText(job: DetailsOut): string {
  return [
    `${job.ref} ${job.name}${sampleText(job)}, for ${job.customer.ref} ${job.customer.name}, ${plain(job.status)}.`,
    listed([
      job.address,
      job.startsOn !== null && `starts ${job.startsOn}`,
      job.endsOn !== null && `ends ${job.endsOn}`,
      job.assignees.length > 0 && `on it: ${job.assignees.map(({ name, role }) => `${name} (${role})`).join(', ')}`,
    ]),
    job.description === null ? '' : cut(job.description, 600),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

type JobPage = {
  readonly job: Job;
  readonly assignees: readonly Assignee[];
  readonly strip: Strip;
  readonly plan: readonly PlanRow[];
  readonly explanation: Reckoning | null;
  readonly quotes: readonly QuoteSummary[];
  readonly quoteCount: number;
  readonly invoices: readonly (InvoiceSummary & { payment: PaymentState | null; overdue: boolean })[];
  readonly invoiceCount: number;
  readonly expenses: readonly Expense[];
  readonly expenseCount: number;
  readonly activity: readonly Activity[];
  readonly activityCount: number;
};

export function jobPageOut(page: JobPage, account: Account) {
  const seesProfit = planHas(account.plan, 'profit');
  return {
    job: {
      ...jobDetailsOut(page.job, page.assignees),
      billing: page.strip.billing,
      ...profitOut(page.strip, account),
      plan: seesProfit ? planOut(page.plan, account) : null,
      quotes: page.quotes.map((quote) => quoteRowOut(quote, account)),
      invoices: page.invoices.map((invoice) => invoiceRowOut(invoice, account)),
      expenses: page.expenses.map((expense) => expenseOut(expense, account)),
      activity: page.activity.map(({ at, entry, text, by, through }) => ({
        at: wallClock(at, account.timeZone),
        entry,
        text,
        by,
        through,
      })),
      counts: {
        quotes: page.quoteCount,
        invoices: page.invoiceCount,
        expenses: page.expenseCount,
        activity: page.activityCount,
      },
    },
    ...(page.explanation !== null && seesProfit ? { explain: explanationOut(page.explanation, account) } : {}),
  };
}
type JobPageOut = Sent<ReturnType<typeof jobPageOut>>;

export function jobPageText({ job, explain }: JobPageOut): string {
  const section = (title: string, rows: readonly string[], count: number, how: string) =>
    rows.length === 0
      ? []
      : [
          `${title}${count > rows.length ? ` (${rows.length} of ${count}${how})` : ''}:`,
          ...rows.map((row) => `- ${row}`),
        ];
  return [
    jobDetailsText(job),
    `Billing: ${plain(job.billing)}.`,
    job.profit === null ? hiddenText() : stripText(job.profit),
    ...(job.plan === null ? [] : planText(job.plan)),
    ...(explain === undefined ? [] : ['', explanationText(explain)]),
    ...section('Quotes', job.quotes.map(quoteRowText), job.counts.quotes, `; list-quotes with job ${job.ref} has all`),
    ...section(
      'Invoices',
      job.invoices.map(invoiceRowText),
      job.counts.invoices,
      `; list-invoices with job ${job.ref} has all`,
    ),
    ...section('Expenses', job.expenses.map(expenseRowText), job.counts.expenses, ', the newest'),
    ...section(
      'Activity',
      job.activity.map(({ at, text, by, through }) => `${at} ${cut(text, 300)} (${listed([by, through], ' via ')})`),
      job.counts.activity,
      ', the newest',
    ),
  ].join('\n');
}

type Group = { readonly jobs: number; readonly totals: TotalStrip };
type JobList = {
  readonly jobs: readonly { readonly job: Job; readonly strip: Strip }[];
  readonly totals: TotalStrip;
  readonly byStatus: readonly (Group & { readonly status: JobStatus })[];
  readonly byBilling: readonly (Group & { readonly billing: Billing })[];
  readonly includesSamples: boolean;
  readonly count: number;
  readonly nextCursor: string | null;
};

export function jobListOut(list: JobList, account: Account) {
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
  };
  return {
    jobs: list.jobs.map((listed) => jobCardOut(listed, account)),
    ...(planHas(account.plan, 'profit') ? { totals } : { totals: null, profitHidden: 'plan' as const }),
    count: list.count,
    ...(list.nextCursor === null ? {} : { nextCursor: list.nextCursor }),
  };
}
type JobListOut = Sent<ReturnType<typeof jobListOut>>;

export function jobListText(list: JobListOut): string {
  if (list.count === 0) return 'No jobs match.';
  const more =
    list.nextCursor === undefined ? '' : `\n${list.jobs.length} shown of ${list.count}; the rest with cursor.`;
  const rows = list.jobs.map((job) => `- ${jobCardText(job)}`).join('\n');
  return `${counted(list.count, 'job')}:\n${rows}${more}\n${list.totals === null ? hiddenText() : totalsText(list.totals, list.count)}`;
}

function totalsText(totals: NonNullable<JobListOut['totals']>, count: number): string {
  const groups = (by: Readonly<Record<string, { jobs: number; profit: string } | undefined>>) =>
    Object.entries(by).map(([name, group]) =>
      group === undefined ? '' : `${plain(name)} ${group.jobs} (profit ${group.profit})`,
    );
  return [
    `All ${counted(count, 'job')}${totals.includesSamples ? ', samples included' : ''}:`,
    stripText(totals),
    `By status: ${listed(groups(totals.byStatus))}`,
    `By billing: ${listed(groups(totals.byBilling))}`,
  ].join('\n');
}
