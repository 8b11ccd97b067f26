// How many records of each kind there are, real or sample.
import type { ReadScope } from './scope.ts';

const COUNTED = [
  'customers',
  'jobs',
  'quotes',
  'invoices',
  'expenses',
  'appointments',
  'walk_and_talks',
  'files',
] as const;
export type RecordCounts = Readonly<
  Record<Exclude<(typeof COUNTED)[number], 'walk_and_talks'> | 'walkAndTalks', number>
>;

export async function countRecords(
  { db, account }: ReadScope,
  { samples }: { samples: boolean },
): Promise<RecordCounts> {
  const count = async (table: (typeof COUNTED)[number]) => {
    const row = await db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('account_id', '=', account.id)
      .where('is_sample', '=', samples ? 1 : 0)
      .executeTakeFirstOrThrow();
    return Number(row.count);
  };
  return {
    customers: await count('customers'),
    jobs: await count('jobs'),
    quotes: await count('quotes'),
    invoices: await count('invoices'),
    expenses: await count('expenses'),
    appointments: await count('appointments'),
    files: await count('files'),
    walkAndTalks: await count('walk_and_talks'),
  };
}
