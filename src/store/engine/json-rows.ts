// Rows, or values, that go to the database as one parameter, so that the text of a statement is the same for any number of
// them: it is compiled once, prepared once, and one trip takes them all. Either engine makes a table of them again.
import { sql, type RawBuilder } from 'kysely';
import type { Database } from '../database.ts';
import { isPostgres } from './dialect.ts';

type Value = string | number | null;

/**
 * The one parameter that holds these rows. Half a character becomes what the database would make of it.
 * @param columns of them; what else a row has is left aside
 */
export function rowsAsJson(columns: readonly string[], rows: readonly Readonly<Record<string, Value>>[]): string {
  return JSON.stringify(
    rows.map((row) => Object.fromEntries(columns.map((column) => [column, wellFormed(row[column] ?? null)]))),
  );
}

/** PostgreSQL keeps no JSON of more than 256 MB; rows of long texts come to that long before they are many. */
const LONGEST = 16_000_000;

/** The same in as many parameters as it takes for none to be too long, of one row each at the least. */
export function rowsAsJsonParts(
  columns: readonly string[],
  rows: readonly Readonly<Record<string, Value>>[],
  longest = LONGEST,
): string[] {
  const json = rowsAsJson(columns, rows);
  if (json.length <= longest || rows.length <= 1) return [json];
  const half = Math.ceil(rows.length / 2);
  return [rows.slice(0, half), rows.slice(half)].flatMap((some) => rowsAsJsonParts(columns, some, longest));
}

/** The one parameter that holds these texts. */
export function textsAsJson(texts: readonly string[]): string {
  return JSON.stringify(texts.map((text) => text.toWellFormed()));
}

function wellFormed(value: Value): Value {
  return typeof value === 'string' ? value.toWellFormed() : value;
}

/**
 * A query of the rows that a parameter holds, with these columns in their order.
 * @param table one that has these columns, of which their types are taken
 * @param json made by `rowsAsJson`
 */
export function rowsIn(db: Database, table: string, columns: readonly string[], json: string): RawBuilder<unknown> {
  return sql`select ${given(db, columns)} from ${tableOf(db, table, json)}`;
}

/** The same with whose they are before them, which is no part of what the parameter holds. */
export function rowsOfAccount(
  db: Database,
  table: string,
  columns: readonly string[],
  { account, rows }: { readonly account: number; readonly rows: string },
): RawBuilder<unknown> {
  return sql`select cast(${account} as bigint), ${given(db, columns)} from ${tableOf(db, table, rows)}`;
}

function given(db: Database, columns: readonly string[]): RawBuilder<unknown> {
  return sql.join(
    columns.map((column) =>
      isPostgres(db) ? sql`given.${sql.ref(column)}` : sql`given.value ->> ${sql.lit(column)} as ${sql.ref(column)}`,
    ),
  );
}

function tableOf(db: Database, table: string, json: string): RawBuilder<unknown> {
  return isPostgres(db)
    ? sql`jsonb_populate_recordset(null::${sql.table(table)}, cast(${json} as jsonb)) as given`
    : sql`json_each(${json}) as given where true`;
}

/** A query of the whole numbers in a list that a parameter holds as JSON: what a column is among. */
export function numbersIn(db: Database, json: string): RawBuilder<number> {
  return isPostgres(db)
    ? sql`select cast(value as bigint) from jsonb_array_elements_text(cast(${json} as jsonb))`
    : sql`select value from json_each(${json})`;
}

/** The same of texts. */
export function textsIn(db: Database, json: string): RawBuilder<string> {
  return isPostgres(db)
    ? sql`select value from jsonb_array_elements_text(cast(${json} as jsonb))`
    : sql`select value from json_each(${json})`;
}

/** A query of rows of texts with these names, in a list of objects that a parameter holds as JSON. */
export function textRowsIn(db: Database, columns: readonly string[], json: string): RawBuilder<unknown> {
  if (!isPostgres(db))
    return sql`select ${sql.join(columns.map((column) => sql`value ->> ${sql.lit(column)} as ${sql.ref(column)}`))}
      from json_each(${json})`;
  const given = columns.map((column) => sql`${sql.ref(column)} text`);
  return sql`select ${sql.join(columns.map((column) => sql.ref(column)))}
    from jsonb_to_recordset(cast(${json} as jsonb)) as given(${sql.join(given)})`;
}
