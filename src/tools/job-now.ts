// Where jobs stand once a write has moved their money, in one line.
import { z } from 'zod';
import { refOf } from '../kinds/reference.ts';
import { line, type Block } from '../printers/blocks.ts';
import { doubtsInShort, figuresInShort } from '../printers/forecast.ts';
import { counted, listed, short } from '../printers/format.ts';
import type { WriteContext } from '../services/context.ts';
import { jobsAfter, type JobAfter } from '../services/shared/job-profit.ts';
import { forecastCard } from '../views/internal/forecast.ts';
import { shown } from '../views/internal/format.ts';
import { profitOrHidden } from '../views/internal/profit-summary.ts';

export const jobNowField = { jobNow: z.string().optional() };
type JobNow = { jobNow?: string | undefined };
type Told = { readonly job?: { readonly id: number } | null };

const LONGEST_NAME = 60;
/** Jobs that one answer tells of; a bill of many is told with its row. */
const MOST_JOBS = 10;

/**
 * Nothing where no job's money moved; how far it is billed where profit is hidden from the caller.
 * @param told of this one the answer tells already
 */
export async function jobNowOf(scope: WriteContext, told: Told = {}): Promise<JobNow> {
  const { account } = scope;
  if (account.profitHidden !== null) return await billedNowOf(scope, told);
  return await jobsNow(scope, told, ({ profitSummary }) => {
    const figures = profitOrHidden(profitSummary, account);
    return `${figuresInShort(figures)}${doubtsInShort(figures)}`;
  });
}

/** How far each is billed, and not a word of costs or profit: what speaks of an invoice may be shown to its customer. */
export async function billedNowOf(scope: WriteContext, told: Told = {}): Promise<JobNow> {
  const { account } = scope;
  return await jobsNow(scope, told, ({ profitSummary: { billed, forecast } }) => {
    const { leftToBill, toCredit } = forecastCard(forecast, account);
    return listed([
      `billed ${shown(billed, account)}`,
      leftToBill !== null && `${leftToBill} left to bill`,
      toCredit !== undefined && `${toCredit} to credit`,
    ]);
  });
}

async function jobsNow(scope: WriteContext, { job }: Told, say: (after: JobAfter) => string): Promise<JobNow> {
  const { jobs, more } = await jobsAfter(scope, MOST_JOBS);
  const untold = jobs.filter((after) => after.job.id !== job?.id);
  if (untold.length === 0) return {};
  const each = untold.map((after) => `${named(after.job)} now: ${say(after)}`);
  return { jobNow: listed([...each, more > 0 && `and ${counted(more, 'more job')}`], '; ') };
}

function named({ id, name }: JobAfter['job']): string {
  return `${refOf('job', id)} ${short(name, LONGEST_NAME)}`;
}

export function jobNowBlocks({ jobNow }: JobNow): Block[] {
  return jobNow === undefined ? [] : [line(jobNow)];
}
