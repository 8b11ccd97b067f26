// Loads what a job's strip is reckoned from, straight from the ledger.
import { CATEGORIES, cost, type Category, type CostLine } from '../domain/cost.ts';
import { INVOICE_STATUSES } from '../domain/invoice.ts';
import { JOB_STATUSES } from '../domain/job.ts';
import { price, quantity } from '../domain/money.ts';
import type { DatedFacts } from '../domain/period.ts';
import { QUOTE_KINDS, QUOTE_STATUSES } from '../domain/quote.ts';
import { invoiceRef, lineRef, refOf } from '../domain/reference.ts';
import type { Database } from './database.ts';
import { prepared } from './prepared.ts';

/** Numbers of records, both ends included. */
export type Span = { readonly from: number; readonly to: number };

/** Null where the job is gone. */
export async function loadFacts(db: Database, accountId: number, jobId: number): Promise<DatedFacts | null> {
  const [rows] = await factRows(db, accountId, { from: jobId, to: jobId });
  return rows === undefined ? null : factsOf(rows);
}

/** One job's rows that its strip is reckoned from, as they are stored. */
export type FactRows = {
  readonly job: RowOf<typeof jobs>;
  readonly quotes: readonly RowOf<typeof jobQuotes>[];
  readonly lines: readonly RowOf<typeof quoteLines>[];
  readonly invoices: readonly RowOf<typeof jobInvoices>[];
  readonly expenses: readonly RowOf<typeof jobExpenses>[];
};
type RowOf<Query extends (...given: never[]) => Promise<readonly unknown[]>> = Awaited<ReturnType<Query>>[number];

/** The rows of every job in the span, by the number of the job. */
export async function factRows(db: Database, accountId: number, span: Span): Promise<FactRows[]> {
  const given = { account: accountId, ...span };
  const rows = await jobs(db, given);
  if (rows.length === 0) return [];
  const quotes = await jobQuotes(db, given);
  const quotesOf = Map.groupBy(quotes, (quote) => quote.job_id);
  const linesOf = Map.groupBy(quotes.length === 0 ? [] : await quoteLines(db, given), (line) => line.job_id);
  const invoicesOf = Map.groupBy(await jobInvoices(db, given), (invoice) => invoice.job_id);
  const expensesOf = Map.groupBy(await jobExpenses(db, given), (expense) => expense.job_id);
  return rows.map((job) => ({
    job,
    quotes: quotesOf.get(job.id) ?? [],
    lines: linesOf.get(job.id) ?? [],
    invoices: invoicesOf.get(job.id) ?? [],
    expenses: expensesOf.get(job.id) ?? [],
  }));
}

/** @throws Error on a word, RangeError on a number that no version of the books wrote */
export function factsOf({ job, quotes, lines, invoices, expenses }: FactRows): DatedFacts {
  const linesOf = Map.groupBy(lines, (line) => line.quote_id);
  return {
    status: oneOf(JOB_STATUSES, job.status),
    quotes: quotes.map((quote) => ({
      ref: refOf('quote', quote.id),
      title: quote.title,
      kind: oneOf(QUOTE_KINDS, quote.kind),
      status: oneOf(QUOTE_STATUSES, quote.status),
      subtotal: price(quote.subtotal),
      lines: (linesOf.get(quote.id) ?? []).map(costLineOf),
    })),
    invoices: invoices.map((invoice) => ({
      ref: invoiceRef(invoice.id, invoice.number),
      status: oneOf(INVOICE_STATUSES, invoice.status),
      isCredit: invoice.credits_id !== null,
      issuedOn: invoice.issued_on,
      subtotal: price(invoice.subtotal),
      tax: price(invoice.tax),
    })),
    expenses: expenses.map((expense) => ({
      ref: refOf('expense', expense.id),
      description: expense.description,
      amount: cost(expense.amount),
      category: oneOf(CATEGORIES, expense.category),
      spentOn: expense.spent_on,
      coversLineId: expense.covers_line_id,
    })),
  };
}

function costLineOf(row: FactRows['lines'][number]): CostLine {
  return {
    lineId: row.line_id,
    ref: lineRef(row.quote_id, row.position),
    description: row.description,
    quantity: quantity(row.quantity),
    unitCost: row.unit_cost === null ? null : cost(row.unit_cost),
    category: categoryOrNull(row.category),
    changesLineId: row.changes_line_id,
    done: row.done_line_id !== null,
  };
}

type Given = Span & { readonly account: number };

const jobs = prepared((db, { account, from, to }: Given) =>
  db
    .selectFrom('jobs')
    .select(['id', 'status', 'customer_id', 'is_sample'])
    .where('account_id', '=', account)
    .where('id', '>=', from)
    .where('id', '<=', to)
    .orderBy('id'),
);

const jobQuotes = prepared((db, { account, from, to }: Given) =>
  db
    .selectFrom('quotes')
    .select(['job_id', 'id', 'kind', 'status', 'title', 'subtotal'])
    .where('account_id', '=', account)
    .where('job_id', '>=', from)
    .where('job_id', '<=', to)
    .orderBy('job_id')
    .orderBy('id'),
);

const jobInvoices = prepared((db, { account, from, to }: Given) =>
  db
    .selectFrom('invoices')
    .select(['job_id', 'id', 'number', 'status', 'issued_on', 'subtotal', 'tax', 'credits_id'])
    .where('account_id', '=', account)
    .where('job_id', '>=', from)
    .where('job_id', '<=', to)
    .orderBy('job_id')
    .orderBy('id'),
);

const jobExpenses = prepared((db, { account, from, to }: Given) =>
  db
    .selectFrom('expenses')
    .select(['job_id', 'id', 'description', 'amount', 'category', 'spent_on', 'covers_line_id'])
    .where('account_id', '=', account)
    .where('job_id', '>=', from)
    .where('job_id', '<=', to)
    .orderBy('job_id')
    .orderBy('id'),
);

const quoteLines = prepared((db, { account, from, to }: Given) =>
  db
    .selectFrom('quotes')
    .innerJoin('quote_lines', (join) =>
      join.onRef('quote_lines.account_id', '=', 'quotes.account_id').onRef('quote_lines.quote_id', '=', 'quotes.id'),
    )
    .leftJoin('done_lines', (join) =>
      join
        .onRef('done_lines.account_id', '=', 'quote_lines.account_id')
        .onRef('done_lines.line_id', '=', 'quote_lines.line_id'),
    )
    .select([
      'quotes.job_id',
      'quote_lines.quote_id',
      'quote_lines.position',
      'quote_lines.line_id',
      'quote_lines.description',
      'quote_lines.quantity',
      'quote_lines.unit_cost',
      'quote_lines.category',
      'quote_lines.changes_line_id',
      'done_lines.line_id as done_line_id',
    ])
    .where('quotes.account_id', '=', account)
    .where('quotes.job_id', '>=', from)
    .where('quotes.job_id', '<=', to)
    .orderBy('quotes.job_id')
    .orderBy('quotes.id')
    .orderBy('quote_lines.position'),
);

/** Reads a stored word back as the domain knows it. @throws Error on a word that no version of the books wrote */
export function oneOf<const W extends string>(words: readonly W[], word: string): W {
  const found = words.find((known) => known === word);
  if (found === undefined)
    throw new Error(`the book holds ${JSON.stringify(word)} where one of ${words.join(', ')} belongs`);
  return found;
}

export function categoryOrNull(word: string | null): Category | null {
  return word === null ? null : oneOf(CATEGORIES, word);
}
