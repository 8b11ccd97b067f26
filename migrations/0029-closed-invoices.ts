// What was billed on no job, as the reports of closed months said it: where a bill of such a month is filed since, or taken
// out, on which days it stands otherwise than on its own.
import type { Kysely } from 'kysely';
import type { MigrationEngine } from './index.ts';
import { tablesOf } from './tables.ts';

export async function up(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  const { create, index, refers, number, text, all } = tablesOf(db, engine);
  await create(
    'closed_invoices',
    ['invoice_id', 'day'],
    all(number('invoice_id'), text('day'), number('amount'), refers('closed_invoices', 'invoice_id', 'invoices')),
  );
  await index('closed_invoices', ['day']);
}
