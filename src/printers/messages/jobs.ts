import type { JobMessages } from '../../domain/messages/jobs.ts';
import type { Catalogue } from '../catalogue.ts';
import { counted, listed, NOT_KNOWN_YET, short, some } from '../format.ts';

const HIDDEN = {
  expenses: 'expenses are',
  explanation: 'the records behind a profit are',
  order: 'what jobs made is',
};

/** What puts it on the other job. */
function movedBy(
  { ref, moves }: JobMessages['job.others-go-on']['put'],
  to: string | undefined,
): { readonly next: string } {
  const job = to === undefined ? 'its job' : `job: "${to}"`;
  const between = to === undefined ? ' and ' : ', ';
  if (moves === 'expense') return { next: `update-job-expense with expense: "${ref}"${between}${job}.` };
  if (moves === 'paper') return { next: `file-under-job with records: ["${ref}"]${between}${job}.` };
  return { next: `undo-change takes this back; then give ${job}.` };
}

type Unpaid = JobMessages['ending.unpaid']['invoices'][number];

function lateText({ dueOn, daysLate }: Unpaid): string {
  if (daysLate > 0) return ` (${counted(daysLate, 'day')} late)`;
  return dueOn === null ? '' : ` (due ${dueOn})`;
}

/** Bills that are named; the rest is counted. */
const MOST_BILLS = 10;

function billsText(invoices: JobMessages['job.unpaid']['invoices']): string {
  return some(
    invoices.map(({ ref, amount }) => `${ref} ${amount}`),
    MOST_BILLS,
  );
}

export const jobMessages: Catalogue<JobMessages> = {
  'ending.left-to-bill': ({ job, amount }) => ({
    says: `Left to bill: ${amount}.`,
    next: `create-invoice with restOf: ["${job}"] bills it; update-job with billingDone: true writes it off.`,
  }),
  'ending.left-of-offer': ({ job, quotes, amount }) => ({
    says: `Left to bill of ${listed(quotes)}, which nobody accepted yet: ${amount}.`,
    next: `Once accepted (update-quote with status: accepted), create-invoice with restOf: ["${job}"] bills it; update-job with billingDone: true writes it off.`,
  }),
  'ending.never-billed': ({ amount }) => `Of its contract ${amount} is not billed, and will not be now.`,
  'ending.to-credit': ({ amount, isBilled }) =>
    isBilled
      ? `More is billed than its contract comes to: ${amount} to credit.`
      : `Its contract comes to less than 0, by ${amount}, and no invoice is there to credit.`,
  'ending.unpaid': ({ total, invoices, count, isCancelled }) => {
    const each = invoices.map((invoice) => `${invoice.ref} ${invoice.amount}${lateText(invoice)}`);
    const unpaid = `Unpaid: ${count === 1 ? '' : `${total} in all: `}${some(each, each.length, count)}.`;
    return isCancelled ? { says: unpaid, next: 'It stays owed: void or credit what is not.' } : unpaid;
  },
  'ending.visits': ({ visits, count }) => ({
    says: `Still booked: ${some(
      visits.map(({ ref, title, when }) => `${ref} ${title} (${when})`),
      visits.length,
      count,
    )}.`,
    next: 'update-appointment with status: cancelled takes one off the calendar.',
  }),
  'ending.open': ({ papers, count, isOf }) => ({
    says: `Still open: ${some(
      papers.map(({ ref, status, amount }) => `${ref} (${status}, ${amount ?? NOT_KNOWN_YET})`),
      papers.length,
      count,
    )}.`,
    next: `${listed(
      [
        isOf.quotes && 'update-quote with status: declined closes a quote',
        isOf.drafts && 'update-invoice with discard: true throws a draft away',
      ],
      '; ',
    )}.`,
  }),
  'ending.profit': ({ before, now, isCostKnown }) =>
    `Its profit was ${before} and is ${now} now${isCostKnown ? '' : ', but what it cost is not known'}.`,
  'ending.nothing-left': () => 'Nothing is left to bill, unpaid, booked or open on it.',
  'job.others-go-on': ({ said, job, isCancelled, since, others, more, put }) => {
    const named = others.map(({ ref, name, customer }) => `${ref} ${short(name, 60)} (${short(customer, 60)})`);
    const [one] = others.length + more === 1 ? others : [];
    const other = one === undefined ? 'one of them' : one.ref;
    return {
      says: `${job.ref} ${short(job.name, 60)} ${isCancelled ? `was cancelled on ${since}` : `was completed on ${since} and is billed whole`}; ${said} also fits ${some(named, named.length, named.length + more)}, which ${one === undefined ? 'go' : 'goes'} on.`,
      next: `If ${put.ref} is for ${other}: ${movedBy(put, one?.ref).next}`,
      instead: `If it is for ${other}, move it there.`,
    };
  },
  'job.day-of-other-status': ({ of, status }) =>
    `goes with status: ${of}, and this job is ${status}. Give that status too, or leave it out.`,
  'job.say-whose': () => ({
    next: 'say who the job is for: either customer (C-7, or a name) or newCustomer with a name.',
    instead: 'say who the job is for: a customer that you have, or a new one with a name.',
  }),
  'job.sample-and-real': () => 'a sample and a real record do not go together. Start a real job for them.',
  'job.unpaid': ({ job, whose, invoices }) => ({
    says: `${job} has bills that ${whose.ref} ${whose.name} has yet to pay: ${billsText(invoices)}.`,
    next: `create-invoice with creditFor: "${invoices[0]?.ref}", all: true and billAgain: true credits ${invoices.length === 1 ? 'it' : 'one'} whole; then move the job and bill it again. Or have ${invoices.length === 1 ? 'it' : 'them'} paid first (record-payment).`,
    instead: `Credit ${invoices.length === 1 ? 'it' : 'them'} whole, move the job and bill it again, or have ${invoices.length === 1 ? 'it' : 'them'} paid first.`,
  }),
  'job.owed-back': ({ job, whose, invoices }) => ({
    says: `${job} has bills of which ${whose.ref} ${whose.name} gets money back: ${billsText(invoices)}.`,
    next: 'Give it back first (record-payment with refund: true).',
    instead: 'Give it back first.',
  }),
  'job.goes-with-whole-page': () => 'goes with the whole page. Leave section out.',
  'job.ends-before-start': ({ endsOn, startsOn }) => `${endsOn} is before the job starts on ${startsOn}.`,
  'job.costs-hidden': ({ what }) =>
    `${HIDDEN[what]} hidden: this assistant was not granted costs:read. Sign in again and allow it.`,
};
