// A customer may be one with another, a document keeps the name and address that it was made out to, and a quote may
// take a discount off its lines.
import type { Kysely } from 'kysely';
import type { MigrationEngine } from './index.ts';
import { tablesOf } from './tables.ts';

export async function up(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  const { whole, words } = tablesOf(db, engine);
  await db.schema.alterTable('customers').addColumn('merged_into', whole).execute();
  for (const table of ['quotes', 'invoices']) {
    await db.schema.alterTable(table).addColumn('to_name', words).execute();
    await db.schema.alterTable(table).addColumn('to_address', words).execute();
  }
  await db.schema.alterTable('quotes').addColumn('discount_percent', whole).execute();
  await db.schema.alterTable('quotes').addColumn('discount', whole).execute();
}
