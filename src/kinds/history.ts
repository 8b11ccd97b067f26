// What a change did, row by row, and in which words a person reads its columns.
import { isInstant, wallClock } from '../domain/dates.ts';
import { fromTenThousandths, price, quantity, text } from '../domain/money.ts';
import { plain } from '../domain/text.ts';
import { isKind } from './declared.ts';
import type { Kind } from './index.ts';
import type { Form, Values } from './kind.ts';
import { invoiceRef, refOf } from './reference.ts';
import { tableNamed } from './tables.ts';

/** One row that a change touched: as it was before the change and after it; null where it was not there. */
export type RowChange = {
  readonly table: string;
  readonly record: { readonly kind: Kind; readonly id: number } | null;
  readonly before: Values | null;
  readonly after: Values | null;
};

export type Field = {
  readonly words: string;
  /** The number of a record of this kind is written as the record is called. */
  readonly form: Exclude<Form, 'ref'> | { readonly ref: Kind };
};

/** What a row of this table is called where it is a part of a record; null where it is the record itself. */
export function partNoun(table: string): string | null {
  return tableNamed(table)?.part ?? null;
}

/** Null for a column that is not shown; undefined for one that nobody declared. */
export function fieldOf(table: string, column: string): Field | null | undefined {
  const declared = tableNamed(table)?.columns[column];
  if (declared === undefined) return undefined;
  const { words, form, to = '' } = declared;
  if (words === null) return null;
  if (form !== 'ref') return { words, form };
  return isKind(to) ? { words, form: { ref: to } } : undefined;
}

/** What the numbers of invoices and lines in rows are called. */
export type Names = {
  readonly invoices: ReadonlyMap<number, number | null>;
  readonly lines: ReadonlyMap<number, string>;
};

export type Difference = {
  readonly field: Field;
  readonly before: string | number | null;
  readonly after: string | number | null;
};

/** The columns that differ, in words; of a new or removed row those that hold something. */
export function differences({ table, before, after }: RowChange): Difference[] {
  const found: Difference[] = [];
  for (const column of Object.keys(after ?? before ?? {})) {
    const field = fieldOf(table, column);
    const [from, to] = [before?.[column] ?? null, after?.[column] ?? null];
    if (field === null || field === undefined || from === to) continue;
    // What a flag is not need not be said of a record that comes or goes.
    if (field.form === 'yes' && (before === null || after === null) && (from ?? to) === 0) continue;
    found.push({ field, before: from, after: to });
  }
  return found;
}

/** What a value of a row stands in: the business's currency and zone, and what invoices and lines are called. */
type Business = { readonly currency: string; readonly timeZone: string; readonly names: Names };

/** A value of a row in words; null where there is none. */
export function inWords(
  value: string | number | null,
  form: Field['form'],
  { currency, timeZone, names }: Business,
): string | null {
  if (value === null || value === '') return null;
  if (typeof value === 'string') {
    if (form === 'instant' && isInstant(value)) return wallClock(value, timeZone);
    return form === 'word' ? plain(value) : value;
  }
  if (typeof form === 'object')
    return form.ref === 'invoice' ? invoiceRef(value, names.invoices.get(value) ?? null) : refOf(form.ref, value);
  switch (form) {
    case 'money':
      return text(price(value), currency);
    case 'quantity':
      return String(fromTenThousandths(quantity(value)));
    case 'percent':
      return `${fromTenThousandths(quantity(value))} %`;
    case 'yes':
      return value === 1 ? 'yes' : 'no';
    case 'line':
      return names.lines.get(value) ?? 'a line that is gone';
    default:
      return String(value);
  }
}
