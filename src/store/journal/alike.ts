// By what two records are known to be alike: by what people said of them, whichever words of a call they came from. Their
// numbers, when they were written and what the program reckoned for them make no difference.
import { hash } from 'node:crypto';
import { calendarDate, daysBetween, type CalendarDate, type Instant } from '../../domain/dates.ts';
import { isKind } from '../../kinds/declared.ts';
import type { Column } from '../../kinds/kind.ts';
import { tableNamed, tableOf, type Table } from '../../kinds/tables.ts';
import type { LedgerTable, Snapshot, Value, WrittenRow } from './ledger.ts';

type Written = {
  readonly changes: readonly Readonly<WrittenRow>[];
  readonly today: CalendarDate;
  readonly now: Instant;
};
type Line = { readonly name: LedgerTable; readonly table: Table; readonly row: Snapshot; readonly isNew: boolean };

/** A record that a write added, with a short text that another like it has too; a part of one that was there has no number. */
export type AddedRecord = { readonly fingerprint: string; readonly table: LedgerTable; readonly row: Snapshot };

export function addedRecords(written: Written): AddedRecord[] {
  const lines = written.changes.flatMap(({ table: name, before, after }): Line[] => {
    const table = tableNamed(name);
    return table === undefined || table.reckoned === true || after === null
      ? []
      : [{ name, table, row: after, isNew: before === null }];
  });
  const records = lines.filter(({ table, isNew }) => isNew && table.part === null);
  const made = new Set(records.map(({ table, row }) => keyOf(table.name, row['id'])));
  const isMade = (key: string) => made.has(key);
  const belonging = new Map<string, Line[]>();
  const others: Line[] = [];
  for (const line of lines) {
    if (line.isNew && line.table.part === null) continue;
    const [whole] = namedBy(line).filter(isMade);
    if (whole === undefined) others.push(line);
    else belonging.set(whole, [...(belonging.get(whole) ?? []), line]);
  }
  const told = (line: Line) => (line.isNew ? saidOf(line, written, isMade) : keyOf(line.table.name, line.row['id']));
  // A note is one more of its job. With a change of what stood it is more than the same note once again.
  const notes = others.every(({ table, isNew }) => isNew && table.key.join() === 'id') ? others : [];
  return [...records, ...notes].map((record) => {
    const own = belonging.get(keyOf(record.table.name, record.row['id'])) ?? [];
    const fingerprint = hash('sha256', JSON.stringify([told(record), ...own.map(told)]), 'base64url');
    return { fingerprint, table: record.name, row: record.row };
  });
}

function keyOf(table: string, id: Value | undefined): string {
  return `${table} ${id ?? ''}`;
}

/** The records that a row names: the one that it is a part of, and those that it is filed with. */
function namedBy({ table, row }: Line): string[] {
  return Object.entries(table.columns).flatMap(([name, column]) =>
    column.reckoned === true ? [] : (keyNamed(column, row[name]) ?? []),
  );
}

function keyNamed({ form, to = '' }: Column, value: Value | undefined): string | null {
  return form === 'ref' && isKind(to) && typeof value === 'number' ? keyOf(tableOf(to), value) : null;
}

/** Only what is said of it, by name: a column that comes with a later version, and holds nothing, tells nothing apart. */
function saidOf(
  { table, row }: Line,
  { today, now }: Pick<Written, 'today' | 'now'>,
  isMade: (key: string) => boolean,
): readonly (string | readonly [string, Value])[] {
  const said = ([name, column]: [string, Column]): Value => {
    const value = row[name] ?? null;
    const named = keyNamed(column, value);
    if (named !== null) return isMade(named) ? null : value;
    if (column.words === null || column.reckoned === true || value === now) return null;
    if (typeof value !== 'string') return value;
    // A day that was left out is today, and so is one that follows from it: tomorrow they are others.
    if (column.form === 'day') return daysBetween(today, calendarDate(value));
    return column.form === 'text' ? value.replace(/\s+/g, ' ').toLowerCase() : value;
  };
  const values = Object.entries(table.columns).map((each) => [each[0], said(each)] as const);
  return [table.name, ...values.filter(([, value]) => value !== null)];
}
