// Where each job stands and is heading, beside what it made, and the totals by that. Until they are made anew, jobs stand
// nowhere. Lists of jobs are ordered by what a finished job made and what any other is heading for, so that the indexes
// by profit and margin are of these.
import { sql, type Kysely } from 'kysely';
import type { MigrationEngine } from './index.ts';
import { tablesOf } from './tables.ts';

const OUTLOOK = ['contract', 'left_to_bill', 'to_credit', 'cost_to_come', 'expected_revenue', 'expected_profit'];
const FIGURES = ['spent', ...OUTLOOK, 'unpriced', 'undecided'];

export async function up(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  const { index, whole, words } = tablesOf(db, engine);
  const addTo = (table: string) => db.schema.alterTable(table);
  await addTo('job_figures')
    .addColumn('standing', words, (added) => added.notNull().defaultTo(''))
    .execute();
  for (const column of FIGURES)
    await addTo('job_figures')
      .addColumn(column, whole, (added) => added.notNull().defaultTo(0))
      .execute();
  for (const column of ['ranked_profit', 'ranked_margin_tenths'])
    await addTo('job_figures').addColumn(column, whole).execute();
  await addTo('job_figures')
    .addColumn('forecast', words, (added) => added.notNull().defaultTo('{}'))
    .execute();
  for (const by of ['profit', 'margin_tenths', 'billing_profit', 'billing_margin_tenths'])
    await db.schema.dropIndex(`job_figures_by_${by}_job_id`).execute();
  await index('job_figures', ['ranked_profit', 'job_id']);
  await index('job_figures', ['ranked_margin_tenths', 'job_id']);
  await (engine === 'sqlite' ? layTotalsByStanding(db) : keyTotalsByStanding(db));
}

const KEY = ['is_sample', 'status', 'billing', 'cost_basis'];
const SUMS = [
  ...['jobs', 'billed', 'cost_of_work', 'expenses', 'not_billed_yet', 'tax_billed'],
  ...['cost_not_yet_billed', 'expenses_not_yet_billed'],
];

/** SQLite changes no key of a table that there is. */
async function layTotalsByStanding(db: Kysely<unknown>): Promise<void> {
  const { create, number, text, flag, all, some } = tablesOf(db, 'sqlite');
  await sql`alter table account_totals rename to account_totals_before`.execute(db);
  await create(
    'account_totals',
    [...KEY, 'standing'],
    all(
      flag('is_sample'),
      some(text, 'status', 'billing', 'cost_basis', 'standing'),
      some(number, ...SUMS, ...FIGURES),
    ),
  );
  const kept = sql.join(['account_id', ...KEY, ...SUMS].map((column) => sql.ref(column)));
  const added = sql.join(FIGURES.map((column) => sql.ref(column)));
  await sql`insert into account_totals (${kept}, standing, ${added})
    select ${kept}, '', ${sql.join(FIGURES.map(() => sql`0`))} from account_totals_before`.execute(db);
  await db.schema.dropTable('account_totals_before').execute();
}

async function keyTotalsByStanding(db: Kysely<unknown>): Promise<void> {
  const { whole, words } = tablesOf(db, 'postgres');
  const totals = () => db.schema.alterTable('account_totals');
  await totals()
    .addColumn('standing', words, (added) => added.notNull().defaultTo(''))
    .execute();
  for (const column of FIGURES)
    await totals()
      .addColumn(column, whole, (added) => added.notNull().defaultTo(0))
      .execute();
  await totals().dropConstraint('account_totals_key').execute();
  await totals()
    .addPrimaryKeyConstraint('account_totals_key', ['account_id', ...KEY, 'standing'])
    .execute();
}
