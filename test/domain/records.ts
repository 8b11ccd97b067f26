// A job's records in a few words, for tests of what the books reckon from them. Amounts are spoken in dollars.
import { calendarDate } from '../../src/domain/dates.ts';
import { type Category, type CostLine, cost, type JobExpense } from '../../src/domain/cost.ts';
import type { InvoiceStatus } from '../../src/domain/invoice.ts';
import { type Amount, parseAmount, parseQuantity, price, type AmountInput, sum, text } from '../../src/domain/money.ts';
import { type JobLedger, computeProfit, type ProfitSummary } from '../../src/domain/profit.ts';
import type { QuoteKind, QuoteStatus } from '../../src/domain/quote.ts';

export type QuoteFacts = JobLedger['quotes'][number];
export type InvoiceFacts = JobLedger['invoices'][number];

/** Dollars as cents. */
export function usd(spoken: AmountInput): number {
  return parseAmount(spoken, 'amount', 'USD', { sign: 'any' });
}

type LineParts = {
  readonly quantity?: AmountInput;
  /** Per unit; null is not known yet. */
  readonly price?: AmountInput | null;
  readonly category?: Category | null;
  readonly changes?: number;
  readonly done?: boolean;
};

/** A quote line that costs this much per unit; null where nobody said what it costs. */
export function line(lineId: number, unitCost: AmountInput | null, parts: LineParts = {}): CostLine {
  return {
    lineId,
    ref: `Q-1/${lineId}`,
    description: `line ${lineId}`,
    quantity: parseQuantity(parts.quantity ?? 1, 'quantity'),
    unitPrice: parts.price === null ? null : price(usd(parts.price ?? 1)),
    unitCost: unitCost === null ? null : cost(usd(unitCost)),
    category: parts.category === undefined ? 'materials' : parts.category,
    changesLineId: parts.changes ?? null,
    done: parts.done ?? false,
  };
}

let quotes = 0;

export function quote(
  status: QuoteStatus,
  lines: readonly CostLine[],
  {
    kind = 'original',
    subtotal = 0,
    ref,
    contractId = 1,
  }: { kind?: QuoteKind; subtotal?: AmountInput; ref?: string; contractId?: number } = {},
): QuoteFacts {
  quotes += 1;
  return {
    ref: ref ?? `Q-${quotes}`,
    contractId,
    title: 'The work',
    kind,
    status,
    subtotal: price(usd(subtotal)),
    lines,
  };
}

export function changeOrder(status: QuoteStatus, lines: readonly CostLine[], subtotal: AmountInput = 0): QuoteFacts {
  return quote(status, lines, { kind: 'change_order', subtotal });
}

export function invoice(
  subtotal: AmountInput,
  { status = 'issued', tax = 0, ref = 'INV-1001' }: { status?: InvoiceStatus; tax?: AmountInput; ref?: string } = {},
): InvoiceFacts {
  const net = price(usd(subtotal));
  return { ref, status, isCredit: net < 0, subtotal: net, tax: price(usd(tax)) };
}

let expenses = 0;

/** Money out; `covers` is the line whose real cost it is. */
export function expense(
  amount: AmountInput,
  category: Category = 'materials',
  { covers, ref, description = category }: { covers?: number; ref?: string; description?: string } = {},
): JobExpense {
  expenses += 1;
  return {
    ref: ref ?? `E-${expenses}`,
    description,
    amount: cost(usd(amount)),
    category,
    allocatedLineId: covers ?? null,
  };
}

/** Its accepted quotes are one contract, of which everything is that is billed. */
export function job(jobLedger: Partial<JobLedger>): JobLedger {
  const { quotes: all = [], invoices = [] } = jobLedger;
  const accepted = all.filter(({ status }) => status === 'accepted');
  const issued = invoices.filter(({ status }) => status === 'issued');
  const contract = {
    contractId: 1,
    worth: sum(accepted.map(({ subtotal }) => subtotal)),
    writtenOff: price(0),
    bills: issued.map(({ subtotal }) => ({ day: calendarDate('2026-03-01'), amount: subtotal })),
  };
  const contracts = accepted.length > 0 ? [contract] : [];
  return {
    status: 'in_progress',
    quotes: [],
    invoices: [],
    expenses: [],
    contracts,
    billedFromLines: sum(issued.map(({ subtotal }) => subtotal)),
    collected: price(0),
    billingDoneOn: null,
    ...jobLedger,
  };
}

export function shown<B extends string>(value: Amount<B>): string {
  return text(value, 'USD');
}

/** The profit summary as its owner reads it. */
export function profitSummaryOf(jobLedger: Partial<JobLedger>) {
  return figures(computeProfit(job(jobLedger)).profitSummary);
}

export function figures(
  profitSummary: Pick<ProfitSummary, 'billed' | 'costOfWork' | 'expenses' | 'profit' | 'marginTenths'>,
) {
  return {
    billed: shown(profitSummary.billed),
    costOfWork: shown(profitSummary.costOfWork),
    expenses: shown(profitSummary.expenses),
    profit: shown(profitSummary.profit),
    margin: profitSummary.marginTenths === null ? null : profitSummary.marginTenths / 10,
  };
}
