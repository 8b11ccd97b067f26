// Invoices: drafting, issuing, crediting, correcting, voiding, finding.
import type { Counting } from '../../domain/contract.ts';
import { parseDate } from '../../domain/dates.ts';
import { invalid, refused } from '../../domain/errors.ts';
import {
  billTotals,
  checkDraft,
  checkVoidable,
  draftTotals,
  type Invoice,
  type InvoiceKind,
  type InvoiceStatus,
  type InvoiceSummary,
} from '../../domain/invoice.ts';
import type { AmountInput } from '../../domain/money.ts';
import { checkSize } from '../../domain/paper.ts';
import { paidBy, type PaymentState } from '../../domain/payment.ts';
import { dropParts } from '../../store/books/contract-parts.ts';
import {
  invoiceById,
  type InvoiceFilter,
  listInvoices as loadInvoices,
  totalInvoices,
} from '../../store/books/invoices.ts';
import {
  discardDraft,
  insertDraft,
  markCorrected,
  setCounting,
  updateDraft,
  voidInvoice,
} from '../../store/books/write-invoices.ts';
import { paymentsOf } from '../../store/books/payments.ts';
import type { ReadScope, WriteScope } from '../../store/scope.ts';
import { checkAlone, countGiven } from './alone.ts';
import { billMeant } from './bill-meant.ts';
import { billFromQuote, billOfLines, type FromQuote } from './billing.ts';
import { contractById, contractRef, countedOf, workBill } from '../quotes/contracts.ts';
import { countAgainst } from './counts-against.ts';
import { correct, issueCreditNote, standsOn } from './credits.ts';
import { moveDue } from './due-date.ts';
import {
  beyondNotes,
  checkGroups,
  countingNotes,
  issueDraft,
  issueNew,
  logPaper,
  newInvoice,
  readyToIssue,
  refIn,
  type NewBill,
} from './issuing.ts';
import { readLine, type LineInput } from '../shared/lines.ts';
import { samplesCount, samplesTold, type CountingInput } from '../shared/counted.ts';
import { excerptOf, firstOf, newestFirst, type Excerpt, type PageAsked } from '../shared/paging.ts';
import { resolveParty, resolvePartyFor } from '../resolve/resolve-party.ts';
import { resolveInvoice } from '../resolve/resolve.ts';
import { freshInvoice, withPayments, withState, type InvoiceWithState } from './with-payments.ts';
import { reload } from '../shared/patch.ts';
import { readDays } from '../shared/days.ts';
import { contractMeant } from './contract-meant.ts';
import { leftOutside } from '../shared/outside-jobs.ts';
import { recipientOf, type Recipient } from '../shared/recipient.ts';
import { amountsOf } from '../shared/amounts.ts';
import { invoiceState } from '../shared/invoice-state.ts';
import { says, type Message } from '../../domain/message.ts';

type BillKind = Exclude<InvoiceKind, 'credit_note'>;

export type NewInvoiceInput = {
  readonly customer?: string | undefined;
  readonly job?: string | undefined;
  readonly lines?: readonly LineInput[] | undefined;
  readonly fromQuote?: FromQuote | undefined;
  readonly creditFor?: string | undefined;
  readonly amount?: AmountInput | undefined;
  readonly all?: boolean | undefined;
  readonly billAgain?: boolean | undefined;
  readonly kind?: BillKind | undefined;
  readonly draft?: boolean | undefined;
  readonly issuedOn?: string | undefined;
  readonly dueOn?: string | undefined;
  readonly notes?: string | undefined;
};

/** The invoice, and what the person should know about it. */
export type InvoiceWritten = {
  readonly invoice: InvoiceWithState;
  /** What it does besides, as whoever is asked for a yes reads it. */
  readonly said?: readonly Message[];
  readonly notes: readonly Message[];
  /** Where it was issued by this; nothing mails it. */
  readonly issuedTo: Recipient | null;
};

export async function createInvoice(scope: WriteScope, input: NewInvoiceInput): Promise<InvoiceWritten> {
  if (input.creditFor !== undefined) return await createCreditNote(scope, input, input.creditFor);
  for (const name of ['amount', 'all', 'billAgain'] as const) {
    if (input[name] !== undefined) throw invalid(name, says('invoice.goes-with-credit'));
  }
  if ((input.lines === undefined) === (input.fromQuote === undefined)) {
    throw invalid('lines', says('invoice.say-what-is-billed'));
  }
  const draft = input.draft === true;
  if (draft && input.issuedOn !== undefined) throw invalid('issuedOn', says('invoice.draft-has-no-date'));
  const bill =
    input.fromQuote === undefined ? await billByLines(scope, input) : await shareOfQuote(scope, input, input.fromQuote);
  checkGroups(scope, bill.groups, input.fromQuote === undefined ? 'lines' : 'fromQuote');
  const { remarks, recipient, ...lines } = bill;
  const dueOn = input.dueOn === undefined ? null : parseDate(input.dueOn, 'dueOn');
  const made = { ...lines, notes: input.notes ?? null, dueOn };
  const invoice = draft
    ? await newDraft(scope, made)
    : await issueNew(scope, made, await readyToIssue(scope, 'The invoice', made, { issuedOn: input.issuedOn }));
  const written = await withState(scope, invoice, []);
  const counting = draft ? [] : await countingNotes(scope, invoice);
  const notes = [...remarks, ...counting, ...(await outside(scope, invoice))];
  return { invoice: written, notes, issuedTo: draft ? null : recipient };
}

async function outside(scope: WriteScope, invoice: InvoiceSummary): Promise<Message[]> {
  return await leftOutside(scope, { ...invoice, ref: refIn(invoice) });
}

async function newDraft(scope: WriteScope, bill: NewBill): Promise<Invoice> {
  const row = { ...bill, customerId: bill.customer.id, jobId: bill.job?.id ?? null };
  const id = await insertDraft(scope, { invoice: row, sample: false, at: scope.now });
  const made = newInvoice(bill, { id, number: null, status: 'draft', issuedOn: null, dueOn: bill.dueOn });
  logPaper(scope, made, says('log.invoice', { invoice: refIn(made), became: 'drafted' }));
  return made;
}

async function billByLines(scope: WriteScope, input: NewInvoiceInput) {
  const { customer, job } = await resolvePartyFor(scope, input);
  const lines = (input.lines ?? []).map((line, index) => readLine(line, `lines[${index}]`, scope.account.currency));
  if (input.draft === true) draftTotals(lines);
  else billTotals('The invoice', lines);
  const kind: InvoiceKind = input.kind ?? 'standard';
  return {
    customer: { id: customer.id, name: customer.name },
    job: job === null ? null : { id: job.id, name: job.name },
    kind,
    ...billOfLines(lines),
    contractId: null,
    counting: countingFor(input.kind),
    recipient: customer,
    remarks: [],
  };
}

async function shareOfQuote(scope: WriteScope, input: NewInvoiceInput, from: FromQuote) {
  const given = input.customer === undefined && input.job === undefined ? null : await resolvePartyFor(scope, input);
  const quote = await contractMeant(scope, from.quote, given);
  const { notes: remarks, ...bill } = await billFromQuote(scope, { from, quote }, input.kind);
  if (
    given !== null &&
    (given.customer.id !== bill.customer.id || (given.job !== null && given.job.id !== bill.job?.id))
  ) {
    throw refused(says('invoice.quote-is-for-other-work'), input.job === undefined ? 'customer' : 'job');
  }
  // How the customer of a contract is reached is not looked up for this alone.
  const recipient = given?.customer ?? { name: bill.customer.name, email: null, phone: null };
  return { ...bill, counting: 'contract' as const, recipient, remarks };
}

/** Only what is said to be standard is extra work whole; all else counts against a contract as far as one is left. */
function countingFor(kind: BillKind | undefined): Counting {
  return kind === 'standard' ? 'extra' : 'contract';
}

async function createCreditNote(
  scope: WriteScope,
  { customer, job, fromQuote, kind, draft, dueOn, ...input }: NewInvoiceInput,
  ref: string,
): Promise<InvoiceWritten> {
  for (const [name, value] of Object.entries({ customer, job, fromQuote, kind, draft, dueOn })) {
    if (value !== undefined) throw invalid(name, says('invoice.not-with-credit'));
  }
  const credited = await issueCreditNote(scope, { ...input, creditFor: ref });
  return { ...credited, issuedTo: await recipientOf(scope, credited.invoice.customer) };
}

export type InvoicePatch = {
  readonly invoice: string;
  readonly status?: 'issued' | 'void' | undefined;
  readonly voidReason?: string | undefined;
  readonly discard?: boolean | undefined;
  /** Replaces an issued invoice by one with these lines. */
  readonly correct?: true | undefined;
  /** A quote's number, or `extra`. */
  readonly countsAgainst?: string | undefined;
  readonly lines?: readonly LineInput[] | undefined;
  readonly kind?: BillKind | undefined;
  readonly issuedOn?: string | undefined;
  readonly dueOn?: string | undefined;
  readonly notes?: string | null | undefined;
};

/** What became of it; null once a draft is discarded. */
export type InvoiceUpdated = {
  readonly invoice: InvoiceWithState | null;
  readonly summary: Message;
  readonly notes?: readonly Message[];
  readonly issuedTo?: Recipient;
};

export async function updateInvoice(scope: WriteScope, input: InvoicePatch): Promise<InvoiceUpdated> {
  const said = { ref: input.invoice, field: 'invoice', intent: 'write' } as const;
  const before = await resolveInvoice(scope, said, billMeant(input));
  if (input.status === 'void') return await voidIt(scope, before, input);
  if (input.voidReason !== undefined) throw invalid('voidReason', says('invoice.goes-with-void'));
  if (input.discard === true) return await discard(scope, before, input);
  if (input.correct === true) {
    checkAlone(input, ['correct', 'lines', 'issuedOn', 'dueOn', 'notes'], 'correct');
    const { lines, issuedOn, dueOn, notes } = input;
    const corrected = await correct(scope, before, { lines, issuedOn, dueOn, notes });
    return { ...corrected, issuedTo: await recipientOf(scope, before.customer) };
  }
  if (input.countsAgainst !== undefined) {
    checkAlone(input, ['countsAgainst'], 'countsAgainst');
    return await countAgainst(scope, before, input.countsAgainst);
  }
  if (input.status === 'issued' && before.status === 'issued' && countGiven(input) === 2) {
    return {
      invoice: await withPayments(scope, before),
      summary: says('log.issued-already', { invoice: refIn(before) }),
    };
  }
  if (before.status === 'issued' && input.dueOn !== undefined) {
    checkAlone(input, ['status', 'dueOn'], 'dueOn');
    return await moveDue(scope, before, input.dueOn);
  }
  checkDraft(refIn(before), before.status);
  const edited = await editDraft(scope, before, input);
  if (input.status !== 'issued') {
    if (input.issuedOn !== undefined) throw invalid('issuedOn', says('invoice.goes-with-issued'));
    const invoice = refIn(before);
    const summary = edited.changed
      ? says('log.invoice-written', { invoice, became: 'changed' })
      : says('log.so-already', { ref: invoice });
    return { invoice: await freshInvoice(scope, before.id), summary };
  }
  await issueDraft(scope, edited.invoice, input.issuedOn);
  const issued = await freshInvoice(scope, before.id);
  const summary = says('log.invoice-written', { invoice: refIn(issued), became: 'issued' });
  return {
    invoice: issued,
    summary,
    notes: [...(await countingNotes(scope, issued)), ...(await outside(scope, issued))],
    issuedTo: await recipientOf(scope, issued.customer),
  };
}

async function editDraft(
  scope: WriteScope,
  before: Invoice,
  input: InvoicePatch,
): Promise<{ invoice: Invoice; changed: boolean }> {
  if (input.lines !== undefined && before.contractId !== null) {
    throw refused(says('invoice.share-follows-quote', { ref: refIn(before) }), 'lines');
  }
  const given = input.lines?.map((line, index) => readLine(line, `lines[${index}]`, scope.account.currency)) ?? null;
  const lines = given !== null && JSON.stringify(given) === JSON.stringify(before.lines) ? null : given;
  if (lines !== null) checkSize(draftTotals(lines), scope.account.currency);
  const details = await updateDraft(scope, before, {
    notes: input.notes === undefined ? before.notes : input.notes,
    dueOn: input.dueOn === undefined ? before.dueOn : parseDate(input.dueOn, 'dueOn'),
    kind: input.kind ?? before.kind,
    lines: lines === null ? null : billOfLines(lines),
  });
  const counting = input.kind === undefined || before.contractId !== null ? null : countingFor(input.kind);
  const recounted = counting !== null && (await setCounting(scope, before.id, counting));
  const changed = details || recounted;
  if (changed && input.status !== 'issued')
    logPaper(scope, before, says('log.invoice', { invoice: refIn(before), became: 'changed' }));
  return { invoice: changed ? await reload(invoiceById, scope, before.id) : before, changed };
}

async function voidIt(scope: WriteScope, before: Invoice, input: InvoicePatch): Promise<InvoiceUpdated> {
  const ref = refIn(before);
  // Money that was given back was paid all the same.
  const received = (await paymentsOf(scope, before.id)).filter((payment) => !payment.isRefund);
  checkVoidable(ref, { ...before, paid: paidBy(received) }, await standsOn(scope, before));
  const credited = before.credits === null ? null : await reload(invoiceById, scope, before.credits.id);
  if (credited !== null && (await standsOn(scope, credited)).replacement !== null) {
    throw refused(says('invoice.part-of-correction', { ref, corrected: refIn(credited) }));
  }
  if (credited !== null) await checkStillAccepted(scope, ref, credited);
  if (input.voidReason === undefined) {
    throw invalid('voidReason', says('invoice.say-why-void', { ref }));
  }
  checkAlone(input, ['status', 'voidReason'], 'void');
  await voidInvoice(scope, before.id, input.voidReason);
  await dropParts(scope, [await workBill(scope, before)]);
  // Its replacement is void too, so that the invoice stands as it did before it was corrected.
  if (credited !== null && credited.correctedById !== null) await markCorrected(scope, credited.id, null);
  logPaper(scope, before, says('log.invoice-void', { invoice: ref, reason: input.voidReason }));
  // What it gave back is billed again, and another bill may have taken its place meanwhile.
  const notes = credited === null ? [] : await beyondNotes(scope, credited);
  for (const each of notes) scope.journal.asks(each);
  return {
    invoice: await freshInvoice(scope, before.id),
    summary: says('log.invoice-voided', {
      ...{ invoice: ref, customer: before.customer.name, total: amountsOf(scope)(before.total) },
    }),
    notes,
  };
}

/** An invoice bills again once its credit is void: not a contract that was declined meanwhile. */
async function checkStillAccepted(scope: ReadScope, ref: string, invoice: Invoice): Promise<void> {
  for (const { contractId } of (await countedOf(scope, invoice)).parts) {
    if ((await contractById(scope, contractId)) !== null) continue;
    const quote = await contractRef(scope, contractId);
    throw refused(says('invoice.would-bill-unaccepted', { ref, invoice: refIn(invoice), quote }));
  }
}

async function discard(scope: WriteScope, before: Invoice, input: InvoicePatch): Promise<InvoiceUpdated> {
  checkDraft(refIn(before), before.status);
  checkAlone(input, ['discard'], 'discard');
  const became = { invoice: refIn(before), became: 'discarded' } as const;
  logPaper(scope, before, says('log.invoice', became));
  await discardDraft(scope, before);
  return { invoice: null, summary: says('log.invoice-written', became) };
}

/** An invoice, and how much of its lines and payments stands on this page. */
export type InvoiceFacts = { readonly invoice: InvoiceWithState; readonly excerpt: Excerpt };

export async function getInvoice(
  scope: ReadScope,
  { invoice: ref, cursor }: { invoice: string; cursor?: string | undefined },
): Promise<InvoiceFacts> {
  const found = await resolveInvoice(scope, { ref, field: 'invoice', intent: 'read' });
  const invoice = await withPayments(scope, found);
  return {
    invoice,
    excerpt: excerptOf(`invoice ${found.id}`, rowsOf(invoice), { cursor, besides: found.notes?.length ?? 0 }),
  };
}

/** What of a written invoice stands in the answer. */
export function invoiceInShort(invoice: InvoiceWithState): InvoiceFacts {
  return { invoice, excerpt: firstOf(rowsOf(invoice)) };
}

function rowsOf({ lines, payments }: InvoiceWithState): readonly unknown[] {
  return [...lines, ...payments];
}

export type InvoiceListInput = CountingInput &
  PageAsked & {
    readonly customer?: string | undefined;
    readonly job?: string | undefined;
    readonly status?: InvoiceStatus | undefined;
    readonly payment?: PaymentState | undefined;
    readonly overdue?: boolean | undefined;
    readonly from?: string | undefined;
    readonly to?: string | undefined;
    readonly query?: string | undefined;
  };

export async function listInvoices(scope: ReadScope, input: InvoiceListInput) {
  if (input.overdue === true && input.status !== undefined && input.status !== 'issued') {
    throw invalid('status', says('invoice.only-issued-overdue'));
  }
  const filter: InvoiceFilter = {
    ...(await resolveParty(scope, input)),
    status: input.status,
    payment: input.payment,
    overdueOn: input.overdue === true ? scope.today : undefined,
    ...readDays(input),
    query: input.query,
  };
  const samples = await samplesCount(scope, input, input.customer, input.job);
  const { page, nextCursor } = await newestFirst(
    'invoices',
    input,
    async (asked) => await loadInvoices(scope, { ...filter, realOnly: !samples }, asked),
  );
  const { hasSamples, ...totals } = await totalInvoices(scope, filter, samples);
  return {
    invoices: page.map((invoice) => invoiceState(invoice, scope.today)),
    totals: { ...totals, ...samplesTold(hasSamples, samples) },
    nextCursor,
  };
}
