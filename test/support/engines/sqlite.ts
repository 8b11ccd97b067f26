// Books as SQLite files, for the tests: the engine under `store.ts`, and what the tests of SQLite itself need of it.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { localFolder } from '../../../src/files/local-folder.ts';
import { openSqlite } from '../../../src/store/engine/sqlite.ts';
import { MARKS_WRITES } from '../../../src/store/engine/sqlite-mark.ts';
import type { Cell, Place, Raw, Row, TestEngine } from './engine.ts';

export const fileOf = ({ folder }: Place): string => join(folder, 'jobwright.db');

/** Works on the file of a book over a connection of its own. */
export function overFile<T>(place: Place, work: (db: Sqlite.Database) => T): T {
  const db = connect(place);
  try {
    return work(db);
  } finally {
    db.close();
  }
}

/** One that may write, as a program of ours may. */
function connect(place: Place): Sqlite.Database {
  const db = new Sqlite(fileOf(place), { timeout: 5000, fileMustExist: true });
  db.function(MARKS_WRITES, () => 1);
  return db;
}

/** Takes away what would refuse a change: the references, and the guards of the journal. */
export function unguard(db: Sqlite.Database): void {
  db.pragma('foreign_keys = off');
  for (const name of db.prepare<[], string>("select name from sqlite_master where type = 'trigger'").pluck().all())
    db.exec(`drop trigger ${name}`);
}

/** How SQLite goes about a statement, step by step. */
export function planOf(db: Sqlite.Database, sql: string, parameters: readonly unknown[] = []): string[] {
  return db
    .prepare<unknown[], { detail: string }>(`explain query plan ${sql}`)
    .all(...parameters)
    .map(({ detail }) => detail);
}

function rawOf(db: Sqlite.Database): Raw {
  const strings = (sql: string) => db.prepare<[], string>(sql).pluck().all();
  return {
    rows: async (sql, ...cells) => db.prepare<Cell[], Row>(sql).all(...cells),
    run: async (sql, ...cells) => db.prepare<Cell[]>(sql).run(...cells).changes,
    unguard: async () => unguard(db),
    all: async (tables) =>
      Object.fromEntries(tables.map((table) => [table, db.prepare<[], Row>(`select * from ${table}`).all()])),
    tables: async () => strings("select name from sqlite_master where type = 'table' order by name"),
    columns: async (table) =>
      db
        .prepare<[string], { name: string; type: string }>('select name, type from pragma_table_info(?)')
        .all(table)
        .map(({ name, type }) => ({ name, isText: type.toLowerCase() === 'text' })),
    references: async (table) =>
      db
        .prepare<[string], { from: string; table: string; to: string }>(
          'select "from", "table", "to" from pragma_foreign_key_list(?)',
        )
        .all(table)
        .map(({ from, table: to, to: by }) => ({ column: from, to, by })),
  };
}

/** What lies in `to` afterwards has no log, and no connection to it. */
function copy(from: Place, to: Place): void {
  for (const end of ['', '-wal', '-shm']) rmSync(`${fileOf(to)}${end}`, { force: true });
  const db = new Sqlite(fileOf(from), { readonly: true });
  try {
    db.prepare('vacuum into ?').run(fileOf(to));
  } finally {
    db.close();
  }
  // A copy has no log of its own until it is told to.
  overFile(to, (copied) => copied.pragma('journal_mode = wal'));
}

export const sqlite: TestEngine = {
  open: async (place) => await openSqlite(fileOf(place)),
  files: ({ folder }) => localFolder(join(folder, 'files')),
  spoil: async ({ folder }, hash, bytes) => {
    const [path = ''] = readdirSync(join(folder, 'files'), { recursive: true, withFileTypes: true })
      .filter(({ name }) => name === hash)
      .map((entry) => join(entry.parentPath, entry.name));
    if (bytes === null) rmSync(path);
    else writeFileSync(path, bytes);
  },
  changesSoFar: 'select total_changes() as n',
  behind: async (place, work) => {
    const db = connect(place);
    try {
      return await work(rawOf(db));
    } finally {
      db.close();
    }
  },
  copy: async (from, to) => copy(from, to),
  take: async (from) => {
    const folder = mkdtempSync(join(tmpdir(), 'jobwright-test-'));
    copy(from, { folder });
    const identity = overFile({ folder }, (db) => db.prepare<[], string>('select identity from book').pluck().get());
    const bytes = readFileSync(fileOf({ folder }));
    rmSync(folder, { recursive: true });
    const at = bytes.indexOf(identity ?? '');
    if (identity === undefined || at !== bytes.lastIndexOf(identity)) throw new Error('no place of its identity');
    return {
      layInto: async (to, other) => {
        // Written over in place, since a connection would take longer.
        bytes.write(other ?? identity, at, 'latin1');
        writeFileSync(fileOf(to), bytes, { mode: 0o600 });
      },
    };
  },
  bytes: async ({ folder }) =>
    ['jobwright.db', 'jobwright.db-wal']
      .map((name) => join(folder, name))
      .filter((path) => existsSync(path))
      .map((path) => readFileSync(path, 'latin1'))
      .join('\n'),
  refuse: async (place, table, when) => {
    const run = (sql: string) => overFile(place, (db) => void db.exec(sql));
    run(`create trigger full_disk before insert on ${table} when ${when} begin select raise(abort, 'full'); end`);
    return async () => run('drop trigger full_disk');
  },
  hold: async (place) => {
    const db = new Sqlite(fileOf(place));
    db.exec('begin immediate');
    return async () => void db.close();
  },
  // It is told once, whatever there is.
  settle: async () => undefined,
  visited: async (place, sent) =>
    overFile(place, (db) => {
      let rows = 0;
      const count = () => {
        rows += 1;
        return 1;
      };
      db.function('count_row', { deterministic: false }, (_account: unknown) => count());
      const tables = db.prepare<[], string>(
        "select name from sqlite_schema where type = 'table' and sql like '%account_id%'",
      );
      // A view takes the place of its table, and is made one with whatever query names it.
      for (const name of tables.pluck().all())
        db.exec(`create temp view ${name} as select * from main.${name} where count_row(account_id) = 1`);
      return sent.map(({ sql, parameters }) => {
        rows = 0;
        db.prepare(sql).all(...parameters);
        return rows;
      });
    }),
  watching: async (work) => {
    // Programs that stand outside of the tests come here too.
    const { vi } = await import('vitest');
    const db = new Sqlite(':memory:');
    const statements: Sqlite.Statement = Object.getPrototypeOf(db.prepare('select 1'));
    db.close();
    const spies = [vi.spyOn(statements, 'all'), vi.spyOn(statements, 'run')];
    try {
      const result = await work();
      const sent = spies.flatMap(({ mock }) =>
        mock.calls.map((parameters, index) => ({
          at: mock.invocationCallOrder[index] ?? 0,
          of: { sql: sqlOf(mock.contexts[index]), parameters },
        })),
      );
      return { sent: sent.sort((one, other) => one.at - other.at).map(({ of }) => of), result };
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
  },
};

function sqlOf(statement: unknown): string {
  if (statement instanceof Object && 'source' in statement && typeof statement.source === 'string')
    return statement.source;
  throw new Error('the driver ran something that is no statement');
}
