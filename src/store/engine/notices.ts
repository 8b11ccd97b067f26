// Word to the other processes on a database that something of an account is another now: sent with the COMMIT of the write,
// and only if it is kept. It says whose and of what kind, and nothing else: whoever hears it looks for themselves.
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import { isPostgres } from './dialect.ts';
import { isAway } from './postgres-errors.ts';

export const CHANNEL = 'jobwright';

/** What a caller's lists of tools, prompts and records follow from. */
export type NoticeKind = 'lists';

/** In a write. Engines that speak as PostgreSQL does and send no word keep the write all the same: their processes look. */
export async function sendNotice(db: Database, accountId: number, kind: NoticeKind): Promise<void> {
  if (!isPostgres(db)) return;
  await sql`savepoint notice`.execute(db);
  try {
    await sql`select pg_notify(${CHANNEL}, ${`${accountId} ${kind}`})`.execute(db);
  } catch (error) {
    if (isAway(error)) throw error;
    await sql`rollback to savepoint notice`.execute(db);
  }
}

/** @returns whose it is; null for what is no notice of ours */
export function accountOfNotice(payload: string): number | null {
  const [, account] = /^([1-9]\d{0,14}) lists$/.exec(payload) ?? [];
  return account === undefined ? null : Number(account);
}
