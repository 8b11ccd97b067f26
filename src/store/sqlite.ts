// The embedded engine: better-sqlite3 under Kysely. One writer connection with a first-come queue and BEGIN IMMEDIATE,
// one read-only connection whose scopes see a snapshot. Nothing of SQLite leaves this file but the Engine.
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect, SqliteQueryCompiler } from 'kysely';
import { Problem } from '../domain/errors.ts';
import type { Database, Engine, Tables } from './database.ts';
import { bringUpToDate } from './migrate.ts';
import { tellPlanner } from './planner.ts';

/** Statements kept prepared per connection; Kysely alone would prepare every one anew. */
const KEPT_STATEMENTS = 300;
/** How long a write waits for another process's write. */
const PATIENCE_MS = 5000;

/** Opens the book in `file`, makes it private to its owner, and brings it up to date. */
export async function openSqlite(file: string): Promise<Engine> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  chmodSync(dirname(file), 0o700);
  // SQLite gives its -wal and -shm files the rights of the main file, so this one chmod covers all three.
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);

  const writer = await connect(file, false);
  try {
    await patiently(() => bringUpToDate(writer.db, 'sqlite', immediate(writer)));
    await patiently(async () => tellPlanner(writer.raw));
  } catch (error) {
    writer.close();
    throw inWords(error);
  }
  const reader = await connect(file, true);
  const writes = queue();
  const reads = queue();
  return {
    name: 'sqlite',
    read: (work) => reads(() => transaction(reader, 'begin', work)),
    write: (work) => writes(() => patiently(() => transaction(writer, 'begin immediate', work))),
    check: async () => fileFaults(reader),
    close: async () => {
      await Promise.all([reads(async () => reader.close()), writes(async () => writer.close())]);
    },
  };
}

type Connection = { readonly raw: Sqlite.Database; readonly db: Database; close(): void };

async function connect(file: string, readonly: boolean): Promise<Connection> {
  // The driver's own busy timeout stops the whole process, so it is short; patiently() waits without stopping it.
  const raw = new Sqlite(file, { readonly, timeout: 20 });
  try {
    if (!readonly) {
      await patiently(async () => raw.pragma('journal_mode = wal'));
      raw.pragma('synchronous = full');
    }
    raw.pragma('foreign_keys = on');
  } catch (error) {
    raw.close();
    throw inWords(error);
  }
  const db = new Kysely<Tables>({ dialect: new PlannedOnce({ database: keepingStatements(raw) }) });
  return { raw, db, close: () => raw.close() };
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
    raw.exec('commit');
    return result;
  } catch (error) {
    if (raw.inTransaction) raw.exec('rollback');
    throw inWords(error);
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

/** Tries again, with jitter, while another process holds the book. BEGIN IMMEDIATE fails before any work is done. */
async function patiently<T>(task: () => Promise<T>): Promise<T> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await task();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (Date.now() > until) {
        throw new Problem(
          'busy',
          'Another program is writing to this book right now. Nothing was saved; try again in a moment.',
        );
      }
      await pause(5 + Math.random() * 25);
    }
  }
}

function isBusy(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_BUSY');
}

function codeOf(error: unknown): string {
  return error instanceof Sqlite.SqliteError ? error.code : '';
}

/** Faults of the disk in words; everything else as it is. */
function inWords(error: unknown): unknown {
  const code = codeOf(error);
  if (code === 'SQLITE_FULL') {
    return new Problem(
      'unavailable',
      'The disk is full, so nothing was saved. Free some space and try again; reading still works.',
    );
  }
  if (code.startsWith('SQLITE_READONLY') || code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_PERM')) {
    return new Problem(
      'unavailable',
      'The book cannot be written to (read-only disk or folder), so nothing was saved.',
    );
  }
  if (code.startsWith('SQLITE_IOERR')) {
    return new Problem('unavailable', 'The disk did not answer, so nothing was saved. Check it and try again.');
  }
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return new Problem('unavailable', 'The book file is damaged. Leave it as it is and restore a backup beside it.');
  }
  return error;
}

function fileFaults({ raw }: Connection): string[] {
  const integrity: unknown = raw.pragma('integrity_check', { simple: true });
  const broken: unknown = raw.pragma('foreign_key_check');
  return [
    ...(integrity === 'ok' ? [] : [`integrity_check: ${String(integrity)}`]),
    ...(Array.isArray(broken) && broken.length === 0 ? [] : ['foreign_key_check: a row refers to nothing']),
  ];
}
