// Every record is somebody's who is there, and not of one who was merged with another; it is on a job of the same
// customer, and on the job of what belongs to it.
import { sql } from 'kysely';
import { declared, isKind } from '../../kinds/declared.ts';
import type { Kind } from '../../kinds/index.ts';
import { invoiceRef, refOf } from '../../kinds/reference.ts';
import { TABLES, tableOf, type Table } from '../../kinds/tables.ts';
import type { IdRange } from '../derived/job-ledger-rows.ts';
import { isLedgerTable, type LedgerTable } from '../journal/ledger.ts';
import { inWords, within, type AuditedBook } from './book.ts';

const PLACES = 'records on customers';
const OF_A_CUSTOMER = TABLES.filter(({ columns }) => columns['customer_id']?.to === 'customer');

/** @returns how many records were looked at */
export async function auditPlaces(book: AuditedBook): Promise<number> {
  await auditMerges(book);
  let looked = 0;
  for (const table of OF_A_CUSTOMER) looked += await auditTable(book, table);
  await auditCovers(book);
  return looked;
}

async function auditTable(book: AuditedBook, table: Table): Promise<number> {
  const { name, kind, part, key } = table;
  const [id = ''] = key;
  if (kind === null || !isLedgerTable(name)) return 0;
  const nameOf = (record: number, number: number | null = null) => {
    const ref = kind === 'invoice' ? invoiceRef(record, number) : refOf(kind, record);
    return part === null ? ref : `${ref}: ${part}`;
  };
  return await book.walk({
    what: `owners of ${inWords(name)}`,
    name: nameOf,
    by: [{ table: name, column: id }],
    read: async (span) =>
      await readPlaces(book, { table: name, columns: table.columns, isOfItself: part === null, id, span }),
    judge: (rows) => {
      for (const row of rows)
        if (row.fault !== null) book.faults.add(PLACES, `${nameOf(row.id, row.number)}: ${row.fault}`);
      return rows.length;
    },
  });
}

type Reading = Pick<Table, 'columns'> & {
  readonly table: LedgerTable;
  readonly isOfItself: boolean;
  readonly id: string;
  readonly span: IdRange;
};

async function readPlaces({ db, accountId }: AuditedBook, { table, columns, isOfItself, id, span }: Reading) {
  // What closed months say of whose a job was stays as it was.
  const hasJob = isOfItself && 'job_id' in columns;
  const others = Object.entries(columns).flatMap(([column, { to = '', sameJob }]) =>
    sameJob === undefined || !isKind(to) ? [] : [{ column, kind: to, as: `on_${column}` }],
  );
  const joins = others.map(
    ({ column, kind, as }) =>
      sql`left join ${sql.table(tableOf(kind))} as ${sql.ref(as)}
        on ${sql.ref(`${as}.account_id`)} = r.account_id and ${sql.ref(`${as}.id`)} = ${sql.ref(`r.${column}`)}`,
  );
  const apart = others.map(
    ({ kind, as }) =>
      sql`${ofOne(kind, as)} when ${sql.ref(`${as}.id`)} is not null and coalesce(${sql.ref(`${as}.job_id`)}, 0) <> coalesce(r.job_id, 0)
        then ${sql.lit(`its ${declared(kind).noun} is on another job`)}`,
  );
  const ofJob = hasJob
    ? sql`when j.customer_id <> coalesce(r.customer_id, 0) then 'its job is of another customer'`
    : sql``;
  const job = hasJob ? sql`left join jobs j on j.account_id = r.account_id and j.id = r.job_id` : sql``;
  const number = 'number' in columns ? sql`r.number` : sql`null`;
  const key = sql.ref(`r.${id}`);
  const { rows } = await sql<{ id: number; number: number | null; fault: string | null }>`
    select ${key} as id, ${number} as number, case
      when r.customer_id is not null and c.id is null then 'its customer is not there'
      when c.merged_into is not null then 'its customer was merged with another record'
      ${ofJob} ${sql.join(apart, sql` `)}
    end as fault
    from ${sql.table(table)} r
    left join customers c on c.account_id = r.account_id and c.id = r.customer_id
    ${job} ${sql.join(joins, sql` `)}
    where r.account_id = ${accountId} and ${within(`r.${id}`, span)} order by ${key}`.execute(db);
  return rows;
}

/** What belongs together is of one customer, where both are somebody's. */
function ofOne(kind: Kind, as: string) {
  if (!('customer_id' in declared(kind).columns)) return sql``;
  return sql`when ${sql.ref(`${as}.customer_id`)} <> r.customer_id
    then ${sql.lit(`its ${declared(kind).noun} is of another customer`)}`;
}

/** Whoever was merged leads to somebody who was not. */
async function auditMerges(book: AuditedBook): Promise<void> {
  const { db, accountId, faults } = book;
  const rows = await book.rows('merged customers', async () => {
    const read = sql<{ id: number; into: number; there: number | null }>`
      select m.id, m.merged_into as "into", c.id as there from customers m
      left join customers c on c.account_id = m.account_id and c.id = m.merged_into
      where m.account_id = ${accountId} and m.merged_into is not null order by m.id`;
    return (await read.execute(db)).rows;
  });
  const merged = new Map(rows.map((row) => [row.id, row.into]));
  for (const { id, into, there } of rows) {
    const seen = new Set([id]);
    let last: number | undefined = into;
    while (last !== undefined && !seen.has(last)) {
      seen.add(last);
      last = merged.get(last);
    }
    if (there === null)
      faults.add(PLACES, `${refOf('customer', id)} was merged with ${refOf('customer', into)}, who is not there`);
    else if (last !== undefined) faults.add(PLACES, `${refOf('customer', id)} was in the end merged with itself`);
  }
}

/** What an expense covers is a line on its own job. */
async function auditCovers(book: AuditedBook): Promise<void> {
  await book.walk({
    what: 'what expenses cover',
    name: (id) => refOf('expense', id),
    by: [{ table: 'expenses', column: 'id' }],
    read: async (span) => await readApart(book, span),
    judge: (rows) => {
      for (const { id } of rows) book.faults.add(PLACES, `${refOf('expense', id)}: it covers a line of another job`);
      return rows.length;
    },
  });
}

async function readApart({ db, accountId }: AuditedBook, span: IdRange) {
  const { rows } = await sql<{ id: number }>`
    select e.id from expenses e
    where e.account_id = ${accountId} and ${within('e.id', span)} and e.covers_line_id is not null
      and not exists (
        select 1 from quote_lines l
        join quotes q on q.account_id = l.account_id and q.id = l.quote_id
        where l.account_id = e.account_id and l.line_id = e.covers_line_id and q.job_id = e.job_id)
    order by e.id`.execute(db);
  return rows;
}
