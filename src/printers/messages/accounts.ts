import type { AccountMessages } from '../../domain/messages/accounts.ts';
import type { Catalogue } from '../catalogue.ts';

export const accountMessages: Catalogue<AccountMessages> = {
  'account.reason-without-opening': () => 'goes with closedThrough, where closed months are opened again.',
  'account.unknown-template': ({ said, names }) => `${said} is not a template. Use one of: ${names}.`,
  'account.unknown-currency': ({ said }) =>
    `${said} is not a currency code. Use three letters of ISO 4217, like USD, EUR or GBP.`,
  'account.unknown-zone': ({ said }) =>
    `${said} is not a time zone. Use an IANA name, like America/Chicago or Europe/London.`,
  'months.not-over': ({ through, today }) => `${through} is not over yet. Close through a day before today, ${today}.`,
  'months.opened-without-reason': () =>
    'say why the months are opened again, like "a bill came late". It stays in the history.',
  'period.ends-before-start': ({ to, from }) =>
    `${to} is before ${from}. A period runs from its first day to its last.`,
};
