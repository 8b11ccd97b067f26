// Private figures in texts that a customer reads: amounts in a note, a description or an address that are what the work
// costs the business or what it makes, and percentages that are its margin. Nothing is refused for it, since an equal amount may be a coincidence; it is said.
import { exponentOf } from './money.ts';

/** A text on a document, and how it is called there: `line text`, `note`. */
export type CustomerText = { readonly what: string; readonly text: string };
/** A figure that no customer should read, and what it is: `Q-4 line 2`, `the profit of J-1`. Tenths are a margin's. */
export type PrivateCost<Of> = { readonly of: Of } & ({ readonly amount: number } | { readonly tenths: number });
/** Where a text tells a cost. */
export type DescribedCost<Of> = { readonly what: string; readonly excerpt: string; readonly of: Of };

/** What stands on the document as numbers of its own. */
type Printed = {
  /** Amounts in minor units: prices, line amounts and sums. */
  readonly amounts: ReadonlySet<number>;
  /** How many of things, which a text may repeat without a currency: `24 squares`. */
  readonly counts: ReadonlySet<number>;
};

/** A text has many such numbers, `2 coats`, and few of them are money. */
const FEW = 10;

/** Each text names a figure once, at the first that is one. */
export function costsDescribed<Of>(
  texts: readonly CustomerText[],
  costs: readonly PrivateCost<Of>[],
  { printed, currency }: { printed: Printed; currency: string },
): DescribedCost<Of>[] {
  const secret = new Map<number, Of>();
  const margins = new Map<number, Of>();
  for (const each of costs) {
    if ('tenths' in each) {
      if (each.tenths > 0 && !margins.has(each.tenths)) margins.set(each.tenths, each.of);
      continue;
    }
    const size = Math.abs(each.amount);
    if (size > 0 && !printed.amounts.has(size) && !secret.has(size)) secret.set(size, each.of);
  }
  return texts.flatMap(({ what, text }) => {
    const described = [...amountsDescribed(text, secret, { printed, currency }), ...marginsDescribed(text, margins)];
    const [first] = described.toSorted((one, other) => one.at - other.at);
    return first === undefined ? [] : [{ what, excerpt: excerptOf(text, first.at, first.end), of: first.of }];
  });
}

type Place<Of> = { readonly at: number; readonly end: number; readonly of: Of };

function amountsDescribed<Of>(
  text: string,
  secret: ReadonlyMap<number, Of>,
  { printed, currency }: { printed: Printed; currency: string },
): Place<Of>[] {
  if (secret.size === 0) return [];
  return amountsIn(text, currency).flatMap(({ at, end, count, readings }) => {
    if (count !== null && (count < FEW || printed.counts.has(count))) return [];
    const found = readings.find((minor) => secret.has(minor));
    const of = found === undefined ? undefined : secret.get(found);
    return of === undefined ? [] : [{ at, end, of }];
  });
}

const PERCENTAGE = /(?<![\p{L}\p{N}.,])(\d{1,3})(?:[.,](\d{1,2}))?\s?(?:%|percent\b|per cent\b)/giu;
const SAYS_MARGIN = /margin|profit|markup/i;
const AROUND = 30;

/** To the tenth; one rounded to a whole counts where words around it say what it is: 30 % may be a deposit. */
function marginsDescribed<Of>(text: string, margins: ReadonlyMap<number, Of>): Place<Of>[] {
  if (margins.size === 0) return [];
  return [...text.matchAll(PERCENTAGE)].flatMap(({ 0: written, 1: whole = '', 2: decimals, index: at }) => {
    const end = at + written.length;
    const tenths = Math.round(Number(`${whole}.${decimals ?? '0'}`) * 10);
    const isSaid = SAYS_MARGIN.test(text.slice(Math.max(at - AROUND, 0), end + AROUND));
    const isRounded = (each: number) => decimals === undefined && isSaid && Math.round(each / 10) * 10 === tenths;
    const of = margins.get(tenths) ?? [...margins].find(([each]) => isRounded(each))?.[1];
    return of === undefined ? [] : [{ at, end, of }];
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

const SHOWN_AROUND = 24;

/** The words around it, whole. */
function excerptOf(text: string, at: number, end: number): string {
  const before = at <= SHOWN_AROUND ? text.slice(0, at) : `... ${fromWord(text.slice(at - SHOWN_AROUND, at))}`;
  const rest = text.slice(end);
  if (rest.length <= SHOWN_AROUND) return `${before}${text.slice(at)}`;
  const after = rest.slice(0, SHOWN_AROUND);
  return `${before}${text.slice(at, end)}${after.slice(0, Math.max(after.search(/\s\S*$/), 0))} ...`;
}

/** From the first whole word on, or where there is none, the first whole character. */
function fromWord(words: string): string {
  return words.slice(words.search(/\s/) + 1).replace(/^[\uDC00-\uDFFF]/, '');
}
