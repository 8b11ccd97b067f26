// Jobs with anything on them, dated on few days so that much falls together.
import { calendarDate } from '../../src/domain/dates.ts';
import * as fc from 'fast-check';
import { CATEGORIES, cost, type CostLine } from '../../src/domain/cost.ts';
import { INVOICE_STATUSES } from '../../src/domain/invoice.ts';
import { JOB_STATUSES } from '../../src/domain/job.ts';
import { price, quantity } from '../../src/domain/money.ts';
import type { DatedJobLedger } from '../../src/domain/period.ts';
import { QUOTE_KINDS, QUOTE_STATUSES } from '../../src/domain/quote.ts';
import { orNull } from '../support/arbitrary.ts';

const LINE_IDS = 6;
export const DAYS = ['2026-01-31', '2026-02-01', '2026-02-28', '2026-03-01', '2026-07-04', '2027-01-01'].map(
  calendarDate,
);
const day = fc.constantFrom(...DAYS);

const quotes = fc.array(
  fc.record({
    kind: fc.constantFrom(...QUOTE_KINDS),
    status: fc.constantFrom(...QUOTE_STATUSES),
    subtotal: fc.integer({ min: -50_000, max: 2_000_000 }),
    lines: fc.uniqueArray(
      fc.record({
        lineId: fc.integer({ min: 1, max: LINE_IDS }),
        quantity: fc.integer({ min: -30_000, max: 240_000 }),
        unitCost: orNull(fc.integer({ min: -90_000, max: 90_000 })),
        category: orNull(fc.constantFrom(...CATEGORIES)),
        done: fc.constantFrom(true, false, 'spent_nothing' as const),
      }),
      { selector: (line) => line.lineId, maxLength: 5 },
    ),
  }),
  { maxLength: 4 },
);
const invoices = fc.array(
  fc.record({
    status: fc.constantFrom(...INVOICE_STATUSES),
    subtotal: fc.integer({ min: -300_000, max: 900_000 }),
    issuedOn: day,
  }),
  { maxLength: 6 },
);
const contracts = fc.array(
  fc.record({
    contractId: fc.constant(1),
    worth: fc.integer({ min: -50_000, max: 2_000_000 }).map(price),
    writtenOff: fc.nat(300_000).map(price),
    bills: fc.array(fc.record({ day, amount: fc.integer({ min: -300_000, max: 900_000 }).map(price) }), {
      maxLength: 5,
    }),
  }),
  { maxLength: 2 },
);
const expenses = fc.array(
  fc.record({
    amount: fc.integer({ min: 1, max: 500_000 }),
    category: fc.constantFrom(...CATEGORIES),
    covers: orNull(fc.integer({ min: 1, max: LINE_IDS + 1 })),
    spentOn: day,
  }),
  { maxLength: 8 },
);

/** A job as it stands on one evening. */
export const jobLedger: fc.Arbitrary<DatedJobLedger> = fc
  .record({
    ...{ status: fc.constantFrom(...JOB_STATUSES), quotes, invoices, expenses, contracts },
    ...{ endedOn: orNull(day), billingDoneOn: orNull(day) },
  })
  .map((job) => ({
    ...{ status: job.status, contracts: job.contracts, endedOn: job.endedOn, billingDoneOn: job.billingDoneOn },
    ...{ billedFromLines: price(0), collected: price(0) },
    closed: { ref: 'J-1', through: null, days: [] },
    quotes: job.quotes.map(({ lines, subtotal, ...quote }, index) => ({
      ...quote,
      ref: `Q-${index + 1}`,
      contractId: 1,
      title: '',
      subtotal: price(subtotal),
      lines: lines.map(
        (line, position): CostLine => ({
          ...line,
          ref: `Q-${index + 1}/${position + 1}`,
          description: `line ${line.lineId}`,
          quantity: quantity(line.quantity),
          unitPrice: price(100),
          unitCost: line.unitCost === null ? null : cost(line.unitCost),
          changesLineId: null,
        }),
      ),
    })),
    invoices: job.invoices.map(({ status, subtotal, issuedOn }, index) => ({
      ref: `INV-${1001 + index}`,
      status,
      isCredit: subtotal < 0,
      issuedOn: status === 'draft' ? null : issuedOn,
      subtotal: price(subtotal),
      tax: price(0),
    })),
    expenses: job.expenses.map(({ amount, category, covers, spentOn }, index) => ({
      ref: `E-${index + 1}`,
      description: 'receipt',
      amount: cost(amount),
      category,
      allocatedLineId: covers,
      spentOn,
    })),
  }));
