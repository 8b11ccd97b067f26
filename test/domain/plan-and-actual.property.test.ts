// Whatever stands on a job: its plan holds every cost and every expense once, and who is warned of it.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATEGORIES, type CostLine, type JobExpense } from '../../src/domain/cost.ts';
import { type JobLedger, computeProfit } from '../../src/domain/profit.ts';
import { expense, invoice, job, line, quote } from './records.ts';

/** A job whose accepted quote is worth 10,000.00, with nothing billed yet. */
function running(lines: CostLine[], expenses: JobExpense[], jobLedger: Partial<JobLedger> = {}): JobLedger {
  return job({ quotes: [quote('accepted', lines, { subtotal: 10_000 })], expenses, ...jobLedger });
}
const overPlan = (jobLedger: JobLedger) =>
  computeProfit(jobLedger).profitSummary.warnings.find((warning) => warning.code === 'over_plan');

describe('whatever stands on a job', () => {
  const jobLedger = fc
    .record({
      status: fc.constantFrom('open' as const, 'in_progress' as const, 'completed' as const, 'cancelled' as const),
      lines: fc.array(
        fc.record({
          cost: fc.integer({ min: -100, max: 3000 }),
          category: fc.option(fc.constantFrom(...CATEGORIES.slice(0, 3)), { nil: null }),
          done: fc.boolean(),
        }),
        { maxLength: 6 },
      ),
      expenses: fc.array(
        fc.record({
          amount: fc.integer({ min: 1, max: 3000 }),
          category: fc.constantFrom(...CATEGORIES.slice(0, 4)),
          covers: fc.option(fc.integer({ min: 1, max: 7 }), { nil: null }),
        }),
        { maxLength: 8 },
      ),
      billed: fc.constantFrom(0, 5000, 10_000),
    })
    .map(({ status, lines, expenses, billed }) =>
      running(
        lines.map(({ cost, category, done }, index) => line(index + 1, cost, { category, done })),
        expenses.map(({ amount, category, covers }, index) =>
          expense(amount, category, { ref: `E-${index + 1}`, ...(covers === null ? {} : { covers }) }),
        ),
        { status, invoices: billed === 0 ? [] : [invoice(billed)] },
      ),
    );
  const added = (amounts: readonly number[]) => amounts.reduce((sum, each) => sum + each, 0);

  it('the plan holds every counted cost and every expense exactly once', () => {
    fc.assert(
      fc.property(jobLedger, (job) => {
        const { plan, lines } = computeProfit(job);
        expect(added(plan.map((row) => row.spent))).toBe(added(job.expenses.map((each) => each.amount)));
        expect(added(plan.map((row) => row.planned))).toBe(added(lines.map((each) => each.planned)));
        expect(new Set(plan.map((row) => row.category)).size).toBe(plan.length);
        for (const row of plan) expect(row.left).toBe(row.planned - row.spent);
      }),
      { numRuns: 2000 },
    );
  });

  it('only work in progress is warned of, and not what of it is done, and what it names never exceeds its plan unnoticed', () => {
    let warned = 0;
    fc.assert(
      fc.property(jobLedger, (job) => {
        const { lines } = computeProfit(job);
        const warning = overPlan(job);
        const over = lines.filter((each) => !each.done && each.planned > 0 && each.spent > each.planned);
        const runs = job.status === 'open' || job.status === 'in_progress';
        warned += warning === undefined ? 0 : 1;
        expect(warning === undefined || runs).toBe(true);
        expect(over.filter(({ ref }) => runs && warning?.refs.includes(ref) !== true)).toEqual([]);
        const open = new Set(lines.filter((each) => !each.done).map((each) => each.ref));
        const refs = warning?.refs ?? [];
        expect(refs.filter((ref) => !ref.startsWith('E-') && !open.has(ref))).toEqual([]);
        expect(new Set(refs).size).toBe(refs.length);
      }),
      { numRuns: 3000 },
    );
    expect(warned).toBeGreaterThan(100);
  });

  it('an expense that may be counted twice is never called an overrun as well', () => {
    fc.assert(
      fc.property(jobLedger, (job) => {
        const [twice, over] = (['possible_double_count', 'over_plan'] as const).map(
          (code) => computeProfit(job).profitSummary.warnings.find((warning) => warning.code === code)?.refs ?? [],
        );
        expect(twice?.filter((ref) => ref.startsWith('E-') && over?.includes(ref) === true)).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });
});
