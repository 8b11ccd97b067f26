// What expenses come to: sums over all that a filter asks for, and by whom, what, where and when the money went.
import { sql, type RawBuilder } from 'kysely';
import { CATEGORIES, type Category } from '../../domain/cost.ts';
import type { Total } from '../../domain/money.ts';
import type { Conditions } from '../engine/prepared.ts';
import { oneOf } from '../one-of.ts';
import type { ReadScope } from '../scope.ts';
import { asTotal, totalFrom } from './totals.ts';

/** Of expenses that are asked for. @property samples whether the sums count them */
export type Asked = { readonly conditions: Conditions; readonly samples: boolean };

/**
 * @property spent what was paid, less what suppliers gave back
 * @property returned what they gave back
 * @property reclaimable the tax in `spent` that one gets back: the rest of it is what it cost
 */
export type Spent = {
  readonly count: number;
  readonly spent: Total<'cost'>;
  readonly returned: Total<'cost'>;
  readonly reclaimable: Total<'cost'>;
};
type SpentRow = {
  readonly count: number;
  readonly spent: string;
  readonly returned: string;
  readonly reclaimable: string;
};

function from({ account }: ReadScope, { conditions }: Asked): RawBuilder<unknown> {
  return sql`from expenses as e where e.account_id = ${account.id} and ${all(conditions)}`;
}

function all(conditions: Conditions): RawBuilder<unknown> {
  return conditions.length === 0 ? sql`1 = 1` : sql.join(conditions, sql` and `);
}

const real = ({ samples }: Asked) => (samples ? sql`` : sql`and e.is_sample = 0`);

/** To order by. @param counts which of the rows are in the sums */
function sums(counts: RawBuilder<unknown> = sql`1 = 1`): RawBuilder<unknown> {
  const over = (amount: RawBuilder<unknown>, condition = sql`1 = 1`) =>
    sql`coalesce(sum(case when ${counts} and ${condition} then ${amount} else 0 end), 0)`;
  return sql`${over(sql`1`)} as count, ${over(sql`e.amount`)} as spent, ${over(sql`-e.amount`, sql`e.amount < 0`)} as returned,
    ${over(sql`coalesce(e.reclaimable_tax, 0)`)} as reclaimable`;
}

/** To be read. */
const READ = sql`p.count, ${asTotal(sql`p.spent`)} as spent, ${asTotal(sql`p.returned`)} as returned,
  ${asTotal(sql`p.reclaimable`)} as reclaimable`;

export type CategorySpent = Spent & { readonly category: Category; readonly hasSamples: boolean };

/** By category, the largest first; together they are all that is asked for, samples counted and summed only where they are to be. */
export async function spentOnCategories(scope: ReadScope, asked: Asked): Promise<CategorySpent[]> {
  const counts = asked.samples ? sql`1 = 1` : sql`e.is_sample = 0`;
  const { rows } = await sql<SpentRow & { category: string; samples: number }>`
    select p.category, p.samples, ${READ}
    from (select e.category, max(e.is_sample) as samples, ${sums(counts)} ${from(scope, asked)} group by e.category) as p
    order by p.spent desc, p.category`.execute(scope.db);
  return rows.map(({ category, samples, ...row }) => ({
    category: oneOf(CATEGORIES, category),
    hasSamples: samples === 1,
    ...spentOf(row),
  }));
}

function spentOf({ count, spent, returned, reclaimable }: SpentRow): Spent {
  return {
    count,
    spent: totalFrom<'cost'>(spent),
    returned: totalFrom<'cost'>(returned),
    reclaimable: totalFrom<'cost'>(reclaimable),
  };
}

const WORDS = { vendor: sql`e.vendor`, category: sql`e.category`, month: sql`substr(e.spent_on, 1, 7)` };

/** By a word that stands in the expense itself; null where none does. */
export async function spentByWord(
  scope: ReadScope,
  asked: Asked,
  by: keyof typeof WORDS,
): Promise<(Spent & { readonly key: string | null })[]> {
  const { rows } = await sql<SpentRow & { key: string | null }>`
    select p.key, ${READ}
    from (select ${WORDS[by]} as key, ${sums()} ${from(scope, asked)} ${real(asked)}
      group by ${WORDS[by]}) as p
    order by p.key`.execute(scope.db);
  return rows.map(({ key, ...row }) => ({ key, ...spentOf(row) }));
}

/** Null of overhead, which is on no job. */
export type RecordSpent = Spent & {
  readonly record: { readonly id: number; readonly name: string; readonly isSample: boolean } | null;
};
/** Where a page ended. */
export type SpentPlace = { readonly spent: bigint; readonly id: bigint };

/** Real records have numbers above it, and samples below. */
const NO_RECORD = 0;

/** The largest first. */
export async function spentByRecord(
  scope: ReadScope,
  asked: Asked,
  by: 'job' | 'customer',
  { limit, after }: { limit: number; after: SpentPlace | null },
): Promise<RecordSpent[]> {
  const beyond =
    after === null ? sql`` : sql`where p.spent < ${after.spent} or (p.spent = ${after.spent} and p.id < ${after.id})`;
  const { rows } = await sql<SpentRow & { id: number; name: string | null; is_sample: number | null }>`
    select p.id, ${READ}, n.name, n.is_sample
    from (select * from (${perRecord(scope, asked, by)}) as p
      ${beyond} order by p.spent desc, p.id desc limit ${limit}) as p
    left join ${sql.table(`${by}s`)} as n on n.account_id = ${scope.account.id} and n.id = p.id
    order by p.spent desc, p.id desc`.execute(scope.db);
  return rows.map(({ id, name, is_sample, ...row }) => ({
    record: id === NO_RECORD ? null : { id, name: name ?? '', isSample: is_sample === 1 },
    ...spentOf(row),
  }));
}

export async function countRecordsSpentOn(scope: ReadScope, asked: Asked, by: 'job' | 'customer'): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (${perRecord(scope, asked, by)}) as p`.execute(scope.db);
  return rows[0]?.count ?? 0;
}

function perRecord(scope: ReadScope, asked: Asked, by: 'job' | 'customer'): RawBuilder<unknown> {
  const id = sql`coalesce(e.job_id, ${sql.lit(NO_RECORD)})`;
  const jobs = sql`select ${id} as id, ${sums()} ${from(scope, asked)} ${real(asked)} group by ${id}`;
  if (by === 'job') return jobs;
  const customer = sql`coalesce(o.customer_id, ${sql.lit(NO_RECORD)})`;
  const all = ['count', 'spent', 'returned', 'reclaimable'].map(
    (name) => sql`sum(s.${sql.ref(name)}) as ${sql.ref(name)}`,
  );
  return sql`select ${customer} as id, ${sql.join(all)} from (${jobs}) as s
    left join jobs as o on o.account_id = ${scope.account.id} and o.id = s.id group by ${customer}`;
}

/** Names that one statement looks up. */
const NAMES_AT_ONCE = 500;
const NAMED = {
  vendor: { table: sql.table('expenses'), column: sql.ref('vendor') },
  method: { table: sql.table('payments'), column: sql.ref('method') },
};

/**
 * The different names that people wrote into this column, in their order. From one to the next by the index, however many
 * records have it.
 */
export async function namesIn({ db, account }: ReadScope, of: keyof typeof NAMED): Promise<string[]> {
  const { table, column } = NAMED[of];
  const next = (beyond: RawBuilder<unknown>) =>
    sql`(select ${column} from ${table} where account_id = ${account.id} and ${beyond} order by ${column} limit 1)`;
  const names: string[] = [];
  for (;;) {
    const last = names.at(-1);
    const first = last === undefined ? sql`${column} is not null` : sql`${column} > ${last}`;
    const { rows } = await sql<{ name: string }>`
      with recursive found (name) as (
        select ${next(first)} union all
        select ${next(sql`${column} > found.name`)} from found where found.name is not null)
      select name from found where name is not null limit ${NAMES_AT_ONCE}`.execute(db);
    names.push(...rows.map(({ name }) => name));
    if (rows.length < NAMES_AT_ONCE) return names;
  }
}
