// Quotes over all jobs as their owner sees them, and what is open among them.
import { z } from 'zod';
import type { Account } from '../../domain/account.ts';
import { total, type Total } from '../../domain/money.ts';
import type { QuoteAge, QuoteSummary } from '../../domain/quote.ts';
import { paged, placeOf } from '../shapes.ts';
import { leftOutMark, shown } from './format.ts';
import { money, samplesLeftOut } from './money.ts';
import { age, aged, quoteRow, QuoteRow } from './quote.ts';

type Open = { readonly count: number; readonly worth: Total<'price'> };
type Facts = {
  readonly page: readonly (QuoteSummary & QuoteAge)[];
  readonly count: number;
  readonly nextCursor: string | null;
  readonly open: Open & {
    readonly byStatus: readonly (Open & { readonly status: 'draft' | 'sent' })[];
    readonly oldest: { readonly on: string; readonly days: number } | null;
    readonly unpriced: number;
    readonly includesSamples: boolean;
    readonly samplesLeftOut: boolean;
  };
};

const open = { quotes: z.int(), worth: money };

export const QuoteList = z.strictObject({
  quotes: z.array(z.strictObject({ ...QuoteRow.shape, ...age })),
  open: z.strictObject({
    ...open,
    sent: z.strictObject(open),
    draft: z.strictObject(open),
    oldestOn: z.string().optional(),
    oldestDays: z.int().optional(),
    unpriced: z.int(),
    includesSamples: z.boolean(),
    samplesLeftOut,
  }),
  currency: z.string(),
  ...paged,
});
export type QuoteList = z.output<typeof QuoteList>;

export function quoteList({ page, open: all, ...place }: Facts, account: Account): QuoteList {
  const ofStatus = (status: 'draft' | 'sent') => {
    const { count, worth } = all.byStatus.find((each) => each.status === status) ?? { count: 0, worth: null };
    return { quotes: count, worth: worth === null ? NOTHING(account) : shown(worth, account) };
  };
  return {
    quotes: page.map((quote) => ({ ...quoteRow(quote, account), ...aged(quote) })),
    open: {
      quotes: all.count,
      worth: shown(all.worth, account),
      sent: ofStatus('sent'),
      draft: ofStatus('draft'),
      ...(all.oldest === null ? {} : { oldestOn: all.oldest.on, oldestDays: all.oldest.days }),
      unpriced: all.unpriced,
      includesSamples: all.includesSamples,
      ...leftOutMark(all.samplesLeftOut),
    },
    currency: account.currency,
    ...placeOf(place),
  };
}

const NOTHING = (account: Account) => shown(total<'price'>(0n), account);
