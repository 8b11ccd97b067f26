// Quotes over all jobs, and what is open among them: how many, what they are worth, and how old.
import { daysBetween, type CalendarDate } from '../../domain/dates.ts';
import type { QuoteAge, QuoteStatus, QuoteSummary } from '../../domain/quote.ts';
import { sumUp, type Total } from '../../domain/money.ts';
import { countQuotes, listQuotes as loadQuotes, sentQuotes, type QuoteFilter } from '../../store/books/quotes.ts';
import { openQuotes, type OpenQuotes } from '../../store/derived/open-quotes.ts';
import type { ReadScope } from '../../store/scope.ts';
import { resolveParty } from '../resolve/resolve-party.ts';
import { samplesCount, samplesTold, type CountingInput, type SamplesTold } from '../shared/counted.ts';
import { newestFirst, type PageAsked } from '../shared/paging.ts';
import { agesOf } from './sent-days.ts';

export type QuoteListInput = CountingInput &
  PageAsked & {
    readonly customer?: string | undefined;
    readonly job?: string | undefined;
    readonly status?: QuoteStatus | undefined;
    readonly open?: boolean | undefined;
    readonly query?: string | undefined;
  };

export type QuoteWithAge = QuoteSummary & QuoteAge;
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
  const { byStatus, hasSamples } = await openQuotes(scope, filter, samples);
  // A draft is as old as its date says, and what was sent lies with its customer since then.
  const sent = open === false ? [] : await sentQuotes(scope, listed);
  const ages = await agesOf(scope, [...sent, ...page.filter((quote) => quote.status !== 'sent')]);
  const drafts = byStatus.filter((each) => each.status === 'draft').map((each) => each.oldestOn);
  const [oldestOn] = [...drafts, ...sent.flatMap(({ id }) => ages.get(id)?.sentOn ?? [])].sort();
  return {
    page: page.map((quote) => ({ ...quote, ...(ages.get(quote.id) ?? { sentOn: null, daysOld: null }) })),
    nextCursor,
    count: await countQuotes(scope, listed),
    open: {
      count: byStatus.reduce((sofar, { count }) => sofar + count, 0),
      worth: sumUp(byStatus.map(({ worth }) => worth)),
      byStatus,
      oldest: oldestOn === undefined ? null : { on: oldestOn, days: Math.max(0, daysBetween(oldestOn, scope.today)) },
      unpriced: byStatus.reduce((sofar, { unpriced }) => sofar + unpriced, 0),
      ...samplesTold(hasSamples, samples),
    },
  };
}
