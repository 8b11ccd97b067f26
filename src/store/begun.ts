// The part of a query that is always the same, its tables, joins and columns, put together once for each connection.
// Building it anew was a third of what a page of a job cost. What differs, the account first of all, is added each time.
import type { Database } from './database.ts';

export function begun<Query>(begin: (db: Database) => Query): (db: Database) => Query {
  const queries = new WeakMap<Database, Query>();
  return (db) => {
    const ready = queries.get(db) ?? begin(db);
    queries.set(db, ready);
    return ready;
  };
}
