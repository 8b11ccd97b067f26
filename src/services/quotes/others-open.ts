// Offers that an accepted one may have taken the place of: those of its job or, of one on no job, all of its customer, since
// nobody said what work it is for. Open ones go on counting as open until somebody declines them.
import { says, type Message } from '../../domain/message.ts';
import type { Named } from '../../domain/named.ts';
import { isOpen, type QuoteSummary } from '../../domain/quote.ts';
import { refOf } from '../../kinds/reference.ts';
import { listQuotes } from '../../store/books/quotes.ts';
import type { ReadScope } from '../../store/scope.ts';
import { amountText } from '../shared/amounts.ts';
import { jobQuotes } from './contracts.ts';

/** Quotes that are named before the rest is counted. */
const MOST_NAMED = 5;
const MOST_LOOKED_AT = 1000;

type Accepted = { readonly ref: string; readonly customer: Named; readonly job: Pick<Named, 'id'> | null };

export async function othersOpen(scope: ReadScope, { ref, customer, job }: Accepted): Promise<Message[]> {
  const offers = job === null ? await offeredTo(scope, customer) : await jobQuotes(scope, job.id);
  const others = offers.filter(({ kind, status }) => kind === 'original' && isOpen(status));
  if (others.length === 0) return [];
  const quotes = others.slice(0, MOST_NAMED).map(({ id, subtotal, isPriced }) => {
    return { ref: refOf('quote', id), amount: isPriced ? amountText(scope, subtotal) : null };
  });
  return [says('note.others-open', { quotes, count: others.length, by: ref })];
}

/** Oldest first, as those of a job. */
async function offeredTo(scope: ReadScope, { id }: Named): Promise<QuoteSummary[]> {
  const asked = { customerId: id, open: true };
  return (await listQuotes(scope, asked, { limit: MOST_LOOKED_AT, before: null })).toReversed();
}
