// Rows of one kind in one statement, however many. A write of thousands is one write all the same, yet others have their
// turn on the way: nobody else writes meanwhile, and who reads sees the books before it.
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import type { Snapshot } from '../journal/ledger.ts';
import { rowsAsJson, rowsIn } from './json-rows.ts';
import { prepared } from './prepared.ts';

/** So many rows without a pause; what people write by hand is fewer, and is never paused in. */
export const ROWS_A_BREATH = 500;

/** Work on many rows, in portions between which timers and sockets have their turn. */
export async function inPortions<Row>(
  rows: readonly Row[],
  work: (some: readonly Row[]) => Promise<void>,
): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_A_BREATH) {
    if (at > 0) await breathe();
    await work(rows.slice(at, at + ROWS_A_BREATH));
  }
}

export async function breathe(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

/** Adds rows, which all have these columns. @param key where given, a row that is there with it becomes this one */
export function insertMany(
  table: string,
  columns: readonly string[],
  key: readonly string[] = [],
): (db: Database, rows: readonly Snapshot[]) => Promise<void> {
  const named = (some: readonly string[]) => sql.join(some.map((column) => sql.ref(column)));
  const set = columns
    .filter((column) => !key.includes(column))
    .map((column) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`);
  const replacing = key.length === 0 ? sql`` : sql` on conflict (${named(key)}) do update set ${sql.join(set)}`;
  const insert = prepared(
    (db, { rows }: { readonly rows: string }) =>
      sql`insert into ${sql.table(table)} (${named(columns)}) ${rowsIn(db, table, columns, rows)}${replacing}`,
  );
  return async (db, rows) =>
    await inPortions(rows, async (some) => void (await insert(db, { rows: rowsAsJson(columns, some) })));
}

/** Takes out the rows of an account that have these keys. */
export function deleteMany(table: string, key: readonly string[]) {
  const columns = sql.join(key.map((column) => sql.ref(column)));
  const remove = prepared(
    (db, { account, keys }: { readonly account: number; readonly keys: string }) =>
      sql`delete from ${sql.table(table)} where account_id = ${account} and (${columns}) in (${rowsIn(db, table, key, keys)})`,
  );
  return async (db: Database, account: number, keys: readonly Snapshot[]): Promise<void> =>
    await inPortions(keys, async (some) => void (await remove(db, { account, keys: rowsAsJson(key, some) })));
}
