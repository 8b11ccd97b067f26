// The numbers of each series, which go up with every one that is given.
import { sql } from 'kysely';
import { prepared } from '../engine/prepared.ts';

type Counting = {
  readonly account: number;
  readonly kinds: readonly string[];
  readonly many: readonly number[];
  /** What each comes to where it was never counted. */
  readonly begun: readonly number[];
};

/** The newest number of each, once so many were given. */
export const count = prepared((_, { account, kinds, many, begun }: Counting) => {
  const rows = kinds.map((kind, index) => sql`(${account}, ${kind}, ${begun[index] ?? 0})`);
  const added = kinds.map((kind, index) => sql`when ${kind} then cast(${many[index] ?? 0} as bigint)`);
  return sql<{ kind: string; value: number }>`insert into counters (account_id, kind, value) values ${sql.join(rows)}
    on conflict (account_id, kind) do update
    set value = counters.value + case counters.kind ${sql.join(added, sql` `)} end returning kind, value`;
});
