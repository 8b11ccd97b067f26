// A profit report in words.
import { plain } from '../domain/text.ts';
import { LONGEST_WHAT, type ProfitReport } from '../views/internal/report.ts';
import type { Printed } from './catalogue.ts';
import { detail, line, phrase, row, toRecord, type Block, type Phrase } from './blocks.ts';
import { isNotZero, profitInShort } from './profit-summary.ts';
import { salesTaxBlocks } from './tax-report.ts';
import { counted, joined, samplesText, sampleText, short } from './format.ts';

type Row = Printed<ProfitReport>['rows'][number];
type Figure = NonNullable<Row['records']>[number]['figure'];

const FIGURES: Readonly<Record<Figure, string>> = {
  ...{ billed: 'billed', costOfWork: 'cost of work', expenses: 'expenses' },
  ...{ planned: 'planned', spent: 'spent' },
};

export function profitReportBlocks(report: Printed<ProfitReport>): Block[] {
  const when = periodText(report.period);
  const { totals, currency } = report;
  if (report.salesTax !== undefined) return salesTaxBlocks(report.salesTax, `${when}${samplesText(totals)}`, currency);
  const apart = isNotZero(totals.costNotYetBilled)
    ? [line(`Cost not billed yet, apart: ${totals.costNotYetBilled} ${currency}`)]
    : [];
  if (report.count === 0) return [line(`No job made or cost anything${when === '' ? ' yet' : when}.`), ...apart];
  const margin = totals.marginPercent === null ? 'no margin, nothing is billed' : `margin ${totals.marginPercent} %`;
  return [
    line(`Profit by ${report.by}${when}:`),
    ...report.rows.flatMap(rowBlocks),
    ...(report.nextCursor === undefined
      ? []
      : [
          line(`${report.rows.length} shown of ${report.count}`, {
            ...{ next: `; the rest with cursor "${report.nextCursor}". The totals are of all.` },
          }),
        ]),
    line(`All ${counted(totals.jobs, 'job')}${samplesText(totals)}: profit ${totals.profit} ${currency}, ${margin}`),
    line(`= billed ${totals.billed} − cost of work ${totals.costOfWork} − expenses ${totals.expenses}`),
    ...closedBlocks(totals.fromClosedMonths),
    ...apart,
    ...(isNotZero(totals.notBilledYet) ? [line(`Drafts not billed yet: ${totals.notBilledYet}`)] : []),
    ...(report.thinJobs === undefined
      ? []
      : [line(rankingText(`Billed jobs under ${report.thinJobs.belowPercent} %`, report.thinJobs))]),
    ...(report.lossJobs.count === 0 ? [] : [line(rankingText('Billed jobs at a loss', report.lossJobs))]),
    ...apartBlocks('Part billed', report.partBilled),
    ...apartBlocks('Not billed', report.notBilled),
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

function rowBlocks(each: Row): Block[] {
  const isRecord = each.key !== each.name && /^[CJ]-/.test(each.key);
  const name = isRecord ? phrase`${toRecord(each.key)} ${each.name}` : each.name;
  const whose = each.customer === undefined ? '' : `, ${each.customer.name}`;
  const money =
    each.profit === null
      ? outlayText(each)
      : `${profitInShort({ profit: each.profit, marginPercent: each.marginPercent })}, billed ${each.billed}`;
  const jobs = each.customer === undefined ? `, ${counted(each.jobs, 'job')}` : `, ${plain(each.billing ?? '')}`;
  return [row(phrase`${name}${sampleText(each)}${whose}: ${money}${jobs}`), ...recordsBlocks(each)];
}

function outlayText({ spent = '', planned, left }: Pick<Row, 'planned' | 'spent' | 'left'>): string {
  return planned === undefined ? `spent ${spent}` : `planned ${planned}, spent ${spent}, left ${left ?? ''}`;
}

function recordsBlocks({ records = [], more }: Row): Block[] {
  return [
    ...records.map(({ job, ref, what, figure, amount }) =>
      detail(phrase`${FIGURES[figure]} ${amount}: ${toRecord(ref)} ${what} (${toRecord(job)})`),
    ),
    ...(more === undefined
      ? []
      : [
          detail(
            `and ${counted(more.jobs, 'more job')}: ${
              more.billed === null
                ? outlayText(more)
                : `billed ${more.billed}, cost of work ${more.costOfWork}, expenses ${more.expenses}`
            }`,
          ),
        ]),
  ];
}

function rankingText(title: string, { count, jobs }: Printed<ProfitReport>['lossJobs']): Phrase {
  if (count === 0) return `${title}: none.`;
  const names = jobs.map(
    (job) =>
      phrase`${toRecord(job.ref)} ${short(job.name, LONGEST_WHAT)}${sampleText(job)} ${job.profit}${job.marginPercent === null ? '' : ` (${job.marginPercent} %)`}`,
  );
  const more = count > jobs.length ? ` and ${count - jobs.length} more` : '';
  return phrase`${title}, the whole job counted: ${joined(names, '; ')}${more}`;
}

function apartBlocks(title: string, apart: Printed<ProfitReport>['notBilled']): Block[] {
  if (apart.jobs === 0) return [];
  const billed = isNotZero(apart.billed) ? `billed ${apart.billed}, ` : '';
  return [
    line(
      `${title} as of now: ${counted(apart.jobs, 'job')}, ${billed}cost of work ${apart.costOfWork}, expenses ${apart.expenses}`,
    ),
  ];
}
