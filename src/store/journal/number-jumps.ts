// Numbers that are passed over on purpose: a book that came back from a backup does not know which ones it had given out
// by the time it was lost. What is passed over is in the journal, and is the only gap that a series has.
import { FIRST_INVOICE_NUMBER } from '../../domain/invoice.ts';
import type { Database } from '../database.ts';
import type { ReadScope, WriteScope } from '../scope.ts';

/** The series of issued invoices and credit notes. */
const INVOICES = 'invoice_number';

/** The number that was given out last; the one before the first where none was. */
export async function lastInvoiceNumber({ db, account }: Pick<ReadScope, 'db' | 'account'>): Promise<number> {
  const row = await db
    .selectFrom('counters')
    .select('value')
    .where('account_id', '=', account.id)
    .where('kind', '=', INVOICES)
    .executeTakeFirst();
  return row?.value ?? FIRST_INVOICE_NUMBER - 1;
}

/**
 * Invoices go on with the number after `given`, the last one that is known to have been given out.
 * @returns false, and nothing written, where they are as far already
 */
export async function passOverInvoices(scope: WriteScope, given: number): Promise<boolean> {
  const last = await lastInvoiceNumber(scope);
  if (last >= given) return false;
  await scope.db
    .insertInto('counters')
    .values({ account_id: scope.account.id, kind: INVOICES, value: given })
    .onConflict((conflict) => conflict.columns(['account_id', 'kind']).doUpdateSet({ value: given }))
    .execute();
  const id = await scope.journal.next('number_jump');
  await scope.journal.insert('number_jumps', { id, series: INVOICES, last, next: given + 1 });
  return true;
}

/** Which invoice number may follow which, besides the next one. */
export async function invoicesPassedOver(db: Database, accountId: number): Promise<ReadonlyMap<number, number>> {
  const rows = await db
    .selectFrom('number_jumps')
    .select(['last', 'next'])
    .where('account_id', '=', accountId)
    .where('series', '=', INVOICES)
    .execute();
  return new Map(rows.map(({ last, next }) => [last, next]));
}
