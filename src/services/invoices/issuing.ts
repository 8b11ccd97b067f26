// Giving an invoice its number: its lines are measured again, and what it counts against is settled.
import { subtotalOf } from '../../domain/billing.ts';
import { parseDate } from '../../domain/dates.ts';
import { billTotals, checkDue, dueDate, type Invoice, type InvoiceSummary } from '../../domain/invoice.ts';
import { checkSize } from '../../domain/paper.ts';
import { invoiceRef } from '../../kinds/reference.ts';
import { invoiceById, issue, updateDraft } from '../../store/books/invoices.ts';
import type { ReadScope, WriteScope } from '../../store/scope.ts';
import { recheckShare } from './billing.ts';
import { contractById, contractsOn, count, countedOf, billedBeyond } from '../quotes/contracts.ts';
import { reload } from '../shared/patch.ts';
import { amountText } from '../shared/amounts.ts';
import { says, type Message } from '../../domain/message.ts';

/**
 * @param rechecked true where the bill was measured against its contract a moment ago, in this very write
 * @param countsFirst contracts that a bill from lines counts against before the others of its job
 */
export async function issueDraft(
  scope: WriteScope,
  draft: Invoice,
  givenDate: string | undefined,
  { rechecked, countsFirst = [] }: { rechecked: boolean; countsFirst?: readonly number[] },
): Promise<void> {
  if (draft.contractId === null) billTotals(refIn(draft), draft.lines);
  else if (!rechecked) {
    const { lines, groups } = await recheckShare(scope, draft, draft.contractId);
    if (groups !== draft.groups) {
      const { notes, dueOn, kind } = draft;
      await updateDraft(scope, draft, { notes, dueOn, kind, lines: { lines, groups } });
    }
  }
  checkSize(draft, scope.account.currency);
  const issuedOn = givenDate === undefined ? scope.today : parseDate(givenDate, 'issuedOn');
  const dueOn = draft.dueOn ?? dueDate(issuedOn, scope.account.paymentTermsDays);
  checkDue(issuedOn, dueOn);
  await issue(scope, { id: draft.id, isSample: draft.isSample, issuedOn, dueOn });
  const issued = await reload(invoiceById, scope, draft.id);
  await count(scope, issued, countsFirst);
  logPaper(scope, issued, says('log.invoice', { invoice: refIn(issued), became: 'issued' }));
}

/** What a person should know of how an issued bill counts: beyond its contract, or as extra work without having said so. */
export async function countingNotes(scope: ReadScope, bill: InvoiceSummary): Promise<Message[]> {
  return [...(await beyondNotes(scope, bill)), ...(await extraNotes(scope, bill))];
}

/** The contracts that a bill counts against, where more is billed of one than it comes to. */
export async function beyondNotes(scope: ReadScope, bill: InvoiceSummary): Promise<Message[]> {
  const notes: Message[] = [];
  for (const { contractId } of (await countedOf(scope, bill)).parts) {
    const contract = await contractById(scope, contractId);
    if (contract !== null) notes.push(...billedBeyond(scope, contract));
  }
  return notes;
}

/** What of a bill is extra work, where its job has contracts. */
export async function extraNotes(scope: ReadScope, bill: InvoiceSummary): Promise<Message[]> {
  const { parts, extra } = await countedOf(scope, bill);
  const contracts = bill.job === null ? [] : await contractsOn(scope, bill.job.id);
  const refs: string[] = [];
  const withRest: string[] = [];
  for (const id of contracts) {
    const contract = await contractById(scope, id);
    if (contract === null) continue;
    refs.push(contract.ref);
    if (contract.state.remaining > 0) withRest.push(contract.ref);
  }
  if (bill.contractId !== null || refs.length === 0 || subtotalOf(extra) <= 0) return [];
  const [first] = withRest;
  if (parts.length === 0 && bill.counting !== 'extra') return [];
  if (parts.length === 0 && first !== undefined)
    return [says('note.beside-contracts', { contracts: refs, against: first })];
  const amount = parts.length === 0 ? null : amountText(scope, subtotalOf(extra));
  return [says('note.beyond-contracts', { contracts: refs, amount })];
}

export function logPaper(scope: WriteScope, invoice: Invoice, said: Message): void {
  scope.journal.log({ kind: 'invoice', id: invoice.id, entry: 'paper', said });
  if (invoice.job !== null) scope.journal.log({ kind: 'job', id: invoice.job.id, entry: 'paper', said });
}

export function refIn({ id, number }: Pick<Invoice, 'id' | 'number'>): string {
  return invoiceRef(id, number);
}
