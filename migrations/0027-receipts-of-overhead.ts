// A file may be nobody's: the receipt of what the business spends beside its jobs.
import { sql, type Kysely } from 'kysely';
import type { MigrationEngine } from './index.ts';
import { tablesOf } from './tables.ts';

export async function up(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  if (engine === 'sqlite') return await layFilesAnew(db);
  await db.schema
    .alterTable('files')
    .alterColumn('customer_id', (column) => column.dropNotNull())
    .execute();
}

const COLUMNS = [
  ...['account_id', 'id', 'customer_id', 'job_id', 'is_sample', 'created_at', 'expense_id', 'walk_and_talk_id'],
  ...['kind', 'name', 'media_type', 'hash', 'size', 'caption'],
];

/** SQLite takes no NOT NULL off a column, so it takes another table. */
async function layFilesAnew(db: Kysely<unknown>): Promise<void> {
  const { create, index, refers, number, numberOrNull, text, textOrNull, flag, all, some } = tablesOf(db, 'sqlite');
  await create(
    'files_anew',
    ['id'],
    all(
      number('id'),
      some(numberOrNull, 'customer_id', 'job_id'),
      flag('is_sample'),
      text('created_at'),
      some(numberOrNull, 'expense_id', 'walk_and_talk_id'),
      some(text, 'kind', 'name', 'media_type', 'hash'),
      number('size'),
      textOrNull('caption'),
      refers('files', 'customer_id', 'customers'),
      refers('files', 'job_id', 'jobs'),
      refers('files', 'expense_id', 'expenses'),
      refers('files', 'walk_and_talk_id', 'walk_and_talks'),
    ),
  );
  const columns = sql.join(COLUMNS.map((column) => sql.ref(column)));
  await sql`insert into files_anew (${columns}) select ${columns} from files order by account_id, id`.execute(db);
  await db.schema.dropTable('files').execute();
  await db.schema.alterTable('files_anew').renameTo('files').execute();
  for (const column of ['expense_id', 'walk_and_talk_id', 'customer_id', 'job_id'])
    await index('files', [column, 'id']);
}
