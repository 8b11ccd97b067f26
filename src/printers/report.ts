// A profit report in words.
import { standingBlocks } from './standings.ts';
import { plain } from '../domain/text.ts';
import type { ProfitReport } from '../views/internal/report.ts';
import { LONGEST_WHAT } from '../views/internal/report-records.ts';
import type { Printed } from './catalogue.ts';
import { detail, line, phrase, row, toRecord, wordsOf, type Block, type Phrase } from './blocks.ts';
import { isNotZero, marginText } from './profit-summary.ts';
import { leadsWithForecast, madeText, runningText } from './report-outlook.ts';
import { salesTaxBlocks } from './tax-report.ts';
import { capital, counted, joined, listed, samplesText, sampleText, short } from './format.ts';

type Row = Printed<ProfitReport>['rows'][number];
type Figure = NonNullable<Row['records']>[number]['figure'];

const FIGURES: Readonly<Record<Figure, string>> = {
  ...{ billed: 'billed', costOfWork: 'cost of work', expenses: 'expenses' },
  ...{ planned: 'planned', spent: 'spent', outsideJobs: 'outside jobs billed', overhead: 'overhead' },
};

export function profitReportBlocks(report: Printed<ProfitReport>): Block[] {
  const period = periodText(report.period);
  const when = joined([askedText(report.asked), period], '');
  const { totals, currency, plan } = report;
  if (report.salesTax !== undefined)
    return salesTaxBlocks(report.salesTax, `${period}${samplesText(totals)}`, currency);
  if (plan !== undefined) return planBlocks(report, plan);
  if (report.by === 'category' && report.count > 0) return categoryBlocks(report, when);
  // What is so today is nothing of a period that is over.
  const isOver = report.period?.over === true;
  const apart = isOver ? [] : notYetBilledBlocks(totals, currency);
  const beside = [...besideBlocks(totals, currency), ...soldOnNoJobBlocks(totals, currency)];
  if (report.count === 0)
    return [line(phrase`No job made or cost anything${wordsOf(when) === '' ? ' yet' : when}.`), ...beside, ...apart];
  const margin = marginText({ ...totals, warnings: [] }, totals.marginPercent, 'no margin, nothing is billed');
  return [
    ...standingsBlocks(totals),
    line(phrase`Profit by ${report.by}${when}${orderText(report.by, period === '')}:`),
    ...report.rows.flatMap((each) => rowBlocks(each, { isWhole: period === '' && report.by !== 'month' })),
    ...moreBlocks(report),
    line(
      `All ${counted(totals.jobs, 'job')}${samplesText(totals)}: profit ${totals.profit} ${currency}, ${margin}${totals.byStanding === undefined ? runningText(totals, true) : ''}`,
    ),
    line(`= billed ${totals.billed} − cost of work ${totals.costOfWork} − expenses ${totals.expenses}`),
    ...ofRunningBlocks(totals),
    ...closedBlocks(totals.fromClosedMonths),
    ...beside,
    ...apart,
    ...(!isOver && isNotZero(totals.notBilledYet) ? [line(`Drafts not billed yet: ${totals.notBilledYet}`)] : []),
    ...(report.thinJobs === undefined
      ? []
      : [line(rankingText(`Jobs under ${report.thinJobs.belowPercent} %`, report.thinJobs))]),
    ...(report.lossJobs.count === 0 ? [] : [line(rankingText('Jobs at a loss', report.lossJobs))]),
    ...apartBlocks('Part billed', report.partBilled),
    ...apartBlocks('Not billed', report.notBilled),
  ];
}

/** How much of what was made is of jobs whose result is still open. */
function ofRunningBlocks({ running, jobs }: Printed<ProfitReport>['totals']): Block[] {
  if (running === undefined) return [];
  const which = running.jobs === jobs ? 'All of it' : `Of this ${running.profit}`;
  return [line(`${which} is of ${counted(running.jobs, 'job')} still running, earned by what is billed.`)];
}

function notYetBilledBlocks(totals: Printed<ProfitReport>['totals'], currency: string): Block[] {
  const { costNotYetBilled, costNotYetBilledOf: of } = totals;
  if (!isNotZero(costNotYetBilled)) return [];
  const [waits, offered] = ['spent or planned on jobs under way, waits for their next bill', 'of jobs not sold yet'];
  const parts =
    of === undefined
      ? waits
      : listed([isNotZero(of.underWay) && `${of.underWay} ${waits}`, `${of.unsold} ${offered}`], '; ');
  return [line(`Cost not billed yet, in no figure above: ${costNotYetBilled} ${currency}, ${parts}`)];
}

/** Who asks for kinds of cost asks for no profit. */
function categoryBlocks(report: Printed<ProfitReport>, when: Phrase): Block[] {
  return [
    ...overPlanBlocks(report),
    line(phrase`Costs by category${when}${samplesText(report.totals)}:`),
    ...report.rows.flatMap((each) => rowBlocks(each)),
    ...moreBlocks(report),
    ...besideBlocks(report.totals, report.currency),
    ...soldOnNoJobBlocks(report.totals, report.currency),
  ];
}

/** What was sold on no job: its bills may stand outside of jobs, its cost stands nowhere. */
function soldOnNoJobBlocks({ soldOnNoJob: sold = [] }: Printed<ProfitReport>['totals'], currency: string): Block[] {
  if (sold.length === 0) return [];
  const quotes = sold.map(({ ref, subtotal }) => `${ref} (${subtotal} ${currency})`).join(', ');
  return [
    line(`Accepted, but under no job: ${quotes}; what that work costs is in no figure here`, {
      ...{ next: ' until file-under-job puts it under one', instead: ' until it is filed under one' },
    }),
  ];
}

/** What the business made after what is on no job; of a customer what was billed there, which is in no job's profit. */
function besideBlocks(totals: Printed<ProfitReport>['totals'], currency: string): Block[] {
  const { outsideJobs = NONE, overhead = '0', business } = totals;
  if (!(isAnything(outsideJobs) || isNotZero(overhead))) return [];
  if (business === undefined)
    return [line(`Outside jobs, in no figure of these: billed ${outsideJobs.billed} ${currency}`)];
  const parts = [
    isAnything(outsideJobs) && ` + ${outsideText(outsideJobs)}`,
    isNotZero(overhead) && ` − overhead ${overhead}`,
  ];
  const { unknownCost: unknown = 0 } = totals;
  const doubt = unknown === 0 ? '' : `, but the cost of ${counted(unknown, 'job')} is not known`;
  return [line(`The business made ${business} ${currency} = jobs ${totals.profit}${listed(parts, '')}${doubt}`)];
}

type Outside = NonNullable<Row['outsideJobs']>;
const NONE: Outside = { billed: '0' };

/** A month may hold as much as was moved out of it. */
function isAnything({ billed, fromClosedMonths }: Outside): boolean {
  return isNotZero(billed) || fromClosedMonths !== undefined;
}

function outsideText({ billed, fromClosedMonths }: Outside): string {
  const moved = fromClosedMonths === undefined ? '' : ` (${fromClosedMonths} of it from closed months, changed since)`;
  return `outside jobs billed ${billed}${moved}`;
}

type BesideJobs = Pick<Row, 'outsideJobs' | 'overhead'>;

function besideParts({ outsideJobs = NONE, overhead = '0' }: BesideJobs): string[] {
  return [
    ...(isAnything(outsideJobs) ? [outsideText(outsideJobs)] : []),
    ...(isNotZero(overhead) ? [`overhead ${overhead}`] : []),
  ];
}

function besideText(beside: BesideJobs): string {
  return besideParts(beside)
    .map((part) => `; ${part}`)
    .join('');
}

function standingsBlocks({ byStanding = {} }: Printed<ProfitReport>['totals']): Block[] {
  const standings = standingBlocks(byStanding);
  return standings.length === 0 ? [] : [line('Whole jobs, as they stand now:'), ...standings];
}

function moreBlocks({ rows, count, nextCursor }: Printed<ProfitReport>): Block[] {
  return nextCursor === undefined
    ? []
    : [
        line(`${rows.length} shown of ${count}`, {
          ...{ next: `; the rest with cursor "${nextCursor}". The totals are of all.` },
        }),
      ];
}

type Asked = Printed<ProfitReport>['asked'];

/** Of which jobs. */
function askedText({ customer, query, status, last }: Asked): Phrase {
  return joined(
    [
      lastText(status, last),
      query !== undefined && phrase` matching “${short(query, LONGEST_WHAT)}”`,
      customer !== undefined && phrase` for ${toRecord(customer.ref)} ${customer.name}`,
    ],
    '',
  );
}

function lastText(status: Asked['status'], last: number | undefined): string {
  const which = status === undefined ? 'sold' : plain(status);
  if (last === undefined) return status === undefined ? '' : ` of ${which} jobs`;
  const by = status === 'completed' ? 'the day completed' : 'the day completed, else worked on or billed';
  return ` of the last ${counted(last, `${which} job`)} (by ${by})`;
}

/** One kind of cost, job by job: what is over comes first, in the sums and in the rows. */
function planBlocks(report: Printed<ProfitReport>, plan: NonNullable<Printed<ProfitReport>['plan']>): Block[] {
  const { asked, currency } = report;
  const category = asked.category ?? '';
  const period = periodText(report.period);
  const which = joined([askedText(asked), period === '' ? '' : `, of whole jobs that spent on it${period}`], '');
  if (plan.jobs === 0) return [line(phrase`No job planned or spent anything on ${category}${which}.`)];
  const { over, withLinesOver, unplanned } = plan;
  return [
    line(phrase`${capital(category)}, planned and spent by job${which}:`),
    line(
      over.jobs === 0
        ? 'No job is over its plan.'
        : `${counted(over.jobs, 'job')} over plan, by ${over.by} ${currency} together.`,
    ),
    ...(withLinesOver.jobs === 0
      ? []
      : [
          line(
            `${counted(withLinesOver.jobs, 'job')} within plan as a whole, but with lines over theirs, by ${withLinesOver.by} ${currency} together.`,
          ),
        ]),
    ...report.rows.flatMap((each) => rowBlocks(each)),
    ...moreBlocks(report),
    line(`All ${counted(plan.jobs, 'job')}${samplesText(report.totals)}: ${outlayText(plan)} ${currency}`),
    ...(isNotZero(unplanned.spent)
      ? [line(`Of this ${unplanned.spent} was spent on ${counted(unplanned.jobs, 'job')} that planned none of it.`)]
      : []),
  ];
}

function closedBlocks(from: Printed<ProfitReport>['totals']['fromClosedMonths']): Block[] {
  return from === undefined
    ? []
    : [
        line(
          `Of this from closed months, changed since: profit ${from.profit} (billed ${from.billed}, cost of work ${from.costOfWork}, expenses ${from.expenses})`,
        ),
      ];
}

function periodText(period: Printed<ProfitReport>['period']): string {
  const { from, to } = period ?? { from: null, to: null };
  if (from === null) return to === null ? '' : ` up to ${to}`;
  return to === null ? ` since ${from}` : ` from ${from} to ${to}`;
}

/** The order that answers who makes the most. */
function orderText(by: Printed<ProfitReport>['by'], isWhole: boolean): string {
  if (by !== 'customer') return '';
  return `, the most first${isWhole ? ' (a running job counts what is expected of it)' : ''}`;
}

type RowOf = {
  /** Whether a row's sums are all of its jobs, and not what they made in a period or month. */
  readonly isWhole?: boolean;
};

function rowBlocks(each: Row, { isWhole = false }: RowOf = {}): Block[] {
  const isRecord = each.key !== each.name && /^[CJ]-/.test(each.key);
  const name = isRecord ? phrase`${toRecord(each.key)} ${each.name}` : each.name;
  const whose = each.customer === undefined ? '' : `, ${each.customer.name}`;
  const money = each.profit === null ? outlayText(each) : madeText(each, each.profit, isWhole);
  const jobs = each.customer === undefined ? `, ${counted(each.jobs, 'job')}` : `, ${plain(each.billing ?? '')}`;
  const rest = `${jobs}${each.profit === null || leadsWithForecast(each, isWhole) ? '' : runningText(each, isWhole)}`;
  return [
    row(phrase`${name}${sampleText(each)}${whose}: ${money}${linesOverText(each.linesOver)}${rest}${besideText(each)}`),
    ...recordsBlocks(each),
  ];
}

function linesOverText(over: Row['linesOver']): Phrase {
  if (over === undefined) return '';
  const lines = over.lines.map(({ ref, description, over: by }) => phrase`${toRecord(ref)} ${description} by ${by}`);
  const more = over.count > over.lines.length ? ` and ${over.count - over.lines.length} more` : '';
  return phrase`; ${over.count === 1 ? 'line' : 'lines'} over plan: ${joined(lines)}${more}`;
}

const TITLE = 60;

/** Where all kinds of cost are asked for: what is over in any of them comes before what others have left. */
function overPlanBlocks({ overPlan, currency, period }: Printed<ProfitReport>): Block[] {
  if (overPlan === undefined) return [];
  const when = period === null ? '' : `, of whole jobs that spent on it${periodText(period)}`;
  if (overPlan.count === 0) return period === null ? [line('No job and no line is over its plan.')] : [];
  const { count, jobs } = overPlan;
  return [
    line(`Over plan${when} (${currency}):`),
    ...jobs.map(({ ref, name, category, linesOver, ...job }) =>
      row(
        phrase`${plain(category)} on ${toRecord(ref)} ${short(name, TITLE)}${sampleText(job)}: ${outlayText(job)}${linesOverText(linesOver)}`,
      ),
    ),
    ...(count > jobs.length
      ? [
          line(`and ${count - jobs.length} more`, {
            next: '; by: job with a category shows all of that kind.',
          }),
        ]
      : []),
  ];
}

function outlayText({ spent = '', planned, left = '' }: Pick<Row, 'planned' | 'spent' | 'left'>): string {
  if (planned === undefined) return `spent ${spent}`;
  if (!isNotZero(planned)) return `not planned, spent ${spent}`;
  if (!isNotZero(spent)) return `planned ${planned}, nothing logged`;
  return `planned ${planned}, spent ${spent}, ${left.startsWith('-') ? `over by ${left.slice(1)}` : `left ${left}`}`;
}

function recordsBlocks({ records = [], more }: Row): Block[] {
  return [
    ...records.map(({ job, ref, what, figure, amount }) =>
      detail(
        phrase`${FIGURES[figure]} ${amount}: ${toRecord(ref)} ${what}${job === undefined ? '' : phrase` (${toRecord(job)})`}`,
      ),
    ),
    ...(more === undefined ? [] : [detail(moreText(more))]),
  ];
}

function moreText(more: NonNullable<Row['more']>): string {
  if (more.jobs === 0) return `and more: ${besideParts(more).join('; ')}`;
  const jobs =
    more.billed === null
      ? outlayText(more)
      : `billed ${more.billed}, cost of work ${more.costOfWork}, expenses ${more.expenses}`;
  return `and ${counted(more.jobs, 'more job')}: ${jobs}${besideText(more)}`;
}

function rankingText(title: string, { count, jobs, unknownCost = 0 }: Printed<ProfitReport>['lossJobs']): Phrase {
  const others = counted(unknownCost, count === 0 ? 'job' : 'other job');
  const doubt = unknownCost === 0 ? '' : `the cost of ${others} is not known, so neither is the margin`;
  if (count === 0) return `${title}: ${listed(['none', doubt], ', but ')}.`;
  const names = jobs.map((job) => {
    const expected = job.standing === 'running' ? 'expected ' : '';
    return phrase`${toRecord(job.ref)} ${short(job.name, LONGEST_WHAT)}${sampleText(job)} ${expected}${madeOf(job)}`;
  });
  const more = count > jobs.length ? ` and ${count - jobs.length} more` : '';
  const all = phrase`${joined(names, '; ')}${more}`;
  return phrase`${title}, the whole job counted as it stands now: ${joined([all, doubt], '; ')}`;
}

/** `200.00 (18.2 %)` */
function madeOf({ profit, marginPercent, unknownCost }: Printed<ProfitReport>['lossJobs']['jobs'][number]): string {
  if (unknownCost !== undefined) return `${profit} (cost not known)`;
  return marginPercent === null ? profit : `${profit} (${marginPercent} %)`;
}

function apartBlocks(title: string, apart: Printed<ProfitReport>['notBilled']): Block[] {
  if (apart === undefined || apart.jobs === 0) return [];
  const billed = isNotZero(apart.billed) ? `billed ${apart.billed}, ` : '';
  return [
    line(
      `${title} as of now: ${counted(apart.jobs, 'job')}, ${billed}cost of work ${apart.costOfWork}, expenses ${apart.expenses}`,
    ),
  ];
}
