// Quotes in words: prices, private costs, and the margin between them.
import { LONGEST_NOTE } from '../domain/room.ts';
import { cut } from '../domain/text.ts';
import { type QuotePageOut, unpricedIn } from '../views/internal/quote.ts';
import { counted, linesText, listed, moreText, sampleText } from './format.ts';

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
