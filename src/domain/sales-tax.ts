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
/**
 * @property papers the bill, and behind it its credit notes
 * @property amount below 0 where it was given back
 */
export type TaxedBill = {
  readonly papers: readonly TaxedPaper[];
  readonly payments: readonly { readonly paidOn: CalendarDate; readonly amount: Price }[];
};

/**
 * What of a bill's tax came in over a period, by rate; below 0 where more was given back than came in. Each day is
 * reckoned with the bill as it was then: a correction changes nothing of what came in before it, and the difference that
 * it makes is of its own day.
 * @param bills the bill, and behind it what replaced it and again that. What was paid on it went along to them.
 */
export function taxCollected(bills: readonly TaxedBill[], period: Period): ReadonlyMap<TaxRate, Price> {
  const papers = bills.flatMap((bill) => bill.papers);
  const payments = bills.flatMap((bill) => bill.payments);
  const days = [...papers.map(({ issuedOn }) => issuedOn), ...payments.map(({ paidOn }) => paidOn)];
  const rates = new Set(papers.flatMap(({ taxes }) => taxes.map(({ rate }) => rate)));
  const before = days.filter((day) => period.from !== null && day < period.from);
  const until = [...before, ...days.filter((day) => isWithin(day, period))];
  const [last, first] = [asOf(bills, latest(until)), asOf(bills, latest(before))];
  return new Map([...rates].map((rate) => [rate, price(collectedOf(last, rate) - collectedOf(first, rate))]));
}

function latest(days: readonly CalendarDate[]): CalendarDate | null {
  return days.reduce<CalendarDate | null>((sofar, day) => (sofar === null || day > sofar ? day : sofar), null);
}

type BillThen = { readonly papers: readonly TaxedPaper[]; readonly paid: Price };

/** The bill that stood on a day, and what had come in by then. Null is before the first day. */
function asOf(bills: readonly TaxedBill[], day: CalendarDate | null): BillThen {
  if (day === null) return { papers: [], paid: price(0) };
  const issued = bills.findLastIndex(({ papers }) => papers.some(({ issuedOn }) => issuedOn <= day));
  // A deposit may come in before its bill is written, whose tax is then the tax in it.
  const at = Math.max(0, issued);
  const papers = bills[at]?.papers ?? [];
  const standing = papers.filter(({ issuedOn }) => issuedOn <= day);
  // What replaced it later has its payments, and it is credited whole by then: what is still on it is owed back.
  const payments = bills.slice(at).flatMap((bill) => bill.payments.filter(({ paidOn }) => paidOn <= day));
  return {
    papers: standing.length === 0 ? papers.slice(0, 1) : standing,
    paid: sum(payments.map(({ amount }) => amount)),
  };
}

function collectedOf({ papers, paid }: BillThen, rate: TaxRate): Price {
  const total = sum(papers.map((paper) => paper.total));
  const tax = sum(papers.flatMap(({ taxes }) => taxes.filter((each) => each.rate === rate).map((each) => each.tax)));
  return taxIn(tax, { paid, total });
}

/**
 * The part of a bill's tax that is in what was paid on it.
 * @param total what is left of the bill, credits taken off
 */
export function taxIn(tax: Price, { paid, total }: { readonly paid: Price; readonly total: Price }): Price {
  if (total <= 0 || paid <= 0) return price(0);
  // What was paid beyond what is left of the bill is owed back, and is no sale.
  const kept = Math.min(paid, total);
  return price(Number(divideRounded(BigInt(kept) * BigInt(tax), BigInt(total))));
}
