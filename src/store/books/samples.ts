// Sample records: which there are, and which of them real records stand on.
import { sql } from 'kysely';
import type { Kind } from '../../kinds/index.ts';
import { TABLES, tableNamed } from '../../kinds/tables.ts';
import { snapshotOf, isLedgerTable, type LedgerTable } from '../journal/ledger.ts';
import { rowsHolding } from '../journal/references.ts';
import type { ReadScope, WriteScope } from '../scope.ts';

/** Sample records in the order in which they can be taken out, and those that must stay. */
export type Samples = {
  readonly payments: readonly number[];
  readonly invoices: readonly number[];
  readonly expenses: readonly number[];
  readonly notes: readonly number[];
  readonly quotes: readonly number[];
  readonly walkAndTalks: readonly number[];
  readonly appointments: readonly number[];
  readonly jobs: readonly number[];
  readonly customers: readonly number[];
  /** Of kinds that nothing here says more of. */
  readonly others: readonly { readonly table: SampledTable; readonly id: number }[];
  readonly held: {
    readonly invoices: readonly number[];
    readonly quotes: readonly number[];
    readonly expenses: readonly number[];
    readonly walkAndTalks: readonly number[];
    readonly jobs: readonly number[];
    readonly customers: readonly number[];
  };
};

export async function findSamples(scope: ReadScope): Promise<Samples> {
  const on = async (table: SampledTable, column: string) => [...(await standsOn(scope, table, column))];
  // Credit notes go before what they credit.
  const invoices = split(
    await filedRows(scope, 'invoices'),
    new Set([...(await on('payments', 'invoice_id')), ...(await on('invoices', 'credits_id'))]),
  );
  const expenses = split(await sampleRows(scope, 'expenses'), new Set(await on('files', 'expense_id')));
  const quotes = split(
    await filedRows(scope, 'quotes'),
    await quotesStoodOn(scope, ids(expenses.held), ids(invoices.held)),
  );
  const walks = split(
    await filedRows(scope, 'walk_and_talks'),
    new Set([...(await on('quotes', 'walk_and_talk_id')), ...(await on('files', 'walk_and_talk_id'))]),
  );
  const held = [...quotes.held, ...invoices.held, ...walks.held];
  const onJobs = held.map((record) => record.job_id);
  for (const table of sampledWith('job_id')) onJobs.push(...(await on(table, 'job_id')));
  const jobs = split(await sampleJobs(scope), new Set(onJobs));
  const onCustomers = [...held, ...jobs.held].map((record) => record.customer_id);
  for (const table of sampledWith('customer_id')) onCustomers.push(...(await on(table, 'customer_id')));
  const customers = split(await sampleRows(scope, 'customers'), new Set(onCustomers));
  return {
    payments: ids(await sampleRows(scope, 'payments')),
    invoices: ids(invoices.gone),
    expenses: ids(expenses.gone),
    notes: ids(await sampleRows(scope, 'job_notes')),
    quotes: ids(quotes.gone),
    walkAndTalks: ids(walks.gone),
    appointments: ids(await filedRows(scope, 'appointments')),
    jobs: ids(jobs.gone),
    customers: ids(customers.gone),
    others: await otherSamples(scope),
    held: {
      invoices: ids(invoices.held),
      quotes: ids(quotes.held),
      expenses: ids(expenses.held),
      walkAndTalks: ids(walks.held),
      jobs: ids(jobs.held),
      customers: ids(customers.held),
    },
  };
}

/** Tables whose rows may be samples, and that have this column. */
function sampledWith(column: string): SampledTable[] {
  return TABLES.flatMap(({ name, columns }) =>
    isLedgerTable(name) && name !== 'accounts' && Object.hasOwn(columns, 'is_sample') && Object.hasOwn(columns, column)
      ? [name]
      : [],
  );
}
type SampledTable = Exclude<LedgerTable, 'accounts'>;

function ids(records: readonly { id: number }[]): number[] {
  return records.map((record) => record.id);
}

function split<R extends { id: number }>(
  records: readonly R[],
  stoodOn: ReadonlySet<number | null>,
): { gone: R[]; held: R[] } {
  return { gone: records.filter(({ id }) => !stoodOn.has(id)), held: records.filter(({ id }) => stoodOn.has(id)) };
}

async function sampleRows(
  { db, account }: ReadScope,
  table: 'payments' | 'expenses' | 'job_notes' | 'customers',
): Promise<{ id: number }[]> {
  return await db
    .selectFrom(table)
    .select('id')
    .where('account_id', '=', account.id)
    .where('is_sample', '=', 1)
    .orderBy('id')
    .execute();
}

async function sampleJobs({ db, account }: ReadScope) {
  return await db
    .selectFrom('jobs')
    .select(['id', 'customer_id'])
    .where('account_id', '=', account.id)
    .where('is_sample', '=', 1)
    .orderBy('id')
    .execute();
}

async function filedRows({ db, account }: ReadScope, table: 'quotes' | 'invoices' | 'appointments' | 'walk_and_talks') {
  return await db
    .selectFrom(table)
    .select(['id', 'job_id', 'customer_id'])
    .where('account_id', '=', account.id)
    .where('is_sample', '=', 1)
    .orderBy('id')
    .execute();
}

/** Values of a column over real rows: the sample records (their ids are negative) that they stand on. */
async function standsOn({ db, account }: ReadScope, table: SampledTable, column: string): Promise<Set<number>> {
  const { rows } = await sql<{ value: number }>`
    select distinct ${sql.ref(column)} as value from ${sql.table(table)}
    where account_id = ${account.id} and is_sample = 0 and ${sql.ref(column)} < 0`.execute(db);
  return new Set(rows.map((row) => row.value));
}

/**
 * Sample quotes that a real quote revises or belongs to, whose lines a real expense covers or a real change order
 * changes, and whose contract a real invoice bills.
 * @param heldExpenses sample expenses that will be real ones
 * @param heldInvoices sample invoices that will be real ones
 */
async function quotesStoodOn(
  scope: ReadScope,
  heldExpenses: readonly number[],
  heldInvoices: readonly number[],
): Promise<Set<number>> {
  const { db, account } = scope;
  const worked = await quotesWorkedOn(scope, heldExpenses);
  const billedBySome = await standsOn(scope, 'invoices', 'contract_id');
  const billed = await db
    .selectFrom('quotes')
    .select('id')
    .where('account_id', '=', account.id)
    .where('is_sample', '=', 1)
    .where((eb) =>
      eb.or([
        eb('contract_id', 'in', [0, ...billedBySome]),
        eb('contract_id', 'in', (parts) =>
          parts
            .selectFrom('contract_parts')
            .select('contract_parts.contract_id')
            .where('contract_parts.account_id', '=', account.id)
            .where((of) =>
              of.or([
                of('contract_parts.invoice_id', '>', 0),
                of('contract_parts.invoice_id', 'in', [0, ...heldInvoices]),
              ]),
            ),
        ),
      ]),
    )
    .execute();
  return new Set([
    ...worked,
    ...ids(billed),
    ...(await standsOn(scope, 'quotes', 'revises_id')),
    ...(await standsOn(scope, 'quotes', 'contract_id')),
  ]);
}

/** Those of which a line is covered by an expense that will be real, or changed by a real change order. */
async function quotesWorkedOn({ db, account }: ReadScope, heldExpenses: readonly number[]): Promise<number[]> {
  const covered = db
    .selectFrom('expenses as e')
    .select('e.id')
    .whereRef('e.account_id', '=', sql.ref('l.account_id'))
    .whereRef('e.covers_line_id', '=', sql.ref('l.line_id'))
    .where((eb) => eb.or([eb('e.is_sample', '=', 0), eb('e.id', 'in', [0, ...heldExpenses])]));
  const changed = db
    .selectFrom('quote_lines as c')
    .innerJoin('quotes as r', (join) =>
      join.onRef('r.account_id', '=', 'c.account_id').onRef('r.id', '=', 'c.quote_id'),
    )
    .select('c.line_id')
    .whereRef('c.account_id', '=', sql.ref('l.account_id'))
    .whereRef('c.changes_line_id', '=', sql.ref('l.line_id'))
    .where('r.is_sample', '=', 0);
  const rows = await db
    .selectFrom('quote_lines as l')
    .innerJoin('quotes as q', (join) =>
      join.onRef('q.account_id', '=', 'l.account_id').onRef('q.id', '=', 'l.quote_id'),
    )
    .select('l.quote_id')
    .where('l.account_id', '=', account.id)
    .where('q.is_sample', '=', 1)
    .where((eb) => eb.or([eb.exists(covered), eb.exists(changed)]))
    .execute();
  return rows.map((row) => row.quote_id);
}

/** The kinds whose samples are taken out in an order of their own, since others stand on them. */
const IN_ORDER: ReadonlySet<Kind> = new Set<Kind>([
  ...(['payment', 'invoice', 'expense', 'quote', 'appointment', 'walk_and_talk', 'job', 'customer'] as const),
]);

async function otherSamples({ db, account }: ReadScope): Promise<{ table: SampledTable; id: number }[]> {
  const found: { table: SampledTable; id: number }[] = [];
  for (const table of sampledWith('id')) {
    const { kind = null, part = null } = tableNamed(table) ?? {};
    if (kind === null || part !== null || IN_ORDER.has(kind)) continue;
    const { rows } = await sql<{ id: number }>`
      select id from ${sql.table(table)} where account_id = ${account.id} and is_sample = 1 order by id`.execute(db);
    found.push(...rows.map(({ id }) => ({ table, id })));
  }
  return found;
}

/** A record with the rows that are parts of it. */
async function removeWhole(scope: WriteScope, { table, id }: Samples['others'][number]): Promise<void> {
  const kind = tableNamed(table)?.kind ?? null;
  for (const { name, key, of, part } of TABLES.filter((each) => kind !== null && each.kind === kind)) {
    if (part === null || of === null || !isLedgerTable(name)) continue;
    for (const row of await rowsHolding(scope, { table: name, column: of }, [id]))
      await scope.journal.remove(name, snapshotOf(key, row));
  }
  await scope.journal.remove(table, { id });
}

/** Takes the samples out, and the mark off those that stay, but for amounts that were made up with them. */
export async function takeOutSamples(scope: WriteScope, samples: Samples): Promise<void> {
  const { journal } = scope;
  for (const each of samples.others) await removeWhole(scope, each);
  for (const id of samples.payments) await journal.remove('payments', { id });
  for (const id of samples.invoices) {
    for (const position of await positions(scope, 'invoice_lines', id)) {
      await journal.remove('invoice_lines', { invoice_id: id, position });
    }
    for (const rate of await ratesOf(scope, id))
      await journal.remove('invoice_taxes', { invoice_id: id, tax_rate: rate });
    for (const row of await rowsHolding(scope, { table: 'contract_parts', column: 'invoice_id' }, [id]))
      await journal.remove('contract_parts', snapshotOf(['invoice_id', 'contract_id', 'reduces', 'tax_rate'], row));
    await journal.remove('invoices', { id });
  }
  for (const id of samples.expenses) await journal.remove('expenses', { id });
  for (const id of samples.notes) await journal.remove('job_notes', { id });
  for (const id of samples.quotes) await removeQuote(scope, id);
  for (const id of samples.appointments) {
    for (const position of await peopleAt(scope, id))
      await journal.remove('appointment_people', { appointment_id: id, position });
    await journal.remove('appointments', { id });
  }
  for (const id of samples.walkAndTalks) {
    for (const { kind, position } of await pointsOf(scope, id))
      await journal.remove('walk_and_talk_points', { walk_and_talk_id: id, kind, position });
    await journal.remove('walk_and_talks', { id });
  }
  for (const id of samples.jobs) {
    for (const position of await positions(scope, 'job_assignees', id))
      await journal.remove('job_assignees', { job_id: id, position });
    await journal.remove('jobs', { id });
  }
  for (const id of samples.customers) await journal.remove('customers', { id });
  for (const table of ['jobs', 'customers'] as const) {
    for (const id of samples.held[table]) await journal.update(table, { id }, { is_sample: 0 });
  }
  for (const id of samples.held.walkAndTalks) await journal.update('walk_and_talks', { id }, { is_sample: 0 });
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

async function peopleAt({ db, account }: ReadScope, appointmentId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('appointment_people')
    .select('position')
    .where('account_id', '=', account.id)
    .where('appointment_id', '=', appointmentId)
    .execute();
  return rows.map((row) => row.position);
}

async function pointsOf({ db, account }: ReadScope, walkAndTalkId: number) {
  return await db
    .selectFrom('walk_and_talk_points')
    .select(['kind', 'position'])
    .where('account_id', '=', account.id)
    .where('walk_and_talk_id', '=', walkAndTalkId)
    .execute();
}
