// Loads what a job's profit summary is computed from, straight from the ledger.
import { sql, type RawBuilder } from 'kysely';
import { categoryOrNull, oneOf } from '../one-of.ts';
import { CATEGORIES, cost, type CostLine } from '../../domain/cost.ts';
import { COUNTINGS } from '../../domain/contract.ts';
import { INVOICE_STATUSES } from '../../domain/invoice.ts';
import { JOB_STATUSES } from '../../domain/job.ts';
import { billedContracts, billedFromLines, type BillOnContract } from '../../domain/left-to-bill.ts';
import { price, quantity } from '../../domain/money.ts';
import type { DatedJobLedger } from '../../domain/period.ts';
import { QUOTE_KINDS, QUOTE_STATUSES } from '../../domain/quote.ts';
import { closedDays } from '../books/closed-days.ts';
import { invoiceRef, lineRef, refOf } from '../../kinds/reference.ts';
import type { Database } from '../database.ts';
import { gathered } from '../engine/gathered.ts';
import { numbersIn } from '../engine/json-rows.ts';
import { DAY_COLUMNS, PLAN_COLUMNS, ROLLUP_COLUMNS } from './columns.ts';
import type { JobDayRow, JobPlanRow, JobRollupRow } from './rows.ts';

/** Numbers of records, both ends included. */
export type IdRange = { readonly from: number; readonly to: number };

type Ledger = Awaited<ReturnType<typeof ledger>>;

/** One job's rows that its profit summary is computed from, as they are stored. */
export type JobLedgerRows = {
  readonly job: Ledger['jobs'][number];
  readonly quotes: Ledger['quotes'];
  readonly lines: Ledger['lines'];
  readonly invoices: Ledger['invoices'];
  readonly expenses: Ledger['expenses'];
  /** Bills of the job's contracts that are not filed under it, and their credits. */
  readonly billsElsewhere: Ledger['billsElsewhere'];
  readonly parts: Ledger['parts'];
  readonly writeOffs: Ledger['writeOffs'];
  /** Payments on its invoices that are not void; refunds are below 0. */
  readonly collected: Ledger['collected'];
  readonly closed: Ledger['closed'];
};

/** The rows of every job in the span, by the number of the job. */
export async function jobLedgerRows(db: Database, accountId: number, span: IdRange): Promise<JobLedgerRows[]> {
  return byJob(await ledger(db, { account: accountId, ...span }));
}

/** What is derived of a job as it is stored, which a write holds against what it computes. */
export type KeptRows = {
  readonly rollup: JobRollupRow | null;
  readonly days: readonly JobDayRow[];
  readonly plans: readonly JobPlanRow[];
};

export type StoredJob = {
  /** Null where the job is gone. */
  readonly ledger: JobLedgerRows | null;
  readonly people: readonly { readonly name: string; readonly role: string }[];
  readonly kept: KeptRows;
};

/** The same of these jobs, in one statement, with who is on them and what is stored of what is derived. */
export async function storedJobs(
  db: Database,
  accountId: number,
  ids: readonly number[],
): Promise<ReadonlyMap<number, StoredJob>> {
  const [id = 0, ...others] = ids;
  // Of one alone, as it is most of the time, the index says itself in which order its rows stand.
  const which = others.length === 0 ? { from: id, to: id } : { jobs: JSON.stringify(ids) };
  const rows = await wholeJobs(db, { account: accountId, ...which });
  const ledgers = new Map(byJob(rows).map((of) => [of.job.id, of]));
  const rollups = new Map(rows.rollups.map((rollup) => [rollup.job_id, rollup]));
  const [days, plans, people] = [grouped(rows.days), grouped(rows.plans), grouped(rows.people)];
  return new Map(
    ids.map((id) => {
      const kept = { rollup: rollups.get(id) ?? null, days: days.get(id) ?? [], plans: plans.get(id) ?? [] };
      return [id, { ledger: ledgers.get(id) ?? null, people: people.get(id) ?? [], kept }];
    }),
  );
}

function byJob(rows: Ledger): JobLedgerRows[] {
  const quotes = grouped(rows.quotes);
  const lines = grouped(rows.lines);
  const invoices = grouped(rows.invoices);
  const expenses = grouped(rows.expenses);
  const elsewhere = Map.groupBy(rows.billsElsewhere, (bill) => bill.contract_job_id);
  const parts = grouped(rows.parts);
  const writeOffs = grouped(rows.writeOffs);
  const collected = grouped(rows.collected);
  const closed = grouped(rows.closed);
  return rows.jobs.map((job) => ({
    job,
    quotes: quotes.get(job.id) ?? [],
    lines: lines.get(job.id) ?? [],
    invoices: invoices.get(job.id) ?? [],
    expenses: expenses.get(job.id) ?? [],
    billsElsewhere: elsewhere.get(job.id) ?? [],
    parts: parts.get(job.id) ?? [],
    writeOffs: writeOffs.get(job.id) ?? [],
    collected: collected.get(job.id) ?? [],
    closed: closed.get(job.id) ?? [],
  }));
}

function grouped<Row extends { readonly job_id: number | null }>(rows: readonly Row[]): Map<number | null, Row[]> {
  return Map.groupBy(rows, (row) => row.job_id);
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
    billedFromLines: billedFromLines(invoices.map(billOf)),
    collected: price(rows.collected.reduce((sofar, { amount }) => sofar + amount, 0)),
    closed: {
      ref: refOf('job', job.id),
      through: job.is_sample === 1 ? null : job.closed_through,
      days: rows.closed.flatMap(({ days }) => closedDays(days)),
    },
    quotes: quotes.map((quote) => ({
      ref: refOf('quote', quote.id),
      contractId: quote.contract_id,
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
    unitPrice: row.unit_price === null ? null : price(row.unit_price),
    unitCost: row.unit_cost === null ? null : cost(row.unit_cost),
    category: categoryOrNull(row.category),
    changesLineId: row.changes_line_id,
    done: row.done_line_id !== null && (row.spent_nothing === 1 ? 'spent_nothing' : true),
  };
}

/** Jobs in a span, or these ones as a list in JSON. */
type Given = { readonly account: number } & (
  | (IdRange & { readonly jobs?: undefined })
  | { readonly jobs: string; readonly from?: undefined; readonly to?: undefined }
);

function among(db: Database, column: string, { from, to, jobs: listed }: Given): RawBuilder<boolean> {
  const id = sql.ref(column);
  return listed === undefined ? sql`${id} between ${from} and ${to}` : sql`${id} in (${numbersIn(db, listed)})`;
}

const jobs = (db: Database, given: Given) =>
  db
    .selectFrom('jobs as j')
    .innerJoin('accounts', 'accounts.account_id', 'j.account_id')
    .select(['j.id', 'j.status', 'j.customer_id', 'j.is_sample'])
    .select(['j.completed_on', 'j.cancelled_on', 'j.billing_done_on', 'accounts.closed_through'])
    .where('j.account_id', '=', given.account)
    .where(among(db, 'j.id', given))
    .orderBy('j.id');

const jobQuotes = (db: Database, given: Given) =>
  db
    .selectFrom('quotes')
    .select(['job_id', 'id', 'kind', 'status', 'title', 'subtotal', 'contract_id', 'accepted_in'])
    .where('account_id', '=', given.account)
    .where(among(db, 'job_id', given))
    .orderBy('job_id')
    .orderBy('id');

const jobInvoices = (db: Database, given: Given) =>
  db
    .selectFrom('invoices')
    .select(['job_id', 'id', 'number', 'status', 'issued_on', 'subtotal', 'tax'])
    .select(['contract_id', 'credits_id', 'counting'])
    .where('account_id', '=', given.account)
    .where(among(db, 'job_id', given))
    .orderBy('job_id')
    .orderBy('id');

/** By the job of the accepted original. */
const contractBills = (db: Database, given: Given) =>
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
    .where('q.account_id', '=', given.account)
    .where(among(db, 'q.job_id', given))
    .where('q.kind', '=', 'original')
    .where('q.status', '=', 'accepted')
    .where('i.status', '=', 'issued')
    .where((eb) => eb.or([eb('i.job_id', 'is', null), eb('i.job_id', '<>', eb.ref('q.job_id'))]))
    .orderBy('q.job_id')
    .orderBy('i.id');

const contractParts = (db: Database, given: Given) =>
  db
    .selectFrom('quotes as q')
    .innerJoin('contract_parts as p', (join) =>
      join.onRef('p.account_id', '=', 'q.account_id').onRef('p.contract_id', '=', 'q.contract_id'),
    )
    .select(['q.job_id', 'p.invoice_id', 'p.contract_id', 'p.reduces', 'p.base'])
    .where('q.account_id', '=', given.account)
    .where(among(db, 'q.job_id', given))
    .where('q.kind', '=', 'original')
    .where('q.status', '=', 'accepted')
    .orderBy('q.job_id')
    .orderBy('p.invoice_id');

const jobWriteOffs = (db: Database, given: Given) =>
  db
    .selectFrom('quotes as q')
    .innerJoin('write_offs as w', (join) =>
      join.onRef('w.account_id', '=', 'q.account_id').onRef('w.contract_id', '=', 'q.contract_id'),
    )
    .select(['q.job_id', 'w.contract_id', 'w.amount'])
    .where('q.account_id', '=', given.account)
    .where(among(db, 'q.job_id', given))
    .where('q.kind', '=', 'original')
    .where('q.status', '=', 'accepted')
    .orderBy('q.job_id')
    .orderBy('w.contract_id');

const jobPayments = (db: Database, given: Given) =>
  db
    .selectFrom('invoices as i')
    .innerJoin('payments as p', (join) =>
      join.onRef('p.account_id', '=', 'i.account_id').onRef('p.invoice_id', '=', 'i.id'),
    )
    .select('i.job_id')
    .select(sql<number>`case when p.is_refund = 1 then -p.amount else p.amount end`.as('amount'))
    .where('i.account_id', '=', given.account)
    .where(among(db, 'i.job_id', given))
    .where('p.void_reason', 'is', null)
    .orderBy('i.job_id')
    .orderBy('p.id');

const closedJobs = (db: Database, given: Given) =>
  db
    .selectFrom('closed_jobs')
    .select(['job_id', 'closing', 'customer_id', 'status', 'days'])
    .where('account_id', '=', given.account)
    .where(among(db, 'job_id', given))
    .orderBy('job_id')
    .orderBy('closing');

const jobExpenses = (db: Database, given: Given) =>
  db
    .selectFrom('expenses')
    .select(['job_id', 'id', 'description', 'amount', 'category', 'spent_on', 'covers_line_id'])
    .where('account_id', '=', given.account)
    .where(among(db, 'job_id', given))
    .orderBy('job_id')
    .orderBy('id');

const quoteLines = (db: Database, given: Given) =>
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
      'quote_lines.unit_price',
      'quote_lines.unit_cost',
      'quote_lines.category',
      'quote_lines.changes_line_id',
      'done_lines.line_id as done_line_id',
      'done_lines.spent_nothing',
    ])
    .where('quotes.account_id', '=', given.account)
    .where(among(db, 'quotes.job_id', given))
    .orderBy('quotes.job_id')
    .orderBy('quotes.id')
    .orderBy('quote_lines.position');

function ledgerOf(db: Database, given: Given) {
  return {
    jobs: jobs(db, given),
    quotes: jobQuotes(db, given),
    lines: quoteLines(db, given),
    invoices: jobInvoices(db, given),
    expenses: jobExpenses(db, given),
    billsElsewhere: contractBills(db, given),
    parts: contractParts(db, given),
    writeOffs: jobWriteOffs(db, given),
    collected: jobPayments(db, given),
    closed: closedJobs(db, given),
  };
}

const ledger = gathered(ledgerOf);

const wholeJobs = gathered((db, given: Given) => ({
  ...ledgerOf(db, given),
  people: db
    .selectFrom('job_assignees')
    .select(['job_id', 'name', 'role'])
    .where('account_id', '=', given.account)
    .where(among(db, 'job_id', given))
    .orderBy('job_id')
    .orderBy('position'),
  rollups: db
    .selectFrom('job_figures')
    .select(ROLLUP_COLUMNS)
    .where('account_id', '=', given.account)
    .where(among(db, 'job_id', given)),
  days: db
    .selectFrom('job_days')
    .select(DAY_COLUMNS)
    .where('account_id', '=', given.account)
    .where(among(db, 'job_id', given))
    .orderBy('job_id')
    .orderBy('day'),
  plans: db
    .selectFrom('job_plans')
    .select(PLAN_COLUMNS)
    .where('account_id', '=', given.account)
    .where(among(db, 'job_id', given))
    .orderBy('job_id')
    .orderBy('category'),
}));
