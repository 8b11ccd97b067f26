// What a customer sees of a quote or an invoice, in words and amounts as they are printed. Text, HTML and PDF are all
// made from this, so none of them can say more than another. Must not know what anything costs the business.
import type { CalendarDate } from '../../domain/dates.ts';
import {
  fromTenThousandths,
  localeOf,
  price,
  printed,
  sum,
  text,
  type Percent,
  type Price,
  type Quantity,
  type TaxRate,
} from '../../domain/money.ts';
import { lineTotal, type Discount, type Paper, type PricedLine } from '../../domain/paper.ts';

/** The letterhead, and the terms that hold where a paper names no day of its own. */
export type Business = {
  readonly name: string;
  readonly address: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly currency: string;
  readonly paymentTermsDays: number;
};

const TITLES: Readonly<Record<Paper['kind'], string>> = {
  original: 'Quote',
  change_order: 'Change order',
  standard: 'Invoice',
  deposit: 'Deposit invoice',
  progress: 'Progress invoice',
  credit_note: 'Credit note',
};

export function paperView(paper: Paper, business: Business) {
  const { currency } = business;
  const say = speaker(currency);
  const title = TITLES[paper.kind];
  return {
    ref: paper.ref,
    noun: isQuote(paper) ? ('quote' as const) : ('invoice' as const),
    title,
    /** Without its ending: `invoice-INV-1043`. */
    fileStem: `${title.toLowerCase().replaceAll(' ', '-')}-${paper.ref}`,
    stamp: stampOf(paper),
    from: { name: business.name, lines: linesOf(business.address, business.phone, business.email) },
    to: { label: isQuote(paper) ? 'Prepared for' : 'Bill to', name: paper.to.name, lines: linesOf(paper.to.address) },
    facts: factsOf(paper, say),
    subject: paper.title,
    /** Where lines are taxed differently each says its own rate; one rate for all stands below them. */
    taxPerLine: new Set(paper.lines.map((line) => line.taxRate)).size > 1,
    lines: paper.lines.map((line) => lineView(line, say)),
    sums: sumsOf(paper, say),
    result: resultOf(paper, say, currency),
    notes: paper.notes,
    terms: termsOf(paper, say, business.paymentTermsDays),
    /** An offer that is still open has a place to sign. */
    signature: isQuote(paper) && (paper.status === 'draft' || paper.status === 'sent'),
    locale: localeOf(currency),
    currency,
    total: text(paper.totals.total, currency),
    balance: paper.balance === null ? null : text(paper.balance, currency),
  };
}
export type PaperView = ReturnType<typeof paperView>;

/** How amounts, numbers and days are written for the people of a currency. */
function speaker(currency: string) {
  const locale = localeOf(currency);
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 4 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 6 });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  return {
    money: (value: Price) => printed(value, currency),
    quantity: (value: Quantity) => number.format(fromTenThousandths(value)),
    rate: (value: TaxRate | Percent) => percent.format(fromTenThousandths(value) / 100),
    day: (value: CalendarDate) => day.format(new Date(`${value}T00:00:00Z`)),
  };
}
type Speaker = ReturnType<typeof speaker>;

function isQuote({ kind }: Paper): boolean {
  return kind === 'original' || kind === 'change_order';
}

/** What is not in force carries its stamp so large that nobody pays or works by it. */
type Stamp = { readonly text: string; readonly inForce: boolean };

function stampOf({ status, balance, paid, credited }: Paper): Stamp | null {
  switch (status) {
    case 'draft':
      return { text: 'DRAFT', inForce: false };
    case 'void':
      return { text: 'VOID', inForce: false };
    case 'declined':
      return { text: 'DECLINED', inForce: false };
    case 'superseded':
      return { text: 'REPLACED', inForce: false };
    case 'accepted':
      return { text: 'ACCEPTED', inForce: true };
    case 'sent':
      return null;
    case 'issued':
      if (balance === null || balance > 0) return null;
      if (paid > 0) return { text: 'PAID', inForce: true };
      return credited > 0 ? { text: 'CREDITED', inForce: true } : null;
  }
}

function factsOf(paper: Paper, say: Speaker): { readonly label: string; readonly value: string }[] {
  const { kind, datedOn, dueOn, credits } = paper;
  const isBill = !isQuote(paper) && kind !== 'credit_note';
  return [
    { label: 'Date', value: datedOn === null ? 'Not issued yet' : say.day(datedOn) },
    ...(isBill && dueOn !== null ? [{ label: 'Due', value: say.day(dueOn) }] : []),
    ...(credits === null ? [] : [{ label: 'Credit for', value: credits }]),
  ];
}

function lineView(line: PricedLine, say: Speaker) {
  return {
    description: line.description,
    quantity: say.quantity(line.quantity),
    unit: line.unit,
    unitPrice: line.unitPrice === null ? null : say.money(line.unitPrice),
    tax: say.rate(line.taxRate),
    amount: say.money(lineTotal(line)),
  };
}

/** The rows that lead up to the result. */
function sumsOf({ lines, discount, totals, paid, credited }: Paper, say: Speaker) {
  return [
    ...discountRows(lines, discount, say),
    { label: 'Subtotal', amount: say.money(totals.subtotal) },
    ...totals.taxGroups.map(({ rate, base, tax }) => ({
      label: `Tax ${say.rate(rate)} on ${say.money(base)}`,
      amount: say.money(tax),
    })),
    ...(paid === 0 && credited === 0 ? [] : [{ label: 'Total', amount: say.money(totals.total) }]),
    ...(credited === 0 ? [] : [{ label: 'Credits', amount: say.money(price(-credited)) }]),
    ...(paid === 0 ? [] : [{ label: 'Paid', amount: say.money(price(-paid)) }]),
  ];
}

/** One row for the whole discount, behind what the lines come to. */
function discountRows(lines: readonly PricedLine[], discount: Discount | null, say: Speaker) {
  if (discount === null) return [];
  const of = discount.percent === null ? '' : ` ${say.rate(discount.percent)}`;
  return [
    { label: 'Lines', amount: say.money(sum(lines.map(lineTotal))) },
    { label: `Discount${of}`, amount: say.money(price(-discount.amount)) },
  ];
}

/** The one sum that matters: what is still to pay, wherever there is something to pay. */
function resultOf({ kind, totals, paid, credited, balance }: Paper, say: Speaker, currency: string) {
  if (balance === null) {
    return {
      label: `${kind === 'credit_note' ? 'Total credit' : 'Total'} (${currency})`,
      amount: say.money(totals.total),
    };
  }
  if (balance < 0) return { label: `Owed to you (${currency})`, amount: say.money(price(-balance)) };
  const word = paid === 0 && credited === 0 ? 'Total due' : 'Balance due';
  return { label: `${word} (${currency})`, amount: say.money(balance) };
}

function termsOf(paper: Paper, say: Speaker, termsDays: number): string {
  const { status, kind, ref, balance, dueOn, credits } = paper;
  switch (status) {
    case 'void':
      return 'This invoice is void. Nothing is due on it.';
    case 'superseded':
      return 'A newer quote takes the place of this one.';
    case 'declined':
      return 'This quote was declined.';
    case 'draft':
    case 'sent':
    case 'accepted':
      return isQuote(paper) ? `Payment is due ${within(termsDays)}.` : 'This is a draft. Nothing is due on it yet.';
    case 'issued':
      if (kind === 'credit_note') return `This credit lowers what is due on ${credits ?? 'your account'}.`;
      if (balance !== null && balance < 0) return 'You paid more than is due on this invoice: the difference is yours.';
      if (balance === null || balance === 0) return 'Nothing is due on this invoice. Thank you.';
      return `Payment is due ${dueOn === null ? within(termsDays) : `by ${say.day(dueOn)}`}. Please name ${ref} with your payment.`;
  }
}

function within(days: number): string {
  return days === 0 ? 'when you get the invoice' : `within ${days} day${days === 1 ? '' : 's'} of the invoice`;
}

/** A letterhead has room for this many lines; what is beyond them shares the last one. */
const MOST_HEAD_LINES = 8;

function linesOf(...parts: readonly (string | null)[]): string[] {
  const lines = parts.flatMap((part) => part?.split('\n') ?? []).filter((line) => line.trim() !== '');
  if (lines.length <= MOST_HEAD_LINES) return lines;
  return [...lines.slice(0, MOST_HEAD_LINES - 1), lines.slice(MOST_HEAD_LINES - 1).join(', ')];
}
