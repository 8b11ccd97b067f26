// A discount on a whole quote, as somebody says it: in percent of the sum of its lines, or as an amount.
import { invalid, refused } from './errors.ts';
import { says } from './message.ts';
import { divideRounded, parseAmount, parsePercent, price, sum, text, type AmountInput, type Price } from './money.ts';
import { isPriced, lineTotal, type Discount, type PricedLine } from './paper.ts';

export type DiscountInput = { readonly percent?: AmountInput | undefined; readonly amount?: AmountInput | undefined };

/** 0 % is none. @throws Problem where it is neither of the two, or more than the lines come to */
export function readDiscount(
  { percent, amount }: DiscountInput,
  lines: readonly PricedLine[],
  currency: string,
): Discount | null {
  if ((percent === undefined) === (amount === undefined)) throw invalid('discount', says('discount.one-of-two'));
  if (percent !== undefined) {
    const read = parsePercent(percent, 'discount.percent', { least: 0, most: 100 });
    return read === 0 ? null : checked({ percent: read, amount: price(0) }, lines, currency);
  }
  const read = parseAmount<'price'>(amount ?? 0, 'discount.amount', currency, { sign: 'positive' });
  return checked({ percent: null, amount: read }, lines, currency);
}

/**
 * The same discount on these lines: a percentage comes to another amount.
 * @throws Problem where it is more than they come to
 */
export function checked(discount: Discount, lines: readonly PricedLine[], currency: string): Discount {
  const now = discountOn(discount, lines);
  const whole = sumOf(lines);
  if (isPriced(lines)) checkFits(now, whole, { currency, field: 'discount' });
  return now;
}

/** @param whole what all lines come to @throws Problem where the discount is more */
export function checkFits(
  { amount }: Discount,
  whole: Price,
  { currency, field }: { readonly currency: string; readonly field: string },
): void {
  if (whole > 0 && amount <= whole) return;
  const facts = { amount: text(amount, currency), whole: text(whole, currency), currency };
  throw refused(says('discount.more-than-lines', facts), field);
}

/** It takes off no more than there is. The discount is what is rounded: 15 % of 0.10 is 0.02. */
export function discountOn({ percent, amount }: Discount, lines: readonly PricedLine[]): Discount {
  if (percent === null) return { percent, amount };
  const share = Number(divideRounded(BigInt(Math.max(0, sumOf(lines))) * BigInt(percent), 1_000_000n));
  return { percent, amount: price(share) };
}

function sumOf(lines: readonly PricedLine[]): Price {
  return sum(lines.map(lineTotal));
}
