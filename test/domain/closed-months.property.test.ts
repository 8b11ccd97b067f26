// Whatever changes on a job after its months were closed, again and again: what was reported of them stays, and periods
// with what stands apart are the profit summary.
import { BEFORE_EVERY_DAY, calendarDate } from '../../src/domain/dates.ts';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { withClosedMonths } from '../../src/domain/closed-months.ts';
import { addDays } from '../../src/domain/dates.ts';
import {
  addUp,
  datedRecords,
  daySums,
  isWithin,
  NOTHING,
  type ClosedJob,
  type DatedJobLedger,
} from '../../src/domain/period.ts';
import { computeProfit } from '../../src/domain/profit.ts';
import { DAYS, jobLedger } from './dated-jobs.ts';

const RUNS = 2000;
const ref = 'J-1';
const recordsOf = (job: DatedJobLedger, closed: ClosedJob) =>
  withClosedMonths(datedRecords(job, computeProfit(job)), closed);
const through = fc.constantFrom(...DAYS, calendarDate('2026-02-14'), calendarDate('2026-05-31'));

it('periods, what stands apart and what comes from closed months are the strip, and a closed report never changes', () => {
  let carried = 0;
  fc.assert(
    fc.property(fc.array(fc.tuple(jobLedger, through), { minLength: 2, maxLength: 4 }), through, (states, cut) => {
      let closed: ClosedJob = { ref, through: null, days: [] };
      for (const [job, day] of states) {
        const records = recordsOf(job, closed);
        const { billed, costOfWork, expenses } = computeProfit(job).profitSummary;
        const dated = [
          { from: null, to: cut },
          { from: addDays(cut, 1), to: null },
        ].map((period) => addUp(records.filter((record) => isWithin(record.day, period))));
        const apart = addUp(records.filter((record) => record.day === null));
        expect(addUp([...dated, apart])).toEqual({ billed, costOfWork, expenses });
        const end = closed.through;
        const days = daySums(records);
        const first = end === null ? BEFORE_EVERY_DAY : addDays(end, 1);
        expect(days.filter((sums) => sums.day < first)).toEqual(closed.days);
        const after = days.filter((sums) => sums.day >= first);
        expect(addUp(after.filter((sums) => sums.day !== first).map(({ fromClosed }) => fromClosed))).toEqual(NOTHING);
        const [next] = after;
        if (next?.day === first && JSON.stringify(next.fromClosed) !== JSON.stringify(NOTHING)) carried += 1;
        if (end === null || day > end) closed = { ref, through: day, days: days.filter((sums) => sums.day <= day) };
      }
    }),
    { numRuns: RUNS },
  );
  expect(carried).toBeGreaterThan(RUNS / 4);
});

it('without a closed month nothing is carried, and months opened again hold what they come to by now', () => {
  fc.assert(
    fc.property(jobLedger, (job) => {
      const fresh = datedRecords(job, computeProfit(job));
      expect(withClosedMonths(fresh, { ref, through: null, days: [] })).toEqual(fresh);
    }),
    { numRuns: RUNS / 4 },
  );
});
