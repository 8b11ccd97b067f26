// Every paper's totals are what its lines come to, every balance what its payments and credits come to, and the numbers
// of invoices have no gap.
import { FIRST_INVOICE_NUMBER } from '../../domain/invoice.ts';
import { price, quantity, taxRate } from '../../domain/money.ts';
import { lessDiscount, paperTotals, type Discount, type PaperTotals } from '../../domain/paper.ts';
import { invoiceRef, refOf } from '../../kinds/reference.ts';
import type { IdRange } from '../derived/job-ledger-rows.ts';
import { openOf } from '../derived/invoice-rollups.ts';
import { discountIn } from '../books/discounts.ts';
import { invoicesPassedOver } from '../journal/number-jumps.ts';
import { within, type AuditedBook } from './book.ts';
import type { InvoiceLineRow } from '../books/rows.ts';
import type { InvoiceRollupRow } from '../derived/rows.ts';

const QUOTES = 'quotes';
const INVOICES = 'invoices';

type Line = Pick<InvoiceLineRow, 'quantity' | 'unit_price' | 'tax_rate'>;
const LINE = ['quantity', 'unit_price', 'tax_rate'] as const;
const TOTALS = ['id', 'subtotal', 'tax', 'total'] as const;

/** @throws RangeError on a number that no version of the books wrote */
function totalsOf(lines: readonly Line[], discount: Discount | null = null): PaperTotals {
  return paperTotals(
    lessDiscount(
      lines.map((line) => ({
        description: '',
        unit: null,
        quantity: quantity(line.quantity),
        unitPrice: line.unit_price === null ? null : price(line.unit_price),
        taxRate: taxRate(line.tax_rate),
      })),
      discount,
    ),
  );
}

/** @returns how many quotes were looked at */
export async function auditQuotes(book: AuditedBook): Promise<number> {
  const { faults } = book;
  return await book.walk({
    what: QUOTES,
    name: (id) => refOf('quote', id),
    by: [{ table: 'quotes', column: 'id' }],
    read: async (span) => await readQuotes(book, span),
    judge: ({ quotes, lines }) => {
      const linesOf = Map.groupBy(lines, (line) => line.quote_id);
      for (const { id, subtotal, tax, total, ...row } of quotes) {
        const saying = `${refOf('quote', id)}: subtotal, tax or total is not what its lines come to`;
        faults.trying(QUOTES, saying, () => {
          const totals = totalsOf(linesOf.get(id) ?? [], discountIn(row));
          if (totals.subtotal !== subtotal || totals.tax !== tax || totals.total !== total) faults.add(QUOTES, saying);
        });
      }
      return quotes.length;
    },
  });
}

async function readQuotes({ db, accountId }: AuditedBook, span: IdRange) {
  const quotes = await db
    .selectFrom('quotes')
    .select([...TOTALS, 'discount_percent', 'discount'])
    .where('account_id', '=', accountId)
    .where(within('id', span))
    .orderBy('id')
    .execute();
  const lines = await db
    .selectFrom('quote_lines')
    .select(['quote_id', ...LINE])
    .where('account_id', '=', accountId)
    .where(within('quote_id', span))
    .execute();
  return { quotes, lines };
}

/** @returns how many invoices and how many stored balances were looked at */
export async function auditInvoices(book: AuditedBook): Promise<{ invoices: number; balances: number }> {
  let balances = 0;
  const invoices = await book.walk({
    what: INVOICES,
    name: (id) => `invoice ${id}`,
    by: [
      { table: 'invoices', column: 'id' },
      { table: 'invoice_figures', column: 'invoice_id' },
    ],
    read: async (span) => await readInvoices(book, span),
    judge: (stored) => {
      balances += stored.rollups.length;
      judgeTotals(book, stored);
      judgeBalances(book, stored);
      return stored.invoices.length;
    },
  });
  return { invoices, balances };
}

type StoredInvoices = Awaited<ReturnType<typeof readInvoices>>;

async function readInvoices({ db, accountId }: AuditedBook, span: IdRange) {
  const invoices = await db
    .selectFrom('invoices')
    .select([...TOTALS, 'number', 'status', 'is_sample', 'customer_id', 'due_on', 'credits_id'])
    .where('account_id', '=', accountId)
    .where(within('id', span))
    .orderBy('id')
    .execute();
  const ofInvoice = within('invoice_id', span);
  const lines = await db
    .selectFrom('invoice_lines')
    .select(['invoice_id', ...LINE])
    .where('account_id', '=', accountId)
    .where(ofInvoice)
    .execute();
  const rates = await db
    .selectFrom('invoice_taxes')
    .select(['invoice_id', 'base', 'tax'])
    .where('account_id', '=', accountId)
    .where(ofInvoice)
    .execute();
  const notes = await db
    .selectFrom('invoices')
    .select(['credits_id', 'total'])
    .where('account_id', '=', accountId)
    .where(within('credits_id', span))
    .where('status', '=', 'issued')
    .execute();
  const payments = await db
    .selectFrom('payments')
    .select(['invoice_id', 'amount', 'is_refund', 'void_reason'])
    .where('account_id', '=', accountId)
    .where(ofInvoice)
    .execute();
  const rollups = await db
    .selectFrom('invoice_figures')
    .select(['account_id', 'invoice_id', 'is_sample', 'customer_id', 'paid', 'credited', 'balance', 'due_on'])
    .where('account_id', '=', accountId)
    .where(ofInvoice)
    .execute();
  return { invoices, lines, rates, notes, payments, rollups };
}

function judgeTotals({ faults }: AuditedBook, { invoices, lines, rates }: StoredInvoices): void {
  const linesOf = Map.groupBy(lines, (line) => line.invoice_id);
  const ratesOf = Map.groupBy(rates, (row) => row.invoice_id);
  for (const { id, number, status, subtotal, tax, total } of invoices) {
    const ref = invoiceRef(id, number);
    const saying = `${ref}: subtotal, tax or total is not what its lines and tax rates come to`;
    const groups = ratesOf.get(id) ?? [];
    const base = groups.reduce((sofar, group) => sofar + group.base, 0);
    const taxes = groups.reduce((sofar, group) => sofar + group.tax, 0);
    faults.trying(INVOICES, saying, () => {
      const isRight = totalsOf(linesOf.get(id) ?? []).subtotal === subtotal && base === subtotal && taxes === tax;
      if (!isRight || subtotal + tax !== total) faults.add(INVOICES, saying);
    });
    const isSample = id < 0 && (number ?? -1) < 0;
    if (!isSample && (number === null) !== (status === 'draft'))
      faults.add(INVOICES, `invoice ${id} is ${status} but its number says otherwise`);
  }
}

/** What each invoice has open is its total less credits and payments; paid is never below 0 nor above the total. */
function judgeBalances({ faults, accountId }: AuditedBook, stored: StoredInvoices): void {
  const notesOf = Map.groupBy(stored.notes, (note) => note.credits_id);
  const paymentsOf = Map.groupBy(stored.payments, (payment) => payment.invoice_id);
  const rollupsOf = new Map(stored.rollups.map((row) => [row.invoice_id, row]));
  for (const invoice of stored.invoices) {
    const { id, number, status, credits_id: credits, total } = invoice;
    const ref = invoiceRef(id, number);
    const saying = `${ref}: the stored balance is not what its payments and credits come to`;
    const isOwed = status === 'issued' && credits === null;
    faults.trying(INVOICES, saying, () => {
      const open: InvoiceRollupRow | null = isOwed
        ? openOf({ account_id: accountId, ...invoice }, notesOf.get(id) ?? [], paymentsOf.get(id) ?? [])
        : null;
      if (JSON.stringify(rollupsOf.get(id) ?? null) !== JSON.stringify(open)) faults.add(INVOICES, saying);
      if (open !== null && (open.paid < 0 || open.paid > total))
        faults.add(INVOICES, `${ref}: more is paid than it came to, or less than nothing`);
    });
    rollupsOf.delete(id);
  }
  for (const id of rollupsOf.keys()) faults.add(INVOICES, `invoice ${id}: a balance without an invoice`);
}

/**
 * Issued and void invoices carry every number from the first to the last, but for those passed over on purpose.
 * @returns how many have one, samples aside
 */
export async function auditNumbers(book: AuditedBook): Promise<number> {
  const { db, accountId, faults } = book;
  const passedOver = await book.rows('invoice numbers passed over', async () => [
    ...(await invoicesPassedOver(db, accountId)),
  ]);
  const jumps = new Map(passedOver);
  /** More than once where no invoice was issued between. */
  const following = (number: number) => {
    let next = number + 1;
    for (let jump = jumps.get(next - 1); jump !== undefined && jump > next; jump = jumps.get(next - 1)) next = jump;
    return next;
  };
  const first = following(FIRST_INVOICE_NUMBER - 1);
  let before: number | null = null;
  return await book.walk({
    what: 'invoice numbers',
    name: (number) => invoiceRef(0, number),
    by: [{ table: 'invoices', column: 'number' }],
    read: async (span) =>
      await db
        .selectFrom('invoices')
        .select('number')
        .where('account_id', '=', accountId)
        .where(within('number', span))
        .where((eb) => eb.or([eb('number', '>', 0), eb('id', '>', 0)]))
        .orderBy('number')
        .execute(),
    judge: (rows) => {
      for (const { number } of rows) {
        if (number === null) continue;
        if (before === null && number !== first)
          faults.add(INVOICES, `invoice numbers begin with ${number}, not ${first}`);
        if (before !== null && number !== following(before))
          faults.add(INVOICES, `invoice numbers have a gap between ${before} and ${number}`);
        before = number;
      }
      return rows.length;
    },
  });
}
