// Kysely over one connection that is there already, and that begins and ends its own transactions. For each statement
// Kysely would ask a driver for a connection and give it back, which takes longer than most of our statements.
import {
  DefaultQueryExecutor,
  Kysely,
  SingleConnectionProvider,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';
import type { Database, Tables } from '../database.ts';

/** @param words how the engine says things */
export function overConnection(connection: DatabaseConnection, words: Omit<Dialect, 'createDriver'>): Database {
  const driver = new OneConnection(connection);
  const dialect: Dialect = {
    createAdapter: () => words.createAdapter(),
    createDriver: () => driver,
    createQueryCompiler: () => words.createQueryCompiler(),
    createIntrospector: (db) => words.createIntrospector(db),
  };
  return new Kysely<Tables>({ config: { dialect }, driver, executor: new Straight(connection, dialect), dialect });
}

/** Nothing of ours changes a query or its rows on the way (Kysely's plugins), so that the connection answers itself. */
class Straight extends DefaultQueryExecutor {
  readonly #connection: DatabaseConnection;

  constructor(connection: DatabaseConnection, dialect: Dialect) {
    super(dialect.createQueryCompiler(), dialect.createAdapter(), new SingleConnectionProvider(connection));
    this.#connection = connection;
  }

  override async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    return await this.#connection.executeQuery<Row>(query);
  }
}

/** Begin, commit and rollback are the engine's own. */
class OneConnection implements Driver {
  readonly #connection: DatabaseConnection;

  constructor(connection: DatabaseConnection) {
    this.#connection = connection;
  }

  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }
  async beginTransaction(): Promise<void> {
    throw new Error('a scope is one transaction already');
  }
  async commitTransaction(): Promise<void> {}
  async rollbackTransaction(): Promise<void> {}
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}
}
