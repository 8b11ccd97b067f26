// Customers: queries, and rows as the domain knows them.
import type { Instant } from '../../domain/dates.ts';
import type { Customer, CustomerSaid, KeptBeside } from '../../domain/customer.ts';
import { linesIn } from '../../domain/text.ts';
import { prepared } from '../engine/prepared.ts';
import { LEDGER } from '../journal/ledger.ts';
import type { ReadScope, WriteScope } from '../scope.ts';
import { havingTerms } from '../search/find.ts';
import { wordsAlone } from '../search/terms.ts';
import { fieldsOf, type New, type Patch } from './fields.ts';

const FIELDS = fieldsOf('customer', ['phone_key', 'email_key', 'other_keys']);
const COLUMNS = FIELDS.columns('customers');

export async function customerById({ db, account, known }: ReadScope, id: number): Promise<Customer | null> {
  if (known.find('customers', { id }) === null) {
    const [row] = await wholeRow(db, { account: account.id, id });
    if (row === undefined) return null;
    known.note('customers', row);
  }
  return FIELDS.read(known.rowOf('customers', { id }));
}

/** The record that holds everything since, of one that was merged with another; none where that leads in a circle. */
export async function standingCustomer(scope: ReadScope, id: number): Promise<Customer | null> {
  const seen = new Set([id]);
  let customer = await customerById(scope, id);
  while (typeof customer?.mergedInto === 'number') {
    if (seen.has(customer.mergedInto)) return null;
    seen.add(customer.mergedInto);
    customer = await customerById(scope, customer.mergedInto);
  }
  return customer;
}

const wholeRow = prepared((db, { account, id }: { account: number; id: number }) =>
  db.selectFrom('customers').select(LEDGER.customers.columns).where('account_id', '=', account).where('id', '=', id),
);

export type CustomerFilter = { readonly query?: string | undefined; readonly stage?: string | undefined };

/** Newest first, from below `before`. */
export async function listCustomers(
  scope: ReadScope,
  { query, stage }: CustomerFilter,
  page: { limit: number; before: number | null },
): Promise<Customer[]> {
  const { db, account } = scope;
  let rows = db.selectFrom('customers').select(COLUMNS).where('account_id', '=', account.id);
  rows = rows.where('merged_into', 'is', null);
  if (stage !== undefined) rows = rows.where('stage', '=', stage);
  if (query !== undefined) rows = rows.where(await havingTerms(scope, 'customer', query, 'customers.id'));
  if (page.before !== null) rows = rows.where('id', '<', page.before);
  return (await rows.orderBy('id', 'desc').limit(page.limit).execute()).map(FIELDS.read);
}

export async function countCustomers(scope: ReadScope, { query, stage }: CustomerFilter): Promise<number> {
  const { db, account } = scope;
  let rows = db
    .selectFrom('customers')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('account_id', '=', account.id)
    .where('merged_into', 'is', null);
  if (stage !== undefined) rows = rows.where('stage', '=', stage);
  if (query !== undefined) rows = rows.where(await havingTerms(scope, 'customer', query, 'customers.id'));
  return (await rows.executeTakeFirstOrThrow()).count;
}

/** Real customers with this very phone number or e-mail address, as their main one or beside it. At most five. */
export async function sameContact(
  { db, account }: ReadScope,
  { phoneKeys, emailKey }: { readonly phoneKeys: readonly string[]; readonly emailKey: string | null },
): Promise<Customer[]> {
  if (phoneKeys.length === 0 && emailKey === null) return [];
  const theirs = db.selectFrom('customers').select('id').where('account_id', '=', account.id);
  const rows = await db
    .selectFrom('customers')
    .select([...COLUMNS, 'phone_key', 'email_key', 'other_keys'])
    .where('account_id', '=', account.id)
    .where('is_sample', '=', 0)
    .where('merged_into', 'is', null)
    .where('id', 'in', () => {
      // What stands beside has no index of its own but that of the words, where it is found by its digits alone.
      let found = db
        .selectFrom('words')
        .select('record_id as id')
        .where('account_id', '=', account.id)
        .where('kind', '=', wordsAlone('customer'))
        .where('word', 'in', [
          ...phoneKeys.map((key) => key.replace(/x.*$|\D/g, '')),
          ...(emailKey === null ? [] : [emailKey]),
        ])
        .where('is_sample', '=', 0);
      if (phoneKeys.length > 0) found = found.unionAll(theirs.where('phone_key', 'in', phoneKeys));
      return emailKey === null ? found : found.unionAll(theirs.where('email_key', '=', emailKey));
    })
    .orderBy('id')
    .limit(MOST_LIKE)
    .execute();
  const wanted = new Set([...phoneKeys, emailKey]);
  return rows
    .filter(({ phone_key, email_key, other_keys }) =>
      [phone_key, email_key, ...linesIn(other_keys)].some((key) => key !== null && wanted.has(key)),
    )
    .slice(0, 5)
    .map(FIELDS.read);
}

/** Numbers may end alike. */
const MOST_LIKE = 50;

/** How customers are reached who have a phone number, with the keys that are kept of it. */
export type ReachedBy = Pick<Customer, 'id' | 'phone' | 'email' | 'otherPhones' | 'otherEmails'> & {
  readonly keys: Keys;
};
type Keys = Omit<ContactKeys, 'emailKey'>;

export async function reachedByPhone({ db, account }: ReadScope, of: readonly number[] | 'all'): Promise<ReachedBy[]> {
  const withPhone = db
    .selectFrom('customers')
    .select([...COLUMNS, 'phone_key', 'other_keys'])
    .where('account_id', '=', account.id)
    .where((eb) => eb.or([eb('phone', 'is not', null), eb('other_phones', 'is not', null)]))
    .orderBy('id');
  const rows = of === 'all' ? await withPhone.execute() : await withPhone.where('id', 'in', of).execute();
  return rows.map((row) => ({
    ...FIELDS.read(row),
    keys: { phoneKey: row.phone_key, otherKeys: row.other_keys },
  }));
}

/** A statement for many. @param keys by the customer's number */
export async function changePhoneKeys(scope: WriteScope, keys: ReadonlyMap<number, Keys>): Promise<void> {
  if (keys.size === 0) return;
  const rows = await scope.db
    .selectFrom('customers')
    .select(['account_id', 'phone_key', 'email_key', 'other_keys', ...COLUMNS])
    .where('account_id', '=', scope.account.id)
    .where((eb) => eb.or([eb('phone', 'is not', null), eb('other_phones', 'is not', null)]))
    .execute();
  await scope.journal.replaceAll(
    'customers',
    rows.flatMap((before) => {
      const now = keys.get(before.id);
      if (now === undefined) return [];
      return [{ before, after: { ...before, phone_key: now.phoneKey, other_keys: now.otherKeys } }];
    }),
  );
}

/** What is searched for, beside what is shown. */
export type ContactKeys = {
  readonly phoneKey: string | null;
  readonly emailKey: string | null;
  /** Of what stands beside, one a line. */
  readonly otherKeys: string | null;
};
export type CustomerDetails = CustomerSaid & KeptBeside & ContactKeys;

export async function insertCustomer(
  scope: WriteScope,
  { details, sample, at }: { details: New<CustomerDetails>; sample: boolean; at: Instant },
): Promise<number> {
  const id = await scope.journal.next('customer', { sample });
  await scope.journal.insert('customers', FIELDS.row({ ...details, id, isSample: sample, createdAt: at }));
  return id;
}

export async function updateCustomer(
  scope: WriteScope,
  id: number,
  details: Patch<CustomerDetails & Pick<Customer, 'formerNames' | 'mergedInto'>>,
): Promise<boolean> {
  return await scope.journal.update('customers', { id }, FIELDS.patch(details));
}
