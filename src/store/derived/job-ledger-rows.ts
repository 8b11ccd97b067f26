// What a job's profit summary is computed from, as queries: each of the records of some jobs, all gathered in one statement.
import { sql, type RawBuilder } from 'kysely';
import type { Database } from '../database.ts';
import { gathered } from '../engine/gathered.ts';
import { numbersIn } from '../engine/json-rows.ts';
import { PAID_BY_P } from '../kept-money.ts';
import { DAY_COLUMNS, PLAN_COLUMNS, ROLLUP_COLUMNS } from './columns.ts';

/** Numbers of records, both ends included. */
export type IdRange = { readonly from: number; readonly to: number };

/** Jobs in a span, or these ones as a list in JSON. */
export type Given = { readonly account: number } & (
  | (IdRange & { readonly jobs?: undefined })
  | { readonly jobs: string; readonly from?: undefined; readonly to?: undefined }
);

export function among(db: Database, column: string, { from, to, jobs: listed }: Given): RawBuilder<boolean> {
  const id = sql.ref(column);
  return listed === undefined ? sql`${id} between ${from} and ${to}` : sql`${id} in (${numbersIn(db, listed)})`;
}

const jobs = (db: Database, given: Given) =>
  db
    .selectFrom('jobs as j')
    .innerJoin('accounts', 'accounts.account_id', 'j.account_id')
    .select(['j.id', 'j.name', 'j.status', 'j.customer_id', 'j.is_sample', 'j.created_at'])
    .select(['j.completed_on', 'j.cancelled_on', 'j.billing_done_on', 'accounts.closed_through'])
    .where('j.account_id', '=', given.account)
    .where(among(db, 'j.id', given))
    .orderBy('j.id');

const jobQuotes = (db: Database, given: Given) =>
  db
    .selectFrom('quotes')
    .select(['job_id', 'id', 'is_sample', 'kind', 'status', 'title', 'subtotal', 'contract_id', 'accepted_in'])
    .where('account_id', '=', given.account)
    .where(among(db, 'job_id', given))
    .orderBy('job_id')
    .orderBy('id');

const jobInvoices = (db: Database, given: Given) =>
  db
    .selectFrom('invoices')
    .select(['job_id', 'id', 'is_sample', 'number', 'status', 'issued_on', 'subtotal', 'tax'])
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
    .select(['q.job_id as contract_job_id', 'i.id', 'i.is_sample', 'i.status', 'i.issued_on', 'i.subtotal'])
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
    .select(['i.job_id', 'p.is_sample'])
    .select(PAID_BY_P.as('amount'))
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
    .select(['job_id', 'id', 'is_sample', 'description', 'amount', 'reclaimable_tax', 'category'])
    .select(['spent_on', 'covers_line_id', 'vendor'])
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

/** Who is on each job. */
export const peopleOn = (db: Database, given: Given) =>
  db
    .selectFrom('job_assignees')
    .select(['job_id', 'name', 'role'])
    .where('account_id', '=', given.account)
    .where(among(db, 'job_id', given))
    .orderBy('job_id')
    .orderBy('position');

/** What a profit summary is computed from, each of these records in the order in which they were made. */
export function ledgerOf(db: Database, given: Given) {
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

/** Rows of a job's records, in the order in which they were made. */
export const ledger = gathered(ledgerOf);

/** The same with who is on each job and what is stored of what is derived of it. */
export const wholeJobs = gathered((db, given: Given) => ({
  ...ledgerOf(db, given),
  people: peopleOn(db, given),
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
