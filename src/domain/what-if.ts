// What a quote would come to at other costs or prices: its lines go in, other unit costs and prices come out. Nothing
// is kept. Every changed unit amount is rounded once, half away from zero, and all sums are made from the rounded ones,
// so that a what-if shows what the quote would really say, not what the percentage promised.
import { cost, plannedCost, type Category, type Cost } from './cost.ts';
import { invalid } from './errors.ts';
import { says } from './message.ts';
import { amount, divideRounded, LARGEST_AMOUNT, price, sum, type Amount, type Percent, type Price } from './money.ts';
import { discountOn } from './discount.ts';
import { isPriced, lessDiscount, lineTotal, paperTotals, type Discount, type PricedLine } from './paper.ts';
import { profitOf, type Profit } from './profit.ts';
import { cut } from './text.ts';

/** Costs change first, then prices: by a discount on them, or anew from the costs. */
export type WhatIfChange = {
  /** Each changes the unit costs of its category, or of every line where it is null; several on one line compound. */
  readonly costs: readonly { readonly category: Category | null; readonly percent: Percent }[];
  readonly prices: { readonly discount: Percent } | { readonly margin: Percent } | null;
};

/** A line as far as a what-if looks at it. */
export type CostedLine = PricedLine & { readonly unitCost: Cost | null; readonly category: Category | null };

export type WhatIfLine = {
  readonly unitPrice: Price | null;
  readonly was: Price | null;
  readonly unitCost: Cost | null;
  readonly costWas: Cost | null;
  readonly amount: Price;
  /** Of this line, less its share of the discount on the whole; null where its cost is not known or it brings nothing in. */
  readonly marginTenths: number | null;
};

/** What a quote's lines come to. A line without a known cost counts as costing nothing. */
export type QuoteFigures = {
  /** Whether the price of every line is known; else the sums are of those that are. */
  readonly isPriced: boolean;
  readonly subtotal: Price;
  readonly tax: Price;
  readonly total: Price;
  readonly cost: Cost;
  readonly margin: Profit;
  readonly marginTenths: number | null;
};

export type WhatIfAnswer = {
  /** In the order of the quote's lines. */
  readonly lines: readonly WhatIfLine[];
  readonly now: QuoteFigures;
  readonly was: QuoteFigures;
  /** What the lines come to before the discount on the whole; null where a price is not known. */
  readonly linesTotal: Price | null;
};

/** 100 % in ten-thousandths of a percent. */
const WHOLE = 1_000_000n;

/**
 * Works the lines out anew.
 * @throws Problem where an amount would grow beyond what the books hold
 */
export function whatIf(
  lines: readonly CostedLine[],
  change: WhatIfChange,
  discount: Discount | null = null,
): WhatIfAnswer {
  const costed = lines.map((line, index) => ({ ...line, unitCost: costAfter(line, change, `line ${index + 1}`) }));
  const prices = pricesBefore(discount, change.prices, costed);
  const changed = costed.map(
    (line, index): CostedLine => ({ ...line, unitPrice: priceAfter(line, prices, `line ${index + 1}`) }),
  );
  const off = takenOff(discount, changed);
  return {
    lines: changed.map((line, index) => ({
      unitPrice: line.unitPrice,
      was: lines[index]?.unitPrice ?? null,
      unitCost: line.unitCost,
      costWas: lines[index]?.unitCost ?? null,
      amount: lineTotal(line),
      marginTenths: line.unitCost === null ? null : figuresOf([line], shareOf(line, off)).marginTenths,
    })),
    now: figuresOf(changed, discount),
    was: figuresOf(lines, discount),
    linesTotal: isPriced(changed) ? sum(changed.map(lineTotal)) : null,
  };
}

function figuresOf(lines: readonly CostedLine[], discount: Discount | null = null): QuoteFigures {
  const less = discount === null ? null : discountOn(discount, lines);
  const { subtotal, tax, total } = paperTotals(lessDiscount(lines, less));
  const planned = sum(lines.map(plannedCost));
  const { profit, marginTenths } = profitOf({ billed: subtotal, costOfWork: planned, expenses: cost(0) });
  return { isPriced: isPriced(lines), subtotal, tax, total, cost: planned, margin: profit, marginTenths };
}

/** What a discount on the whole takes off each line, as a share of it. */
function takenOff(discount: Discount | null, lines: readonly CostedLine[]): Share | null {
  const whole = sum(lines.map(lineTotal));
  if (discount === null || whole <= 0) return null;
  return { of: BigInt(discountOn(discount, lines).amount), in: BigInt(whole) };
}

function shareOf(line: CostedLine, off: Share | null): Discount | null {
  if (off === null) return null;
  return { percent: null, amount: price(Number(divideRounded(BigInt(lineTotal(line)) * off.of, off.in))) };
}

type Prices = { readonly discount: Percent } | { readonly margin: Percent; readonly before: Share } | null;

/** A margin is reached on what the customer pays: prices at a margin are higher by the discount on the whole. */
function pricesBefore(discount: Discount | null, prices: WhatIfChange['prices'], lines: readonly CostedLine[]): Prices {
  if (prices === null || 'discount' in prices) return prices;
  return { ...prices, before: beforeDiscount(discount, lines, WHOLE - BigInt(prices.margin)) };
}

/** @param left of each price that its cost takes, in ten-thousandths of a percent */
function beforeDiscount(discount: Discount | null, lines: readonly CostedLine[], left: bigint): Share {
  const same = { of: 1n, in: 1n };
  if (discount === null) return same;
  if (discount.percent !== null) {
    const rest = WHOLE - BigInt(discount.percent);
    return rest <= 0n ? same : { of: WHOLE, in: rest };
  }
  const planned = BigInt(sum(lines.map(plannedCost))) * WHOLE;
  return planned <= 0n ? same : { of: planned + BigInt(discount.amount) * left, in: planned };
}

function costAfter(line: CostedLine, { costs }: WhatIfChange, which: string): Cost | null {
  if (line.unitCost === null) return null;
  const factors = costs
    .filter(({ category }) => category === null || category === line.category)
    .map(({ percent }) => WHOLE + BigInt(percent));
  const share = { of: factors.reduce((all, factor) => all * factor, 1n), in: WHOLE ** BigInt(factors.length) };
  return scaled(line.unitCost, share, { line, which, field: 'whatIf.costs' });
}

/**
 * Margin is a share of the price, markup one of the cost: at a margin of 35 %, 280.00 of cost is 65 % of the price.
 * A line that costs nothing, or whose cost nobody knows, has no price at any margin and keeps its own.
 */
function priceAfter(line: CostedLine, prices: Prices, which: string): Price | null {
  if (prices === null) return line.unitPrice;
  if ('discount' in prices) {
    const share = { of: WHOLE - BigInt(prices.discount), in: WHOLE };
    return line.unitPrice === null
      ? null
      : scaled(line.unitPrice, share, { line, which, field: 'whatIf.discountPercent' });
  }
  if (line.unitCost === null || line.unitCost === 0) return line.unitPrice;
  const { margin, before } = prices;
  const share = { of: WHOLE * before.of, in: (WHOLE - BigInt(margin)) * before.in };
  return scaled<'price'>(amount(line.unitCost), share, { line, which, field: 'whatIf.marginPercent' });
}

/** The same lines at prices that are higher by this much, or lower. A price that is not known yet stays so. */
export function atOtherPrices<L extends CostedLine>(lines: readonly L[], percent: Percent, field: string): L[] {
  const share = { of: WHOLE + BigInt(percent), in: WHOLE };
  return lines.map((line, index) => ({
    ...line,
    unitPrice:
      line.unitPrice === null ? null : scaled(line.unitPrice, share, { line, which: `line ${index + 1}`, field }),
  }));
}

type Share = { readonly of: bigint; readonly in: bigint };
type Place = { readonly line: CostedLine; readonly which: string; readonly field: string };

function scaled<B extends string>(unit: Amount<B>, share: Share, { line, which, field }: Place): Amount<B> {
  const each = divideRounded(BigInt(unit) * share.of, share.in);
  const whole = each * BigInt(line.quantity);
  const limit = BigInt(LARGEST_AMOUNT);
  if ([each, whole / 10_000n].some((size) => size > limit || size < -limit)) {
    throw invalid(field, says('what-if.too-large', { line: which, description: cut(line.description, 60) }));
  }
  return amount<B>(Number(each));
}
