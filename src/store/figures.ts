// Derived money: each job's strip, and the account's totals over all jobs. Kept in rows so that lists and totals
// never grow with the book; always recomputed by the domain in the scope that changed what they depend on.
import { sql } from 'kysely';
import { cost } from '../domain/cost.ts';
import { BILLINGS, JOB_STATUSES, type Billing, type JobStatus } from '../domain/job.ts';
import { amount, price, sum } from '../domain/money.ts';
import { balanceOf, paidBy } from '../domain/payment.ts';
import type { PlanRow } from '../domain/plan-and-actual.ts';
import { datedRecords, daySums } from '../domain/period.ts';
import { COST_BASES, reckon, type Strip, type TotalPart, type Warning } from '../domain/profit.ts';
import type {
  AccountTotalsRow,
  Database,
  InvoiceFiguresRow,
  InvoiceRow,
  JobDayRow,
  JobFiguresRow,
  PaymentRow,
} from './database.ts';
import { factRows, factsOf, oneOf, type FactRows } from './facts.ts';
import { prepared } from './prepared.ts';
import { totalFrom } from './totals.ts';
import type { Touched } from './write.ts';

/** Recomputes the strips of every job that these writes bear on, and moves the totals along. */
export async function refreshFigures(db: Database, accountId: number, touched: readonly Touched[]): Promise<void> {
  for (const id of invoicesTouched(touched)) await refreshInvoice(db, accountId, id);
  for (const jobId of await jobsTouched(db, accountId, touched)) await refreshJob(db, accountId, jobId);
}

function invoicesTouched(touched: readonly Touched[]): Set<number> {
  const invoices = new Set<number>();
  for (const { table, before, after } of touched) {
    for (const image of [before, after]) {
      if (table === 'invoices') collect(invoices, image?.['id']);
      if (table === 'invoices') collect(invoices, image?.['credits_id']);
      if (table === 'payments') collect(invoices, image?.['invoice_id']);
    }
  }
  return invoices;
}

async function refreshInvoice(db: Database, accountId: number, id: number): Promise<void> {
  const figures = await reckonInvoice(db, accountId, id);
  if (figures === null) {
    await db.deleteFrom('invoice_figures').where('account_id', '=', accountId).where('invoice_id', '=', id).execute();
    return;
  }
  const { account_id: _, invoice_id: __, ...values } = figures;
  await db
    .insertInto('invoice_figures')
    .values(figures)
    .onConflict((conflict) => conflict.columns(['account_id', 'invoice_id']).doUpdateSet(values))
    .execute();
}

/** What an issued invoice has open, from its credit notes and payments; null on what nobody has to pay. */
export async function reckonInvoice(db: Database, accountId: number, id: number): Promise<InvoiceFiguresRow | null> {
  const invoice = await db
    .selectFrom('invoices')
    .select(['is_sample', 'customer_id', 'total', 'due_on'])
    .where('account_id', '=', accountId)
    .where('id', '=', id)
    .where('status', '=', 'issued')
    .where('credits_id', 'is', null)
    .executeTakeFirst();
  if (invoice === undefined) return null;
  const notes = await db
    .selectFrom('invoices')
    .select('total')
    .where('account_id', '=', accountId)
    .where('credits_id', '=', id)
    .where('status', '=', 'issued')
    .execute();
  const payments = await db
    .selectFrom('payments')
    .select(['amount', 'is_refund', 'void_reason'])
    .where('account_id', '=', accountId)
    .where('invoice_id', '=', id)
    .execute();
  return openOf({ account_id: accountId, id, ...invoice }, notes, payments);
}

type OpenInvoice = Pick<InvoiceRow, 'account_id' | 'id' | 'is_sample' | 'customer_id' | 'total' | 'due_on'>;

/** What an issued invoice has open. @throws RangeError where an amount is none */
export function openOf(
  invoice: OpenInvoice,
  notes: readonly Pick<InvoiceRow, 'total'>[],
  payments: readonly Pick<PaymentRow, 'amount' | 'is_refund' | 'void_reason'>[],
): InvoiceFiguresRow {
  const credited = price(-sum(notes.map((note) => price(note.total))));
  const paid = paidBy(
    payments.map((payment) => ({
      amount: price(payment.amount),
      isRefund: payment.is_refund === 1,
      voidReason: payment.void_reason,
    })),
  );
  return {
    account_id: invoice.account_id,
    invoice_id: invoice.id,
    is_sample: invoice.is_sample,
    customer_id: invoice.customer_id,
    paid,
    credited,
    balance: balanceOf({ total: price(invoice.total), credited, paid }),
    due_on: invoice.due_on,
  };
}

async function jobsTouched(db: Database, accountId: number, touched: readonly Touched[]): Promise<Set<number>> {
  const jobs = new Set<number>();
  const quotes = new Set<number>();
  const lines = new Set<number>();
  for (const { table, before, after } of touched) {
    for (const image of [before, after]) {
      if (image === null) continue;
      if (table === 'jobs') collect(jobs, image['id']);
      if (table === 'quotes' || table === 'invoices' || table === 'expenses') collect(jobs, image['job_id']);
      if (table === 'quote_lines') collect(quotes, image['quote_id']);
      if (table === 'done_lines') collect(lines, image['line_id']);
    }
  }
  if (lines.size > 0) {
    const rows = await db
      .selectFrom('quote_lines')
      .select('quote_id')
      .where('account_id', '=', accountId)
      .where('line_id', 'in', [...lines])
      .execute();
    for (const row of rows) quotes.add(row.quote_id);
  }
  if (quotes.size > 0) {
    const rows = await db
      .selectFrom('quotes')
      .select('job_id')
      .where('account_id', '=', accountId)
      .where('id', 'in', [...quotes])
      .execute();
    for (const row of rows) collect(jobs, row.job_id);
  }
  return jobs;
}

function collect(into: Set<number>, value: string | number | null | undefined): void {
  if (typeof value === 'number') into.add(value);
}

async function refreshJob(db: Database, accountId: number, jobId: number): Promise<void> {
  const [before = null] = await figuresRow(db, { account: accountId, job: jobId });
  const reckoned = await reckonRows(db, accountId, jobId);
  await replaceDays(db, accountId, jobId, reckoned?.days ?? []);
  const after = reckoned?.figures ?? null;
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  if (after === null) {
    await db.deleteFrom('job_figures').where('account_id', '=', accountId).where('job_id', '=', jobId).execute();
  } else {
    await keepFigures(db, after);
  }
  if (before !== null) await addToTotals(db, totalsOf(before, -1));
  if (after !== null) await addToTotals(db, totalsOf(after, 1));
}

const keepFigures = prepared((db, row: JobFiguresRow) => {
  const { account_id: _, job_id: __, ...figures } = row;
  return db
    .insertInto('job_figures')
    .values(row)
    .onConflict((conflict) => conflict.columns(['account_id', 'job_id']).doUpdateSet(figures));
});

/** Writes the days that are others now, and takes out those that are no more. */
async function replaceDays(db: Database, accountId: number, jobId: number, days: readonly JobDayRow[]): Promise<void> {
  const keyOf = ({ day, category }: Pick<JobDayRow, 'day' | 'category'>) => `${day} ${category}`;
  const before = await daysOf(db, { account: accountId, job: jobId });
  const kept = new Map(before.map((row) => [keyOf(row), JSON.stringify(row)]));
  for (const row of days) if (kept.get(keyOf(row)) !== JSON.stringify(row)) await keepDay(db, row);
  const wanted = new Set(days.map(keyOf));
  for (const row of before)
    if (!wanted.has(keyOf(row)))
      await db
        .deleteFrom('job_days')
        .where('account_id', '=', accountId)
        .where('day', '=', row.day)
        .where('job_id', '=', jobId)
        .where('category', '=', row.category)
        .execute();
}

const keepDay = prepared((db, row: JobDayRow) => {
  const { account_id: _, day: __, job_id: ___, category: ____, ...sums } = row;
  return db
    .insertInto('job_days')
    .values(row)
    .onConflict((conflict) => conflict.columns(['account_id', 'day', 'job_id', 'category']).doUpdateSet(sums));
});

const daysOf = prepared((db, { account, job }: { account: number; job: number }) =>
  db
    .selectFrom('job_days')
    .select(DAY_COLUMNS)
    .where('account_id', '=', account)
    .where('job_id', '=', job)
    .orderBy('day')
    .orderBy('category'),
);

export const DAY_COLUMNS = [
  ...(['account_id', 'day', 'job_id', 'category', 'is_sample', 'customer_id', 'status'] as const),
  ...(['billed', 'cost_of_work', 'expenses'] as const),
] as const satisfies readonly (keyof JobDayRow)[];

export type JobRows = { readonly figures: JobFiguresRow; readonly days: readonly JobDayRow[] };

/** What the rows of a job must be, reckoned afresh from the ledger; null where the job is gone. */
async function reckonRows(db: Database, accountId: number, jobId: number): Promise<JobRows | null> {
  const [rows] = await factRows(db, accountId, { from: jobId, to: jobId });
  return rows === undefined ? null : rowsFrom(accountId, rows);
}

/** What the rows of a job must be. @throws Error where the ledger holds what no version of the books wrote */
export function rowsFrom(accountId: number, rows: FactRows): JobRows {
  const { job } = rows;
  const facts = factsOf(rows);
  const reckoning = reckon(facts);
  const { strip, plan } = reckoning;
  const sums = daySums(datedRecords(facts, reckoning));
  const days = sums.map(({ day, category, billed, costOfWork, expenses }) => ({
    account_id: accountId,
    day: day ?? '',
    job_id: job.id,
    category: category ?? '',
    is_sample: job.is_sample,
    customer_id: job.customer_id,
    status: facts.status,
    billed,
    cost_of_work: costOfWork,
    expenses,
  }));
  const figures: JobFiguresRow = {
    account_id: accountId,
    job_id: job.id,
    is_sample: job.is_sample,
    customer_id: job.customer_id,
    status: facts.status,
    billing: strip.billing,
    cost_basis: strip.costBasis,
    billed: strip.billed,
    cost_of_work: strip.costOfWork,
    expenses: strip.expenses,
    profit: strip.profit,
    margin_tenths: strip.marginTenths,
    not_billed_yet: strip.notBilledYet,
    tax_billed: strip.taxBilled,
    cost_not_yet_billed: sum(sums.filter(({ day }) => day === null).map(({ costOfWork }) => costOfWork)),
    warnings: JSON.stringify(strip.warnings),
    plan: JSON.stringify(plan),
  };
  return { figures, days };
}

const figuresRow = prepared((db, { account, job }: { account: number; job: number }) =>
  db.selectFrom('job_figures').select(FIGURES_COLUMNS).where('account_id', '=', account).where('job_id', '=', job),
);

export const FIGURES_COLUMNS = [
  'account_id',
  'job_id',
  'is_sample',
  'customer_id',
  'status',
  'billing',
  'cost_basis',
  'billed',
  'cost_of_work',
  'expenses',
  'profit',
  'margin_tenths',
  'not_billed_yet',
  'tax_billed',
  'cost_not_yet_billed',
  'warnings',
  'plan',
] as const satisfies readonly (keyof JobFiguresRow)[];

export const TOTALS_KEY = ['account_id', 'is_sample', 'status', 'billing', 'cost_basis'] as const;

export const SUMMED = [
  ...(['jobs', 'billed', 'cost_of_work', 'expenses', 'not_billed_yet', 'tax_billed'] as const),
  'cost_not_yet_billed',
] as const;

export function totalsOf(row: JobFiguresRow, sign: 1 | -1): AccountTotalsRow {
  return {
    account_id: row.account_id,
    is_sample: row.is_sample,
    status: row.status,
    billing: row.billing,
    cost_basis: row.cost_basis,
    jobs: sign,
    billed: sign * row.billed,
    cost_of_work: sign * row.cost_of_work,
    expenses: sign * row.expenses,
    not_billed_yet: sign * row.not_billed_yet,
    tax_billed: sign * row.tax_billed,
    cost_not_yet_billed: sign * row.cost_not_yet_billed,
  };
}

// What is bound as a number counts as a fraction, with which a sum would no longer be exact: so it is cast first.
const addToTotals = prepared((db, row: AccountTotalsRow) =>
  db
    .insertInto('account_totals')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(TOTALS_KEY)
        .doUpdateSet(
          Object.fromEntries(
            SUMMED.map((column) => [
              column,
              sql`${sql.ref(`account_totals.${column}`)} + cast(${row[column]} as bigint)`,
            ]),
          ),
        ),
    ),
);

/** A stored strip as the domain knows it. */
export function stripOf(
  row: Omit<JobFiguresRow, 'account_id' | 'job_id' | 'is_sample' | 'customer_id' | 'cost_not_yet_billed' | 'plan'>,
): Strip {
  return {
    billed: price(row.billed),
    costOfWork: cost(row.cost_of_work),
    expenses: cost(row.expenses),
    notBilledYet: price(row.not_billed_yet),
    taxBilled: price(row.tax_billed),
    costBasis: oneOf(COST_BASES, row.cost_basis),
    profit: amount<'profit'>(row.profit),
    marginTenths: row.margin_tenths,
    billing: oneOf(BILLINGS, row.billing),
    // Written by this module alone, from the domain's own warnings.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    warnings: JSON.parse(row.warnings) as Warning[],
  };
}

/** A stored plan as the domain knows it. */
export function planOf(row: Pick<JobFiguresRow, 'plan'>): PlanRow[] {
  // As with the warnings.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return JSON.parse(row.plan) as PlanRow[];
}

export type Slice = {
  readonly status: JobStatus;
  readonly billing: Billing;
  readonly isSample: boolean;
  readonly jobs: number;
  readonly sums: TotalPart;
};

/** What is summed in a slice. */
export const SLICE_SUMS = ['billed', 'cost_of_work', 'expenses', 'not_billed_yet', 'tax_billed'] as const;

type SliceRow = Pick<AccountTotalsRow, 'is_sample' | 'status' | 'billing' | 'cost_basis' | 'jobs'> &
  Readonly<Record<(typeof SLICE_SUMS)[number], string>>;

/** One slice of totals as the domain knows it. */
export function sliceOf(row: SliceRow): Slice {
  return {
    status: oneOf(JOB_STATUSES, row.status),
    billing: oneOf(BILLINGS, row.billing),
    isSample: row.is_sample === 1,
    jobs: row.jobs,
    sums: {
      billed: totalFrom<'price'>(row.billed),
      costOfWork: totalFrom<'cost'>(row.cost_of_work),
      expenses: totalFrom<'cost'>(row.expenses),
      notBilledYet: totalFrom<'price'>(row.not_billed_yet),
      taxBilled: totalFrom<'price'>(row.tax_billed),
      costBasis: oneOf(COST_BASES, row.cost_basis),
    },
  };
}
