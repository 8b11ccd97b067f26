// What tells one book from another and a newer copy from an older one: an identity, and a number that every commit
// raises, so that files beside the book, a log left by a crash and a backup can each be held against it.
import { randomBytes } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { MigrationEngine } from './index.ts';
import { tablesOf } from './tables.ts';

export async function up(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  const { create, createShared, number, text, textOrNull, all, some, words } = tablesOf(db, engine);
  // One row each. The first stands alone on its page, which every commit writes anew.
  await createShared('book', ['id'], all(some(number, 'id'), text('identity'), number('write_number'), text('schema')));
  await sql`insert into book (id, identity, write_number, schema)
    values (1, ${randomBytes(16).toString('hex')}, 1, '')`.execute(db);
  // When left-over files may be looked for: what the book and its folder were when that was last decided.
  await createShared(
    'sweeping',
    ['id'],
    all(number('id'), some(text, 'place', 'since'), some(textOrNull, 'swept_at', 'withheld')),
  );
  // Numbers that were passed over on purpose, when a book came back from a backup: the only gaps there are.
  await create('number_jumps', ['id'], all(some(number, 'id', 'last', 'next'), text('series')));
  // Programs from before do not raise the number. One that is still at work on this book can write no more: it does not
  // know this function, and its next write fails whole.
  if (engine === 'sqlite')
    await sql`create trigger accounts_written_by_older before update of change_number on accounts
      begin select jobwright_marks_writes(); end`.execute(db);
  // Which text of a migration a book has had: one that was still being written is told from the one that was released.
  await db.schema.alterTable('migrations').addColumn('digest', words).execute();
}
