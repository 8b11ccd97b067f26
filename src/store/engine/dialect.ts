// What one engine says in other words than the other.
import { PostgresAdapter, sql, type RawBuilder } from 'kysely';
import type { Database } from '../database.ts';

export function isPostgres(db: Database): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/**
 * That there is such a row, looked up for each row that asks: PostgreSQL takes `exists` for leave to read all rows that
 * could be asked for first, which are the more the larger the book is.
 * @param rows from where on the query says which
 */
export function isThere(rows: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`((select 1 ${rows} limit 1) is not null)`;
}

/** A column that is asked for where it stands: SQLite does not go by an index of it, which here leads to far more rows. */
export function notByIndex(column: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`+${column}`;
}

/** The columns of a table; none where there is no such table. */
export async function columnsOf(db: Database, table: string): Promise<string[]> {
  const columns = isPostgres(db)
    ? sql<{ name: string }>`select column_name as name from information_schema.columns
        where table_schema = current_schema() and table_name = ${table}`
    : sql<{ name: string }>`select name from pragma_table_info(${table})`;
  return (await columns.execute(db)).rows.map(({ name }) => name);
}

/** The whole number that a text begins with, as far as one is exact; 0 where it begins with none. */
export function beginningNumber(db: Database, text: RawBuilder<unknown>): RawBuilder<number> {
  return isPostgres(db)
    ? sql`cast(coalesce(substring(${text} from '^[0-9]{1,18}'), '0') as bigint)`
    : sql`cast(${text} as integer)`;
}

type Told = {
  /** Where there is none, what follows is a sentence, and its first word what stands at `at`. */
  readonly code: RawBuilder<unknown>;
  /** An object as JSON. */
  readonly facts: RawBuilder<unknown>;
  readonly at: string;
  /** Lists of words. */
  readonly under: readonly string[];
};

/** The words that stand in facts at these places, as a table with the column `word`. */
export function wordsIn(db: Database, { code, facts, at, under }: Told): RawBuilder<unknown> {
  if (isPostgres(db)) {
    const json = sql`case when ${code} is null then jsonb_build_object(cast(${sql.lit(at)} as text), ${facts})
      when ${facts} is json object then cast(${facts} as jsonb) else '{}' end`;
    const all = [`$.${at}`, ...under.map((list) => `$.${list}[*]`)].map(
      (path) => sql`select jsonb_path_query(${json}, ${sql.lit(path)}) #>> '{}' as word`,
    );
    return sql`(${sql.join(all, sql` union all `)})`;
  }
  const json = sql`case when ${code} is null then json_object(${sql.lit(at)}, ${facts})
    when json_valid(${facts}) then ${facts} else '{}' end`;
  const lists = under.map((list) => sql.lit(`$.${list}`));
  return sql`(select j.atom as word from json_tree(${json}) as j
    where j.fullkey = ${sql.lit(`$.${at}`)} or j.path in (${sql.join(lists)}))`;
}
