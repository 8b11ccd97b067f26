// Rows of one kind in one statement, however many. A write of thousands is one write all the same, yet others have their
// turn on the way: nobody else writes meanwhile, and who reads sees the books before it.
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import type { Snapshot } from '../journal/ledger.ts';
import { rowsAsJson, rowsAsJsonParts, rowsIn, rowsOfAccount } from './json-rows.ts';
import { deferred } from './prepared.ts';

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

/**
 * Adds rows to an account, which all have these columns.
 * @param key where given, a row of the account that is there with it becomes this one
 */
export function insertMany(table: string, columns: readonly string[], key: readonly string[] | null = null) {
  const own = columns.filter((column) => column !== 'account_id');
  const named = (some: readonly string[]) => sql.join(['account_id', ...some].map((column) => sql.ref(column)));
  const set = own
    .filter((column) => key?.includes(column) !== true)
    .map((column) => sql`${sql.ref(column)} = excluded.${sql.ref(column)}`);
  const becoming = set.length === 0 ? sql`nothing` : sql`update set ${sql.join(set)}`;
  const replacing = key === null ? sql`` : sql` on conflict (${named(key)}) do ${becoming}`;
  const insert = deferred(
    (db, { account, rows }: { readonly account: number; readonly rows: string }) =>
      sql`insert into ${sql.table(table)} (${named(own)}) ${rowsOfAccount(db, table, own, { account, rows })}${replacing}`,
  );
  return async (db: Database, account: number, rows: readonly Snapshot[]): Promise<void> =>
    await inPortions(rows, async (some) => {
      for (const json of rowsAsJsonParts(own, some)) await insert(db, { account, rows: json });
    });
}

/** Makes rows of an account others, which are there under this key, in these columns. */
export function updateMany(table: string, key: readonly string[], columns: readonly string[]) {
  const all = [...key, ...columns];
  const set = columns.map((column) => sql`${sql.ref(column)} = becoming.${sql.ref(column)}`);
  const isThat = key.map((column) => sql`${sql.ref(`${table}.${column}`)} = becoming.${sql.ref(column)}`);
  const update = deferred(
    (db, { account, rows }: { readonly account: number; readonly rows: string }) =>
      sql`update ${sql.table(table)} set ${sql.join(set)} from (${rowsIn(db, table, all, rows)}) as becoming
        where ${sql.ref(`${table}.account_id`)} = ${account} and ${sql.join(isThat, sql` and `)}`,
  );
  return async (db: Database, account: number, rows: readonly Snapshot[]): Promise<void> =>
    await inPortions(rows, async (some) => {
      for (const json of rowsAsJsonParts(all, some)) await update(db, { account, rows: json });
    });
}

/** Takes out the rows of an account that have these keys. */
export function deleteMany(table: string, key: readonly string[]) {
  const columns = sql.join(key.map((column) => sql.ref(column)));
  const remove = deferred(
    (db, { account, keys }: { readonly account: number; readonly keys: string }) =>
      sql`delete from ${sql.table(table)} where account_id = ${account} and (${columns}) in (${rowsIn(db, table, key, keys)})`,
  );
  return async (db: Database, account: number, keys: readonly Snapshot[]): Promise<void> =>
    await inPortions(keys, async (some) => await remove(db, { account, keys: rowsAsJson(key, some) }));
}
