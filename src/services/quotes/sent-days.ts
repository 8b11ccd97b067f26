// The day on which a quote was sent, which is what its customer has had it since: a draft may be dated long before.
import { calendarDate, dayAt, daysBetween, type CalendarDate } from '../../domain/dates.ts';
import type { Said } from '../../domain/message.ts';
import { isOpen, type QuoteAge, type QuoteSummary } from '../../domain/quote.ts';
import { stepsOfQuotes, type Sending } from '../../store/books/quote-sendings.ts';
import { undoneAmong } from '../../store/journal/history.ts';
import type { ReadScope } from '../../store/scope.ts';

type Dated = Pick<QuoteSummary, 'id' | 'status' | 'quotedOn'>;

/** By number. One that was never sent has no such day, and of one whose log does not tell it is the day of the quote. */
export async function agesOf(scope: ReadScope, quotes: readonly Dated[]): Promise<ReadonlyMap<number, QuoteAge>> {
  const gone = quotes.filter(({ status }) => status !== 'draft');
  const steps = await stepsOfQuotes(
    scope,
    gone.map(({ id }) => id),
  );
  const undone = await undoneAmong(scope, [...new Set(steps.map(({ change }) => change))]);
  const sent = Map.groupBy(
    steps.filter((step) => !undone.has(step.change) && isSending(step.said)),
    ({ quoteId }) => quoteId,
  );
  return new Map(
    quotes.map((quote) => {
      const last = quote.status === 'draft' ? undefined : sent.get(quote.id)?.at(-1);
      const told = last === undefined ? null : dayOf(scope, last, quote);
      const sentOn = told ?? (quote.status === 'sent' ? quote.quotedOn : null);
      const daysOld = isOpen(quote.status) ? Math.max(0, daysBetween(sentOn ?? quote.quotedOn, scope.today)) : null;
      return [quote.id, { sentOn, daysOld }];
    }),
  );
}

/** As it was said, or as it was entered; one that is written as sent was so on its own day. */
function dayOf({ account }: ReadScope, { at, said }: Sending, { quotedOn }: Dated): CalendarDate {
  const entered = dayAt(at, account.timeZone);
  const on = fact(said, 'on');
  if (on !== null) return calendarDate(on);
  return fact(said, 'status') === 'sent' && quotedOn < entered ? quotedOn : entered;
}

function isSending(said: Said): boolean {
  if (typeof said === 'string') return false;
  if (said.code === 'log.quote-sent-again-of') return true;
  return fact(said, said.code === 'log.quote-written' ? 'status' : 'to') === 'sent';
}

/** A fact of what was said, where it is a text. */
function fact(said: Said, name: string): string | null {
  if (typeof said === 'string') return null;
  const value = new Map<string, unknown>(Object.entries(said.facts)).get(name);
  return typeof value === 'string' ? value : null;
}
