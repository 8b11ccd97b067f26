// What no undo takes out of the books: issued papers and recorded payments. Each is answered with what does it instead.
import { cut, inLine } from '../domain/text.ts';
import { refused } from '../domain/errors.ts';
import type { Change } from '../domain/history.ts';
import { insteadOfVoid } from '../domain/invoice.ts';
import { invoiceRef, refOf } from '../kinds/reference.ts';
import type { TouchedRow } from '../store/history.ts';
import { invoiceById } from '../store/invoices.ts';
import { paymentById } from '../store/payments.ts';
import type { ReadScope } from '../store/scope.ts';
import { standsOn } from './credits.ts';

const SHOWN = 5;

/** Samples are numbered apart, below 0, and are free of this. @throws Problem */
export async function checkFrozen(scope: ReadScope, change: Change, rows: readonly TouchedRow[]): Promise<void> {
  if (rows.some(({ table, before, after }) => table === 'accounts' && closedIn(before) !== closedIn(after)))
    throw refused(
      `change ${change.number} (${cut(change.summary, 160)}) closed months or opened them, and is not undone like others: update-account with closedThrough does that, with a reason where months are opened again.`,
      'change',
    );
  const advice: string[] = [];
  const issued = rows.filter(wasIssued);
  const isCorrection = rows.some(
    ({ table, before, after }) => table === 'invoices' && replacedBy(before) !== replacedBy(after),
  );
  for (const { key } of issued) advice.push(await insteadOfUnissuing(scope, Number(key['id']), isCorrection));
  if (issued.length === 0) {
    for (const { table, key, before } of rows) {
      if (table === 'payments' && before === null && isReal(key)) advice.push(await insteadOfUnpaying(scope, key));
    }
  }
  if (advice.length === 0) return;
  const what = issued.length > 0 ? 'An issued invoice keeps its number' : 'A payment stays on the books';
  throw refused(
    `change ${change.number} (${cut(inLine(change.summary), 160)}) is not undone like others. ${what}:${advice
      .slice(0, SHOWN)
      .map((line) => `\n- ${line}`)
      .join('')}\nNothing was changed.`,
    'change',
  );
}

function wasIssued({ table, key, before, after }: TouchedRow): boolean {
  if (table !== 'invoices' || !isReal(key) || after === null) return false;
  return after['status'] !== 'draft' && (before === null || before['status'] === 'draft');
}

function closedIn(image: TouchedRow['after']): unknown {
  return image?.['closed_through'] ?? null;
}

function replacedBy(image: TouchedRow['after']): unknown {
  return image?.['corrected_by_id'] ?? null;
}

function isReal(key: TouchedRow['key']): boolean {
  return Number(key['id']) > 0;
}

async function insteadOfUnissuing(scope: ReadScope, id: number, isCorrection: boolean): Promise<string> {
  const invoice = await invoiceById(scope, id);
  if (invoice === null) throw new Error(`issued invoice ${id} is gone`);
  const ref = invoiceRef(id, invoice.number);
  if (invoice.status === 'void') return `${ref} is void already: nothing is billed by it.`;
  if (isCorrection)
    return `${ref} is part of a correction. Correct the replacement again: update-invoice with correct: true and the right lines.`;
  if (invoice.paid === 0 && invoice.credited === 0)
    return `${ref}: update-invoice with status: void and a voidReason takes it out of what is billed.`;
  return `${ref} has payments or credits. ${insteadOfVoid(ref, invoice.paid, await standsOn(scope, invoice))}`;
}

async function insteadOfUnpaying(scope: ReadScope, { id }: TouchedRow['key']): Promise<string> {
  const ref = refOf('payment', Number(id));
  const payment = await paymentById(scope, Number(id));
  if (payment?.voidReason !== null) return `${ref} is void already: it counts nothing.`;
  return `${ref}: record-payment with void: "${ref}" and a voidReason takes it out.`;
}
