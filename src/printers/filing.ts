// What was filed where, in words.
import type { Printed } from './catalogue.ts';
import type { Filing } from '../views/internal/filing.ts';
import { line, note, phrase, toRecord, type Block } from './blocks.ts';
import { doubtsInShort, figuresInShort, jobFiguresBlocks } from './forecast.ts';
import { didLine } from './format.ts';

/** Jobs that something left, in words; the rest is counted. */
const SHOWN_LEFT = 10;

export function filingBlocks(output: Printed<Filing>): Block[] {
  const { job, profit, left, cut, warnings } = output;
  const more = left.length - SHOWN_LEFT;
  return [
    didLine(output),
    ...(cut.length > 0
      ? [line('An expense stays on its job: what it covered is gone from there, so it counts on its own.')]
      : []),
    ...warnings.map(note),
    ...(job !== null && profit !== null ? jobFiguresBlocks(output, phrase`${toRecord(job.ref)} now: `) : []),
    ...left
      .slice(0, SHOWN_LEFT)
      .flatMap((each) =>
        each.profit === null
          ? []
          : [
              line(
                phrase`${toRecord(each.ref)} ${each.name} now: ${figuresInShort(each)}, cost of work ${each.profit.costOfWork}, expenses ${each.profit.expenses}${doubtsInShort(each)}`,
              ),
            ],
      ),
    ...(more > 0 ? [line(`And ${more} more jobs`, { next: '; get-job shows them.' })] : []),
  ];
}
