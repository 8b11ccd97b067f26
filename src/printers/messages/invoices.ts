import type { InvoiceMessages } from '../../domain/messages/invoices.ts';
import type { Catalogue } from '../catalogue.ts';

const ALONE = {
  correct: 'does not go with correct.',
  countsAgainst: {
    next: 'does not go with countsAgainst, which leaves the invoice as it is.',
    instead: 'does not go with saying what an invoice counts against, which leaves it as it is.',
  },
  dueOn: {
    next: 'an issued invoice is frozen but for its due date: give dueOn alone, or change the rest with correct.',
    instead: 'an issued invoice is frozen but for its due date. Change that alone, or correct the invoice.',
  },
  void: 'a void changes nothing else. Leave this out.',
  discard: 'does not go with discard, which throws the draft away.',
};

const NOTHING_LEFT = {
  cancelled: 'cancelled, so nothing is left to bill',
  'all-billed': 'nothing is left to bill',
  'no-contract': 'no quote is accepted, so nothing says what to bill',
};

export const invoiceMessages: Catalogue<InvoiceMessages> = {
  'invoice.below-zero': () => 'an invoice cannot total below 0. Lower the discount lines, or bill less.',
  'invoice.due-before-issued': ({ dueOn, issuedOn }) =>
    `${dueOn} is before the invoice's own date ${issuedOn}. Give a later day.`,
  'invoice.credit-is-not-due': ({ ref }) => `${ref} is a credit note: nothing is due on it.`,
  'credit.before-the-invoice': ({ ref, day, issuedOn }) => ({
    next: `${day} is before ${ref} itself, which is dated ${issuedOn}. Give that day or a later one, like ${issuedOn}, or leave issuedOn out.`,
    instead: `${day} is before ${ref} itself, which is dated ${issuedOn}. Give that day or a later one.`,
  }),
  'invoice.void-stays': ({ ref }) => `${ref} is void and stays as it is. Make a new invoice instead.`,
  'invoice.frozen': ({ ref }) => ({
    next: `${ref} is issued and frozen but for its due date. Correct it (update-invoice with correct), credit it, or void it with a reason.`,
    instead: `${ref} is issued and frozen but for its due date. Correct it, credit it, or void it with a reason.`,
  }),
  'invoice.already-void': ({ ref }) => `${ref} is already void.`,
  'invoice.draft-is-discarded': ({ ref }) => ({
    says: `${ref} is a draft: nothing was billed.`,
    next: 'Discard it with discard: true.',
  }),
  'invoice.was-corrected': ({ ref, by }) =>
    `${ref} was corrected: ${by} stands for it. Void ${by} instead; then nothing of either is billed.`,
  'invoice.credited-not-voided': ({ ref, instead }) => `${ref} is credited already. ${instead}`,
  'invoice.paid-not-voided': ({ ref, instead }) => ({
    next: `${ref} has payments. ${instead} Where only its amounts were wrong: update-invoice with correct: true and the right lines.`,
    instead: `${ref} has payments. ${instead} Where only its amounts were wrong, correct it.`,
  }),
  'instead-of-void.void-notes': ({ ref, notes }) => ({
    next: `Void ${notes.join(', ')} first (update-invoice with status: void), then ${ref}.`,
    instead: `Void ${notes.join(', ')} first, then ${ref}.`,
  }),
  'instead-of-void.nothing': () => 'It is credited in full: nothing of it is billed any more.',
  'instead-of-void.credit': ({ ref, reductions, counts }) => {
    const credit =
      reductions.length === 0
        ? 'Credit it instead'
        : `Void ${reductions.join(', ')} first: a price reduction stays otherwise. Then credit it`;
    return {
      next: `${credit}: create-invoice with creditFor: "${ref}"${counts ? ', all: true and billAgain: true' : ' and all: true'}.`,
      instead: `${credit}.`,
    };
  },
  'billing.nothing-remains': ({ ref, billed, contract }) =>
    `nothing remains to bill on ${ref}: ${billed} of ${contract} is billed. Extra work goes on an invoice with lines, or a change order first.`,
  'billing.nothing-asked': ({ amount }) => ({
    says: `${amount} is nothing to bill.`,
    next: 'Give a percent or amount above 0, or rest: true.',
    instead: 'Give a percentage or an amount above 0, or the rest.',
  }),
  'billing.more-than-remains': ({ ref, amount, remaining, billed, contract }) => ({
    says: `${amount} is more than the ${remaining} that remains of ${ref} (${billed} of ${contract} is billed).`,
    next: 'Use rest: true, or put extra work on an invoice with lines.',
    instead: 'Bill the rest, or put extra work on an invoice with lines.',
  }),
  'billing.below-zero-with-tax': ({ ref, tax }) =>
    `with the tax of ${ref}, ${tax} after what is billed, this bill would total below 0. Correct the bill with too much tax first.`,
  'credit.more-than-left-at-rate': ({ rate, left, amount }) => ({
    says: `at ${rate} % tax only ${left} is left to credit, not ${amount}.`,
    next: 'Check the lines and their taxRatePercent.',
    instead: 'Check the lines and their tax.',
  }),
  'credit.not-positive': () => 'a credit is written with positive amounts: what you give back.',
  'credit.more-than-left': ({ subtotal, total }) => ({
    says: `that is more than is left to credit in all: ${subtotal}, with tax ${total}.`,
    next: 'Give less, or all: true.',
    instead: 'Give less, or all of it.',
  }),
  'billing.rest-written-off': ({ ref, amount }) => ({
    says: `nothing remains to bill on ${ref}: the ${amount} that was left is written off.`,
    next: 'To bill it after all, take that back first: update-job with billingDone: false.',
    instead: 'To bill it after all, take that back first.',
  }),
  'billing.not-with-rest': () => ({
    next: 'does not go with restOf, which bills what is left of the contracts of those jobs.',
    instead: 'does not go with billing the rest of several jobs.',
  }),
  'billing.job-twice': ({ job }) => `${job} is named already.`,
  'billing.nothing-on-job': ({ job, name, why, orders }) =>
    orders.length === 0
      ? `${job} ${name}: ${NOTHING_LEFT[why]}.`
      : `${job} ${name}: nothing is left to bill but ${orders.join(' and ')}, and what that changes is not accepted. ${WITHOUT_ITS_QUOTE}`,
  'billing.no-rest': ({ jobs }) => `Nothing to bill. ${jobs.join(' ')}`,
  'billing.several': ({ count }) => `Each of these ${count} is issued at once.`,
  'note.leaves-open-orders': ({ contract, orders }) =>
    `The rest of ${contract} leaves out ${orders.join(', ')}, not accepted yet.`,
  'billing.say-which-quote': () => 'say which quote is billed, like Q-31, or the job or customer whose contract it is.',
  'billing.no-contract-of': ({ of, name }) => ({
    says: `no quote of ${of} ${name} is accepted.`,
    next: 'Accept it first (update-quote with status accepted), or bill lines.',
    instead: 'Accept it first, or bill lines.',
  }),
  'billing.one-share': () => ({
    next: 'give one of percent (like 30), amount (before tax) or rest: true.',
    instead: 'give one of a percentage, an amount before tax, or the rest.',
  }),
  'billing.quote-gone': () => 'the quote that this draft bills is gone. Discard the draft.',
  'credit.say-what': () => ({
    next: 'say what to credit: lines, an amount before tax, or all: true.',
    instead: 'say what to credit: lines, an amount before tax, or all of it.',
  }),
  'credit.of-credit-note': ({ ref }) => `${ref} is a credit note itself.`,
  'credit.not-issued': ({ ref, status }) => `${ref} is ${status}: only an issued invoice is credited.`,
  'credit.all-credited': ({ ref }) => `${ref} is credited entirely already.`,
  'credit.more-than-left-before-tax': ({ amount, left, ref }) => ({
    says: `${amount} is more than the ${left} before tax that is left to credit on ${ref}.`,
    next: 'Give at most that, or all: true.',
    instead: 'Give at most that, or all of it.',
  }),
  'counting.credit-note': ({ ref }) => `${ref} is a credit note: it counts where its invoice does.`,
  'counting.not-issued': ({ ref, status }) => `${ref} is ${status}. Only an issued invoice counts against anything.`,
  'counting.from-quote': ({ ref, quote }) =>
    `${ref} was made from ${quote} and says so on its lines. Correct or credit it instead.`,
  'counting.corrected': ({ ref }) => `${ref} was corrected. Say it of its replacement.`,
  'counting.other-work': ({ ref, invoice }) => `${ref} is other work than ${invoice}. File both under one job first.`,
  'counting.not-accepted': ({ ref }) => `${ref} is not accepted. Accept it first, or say "extra".`,
  'counting.nothing-left': ({ contract, invoice }) =>
    `nothing is left of ${contract} that ${invoice} could count against.`,
  'credit.say-whether-bill-again': ({ invoice, ref, less }) => ({
    next: `${invoice} would be credited in full. Say what becomes of ${ref}: billAgain: true puts ${less} back to what is left to bill, as a void would; billAgain: false is a price reduction, so that ${ref} comes to ${less} less.`,
    instead: `${invoice} would be credited in full. Say what becomes of ${ref}: either ${less} goes back to what is left to bill, as a void would do, or it is a price reduction, so that ${ref} comes to ${less} less.`,
  }),
  'invoice.corrected-already': ({ ref }) => `${ref} was corrected already. Correct its replacement.`,
  'invoice.give-right-lines': ({ ref }) => `give the lines that ${ref} should have had.`,
  'invoice.goes-with-credit': () => ({
    next: 'goes with creditFor. To bill an amount of a quote use fromQuote with amount.',
    instead: 'is for a credit note. An amount of a quote is billed from the quote.',
  }),
  'invoice.say-what-is-billed': () => ({
    next: 'give lines, or fromQuote to bill a share of an accepted quote, or creditFor for a credit note.',
    instead: 'give lines, or an accepted quote to bill a share of, or an invoice to credit.',
  }),
  'invoice.draft-has-no-date': () => 'a draft has no issue date yet. Leave it out, or leave out draft.',
  'invoice.quote-is-for-other-work': () =>
    'the quote is for other work. Leave customer and job out: the quote says both.',
  'invoice.not-with-credit': () => ({
    next: 'does not go with creditFor: a credit note takes after its invoice and is issued at once.',
    instead: 'does not go with a credit note, which takes after its invoice and is issued at once.',
  }),
  'invoice.goes-with-void': () => 'goes with status: void.',
  'invoice.goes-with-issued': () => 'goes with status: issued; a draft has no issue date yet.',
  'invoice.share-follows-quote': ({ ref }) =>
    `${ref} bills a share of a quote, so its lines follow from that. Discard it and bill another share.`,
  'invoice.part-of-correction': ({ ref, corrected }) =>
    `${ref} is part of the correction of ${corrected} and stays. Correct the replacement instead.`,
  'invoice.say-why-void': ({ ref }) =>
    `say why ${ref} is void, like "billed twice". The number and the reason stay on the books.`,
  'invoice.would-bill-unaccepted': ({ ref, invoice, quote }) =>
    `without ${ref}, ${invoice} would bill ${quote}, which is no longer accepted. Accept ${quote} first, or leave the credit.`,
  'invoice.only-issued-overdue': () => 'only issued invoices can be overdue. Leave status out.',
  'billing.quote-not-accepted': ({ ref, status }) => ({
    next: `${ref} is ${status}. Accept the quote first (update-quote with status accepted), then bill it.`,
    instead: `${ref} is ${status}. Accept the quote first, then bill it.`,
  }),
  'billing.order-of-unaccepted': ({ ref, changes }) => ({
    next: `${ref} is a change order, and the quote it changes (${changes}) is not accepted. Accept that first (update-quote with status accepted), then bill it. Or: ${WITHOUT_ITS_QUOTE}`,
    instead: `${ref} is a change order, and the quote it changes (${changes}) is not accepted. Accept that first, then bill it.`,
  }),
  'note.written-off-billed': ({ ref, amount }) => `Of what was written off on ${ref}, ${amount} is billed after all.`,
  'note.joint-tax': ({ quotes, together, apart, difference, isMore }) =>
    `${quotes.join(' and ')} billed together come to ${together} tax; each rounded for itself they say ${apart}. That is ${difference} ${isMore ? 'more' : 'less'}, since tax is rounded once for each rate of the contract.`,
  'note.part-is-extra': ({ ref, amount }) => `${ref} (${amount} of it)`,
  'note.counts-as-extra': ({ bills, count }) =>
    `${bills.join(', ')} ${count === 1 ? 'was made from lines and counts' : 'were made from lines and count'} as extra work, not as part of this contract.`,
  'note.beside-contracts': ({ contracts, against }) => ({
    says: `It is extra work, beside ${contracts.join(' and ')}.`,
    next: `update-invoice with countsAgainst: "${against}" counts it there.`,
  }),
  'note.beyond-contracts': ({ contracts, amount }) =>
    `Beyond the contract: ${amount === null ? 'it' : `${amount} of it`} is above what was left of ${contracts.join(' and ')} and is extra work. A change order first would make it part of the contract.`,
  'note.owed-to-customer': ({ ref }) => ({
    says: `${ref} is paid beyond what is left of it: the difference is owed to the customer.`,
    next: 'record-payment with refund: true gives it back.',
  }),
  'note.left-after-reduction': ({ ref, left }) => ({
    says: `Of ${ref} ${left} is left to bill.`,
    next: 'billAgain: true would have left the credit to be billed again.',
  }),
  'note.counts-now': ({ bills, contract, left }) => ({
    says: `${bills.map(({ ref, amount }) => `${ref} (${amount})`).join(', ')} ${bills.length === 1 ? 'was billed before and counts' : 'were billed before and count'} against ${contract}: ${left} of it is left to bill.`,
    next: 'update-invoice with countsAgainst: "extra" makes one extra work.',
  }),
  'note.billed-beyond': ({ ref, billed, contract, credits }) => {
    if (credits.length === 0)
      return `The contract ${ref} comes to ${contract}, and ${billed} is billed: no invoice is there to credit. A change order would cover the difference.`;
    const by = credits.map((each) => `${each.ref} by ${each.amount}`).join(' and ');
    const mend = `A change order would cover the difference, or credit ${by}`;
    return {
      says: `Billed beyond the contract: ${billed} of ${contract} on ${ref}.`,
      next: `${mend} (create-invoice with creditFor and amount).`,
      instead: `${mend}.`,
    };
  },
  'note.changed-lines-gone': ({ lines, contract }) =>
    `${lines.map(({ ref, changes }) => `${ref} changes ${changes}`).join(' and ')}, which ${contract} has no more: what the change order takes out or adds still counts, by itself. Decline it where it no longer holds.`,
  'note.orders-stay': ({ orders, changes }) =>
    `${orders.join(' and ')} ${orders.length === 1 ? 'changes' : 'change'} ${changes} and ${orders.length === 1 ? 'stays' : 'stay'} accepted and counted, but nothing of it can be billed while ${changes} is not accepted. ${WITHOUT_ITS_QUOTE}`,
  'invoice.stands-alone': ({ beside }) => ALONE[beside],
};

const WITHOUT_ITS_QUOTE =
  'Where that work is not done, set the change order to declined; where it is, decline it and write it anew as a change order of a quote that stands.';
