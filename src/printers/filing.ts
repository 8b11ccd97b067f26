// What was filed where, in words.
import type { FilingOut } from '../views/internal/filing.ts';
import { profitInShort, profitSummaryText } from './profit-summary.ts';
import { didText } from './format.ts';

/** Jobs that something left, in words; the rest is counted. */
const SHOWN_LEFT = 10;

export function filingText(output: FilingOut): string {
  const { job, profit, left, cut, warnings } = output;
  const more = left.length - SHOWN_LEFT;
  return [
    didText(output),
    ...(cut.length > 0
      ? ['An expense stays on its job: what it covered is gone from there, so it counts on its own.']
      : []),
    ...warnings.map((warning) => `Note: ${warning}`),
    ...(job !== null && profit !== null ? [`${job.ref} now: ${profitSummaryText(profit)}`] : []),
    ...left
      .slice(0, SHOWN_LEFT)
      .flatMap((each) =>
        each.profit === null
          ? []
          : [
              `${each.ref} ${each.name} now: ${profitInShort(each.profit)}, billed ${each.profit.billed}, cost of work ${each.profit.costOfWork}, expenses ${each.profit.expenses}${each.profit.warnings.length > 0 ? ', see its note in get-job' : ''}`,
            ],
      ),
    ...(more > 0 ? [`And ${more} more jobs; get-job shows them.`] : []),
  ].join('\n');
}
