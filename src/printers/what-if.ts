// A what-if on a quote in words: other prices and costs beside the real ones, and how to make them real.
import type { QuoteStatus } from '../domain/quote.ts';
import type { QuotePageOut } from '../views/internal/quote.ts';
import type { quoteAnswer, WhatIfOut } from '../views/internal/what-if.ts';
import type { Sent } from '../views/internal/format.ts';
import { quotePageText } from './quote.ts';
import { counted, linesText, listed } from './format.ts';

export function quoteAnswerText({ quote, whatIf, nextCursor }: Sent<ReturnType<typeof quoteAnswer>>): string {
  return whatIf === undefined ? quotePageText(quote, nextCursor) : whatIfText(quote, whatIf, nextCursor);
}

/** Stands alone: the quote in one line, what would change, what it would come to, and that nothing did. */
function whatIfText(quote: QuotePageOut, whatIf: WhatIfOut, nextCursor: string | undefined): string {
  const rows = whatIf.lines.flatMap((line, index) => {
    if (line.unitPrice === line.was && line.unitCost === line.costWas) return [];
    const { description = '', quantity = 0, unit = null } = quote.lines[index] ?? {};
    const price = line.unitPrice === null ? 'price not known yet' : `${line.unitPrice} = ${line.amount}`;
    const aside = listed(
      [
        line.unitPrice !== line.was && `was ${line.was ?? 'without a price'}`,
        line.unitCost !== null &&
          `cost ${line.unitCost} each${line.unitCost === line.costWas ? '' : `, was ${line.costWas}`}`,
        line.marginPercent !== null && `margin ${line.marginPercent} %`,
      ],
      '; ',
    );
    return [`- ${line.ref} ${description}: ${listed([`${quantity}`, unit], ' ')} × ${price} (${aside})`];
  });
  const same = whatIf.lines.length - rows.length;
  const unpriced = whatIf.lines.filter((line) => line.unitPrice === null).length;
  return [
    `Only a what-if for ${quote.ref} ${quote.title}, ${quote.status}: nothing is saved.`,
    ...rows,
    ...linesText(quote, `get-quote ${quote.ref} with this whatIf`, nextCursor),
    ...(same === 0 ? [] : [`${counted(same, 'line')} as before.`]),
    ...(unpriced === 0 ? [] : [`${counted(unpriced, 'line')} without a price.`]),
    `Subtotal ${whatIf.subtotal} (was ${whatIf.subtotalWas}), tax ${whatIf.tax}, total ${whatIf.total} ${quote.currency}.`,
    `Private: cost ${whatIf.cost}, margin ${whatIf.margin}${inPercent(whatIf)}.`,
    ...(rows.length === 0 ? [] : [`To make it real: ${HOW_TO_MAKE_IT_REAL[quote.status](quote)}.`]),
  ].join('\n');
}

function inPercent({ marginPercent, marginPercentWas }: WhatIfOut): string {
  const words = listed([
    marginPercent !== null && `${marginPercent} %`,
    marginPercentWas !== null && `was ${marginPercentWas} %`,
  ]);
  return words === '' ? '' : ` (${words})`;
}

const HOW_TO_MAKE_IT_REAL: Readonly<Record<QuoteStatus, (quote: { ref: string; revisedBy: string | null }) => string>> =
  {
    draft: ({ ref }) => `update-quote ${ref} with all its lines, these in place of the old`,
    sent: ({ ref }) => `update-quote ${ref} with all its lines, these in place of the old, and send it again`,
    accepted: ({ ref }) =>
      `its lines are frozen, so create-quote with revises ${ref} and all lines, and have that accepted`,
    declined: ({ ref }) => `create-quote with revises ${ref} and all lines`,
    superseded: ({ revisedBy }) =>
      `ask the same of its revision${revisedBy === null ? '' : ` ${revisedBy}`}, which took its place`,
  };
