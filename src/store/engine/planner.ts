// What SQLite's query planner is told about the tables. Without statistics it takes account_id for nearly unique and
// walks the whole account where an index leads straight to a job's rows. One account fills a local book, so the
// planner is told so, whenever the schema changes; gathered statistics would only repeat it, and cost a read of the book.
import type Sqlite from 'better-sqlite3';
import { raiseWriteNumber } from './sqlite-mark.ts';

/** Rows that the planner is told to expect in a table. */
const MANY = 1_000_000;
/** Rows that share a value of an ordinary column, such as a job's id in the expenses. */
const FEW = 20;
/** Columns with a handful of different values. */
const COARSE = new Set(['kind', 'status', 'billing', 'stage', 'cost_basis', 'is_sample', 'table_name']);

type Index = { readonly table: string; readonly index: string; readonly columns: string };

/** Does nothing where every index is told of already. */
export function tellPlanner(db: Sqlite.Database): void {
  const indexes = db
    .prepare<[], Index>(
      `select m.name as "table", case l.origin when 'pk' then m.name else l.name end as "index", group_concat(i.name) as columns
       from sqlite_master m, pragma_index_list(m.name) l, pragma_index_info(l.name) i
       where m.type = 'table' and m.sql like '%without rowid%' group by m.name, l.name`,
    )
    .all();
  if (told(db) === indexes.length) return;
  db.transaction(() => {
    raiseWriteNumber(db);
    // The only way to make the table that holds statistics.
    db.exec('analyze; delete from sqlite_stat1');
    const tell = db.prepare<[string, string, string]>('insert into sqlite_stat1 (tbl, idx, stat) values (?, ?, ?)');
    for (const each of indexes) tell.run(each.table, each.index, expected(each));
  }).immediate();
  db.exec('analyze sqlite_master');
}

/** How many rows, and how many of them are alike in the first column, the first two, and so on. */
function expected({ table, index, columns }: Index): string {
  const [, ...rest] = columns.split(',');
  let alike = MANY;
  const steps = rest.map((column, at) => {
    alike = Math.ceil(COARSE.has(column) ? alike / 5 : Math.min(alike, FEW));
    const isWhole = at === rest.length - 1 && (index === table || column.endsWith('id') || column === 'number');
    return isWhole ? 1 : alike;
  });
  return [MANY, rest.length === 0 ? 1 : MANY, ...steps].join(' ');
}

function told(db: Sqlite.Database): number {
  const hasTable = db.prepare("select 1 from sqlite_master where name = 'sqlite_stat1'").get() !== undefined;
  const alike = hasTable
    ? db
        .prepare<[string], { told: number }>('select count(*) as told from sqlite_stat1 where stat like ?')
        .get(`${MANY} %`)
    : undefined;
  return alike?.told ?? 0;
}
