// Several queries in one statement, for what is always read together: one trip to the server instead of one each. Each
// comes back as one list in JSON, in the order in which its query gives its rows.
import {
  AliasNode,
  ColumnNode,
  IdentifierNode,
  ReferenceNode,
  sql,
  type CompiledQuery,
  type OperationNode,
  type RawBuilder,
  type SelectQueryNode,
} from 'kysely';
import type { Database } from '../database.ts';
import { isPostgres } from './dialect.ts';
import { prepared, type Conditions } from './prepared.ts';

/** A query of the builder, whose columns are all named. */
type Part<Row> = { compile(): CompiledQuery<Row>; toOperationNode(): SelectQueryNode };
type RowOf<P> = P extends { compile(): CompiledQuery<infer Row> } ? Row : never;
type Values = Parameters<Parameters<typeof prepared>[0]>[1];

/** @param build as of a prepared query, all parts of the statement */
export function gathered<Given extends Values, Parts extends Readonly<Record<string, Part<unknown>>>>(
  build: (db: Database, given: Given, besides: Conditions) => Parts,
): (
  db: Database,
  given: Given,
  besides?: Conditions,
) => Promise<{ readonly [Name in keyof Parts]: readonly RowOf<Parts[Name]>[] }> {
  const blanks = new Map<string, Blank>();
  const query = prepared((db, given: Given, besides) => {
    const lists = Object.entries(build(db, given, besides)).map(([name, part]) => {
      const named = columnsOf(part.toOperationNode());
      blanks.set(name, Object.fromEntries(named.map((column) => [column, null])));
      return sql`(${listOf(db, part, named)}) as ${sql.id(name)}`;
    });
    return sql<Readonly<Record<string, string | null>>>`select ${sql.join(lists)}`;
  });
  return async (db, given, besides = []) => {
    const [lists = {}] = await query(db, given, besides);
    const read: Record<string, readonly unknown[]> = {};
    for (const name in lists) read[name] = rowsOf(lists[name] ?? '[]', blanks.get(name) ?? {});
    // Each part's rows have the columns that its query names, with the values that they have there.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return read as { readonly [Name in keyof Parts]: readonly RowOf<Parts[Name]>[] };
  };
}

function listOf(db: Database, part: Part<unknown>, columns: readonly string[]): RawBuilder<unknown> {
  const values = sql.join(columns.map((column) => sql.ref(`part.${column}`)));
  const rows = new Rows(part);
  return isPostgres(db)
    ? sql`select cast(json_agg(json_build_array(${values})) as text) from ${rows} as part`
    : sql`select json_group_array(json_array(${values})) from ${rows} as part`;
}

/** The query itself, as a table of another. */
class Rows {
  readonly #part: Part<unknown>;

  constructor(part: Part<unknown>) {
    this.#part = part;
  }

  get expressionType(): undefined {
    return undefined;
  }

  toOperationNode(): OperationNode {
    return this.#part.toOperationNode();
  }
}

function columnsOf({ selections = [] }: SelectQueryNode): string[] {
  return selections.map(({ selection }) => nameOf(selection));
}

function nameOf(node: OperationNode): string {
  if (AliasNode.is(node) && IdentifierNode.is(node.alias)) return node.alias.name;
  if (ReferenceNode.is(node)) return nameOf(node.column);
  if (ColumnNode.is(node)) return node.column.name;
  throw new Error('a column of a gathered query has no name');
}

/** A row with its columns in their order: a copy of one that has them all is made at once, and grows no more. */
type Blank = Readonly<Record<string, null>>;

/** @throws Error where a number is not exactly the one that the database has */
function rowsOf(json: string, blank: Blank): object[] {
  if (json === '[]') return [];
  const rows: unknown = JSON.parse(json);
  if (!Array.isArray(rows)) throw new Error('the database gave no list');
  const columns = Object.keys(blank);
  return rows.map((values: unknown) => {
    if (!Array.isArray(values)) throw new Error('the database gave no row');
    const row: Record<string, unknown> = { ...blank };
    columns.forEach((column, index) => (row[column] = valueOf(values[index])));
    return row;
  });
}

/** Truth is 0 or 1, as the drivers give it. */
function valueOf(value: unknown): unknown {
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new Error(`the database gave ${value}, which is no safe whole number`);
  return value;
}
