// How many records of each kind there are, real or sample. Counting stops early, so that it takes no longer in a long book.
import { sql } from 'kysely';
import { declared } from '../../kinds/declared.ts';
import { KINDS, type Kind, type Kinds } from '../../kinds/index.ts';
import { TABLES, type Table } from '../../kinds/tables.ts';
import { prepared } from '../engine/prepared.ts';
import type { ReadScope } from '../scope.ts';

type Camel<S extends string> = S extends `${infer First}_${infer Rest}` ? `${First}${Capitalize<Camel<Rest>>}` : S;
/** By the table of each kind that is counted: `customers`, `walkAndTalks`. */
export type RecordCounts = {
  readonly [K in Kind as Kinds[K]['counted'] extends true ? Camel<Kinds[K]['table']> : never]: number;
};

/** So many, or more. */
export const COUNTED_TO = 1000;

type Given = {
  readonly account: number;
  readonly sample: 0 | 1;
  readonly below?: number | undefined;
  readonly most: number;
};

const COUNTED = KINDS.filter(({ counted }) => counted).map(({ table, found }) => ({
  table,
  // What is not found by itself is told of as another record, as a customer who was merged.
  standing: found !== null && 'unless' in found ? sql`and ${sql.ref(found.unless)} is null` : sql``,
  name: table.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
}));

/**
 * All kinds in one statement. In the order of their numbers the rows are read as they lie: without it SQLite takes an
 * index that leads to each row by itself.
 */
const countAll = prepared((_, { account, sample, below, most }: Given) => {
  const only = below === undefined ? sql`` : sql`and id < ${below}`;
  return sql<RecordCounts>`select ${sql.join(
    COUNTED.map(
      ({ table, name, standing }) => sql`(select count(*) from (select id from ${sql.table(table)}
        where account_id = ${account} and is_sample = ${sample} ${standing} ${only} order by id limit ${most}) as counted) as ${sql.ref(name)}`,
    ),
  )}`;
});

/** Kinds of which a record holds an amount, itself or in a part of it. */
const MONEYED = TABLES.filter(({ part }) => part === null).flatMap(({ name, kind }) =>
  kind !== null && TABLES.some((each) => each.kind === kind && holdsMoney(each)) ? [{ table: name, kind }] : [],
);

function holdsMoney({ columns }: Table): boolean {
  return Object.values(columns).some(({ form }) => form === 'money');
}

/** Tables of records that hold amounts, which are read in the currency of the account. */
export const MONEYED_TABLES: ReadonlySet<string> = new Set(MONEYED.map(({ table }) => table));

export type Held = { readonly noun: string; readonly count: number };

/** How many real records hold an amount; of kinds that have any. */
export async function moneyHeld({ db, account }: ReadScope): Promise<Held[]> {
  const each = MONEYED.map(
    ({ table, kind }) => sql`select ${sql.lit(kind)} as kind, count(*) as count from (select id from ${sql.table(table)}
      where account_id = ${account.id} and is_sample = 0 limit ${COUNTED_TO}) as counted`,
  );
  const { rows } = await sql<{ kind: Kind; count: number }>`${sql.join(each, sql` union all `)}`.execute(db);
  return rows.flatMap(({ kind, count }) => (count === 0 ? [] : [{ noun: declared(kind).noun, count }]));
}

/** Samples are numbered below 0, and so is what was one: a book of many years is not looked through. */
const realOf = (table: 'customers' | 'jobs' | 'monthly_expenses') =>
  prepared((db, { account }: { account: number }) => {
    const of = db.selectFrom(table).select('id').where('account_id', '=', account).limit(1);
    const begun = of.where('id', '>', 0).as('begun');
    const taken = of.where('id', '<', 0).where('is_sample', '=', 0).as('taken');
    return db.selectFrom(begun).select('id').unionAll(db.selectFrom(taken).select('id'));
  });
const realOverhead = prepared((db, { account }: { account: number }) =>
  db
    .selectFrom('expenses')
    .select('id')
    .where('account_id', '=', account)
    .where('is_sample', '=', 0)
    .where('job_id', 'is', null)
    .limit(1),
);
/** What stands on no record of another kind, which could be a sample; that which is in almost every book comes first. */
const OWN = [realOf('customers'), realOf('jobs'), realOverhead, realOf('monthly_expenses')];

/** Whether the book is anybody's yet: whatever is real stands on a real customer or job, or is overhead. */
export async function isInUse({ db, account }: ReadScope): Promise<boolean> {
  for (const anyReal of OWN) if ((await anyReal(db, { account: account.id })).length > 0) return true;
  return false;
}

export async function countRecords(
  { db, account }: ReadScope,
  { samples }: { samples: boolean },
): Promise<RecordCounts> {
  // Samples are numbered below 0: no others are looked through for them.
  const which = samples ? { sample: 1 as const, below: 0 } : { sample: 0 as const };
  const [counts] = await countAll(db, { ...which, account: account.id, most: COUNTED_TO });
  if (counts === undefined) throw new Error('nothing was counted');
  return counts;
}
