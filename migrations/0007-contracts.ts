// What of a bill counts against which contract, where it is not made from one, and what a credit takes from it; and the
// order in which contracts were accepted. Of what was written before nothing is filled in: readers know what it meant.
import type { Kysely } from 'kysely';
import type { MigrationEngine } from './index.ts';
import { tablesOf } from './tables.ts';

export async function up(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  const { create, index, number, flag, refers, all, some, whole, words } = tablesOf(db, engine);
  await create(
    'contract_parts',
    ['invoice_id', 'contract_id', 'reduces', 'tax_rate'],
    all(
      some(number, 'invoice_id', 'contract_id', 'tax_rate', 'base', 'tax'),
      flag('reduces'),
      refers('contract_parts', 'invoice_id', 'invoices'),
    ),
  );
  await index('contract_parts', ['contract_id']);
  await db.schema.alterTable('invoices').addColumn('counting', words).execute();
  // The change by which a quote was accepted.
  await db.schema.alterTable('quotes').addColumn('accepted_in', whole).execute();
}
