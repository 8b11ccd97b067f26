import type { MoneyMessages } from '../../domain/messages/money.ts';
import type { Catalogue } from '../catalogue.ts';

const NUMBERS = { quantity: 'a quantity', 'tax rate': 'a tax rate in percent', percentage: 'a percentage' };

function like({ currency, example }: { readonly currency: string; readonly example: string }): string {
  return `Write it as a plain number in ${currency}, like 4200 or "${example}"`;
}

export const moneyMessages: Catalogue<MoneyMessages> = {
  'money.sum-too-large': () => 'that brings a sum beyond what is added up to the cent. Check the amounts for a slip.',
  'money.unreadable': (facts) =>
    `${facts.said} is not a plain amount. ${like(facts)}: no currency sign, no separators, no exponent.`,
  'money.too-many-decimals': (facts) =>
    `${facts.said} has more decimals than ${facts.currency} has (${facts.decimals}). ${like(facts)}.`,
  'money.too-large': (facts) =>
    `${facts.said} is too large. The limit is ${facts.limit} ${facts.currency}. ${like(facts)}.`,
  'money.not-above-zero': (facts) => `${facts.said} must be above 0. ${like(facts)}.`,
  'money.negative': (facts) => `${facts.said} must not be negative. ${like(facts)}.`,
  'number.unreadable': ({ said, of }) =>
    `${said} is not ${NUMBERS[of]}. Write a plain number with at most 4 decimals, like 24 or 8.25.`,
  'number.too-many-decimals': ({ said }) => `${said} has more than 4 decimals. Write a plain number like 24 or 8.25.`,
  'number.too-large': ({ said, limit }) => `${said} is too large. The limit is ${limit}.`,
  'number.too-small': ({ said, limit }) => `${said} is too small. The limit is ${limit}.`,
  'number.negative-tax-rate': ({ said }) => `${said} must not be negative. Write the percentage, like 8.25.`,
  'number.negative-percentage': ({ said }) => `${said} must not be negative. Write a percentage like 10.`,
};
