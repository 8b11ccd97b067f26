// When an issued invoice is due: what it bills is frozen, but a customer may be given more time, or less.
import { parseDate } from '../../domain/dates.ts';
import { refused } from '../../domain/errors.ts';
import { checkDue, type Invoice } from '../../domain/invoice.ts';
import { says, type Message } from '../../domain/message.ts';
import { setDue } from '../../store/books/write-invoices.ts';
import type { WriteScope } from '../../store/scope.ts';
import { logPaper, refIn } from './issuing.ts';
import { freshInvoice, type InvoiceWithState } from './with-payments.ts';

export async function moveDue(
  scope: WriteScope,
  before: Invoice,
  day: string,
): Promise<{ invoice: InvoiceWithState; summary: Message }> {
  const ref = refIn(before);
  if (before.kind === 'credit_note') throw refused(says('invoice.credit-is-not-due', { ref }), 'dueOn');
  const dueOn = parseDate(day, 'dueOn');
  checkDue(before.issuedOn ?? dueOn, dueOn);
  if (!(await setDue(scope, before.id, dueOn)))
    return { invoice: await freshInvoice(scope, before.id), summary: says('log.so-already', { ref }) };
  const moved = says('log.due-moved', { invoice: ref, from: before.dueOn, to: dueOn });
  logPaper(scope, before, moved);
  return { invoice: await freshInvoice(scope, before.id), summary: moved };
}
