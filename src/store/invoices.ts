// Invoices and their lines: queries, and rows as the domain knows them.
import { sql } from 'kysely';
import {
  FIRST_INVOICE_NUMBER,
  INVOICE_KINDS,
  INVOICE_STATUSES,
  type Invoice,
  type InvoiceKind,
  type InvoiceStatus,
  type InvoiceSummary,
} from '../domain/invoice.ts';
import { price, quantity, taxRate, type Price } from '../domain/money.ts';
import type { PaperTotals, PricedLine } from '../domain/paper.ts';
import { oneOf } from './facts.ts';
import type { ReadScope, WriteScope } from './scope.ts';
import { havingWords } from './search/find.ts';

function summaries({ db, account }: ReadScope) {
  return db
    .selectFrom('invoices as i')
    .innerJoin('customers as c', (join) =>
      join.onRef('c.account_id', '=', 'i.account_id').onRef('c.id', '=', 'i.customer_id'),
    )
    .leftJoin('jobs as j', (join) => join.onRef('j.account_id', '=', 'i.account_id').onRef('j.id', '=', 'i.job_id'))
    .select([
      'i.id',
      'i.is_sample',
      'i.number',
      'i.customer_id',
      'c.name as customer',
      'i.job_id',
      'j.name as job',
      'i.kind',
      'i.status',
    ])
    .select(['i.issued_on', 'i.due_on', 'i.subtotal', 'i.tax', 'i.total'])
    .where('i.account_id', '=', account.id);
}
type SummaryRow = Awaited<ReturnType<ReturnType<typeof summaries>['executeTakeFirstOrThrow']>>;

export type InvoiceFilter = {
  readonly customerId?: number | undefined;
  readonly jobId?: number | undefined;
  readonly status?: InvoiceStatus | undefined;
  /** Issued and past the due date on this day. */
  readonly overdueOn?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly query?: string | undefined;
};

/** Newest first, from below `before`. */
export async function listInvoices(
  scope: ReadScope,
  filter: InvoiceFilter,
  page: { limit: number; before: number | null },
): Promise<InvoiceSummary[]> {
  let rows = summaries(scope);
  for (const { column, operator, value } of conditions(filter)) rows = rows.where(column, operator, value);
  if (filter.query !== undefined)
    rows = rows.where(await havingWords(scope.db, scope.account.id, 'invoice', filter.query, 'i.id'));
  if (page.before !== null) rows = rows.where('i.id', '<', page.before);
  return (await rows.orderBy('i.id', 'desc').limit(page.limit).execute()).map(summaryOf);
}

/** Over all matching invoices, not the page: how many, and what those issued come to and are overdue. */
export type InvoiceTotals = { readonly count: number; readonly issued: Price; readonly overdue: Price };

export async function totalInvoices({ db, account, today }: ReadScope, filter: InvoiceFilter): Promise<InvoiceTotals> {
  let rows = db
    .selectFrom('invoices as i')
    .select([
      sql<number>`count(*)`.as('count'),
      sql<number>`coalesce(sum(case when i.status = 'issued' then i.total else 0 end), 0)`.as('issued'),
      sql<number>`coalesce(sum(case when i.status = 'issued' and i.due_on < ${today} then i.total else 0 end), 0)`.as(
        'overdue',
      ),
    ])
    .where('i.account_id', '=', account.id);
  for (const { column, operator, value } of conditions(filter)) rows = rows.where(column, operator, value);
  if (filter.query !== undefined) rows = rows.where(await havingWords(db, account.id, 'invoice', filter.query, 'i.id'));
  const row = await rows.executeTakeFirstOrThrow();
  return { count: Number(row.count), issued: price(Number(row.issued)), overdue: price(Number(row.overdue)) };
}

type Condition = {
  readonly column: 'i.customer_id' | 'i.job_id' | 'i.status' | 'i.issued_on' | 'i.due_on';
  readonly operator: '=' | '<' | '<=' | '>=';
  readonly value: string | number;
};

function conditions({ customerId, jobId, status, overdueOn, from, to }: InvoiceFilter): Condition[] {
  const found: Condition[] = [];
  const add = (column: Condition['column'], operator: Condition['operator'], value: string | number | undefined) => {
    if (value !== undefined) found.push({ column, operator, value });
  };
  add('i.customer_id', '=', customerId);
  add('i.job_id', '=', jobId);
  add('i.status', '=', overdueOn === undefined ? status : 'issued');
  add('i.due_on', '<', overdueOn);
  add('i.issued_on', '>=', from);
  add('i.issued_on', '<=', to);
  return found;
}

export async function invoiceById(scope: ReadScope, id: number): Promise<Invoice | null> {
  const row = await summaries(scope)
    .select(['i.notes', 'i.void_reason', 'i.voided_on'])
    .where('i.id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return null;
  const lines = await scope.db
    .selectFrom('invoice_lines')
    .select(['description', 'quantity', 'unit', 'unit_price', 'tax_rate'])
    .where('account_id', '=', scope.account.id)
    .where('invoice_id', '=', id)
    .orderBy('position')
    .execute();
  return {
    ...summaryOf(row),
    notes: row.notes,
    voidReason: row.void_reason,
    voidedOn: row.voided_on,
    lines: lines.map((line) => ({
      description: line.description,
      quantity: quantity(line.quantity),
      unit: line.unit,
      unitPrice: line.unit_price === null ? null : price(line.unit_price),
      taxRate: taxRate(line.tax_rate),
    })),
  };
}

/** The record number of the invoice that was issued under this number. */
export async function invoiceIdByNumber({ db, account }: ReadScope, number: number): Promise<number | null> {
  const row = await db
    .selectFrom('invoices')
    .select('id')
    .where('account_id', '=', account.id)
    .where('number', '=', number)
    .executeTakeFirst();
  return row?.id ?? null;
}

export type NewInvoice = {
  readonly customerId: number;
  readonly jobId: number | null;
  readonly kind: InvoiceKind;
  readonly notes: string | null;
  readonly dueOn: string | null;
  readonly totals: PaperTotals;
  readonly lines: readonly PricedLine[];
};

/** A draft: it has a record number, and no invoice number yet. */
export async function insertDraft(
  scope: WriteScope,
  { invoice, sample, at }: { invoice: NewInvoice; sample: boolean; at: string },
): Promise<number> {
  const id = await scope.journal.next('invoice', { sample });
  await scope.journal.insert('invoices', {
    id,
    is_sample: sample ? 1 : 0,
    number: null,
    customer_id: invoice.customerId,
    job_id: invoice.jobId,
    kind: invoice.kind,
    status: 'draft',
    notes: invoice.notes,
    issued_on: null,
    due_on: invoice.dueOn,
    subtotal: invoice.totals.subtotal,
    tax: invoice.totals.tax,
    total: invoice.totals.total,
    void_reason: null,
    voided_on: null,
    created_at: at,
  });
  await insertLines(scope, id, invoice.lines);
  return id;
}

async function insertLines(scope: WriteScope, invoiceId: number, lines: readonly PricedLine[]): Promise<void> {
  for (const [index, line] of lines.entries()) {
    await scope.journal.insert('invoice_lines', {
      invoice_id: invoiceId,
      position: index + 1,
      description: line.description,
      quantity: line.quantity,
      unit: line.unit,
      unit_price: line.unitPrice,
      tax_rate: line.taxRate,
    });
  }
}

/** Gives the draft the next number of the account's series, which has no gaps and is never used again. */
export async function issue(
  scope: WriteScope,
  { id, isSample, issuedOn, dueOn }: { id: number; isSample: boolean; issuedOn: string; dueOn: string },
): Promise<number> {
  const number = await scope.journal.next('invoice_number', {
    sample: isSample,
    first: isSample ? 1 : FIRST_INVOICE_NUMBER,
  });
  await scope.journal.update('invoices', { id }, { number, status: 'issued', issued_on: issuedOn, due_on: dueOn });
  return number;
}

export async function voidInvoice(scope: WriteScope, id: number, reason: string): Promise<void> {
  await scope.journal.update('invoices', { id }, { status: 'void', void_reason: reason, voided_on: scope.today });
}

export async function updateDraft(
  scope: WriteScope,
  invoice: Invoice,
  {
    notes,
    dueOn,
    kind,
    lines,
    totals,
  }: Pick<NewInvoice, 'notes' | 'dueOn' | 'kind' | 'totals'> & { lines: readonly PricedLine[] | null },
): Promise<boolean> {
  const changed = await scope.journal.update(
    'invoices',
    { id: invoice.id },
    { notes, due_on: dueOn, kind, subtotal: totals.subtotal, tax: totals.tax, total: totals.total },
  );
  if (lines === null) return changed;
  await removeLines(scope, invoice);
  await insertLines(scope, invoice.id, lines);
  return true;
}

export async function discardDraft(scope: WriteScope, invoice: Invoice): Promise<void> {
  await removeLines(scope, invoice);
  await scope.journal.remove('invoices', { id: invoice.id });
}

async function removeLines(scope: WriteScope, invoice: Invoice): Promise<void> {
  for (const [index] of invoice.lines.entries()) {
    await scope.journal.remove('invoice_lines', { invoice_id: invoice.id, position: index + 1 });
  }
}

function summaryOf(row: SummaryRow): InvoiceSummary {
  return {
    id: row.id,
    isSample: row.is_sample === 1,
    number: row.number,
    customer: { id: row.customer_id, name: row.customer },
    job: row.job_id === null ? null : { id: row.job_id, name: row.job ?? '' },
    kind: oneOf(INVOICE_KINDS, row.kind),
    status: oneOf(INVOICE_STATUSES, row.status),
    issuedOn: row.issued_on,
    dueOn: row.due_on,
    subtotal: price(row.subtotal),
    tax: price(row.tax),
    total: price(row.total),
  };
}
