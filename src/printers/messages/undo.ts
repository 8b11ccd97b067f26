import type { UndoMessages } from '../../domain/messages/undo.ts';
import { cut, inLine } from '../../domain/text.ts';
import type { Catalogue, Printed } from '../catalogue.ts';
import { heldText, some } from '../format.ts';

type LaterChange = Printed<UndoMessages['undo.cannot']>['changes'][number];

function named({ change, summary }: { readonly change: number; readonly summary: string }): string {
  return `change ${change} (${cut(inLine(summary), 160)})`;
}

function laterChange({ change, by, client, at, summary, isFrozen }: LaterChange): string {
  const mark = isFrozen ? ' (issued or paid: not undone)' : '';
  return `change ${change} by ${by ?? 'you'} through ${client}, ${at}: ${cut(inLine(summary), 160)}${mark}`;
}

function listed(advice: readonly string[]): string {
  return advice.map((line) => `\n- ${line}`).join('');
}

/** Records named before the rest is counted. */
const MOST_NAMED = 8;

const FROZEN = {
  'for good':
    'What was issued or paid stays on the books, also when it is void, so this change stands: set things right directly.',
  'until void':
    'Void what was issued or paid, and undo the others first, the newest first; or set things right directly.',
} as const;

export const undoMessages: Catalogue<UndoMessages> = {
  'undo.closed-months': (change) => ({
    next: `${named(change)} closed months or opened them, and is not undone like others: update-account with closedThrough does that, with a reason where months are opened again.`,
    instead: `${named(change)} closed months or opened them, and is not undone like others: open or close them again, with a reason where months are opened.`,
  }),
  'undo.issued-stays': ({ advice, ...change }) =>
    `${named(change)} is not undone like others. An issued invoice keeps its number:${listed(advice)}\nNothing was changed.`,
  'undo.payment-stays': ({ advice, ...change }) =>
    `${named(change)} is not undone like others. A payment stays on the books:${listed(advice)}\nNothing was changed.`,
  'undo.void-already': ({ ref }) => `${ref} is void already: nothing is billed by it.`,
  'undo.part-of-correction': ({ ref }) => ({
    next: `${ref} is part of a correction. Correct the replacement again: update-invoice with correct: true and the right lines.`,
    instead: `${ref} is part of a correction. Correct the replacement again, with the right lines.`,
  }),
  'undo.void-instead': ({ ref }) => ({
    next: `${ref}: update-invoice with status: void and a voidReason takes it out of what is billed.`,
    instead: `${ref}: void it with a reason, which takes it out of what is billed.`,
  }),
  'undo.has-payments': ({ ref, instead }) => `${ref} has payments or credits. ${instead}`,
  'undo.payment-void-already': ({ ref }) => `${ref} is void already: it counts nothing.`,
  'undo.void-payment-instead': ({ ref }) => ({
    next: `${ref}: record-payment with void: "${ref}" and a voidReason takes it out.`,
    instead: `${ref}: void it with a reason, which takes it out.`,
  }),
  'undo.no-such-change': ({ change }) => ({
    says: `there is no change ${change}.`,
    next: 'list-changes shows them with their numbers.',
  }),
  'undo.no-change-of': () => ({
    says: 'there is no change of yours to undo.',
    next: 'list-changes shows all there were.',
  }),
  'undo.not-by-a-tool': ({ change, summary, instead }) =>
    `change ${change} was no tool's (${inLine(summary)}). ${instead}`,
  'undo.opened-the-books': () => 'It opened these books, and everything stands on it.',
  'undo.plan-is-set': () => 'The plan is set by whoever runs this Jobwright, with --plan.',
  'undo.restored': () =>
    'It brought these books back from a backup, and numbers go on after those that were given out before.',
  'undo.returned-beyond': ({ returned, spent }) =>
    `${returned} would come back on a line on which other expenses come to ${spent}`,
  'undo.booked-by-itself': () => ({
    says: 'It booked what comes every month.',
    next: 'Take the expense out with update-job-expense (expense E-88, remove: true); to end it for good, do the same with its M number.',
    instead: 'Take the expense out, or end what comes every month.',
  }),
  'undo.samples-loaded': () => ({
    says: 'It loaded the samples.',
    next: 'update-account with removeSamples: true takes them out.',
  }),
  'undo.not-for-you': ({ change, summary, tool }) => ({
    next: `change ${change} (${inLine(summary)}) was made with ${tool}, which is not for you: whoever may not do it may not undo it. Ask the owner.`,
    instead: `change ${change} (${inLine(summary)}) is not for you to make, so not to undo either. Ask the owner.`,
  }),
  'undo.undone-already': ({ change, summary, by }) =>
    `change ${change} (${inLine(summary)}) is undone already, by change ${by}. To have it back, undo change ${by}.`,
  'undo.cannot': ({ why, changes, frozen, records, more, later, only, ...change }) => {
    const shown = [...changes.map(laterChange), ...records];
    const rest = more > 0 ? [`and ${more} more`] : [];
    const first = only === null ? 'those, the newest' : `change ${only}`;
    const next =
      frozen === null
        ? later === 0
          ? 'Set those right first.'
          : `Undo ${first} first, or set things right directly.`
        : FROZEN[frozen];
    return `${named(change)} cannot be undone: ${why}:${listed([...shown, ...rest])}\nNothing was changed. ${next}`;
  },
  'undo.later-changes': () => 'later changes stand on it',
  'undo.later-records': () => 'later records stand on it',
  'undo.refers-to-what-is-gone': () => 'what it would bring back refers to what is gone since',
  'undo.currency-fixed': () => 'the currency is fixed once money is recorded',
  'undo.other-currency': () => 'its amounts are in the currency of before',
  'undo.records-in-currency': ({ held, currency }) => `${heldText(held)} in ${currency}`,
  'undo.part-of-line': ({ noun, line }) => `the ${noun ?? 'entry'} of ${line ?? 'a line'}`,
  'undo.part-of-record': ({ noun, ref }) => `a ${noun} on ${ref}`,
  'undo.line-counts-nowhere': ({ ref }) => `${ref} would cover a line that does not count on its job`,
  'undo.done-on-an-offer': ({ ref }) => `${ref} is marked done, and its quote would be an offer`,
  'undo.of-another-customer': ({ job }) => `something on ${job} would be of another customer than the job`,
  'undo.on-merged': ({ what, ref, name }) =>
    `${what ?? 'a record'} would stand on ${ref} ${name}, who would be merged with another record`,
  'undo.merged-in-a-circle': ({ ref, name }) => `${ref} ${name} would in the end be merged with itself`,
  'undo.came-back-to': ({ ref, name }) => `what was of ${ref} ${name} came back since, to the record merged with`,
  'undo.went-on': ({ refs, from, into }) =>
    `${from.ref} ${from.name} is merged with ${into.ref} ${into.name} by now, so ${some(refs, MOST_NAMED)} came to ${into.ref}.`,
  'undo.apart-from-its-own': ({ what }) => `${what ?? 'a record'} would be of another customer than what belongs to it`,
  'undo.on-another-job': ({ what }) => `${what ?? 'a record'} would be on another job than what belongs to it`,
  'undo.other-lines': ({ what }) => `${what ?? 'a paper'} would get other lines`,
  'undo.cite-lost': ({ ref, cites }) => `${ref} cites "${cites}", which the transcript would lack`,
  'undo.bills-what-is-not-accepted': ({ ref, bills }) =>
    `${bills.join(', ')} would bill ${ref}, which would not be accepted`,
  'undo.billed-beyond': ({ ref, bills, billed, contract }) =>
    `${ref} would be billed beyond what is accepted: ${billed} by ${bills.join(', ')} of ${contract}`,
  'undo.both-accepted': ({ ref, quotes }) => `${quotes.join(' and ')} would both be accepted in the place of ${ref}`,
  'undo.payment-on-it': ({ ref, status, payment }) => `${ref} would be ${status} with ${payment} on it`,
  'undo.credit-on-it': ({ ref, status, note }) => `${ref} would be ${status}, and ${note} credits it`,
  'undo.paid-beyond': ({ ref, paid, total }) => `${paid} would be paid on ${ref}, which comes to ${total}`,
  'undo.given-back-beyond': ({ ref, amount }) => `${amount} more would be given back on ${ref} than was paid`,
  'undo.counts-beyond': ({ ref }) => `more of ${ref} would count against contracts than it comes to`,
  'undo.credited-beyond': ({ ref }) => `more would be credited on ${ref} than it comes to`,
};
