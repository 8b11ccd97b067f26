// Jobs in words: the card, the page, and the list with its totals.
import { plain } from '../domain/text.ts';
import type { Printed } from './catalogue.ts';
import { doubtsInShort, figuresInShort, jobFiguresBlocks } from './forecast.ts';
import type { JobCard, JobDetails, JobList, JobPage, StillTheQuote } from '../views/internal/job.ts';
import { head, line, next, phrase, row, toPlace, toRecord, words, wordsOf, type Block, type Phrase } from './blocks.ts';
import { outsideBlocks, standingBlocks } from './standings.ts';
import {
  asideBlocks,
  explanationBlocks,
  hiddenText,
  isNotZero,
  planBlocks,
  profitSummaryBlocks,
  unknownText,
  type Summed,
} from './profit-summary.ts';
import { listings, sectionBlocks, sectionsBlocks } from './sections.ts';
import { counted, joined, listBlocks, listed, samplesText, sampleText, short } from './format.ts';

function jobCardText(job: Printed<JobCard>): Phrase {
  return cardText(job, `, ${job.customer.name}`);
}

/** On the page of its customer. */
export function jobOfCustomerText(job: Printed<JobCard>): Phrase {
  return cardText(job, '');
}

function cardText(job: Printed<JobCard>, customer: string): Phrase {
  const money = job.profit === null ? '' : `: ${figuresInShort(job)}`;
  return phrase`${toRecord(job.ref)} ${job.name}${customer}${sampleText(job)}, ${statusText(job)}, ${plain(job.billing)}${money}${doubtsInShort(job)}`;
}

/** `completed 2026-03-05` */
function statusText({ status, completedOn, cancelledOn }: Pick<Details, 'status' | 'completedOn' | 'cancelledOn'>) {
  const day = completedOn ?? cancelledOn;
  return day === undefined ? plain(status) : `${plain(status)} ${day}`;
}

/** One section of a page says only whose it is. */
type Details = Pick<Printed<JobPage>['job'], keyof JobDetails>;

export function jobDetailsBlocks(job: Details): Block[] {
  const { startsOn, endsOn, assignees = [], description, address } = job;
  const details = joined([
    typeof address === 'string' && phrase`At ${toPlace(address)}`,
    typeof startsOn === 'string' && `starts ${startsOn}`,
    typeof endsOn === 'string' && `ends ${endsOn}`,
    assignees.length > 0 && `on it: ${short(assignees.map(({ name, role }) => `${name} (${role})`).join(', '), 1000)}`,
  ]);
  return [
    head(
      phrase`${job.ref} ${job.name}`,
      ', ',
      phrase`for ${toRecord(job.customer.ref)} ${job.customer.name}, ${statusText(job)}.`,
      job,
    ),
    ...(wordsOf(details) === '' ? [] : [line(details)]),
    ...(typeof description === 'string' ? [words('Description', description, 600)] : []),
  ];
}

export function stillQuotedBlocks(found: StillTheQuote): Block[] {
  const { count, profitMoreIfDone, lines } = found;
  const change = isNotZero(profitMoreIfDone)
    ? `with all of them done the profit is ${profitMoreIfDone} more`
    : 'that changes no figure as it stands';
  return [
    line(`Still the quote, since ${counted(count, 'line')} ${count === 1 ? 'is' : 'are'} not marked done`, {
      ...{ next: ` (update-quote doneLines; ${change}):`, instead: ` (${change}):` },
    }),
    ...lines.map(({ ref, description, counted: counts, spent, ifDone }) =>
      row(
        spent === null
          ? phrase`${toRecord(ref)} ${short(description, 60)}: counts ${counts}; no expense covers it, so done it counts the same, or 0 with spentNothing: true`
          : phrase`${toRecord(ref)} ${short(description, 60)}: counts ${counts}, ${spent} spent; done it counts ${ifDone}`,
      ),
    ),
    ...(count > lines.length ? [row(`and ${count - lines.length} more`)] : []),
  ];
}

export function jobPageBlocks({ job, explain, section, nextCursor }: Printed<JobPage>): Block[] {
  const sections = listings(job, { ...job.counts, 'walk-and-talks': job.counts.walkAndTalks });
  const [only] = sections;
  if (section !== undefined && only !== undefined)
    return sectionBlocks(only, { first: jobDetailsBlocks(job), nextCursor });
  const first = [
    ...jobDetailsBlocks(job),
    ...(job.profit === undefined ? [] : profitBlocks(job)),
    ...(job.billing === undefined ? [] : [line(`Billing: ${plain(job.billing)}.`)]),
    ...contractBlocks(job),
    ...(job.plan === undefined || job.plan === null ? [] : planBlocks(job.plan)),
    ...(explain === undefined ? [] : [line(''), ...explanationBlocks(explain)]),
  ];
  return [...first, ...sectionsBlocks(sections, first, (name) => `get-job with section: "${name}"`)];
}

function profitBlocks({ profit = null, forecast = null, standing, profitHidden }: Printed<JobPage>['job']): Block[] {
  return profit === null ? [line(hiddenText(profitHidden))] : jobFiguresBlocks({ profit, standing, forecast });
}

function contractBlocks({ status, contract, leftToBill, toCredit, quotes = [] }: Printed<JobPage>['job']): Block[] {
  if (contract === undefined || typeof leftToBill !== 'string') return [];
  const credit = toCredit === undefined ? '' : `, ${toCredit} to credit`;
  const done = status === 'completed' && isNotZero(leftToBill) ? 'The work is done, but not all of it is billed. ' : '';
  const isTaxed = quotes.some(({ status: stands, tax }) => stands === 'accepted' && isNotZero(tax ?? ''));
  return [line(`${done}Contract ${contract}, ${leftToBill} left to bill${credit}${isTaxed ? ', before tax' : ''}.`)];
}

type Started = { readonly job: { readonly ref: string }; readonly soldOnNoJob?: readonly string[] | undefined };

/** What comes after a job was started: work that is sold already is not quoted once more. */
export function startedBlocks({ job, soldOnNoJob: sold = [] }: Started): Block[] {
  if (sold.length === 0) return [next(`Next: create-quote with job ${job.ref}.`)];
  const records = sold.map((ref) => `"${ref}"`).join(', ');
  return [
    line(`${sold.join(', ')} ${sold.length === 1 ? 'is' : 'are'} accepted and under no job yet.`),
    next(
      `If it is this work: file-under-job with job: "${job.ref}" and records: [${records}]; else create-quote with job ${job.ref}.`,
    ),
  ];
}

export function jobListBlocks(list: Printed<JobList>): Block[] {
  const page = listBlocks('job', list.jobs.map(jobCardText), list);
  if (list.count === 0)
    return list.totals === null
      ? page
      : [line(`No jobs match${samplesText(list.totals)}.`), ...outsideBlocks(list.totals.outsideJobs)];
  return [...page, ...(list.totals === null ? [line(hiddenText(list.profitHidden))] : totalsBlocks(list.totals))];
}

function totalsBlocks(totals: NonNullable<Printed<JobList>['totals']>): Block[] {
  const groups = (by: Readonly<Record<string, (Summed & { jobs: number; billed: string }) | undefined>>) =>
    Object.entries(by).map(([name, group]) => {
      if (group === undefined) return '';
      const about = listed([isNotZero(group.billed) && `billed ${group.billed}`, unknownText(group)]);
      return `${plain(name)} ${group.jobs}${about === '' ? '' : ` (${about})`}`;
    });
  const count = Object.values(totals.byStatus).reduce((sofar, { jobs }) => sofar + jobs, 0);
  return [
    line(`All ${counted(count, 'job')}${samplesText(totals)}:`),
    ...standingBlocks(totals.byStanding),
    ...outsideBlocks(totals.outsideJobs),
    ...sumBlocks(totals),
    line(`By status: ${listed(groups(totals.byStatus))}`),
    line(`By billing: ${listed(groups(totals.byBilling))}`),
  ];
}

/** What jobs made that are finished is no figure together with the cost of those that are not all billed. */
function sumBlocks(totals: NonNullable<Printed<JobList>['totals']>): Block[] {
  const { running, unsold } = totals.byStanding;
  if (running === undefined && unsold === undefined) return profitSummaryBlocks(totals, 'All of them: ');
  return [line(`Billed on all of them: ${totals.billed} ${totals.currency}`), ...asideBlocks(totals)];
}
