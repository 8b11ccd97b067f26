// Sales tax by rate in words.
import type { SalesTax } from '../views/internal/tax-report.ts';
import { line, row, type Block } from './blocks.ts';
import { counted } from './format.ts';
import { isNotZero } from './profit-summary.ts';

/** @param when ` from 2026-01-01 to 2026-03-31` */
export function salesTaxBlocks({ rates, billed, collected }: SalesTax, when: string, currency: string): Block[] {
  if (rates.length === 0) return [line(`No sales tax was billed or collected${when}.`)];
  return [
    line(
      `Sales tax${when}: ${billed} ${currency} billed by invoice date, ${collected} ${currency} collected by payment date.`,
    ),
    ...rates.map((rate) => row(rateText(rate))),
  ];
}

function rateText({ ratePercent, invoices, taxable, billed, collected }: SalesTax['rates'][number]): string {
  const on = `${taxable} on ${counted(invoices, 'document')}`;
  if (ratePercent === 0) return `without tax: ${on}`;
  const came = isNotZero(collected) ? `, ${collected} collected` : ', nothing collected';
  return `${ratePercent} %: ${billed} billed of ${on}${came}`;
}
