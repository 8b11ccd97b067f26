// However time is cut into periods, they and the cost that is not billed yet add up to the profit summary.
import { calendarDate } from '../../src/domain/dates.ts';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { cost } from '../../src/domain/cost.ts';
import { price } from '../../src/domain/money.ts';
import { addUp, datedRecords, daySums, isWithin, joinRecords, type DatedJobLedger } from '../../src/domain/period.ts';
import { computeProfit } from '../../src/domain/profit.ts';
import { DAYS, jobLedger } from './dated-jobs.ts';
import { nextDay } from '../support/arithmetic.ts';

const RUNS = 5000;
/** Time cut at these days; the periods touch and leave nothing out. */
const cuts = fc.uniqueArray(
  fc.constantFrom(
    calendarDate('2026-01-31'),
    calendarDate('2026-02-15'),
    calendarDate('2026-02-28'),
    calendarDate('2026-06-30'),
    calendarDate('2026-12-31'),
  ),
);
it('any periods that cover all of time, plus what has no day, are the strip', () => {
  fc.assert(
    fc.property(jobLedger, cuts, (job, some) => {
      const jobProfit = computeProfit(job);
      const { billed, costOfWork, expenses: paid } = jobProfit.profitSummary;
      const records = datedRecords(job, jobProfit);
      const ends = [...some].sort();
      const periods = [...ends, null].map((to, index) => {
        const before = ends[index - 1];
        return { from: before === undefined ? null : calendarDate(nextDay(before)), to };
      });
      const parts = periods.map((period) => addUp(records.filter((record) => isWithin(record.day, period))));
      const apart = addUp(records.filter((record) => record.day === null));
      expect(addUp([...parts, apart])).toEqual({ billed, costOfWork, expenses: paid });
      expect(apart.billed).toBe(0);
    }),
    { numRuns: RUNS },
  );
});

it('days hold the same money, and each record its whole', () => {
  fc.assert(
    fc.property(jobLedger, (job) => {
      const jobProfit = computeProfit(job);
      const records = datedRecords(job, jobProfit);
      expect(addUp(daySums(records))).toEqual(addUp(records.filter((record) => record.day !== null)));
      const joined = joinRecords(records);
      expect(addUp(joined)).toEqual(addUp(records));
      // A line's parts are its plan beyond what covers it, and its covering expenses.
      const amounts = new Map<string, number>(
        joined.map((each) => [`${each.ref} ${each.costOfWork !== 0}`, each.costOfWork]),
      );
      for (const { ref, cost: whole, coveredBy } of jobProfit.lines) {
        if (jobProfit.lines.filter((line) => line.ref === ref).length > 1) continue;
        const parts = [ref, ...coveredBy.map((each) => each.ref)].map((each) => amounts.get(`${each} true`) ?? 0);
        expect(parts.reduce((sofar, part) => sofar + part, 0)).toBe(whole);
      }
    }),
    { numRuns: RUNS },
  );
});

it('what comes later changes nothing that was', () => {
  fc.assert(
    fc.property(jobLedger, fc.integer({ min: -300_000, max: 900_000 }), (some, subtotal) => {
      // Where nobody knows when a job ended, its last day is taken, and that may come later too.
      const job = { ...some, endedOn: some.endedOn ?? DAYS[0] ?? null };
      const later = {
        ref: 'INV-9999',
        status: 'issued' as const,
        isCredit: subtotal < 0,
        issuedOn: calendarDate('2027-06-01'),
        subtotal: price(subtotal),
        tax: price(0),
      };
      const receipt = { ref: 'E-99', description: 'late', category: 'other' as const, spentOn: later.issuedOn };
      const after = {
        ...job,
        invoices: [...job.invoices, later],
        expenses: [...job.expenses, { ...receipt, amount: cost(777), allocatedLineId: 1 }],
        contracts: job.contracts.map((contract) => ({
          ...contract,
          bills: [...contract.bills, { day: later.issuedOn, amount: later.subtotal }],
        })),
      };
      const past = (each: DatedJobLedger) =>
        daySums(datedRecords(each, computeProfit(each))).filter((sums) => sums.day < later.issuedOn);
      expect(past(after)).toEqual(past(job));
    }),
    { numRuns: RUNS },
  );
});

it('the order in which papers of different days were filed changes nothing', () => {
  fc.assert(
    fc.property(jobLedger, (job) => {
      const other = { ...job, invoices: job.invoices.toReversed(), expenses: job.expenses.toReversed() };
      const totals = (some: DatedJobLedger) =>
        [...Map.groupBy(datedRecords(some, computeProfit(some)), (record) => record.day ?? '')]
          .map(([on, records]) => ({ on, ...addUp(records) }))
          .filter((sums) => sums.billed !== 0 || sums.costOfWork !== 0 || sums.expenses !== 0)
          .sort((left, right) => (left.on < right.on ? -1 : 1));
      // On one day without anything agreed, which of two invoices is first does not matter.
      expect(totals(other)).toEqual(totals(job));
    }),
    { numRuns: RUNS },
  );
});
