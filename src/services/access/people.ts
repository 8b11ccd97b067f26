// People and the accounts they belong to: inviting, signing in, roles, and leaving. A person has one password for all
// their accounts; in each account they go by one name, which is that of its journal and of who is on a job.
import { randomInt } from 'node:crypto';
import { isRole, scopesOf, type Principal, type Role, type Scope } from '../../domain/access.ts';
import { plusMs } from '../../domain/dates.ts';
import { invalid, Problem, quoted, refused } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';
import { visibleLine } from '../../domain/text.ts';
import { nameKey } from '../../domain/terms.ts';
import { revokeAccessTokens } from '../../store/directory/access-tokens.ts';
import { listAccounts } from '../../store/directory/accounts.ts';
import type { Directory, DirectoryScope } from '../../store/directory/directory.ts';
import { holdAccount, holdPerson } from '../../store/directory/holding.ts';
import {
  addMember,
  addPerson,
  changeMember,
  changePerson,
  membership,
  membershipsIn,
  membershipsOfPerson,
  personByEmail,
  personById,
  type MembershipRow,
} from '../../store/directory/people.ts';
import { signInStatesIn, type SignInState } from '../../store/directory/sign-in-states.ts';
import { endPagesGivenBy, removePagesOf } from '../../store/directory/links.ts';
import {
  addInvitation,
  openInvitation,
  removeGrantsOf,
  removeSessionsOf,
  spendInvitation,
} from '../../store/directory/sign-in.ts';
import { isMarkOf } from './known-browsers.ts';
import { checkPassword, hashPassword, isPassword } from './passwords.ts';
import { hashOf, newSecret } from '../shared/secret.ts';

export type Member = {
  readonly personId: string;
  readonly accountId: number;
  readonly accountName: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
};
type Person = { readonly personId: string; readonly name: string; readonly email: string };

const DAY_MS = 24 * 60 * 60 * 1000;
const INVITATION_MS = 7 * DAY_MS;
/** So many wrong passwords in a row lock a person out, for longer each time. */
const WRONG_IN_A_ROW = 5;
const FIRST_LOCK_MS = 60 * 1000;
const LONGEST_LOCK_MS = 15 * 60 * 1000;

/**
 * Makes somebody a member of an account, or brings one back.
 * @returns with the secret of a link to choose a password; null for who has one already
 */
export async function inviteMember(
  directory: Directory,
  { accountId, ...given }: { accountId: number; email: string; name: string; role: Role },
): Promise<{ member: Member; invitation: string | null }> {
  const email = readEmail(given.email);
  const name = visibleLine(given.name);
  if (name.length > 80 || !/[\p{L}\p{N}]/u.test(name)) throw invalid('name', says('person.name-form'));
  return await directory.write(async (scope) => {
    const person = (await personByEmail(scope, email.toLowerCase())) ?? (await newPerson(scope, email, name));
    await join(scope, { accountId, personId: person.id, name, role: given.role });
    const member = await memberOrThrow(scope, { accountId, personId: person.id });
    return { member, invitation: person.password_hash === null ? await invitationFor(scope, person.id) : null };
  });
}

function readEmail(given: string): string {
  const email = visibleLine(given);
  if (/^[^\s@<>"(),;:\\]{1,64}@[^\s@<>"(),;:\\]{1,189}$/u.test(email) && email.includes('.', email.indexOf('@')))
    return email;
  throw invalid('email', says('person.email-form', { said: quoted(given) }));
}

async function newPerson(scope: DirectoryScope, email: string, name: string) {
  const person = {
    ...{ id: newPersonId(), email, email_key: email.toLowerCase(), name, created_at: scope.now },
    ...{ password_hash: null, failed_sign_ins: 0, locked_until: null },
  };
  await addPerson(scope, person);
  return person;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';

function newPersonId(): string {
  return `p_${Array.from({ length: 12 }, () => LETTERS[randomInt(LETTERS.length)]).join('')}`;
}

async function join(
  scope: DirectoryScope,
  { accountId, personId, name, role }: { accountId: number; personId: string; name: string; role: Role },
): Promise<void> {
  await holdAccount(scope, accountId);
  const before = await membership(scope, { accountId, personId });
  if (before?.removed_at === null)
    throw refused(
      says('person.in-already', {
        ...{ email: before.email, account: before.account_name, name: before.name, role: before.role },
      }),
      'email',
    );
  const namesake = (await membershipsIn(scope, accountId)).find(
    (each) => each.name_key === nameKey(name) && each.person_id !== personId,
  );
  if (namesake !== undefined)
    throw refused(
      says('person.name-taken', {
        ...{ email: namesake.email, account: namesake.account_name, name: namesake.name, asked: name },
      }),
      'name',
    );
  if (before === null)
    await addMember(scope, {
      ...{ account_id: accountId, person_id: personId, name, name_key: nameKey(name), role },
      ...{ added_at: scope.now, removed_at: null },
    });
  else if (before.name_key === nameKey(name))
    await changeMember(scope, { accountId, personId }, { role, removed_at: null });
  else
    throw refused(
      says('person.was-in-as', { email: before.email, account: before.account_name, name: before.name }),
      'name',
    );
}

async function invitationFor(scope: DirectoryScope, personId: string): Promise<string> {
  const secret = newSecret();
  await addInvitation(scope, {
    token_hash: hashOf(secret),
    person_id: personId,
    expires_at: plusMs(scope.now, INVITATION_MS),
    used_at: null,
  });
  return secret;
}

/** A link to choose a password, for the first time or again; the one before it ends. */
export async function newInvitation(
  directory: Directory,
  { email }: { email: string },
): Promise<{ invitation: string }> {
  return await directory.write(async (scope) => {
    const person = await personCalled(scope, email);
    return { invitation: await invitationFor(scope, person.personId) };
  });
}

/** Null for a link that is unknown, was used, or ended. */
export async function personOfInvitation(directory: Directory, secret: string): Promise<Person | null> {
  return await directory.read(async (scope) => {
    const invitation = await openInvitation(scope, hashOf(secret));
    const person = invitation === null ? null : await personById(scope, invitation.person_id);
    return person === null ? null : { personId: person.id, name: person.name, email: person.email };
  });
}

/** Spends the link, sets the password, and signs the person out everywhere else. */
export async function acceptInvitation(
  directory: Directory,
  secret: string,
  password: string,
): Promise<{ personId: string }> {
  const invited = await personOfInvitation(directory, secret);
  if (invited === null) throw ENDED;
  await checkPassword(password, invited);
  const hash = await hashPassword(password);
  return await directory.write(async (scope) => {
    // First the person, as whoever sends another link does. This one may have been used while the password was hashed.
    await holdPerson(scope, invited.personId);
    if (!(await spendInvitation(scope, hashOf(secret)))) throw ENDED;
    await changePerson(scope, invited.personId, { password_hash: hash, failed_sign_ins: 0, locked_until: null });
    await signOut(scope, invited.personId);
    return { personId: invited.personId };
  });
}

const ENDED = new Problem('not_found', says('sign-in.link-ended'));

/** One answer for an unknown address, a wrong password and too many tries: it tells nobody which. */
const NOT_RIGHT = refused(says('sign-in.not-right'));

/**
 * @param mark of a browser that somebody signed in with before: what was tried elsewhere does not shut them out there
 * @throws Problem after the same time and in the same words, whatever was wrong
 */
export async function signIn(
  directory: Directory,
  {
    email,
    password,
    mark = null,
    locked = () => undefined,
  }: { email: string; password: string; mark?: string | null; locked?: () => void },
): Promise<{ personId: string }> {
  const key = email.trim().toLowerCase();
  const found = await directory.read(async (scope) => await personByEmail(scope, key));
  const isRight = await isPassword(password.slice(0, 1000), found?.password_hash ?? null);
  const isKnown = mark !== null && found !== null && (await isMarkOf(directory, found.id, mark));
  const personId = await directory.write(async (scope) => {
    if (found !== null) await holdPerson(scope, found.id);
    // As they stand now: many tries may have come at once, or a new password meanwhile.
    const person = found === null ? null : await personById(scope, found.id);
    if (person === null || person.password_hash !== found?.password_hash) return null;
    if (!isKnown && person.locked_until !== null && person.locked_until > scope.now) return null;
    if (isRight) {
      if (person.failed_sign_ins > 0) await changePerson(scope, person.id, { failed_sign_ins: 0, locked_until: null });
      return person.id;
    }
    const isLongAgo = person.locked_until !== null && plusMs(person.locked_until, DAY_MS) < scope.now;
    const failed = isLongAgo ? 1 : person.failed_sign_ins + 1;
    const rounds = failed - WRONG_IN_A_ROW;
    const lock = Math.min(FIRST_LOCK_MS * 2 ** Math.min(Math.max(rounds, 0), 10), LONGEST_LOCK_MS);
    await changePerson(scope, person.id, {
      failed_sign_ins: failed,
      locked_until: rounds < 0 ? null : plusMs(scope.now, lock),
    });
    if (rounds >= 0) locked();
    return null;
  });
  if (personId === null) throw NOT_RIGHT;
  return { personId };
}

export async function membershipsOf(directory: Directory, personId: string): Promise<Member[]> {
  return (await directory.read(async (scope) => await membershipsOfPerson(scope, personId))).map(memberOf);
}

/** Of the person with this e-mail address; none where there is nobody. */
export async function membershipsByEmail(directory: Directory, email: string): Promise<Member[]> {
  const person = await directory.read(async (scope) => await personByEmail(scope, email.trim().toLowerCase()));
  return person === null ? [] : await membershipsOf(directory, person.id);
}

/** Null for who never was, or no longer is. */
export async function memberIn(
  directory: Directory,
  which: { personId: string; accountId: number },
): Promise<Member | null> {
  const row = await directory.read(async (scope) => await membership(scope, which));
  return row?.removed_at === null ? memberOf(row) : null;
}

/** Everybody who is in the account now. */
export async function listMembers(directory: Directory, accountId: number): Promise<Member[]> {
  const rows = await directory.read(async (scope) => await membershipsIn(scope, accountId));
  return rows.filter((row) => row.removed_at === null).map(memberOf);
}

/** Everybody who is in the account now, with how they stand with their sign-in. */
export async function listSignIns(directory: Directory, accountId: number): Promise<(Member & SignInState)[]> {
  return await directory.read(async (scope) => {
    const states = new Map((await signInStatesIn(scope, accountId)).map((state) => [state.personId, state]));
    return (await membershipsIn(scope, accountId)).flatMap((row) => {
      const state = states.get(row.person_id);
      return state === undefined || row.removed_at !== null ? [] : [{ ...memberOf(row), ...state }];
    });
  });
}

/** @throws Problem where nobody has that e-mail address */
export async function personNamed(directory: Directory, email: string): Promise<Person> {
  return await directory.read(async (scope) => await personCalled(scope, email));
}

/** @throws Problem where nobody has that e-mail address, or they are not in that account now */
export async function memberNamed(
  directory: Directory,
  { email, accountId }: { email: string; accountId: number },
): Promise<Member> {
  return await directory.read(async (scope) => {
    const { personId } = await personCalled(scope, email);
    return await memberOrThrow(scope, { personId, accountId });
  });
}

async function personCalled(scope: DirectoryScope, email: string): Promise<Person> {
  const person = await personByEmail(scope, email.trim().toLowerCase());
  if (person === null) throw new Problem('not_found', says('person.unknown', { said: quoted(email) }), 'email');
  return { personId: person.id, name: person.name, email: person.email };
}

/** Assistants keep what the new role allows; the rest they lose within the minute. */
export async function setRole(
  directory: Directory,
  { role, ...which }: { personId: string; accountId: number; role: Role },
): Promise<Member> {
  return await directory.write(async (scope) => {
    await holdAccount(scope, which.accountId);
    const before = await memberOrThrow(scope, which);
    if (before.role === 'owner' && role !== 'owner') await checkOtherOwner(scope, before);
    await changeMember(scope, which, { role });
    return { ...before, role };
  });
}

/** Their sessions with assistants, tokens and upload pages for this account end; what they did stays in its history. */
export async function removeMember(
  directory: Directory,
  which: { personId: string; accountId: number },
): Promise<Member> {
  return await directory.write(async (scope) => {
    await holdAccount(scope, which.accountId);
    const before = await memberOrThrow(scope, which);
    if (before.role === 'owner') await checkOtherOwner(scope, before);
    await changeMember(scope, which, { removed_at: scope.now });
    await removeGrantsOf(scope, [subjectOf(before)]);
    await revokeAccessTokens(scope, which);
    await endPagesGivenBy(scope, which);
    return before;
  });
}

async function checkOtherOwner(
  scope: DirectoryScope,
  { accountId, personId, name, accountName }: Member,
): Promise<void> {
  const owners = (await membershipsIn(scope, accountId)).filter(
    (each) => each.role === 'owner' && each.removed_at === null && each.person_id !== personId,
  );
  if (owners.length === 0) throw refused(says('person.only-owner', { name, account: accountName }));
}

/** Ends every browser session, upload page and what every assistant was given, in all accounts. Personal access tokens stay. */
export async function signOutEverywhere(directory: Directory, personId: string): Promise<void> {
  await directory.write(async (scope) => await signOut(scope, personId));
}

/** The same for every person of every account, those who were removed too. @returns how many people that are */
export async function signOutEverybody(directory: Directory): Promise<number> {
  return await directory.write(async (scope) => {
    const everybody = new Set<string>();
    for (const { id } of await listAccounts(scope))
      for (const { person_id: personId } of await membershipsIn(scope, id)) everybody.add(personId);
    for (const personId of everybody) await signOut(scope, personId);
    return everybody.size;
  });
}

async function signOut(scope: DirectoryScope, personId: string): Promise<void> {
  await removeSessionsOf(scope, personId);
  await removePagesOf(scope, personId);
  await removeGrantsOf(scope, (await membershipsOfPerson(scope, personId)).map(memberOf).map(subjectOf));
}

/** @throws Problem where they are not in that account now */
export async function memberOrThrow(
  scope: DirectoryScope,
  which: { personId: string; accountId: number },
): Promise<Member> {
  const row = await membership(scope, which);
  if (row?.removed_at === null) return memberOf(row);
  const email = (await personById(scope, which.personId))?.email ?? null;
  const account = (await listAccounts(scope)).find(({ id }) => id === which.accountId)?.name ?? null;
  throw new Problem('not_found', says('person.not-in', { email, accountId: which.accountId, account }));
}

function memberOf({ role, ...row }: MembershipRow): Member {
  if (!isRole(role)) throw new Error(`a member of account ${row.account_id} has an unknown role`);
  const { person_id: personId, account_id: accountId, account_name: accountName, name, email } = row;
  return { personId, accountId, accountName, name, email, role };
}

/** How tokens name a member: the account is chosen when somebody signs in, and goes with everything given out from there. */
export function subjectOf({ personId, accountId }: { personId: string; accountId: number }): string {
  return `${personId}:${accountId}`;
}

export function parseSubject(subject: string): { personId: string; accountId: number } | null {
  const [, personId, accountId] = /^(p_[a-z2-7]{12}):([1-9]\d{0,14})$/.exec(subject) ?? [];
  return personId === undefined ? null : { personId, accountId: Number(accountId) };
}

/** @param granted what the person let this assistant do; it never reaches further than their role */
export function principalOf({ personId, name, accountId, role }: Member, granted: Iterable<Scope>): Principal {
  const most = scopesOf(role);
  return { personId, name, accountId, role, scopes: new Set([...granted].filter((scope) => most.includes(scope))) };
}
