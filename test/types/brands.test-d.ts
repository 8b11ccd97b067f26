// The compiler keeps money of one kind from passing for another: what a job costs can never be shown as its price.
import { describe, expectTypeOf, it } from 'vitest';
import { type Cost, cost, type CostText } from '../../src/domain/cost.ts';
import {
  type Amount,
  amount,
  type Price,
  price,
  type PriceText,
  sum,
  sumUp,
  taxOn,
  taxRate,
  type Total,
  text,
} from '../../src/domain/money.ts';
import { lineTotal, paperTotals, type PricedLine } from '../../src/domain/paper.ts';
import { type Profit, profitOf, type ProfitText } from '../../src/domain/profit.ts';
import type { QuotePage } from '../../src/views/internal/quote.ts';

declare const aCost: Cost;
declare const aPrice: Price;
declare const aProfit: Profit;

describe('amounts', () => {
  it('of one kind are not of another', () => {
    expectTypeOf<Cost>().not.toExtend<Price>();
    expectTypeOf<Price>().not.toExtend<Cost>();
    expectTypeOf<Profit>().not.toExtend<Price>();
    expectTypeOf<Profit>().not.toExtend<Cost>();
    expectTypeOf<number>().not.toExtend<Price>();
    expectTypeOf<Price>().toExtend<number>();
    // @ts-expect-error a cost is not taxed: only prices are
    taxOn(aCost, taxRate(82_500));
    // @ts-expect-error a bare number has no brand
    taxOn(100, taxRate(82_500));
    taxOn(aPrice, taxRate(82_500));
  });

  it('on a customer’s line are prices', () => {
    expectTypeOf<PricedLine['unitPrice']>().toEqualTypeOf<Price | null>();
    expectTypeOf(lineTotal).returns.toEqualTypeOf<Price>();
    expectTypeOf(paperTotals).returns.toHaveProperty('total').toEqualTypeOf<Price>();
    // @ts-expect-error a line cannot be priced at what it costs
    const line: Pick<PricedLine, 'unitPrice'> = { unitPrice: aCost };
    expectTypeOf(line).toEqualTypeOf<Pick<PricedLine, 'unitPrice'>>();
  });

  it('keep their kind through sums, and do not mix in one', () => {
    expectTypeOf(sum([aCost, aCost])).toEqualTypeOf<Cost>();
    expectTypeOf(sum([aPrice])).toEqualTypeOf<Price>();
    // @ts-expect-error costs and prices do not add up to anything
    sum<'price'>([aPrice, aCost]);
    expectTypeOf(sumUp([aCost, aCost])).toEqualTypeOf<Total<'cost'>>();
    // @ts-expect-error nor over many records
    sumUp<'price'>([aPrice, aCost]);
    expectTypeOf<Total<'cost'>>().not.toExtend<Total<'price'>>();
    expectTypeOf(price(1)).toEqualTypeOf<Price>();
    expectTypeOf(cost(1)).toEqualTypeOf<Cost>();
    expectTypeOf(amount<'profit'>(1)).toEqualTypeOf<Profit>();
  });

  it('lose their kind in bare arithmetic, so that a sum of kinds has to be named', () => {
    expectTypeOf(aPrice - aCost).toEqualTypeOf<number>();
    expectTypeOf(profitOf).returns.toHaveProperty('profit').toEqualTypeOf<Profit>();
    // @ts-expect-error what is billed is a price, not a cost
    profitOf({ billed: aCost, costOfWork: aCost, expenses: aCost });
  });
});

describe('texts', () => {
  it('keep the kind of what they show', () => {
    expectTypeOf(text(aPrice, 'USD')).toEqualTypeOf<PriceText>();
    expectTypeOf(text(aCost, 'USD')).toEqualTypeOf<CostText>();
    expectTypeOf(text(aProfit, 'USD')).toEqualTypeOf<ProfitText>();
    expectTypeOf<CostText>().not.toExtend<PriceText>();
    expectTypeOf<ProfitText>().not.toExtend<PriceText>();
    expectTypeOf<string>().not.toExtend<PriceText>();
    // @ts-expect-error a cost is not shown where a price is expected
    const shown: PriceText = text(aCost, 'USD');
    expectTypeOf(shown).toEqualTypeOf<PriceText>();
  });

  it('are plain text in what is sent', () => {
    expectTypeOf<QuotePage['total']>().toEqualTypeOf<string | null>();
    expectTypeOf<QuotePage['lines'][number]['cost']>().toEqualTypeOf<string>();
  });

  it('a branded amount of any kind can be shown, a bare number cannot', () => {
    expectTypeOf(text<string>)
      .parameter(0)
      .toEqualTypeOf<Amount<string> | Total<string>>();
    // @ts-expect-error nobody said what kind of money this is
    text(100, 'USD');
  });
});
