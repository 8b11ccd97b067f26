// Where jobs stand once a write has moved their money, in one line.
import type { JobsNow } from '../views/internal/job-now.ts';
import { line, type Block } from './blocks.ts';
import { doubtsInShort, figuresInShort } from './forecast.ts';
import { counted, listed, short } from './format.ts';

const LONGEST_NAME = 60;

export function jobNowBlocks({ jobsNow = [], moreJobs = 0 }: JobsNow): Block[] {
  if (jobsNow.length === 0) return [];
  const each = jobsNow.map((job) => `${job.ref} ${short(job.name, LONGEST_NAME)} now: ${standsAt(job)}`);
  return [line(listed([...each, moreJobs > 0 && `and ${counted(moreJobs, 'more job')}`], '; '))];
}

function standsAt(job: NonNullable<JobsNow['jobsNow']>[number]): string {
  if ('profit' in job)
    return `${figuresInShort(job)}${job.byWhatIsDone === true ? ', by what is done' : ''}${doubtsInShort(job)}`;
  const { billed, leftToBill, toCredit } = job;
  return listed([
    `billed ${billed}`,
    leftToBill !== null && `${leftToBill} left to bill`,
    toCredit !== undefined && `${toCredit} to credit`,
  ]);
}
