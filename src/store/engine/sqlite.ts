// The embedded engine: better-sqlite3 under Kysely. One writer connection with a first-come queue and BEGIN IMMEDIATE,
// one read-only connection whose scopes see a snapshot. Nothing of SQLite leaves the store but the Engine.
import { statSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import {
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type QueryResult,
} from 'kysely';
import { diskProblem } from '../../domain/disk.ts';
import { Problem } from '../../domain/errors.ts';
import { says } from '../../domain/message.ts';
import { checkBeforeOpening } from './before-opening.ts';
import { Breathing } from './breathing.ts';
import type { Database, Engine } from '../database.ts';
import { bringUpToDate, isUpToDate, NEWEST_SCHEMA, schemaOf } from './migrate.ts';
import { tellPlanner } from './planner.ts';
import { fileFaults } from './sqlite-check.ts';
import { inWords, isBusy, isDiskError, isReadOnlyPlace } from './sqlite-errors.ts';
import { MARKS_WRITES, raiseWriteNumber } from './sqlite-mark.ts';
import { overConnection } from './one-connection.ts';
import { isOpenHere, noteOpen, realFile } from './sqlite-open-files.ts';
import { makePrivate } from './sqlite-private.ts';
import { queue, waiting, type Queue, type LockWait } from './sqlite-queue.ts';
import { Recent } from './recent.ts';
import { openReadable } from './sqlite-read-only.ts';
import { checkState } from './schema.ts';
import { movedIn, movingOf } from './moved.ts';
import { PATIENCE_MS } from './patience.ts';

/** Statements kept prepared per connection; Kysely alone would prepare every one anew. */
const KEPT_STATEMENTS = 300;

/** One book is opened after the other, so that none is looked at as bytes while another of this process opens it. */
const openings = queue();

/**
 * Opens the book in `file`, makes it private to its owner, and brings it up to date. Where it cannot be written to, it
 * is opened to be read.
 * @throws Problem where it is damaged, is beside a log that is not its own, or is for another version of the program
 */
export async function openSqlite(file: string): Promise<Engine> {
  return await openings(async () => {
    const real = realFile(file);
    const isThere = await isBook(real);
    if (isThere && isReadOnlyPlace(real)) return await openToRead(real);
    makePrivate(real);
    return await openWritable(real);
  });
}

/** Opens a book as it is: it is not written to. @throws Problem as `openSqlite` does */
export async function openSqliteToRead(file: string): Promise<Engine> {
  return await openings(async () => {
    const real = realFile(file);
    if (!(await isBook(real))) throw new Problem('not_found', says('book.not-here'));
    return await openToRead(real);
  });
}

/** Whether there is one, which may be opened. */
async function isBook(file: string): Promise<boolean> {
  try {
    return isOpenHere(file) || (await checkBeforeOpening(file));
  } catch (error) {
    throw inWords(error, file);
  }
}

async function openToRead(file: string): Promise<Engine> {
  const patiently = waiting();
  const opened: Connection[] = [];
  const close = opener(file, opened);
  try {
    const readable = await patiently(async () => openReadable(file));
    const { raw } = readable;
    const reader = overKysely(raw, { isRead: true, close: () => readable.close() });
    opened.push(reader);
    const reads = queue();
    const isNewest = await patiently(async () => await isUpToDate(reader.db));
    const refuse = async () => {
      throw inWords(new Sqlite.SqliteError('not opened for writing', 'SQLITE_READONLY'), file);
    };
    return {
      name: 'sqlite',
      isReadOnly: true,
      isUpToDate: isNewest,
      moved: isNewest ? movedIn(await patiently(async () => await movingOf(reader.db))) : null,
      schema: await patiently(async () => await schemaOf(reader.db)),
      read: async (work) => await inTurn(reads, patiently, async () => await transaction(reader, 'begin', work)),
      write: refuse,
      alone: refuse,
      check: async () => await reads(async () => fileFaults(raw)),
      close: async () => await reads(async () => close()),
    };
  } catch (error) {
    close();
    throw inWords(error, file);
  }
}

async function openWritable(file: string): Promise<Engine> {
  const patiently = waiting();
  const opened: Connection[] = [];
  const close = opener(file, opened);
  try {
    const writer = await patiently(async () => connect(file, false));
    opened.push(writer);
    await patiently(async () => await bringUpToDate(writer.db, 'sqlite', immediate(writer)));
    await patiently(async () => tellPlanner(writer.raw));
    const reader = await patiently(async () => connect(file, true));
    opened.push(reader);
    const moved = movedIn(await patiently(async () => await movingOf(reader.db)));
    const [writes, reads] = [queue(), queue()];
    return {
      name: 'sqlite',
      isReadOnly: moved !== null,
      moved,
      isUpToDate: true,
      schema: NEWEST_SCHEMA,
      read: async (work) => await inTurn(reads, patiently, async () => await transaction(reader, 'begin', work)),
      write: async (work) => await inTurn(writes, patiently, async () => await write(writer, work)),
      alone: async (work) => await inTurn(writes, patiently, async () => await alone(writer, work)),
      check: async () => await reads(async () => fileFaults(reader.raw)),
      close: async () => {
        patiently.giveUp();
        await reads(async () => await writes(async () => close()));
      },
    };
  } catch (error) {
    close();
    throw inWords(error, file);
  }
}

/** @returns closes what was opened, the newest first: the last to close writes the log into the file, which only a writer can */
function opener(file: string, opened: readonly Connection[]): () => void {
  const noteClosed = noteOpen(file);
  return () => {
    for (const connection of opened.toReversed()) connection.close();
    noteClosed();
  };
}

/** Patience is each call's own, its turn in the queue included. */
async function inTurn<T>(turns: Queue, patiently: LockWait, task: () => Promise<T>): Promise<T> {
  const until = performance.now() + PATIENCE_MS;
  return await turns(async () => await patiently(task, until));
}

type Connection = {
  readonly raw: Sqlite.Database;
  readonly db: Database;
  /** Of who reads: a write that pauses would keep every other one waiting. */
  readonly breathing: Breathing | null;
  /** Of the file, as it was when it was opened. */
  readonly inode: bigint | undefined;
  close(): void;
};

/** @throws SqliteError SQLITE_BUSY while another process begins or ends the log */
function connect(file: string, readonly: boolean): Connection {
  // The driver's own busy timeout stops the whole process, so it is short; patiently() waits without stopping it.
  const raw = new Sqlite(file, { readonly, timeout: 20 });
  try {
    // Asked first: to set it, even to what it is, waits for whoever writes.
    if (!readonly && raw.pragma('journal_mode', { simple: true }) !== 'wal') raw.pragma('journal_mode = wal');
    if (!readonly) raw.pragma('synchronous = full');
    raw.pragma('foreign_keys = on');
    raw.function(MARKS_WRITES, () => 1);
    return overKysely(raw, { isRead: readonly, close: () => raw.close() });
  } catch (error) {
    raw.close();
    throw error;
  }
}

function overKysely(raw: Sqlite.Database, of: { readonly isRead: boolean; readonly close: () => void }): Connection {
  const { isRead, close } = of;
  const breathing = isRead ? new Breathing() : null;
  const db = overConnection(connectionOver(raw, breathing), {
    createAdapter: () => ADAPTER,
    createQueryCompiler: () => new PlusBeforeValues(),
    createIntrospector: (given) => new SqliteIntrospector(given),
  });
  return { raw, db, breathing, inode: statSync(raw.name, { bigint: true, throwIfNoEntry: false })?.ino, close };
}

/** Shared, since prepared queries are kept by it. */
const ADAPTER = new SqliteAdapter();

/**
 * SQLite plans a kept statement anew for every other value that is bound to a bare `?` in a condition or a limit, which
 * takes many times as long as most of our reads. A unary plus changes no value and keeps it out of the planner's sight.
 */
class PlusBeforeValues extends SqliteQueryCompiler {
  protected override getCurrentParameterPlaceholder(): string {
    return '+?';
  }
}

function connectionOver(raw: Sqlite.Database, breathing: Breathing | null): DatabaseConnection {
  const kept = new Recent<Sqlite.Statement<unknown[]>>(KEPT_STATEMENTS);
  return {
    async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
      const statement = kept.of(sql, () => raw.prepare<unknown[]>(sql));
      if (!statement.reader) return { numAffectedRows: BigInt(statement.run(...parameters).changes), rows: [] };
      // What its rows are, only the query knows.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      const rows = statement.all(...parameters) as Row[];
      if (breathing?.isDue === true) await breathing.breathe();
      return { rows };
    },
    // oxlint-disable-next-line require-yield
    async *streamQuery() {
      throw new Error('nothing is streamed');
    },
  };
}

async function transaction<T>(connection: Connection, begin: string, work: (db: Database) => Promise<T>): Promise<T> {
  const { raw, db, breathing } = connection;
  breathing?.begin();
  raw.exec(begin);
  try {
    const result = await work(db);
    commit(raw);
    return result;
  } catch (error) {
    if (raw.inTransaction) raw.exec('rollback');
    // That another process holds the book is waited for.
    throw isBusy(error) ? error : inWords(error, raw.name);
  }
}

/** @throws Problem where the book was moved or taken away under this process: what it wrote would be nowhere */
function checkInPlace({ raw, inode }: Connection): void {
  if (statSync(raw.name, { bigint: true, throwIfNoEntry: false })?.ino === inode) return;
  throw new Problem('unavailable', says('book.moved-away'));
}

/** A write of the books: it raises the book's write number first, so that every commit writes that page anew. */
async function write<T>(writer: Connection, work: (db: Database) => Promise<T>): Promise<T> {
  return await transaction(writer, 'begin immediate', async (db) => {
    checkInPlace(writer);
    checkState(raiseWriteNumber(writer.raw));
    return await work(db);
  });
}

/** Whoever else writes is told meanwhile that the book is held. */
async function alone<T>(writer: Connection, work: (db: Database) => Promise<T>): Promise<T> {
  return await transaction(writer, 'begin immediate', async (db) => {
    checkInPlace(writer);
    raiseWriteNumber(writer.raw);
    return await work(db);
  });
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
  return async <T>(work: (db: Database) => Promise<T>): Promise<T> => {
    connection.raw.pragma('foreign_keys = off');
    try {
      return await transaction(connection, 'begin immediate', async (db) => {
        const result = await work(db);
        const broken = connection.raw.pragma('foreign_key_check');
        if (Array.isArray(broken) && broken.length > 0) throw new Error('a migration left rows that refer to nothing');
        return result;
      });
    } finally {
      connection.raw.pragma('foreign_keys = on');
    }
  };
}
