// What is offered and not answered yet: how many quotes are open, what they are worth, and since when.
import { sql } from 'kysely';
import type { CalendarDate } from '../../domain/dates.ts';
import { sumUp, type Total } from '../../domain/money.ts';
import { lacksPrice } from '../books/quote-summaries.ts';
import { quotesAsked, type QuoteFilter } from '../books/quotes.ts';
import type { ReadScope } from '../scope.ts';
import { asTotal, totalFrom } from './totals.ts';

/** Those of one status. @property worth before tax, of those whose every price is known */
export type OpenQuotes = {
  readonly status: 'draft' | 'sent';
  readonly count: number;
  readonly worth: Total<'price'>;
  readonly oldestOn: CalendarDate;
  readonly unpriced: number;
};
export type OpenTotals = { readonly byStatus: readonly OpenQuotes[]; readonly hasSamples: boolean };

const UNPRICED = lacksPrice('q');

/** Of all that a filter asks for. @param samples whether the sums count them */
export async function openQuotes(scope: ReadScope, filter: QuoteFilter, samples: boolean): Promise<OpenTotals> {
  const asked = await quotesAsked(scope, { ...filter, open: true });
  const { rows } = await sql<{
    status: 'draft' | 'sent';
    sample: number;
    count: number;
    worth: string;
    oldest: CalendarDate;
    unpriced: number;
  }>`
    select o.status, o.sample, o.count, o.oldest, o.unpriced, ${asTotal(sql`o.worth`)} as worth from (
      select q.status, q.is_sample as sample, count(*) as count, min(q.quoted_on) as oldest,
        sum(${UNPRICED}) as unpriced, sum(case ${UNPRICED} when 1 then 0 else q.subtotal end) as worth
      from quotes as q where q.account_id = ${scope.account.id} and ${sql.join(asked, sql` and `)}
      group by q.status, q.is_sample) as o
    order by o.status desc, o.sample`.execute(scope.db);
  const hasSamples = rows.some((row) => row.sample === 1);
  const counted = rows.filter((row) => samples || row.sample === 0);
  const byStatus = [...Map.groupBy(counted, ({ status }) => status)].map(([status, some]) => ({
    status,
    count: some.reduce((sofar, { count }) => sofar + count, 0),
    worth: sumUp(some.map(({ worth }) => totalFrom<'price'>(worth))),
    oldestOn: some.map(({ oldest }) => oldest).reduce((one, other) => (other < one ? other : one)),
    unpriced: some.reduce((sofar, { unpriced }) => sofar + unpriced, 0),
  }));
  return { byStatus, hasSamples };
}
