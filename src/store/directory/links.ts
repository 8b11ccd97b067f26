// Calls of a tool that wait for whoever asked for them, each to be done once: by a link that moves a file, or by the yes
// of a person; and pages that do one for each file.
import type { DirectoryScope } from './directory.ts';
import { holdLink } from './holding.ts';
import type { WriteScope } from '../scope.ts';
import type { LinkRow } from './rows.ts';

const COLUMNS = [
  ...(['account_id', 'token_hash', 'person_id', 'tool', 'arguments', 'scopes', 'client'] as const),
  ...(['expires_at', 'used_at', 'purpose', 'change_number'] as const),
];
const PAGE_COLUMNS = [...COLUMNS, ...(['opened_by', 'kept', 'files_left', 'bytes_left'] as const)];

type OneCall = Omit<LinkRow, 'opened_by' | 'kept' | 'files_left' | 'bytes_left'>;
type NewLink = Omit<OneCall, 'used_at' | 'change_number'>;

/** @param room what a page for files takes; null for a link that does one call */
export async function addLink(
  { db }: Pick<DirectoryScope, 'db'>,
  link: NewLink,
  room: { readonly files: number; readonly bytes: number } | null = null,
): Promise<void> {
  const of = { used_at: null, change_number: null, opened_by: null, kept: null };
  await db
    .insertInto('links')
    .values({ ...link, ...of, files_left: room?.files ?? null, bytes_left: room?.bytes ?? null })
    .execute();
}

/** Also one that was used; null for one that is unknown, is for something else, or ended. */
export async function linkByHash(
  { db, now }: DirectoryScope,
  { purpose, tokenHash }: Pick<LinkRow, 'purpose'> & { readonly tokenHash: string },
): Promise<OneCall | null> {
  const found = await db
    .selectFrom('links')
    .select(COLUMNS)
    .where('token_hash', '=', tokenHash)
    .where('purpose', '=', purpose)
    .where('files_left', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return found ?? null;
}

/** How many calls wait for the yes of this person. */
export async function countWaiting(
  { db, now }: DirectoryScope,
  { accountId, personId }: { readonly accountId: number; readonly personId: string | null },
): Promise<number> {
  const { count } = await db
    .selectFrom('links')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .where('person_id', personId === null ? 'is' : '=', personId)
    .where('purpose', '=', 'confirm')
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirstOrThrow();
  return count;
}

/** False where somebody was first. */
export async function spendLink({ db, now }: DirectoryScope, tokenHash: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('links')
    .set({ used_at: now })
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Makes one usable again whose call came to nothing. */
export async function returnLink({ db }: DirectoryScope, tokenHash: string): Promise<void> {
  await db.updateTable('links').set({ used_at: null }).where('token_hash', '=', tokenHash).execute();
}

/** Kept or not with the very write that it said yes to. False where it was used, or has ended. */
export async function spendYes(
  { db, now, account, changeNumber, journal }: WriteScope,
  tokenHash: string,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('links')
    .set({ used_at: now, change_number: journal.isEmpty ? null : changeNumber })
    .where('account_id', '=', account.id)
    .where('token_hash', '=', tokenHash)
    .where('purpose', '=', 'confirm')
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** A page for files; null for one that is unknown, was ended, or has ended. */
export async function pageByHash({ db, now }: DirectoryScope, tokenHash: string): Promise<LinkRow | null> {
  const found = await db
    .selectFrom('links')
    .select(PAGE_COLUMNS)
    .where('token_hash', '=', tokenHash)
    .where('files_left', 'is not', null)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return found ?? null;
}

/** The pages that somebody gave out, and that have not ended. */
export async function pagesGivenBy(
  { db, now }: DirectoryScope,
  { accountId, personId }: { readonly accountId: number; readonly personId: string | null },
): Promise<LinkRow[]> {
  return await db
    .selectFrom('links')
    .select(PAGE_COLUMNS)
    .where('account_id', '=', accountId)
    .where('person_id', personId === null ? 'is' : '=', personId)
    .where('files_left', 'is not', null)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .execute();
}

/** False where another browser was first. */
export async function openPage(
  { db, now }: DirectoryScope,
  tokenHash: string,
  opening: Pick<LinkRow, 'opened_by' | 'expires_at'>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('links')
    .set(opening)
    .where('token_hash', '=', tokenHash)
    .where('files_left', 'is not', null)
    .where('opened_by', 'is', null)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function endLinks({ db, now }: DirectoryScope, tokenHashes: readonly string[]): Promise<void> {
  if (tokenHashes.length === 0) return;
  await db.updateTable('links').set({ used_at: now }).where('token_hash', 'in', tokenHashes).execute();
}

/** With what let its giver in: whose pages came of which assistant or token is not told apart. */
export async function endPagesGivenBy(
  scope: DirectoryScope,
  giver: { readonly accountId: number; readonly personId: string },
): Promise<void> {
  const open = await pagesGivenBy(scope, giver);
  await endLinks(
    scope,
    open.map((row) => row.token_hash),
  );
}

/** Takes room on a page for one file. False where there is none, or the page has ended. */
export async function takeRoom({ db, now }: DirectoryScope, tokenHash: string, bytes: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('links')
    .set((eb) => ({ files_left: eb('files_left', '-', 1), bytes_left: eb('bytes_left', '-', bytes) }))
    .where('token_hash', '=', tokenHash)
    .where('files_left', '>=', 1)
    .where('bytes_left', '>=', bytes)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function giveRoomBack({ db }: DirectoryScope, tokenHash: string, bytes: number): Promise<void> {
  await db
    .updateTable('links')
    .set((eb) => ({ files_left: eb('files_left', '+', 1), bytes_left: eb('bytes_left', '+', bytes) }))
    .where('token_hash', '=', tokenHash)
    .execute();
}

/** One more file came by a page. @param change makes what is noted of what was */
export async function noteKept(
  scope: DirectoryScope,
  tokenHash: string,
  change: (kept: string | null) => string,
): Promise<void> {
  const { db } = scope;
  await holdLink(scope, tokenHash);
  const row = await db.selectFrom('links').select('kept').where('token_hash', '=', tokenHash).executeTakeFirst();
  if (row === undefined) return;
  await db
    .updateTable('links')
    .set({ kept: change(row.kept) })
    .where('token_hash', '=', tokenHash)
    .execute();
}

/** What somebody gave out needs no signing in, so it ends with what their signing in left. */
export async function removePagesOf({ db }: DirectoryScope, personId: string): Promise<void> {
  await db.deleteFrom('links').where('person_id', '=', personId).where('files_left', 'is not', null).execute();
}
