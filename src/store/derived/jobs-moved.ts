// Whose money a write moved, as far as it has come: the jobs whose figures are others now than those that are stored. It
// reads what the end of the write reads anyway.
import type { Journal } from '../journal/write.ts';
import { FORECAST_SUMS, forecastRow } from './forecast-rows.ts';
import type { JobRecords, Jobs, JobState } from './job-records.ts';
import type { JobRollupRow } from './rows.ts';

type Writing = { readonly journal: Pick<Journal, 'changes'>; readonly jobs: Jobs };

/** What tells one standing of a job from another: no drafts, no tax, and not what was paid. */
const COMPARED = ['billed', 'cost_of_work', 'expenses', 'standing', 'forecast', ...FORECAST_SUMS] as const;
type Compared = Pick<JobRollupRow, (typeof COMPARED)[number]>;

/** A write that bears on more, such as one on the account itself, tells of none. */
const MOST_READ = 25;

/** By their numbers. */
export async function jobsMoved({ journal, jobs }: Writing): Promise<JobRecords[]> {
  const touched = [...(await jobs.touchedBy(journal.changes))];
  if (touched.length > MOST_READ) return [];
  const states = await jobs.all(touched.sort((one, other) => one - other));
  return states.flatMap(({ records, kept }) => (records === null || !isMoved(records, kept) ? [] : [records]));
}

function isMoved({ profit, forecast }: JobRecords, { rollup }: JobState['kept']): boolean {
  const { billed, costOfWork, expenses } = profit.profitSummary;
  const now: Compared = { ...forecastRow(forecast), billed, cost_of_work: costOfWork, expenses };
  // A job that is new stood nowhere before.
  if (rollup === null) return billed !== 0 || costOfWork !== 0 || expenses !== 0 || forecast.forecast.contract !== null;
  return COMPARED.some((column) => now[column] !== rollup[column]);
}
