// What was planned beside what was spent, and the warning that money runs out before the work does.
import { describe, expect, it } from 'vitest';
import type { CostLine, JobExpense } from '../../src/domain/cost.ts';
import { type JobLedger, computeProfit } from '../../src/domain/profit.ts';
import { changeOrder, expense, invoice, job, line, quote, shown, usd } from './records.ts';

/** A job whose accepted quote is worth 10,000.00, with nothing billed yet. */
function running(lines: CostLine[], expenses: JobExpense[], jobLedger: Partial<JobLedger> = {}): JobLedger {
  return job({ quotes: [quote('accepted', lines, { subtotal: 10_000 })], expenses, ...jobLedger });
}
const planOf = (jobLedger: JobLedger) =>
  computeProfit(jobLedger).plan.map(({ category, planned, spent, left }) =>
    [category, ...[planned, spent, left].map(shown)].join(' '),
  );
const overPlan = (jobLedger: JobLedger) =>
  computeProfit(jobLedger).profitSummary.warnings.find((warning) => warning.code === 'over_plan');
const only = (ref: string, description: string) => ({ few: [{ ref, description }], count: 1 });
const codes = (jobLedger: JobLedger) => computeProfit(jobLedger).profitSummary.warnings.map(({ code }) => code);

describe('the plan by category', () => {
  it('counts what covers a line under the line, and everything else under its own category', () => {
    const jobLedger = running(
      [line(1, 4000), line(2, 900, { category: 'labor' }), line(3, 70, { category: null })],
      [
        expense(1200, 'materials', { covers: 1 }),
        expense(300, 'equipment', { covers: 1 }),
        expense(80, 'other', { covers: 3 }),
        expense('612.40', 'permit'),
      ],
    );
    expect(planOf(jobLedger)).toEqual([
      'materials 4000.00 1500.00 2500.00',
      'labor 900.00 0.00 900.00',
      'permit 0.00 612.40 -612.40',
      'uncategorized 70.00 80.00 -10.00',
    ]);
  });

  it('takes a change into the plan of the line it changes', () => {
    const jobLedger = job({
      quotes: [
        quote('accepted', [line(1, 4000)]),
        changeOrder('accepted', [line(2, -900, { changes: 1, category: null })]),
      ],
      expenses: [expense(500, 'materials', { covers: 2 })],
    });
    expect(planOf(jobLedger)).toEqual(['materials 3100.00 500.00 2600.00']);
  });

  it('leaves out what does not count: an expense on a declined line stands under its own category', () => {
    const quotes = [quote('declined', [line(1, 4000)]), quote('accepted', [line(2, 100, { category: 'labor' })])];
    expect(planOf(job({ quotes, expenses: [expense(60, 'equipment', { covers: 1 })] }))).toEqual([
      'labor 100.00 0.00 100.00',
      'equipment 0.00 60.00 -60.00',
    ]);
    expect(planOf(job({}))).toEqual([]);
    expect(planOf(running([line(1, null), line(2, 0)], []))).toEqual([]);
  });
});

describe('lines over their plan', () => {
  const linesOver = (jobLedger: JobLedger) => computeProfit(jobLedger).plan.map((row) => row.linesOver);
  const shingles = (amount: number, covers: number) => expense(amount, 'materials', { covers });

  it('are named in the plan, the most over first, also where others still have money left', () => {
    const lines = [line(1, 4000), line(2, 900), line(3, 100), line(4, 50, { category: 'labor' })];
    const plan = linesOver(running(lines, [shingles(1000, 2), shingles(350, 3), shingles(4000, 1)]));
    expect(plan).toEqual([
      {
        count: 2,
        by: usd(350),
        few: [
          { ref: 'Q-1/3', description: 'line 3', planned: usd(100), spent: usd(350) },
          { ref: 'Q-1/2', description: 'line 2', planned: usd(900), spent: usd(1000) },
        ],
      },
      null,
    ]);
  });

  it('are named on finished jobs and of lines that are done too, but not where there was no plan to exceed', () => {
    const over = running([line(1, 4000, { done: true })], [shingles(4100, 1)], { status: 'completed' });
    expect(linesOver(over)).toMatchObject([{ count: 1, by: usd(100) }]);
    expect(linesOver(running([line(1, null), line(2, 0)], [shingles(5, 1), shingles(5, 2)]))).toEqual([null]);
  });

  it('are few in words, and counted', () => {
    const lines = [1, 2, 3, 4, 5].map((id) => line(id, 10));
    const [row] = linesOver(
      running(
        lines,
        lines.map(({ lineId }) => shingles(11, lineId)),
      ),
    );
    expect([row?.count, row?.few.length, row?.by]).toEqual([5, 3, usd(5)]);
  });
});

describe('a line that ran over its plan before it is done', () => {
  const shingles = [expense(4200, 'materials', { covers: 1, ref: 'E-1' })];

  it('is named with what was spent and what was planned', () => {
    const warning = overPlan(running([line(1, 4000), line(2, 900, { category: 'labor' })], shingles));
    expect(warning).toMatchObject({
      refs: ['Q-1/1', 'E-1'],
      over: [{ category: null, lines: only('Q-1/1', 'line 1'), planned: usd(4000), spent: usd(4200) }],
      more: 0,
    });
  });

  it('is no matter once it is done, or while it is within its plan', () => {
    expect(codes(running([line(1, 4000, { done: true })], shingles))).toEqual([]);
    expect(codes(running([line(1, 4200)], shingles))).toEqual([]);
  });

  it('had no plan to exceed where its cost is unknown or was taken out', () => {
    expect(codes(running([line(1, null)], shingles))).toEqual([]);
    const quotes = [
      quote('accepted', [line(1, 4000)], { subtotal: 10_000 }),
      changeOrder('accepted', [line(2, -4000, { changes: 1 })], -6000),
    ];
    expect(codes(job({ quotes, expenses: shingles }))).toEqual([]);
  });

  it('counts on open and running jobs with accepted or open quotes, until the work is done: not until all of it is billed', () => {
    const with_ = (jobLedger: Partial<JobLedger>) => codes(running([line(1, 4000)], shingles, jobLedger));
    const open = quote('sent', [line(1, 4000)], { subtotal: 10_000 });
    expect(with_({ status: 'open' })).toEqual(['over_plan']);
    expect(with_({ status: 'in_progress' })).toEqual(['over_plan']);
    expect(with_({ quotes: [open] })).toEqual(['over_plan']);
    expect(with_({ invoices: [invoice('9999.99')] })).toEqual(['over_plan']);
    expect(with_({ invoices: [invoice(10_000, { status: 'draft' })] })).toEqual(['over_plan']);
    expect(with_({ status: 'completed' })).toEqual([]);
    expect(with_({ status: 'cancelled' })).toEqual([]);
    expect(with_({ status: 'in_progress', invoices: [invoice(10_000)] })).toEqual(['over_plan']);
    expect(with_({ quotes: [{ ...open, status: 'declined' }] })).toEqual([]);
  });

  it('the worst come first, four in words and all in the refs', () => {
    const lines = [1, 2, 3, 4, 5, 6].map((id) => line(id, 100));
    const spent = lines.map(({ lineId }) => expense(100 + lineId, 'materials', { covers: lineId, ref: `E-${lineId}` }));
    const warning = overPlan(running(lines, spent));
    expect(warning?.over.map(({ lines: { few } }) => few.map(({ ref }) => ref))).toEqual([
      ['Q-1/6'],
      ['Q-1/5'],
      ['Q-1/4'],
      ['Q-1/3'],
    ]);
    expect(warning?.more).toBe(2);
    expect(warning?.refs).toHaveLength(12);
  });

  it('long descriptions are cut, since every strip keeps its warnings', () => {
    const lines = [{ ...line(1, 100), description: 'x'.repeat(500) }];
    expect(overPlan(running(lines, shingles))?.over[0]?.lines.few[0]?.description.length).toBeLessThan(60);
  });
});

describe('a category that is nearly spent while its work is not done', () => {
  const roof = (doneCost: number, { planned = 1000, toDo = 100, more = [] as JobExpense[] } = {}) =>
    running(
      [line(1, planned, { done: true, category: 'labor' }), line(2, toDo, { category: 'labor' })],
      [expense(doneCost, 'labor', { covers: 1, ref: 'E-1' }), ...more],
    );

  it('warns when less is left than the work to come needs', () => {
    const warning = overPlan(roof(1050));
    expect(warning).toMatchObject({
      refs: ['Q-1/2', 'E-1'],
      over: [{ category: 'labor', lines: only('Q-1/2', 'line 2'), planned: usd(1100), spent: usd(1050) }],
    });
  });

  it('is calm while what is left pays for the rest, however much is spent', () => {
    expect(codes(roof(1000))).toEqual([]);
    expect(codes(running([line(1, 4000)], [expense(3999, 'materials', { covers: 1 })]))).toEqual([]);
  });

  it('is calm below 90 % of the plan, where the rest may still even it out', () => {
    // 1,100 of 1,222 planned is just over 90 %, 1,100 of 1,223 just under.
    expect(codes(roof(1100, { toDo: 222 }))).toEqual(['over_plan']);
    expect(codes(roof(1100, { toDo: 223 }))).toEqual([]);
  });

  it('is calm once everything in it is done', () => {
    const lines = [1, 2].map((id) => line(id, 100, { done: true }));
    expect(codes(running(lines, [expense(500, 'materials', { covers: 1 })]))).toEqual([]);
  });

  it('counts expenses on top of covered lines', () => {
    const lines = [line(1, 4000)];
    const receipts = [
      expense(2000, 'materials', { covers: 1, ref: 'E-1' }),
      expense(1800, 'materials', { ref: 'E-2' }),
    ];
    expect(overPlan(running(lines, receipts))).toMatchObject({
      refs: ['Q-1/1', 'E-1', 'E-2'],
      over: [{ category: 'materials', planned: usd(4000), spent: usd(3800) }],
    });
    expect(codes(running(lines, [receipts[0] ?? expense(1), expense(9000, 'permit')]))).toEqual([]);
  });

  it('says nothing where no expense covers any of its lines: that is a possible double count', () => {
    expect(codes(running([line(1, 4000)], [expense(4200)]))).toEqual(['possible_double_count']);
    expect(
      codes(running([line(1, 4000, { done: true }), line(2, 50, { category: 'labor' })], [expense(4200)])),
    ).toEqual([]);
  });

  it('leaves out what may be counted twice already', () => {
    const doubtful = expense(900, 'labor', { ref: 'E-9' });
    expect(codes(roof(900, { toDo: 1000, more: [doubtful] }))).toEqual(['possible_double_count']);
    expect(overPlan(roof(1050, { more: [doubtful] }))).toMatchObject({
      refs: ['Q-1/2', 'E-1'],
      over: [{ spent: usd(1050) }],
    });
  });

  it('is not named beside a line of its own that ran over', () => {
    const warning = overPlan(
      running([line(1, 1000), line(2, 100)], [expense(1500, 'materials', { covers: 1, ref: 'E-1' })]),
    );
    expect(warning).toMatchObject({
      refs: ['Q-1/1', 'E-1'],
      over: [{ category: null, lines: only('Q-1/1', 'line 1') }],
    });
  });
});
