// Quotes in words: prices, private costs, and the margin between them.
import { LONGEST_NOTE } from '../domain/room.ts';
import { type QuotePage, type QuoteRow, type QuoteWritten, unpricedIn } from '../views/internal/quote.ts';
import { head, line, note, phrase, row, said, toRecord, words, type Block, type Phrase } from './blocks.ts';
import { capital, counted, didLine, joined, listed, moreLines, NOT_KNOWN_YET, onJob, sampleText } from './format.ts';
import type { Printed } from './catalogue.ts';
import { isNotZero } from './profit-summary.ts';

/** @param days since then, of one that waits for an answer */
export function sentText(on: string, days: number | undefined): string {
  const ago = days === undefined ? '' : days === 0 ? ', today' : `, ${counted(days, 'day')} ago`;
  return `sent ${on}${ago}`;
}

export function quoteRowText(quote: QuoteRow): Phrase {
  return phrase`${toRecord(quote.ref)} ${quote.title}${sampleText(quote)}: ${standingOf(quote)}`;
}

function standingOf({ kind, status, subtotal, quotedOn }: QuoteRow): string {
  const worth = subtotal === null ? NOT_KNOWN_YET : `${subtotal} before tax`;
  return `${kind === 'change_order' ? 'change order, ' : ''}${status}, ${worth}, ${quotedOn}`;
}

export function quoteLineText(line: QuotePage['lines'][number]): Phrase {
  const each = line.unitPrice === null ? NOT_KNOWN_YET : `${line.unitPrice} = ${line.amount}`;
  const extras = joined([
    costText(line),
    line.category,
    line.changesLine !== null && phrase`changes ${toRecord(line.changesLine)}`,
    line.done && 'done',
    line.cites !== undefined && phrase`from the words "${said(line.cites)}"`,
  ]);
  return phrase`${toRecord(line.ref)} ${line.description}: ${listed([`${line.quantity}`, line.unit], ' ')} × ${each} (${extras})`;
}

/** What is taken off the price costs nothing. */
function costText({ unitCost, cost, unitPrice, amount }: QuotePage['lines'][number]): string {
  if (unitCost !== null) return `cost ${cost}`;
  const isSold = unitPrice === null || (isNotZero(amount) && !amount.startsWith('-'));
  return isSold ? 'cost unknown' : 'no cost';
}

/** @param nextCursor leads on to the next lines */
export function quotePageBlocks(quote: QuotePage, nextCursor?: string): Block[] {
  const unpriced = quote.unpricedLines ?? unpricedIn(quote.lines);
  const tax = quote.taxLines.map(({ ratePercent, tax: amount }) => `, tax ${ratePercent} % ${amount}`).join('');
  const longest = nextCursor === undefined && quote.lineCount !== undefined ? LONGEST_NOTE : Infinity;
  return [
    head(
      phrase`${quote.ref} ${quote.title}`,
      ': ',
      phrase`${standingOf(quote)}. For ${toRecord(quote.customer.ref)} ${quote.customer.name}${onJob(quote)}.`,
      quote,
    ),
    ...(quote.sentOn === undefined ? [] : [line(`${capital(sentText(quote.sentOn, quote.daysOld))}.`)]),
    ...quote.lines.map((each) => row(quoteLineText(each))),
    ...moreLines(quote, `get-quote ${quote.ref}`, nextCursor),
    ...(quote.discount === undefined ? [] : [line(discountText(quote.discount))]),
    line(
      quote.subtotal === null ? NO_SUMS : `Subtotal ${quote.subtotal}${tax}, total ${quote.total} ${quote.currency}.`,
    ),
    privateLine(quote, {
      ...{ cost: quote.cost, margin: quote.margin },
      aside: quote.lines.some(({ done }) => done) ? ', as planned' : '',
      percent: quote.marginPercent === null ? '' : ` (${quote.marginPercent} %)`,
    }),
    ...(unpriced > 0
      ? [line(`${counted(unpriced, 'line')} without a price`, { next: ': give unitPrice before sending.' })]
      : []),
    ...(quote.madeOutTo === undefined ? [] : [words('Made out to', quote.madeOutTo)]),
    ...(quote.notes === null ? [] : [words('Notes', quote.notes, longest)]),
    ...(quote.fromWalkAndTalk === undefined ? [] : [line(phrase`Drafted from ${toRecord(quote.fromWalkAndTalk)}.`)]),
    ...(quote.contract === undefined ? [] : [line(phrase`Changes the contract ${toRecord(quote.contract)}.`)]),
    ...(quote.revises === null ? [] : [line(phrase`Revises ${toRecord(quote.revises)}.`)]),
    ...(quote.revisedBy === null ? [] : [line(phrase`Revised by ${toRecord(quote.revisedBy)}.`)]),
  ];
}

/** Of a quote with a line of which the price is not known. */
export const NO_SUMS = 'Subtotal, tax and total are not known yet.';

type Private = {
  readonly cost: string;
  /** Null where a price is not known. */
  readonly margin: string | null;
  readonly aside?: string;
  /** Left out where a cost is not known: what is sold for nothing but profit looks like 100 %. */
  readonly percent: string;
};

/** What only its owner sees. */
export function privateLine({ unknownCostLines }: QuotePage, { cost, margin, aside = '', percent }: Private): Block {
  if (unknownCostLines === undefined)
    return line(`Private${aside}: cost ${cost}, margin ${margin === null ? 'not known yet' : `${margin}${percent}`}.`);
  const most = margin === null ? '' : ` at most ${margin},`;
  return line(
    `Private${aside}: what ${counted(unknownCostLines, 'line')} cost${unknownCostLines === 1 ? 's' : ''} is not known, so the margin is not either:${most} known cost ${cost}.`,
  );
}

type Taken = NonNullable<QuotePage['discount']>;

function discountText({ percent, amount, linesTotal }: Taken): string {
  const of = percent === undefined ? null : `${percent} %`;
  if (amount === null || linesTotal === null) return `Discount ${of ?? amount}.`;
  return `Lines ${linesTotal}, discount ${of === null ? '' : `${of} = `}${isNotZero(amount) ? '-' : ''}${amount}.`;
}

/** Beside others of any customer and job. */
export function quoteInListText(quote: QuoteRow): Phrase {
  return phrase`${quoteRowText(quote)}, for ${quote.customer.name}${onJob(quote)}`;
}

/** As a write answers: what was done and what else it brought with it, then the quote. */
export function quoteWrittenBlocks(answer: Printed<QuoteWritten>): Block[] {
  const { quote, uncovered, warnings } = answer;
  return [
    didLine(answer),
    ...(uncovered.length === 0
      ? []
      : [line(`${uncovered.join(', ')} covered a line that is gone and now stands among the expenses.`)]),
    ...quotePageBlocks(quote),
    ...warnings.map(note),
  ];
}
