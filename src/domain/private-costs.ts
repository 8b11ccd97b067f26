// Private costs in texts that a customer reads: amounts in a note, a description or an address that are what the work
// costs the business. Nothing is refused for it, since an equal amount may be a coincidence; it is said.
import type { Cost } from './cost.ts';
import { exponentOf } from './money.ts';

/** A text on a document, and how it is called there: `line text`, `note`. */
export type CustomerText = { readonly what: string; readonly text: string };
/** A cost that no customer should read, and whose it is: `Q-4 line 2`. */
export type PrivateCost = { readonly of: string; readonly amount: Cost };
/** Where a text tells a cost. */
export type ToldCost = { readonly what: string; readonly excerpt: string; readonly of: string };

/** What stands on the document as numbers of its own. */
type Printed = {
  /** Amounts in minor units: prices, line amounts and sums. */
  readonly amounts: ReadonlySet<number>;
  /** How many of things, which a text may repeat without a currency: `24 squares`. */
  readonly counts: ReadonlySet<number>;
};

/** A text has many such numbers, `2 coats`, and few of them are money. */
const FEW = 10;

/** Each text names a cost once, at its first amount that is one. */
export function costsTold(
  texts: readonly CustomerText[],
  costs: readonly PrivateCost[],
  { printed, currency }: { printed: Printed; currency: string },
): ToldCost[] {
  const secret = new Map<number, string>();
  for (const { of, amount } of costs) {
    const size = Math.abs(amount);
    if (size > 0 && !printed.amounts.has(size) && !secret.has(size)) secret.set(size, of);
  }
  if (secret.size === 0) return [];
  return texts.flatMap(({ what, text }) => {
    for (const { at, end, count, readings } of amountsIn(text, currency)) {
      if (count !== null && (count < FEW || printed.counts.has(count))) continue;
      const found = readings.find((minor) => secret.has(minor));
      const of = found === undefined ? undefined : secret.get(found);
      if (of !== undefined) return [{ what, excerpt: excerptOf(text, at, end), of }];
    }
    return [];
  });
}

type Written = {
  readonly at: number;
  readonly end: number;
  /** Where it stands without a currency and without decimals: then it may count things. */
  readonly count: number | null;
  /** In minor units: `1.280` is one thing in Vienna and another in Kuwait. */
  readonly readings: readonly number[];
};

// Digits in groups or not, with decimals or not, and nothing about them that makes them part of a name, a date, a
// number of a record, a size or a percentage.
const NUMBER =
  /(?<![\p{L}\p{N}_#/:])(?<![\p{L}\p{N}][-.,’'])(\d{1,3}(?:[.,'’\u00a0\u202f]\d{3})+(?:[.,]\d{1,4})?|\d{1,13}(?:[.,]\d{1,4})?)(?![\p{L}\p{N}_/:%])(?![-.,’']\p{L}*\p{N})(?!-\p{L})(?!\s*%)/gu;
const SIGN_BEFORE = /\p{Sc}\s?$/u;
const SIGN_AFTER = /^\s?\p{Sc}/u;

function amountsIn(text: string, currency: string): Written[] {
  const exponent = exponentOf(currency);
  // The code is another sign; what it is replaced by is as long, so that places stay.
  const signed = text.replaceAll(new RegExp(currency, 'gi'), '  ¤');
  return [...signed.matchAll(NUMBER)].map((match) => {
    const [written] = match;
    const [at, end] = [match.index, match.index + written.length];
    const hasSign = SIGN_BEFORE.test(signed.slice(0, at)) || SIGN_AFTER.test(signed.slice(end));
    return {
      at,
      end,
      count: !hasSign && /^\d+$/.test(written) ? Number(written) : null,
      readings: readingsOf(written, exponent),
    };
  });
}

function readingsOf(written: string, exponent: number): number[] {
  const readings: number[] = [];
  const whole = /^\d+$/.test(written) || /^\d{1,3}(?:[.,'’\u00a0\u202f]\d{3})+$/.test(written);
  if (whole) readings.push(Number(written.replaceAll(/\D/g, '')) * 10 ** exponent);
  const [, front = '', decimals = ''] = /^(.*)[.,](\d{1,4})$/.exec(written) ?? [];
  if (decimals !== '' && decimals.length <= exponent)
    readings.push(Number(`${front.replaceAll(/\D/g, '')}${decimals.padEnd(exponent, '0')}`));
  return readings;
}

const BEFORE = 24;

function excerptOf(text: string, at: number, end: number): string {
  if (at <= BEFORE) return text.slice(0, end);
  const words = text.slice(at - BEFORE, at);
  return `... ${words.slice(words.search(/\s/) + 1)}${text.slice(at, end)}`;
}
