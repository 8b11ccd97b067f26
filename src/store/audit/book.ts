// How the audit goes through a book: by the numbers of its records, some at a time, so that memory does not grow with the
// book and others have their turn in between; and past what cannot be read, down to the single record.
import { sql, type RawBuilder } from 'kysely';
import type { Database, Tables } from '../database.ts';
import type { IdRange } from '../derived/job-ledger-rows.ts';
import { isPostgres } from '../engine/dialect.ts';
import { breathe } from '../engine/many.ts';
import { isOfNoRecord } from '../engine/postgres-errors.ts';
import { Faults, type Lost } from './faults.ts';

/** Numbers of records at a time. Garbage of more outlives its page, and the heap grows with it. */
const AT_ONCE = 50;
/** So long the audit may go on before timers and sockets have their turn. */
const BREATH_MS = 15;
/** Beyond this, numbers are no longer exact; no record has such a number unless it was damaged. */
const HIGHEST = Number.MAX_SAFE_INTEGER;

/** Samples count down from -1; where the file is damaged at its beginning, the first record is sought from here. */
const LOWEST = -1_000_000;

/** Told now and then what is being checked, and how much of it is done. */
export type AuditProgress = (what: string, done: number, of: number) => void;

export type TableColumn = { readonly table: keyof Tables; readonly column: string };

type Walk<Rows> = Lost & {
  /** The records, by number. Those of a column after the first need not have one in the first. */
  readonly by: readonly [TableColumn, ...TableColumn[]];
  readonly read: (span: IdRange) => Promise<Rows>;
  /** @returns how many records were looked at */
  readonly judge: (rows: Rows) => number;
};

export class AuditedBook {
  readonly db: Database;
  readonly accountId: number;
  readonly faults = new Faults();
  readonly #progress: AuditProgress;
  #breathed = performance.now();
  #isKept = false;

  constructor(db: Database, accountId: number, progress: AuditProgress) {
    this.db = db;
    this.accountId = accountId;
    this.#progress = progress;
  }

  /** Goes through all of them in order. @returns how many were looked at */
  async walk<Rows>(walk: Walk<Rows>): Promise<number> {
    const of = await this.#count(walk.by[0]);
    let done = 0;
    let from = await this.#next(walk, Number.MIN_SAFE_INTEGER);
    while (from !== null) {
      const to = Math.min(from + AT_ONCE - 1, HIGHEST);
      done += await this.#take(walk, { from, to });
      this.#progress(walk.what, done, Math.max(done, of));
      await this.#breathe();
      from = to < HIGHEST ? await this.#next(walk, to + 1) : null;
    }
    return done;
  }

  /** Reads what has no number to go by; empty, and said, where it cannot be read. */
  async rows<Row>(what: string, read: () => Promise<readonly Row[]>): Promise<readonly Row[]> {
    try {
      return await this.#reading(read);
    } catch (error) {
      if (isOfNoRecord(error)) throw error;
      this.faults.lose({ what, name: String }, Number.MIN_SAFE_INTEGER, null, error);
      return [];
    }
  }

  /** Reads a span; where that fails, its halves, down to the records that cannot be read. */
  async #take<Rows>(walk: Walk<Rows>, span: IdRange): Promise<number> {
    let rows: Rows;
    try {
      rows = await this.#reading(async () => await walk.read(span));
    } catch (error) {
      if (isOfNoRecord(error)) throw error;
      if (span.from >= span.to) {
        this.faults.lose(walk, span.from, span.to, error);
        return 0;
      }
      await this.#breathe();
      const middle = Math.floor((span.from + span.to) / 2);
      return (
        (await this.#take(walk, { from: span.from, to: middle })) +
        (await this.#take(walk, { from: middle + 1, to: span.to }))
      );
    }
    return walk.judge(rows);
  }

  /** The first number from this one on in any of the columns; null at the end. */
  async #next<Rows>({ by, name }: Walk<Rows>, from: number): Promise<number | null> {
    const found: number[] = [];
    for (const column of by) {
      const first = await this.#nextIn(column, name, from);
      if (first !== null) found.push(first);
    }
    return found.length === 0 ? null : Math.min(...found);
  }

  /** Where the file is damaged nothing says how far that goes: on in growing strides, then back to where it ends. */
  async #nextIn(column: TableColumn, name: Lost['name'], from: number): Promise<number | null> {
    const here = await this.#first(column, from);
    if ('key' in here) return here.key;
    const lost = { what: inWords(column.table), name };
    let bad = Math.max(from, LOWEST);
    let found: Found = here;
    for (let stride = 1; 'error' in found && bad + stride <= HIGHEST; stride *= 2) {
      found = await this.#first(column, bad + stride);
      if ('error' in found) bad += stride;
      else {
        let good = bad + stride;
        while (good - bad > 1) {
          const middle = Math.floor((good + bad) / 2);
          const there = await this.#first(column, middle);
          if ('error' in there) bad = middle;
          else [good, found] = [middle, there];
        }
      }
    }
    this.faults.lose(lost, from, 'error' in found ? null : bad, here.error);
    return 'error' in found ? null : found.key;
  }

  async #first({ table, column }: TableColumn, from: number): Promise<Found> {
    const key = sql.ref(column);
    try {
      const first = sql<{ key: number }>`
        select ${key} as key from ${sql.table(table)}
        where account_id = ${this.accountId} and ${key} >= ${from} and ${key} <= ${HIGHEST}
        order by ${key} limit 1`;
      const { rows } = await this.#reading(async () => await first.execute(this.db));
      return { key: rows[0]?.key ?? null };
    } catch (error) {
      if (isOfNoRecord(error)) throw error;
      return { error };
    }
  }

  /** For the progress alone; 0 where they cannot be counted. */
  async #count({ table }: TableColumn): Promise<number> {
    try {
      const count = sql<{ count: number }>`
        select count(*) as count from ${sql.table(table)} where account_id = ${this.accountId}`;
      const { rows } = await this.#reading(async () => await count.execute(this.db));
      return rows[0]?.count ?? 0;
    } catch (error) {
      if (isOfNoRecord(error)) throw error;
      return 0;
    }
  }

  /** After a statement that failed PostgreSQL refuses all others, except from a place that was kept before it. */
  async #reading<T>(read: () => Promise<T>): Promise<T> {
    if (!isPostgres(this.db)) return await read();
    if (!this.#isKept) await sql`savepoint audited`.execute(this.db);
    this.#isKept = true;
    try {
      return await read();
    } catch (error) {
      if (!isOfNoRecord(error)) await sql`rollback to savepoint audited`.execute(this.db);
      throw error;
    }
  }

  async #breathe(): Promise<void> {
    if (performance.now() - this.#breathed < BREATH_MS) return;
    await breathe();
    this.#breathed = performance.now();
  }
}

type Found = { readonly key: number | null } | { readonly error: unknown };

/** `quote_lines` as `quote lines`. */
export function inWords(table: string): string {
  return table.replaceAll('_', ' ');
}

/** What a query asks for within a span. */
export function within(column: string, { from, to }: IdRange): RawBuilder<boolean> {
  return sql<boolean>`${sql.ref(column)} >= ${from} and ${sql.ref(column)} <= ${to}`;
}
