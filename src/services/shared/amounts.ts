// Amounts as people read them, in the currency of the books.
import { text, type Price } from '../../domain/money.ts';
import type { ReadScope } from '../../store/scope.ts';

export function amountText({ account }: ReadScope, amount: Price): string {
  return `${text(amount, account.currency)} ${account.currency}`;
}

/** What a quote comes to before tax; null where a price is not known yet. */
export function worthText(
  scope: ReadScope,
  { isPriced, subtotal }: { readonly isPriced: boolean; readonly subtotal: Price },
): string | null {
  return isPriced ? amountText(scope, subtotal) : null;
}

export function amountsOf(scope: ReadScope): (amount: Price) => string {
  return (amount) => amountText(scope, amount);
}
