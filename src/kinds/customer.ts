import { contactTerms } from '../domain/terms.ts';
import {
  type KindDeclaration,
  madeAt,
  optional,
  own,
  refersTo,
  said,
  sample,
  silent,
  text,
  textIn,
  type Values,
  word,
} from './kind.ts';

export const customer = {
  kind: 'customer',
  noun: 'customer',
  called: ['customer', 'client'],
  numbers: [{ prefix: 'C', by: 'id' }],
  example: 'C-7',
  place: 'customers',
  table: 'customers',
  columns: {
    id: own,
    is_sample: sample,
    name: text('name'),
    phone: { ...optional(text('phone')), asks: true },
    /** E.164, for finding the same number however it was written. */
    phone_key: optional(silent),
    email: { ...optional(text('email')), asks: true },
    email_key: optional(silent),
    address: { ...optional(text('address')), asks: true },
    notes: optional(text('notes')),
    stage: word('stage'),
    created_at: madeAt,
    /** One a line, the latest first. */
    former_names: optional(text('former names')),
    /** The other record of the same person, which holds everything since. */
    merged_into: optional(refersTo('merged into', 'customer')),
  },
  parts: {},
  under: [],
  filing: null,
  found: {
    rank: 1,
    by: ['name', 'address', 'former_names'],
    unless: 'merged_into',
    alone: {
      by: ['phone', 'phone_key', 'email'],
      words: ({ phone = null, phone_key = null, email = null }) =>
        contactTerms({ phones: [textIn(phone), textIn(phone_key)], email: textIn(email) }),
    },
  },
  describe: ({ row }) => [
    `${said(row['name'])}${formerly(row)}`,
    textIn(row['address']),
    typeof row['merged_into'] === 'number' ? `now C-${row['merged_into']}` : said(row['stage']),
  ],
  stands: ({ row }) => ({ status: textIn(row['stage']) }),
  isOut: () => false,
  listedBy: 'list-customers',
  toolset: 'customers',
  plan: null,
  resource: {
    name: 'customer',
    title: 'Customer',
    description: 'A customer with the whole history, by number (C-7) or name',
  },
  linked: true,
  counted: true,
  withoutCosts: 'shown',
  tellsCost: [],
  crew: null,
} as const satisfies KindDeclaration;

function formerly({ former_names }: Values): string {
  const [last] = former_names === null ? [] : String(former_names ?? '').split('\n');
  return last === undefined || last === '' ? '' : ` (formerly ${said(last)})`;
}
