// What a job makes, as a write leaves it.
import type { ProfitSummary } from '../../domain/profit.ts';
import type { WriteScope } from '../../store/scope.ts';
import type { Job } from '../../domain/job.ts';

/** A job's profit summary as it will be stored when this write ends. */
export async function freshProfitSummary(scope: WriteScope, jobId: number): Promise<ProfitSummary> {
  return (await scope.jobs.of(jobId)).profit.profitSummary;
}

export type JobAfter = { readonly job: Pick<Job, 'id' | 'name'>; readonly profitSummary: ProfitSummary };
