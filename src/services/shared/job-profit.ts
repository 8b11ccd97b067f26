// What a job makes, as a write leaves it.
import { computeProfit, type ProfitSummary } from '../../domain/profit.ts';
import { loadJobLedger } from '../../store/derived/job-ledger.ts';
import type { WriteScope } from '../../store/scope.ts';
import type { Job } from '../../domain/job.ts';

/** A job's profit summary as it will be stored when this write ends. */
export async function freshProfitSummary(scope: WriteScope, jobId: number): Promise<ProfitSummary> {
  const jobLedger = await loadJobLedger(scope.db, scope.account.id, jobId);
  if (jobLedger === null) throw new Error(`job ${jobId} vanished within its own write`);
  return computeProfit(jobLedger).profitSummary;
}

export type JobAfter = { readonly job: Pick<Job, 'id' | 'name'>; readonly profitSummary: ProfitSummary };
