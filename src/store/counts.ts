// How many records of each kind there are, real or sample. Counting stops early, so that it takes no longer in a long book.
import { prepared } from './prepared.ts';
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

/** So many, or more. */
export const COUNTED_TO = 1000;

type Given = {
  readonly account: number;
  readonly sample: 0 | 1;
  readonly below?: number | undefined;
  readonly most: number;
};

const countOf = (table: (typeof COUNTED)[number]) =>
  prepared((db, { account, sample, below, most }: Given) =>
    db
      .selectFrom((from) => {
        const rows = from
          .selectFrom(table)
          .select('id')
          .where('account_id', '=', account)
          .where('is_sample', '=', sample);
        return (below === undefined ? rows : rows.where('id', '<', below)).limit(most).as('some');
      })
      .select((eb) => eb.fn.countAll<number>().as('count')),
  );
const COUNT = {
  customers: countOf('customers'),
  jobs: countOf('jobs'),
  quotes: countOf('quotes'),
  invoices: countOf('invoices'),
  expenses: countOf('expenses'),
  appointments: countOf('appointments'),
  files: countOf('files'),
  walk_and_talks: countOf('walk_and_talks'),
};

const realOf = (table: 'customers' | 'jobs') =>
  prepared((db, { account }: { account: number }) =>
    db.selectFrom(table).select('id').where('account_id', '=', account).where('id', '>', 0).limit(1),
  );
const realCustomer = realOf('customers');
const realJob = realOf('jobs');

/**
 * Whether the book is anybody's yet: a real customer or job, and not only something tried out on a sample. Samples are
 * numbered below 0; so are those that became real when the others were removed, and then there are none left.
 */
export async function isInUse({ db, account }: ReadScope): Promise<boolean> {
  const given = { account: account.id };
  return (await realCustomer(db, given)).length > 0 || (await realJob(db, given)).length > 0;
}

export async function countRecords(
  { db, account }: ReadScope,
  { samples }: { samples: boolean },
): Promise<RecordCounts> {
  const count = async (table: (typeof COUNTED)[number]) => {
    // Samples are numbered below 0: no others are looked through for them.
    const which = samples ? { sample: 1 as const, below: 0 } : { sample: 0 as const };
    const [row] = await COUNT[table](db, { ...which, account: account.id, most: COUNTED_TO });
    return Number(row?.count ?? 0);
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
