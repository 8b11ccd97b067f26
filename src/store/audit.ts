// Checks the books against themselves: every stored figure recomputed, every invariant looked at. Read-only.
import { sql } from 'kysely';
import { paperTotals } from '../domain/paper.ts';
import { price, quantity, taxRate } from '../domain/money.ts';
import { refOf } from '../domain/reference.ts';
import { nameKey, wordsOf } from '../domain/words.ts';
import type { AccountTotalsRow, Database, JobFiguresRow } from './database.ts';
import { FIGURES_COLUMNS, reckonRow, totalsOf } from './figures.ts';
import type { ReadScope } from './scope.ts';
import { LEDGER } from './write.ts';

/** What was looked at, and what is wrong in words; an empty `faults` is a clean book. */
export type Audit = { readonly looked: Readonly<Record<string, number>>; readonly faults: readonly string[] };

export async function auditBooks({ db, account }: ReadScope): Promise<Audit> {
  const faults: string[] = [];
  const jobs = await auditJobs(db, account.id, faults);
  const papers = await auditPapers(db, account.id, faults);
  const invoices = await auditNumbers(db, account.id, faults);
  const changes = await auditChanges(db, account.id, faults);
  const names = await auditWords(db, account.id, faults);
  return { looked: { jobs, papers, 'issued invoices': invoices, changes, 'indexed names': names }, faults };
}

async function auditJobs(db: Database, accountId: number, faults: string[]): Promise<number> {
  const jobs = await db.selectFrom('jobs').select('id').where('account_id', '=', accountId).orderBy('id').execute();
  const kept = await db.selectFrom('job_figures').select(FIGURES_COLUMNS).where('account_id', '=', accountId).execute();
  const rows = new Map(kept.map((row) => [row.job_id, row]));
  const sums = new Map<string, AccountTotalsRow>();
  for (const { id } of jobs) {
    const reckoned = await reckonRow(db, accountId, id);
    if (reckoned === null) continue;
    if (JSON.stringify(rows.get(id)) !== JSON.stringify(reckoned)) {
      faults.push(
        `${refOf('job', id)}: the stored strip is not what its records come to (${difference(rows.get(id), reckoned)})`,
      );
    }
    rows.delete(id);
    addUp(sums, totalsOf(reckoned, 1));
  }
  for (const id of rows.keys()) faults.push(`${refOf('job', id)}: a strip without a job`);
  const totals = await db
    .selectFrom('account_totals')
    .select([
      'account_id',
      'is_sample',
      'status',
      'billing',
      'cost_basis',
      'jobs',
      'billed',
      'cost_of_work',
      'expenses',
      'not_billed_yet',
      'tax_billed',
    ])
    .where('account_id', '=', accountId)
    .execute();
  const stored = new Map(totals.filter((row) => row.jobs !== 0 || row.billed !== 0).map((row) => [sliceKey(row), row]));
  for (const key of new Set([...sums.keys(), ...stored.keys()])) {
    if (JSON.stringify(sums.get(key)) !== JSON.stringify(stored.get(key))) {
      faults.push(`the account's totals for ${key} are not the sum of its jobs`);
    }
  }
  return jobs.length;
}

function difference(stored: JobFiguresRow | undefined, reckoned: JobFiguresRow): string {
  if (stored === undefined) return 'nothing is stored';
  const columns = FIGURES_COLUMNS.filter((column) => stored[column] !== reckoned[column]);
  return columns
    .map((column) => `${column} ${String(stored[column])}, should be ${String(reckoned[column])}`)
    .join('; ');
}

function addUp(sums: Map<string, AccountTotalsRow>, row: AccountTotalsRow): void {
  const sofar = sums.get(sliceKey(row));
  if (sofar === undefined) {
    sums.set(sliceKey(row), row);
    return;
  }
  for (const column of ['jobs', 'billed', 'cost_of_work', 'expenses', 'not_billed_yet', 'tax_billed'] as const)
    sofar[column] += row[column];
}

function sliceKey(row: AccountTotalsRow): string {
  return `${row.is_sample === 1 ? 'sample' : 'real'} ${row.status} ${row.billing} ${row.cost_basis}`;
}

/** Subtotal, tax and total of every paper are what its lines come to. */
async function auditPapers(db: Database, accountId: number, faults: string[]): Promise<number> {
  let looked = 0;
  for (const [papers, lines, column] of [
    ['quotes', 'quote_lines', 'quote_id'],
    ['invoices', 'invoice_lines', 'invoice_id'],
  ] as const) {
    const rows = await db
      .selectFrom(papers)
      .select(['id', 'subtotal', 'tax', 'total'])
      .where('account_id', '=', accountId)
      .execute();
    const { rows: all } = await sql<{ paper: number; quantity: number; unit_price: number | null; tax_rate: number }>`
      select ${sql.ref(column)} as paper, quantity, unit_price, tax_rate from ${sql.table(lines)} where account_id = ${accountId}`.execute(
      db,
    );
    const linesOf = Map.groupBy(all, (line) => line.paper);
    for (const row of rows) {
      looked += 1;
      const totals = paperTotals(
        (linesOf.get(row.id) ?? []).map((line) => ({
          description: '',
          unit: null,
          quantity: quantity(line.quantity),
          unitPrice: line.unit_price === null ? null : price(line.unit_price),
          taxRate: taxRate(line.tax_rate),
        })),
      );
      if (totals.subtotal !== row.subtotal || totals.tax !== row.tax || totals.total !== row.total) {
        faults.push(`${papers} ${row.id}: subtotal, tax or total is not what its lines come to`);
      }
    }
  }
  return looked;
}

/** Issued and void invoices carry every number from the first to the last. */
async function auditNumbers(db: Database, accountId: number, faults: string[]): Promise<number> {
  const rows = await db
    .selectFrom('invoices')
    .select(['id', 'number', 'status'])
    .where('account_id', '=', accountId)
    .where((eb) => eb.or([eb('number', '>', 0), eb('id', '>', 0)]))
    .orderBy('number')
    .execute();
  const numbers = rows.flatMap((row) => (row.number === null ? [] : [row.number]));
  for (const [index, number] of numbers.entries()) {
    const before = numbers[index - 1];
    if (before !== undefined && number !== before + 1)
      faults.push(`invoice numbers have a gap between ${before} and ${number}`);
  }
  for (const row of rows) {
    if ((row.number === null) !== (row.status === 'draft'))
      faults.push(`invoice ${row.id} is ${row.status} but its number says otherwise`);
  }
  return numbers.length;
}

/** Changes count up without gaps to the account's own number, and the newest image of each row is the row. */
async function auditChanges(db: Database, accountId: number, faults: string[]): Promise<number> {
  const account = await db
    .selectFrom('accounts')
    .select('change_number')
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow();
  const { rows: counted } = await sql<{ changes: number; last: number | null }>`
    select count(*) as changes, max(change_number) as last from changes where account_id = ${accountId}`.execute(db);
  const { changes = 0, last = null } = counted[0] ?? {};
  if (changes !== account.change_number || (last ?? 0) !== account.change_number) {
    faults.push(
      `the change journal holds ${changes} changes up to number ${last ?? 0}; the account counts ${account.change_number}`,
    );
  }
  for (const [table, { columns, key }] of Object.entries(LEDGER)) {
    if (table === 'accounts') continue;
    const { rows } = await sql<Record<string, unknown>>`
      select ${sql.join(columns.map((column) => sql.ref(column)))} from ${sql.table(table)} where account_id = ${accountId}`.execute(
      db,
    );
    const { rows: images } = await sql<{ row_key: string; after: string | null }>`
      select row_key, after from change_images where account_id = ${accountId} and table_name = ${table}
      order by change_number, position`.execute(db);
    const newest = new Map(images.map((image) => [image.row_key, image.after]));
    const keyOf = (row: Record<string, unknown>) =>
      JSON.stringify(Object.fromEntries(key.map((column) => [column, row[column]])));
    const present = new Set(rows.map(keyOf));
    for (const row of rows) {
      if (newest.get(keyOf(row)) !== JSON.stringify(row))
        faults.push(`${table} ${keyOf(row)} is not as the change journal last saw it`);
    }
    for (const [rowKey, after] of newest) {
      if (after !== null && !present.has(rowKey))
        faults.push(`${table} ${rowKey} is gone without an entry in the change journal`);
    }
  }
  return changes;
}

/** Every customer and job can be found by each word of its name. */
async function auditWords(db: Database, accountId: number, faults: string[]): Promise<number> {
  let looked = 0;
  for (const [table, kind] of [
    ['customers', 'customer'],
    ['jobs', 'job'],
  ] as const) {
    const rows = await db.selectFrom(table).select(['id', 'name']).where('account_id', '=', accountId).execute();
    const indexed = await db
      .selectFrom('words')
      .select(['record_id', 'word'])
      .where('account_id', '=', accountId)
      .where('kind', '=', kind)
      .execute();
    const wordsById = Map.groupBy(indexed, (row) => row.record_id);
    for (const row of rows) {
      looked += 1;
      const known = new Set((wordsById.get(row.id) ?? []).map((entry) => entry.word));
      const missing = [...wordsOf(row.name), `=${nameKey(row.name)}`].filter(
        (word) => !known.has(word) && word !== '=',
      );
      if (missing.length > 0) faults.push(`${refOf(kind, row.id)} cannot be found by ${missing.join(', ')}`);
    }
  }
  return looked;
}
