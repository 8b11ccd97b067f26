// Queries that are built and compiled once and kept: afterwards only their values change. Building and compiling takes
// several times as long as most of them run. What a query's shape depends on is which values are given and how long a
// list is, so each such shape is kept on its own; nothing else of a value can be looked at while it is built.
import { sql, type CompiledQuery, type Expression, type SqlBool } from 'kysely';
import type { Database } from '../database.ts';
import { Recent } from './recent.ts';

type Value = string | number | null;
type Values = Readonly<Record<string, Value | readonly Value[] | undefined>>;

/** Shapes kept of one query; lists of many lengths have many. */
const KEPT_SHAPES = 60;

/** Stands for a value in a query that is kept. */
class Placeholder {
  readonly name: string;
  /** Its place, where the value is a list. */
  readonly index: number | null;

  constructor(name: string, index: number | null) {
    this.name = name;
    this.index = index;
  }

  valueIn(values: Values): unknown {
    const value = values[this.name];
    return this.index === null || !Array.isArray(value) ? value : value[this.index];
  }

  /** Whoever computes with a value while the query is built would keep what came of it for every other value. */
  [Symbol.toPrimitive](): never {
    throw new Error(`a prepared query depends on what ${this.name} is`);
  }
}

/** A query of the builder, or one written in SQL. */
type Built<Row> = { compile(db: Database): CompiledQuery<Row> };

/** Conditions that are put together anew each time, as those of a search by words. */
export type Conditions = readonly Expression<SqlBool>[];

/** That columns are what a filter names; what it leaves out asks for nothing. */
export function matching(columns: Readonly<Record<string, string | number | undefined>>): Conditions {
  return Object.entries(columns).flatMap(([column, value]) =>
    value === undefined ? [] : [sql<boolean>`${sql.ref(column)} = ${value}`],
  );
}

/**
 * @param build puts the query together; of the values it may ask only which are undefined, and how long a list is
 * @returns runs it with these values and gives its rows; with conditions besides it is not kept
 */
export function prepared<Given extends Values, Row>(
  build: (db: Database, given: Given, besides: Conditions) => Built<Row>,
): (db: Database, values: Given, besides?: Conditions) => Promise<readonly Row[]> {
  // By engine, since each has its own way to write SQL; all connections and transactions of one share its adapter.
  const byEngine = new WeakMap<object, Recent<CompiledQuery<Row>>>();
  const shapesOf = (db: Database) => {
    const { adapter } = db.getExecutor();
    const known = byEngine.get(adapter);
    if (known !== undefined) return known;
    const shapes = new Recent<CompiledQuery<Row>>(KEPT_SHAPES);
    byEngine.set(adapter, shapes);
    return shapes;
  };
  return async (db, values, besides = []) => {
    if (besides.length > 0) return (await db.executeQuery<Row>(build(db, values, besides).compile(db))).rows;
    const kept = shapesOf(db).of(shapeOf(values), () => build(db, standingFor(values), []).compile(db));
    const parameters = kept.parameters.map((each) => (each instanceof Placeholder ? each.valueIn(values) : each));
    return (await db.executeQuery<Row>({ ...kept, parameters })).rows;
  };
}

const DEFERRED = new WeakSet<CompiledQuery['queryId']>();

/** Whether nobody needs to know what it gives: an engine may send it with the next one. */
export function isDeferred({ queryId }: CompiledQuery): boolean {
  return DEFERRED.has(queryId);
}

/** Of a statement that only writes. Where it fails, the one after it does. */
export function deferring<Row>(query: CompiledQuery<Row>): CompiledQuery<Row> {
  DEFERRED.add(query.queryId);
  return query;
}

/** The same as a prepared query, of a statement that only writes. */
export function deferred<Given extends Values>(
  build: (db: Database, given: Given) => Built<unknown>,
): (db: Database, values: Given) => Promise<void> {
  const write = prepared((db, given: Given) => {
    const built = build(db, given);
    return { compile: (db: Database) => deferring(built.compile(db)) };
  });
  return async (db, values) => void (await write(db, values));
}

function shapeOf(values: Values): string {
  let shape = '';
  for (const name in values) {
    const value = values[name];
    if (value === undefined) continue;
    shape += Array.isArray(value) ? `${name}[${value.length}] ` : `${name} `;
  }
  return shape;
}

function standingFor<Given extends Values>(values: Given): Given {
  const standing = Object.entries(values).map(([name, value]) => [
    name,
    value === undefined
      ? undefined
      : Array.isArray(value)
        ? value.map((_, index) => new Placeholder(name, index))
        : new Placeholder(name, null),
  ]);
  // To the query builder a placeholder is as good as the value that takes its place.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return Object.fromEntries(standing) as Given;
}
