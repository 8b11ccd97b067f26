// A profit report for its owner: as data and in words.
import type { Account } from '../../domain/account.ts';
import type { Cost } from '../../domain/cost.ts';
import type { Billing, JobStatus } from '../../domain/job.ts';
import { total, type Price, type Spoken, type Total } from '../../domain/money.ts';
import type { JoinedRecord, Period, ReportKey } from '../../domain/period.ts';
import { totalProfitOf, type Profit, type TotalSums } from '../../domain/profit.ts';
import { refOf } from '../../domain/reference.ts';
import { cut } from '../../domain/text.ts';
import { isNotZero, marginOut, profitInShort } from './strip.ts';
import {
  counted,
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

type Group = TotalSums & { readonly jobs: number; readonly fromClosed?: TotalSums | null };
type Outlay = { readonly planned: Total<'cost'> | null; readonly spent: Total<'cost'> };
type Row = Group & {
  readonly key: string;
  readonly name: string;
  readonly isSample: boolean;
  readonly job: {
    readonly customer: { readonly id: number; readonly name: string };
    readonly status: JobStatus;
    readonly billing: Billing;
  } | null;
  readonly costNotYetBilled: Total<'cost'> | null;
  readonly outlay: Outlay | null;
  readonly explanation: {
    readonly records: readonly RowRecord[];
    readonly more: (Group & { readonly outlay: Outlay | null }) | null;
  } | null;
};
type RowRecord = JoinedRecord & { readonly job: string; readonly outlay: Outlay | null };
type Ranking = {
  readonly count: number;
  readonly jobs: readonly {
    readonly id: number;
    readonly name: string;
    readonly isSample: boolean;
    readonly profit: Profit;
    readonly marginTenths: number | null;
  }[];
};
type Report = {
  readonly by: ReportKey;
  readonly period: Period | null;
  readonly rows: readonly Row[];
  readonly totals: {
    readonly all: Group;
    readonly includesSamples: boolean;
    readonly byBilling: ReadonlyMap<Billing, Group>;
    readonly costNotYetBilled: Total<'cost'>;
    readonly drafts: Total<'price'>;
  };
  readonly thin: (Ranking & { readonly below: Spoken }) | null;
  readonly loss: Ranking;
  readonly count: number;
  readonly nextCursor: string | null;
};

export function profitReportOut({ by, period, totals, thin, loss, ...report }: Report, account: Account) {
  return {
    by,
    period: period === null ? null : { from: period.from, to: period.to },
    rows: report.rows.map((row) => rowOut(row, by, account)),
    totals: {
      ...groupOut(totals.all, account),
      notBilledYet: shown(totals.drafts, account),
      costNotYetBilled: shown(totals.costNotYetBilled, account),
      includesSamples: totals.includesSamples,
    },
    currency: account.currency,
    ...(thin === null ? {} : { thinJobs: { belowPercent: Number(thin.below), ...rankingOut(thin, account) } }),
    lossJobs: rankingOut(loss, account),
    partBilled: apartOut(totals.byBilling.get('part_billed'), account),
    notBilled: apartOut(totals.byBilling.get('not_billed'), account),
    count: report.count,
    ...(report.nextCursor === null ? {} : { nextCursor: report.nextCursor }),
  };
}

function groupOut({ jobs, fromClosed = null, ...sums }: Group, money: Money) {
  const { profit, marginTenths } = totalProfitOf(sums);
  return {
    jobs,
    ...sumsOut(sums, money),
    profit: shown(profit, money),
    marginPercent: marginOut(marginTenths),
    ...closedOut(fromClosed, money),
  };
}

/** Only where changes have made something of closed months. */
function closedOut(sums: TotalSums | null, money: Money) {
  if (sums === null || Object.values(sums).every((each) => each === 0n)) return {};
  return { fromClosedMonths: { ...sumsOut(sums, money), profit: shown(totalProfitOf(sums).profit, money) } };
}

function sumsOut({ billed, costOfWork, expenses }: TotalSums, money: Money) {
  return { billed: shown(billed, money), costOfWork: shown(costOfWork, money), expenses: shown(expenses, money) };
}

function rowOut(row: Row, by: ReportKey, money: Money) {
  const { key, name, isSample, job, explanation, outlay, costNotYetBilled, ...group } = row;
  return {
    key,
    name: by === 'month' ? monthInWords(key) : plain(name),
    ...sampleOut(isSample),
    ...(job === null ? {} : { customer: namedOut('customer', job.customer), status: job.status, billing: job.billing }),
    ...(costNotYetBilled === null ? {} : { costNotYetBilled: shown(costNotYetBilled, money) }),
    ...(outlay === null
      ? groupOut(group, money)
      : { jobs: group.jobs, ...UNKNOWN, profit: null, marginPercent: null, ...outlayOut(outlay, money) }),
    ...(explanation === null
      ? {}
      : {
          records: explanation.records.map((record) => recordOut(record, money)),
          ...(explanation.more === null ? {} : { more: moreOut(explanation.more, money) }),
        }),
  };
}

/** No invoice is of a kind of cost, so there is nothing to hold its costs against. */
const UNKNOWN = { billed: null, costOfWork: null, expenses: null };

function outlayOut({ planned, spent }: Outlay, money: Money) {
  return {
    ...(planned === null ? {} : { planned: shown(planned, money), left: shown(total<'cost'>(planned - spent), money) }),
    spent: shown(spent, money),
  };
}

function moreOut({ jobs, outlay, ...sums }: Group & { readonly outlay: Outlay | null }, money: Money) {
  return { jobs, ...(outlay === null ? sumsOut(sums, money) : { ...UNKNOWN, ...outlayOut(outlay, money) }) };
}

/** Of what a record is, and of a name among others. */
const LONGEST_WHAT = 80;

function recordOut({ job, ref, what, outlay, ...sums }: RowRecord, money: Money) {
  const { billed, costOfWork, expenses } = sums;
  const record = (figure: Figure, value: Price | Cost | Total<'cost'>) => ({
    job,
    ref,
    what: cut(what, LONGEST_WHAT),
    figure,
    amount: shown<string>(value, money),
  });
  if (outlay !== null)
    return outlay.spent === 0n && outlay.planned !== null
      ? record('planned', outlay.planned)
      : record('spent', outlay.spent);
  if (billed !== 0) return record('billed', billed);
  return costOfWork === 0 ? record('expenses', expenses) : record('costOfWork', costOfWork);
}

function rankingOut({ count, jobs }: Ranking, money: Money) {
  return {
    count,
    jobs: jobs.map(({ id, name, isSample, profit, marginTenths }) => ({
      ref: refOf('job', id),
      name,
      ...sampleOut(isSample),
      profit: shown(profit, money),
      marginPercent: marginOut(marginTenths),
    })),
  };
}

const NOTHING: TotalSums = { billed: total(0n), costOfWork: total(0n), expenses: total(0n) };

function apartOut(group: Group | undefined, money: Money) {
  const { jobs, fromClosed: _, ...sums } = group ?? { jobs: 0, ...NOTHING };
  return { jobs, ...sumsOut(sums, money) };
}

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

function monthInWords(key: string): string {
  return `${MONTHS[Number(key.slice(5, 7)) - 1] ?? key} ${key.slice(0, 4)}`;
}

type ReportOut = Sent<ReturnType<typeof profitReportOut>>;
type RowOut = ReportOut['rows'][number];

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

type OutlayOut = { spent?: string | undefined; planned?: string | undefined; left?: string | undefined };

function outlayText({ spent = '', planned, left }: OutlayOut): string {
  return planned === undefined ? `spent ${spent}` : `planned ${planned}, spent ${spent}, left ${left ?? ''}`;
}

const FIGURES = {
  ...{ billed: 'billed', costOfWork: 'cost of work', expenses: 'expenses' },
  ...{ planned: 'planned', spent: 'spent' },
} as const;
type Figure = keyof typeof FIGURES;

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
