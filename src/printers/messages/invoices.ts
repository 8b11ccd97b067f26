import type { InvoiceMessages } from '../../domain/messages/invoices.ts';
import type { Catalogue } from '../catalogue.ts';

export const invoiceMessages: Catalogue<InvoiceMessages> = {
  'invoice.below-zero': () => 'an invoice cannot total below 0. Lower the discount lines, or bill less.',
  'invoice.due-before-issued': ({ dueOn, issuedOn }) =>
    `${dueOn} is before the invoice's own date ${issuedOn}. Give a later day.`,
  'credit.before-the-invoice': ({ ref, day, issuedOn }) =>
    `${day} is before ${ref} itself, which is dated ${issuedOn}. Give that day or a later one, like ${issuedOn}, or leave issuedOn out.`,
  'invoice.void-stays': ({ ref }) => `${ref} is void and stays as it is. Make a new invoice instead.`,
  'invoice.frozen': ({ ref }) =>
    `${ref} is issued and frozen. Correct it (update-invoice with correct), credit it, or void it with a reason.`,
  'invoice.already-void': ({ ref }) => `${ref} is already void.`,
  'invoice.draft-is-discarded': ({ ref }) => ({
    says: `${ref} is a draft: nothing was billed.`,
    next: 'Discard it with discard: true.',
  }),
  'invoice.was-corrected': ({ ref, by }) =>
    `${ref} was corrected: ${by} stands for it. Void ${by} instead; then nothing of either is billed.`,
  'invoice.credited-not-voided': ({ ref, instead }) => `${ref} is credited already. ${instead}`,
  'invoice.paid-not-voided': ({ ref, instead }) => `${ref} has payments. ${instead}`,
  'instead-of-void.void-notes': ({ ref, notes }) =>
    `Void ${notes.join(', ')} first (update-invoice with status: void), then ${ref}.`,
  'instead-of-void.nothing': () => 'It is credited in full: nothing of it is billed any more.',
  'instead-of-void.credit': ({ ref, reductions, counts }) => {
    const credit = `create-invoice with creditFor: "${ref}"${counts ? ', all: true and billAgain: true' : ' and all: true'}`;
    return reductions.length === 0
      ? `Credit it instead: ${credit}.`
      : `Void ${reductions.join(', ')} first: a price reduction stays otherwise. Then credit it: ${credit}.`;
  },
  'billing.nothing-remains': ({ ref, billed, contract }) =>
    `nothing remains to bill on ${ref}: ${billed} of ${contract} is billed. Extra work goes on an invoice with lines, or a change order first.`,
  'billing.nothing-asked': ({ amount }) =>
    `${amount} is nothing to bill. Give a percent or amount above 0, or rest: true.`,
  'billing.more-than-remains': ({ ref, amount, remaining, billed, contract }) =>
    `${amount} is more than the ${remaining} that remains of ${ref} (${billed} of ${contract} is billed). Use rest: true, or put extra work on an invoice with lines.`,
  'billing.below-zero-with-tax': ({ ref, tax }) =>
    `with the tax of ${ref}, ${tax} after what is billed, this bill would total below 0. Correct the bill with too much tax first.`,
  'credit.more-than-left-at-rate': ({ rate, left, amount }) =>
    `at ${rate} % tax only ${left} is left to credit, not ${amount}. Check the lines and their taxRatePercent.`,
  'credit.not-positive': () => 'a credit is written with positive amounts: what you give back.',
  'credit.more-than-left': ({ subtotal, total }) =>
    `that is more than is left to credit in all: ${subtotal}, with tax ${total}. Give less, or all: true.`,
};
