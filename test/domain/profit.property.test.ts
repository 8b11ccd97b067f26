// The profit summary's promises under random books: lines covered, changed, done, revised and dropped in any combination.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATEGORIES, cost, type CostLine } from '../../src/domain/cost.ts';
import { INVOICE_STATUSES } from '../../src/domain/invoice.ts';
import { JOB_STATUSES } from '../../src/domain/job.ts';
import { divideRounded, price, quantity } from '../../src/domain/money.ts';
import { type JobLedger, computeProfit, totalProfitSummary } from '../../src/domain/profit.ts';
import { QUOTE_KINDS, QUOTE_STATUSES } from '../../src/domain/quote.ts';
import { orNull } from '../support/arbitrary.ts';

const RUNS = 5000;
const LINE_IDS = 8;
const lineId = fc.integer({ min: 1, max: LINE_IDS });

/** What is true of a line on whichever quote it stands: its kind of cost, the line it changes, whether it is done. */
const identities = fc.array(
  fc.record({
    category: orNull(fc.constantFrom(...CATEGORIES)),
    changes: orNull(lineId),
    done: fc.constantFrom(true, false, 'spent_nothing' as const),
  }),
  { minLength: LINE_IDS, maxLength: LINE_IDS },
);

const quotes = fc.array(
  fc.record({
    kind: fc.constantFrom(...QUOTE_KINDS),
    status: fc.constantFrom(...QUOTE_STATUSES),
    subtotal: fc.integer({ min: -500_000, max: 2_000_000 }),
    // A revision holds the lines of the quote it revises, so two quotes may well hold the same line.
    lines: fc.uniqueArray(
      fc.record({
        lineId,
        quantity: fc.integer({ min: -30_000, max: 240_000 }),
        unitCost: orNull(fc.integer({ min: -90_000, max: 90_000 })),
      }),
      { selector: (line) => line.lineId, maxLength: 5 },
    ),
  }),
  { maxLength: 5 },
);

const invoices = fc.array(
  fc.record({
    status: fc.constantFrom(...INVOICE_STATUSES),
    subtotal: fc.integer({ min: -300_000, max: 900_000 }),
    tax: fc.integer({ min: -9000, max: 90_000 }),
  }),
  { maxLength: 5 },
);

const expenses = fc.array(
  fc.record({
    amount: fc.integer({ min: 1, max: 500_000 }),
    category: fc.constantFrom(...CATEGORIES),
    covers: orNull(fc.integer({ min: 1, max: LINE_IDS + 1 })),
  }),
  { maxLength: 8 },
);

const jobLedger: fc.Arbitrary<JobLedger> = fc
  .record({ status: fc.constantFrom(...JOB_STATUSES), identities, quotes, invoices, expenses })
  .map((job) => ({
    ...{ status: job.status, contracts: [], billingDoneOn: null, billedFromLines: price(0), collected: price(0) },
    quotes: job.quotes.map((quote, index) => ({
      ref: `Q-${index + 1}`,
      contractId: index + 1,
      title: '',
      kind: quote.kind,
      status: quote.status,
      subtotal: price(quote.subtotal),
      lines: quote.lines.map((line, position): CostLine => {
        const identity = job.identities[line.lineId - 1];
        return {
          lineId: line.lineId,
          ref: `Q-${index + 1}/${position + 1}`,
          description: `line ${line.lineId}`,
          quantity: quantity(line.quantity),
          unitPrice: price(100),
          unitCost: line.unitCost === null ? null : cost(line.unitCost),
          category: identity?.category ?? null,
          changesLineId: identity?.changes ?? null,
          done: identity?.done ?? false,
        };
      }),
    })),
    invoices: job.invoices.map((invoice, index) => ({
      ref: `INV-${1001 + index}`,
      isCredit: invoice.subtotal < 0,
      status: invoice.status,
      subtotal: price(invoice.subtotal),
      tax: price(invoice.tax),
    })),
    expenses: job.expenses.map(({ amount, category, covers }, index) => ({
      ref: `E-${index + 1}`,
      description: 'receipt',
      amount: cost(amount),
      category,
      allocatedLineId: covers,
    })),
  }));

const added = (entries: readonly { readonly amount: number }[]) =>
  entries.reduce((sum, entry) => sum + entry.amount, 0);

describe('whatever stands on a job', () => {
  it('billed − cost of work − expenses = profit, and every figure is the sum of its records', () => {
    fc.assert(
      fc.property(jobLedger, (job) => {
        const { profitSummary, ...entries } = computeProfit(job);
        const { billed, costOfWork, expenses: spent, notBilledYet, taxBilled } = profitSummary;
        expect([profitSummary.profit, billed, costOfWork, spent, notBilledYet, taxBilled]).toEqual([
          billed - costOfWork - spent,
          added(entries.billed),
          added(entries.costOfWork),
          added(entries.expenses),
          added(entries.notBilledYet),
          added(entries.taxBilled),
        ]);
        const minusZero = Object.values(profitSummary).some((figure) => Object.is(figure, -0));
        const isUnbilled = billed <= 0;
        expect([minusZero, profitSummary.marginTenths === null, profitSummary.billing === 'not_billed']).toEqual([
          false,
          isUnbilled,
          isUnbilled,
        ]);
      }),
      { numRuns: RUNS },
    );
  });

  it('every expense stands in exactly one of the two places', () => {
    // On a cancelled job nothing but receipts costs anything, so they must add up to the cent.
    fc.assert(
      fc.property(jobLedger, (job) => {
        const { profitSummary } = computeProfit({ ...job, status: 'cancelled' });
        expect(profitSummary.costOfWork + profitSummary.expenses).toBe(
          job.expenses.reduce((sum, { amount }) => sum + amount, 0),
        );
      }),
      { numRuns: 2000 },
    );
    // On any job, one cent more on a receipt moves its own place by a cent at most, and the other not at all.
    fc.assert(
      fc.property(jobLedger, fc.nat(), (job, pick) => {
        fc.pre(job.expenses.length > 0);
        const at = pick % job.expenses.length;
        const dearer = job.expenses.map((each, index) =>
          index === at ? { ...each, amount: cost(each.amount + 1) } : each,
        );
        const [before, after] = [computeProfit(job), computeProfit({ ...job, expenses: dearer })];
        const listed = before.expenses.some((entry) => entry.ref === job.expenses[at]?.ref);
        const moved = {
          expenses: after.profitSummary.expenses - before.profitSummary.expenses,
          costOfWork: after.profitSummary.costOfWork - before.profitSummary.costOfWork,
        };
        const allowed = listed
          ? [{ expenses: 1, costOfWork: 0 }]
          : [0, 1].map((cents) => ({ expenses: 0, costOfWork: cents }));
        expect(allowed).toContainEqual(moved);
      }),
      { numRuns: 2000 },
    );
  });

  it('the order in which papers were filed changes nothing', () => {
    const shuffled = jobLedger.chain((job) => {
      const mixed = <T>(some: readonly T[]) =>
        fc.shuffledSubarray([...some], { minLength: some.length, maxLength: some.length });
      return fc.record({
        job: fc.constant(job),
        other: fc.record({
          status: fc.constant(job.status),
          ...{ contracts: fc.constant(job.contracts), billingDoneOn: fc.constant(job.billingDoneOn) },
          ...{ billedFromLines: fc.constant(job.billedFromLines), collected: fc.constant(job.collected) },
          quotes: mixed(job.quotes),
          invoices: mixed(job.invoices),
          expenses: mixed(job.expenses),
        }),
      });
    });
    fc.assert(
      fc.property(shuffled, ({ job, other }) => {
        const [{ warnings, ...figures }, { warnings: otherWarnings, ...otherFigures }] = [
          computeProfit(job).profitSummary,
          computeProfit(other).profitSummary,
        ];
        expect(otherFigures).toEqual(figures);
        expect(otherWarnings.map(({ code }) => code)).toEqual(warnings.map(({ code }) => code));
      }),
      { numRuns: RUNS },
    );
  });

  it('voids, drafts and papers that no longer count leave the strip as it was', () => {
    fc.assert(
      fc.property(jobLedger, (job) => {
        const standing: JobLedger = {
          ...job,
          quotes: job.quotes.filter(({ status }) => status !== 'declined' && status !== 'superseded'),
          invoices: job.invoices.filter(({ status }) => status !== 'void'),
        };
        expect(computeProfit(standing).profitSummary).toEqual(computeProfit(job).profitSummary);
        const issued = { ...standing, invoices: job.invoices.filter(({ status }) => status === 'issued') };
        expect({ ...computeProfit(issued).profitSummary, notBilledYet: 0 }).toEqual({
          ...computeProfit(job).profitSummary,
          notBilledYet: 0,
        });
      }),
      { numRuns: 500 },
    );
  });

  it('a warning names only records of the job, once each', () => {
    fc.assert(
      fc.property(jobLedger, (job) => {
        const known = new Set([
          ...job.quotes.flatMap((quote) => [quote.ref, ...quote.lines.map((line) => line.ref)]),
          ...job.expenses.map((expense) => expense.ref),
        ]);
        for (const { refs } of computeProfit(job).profitSummary.warnings) {
          expect(new Set(refs).size).toBe(refs.length);
          expect(refs.filter((ref) => !known.has(ref))).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('totals over many jobs', () => {
  it('are the sums, and their margin is of the sums', () => {
    fc.assert(
      fc.property(fc.array(jobLedger, { maxLength: 8 }), (jobs) => {
        const profitSummaries = jobs.map((job) => computeProfit(job).profitSummary);
        const total = totalProfitSummary(profitSummaries);
        for (const figure of ['billed', 'costOfWork', 'expenses', 'profit', 'notBilledYet', 'taxBilled'] as const) {
          expect(total[figure]).toBe(
            BigInt(profitSummaries.reduce((sum, profitSummary) => sum + profitSummary[figure], 0)),
          );
        }
        const { billed, profit } = total;
        const margin = billed > 0n ? Number(divideRounded(profit * 1000n, billed)) : null;
        expect(total.marginTenths).toBe(margin);
        expect(totalProfitSummary(profitSummaries.toReversed())).toEqual(total);
      }),
      { numRuns: 500 },
    );
  });
});
