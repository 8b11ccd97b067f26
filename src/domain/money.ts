// Amounts are whole minor units of the account's currency (cents, yen, fils). This module owns their arithmetic:
// parsing what people write, the one rounding rule (half away from zero), sums that stay exact, and their text.
// It knows nothing of costs or profit; those brands live in cost.ts and profit.ts, so that a customer's paper,
// which may import this file, cannot name them.
import { invalid, quoted, refused } from './errors.ts';
import { says, type Messages } from './message.ts';

declare const brand: unique symbol;

/** Whole minor units. The brand tells a price from a cost from a profit and survives arithmetic and formatting. */
export type Amount<B extends string> = number & { readonly [brand]: B };
export type AmountText<B extends string> = string & { readonly [brand]: B };
/** What a customer pays or is billed. */
export type Price = Amount<'price'>;
export type PriceText = AmountText<'price'>;

/** An amount added up over any number of records: whole minor units, exact at any size, and of one kind as well. */
export type Total<B extends string> = bigint & { readonly [brand]: B };

/** What a caller may write for an amount, a quantity or a rate. */
export type AmountInput = number | string;

/** Ten-thousandths of a unit: 24 squares is 240000. */
export type Quantity = number & { readonly [brand]: 'quantity' };
/** Ten-thousandths of a percent: 8.25 % is 82500. */
export type TaxRate = number & { readonly [brand]: 'tax rate' };
/** Ten-thousandths of a percent of anything else: 35 % is 350000. May be below 0 (costs that fall). */
export type Percent = number & { readonly [brand]: 'percent' };

/** No single amount may be larger, in minor units (product rule: 1e12). */
export const LARGEST_AMOUNT = 1_000_000_000_000;
const LARGEST_QUANTITY = 1_000_000;

/** ISO 4217 minor units where they are not 2. */
const EXPONENTS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    [
      'BIF',
      'CLP',
      'DJF',
      'GNF',
      'ISK',
      'JPY',
      'KMF',
      'KRW',
      'PYG',
      'RWF',
      'UGX',
      'UYI',
      'VND',
      'VUV',
      'XAF',
      'XOF',
      'XPF',
    ].map((code) => [code, 0]),
  ),
  ...Object.fromEntries(['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map((code) => [code, 3])),
  CLF: 4,
  UYW: 4,
};

/** Decimals that an amount of this currency has, by ISO 4217. */
export function exponentOf(currency: string): number {
  return EXPONENTS[currency] ?? 2;
}

/** True for a currency code that is in use, like `USD`. */
export function isCurrency(code: string): boolean {
  return Intl.supportedValuesOf('currency').includes(code);
}

/**
 * Takes minor units under a brand.
 * @throws Problem where they are no longer exact, which takes thousands of the largest documents on one job: a wrong sum
 * must never pass for a sum, and the write that would make it is refused
 */
export function amount<B extends string>(minor: number): Amount<B> {
  if (!Number.isInteger(minor)) throw new RangeError(`an amount must be a whole number of minor units, got ${minor}`);
  if (!Number.isSafeInteger(minor)) throw refused(says('money.sum-too-large'));
  // The one place where a brand is given; `+ 0` turns -0 into 0.
  return (minor + 0) as Amount<B>;
}

export function price(minor: number): Price {
  return amount<'price'>(minor);
}

/** The sum counts, not the order in which it came about. @throws Problem where it is no amount */
export function sum<B extends string>(amounts: Iterable<Amount<B>>): Amount<B> {
  let sofar = 0;
  let beyond = 0n;
  for (const each of amounts) {
    const next = sofar + each;
    if (Number.isSafeInteger(next)) {
      sofar = next;
    } else {
      beyond += BigInt(sofar);
      sofar = each;
    }
  }
  return beyond === 0n ? amount<B>(sofar) : amount<B>(Number(beyond + BigInt(sofar)));
}

/** Takes whole minor units of any size under a brand. */
export function total<B extends string>(minor: bigint): Total<B> {
  return minor as Total<B>;
}

/** A sum over any number of records. */
export function sumUp<B extends string>(amounts: Iterable<Amount<B> | Total<B>>): Total<B> {
  let sofar = 0n;
  for (const each of amounts) sofar += BigInt(each);
  return total<B>(sofar);
}

/** Division rounded half away from zero: 2.5 → 3, −2.5 → −3. The only rounding rule of these books. */
export function divideRounded(dividend: bigint, divisor: bigint): bigint {
  const negative = dividend < 0n !== divisor < 0n;
  const top = dividend < 0n ? -dividend : dividend;
  const bottom = divisor < 0n ? -divisor : divisor;
  const rounded = (top * 2n + bottom) / (bottom * 2n);
  return negative ? -rounded : rounded;
}

/** Quantity × unit amount, rounded half away from zero to a minor unit. */
export function extend<B extends string>(quantity: Quantity, unitAmount: Amount<B>): Amount<B> {
  return amount<B>(Number(divideRounded(BigInt(quantity) * BigInt(unitAmount), 10_000n)));
}

/** True where quantity × unit amount is beyond what one amount may be. */
export function isTooLarge(quantity: Quantity, unitAmount: Amount<string>): boolean {
  const product = BigInt(quantity) * BigInt(unitAmount);
  const largest = BigInt(LARGEST_AMOUNT) * 10_000n;
  return product > largest || product < -largest;
}

/** Tax on a base at a rate, rounded once. */
export function taxOn(base: Price, rate: TaxRate): Price {
  return price(Number(divideRounded(BigInt(base) * BigInt(rate), 1_000_000n)));
}

/** Splits a total by weights into whole minor units that add up to it exactly; leftovers go to the largest remainders. */
export function distribute<B extends string>(total: Amount<B>, weights: readonly number[]): Amount<B>[] {
  const parts = weights.map((weight) => BigInt(weight));
  const whole = parts.reduce((left, right) => left + right, 0n);
  if (whole <= 0n || parts.some((part) => part < 0n))
    throw new RangeError('weights must be whole, ≥ 0 and add up to more than 0');
  const size = BigInt(Math.abs(total));
  const floors = parts.map((part) => (size * part) / whole);
  let left = size - floors.reduce((sofar, floor) => sofar + floor, 0n);
  const order = parts
    .map((part, index) => ({ index, remainder: (size * part) % whole }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  const shares = [...floors];
  for (const { index } of order) {
    if (left === 0n) break;
    shares[index] = (shares[index] ?? 0n) + 1n;
    left -= 1n;
  }
  return shares.map((share) => amount<B>(Number(share) * Math.sign(total)));
}

/** `421050` → `"4210.50"` in USD, `"421050"` in JPY: plain decimals, no separators, no currency. */
export function text<B extends string>(value: Amount<B> | Total<B>, currency: string): AmountText<B> {
  return decimal(value, exponentOf(currency)) as AmountText<B>;
}

function decimal(value: number | bigint, decimals: number): string {
  const digits = String(value < 0 ? -value : value).padStart(decimals + 1, '0');
  const split = digits.length - decimals;
  const shown = decimals === 0 ? digits : `${digits.slice(0, split)}.${digits.slice(split)}`;
  return value < 0 ? `-${shown}` : shown;
}

/** `1840000` → `"$18,400.00"`: an amount as the people of its currency write it. The brand stays on it. */
export function printed<B extends string>(value: Amount<B>, currency: string): AmountText<B> {
  return printerOf(currency).format(literal(text(value, currency))) as AmountText<B>;
}

/** English as it is written where the currency is at home: its code begins with the country's. */
export function localeOf(currency: string): string {
  const country = currency === 'EUR' ? 'IE' : currency.slice(0, 2);
  return `en-${country}`;
}

// Building a formatter costs far more than using it.
const printers = new Map<string, Intl.NumberFormat>();

function printerOf(currency: string): Intl.NumberFormat {
  const known = printers.get(currency);
  if (known !== undefined) return known;
  const decimals = exponentOf(currency);
  const made = new Intl.NumberFormat(localeOf(currency), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  });
  printers.set(currency, made);
  return made;
}

/** Decimals as text are formatted exactly, where a number of that size would no longer be. */
function literal(decimal: string): Intl.StringNumericLiteral {
  return decimal as Intl.StringNumericLiteral;
}

/** Ten-thousandths as a plain number: 3330 → 0.333. */
export function fromTenThousandths(value: Quantity | TaxRate | Percent): number {
  return value / 10_000;
}

type Parsed = { value: bigint } | { fault: 'form' | 'decimals' };

/** A plain decimal, `12`, `-3.50` or a JSON number, as a whole number of 10^-decimals. A number is judged by its value. */
function parsePlain(input: AmountInput, decimals: number): Parsed {
  const written = typeof input === 'number' ? plainNumber(input) : input.trim();
  const match = /^(-?)(\d{1,30})(?:\.(\d{1,30}))?$/.exec(written);
  if (match === null) return { fault: 'form' };
  const [, sign = '', whole = '', rest = ''] = match;
  const fraction = rest.replace(/0+$/, '');
  if (fraction.length > decimals) return { fault: 'decimals' };
  const value = BigInt(whole + fraction.padEnd(decimals, '0'));
  return { value: sign === '-' ? -value : value };
}

function plainNumber(input: number): string {
  const written = String(input);
  if (!written.includes('e')) return written;
  // From 1e21 on and below 1e-6 JavaScript writes an exponent; spelled out they are judged by value. Every number that
  // small has more decimals than anything here may have.
  return Math.abs(input) < 1 ? '0.0000001' : String(BigInt(input));
}

export type AmountRule = { readonly sign: 'positive' | 'not_negative' | 'any' };

/**
 * Reads an amount in major units of `currency` (`420`, `"420.50"`).
 * @throws Problem that names `field` and shows the right form; nothing is ever rounded.
 */
export function parseAmount<B extends string>(
  input: AmountInput,
  field: string,
  currency: string,
  { sign }: AmountRule = { sign: 'not_negative' },
): Amount<B> {
  const exponent = exponentOf(currency);
  const facts = {
    said: quoted(input),
    currency,
    example: decimal(4200 * 10 ** exponent + Math.floor(10 ** exponent / 2), exponent),
  };
  const parsed = parsePlain(input, exponent);
  if ('fault' in parsed) {
    if (parsed.fault === 'form') throw invalid(field, says('money.unreadable', facts));
    throw invalid(field, says('money.too-many-decimals', { ...facts, decimals: exponent }));
  }
  if (parsed.value > BigInt(LARGEST_AMOUNT) || parsed.value < BigInt(-LARGEST_AMOUNT))
    throw invalid(field, says('money.too-large', { ...facts, limit: decimal(LARGEST_AMOUNT, exponent) }));
  if (sign === 'positive' && parsed.value <= 0n) throw invalid(field, says('money.not-above-zero', facts));
  if (sign === 'not_negative' && parsed.value < 0n) throw invalid(field, says('money.negative', facts));
  return amount<B>(Number(parsed.value));
}

/** Reads a quantity with at most 4 decimals; may be negative (work taken out). */
export function parseQuantity(input: AmountInput, field: string): Quantity {
  const value = parseTenThousandths(input, field, 'quantity', LARGEST_QUANTITY);
  return value as Quantity;
}

/** Reads a tax rate in percent, 0 to 100, with at most 4 decimals. */
export function parseTaxRate(input: AmountInput, field: string): TaxRate {
  const value = parseTenThousandths(input, field, 'tax rate', 100);
  if (value < 0) throw invalid(field, says('number.negative-tax-rate', { said: quoted(input) }));
  return value as TaxRate;
}

/** Reads a percentage from `least` to `most`, with at most 4 decimals. */
export function parsePercent(
  input: AmountInput,
  field: string,
  { least, most }: { least: number; most: number },
): Percent {
  const value = parseTenThousandths(input, field, 'percentage', most);
  if (value < least * 10_000) {
    const said = quoted(input);
    throw invalid(
      field,
      least === 0 ? says('number.negative-percentage', { said }) : says('number.too-small', { said, limit: least }),
    );
  }
  return value as Percent;
}

type NumberOf = Messages['number.unreadable']['of'];

function parseTenThousandths(input: AmountInput, field: string, of: NumberOf, largest: number): number {
  const parsed = parsePlain(input, 4);
  const said = quoted(input);
  if ('fault' in parsed) {
    throw invalid(
      field,
      parsed.fault === 'form' ? says('number.unreadable', { said, of }) : says('number.too-many-decimals', { said }),
    );
  }
  const limit = BigInt(largest) * 10_000n;
  if (parsed.value > limit || parsed.value < -limit)
    throw invalid(field, says('number.too-large', { said, limit: largest }));
  return Number(parsed.value);
}

/** Restores a quantity that the store kept. */
export function quantity(tenThousandths: number): Quantity {
  return amount(tenThousandths) as number as Quantity;
}

/** Restores a tax rate that the store kept. */
export function taxRate(tenThousandths: number): TaxRate {
  return amount(tenThousandths) as number as TaxRate;
}

/** Restores a percentage that the store kept. */
export function percent(tenThousandths: number): Percent {
  return amount(tenThousandths) as number as Percent;
}
