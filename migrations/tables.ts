// The pieces that migrations make tables of, alike on both engines. Released migrations stand on these: they only grow.
import { sql, type CreateTableBuilder, type Kysely } from 'kysely';
import type { MigrationEngine } from './index.ts';

type Table = CreateTableBuilder<string, string>;
type Part = (table: Table) => Table;

export function tablesOf(db: Kysely<unknown>, engine: MigrationEngine) {
  // Sorted text must compare by bytes on both engines, and SQLite must refuse a value of the wrong type.
  const ending = engine === 'sqlite' ? sql`strict, without rowid` : sql``;
  const whole = engine === 'sqlite' ? sql`integer` : sql`bigint`;
  const words = engine === 'sqlite' ? sql`text` : sql`text collate "C"`;

  const all =
    (...parts: Part[]): Part =>
    (table) =>
      parts.reduce((made, part) => part(made), table);
  return {
    whole,
    words,
    /** A table whose key begins with the account. */
    create: async (name: string, key: string[], columns: Part) =>
      await columns(db.schema.createTable(name).addColumn('account_id', whole, (column) => column.notNull()))
        .addPrimaryKeyConstraint(`${name}_key`, ['account_id', ...key] as never)
        .modifyEnd(ending)
        .execute(),
    /** A table that belongs to no account: the people who sign in, and what their signing in leaves. */
    createShared: async (name: string, key: string[], columns: Part) =>
      await columns(db.schema.createTable(name))
        .addPrimaryKeyConstraint(`${name}_key`, key)
        .modifyEnd(ending)
        .execute(),
    index: async (table: string, columns: string[]) =>
      await db.schema
        .createIndex(`${table}_by_${columns.join('_')}`)
        .on(table)
        .columns(['account_id', ...columns])
        .execute(),
    number:
      (name: string): Part =>
      (table) =>
        table.addColumn(name, whole, (column) => column.notNull()),
    numberOrNull:
      (name: string): Part =>
      (table) =>
        table.addColumn(name, whole),
    text:
      (name: string): Part =>
      (table) =>
        table.addColumn(name, words, (column) => column.notNull()),
    textOrNull:
      (name: string): Part =>
      (table) =>
        table.addColumn(name, words),
    flag:
      (name: string): Part =>
      (table) =>
        table.addColumn(name, whole, (column) => column.notNull().check(sql`${sql.ref(name)} in (0, 1)`)),
    refers:
      (name: string, column: string, to: string): Part =>
      (table) =>
        table.addForeignKeyConstraint(`${name}_${column}`, ['account_id', column] as never, to, [
          'account_id',
          'id',
        ] as never),
    all,
    some: (make: (name: string) => Part, ...names: string[]): Part => all(...names.map(make)),
  };
}
