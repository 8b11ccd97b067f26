// What no undo takes out of the books: issued papers and recorded payments. Each is answered with what does it instead.
import { refused } from '../../domain/errors.ts';
import { says, type Message } from '../../domain/message.ts';
import type { Change } from '../../domain/history.ts';
import { insteadOfVoid } from '../../domain/invoice.ts';
import { invoiceRef, refOf } from '../../kinds/reference.ts';
import type { TouchedRow } from '../../store/journal/history.ts';
import { invoiceById } from '../../store/books/invoices.ts';
import { paymentById } from '../../store/books/payments.ts';
import type { ReadScope } from '../../store/scope.ts';
import { standsOn } from '../invoices/credits.ts';

const SHOWN = 5;

/** Samples are numbered apart, below 0, and are free of this. @throws Problem */
export async function checkFrozen(scope: ReadScope, change: Change, rows: readonly TouchedRow[]): Promise<void> {
  const named = { change: change.number, summary: change.summary };
  if (rows.some(({ table, before, after }) => table === 'accounts' && closedIn(before) !== closedIn(after)))
    throw refused(says('undo.closed-months', named), 'change');
  const advice: Message[] = [];
  const issued = rows.filter(wasIssued);
  const isCorrection = rows.some(
    ({ table, before, after }) => table === 'invoices' && replacedBy(before) !== replacedBy(after),
  );
  for (const { key } of issued) advice.push(await insteadOfUnissuing(scope, Number(key['id']), isCorrection));
  if (issued.length === 0) {
    for (const row of rows.filter(wasPaid)) advice.push(await insteadOfUnpaying(scope, row.key));
  }
  if (advice.length === 0) return;
  const code = issued.length > 0 ? 'undo.issued-stays' : 'undo.payment-stays';
  throw refused(says(code, { ...named, advice: advice.slice(0, SHOWN) }), 'change');
}

/** What this row tells of is taken out by no undo. */
export function stays(row: TouchedRow): boolean {
  return wasIssued(row) || wasPaid(row);
}

function wasPaid({ table, key, before }: TouchedRow): boolean {
  return table === 'payments' && before === null && isReal(key);
}

function wasIssued({ table, key, before, after }: TouchedRow): boolean {
  if (table !== 'invoices' || !isReal(key) || after === null) return false;
  return after['status'] !== 'draft' && (before === null || before['status'] === 'draft');
}

function closedIn(snapshot: TouchedRow['after']): unknown {
  return snapshot?.['closed_through'] ?? null;
}

function replacedBy(snapshot: TouchedRow['after']): unknown {
  return snapshot?.['corrected_by_id'] ?? null;
}

function isReal(key: TouchedRow['key']): boolean {
  return Number(key['id']) > 0;
}

async function insteadOfUnissuing(scope: ReadScope, id: number, isCorrection: boolean): Promise<Message> {
  const invoice = await invoiceById(scope, id);
  if (invoice === null) throw new Error(`issued invoice ${id} is gone`);
  const ref = invoiceRef(id, invoice.number);
  if (invoice.status === 'void') return says('undo.void-already', { ref });
  if (isCorrection) return says('undo.part-of-correction', { ref });
  if (invoice.paid === 0 && invoice.credited === 0) return says('undo.void-instead', { ref });
  const instead = insteadOfVoid(ref, invoice.paid, await standsOn(scope, invoice));
  return says('undo.has-payments', { ref, instead });
}

async function insteadOfUnpaying(scope: ReadScope, { id }: TouchedRow['key']): Promise<Message> {
  const ref = refOf('payment', Number(id));
  const payment = await paymentById(scope, Number(id));
  if (payment?.voidReason !== null) return says('undo.payment-void-already', { ref });
  return says('undo.void-payment-instead', { ref });
}
