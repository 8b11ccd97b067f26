// Offers that an accepted one may have taken the place of: those of its job, and those of its customer that are on no job,
// since nobody said what work they are for. Open ones go on counting as open until somebody declines them.
import { says, type Message } from '../../domain/message.ts';
import type { Named } from '../../domain/named.ts';
import type { QuoteSummary } from '../../domain/quote.ts';
import { refOf } from '../../kinds/reference.ts';
import { listQuotes } from '../../store/books/quotes.ts';
import type { ReadScope } from '../../store/scope.ts';
import { amountText } from '../shared/amounts.ts';

/** Quotes that are named before the rest is counted. */
const MOST_NAMED = 5;
const MOST_LOOKED_AT = 1000;

type Accepted = { readonly ref: string; readonly customer: Named; readonly job: Pick<Named, 'id'> | null };

export async function othersOpen(scope: ReadScope, { ref, customer, job }: Accepted): Promise<Message[]> {
  const asked = { customerId: customer.id, open: true };
  const open = (await listQuotes(scope, asked, { limit: MOST_LOOKED_AT, before: null })).toReversed();
  const isBeside = (quote: QuoteSummary) => job !== null && quote.job?.id === job.id;
  const others = open.filter(
    (quote) => quote.kind === 'original' && (job === null || quote.job === null || isBeside(quote)),
  );
  if (others.length === 0) return [];
  const nearest = others.toSorted((one, other) => Number(isBeside(other)) - Number(isBeside(one)));
  const quotes = nearest.slice(0, MOST_NAMED).map(({ id, subtotal, isPriced }) => {
    return { ref: refOf('quote', id), amount: isPriced ? amountText(scope, subtotal) : null };
  });
  return [says('note.others-open', { quotes, count: others.length, by: ref })];
}
