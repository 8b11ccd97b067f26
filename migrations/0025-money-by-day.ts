// Expenses and payments are listed by day over all jobs, and by whom they went to or how they came in.
import type { Kysely } from 'kysely';
import type { MigrationEngine } from './index.ts';
import { tablesOf } from './tables.ts';

export async function up(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  const { index } = tablesOf(db, engine);
  await index('expenses', ['spent_on', 'id']);
  await index('expenses', ['vendor', 'spent_on', 'id']);
  await index('payments', ['paid_on', 'id']);
  await index('payments', ['method', 'paid_on', 'id']);
}
