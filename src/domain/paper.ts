// Priced lines and their totals: what stands on a quote or an invoice, free of any cost. A customer's view may
// import this file.
import type { CalendarDate } from './dates.ts';
import { refused } from './errors.ts';
import { says, type Messages } from './message.ts';
import {
  extend,
  LARGEST_AMOUNT,
  price,
  quantity,
  sum,
  taxOn,
  text,
  type Percent,
  type Price,
  type Quantity,
  type TaxRate,
} from './money.ts';

export type PricedLine = {
  readonly description: string;
  readonly quantity: Quantity;
  readonly unit: string | null;
  /** Per unit; null is a price not known yet, which blocks sending, accepting and invoicing. */
  readonly unitPrice: Price | null;
  readonly taxRate: TaxRate;
};

/** Whom a document is made out to. */
export type MadeOut = { readonly name: string; readonly address: string | null };

/** No document has more lines. */
export const MOST_LINES = 200;

export type TaxGroup = { readonly rate: TaxRate; readonly base: Price; readonly tax: Price };
export type PaperTotals = {
  readonly subtotal: Price;
  readonly tax: Price;
  readonly total: Price;
  /** One entry per rate above 0, each rounded once. */
  readonly taxGroups: readonly TaxGroup[];
};

export const PAPER_KINDS = ['original', 'change_order', 'standard', 'deposit', 'progress', 'credit_note'] as const;
export const PAPER_STATUSES = ['draft', 'sent', 'accepted', 'declined', 'superseded', 'issued', 'void'] as const;

/** A quote or an invoice as the customer gets it. Nothing that only the business may know has a place in it. */
export type Paper = {
  /** How the customer finds it again: `Q-31`, `INV-1043`. */
  readonly ref: string;
  readonly kind: (typeof PAPER_KINDS)[number];
  readonly status: (typeof PAPER_STATUSES)[number];
  readonly title: string | null;
  readonly to: MadeOut;
  readonly datedOn: CalendarDate | null;
  readonly dueOn: CalendarDate | null;
  readonly lines: readonly PricedLine[];
  /** One row behind the lines, which the totals are less by. */
  readonly discount: Discount | null;
  readonly totals: PaperTotals;
  readonly paid: Price;
  /** What credit notes took off it, tax included. */
  readonly credited: Price;
  /** Still open; below 0 is owed to the customer. Null where there is nothing to pay: quotes, drafts, voids, credit notes. */
  readonly balance: Price | null;
  /** On a credit note: the number of the invoice that it credits. */
  readonly credits: string | null;
  readonly notes: string | null;
};

/** What is taken off the sum of a quote's lines, and of which percentage of it that comes; null was said as an amount. */
export type Discount = { readonly percent: Percent | null; readonly amount: Price };

/**
 * The lines, and behind them what the discount takes off each tax set: spread by what these come to, so that 100.00 less
 * 10.00 is taxed on 90.00. Every set keeps the same part of what it has, also one of work taken out; no more is taken off
 * than there is.
 */
export function lessDiscount(lines: readonly PricedLine[], discount: Discount | null): PricedLine[] {
  const sets = [...basesOf(lines)].map(([rate, base]) => ({ rate, base }));
  const off = Math.min(discount?.amount ?? 0, sum(sets.map(({ base }) => base)));
  if (off <= 0) return [...lines];
  const shares = inProportion(sets, price(off));
  const taken = sets.flatMap(({ rate }, index) => {
    const share = shares[index] ?? price(0);
    return share === 0 ? [] : [discountLine(rate, share)];
  });
  return [...lines, ...taken];
}

function discountLine(rate: TaxRate, share: Price): PricedLine {
  const [once, off] = [quantity(10_000), price(-share)];
  return { description: 'Discount', quantity: once, unit: null, unitPrice: off, taxRate: rate };
}

/** `amount` spread over parts that come to more than 0, as they stand: whole units that add up to it. */
export function inProportion(parts: readonly { readonly base: Price }[], amount: Price): Price[] {
  const total = BigInt(sum(parts.map(({ base }) => base)));
  const shares = parts.map(({ base }, index) => {
    const exact = BigInt(base) * BigInt(amount);
    const remainder = ((exact % total) + total) % total;
    return { index, remainder, floor: (exact - remainder) / total };
  });
  // The units lost to rounding down go to the largest remainders, so that no part is off by a whole unit.
  const lost = amount - Number(shares.reduce((sofar, { floor }) => sofar + floor, 0n));
  const raised = new Set(
    [...shares]
      .sort((left, right) => Number(right.remainder - left.remainder) || left.index - right.index)
      .slice(0, lost)
      .map(({ index }) => index),
  );
  return shares.map(({ index, floor }) => price(Number(floor) + (raised.has(index) ? 1 : 0)));
}

function basesOf(lines: readonly PricedLine[]): ReadonlyMap<TaxRate, Price> {
  const bases = new Map<TaxRate, Price>();
  for (const line of lines) bases.set(line.taxRate, sum([bases.get(line.taxRate) ?? price(0), lineTotal(line)]));
  return bases;
}

/** Quantity × unit price, rounded per line; 0 while the price is unknown. */
export function lineTotal(line: PricedLine): Price {
  return line.unitPrice === null ? price(0) : extend(line.quantity, line.unitPrice);
}

/** Subtotal is the sum of rounded lines; tax is rounded once per rate group; total is their sum. */
export function paperTotals(lines: readonly PricedLine[]): PaperTotals {
  const groups = [...basesOf(lines)].sort(([left], [right]) => left - right);
  return totalsOf(groups.map(([rate, base]) => ({ rate, base, tax: taxOn(base, rate) })));
}

/** @param groups all of them, also what is not taxed */
export function totalsOf(groups: readonly TaxGroup[]): PaperTotals {
  const subtotal = sum(groups.map((group) => group.base));
  const tax = sum(groups.map((group) => group.tax));
  return { subtotal, tax, total: sum([subtotal, tax]), taxGroups: groups.filter((group) => group.rate > 0) };
}

/** A document is one amount in the end: it comes to no more than one may. @throws Problem where it would */
export function checkSize(
  { subtotal, tax, total }: Pick<PaperTotals, 'subtotal' | 'tax' | 'total'>,
  currency: string,
  field = 'lines',
): void {
  const largest = Math.max(Math.abs(subtotal), Math.abs(tax), Math.abs(total));
  if (largest <= LARGEST_AMOUNT) return;
  const limit = text(price(LARGEST_AMOUNT), currency);
  throw refused(says('document.too-large', { amount: text(price(largest), currency), limit, currency }), field);
}

/** Whether the price of every line is known: until then nobody knows what all of them come to. */
export function isPriced(lines: readonly Pick<PricedLine, 'unitPrice'>[]): boolean {
  return lines.every(({ unitPrice }) => unitPrice !== null);
}

/** Lines without a price that are named one by one. */
const MOST_LINES_NAMED = 5;

/** A price not known yet blocks sending, accepting, invoicing and printing. */
export function checkPriced(
  ref: Messages['document.unpriced']['ref'],
  lines: readonly PricedLine[],
  field = 'lines',
): void {
  const open = lines.flatMap(({ unitPrice, description }, index) =>
    unitPrice === null ? [{ number: index + 1, description }] : [],
  );
  if (open.length > 0) throw refused(says('document.unpriced', { ref, lines: open.slice(0, MOST_LINES_NAMED) }), field);
}
