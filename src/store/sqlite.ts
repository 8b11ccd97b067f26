// The embedded engine: better-sqlite3 under Kysely. One writer connection with a first-come queue and BEGIN IMMEDIATE,
// one read-only connection whose scopes see a snapshot. Nothing of SQLite leaves the store but the Engine.
import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect, SqliteQueryCompiler } from 'kysely';
import { diskProblem } from '../domain/disk.ts';
import { Problem } from '../domain/errors.ts';
import { checkBeforeOpening } from './before-opening.ts';
import type { Database, Engine, Tables } from './database.ts';
import { bringUpToDate, isUpToDate, NEWEST_SCHEMA, schemaOf } from './migrate.ts';
import { tellPlanner } from './planner.ts';
import { fileFaults } from './sqlite-check.ts';
import { inWords, isBusy, isDiskError, isReadOnlyPlace } from './sqlite-errors.ts';
import { raiseWriteNumber } from './sqlite-mark.ts';
import { openReadable } from './sqlite-read-only.ts';

/** Statements kept prepared per connection; Kysely alone would prepare every one anew. */
const KEPT_STATEMENTS = 300;
/** How long a call waits for another process's write, its turn among our own included. */
const PATIENCE_MS = 5000;

/**
 * Opens the book in `file`, makes it private to its owner, and brings it up to date. Where it cannot be written to, it
 * is opened to be read.
 * @throws Problem where it is damaged, is beside a log that is not its own, or is for another version of the program
 */
export async function openSqlite(file: string): Promise<Engine> {
  try {
    const isThere = await checkBeforeOpening(file);
    if (isThere && isReadOnlyPlace(file)) return await openSqliteToRead(file);
    makePrivate(file);
    return await openWritable(file);
  } catch (error) {
    throw inWords(error, file);
  }
}

/** Opens a book as it is: nothing is written, in it or beside it. @throws Problem as `openSqlite` does */
export async function openSqliteToRead(file: string): Promise<Engine> {
  try {
    if (!(await checkBeforeOpening(file))) throw new Problem('not_found', 'There is no book here.');
    const readable = openReadable(file);
    const { raw } = readable;
    const reader = overKysely(raw, () => readable.close());
    const reads = queue();
    return {
      name: 'sqlite',
      isReadOnly: true,
      isUpToDate: await isUpToDate(reader.db),
      schema: await schemaOf(reader.db),
      read: async (work) => await reads(async () => await transaction(reader, 'begin', work)),
      write: async () => {
        throw inWords(new Sqlite.SqliteError('not opened for writing', 'SQLITE_READONLY'), file);
      },
      check: async () => await reads(async () => fileFaults(raw)),
      close: async () => await reads(async () => reader.close()),
    };
  } catch (error) {
    throw inWords(error, file);
  }
}

/** Takes from others what they may do. SQLite gives its -wal and -shm the rights of the file, so this covers all three. */
function makePrivate(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeToOthers(dirname(file), 0o700);
  closeSync(openSync(file, 'a', 0o600));
  closeToOthers(file, 0o600);
}

/** What its own owner may not write to stays as it is: somebody has made it read-only on purpose. */
function closeToOthers(path: string, most: number): void {
  const mode = statSync(path).mode & 0o777;
  if ((mode & 0o200) !== 0 && (mode & ~most) !== 0) chmodSync(path, mode & most);
}

async function openWritable(file: string): Promise<Engine> {
  const patiently = waiting();
  const writer = await connect(file, false, patiently);
  try {
    await patiently(() => bringUpToDate(writer.db, 'sqlite', immediate(writer)));
    await patiently(async () => tellPlanner(writer.raw));
  } catch (error) {
    writer.close();
    throw error;
  }
  const reader = await connect(file, true, patiently);
  const writes = queue();
  const reads = queue();
  const begun = () => performance.now() + PATIENCE_MS;
  return {
    name: 'sqlite',
    isReadOnly: false,
    isUpToDate: true,
    schema: NEWEST_SCHEMA,
    read: async (work) => {
      const until = begun();
      return await reads(() => patiently(() => transaction(reader, 'begin', work), until));
    },
    write: async (work) => {
      const until = begun();
      return await writes(() => patiently(() => write(writer, work), until));
    },
    check: async () => await reads(async () => fileFaults(reader.raw)),
    close: async () => {
      patiently.giveUp();
      // The last to close writes the log into the file and takes it away, which only the writer can.
      await reads(async () => reader.close());
      await writes(async () => writer.close());
    },
  };
}

type Connection = { readonly raw: Sqlite.Database; readonly db: Database; close(): void };

async function connect(file: string, readonly: boolean, patiently: Waiting): Promise<Connection> {
  // The driver's own busy timeout stops the whole process, so it is short; patiently() waits without stopping it.
  const raw = new Sqlite(file, { readonly, timeout: 20 });
  try {
    // Asked first: to set it, even to what it is, waits for whoever writes.
    if (!readonly && raw.pragma('journal_mode', { simple: true }) !== 'wal')
      await patiently(async () => raw.pragma('journal_mode = wal'));
    if (!readonly) raw.pragma('synchronous = full');
    raw.pragma('foreign_keys = on');
  } catch (error) {
    raw.close();
    throw error;
  }
  return overKysely(raw, () => raw.close());
}

function overKysely(raw: Sqlite.Database, close: () => void): Connection {
  return { raw, db: new Kysely<Tables>({ dialect: new PlannedOnce({ database: keepingStatements(raw) }) }), close };
}

/**
 * SQLite plans a kept statement anew for every other value that is bound to a bare `?` in a condition or a limit, which
 * takes many times as long as most of our reads. A unary plus changes no value and keeps it out of the planner's sight.
 */
class PlannedOnce extends SqliteDialect {
  override createQueryCompiler(): SqliteQueryCompiler {
    return new PlusBeforeValues();
  }
}
class PlusBeforeValues extends SqliteQueryCompiler {
  protected override getCurrentParameterPlaceholder(): string {
    return '+?';
  }
}

/** Keeps the most recently used statements prepared. */
function keepingStatements(raw: Sqlite.Database) {
  const kept = new Map<string, Sqlite.Statement<unknown[]>>();
  return {
    close: () => raw.close(),
    prepare(sql: string) {
      const statement = kept.get(sql) ?? raw.prepare<unknown[]>(sql);
      kept.delete(sql);
      kept.set(sql, statement);
      if (kept.size > KEPT_STATEMENTS) kept.delete(kept.keys().next().value ?? '');
      return {
        reader: statement.reader,
        all: (parameters: readonly unknown[]) => statement.all(...parameters),
        run: (parameters: readonly unknown[]) => statement.run(...parameters),
        iterate: (parameters: readonly unknown[]) => statement.iterate(...parameters),
      };
    },
  };
}

async function transaction<T>({ raw, db }: Connection, begin: string, work: (db: Database) => Promise<T>): Promise<T> {
  raw.exec(begin);
  try {
    const result = await work(db);
    commit(raw);
    return result;
  } catch (error) {
    if (raw.inTransaction) raw.exec('rollback');
    throw inWords(error, raw.name);
  }
}

/** A write of the books: it raises the book's write number first, so that every commit writes that page anew. */
async function write<T>(writer: Connection, work: (db: Database) => Promise<T>): Promise<T> {
  return await transaction(writer, 'begin immediate', async (db) => {
    checkSchema(raiseWriteNumber(writer.raw));
    return await work(db);
  });
}

/** @throws Problem where another version of the program has changed the schema since this one opened the book */
function checkSchema(schema: string): void {
  if (schema === NEWEST_SCHEMA) return;
  throw new Problem(
    'unavailable',
    'A newer Jobwright has brought this book up to date, so this one, which is older, no longer writes to it; nothing was saved, and reading still works. End it and start the newer one.',
  );
}

/** @throws Problem where the disk failed and it is not known whether the transaction is in the log */
function commit(raw: Sqlite.Database): void {
  try {
    raw.exec('commit');
  } catch (error) {
    if (raw.inTransaction) raw.exec('rollback');
    if (!isDiskError(error) || isOverwritten(raw)) throw error;
    throw diskProblem('EIO', 'unknown') ?? error;
  }
}

/** The next commit takes the place in the log of the one that failed: once it is there, that one is known to be gone. */
function isOverwritten(raw: Sqlite.Database): boolean {
  try {
    raw.exec('begin immediate');
    raiseWriteNumber(raw);
    raw.exec('commit');
    return true;
  } catch {
    if (raw.inTransaction) raw.exec('rollback');
    return false;
  }
}

/** What a migration runs in: foreign keys are off before BEGIN (inside they could not be) and checked before COMMIT. */
function immediate(connection: Connection) {
  return async <T>(work: () => Promise<T>): Promise<T> => {
    connection.raw.pragma('foreign_keys = off');
    try {
      return await transaction(connection, 'begin immediate', async () => {
        const result = await work();
        const broken = connection.raw.pragma('foreign_key_check');
        if (Array.isArray(broken) && broken.length > 0) throw new Error('a migration left rows that refer to nothing');
        return result;
      });
    } finally {
      connection.raw.pragma('foreign_keys = on');
    }
  };
}

/** So long tasks may follow each other before timers and sockets have their turn. */
const BREATH_MS = 5;

/** First come, first served; one at a time. A long queue must not stop the process, so that it pauses now and then. */
function queue() {
  let last: Promise<unknown> = Promise.resolve();
  let breathed = performance.now();
  const breathe = async () => {
    if (performance.now() - breathed < BREATH_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    breathed = performance.now();
  };
  return <T>(task: () => Promise<T>): Promise<T> => {
    const turn = last.then(task, task);
    last = turn.then(breathe, breathe);
    return turn;
  };
}

type Waiting = {
  <T>(task: () => Promise<T>, until?: number): Promise<T>;
  /** Whoever waits is told that the book is held; nobody waits from now on, and nothing more begins. */
  giveUp(): void;
};

/** Tries again, with jitter, while another process holds the book. BEGIN IMMEDIATE fails before any work is done. */
function waiting(): Waiting {
  const ending = new AbortController();
  const hasEnded = () => ending.signal.aborted;
  const patiently = async <T>(task: () => Promise<T>, until = performance.now() + PATIENCE_MS): Promise<T> => {
    if (hasEnded())
      throw new Problem('unavailable', 'Jobwright is shutting down. Nothing was saved; try again once it is back.');
    for (;;) {
      try {
        return await task();
      } catch (error) {
        if (!isBusy(error)) throw error;
        if (performance.now() > until || hasEnded()) throw held();
        await pause(5 + Math.random() * 25, undefined, { signal: ending.signal }).catch(() => undefined);
      }
    }
  };
  return Object.assign(patiently, { giveUp: () => ending.abort() });
}

function held(): Problem {
  return new Problem(
    'busy',
    'Another program is writing to this book right now. Nothing was saved; try again in a moment.',
  );
}
