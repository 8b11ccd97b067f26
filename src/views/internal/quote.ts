// Quotes as their owner sees them: prices, private costs, and the margin between them.
import type { Account } from '../../domain/account.ts';
import { plannedCost } from '../../domain/cost.ts';
import { fromTenThousandths, sum } from '../../domain/money.ts';
import { lineTotal, paperTotals } from '../../domain/paper.ts';
import { cost } from '../../domain/cost.ts';
import { profitOf } from '../../domain/profit.ts';
import type { Quote, QuoteSummary } from '../../domain/quote.ts';
import { lineRef, refOf } from '../../kinds/reference.ts';
import { marginOut } from './profit-summary.ts';
import { namedOut, sampleOut, shown, taxLinesOut, type Sent } from './words.ts';

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

export function unpricedIn(lines: readonly { readonly unitPrice: unknown }[]): number {
  return lines.filter(({ unitPrice }) => unitPrice === null).length;
}
export type QuotePageOut = Sent<ReturnType<typeof quotePageOut>>;

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
