// Checks the books against themselves: every stored figure recomputed, every invariant looked at. Read-only.
import { sql } from 'kysely';
import { paperTotals } from '../domain/paper.ts';
import { price, quantity, taxRate } from '../domain/money.ts';
import { FIRST_INVOICE_NUMBER } from '../domain/invoice.ts';
import { refOf } from '../domain/reference.ts';
import { nameKey, wordsOf } from '../domain/words.ts';
import { digestOfImage, digestOfRecord, digestOfSummary, hashOf, sortRefs, START, type Ref } from './chain.ts';
import type { AccountTotalsRow, Database, JobDayRow, JobFiguresRow } from './database.ts';
import { DAY_COLUMNS, FIGURES_COLUMNS, reckonInvoice, reckonRows, SUMMED, totalsOf } from './figures.ts';
import { invoicesPassedOver } from './number-jumps.ts';
import type { ReadScope } from './scope.ts';
import { imageOf, LEDGER } from './ledger.ts';

/** What was looked at, and what is wrong in words; an empty `faults` is a clean book. */
export type Audit = { readonly looked: Readonly<Record<string, number>>; readonly faults: readonly string[] };

export async function auditBooks({ db, account }: ReadScope): Promise<Audit> {
  const faults: string[] = [];
  const jobs = await auditJobs(db, account.id, faults);
  const papers = await auditPapers(db, account.id, faults);
  const balances = await auditBalances(db, account.id, faults);
  const invoices = await auditNumbers(db, account.id, faults);
  const changes = await auditChanges(db, account.id, faults);
  const pieces = await auditChain(db, account.id, faults);
  const files = await auditFiles(db, account.id, faults);
  const names = await auditWords(db, account.id, faults);
  return {
    looked: {
      jobs,
      papers,
      balances,
      'issued invoices besides samples': invoices,
      changes,
      'digests of what they changed': pieces,
      files,
      'indexed names': names,
    },
    faults,
  };
}

async function auditJobs(db: Database, accountId: number, faults: string[]): Promise<number> {
  const jobs = await db.selectFrom('jobs').select('id').where('account_id', '=', accountId).orderBy('id').execute();
  const kept = await db.selectFrom('job_figures').select(FIGURES_COLUMNS).where('account_id', '=', accountId).execute();
  const rows = new Map(kept.map((row) => [row.job_id, row]));
  const days = await keptDays(db, accountId);
  const sums = new Map<string, AccountTotalsRow>();
  for (const { id } of jobs) {
    const reckoned = await reckonRows(db, accountId, id).catch((error: unknown) => String(error));
    // A word that no version of the books wrote; which row holds it is found against the journal.
    if (typeof reckoned === 'string') {
      faults.push(`${refOf('job', id)}: its strip cannot be reckoned (${reckoned})`);
      rows.delete(id);
    }
    if (reckoned === null || typeof reckoned === 'string') continue;
    const { figures } = reckoned;
    if (JSON.stringify(rows.get(id)) !== JSON.stringify(figures)) {
      faults.push(
        `${refOf('job', id)}: the stored strip is not what its records come to (${difference(rows.get(id), figures)})`,
      );
    }
    if (JSON.stringify(days.get(id) ?? []) !== JSON.stringify(reckoned.days))
      faults.push(`${refOf('job', id)}: what is stored by day is not what its records come to`);
    rows.delete(id);
    days.delete(id);
    addUp(sums, totalsOf(figures, 1));
  }
  for (const id of rows.keys()) faults.push(`${refOf('job', id)}: a strip without a job`);
  for (const id of days.keys()) faults.push(`${refOf('job', id)}: figures by day without a job`);
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
      'cost_not_yet_billed',
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

/** The stored figures by day of each job, in the order in which they are reckoned. */
async function keptDays(db: Database, accountId: number): Promise<Map<number, JobDayRow[]>> {
  const rows = await db
    .selectFrom('job_days')
    .select(DAY_COLUMNS)
    .where('account_id', '=', accountId)
    .orderBy('day')
    .orderBy('category')
    .execute();
  return Map.groupBy(rows, (row) => row.job_id);
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
  for (const column of SUMMED) sofar[column] += row[column];
}

function sliceKey(row: AccountTotalsRow): string {
  return `${row.is_sample === 1 ? 'sample' : 'real'} ${row.status} ${row.billing} ${row.cost_basis}`;
}

/** Subtotal, tax and total of every paper are what its lines and tax rates come to. */
async function auditPapers(db: Database, accountId: number, faults: string[]): Promise<number> {
  const quotes = await linesOf(db, accountId, 'quotes');
  for (const { id, lines, subtotal, tax, total } of quotes) {
    const totals = paperTotals(lines);
    if (totals.subtotal !== subtotal || totals.tax !== tax || totals.total !== total) {
      faults.push(`${refOf('quote', id)}: subtotal, tax or total is not what its lines come to`);
    }
  }
  const rates = await db
    .selectFrom('invoice_taxes')
    .select(['invoice_id', 'tax_rate', 'base', 'tax'])
    .where('account_id', '=', accountId)
    .orderBy('tax_rate')
    .execute();
  const ratesOf = Map.groupBy(rates, (row) => row.invoice_id);
  const invoices = await linesOf(db, accountId, 'invoices');
  for (const { id, lines, subtotal, tax, total } of invoices) {
    const groups = ratesOf.get(id) ?? [];
    const base = groups.reduce((sofar, group) => sofar + group.base, 0);
    const taxes = groups.reduce((sofar, group) => sofar + group.tax, 0);
    if (paperTotals(lines).subtotal !== subtotal || base !== subtotal || taxes !== tax || subtotal + tax !== total) {
      faults.push(`invoice ${id}: subtotal, tax or total is not what its lines and tax rates come to`);
    }
  }
  return quotes.length + invoices.length;
}

async function linesOf(db: Database, accountId: number, papers: 'quotes' | 'invoices') {
  const rows = await db
    .selectFrom(papers)
    .select(['id', 'subtotal', 'tax', 'total'])
    .where('account_id', '=', accountId)
    .execute();
  const [table, column] = papers === 'quotes' ? ['quote_lines', 'quote_id'] : ['invoice_lines', 'invoice_id'];
  const { rows: lines } = await sql<{ paper: number; quantity: number; unit_price: number | null; tax_rate: number }>`
    select ${sql.ref(column)} as paper, quantity, unit_price, tax_rate from ${sql.table(table)}
    where account_id = ${accountId}`.execute(db);
  const byPaper = Map.groupBy(lines, (line) => line.paper);
  return rows.map((row) => ({
    ...row,
    lines: (byPaper.get(row.id) ?? []).map((line) => ({
      description: '',
      unit: null,
      quantity: quantity(line.quantity),
      unitPrice: line.unit_price === null ? null : price(line.unit_price),
      taxRate: taxRate(line.tax_rate),
    })),
  }));
}

/** What each invoice has open is its total less credits and payments; paid is never below 0 nor above the total. */
async function auditBalances(db: Database, accountId: number, faults: string[]): Promise<number> {
  const invoices = await db
    .selectFrom('invoices')
    .select(['id', 'total'])
    .where('account_id', '=', accountId)
    .execute();
  const stored = await db
    .selectFrom('invoice_figures')
    .select(['account_id', 'invoice_id', 'is_sample', 'customer_id', 'paid', 'credited', 'balance', 'due_on'])
    .where('account_id', '=', accountId)
    .execute();
  const byInvoice = new Map(stored.map((row) => [row.invoice_id, row]));
  for (const { id, total } of invoices) {
    const reckoned = await reckonInvoice(db, accountId, id);
    if (JSON.stringify(byInvoice.get(id) ?? null) !== JSON.stringify(reckoned)) {
      faults.push(`invoice ${id}: the stored balance is not what its payments and credits come to`);
    }
    if (reckoned !== null && (reckoned.paid < 0 || reckoned.paid > total))
      faults.push(`invoice ${id}: more is paid than it came to, or less than nothing`);
    byInvoice.delete(id);
  }
  for (const id of byInvoice.keys()) faults.push(`invoice ${id}: a balance without an invoice`);
  return stored.length;
}

/** Issued and void invoices carry every number from the first to the last, but for those passed over on purpose. */
async function auditNumbers(db: Database, accountId: number, faults: string[]): Promise<number> {
  const rows = await db
    .selectFrom('invoices')
    .select(['id', 'number', 'status'])
    .where('account_id', '=', accountId)
    .where((eb) => eb.or([eb('number', '>', 0), eb('id', '>', 0)]))
    .orderBy('number')
    .execute();
  const numbers = rows.flatMap((row) => (row.number === null ? [] : [row.number]));
  const jumps = await invoicesPassedOver(db, accountId);
  const wanted = jumps.get(FIRST_INVOICE_NUMBER - 1) ?? FIRST_INVOICE_NUMBER;
  const [first = wanted] = numbers;
  if (first !== wanted) faults.push(`invoice numbers begin with ${first}, not ${wanted}`);
  for (const [index, number] of numbers.entries()) {
    const before = numbers[index - 1];
    if (before !== undefined && number !== (jumps.get(before) ?? before + 1))
      faults.push(`invoice numbers have a gap between ${before} and ${number}`);
  }
  for (const row of rows) {
    if ((row.number === null) !== (row.status === 'draft'))
      faults.push(`invoice ${row.id} is ${row.status} but its number says otherwise`);
  }
  return numbers.length;
}

/** Changes count up without gaps from the account's opening (0), and the newest image of each row is the row. */
async function auditChanges(db: Database, accountId: number, faults: string[]): Promise<number> {
  const account = await db
    .selectFrom('accounts')
    .select('change_number')
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow();
  const { rows: counted } = await sql<{ changes: number; last: number | null }>`
    select count(*) as changes, max(change_number) as last from changes where account_id = ${accountId}`.execute(db);
  const { changes = 0, last = null } = counted[0] ?? {};
  if (changes !== account.change_number + 1 || (last ?? 0) !== account.change_number) {
    faults.push(
      `the change journal holds ${changes - 1} changes up to number ${last ?? 0}; the account counts ${account.change_number}`,
    );
  }
  for (const [table, { columns, key }] of Object.entries(LEDGER)) {
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
      if (!isImage(newest.get(keyOf(row)) ?? null, row, columns))
        faults.push(`${table} ${keyOf(row)} is not as the change journal last saw it`);
    }
    for (const [rowKey, after] of newest) {
      if (after !== null && !present.has(rowKey))
        faults.push(`${table} ${rowKey} is gone without an entry in the change journal`);
    }
  }
  return changes;
}

/** An image from before a column was added has it empty. */
function isImage(image: string | null, row: object, columns: readonly string[]): boolean {
  if (image === null) return false;
  const kept: unknown = JSON.parse(image);
  return (
    typeof kept === 'object' &&
    kept !== null &&
    Object.keys(kept).every((column) => columns.includes(column)) &&
    JSON.stringify(imageOf(columns, kept)) === JSON.stringify(row)
  );
}

/** Every change still carries the hash of all before it, and every piece of its contents its digest. */
async function auditChain(db: Database, accountId: number, faults: string[]): Promise<number> {
  const changes = await db
    .selectFrom('changes')
    .select(['account_id', 'change_number', 'at', 'actor', 'client', 'tool', 'undoes', 'digests', 'hash'])
    .where('account_id', '=', accountId)
    .orderBy('change_number')
    .execute();
  let pieces = 0;
  let previous = START;
  for (const change of changes) {
    const { digests, refs } = await contentsOf(db, accountId, change.change_number);
    pieces += digests.length;
    const kept = change.digests.split(' ');
    if (hashOf(previous, change, refs, kept) !== change.hash)
      faults.push(`change ${change.change_number}: the chain of changes is broken here`);
    if (JSON.stringify(kept) !== JSON.stringify(digests))
      faults.push(`change ${change.change_number}: what it recorded was altered or is missing`);
    previous = change.hash;
  }
  return pieces;
}

async function contentsOf(db: Database, accountId: number, changeNumber: number) {
  const summary = await db
    .selectFrom('change_contents')
    .select(['salt', 'summary'])
    .where('account_id', '=', accountId)
    .where('change_number', '=', changeNumber)
    .execute();
  const images = await db
    .selectFrom('change_images')
    .select(['table_name', 'row_key', 'before', 'after', 'salt'])
    .where('account_id', '=', accountId)
    .where('change_number', '=', changeNumber)
    .orderBy('position')
    .execute();
  const records = await db
    .selectFrom('change_refs')
    .innerJoin('change_records', (join) =>
      join
        .onRef('change_records.account_id', '=', 'change_refs.account_id')
        .onRef('change_records.kind', '=', 'change_refs.kind')
        .onRef('change_records.record_id', '=', 'change_refs.record_id')
        .onRef('change_records.change_number', '=', 'change_refs.change_number'),
    )
    .select([
      'change_records.kind',
      'change_records.record_id',
      'change_records.at',
      'change_records.entry',
      'change_records.text',
      'change_records.salt',
    ])
    .where('change_refs.account_id', '=', accountId)
    .where('change_refs.change_number', '=', changeNumber)
    .orderBy('change_records.position')
    .execute();
  const refs = await db
    .selectFrom('change_refs')
    .select(['kind', 'record_id'])
    .where('account_id', '=', accountId)
    .where('change_number', '=', changeNumber)
    .execute();
  return {
    digests: [...summary.map(digestOfSummary), ...images.map(digestOfImage), ...records.map(digestOfRecord)],
    refs: sortRefs(refs.map(({ kind, record_id }): Ref => [kind, record_id])),
  };
}

/** Every file's bytes are registered as needed, at their size, and it is filed where its expense and its job are. */
async function auditFiles(db: Database, accountId: number, faults: string[]): Promise<number> {
  const { rows } = await sql<{ id: number; fault: string | null }>`
    select f.id, case
      when s.hash is null then 'its bytes are not known as needed, and could be swept away'
      when s.size <> f.size then 'its size is not that of its bytes'
      when j.customer_id <> f.customer_id then 'its job is of another customer'
      when e.job_id <> coalesce(f.job_id, 0) then 'its expense is on another job'
    end as fault
    from files f
    left join stored_files s on s.account_id = f.account_id and s.hash = f.hash
    left join jobs j on j.account_id = f.account_id and j.id = f.job_id
    left join expenses e on e.account_id = f.account_id and e.id = f.expense_id
    where f.account_id = ${accountId} order by f.id`.execute(db);
  for (const { id, fault } of rows) if (fault !== null) faults.push(`${refOf('file', id)}: ${fault}`);
  return rows.length;
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
