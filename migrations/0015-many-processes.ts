// What several processes on one book share that is no part of the books: how often something was tried, and whose turn it
// is to tidy. A row ends by itself.
import type { Kysely } from 'kysely';
import type { MigrationEngine } from './index.ts';
import { tablesOf } from './tables.ts';

export async function up(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  const { createShared, all, number, text } = tablesOf(db, engine);
  await createShared('attempts', ['key_hash'], all(text('key_hash'), number('count'), text('expires_at')));
  await createShared('turns', ['name'], all(text('name'), text('expires_at')));
}
