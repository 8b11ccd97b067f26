// Sales tax by rate over a period: billed by the day of the invoices, collected by the day of the payments.
import { price, sumUp, total, type Price, type TaxRate, type Total } from '../../domain/money.ts';
import type { Period } from '../../domain/period.ts';
import { taxCollected, taxIn } from '../../domain/sales-tax.ts';
import { billsMoved, taxBilled, taxToCollect } from '../../store/derived/tax-report.ts';
import type { Reported } from '../../store/derived/reported.ts';

type Sum = Total<'price'>;
/** @property taxable before tax */
export type TaxedAt = {
  readonly rate: TaxRate;
  readonly invoices: number;
  readonly taxable: Sum;
  readonly billed: Sum;
  readonly collected: Sum;
};
export type TaxFacts = {
  /** The highest rate first; what is billed without tax is at rate 0. */
  readonly rates: readonly TaxedAt[];
  readonly billed: Sum;
  readonly collected: Sum;
};

const ALL_TIME: Period = { from: null, to: null };

export async function taxReport(scope: Reported, period: Period | null): Promise<TaxFacts> {
  const billed = new Map((await taxBilled(scope, period ?? ALL_TIME)).map((each) => [each.rate, each]));
  const collected = await (period === null ? collectedInAll(scope) : collectedIn(scope, period));
  const rates = [...new Set([...billed.keys(), ...collected.keys()])].sort((one, other) => other - one);
  const rows = rates.map((rate) => {
    const { invoices, base, tax } = billed.get(rate) ?? { invoices: 0, base: NONE, tax: NONE };
    return { rate, invoices, taxable: base, billed: tax, collected: collected.get(rate) ?? NONE };
  });
  return {
    rates: rows.filter((row) => row.invoices > 0 || row.collected !== 0n),
    billed: sumUp(rows.map((row) => row.billed)),
    collected: sumUp(rows.map((row) => row.collected)),
  };
}

type ByRate = Map<TaxRate, Sum>;

function add(sums: ByRate, rate: TaxRate, amount: Price | Sum): void {
  sums.set(rate, total<'price'>((sums.get(rate) ?? 0n) + BigInt(amount)));
}

async function collectedIn(scope: Reported, period: Period): Promise<ByRate> {
  const sums: ByRate = new Map();
  for await (const bills of billsMoved(scope, period))
    for (const bill of bills) for (const [rate, amount] of taxCollected(bill, period)) add(sums, rate, amount);
  return sums;
}

/** By now, whenever that was: what is paid in full has its whole tax in. */
async function collectedInAll(scope: Reported): Promise<ByRate> {
  const sums: ByRate = new Map();
  for (const { rate, tax, of } of await taxToCollect(scope))
    add(sums, rate, of === null ? tax : taxIn(price(Number(tax)), of));
  return sums;
}

const NONE = total<'price'>(0n);
