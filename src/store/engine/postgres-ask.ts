// One thing said to the server, whose answer is waited for so long: the line to it may be dead and not say so.
import type { ClientBase, QueryResult } from 'pg';

/** For what takes the server no time. */
export const SOON_MS = 3000;

type Values = readonly (string | number)[];

/** @returns one result of each statement */
export async function ask<Row extends object>(
  client: ClientBase,
  { text, values, withinMs = SOON_MS }: { readonly text: string; readonly values?: Values; readonly withinMs?: number },
): Promise<QueryResult<Row>[]> {
  const query = { text, query_timeout: withinMs, ...(values === undefined ? {} : { values: [...values] }) };
  const answer: QueryResult<Row> | QueryResult<Row>[] = await client.query<Row>(query);
  return [answer].flat();
}
