// One thing said to the server, whose answer is waited for so long: the line to it may be dead and not say so.
import type { ClientBase, QueryResult } from 'pg';

/** For what takes the server no time. */
export const SOON_MS = 3000;

export type Statement = {
  readonly text: string;
  /** Under which the connection keeps it. */
  readonly name?: string | undefined;
  readonly values?: readonly unknown[] | undefined;
  /** 0: however long it takes. */
  readonly withinMs?: number;
};

/** @returns one result of each statement in the text */
export async function ask<Row extends object>(
  client: ClientBase,
  { text, name, values, withinMs = SOON_MS }: Statement,
): Promise<QueryResult<Row>[]> {
  const query = {
    ...{ text, query_timeout: withinMs },
    ...(name === undefined ? {} : { name }),
    ...(values === undefined ? {} : { values: [...values] }),
  };
  const answer: QueryResult<Row> | QueryResult<Row>[] = await client.query<Row>(query);
  return Array.isArray(answer) ? answer : [answer];
}
