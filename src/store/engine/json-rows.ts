// Rows, or values, that go to the database as one parameter, so that the text of a statement is the same for any number of
// them: it is compiled once, prepared once, and one trip takes them all. Either engine makes a table of them again.
import { sql, type RawBuilder } from 'kysely';
import type { Database } from '../database.ts';
import { isPostgres } from './dialect.ts';

type Value = string | number | null;

/** The one parameter that holds these rows. @param columns of them; what else a row has is left aside */
export function rowsAsJson(columns: readonly string[], rows: readonly Readonly<Record<string, Value>>[]): string {
  return JSON.stringify(rows, [...columns]);
}

/**
 * A query of the rows that a parameter holds, with these columns in their order.
 * @param table one that has these columns, of which their types are taken
 * @param json made by `rowsAsJson`
 */
export function rowsIn(db: Database, table: string, columns: readonly string[], json: string): RawBuilder<unknown> {
  if (isPostgres(db))
    return sql`select ${sql.join(columns.map((column) => sql.ref(`given.${column}`)))}
      from jsonb_populate_recordset(null::${sql.table(table)}, cast(${json} as jsonb)) as given`;
  const values = columns.map((column) => sql`given.value ->> ${sql.lit(column)} as ${sql.ref(column)}`);
  return sql`select ${sql.join(values)} from json_each(${json}) as given where true`;
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
