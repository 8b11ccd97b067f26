// A quote's discount as it is kept. The queries of what a customer may see read it too, so nothing here knows a cost.
import { percent, price } from '../../domain/money.ts';
import type { Discount } from '../../domain/paper.ts';

type Row = { readonly discount_percent: number | null; readonly discount: number | null };

export function discountIn({ discount_percent: of, discount }: Row): Discount | null {
  return discount === null ? null : { percent: of === null ? null : percent(of), amount: price(discount) };
}

export function discountRow(discount: Discount | null): Row {
  return { discount_percent: discount?.percent ?? null, discount: discount?.amount ?? null };
}
