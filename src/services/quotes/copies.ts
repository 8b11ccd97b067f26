// The lines that a new quote takes over whole: of the quote that it copies for somebody else, or that it revises without
// giving lines of its own; at other prices where a percentage says so.
import { invalid } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';
import { parsePercent, type AmountInput } from '../../domain/money.ts';
import { MOST_LINES } from '../../domain/paper.ts';
import type { Quote, QuoteLine } from '../../domain/quote.ts';
import { atOtherPrices } from '../../domain/what-if.ts';
import type { NewLine } from '../../store/books/quotes.ts';
import type { WriteScope } from '../../store/scope.ts';
import type { QuoteLineInput } from '../shared/lines.ts';
import { isNotReplaced } from './quote-meant.ts';
import { resolveQuote } from '../resolve/resolve.ts';

export type CopyInput = {
  readonly copyOf?: string | undefined;
  /** Of the prices that are taken over: 10 makes them 10 % higher. */
  readonly changePercent?: AmountInput | undefined;
  readonly revises?: string | undefined;
  readonly fromWalkAndTalk?: string | undefined;
  readonly lines?: readonly QuoteLineInput[] | undefined;
};

/** Prices that fall by more than all of them, or grow tenfold and more, are a slip of the pen. */
const CHANGES = { least: -100, most: 1000 };

/** The quote that a new one copies; null where it copies none. @throws Problem where it is not clear what its lines are */
export async function copiedQuote(scope: WriteScope, input: CopyInput): Promise<Quote | null> {
  const { copyOf, revises, fromWalkAndTalk, lines, changePercent } = input;
  if (copyOf !== undefined && (revises ?? fromWalkAndTalk) !== undefined)
    throw invalid('copyOf', says('quote.copy-of-one'));
  const takesOver = copyOf !== undefined || (revises !== undefined && lines === undefined);
  if (changePercent !== undefined && !takesOver) throw invalid('changePercent', says('quote.changes-what-prices'));
  if (lines === undefined && !takesOver) throw invalid('lines', says('quote.say-lines'));
  if (copyOf === undefined) return null;
  return await resolveQuote(scope, { ref: copyOf, field: 'copyOf', intent: 'write' }, { can: isNotReplaced });
}

/** A copy is work of its own; a revision goes on with that of the quote that it revises. */
export function linesTakenOver(
  { copied, revised }: { readonly copied: Quote | null; readonly revised: Quote | null },
  { changePercent, lines }: CopyInput,
): NewLine[] {
  const from = copied ?? (lines === undefined ? revised : null);
  if (from === null) return [];
  const field = 'changePercent';
  const priced =
    changePercent === undefined
      ? from.lines
      : atOtherPrices(from.lines, parsePercent(changePercent, field, CHANGES), field);
  return priced.map((line) => {
    if (copied === null) return asWritten(line);
    const { lineId: _, changes: __, cites: ___, ...alike } = line;
    return { ...alike, lineId: null, changesLineId: null };
  });
}

/** A line of a quote as it is written once more, the same. */
export function asWritten({ changes, ...line }: QuoteLine): NewLine {
  return { ...line, changesLineId: changes?.lineId ?? null };
}

export function checkCount(lines: readonly NewLine[], field: 'lines' | 'addLines'): void {
  if (lines.length > MOST_LINES) throw invalid(field, says('quote.too-many-lines', { most: MOST_LINES }));
}
