// What a job makes, as a write leaves it.
import type { JobFigures } from '../../domain/forecast.ts';
import type { WriteScope } from '../../store/scope.ts';
import type { Job } from '../../domain/job.ts';

/** What a job makes and where it is heading, as it will be stored when this write ends. */
export async function freshProfitSummary(scope: WriteScope, jobId: number): Promise<JobFigures> {
  const { profit, forecast } = await scope.jobs.of(jobId);
  return { ...profit.profitSummary, standing: forecast.standing, forecast: forecast.forecast };
}

export type JobAfter = { readonly job: Pick<Job, 'id' | 'name'>; readonly profitSummary: JobFigures };
