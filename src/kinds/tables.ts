// The tables that are the books: each kind's own, those of its parts, and the account's.
import { account } from './account.ts';
import { declared } from './declared.ts';
import { KINDS, type Kind, type Kinds } from './index.ts';
import type { Column, PartDeclaration } from './kind.ts';

type OwnTables = { readonly [K in Kind as Kinds[K]['table']]: Kinds[K] };
type PartTables = { readonly [K in Kind]: Kinds[K]['parts'] }[Kind] | typeof account;
type NamesOf<Tables> = Tables extends unknown ? keyof Tables & string : never;
export type BookTable = keyof OwnTables | NamesOf<PartTables>;

type Columned<Tables, T extends string> = Tables extends { readonly [Name in T]: { readonly columns: infer C } }
  ? keyof C
  : never;
/** The columns that are declared of a table. */
export type DeclaredColumn<T extends BookTable> = Columned<OwnTables, T> | Columned<PartTables, T>;

export type Table = Omit<PartDeclaration, 'noun'> & {
  readonly name: string;
  /** The kind of record that a row is, or is a part of. */
  readonly kind: Kind | null;
  /** What a row is called where it is a part of a record; null where it is the record itself. */
  readonly part: string | null;
  readonly columns: Readonly<Record<string, Column>>;
};

const partsOf = (kind: Kind | null, parts: Readonly<Record<string, PartDeclaration>>): Table[] =>
  Object.entries(parts).map(([name, { noun, ...part }]) => ({
    ...part,
    name,
    kind,
    // The account's own row is the account.
    part: part.key.length === 0 ? null : noun,
  }));

export const TABLES: readonly Table[] = [
  ...partsOf(null, account),
  ...KINDS.flatMap(({ kind, table, columns, parts }): Table[] => [
    { name: table, kind, part: null, key: ['id'], of: 'id', columns },
    ...partsOf(kind, parts),
  ]),
];

/** The table of a kind. */
export function tableOf<K extends Kind>(kind: K): Kinds[K]['table'] {
  // It is declared so.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return declared(kind).table as Kinds[K]['table'];
}

const BY_NAME = new Map(TABLES.map((table) => [table.name, table]));

export function tableNamed(name: string): Table | undefined {
  return BY_NAME.get(name);
}
