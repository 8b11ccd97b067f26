// A kind's own columns as fields of its records: `spent_on` is spentOn, an amount has its brand, a flag is a boolean.
// What is read of a row, what a new one is written with and what a change sets follow from the declaration in `kinds/`.
import { cost, type Cost } from '../../domain/cost.ts';
import { price, type Price } from '../../domain/money.ts';
import { declared } from '../../kinds/declared.ts';
import type { Kind, Kinds } from '../../kinds/index.ts';
import type { Column, HeldIn, RowOf } from '../../kinds/kind.ts';

type ColumnsOf<K extends Kind> = Kinds[K]['columns'];
type ColumnOf<K extends Kind> = keyof ColumnsOf<K> & string;
type FieldName<C extends string> = C extends `${infer Head}_${infer Rest}`
  ? `${Head}${Capitalize<FieldName<Rest>>}`
  : C;
type Plain<C extends Column> = C['form'] extends 'yes'
  ? boolean
  : C['form'] extends 'money'
    ? C extends { readonly cost: true }
      ? Cost
      : Price
    : Exclude<HeldIn<C>, null>;
type FieldOf<C extends Column> = Plain<C> | Extract<HeldIn<C>, null>;
type FieldsOf<C extends Readonly<Record<string, Column>>, Name extends keyof C & string = keyof C & string> = {
  readonly [N in Name as FieldName<N>]: FieldOf<C[N]>;
};

type Optional<T> = { [Name in keyof T]: null extends T[Name] ? Name : never }[keyof T];
/** A new record: what may be empty may be left out. */
export type New<T> = Omit<T, Optional<T>> & { readonly [Name in Optional<T>]?: T[Name] | undefined };
/** What becomes another; a field that is left out stays as it is. */
export type Patch<T> = { readonly [Name in keyof T]?: T[Name] | undefined };

const FIXED: ReadonlySet<string> = new Set(['id', 'is_sample', 'created_at']);

type Value = string | number | boolean | null;

/** @param unread columns that are written and not read back with a record */
export function fieldsOf<K extends Kind, Unread extends ColumnOf<K> = never>(kind: K, unread: readonly Unread[] = []) {
  type Row = RowOf<ColumnsOf<K>>;
  type Read = Exclude<ColumnOf<K>, Unread>;
  type Fields = FieldsOf<ColumnsOf<K>>;
  const fields = Object.entries(declared(kind).columns).map(([column, declaration]) => ({
    column,
    field: fieldName(column),
    declaration,
  }));
  const isUnread = new Set<string>(unread);
  const read = fields.filter(({ column }) => !isUnread.has(column));
  const given = (record: object): Readonly<Record<string, Value | undefined>> => ({ ...record });
  return {
    /** The columns that are read, in a query that knows the table by this name. */
    columns: <A extends string>(table: A) =>
      // The declaration's own columns.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      read.map(({ column }) => `${table}.${column}`) as `${A}.${Read}`[],
    read: (row: Pick<Row, Read>): FieldsOf<ColumnsOf<K>, Read> => {
      const values = given(row);
      const made: Record<string, unknown> = {};
      for (const { column, field, declaration } of read) made[field] = fromRow(values[column] ?? null, declaration);
      // Each field was made from its column as its type says.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      return made as FieldsOf<ColumnsOf<K>, Read>;
    },
    /** A whole row; columns that nothing is said of are empty, and what is no column is left aside. */
    row: (record: New<Fields>): Row => {
      const values = given(record);
      const made: unknown = Object.fromEntries(
        fields.map(({ column, field }) => [column, intoRow(values[field] ?? null)]),
      );
      // What may not be empty has to be given.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      return made as Row;
    },
    /** The columns that are said to become another. What a record is from the first day on stays, whatever is said. */
    patch: (patch: Patch<Fields>): Partial<Row> => {
      const values = given(patch);
      const made: unknown = Object.fromEntries(
        fields.flatMap(({ column, field }) => {
          const value = values[field];
          return value === undefined || FIXED.has(column) ? [] : [[column, intoRow(value)]];
        }),
      );
      // Columns of the declaration, with what its fields hold.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      return made as Partial<Row>;
    },
  };
}

function fieldName(column: string): string {
  return column.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function fromRow(value: Value, { form, cost: isCost }: Pick<Column, 'form' | 'cost'>): Value {
  if (typeof value !== 'number') return value;
  if (form === 'yes') return value === 1;
  if (form !== 'money') return value;
  return isCost === true ? cost(value) : price(value);
}

function intoRow(value: Value): string | number | null {
  return typeof value === 'boolean' ? Number(value) : value;
}
