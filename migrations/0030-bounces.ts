// A payment that the bank took back is named by what took it back. Of what bounced before nothing is filled in: there the
// note names it, which readers know.
import { sql, type Kysely } from 'kysely';
import type { MigrationEngine } from './index.ts';
import { tablesOf } from './tables.ts';

export async function up(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  const { whole } = tablesOf(db, engine);
  await db.schema.alterTable('payments').addColumn('takes_back_id', whole).execute();
  await db.schema
    .createIndex('payments_by_takes_back_id')
    .on('payments')
    .columns(['account_id', 'takes_back_id'])
    .where(sql.ref('takes_back_id'), 'is not', null)
    .execute();
}
