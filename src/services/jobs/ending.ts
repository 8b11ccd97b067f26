// What it means that a job is completed or cancelled: what is left to bill of it, unpaid, booked and open, and how its
// profit changes. None of that keeps it from ending; whoever ends it shall know.
import { daysBetween } from '../../domain/dates.ts';
import { later, timeInWords } from '../../domain/appointment.ts';
import type { Job, JobStatus } from '../../domain/job.ts';
import { leftToBill, remainderOf } from '../../domain/left-to-bill.ts';
import { says, type Message, type Messages } from '../../domain/message.ts';
import { price, sum, text } from '../../domain/money.ts';
import { quotesCounted } from '../../domain/offers.ts';
import { isOpen } from '../../domain/quote.ts';
import { invoiceRef, refOf } from '../../kinds/reference.ts';
import { countAppointments, listAppointments } from '../../store/books/appointments.ts';
import { listInvoices } from '../../store/books/invoices.ts';
import type { JobRecords } from '../../store/derived/job-records.ts';
import type { WriteContext } from '../context.ts';
import { jobQuotes } from '../quotes/contracts.ts';
import { amountText, amountsOf, worthText } from '../shared/amounts.ts';
import { freshFigures } from '../shared/job-profit.ts';

/** Records of each kind that are named; the rest is counted. */
const MOST_NAMED = 5;
/** Visits are looked for this far ahead. */
const TEN_YEARS_OF_MINUTES = 10 * 366 * 24 * 60;
const ALL = { limit: 1000, before: null };

export function ends(status: JobStatus): status is 'completed' | 'cancelled' {
  return status === 'completed' || status === 'cancelled';
}

/** @param was the job's records before this write */
export async function endingNotes(
  scope: WriteContext,
  { id, status }: Pick<Job, 'id'> & { readonly status: 'completed' | 'cancelled' },
  was: JobRecords,
): Promise<Message[]> {
  const invoices = (await listInvoices(scope, { jobId: id }, ALL)).toReversed();
  const left = [
    // What a cancelled job is never billed was left until now; of a completed one the same write may write it off.
    ...leftNotes(scope, status === 'cancelled' ? was : await scope.jobs.of(id), { job: refOf('job', id), status }),
    ...unpaidNotes(scope, invoices, status),
    ...(await visitNotes(scope, id)),
    ...(await openNotes(scope, id, invoices)),
  ];
  const profit = await profitNotes(scope, id, was);
  return left.length === 0 ? [says('ending.nothing-left'), ...profit] : [...left, ...profit];
}

/** What its contracts still come to; a cancelled job is billed no further. */
function leftNotes(
  scope: WriteContext,
  { ledger, forecast: { forecast } }: JobRecords,
  of: { job: string; status: JobStatus },
): Message[] {
  const { contracts, billingDoneOn, quotes } = ledger;
  const offered = contracts.length === 0 && of.status === 'completed' ? (forecast.leftToBill ?? 0) : 0;
  if (offered > 0) {
    const refs = quotesCounted(quotes).map(({ ref }) => ref);
    return [says('ending.left-of-offer', { job: of.job, quotes: refs, amount: amountText(scope, price(offered)) })];
  }
  const left = leftToBill(contracts, null, billingDoneOn !== null);
  const isBilled = contracts.some(({ bills }) => bills.length > 0);
  const toCredit = sum(contracts.map((contract) => price(Math.max(0, -remainderOf(contract, null)))));
  return [
    ...(left > 0
      ? [
          says(of.status === 'cancelled' ? 'ending.never-billed' : 'ending.left-to-bill', {
            job: of.job,
            amount: amountText(scope, left),
          }),
        ]
      : []),
    ...(toCredit > 0 ? [says('ending.to-credit', { amount: amountText(scope, toCredit), isBilled })] : []),
  ];
}

type Invoices = Awaited<ReturnType<typeof listInvoices>>;

function unpaidNotes(scope: WriteContext, all: Invoices, status: JobStatus): Message[] {
  const unpaid = all.filter((invoice) => invoice.status === 'issued' && invoice.balance > 0);
  if (unpaid.length === 0) return [];
  const invoices = unpaid.slice(0, MOST_NAMED).map(({ id, number, balance, dueOn }) => ({
    ref: invoiceRef(id, number),
    amount: amountText(scope, balance),
    dueOn,
    daysLate: dueOn === null ? 0 : Math.max(0, daysBetween(dueOn, scope.today)),
  }));
  const total = amountText(scope, sum(unpaid.map(({ balance }) => balance)));
  return [says('ending.unpaid', { total, invoices, count: unpaid.length, isCancelled: status === 'cancelled' })];
}

/** Visits to come that nobody took back. */
async function visitNotes(scope: WriteContext, jobId: number): Promise<Message[]> {
  const toCome = { startsAt: scope.now, endsAt: later(scope.now, TEN_YEARS_OF_MINUTES) };
  const booked = { jobId, status: 'scheduled', during: toCome } as const;
  const visits = (await listAppointments(scope, booked, { limit: MOST_NAMED, after: null })).map(
    ({ id, title, startsAt }) => ({
      ref: refOf('appointment', id),
      title,
      when: timeInWords(startsAt, scope.account.timeZone),
    }),
  );
  if (visits.length === 0) return [];
  const count = visits.length < MOST_NAMED ? visits.length : await countAppointments(scope, booked);
  return [says('ending.visits', { visits, count })];
}

/** Drafts of invoices, and quotes that were neither accepted nor declined. */
async function openNotes(scope: WriteContext, jobId: number, invoices: Invoices): Promise<Message[]> {
  const amounts = amountsOf(scope);
  type Open = Messages['ending.open']['papers'][number];
  const quotes = (await jobQuotes(scope, jobId))
    .filter(({ status }) => isOpen(status))
    .map((quote): Open => ({ ref: refOf('quote', quote.id), status: quote.status, amount: worthText(scope, quote) }));
  const drafts = invoices
    .filter(({ status }) => status === 'draft')
    .map(({ id, status, subtotal }): Open => ({ ref: invoiceRef(id, null), status, amount: amounts(subtotal) }));
  const papers = [...quotes, ...drafts];
  if (papers.length === 0) return [];
  const isOf = { quotes: quotes.length > 0, drafts: drafts.length > 0 };
  return [says('ending.open', { papers: papers.slice(0, MOST_NAMED), count: papers.length, isOf })];
}

/** A cancelled job's plan never happens, which changes what it made. One that nobody bought made nothing before either. */
async function profitNotes(scope: WriteContext, jobId: number, was: JobRecords): Promise<Message[]> {
  const { profitHidden, currency } = scope.account;
  if (profitHidden !== null) return [];
  const before = was.profit.profitSummary.profit;
  const { profit: now, warnings } = await freshFigures(scope, jobId);
  const isCostKnown = !warnings.some(({ code }) => code === 'unknown_cost');
  if (before === now || (was.forecast.standing === 'unsold' && now === 0)) return [];
  const figures = { before: text(before, currency), now: `${text(now, currency)} ${currency}` };
  return [says('ending.profit', { ...figures, isCostKnown })];
}
