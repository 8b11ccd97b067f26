// Which tables a move takes along, and in which order. The schema says so itself, so that a table that comes by a
// migration is taken along too: of the two engines one is always SQLite, which is asked.
import { sql } from 'kysely';
import type { Database } from '../database.ts';

export type MovedTable = {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly isText: boolean }[];
  /** Without the account, of which a page is in any case. */
  readonly key: readonly string[];
  /** Else it is of the directory: of every account, or of none. */
  readonly isOfAccount: boolean;
};

/** Why a table is not copied row by row. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  migrations: 'each side has had its own',
  book: 'its one row is written as the last step',
  write_ids: 'PostgreSQL asks them what became of a COMMIT of its own',
  kept_files: 'files are moved by their hash, from one store to the other',
  file_parts: 'files are moved by their hash, from one store to the other',
};

type ColumnRow = { readonly table: string; readonly name: string; readonly type: string; readonly key: number };
type ReferenceRow = { readonly table: string; readonly to: string };

/** @param db on SQLite @returns those that others refer to first */
export async function tablesToMove(db: Database): Promise<readonly MovedTable[]> {
  const { rows } = await sql<ColumnRow>`select m.name as "table", c.name, c.type, c.pk as "key"
    from sqlite_schema m, pragma_table_info(m.name) c where m.type = 'table' and m.name not like 'sqlite!_%' escape '!' order by m.name, c.cid`.execute(
    db,
  );
  const columns = Map.groupBy(rows, ({ table }) => table);
  const { rows: references } = await sql<ReferenceRow>`select m.name as "table", r."table" as "to"
    from sqlite_schema m, pragma_foreign_key_list(m.name) r where m.type = 'table'`.execute(db);
  return referredFirst([...columns.keys()], references)
    .filter((name) => !Object.hasOwn(LEFT_OUT, name))
    .map((name) => tableOf(name, columns.get(name) ?? []));
}

function tableOf(name: string, columns: readonly ColumnRow[]): MovedTable {
  const key = columns
    .filter((column) => column.key > 0)
    .toSorted((left, right) => left.key - right.key)
    .map((column) => column.name);
  return {
    name,
    columns: columns.map((column) => ({ name: column.name, isText: isText(name, column) })),
    key: key.filter((column) => column !== 'account_id'),
    isOfAccount: key.includes('account_id'),
  };
}

/** @throws Error for a type that nobody has thought of here */
function isText(table: string, { name, type }: ColumnRow): boolean {
  const kind = type.toLowerCase();
  if (kind === 'text' || kind === 'integer') return kind === 'text';
  throw new Error(`${table}.${name} is of a type that a move does not know: ${type}`);
}

function referredFirst(names: readonly string[], references: readonly ReferenceRow[]): string[] {
  const found = new Set<string>();
  const visit = (name: string) => {
    if (found.has(name)) return;
    // A table may refer to itself: then to rows that came before.
    for (const { table, to } of references) if (table === name && to !== name) visit(to);
    found.add(name);
  };
  for (const name of names) visit(name);
  return [...found];
}
