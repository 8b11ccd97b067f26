import { contactTerms } from '../domain/terms.ts';
import { linesIn } from '../domain/text.ts';
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
    /** What the other record had beside, one a line. */
    other_phones: { ...optional(text('other phones')), asks: true },
    other_emails: { ...optional(text('other e-mails')), asks: true },
    other_addresses: { ...optional(text('other addresses')), asks: true },
    /** Those phones and e-mails as `phone_key` and `email_key` are, one a line. */
    other_keys: optional(silent),
  },
  parts: {},
  under: [],
  filing: null,
  found: {
    rank: 1,
    by: ['name', 'address', 'former_names', 'other_addresses'],
    unless: 'merged_into',
    alone: {
      by: ['phone', 'phone_key', 'email', 'other_phones', 'other_emails', 'other_keys'],
      words: (row) => [
        ...contactTerms({ phones: [textIn(row['phone']), textIn(row['phone_key'])], email: textIn(row['email']) }),
        ...contactTerms({ phones: [...linesOf(row['other_phones']), ...phonesIn(row['other_keys'])], email: null }),
        ...linesOf(row['other_emails']).flatMap((email) => contactTerms({ phones: [], email })),
      ],
    },
  },
  describe: ({ row }) => [
    `${said(row['name'])}${formerly(row['former_names'])}`,
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

/** @param names as a row keeps them */
export function formerly(names: Values[string] | undefined): string {
  const [last] = linesOf(names);
  return last === undefined ? '' : ` (formerly ${said(last)})`;
}

function linesOf(kept: Values[string] | undefined): string[] {
  return linesIn(textIn(kept));
}

function phonesIn(keys: Values[string] | undefined): string[] {
  return linesOf(keys).filter((key) => !key.includes('@'));
}
