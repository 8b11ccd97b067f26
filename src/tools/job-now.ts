// Where a job stands once a bill or an acceptance is written, in one line.
import { z } from 'zod';
import { refOf } from '../kinds/reference.ts';
import { line, type Block } from '../printers/blocks.ts';
import { doubtsInShort, figuresInShort } from '../printers/forecast.ts';
import { listed, short } from '../printers/format.ts';
import type { WriteContext } from '../services/context.ts';
import { freshProfitSummary, type JobAfter } from '../services/shared/job-profit.ts';
import { forecastCard } from '../views/internal/forecast.ts';
import { shown } from '../views/internal/format.ts';
import { profitOrHidden } from '../views/internal/profit-summary.ts';

export const jobNowField = { jobNow: z.string().optional() };
type JobNow = { jobNow?: string | undefined };

const LONGEST_NAME = 60;

/** Nothing where it is under no job, or where profit is hidden from the caller. */
export async function jobNowOf(scope: WriteContext, job: JobAfter['job'] | null): Promise<JobNow> {
  if (job === null || scope.account.profitHidden !== null) return {};
  const figures = profitOrHidden(await freshProfitSummary(scope, job.id), scope.account);
  return { jobNow: `${named(job)} now: ${figuresInShort(figures)}${doubtsInShort(figures)}` };
}

/** How far it is billed, and not a word of costs or profit: what speaks of an invoice may be shown to its customer. */
export async function billedNowOf(scope: WriteContext, job: JobAfter['job'] | null): Promise<JobNow> {
  if (job === null) return {};
  const { billed, forecast } = await freshProfitSummary(scope, job.id);
  const { leftToBill, toCredit } = forecastCard(forecast, scope.account);
  const parts = [
    `billed ${shown(billed, scope.account)}`,
    leftToBill !== null && `${leftToBill} left to bill`,
    toCredit !== undefined && `${toCredit} to credit`,
  ];
  return { jobNow: `${named(job)} now: ${listed(parts)}` };
}

function named({ id, name }: JobAfter['job']): string {
  return `${refOf('job', id)} ${short(name, LONGEST_NAME)}`;
}

export function jobNowBlocks({ jobNow }: JobNow): Block[] {
  return jobNow === undefined ? [] : [line(jobNow)];
}
