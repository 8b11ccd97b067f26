// Rows as they go from one engine to the other: page by page in the order of their key, each page in one statement, and
// whatever was read told by its digest, so that both sides can be held against each other.
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import type { Snapshot, Value } from '../journal/ledger.ts';
import { isPostgres } from '../engine/dialect.ts';
import { breathe } from '../engine/many.ts';
import type { MovedTable } from './tables.ts';

/** Rows of one page, and what they may come to: few of the longest texts there are. */
const MOST_ROWS = 1000;
const PAGE_LENGTH = 1_000_000;

type Part = {
  readonly table: MovedTable;
  /** Null for a table that is of no account. */
  readonly account: number | null;
};

/** How many rows there were, and what all of them say. */
export type Seen = { readonly rows: number; readonly digest: string };

/** Told after every page, of how many rows; it ends the work by throwing. */
export type Told = (rows: number) => void;

export async function copyPart(from: Database, to: Database, part: Part, told: Told): Promise<Seen> {
  return await eachPage(from, part, async (rows, json) => {
    await insertPage(to, part.table, json);
    told(rows);
  });
}

export async function lookAtPart(db: Database, part: Part, told: Told): Promise<Seen> {
  return await eachPage(db, part, async (rows) => told(rows));
}

export async function countPart(db: Database, { table, account }: Part): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table.name)}
    where ${account === null ? sql`true` : sql`account_id = ${account}`}`.execute(db);
  return rows[0]?.count ?? 0;
}

async function eachPage(
  db: Database,
  { table, account }: Part,
  take: (rows: number, json: string) => Promise<void>,
): Promise<Seen> {
  const names = table.columns.map(({ name }) => name);
  const hash = createHash('sha256');
  let count = 0;
  let limit = MOST_ROWS;
  for (let last: Snapshot | undefined; ; ) {
    const rows = await pageOf(db, { table, account }, { after: last, limit });
    if (rows.length > 0) {
      const json = JSON.stringify(rows.map((row) => names.map((name) => row[name] ?? null)));
      // Each row by itself, since a page of the other side may end elsewhere.
      hash.update(`${json.slice(1, -1)},`);
      await take(rows.length, json);
      limit = Math.max(1, Math.min(MOST_ROWS, Math.floor((rows.length * PAGE_LENGTH) / json.length)));
    }
    count += rows.length;
    last = rows.at(-1);
    if (last === undefined || table.key.length === 0) return { rows: count, digest: hash.digest('base64url') };
    await breathe();
  }
}

async function pageOf(
  db: Database,
  { table, account }: Part,
  { after, limit }: { readonly after: Snapshot | undefined; readonly limit: number },
): Promise<readonly Snapshot[]> {
  const key = sql.join(table.key.map((column) => sql.ref(column)));
  const conditions = [
    ...(account === null ? [] : [sql`account_id = ${account}`]),
    ...(after === undefined ? [] : [sql`(${key}) > (${sql.join(table.key.map((column) => after[column] ?? null))})`]),
  ];
  const { rows } = await sql<Record<string, Value>>`
    select ${sql.join(table.columns.map((column) => told(column, table.key)))} from ${sql.table(table.name)}
    where ${conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)}
    ${table.key.length === 0 ? sql`` : sql`order by ${key}`} limit ${limit}`.execute(db);
  return rows;
}

/** A sum may come to more than a number holds, and goes as its digits. What the next page begins behind stays what it is. */
function told({ name, isText }: MovedTable['columns'][number], key: MovedTable['key']) {
  return isText || key.includes(name) ? sql.ref(name) : sql`cast(${sql.ref(name)} as text) as ${sql.ref(name)}`;
}

/** @param json a list of rows, each a list of values */
async function insertPage(db: Database, { name, columns }: MovedTable, json: string): Promise<void> {
  const into = sql`insert into ${sql.table(name)} (${sql.join(columns.map((column) => sql.ref(column.name)))})`;
  if (isPostgres(db)) {
    const values = columns.map(({ isText }, at) =>
      isText ? sql`r.value ->> ${sql.lit(at)}` : sql`cast(r.value ->> ${sql.lit(at)} as bigint)`,
    );
    await sql`${into} select ${sql.join(values)} from jsonb_array_elements(cast(${json} as jsonb)) as r`.execute(db);
    return;
  }
  const values = columns.map((_, at) => sql`r.value ->> ${sql.lit(at)}`);
  await sql`${into} select ${sql.join(values)} from json_each(${json}) as r`.execute(db);
}
