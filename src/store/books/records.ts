// Rows of records of any kind, with whose they are: what a record is told from others by.
import { sql, type RawBuilder } from 'kysely';
import { byKind } from '../../kinds/declared.ts';
import type { Kind } from '../../kinds/index.ts';
import type { KindDeclaration, Values } from '../../kinds/kind.ts';
import { asTotal } from '../derived/totals.ts';
import { prepared } from '../engine/prepared.ts';
import type { ReadScope } from '../scope.ts';
import { lacksPrice } from './quote-summaries.ts';

type Named = { readonly id: number; readonly name: string };
export type RecordRow = {
  readonly id: number;
  readonly row: Values;
  readonly customer: Named | null;
  readonly job: Named | null;
  /** What is still to be paid on it, an invoice, or on all of its invoices; null where there is nothing. */
  readonly open: bigint | null;
  /** What was paid on it, an invoice. */
  readonly paid: number;
  /** A quote with a line of which the price is not known yet. */
  readonly isUnpriced: boolean;
};

/** What the customer and the job are called in the row: no table has such columns. */
const OWNERS = {
  customer: { id: 'whose customer', name: 'whose customer name' },
  job: { id: 'which job', name: 'which job name' },
} as const;

const OPEN = 'what is open';
const PAID = 'what was paid';
const UNPRICED = 'has no price';

/** What of its invoices is still to be paid. */
function openOf(kind: string) {
  const none = sql``;
  const sums = (bills: RawBuilder<unknown>) =>
    sql`, (select ${asTotal(sql`sum(f.balance)`)} from ${bills} and f.balance > 0) as ${sql.id(OPEN)}`;
  const joined = sql`on f.account_id = i.account_id and f.invoice_id = i.id`;
  switch (kind) {
    case 'customer':
      return {
        select: sums(sql`invoice_figures f where f.account_id = t.account_id and f.customer_id = t.id`),
        join: none,
      };
    case 'job':
      return {
        select: sums(
          sql`invoices i join invoice_figures f ${joined} where i.account_id = t.account_id and i.job_id = t.id`,
        ),
        join: none,
      };
    case 'invoice':
      return {
        select: sql`, cast(f.balance as text) as ${sql.id(OPEN)}, f.paid as ${sql.id(PAID)}`,
        join: sql`left join invoice_figures f on f.account_id = t.account_id and f.invoice_id = t.id`,
      };
    case 'quote':
      return { select: sql`, ${lacksPrice('t')} as ${sql.id(UNPRICED)}`, join: none };
    default:
      return { select: none, join: none };
  }
}

const ROWS = byKind(({ kind, table, columns, under }) =>
  prepared(
    (_, { account, ids }: { readonly account: number; readonly ids: readonly number[] }) =>
      sql<Values>`
        select ${sql.join(Object.keys(columns).map((column) => sql.ref(`t.${column}`)))} ${ownersOf(under)} ${openOf(kind).select}
        from ${sql.table(table)} as t ${joinsOf(under)} ${openOf(kind).join}
        where t.account_id = ${account} and t.id in (${sql.join(ids)})`,
  ),
);

type Under = KindDeclaration['under'];

function ownersOf(under: Under) {
  const owners = under.map((kind) => {
    const { id, name } = OWNERS[kind];
    return sql`, ${sql.ref(`${kind}.id`)} as ${sql.id(id)}, ${sql.ref(`${kind}.name`)} as ${sql.id(name)}`;
  });
  return sql.join(owners, sql` `);
}

function joinsOf(under: Under) {
  const joins = under.map((kind) => {
    const table = sql.table(kind === 'job' ? 'jobs' : 'customers');
    const [alias, id, on] = [sql.id(kind), sql.ref(`${kind}.id`), sql.ref(`t.${kind}_id`)];
    return sql`left join ${table} as ${alias} on ${sql.ref(`${kind}.account_id`)} = t.account_id and ${id} = ${on}`;
  });
  return sql.join(joins, sql` `);
}

/** In the order of the numbers; those that are gone are left out. */
export async function recordRows({ db, account }: ReadScope, kind: Kind, ids: readonly number[]): Promise<RecordRow[]> {
  if (ids.length === 0) return [];
  const rows = await ROWS[kind](db, { account: account.id, ids });
  const byId = new Map(rows.map((row) => [Number(row['id']), row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    return row === undefined
      ? []
      : [{ id, row, customer: ownerIn(row, 'customer'), job: ownerIn(row, 'job'), ...moneyIn(row) }];
  });
}

function ownerIn(row: Values, kind: keyof typeof OWNERS): Named | null {
  const { id, name } = OWNERS[kind];
  const owner = row[id] ?? null;
  return owner === null ? null : { id: Number(owner), name: String(row[name]) };
}

function moneyIn(row: Values): Pick<RecordRow, 'open' | 'paid' | 'isUnpriced'> {
  const open = row[OPEN] ?? null;
  return { open: open === null ? null : BigInt(open), paid: Number(row[PAID] ?? 0), isUnpriced: row[UNPRICED] === 1 };
}
