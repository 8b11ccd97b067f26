// Jobs in words: the card, the page, and the list with its totals.
import type { ProfitHidden } from '../domain/account.ts';
import type { JobSection } from '../domain/sections.ts';
import { cut } from '../domain/text.ts';
import type { DetailsOut, JobListOut, stillTheQuote } from '../views/internal/job.ts';
import type { Sections, SectionsOut } from '../views/internal/sections.ts';
import type { planRows, ProfitSummaryOut } from '../views/internal/profit-summary.ts';
import { plain, type Sent } from '../views/internal/format.ts';
import { listings, sectionsText, sectionText } from './sections.ts';
import {
  explanationText,
  hiddenText,
  isNotZero,
  planText,
  profitInShort,
  profitSummaryText,
} from './profit-summary.ts';
import { counted, listed, moreText, samplesText, sampleText } from './format.ts';

type CardInWords = {
  ref: string;
  name: string;
  status: string;
  billing: string;
  sample?: true | undefined;
  customer: { name: string };
  profit: ProfitSummaryOut | null;
};

export function jobCardText(job: CardInWords): string {
  const money = job.profit === null ? '' : `: ${profitInShort(job.profit)}, billed ${job.profit.billed}`;
  const flag = job.profit !== null && job.profit.warnings.length > 0 ? ', see its note' : '';
  return `${job.ref} ${job.name}, ${job.customer.name}${sampleText(job)}, ${plain(job.status)}, ${plain(job.billing)}${money}${flag}`;
}

/** One section of a page says only whose it is. */
type PartialDetails = Pick<DetailsOut, 'ref' | 'name' | 'status' | 'customer'> & Partial<DetailsOut>;

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

export function stillQuotedText(found: Sent<NonNullable<ReturnType<typeof stillTheQuote>>>): string {
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

type JobPageOut = {
  job: Sent<PartialDetails> & {
    billing?: string | undefined;
    leftToBill?: string | null | undefined;
    contract?: string | undefined;
    toCredit?: string | undefined;
    profit?: ProfitSummaryOut | null | undefined;
    profitHidden?: ProfitHidden | undefined;
    plan?: Sent<ReturnType<typeof planRows>> | null | undefined;
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
    ...(job.profit === undefined
      ? []
      : [job.profit === null ? hiddenText(job.profitHidden) : profitSummaryText(job.profit)]),
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
  const count = Object.values(totals.byStatus).reduce((sum, group) => sum + group.jobs, 0);
  return [
    `All ${counted(count, 'job')}${samplesText(totals)}:`,
    profitSummaryText(totals),
    `By status: ${listed(groups(totals.byStatus))}`,
    `By billing: ${listed(groups(totals.byBilling))}`,
  ].join('\n');
}
