// What an expense leaves on SQLite, written by hand: the same rows into the same tables with the same indexes, in one prepared
// statement a table and one commit that is on the disk. It is the least that keeping such a promise can cost.
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { MARKS_WRITES } from '../../src/store/engine/sqlite-mark.ts';
import { openSqlite } from '../../src/store/engine/sqlite.ts';
import { Store } from '../../src/store/scope.ts';
import { callsOf, openRoofer } from './session.ts';

type Row = Readonly<Record<string, unknown>>;
type Written = {
  readonly table: string;
  readonly added: readonly Row[];
  readonly changed: readonly { readonly row: Row; readonly columns: readonly string[] }[];
};

/** @returns writes them once more, and how many tables and rows these are */
export async function rawExpense(
  folder: string,
): Promise<{ write: () => void; close: () => void; tables: number; rows: number }> {
  const file = join(folder, 'raw-expense.db');
  const store = new Store(await openSqlite(file));
  await openRoofer(store, 1);
  const call = callsOf(store, 1, folder);
  await call('create-job', { newCustomer: { name: 'Dana Henderson' }, name: 'Roof' });
  const expense = async (description: string) =>
    await call('add-job-expense', { job: 'J-1', description, amount: 12.5, category: 'materials' });
  await expense('Nails 1');
  const db = new Sqlite(file);
  db.pragma('synchronous = full');
  db.pragma('foreign_keys = off');
  db.function(MARKS_WRITES, () => 1);
  const before = contentsOf(db);
  await expense('Nails 2');
  const written = differences(before, contentsOf(db));
  await store.close();
  const writes = written.flatMap((each) => [...addingTo(db, each), ...changing(db, each)]);
  let account = 1;
  const once = db.transaction(() => {
    account += 1;
    for (const write of writes) write(account);
  });
  const rows = written.reduce((sum, { added, changed }) => sum + added.length + changed.length, 0);
  return { write: () => once.immediate(), close: () => db.close(), tables: written.length, rows };
}

/** Rows by the table's key, with the table's columns. */
type Contents = ReadonlyMap<string, ReadonlyMap<string, Row>>;

function contentsOf(db: Sqlite.Database): Contents {
  const tables = db
    .prepare<[], string>(
      "select name from pragma_table_list where type = 'table' and schema = 'main' and name not like 'sqlite%'",
    )
    .pluck()
    .all();
  return new Map(
    tables.map((table) => {
      const rows = db.prepare<[], Row>(`select * from ${table}`).all();
      return [table, new Map(rows.map((row) => [JSON.stringify(keysOf(db, table).map((key) => row[key])), row]))];
    }),
  );
}

function keysOf(db: Sqlite.Database, table: string): string[] {
  return db
    .prepare<[string], string>('select name from pragma_table_info(?) where pk > 0 order by pk')
    .pluck()
    .all(table);
}

function differences(before: Contents, after: Contents): Written[] {
  return [...after].flatMap(([table, rows]) => {
    const were = before.get(table);
    const added = [...rows].flatMap(([key, row]) => (were?.has(key) === true ? [] : [row]));
    const changed = [...rows].flatMap(([key, row]) => {
      const was = were?.get(key) ?? row;
      const columns = Object.keys(row).filter((column) => row[column] !== was[column]);
      return columns.length === 0 ? [] : [{ row, columns }];
    });
    return added.length + changed.length === 0 ? [] : [{ table, added, changed }];
  });
}

type Write = (account: number) => void;

/** Every key begins with the account: under a new one, all rows are new. */
function addingTo(db: Sqlite.Database, { table, added }: Written): Write[] {
  const [first] = added;
  if (first === undefined) return [];
  const columns = Object.keys(first);
  const values = added.map(() => `(${columns.map(() => '?').join()})`).join();
  const insert = db.prepare(`insert into ${table} (${columns.join()}) values ${values}`);
  return [
    (account) =>
      insert.run(added.flatMap((row) => columns.map((column) => (column === 'account_id' ? account : row[column])))),
  ];
}

/** One other row is made another each time, in the columns that an expense changes. */
function changing(db: Sqlite.Database, { table, changed }: Written): Write[] {
  return changed.map(({ row, columns }) => {
    const keys = keysOf(db, table);
    const set = columns.map((column) => `${column} = ?`).join();
    const update = db.prepare(`update ${table} set ${set} where ${keys.map((key) => `${key} = ?`).join(' and ')}`);
    const ofKey = keys.map((key) => row[key]);
    return (account) => {
      // The same kind of value, and another.
      const next = columns.map((column) => {
        const value = row[column];
        return typeof value === 'number' ? value + account : `${String(account % 10)}${String(value).slice(1)}`;
      });
      update.run([...next, ...ofKey]);
    };
  });
}
