// Which records tell of a cost, as queries ask for it: by what their kind declares.
import { sql, type RawBuilder } from 'kysely';
import { declared } from '../../kinds/declared.ts';
import type { Kind } from '../../kinds/index.ts';
import { isThere } from '../engine/dialect.ts';

/** Of records of this kind, under this name in the query, that one tells of no cost. */
export function tellsNone(kind: Kind, alias: string): RawBuilder<boolean> {
  const conditions = declared(kind).tellsCost.map(({ column, holds = null }) => {
    const value = sql.ref(`${alias}.${column}`);
    return holds === null ? sql`${value} is null` : sql`${value} <> ${sql.lit(holds)}`;
  });
  return conditions.length === 0 ? sql<boolean>`1 = 1` : sql<boolean>`(${sql.join(conditions, sql` and `)})`;
}

/** That the record with this number tells of no cost; not so of one that is gone. */
export function tellsNoCost(accountId: number, kind: Kind, id: RawBuilder<unknown>): RawBuilder<boolean> {
  const { table } = declared(kind);
  return isThere(
    sql`from ${sql.table(table)} as f where f.account_id = ${accountId} and f.id = ${id} and ${tellsNone(kind, 'f')}`,
  );
}
