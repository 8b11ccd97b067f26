// Invoices as they are written: drafted, issued, changed, corrected, voided.
import { subtotalOf, taxOf, type RateGroup } from '../../domain/billing.ts';
import type { Counting } from '../../domain/contract.ts';
import type { CalendarDate, Instant } from '../../domain/dates.ts';
import { FIRST_INVOICE_NUMBER, type Invoice, type InvoiceKind } from '../../domain/invoice.ts';
import { sum } from '../../domain/money.ts';
import type { MadeOut, PricedLine } from '../../domain/paper.ts';
import type { Tables } from '../database.ts';
import { gathered } from '../engine/gathered.ts';
import { LEDGER } from '../journal/ledger.ts';
import type { WriteScope } from '../scope.ts';

export type NewInvoice = {
  readonly customerId: number;
  readonly jobId: number | null;
  readonly kind: InvoiceKind;
  readonly notes: string | null;
  readonly dueOn: CalendarDate | null;
  readonly lines: readonly PricedLine[];
  readonly groups: readonly RateGroup[];
  readonly contractId?: number | null;
  readonly creditsId?: number | null;
  readonly counting?: Counting | null;
  /** As whom it is made out, where that is another name or address than the customer has now. */
  readonly to?: MadeOut | null;
  /** What credits or corrects a sample is one too: nobody owes what it takes back. */
  readonly isSample?: boolean;
};

/** A draft: it has a record number, and no invoice number yet. */
export async function insertDraft(
  scope: WriteScope,
  { invoice, sample, at }: { invoice: NewInvoice; sample: boolean; at: Instant },
): Promise<number> {
  const id = await scope.journal.next('invoice', { sample });
  await insert(scope, invoice, { id, is_sample: sample ? 1 : 0, ...DRAFT, due_on: invoice.dueOn, created_at: at });
  return id;
}

const DRAFT = { number: null, status: 'draft', issued_on: null } as const;

/** When an invoice is issued, and when it is due. */
export type Issuing = { readonly issuedOn: CalendarDate; readonly dueOn: CalendarDate };

/** One that is issued at once, under the next number of the series. */
export async function insertIssued(
  scope: WriteScope,
  invoice: NewInvoice,
  { issuedOn, dueOn }: Issuing,
): Promise<{ readonly id: number; readonly number: number }> {
  const sample = invoice.isSample === true;
  const [[id = 0] = [], [number = 0] = []] = await scope.journal.take(
    [{ series: 'invoice' }, { series: 'invoice_number', first: sample ? 1 : FIRST_INVOICE_NUMBER }],
    { sample },
  );
  const issued = { number, status: 'issued', issued_on: issuedOn, due_on: dueOn };
  await insert(scope, invoice, { id, is_sample: sample ? 1 : 0, ...issued, created_at: scope.now });
  return { id, number };
}

type Placed = 'id' | 'is_sample' | 'number' | 'status' | 'issued_on' | 'due_on' | 'created_at';

async function insert(
  scope: WriteScope,
  invoice: Omit<NewInvoice, 'dueOn'>,
  as: Pick<Tables['invoices'], Placed>,
): Promise<void> {
  await scope.journal.insert('invoices', {
    ...as,
    customer_id: invoice.customerId,
    job_id: invoice.jobId,
    kind: invoice.kind,
    notes: invoice.notes,
    ...sumsOf(invoice.groups),
    void_reason: null,
    voided_on: null,
    contract_id: invoice.contractId ?? null,
    credits_id: invoice.creditsId ?? null,
    corrected_by_id: null,
    counting: invoice.counting ?? null,
    to_name: invoice.to?.name ?? null,
    to_address: invoice.to?.address ?? null,
  });
  await insertLines(scope, as.id, invoice.lines);
  await insertGroups(scope, as.id, invoice.groups);
}

async function insertLines(scope: WriteScope, invoiceId: number, lines: readonly PricedLine[]): Promise<void> {
  await scope.journal.insertAll(
    'invoice_lines',
    lines.map((line, index) => ({
      invoice_id: invoiceId,
      position: index + 1,
      description: line.description,
      quantity: line.quantity,
      unit: line.unit,
      unit_price: line.unitPrice,
      tax_rate: line.taxRate,
    })),
  );
}

async function insertGroups(scope: WriteScope, invoiceId: number, groups: readonly RateGroup[]): Promise<void> {
  await scope.journal.insertAll(
    'invoice_taxes',
    groups.map(({ rate, base, tax }) => ({ invoice_id: invoiceId, tax_rate: rate, base, tax })),
  );
}

function sumsOf(groups: readonly RateGroup[]): Pick<Tables['invoices'], 'subtotal' | 'tax' | 'total'> {
  const [subtotal, tax] = [subtotalOf(groups), taxOf(groups)];
  return { subtotal, tax, total: sum([subtotal, tax]) };
}

export async function setCounting(scope: WriteScope, id: number, counting: Counting): Promise<boolean> {
  return await scope.journal.update('invoices', { id }, { counting });
}

/** Names the invoice that replaces this one in a correction; null where that is void, and this one stands again. */
export async function markCorrected(scope: WriteScope, id: number, byId: number | null): Promise<void> {
  await scope.journal.update('invoices', { id }, { corrected_by_id: byId });
}

/** Gives the draft the next number of the account's series, which has no gaps and is never used again. */
export async function issue(
  scope: WriteScope,
  { id, isSample, issuedOn, dueOn, counting }: Issuing & { id: number; isSample: boolean; counting?: Counting | null },
): Promise<number> {
  const number = await scope.journal.next('invoice_number', {
    sample: isSample,
    first: isSample ? 1 : FIRST_INVOICE_NUMBER,
  });
  await scope.journal.update(
    'invoices',
    { id },
    { number, status: 'issued', issued_on: issuedOn, due_on: dueOn, ...(counting === undefined ? {} : { counting }) },
  );
  return number;
}

/** False where it was due that day already. */
export async function setDue(scope: WriteScope, id: number, dueOn: CalendarDate): Promise<boolean> {
  return await scope.journal.update('invoices', { id }, { due_on: dueOn });
}

export async function voidInvoice(scope: WriteScope, id: number, reason: string): Promise<void> {
  await scope.journal.update('invoices', { id }, { status: 'void', void_reason: reason, voided_on: scope.today });
}

/** @param lines null where they stay as they are */
export async function updateDraft(
  scope: WriteScope,
  invoice: Invoice,
  {
    notes,
    dueOn,
    kind,
    lines,
  }: Pick<NewInvoice, 'notes' | 'dueOn' | 'kind'> & {
    lines: { lines: readonly PricedLine[]; groups: readonly RateGroup[] } | null;
  },
): Promise<boolean> {
  const changed = await scope.journal.update('invoices', { id: invoice.id }, { notes, due_on: dueOn, kind });
  if (lines === null) return changed;
  await removeLines(scope, invoice);
  await insertLines(scope, invoice.id, lines.lines);
  await insertGroups(scope, invoice.id, lines.groups);
  await scope.journal.update('invoices', { id: invoice.id }, sumsOf(lines.groups));
  return true;
}

export async function discardDraft(scope: WriteScope, invoice: Invoice): Promise<void> {
  await removeLines(scope, invoice);
  await scope.journal.remove('invoices', { id: invoice.id });
}

async function removeLines({ db, account, journal }: WriteScope, { id }: Invoice): Promise<void> {
  const { lines, taxes } = await partRows(db, { account: account.id, id });
  await journal.removeAll('invoice_lines', lines);
  await journal.removeAll('invoice_taxes', taxes);
}

const partRows = gathered((db, { account, id }: { readonly account: number; readonly id: number }) => ({
  lines: db
    .selectFrom('invoice_lines')
    .select(LEDGER.invoice_lines.columns)
    .where('account_id', '=', account)
    .where('invoice_id', '=', id)
    .orderBy('position'),
  taxes: db
    .selectFrom('invoice_taxes')
    .select(LEDGER.invoice_taxes.columns)
    .where('account_id', '=', account)
    .where('invoice_id', '=', id)
    .orderBy('tax_rate'),
}));
