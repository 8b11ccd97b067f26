// Invoices made from lines: drafting, issuing, voiding, finding.
import { parseDate } from '../domain/dates.ts';
import { invalid, refused } from '../domain/errors.ts';
import {
  balanceOf,
  billTotals,
  checkDraft,
  checkDue,
  checkVoidable,
  dueDate,
  isOverdue,
  type Invoice,
  type InvoiceKind,
  type InvoiceStatus,
  type InvoiceSummary,
} from '../domain/invoice.ts';
import { paperTotals } from '../domain/paper.ts';
import { invoiceRef } from '../domain/reference.ts';
import type { Price } from '../domain/money.ts';
import {
  discardDraft,
  insertDraft,
  invoiceById,
  issue,
  listInvoices as loadInvoices,
  totalInvoices,
  updateDraft,
  voidInvoice,
  type InvoiceFilter,
} from '../store/invoices.ts';
import type { ReadScope, WriteScope } from '../store/scope.ts';
import { readLine, type SpokenLine } from './lines.ts';
import { cutPage, DEFAULT_PAGE, makeCursor, readCursor } from './paging.ts';
import { whose, whoseFor } from './quotes.ts';
import { resolveInvoice } from './resolve.ts';

type BillKind = Exclude<InvoiceKind, 'credit_note'>;

export type NewInvoiceInput = {
  readonly customer?: string | undefined;
  readonly job?: string | undefined;
  readonly lines: readonly SpokenLine[];
  readonly kind?: BillKind | undefined;
  readonly draft?: boolean | undefined;
  readonly issuedOn?: string | undefined;
  readonly dueOn?: string | undefined;
  readonly notes?: string | undefined;
};

export async function createInvoice(scope: WriteScope, input: NewInvoiceInput): Promise<Invoice> {
  const { customer, job } = await whoseFor(scope, input);
  const lines = input.lines.map((line, index) => readLine(line, `lines[${index}]`, scope.account.currency));
  const draft = input.draft === true;
  if (draft && input.issuedOn !== undefined)
    throw invalid('issuedOn', 'a draft has no issue date yet. Leave it out, or leave out draft.');
  const id = await insertDraft(scope, {
    invoice: {
      customerId: customer.id,
      jobId: job?.id ?? null,
      kind: input.kind ?? 'standard',
      notes: input.notes ?? null,
      dueOn: input.dueOn === undefined ? null : parseDate(input.dueOn, 'dueOn'),
      totals: draft ? paperTotals(lines) : billTotals('The invoice', lines),
      lines,
    },
    sample: false,
    at: scope.now,
  });
  if (!draft) return await issueDraft(scope, await reload(scope, id), input.issuedOn);
  const made = await reload(scope, id);
  logPaper(scope, made, `${refIn(made)} drafted`);
  return made;
}

export type InvoicePatch = {
  readonly invoice: string;
  readonly status?: 'issued' | 'void' | undefined;
  readonly voidReason?: string | undefined;
  readonly discard?: boolean | undefined;
  readonly lines?: readonly SpokenLine[] | undefined;
  readonly kind?: BillKind | undefined;
  readonly issuedOn?: string | undefined;
  readonly dueOn?: string | undefined;
  readonly notes?: string | null | undefined;
};

/** What became of it; `discarded` names a draft that is no more. */
export type InvoiceUpdated = { readonly invoice: Invoice | null; readonly did: string };

export async function updateInvoice(scope: WriteScope, input: InvoicePatch): Promise<InvoiceUpdated> {
  const before = await resolveInvoice(scope, { spoken: input.invoice, field: 'invoice', intent: 'write' });
  if (input.status === 'void') return await voidIt(scope, before, input);
  if (input.voidReason !== undefined) throw invalid('voidReason', 'goes with status: void.');
  if (input.discard === true) return await discard(scope, before);
  if (input.status === 'issued' && before.status === 'issued' && countGiven(input) === 2) {
    return { invoice: before, did: `${refIn(before)} is issued already` };
  }
  checkDraft(refIn(before), before.status);
  const edited = await editDraft(scope, before, input);
  if (input.status !== 'issued') {
    if (input.issuedOn !== undefined)
      throw invalid('issuedOn', 'goes with status: issued; a draft has no issue date yet.');
    return {
      invoice: edited.invoice,
      did: edited.changed ? `Changed ${refIn(before)}` : `${refIn(before)} is so already`,
    };
  }
  const issued = await issueDraft(scope, edited.invoice, input.issuedOn);
  return { invoice: issued, did: `Issued ${refIn(issued)}` };
}

async function editDraft(
  scope: WriteScope,
  before: Invoice,
  input: InvoicePatch,
): Promise<{ invoice: Invoice; changed: boolean }> {
  const given = input.lines?.map((line, index) => readLine(line, `lines[${index}]`, scope.account.currency)) ?? null;
  const lines = given !== null && JSON.stringify(given) === JSON.stringify(before.lines) ? null : given;
  const changed = await updateDraft(scope, before, {
    notes: input.notes === undefined ? before.notes : input.notes,
    dueOn: input.dueOn === undefined ? before.dueOn : parseDate(input.dueOn, 'dueOn'),
    kind: input.kind ?? before.kind,
    lines,
    totals: paperTotals(lines ?? before.lines),
  });
  if (changed && input.status !== 'issued') logPaper(scope, before, `${refIn(before)} changed`);
  return { invoice: changed ? await reload(scope, before.id) : before, changed };
}

async function issueDraft(scope: WriteScope, draft: Invoice, spokenDate: string | undefined): Promise<Invoice> {
  billTotals(refIn(draft), draft.lines);
  const issuedOn = spokenDate === undefined ? scope.today : parseDate(spokenDate, 'issuedOn');
  const dueOn = draft.dueOn ?? dueDate(issuedOn, scope.account.paymentTermsDays);
  checkDue(issuedOn, dueOn);
  await issue(scope, { id: draft.id, isSample: draft.isSample, issuedOn, dueOn });
  const issued = await reload(scope, draft.id);
  logPaper(scope, issued, `${refIn(issued)} issued`);
  return issued;
}

async function voidIt(scope: WriteScope, before: Invoice, input: InvoicePatch): Promise<InvoiceUpdated> {
  const ref = refIn(before);
  checkVoidable(ref, before.status);
  if (input.voidReason === undefined) {
    throw invalid(
      'voidReason',
      `say why ${ref} is void, like "billed twice". The number and the reason stay on the books.`,
    );
  }
  const extra = Object.entries(input).find(
    ([name, value]) => value !== undefined && !['invoice', 'status', 'voidReason'].includes(name),
  );
  if (extra !== undefined) throw refused('a void changes nothing else. Leave this out.', extra[0]);
  await voidInvoice(scope, before.id, input.voidReason);
  logPaper(scope, before, `${ref} void: ${input.voidReason}`);
  return { invoice: await reload(scope, before.id), did: `Voided ${ref}` };
}

async function discard(scope: WriteScope, before: Invoice): Promise<InvoiceUpdated> {
  checkDraft(refIn(before), before.status);
  logPaper(scope, before, `${refIn(before)} discarded`);
  await discardDraft(scope, before);
  return { invoice: null, did: `Discarded ${refIn(before)}` };
}

function countGiven(input: InvoicePatch): number {
  return Object.values(input).filter((value) => value !== undefined).length;
}

/** An invoice with what depends on the day: its balance, and whether it is late. */
export type Standing<I extends InvoiceSummary> = I & { readonly balance: Price; readonly overdue: boolean };

export function standing<I extends InvoiceSummary>(invoice: I, today: string): Standing<I> {
  const balance = balanceOf(invoice);
  return { ...invoice, balance, overdue: isOverdue({ ...invoice, balance }, today) };
}

export async function getInvoice(scope: ReadScope, { invoice }: { invoice: string }): Promise<Standing<Invoice>> {
  return standing(await resolveInvoice(scope, { spoken: invoice, field: 'invoice', intent: 'read' }), scope.today);
}

export type InvoiceListInput = {
  readonly customer?: string | undefined;
  readonly job?: string | undefined;
  readonly status?: InvoiceStatus | undefined;
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
