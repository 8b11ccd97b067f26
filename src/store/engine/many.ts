// Rows by the thousand in few statements: one for many rows, built and compiled once. A write of so many is one write all
// the same, yet others have their turn on the way: nobody else writes meanwhile, and who reads sees the books before it.
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import type { Snapshot, Value } from '../journal/ledger.ts';
import { isPostgres } from './dialect.ts';
import { prepared } from './prepared.ts';

/** Rows of one statement, the most first. What is left over goes in one more, so that few shapes of it are kept. */
const AT_ONCE = [50, 8] as const;

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
    (_, { values }: { readonly values: readonly Value[] }) =>
      sql`insert into ${sql.table(table)} (${named(columns)}) values ${tuples(values, columns.length)}${replacing}`,
  );
  return async (db, rows) => {
    for (const some of statements(rows)) {
      const values = some.flatMap((row) => columns.map((column) => row[column] ?? null));
      await insert(db, { values });
    }
  };
}

/** Takes out the rows of an account that have these keys. */
export function deleteMany(table: string, key: readonly string[]) {
  const columns = sql.join(key.map((column) => sql.ref(column)));
  const remove = prepared(
    (db, { account, values }: { readonly account: number; readonly values: readonly Value[] }) => {
      const keys = tuples(values, key.length);
      // A list of rows is a table to SQLite; to PostgreSQL such a table would be of text.
      const among = isPostgres(db) ? keys : sql`values ${keys}`;
      return sql`delete from ${sql.table(table)} where account_id = ${account} and (${columns}) in (${among})`;
    },
  );
  return async (db: Database, account: number, keys: readonly Snapshot[]): Promise<void> => {
    for (const some of statements(keys)) {
      const values = some.flatMap((row) => key.map((column) => row[column] ?? null));
      await remove(db, { account, values });
    }
  };
}

function statements<Row>(rows: readonly Row[]): (readonly Row[])[] {
  const found: (readonly Row[])[] = [];
  let left = rows;
  for (const size of AT_ONCE) for (; left.length >= size; left = left.slice(size)) found.push(left.slice(0, size));
  return left.length === 0 ? found : [...found, left];
}

function tuples(values: readonly Value[], width: number) {
  const rows = Array.from({ length: values.length / width }, (_, row) => values.slice(row * width, (row + 1) * width));
  return sql.join(rows.map((row) => sql`(${sql.join(row)})`));
}
