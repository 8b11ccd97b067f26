// Jobs that ended are told of by the day on which they did, whenever that was entered.
import { sql, type Kysely } from 'kysely';
import type { MigrationEngine } from './index.ts';

export async function up(db: Kysely<unknown>, _engine: MigrationEngine): Promise<void> {
  for (const column of ['completed_on', 'cancelled_on'])
    await db.schema
      .createIndex(`jobs_by_${column}`)
      .on('jobs')
      .columns(['account_id', column, 'id'])
      .where(sql.ref(column), 'is not', null)
      .execute();
}
