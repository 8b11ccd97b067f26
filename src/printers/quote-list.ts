// Quotes over all jobs in words.
import type { QuoteList } from '../views/internal/quote-list.ts';
import { line, phrase, type Block, type Phrase } from './blocks.ts';
import { counted, listBlocks, listed, samplesText } from './format.ts';
import { quoteInListText, sentText } from './quote.ts';

export function quoteListBlocks({ quotes, open, currency, ...place }: QuoteList): Block[] {
  return [
    ...listBlocks('quote', quotes.map(inListText), { ...place, about: ` (${currency})` }),
    ...openBlocks(open, currency),
  ];
}

function inListText({ sentOn, daysOld, ...quote }: QuoteList['quotes'][number]): Phrase {
  if (sentOn !== undefined && daysOld !== undefined)
    return phrase`${quoteInListText(quote)}, ${sentText(sentOn, daysOld)}`;
  const old = daysOld === undefined || daysOld === 0 ? '' : `, ${counted(daysOld, 'day')} old`;
  return phrase`${quoteInListText(quote)}${old}`;
}

function openBlocks(open: QuoteList['open'], currency: string): Block[] {
  const { quotes, worth, sent, draft, oldestOn, oldestDays = 0, unpriced } = open;
  if (quotes === 0) return open.samplesLeftOut === true ? [line('Open: none, samples left out.')] : [];
  const parts = listed([
    sent.quotes > 0 && `${sent.quotes} sent ${sent.worth}`,
    draft.quotes > 0 && `${counted(draft.quotes, 'draft')} ${draft.worth}`,
  ]);
  const old = oldestOn === undefined ? '' : `, the oldest since ${oldestOn}, ${counted(oldestDays, 'day')}`;
  const unknown = unpriced === 0 ? '' : ` ${counted(unpriced, 'quote')} with a price not known yet counts nothing.`;
  return [
    line(
      `Open${samplesText(open)}: ${counted(quotes, 'quote')} worth ${worth} ${currency} before tax (${parts})${old}.${unknown}`,
    ),
  ];
}
