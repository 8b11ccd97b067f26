// Where jobs stand once a write has moved their money.
import type { WriteContext } from '../services/context.ts';
import { jobsAfter, type JobAfter } from '../services/shared/job-profit.ts';
import { billedNow, jobsNow, madeNow } from '../views/internal/job-now.ts';

type Told = { readonly job?: { readonly id: number } | null };

/** Jobs that one answer tells of; a bill of many is told with its row. */
const MOST_JOBS = 10;

/**
 * Nothing where no job's money moved; how far it is billed where profit is hidden from the caller.
 * @param told of this one the answer tells already
 */
export async function jobNowOf(scope: WriteContext, told: Told = {}) {
  return await movedBy(scope, told, (after) => madeNow(after, scope.account));
}

/** How far each is billed, and not a word of costs or profit: what speaks of an invoice may be shown to its customer. */
export async function billedNowOf(scope: WriteContext) {
  return await movedBy(scope, {}, (after) => billedNow(after, scope.account));
}

async function movedBy<J>(scope: WriteContext, { job }: Told, shown: (after: JobAfter) => J) {
  const { jobs, more } = await jobsAfter(scope, MOST_JOBS);
  return jobsNow(jobs.filter((after) => after.job.id !== job?.id).map(shown), more);
}
