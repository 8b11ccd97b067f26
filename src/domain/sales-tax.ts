// Sales tax that came in: of each payment the part that is tax. It is rounded over all that was paid so far, not payment
// by payment, so that once a bill is paid its whole tax is in, and no cent is in twice.
import type { CalendarDate } from './dates.ts';
import { divideRounded, price, sum, type Price, type TaxRate } from './money.ts';
import { isWithin, type Period } from './period.ts';

/** A bill or a credit note on it: what it comes to, and its tax by rate. Those of a credit note are below 0. */
export type TaxedPaper = {
  readonly issuedOn: CalendarDate;
  readonly total: Price;
  readonly taxes: readonly { readonly rate: TaxRate; readonly tax: Price }[];
};
/** @property amount below 0 where it was given back */
export type TaxedBill = {
  readonly papers: readonly TaxedPaper[];
  readonly payments: readonly { readonly paidOn: CalendarDate; readonly amount: Price }[];
};

/** What of a bill's tax came in over a period, by rate; below 0 where more was given back than came in. */
export function taxCollected({ papers, payments }: TaxedBill, period: Period): ReadonlyMap<TaxRate, Price> {
  const days = [...papers.map(({ issuedOn }) => issuedOn), ...payments.map(({ paidOn }) => paidOn)];
  const rates = new Set(papers.flatMap(({ taxes }) => taxes.map(({ rate }) => rate)));
  const before = days.filter((day) => period.from !== null && day < period.from);
  const until = [...before, ...days.filter((day) => isWithin(day, period))];
  const [last, first] = [latest(until), latest(before)];
  return new Map(
    [...rates].map((rate) => [
      rate,
      price(collectedBy({ papers, payments }, rate, last) - collectedBy({ papers, payments }, rate, first)),
    ]),
  );
}

function latest(days: readonly CalendarDate[]): CalendarDate | null {
  return days.reduce<CalendarDate | null>((sofar, day) => (sofar === null || day > sofar ? day : sofar), null);
}

/** From the first day on; null is before it. */
function collectedBy({ papers, payments }: TaxedBill, rate: TaxRate, day: CalendarDate | null): Price {
  if (day === null) return price(0);
  const standing = papers.filter(({ issuedOn }) => issuedOn <= day);
  // A deposit may come in before its bill is written, whose tax is then the tax in it.
  const counted = standing.length === 0 ? papers.slice(0, 1) : standing;
  const total = sum(counted.map((paper) => paper.total));
  const tax = sum(counted.flatMap(({ taxes }) => taxes.filter((each) => each.rate === rate).map((each) => each.tax)));
  const paid = sum(payments.filter(({ paidOn }) => paidOn <= day).map(({ amount }) => amount));
  if (total <= 0 || paid <= 0) return price(0);
  // What was paid beyond what is left of the bill is owed back, and is no sale.
  const kept = Math.min(paid, total);
  return price(Number(divideRounded(BigInt(kept) * BigInt(tax), BigInt(total))));
}
