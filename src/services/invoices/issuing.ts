// Giving an invoice its number: its lines are measured again, and what it counts against is settled.
import { subtotalOf, taxOf, type RateGroup } from '../../domain/billing.ts';
import { parseDate, type CalendarDate } from '../../domain/dates.ts';
import { billTotals, checkDue, dueDate, type Invoice, type InvoiceSummary } from '../../domain/invoice.ts';
import { price, sum } from '../../domain/money.ts';
import { checkSize } from '../../domain/paper.ts';
import { balanceOf } from '../../domain/payment.ts';
import { invoiceRef } from '../../kinds/reference.ts';
import { keepParts } from '../../store/books/contract-parts.ts';
import { insertIssued, issue, updateDraft, type Issuing } from '../../store/books/write-invoices.ts';
import type { ReadScope, WriteScope } from '../../store/scope.ts';
import { recheckShare } from './billing.ts';
import { contractById, contractsOn, countOf, countedOf, billedBeyond, type BillCount } from '../quotes/contracts.ts';
import { amountText } from '../shared/amounts.ts';
import { says, type Message, type Messages } from '../../domain/message.ts';

/** What is to be issued, a draft or not. */
type Bill = Pick<Invoice, 'job' | 'contractId' | 'counting' | 'groups' | 'lines'> & {
  readonly dueOn: CalendarDate | null;
};

/** When it is issued, and what it counts against. */
export type ReadyToIssue = Issuing & BillCount;

/**
 * @param ref as whoever is refused reads it
 * @param countsFirst contracts that a bill from lines counts against before the others of its job
 */
export async function readyToIssue(
  scope: ReadScope,
  ref: Messages['document.unpriced']['ref'],
  bill: Bill,
  { issuedOn: given, countsFirst = [] }: { issuedOn: string | undefined; countsFirst?: readonly number[] },
): Promise<ReadyToIssue> {
  if (bill.contractId === null) billTotals(ref, bill.lines);
  checkGroups(scope, bill.groups);
  const issuedOn = given === undefined ? scope.today : parseDate(given, 'issuedOn');
  const dueOn = bill.dueOn ?? dueDate(issuedOn, scope.account.paymentTermsDays);
  checkDue(issuedOn, dueOn);
  return { issuedOn, dueOn, ...(await countOf(scope, bill, countsFirst)) };
}

/** Gives a draft its number. What it bills of a contract is measured again. */
export async function issueDraft(scope: WriteScope, draft: Invoice, issuedOn: string | undefined): Promise<void> {
  let bill: Bill = draft;
  if (draft.contractId !== null) {
    const { lines, groups } = await recheckShare(scope, draft, draft.contractId);
    if (groups !== draft.groups) {
      const { notes, dueOn, kind } = draft;
      await updateDraft(scope, draft, { notes, dueOn, kind, lines: { lines, groups } });
      bill = { ...draft, lines, groups };
    }
  }
  const { parts, ...issued } = await readyToIssue(scope, refIn(draft), bill, { issuedOn });
  const number = await issue(scope, { id: draft.id, isSample: draft.isSample, ...issued });
  await keepParts(scope, draft.id, parts);
  logIssued(scope, { ...draft, number });
}

/** A new bill, issued at once. @returns it as it was written */
export async function issueNew(scope: WriteScope, bill: NewBill, ready: ReadyToIssue): Promise<Invoice> {
  const { parts, counting, ...issued } = ready;
  const { customer, job } = bill;
  const row = { ...bill, customerId: customer.id, jobId: job?.id ?? null, counting };
  const { id, number } = await insertIssued(scope, row, issued);
  await keepParts(scope, id, parts);
  const made = newInvoice({ ...bill, counting }, { id, number, status: 'issued', ...issued });
  logIssued(scope, made);
  return made;
}

/** A bill that is about to be written. */
export type NewBill = Bill & Pick<Invoice, 'customer' | 'kind' | 'notes'> & { readonly isSample?: boolean };

/** As it stands once it is written, when nothing was paid or credited yet. */
export function newInvoice(
  bill: NewBill,
  as: Pick<Invoice, 'id' | 'number' | 'status' | 'issuedOn' | 'dueOn'>,
): Invoice {
  const [subtotal, tax] = [subtotalOf(bill.groups), taxOf(bill.groups)];
  const total = sum([subtotal, tax]);
  const none = price(0);
  return {
    ...{ ...bill, ...as, isSample: bill.isSample === true, subtotal, tax, total, paid: none, credited: none },
    balance: as.status === 'issued' ? balanceOf({ total, credited: none, paid: none }) : none,
    ...{ credits: null, correctedById: null, voidReason: null, voidedOn: null, to: null },
  };
}

function logIssued(scope: WriteScope, invoice: Invoice): void {
  logPaper(scope, invoice, says('log.invoice', { invoice: refIn(invoice), became: 'issued' }));
}

/** @throws Problem where it comes to more than any paper may */
export function checkGroups({ account }: ReadScope, groups: readonly RateGroup[], field?: string): void {
  const [subtotal, tax] = [subtotalOf(groups), taxOf(groups)];
  checkSize({ subtotal, tax, total: sum([subtotal, tax]) }, account.currency, field);
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
