// A what-if on a quote in words: other prices and costs beside the real ones, and how to make them real.
import type { QuoteStatus } from '../domain/quote.ts';
import type { QuotePage } from '../views/internal/quote.ts';
import type { QuoteAnswer, WhatIf } from '../views/internal/what-if.ts';
import { line, next, phrase, row, toRecord, type Block } from './blocks.ts';
import { NO_SUMS, privateLine, quotePageBlocks } from './quote.ts';
import { counted, listed, moreLines, NOT_KNOWN_YET } from './format.ts';

export function quoteAnswerBlocks({ quote, whatIf, nextCursor }: QuoteAnswer): Block[] {
  return whatIf === undefined ? quotePageBlocks(quote, nextCursor) : whatIfBlocks(quote, whatIf, nextCursor);
}

/** Stands alone: the quote in one line, what would change, what it would come to, and that nothing did. */
function whatIfBlocks(quote: QuotePage, whatIf: WhatIf, nextCursor: string | undefined): Block[] {
  const rows = whatIf.lines.flatMap((each, index) => {
    if (each.unitPrice === each.was && each.unitCost === each.costWas) return [];
    const { description = '', quantity = 0, unit = null } = quote.lines[index] ?? {};
    const price = each.unitPrice === null ? NOT_KNOWN_YET : `${each.unitPrice} = ${each.amount}`;
    const aside = listed(
      [
        each.unitPrice !== each.was && `was ${each.was ?? 'without a price'}`,
        each.unitCost !== null &&
          `cost ${each.unitCost} each${each.unitCost === each.costWas ? '' : `, was ${each.costWas}`}`,
        each.marginPercent !== null && `margin ${each.marginPercent} %`,
      ],
      '; ',
    );
    return [
      row(phrase`${toRecord(each.ref)} ${description}: ${listed([`${quantity}`, unit], ' ')} × ${price} (${aside})`),
    ];
  });
  const same = whatIf.lines.length - rows.length;
  const unpriced = whatIf.lines.filter(({ unitPrice }) => unitPrice === null).length;
  return [
    line(phrase`Only a what-if for ${toRecord(quote.ref)} ${quote.title}, ${quote.status}: nothing is saved.`),
    ...rows,
    ...moreLines(quote, `get-quote ${quote.ref} with this whatIf`, nextCursor),
    ...(same === 0 ? [] : [line(`${counted(same, 'line')} as before.`)]),
    ...(unpriced === 0 ? [] : [line(`${counted(unpriced, 'line')} without a price.`)]),
    ...(quote.discount === undefined
      ? []
      : [
          line(
            `Both subtotals, and the margins of lines, are less the discount on the whole (${discountSaid(quote.discount)}).`,
          ),
        ]),
    whatIf.subtotal === null
      ? line(NO_SUMS)
      : line(
          `Subtotal ${whatIf.subtotal} (was ${whatIf.subtotalWas ?? 'not known yet'}), tax ${whatIf.tax}, total ${whatIf.total} ${quote.currency}.`,
        ),
    privateLine(quote, { cost: whatIf.cost, margin: whatIf.margin, percent: inPercent(whatIf) }),
    ...(rows.length === 0 ? [] : [next(`To make it real: ${HOW_TO_MAKE_IT_REAL[quote.status](quote)}.`)]),
  ];
}

function discountSaid({ percent, amount }: NonNullable<QuotePage['discount']>): string {
  return percent === undefined ? (amount ?? '') : `${percent} %`;
}

function inPercent({ marginPercent, marginPercentWas }: WhatIf): string {
  const words = listed([
    marginPercent !== null && `${marginPercent} %`,
    marginPercentWas !== null && `was ${marginPercentWas} %`,
  ]);
  return words === '' ? '' : ` (${words})`;
}

const HOW_TO_MAKE_IT_REAL: Readonly<Record<QuoteStatus, (quote: { ref: string; revisedBy: string | null }) => string>> =
  {
    draft: ({ ref }) =>
      `update-quote ${ref} with all its lines, these in place of the old, or with discount for something off the whole`,
    sent: ({ ref }) => `update-quote ${ref} with all its lines, these in place of the old, and send it again`,
    accepted: ({ ref }) =>
      `its lines are frozen, so create-quote with revises ${ref} and all lines, and have that accepted`,
    declined: ({ ref }) => `create-quote with revises ${ref} and all lines`,
    superseded: ({ revisedBy }) =>
      `ask the same of its revision${revisedBy === null ? '' : ` ${revisedBy}`}, which took its place`,
  };
