// The account itself: what the books belong to. No record has its number, and nothing is filed under it by one.
import { silent, text, word, type PartDeclaration } from './kind.ts';

export const account = {
  accounts: {
    noun: 'account',
    key: [],
    of: null,
    columns: {
      name: { ...text('name'), asks: true },
      address: { ...text('address'), asks: true },
      phone: { ...text('phone'), asks: true },
      email: { ...text('email'), asks: true },
      currency: text('currency'),
      time_zone: text('time zone'),
      country: text('country'),
      template: word('template'),
      plan: word('plan'),
      payment_terms_days: text('payment terms in days'),
      closed_through: text('closed through'),
      confirm_by: { ...text('who says yes'), asks: true },
    },
  },
  number_jumps: {
    noun: 'numbers',
    key: ['id'],
    of: null,
    columns: { id: silent, series: word('series'), last: text('last number'), next: text('next number') },
  },
} as const satisfies Readonly<Record<string, PartDeclaration>>;
