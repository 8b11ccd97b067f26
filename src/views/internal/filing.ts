// What was filed where, as its owner sees it.
import type { Seen } from '../../domain/account.ts';
import type { Strip } from '../../domain/profit.ts';
import { profitInShort, profitOut, stripText, type StripOut } from './strip.ts';
import { didText, namedOut } from './words.ts';

type JobAfter = { readonly job: { readonly id: number; readonly name: string }; readonly strip: Strip };
type Filing = {
  readonly did: string;
  readonly to: JobAfter | null;
  readonly left: readonly JobAfter[];
  readonly moved: readonly { readonly ref: string; readonly from: string | null; readonly along: boolean }[];
  readonly already: readonly string[];
  readonly cut: readonly { readonly expense: string; readonly line: string }[];
  readonly notes: readonly string[];
};

export function filingOut({ did, to, left, moved, already, cut, notes }: Filing, account: Seen) {
  return {
    did,
    job: to === null ? null : namedOut('job', to.job),
    ...(to === null ? { profit: null } : profitOut(to.strip, account)),
    left: left.map(({ job, strip }) => ({ ...namedOut('job', job), ...profitOut(strip, account) })),
    moved: moved.map(({ ref, from, along }) => ({ ref, from, ...(along ? { along: true as const } : {}) })),
    already: [...already],
    cut: cut.map(({ expense, line }) => ({ expense, line })),
    warnings: [...notes],
  };
}

type FilingOut = {
  did: string;
  change: number | null;
  preview?: true | undefined;
  confirm?: string | undefined;
  job: { ref: string; name: string } | null;
  profit: StripOut | null;
  left: { ref: string; name: string; profit: StripOut | null }[];
  cut: { expense: string }[];
  warnings: string[];
};

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
    ...(job !== null && profit !== null ? [`${job.ref} now: ${stripText(profit)}`] : []),
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
