// What is quoted under no contract: the originals that are open while none is accepted, of which one will be, and change
// orders whose own original is not. What is left to bill of it counts until somebody says that nothing more will be billed.
import type { CalendarDate } from './dates.ts';
import type { JobStatus } from './job.ts';
import { isAnythingLeft, type BilledContract } from './left-to-bill.ts';
import { price, sum, type Price } from './money.ts';
import { counts, isContracted, isOpen, type QuoteKind, type QuoteStatus } from './quote.ts';

type OfferedQuote = {
  readonly contractId: number;
  readonly kind: QuoteKind;
  readonly status: QuoteStatus;
  readonly subtotal: Price;
};
/** What of a job decides what is left of its offers. */
type Offering = {
  readonly status: JobStatus;
  readonly quotes: readonly OfferedQuote[];
  readonly contracts: readonly BilledContract[];
  /** Billed from lines, less its credits: what an original counts against itself once it is accepted. */
  readonly billedFromLines: Price;
  readonly billingDoneOn: CalendarDate | null;
};

/** Accepted quotes and change orders; while no original is accepted, the open originals and change orders instead. */
export function quotesCounted<Quote extends Pick<OfferedQuote, 'kind' | 'status'>>(quotes: readonly Quote[]): Quote[] {
  const contracted = isContracted(quotes);
  return quotes.filter(({ status }) => counts(status, contracted));
}

/**
 * Of counted quotes under no contract what they come to and what of that is left. What was billed from lines counts
 * against the one original that is open, as it will once that is accepted.
 */
export function leftOfOffers({ quotes, contracts, billedFromLines, billingDoneOn }: Offering): {
  readonly worth: Price;
  readonly left: Price;
} {
  const counted = quotesCounted(quotes);
  const under = new Set(contracts.map(({ contractId }) => contractId));
  const worth = sum(counted.filter(({ contractId }) => !under.has(contractId)).map(({ subtotal }) => subtotal));
  const open = counted.filter(({ kind, status }) => kind === 'original' && isOpen(status));
  const billed = open.length === 1 ? Math.max(0, Math.min(billedFromLines, worth)) : 0;
  return { worth, left: price(billingDoneOn === null ? worth - billed : 0) };
}

/** Each of several open originals as if it were accepted with its change orders, and the others were not; none where there is no choice. */
export function choicesOf<Job extends Offering>(
  job: Job,
): { readonly original: Job['quotes'][number]; readonly alone: Job }[] {
  if (job.status === 'cancelled' || isContracted(job.quotes)) return [];
  const open = job.quotes.filter(({ kind, status }) => kind === 'original' && isOpen(status));
  if (open.length < 2) return [];
  const offered = new Set(open.map(({ contractId }) => contractId));
  const orders = Map.groupBy(
    job.quotes.filter(({ kind }) => kind === 'change_order'),
    ({ contractId }) => (offered.has(contractId) ? contractId : null),
  );
  return open.map((original) => {
    const quotes = [original, ...(orders.get(original.contractId) ?? []), ...(orders.get(null) ?? [])];
    return { original, alone: { ...job, quotes } };
  });
}

/** Whether there is more to bill. Of several offers one will be accepted: it may be one that is billed whole. */
export function isMoreToBill(job: Offering): boolean {
  if (isAnythingLeft(job.contracts, null, job.billingDoneOn !== null)) return true;
  const choices = choicesOf(job);
  if (choices.length === 0) return leftOfOffers(job).left > 0;
  return choices.every(({ alone }) => leftOfOffers(alone).left > 0);
}
