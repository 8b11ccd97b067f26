// A profit report in words.
import { cut } from '../domain/text.ts';
import { FIGURES, LONGEST_WHAT, type OutlayOut, type ReportOut, type RowOut } from '../views/internal/report.ts';
import { plain } from '../views/internal/format.ts';
import { isNotZero, profitInShort } from './profit-summary.ts';
import { counted, listed, moreText, samplesText, sampleText } from './format.ts';

export function profitReportText(report: ReportOut): string {
  const when = periodText(report.period);
  const { totals, currency } = report;
  const apart = isNotZero(totals.costNotYetBilled)
    ? [`Cost not billed yet, apart: ${totals.costNotYetBilled} ${currency}`]
    : [];
  if (report.count === 0) return [`No job made or cost anything${when === '' ? ' yet' : when}.`, ...apart].join('\n');
  const cut =
    report.nextCursor === undefined
      ? []
      : [`${moreText(report.rows.length, report.count, report.nextCursor)} The totals are of all.`];
  const margin = totals.marginPercent === null ? 'no margin, nothing is billed' : `margin ${totals.marginPercent} %`;
  return [
    `Profit by ${report.by}${when}:`,
    ...report.rows.map(rowText),
    ...cut,
    `All ${counted(totals.jobs, 'job')}${samplesText(totals)}: profit ${totals.profit} ${currency}, ${margin}`,
    `= billed ${totals.billed} − cost of work ${totals.costOfWork} − expenses ${totals.expenses}`,
    ...closedText(totals.fromClosedMonths),
    ...apart,
    ...(isNotZero(totals.notBilledYet) ? [`Drafts not billed yet: ${totals.notBilledYet}`] : []),
    ...(report.thinJobs === undefined
      ? []
      : [rankingText(`Billed jobs under ${report.thinJobs.belowPercent} %`, report.thinJobs)]),
    ...(report.lossJobs.count === 0 ? [] : [rankingText('Billed jobs at a loss', report.lossJobs)]),
    ...apartText('Part billed', report.partBilled),
    ...apartText('Not billed', report.notBilled),
  ].join('\n');
}

function closedText(from: ReportOut['totals']['fromClosedMonths']): string[] {
  return from === undefined
    ? []
    : [
        `Of this from closed months, changed since: profit ${from.profit} (billed ${from.billed}, cost of work ${from.costOfWork}, expenses ${from.expenses})`,
      ];
}

function periodText(period: ReportOut['period']): string {
  const { from, to } = period ?? { from: null, to: null };
  if (from === null) return to === null ? '' : ` up to ${to}`;
  return to === null ? ` since ${from}` : ` from ${from} to ${to}`;
}

function rowText(row: RowOut): string {
  const name = row.key === row.name || !/^[CJ]-/.test(row.key) ? row.name : `${row.key} ${row.name}`;
  const whose = row.customer === undefined ? '' : `, ${row.customer.name}`;
  const money =
    row.profit === null
      ? outlayText(row)
      : `${profitInShort({ profit: row.profit, marginPercent: row.marginPercent })}, billed ${row.billed}`;
  const jobs = row.customer === undefined ? `, ${counted(row.jobs, 'job')}` : `, ${plain(row.billing ?? '')}`;
  return [`- ${name}${sampleText(row)}${whose}: ${money}${jobs}`, ...recordsText(row)].join('\n');
}

function outlayText({ spent = '', planned, left }: OutlayOut): string {
  return planned === undefined ? `spent ${spent}` : `planned ${planned}, spent ${spent}, left ${left ?? ''}`;
}

function recordsText({ records = [], more }: RowOut): string[] {
  const rest =
    more === undefined
      ? []
      : [
          `  and ${counted(more.jobs, 'more job')}: ${
            more.billed === null
              ? outlayText(more)
              : `billed ${more.billed}, cost of work ${more.costOfWork}, expenses ${more.expenses}`
          }`,
        ];
  return [
    ...records.map(({ job, ref, what, figure, amount }) => `  ${FIGURES[figure]} ${amount}: ${ref} ${what} (${job})`),
    ...rest,
  ];
}

function rankingText(title: string, { count, jobs }: ReportOut['lossJobs']): string {
  if (count === 0) return `${title}: none.`;
  const names = jobs.map(
    (job) =>
      `${job.ref} ${cut(job.name, LONGEST_WHAT)}${sampleText(job)} ${job.profit}${job.marginPercent === null ? '' : ` (${job.marginPercent} %)`}`,
  );
  const more = count > jobs.length ? ` and ${count - jobs.length} more` : '';
  return `${title}, the whole job counted: ${listed(names, '; ')}${more}`;
}

function apartText(title: string, apart: ReportOut['notBilled']): string[] {
  if (apart.jobs === 0) return [];
  const billed = isNotZero(apart.billed) ? `billed ${apart.billed}, ` : '';
  return [
    `${title} as of now: ${counted(apart.jobs, 'job')}, ${billed}cost of work ${apart.costOfWork}, expenses ${apart.expenses}`,
  ];
}
