// Quotes: their kinds and statuses, which step may follow which, and what stays frozen.
import { refused } from './errors.ts';
import { says } from './message.ts';
import type { Category, Cost } from './cost.ts';
import type { CalendarDate } from './dates.ts';
import type { Price } from './money.ts';
import { checkPriced, type Discount, type MadeOut, type PricedLine } from './paper.ts';
import type { Named } from './named.ts';

export const QUOTE_KINDS = ['original', 'change_order'] as const;
export type QuoteKind = (typeof QUOTE_KINDS)[number];

/** `superseded` is set by the books when a revision takes a quote's place, never by a person. */
export const QUOTE_STATUSES = ['draft', 'sent', 'accepted', 'declined', 'superseded'] as const;
export type QuoteStatus = (typeof QUOTE_STATUSES)[number];
export const SETTABLE_QUOTE_STATUSES = [
  'draft',
  'sent',
  'accepted',
  'declined',
] as const satisfies readonly QuoteStatus[];

/** A draft or sent quote: still an offer, still editable. */
export function isOpen(status: QuoteStatus): boolean {
  return status === 'draft' || status === 'sent';
}

/**
 * Whether the lines of a quote are part of its job's work.
 * @param contracted whether an original of the job is accepted: until then its offers count
 */
export function counts(status: QuoteStatus, contracted: boolean): boolean {
  return status === 'accepted' || (!contracted && isOpen(status));
}

/** Whether an original among these is accepted. */
export function isContracted(quotes: readonly { readonly kind: QuoteKind; readonly status: QuoteStatus }[]): boolean {
  return quotes.some(({ kind, status }) => kind === 'original' && status === 'accepted');
}

type Step = {
  readonly ref: string;
  readonly from: QuoteStatus;
  readonly to: QuoteStatus;
  readonly lines: readonly PricedLine[];
  /** Issued invoices that were made from this quote. */
  readonly invoicedBy: readonly string[];
};

/** @throws Problem where the step is not allowed, naming what to do instead. */
export function checkStep({ ref, from, to, lines, invoicedBy }: Step): void {
  if (from === 'superseded') throw refused(says('quote.replaced', { ref }), 'status');
  if (from === 'accepted' && to !== 'declined') throw refused(says('quote.stays-accepted', { ref }), 'status');
  if (from === 'accepted' && invoicedBy.length > 0)
    throw refused(says('quote.billed', { ref, invoices: invoicedBy }), 'status');
  if (to === 'sent' || to === 'accepted') checkPriced(ref, lines);
}

/** @throws Problem where lines, prices or costs are frozen. */
export function checkEditable(ref: string, status: QuoteStatus, field: string): void {
  if (status === 'draft' || status === 'sent') return;
  throw refused(says('quote.frozen', { ref, status }), field);
}

export type QuoteSummary = {
  readonly id: number;
  readonly isSample: boolean;
  readonly customer: Named;
  readonly job: Named | null;
  readonly kind: QuoteKind;
  readonly status: QuoteStatus;
  readonly title: string;
  readonly revisesId: number | null;
  /** The first original in its chain of revisions, or of the original that a change order stands beside. */
  readonly contractId: number;
  readonly discount: Discount | null;
  /** Whether the price of every line is known; else what it comes to is not, and these are of those that are. */
  readonly isPriced: boolean;
  readonly subtotal: Price;
  readonly tax: Price;
  readonly total: Price;
  readonly quotedOn: CalendarDate;
  /** The change by which it, or what it revises, was accepted; null where that is not known. */
  readonly acceptedIn: number | null;
};

/** @property daysOld of an open one: since it was sent, of a draft since its date */
export type QuoteAge = { readonly sentOn: CalendarDate | null; readonly daysOld: number | null };

/** A line with its private side: what it costs, and where it stands in the work. */
export type QuoteLine = PricedLine & {
  readonly lineId: number;
  readonly unitCost: Cost | null;
  readonly category: Category | null;
  /** The line of an earlier quote that this change-order line changes, and how it is named. */
  readonly changes: { readonly lineId: number; readonly ref: string } | null;
  readonly done: boolean;
  /** Words of the walk & talk that the line rests on. */
  readonly cites: string | null;
};

export type Quote = QuoteSummary & {
  readonly notes: string | null;
  /** The site visit that it was drafted from. */
  readonly walkAndTalkId: number | null;
  /** As whom it is made out, where the customer is called otherwise by now. */
  readonly to: MadeOut | null;
  readonly lines: readonly QuoteLine[];
};
