// The records that explain a row of a report, as its owner sees them.
import { z } from 'zod';
import type { Cost } from '../../domain/cost.ts';
import type { Price, Total } from '../../domain/money.ts';
import type { JoinedRecord } from '../../domain/period.ts';
import { said, shortened } from '../message.ts';
import { shown, type Money } from './format.ts';
import { money } from './money.ts';

/** What a record of a row is part of. */
const FIGURES = ['billed', 'costOfWork', 'expenses', 'planned', 'spent', 'outsideJobs', 'overhead'] as const;

export const ReportRecord = z.strictObject({
  /** None of what is on no job. */
  job: z.string().optional(),
  ref: z.string(),
  what: said,
  figure: z.enum(FIGURES),
  amount: money,
});

export type OutlayShown = { readonly planned: Total<'cost'> | null; readonly spent: Total<'cost'> };
export type RecordOnJob = JoinedRecord & { readonly job: string; readonly outlay: OutlayShown | null };
/** Of what is on no job. */
export type RecordOnNone = Pick<JoinedRecord, 'ref' | 'what'> & { readonly outside: Price; readonly overhead: Cost };

/** Of what a record is, and of a name among others. */
export const LONGEST_WHAT = 80;

export function recordRow({ job, ref, what, outlay, ...sums }: RecordOnJob, money: Money) {
  const { billed, costOfWork, expenses } = sums;
  const record = (figure: (typeof FIGURES)[number], value: Price | Cost | Total<'cost'>) => ({
    job,
    ref,
    what: shortened(what, LONGEST_WHAT),
    figure,
    amount: shown<string>(value, money),
  });
  if (outlay !== null)
    return outlay.spent === 0n && outlay.planned !== null
      ? record('planned', outlay.planned)
      : record('spent', outlay.spent);
  if (billed !== 0) return record('billed', billed);
  return costOfWork === 0 ? record('expenses', expenses) : record('costOfWork', costOfWork);
}

export function recordBeside({ ref, what, outside, overhead }: RecordOnNone, money: Money) {
  const isBilled = outside !== 0;
  const figure: (typeof FIGURES)[number] = isBilled ? 'outsideJobs' : 'overhead';
  const amount = isBilled ? shown<string>(outside, money) : shown<string>(overhead, money);
  return { ref, what: shortened(what, LONGEST_WHAT), figure, amount };
}
