// What a job makes, as a write leaves it.
import type { JobFigures } from '../../domain/forecast.ts';
import type { WriteScope } from '../../store/scope.ts';
import type { JobRecords } from '../../store/derived/job-records.ts';
import { jobsMoved } from '../../store/derived/jobs-moved.ts';
import type { Job } from '../../domain/job.ts';

/** What a job makes and where it is heading, as it will be stored when this write ends. */
export async function freshFigures(scope: WriteScope, jobId: number): Promise<JobFigures> {
  return figuresOf(await scope.jobs.of(jobId));
}

function figuresOf({ profit, forecast }: JobRecords): JobFigures {
  return { ...profit.profitSummary, standing: forecast.standing, forecast: forecast.forecast };
}

export type JobAfter = { readonly job: Pick<Job, 'id' | 'name'>; readonly figures: JobFigures };

export type JobsAfter = { readonly jobs: readonly JobAfter[]; readonly more: number };

/** The jobs whose money this write moves, as it leaves them. @param most that are told; the others are counted */
export async function jobsAfter(scope: WriteScope, most: number): Promise<JobsAfter> {
  const moved = await jobsMoved(scope);
  const jobs = moved.slice(0, most).map((records) => ({ job: records.rows.job, figures: figuresOf(records) }));
  return { jobs, more: moved.length - jobs.length };
}
