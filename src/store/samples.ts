// Sample records: which there are, and which of them real records stand on.
import { sql } from 'kysely';
import type { ReadScope, WriteScope } from './scope.ts';

/** Sample records in the order in which they can be taken out, and those that must stay. */
export type Samples = {
  readonly payments: readonly number[];
  readonly invoices: readonly number[];
  readonly expenses: readonly number[];
  readonly notes: readonly number[];
  readonly quotes: readonly number[];
  readonly jobs: readonly number[];
  readonly customers: readonly number[];
  readonly held: {
    readonly invoices: readonly number[];
    readonly quotes: readonly number[];
    readonly jobs: readonly number[];
    readonly customers: readonly number[];
  };
};

export async function findSamples(scope: ReadScope): Promise<Samples> {
  const { db, account } = scope;
  const sampleQuotes = await db
    .selectFrom('quotes')
    .select(['id', 'job_id', 'customer_id'])
    .where('account_id', '=', account.id)
    .where('is_sample', '=', 1)
    .orderBy('id')
    .execute();
  const sampleJobs = await db
    .selectFrom('jobs')
    .select(['id', 'customer_id'])
    .where('account_id', '=', account.id)
    .where('is_sample', '=', 1)
    .orderBy('id')
    .execute();
  const invoices = split(
    await db
      .selectFrom('invoices')
      .select(['id', 'job_id', 'customer_id'])
      .where('account_id', '=', account.id)
      .where('is_sample', '=', 1)
      // Credit notes go before what they credit.
      .orderBy('id')
      .execute(),
    new Set([
      ...(await standsOn(scope, 'payments', 'invoice_id')),
      ...(await standsOn(scope, 'invoices', 'credits_id')),
    ]),
  );
  const quotes = split(sampleQuotes, await quotesStoodOn(scope));
  const jobs = split(
    sampleJobs,
    new Set([
      ...(await standsOn(scope, 'quotes', 'job_id')),
      ...(await standsOn(scope, 'invoices', 'job_id')),
      ...(await standsOn(scope, 'expenses', 'job_id')),
      ...(await standsOn(scope, 'job_notes', 'job_id')),
      ...[...quotes.held, ...invoices.held].map((paper) => paper.job_id),
    ]),
  );
  const customers = split(
    (await sampleIds(scope, 'customers')).map((id) => ({ id })),
    new Set([
      ...(await standsOn(scope, 'jobs', 'customer_id')),
      ...(await standsOn(scope, 'quotes', 'customer_id')),
      ...(await standsOn(scope, 'invoices', 'customer_id')),
      ...[...quotes.held, ...invoices.held, ...jobs.held].map((record) => record.customer_id),
    ]),
  );
  const ids = (records: readonly { id: number }[]) => records.map((record) => record.id);
  return {
    payments: await sampleIds(scope, 'payments'),
    invoices: invoices.gone.map(({ id }) => id),
    expenses: await sampleIds(scope, 'expenses'),
    notes: await sampleIds(scope, 'job_notes'),
    quotes: ids(quotes.gone),
    jobs: ids(jobs.gone),
    customers: ids(customers.gone),
    held: {
      invoices: ids(invoices.held),
      quotes: ids(quotes.held),
      jobs: ids(jobs.held),
      customers: ids(customers.held),
    },
  };
}

function split<R extends { id: number }>(
  records: readonly R[],
  stoodOn: ReadonlySet<number | null>,
): { gone: R[]; held: R[] } {
  return { gone: records.filter(({ id }) => !stoodOn.has(id)), held: records.filter(({ id }) => stoodOn.has(id)) };
}

async function sampleIds(
  { db, account }: ReadScope,
  table: 'payments' | 'invoices' | 'expenses' | 'job_notes' | 'customers',
): Promise<number[]> {
  const rows = await db
    .selectFrom(table)
    .select('id')
    .where('account_id', '=', account.id)
    .where('is_sample', '=', 1)
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Values of a column over real rows: the sample records (their ids are negative) that they stand on. */
async function standsOn(
  { db, account }: ReadScope,
  table: 'payments' | 'invoices' | 'expenses' | 'job_notes' | 'quotes' | 'jobs',
  column: string,
): Promise<Set<number>> {
  const { rows } = await sql<{ value: number }>`
    select distinct ${sql.ref(column)} as value from ${sql.table(table)}
    where account_id = ${account.id} and is_sample = 0 and ${sql.ref(column)} < 0`.execute(db);
  return new Set(rows.map((row) => row.value));
}

/** Sample quotes that a real quote revises, or whose lines a real expense covers or a real change order changes. */
async function quotesStoodOn(scope: ReadScope): Promise<Set<number>> {
  const { db, account } = scope;
  const { rows } = await sql<{ quote_id: number }>`
    select l.quote_id from quote_lines l join quotes q on q.account_id = l.account_id and q.id = l.quote_id
    where l.account_id = ${account.id} and q.is_sample = 1 and (
      exists (select 1 from expenses e where e.account_id = l.account_id and e.covers_line_id = l.line_id and e.is_sample = 0)
      or exists (select 1 from quote_lines c join quotes r on r.account_id = c.account_id and r.id = c.quote_id
        where c.account_id = l.account_id and c.changes_line_id = l.line_id and r.is_sample = 0))`.execute(db);
  return new Set([...rows.map((row) => row.quote_id), ...(await standsOn(scope, 'quotes', 'revises_id'))]);
}

/** Takes the samples out, and the mark off those that stay. */
export async function takeOutSamples(scope: WriteScope, samples: Samples): Promise<void> {
  const { journal } = scope;
  for (const id of samples.payments) await journal.remove('payments', { id });
  for (const id of samples.invoices) {
    for (const position of await positions(scope, 'invoice_lines', id)) {
      await journal.remove('invoice_lines', { invoice_id: id, position });
    }
    for (const rate of await ratesOf(scope, id))
      await journal.remove('invoice_taxes', { invoice_id: id, tax_rate: rate });
    await journal.remove('invoices', { id });
  }
  for (const id of samples.expenses) await journal.remove('expenses', { id });
  for (const id of samples.notes) await journal.remove('job_notes', { id });
  for (const id of samples.quotes) await removeQuote(scope, id);
  for (const id of samples.jobs) {
    for (const position of await positions(scope, 'job_assignees', id))
      await journal.remove('job_assignees', { job_id: id, position });
    await journal.remove('jobs', { id });
  }
  for (const id of samples.customers) await journal.remove('customers', { id });
  for (const table of ['invoices', 'quotes', 'jobs', 'customers'] as const) {
    for (const id of samples.held[table]) await journal.update(table, { id }, { is_sample: 0 });
  }
}

async function removeQuote(scope: WriteScope, id: number): Promise<void> {
  const { db, account, journal } = scope;
  const lines = await db
    .selectFrom('quote_lines')
    .leftJoin('done_lines', (join) =>
      join
        .onRef('done_lines.account_id', '=', 'quote_lines.account_id')
        .onRef('done_lines.line_id', '=', 'quote_lines.line_id'),
    )
    .select(['quote_lines.position', 'done_lines.line_id as done_line_id'])
    .where('quote_lines.account_id', '=', account.id)
    .where('quote_lines.quote_id', '=', id)
    .execute();
  for (const line of lines) {
    if (line.done_line_id !== null) await journal.remove('done_lines', { line_id: line.done_line_id });
    await journal.remove('quote_lines', { quote_id: id, position: line.position });
  }
  await journal.remove('quotes', { id });
}

async function ratesOf({ db, account }: ReadScope, invoiceId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('invoice_taxes')
    .select('tax_rate')
    .where('account_id', '=', account.id)
    .where('invoice_id', '=', invoiceId)
    .execute();
  return rows.map((row) => row.tax_rate);
}

async function positions(
  { db, account }: ReadScope,
  table: 'invoice_lines' | 'job_assignees',
  id: number,
): Promise<number[]> {
  const rows =
    table === 'invoice_lines'
      ? await db
          .selectFrom(table)
          .select('position')
          .where('account_id', '=', account.id)
          .where('invoice_id', '=', id)
          .execute()
      : await db
          .selectFrom(table)
          .select('position')
          .where('account_id', '=', account.id)
          .where('job_id', '=', id)
          .execute();
  return rows.map((row) => row.position);
}
