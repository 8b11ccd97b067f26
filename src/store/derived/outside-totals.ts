// What invoices on no job come to, over the whole account: kept, so that no list adds them up. They move with each write.
import { sql, type RawBuilder } from 'kysely';
import type { Database } from '../database.ts';
import { rowsAsJson, rowsOfAccount } from '../engine/json-rows.ts';
import { deferred } from '../engine/prepared.ts';
import type { Snapshot, Touched } from '../journal/ledger.ts';
import type { OutsideTotalsRow } from './rows.ts';

const KEY = ['is_sample'] as const;
export const OUTSIDE_SUMS = ['invoices', 'billed', 'tax', 'drafts'] as const;
type KeptSums = Pick<OutsideTotalsRow, (typeof OUTSIDE_SUMS)[number]>;
const COLUMNS = [...KEY, ...OUTSIDE_SUMS];

const NOTHING: KeptSums = { invoices: 0, billed: 0, tax: 0, drafts: 0 };

/** What an invoice adds; nothing where it is on a job, or void. */
function sumsOf(row: Snapshot | null): KeptSums {
  if (row?.['job_id'] !== null) return NOTHING;
  if (row['status'] === 'draft') return { ...NOTHING, drafts: Number(row['subtotal']) };
  if (row['status'] !== 'issued') return NOTHING;
  return { ...NOTHING, invoices: 1, billed: Number(row['subtotal']), tax: Number(row['tax']) };
}

/** A statement where anything on no job came, went or became another; none else. */
export async function moveOutside(db: Database, accountId: number, touched: readonly Touched[]): Promise<void> {
  const moved = new Map<number, Record<keyof KeptSums, bigint>>();
  for (const { table, before, after } of touched) {
    if (table !== 'invoices') continue;
    for (const [row, sign] of [
      [before, -1n],
      [after, 1n],
    ] as const) {
      const isSample = row?.['is_sample'] === 1 ? 1 : 0;
      const sofar = moved.get(isSample) ?? { invoices: 0n, billed: 0n, tax: 0n, drafts: 0n };
      const sums = sumsOf(row);
      for (const column of OUTSIDE_SUMS) sofar[column] += sign * BigInt(sums[column]);
      moved.set(isSample, sofar);
    }
  }
  const rows = [...moved]
    .filter(([, sums]) => OUTSIDE_SUMS.some((column) => sums[column] !== 0n))
    .map(([is_sample, sums]) => ({
      is_sample,
      ...Object.fromEntries(OUTSIDE_SUMS.map((column) => [column, String(sums[column])])),
    }));
  if (rows.length > 0) await addOutside(db, { account: accountId, rows: rowsAsJson(COLUMNS, rows) });
}

const addOutside = deferred((db, given: { readonly account: number; readonly rows: string }) => {
  const columns = sql.join(['account_id', ...COLUMNS].map((column) => sql.ref(column)));
  const sums = OUTSIDE_SUMS.map(
    (column) => sql`${sql.ref(column)} = ${sql.ref(`outside_totals.${column}`)} + ${sql.ref(`excluded.${column}`)}`,
  );
  return sql`insert into outside_totals (${columns}) ${rowsOfAccount(db, 'outside_totals', COLUMNS, given)}
    on conflict (account_id, is_sample) do update set ${sql.join(sums)}`;
});

/** What they come to, added up. */
export function outsideAdded(accountId: number) {
  const of = (status: 'issued' | 'draft', each: RawBuilder<unknown>) =>
    sql`coalesce(sum(case when i.status = ${sql.lit(status)} then ${each} else 0 end), 0)`;
  return sql`select i.is_sample, ${of('issued', sql`1`)} as invoices, ${of('issued', sql`i.subtotal`)} as billed,
      ${of('issued', sql`i.tax`)} as tax, ${of('draft', sql`i.subtotal`)} as drafts
    from invoices i where i.account_id = ${accountId} and i.job_id is null group by i.is_sample`;
}

/** Makes them anew. */
export async function renewOutside(db: Database, accountId: number): Promise<void> {
  await sql`delete from outside_totals where account_id = ${accountId}`.execute(db);
  await sql`insert into outside_totals (account_id, is_sample, invoices, billed, tax, drafts)
    select ${sql.lit(accountId)}, s.is_sample, s.invoices, s.billed, s.tax, s.drafts from (${outsideAdded(accountId)}) as s`.execute(
    db,
  );
}
