// An account may have what is costly wait for the person themselves. Such a call is put off like one that moves a file,
// for another purpose, and keeps which change it became.
import type { Kysely } from 'kysely';
import type { MigrationEngine } from './index.ts';
import { tablesOf } from './tables.ts';

export async function up(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  const { whole, words } = tablesOf(db, engine);
  await db.schema.alterTable('accounts').addColumn('confirm_by', words).execute();
  await db.schema
    .alterTable('links')
    .addColumn('purpose', words, (added) => added.notNull().defaultTo('file'))
    .execute();
  await db.schema.alterTable('links').addColumn('change_number', whole).execute();
}
