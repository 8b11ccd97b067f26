// Quotes over all jobs, and what is open among them: how many, what they are worth, and how old.
import { daysBetween, type CalendarDate } from '../../domain/dates.ts';
import { isOpen, type QuoteStatus, type QuoteSummary } from '../../domain/quote.ts';
import { sumUp, type Total } from '../../domain/money.ts';
import { countQuotes, listQuotes as loadQuotes, type QuoteFilter } from '../../store/books/quotes.ts';
import { openQuotes, type OpenQuotes } from '../../store/derived/open-quotes.ts';
import type { ReadScope } from '../../store/scope.ts';
import { resolveParty } from '../resolve/resolve-party.ts';
import { samplesCount, samplesTold, type CountingInput, type SamplesTold } from '../shared/counted.ts';
import { newestFirst, type PageAsked } from '../shared/paging.ts';

export type QuoteListInput = CountingInput &
  PageAsked & {
    readonly customer?: string | undefined;
    readonly job?: string | undefined;
    readonly status?: QuoteStatus | undefined;
    readonly open?: boolean | undefined;
    readonly query?: string | undefined;
  };

/** @property daysOld of an open one */
export type QuoteWithAge = QuoteSummary & { readonly daysOld: number | null };
export type QuoteListFacts = {
  readonly page: readonly QuoteWithAge[];
  readonly count: number;
  readonly nextCursor: string | null;
  readonly open: SamplesTold & {
    readonly count: number;
    readonly worth: Total<'price'>;
    readonly byStatus: readonly OpenQuotes[];
    readonly oldest: { readonly on: CalendarDate; readonly days: number } | null;
    readonly unpriced: number;
  };
};

export async function listQuotes(scope: ReadScope, input: QuoteListInput): Promise<QuoteListFacts> {
  const { status, open, query } = input;
  const filter: QuoteFilter = { status, open, query, ...(await resolveParty(scope, input)) };
  const samples = await samplesCount(scope, input, input.customer, input.job);
  const listed = { ...filter, realOnly: !samples };
  const { page, nextCursor } = await newestFirst(
    'quotes',
    input,
    async (asked) => await loadQuotes(scope, listed, asked),
  );
  const ageOf = (day: CalendarDate) => Math.max(0, daysBetween(day, scope.today));
  const { byStatus, hasSamples } = await openQuotes(scope, filter, samples);
  const [oldestOn] = byStatus.map((each) => each.oldestOn).sort();
  return {
    page: page.map((quote) => ({ ...quote, daysOld: isOpen(quote.status) ? ageOf(quote.quotedOn) : null })),
    nextCursor,
    count: await countQuotes(scope, listed),
    open: {
      count: byStatus.reduce((sofar, { count }) => sofar + count, 0),
      worth: sumUp(byStatus.map(({ worth }) => worth)),
      byStatus,
      oldest: oldestOn === undefined ? null : { on: oldestOn, days: ageOf(oldestOn) },
      unpriced: byStatus.reduce((sofar, { unpriced }) => sofar + unpriced, 0),
      ...samplesTold(hasSamples, samples),
    },
  };
}
