// Sales tax by rate over a period, as its owner sees it beside a profit report.
import { z } from 'zod';
import { fromTenThousandths, type TaxRate, type Total } from '../../domain/money.ts';
import { money } from './money.ts';
import { shown, type Money } from './format.ts';

type Sum = Total<'price'>;
export type SalesTaxFacts = {
  readonly rates: readonly {
    readonly rate: TaxRate;
    readonly invoices: number;
    readonly taxable: Sum;
    readonly billed: Sum;
    readonly collected: Sum;
  }[];
  readonly billed: Sum;
  readonly collected: Sum;
};

/** Billed by the day of the invoices, credit notes taken off; collected by the day of the payments. */
export const SalesTax = z.strictObject({
  rates: z.array(
    z.strictObject({ ratePercent: z.number(), invoices: z.int(), taxable: money, billed: money, collected: money }),
  ),
  billed: money,
  collected: money,
});
export type SalesTax = z.output<typeof SalesTax>;

export function salesTax({ rates, billed, collected }: SalesTaxFacts, account: Money): SalesTax {
  return {
    rates: rates.map((each) => ({
      ratePercent: fromTenThousandths(each.rate),
      invoices: each.invoices,
      taxable: shown(each.taxable, account),
      billed: shown(each.billed, account),
      collected: shown(each.collected, account),
    })),
    billed: shown(billed, account),
    collected: shown(collected, account),
  };
}
