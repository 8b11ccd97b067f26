// The bytes of files, where the books are on PostgreSQL and no folder or bucket keeps them: in parts, so that nobody holds
// more of a file than one of them. On SQLite these tables stay empty.
import { sql, type Kysely } from 'kysely';
import type { MigrationEngine } from './index.ts';
import { tablesOf } from './tables.ts';

export async function up(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  const { create, number, text, textOrNull, all, some } = tablesOf(db, engine);
  await create('kept_files', ['hash'], all(some(text, 'hash', 'stored_at'), textOrNull('trashed_on')));
  // What was found out about a file lies with its bytes, and goes with them.
  const bytes = engine === 'sqlite' ? sql`blob` : sql`bytea`;
  await create('file_parts', ['hash', 'what', 'part'], (table) =>
    all(some(text, 'hash', 'what'), number('part'))(table).addColumn('bytes', bytes, (column) => column.notNull()),
  );
  // Pictures and papers are packed already.
  if (engine === 'postgres') await sql`alter table file_parts alter column bytes set storage external`.execute(db);
}
