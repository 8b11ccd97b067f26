// Every write to the books goes through the Journal of its scope. It keeps the snapshot before and after of each row,
// gives out numbers, and notes which derived rows (job figures, words) must be brought up to date when the scope ends.
import { sql, type RawBuilder } from 'kysely';
import type { Instant } from '../../domain/dates.ts';
import type { Kind } from '../../kinds/index.ts';
import { invoiceRef, refOf } from '../../kinds/reference.ts';
import {
  digestOfSnapshot,
  digestOfLine,
  digestOfSummary,
  hashOf,
  markOf,
  salt,
  saltOf,
  sortRefs,
  type Ref,
} from './chain.ts';
import type { Database } from '../database.ts';
import type { Jobs } from '../derived/job-records.ts';
import { refreshRollups } from '../derived/rollups.ts';
import {
  snapshotOf,
  isLedgerTable,
  LEDGER,
  recordOf,
  type Snapshot,
  type LedgerTable,
  type Row,
  type WrittenRow,
} from './ledger.ts';
import { deleteMany, inPortions, insertMany } from '../engine/many.ts';
import { deferred, deferring } from '../engine/prepared.ts';
import { count } from './counters.ts';
import type { KnownRows } from './known-rows.ts';
import { refreshTerms } from '../search/terms.ts';
import type { ChangeRow } from './rows.ts';
import { imageOf, textOf } from './images.ts';
import { logRows } from './log-rows.ts';
import { stored } from './said.ts';
import type { Message, Said } from '../../domain/message.ts';

/** What kind of thing happened, in a record's log. */
export type LogEntry = 'created' | 'status' | 'people' | 'details' | 'note' | 'paper' | 'money' | 'site' | 'undone';
export type Log = {
  readonly kind: Kind;
  readonly id: number;
  readonly entry: LogEntry;
  readonly said: Said;
  readonly at?: Instant;
};

/** Numbers to be given: how many, and where the series begins. */
type Wanted = { readonly series: Series; readonly many?: number; readonly first?: number };
type Series = Kind | 'invoice_number' | 'line' | 'note' | 'number_jump';

/** The change that a journal is of, and the one before: its hash and its time, which are empty for the first. */
type Place = {
  readonly number: number;
  readonly now: Instant;
  readonly previous: { readonly hash: string; readonly at: string };
  /** What the scope of this write read. */
  readonly known: KnownRows;
};

export class Journal {
  readonly #db: Database;
  readonly #accountId: number;
  readonly #changeNumber: number;
  readonly #now: Instant;
  readonly #previous: Place['previous'];
  readonly #known: KnownRows;
  readonly #changes: WrittenRow[] = [];
  readonly #logs: Log[] = [];
  readonly #given: string[] = [];
  readonly #asked: Message[] = [];
  #undoes: number | null = null;
  #hash = '';
  #leavesSome = false;

  constructor(db: Database, accountId: number, { number, now, previous, known }: Place) {
    this.#db = db;
    this.#accountId = accountId;
    this.#changeNumber = number;
    this.#now = now;
    this.#previous = previous;
    this.#known = known;
  }

  get isEmpty(): boolean {
    return this.#changes.length === 0;
  }

  /** By how much the change is dated before the one before it; 0 or below where it is not. */
  get datedBackMs(): number {
    const { at } = this.#previous;
    return at === '' ? 0 : Date.parse(at) - Date.parse(this.#now);
  }

  /** More was to be derived, once it is closed, than one write may hold up others for. */
  get leavesSome(): boolean {
    return this.#leavesSome;
  }

  /** The numbers of new records, as this write gave them out. */
  get given(): readonly string[] {
    return this.#given;
  }

  /** What this write did so far, row by row. */
  get changes(): readonly Readonly<WrittenRow>[] {
    return this.#changes;
  }

  /** Of the change, once it is closed. */
  get hash(): string {
    return this.#hash;
  }

  /**
   * This write is one to say yes to, though its rows do not show it.
   * @param why for whoever is asked
   */
  asks(why: Message): void {
    this.#asked.push(why);
  }

  get asked(): readonly Message[] {
    return this.#asked;
  }

  addsTo(table: LedgerTable): boolean {
    return this.#changes.some((change) => change.table === table && change.before === null);
  }

  /** The row of the account itself, which its opening wrote. */
  opened(account: object): void {
    this.#changes.push({
      table: 'accounts',
      key: {},
      before: null,
      after: snapshotOf(LEDGER.accounts.columns, account),
    });
  }

  /** This change puts back what was there before another. */
  get isUndo(): boolean {
    return this.#undoes !== null;
  }

  /** This change takes back that one. */
  undo(changeNumber: number): void {
    this.#undoes = changeNumber;
  }

  async insert<T extends LedgerTable>(table: T, row: Row<T>): Promise<void> {
    const after = snapshotOf(LEDGER[table].columns, row);
    await INSERT[table](this.#db, this.#accountId, [after]);
    this.#note({ table, key: this.#keyOf(table, after), before: null, after });
  }

  /** Adds many rows, in one statement. */
  async insertAll<T extends LedgerTable>(table: T, rows: readonly Row<T>[]): Promise<void> {
    const snapshots = rows.map((row) => snapshotOf(LEDGER[table].columns, row));
    await INSERT[table](this.#db, this.#accountId, snapshots);
    for (const after of snapshots) this.#note({ table, key: this.#keyOf(table, after), before: null, after });
  }

  /** Sets the given columns. False, and nothing written, where they were so already. */
  async update<T extends LedgerTable>(table: T, key: Partial<Row<T>>, patch: Partial<Row<T>>): Promise<boolean> {
    const where = snapshotOf(LEDGER[table].key, key);
    const before = this.#known.find(table, where) ?? (await this.#load(table, where));
    const wanted: Snapshot = snapshotOf(Object.keys(patch), patch);
    const changed = Object.keys(wanted).filter((column) => wanted[column] !== before[column]);
    if (changed.length === 0) return false;
    await this.#send(sql`
      update ${sql.table(table)} set ${sql.join(changed.map((column) => sql`${sql.ref(column)} = ${wanted[column] ?? null}`))}
      where ${this.#matches(where)}`);
    this.#note({ table, key: where, before, after: { ...before, ...wanted } });
    return true;
  }

  async remove<T extends LedgerTable>(table: T, key: Partial<Row<T>>): Promise<void> {
    const where = snapshotOf(LEDGER[table].key, key);
    const before = this.#known.find(table, where) ?? (await this.#load(table, where));
    await this.#send(sql`delete from ${sql.table(table)} where ${this.#matches(where)}`);
    this.#note({ table, key: where, before, after: null });
  }

  /** Makes many rows others under their keys. @param rows each as it is and as it becomes, whole */
  async replaceAll<T extends LedgerTable>(
    table: T,
    rows: readonly { readonly before: Row<T>; readonly after: Row<T> }[],
  ): Promise<void> {
    const snapshot = (row: Row<T>) => snapshotOf(LEDGER[table].columns, row);
    await this.#replace(
      table,
      rows.map(({ before, after }) => ({ before: snapshot(before), after: snapshot(after) })),
    );
  }

  /** Sets columns of many rows, in one statement. @param rows each as it was read, whole, with what becomes of it */
  async updateAll<T extends LedgerTable>(
    table: T,
    rows: readonly { readonly before: Snapshot; readonly patch: Partial<Row<T>> }[],
  ): Promise<void> {
    const changes = rows.map(({ before, patch }) => ({
      before,
      after: { ...before, ...snapshotOf(Object.keys(patch), patch) },
    }));
    await this.#replace(table, changes);
  }

  async #replace(table: LedgerTable, changes: readonly { before: Snapshot; after: Snapshot }[]): Promise<void> {
    const becoming = changes.map(({ after }) => after);
    await REPLACE[table](this.#db, this.#accountId, becoming);
    for (const each of changes) this.#note({ table, key: this.#keyOf(table, each.after), ...each });
  }

  /** Takes out many rows, in one statement. @param rows as they are, whole */
  async removeAll<T extends LedgerTable>(table: T, rows: readonly Row<T>[]): Promise<void> {
    const snapshots = rows.map((row) => snapshotOf(LEDGER[table].columns, row));
    await DELETE[table](this.#db, this.#accountId, snapshots);
    for (const before of snapshots) this.#note({ table, key: this.#keyOf(table, before), before, after: null });
  }

  #note(row: WrittenRow): void {
    this.#changes.push(row);
    if (row.after === null) this.#known.forget(row.table, row.key);
    else this.#known.keep(row.table, row.after);
  }

  /** The next number of a series. Sample records count down from -1, so that removing them leaves no gap. */
  async next(
    series: Series,
    { sample = false, first = 1 }: { sample?: boolean; first?: number } = {},
  ): Promise<number> {
    const [[value = 0] = []] = await this.take([{ series, first }], { sample });
    return value;
  }

  /** The next numbers of these series, in one statement: of each as many as are asked for. */
  async take(wanted: readonly Wanted[], { sample = false }: { sample?: boolean } = {}): Promise<number[][]> {
    const kindOf = (series: Series) => (sample ? `sample_${series}` : series);
    const last = await count(this.#db, {
      account: this.#accountId,
      kinds: wanted.map(({ series }) => kindOf(series)),
      many: wanted.map(({ many = 1 }) => many),
      begun: wanted.map(({ many = 1, first = 1 }) => (sample ? many : first + many - 1)),
    });
    return wanted.map(({ series, many = 1 }) => {
      const newest = last.find(({ kind }) => kind === kindOf(series))?.value;
      if (newest === undefined) throw new Error(`no number was given for ${kindOf(series)}`);
      const values = Array.from({ length: many }, (_, index) => newest - many + 1 + index);
      return values.map((value) => this.#give(series, sample ? -value : value));
    });
  }

  #give(series: Series, value: number): number {
    if (series === 'invoice_number') this.#given.push(invoiceRef(0, value));
    else if (series === 'invoice') this.#given.push(invoiceRef(value, null));
    else if (series !== 'line' && series !== 'note' && series !== 'number_jump') this.#given.push(refOf(series, value));
    return value;
  }

  /** A line for the log of a record; a job's activity is made of these. */
  log(entry: Log): void {
    this.#logs.push(entry);
  }

  /**
   * Writes the change itself, then brings what is derived up to date, or notes what of it is left.
   * @param jobs as the scope of this write sees them
   */
  async close(author: Author, summary: Said, jobs: Jobs): Promise<void> {
    const { actor, client, tool } = author;
    const whole = { actor: actor.toWellFormed(), client: client.toWellFormed(), tool };
    await this.#record(whole, summary);
    const areComputed = await refreshRollups(this.#db, this.#accountId, this.#changes, jobs);
    const areIndexed = await refreshTerms(this.#db, this.#accountId, this.#changes);
    this.#leavesSome = !areComputed || !areIndexed;
  }

  /** The change, its place in the chain, and its contents. */
  async #record({ actor, client, tool }: Author, said: Said): Promise<void> {
    const change = { account_id: this.#accountId, change_number: this.#changeNumber };
    const { code, text } = stored(said);
    const summary = { salt: salt(), code, summary: text };
    const lines = this.#logs.map(({ kind, id, entry, said: line, at }) => ({
      ...{ kind, record_id: id, at: at ?? this.#now, entry },
      ...stored(line),
    }));
    const digests = [
      digestOfSummary(summary),
      ...(await this.#keepSnapshots(summary.salt)),
      ...lines.map((line, at) => digestOfLine({ ...line, salt: saltOf(summary.salt, 'line', at) })),
    ];
    const refs = this.#refs();
    const row = { ...change, at: this.#now, actor, client, tool, undoes: this.#undoes };
    this.#hash = hashOf(this.#previous.hash, row, refs, digests);
    await keepChange(this.#db, { ...row, ...summary, digests: markOf(digests), hash: this.#hash });
    await keepLog(this.#db, this.#accountId, logRows({ ...change, at: this.#now }, refs, lines));
    const newest = { number: this.#changeNumber, hash: this.#hash, at: this.#now };
    await keepNewest(this.#db, { account: this.#accountId, ...newest });
  }

  /** @returns the digest of each */
  async #keepSnapshots(changeSalt: string): Promise<string[]> {
    const change = { account_id: this.#accountId, change_number: this.#changeNumber };
    const digests: string[] = [];
    await inPortions(this.#changes, async (some) => {
      const first = digests.length;
      const rows = some.map(({ table, key, before, after }, index) => ({
        ...{ ...change, position: first + index, table_name: table, row_key: JSON.stringify(key) },
        ...{ before: imageOf(table, before), after: imageOf(table, after), salt: '' },
      }));
      await keepSnapshots(this.#db, this.#accountId, rows);
      for (const [index, { table, before, after }] of some.entries()) {
        const text = { before: textOf(table, before), after: textOf(table, after) };
        const own = saltOf(changeSalt, 'image', first + index);
        const row_key = rows[index]?.row_key ?? '';
        digests.push(digestOfSnapshot({ table_name: table, row_key, ...text, salt: own }));
      }
    });
    return digests;
  }

  /** Every record that a row or a log line of this change belongs to. */
  #refs(): Ref[] {
    const found = new Map<string, Ref>();
    const add = ({ kind, id }: { kind: Kind; id: number }) => found.set(`${kind} ${id}`, [kind, id]);
    for (const log of this.#logs) add(log);
    for (const { table, before, after } of this.#changes) {
      const record = recordOf(table, after ?? before ?? {});
      if (record !== null) add(record);
    }
    return sortRefs([...found.values()]);
  }

  #keyOf(table: LedgerTable, snapshot: Snapshot): Snapshot {
    return snapshotOf(LEDGER[table].key, snapshot);
  }

  async #send(write: RawBuilder<unknown>): Promise<void> {
    await this.#db.executeQuery(deferring(write.compile(this.#db)));
  }

  #matches(key: Snapshot): RawBuilder<unknown> {
    const parts = Object.entries({ account_id: this.#accountId, ...key }).map(
      ([column, value]) => sql`${sql.ref(column)} = ${value}`,
    );
    return sql.join(parts, sql` and `);
  }

  async #load(table: LedgerTable, key: Snapshot): Promise<Snapshot> {
    const { rows } = await sql<Snapshot>`
      select ${sql.join(LEDGER[table].columns.map((column) => sql.ref(column)))} from ${sql.table(table)} where ${this.#matches(key)}
    `.execute(this.#db);
    const [row] = rows;
    if (row === undefined) throw new Error(`no row in ${table} at ${JSON.stringify(key)}`);
    return row;
  }
}

/** Kept for each table. */
function perTable<Given>(make: (table: LedgerTable) => Given): Readonly<Record<LedgerTable, Given>> {
  const made = Object.keys(LEDGER)
    .filter(isLedgerTable)
    .map((table) => [table, make(table)] as const);
  // Every table of the ledger is among them.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return Object.fromEntries(made) as Record<LedgerTable, Given>;
}

const INSERT = perTable((table) => insertMany(table, LEDGER[table].columns));
const REPLACE = perTable((table) => insertMany(table, LEDGER[table].columns, LEDGER[table].key));
const DELETE = perTable((table) => deleteMany(table, LEDGER[table].key));

const keepChange = deferred((db, row: ChangeRow) => db.insertInto('changes').values(row));
const keepSnapshots = insertMany('change_images', [
  ...(['change_number', 'position', 'table_name', 'row_key', 'before', 'after', 'salt'] as const),
]);
const keepLog = insertMany('record_log', [
  ...(['kind', 'record_id', 'change_number', 'position'] as const),
  ...(['at', 'entry', 'code', 'text', 'salt', 'as_kind', 'as_id'] as const),
]);
type Newest = { readonly account: number; readonly number: number; readonly hash: string; readonly at: Instant };

const keepNewest = deferred((db, { account, number, hash, at }: Newest) =>
  db
    .updateTable('accounts')
    .set({ change_number: number, newest_hash: hash, newest_at: at })
    .where('account_id', '=', account),
);

/** Who writes, and through what. */
export type Author = { readonly actor: string; readonly client: string; readonly tool: string };
