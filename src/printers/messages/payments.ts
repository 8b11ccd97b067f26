import type { PaymentMessages } from '../../domain/messages/payments.ts';
import { someNames } from './expenses.ts';
import type { Catalogue } from '../catalogue.ts';
import { short, some } from '../format.ts';

export const paymentMessages: Catalogue<PaymentMessages> = {
  'payment.on-credit-note': ({ ref }) => ({
    next: `${ref} is a credit note. Money given back is recorded on its invoice with refund: true.`,
    instead: `${ref} is a credit note. Money given back is recorded on its invoice, as a refund.`,
  }),
  'owed.day-to-come': ({ said, today }) => ({
    says: `${said} is still to come: today is ${today}.`,
    next: 'Leave asOf out for what is owed now.',
    instead: 'What is owed now can be asked for without a day.',
  }),
  'payment.on-draft': ({ ref }) => `${ref} is a draft. Issue it first.`,
  'payment.on-void': ({ ref }) => `${ref} is void and takes no payment.`,
  'payment.nothing-left': ({ ref }) => `${ref} is credited in full: nothing is left to pay on it.`,
  'payment.already-paid': ({ ref, balance }) => ({
    says: `${ref} is paid: its balance is ${balance}.`,
    next: 'get-invoice shows its payments.',
  }),
  'payment.more-than-balance': ({ ref, amount, balance }) =>
    `${amount} is more than the balance of ${balance} on ${ref}. Record at most that, and the rest on another invoice.`,
  'refund.more-than-paid': ({ ref, amount, paid }) => `${amount} is more than the ${paid} that was paid on ${ref}.`,
  'refund.before-the-money': ({ day, first }) => ({
    next: `${day} is before the money came in: all that this gives back was there from ${first}. Give that day or a later one, like ${first}, or leave paidOn out.`,
    instead: `${day} is before the money came in: all that this gives back was there from ${first}. Give that day or a later one.`,
  }),
  'bounce.is-refund': ({ ref }) => `${ref} is money that went back. Name the payment that bounced.`,
  'bounce.is-void': ({ ref }) => `${ref} is void: it counts nothing already.`,
  'bounce.already': ({ ref }) => `${ref} has bounced already.`,
  'bounce.before-the-money': ({ ref, day, paidOn }) =>
    `${day} is before ${ref} came in, on ${paidOn}. Give that day or a later one.`,
  'payment.already-void': ({ ref }) => `${ref} is void already.`,
  'payment.has-bounced': ({ ref, as }) => `${ref} has bounced, as ${as}: void ${as} first if it did not.`,
  'payment.refund-stands-on-it': ({ ref, invoice, paid }) =>
    `without ${ref} more would be given back on ${invoice} than was paid (${paid} stands). Void the refund first.`,
  'payment.paid-over-total': ({ ref, invoice, paid, total }) =>
    `without ${ref} ${paid} would be paid on ${invoice}, which came to ${total}. Void the payment that is wrong first.`,
  'payment.like-others': ({ payment, others, more, isRefund }) => {
    const named = others.map(({ ref, as }) => (as === null ? ref : `${ref} (${short(as, 60)})`));
    const all = named.length + more;
    return {
      says: `${some(named, named.length, all)} on this invoice ${all === 1 ? 'is' : 'are'} of the same amount and day${isRefund ? ', given back too' : ''}.`,
      next: `If it is the same money, take ${payment} out: record-payment with void: "${payment}" and voidReason.`,
      instead: `If it is the same money, take ${payment} out.`,
    };
  },
  'payment.goes-with-void': () => 'goes with void, which names the payment to take out.',
  'payment.bounce-names-it': ({ method }) => ({
    next: `${method} is said of a payment that the bank took back: name it, with payment (like P-9) and bounced: true, and no method.`,
    instead: `${method} is said of a payment that the bank took back: name that payment, like P-9.`,
  }),
  'payment.goes-with-bounced': () => ({
    next: 'goes with bounced: true. A new payment names its invoice alone.',
    instead: 'is for a payment that bounced. A new payment names its invoice alone.',
  }),
  'payment.invoice-missing': () => 'is missing. Say which invoice was paid, like INV-1043.',
  'payment.amount-missing': () => 'is missing. Say how much was paid, like 420 or "420.50".',
  'payment.bounced-missing': () => ({
    says: 'is missing.',
    next: "Say which payment bounced, like P-9; get-invoice lists an invoice's payments.",
    instead: 'Say which payment bounced, like P-9.',
  }),
  'payment.say-why-void': () => 'say why, like "entered twice". The payment stays on the books as void.',
  'payment.no-such-method': ({ said, names, more }) =>
    `No payment says that it came by ${said}.${names.length === 0 ? '' : ` Ways that are said: ${someNames(names, more)}.`}`,
  'payment.none': ({ said }) => ({
    says: `there is no payment ${said}.`,
    next: `get-invoice lists an invoice's payments${said === '"P-9"' ? '' : ', numbered like P-9'}.`,
    instead: 'Its invoice shows its payments.',
  }),
  'payment.on-other-invoice': ({ ref, on, other }) =>
    `${ref} is on ${on}, not on ${other}. Leave invoice out, or name the other payment.`,
  'payment.not-beside': ({ what }) =>
    `does not go with ${what === 'bounce' ? 'bounced, which takes back the whole payment' : 'void. To correct a payment, void it and record it again'}.`,
};
