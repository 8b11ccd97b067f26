// Who owes money, and who is owed: sums over invoice balances, made by the database.
import type { CalendarDate } from '../../domain/dates.ts';
import { sql, type RawBuilder } from 'kysely';
import { price, total, type Price, type Total } from '../../domain/money.ts';
import { AGES, ageBounds, type Age } from '../../domain/payment.ts';
import type { ReadScope } from '../scope.ts';
import { balancesOn } from './balances-then.ts';
import { asTotal, totalFrom, totalOver } from './totals.ts';

/** Open balances by age; `late` is all that is past due. */
export type Aged = {
  readonly invoices: number;
  readonly total: Total<'price'>;
  readonly late: Total<'price'>;
  readonly ages: Readonly<Record<Age, Total<'price'>>>;
};
export type Debtor = Aged & { readonly customer: ReachedCustomer };
/** With where a reminder goes. */
type ReachedCustomer = {
  readonly id: number;
  readonly name: string;
  readonly isSample: boolean;
  readonly phone: string | null;
  readonly email: string | null;
};

type AgedRow = { readonly invoices: number; readonly total: string } & Readonly<Record<Age, string>>;

/** Sums as the database keeps them, to be ordered by. An invoice without a due date is not late. */
function agedSums(today: CalendarDate): RawBuilder<unknown> {
  const due = sql`coalesce(f.due_on, ${today})`;
  const bounds = ageBounds(today);
  const columns = AGES.map((age, index) => {
    const newest = bounds[index]?.dueFrom;
    const older = bounds[index - 1]?.dueFrom;
    const since = newest === undefined ? sql`1 = 1` : sql`${due} >= ${newest}`;
    const until = older === undefined ? sql`1 = 1` : sql`${due} < ${older}`;
    return sql`coalesce(sum(case when ${since} and ${until} then f.balance else 0 end), 0) as ${sql.ref(age)}`;
  });
  return sql`count(*) as invoices, coalesce(sum(f.balance), 0) as total, ${sql.join(columns)}`;
}

/** The same, to be read. */
const AGED = sql`a.invoices, ${sql.join(['total', ...AGES].map((name) => sql`${asTotal(sql.ref(`a.${name}`))} as ${sql.ref(name)}`))}`;

/** Whose balances are added up: everybody's or one customer's, with samples or without, now or as of a day. */
export type BalancesOf = {
  readonly customerId: number | null;
  readonly samples: boolean;
  readonly asOf: CalendarDate | null;
};
const REAL = sql`and f.is_sample = 0`;

/** Invoices with something open. */
function open(scope: ReadScope, { customerId, samples, asOf }: BalancesOf): RawBuilder<unknown> {
  return sql`from ${balancesOn(scope, asOf)} as f where f.account_id = ${scope.account.id} and f.balance > 0 ${samples ? sql`` : REAL}
    ${customerId === null ? sql`` : sql`and f.customer_id = ${customerId}`}`;
}

export type ReceivableTotals = Aged & { readonly customers: number; readonly includesSamples: boolean };

export async function totalReceivables(scope: ReadScope, counted: BalancesOf): Promise<ReceivableTotals> {
  const { rows } = await sql<AgedRow & { customers: number; samples: number | null }>`
    select ${AGED}, a.customers, a.samples
    from (select ${agedSums(counted.asOf ?? scope.today)}, count(distinct f.customer_id) as customers, max(f.is_sample) as samples
      ${open(scope, counted)}) as a`.execute(scope.db);
  const [row] = rows;
  if (row === undefined) throw new Error('a sum without a row');
  return { ...agedOf(row), customers: row.customers, includesSamples: row.samples === 1 };
}

type DebtorRow = {
  readonly id: number;
  readonly name: string;
  readonly is_sample: number;
  readonly phone: string | null;
  readonly email: string | null;
};

export type DebtorPlace = { readonly late: bigint; readonly total: bigint; readonly id: bigint };

/** Who is most behind first: by what is past due, then by all that is open. */
export async function listDebtors(
  scope: ReadScope,
  counted: BalancesOf,
  { limit, after }: { limit: number; after: DebtorPlace | null },
): Promise<Debtor[]> {
  const { db, account, today } = scope;
  const beyond =
    after === null
      ? sql``
      : sql`where d.late < ${after.late} or (d.late = ${after.late} and
          (d.total < ${after.total} or (d.total = ${after.total} and d.id < ${after.id})))`;
  const { rows } = await sql<AgedRow & DebtorRow>`
    select a.id, ${AGED}, c.name, c.is_sample, c.phone, c.email
    from (select d.* from
        (select g.*, g.total - g.current as late
        from (select f.customer_id as id, ${agedSums(counted.asOf ?? today)} ${open(scope, counted)} group by f.customer_id) as g) as d
      ${beyond} order by d.late desc, d.total desc, d.id desc limit ${limit}) as a
    join customers c on c.account_id = ${account.id} and c.id = a.id
    order by a.late desc, a.total desc, a.id desc`.execute(db);
  return rows.map((row) => ({
    customer: { id: row.id, name: row.name, isSample: row.is_sample === 1, phone: row.phone, email: row.email },
    ...agedOf(row),
  }));
}

export type OpenInvoice = {
  readonly id: number;
  readonly number: number | null;
  readonly isSample: boolean;
  readonly dueOn: CalendarDate | null;
  readonly total: Price;
  readonly balance: Price;
  readonly customer: { readonly id: number; readonly name: string };
};

/** Oldest due date first; what has none is due at once. */
export async function openInvoices(
  scope: ReadScope,
  { customerId, asOf }: { readonly customerId: number; readonly asOf: CalendarDate | null },
  limit: number,
): Promise<OpenInvoice[]> {
  const condition = sql<boolean>`f.balance > 0 and f.customer_id = ${customerId}`;
  return await balances(scope, { asOf, condition, order: sql`f.due_on nulls first, f.invoice_id` }, limit);
}

export type Owed = {
  readonly count: number;
  readonly total: Total<'price'>;
  readonly invoices: readonly OpenInvoice[];
};

/** Balances below 0: what was paid beyond what is left of the invoice, largest first. Amounts are positive. */
export async function owedToCustomers(
  scope: ReadScope,
  { customerId, samples, asOf }: BalancesOf,
  limit: number,
): Promise<Owed> {
  const condition = sql<boolean>`f.balance < 0 ${samples ? sql`` : REAL} ${customerId === null ? sql`` : sql`and f.customer_id = ${customerId}`}`;
  const { rows } = await sql<{ count: number; total: string }>`
    select count(*) as count, ${totalOver(sql`-f.balance`)} as total from ${balancesOn(scope, asOf)} as f
    where f.account_id = ${scope.account.id} and ${condition}`.execute(scope.db);
  const invoices = await balances(scope, { asOf, condition, order: sql`f.balance, f.invoice_id` }, limit);
  return {
    count: rows[0]?.count ?? 0,
    total: totalFrom(rows[0]?.total ?? '0'),
    invoices: invoices.map((invoice) => ({ ...invoice, balance: price(-invoice.balance) })),
  };
}

async function balances(
  scope: ReadScope,
  {
    asOf,
    condition,
    order,
  }: {
    readonly asOf: CalendarDate | null;
    readonly condition: RawBuilder<boolean>;
    readonly order: RawBuilder<unknown>;
  },
  limit: number,
): Promise<OpenInvoice[]> {
  const { db, account } = scope;
  const rows = await db
    .selectFrom(balancesOn(scope, asOf).as('f'))
    .innerJoin('invoices as i', (join) =>
      join.onRef('i.account_id', '=', 'f.account_id').onRef('i.id', '=', 'f.invoice_id'),
    )
    .innerJoin('customers as c', (join) =>
      join.onRef('c.account_id', '=', 'f.account_id').onRef('c.id', '=', 'f.customer_id'),
    )
    .select([
      'i.id',
      'i.number',
      'i.is_sample',
      'i.total',
      'f.due_on',
      'f.balance',
      'f.customer_id',
      'c.name as customer',
    ])
    .where('f.account_id', '=', account.id)
    .where(condition)
    .orderBy(order)
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    isSample: row.is_sample === 1,
    dueOn: row.due_on,
    total: price(row.total),
    balance: price(row.balance),
    customer: { id: row.customer_id, name: row.customer },
  }));
}

function agedOf(row: AgedRow): Aged {
  const all = totalFrom<'price'>(row.total);
  const ages = {
    current: totalFrom<'price'>(row.current),
    days1to30: totalFrom<'price'>(row.days1to30),
    days31to60: totalFrom<'price'>(row.days31to60),
    days61to90: totalFrom<'price'>(row.days61to90),
    over90: totalFrom<'price'>(row.over90),
  };
  return { invoices: row.invoices, total: all, late: total<'price'>(all - ages.current), ages };
}
