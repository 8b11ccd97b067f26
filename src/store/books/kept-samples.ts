// What stays of the samples once they are taken out, since real records stand on it.
import { sql } from 'kysely';
import type { ReadScope } from '../scope.ts';

/** What real records are filed under is real itself; bills and quotes that they stand on were made up, and count nowhere. */
const KEPT = ['customers', 'jobs', 'walk_and_talks', 'invoices', 'quotes', 'expenses'] as const;
export type KeptTable = (typeof KEPT)[number];

/** Asked once all others are taken out: what is left of them is numbered below 0. */
export async function keptSamples({ db, account }: ReadScope): Promise<ReadonlyMap<KeptTable, readonly number[]>> {
  const kept = new Map<KeptTable, readonly number[]>();
  for (const table of KEPT) {
    const { rows } = await sql<{ id: number }>`
      select id from ${sql.table(table)} where account_id = ${account.id} and id < 0 order by id`.execute(db);
    kept.set(
      table,
      rows.map(({ id }) => id),
    );
  }
  return kept;
}
