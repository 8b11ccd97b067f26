import type { QuoteMessages } from '../../domain/messages/quotes.ts';
import type { Catalogue } from '../catalogue.ts';
import { NOT_KNOWN_YET, some } from '../format.ts';

const UNFREEZE = {
  accepted: {
    next: 'Make a change order for extra or dropped work (create-quote with kind change_order), or revise it (create-quote with revises).',
    instead: 'Make a change order for extra or dropped work, or revise it.',
  },
  declined: { next: 'Make a new quote, or set it back to draft first.' },
  superseded: { next: 'Change its revision instead.' },
};

type Contract = QuoteMessages['order.say-which']['contracts'][number];

function listed(contracts: readonly Contract[]): string {
  return contracts
    .map(({ ref, title, status, amount }) => `\n- ${ref} ${title}, ${status}, ${amount ?? NOT_KNOWN_YET}`)
    .join('');
}

export const quoteMessages: Catalogue<QuoteMessages> = {
  'quote.replaced': ({ ref }) => `${ref} was replaced by its revision. Change the revision instead.`,
  'quote.stays-accepted': ({ ref }) =>
    `${ref} is accepted and stays so. Revise it, add a change order, or set it to declined.`,
  'quote.billed': ({ ref, invoices }) => ({
    next: `${ref} is billed by ${invoices.join(', ')}. Void that first (a paid one is credited: create-invoice with creditFor, all and billAgain: true), then decline the quote.`,
    instead: `${ref} is billed by ${invoices.join(', ')}. Void that first, or credit it where it is paid, then decline the quote.`,
  }),
  'quote.frozen': ({ ref, status }) => ({ says: `${ref} is ${status}: its lines are frozen.`, ...UNFREEZE[status] }),
  'what-if.too-large': ({ line, description }) =>
    `${line} (${description}) would grow beyond what a line may come to. Give a smaller change.`,
  'order.no-such-contract': ({ quote, where, contracts }) =>
    `${quote} is no contract of ${where}. These are:${listed(contracts)}`,
  'order.no-original': ({ where }) =>
    `${where} has no original quote that a change order could change. Make this one kind: original.`,
  'order.say-which': ({ where, quote, contracts }) =>
    `${where} has several. Say which one this changes, like contract: "${quote}":${listed(contracts)}`,
  'quote.not-from-a-walk': () => ({
    next: 'this quote is not drafted from a walk & talk. Leave cites out, or give fromWalkAndTalk (W-3) to create-quote.',
    instead: 'this quote is not drafted from a walk & talk, so its lines cite nothing.',
  }),
  'quote.cites-missing': ({ ref }) =>
    `is missing. Give the words of ${ref} that this line rests on, at least three in a row; leave out what nobody spoke of.`,
  'line.not-a-number': ({ said }) => ({
    next: `${said} is not a line's number. Write it like Q-31/2; get-quote shows them.`,
    instead: `${said} is not a line's number. Write it like Q-31/2.`,
  }),
  'line.of-other-work': () => 'that line belongs to other work. A change order changes a line of the same job.',
  'line.not-of-quote': ({ said, quote, first, last }) => `${said} is not a line of ${quote}. Use ${first} to ${last}.`,
  'order.contract-without-order': () => 'goes with kind change_order: it names the contract that the order changes.',
  'quote.goes-with-done-lines': () => ({
    next: 'goes with doneLines: the lines that are done and cost nothing.',
    instead: 'goes with the lines that are done and cost nothing.',
  }),
  'quote.from-walk-is-draft': () => ({
    next: 'a quote from a walk & talk starts as a draft, to be read and priced first. Leave status out; update-quote sends it.',
    instead: 'a quote from a walk & talk starts as a draft, to be read and priced before it is sent.',
  }),
  'quote.day-without-status': () => ({
    next: 'goes with status: the day on which it was sent, accepted or declined.',
    instead: 'is the day on which a quote was sent, accepted or declined.',
  }),
  'quote.day-to-come': ({ said, today }) =>
    `${said} is still to come: today is ${today}. Give the day on which it was.`,
  'quote.done-before-accepted': ({ ref, status }) =>
    `${ref} is ${status}. Lines are marked done once the quote is accepted.`,
  'discount.one-of-two': () => ({
    next: 'give one of the two: { "percent": 10 } or { "amount": 250 }.',
    instead: 'give a percentage or an amount, one of the two.',
  }),
  'discount.more-than-lines': ({ amount, whole, currency }) =>
    `${amount} ${currency} is more than the lines come to (${whole} ${currency}).`,
  'quote.copy-of-one': () => ({
    next: 'copies the lines of one quote. Leave revises and fromWalkAndTalk out; lines, where given, are added to the copied ones.',
    instead: 'copies the lines of one quote, and follows from nothing else.',
  }),
  'quote.changes-what-prices': () => ({
    next: 'changes the prices that are taken over. It goes with copyOf, or with revises where lines are left out.',
    instead: 'changes the prices that are taken over from another quote, and none are.',
  }),
  'quote.say-lines': () => ({
    next: 'is missing. Give the lines, or a quote whose lines to take over: copyOf for other work, revises for a new version.',
    instead: 'is missing. Say what is offered.',
  }),
  'quote.lines-or-added': () =>
    'are added to the lines that there are, and lines stands in their place. Give one of the two.',
  'note.lines-taken-out': ({ quote }) => ({
    says: `The lines that were given are all that ${quote} has now.`,
    next: 'addLines adds a line and keeps the others; undo-change takes this back.',
  }),
  'quote.too-many-lines': ({ most }) => `with the lines that are taken over there are more than ${most}.`,
  'note.others-open': ({ quotes, count, by }) => {
    const named = some(
      quotes.map(({ ref, amount }) => (amount === null ? ref : `${ref} of ${amount}`)),
      quotes.length,
      count,
    );
    const [is, them] = count === 1 ? ['is', 'it'] : ['are', 'them'];
    return {
      says: `${named} ${is} still open: decline ${them} if ${by} replaces ${them}.`,
      next: `update-quote with status: declined closes ${count === 1 ? them : 'each'}.`,
    };
  },
  'note.parted-returns': ({ expenses }) =>
    `${expenses.join(', ')} came back on a line for which nothing is bought any more, and now ${expenses.length === 1 ? 'stands' : 'stand'} among the expenses.`,
  'note.amount-off-kept': ({ amount }) => ({
    says: `The ${amount} off was kept as it is: the percentage changed the prices of lines alone.`,
    next: 'update-quote with discount changes it.',
  }),
  'note.notes-not-copied': ({ from }) =>
    `The notes of ${from} are not copied, since they were written for another customer.`,
  'quote.revised-already': ({ ref, by }) => `${ref} was replaced by ${by}. Revise ${by} instead.`,
  'quote.revised-meanwhile': ({ ref, by }) => `${ref} was replaced by ${by} meanwhile. Revise ${by} instead.`,
  'what-if.discount-below-zero': ({ said, percent }) => ({
    says: `a discount takes something off, and ${said} % would add to the prices. Write ${percent} for ${percent} % off.`,
    next: `What prices ${percent} % higher come to: create-quote with copyOf, changePercent: ${percent} and preview: true.`,
  }),
  'what-if.discount-or-margin': () => ({
    next: 'discountPercent and marginPercent exclude each other. Give discountPercent to take something off the prices, or marginPercent to price anew from the costs.',
    instead: 'take something off the prices, or price anew from the costs: one of the two.',
  }),
  'what-if.margin-below-100': ({ said }) =>
    `${said} must be below 100: margin is a share of the price. For twice the cost, write 50.`,
};
