// Credit notes and corrections: what they take back, and what that does to the contracts that the bill counts against.
import { negated, subtotalOf } from '../../domain/billing.ts';
import type { CreditPart } from '../../domain/contract.ts';
import { parseDate, type CalendarDate } from '../../domain/dates.ts';
import { invalid, refused } from '../../domain/errors.ts';
import { billTotals, creditDay, type Invoice } from '../../domain/invoice.ts';
import { price } from '../../domain/money.ts';
import { invoiceRef } from '../../kinds/reference.ts';
import { countedOn, keepParts, notesOf } from '../../store/books/contract-parts.ts';
import { invoiceById } from '../../store/books/invoices.ts';
import { insertIssued, markCorrected } from '../../store/books/write-invoices.ts';
import type { ReadScope, WriteScope } from '../../store/scope.ts';
import { billOfLines, creditFor, creditOf, type Credit, type CreditAsked } from './billing.ts';
import { contractById, contractRef, countedOf, creditParts, pin, workBill } from '../quotes/contracts.ts';
import { countingNotes, issueNew, logPaper, readyToIssue, refIn, type NewBill } from './issuing.ts';
import { readLine, type LineInput } from '../shared/lines.ts';
import { movePayments } from './payments.ts';
import { freshInvoice, type InvoiceWithState } from './with-payments.ts';
import { reload } from '../shared/patch.ts';
import { amountText } from '../shared/amounts.ts';
import { says, type Message } from '../../domain/message.ts';

export type CreditInput = CreditAsked & {
  readonly billAgain?: boolean | undefined;
  readonly issuedOn?: string | undefined;
  readonly notes?: string | undefined;
};

export async function issueCreditNote(
  scope: WriteScope,
  input: CreditInput,
): Promise<{ invoice: InvoiceWithState; said: Message[]; notes: Message[] }> {
  const { lines, amount, all, billAgain } = input;
  const credit = await creditFor(scope, { creditFor: input.creditFor, lines, amount, all });
  const parts = await creditParts(scope, credit.invoice, credit.groups.map(negated), billAgain === true);
  if (billAgain === undefined) await checkSaid(scope, credit, parts);
  const issuedOn = dayOfCredit(scope, credit.invoice, input.issuedOn);
  const note = await issueCredit(scope, { ...credit, parts }, { issuedOn, notes: input.notes });
  const credited = await freshInvoice(scope, credit.invoice.id);
  const owed = credited.balance < 0 ? [says('note.owed-to-customer', { ref: refIn(credited) })] : [];
  const { said, notes } = await creditNotes(scope, parts);
  return { invoice: note, said, notes: [...notes, ...owed] };
}

/** A credit over all that is left can mean either; which one decides what the contract comes to. */
async function checkSaid(scope: ReadScope, { invoice, groups }: Credit, parts: readonly CreditPart[]): Promise<void> {
  const { parts: counted, extra } = await countedOf(scope, invoice);
  const left = subtotalOf([...extra, ...counted.flatMap((part) => part.groups)]);
  const reductions = parts.filter(({ reduces }) => reduces);
  const [first] = reductions;
  if (first === undefined || subtotalOf(groups) + left !== 0) return;
  const less = amountText(scope, price(-subtotalOf(reductions.flatMap((part) => part.groups))));
  const ref = await contractRef(scope, first.contractId);
  throw invalid('billAgain', says('credit.say-whether-bill-again', { invoice: refIn(invoice), ref, less }));
}

/** What a credit does to contracts: which of the two it is, as whoever says yes to it reads it, and what else there is to know. */
async function creditNotes(
  scope: ReadScope,
  parts: readonly CreditPart[],
): Promise<{ said: Message[]; notes: Message[] }> {
  const said: Message[] = [];
  const notes: Message[] = [];
  const contracts = new Set(parts.map(({ contractId }) => contractId));
  for (const contractId of contracts) {
    const contract = await contractById(scope, contractId);
    if (contract === null) continue;
    const { ref, state } = contract;
    const sumOf = (reduces: boolean) =>
      price(
        -subtotalOf(
          parts.filter((part) => part.contractId === contractId && part.reduces === reduces).flatMap((p) => p.groups),
        ),
      );
    const [worth, left] = [amountText(scope, state.subtotal), amountText(scope, price(Math.max(0, state.remaining)))];
    if (sumOf(true) > 0) {
      said.push(says('log.price-reduction', { amount: amountText(scope, sumOf(true)), contract: ref, worth }));
      notes.push(says('note.left-after-reduction', { ref, left }));
    }
    if (sumOf(false) > 0)
      said.push(says('log.less-billed', { amount: amountText(scope, sumOf(false)), contract: ref, worth, left }));
  }
  return { said, notes };
}

function dayOfCredit(scope: WriteScope, { id, number, issuedOn }: Invoice, day: string | undefined): CalendarDate {
  const given = day === undefined ? null : parseDate(day, 'issuedOn');
  return creditDay({ ref: invoiceRef(id, number), issuedOn: issuedOn ?? scope.today }, given, scope.today);
}

async function issueCredit(
  scope: WriteScope,
  { invoice, lines, groups, parts }: Credit & { readonly parts: readonly CreditPart[] },
  { issuedOn, notes }: { issuedOn: CalendarDate; notes: string | undefined },
): Promise<InvoiceWithState> {
  await pin(scope, invoice);
  const { id } = await insertIssued(
    scope,
    {
      customerId: invoice.customer.id,
      jobId: invoice.job?.id ?? null,
      kind: 'credit_note',
      notes: notes ?? null,
      dueOn: null,
      lines,
      groups,
      creditsId: invoice.id,
      to: invoice.to,
      isSample: invoice.isSample,
      counting: 'contract',
    },
    { issuedOn, dueOn: issuedOn },
  );
  await keepParts(scope, id, parts);
  const note = await freshInvoice(scope, id);
  logPaper(scope, note, says('log.credit-note', { note: refIn(note), invoice: refIn(invoice) }));
  return note;
}

export type Correction = {
  readonly lines: readonly LineInput[] | undefined;
  readonly issuedOn: string | undefined;
  readonly dueOn: string | undefined;
  readonly notes: string | null | undefined;
};

/** A credit note over all that is left, a new invoice in its place, and the payments moved along. */
export async function correct(
  scope: WriteScope,
  before: Invoice,
  input: Correction,
): Promise<{ invoice: InvoiceWithState; summary: Message; notes: Message[] }> {
  const ref = refIn(before);
  if (before.correctedById !== null) throw refused(says('invoice.corrected-already', { ref }), 'invoice');
  const credit = await creditOf(scope, before, { all: true }, 'invoice');
  if (input.lines === undefined) throw invalid('lines', says('invoice.give-right-lines', { ref }));
  const lines = input.lines.map((line, index) => readLine(line, `lines[${index}]`, scope.account.currency));
  billTotals({ made: 'corrected invoice' }, lines);
  const issuedOn = dayOfCredit(scope, before, input.issuedOn);
  const countsFirst = (await countedOf(scope, before)).parts.map(({ contractId }) => contractId);
  // What it billed can be billed again, by its replacement; price reductions that were given on it stand.
  const parts = await creditParts(scope, before, credit.groups.map(negated), true);
  const note = await issueCredit(scope, { ...credit, parts }, { issuedOn, notes: `Corrects ${ref}` });
  const bill: NewBill = {
    customer: before.customer,
    job: before.job,
    kind: before.kind,
    isSample: before.isSample,
    notes: input.notes === undefined ? before.notes : input.notes,
    dueOn: input.dueOn === undefined ? null : parseDate(input.dueOn, 'dueOn'),
    ...billOfLines(lines),
    contractId: before.contractId,
    counting: (await workBill(scope, before)).counting ?? 'contract',
  };
  const ready = await readyToIssue(scope, { made: 'corrected invoice' }, bill, { issuedOn, countsFirst });
  const replacement = await issueNew(scope, bill, ready);
  await markCorrected(scope, before.id, replacement.id);
  const money = await movePayments(scope, before, replacement);
  const invoice = await freshInvoice(scope, replacement.id);
  const notes = await countingNotes(scope, invoice);
  // That it is more than was agreed is what a person says yes or no to.
  for (const each of notes) scope.journal.asks(each);
  return {
    invoice,
    notes,
    summary: says('log.corrected', {
      ...{ invoice: ref, customer: before.customer.name, total: amountText(scope, before.total), note: refIn(note) },
      replacement: { invoice: refIn(replacement), total: amountText(scope, replacement.total) },
      ...otherwise(scope, before, replacement),
      money,
    }),
  };
}

/** What a person would not think of when they say what an invoice should have been. */
function otherwise(scope: ReadScope, before: Invoice, { tax, dueOn }: Invoice) {
  return {
    untaxed: before.tax !== 0 && tax === 0 ? amountText(scope, before.tax) : null,
    due: dueOn === before.dueOn ? null : { now: dueOn, before: before.dueOn },
  };
}

/** What stands on an invoice and keeps it from being void, for the words that name the way instead. */
export async function standsOn(scope: ReadScope, invoice: Invoice) {
  const papers = await scope.papers.ofInvoice(invoice);
  const notes = notesOf(papers, [invoice.id]);
  const kept = countedOn(papers, [await workBill(scope, invoice), ...notes], invoice.job?.id ?? null);
  const { parts, extra } = await countedOf(scope, invoice);
  const replacement = invoice.correctedById === null ? null : await reload(invoiceById, scope, invoice.correctedById);
  const reduces = ({ id }: (typeof notes)[number]) => (kept.get(id) ?? []).some((part) => part.reduces);
  return {
    notes: notes.map(refIn),
    reductions: notes.filter(reduces).map(refIn),
    counts: parts.length > 0,
    isLeft: subtotalOf([...extra, ...parts.flatMap(({ groups }) => groups)]) > 0,
    replacement: replacement === null || replacement.status === 'void' ? null : refIn(replacement),
  };
}
