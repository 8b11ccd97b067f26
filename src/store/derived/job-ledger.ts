// Loads what a job's profit summary is computed from, straight from the ledger.
import { categoryOrNull, oneOf } from '../one-of.ts';
import { CATEGORIES, cost, type CostLine } from '../../domain/cost.ts';
import { COUNTINGS } from '../../domain/contract.ts';
import { INVOICE_STATUSES } from '../../domain/invoice.ts';
import { JOB_STATUSES } from '../../domain/job.ts';
import { billedContracts, type BillOnContract } from '../../domain/left-to-bill.ts';
import { price, quantity } from '../../domain/money.ts';
import type { DatedJobLedger } from '../../domain/period.ts';
import { QUOTE_KINDS, QUOTE_STATUSES } from '../../domain/quote.ts';
import { closedDays } from '../books/closed-days.ts';
import { invoiceRef, lineRef, refOf } from '../../kinds/reference.ts';
import type { Database } from '../database.ts';
import { prepared } from '../engine/prepared.ts';

/** Numbers of records, both ends included. */
export type IdRange = { readonly from: number; readonly to: number };

/** One job's rows that its profit summary is computed from, as they are stored. */
export type JobLedgerRows = {
  readonly job: RowOf<typeof jobs>;
  readonly quotes: readonly RowOf<typeof jobQuotes>[];
  readonly lines: readonly RowOf<typeof quoteLines>[];
  readonly invoices: readonly RowOf<typeof jobInvoices>[];
  readonly expenses: readonly RowOf<typeof jobExpenses>[];
  /** Bills of the job's contracts that are not filed under it, and their credits. */
  readonly billsElsewhere: readonly RowOf<typeof contractBills>[];
  readonly parts: readonly RowOf<typeof contractParts>[];
  readonly writeOffs: readonly RowOf<typeof jobWriteOffs>[];
  readonly closed: readonly RowOf<typeof closedJobs>[];
};
type RowOf<Query extends (...given: never[]) => Promise<readonly unknown[]>> = Awaited<ReturnType<Query>>[number];

/** The rows of every job in the span, by the number of the job. */
export async function jobLedgerRows(db: Database, accountId: number, span: IdRange): Promise<JobLedgerRows[]> {
  const given = { account: accountId, ...span };
  const rows = await jobs(db, given);
  if (rows.length === 0) return [];
  const quotes = await jobQuotes(db, given);
  const quotesOf = Map.groupBy(quotes, (quote) => quote.job_id);
  const linesOf = Map.groupBy(quotes.length === 0 ? [] : await quoteLines(db, given), (line) => line.job_id);
  const invoicesOf = Map.groupBy(await jobInvoices(db, given), (invoice) => invoice.job_id);
  const expensesOf = Map.groupBy(await jobExpenses(db, given), (expense) => expense.job_id);
  const underContract = quotes.some(({ status }) => status === 'accepted');
  const elsewhere = Map.groupBy(underContract ? await contractBills(db, given) : [], (bill) => bill.contract_job_id);
  const partsOf = Map.groupBy(underContract ? await contractParts(db, given) : [], (part) => part.job_id);
  const writtenOff = rows.some((job) => job.billing_done_on !== null) ? await jobWriteOffs(db, given) : [];
  const closed = rows.some((job) => job.closed_through !== null) ? await closedJobs(db, given) : [];
  const closedOf = Map.groupBy(closed, (row) => row.job_id);
  const writeOffsOf = Map.groupBy(writtenOff, (writeOff) => writeOff.job_id);
  return rows.map((job) => ({
    job,
    quotes: quotesOf.get(job.id) ?? [],
    lines: linesOf.get(job.id) ?? [],
    invoices: invoicesOf.get(job.id) ?? [],
    expenses: expensesOf.get(job.id) ?? [],
    billsElsewhere: elsewhere.get(job.id) ?? [],
    parts: partsOf.get(job.id) ?? [],
    writeOffs: writeOffsOf.get(job.id) ?? [],
    closed: closedOf.get(job.id) ?? [],
  }));
}

/** @throws Error on a word, RangeError on a number that no version of the books wrote */
export function jobLedgerOf(rows: JobLedgerRows): DatedJobLedger {
  const { job, quotes, lines, invoices, expenses } = rows;
  const linesOf = Map.groupBy(lines, (line) => line.quote_id);
  const status = oneOf(JOB_STATUSES, job.status);
  return {
    status,
    endedOn: status === 'completed' ? job.completed_on : status === 'cancelled' ? job.cancelled_on : null,
    billingDoneOn: job.billing_done_on,
    contracts: contractsOf(rows),
    closed: {
      ref: refOf('job', job.id),
      through: job.is_sample === 1 ? null : job.closed_through,
      days: rows.closed.flatMap(({ days }) => closedDays(days)),
    },
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
      allocatedLineId: expense.covers_line_id,
    })),
  };
}

function contractsOf({ quotes, invoices, billsElsewhere, parts, writeOffs }: JobLedgerRows) {
  return billedContracts(
    quotes.map((quote) => ({
      contractId: quote.contract_id,
      kind: oneOf(QUOTE_KINDS, quote.kind),
      status: oneOf(QUOTE_STATUSES, quote.status),
      subtotal: price(quote.subtotal),
      acceptedIn: quote.accepted_in,
    })),
    {
      bills: [...invoices, ...billsElsewhere].map(billOf),
      parts: parts.map((part) => ({
        invoiceId: part.invoice_id,
        contractId: part.contract_id,
        amount: price(part.base),
        reduces: part.reduces === 1,
      })),
    },
    new Map(writeOffs.map(({ contract_id, amount }) => [contract_id, price(amount)])),
  );
}

function billOf(row: Omit<JobLedgerRows['invoices'][number], 'job_id' | 'number' | 'tax'>): BillOnContract {
  return {
    id: row.id,
    status: oneOf(INVOICE_STATUSES, row.status),
    issuedOn: row.issued_on,
    subtotal: price(row.subtotal),
    contractId: row.contract_id,
    creditsId: row.credits_id,
    counting: row.counting === null ? null : oneOf(COUNTINGS, row.counting),
  };
}

function costLineOf(row: JobLedgerRows['lines'][number]): CostLine {
  return {
    lineId: row.line_id,
    ref: lineRef(row.quote_id, row.position),
    description: row.description,
    quantity: quantity(row.quantity),
    unitCost: row.unit_cost === null ? null : cost(row.unit_cost),
    category: categoryOrNull(row.category),
    changesLineId: row.changes_line_id,
    done: row.done_line_id !== null && (row.spent_nothing === 1 ? 'spent_nothing' : true),
  };
}

type Given = IdRange & { readonly account: number };

const jobs = prepared((db, { account, from, to }: Given) =>
  db
    .selectFrom('jobs as j')
    .innerJoin('accounts', 'accounts.account_id', 'j.account_id')
    .select(['j.id', 'j.status', 'j.customer_id', 'j.is_sample'])
    .select(['j.completed_on', 'j.cancelled_on', 'j.billing_done_on', 'accounts.closed_through'])
    .where('j.account_id', '=', account)
    .where('j.id', '>=', from)
    .where('j.id', '<=', to)
    .orderBy('j.id'),
);

const jobQuotes = prepared((db, { account, from, to }: Given) =>
  db
    .selectFrom('quotes')
    .select(['job_id', 'id', 'kind', 'status', 'title', 'subtotal', 'contract_id', 'accepted_in'])
    .where('account_id', '=', account)
    .where('job_id', '>=', from)
    .where('job_id', '<=', to)
    .orderBy('job_id')
    .orderBy('id'),
);

const jobInvoices = prepared((db, { account, from, to }: Given) =>
  db
    .selectFrom('invoices')
    .select(['job_id', 'id', 'number', 'status', 'issued_on', 'subtotal', 'tax'])
    .select(['contract_id', 'credits_id', 'counting'])
    .where('account_id', '=', account)
    .where('job_id', '>=', from)
    .where('job_id', '<=', to)
    .orderBy('job_id')
    .orderBy('id'),
);

/** By the job of the accepted original. */
const contractBills = prepared((db, { account, from, to }: Given) =>
  db
    .selectFrom('quotes as q')
    .innerJoin('invoices as b', (join) =>
      join.onRef('b.account_id', '=', 'q.account_id').onRef('b.contract_id', '=', 'q.contract_id'),
    )
    .innerJoin('invoices as i', (join) =>
      join
        .onRef('i.account_id', '=', 'b.account_id')
        .on((eb) => eb.or([eb('i.id', '=', eb.ref('b.id')), eb('i.credits_id', '=', eb.ref('b.id'))])),
    )
    .select(['q.job_id as contract_job_id', 'i.id', 'i.status', 'i.issued_on', 'i.subtotal'])
    .select(['i.contract_id', 'i.credits_id', 'i.counting'])
    .where('q.account_id', '=', account)
    .where('q.job_id', '>=', from)
    .where('q.job_id', '<=', to)
    .where('q.kind', '=', 'original')
    .where('q.status', '=', 'accepted')
    .where('i.status', '=', 'issued')
    .where((eb) => eb.or([eb('i.job_id', 'is', null), eb('i.job_id', '<>', eb.ref('q.job_id'))]))
    .orderBy('q.job_id')
    .orderBy('i.id'),
);

const contractParts = prepared((db, { account, from, to }: Given) =>
  db
    .selectFrom('quotes as q')
    .innerJoin('contract_parts as p', (join) =>
      join.onRef('p.account_id', '=', 'q.account_id').onRef('p.contract_id', '=', 'q.contract_id'),
    )
    .select(['q.job_id', 'p.invoice_id', 'p.contract_id', 'p.reduces', 'p.base'])
    .where('q.account_id', '=', account)
    .where('q.job_id', '>=', from)
    .where('q.job_id', '<=', to)
    .where('q.kind', '=', 'original')
    .where('q.status', '=', 'accepted')
    .orderBy('q.job_id')
    .orderBy('p.invoice_id'),
);

const jobWriteOffs = prepared((db, { account, from, to }: Given) =>
  db
    .selectFrom('quotes as q')
    .innerJoin('write_offs as w', (join) =>
      join.onRef('w.account_id', '=', 'q.account_id').onRef('w.contract_id', '=', 'q.contract_id'),
    )
    .select(['q.job_id', 'w.contract_id', 'w.amount'])
    .where('q.account_id', '=', account)
    .where('q.job_id', '>=', from)
    .where('q.job_id', '<=', to)
    .where('q.kind', '=', 'original')
    .where('q.status', '=', 'accepted')
    .orderBy('q.job_id')
    .orderBy('w.contract_id'),
);

const closedJobs = prepared((db, { account, from, to }: Given) =>
  db
    .selectFrom('closed_jobs')
    .select(['job_id', 'closing', 'customer_id', 'status', 'days'])
    .where('account_id', '=', account)
    .where('job_id', '>=', from)
    .where('job_id', '<=', to)
    .orderBy('job_id')
    .orderBy('closing'),
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
      'done_lines.spent_nothing',
    ])
    .where('quotes.account_id', '=', account)
    .where('quotes.job_id', '>=', from)
    .where('quotes.job_id', '<=', to)
    .orderBy('quotes.job_id')
    .orderBy('quotes.id')
    .orderBy('quote_lines.position'),
);
