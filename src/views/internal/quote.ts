// Quotes as their owner sees them: prices, private costs, and the margin between them.
import { z } from 'zod';
import type { Account } from '../../domain/account.ts';
import { cost, isWithoutCost, plannedCost } from '../../domain/cost.ts';
import { fromTenThousandths, price, sum, type Price } from '../../domain/money.ts';
import { lessDiscount, lineTotal, paperTotals, type Discount } from '../../domain/paper.ts';
import { profitOf, type Profit } from '../../domain/profit.ts';
import { type Quote, type QuoteAge, type QuoteSummary, QUOTE_KINDS, QUOTE_STATUSES } from '../../domain/quote.ts';
import { lineRef, refOf } from '../../kinds/reference.ts';
import { done, NamedRef, sample, textOrNull } from '../shapes.ts';
import { category, money, moneyOrNull, pricedLine, taxLines } from './money.ts';
import { marginPercent } from './percent.ts';
import { madeOutIn, named, sampleMark, shown, taxLinesOf, type Money } from './format.ts';
import { warning } from '../message.ts';

export const QuoteRow = z.strictObject({
  ref: z.string(),
  title: z.string(),
  kind: z.enum(QUOTE_KINDS),
  status: z.enum(QUOTE_STATUSES),
  sample,
  customer: NamedRef,
  job: NamedRef.nullable(),
  quotedOn: z.string(),
  /** Null while a price is not known. */
  subtotal: moneyOrNull,
  tax: moneyOrNull,
  total: moneyOrNull,
});
export type QuoteRow = z.output<typeof QuoteRow>;

export function quoteRow(quote: QuoteSummary, account: Account): QuoteRow {
  return {
    ref: refOf('quote', quote.id),
    title: quote.title,
    kind: quote.kind,
    status: quote.status,
    ...sampleMark(quote.isSample),
    customer: named('customer', quote.customer),
    job: quote.job === null ? null : named('job', quote.job),
    quotedOn: quote.quotedOn,
    ...sumsOf(quote, account),
  };
}

type Sums = {
  readonly isPriced: boolean;
  readonly subtotal: Price;
  readonly tax: Price;
  readonly total: Price;
};

/** What a quote comes to. */
export function sumsOf(
  { isPriced, subtotal, tax, total }: Sums,
  money: Money,
): Pick<QuoteRow, 'subtotal' | 'tax' | 'total'> {
  if (!isPriced) return { subtotal: null, tax: null, total: null };
  return { subtotal: shown(subtotal, money), tax: shown(tax, money), total: shown(total, money) };
}

type Made = { readonly isPriced: boolean; readonly margin: Profit; readonly marginTenths: number | null };

/** What it makes by plan. */
export function marginOf(
  { isPriced, margin, marginTenths }: Made,
  money: Money,
): Pick<QuotePage, 'margin' | 'marginPercent'> {
  if (!isPriced) return { margin: null, marginPercent: null };
  return { margin: shown(margin, money), marginPercent: marginPercent(marginTenths) };
}

/** When it was sent, and since how many days it is open: since then, and a draft since its date. */
export const age = { sentOn: z.string().optional(), daysOld: z.int().optional() };

export function aged({ sentOn, daysOld }: QuoteAge): { sentOn?: string; daysOld?: number } {
  return { ...(sentOn === null ? {} : { sentOn }), ...(daysOld === null ? {} : { daysOld }) };
}

/** A discount on the whole: what it takes off the sum of the lines, as far as that is known. */
const Taken = z.strictObject({ percent: z.number().optional(), amount: moneyOrNull, linesTotal: moneyOrNull });

export const QuotePage = z.strictObject({
  ...QuoteRow.shape,
  ...age,
  currency: z.string(),
  notes: textOrNull,
  revises: textOrNull,
  revisedBy: textOrNull,
  contract: z.string().optional(),
  fromWalkAndTalk: z.string().optional(),
  madeOutTo: z.string().optional(),
  discount: Taken.optional(),
  taxLines,
  cost: money,
  margin: moneyOrNull,
  marginPercent: z.number().nullable(),
  unknownCostLines: z.int().optional(),
  lineCount: z.int().optional(),
  linesFrom: z.int().optional(),
  unpricedLines: z.int().optional(),
  lines: z.array(
    z.strictObject({
      ref: z.string(),
      ...pricedLine,
      unitCost: moneyOrNull,
      cost: money,
      category: category.nullable(),
      changesLine: textOrNull,
      done: z.boolean(),
      cites: z.string().optional(),
    }),
  ),
});
export type QuotePage = z.output<typeof QuotePage>;

type Page = {
  readonly quote: Quote;
  readonly revisedBy: string | null;
  readonly contract: string | null;
  /** Where it is asked for. */
  readonly age?: QuoteAge;
  /** Which of its lines are shown. */
  readonly excerpt: { readonly from: number; readonly to: number };
};

export function quotePage(
  { quote, revisedBy, contract, age: asked, excerpt: { from, to } }: Page,
  account: Account,
): QuotePage {
  const totals = paperTotals(lessDiscount(quote.lines, quote.discount));
  const planned = sum(quote.lines.map(plannedCost));
  const unknown = quote.lines.filter(isWithoutCost).length;
  const { profit, marginTenths } = profitOf({ billed: quote.subtotal, costOfWork: planned, expenses: cost(0) });
  return {
    ...quoteRow(quote, account),
    ...(asked === undefined ? {} : aged(asked)),
    currency: account.currency,
    notes: quote.notes,
    revises: quote.revisesId === null ? null : refOf('quote', quote.revisesId),
    revisedBy,
    ...(contract === null ? {} : { contract }),
    ...(quote.walkAndTalkId === null ? {} : { fromWalkAndTalk: refOf('walk_and_talk', quote.walkAndTalkId) }),
    ...(quote.to === null ? {} : { madeOutTo: madeOutIn(quote.to) }),
    ...(quote.discount === null ? {} : { discount: taken(quote.discount, quote, account) }),
    taxLines: quote.isPriced ? taxLinesOf(totals.taxGroups, account) : [],
    cost: shown(planned, account),
    ...marginOf({ isPriced: quote.isPriced, margin: profit, marginTenths }, account),
    ...(unknown === 0 ? {} : { unknownCostLines: unknown }),
    ...(to - from === quote.lines.length
      ? {}
      : { lineCount: quote.lines.length, linesFrom: from + 1, unpricedLines: unpricedIn(quote.lines) }),
    lines: quote.lines.slice(from, to).map((line, index) => ({
      ref: lineRef(quote.id, from + index + 1),
      description: line.description,
      quantity: fromTenThousandths(line.quantity),
      unit: line.unit,
      unitPrice: line.unitPrice === null ? null : shown(line.unitPrice, account),
      taxRatePercent: fromTenThousandths(line.taxRate),
      amount: shown(lineTotal(line), account),
      unitCost: line.unitCost === null ? null : shown(line.unitCost, account),
      cost: shown(plannedCost(line), account),
      category: line.category,
      changesLine: line.changes?.ref ?? null,
      done: line.done,
      ...(line.cites === null ? {} : { cites: line.cites }),
    })),
  };
}

function taken({ percent, amount }: Discount, { isPriced, subtotal }: QuoteSummary, account: Account) {
  return {
    ...(percent === null ? {} : { percent: fromTenThousandths(percent) }),
    amount: isPriced || percent === null ? shown(amount, account) : null,
    linesTotal: isPriced ? shown(price(subtotal + amount), account) : null,
  };
}

export function unpricedIn(lines: readonly { readonly unitPrice: unknown }[]): number {
  return lines.filter(({ unitPrice }) => unitPrice === null).length;
}
/** As a write answers with it. */
export const QuoteWritten = z.strictObject({
  ...done,
  quote: QuotePage,
  uncovered: z.array(z.string()),
  warnings: z.array(warning),
});
export type QuoteWritten = z.output<typeof QuoteWritten>;
