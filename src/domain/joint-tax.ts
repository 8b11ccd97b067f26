// Tax is rounded once for each rate of a document. Where one bill takes the place of several papers that each rounded
// their own, the cents between are no mistake, and somebody who adds the papers up will find them.
import { sum, price, type Price } from './money.ts';
import { paperTotals, type PricedLine } from './paper.ts';

export type JointTax = { readonly together: Price; readonly apart: Price; readonly difference: Price };

/** Null where one bill has the tax of its papers added up. */
export function jointTax(papers: readonly { readonly lines: readonly PricedLine[] }[]): JointTax | null {
  const together = paperTotals(papers.flatMap((paper) => paper.lines)).tax;
  const apart = sum(papers.map((paper) => paperTotals(paper.lines).tax));
  return together === apart ? null : { together, apart, difference: price(together - apart) };
}
