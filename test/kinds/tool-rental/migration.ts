import type { Kysely } from 'kysely';
import type { MigrationEngine } from '../../../migrations/index.ts';
import { tablesOf } from '../../../migrations/tables.ts';

export async function up(db: Kysely<unknown>, engine: MigrationEngine): Promise<void> {
  const { create, all, number, numberOrNull, text, flag, refers } = tablesOf(db, engine);
  await create(
    'tool_rentals',
    ['id'],
    all(
      ...[number('id'), flag('is_sample'), number('customer_id'), numberOrNull('job_id'), text('tool')],
      ...[number('charged'), number('rent'), text('created_at')],
      refers('tool_rentals', 'customer_id', 'customers'),
      refers('tool_rentals', 'job_id', 'jobs'),
    ),
  );
  await create(
    'tool_rental_days',
    ['tool_rental_id', 'day'],
    all(number('tool_rental_id'), text('day'), refers('tool_rental_days', 'tool_rental_id', 'tool_rentals')),
  );
}
