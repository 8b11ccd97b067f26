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

/** Null where the job is gone. */
export async function loadFacts(db: Database, accountId: number, jobId: number): Promise<DatedFacts | null> {
  const given = { account: accountId, job: jobId };
  const [job] = await jobStatus(db, given);
  if (job === undefined) return null;
  const quotes = await jobQuotes(db, given);
  const lines =
    quotes.length === 0
      ? []
      : await costLines(
          db,
          accountId,
          quotes.map((quote) => quote.id),
        );
  const linesOf = Map.groupBy(lines, (line) => line.quoteId);
  const invoices = await jobInvoices(db, given);
  const expenses = await jobExpenses(db, given);
  return {
    status: oneOf(JOB_STATUSES, job.status),
    quotes: quotes.map((quote) => ({
      ref: refOf('quote', quote.id),
      title: quote.title,
      kind: oneOf(QUOTE_KINDS, quote.kind),
      status: oneOf(QUOTE_STATUSES, quote.status),
      subtotal: price(quote.subtotal),
      lines: linesOf.get(quote.id) ?? [],
    })),
    invoices: invoices.map((invoice) => ({
      ref: invoiceRef(invoice.id, invoice.number),
      status: oneOf(INVOICE_STATUSES, invoice.status),
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

type Given = { readonly account: number; readonly job: number };

const jobStatus = prepared((db, { account, job }: Given) =>
  db.selectFrom('jobs').select('status').where('account_id', '=', account).where('id', '=', job),
);

const jobQuotes = prepared((db, { account, job }: Given) =>
  db
    .selectFrom('quotes')
    .select(['id', 'kind', 'status', 'title', 'subtotal'])
    .where('account_id', '=', account)
    .where('job_id', '=', job)
    .orderBy('id'),
);

const jobInvoices = prepared((db, { account, job }: Given) =>
  db
    .selectFrom('invoices')
    .select(['id', 'number', 'status', 'issued_on', 'subtotal', 'tax'])
    .where('account_id', '=', account)
    .where('job_id', '=', job)
    .orderBy('id'),
);

const jobExpenses = prepared((db, { account, job }: Given) =>
  db
    .selectFrom('expenses')
    .select(['id', 'description', 'amount', 'category', 'spent_on', 'covers_line_id'])
    .where('account_id', '=', account)
    .where('job_id', '=', job)
    .orderBy('id'),
);

const quoteLines = prepared((db, { account, quotes }: { account: number; quotes: readonly number[] }) =>
  db
    .selectFrom('quote_lines')
    .leftJoin('done_lines', (join) =>
      join
        .onRef('done_lines.account_id', '=', 'quote_lines.account_id')
        .onRef('done_lines.line_id', '=', 'quote_lines.line_id'),
    )
    .select([
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
    .where('quote_lines.account_id', '=', account)
    .where('quote_lines.quote_id', 'in', quotes)
    .orderBy('quote_lines.quote_id')
    .orderBy('quote_lines.position'),
);

async function costLines(
  db: Database,
  accountId: number,
  quoteIds: number[],
): Promise<(CostLine & { quoteId: number })[]> {
  const rows = await quoteLines(db, { account: accountId, quotes: quoteIds });
  return rows.map((row) => ({
    quoteId: row.quote_id,
    lineId: row.line_id,
    ref: lineRef(row.quote_id, row.position),
    description: row.description,
    quantity: quantity(row.quantity),
    unitCost: row.unit_cost === null ? null : cost(row.unit_cost),
    category: categoryOrNull(row.category),
    changesLineId: row.changes_line_id,
    done: row.done_line_id !== null,
  }));
}

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
