// The one character that SQLite keeps and PostgreSQL does not. Nothing takes it in any more; early versions did.
import { sql } from 'kysely';
import type { Database } from '../database.ts';
import type { Value } from '../journal/ledger.ts';
import type { MovedTable } from './tables.ts';

const NUL = String.fromCharCode(0);

/** Where texts have one, as `account 1: customers 5 (notes)`. @param most so many places are named */
export async function findNul(db: Database, tables: readonly MovedTable[], most: number): Promise<string[]> {
  const found: string[] = [];
  for (const { name, columns, key } of tables) {
    const texts = columns.filter(({ isText }) => isText).map((column) => column.name);
    const has = texts.map((column) => sql`instr(${sql.ref(column)}, char(0)) > 0`);
    if (has.length === 0 || found.length >= most) continue;
    const { rows } = await sql<
      Record<string, Value>
    >`select ${sql.join(columns.map((column) => sql.ref(column.name)))} from ${sql.table(name)}
      where ${sql.join(has, sql` or `)} limit ${most - found.length}`.execute(db);
    for (const row of rows) {
      const account = row['account_id'] === undefined ? '' : `account ${row['account_id']}: `;
      const at = texts.filter((column) => String(row[column]).includes(NUL));
      const which = key.map((column) => String(row[column]).replaceAll(NUL, '?'));
      found.push(`${account}${[name, ...which].join(' ')} (${at.join(', ')})`);
    }
  }
  return found;
}
