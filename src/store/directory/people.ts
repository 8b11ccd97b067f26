// People who sign in, and the accounts they belong to.
import type { Database } from '../database.ts';
import type { DirectoryScope } from './directory.ts';
import type { MemberRow, PersonRow } from './rows.ts';

const PERSON = [
  'id',
  'email',
  'email_key',
  'name',
  'created_at',
  'password_hash',
  'failed_sign_ins',
  'locked_until',
] as const;

export async function personByEmail({ db }: DirectoryScope, emailKey: string): Promise<PersonRow | null> {
  return (await db.selectFrom('people').select(PERSON).where('email_key', '=', emailKey).executeTakeFirst()) ?? null;
}

export async function personById({ db }: DirectoryScope, id: string): Promise<PersonRow | null> {
  return (await db.selectFrom('people').select(PERSON).where('id', '=', id).executeTakeFirst()) ?? null;
}

export async function addPerson({ db }: DirectoryScope, person: PersonRow): Promise<void> {
  await db.insertInto('people').values(person).execute();
}

export async function changePerson(
  { db }: DirectoryScope,
  id: string,
  change: Partial<Pick<PersonRow, 'password_hash' | 'failed_sign_ins' | 'locked_until'>>,
): Promise<void> {
  await db.updateTable('people').set(change).where('id', '=', id).execute();
}

/** A membership with the words that name it. */
export type MembershipRow = MemberRow & { email: string; account_name: string };

const MEMBERSHIP = [
  ...(['members.account_id', 'members.person_id', 'members.name', 'members.name_key', 'members.role'] as const),
  ...(['members.added_at', 'members.removed_at', 'people.email', 'accounts.name as account_name'] as const),
];

function memberships({ db }: DirectoryScope) {
  return db
    .selectFrom('members')
    .innerJoin('people', 'people.id', 'members.person_id')
    .innerJoin('accounts', 'accounts.account_id', 'members.account_id')
    .select(MEMBERSHIP);
}

export async function membershipsOfPerson(scope: DirectoryScope, personId: string): Promise<MembershipRow[]> {
  return await memberships(scope)
    .where('members.person_id', '=', personId)
    .where('members.removed_at', 'is', null)
    .orderBy('members.account_id')
    .execute();
}

/** Those who were removed too. */
export async function membershipsIn(scope: DirectoryScope, accountId: number): Promise<MembershipRow[]> {
  return await memberships(scope)
    .where('members.account_id', '=', accountId)
    .orderBy('members.added_at')
    .orderBy('members.person_id')
    .execute();
}

/** The names by which an account knows its people. */
export async function memberNames({ db }: Pick<DirectoryScope, 'db'>, accountId: number): Promise<string[]> {
  const rows = await db
    .selectFrom('members')
    .select('name')
    .where('account_id', '=', accountId)
    .where('removed_at', 'is', null)
    .orderBy('name')
    .execute();
  return rows.map(({ name }) => name);
}

/** Whether anybody was ever invited. */
export async function hasPeople(db: Database): Promise<boolean> {
  return (await db.selectFrom('people').select('id').limit(1).executeTakeFirst()) !== undefined;
}

export async function membership(
  scope: DirectoryScope,
  { accountId, personId }: { accountId: number; personId: string },
): Promise<MembershipRow | null> {
  const found = await memberships(scope)
    .where('members.account_id', '=', accountId)
    .where('members.person_id', '=', personId)
    .executeTakeFirst();
  return found ?? null;
}

export async function addMember({ db }: DirectoryScope, member: MemberRow): Promise<void> {
  await db.insertInto('members').values(member).execute();
}

export async function changeMember(
  { db }: DirectoryScope,
  { accountId, personId }: { accountId: number; personId: string },
  change: Partial<Pick<MemberRow, 'role' | 'removed_at'>>,
): Promise<void> {
  await db
    .updateTable('members')
    .set(change)
    .where('account_id', '=', accountId)
    .where('person_id', '=', personId)
    .execute();
}
