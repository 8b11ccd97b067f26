// What signing in leaves behind: invitations, browser sessions, and the keys of the server. Secrets stand as hashes.
import { randomBytes } from 'node:crypto';
import type { Instant } from '../../domain/dates.ts';
import { inOrder } from '../in-order.ts';
import type { DirectoryScope } from './directory.ts';
import { holdPerson } from './holding.ts';
import type { InvitationRow, SessionRow } from './rows.ts';

export async function addInvitation(scope: DirectoryScope, invitation: InvitationRow): Promise<void> {
  const { db } = scope;
  await holdPerson(scope, invitation.person_id);
  // A newer link takes the place of earlier ones.
  await db.deleteFrom('invitations').where('person_id', '=', invitation.person_id).execute();
  await db.insertInto('invitations').values(invitation).execute();
}

/** Null for one that is unknown, was used, or ended. */
export async function openInvitation({ db, now }: DirectoryScope, tokenHash: string): Promise<InvitationRow | null> {
  const found = await db
    .selectFrom('invitations')
    .select(['token_hash', 'person_id', 'expires_at', 'used_at'])
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return found ?? null;
}

/** False for one that is unknown, was used, or ended. */
export async function spendInvitation({ db, now }: DirectoryScope, tokenHash: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('invitations')
    .set({ used_at: now })
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function addSession({ db }: DirectoryScope, session: SessionRow): Promise<void> {
  await db.insertInto('sessions').values(session).execute();
}

/** Null for one that is unknown or ended. */
export async function sessionByHash({ db, now }: DirectoryScope, tokenHash: string): Promise<SessionRow | null> {
  const found = await db
    .selectFrom('sessions')
    .select(['token_hash', 'person_id', 'created_at', 'expires_at'])
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return found ?? null;
}

export async function removeSession({ db }: DirectoryScope, tokenHash: string): Promise<void> {
  await db.deleteFrom('sessions').where('token_hash', '=', tokenHash).execute();
}

export async function removeSessionsOf({ db }: DirectoryScope, personId: string): Promise<void> {
  await db.deleteFrom('sessions').where('person_id', '=', personId).execute();
}

/** What the authorization server gave out for these subjects: grants, tokens, sessions, codes. */
export async function removeGrantsOf({ db }: DirectoryScope, subjects: readonly string[]): Promise<void> {
  if (subjects.length === 0) return;
  await db.deleteFrom('oauth_records').where('subject', 'in', subjects).execute();
}

/** Takes out what has ended. @returns how many */
export async function sweepSignIn({ db }: DirectoryScope, before: Instant): Promise<number> {
  const ended = await inOrder(
    ['invitations', 'sessions', 'oauth_records', 'links', 'attempts'] as const,
    async (table) => await db.deleteFrom(table).where('expires_at', '<=', before).executeTakeFirstOrThrow(),
  );
  return ended.reduce((sum, { numDeletedRows }) => sum + Number(numDeletedRows), 0);
}

/**
 * Nobody who was let in before is in any longer: browsers, assistants, tokens, links, and every key that something was
 * signed with. Passwords stay.
 */
export async function endAllAccess({ db, now }: DirectoryScope): Promise<void> {
  for (const table of ['sessions', 'invitations', 'oauth_records', 'links', 'host_secrets'] as const)
    await db.deleteFrom(table).execute();
  await db.updateTable('access_tokens').set({ revoked_at: now }).where('revoked_at', 'is', null).execute();
  for (const { account_id, name } of await db.selectFrom('secrets').select(['account_id', 'name']).execute())
    await db
      .updateTable('secrets')
      .set({ value: randomBytes(32).toString('base64url') })
      .where('account_id', '=', account_id)
      .where('name', '=', name)
      .execute();
}

export async function readHostSecret({ db }: DirectoryScope, name: string): Promise<string | null> {
  const found = await db.selectFrom('host_secrets').select('value').where('name', '=', name).executeTakeFirst();
  return found?.value ?? null;
}

/** Keeps the first that was made: of two programs that start at once, both use the same. */
export async function keepHostSecret({ db }: DirectoryScope, name: string, value: string): Promise<void> {
  await db
    .insertInto('host_secrets')
    .values({ name, value })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
