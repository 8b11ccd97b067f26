// Kysely over one connection to PostgreSQL. Its values come back as SQLite gives them: whole numbers and text, and truth
// as 0 or 1.
import {
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type PrimitiveValueListNode,
  type ValueListNode,
  type QueryResult,
} from 'kysely';
import type { CustomTypesConfig, PoolClient } from 'pg';
import type { Database } from '../database.ts';
import { overConnection } from './one-connection.ts';
import { isDeferred } from './prepared.ts';
import { Pipeline } from './postgres-pipeline.ts';
import { namesOn } from './postgres-names.ts';

/** PostgreSQL's numbers of its types. */
const BOOLEAN = 16;
const BIGINT = 20;
const NUMERIC = 1700;

const OWN: Readonly<Record<number, ((text: string) => number) | undefined>> = {
  [BOOLEAN]: (text) => Number(text === 't'),
  [BIGINT]: wholeNumber,
  [NUMERIC]: wholeNumber,
};

/** How values are read. @param others reads those of other types */
export function typesOver(others: CustomTypesConfig): CustomTypesConfig {
  return {
    // What it reads is `any` to the driver.
    // oxlint-disable-next-line typescript/no-unsafe-return
    getTypeParser: (type, format) => OWN[type] ?? others.getTypeParser(type, format),
  };
}

/** @throws Error where it is not exactly the number that the database has */
function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`the database gave ${text}, which is no safe whole number`);
  return value;
}

/** Shared, since prepared queries are kept by it. */
const ADAPTER = new PostgresAdapter();

/** @param answerMs how long one statement's answer is waited for, where the line may be dead and not say so */
export function overPipeline(line: Pipeline, answerMs: number): Database {
  return over(connectionOver(line, answerMs, true));
}

/** Each statement is answered before the next is sent, however long that takes; whoever works with it ends the transaction. */
export function overClient(client: PoolClient): Database {
  return over(connectionOver(new Pipeline(client), 0, false));
}

function over(connection: DatabaseConnection): Database {
  return overConnection(connection, {
    createAdapter: () => ADAPTER,
    createQueryCompiler: () => new NoneOfNothing(),
    createIntrospector: (db) => new PostgresIntrospector(db),
  });
}

/** Among no values is none, which SQLite knows and PostgreSQL takes for a slip of the pen. */
class NoneOfNothing extends PostgresQueryCompiler {
  protected override visitPrimitiveValueList(node: PrimitiveValueListNode): void {
    if (node.values.length === 0) this.append('(null)');
    else super.visitPrimitiveValueList(node);
  }

  protected override visitValueList(node: ValueListNode): void {
    if (node.values.length === 0) this.append('null');
    else super.visitValueList(node);
  }
}

/** @param mayWait whether what is deferred waits for the next statement */
function connectionOver(line: Pipeline, answerMs: number, mayWait: boolean): DatabaseConnection {
  let isBusy = false;
  return {
    async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
      const { sql: text, parameters: values } = query;
      // One statement after the other: they would wait for each other in any case, and after a failed one all fail.
      if (isBusy) throw new Error(`a scope asks two things at once: ${text}`);
      isBusy = true;
      try {
        const name = namesOn(line.client)?.of(text);
        const statement = { text, name, values, withinMs: answerMs };
        if (mayWait && isDeferred(query)) {
          await line.later(statement);
          return { rows: [] };
        }
        const [answer] = await line.ask<object>(statement);
        const { command, rowCount = 0, rows = [] } = answer ?? {};
        const changed = command === 'SELECT' ? {} : { numAffectedRows: BigInt(rowCount ?? 0) };
        // What its rows are, only the query knows.
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion
        return { ...changed, rows: rows as Row[] };
      } finally {
        isBusy = false;
      }
    },
    // oxlint-disable-next-line require-yield
    async *streamQuery() {
      throw new Error('nothing is streamed');
    },
  };
}
