// What a row of a report adds up, record by record.
import { withClosedMonths } from '../../domain/closed-months.ts';
import { cost, type Category, type JobExpense } from '../../domain/cost.ts';
import { sumUp, total, type Total } from '../../domain/money.ts';
import {
  datedRecords,
  isWithin,
  joinRecords,
  NOTHING,
  type JoinedRecord,
  type ReportKey,
  type Sums,
} from '../../domain/period.ts';
import type { TotalSums } from '../../domain/profit.ts';
import { refOf } from '../../kinds/reference.ts';
import { says, type Said } from '../../domain/message.ts';
import {
  outsideRecords,
  overheadRecords,
  type BesideRecord,
  type OutsideAndOverhead,
} from '../../store/derived/beside-jobs.ts';
import type { JobRecords } from '../../store/derived/job-records.ts';
import { daysOfPerson, jobsOfPerson } from '../../store/derived/report-people.ts';
import { daysUnder, jobsBehind } from '../../store/derived/report-rows.ts';
import type { Reported, ReportPeriod } from '../../store/derived/reported.ts';

export type Outlay = { readonly planned: Total<'cost'> | null; readonly spent: Total<'cost'> };

export type RowRecord = JoinedRecord & { readonly job: string; readonly outlay: Outlay | null };
/** Of what is on no job. */
export type RowRecordBeside = Pick<JoinedRecord, 'ref' | 'what'> & Pick<BesideRecord, 'outside' | 'overhead'>;
/** What a row adds up to, to the cent: the records listed, and more jobs, or more that is on none, than could be. */
export type RowExplanation = {
  readonly records: readonly RowRecord[];
  readonly onNoJob: readonly RowRecordBeside[];
  readonly more:
    | (TotalSums & {
        readonly jobs: number;
        readonly outlay: Outlay | null;
        readonly beside: Partial<OutsideAndOverhead> | null;
      })
    | null;
};

/** The row, and what finds the jobs behind it. */
type ExplainedRow = {
  readonly id: number | string;
  readonly shown: TotalSums & {
    readonly jobs: number;
    readonly outlay: Outlay | null;
    readonly beside: Partial<OutsideAndOverhead> | null;
  };
};

/** Job by job, as long as their records fit; the rest stands summed up, so that a row always adds up. */
export async function explainRow(
  scope: Reported,
  span: ReportPeriod,
  { by, category, row, limit }: { by: ReportKey; category: Category | undefined; row: ExplainedRow; limit: number },
): Promise<RowExplanation> {
  const ids = await jobsOfRow(scope, span, { by, row, limit });
  const records: RowRecord[] = [];
  let jobs = 0;
  for (const id of ids) {
    const job = await scope.jobs.of(id);
    const some =
      category !== undefined
        ? outlays(job, null, category)
        : by === 'category'
          ? outlays(job, span, String(row.id))
          : datedIn(job, span, await daysOfRow(scope, span, id, { by, key: row.id }));
    if (records.length + some.length > limit) break;
    records.push(...some.map((record) => ({ job: refOf('job', id), ...record })));
    jobs += 1;
  }
  const onNoJob = await besideOfRow(scope, span, { by, row, limit: limit - records.length });
  const left = Math.max(row.shown.jobs - jobs, 0);
  const beside = besideLeft(row.shown.beside, onNoJob);
  if (left === 0 && beside === null) return { records, onNoJob, more: null };
  const more = {
    jobs: left,
    ...withoutThese(row.shown, records),
    outlay: outlayLeft(row.shown.outlay, records),
    beside,
  };
  return { records, onNoJob, more };
}

/** What was billed comes before what was spent. */
async function besideOfRow(
  scope: Reported,
  span: ReportPeriod,
  { by, row, limit }: { by: ReportKey; row: ExplainedRow; limit: number },
): Promise<RowRecordBeside[]> {
  const { beside } = row.shown;
  if (beside === null) return [];
  const of = {
    ...{ job: {}, status: {}, assignee: {}, customer: { customerId: Number(row.id) } },
    ...{ month: { month: String(row.id) }, category: { category: String(row.id) } },
  }[by];
  const isAnything = (sum: Total<string> | null = null) => sum !== null && sum !== 0n;
  const outside = isAnything(beside.outside) ? await outsideRecords(scope, span, of, limit) : [];
  const room = limit - outside.length;
  const overhead = isAnything(beside.overhead) ? await overheadRecords(scope, span, of, room) : [];
  return [...outside, ...overhead].map(({ what, ...record }) => ({
    ...record,
    what: whatBeside(what),
  }));
}

function whatBeside(what: BesideRecord['what']): Said {
  if (typeof what !== 'string') return what.expense;
  return what === 'since closing' ? says('period.changed-in-closed-months') : says('profit.of-invoice', { is: what });
}

/** Null where all of it is among the records. */
function besideLeft(
  whole: Partial<OutsideAndOverhead> | null,
  records: readonly RowRecordBeside[],
): Partial<OutsideAndOverhead> | null {
  if (whole === null) return null;
  const outside = (whole.outside ?? 0n) - sumUp(records.map((record) => record.outside));
  const overhead = (whole.overhead ?? 0n) - sumUp(records.map((record) => record.overhead));
  if (outside === 0n && overhead === 0n) return null;
  return { outside: total<'price'>(outside), overhead: total<'cost'>(overhead) };
}

type Explained = Omit<RowRecord, 'job'>;

async function jobsOfRow(
  scope: Reported,
  span: ReportPeriod,
  { by, row, limit }: { by: ReportKey; row: ExplainedRow; limit: number },
): Promise<number[]> {
  if (by === 'job') return [Number(row.id)];
  if (by === 'assignee') return await jobsOfPerson(scope, span, String(row.id), limit);
  return await jobsBehind(scope, span, { by, key: row.id }, limit);
}

/** Whether a day of the job stands in the row: in closed months it is under who and what it was then. */
async function daysOfRow(
  scope: Reported,
  span: ReportPeriod,
  job: number,
  { by, key }: { by: ReportKey; key: number | string },
): Promise<(day: string) => boolean> {
  if (by === 'month') return (day) => day.slice(0, 7) === key;
  if (span === null || by === 'job' || by === 'category') return () => true;
  const days =
    by === 'assignee'
      ? await daysOfPerson(scope, span, { job, key: String(key) })
      : await daysUnder(scope, job, { by, key });
  return (day) => days?.has(day) ?? true;
}

function datedIn({ ledger, forecast }: JobRecords, span: ReportPeriod, isOfRow: (day: string) => boolean): Explained[] {
  const period = span ?? { from: null, to: null };
  const records = withClosedMonths(datedRecords(ledger, forecast.counted), ledger.closed).filter(
    ({ day }) => isWithin(day, period) && (day === null || isOfRow(day)),
  );
  return joinRecords(records).map((record) => ({ ...record, outlay: null }));
}

/** Money out of a kind in a period; of whole jobs what was planned in the kind, and what was spent on that. */
function outlays({ ledger, forecast }: JobRecords, span: ReportPeriod, category: string): Explained[] {
  const record = (ref: string, what: string, outlay: Outlay) => ({ ...NOTHING, ref, what, outlay });
  const spentOn = (expense: JobExpense) =>
    record(expense.ref, expense.description, { planned: null, spent: sumUp([expense.amount]) });
  if (span !== null)
    return ledger.expenses
      .filter((expense) => expense.category === category && isWithin(expense.spentOn, span))
      .map(spentOn);
  const work = forecast.counted.lines;
  const covering = new Set(work.flatMap(({ coveredBy }) => coveredBy));
  const lines = work.filter((line) => (line.category ?? 'uncategorized') === category);
  return [
    ...lines
      .filter(({ planned }) => planned !== 0)
      .map(({ ref, description, planned }) =>
        record(ref, description, { planned: sumUp([planned]), spent: sumUp<'cost'>([]) }),
      ),
    ...lines.flatMap(({ coveredBy }) => coveredBy).map(spentOn),
    ...ledger.expenses.filter((expense) => !covering.has(expense) && expense.category === category).map(spentOn),
  ];
}

function outlayLeft(whole: Outlay | null, records: readonly RowRecord[]): Outlay | null {
  if (whole === null) return null;
  const [planned, spent] = [
    sumUp(records.map(({ outlay }) => outlay?.planned ?? cost(0))),
    sumUp(records.map(({ outlay }) => outlay?.spent ?? cost(0))),
  ];
  return {
    planned: whole.planned === null ? null : total<'cost'>(whole.planned - planned),
    spent: total<'cost'>(whole.spent - spent),
  };
}

function withoutThese(all: TotalSums, records: readonly Sums[]): TotalSums {
  return {
    billed: total<'price'>(all.billed - sumUp(records.map((record) => record.billed))),
    costOfWork: total<'cost'>(all.costOfWork - sumUp(records.map((record) => record.costOfWork))),
    expenses: total<'cost'>(all.expenses - sumUp(records.map((record) => record.expenses))),
  };
}
