// Links that do one call of a tool, once, for whoever asked for them.
import type { LinkRow } from './database.ts';
import type { DirectoryScope } from './directory.ts';

const COLUMNS = [
  ...(['account_id', 'token_hash', 'person_id', 'tool', 'arguments', 'scopes', 'client'] as const),
  ...(['expires_at', 'used_at'] as const),
];

export async function addLink({ db }: DirectoryScope, link: Omit<LinkRow, 'used_at'>): Promise<void> {
  await db
    .insertInto('links')
    .values({ ...link, used_at: null })
    .execute();
}

/** Null for one that is unknown, was used, or ended. */
export async function openLink({ db, now }: DirectoryScope, tokenHash: string): Promise<LinkRow | null> {
  const found = await db
    .selectFrom('links')
    .select(COLUMNS)
    .where('token_hash', '=', tokenHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return found ?? null;
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
