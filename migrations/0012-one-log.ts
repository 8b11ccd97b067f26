// The journal of changes stands in three tables instead of five, since every write pays for each of them. `changes` is
// one row per write and has its summary; `change_images` has the rows before and after; `record_log` has which records a
// change touched (position -1) and, from 0 on, the lines that it left in their logs. Those three are what is read on its
// own: a page of changes, what one change did row by row, and the log of one record. What the chain stands on, its hash
// and when the newest change was, is in the account's row, which every write has in hand with its first statement.
//
// From now on a summary and a line of a log may be a code with its facts as JSON. Those that have no code are sentences,
// as they were written, and keep the digests of their time. No digest and no hash changes here.
//
// A Jobwright from before this schema that is still at work may go on reading: for it the former tables are views.
import { sql, type Kysely } from 'kysely';
import type { MigrationEngine } from './index.ts';
import { tablesOf } from './tables.ts';

export async function up(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  await keepSummaries(db, engine);
  await makeRecordLog(db, engine);
  await keepNewest(db, engine);
  await letOthersRead(db);
}

async function keepSummaries(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  const { words } = tablesOf(db, engine);
  await dropTrigger(db, engine, 'changes', 'update');
  for (const column of ['salt', 'summary'])
    await db.schema
      .alterTable('changes')
      .addColumn(column, words, (added) => added.notNull().defaultTo(''))
      .execute();
  await db.schema.alterTable('changes').addColumn('code', words).execute();
  const contents = (column: string) => sql`coalesce((select c.${sql.ref(column)} from change_contents c
    where c.account_id = changes.account_id and c.change_number = changes.change_number), '')`;
  await sql`update changes set salt = ${contents('salt')}, summary = ${contents('summary')}`.execute(db);
  await forbid(db, engine, 'changes', 'update');
  await db.schema.dropTable('change_contents').execute();
}

async function makeRecordLog(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  const { create, index, number, text, textOrNull, all, some } = tablesOf(db, engine);
  await create(
    'record_log',
    ['kind', 'record_id', 'change_number', 'position'],
    all(
      text('kind'),
      some(number, 'record_id', 'change_number', 'position'),
      some(textOrNull, 'at', 'entry', 'code', 'text', 'salt'),
    ),
  );
  await sql`insert into record_log (account_id, kind, record_id, change_number, position)
    select account_id, kind, record_id, change_number, -1 from change_refs`.execute(db);
  await sql`insert into record_log (account_id, kind, record_id, change_number, position, at, entry, text, salt)
    select account_id, kind, record_id, change_number, position, at, entry, text, salt from change_records`.execute(db);
  await index('record_log', ['change_number', 'position']);
  for (const event of ['update', 'delete']) await forbid(db, engine, 'record_log', event);
  for (const table of ['change_refs', 'change_records']) await db.schema.dropTable(table).execute();
}

async function keepNewest(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  const { words } = tablesOf(db, engine);
  for (const column of ['newest_hash', 'newest_at'])
    await db.schema
      .alterTable('accounts')
      .addColumn(column, words, (added) => added.notNull().defaultTo(''))
      .execute();
  const newest = (column: string) => sql`coalesce((select c.${sql.ref(column)} from changes c
    where c.account_id = accounts.account_id and c.change_number = accounts.change_number), '')`;
  await sql`update accounts set newest_hash = ${newest('hash')}, newest_at = ${newest('at')}`.execute(db);
}

/**
 * Whoever wrote before does not write any more. What is written from now on it has no words for, but for notes: of
 * `{"note":5}` it knows the number.
 */
async function letOthersRead(db: Kysely<unknown>): Promise<void> {
  const asSentence = (column: string) =>
    sql`case when code is null then ${sql.ref(column)}
      when code = 'log.note' then substr(${sql.ref(column)}, 9, length(${sql.ref(column)}) - 9)
      else '(written by a newer Jobwright: ' || code || ')' end`;
  await sql`create view change_contents as
    select account_id, change_number, salt, ${asSentence('summary')} as summary from changes`.execute(db);
  await sql`create view change_refs as
    select account_id, kind, record_id, change_number from record_log where position < 0`.execute(db);
  await sql`create view change_records as
    select account_id, kind, record_id, change_number, position, at, entry, ${asSentence('text')} as text, salt
    from record_log where position >= 0`.execute(db);
}

async function dropTrigger(db: Kysely<unknown>, engine: MigrationEngine, table: string, event: string) {
  const on = engine === 'postgres' ? sql` on ${sql.table(table)}` : sql``;
  await sql`drop trigger ${sql.ref(`${table}_no_${event}`)}${on}`.execute(db);
}

/** As in 0002: the journal only grows. */
async function forbid(db: Kysely<unknown>, engine: MigrationEngine, table: string, event: string) {
  const does =
    engine === 'postgres'
      ? sql`for each row execute function refuse_rewriting()`
      : sql`begin select raise(abort, 'the change journal only grows'); end`;
  const name = sql.ref(`${table}_no_${event}`);
  await sql`create trigger ${name} before ${sql.raw(event)} on ${sql.table(table)} ${does}`.execute(db);
}
