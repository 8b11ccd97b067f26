// Money out beside the jobs: an expense may be overhead, on no job. What comes back of one is kept with its sign: an
// amount below 0 is a supplier's return. What one gets back of the tax in it stands beside the amount. And overhead that
// comes every month, with the day on which it books itself next.
import { sql, type Kysely } from 'kysely';
import type { MigrationEngine } from './index.ts';
import { tablesOf } from './tables.ts';

export async function up(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  const { create, index, number, numberOrNull, text, textOrNull, flag, all, some } = tablesOf(db, engine);
  await create(
    'monthly_expenses',
    ['id'],
    all(
      some(number, 'id', 'amount', 'day'),
      flag('is_sample'),
      some(text, 'description', 'category', 'next_on', 'created_at'),
      some(textOrNull, 'vendor', 'until_on'),
      numberOrNull('reclaimable_tax'),
    ),
  );
  await index('monthly_expenses', ['next_on']);
  await (engine === 'sqlite' ? layExpensesAnew(db) : letExpensesBeOverhead(db));
  await index('expenses', ['spent_on', 'category', 'job_id', 'amount', 'reclaimable_tax']);
  await indexWhatIsThere(db, 'monthly_id');
}

const KEPT = [
  ...['account_id', 'id', 'job_id', 'amount', 'is_sample', 'description', 'category', 'spent_on', 'created_at'],
  ...['vendor', 'covers_line_id'],
];

/** SQLite takes no NOT NULL off a column, so it takes another table. */
async function layExpensesAnew(db: Kysely<unknown>): Promise<void> {
  const { create, index, refers, number, numberOrNull, text, textOrNull, flag, all, some } = tablesOf(db, 'sqlite');
  await create(
    'expenses_anew',
    ['id'],
    all(
      some(number, 'id', 'amount'),
      numberOrNull('job_id'),
      flag('is_sample'),
      some(text, 'description', 'category', 'spent_on', 'created_at'),
      textOrNull('vendor'),
      some(numberOrNull, 'covers_line_id', 'reclaimable_tax', 'monthly_id'),
      refers('expenses', 'job_id', 'jobs'),
      refers('expenses', 'monthly_id', 'monthly_expenses'),
    ),
  );
  const columns = sql.join(KEPT.map((column) => sql.ref(column)));
  await sql`insert into expenses_anew (${columns}) select ${columns} from expenses order by account_id, id`.execute(db);
  await db.schema.dropTable('expenses').execute();
  await db.schema.alterTable('expenses_anew').renameTo('expenses').execute();
  await index('expenses', ['job_id', 'spent_on', 'id']);
  await indexWhatIsThere(db, 'covers_line_id');
}

async function letExpensesBeOverhead(db: Kysely<unknown>): Promise<void> {
  const { whole } = tablesOf(db, 'postgres');
  await db.schema
    .alterTable('expenses')
    .alterColumn('job_id', (column) => column.dropNotNull())
    .execute();
  for (const column of ['reclaimable_tax', 'monthly_id'])
    await db.schema.alterTable('expenses').addColumn(column, whole).execute();
  const key = ['account_id', 'id'];
  await db.schema
    .alterTable('expenses')
    .addForeignKeyConstraint('expenses_monthly_id', ['account_id', 'monthly_id'], 'monthly_expenses', key)
    .execute();
  await db.schema.dropIndex('expenses_by_spent_on_category_job_id_amount').execute();
}

/** What is empty in almost every row is indexed where it is not. */
async function indexWhatIsThere(db: Kysely<unknown>, column: string): Promise<void> {
  await db.schema
    .createIndex(`expenses_by_${column}`)
    .on('expenses')
    .columns(['account_id', column])
    .where(sql.ref(column), 'is not', null)
    .execute();
}
