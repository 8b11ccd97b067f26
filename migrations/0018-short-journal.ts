// The journal takes less room, and so does what stands beside it. No digest and no hash changes here, and no row of the
// past is written anew but in its place; what is written from now on is shorter (`src/store/journal/`): images without
// the names of their columns, salts and digests that follow from the change, a record's first line in the row that says
// that the record was touched, and a line that another record has as well once.
//
// `record_log` stands by change, so that the lines of one change lie together, at the end, and an index finds a record's.
// An addition is told from others by a part of its fingerprint, and was when its change was. What is empty in almost
// every row is indexed where it is not.
import { sql, type Kysely } from 'kysely';
import type { MigrationEngine } from './index.ts';
import { tablesOf } from './tables.ts';

export async function up(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  for (const view of ['change_refs', 'change_records']) await db.schema.dropView(view).execute();
  await (engine === 'sqlite' ? layLogByChange(db) : keyLogByChange(db));
  const { index, whole, words } = tablesOf(db, engine);
  await index('record_log', ['kind', 'record_id', 'change_number', 'position']);
  await db.schema.alterTable('record_log').addColumn('as_kind', words).execute();
  await db.schema.alterTable('record_log').addColumn('as_id', whole).execute();
  await letOthersRead(db);
  await shortenAdditions(db, engine);
  await indexWhatIsThere(db);
}

const KEY = ['account_id', 'change_number', 'kind', 'record_id', 'position'];

/** SQLite keeps a table's rows in the order of its key, so it takes another table. */
async function layLogByChange(db: Kysely<unknown>): Promise<void> {
  const { create, number, text, textOrNull, all, some } = tablesOf(db, 'sqlite');
  await sql`alter table record_log rename to record_log_by_record`.execute(db);
  await create(
    'record_log',
    KEY.slice(1),
    all(
      text('kind'),
      some(number, 'record_id', 'change_number', 'position'),
      some(textOrNull, 'at', 'entry', 'code', 'text', 'salt'),
    ),
  );
  const columns = sql.join([...KEY, 'at', 'entry', 'code', 'text', 'salt'].map((column) => sql.ref(column)));
  await sql`insert into record_log (${columns}) select ${columns} from record_log_by_record
    order by ${sql.join(KEY.map((column) => sql.ref(column)))}`.execute(db);
  await db.schema.dropTable('record_log_by_record').execute();
  for (const event of ['update', 'delete'])
    await sql`create trigger ${sql.ref(`record_log_no_${event}`)} before ${sql.raw(event)} on record_log
      begin select raise(abort, 'the change journal only grows'); end`.execute(db);
}

async function keyLogByChange(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropIndex('record_log_by_change_number_position').execute();
  await db.schema.alterTable('record_log').dropConstraint('record_log_key').execute();
  await db.schema.alterTable('record_log').addPrimaryKeyConstraint('record_log_key', KEY).execute();
}

/** As in 0012, for whoever was at work from before that: the place of a line below -1 is counted down from -2. */
async function letOthersRead(db: Kysely<unknown>): Promise<void> {
  await sql`create view change_refs as
    select account_id, kind, record_id, change_number from record_log where position < 0`.execute(db);
  await sql`create view change_records as
    select r.account_id, r.kind, r.record_id, r.change_number,
      case when r.position < -1 then -2 - r.position else r.position end as position,
      coalesce(r.at, c.at) as at, r.entry,
      case when r.as_kind is null and r.code is null then r.text
        when r.code = 'log.note' then substr(r.text, 9, length(r.text) - 9)
        else '(written by a newer Jobwright' || coalesce(': ' || r.code, '') || ')' end as text,
      coalesce(r.salt, '') as salt
    from record_log r join changes c on c.account_id = r.account_id and c.change_number = r.change_number
    where r.position <> -1`.execute(db);
}

async function shortenAdditions(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  await db.schema.dropIndex('additions_by_at').execute();
  await db.schema.alterTable('additions').dropColumn('at').execute();
  await sql`update additions set fingerprint = substr(fingerprint, 1, 11)`.execute(db);
  await tablesOf(db, engine).index('additions', ['change_number']);
}

async function indexWhatIsThere(db: Kysely<unknown>): Promise<void> {
  for (const [table, column] of [
    ['changes', 'undoes'],
    ['expenses', 'covers_line_id'],
  ] as const) {
    await db.schema.dropIndex(`${table}_by_${column}`).execute();
    await db.schema
      .createIndex(`${table}_by_${column}`)
      .on(table)
      .columns(['account_id', column])
      .where(sql.ref(column), 'is not', null)
      .execute();
  }
}
