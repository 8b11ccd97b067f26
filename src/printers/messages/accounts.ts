import type { AccountMessages } from '../../domain/messages/accounts.ts';
import type { Catalogue } from '../catalogue.ts';
import { heldText } from '../format.ts';

export const accountMessages: Catalogue<AccountMessages> = {
  'account.reason-without-opening': () => ({
    next: 'goes with closedThrough, where closed months are opened again.',
    instead: 'goes with closed months that are opened again.',
  }),
  'account.plan-needed': ({ what, needed, monthlyUsd, plan }) =>
    `${what} needs the ${needed} plan ($${monthlyUsd} a month); this account is on ${plan}. Whoever runs this Jobwright can change the plan.`,
  'account.unknown-template': ({ said, names }) => `${said} is not a template. Use one of: ${names}.`,
  'account.unknown-currency': ({ said }) =>
    `${said} is not a currency code. Use three letters of ISO 4217, like USD, EUR or GBP.`,
  'account.unknown-zone': ({ said }) =>
    `${said} is not a time zone. Use an IANA name, like America/Chicago or Europe/London.`,
  'months.not-over': ({ through, today }) => `${through} is not over yet. Close through a day before today, ${today}.`,
  'months.opened-without-reason': () =>
    'say why the months are opened again, like "a bill came late". It stays in the history.',
  'days.end-before-start': ({ to, from }) => `${to} is before ${from}. Give the first day as from, the last as to.`,
  'account.unknown-country': ({ said }) =>
    `${said} is not a country code. Use two letters of ISO 3166, like US, CA or GB.`,
  'account.currency-fixed': ({ currency, held, wanted }) =>
    `these books hold money in ${currency} already (${heldText(held)}). The currency is fixed from then on; keep ${wanted} books in another data folder (--data).`,
  'account.person-says-yes': () =>
    'Only the person says yes to voids, credits, refunds, corrections, write-offs, an expense removed, a job cancelled, months closed or opened, samples removed, a template without jobs, a likely duplicate customer, changes of how the business or a customer is reached, and this setting. They do it within 15 minutes: over HTTP with sign-in by a link to a page with one button, otherwise in a terminal by jobwright confirm CODE. Bills, payments and accepted quotes do not wait.',
  'sample.kept-invoice': ({ ref, customer }) => `${ref} of ${customer}`,
  'sample.stood-on': ({ did, real, stay }) =>
    [
      did,
      ...(real.length === 0
        ? []
        : [
            real.length === 1
              ? `${real.join('')} was a sample; it is yours from now on, and counts only what you enter`
              : `${real.join(' and ')} were samples; they are yours from now on, and count only what you enter`,
          ]),
      ...(stay.length === 0
        ? []
        : [
            `${stay.join(' and ')} ${stay.length === 1 ? 'is a sample and stays one: no figure counts it' : 'are samples and stay so: no figure counts them'}`,
          ]),
    ].join('. '),
  'sample.kept': ({ real, uncounted, billed, received, spent, currency }) => {
    const figures = `billed ${billed}, received ${received}${spent === null ? '' : `, spent ${spent}`} ${currency}`;
    const apart =
      uncounted.length === 0
        ? ''
        : ` Kept as samples that no figure counts, because real records stand on them: ${uncounted.join(', ')}.`;
    return `Kept, because real records stand on them: ${real.join(', ')}. They are no samples, and count only what is real on them: ${figures}.${apart}`;
  },
};
