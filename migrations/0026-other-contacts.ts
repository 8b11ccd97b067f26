// What a customer is reached by beside the first: kept of the other record where two of one person were merged.
import type { Kysely } from 'kysely';
import type { MigrationEngine } from './index.ts';
import { tablesOf } from './tables.ts';

const KEPT_BESIDE = ['other_phones', 'other_emails', 'other_addresses', 'other_keys'] as const;

export async function up(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  const { words } = tablesOf(db, engine);
  for (const column of KEPT_BESIDE) await db.schema.alterTable('customers').addColumn(column, words).execute();
}
