// Loads what a job's profit summary is computed from, straight from the ledger.
import { categoryOrNull, oneOf } from '../one-of.ts';
import { CATEGORIES, cost, type CostLine } from '../../domain/cost.ts';
import { COUNTINGS } from '../../domain/contract.ts';
import type { Spending } from '../../domain/expense-doubts.ts';
import { INVOICE_STATUSES } from '../../domain/invoice.ts';
import { JOB_STATUSES } from '../../domain/job.ts';
import {
  billedContracts,
  billedFromLines,
  type BilledContract,
  type BillOnContract,
} from '../../domain/left-to-bill.ts';
import { price, quantity, type Price } from '../../domain/money.ts';
import type { DatedJobLedger } from '../../domain/period.ts';
import { QUOTE_KINDS, QUOTE_STATUSES } from '../../domain/quote.ts';
import { closedDays } from '../books/closed-days.ts';
import { invoiceRef, lineRef, refOf } from '../../kinds/reference.ts';
import type { Database } from '../database.ts';
import { ledger, wholeJobs, type IdRange } from './job-ledger-rows.ts';
import type { Flag } from '../flag.ts';
import { costOfRow } from '../kept-money.ts';
import type { JobDayRow, JobPlanRow, JobRollupRow } from './rows.ts';

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

/** What was collected by these payments. */
export function collectedBy(payments: Ledger['collected']): Price {
  return price(payments.reduce((sofar, { amount }) => sofar + amount, 0));
}

type Marked = { readonly is_sample: Flag };

/** A sample job shows a whole one; one on which somebody really worked counts what is real on it. */
export function countedOn<Row extends Marked>(job: Marked, rows: readonly Row[] = []): Row[] {
  return rows.filter((row) => row.is_sample === job.is_sample);
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
    quotes: countedOn(job, quotes.get(job.id)),
    lines: lines.get(job.id) ?? [],
    invoices: countedOn(job, invoices.get(job.id)),
    expenses: countedOn(job, expenses.get(job.id)),
    billsElsewhere: countedOn(job, elsewhere.get(job.id)),
    parts: parts.get(job.id) ?? [],
    writeOffs: writeOffs.get(job.id) ?? [],
    collected: countedOn(job, collected.get(job.id)),
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
    collected: collectedBy(rows.collected),
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
      amount: costOfRow(expense),
      category: oneOf(CATEGORIES, expense.category),
      spentOn: expense.spent_on,
      allocatedLineId: expense.covers_line_id,
    })),
  };
}

/** Its expenses by what tells them from each other. */
export function spendingOf({ expenses }: Pick<JobLedgerRows, 'expenses'>): Spending[] {
  return expenses.map(({ id, description, amount, category, vendor, spent_on: spentOn, covers_line_id: lineId }) => ({
    ...{ ref: refOf('expense', id), description, paid: cost(amount), category: oneOf(CATEGORIES, category) },
    ...{ vendor, spentOn, lineId },
  }));
}

type PaperRows = Pick<JobLedgerRows, 'quotes' | 'invoices' | 'billsElsewhere' | 'parts' | 'writeOffs'>;

/** The contracts among these papers, and what counts against each. */
export function contractsOf({ quotes, invoices, billsElsewhere, parts, writeOffs }: PaperRows): BilledContract[] {
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
