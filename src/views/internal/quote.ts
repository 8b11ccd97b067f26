// Quotes as their owner sees them: prices, private costs, and the margin between them.
import type { Account } from '../../domain/account.ts';
import { plannedCost } from '../../domain/cost.ts';
import { fromTenThousandths, sum } from '../../domain/money.ts';
import { lineTotal, paperTotals } from '../../domain/paper.ts';
import { cost } from '../../domain/cost.ts';
import { profitOf } from '../../domain/profit.ts';
import type { Quote, QuoteSummary } from '../../domain/quote.ts';
import { lineRef, refOf } from '../../domain/reference.ts';
import { LONGEST_NOTE } from '../../domain/room.ts';
import { cut } from '../../domain/text.ts';
import { marginOut } from './strip.ts';
import {
  counted,
  linesText,
  listed,
  moreText,
  namedOut,
  sampleOut,
  sampleText,
  shown,
  taxLinesOut,
  type Sent,
} from './words.ts';

export function quoteRowOut(quote: QuoteSummary, account: Account) {
  return {
    ref: refOf('quote', quote.id),
    title: quote.title,
    kind: quote.kind,
    status: quote.status,
    ...sampleOut(quote.isSample),
    customer: namedOut('customer', quote.customer),
    job: quote.job === null ? null : namedOut('job', quote.job),
    quotedOn: quote.quotedOn,
    subtotal: shown(quote.subtotal, account),
    tax: shown(quote.tax, account),
    total: shown(quote.total, account),
  };
}

type RowInWords = {
  ref: string;
  title: string;
  kind: string;
  status: string;
  sample?: true | undefined;
  subtotal: string;
  quotedOn: string;
};

export function quoteRowText(quote: RowInWords): string {
  const kind = quote.kind === 'change_order' ? 'change order, ' : '';
  return `${quote.ref} ${quote.title}${sampleText(quote)}: ${kind}${quote.status}, ${quote.subtotal} before tax, ${quote.quotedOn}`;
}

type Page = {
  readonly quote: Quote;
  readonly revisedBy: string | null;
  readonly contract: string | null;
  /** Which of its lines are shown. */
  readonly excerpt: { readonly from: number; readonly to: number };
};

export function quotePageOut({ quote, revisedBy, contract, excerpt: { from, to } }: Page, account: Account) {
  const totals = paperTotals(quote.lines);
  const planned = sum(quote.lines.map(plannedCost));
  const { profit, marginTenths } = profitOf({ billed: quote.subtotal, costOfWork: planned, expenses: cost(0) });
  return {
    ...quoteRowOut(quote, account),
    currency: account.currency,
    notes: quote.notes,
    revises: quote.revisesId === null ? null : refOf('quote', quote.revisesId),
    revisedBy,
    ...(contract === null ? {} : { contract }),
    ...(quote.walkAndTalkId === null ? {} : { fromWalkAndTalk: refOf('walk_and_talk', quote.walkAndTalkId) }),
    taxLines: taxLinesOut(totals.taxGroups, account),
    cost: shown(planned, account),
    margin: shown(profit, account),
    marginPercent: marginOut(marginTenths),
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

function unpricedIn(lines: readonly { readonly unitPrice: unknown }[]): number {
  return lines.filter(({ unitPrice }) => unitPrice === null).length;
}
export type QuotePageOut = Sent<ReturnType<typeof quotePageOut>>;

/** @param nextCursor leads on to the next lines */
export function quotePageText(quote: QuotePageOut, nextCursor?: string): string {
  const on = quote.job === null ? '' : `, on ${quote.job.ref} ${quote.job.name}`;
  const margin = quote.marginPercent === null ? '' : ` (${quote.marginPercent} %)`;
  const unpriced = quote.unpricedLines ?? unpricedIn(quote.lines);
  return [
    `${quoteRowText(quote)}. For ${quote.customer.ref} ${quote.customer.name}${on}.`,
    ...quote.lines.map((line) => {
      const each = line.unitPrice === null ? 'price not known yet' : `${line.unitPrice} = ${line.amount}`;
      const extras = listed([
        line.unitCost === null ? 'cost unknown' : `cost ${line.cost}`,
        line.category,
        line.changesLine !== null && `changes ${line.changesLine}`,
        line.done && 'done',
        line.cites !== undefined && `from the words "${line.cites}"`,
      ]);
      return `- ${line.ref} ${line.description}: ${listed([`${line.quantity}`, line.unit], ' ')} × ${each} (${extras})`;
    }),
    ...linesText(quote, `get-quote ${quote.ref}`, nextCursor),
    `Subtotal ${quote.subtotal}${quote.taxLines.map(({ ratePercent, tax }) => `, tax ${ratePercent} % ${tax}`).join('')}, total ${quote.total} ${quote.currency}.`,
    `Private${quote.lines.some(({ done }) => done) ? ', as planned' : ''}: cost ${quote.cost}, margin ${quote.margin}${margin}.`,
    ...(unpriced > 0 ? [`${counted(unpriced, 'line')} without a price: give unitPrice before sending.`] : []),
    ...(quote.notes === null
      ? []
      : [
          `Notes: ${nextCursor === undefined && quote.lineCount !== undefined ? cut(quote.notes, LONGEST_NOTE) : quote.notes}`,
        ]),
    ...(quote.fromWalkAndTalk === undefined ? [] : [`Drafted from ${quote.fromWalkAndTalk}.`]),
    ...(quote.contract === undefined ? [] : [`Changes the contract ${quote.contract}.`]),
    ...(quote.revises === null ? [] : [`Revises ${quote.revises}.`]),
    ...(quote.revisedBy === null ? [] : [`Revised by ${quote.revisedBy}.`]),
  ].join('\n');
}

export function quoteListOut(
  list: { quotes: readonly QuoteSummary[]; count: number; nextCursor: string | null },
  account: Account,
) {
  return {
    quotes: list.quotes.map((quote) => quoteRowOut(quote, account)),
    currency: account.currency,
    count: list.count,
    ...(list.nextCursor === null ? {} : { nextCursor: list.nextCursor }),
  };
}

export function quoteListText(list: {
  quotes: readonly RowWithWhom[];
  currency: string;
  count: number;
  nextCursor?: string | undefined;
}): string {
  if (list.count === 0) return 'No quotes match.';
  const more = list.nextCursor === undefined ? '' : `\n${moreText(list.quotes.length, list.count, list.nextCursor)}`;
  const rows = list.quotes.map((quote) => `- ${quoteRowText(quote)}, for ${quote.customer.name}`);
  return `${counted(list.count, 'quote')} (${list.currency}):\n${rows.join('\n')}${more}`;
}
type RowWithWhom = RowInWords & { customer: { name: string } };

/** What else a write to a quote brought with it. */
export function uncoveredText(uncovered: readonly string[]): string {
  return uncovered.length === 0
    ? ''
    : `\n${uncovered.join(', ')} covered a line that is gone and now stands among the expenses.`;
}
