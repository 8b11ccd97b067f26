// Invoices: drafting, issuing, crediting, correcting, voiding, finding.
import { subtotalOf, taxOf, type RateGroup } from '../domain/billing.ts';
import { parseDate } from '../domain/dates.ts';
import { invalid, refused } from '../domain/errors.ts';
import {
  billTotals,
  checkDraft,
  checkDue,
  checkVoidable,
  creditDay,
  draftTotals,
  dueDate,
  type Invoice,
  type InvoiceKind,
  type InvoiceStatus,
} from '../domain/invoice.ts';
import { sum, type Spoken } from '../domain/money.ts';
import { checkSize } from '../domain/paper.ts';
import { paidBy, type PaymentState } from '../domain/payment.ts';
import { invoiceRef } from '../domain/reference.ts';
import {
  discardDraft,
  insertDraft,
  invoiceById,
  issue,
  listInvoices as loadInvoices,
  markCorrected,
  totalInvoices,
  updateDraft,
  voidInvoice,
  type InvoiceFilter,
} from '../store/invoices.ts';
import { paymentsOf } from '../store/payments.ts';
import type { ReadScope, WriteScope } from '../store/scope.ts';
import {
  beyondContract,
  billFromQuote,
  billOfLines,
  creditFor,
  creditOf,
  recheckShare,
  type FromQuote,
  words,
} from './billing.ts';
import { readLine, type SpokenLine } from './lines.ts';
import { cutPage, DEFAULT_PAGE, makeCursor, readCursor } from './paging.ts';
import { movePayments } from './payments.ts';
import { whose, whoseFor } from './whose.ts';
import { resolveInvoice } from './resolve.ts';
import { freshInvoice, standing, withPayments, type StandingInvoice } from './standing.ts';

type BillKind = Exclude<InvoiceKind, 'credit_note'>;

export type NewInvoiceInput = {
  readonly customer?: string | undefined;
  readonly job?: string | undefined;
  readonly lines?: readonly SpokenLine[] | undefined;
  readonly fromQuote?: FromQuote | undefined;
  readonly creditFor?: string | undefined;
  readonly amount?: Spoken | undefined;
  readonly all?: boolean | undefined;
  readonly kind?: BillKind | undefined;
  readonly draft?: boolean | undefined;
  readonly issuedOn?: string | undefined;
  readonly dueOn?: string | undefined;
  readonly notes?: string | undefined;
};

/** The invoice, and what the person should know about it. */
export type InvoiceWritten = { readonly invoice: StandingInvoice; readonly notes: readonly string[] };

export async function createInvoice(scope: WriteScope, input: NewInvoiceInput): Promise<InvoiceWritten> {
  if (input.creditFor !== undefined) return await createCreditNote(scope, input, input.creditFor);
  if (input.amount !== undefined || input.all !== undefined) {
    throw invalid(
      input.amount === undefined ? 'all' : 'amount',
      'goes with creditFor. To bill an amount of a quote use fromQuote with amount.',
    );
  }
  if ((input.lines === undefined) === (input.fromQuote === undefined)) {
    throw invalid(
      'lines',
      'give lines, or fromQuote to bill a share of an accepted quote, or creditFor for a credit note.',
    );
  }
  const draft = input.draft === true;
  if (draft && input.issuedOn !== undefined)
    throw invalid('issuedOn', 'a draft has no issue date yet. Leave it out, or leave out draft.');
  const bill =
    input.fromQuote === undefined ? await billByLines(scope, input) : await shareOfQuote(scope, input, input.fromQuote);
  checkGroups(scope, bill.groups, input.fromQuote === undefined ? 'lines' : 'fromQuote');
  const id = await insertDraft(scope, {
    invoice: {
      ...bill,
      notes: input.notes ?? null,
      dueOn: input.dueOn === undefined ? null : parseDate(input.dueOn, 'dueOn'),
    },
    sample: false,
    at: scope.now,
  });
  const made = await reload(scope, id);
  if (draft) logPaper(scope, made, `${refIn(made)} drafted`);
  else await issueDraft(scope, made, input.issuedOn, { rechecked: true });
  const invoice = await freshInvoice(scope, id);
  return { invoice, notes: [...bill.remarks, ...(draft ? [] : await beyondContract(scope, invoice))] };
}

async function billByLines(scope: WriteScope, input: NewInvoiceInput) {
  const { customer, job } = await whoseFor(scope, input);
  const lines = (input.lines ?? []).map((line, index) => readLine(line, `lines[${index}]`, scope.account.currency));
  if (input.draft === true) draftTotals(lines);
  else billTotals('The invoice', lines);
  const kind: InvoiceKind = input.kind ?? 'standard';
  return {
    customerId: customer.id,
    jobId: job?.id ?? null,
    kind,
    ...billOfLines(lines),
    contractId: null,
    remarks: [],
  };
}

async function shareOfQuote(scope: WriteScope, input: NewInvoiceInput, from: FromQuote) {
  const { notes: remarks, ...bill } = await billFromQuote(scope, from, input.kind);
  const given = input.customer === undefined && input.job === undefined ? null : await whoseFor(scope, input);
  if (
    given !== null &&
    (given.customer.id !== bill.customerId || (given.job !== null && given.job.id !== bill.jobId))
  ) {
    throw refused(
      'the quote is for other work. Leave customer and job out: the quote says both.',
      input.job === undefined ? 'customer' : 'job',
    );
  }
  return { ...bill, remarks };
}

async function createCreditNote(scope: WriteScope, input: NewInvoiceInput, spoken: string): Promise<InvoiceWritten> {
  for (const name of ['customer', 'job', 'fromQuote', 'kind', 'draft', 'dueOn'] as const) {
    if (input[name] !== undefined)
      throw invalid(name, 'does not go with creditFor: a credit note takes after its invoice and is issued at once.');
  }
  const { lines, amount, all } = input;
  const credit = await creditFor(scope, { creditFor: spoken, lines, amount, all });
  const issuedOn = dayOfCredit(scope, credit.invoice, input.issuedOn);
  const note = await issueCredit(scope, credit, { issuedOn, notes: input.notes });
  const credited = await freshInvoice(scope, credit.invoice.id);
  const owed =
    credited.balance < 0
      ? [
          `${refIn(credited)} is paid beyond what is left of it: the difference is owed to the customer. record-payment with refund: true gives it back.`,
        ]
      : [];
  return { invoice: note, notes: owed };
}

function dayOfCredit(scope: WriteScope, { id, number, issuedOn }: Invoice, spoken: string | undefined): string {
  const given = spoken === undefined ? null : parseDate(spoken, 'issuedOn');
  return creditDay({ ref: invoiceRef(id, number), issuedOn: issuedOn ?? scope.today }, given, scope.today);
}

async function issueCredit(
  scope: WriteScope,
  { invoice, lines, groups }: Awaited<ReturnType<typeof creditOf>>,
  { issuedOn, notes }: { issuedOn: string; notes: string | undefined },
): Promise<StandingInvoice> {
  const id = await insertDraft(scope, {
    invoice: {
      customerId: invoice.customer.id,
      jobId: invoice.job?.id ?? null,
      kind: 'credit_note',
      notes: notes ?? null,
      dueOn: null,
      lines,
      groups,
      creditsId: invoice.id,
    },
    sample: false,
    at: scope.now,
  });
  await issue(scope, { id, isSample: false, issuedOn, dueOn: issuedOn });
  const note = await freshInvoice(scope, id);
  logPaper(scope, note, `Credit note ${refIn(note)} for ${refIn(invoice)} issued`);
  return note;
}

export type InvoicePatch = {
  readonly invoice: string;
  readonly status?: 'issued' | 'void' | undefined;
  readonly voidReason?: string | undefined;
  readonly discard?: boolean | undefined;
  /** Replaces an issued invoice by one with these lines. */
  readonly correct?: true | undefined;
  readonly lines?: readonly SpokenLine[] | undefined;
  readonly kind?: BillKind | undefined;
  readonly issuedOn?: string | undefined;
  readonly dueOn?: string | undefined;
  readonly notes?: string | null | undefined;
};

/** What became of it; null once a draft is discarded. */
export type InvoiceUpdated = {
  readonly invoice: StandingInvoice | null;
  readonly did: string;
  readonly notes?: readonly string[];
};

export async function updateInvoice(scope: WriteScope, input: InvoicePatch): Promise<InvoiceUpdated> {
  const before = await resolveInvoice(scope, { spoken: input.invoice, field: 'invoice', intent: 'write' });
  if (input.status === 'void') return await voidIt(scope, before, input);
  if (input.voidReason !== undefined) throw invalid('voidReason', 'goes with status: void.');
  if (input.discard === true) return await discard(scope, before, input);
  if (input.correct === true) return await correct(scope, before, input);
  if (input.status === 'issued' && before.status === 'issued' && countGiven(input) === 2) {
    return { invoice: await withPayments(scope, before), did: `${refIn(before)} is issued already` };
  }
  checkDraft(refIn(before), before.status);
  const edited = await editDraft(scope, before, input);
  if (input.status !== 'issued') {
    if (input.issuedOn !== undefined)
      throw invalid('issuedOn', 'goes with status: issued; a draft has no issue date yet.');
    const did = edited.changed ? `Changed ${refIn(before)}` : `${refIn(before)} is so already`;
    return { invoice: await freshInvoice(scope, before.id), did };
  }
  await issueDraft(scope, edited.invoice, input.issuedOn, { rechecked: false });
  const issued = await freshInvoice(scope, before.id);
  return { invoice: issued, did: `Issued ${refIn(issued)}`, notes: await beyondContract(scope, issued) };
}

async function editDraft(
  scope: WriteScope,
  before: Invoice,
  input: InvoicePatch,
): Promise<{ invoice: Invoice; changed: boolean }> {
  if (input.lines !== undefined && before.contractId !== null) {
    throw refused(
      `${refIn(before)} bills a share of a quote, so its lines follow from that. Discard it and bill another share.`,
      'lines',
    );
  }
  const given = input.lines?.map((line, index) => readLine(line, `lines[${index}]`, scope.account.currency)) ?? null;
  const lines = given !== null && JSON.stringify(given) === JSON.stringify(before.lines) ? null : given;
  if (lines !== null) checkSize(draftTotals(lines), scope.account.currency);
  const changed = await updateDraft(scope, before, {
    notes: input.notes === undefined ? before.notes : input.notes,
    dueOn: input.dueOn === undefined ? before.dueOn : parseDate(input.dueOn, 'dueOn'),
    kind: input.kind ?? before.kind,
    lines: lines === null ? null : billOfLines(lines),
  });
  if (changed && input.status !== 'issued') logPaper(scope, before, `${refIn(before)} changed`);
  return { invoice: changed ? await reload(scope, before.id) : before, changed };
}

/** @param rechecked true where the bill was measured against its contract a moment ago, in this very write */
async function issueDraft(
  scope: WriteScope,
  draft: Invoice,
  spokenDate: string | undefined,
  { rechecked }: { rechecked: boolean },
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
  const issuedOn = spokenDate === undefined ? scope.today : parseDate(spokenDate, 'issuedOn');
  const dueOn = draft.dueOn ?? dueDate(issuedOn, scope.account.paymentTermsDays);
  checkDue(issuedOn, dueOn);
  await issue(scope, { id: draft.id, isSample: draft.isSample, issuedOn, dueOn });
  const issued = await reload(scope, draft.id);
  logPaper(scope, issued, `${refIn(issued)} issued`);
}

async function voidIt(scope: WriteScope, before: Invoice, input: InvoicePatch): Promise<InvoiceUpdated> {
  const ref = refIn(before);
  // Money that was given back was paid all the same.
  const received = (await paymentsOf(scope, before.id)).filter((payment) => !payment.isRefund);
  checkVoidable(ref, { ...before, paid: paidBy(received) });
  const credited = before.credits === null ? null : await reload(scope, before.credits.id);
  if (credited !== null && credited.correctedById !== null) {
    throw refused(`${ref} is part of the correction of ${refIn(credited)} and stays. Correct the replacement instead.`);
  }
  if (input.voidReason === undefined) {
    throw invalid(
      'voidReason',
      `say why ${ref} is void, like "billed twice". The number and the reason stay on the books.`,
    );
  }
  checkAlone(input, ['status', 'voidReason'], 'a void changes nothing else. Leave this out.');
  await voidInvoice(scope, before.id, input.voidReason);
  logPaper(scope, before, `${ref} void: ${input.voidReason}`);
  return {
    invoice: await freshInvoice(scope, before.id),
    did: `Voided ${ref} of ${before.customer.name}, ${words(scope)(before.total)}`,
  };
}

async function discard(scope: WriteScope, before: Invoice, input: InvoicePatch): Promise<InvoiceUpdated> {
  checkDraft(refIn(before), before.status);
  checkAlone(input, ['discard'], 'does not go with discard, which throws the draft away.');
  logPaper(scope, before, `${refIn(before)} discarded`);
  await discardDraft(scope, before);
  return { invoice: null, did: `Discarded ${refIn(before)}` };
}

/** A credit note over all that is left, a new invoice in its place, and the payments moved along. */
async function correct(scope: WriteScope, before: Invoice, input: InvoicePatch): Promise<InvoiceUpdated> {
  const ref = refIn(before);
  checkAlone(input, ['correct', 'lines', 'issuedOn', 'dueOn', 'notes'], 'does not go with correct.');
  if (before.correctedById !== null) throw refused(`${ref} was corrected already. Correct its replacement.`, 'invoice');
  const credit = await creditOf(scope, before, { all: true }, 'invoice');
  if (input.lines === undefined) throw invalid('lines', `give the lines that ${ref} should have had.`);
  const lines = input.lines.map((line, index) => readLine(line, `lines[${index}]`, scope.account.currency));
  billTotals('The corrected invoice', lines);
  const issuedOn = dayOfCredit(scope, before, input.issuedOn);
  const note = await issueCredit(scope, credit, { issuedOn, notes: `Corrects ${ref}` });
  const id = await insertDraft(scope, {
    invoice: {
      customerId: before.customer.id,
      jobId: before.job?.id ?? null,
      kind: before.kind,
      notes: input.notes === undefined ? before.notes : input.notes,
      dueOn: input.dueOn === undefined ? null : parseDate(input.dueOn, 'dueOn'),
      ...billOfLines(lines),
      contractId: before.contractId,
    },
    sample: false,
    at: scope.now,
  });
  await markCorrected(scope, before.id, id);
  await issueDraft(scope, await reload(scope, id), issuedOn, { rechecked: true });
  const replacement = await reload(scope, id);
  await movePayments(scope, before, replacement);
  const invoice = await freshInvoice(scope, id);
  return {
    invoice,
    notes: await beyondContract(scope, invoice),
    did: `Corrected ${ref} of ${before.customer.name}, ${words(scope)(before.total)}: ${refIn(note)} credits it, ${refIn(replacement)} takes its place, ${words(scope)(replacement.total)}`,
  };
}

function checkGroups({ account }: ReadScope, groups: readonly RateGroup[], field: string): void {
  const [subtotal, tax] = [subtotalOf(groups), taxOf(groups)];
  checkSize({ subtotal, tax, total: sum([subtotal, tax]) }, account.currency, field);
}

function checkAlone(input: InvoicePatch, allowed: readonly (keyof InvoicePatch)[], words: string): void {
  const names: readonly string[] = ['invoice', ...allowed];
  const extra = Object.entries(input).find(([name, value]) => value !== undefined && !names.includes(name));
  if (extra !== undefined) throw invalid(extra[0], words);
}

function countGiven(input: InvoicePatch): number {
  return Object.values(input).filter((value) => value !== undefined).length;
}

export async function getInvoice(scope: ReadScope, { invoice }: { invoice: string }): Promise<StandingInvoice> {
  return await withPayments(scope, await resolveInvoice(scope, { spoken: invoice, field: 'invoice', intent: 'read' }));
}

export type InvoiceListInput = {
  readonly customer?: string | undefined;
  readonly job?: string | undefined;
  readonly status?: InvoiceStatus | undefined;
  readonly payment?: PaymentState | undefined;
  readonly overdue?: boolean | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly query?: string | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
};

export async function listInvoices(scope: ReadScope, input: InvoiceListInput) {
  const limit = input.limit ?? DEFAULT_PAGE;
  const [before = null] = readCursor('invoices', input.cursor, 1) ?? [];
  if (input.overdue === true && input.status !== undefined && input.status !== 'issued') {
    throw invalid('status', 'only issued invoices can be overdue. Leave status out.');
  }
  const filter: InvoiceFilter = {
    ...(await whose(scope, input)),
    status: input.status,
    payment: input.payment,
    overdueOn: input.overdue === true ? scope.today : undefined,
    from: input.from === undefined ? undefined : parseDate(input.from, 'from'),
    to: input.to === undefined ? undefined : parseDate(input.to, 'to'),
    query: input.query,
  };
  const rows = await loadInvoices(scope, filter, { limit: limit + 1, before });
  const { page, nextCursor } = cutPage(rows, limit, (last) => makeCursor('invoices', [last.id]));
  return {
    invoices: page.map((invoice) => standing(invoice, scope.today)),
    totals: await totalInvoices(scope, filter),
    nextCursor,
  };
}

function logPaper(scope: WriteScope, invoice: Invoice, text: string): void {
  scope.journal.log({ kind: 'invoice', id: invoice.id, entry: 'paper', text });
  if (invoice.job !== null) scope.journal.log({ kind: 'job', id: invoice.job.id, entry: 'paper', text });
}

function refIn({ id, number }: Pick<Invoice, 'id' | 'number'>): string {
  return invoiceRef(id, number);
}

async function reload(scope: ReadScope, id: number): Promise<Invoice> {
  const invoice = await invoiceById(scope, id);
  if (invoice === null) throw new Error(`invoice ${id} vanished within its own write`);
  return invoice;
}
