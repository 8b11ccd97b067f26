// A what-if on a quote as its owner sees it: other prices and costs beside the real ones.
import { z } from 'zod';
import type { Account } from '../../domain/account.ts';
import type { Quote, QuoteAge } from '../../domain/quote.ts';
import { lineRef } from '../../kinds/reference.ts';
import type { WhatIfAnswer } from '../../domain/what-if.ts';
import { money, moneyOrNull } from './money.ts';
import { marginOf, QuotePage, quotePage, sumsOf } from './quote.ts';
import { marginPercent } from './percent.ts';
import { shown, type Money } from './format.ts';

type Page = {
  readonly quote: Quote;
  readonly revisedBy: string | null;
  readonly contract: string | null;
  readonly age: QuoteAge;
  readonly whatIf: WhatIfAnswer | null;
  readonly excerpt: { readonly from: number; readonly to: number; readonly nextCursor: string | null };
};

const WhatIf = z.strictObject({
  lines: z.array(
    z.strictObject({
      ref: z.string(),
      unitPrice: moneyOrNull,
      was: moneyOrNull,
      unitCost: moneyOrNull,
      costWas: moneyOrNull,
      amount: money,
      marginPercent: z.number().nullable(),
    }),
  ),
  subtotal: moneyOrNull,
  subtotalWas: moneyOrNull,
  tax: moneyOrNull,
  total: moneyOrNull,
  cost: money,
  margin: moneyOrNull,
  marginPercent: z.number().nullable(),
  marginPercentWas: z.number().nullable(),
});
export type WhatIf = z.output<typeof WhatIf>;

export const QuoteAnswer = z.strictObject({
  quote: QuotePage,
  whatIf: WhatIf.optional(),
  nextCursor: z.string().optional(),
});
export type QuoteAnswer = z.output<typeof QuoteAnswer>;

/** The quote as it is, and beside it the what-if where one was asked. */
export function quoteAnswer(page: Page, account: Account): QuoteAnswer {
  return {
    quote: quotePage(page, account),
    ...(page.whatIf === null ? {} : { whatIf: whatIfOf(page.whatIf, page, account) }),
    ...(page.excerpt.nextCursor === null ? {} : { nextCursor: page.excerpt.nextCursor }),
  };
}

function whatIfOf({ lines, now, was }: WhatIfAnswer, { quote, excerpt: { from, to } }: Page, money: Money): WhatIf {
  return {
    lines: lines.slice(from, to).map((line, index) => ({
      ref: lineRef(quote.id, from + index + 1),
      unitPrice: line.unitPrice === null ? null : shown(line.unitPrice, money),
      was: line.was === null ? null : shown(line.was, money),
      unitCost: line.unitCost === null ? null : shown(line.unitCost, money),
      costWas: line.costWas === null ? null : shown(line.costWas, money),
      amount: shown(line.amount, money),
      marginPercent: marginPercent(line.marginTenths),
    })),
    ...sumsOf(now, money),
    subtotalWas: sumsOf(was, money).subtotal,
    cost: shown(now.cost, money),
    ...marginOf(now, money),
    marginPercentWas: marginOf(was, money).marginPercent,
  };
}
