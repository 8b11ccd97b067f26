// Profit over many jobs: by job, customer, month, status, kind of cost or person, over whole jobs or over a period.
import { parseDate } from '../domain/dates.ts';
import { refused } from '../domain/errors.ts';
import type { Billing, JobStatus } from '../domain/job.ts';
import { parsePercent, sumUp, total, type Spoken } from '../domain/money.ts';
import {
  datedRecords,
  isWithin,
  joinRecords,
  type DatedRecord,
  type JoinedRecord,
  type Period,
  type ReportKey,
  type Sums,
} from '../domain/period.ts';
import { reckon, type TotalSums } from '../domain/profit.ts';
import { refOf } from '../domain/reference.ts';
import { loadFacts } from '../store/facts.ts';
import {
  countCustomersIn,
  jobsBehind,
  NOBODY,
  rankJobs,
  reportByAssignee,
  reportByCategory,
  reportByCustomer,
  reportByJob,
  reportByMonth,
  reportByStatus,
  reportTotals,
  type KeyedGroup,
  type NamedGroup,
  type Ranking,
  type ReportPlace,
  type ReportTotals,
  type Span,
} from '../store/reports.ts';
import type { ReadScope } from '../store/scope.ts';
import { cutPage, DEFAULT_PAGE, makeCursor, makeSumCursor, readCursor, readSumCursor } from './paging.ts';

/** Jobs that a list of thin or losing ones names before it counts the rest. */
const SHOWN_RANKED = 10;
/** Records that one explained answer holds, shared by its rows; what goes beyond stands summed up in `more`. */
const MOST_RECORDS = 400;

export type ProfitReportInput = {
  readonly by: ReportKey;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly thinBelow?: Spoken | undefined;
  readonly explain?: boolean | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
};

export type ReportRow = TotalSums & {
  /** `J-12`, `C-7`, `2026-03`, `in_progress`, `materials` or a name. */
  readonly key: string;
  readonly name: string;
  readonly jobs: number;
  readonly isSample: boolean;
  readonly job: {
    readonly customer: { readonly id: number; readonly name: string };
    readonly status: JobStatus;
    readonly billing: Billing;
    readonly costNotYetBilled: Sums['costOfWork'];
  } | null;
  readonly explanation: RowExplanation | null;
};

/** What a row adds up to, to the cent: the records listed, and more jobs than could be. */
export type RowExplanation = {
  readonly records: readonly (JoinedRecord & { readonly job: string })[];
  readonly more: (TotalSums & { readonly jobs: number }) | null;
};

export type ProfitReport = {
  readonly by: ReportKey;
  /** Null: whole jobs, and the figures are those of their strips. */
  readonly period: Period | null;
  readonly rows: readonly ReportRow[];
  readonly totals: ReportTotals;
  readonly thin: (Ranking & { readonly below: Spoken }) | null;
  readonly loss: Ranking;
  readonly count: number;
  readonly nextCursor: string | null;
};

export async function profitReport(scope: ReadScope, input: ProfitReportInput): Promise<ProfitReport> {
  const { by, explain = false } = input;
  const period = readPeriod(input);
  // A month is a period of its own: what has no day yet is in none of them.
  const span = period ?? (by === 'month' ? { from: null, to: null } : null);
  const below =
    input.thinBelow === undefined ? null : parsePercent(input.thinBelow, 'thinBelow', { least: 0, most: 100 });
  const totals = await reportTotals(scope, span);
  const { rows, count, nextCursor } = await pageOf(scope, span, totals, input);
  const share = Math.floor(MOST_RECORDS / Math.max(1, rows.length));
  const explained: ReportRow[] = [];
  for (const row of rows) {
    const explanation = explain ? await explainRow(scope, span, { by, row, limit: share }) : null;
    explained.push({ ...row.shown, explanation });
  }
  return {
    by,
    period: span,
    rows: explained,
    totals,
    thin:
      below === null || input.thinBelow === undefined
        ? null
        : { ...(await rankJobs(scope, span, below, SHOWN_RANKED)), below: input.thinBelow },
    loss: await rankJobs(scope, span, null, SHOWN_RANKED),
    count,
    nextCursor,
  };
}

function readPeriod(input: ProfitReportInput): Period | null {
  const from = input.from === undefined ? null : parseDate(input.from, 'from');
  const to = input.to === undefined ? null : parseDate(input.to, 'to');
  if (from !== null && to !== null && to < from)
    throw refused(`${to} is before ${from}. A period runs from its first day to its last.`, 'to');
  return from === null && to === null ? null : { from, to };
}

/** A row as it is shown, and what finds the jobs behind it. */
type PagedRow = { readonly id: number | string; readonly shown: Omit<ReportRow, 'explanation'> };
type Paged = { readonly rows: readonly PagedRow[]; readonly count: number; readonly nextCursor: string | null };

async function pageOf(
  scope: ReadScope,
  span: Span,
  totals: ReportTotals,
  { by, limit = DEFAULT_PAGE, cursor }: ProfitReportInput,
): Promise<Paged> {
  const list = `profit by ${by} ${span === null ? 'ever' : `${span.from ?? ''}..${span.to ?? ''}`}`;
  if (by !== 'job' && by !== 'customer') return cutGroups(await groupsBy[by](scope, span), { list, limit, cursor });
  const [profit, id] = readSumCursor(list, cursor, 2) ?? [];
  const after: ReportPlace | null = profit === undefined || id === undefined ? null : { profit, id };
  const rows =
    by === 'job'
      ? (await reportByJob(scope, span, { limit: limit + 1, after })).map((row) => namedRow('job', row, row))
      : (await reportByCustomer(scope, span, { limit: limit + 1, after })).map((row) =>
          namedRow('customer', row, null),
        );
  const cut = cutPage(rows, limit, ({ id: last, shown }) =>
    makeSumCursor(list, [shown.billed - shown.costOfWork - shown.expenses, last]),
  );
  return {
    rows: cut.page,
    nextCursor: cut.nextCursor,
    count: by === 'job' ? totals.all.jobs : await countCustomersIn(scope, span),
  };
}

function namedRow(kind: 'job' | 'customer', { id, ...group }: NamedGroup, job: ReportRow['job']) {
  return { id, shown: { ...group, key: refOf(kind, id), job } };
}

const groupsBy = {
  month: async (scope: ReadScope, span: Span) => await reportByMonth(scope, span ?? { from: null, to: null }),
  status: reportByStatus,
  category: reportByCategory,
  assignee: reportByAssignee,
};

/** Of these there are few, so a page is cut from all of them. */
function cutGroups(
  groups: readonly KeyedGroup[],
  { list, limit, cursor }: { list: string; limit: number; cursor: string | undefined },
): Paged {
  const [start = null] = readCursor(list, cursor, 1) ?? [];
  const first = start ?? 0;
  const { page, nextCursor } = cutPage(groups.slice(first), limit, () => makeCursor(list, [first + limit]));
  const rows = page.map(({ key, ...group }) => ({
    id: key,
    shown: { ...group, key: key === NOBODY ? 'nobody' : key, isSample: false, job: null },
  }));
  return { rows, count: groups.length, nextCursor };
}

/** Job by job, as long as their records fit; the rest stands summed up, so that a row always adds up. */
async function explainRow(
  scope: ReadScope,
  span: Span,
  { by, row, limit }: { by: ReportKey; row: PagedRow; limit: number },
): Promise<RowExplanation> {
  const ids = by === 'job' ? [Number(row.id)] : await jobsBehind(scope, span, { by, key: row.id }, limit);
  const records: (JoinedRecord & { job: string })[] = [];
  let jobs = 0;
  for (const id of ids) {
    const facts = await loadFacts(scope.db, scope.account.id, id);
    if (facts === null) throw new Error(`job ${id} vanished within one read`);
    const dated = datedRecords(facts, reckon(facts)).filter((record) => isPartOf(record, span, by, row.id));
    const joined = joinRecords(dated);
    if (records.length + joined.length > limit) break;
    records.push(...joined.map((record) => ({ job: refOf('job', id), ...record })));
    jobs += 1;
  }
  const left = row.shown.jobs - jobs;
  return { records, more: left > 0 ? { jobs: left, ...withoutThese(row.shown, records) } : null };
}

function withoutThese(all: TotalSums, records: readonly Sums[]): TotalSums {
  return {
    billed: total<'price'>(all.billed - sumUp(records.map((record) => record.billed))),
    costOfWork: total<'cost'>(all.costOfWork - sumUp(records.map((record) => record.costOfWork))),
    expenses: total<'cost'>(all.expenses - sumUp(records.map((record) => record.expenses))),
  };
}

function isPartOf({ day, category }: DatedRecord, span: Span, by: ReportKey, key: number | string): boolean {
  if (by === 'month' && day?.slice(0, 7) !== key) return false;
  if (by === 'category' && category !== key) return false;
  return span === null || isWithin(day, span);
}
