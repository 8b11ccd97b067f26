// A discount on a whole quote: as it is said, or as it stood, on the lines that the quote has now.
import { checked, readDiscount, type DiscountInput } from '../../domain/discount.ts';
import { says, type Message } from '../../domain/message.ts';
import { fromTenThousandths } from '../../domain/money.ts';
import { isPriced, lessDiscount, paperTotals, type Discount, type PricedLine } from '../../domain/paper.ts';
import type { Quote } from '../../domain/quote.ts';
import { refOf } from '../../kinds/reference.ts';
import { setDiscount } from '../../store/books/quotes.ts';
import type { ReadScope, WriteScope } from '../../store/scope.ts';
import { amountText } from '../shared/amounts.ts';
import { logPaper } from './revisions.ts';

/** Null takes it off. */
export type DiscountSaid = DiscountInput | null | undefined;

/** @throws Problem where it is more than the lines come to */
export function discountFor(
  { account }: ReadScope,
  said: DiscountSaid,
  { lines, before }: { readonly lines: readonly PricedLine[]; readonly before: Discount | null },
): Discount | null {
  if (said === undefined) return before === null ? null : checked(before, lines, account.currency);
  return said === null ? null : readDiscount(said, lines, account.currency);
}

/** A percentage of prices that are not known is not known either. */
function isKnown(discount: Discount | null, lines: readonly PricedLine[]): discount is Discount {
  return discount !== null && (discount.percent === null || isPriced(lines));
}

/** Brings a quote, with the lines that it has now, to its discount and its totals. @returns what of the discount became another */
export async function keepDiscount(scope: WriteScope, quote: Quote, said: DiscountSaid): Promise<Message[]> {
  const { lines, discount: before } = quote;
  const discount = discountFor(scope, said, { lines, before });
  await setDiscount(scope, quote.id, { discount, totals: paperTotals(lessDiscount(lines, discount)) });
  if (said === undefined || JSON.stringify(discount) === JSON.stringify(before)) return [];
  const facts = {
    percent: typeof discount?.percent === 'number' ? fromTenThousandths(discount.percent) : null,
    amount: isKnown(discount, lines) ? amountText(scope, discount.amount) : null,
  };
  logPaper(scope, quote, says('log.discount-of', { quote: refOf('quote', quote.id), ...facts }));
  return [says('log.discount', facts)];
}
