// Quotes and invoices as their customer gets them. No query here names a column that only the business may see.
import { price, quantity, taxRate } from '../../domain/money.ts';
import { discountIn } from './discounts.ts';
import {
  lessDiscount,
  PAPER_KINDS,
  PAPER_STATUSES,
  paperTotals,
  totalsOf,
  type MadeOut,
  type Paper,
  type PricedLine,
} from '../../domain/paper.ts';
import type { Database } from '../database.ts';

/** Whose books, of which record. */
type Where = { readonly db: Database; readonly account: { readonly id: number } };

/** A paper before it is named; `creditsNumber` is that of the invoice which a credit note credits. */
export type Stored = Omit<Paper, 'ref' | 'credits'> & { readonly creditsNumber: number | null };

export async function quotePaper(where: Where, id: number): Promise<Stored | null> {
  const { db, account } = where;
  const row = await db
    .selectFrom('quotes as q')
    .innerJoin('customers as c', (join) =>
      join.onRef('c.account_id', '=', 'q.account_id').onRef('c.id', '=', 'q.customer_id'),
    )
    .select([
      'q.kind',
      'q.status',
      'q.title',
      'q.notes',
      'q.quoted_on',
      'c.name',
      'c.address',
      'q.to_name',
      'q.to_address',
    ])
    .select(['q.discount_percent', 'q.discount'])
    .where('q.account_id', '=', account.id)
    .where('q.id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return null;
  const lines = await db
    .selectFrom('quote_lines')
    .select(LINE_COLUMNS)
    .where('account_id', '=', account.id)
    .where('quote_id', '=', id)
    .orderBy('position')
    .execute();
  const priced = lines.map(lineOf);
  const discount = discountIn(row);
  return {
    ...wordsOf(row),
    title: row.title,
    datedOn: row.quoted_on,
    dueOn: null,
    lines: priced,
    discount,
    totals: paperTotals(lessDiscount(priced, discount)),
    paid: price(0),
    credited: price(0),
    balance: null,
    creditsNumber: null,
  };
}

export async function invoicePaper(where: Where, id: number): Promise<Stored | null> {
  const { db, account } = where;
  const row = await db
    .selectFrom('invoices as i')
    .innerJoin('customers as c', (join) =>
      join.onRef('c.account_id', '=', 'i.account_id').onRef('c.id', '=', 'i.customer_id'),
    )
    .leftJoin('invoices as o', (join) =>
      join.onRef('o.account_id', '=', 'i.account_id').onRef('o.id', '=', 'i.credits_id'),
    )
    .leftJoin('invoice_figures as f', (join) =>
      join.onRef('f.account_id', '=', 'i.account_id').onRef('f.invoice_id', '=', 'i.id'),
    )
    .select([
      'i.kind',
      'i.status',
      'i.notes',
      'i.issued_on',
      'i.due_on',
      'c.name',
      'c.address',
      'i.to_name',
      'i.to_address',
    ])
    .select(['f.paid', 'f.credited', 'f.balance', 'o.number as credits_number'])
    .where('i.account_id', '=', account.id)
    .where('i.id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return null;
  const lines = await db
    .selectFrom('invoice_lines')
    .select(LINE_COLUMNS)
    .where('account_id', '=', account.id)
    .where('invoice_id', '=', id)
    .orderBy('position')
    .execute();
  return {
    ...wordsOf(row),
    title: null,
    datedOn: row.issued_on,
    dueOn: row.due_on,
    lines: lines.map(lineOf),
    discount: null,
    totals: await billedTotals(where, id),
    paid: price(row.paid ?? 0),
    credited: price(row.credited ?? 0),
    balance: row.balance === null ? null : price(row.balance),
    creditsNumber: row.credits_number,
  };
}

/** As it was billed: the tax of a share of a contract is its share of the contract's tax, not computed from its lines. */
async function billedTotals({ db, account }: Where, invoiceId: number): Promise<Paper['totals']> {
  const rows = await db
    .selectFrom('invoice_taxes')
    .select(['tax_rate', 'base', 'tax'])
    .where('account_id', '=', account.id)
    .where('invoice_id', '=', invoiceId)
    .orderBy('tax_rate')
    .execute();
  return totalsOf(rows.map((row) => ({ rate: taxRate(row.tax_rate), base: price(row.base), tax: price(row.tax) })));
}

const LINE_COLUMNS = ['description', 'quantity', 'unit', 'unit_price', 'tax_rate'] as const;

type LineRow = {
  readonly description: string;
  readonly quantity: number;
  readonly unit: string | null;
  readonly unit_price: number | null;
  readonly tax_rate: number;
};

function lineOf(row: LineRow): PricedLine {
  return {
    description: row.description,
    quantity: quantity(row.quantity),
    unit: row.unit,
    unitPrice: row.unit_price === null ? null : price(row.unit_price),
    taxRate: taxRate(row.tax_rate),
  };
}

type Words = { kind: string; status: string; notes: string | null } & MadeOut & {
    to_name: string | null;
    to_address: string | null;
  };

function wordsOf(row: Words): Pick<Paper, 'kind' | 'status' | 'notes' | 'to'> {
  return {
    kind: known(PAPER_KINDS, row.kind),
    status: known(PAPER_STATUSES, row.status),
    notes: row.notes,
    // A document that went out names whom it was made out to, whatever they are called since.
    to:
      row.to_name === null ? { name: row.name, address: row.address } : { name: row.to_name, address: row.to_address },
  };
}

/** The one in job-ledger.ts stands beside costs. @throws Error on a word that no version of the books wrote */
function known<const W extends string>(words: readonly W[], word: string): W {
  const found = words.find((each) => each === word);
  if (found === undefined)
    throw new Error(`the book holds ${JSON.stringify(word)} where one of ${words.join(', ')} belongs`);
  return found;
}
