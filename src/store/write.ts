// Every write to the books goes through the Journal of its scope. It keeps the before- and after-image of each row,
// gives out numbers, and notes which derived rows (job figures, words) must be brought up to date when the scope ends.
import { sql, type RawBuilder } from 'kysely';
import type { Instant } from '../domain/dates.ts';
import type { Kind } from '../domain/reference.ts';
import type { Author } from './scope.ts';
import type { Database, Tables } from './database.ts';
import { refreshFigures } from './figures.ts';
import { refreshWords } from './search/words.ts';

/** The tables that are the books; all others are derived from them or record their changes. */
export type LedgerTable =
  | 'accounts'
  | 'customers'
  | 'jobs'
  | 'job_assignees'
  | 'job_notes'
  | 'quotes'
  | 'quote_lines'
  | 'done_lines'
  | 'invoices'
  | 'invoice_lines'
  | 'invoice_taxes'
  | 'payments'
  | 'expenses';

type Row<T extends LedgerTable> = Omit<Tables[T], 'account_id'>;
type Value = string | number | null;
type Image = Record<string, Value>;

type Shape<T extends LedgerTable> = {
  /** What names a row within its account. */
  readonly key: readonly (keyof Row<T> & string)[];
  readonly columns: readonly (keyof Row<T> & string)[];
};

export const LEDGER: { readonly [T in LedgerTable]: Shape<T> } = {
  accounts: {
    key: [],
    columns: ['name', 'address', 'phone', 'email', 'currency', 'time_zone', 'template', 'plan', 'payment_terms_days'],
  },
  customers: {
    key: ['id'],
    columns: [
      'id',
      'is_sample',
      'name',
      'phone',
      'phone_key',
      'email',
      'email_key',
      'address',
      'notes',
      'stage',
      'created_at',
    ],
  },
  jobs: {
    key: ['id'],
    columns: [
      'id',
      'is_sample',
      'customer_id',
      'name',
      'description',
      'address',
      'status',
      'starts_on',
      'ends_on',
      'created_at',
    ],
  },
  job_assignees: { key: ['job_id', 'position'], columns: ['job_id', 'position', 'name', 'role'] },
  job_notes: { key: ['id'], columns: ['id', 'is_sample', 'job_id', 'text', 'change_number'] },
  quotes: {
    key: ['id'],
    columns: [
      ...([
        'id',
        'is_sample',
        'customer_id',
        'job_id',
        'kind',
        'status',
        'title',
        'notes',
        'revises_id',
        'contract_id',
      ] as const),
      ...(['subtotal', 'tax', 'total', 'quoted_on', 'created_at'] as const),
    ],
  },
  quote_lines: {
    key: ['quote_id', 'position'],
    columns: [
      ...(['quote_id', 'position', 'line_id', 'description', 'quantity', 'unit', 'unit_price', 'unit_cost'] as const),
      ...(['category', 'tax_rate', 'changes_line_id'] as const),
    ],
  },
  done_lines: { key: ['line_id'], columns: ['line_id'] },
  invoices: {
    key: ['id'],
    columns: [
      ...([
        'id',
        'is_sample',
        'number',
        'customer_id',
        'job_id',
        'kind',
        'status',
        'notes',
        'issued_on',
        'due_on',
      ] as const),
      ...(['subtotal', 'tax', 'total', 'void_reason', 'voided_on', 'contract_id', 'credits_id'] as const),
      ...(['corrected_by_id', 'created_at'] as const),
    ],
  },
  invoice_lines: {
    key: ['invoice_id', 'position'],
    columns: ['invoice_id', 'position', 'description', 'quantity', 'unit', 'unit_price', 'tax_rate'],
  },
  invoice_taxes: { key: ['invoice_id', 'tax_rate'], columns: ['invoice_id', 'tax_rate', 'base', 'tax'] },
  payments: {
    key: ['id'],
    columns: [
      ...(['id', 'is_sample', 'invoice_id', 'is_refund', 'amount', 'paid_on', 'method', 'note'] as const),
      ...(['void_reason', 'voided_on', 'created_at'] as const),
    ],
  },
  expenses: {
    key: ['id'],
    columns: [
      'id',
      'is_sample',
      'job_id',
      'description',
      'amount',
      'category',
      'vendor',
      'spent_on',
      'covers_line_id',
      'created_at',
    ],
  },
};

/** What kind of thing happened, in a record's log. */
export type LogEntry = 'created' | 'status' | 'people' | 'details' | 'note' | 'paper' | 'money';
export type Log = {
  readonly kind: Kind;
  readonly id: number;
  readonly entry: LogEntry;
  readonly text: string;
  readonly at?: Instant;
};

type Series = Kind | 'invoice_number' | 'line' | 'note';
type Change = { table: LedgerTable; key: Image; before: Image | null; after: Image | null };

export class Journal {
  readonly #db: Database;
  readonly #accountId: number;
  readonly #changeNumber: number;
  readonly #now: Instant;
  readonly #changes: Change[] = [];
  readonly #logs: Log[] = [];

  constructor(db: Database, accountId: number, changeNumber: number, now: Instant) {
    this.#db = db;
    this.#accountId = accountId;
    this.#changeNumber = changeNumber;
    this.#now = now;
  }

  get isEmpty(): boolean {
    return this.#changes.length === 0;
  }

  async insert<T extends LedgerTable>(table: T, row: Row<T>): Promise<void> {
    const { columns } = LEDGER[table];
    const after = imageOf(columns, row);
    await sql`
      insert into ${sql.table(table)} (${sql.join(['account_id', ...columns].map((column) => sql.ref(column)))})
      values (${sql.join([this.#accountId, ...columns.map((column) => after[column] ?? null)])})
    `.execute(this.#db);
    this.#changes.push({ table, key: this.#keyOf(table, after), before: null, after });
  }

  /** Sets the given columns. False, and nothing written, where they were so already. */
  async update<T extends LedgerTable>(table: T, key: Partial<Row<T>>, patch: Partial<Row<T>>): Promise<boolean> {
    const where = imageOf(LEDGER[table].key, key);
    const before = await this.#load(table, where);
    const wanted: Image = imageOf(Object.keys(patch), patch);
    const changed = Object.keys(wanted).filter((column) => wanted[column] !== before[column]);
    if (changed.length === 0) return false;
    await sql`
      update ${sql.table(table)} set ${sql.join(changed.map((column) => sql`${sql.ref(column)} = ${wanted[column] ?? null}`))}
      where ${this.#matches(where)}
    `.execute(this.#db);
    this.#changes.push({ table, key: where, before, after: { ...before, ...wanted } });
    return true;
  }

  async remove<T extends LedgerTable>(table: T, key: Partial<Row<T>>): Promise<void> {
    const where = imageOf(LEDGER[table].key, key);
    const before = await this.#load(table, where);
    await sql`delete from ${sql.table(table)} where ${this.#matches(where)}`.execute(this.#db);
    this.#changes.push({ table, key: where, before, after: null });
  }

  /** The next number of a series. Sample records count down from -1, so that removing them leaves no gap. */
  async next(
    series: Series,
    { sample = false, first = 1 }: { sample?: boolean; first?: number } = {},
  ): Promise<number> {
    const row = await this.#db
      .insertInto('counters')
      .values({ account_id: this.#accountId, kind: sample ? `sample_${series}` : series, value: sample ? 1 : first })
      .onConflict((conflict) =>
        conflict.columns(['account_id', 'kind']).doUpdateSet((eb) => ({ value: eb('counters.value', '+', 1) })),
      )
      .returning('value')
      .executeTakeFirstOrThrow();
    return sample ? -row.value : row.value;
  }

  /** A line for the log of a record; a job's activity is made of these. */
  log(entry: Log): void {
    this.#logs.push(entry);
  }

  /** Writes the change itself, then brings everything derived up to date. */
  async close(author: Author, summary: string): Promise<void> {
    const change = { account_id: this.#accountId, change_number: this.#changeNumber };
    await this.#db
      .insertInto('changes')
      .values({ ...change, at: this.#now, actor: author.actor, client: author.client, tool: author.tool, summary })
      .execute();
    const images = this.#changes.map(({ table, key, before, after }, position) => ({
      ...change,
      position,
      table_name: table,
      row_key: JSON.stringify(key),
      before: before === null ? null : JSON.stringify(before),
      after: after === null ? null : JSON.stringify(after),
    }));
    for (const some of batches(images)) await this.#db.insertInto('change_images').values(some).execute();
    const records = this.#logs.map(({ kind, id, entry, text, at }, position) => ({
      ...change,
      kind,
      record_id: id,
      position,
      at: at ?? this.#now,
      entry,
      text,
    }));
    for (const some of batches(records)) await this.#db.insertInto('change_records').values(some).execute();
    await refreshFigures(this.#db, this.#accountId, this.#changes);
    await refreshWords(this.#db, this.#accountId, this.#changes);
  }

  #keyOf(table: LedgerTable, image: Image): Image {
    return imageOf(LEDGER[table].key, image);
  }

  #matches(key: Image): RawBuilder<unknown> {
    const parts = Object.entries({ account_id: this.#accountId, ...key }).map(
      ([column, value]) => sql`${sql.ref(column)} = ${value}`,
    );
    return sql.join(parts, sql` and `);
  }

  async #load(table: LedgerTable, key: Image): Promise<Image> {
    const { rows } = await sql<Image>`
      select ${sql.join(LEDGER[table].columns.map((column) => sql.ref(column)))} from ${sql.table(table)} where ${this.#matches(key)}
    `.execute(this.#db);
    const [row] = rows;
    if (row === undefined) throw new Error(`no row in ${table} at ${JSON.stringify(key)}`);
    return row;
  }
}

/** A row that was written, as derived tables need to know it. */
export type Touched = Pick<Change, 'table' | 'before' | 'after'>;

function imageOf(columns: readonly string[], row: object): Image {
  const values = new Map<string, unknown>(Object.entries(row));
  return Object.fromEntries(columns.map((column) => [column, valueOf(column, values.get(column) ?? null)]));
}

function valueOf(column: string, value: unknown): Value {
  if (value === null || typeof value === 'string') return value;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  throw new RangeError(`${column} holds neither text nor a whole number`);
}

function* batches<T>(rows: readonly T[], size = 500): Generator<T[]> {
  for (let start = 0; start < rows.length; start += size) yield rows.slice(start, start + size);
}
