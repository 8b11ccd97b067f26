// What was billed on no job in closed months, once a bill of theirs is filed under a job, or taken out: the report of such a
// month stays as it was, and what moves stands in the first open one.
import type { Account } from '../../domain/account.ts';
import { addDays, BEFORE_EVERY_DAY, calendarDate, type CalendarDate } from '../../domain/dates.ts';
import type { Database } from '../database.ts';
import { LEDGER, type Snapshot } from '../journal/ledger.ts';
import { inPortions } from '../engine/many.ts';
import type { Journal } from '../journal/write.ts';
import type { ClosedInvoiceRow } from './rows.ts';

type Writing<A> = { readonly db: Database; readonly account: A; readonly journal: Journal };
type Kept = Omit<ClosedInvoiceRow, 'account_id'>;

/** Of what this write moves into the jobs or out of them, keeps what closed months said. */
export async function keepOutside({ db, account, journal }: Writing<Account>): Promise<void> {
  const { closedThrough: through } = account;
  if (through === null) return;
  const moves = new Map<number, Move>();
  for (const { table, before, after } of journal.changes) {
    if (table !== 'invoices') continue;
    const { issued_on: day, id } = after ?? before ?? {};
    const more = outsideBy(after) - outsideBy(before);
    if (more === 0 || typeof day !== 'string' || day > through) continue;
    moves.set(Number(id), { day: calendarDate(day), more: (moves.get(Number(id))?.more ?? 0) + more });
  }
  const open = addDays(through, 1);
  const kept = await rowsOf(db, account.id, [...moves.keys()]);
  await settle(
    journal,
    kept,
    [...moves].flatMap(([invoice_id, { day, more }]) => [
      { invoice_id, day, amount: -more },
      { invoice_id, day: open, amount: more },
    ]),
  );
}

type Move = { readonly day: CalendarDate; readonly more: number };

/** What of an invoice is outside of jobs. */
function outsideBy(row: Snapshot | null): number {
  return row?.['job_id'] === null && row['status'] === 'issued' && row['is_sample'] === 0 ? Number(row['subtotal']) : 0;
}

/** Adds to what is kept; what comes to nothing is not. */
async function settle(journal: Journal, kept: readonly Kept[], more: readonly Kept[]): Promise<void> {
  const before = new Map(kept.map((row) => [nameOf(row), row]));
  const after = new Map<string, Kept>();
  for (const row of more) {
    const { amount = 0 } = after.get(nameOf(row)) ?? before.get(nameOf(row)) ?? {};
    after.set(nameOf(row), { ...row, amount: amount + row.amount });
  }
  const changed = [...after].map(([name, row]) => ({ before: before.get(name) ?? null, after: row }));
  const isLeft = ({ after: row }: (typeof changed)[number]) => row.amount !== 0;
  await journal.removeAll(
    'closed_invoices',
    changed.flatMap((row) => (row.before === null || isLeft(row) ? [] : [row.before])),
  );
  await journal.replaceAll(
    'closed_invoices',
    changed.flatMap((row) => (row.before === null || !isLeft(row) ? [] : [{ ...row, before: row.before }])),
  );
  await journal.insertAll(
    'closed_invoices',
    changed.flatMap((row) => (row.before === null && isLeft(row) ? [row.after] : [])),
  );
}

function nameOf({ invoice_id, day }: Kept): string {
  return `${invoice_id} ${day}`;
}

async function rowsOf(db: Database, accountId: number, invoices: readonly number[]): Promise<Kept[]> {
  const found: Kept[] = [];
  await inPortions(invoices, async (some) => {
    found.push(
      ...(await db
        .selectFrom('closed_invoices')
        .select(LEDGER.closed_invoices.columns)
        .where('account_id', '=', accountId)
        .where('invoice_id', 'in', some)
        .orderBy('invoice_id')
        .orderBy('day')
        .execute()),
    );
  });
  return found;
}

/** Months after this day are open again: all that stands later stands on the first open day, which of their own bills is nothing. */
export async function letInvoicesGo(
  { db, account, journal }: Writing<Pick<Account, 'id'>>,
  through: CalendarDate | null,
): Promise<void> {
  const open = through === null ? BEFORE_EVERY_DAY : addDays(through, 1);
  const later = await db
    .selectFrom('closed_invoices')
    .select(LEDGER.closed_invoices.columns)
    .where('account_id', '=', account.id)
    .where('day', '>', open)
    .orderBy('invoice_id')
    .orderBy('day')
    .execute();
  const kept = await rowsOf(db, account.id, [...new Set(later.map(({ invoice_id }) => invoice_id))]);
  await settle(
    journal,
    kept,
    later.flatMap((row) => [
      { ...row, amount: -row.amount },
      { ...row, day: open },
    ]),
  );
}
