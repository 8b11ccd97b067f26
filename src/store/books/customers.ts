// Customers: queries, and rows as the domain knows them.
import type { Instant } from '../../domain/dates.ts';
import type { Customer, CustomerSaid } from '../../domain/customer.ts';
import { prepared } from '../engine/prepared.ts';
import { LEDGER } from '../journal/ledger.ts';
import type { ReadScope, WriteScope } from '../scope.ts';
import { havingTerms } from '../search/find.ts';
import { fieldsOf, type New, type Patch } from './fields.ts';

const FIELDS = fieldsOf('customer', ['phone_key', 'email_key']);
const COLUMNS = FIELDS.columns('customers');

export async function customerById({ db, account, known }: ReadScope, id: number): Promise<Customer | null> {
  if (known.find('customers', { id }) === null) {
    const [row] = await wholeRow(db, { account: account.id, id });
    if (row === undefined) return null;
    known.note('customers', row);
  }
  return FIELDS.read(known.rowOf('customers', { id }));
}

/** The record that holds everything since, of one that was merged with another. */
export async function standingCustomer(scope: ReadScope, id: number): Promise<Customer | null> {
  const customer = await customerById(scope, id);
  return typeof customer?.mergedInto !== 'number' ? customer : await standingCustomer(scope, customer.mergedInto);
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

/** Real customers with this very phone number or e-mail address. */
export async function sameContact(
  { db, account }: ReadScope,
  { phoneKeys, emailKey }: { readonly phoneKeys: readonly string[]; readonly emailKey: string | null },
): Promise<Customer[]> {
  if (phoneKeys.length === 0 && emailKey === null) return [];
  const rows = await db
    .selectFrom('customers')
    .select(COLUMNS)
    .where('account_id', '=', account.id)
    .where('is_sample', '=', 0)
    .where('merged_into', 'is', null)
    .where((eb) =>
      eb.or([
        ...(phoneKeys.length === 0 ? [] : [eb('phone_key', 'in', phoneKeys)]),
        ...(emailKey === null ? [] : [eb('email_key', '=', emailKey)]),
      ]),
    )
    .orderBy('id')
    .limit(5)
    .execute();
  return rows.map(FIELDS.read);
}

/** The numbers of all customers who have one. */
export async function phonesOf(
  { db, account }: ReadScope,
  of: readonly number[] | 'all',
): Promise<{ readonly id: number; readonly phone: string; readonly key: string | null }[]> {
  const withPhone = db
    .selectFrom('customers')
    .select(['id', 'phone', 'phone_key'])
    .where('account_id', '=', account.id)
    .where('phone', 'is not', null)
    .orderBy('id');
  const rows = of === 'all' ? await withPhone.execute() : await withPhone.where('id', 'in', of).execute();
  return rows.map(({ id, phone, phone_key: key }) => ({ id, phone: phone ?? '', key }));
}

/** A statement for many. @param keys by the customer's number */
export async function changePhoneKeys(scope: WriteScope, keys: ReadonlyMap<number, string | null>): Promise<void> {
  if (keys.size === 0) return;
  const rows = await scope.db
    .selectFrom('customers')
    .select(['account_id', 'phone_key', 'email_key', ...COLUMNS])
    .where('account_id', '=', scope.account.id)
    .where('phone', 'is not', null)
    .execute();
  const changed = rows.filter(({ id }) => keys.has(id));
  await scope.journal.replaceAll(
    'customers',
    changed.map((before) => ({ before, after: { ...before, phone_key: keys.get(before.id) ?? null } })),
  );
}

/** What is searched for, beside what is shown. */
export type ContactKeys = { readonly phoneKey: string | null; readonly emailKey: string | null };
export type CustomerDetails = CustomerSaid & ContactKeys;

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
